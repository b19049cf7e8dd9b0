//! Standard output, standard error and the file of an answer: the only place that writes.

use std::ffi::OsString;
use std::fs::{self, File};
use std::io::{self, IsTerminal as _, Write as _};
use std::path::Path;

use falconer_report::Options;

use crate::device::{Color, Surroundings};
use crate::failure::Failure;

/// Where answers and complaints go.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Console {
    color: Color,
    ascii: bool,
}

impl Console {
    /// The real one, with what the user says of it.
    pub(crate) fn new(color: Color, ascii: bool) -> Self {
        Console { color, ascii }
    }

    /// What standard output can show.
    pub(crate) fn options(&self, verbose: bool) -> Options {
        let terminal = io::stdout().is_terminal();
        let surroundings = Surroundings {
            terminal: terminal && shows_colors(),
            columns: terminal_size::terminal_size().filter(|_| terminal).map(|(width, _)| width.0),
            unicode_by_default: cfg!(any(windows, target_os = "macos")),
            variable: &|name| std::env::var(name).ok(),
        };
        surroundings.options(self.color, self.ascii, verbose)
    }

    /// What a file can hold: everything.
    pub(crate) fn file_options(&self, verbose: bool) -> Options {
        let color = self.color == Color::Always;
        Options { color, unicode: !self.ascii, verbose, ..Options::default() }
    }

    /// Writes an answer. A closed pipe is how `head` says that it has enough.
    pub(crate) fn answer(&self, text: &str) -> Result<(), Failure> {
        let mut out = io::stdout().lock();
        match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
            Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(error.into()),
            _ => Ok(()),
        }
    }

    /// Writes a message of the Language Server Protocol.
    pub(crate) fn message(&self, text: &str) -> io::Result<()> {
        let mut out = io::stdout().lock();
        write!(out, "Content-Length: {}\r\n\r\n{text}", text.len())?;
        out.flush()
    }

    /// Says something beside the answer.
    pub(crate) fn note(&self, text: &str) {
        let _ = writeln!(io::stderr(), "falconer: {text}");
    }

    /// Says why the arguments do not do, or gives the help that they ask for. True if they were wrong.
    pub(crate) fn usage(error: &clap::Error) -> bool {
        let _ = error.print();
        error.use_stderr()
    }

    /// Whether somebody sees what is drawn on standard error.
    pub(crate) fn is_watched() -> bool {
        io::stderr().is_terminal() && std::env::var_os("TERM").is_none_or(|term| term != "dumb")
    }

    /// Draws the one line that tells how far it is; an empty one takes it away.
    pub(crate) fn draw(text: &str) {
        let columns = terminal_size::terminal_size_of(io::stderr()).map_or(80, |(width, _)| width.0);
        let room = usize::from(columns).saturating_sub(1);
        let text: String = text.chars().filter(|c| !c.is_control()).take(room).collect();
        let mut out = io::stderr().lock();
        let _ = write!(out, "\r\x1b[K{text}").and_then(|()| out.flush());
    }
}

/// A console of Windows takes colours only after it was told so.
#[cfg(windows)]
fn shows_colors() -> bool {
    anstyle_query::windows::enable_ansi_colors().unwrap_or(true)
}

#[cfg(not(windows))]
fn shows_colors() -> bool {
    true
}

/// Writes a file whole or not at all: what stood there before stays until the new content is on disk.
pub(crate) fn write_file(path: &Path, text: &str) -> Result<(), Failure> {
    write_bytes(path, text.as_bytes())
}

/// The same for bytes. A file that is replaced keeps its permissions.
pub(crate) fn write_bytes(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    let Some(name) = path.file_name().filter(|_| !path.is_dir()) else {
        return Err(Failure::Usage(format!("{}: is a folder; name a file in it", path.display())));
    };
    let mut beside = OsString::from(".");
    beside.push(name);
    beside.push(format!(".{}.tmp", std::process::id()));
    let beside = path.with_file_name(beside);
    let written = File::create_new(&beside)
        .and_then(|mut file| file.write_all(bytes).and_then(|()| file.sync_all()))
        .and_then(|()| match fs::metadata(path) {
            Ok(data) => fs::set_permissions(&beside, data.permissions()),
            Err(_) => Ok(()),
        })
        .and_then(|()| fs::rename(&beside, path));
    if written.is_err() {
        let _ = fs::remove_file(&beside);
    }
    written.map_err(Failure::of_file(path))
}

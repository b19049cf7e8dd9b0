//! Runs the program in an environment of its own and says what it did.

use std::ffi::{OsStr, OsString};
use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

use serde_json::Value;
use tempfile::TempDir;

/// A run to be made.
#[derive(Debug, Default)]
pub(crate) struct Falconer {
    arguments: Vec<OsString>,
    variables: Vec<(String, String)>,
    input: Vec<u8>,
}

/// A run without arguments and without anything on standard input.
pub(crate) fn falconer() -> Falconer {
    Falconer::default()
}

/// A run of `falconer diagnose` in JSON.
pub(crate) fn diagnose_json() -> Falconer {
    falconer().args(["diagnose", "--format", "json"])
}

impl Falconer {
    pub(crate) fn args(mut self, arguments: impl IntoIterator<Item = impl AsRef<OsStr>>) -> Self {
        self.arguments.extend(arguments.into_iter().map(|argument| argument.as_ref().to_owned()));
        self
    }

    pub(crate) fn env(mut self, name: &str, value: &str) -> Self {
        self.variables.push((name.to_owned(), value.to_owned()));
        self
    }

    pub(crate) fn stdin(mut self, input: impl Into<Vec<u8>>) -> Self {
        self.input = input.into();
        self
    }

    /// The command, without any variable of the environment that the tests run in.
    pub(crate) fn command(&self) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_falconer"));
        command.env_clear().env("LC_ALL", "C.UTF-8").envs(self.variables.iter().cloned());
        // Windows cannot start threads without it.
        command.envs(std::env::var_os("SystemRoot").map(|root| ("SystemRoot", root)));
        command.args(&self.arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    }

    pub(crate) fn run(self) -> Ran {
        let mut child = self.command().spawn().unwrap();
        let mut stdin = child.stdin.take().unwrap();
        let writer = std::thread::spawn(move || {
            // A program that does not want its input closes it.
            let _ = stdin.write_all(&self.input);
        });
        let output = child.wait_with_output().unwrap();
        writer.join().unwrap();
        Ran {
            code: output.status.code(),
            stdout: String::from_utf8(output.stdout).unwrap(),
            stderr: String::from_utf8(output.stderr).unwrap(),
        }
    }
}

/// What the program did.
#[derive(Debug)]
pub(crate) struct Ran {
    code: Option<i32>,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Ran {
    #[track_caller]
    pub(crate) fn exits(self, code: i32) -> Self {
        assert_eq!(self.code, Some(code), "{}\n{}", self.stdout, self.stderr);
        self
    }

    /// Exits with the code and says nothing on standard error.
    #[track_caller]
    pub(crate) fn quietly_exits(self, code: i32) -> Self {
        let ran = self.exits(code);
        assert_eq!(ran.stderr, "", "{}", ran.stdout);
        ran
    }

    #[track_caller]
    pub(crate) fn says(self, text: &str) -> Self {
        assert!(self.stdout.contains(text), "{text:?} is not in\n{}", self.stdout);
        self
    }

    #[track_caller]
    pub(crate) fn does_not_say(self, text: &str) -> Self {
        let said = self.stdout.contains(text) || self.stderr.contains(text);
        assert!(!said, "{text:?} is in\n{}\n{}", self.stdout, self.stderr);
        self
    }

    #[track_caller]
    pub(crate) fn complains(self, text: &str) -> Self {
        assert!(self.stderr.contains(text), "{text:?} is not in\n{}", self.stderr);
        self
    }

    #[track_caller]
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.stdout).unwrap_or_else(|error| panic!("{error}\n{}", self.stdout))
    }

    /// The ids of the diagnoses, best first.
    #[track_caller]
    pub(crate) fn diagnoses(&self) -> Vec<String> {
        let report = self.json();
        let diagnoses = report["diagnoses"].as_array().unwrap();
        diagnoses.iter().map(|diagnosis| diagnosis["id"].as_str().unwrap().to_owned()).collect()
    }

    /// The warnings: file and text.
    #[track_caller]
    pub(crate) fn warnings(&self) -> Vec<(String, String)> {
        let report = self.json();
        let text = |warning: &Value, name: &str| warning[name].as_str().unwrap().to_owned();
        let warnings = report["warnings"].as_array().unwrap();
        warnings.iter().map(|warning| (text(warning, "file"), text(warning, "text"))).collect()
    }
}

/// A folder with these files.
pub(crate) fn folder(files: &[(&str, &[u8])]) -> TempDir {
    let folder = TempDir::new().unwrap();
    for (name, content) in files {
        write(&folder.path().join(name), content);
    }
    folder
}

pub(crate) fn write(path: &Path, content: impl AsRef<[u8]>) {
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, content).unwrap();
}

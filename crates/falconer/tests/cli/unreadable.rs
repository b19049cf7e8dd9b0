//! Input that cannot be read, or not whole: a warning names it, the rest is diagnosed.

use std::io::{Cursor, Write as _};
use std::path::Path;

use falconer_evtx::encode::{Event, encode};
use tempfile::TempDir;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use crate::samples::{FRAMEWORK_MISSING, FRAMEWORK_MISSING_ID, HEALTHY};
use crate::support::{Ran, diagnose_json, falconer, folder, write};

/// A folder with evidence beside what is to be added.
fn with_evidence() -> TempDir {
    folder(&[("stdout.log", FRAMEWORK_MISSING.as_bytes())])
}

/// The cause is found all the same, and exactly one warning names `file` and says `text`.
#[track_caller]
fn warns(folder: &Path, file: &str, text: &str) -> Ran {
    let ran = diagnose_json().args([folder]).run().quietly_exits(1);
    assert_eq!(ran.diagnoses()[0], FRAMEWORK_MISSING_ID);
    let warnings = ran.warnings();
    let fits = warnings.len() == 1 && warnings[0].0.ends_with(file) && warnings[0].1.contains(text);
    assert!(fits, "{file}, {text}: {warnings:?}");
    ran
}

fn zipped(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    for (name, content) in files {
        zip.start_file(*name, options).unwrap();
        zip.write_all(content).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

#[test]
fn an_archive_is_read_and_its_files_are_named() {
    let zip = zipped(&[("logs/stdout.log", FRAMEWORK_MISSING.as_bytes()), ("x.png", b"\x89PNG")]);
    let folder = folder(&[("case.zip", &zip)]);
    let ran = diagnose_json().args([folder.path().join("case.zip")]).run().quietly_exits(1);
    let file = ran.json()["diagnoses"][0]["evidence"][0]["file"].as_str().unwrap().to_owned();
    assert!(file.ends_with("case.zip!/logs/stdout.log"), "{file}");
    let piped = diagnose_json().stdin(zip).run().quietly_exits(1);
    assert_eq!(piped.json()["diagnoses"][0]["evidence"][0]["file"], "-!/logs/stdout.log");
}

#[test]
fn a_truncated_archive_is_named() {
    let folder = with_evidence();
    let zip = zipped(&[("a.log", &HEALTHY.repeat(100).into_bytes())]);
    write(&folder.path().join("cut.zip"), &zip[..zip.len() / 2]);
    warns(folder.path(), "cut.zip", "damaged zip archive");
}

#[test]
fn an_archive_in_archives_is_not_followed_for_ever() {
    let mut zip = zipped(&[("stdout.log", HEALTHY.as_bytes())]);
    for _ in 0..5 {
        zip = zipped(&[("inner.zip", &zip)]);
    }
    let folder = with_evidence();
    write(&folder.path().join("nested.zip"), &zip);
    warns(folder.path(), "inner.zip", "archive within archives");
}

#[test]
fn an_archive_that_unpacks_to_much_more_is_read_within_bounds() {
    let line = b"2026-11-02 10:00:00 all is well here, and it is said again and again\n";
    let zip = zipped(&[("stdout.log", &line.repeat(1 << 20))]);
    assert!(zip.len() < 1 << 20, "it is small: {}", zip.len());
    let folder = folder(&[("bomb.zip", &zip)]);
    diagnose_json().args([folder.path()]).run().quietly_exits(0);
}

#[test]
fn a_missing_file_is_named() {
    let folder = with_evidence();
    let missing = folder.path().join("missing.evtx");
    let ran = diagnose_json().args([folder.path(), &missing]).run().quietly_exits(1);
    assert!(ran.warnings()[0].0.ends_with("missing.evtx"));
}

#[test]
fn a_binary_file_is_no_evidence() {
    let folder = with_evidence();
    write(&folder.path().join("core"), [&b"\x7fELF\x02\x01\x01\0\0\0"[..], &[7, 0, 1, 0, 2]].concat());
    warns(folder.path(), "core", "is a binary file");
}

#[test]
fn a_damaged_event_log_is_named_and_read_as_far_as_it_goes() {
    let log = |n: u64| Event { provider: "Outlook".into(), id: 63, time: n, ..Event::default() };
    let mut evtx = encode(&(0..2000).map(log).collect::<Vec<_>>()).unwrap();
    let middle = evtx.len() / 2;
    evtx[middle..middle + 4096].fill(0xa5);
    let folder = with_evidence();
    write(&folder.path().join("System.evtx"), &evtx);
    warns(folder.path(), "System.evtx", "is damaged");
}

#[test]
fn an_empty_file_says_that_its_channel_is_empty() {
    let folder = folder(&[("stdout_20261102101403_5120.log", b"")]);
    let ran = diagnose_json().args([folder.path()]).run().quietly_exits(0);
    assert!(ran.json()["channels"].to_string().contains(r#"{"channel":"stdout","state":"empty"}"#));
}

#[test]
fn empty_standard_input_is_no_evidence() {
    let ran = diagnose_json().run().quietly_exits(3);
    assert_eq!(ran.warnings(), [("-".to_owned(), "could not be read: it is empty".to_owned())]);
}

#[test]
fn a_line_without_an_end_is_read_within_bounds() {
    let mut line = "x ".repeat(6 << 20);
    line.push_str("You must install or update .NET to run this application. Architecture: x64 ");
    line.push_str("Framework: 'Microsoft.AspNetCore.App', version '8.0.0' (x64) ");
    line.push_str(&"y ".repeat(1 << 20));
    let folder = folder(&[("app.log", line.as_bytes())]);
    let ran = diagnose_json().args([folder.path()]).run().exits(1);
    assert_eq!(ran.diagnoses()[0], FRAMEWORK_MISSING_ID);
    assert!(ran.stdout.len() < 100_000, "{}", ran.stdout.len());
}

#[test]
fn xml_with_entities_expands_to_nothing() {
    let bomb = "<?xml version=\"1.0\"?>\n<!DOCTYPE c [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;\">]>\n\
                <configuration><system.webServer><aspNetCore processPath=\"&b;\" /></system.webServer></configuration>";
    let folder = folder(&[("web.config", bomb.as_bytes())]);
    falconer().args(["diagnose"]).args([folder.path()]).run().does_not_say("aaaaaaaaaaaaaaaaaaaa");
}

#[cfg(unix)]
mod unix {
    use std::fs;
    use std::os::unix::ffi::OsStrExt as _;
    use std::os::unix::fs::{PermissionsExt as _, symlink};

    use super::*;

    #[test]
    fn a_loop_of_links_is_named_and_a_link_to_a_folder_is_not_followed() {
        let folder = with_evidence();
        symlink(folder.path(), folder.path().join("again")).unwrap();
        symlink("loop", folder.path().join("loop")).unwrap();
        warns(folder.path(), "loop", "could not be read: ");
    }

    #[test]
    fn a_link_to_itself_is_named_when_it_is_given() {
        let folder = folder(&[]);
        let link = folder.path().join("loop");
        symlink("loop", &link).unwrap();
        let ran = diagnose_json().args([&link]).run().quietly_exits(3);
        assert!(ran.warnings()[0].0.ends_with("loop"));
    }

    #[test]
    fn a_folder_without_rights_is_named() {
        let folder = with_evidence();
        let closed = folder.path().join("closed");
        fs::create_dir(&closed).unwrap();
        fs::set_permissions(&closed, fs::Permissions::from_mode(0o000)).unwrap();
        // To whom all is allowed, nothing is closed.
        if fs::read_dir(&closed).is_err() {
            warns(folder.path(), "closed", "could not be read: ");
        }
    }

    #[test]
    fn a_name_that_is_no_utf8_is_read() {
        let folder = folder(&[]);
        let name = std::ffi::OsStr::from_bytes(b"stdout_\xff.log");
        if fs::write(folder.path().join(name), FRAMEWORK_MISSING).is_ok() {
            for path in [folder.path().to_owned(), folder.path().join(name)] {
                let ran = diagnose_json().args([path]).run().quietly_exits(1);
                assert_eq!(ran.diagnoses()[0], FRAMEWORK_MISSING_ID);
            }
        }
    }

    #[test]
    fn a_pipe_is_read_to_its_end() {
        let ran = std::process::Command::new("sh")
            .args(["-c", "printf '%s' \"$2\" | \"$1\" diagnose --format json /dev/stdin", "sh"])
            .args([env!("CARGO_BIN_EXE_falconer"), FRAMEWORK_MISSING])
            .output()
            .unwrap();
        assert_eq!(ran.status.code(), Some(1), "{}", String::from_utf8_lossy(&ran.stderr));
    }
}

//! `falconer check` on what is no published folder, cannot be read, or was made to do harm: a clear word, the documented
//! exit code, and nothing changed.

use std::collections::BTreeMap;
use std::fs;
use std::io::{Cursor, Write as _};
use std::path::Path;

use falconer_dotnet::image::sample::sample;
use tempfile::TempDir;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use crate::support::{Ran, falconer, folder, write};

const CONFIG: &str = r#"{ "runtimeOptions": { "tfm": "net8.0", "frameworks": [
  { "name": "Microsoft.NETCore.App", "version": "8.0.0" },
  { "name": "Microsoft.AspNetCore.App", "version": "8.0.0" } ] } }"#;

fn web_config(hosting_model: &str) -> String {
    format!(
        "<configuration><location path=\".\" inheritInChildApplications=\"false\"><system.webServer><handlers>\
         <add name=\"aspNetCore\" path=\"*\" verb=\"*\" modules=\"AspNetCoreModuleV2\" resourceType=\"Unspecified\" />\
         </handlers><aspNetCore processPath=\"dotnet\" arguments=\".\\App.dll\" hostingModel=\"{hosting_model}\" />\
         </system.webServer></location></configuration>"
    )
}

/// A healthy app, to which something is added.
fn app() -> Vec<(&'static str, Vec<u8>)> {
    vec![
        ("App.dll", sample("pe anycpu assembly").unwrap()),
        ("App.runtimeconfig.json", CONFIG.into()),
        ("web.config", web_config("inprocess").into()),
    ]
}

fn published() -> TempDir {
    let files = app();
    let files: Vec<(&str, &[u8])> = files.iter().map(|(name, content)| (*name, content.as_slice())).collect();
    folder(&files)
}

fn check(path: &Path) -> Ran {
    falconer().args(["check", "--no-config", "--today", "2026-01-01"]).args([path]).run()
}

/// The report in JSON, and that the check changed nothing of the folder.
fn report(path: &Path, folder: &Path) -> Ran {
    let before = all_files(folder);
    let arguments = ["check", "--no-config", "--today", "2026-01-01", "--format", "json"];
    let ran = falconer().args(arguments).args([path]).run();
    assert_eq!(all_files(folder), before);
    ran
}

fn all_files(folder: &Path) -> BTreeMap<std::path::PathBuf, Option<Vec<u8>>> {
    let mut files = BTreeMap::new();
    let mut todo = vec![folder.to_owned()];
    while let Some(dir) = todo.pop() {
        for entry in fs::read_dir(dir).into_iter().flatten() {
            let path = entry.unwrap().path();
            match path.is_dir() && !path.is_symlink() {
                true => todo.push(path),
                false => drop(files.insert(path.clone(), fs::read(&path).ok())),
            }
        }
    }
    files
}

fn archive<'f>(files: impl IntoIterator<Item = (&'f str, &'f [u8])>) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    for (name, content) in files {
        zip.start_file(name, options).unwrap();
        zip.write_all(content).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// The files of the app and others, in an archive in a folder of its own.
fn archived(others: &[(&str, &[u8])]) -> TempDir {
    let app = app();
    let app = app.iter().map(|(name, content)| (*name, content.as_slice()));
    folder(&[("in/publish.zip", &archive(others.iter().copied().chain(app)))])
}

#[test]
fn a_folder_without_an_app_is_told_for_what_it_is() {
    let empty = folder(&[]);
    check(empty.path()).quietly_exits(3).says("holds no published app");
    let notes = folder(&[("notes.txt", b"hello"), ("native/e.dll", &sample("pe x64 native dll").unwrap())]);
    check(notes.path()).quietly_exits(3).says("holds no published app");
    check(&notes.path().join("notes.txt")).quietly_exits(3).says("holds no published app");
    let project = folder(&[("Shop.csproj", b"<Project />"), ("Program.cs", b"// x")]);
    check(project.path()).quietly_exits(3).says("is a project").says("dotnet publish");
    let root = folder(&[("shared/Microsoft.NETCore.App/8.0.1/Microsoft.NETCore.App.deps.json", b"{}")]);
    check(root.path()).quietly_exits(3).says("is a .NET root").says("--dotnet-root");
}

#[test]
fn what_is_not_there_or_no_archive_is_named() {
    check(Path::new("not-there")).exits(3).complains("not-there").complains("could not be read");
    let damaged = archive([("web.config", web_config("inprocess").as_bytes())]);
    for bytes in [&b"PK\x03\x04 and no more"[..], &damaged[..damaged.len() - 30]] {
        let folder = folder(&[("publish.zip", bytes)]);
        check(&folder.path().join("publish.zip"))
            .exits(3)
            .complains("publish.zip")
            .complains("no zip archive");
    }
}

#[test]
fn names_that_lead_out_of_an_archive_are_left_out_and_told() {
    let broken = web_config("sideways");
    for name in [
        "../web.config",
        "a/../../web.config",
        "/web.config",
        "C:\\inetpub\\web.config",
        "..\\web.config",
        "\\\\server\\share\\web.config",
        "shop:stream/web.config",
    ] {
        let folder = archived(&[(name, broken.as_bytes())]);
        let ran = report(&folder.path().join("in/publish.zip"), folder.path()).quietly_exits(0);
        let answer = ran.json();
        assert_eq!(answer["findings"].to_string().matches("hosting-model").count(), 0, "{name}: {answer}");
        let warnings = answer["warnings"].to_string();
        assert!(warnings.contains("left out what lies outside"), "{name}: {warnings}");
    }
}

#[test]
fn parts_of_names_that_mean_nothing_do_not_matter() {
    let broken = web_config("sideways");
    for name in ["./sub/web.config", "sub//web.config", "sub\\web.config"] {
        let folder = archived(&[(name, broken.as_bytes())]);
        let answer = report(&folder.path().join("in/publish.zip"), folder.path()).quietly_exits(1).json();
        let file = answer["findings"][0]["file"].as_str().unwrap().to_owned();
        assert_eq!(
            (file.as_str(), answer["warnings"].to_string().as_str()),
            ("sub/web.config", "[]"),
            "{name}"
        );
    }
}

#[test]
fn an_app_is_found_among_100_000_files_of_an_archive() {
    let names: Vec<String> = (0..100_001).map(|n| format!("wwwroot/{}/{n}.css", n % 100)).collect();
    let others: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), &b""[..])).collect();
    let folder = archived(&others);
    let answer = report(&folder.path().join("in/publish.zip"), folder.path()).quietly_exits(0).json();
    assert!(answer["inputs"].to_string().contains("published folder"), "{}", answer["inputs"]);
    let warnings = answer["warnings"].to_string();
    assert!(warnings.contains("the rest was left out"), "{warnings}");
}

#[test]
fn files_that_unpack_to_very_much_are_read_within_bounds() {
    // Larger than what is read of each of these.
    let (json, dll) = (vec![b' '; 17 << 20], vec![b' '; 65 << 20]);
    let folder = archived(&[
        ("sub/web.config", &json),
        ("appsettings.json", &json),
        ("App.deps.json", &json),
        ("Big.dll", &dll),
    ]);
    assert!(fs::metadata(folder.path().join("in/publish.zip")).unwrap().len() < 1 << 20, "it is small");
    let ran = report(&folder.path().join("in/publish.zip"), folder.path()).quietly_exits(1);
    assert!(ran.json()["warnings"].to_string().contains("is large"), "{}", ran.stdout);
    assert!(ran.stdout.len() < 100_000, "{}", ran.stdout.len());
}

#[test]
fn a_folder_of_100_000_files_is_checked() {
    // In memory, where there is such a place: disks take a minute for so many files.
    let memory = Path::new("/dev/shm");
    let place = if memory.is_dir() { memory.to_owned() } else { std::env::temp_dir() };
    let folder = TempDir::new_in(place).unwrap();
    for (name, content) in app() {
        write(&folder.path().join(name), content);
    }
    for dir in 0..100 {
        let dir = folder.path().join(format!("wwwroot/{dir}"));
        fs::create_dir_all(&dir).unwrap();
        for file in 0..1001 {
            fs::File::create(dir.join(format!("{file}.css"))).unwrap();
        }
    }
    let ran = check(folder.path()).quietly_exits(0);
    ran.says("the rest was left out");
}

#[test]
fn a_folder_in_place_of_a_file_is_no_file() {
    let folder = published();
    fs::create_dir_all(folder.path().join("appsettings.json/x")).unwrap();
    fs::create_dir_all(folder.path().join("App.deps.json")).unwrap();
    check(folder.path()).quietly_exits(0);
}

#[cfg(unix)]
mod unix {
    use std::os::unix::fs::{PermissionsExt as _, symlink};

    use super::*;

    #[test]
    fn a_loop_of_links_is_named_and_the_rest_is_checked() {
        let folder = published();
        symlink("loop.dll", folder.path().join("loop.dll")).unwrap();
        symlink(folder.path(), folder.path().join("again")).unwrap();
        let ran = report(folder.path(), folder.path()).quietly_exits(0);
        let warnings = ran.json()["warnings"].to_string();
        assert!(warnings.contains("loop.dll") && warnings.contains("could not be read"), "{warnings}");
    }

    #[test]
    fn what_may_not_be_read_is_named_and_the_rest_is_checked() {
        let folder = published();
        write(&folder.path().join("Secret.dll"), sample("pe anycpu assembly").unwrap());
        fs::create_dir(folder.path().join("closed")).unwrap();
        for path in ["Secret.dll", "closed"] {
            let nobody = fs::Permissions::from_mode(0o000);
            fs::set_permissions(folder.path().join(path), nobody).unwrap();
        }
        // To whom all is allowed, nothing is closed.
        if fs::read(folder.path().join("Secret.dll")).is_err() {
            let warnings =
                report(folder.path(), folder.path()).quietly_exits(0).json()["warnings"].to_string();
            assert!(warnings.contains("Secret.dll") && warnings.contains("closed"), "{warnings}");
        }
        fs::set_permissions(folder.path().join("closed"), fs::Permissions::from_mode(0o700)).unwrap();
    }

    #[test]
    fn a_closed_folder_is_named() {
        let folder = folder(&[]);
        let closed = folder.path().join("closed");
        fs::create_dir(&closed).unwrap();
        fs::set_permissions(&closed, fs::Permissions::from_mode(0o000)).unwrap();
        if fs::read_dir(&closed).is_err() {
            check(&closed).exits(3).complains("closed").complains("could not be read");
        }
    }
}

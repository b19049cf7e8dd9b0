//! What a published folder, with what is known of its server, foretells of each heading of the errors reference: a
//! broken folder is found out, the same folder repaired is silent.
//!
//! `UPDATE_README=1 cargo test -p falconer --test check_headings` writes what the README shows.
#![allow(clippy::expect_used, reason = "a test stops where something is not as it must be")]

#[path = "common/headings.rs"]
mod headings;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::LazyLock;

use falconer_dotnet::image::sample::sample;
use headings::{HEADINGS, hold_readme, says_what_happened};
use serde_json::Value;

/// A heading that is about the state of a machine, which no folder and no configuration shows.
const NOT_FORETOLD: [&str; 1] = ["CoreWebEngine or W3SVC server features disabled"];

/// What stands around the table in the README.
const MARKERS: [&str; 2] = ["<!-- checks -->", "<!-- /checks -->"];

/// The command whose output the README shows.
const SCREEN: &str = "$ falconer check examples-check/15-attribute-misspelt/publish/web.config";

/// The ending of a file whose words describe the headers of a program.
const IMAGE: &str = ".image";

/// An example: a folder that is broken, and what repairs it.
struct Example {
    name: String,
    heading: String,
    check: String,
    failure: String,
    /// `fix`, `fix=unsafe` or `hand`.
    repair: String,
    broken: Findings,
    repaired: Findings,
}

/// The findings of warning or above: check, failure, severity.
type Findings = BTreeSet<(String, String, String)>;

static EXAMPLES: LazyLock<Vec<Example>> = LazyLock::new(|| {
    let mut folders: Vec<PathBuf> = fs::read_dir(root().join("examples-check"))
        .expect("the folder can be listed")
        .map(|entry| entry.expect("an entry").path())
        .collect();
    folders.sort();
    folders.iter().map(|folder| run(folder)).collect()
});

/// The repository.
fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// The expectations of an example.
struct Expected(toml::Table, String);

impl Expected {
    fn read(folder: &Path) -> Expected {
        let name = folder.file_name().and_then(|name| name.to_str()).expect("a name in UTF-8").to_owned();
        let text = fs::read_to_string(folder.join("expected.toml")).expect("an expected.toml");
        let table: toml::Table = text.parse().unwrap_or_else(|error| panic!("{name}: {error}"));
        for key in table.keys() {
            let known = ["heading", "arguments", "check", "failure", "repair", "gone", "repaired-arguments"];
            assert!(known.contains(&key.as_str()), "{name}: '{key}' means nothing; use one of {known:?}");
        }
        Expected(table, name)
    }

    fn text(&self, key: &str) -> String {
        let value = self.0.get(key).and_then(toml::Value::as_str);
        value.unwrap_or_else(|| panic!("{}: expected.toml has no {key}", self.1)).to_owned()
    }

    fn list(&self, key: &str) -> Option<Vec<String>> {
        let words = self.0.get(key)?.as_array().expect("a list");
        Some(words.iter().map(|word| word.as_str().expect("a text").to_owned()).collect())
    }
}

/// Checks the folder of an example, repairs it, and checks it again.
fn run(folder: &Path) -> Example {
    let expected = Expected::read(folder);
    let arguments = expected.list("arguments").unwrap_or_default();
    let place = tempfile::tempdir().expect("a folder");
    for part in ["publish", "server"] {
        lay(&folder.join(part), &place.path().join(part));
    }
    let broken = check(place.path(), &arguments);
    let repair = expected.text("repair");
    let repaired = match repair.as_str() {
        "hand" => {
            lay(&folder.join("repaired"), place.path());
            check(place.path(), &expected.list("repaired-arguments").unwrap_or(arguments))
        }
        fix => {
            let mut fixing = arguments.clone();
            fixing.push(format!("--{fix}"));
            check(place.path(), &fixing);
            check(place.path(), &arguments)
        }
    };
    Example {
        heading: expected.text("heading"),
        check: expected.text("check"),
        failure: expected.text("failure"),
        name: expected.1,
        repair,
        broken,
        repaired,
    }
}

/// Copies a folder, making the programs that are described in it.
fn lay(from: &Path, to: &Path) {
    let Ok(entries) = fs::read_dir(from) else { return };
    fs::create_dir_all(to).expect("a folder can be made");
    for entry in entries {
        let path = entry.expect("an entry").path();
        let name = path.file_name().and_then(|name| name.to_str()).expect("a name in UTF-8");
        if path.is_dir() {
            lay(&path, &to.join(name));
        } else if let Some(program) = name.strip_suffix(IMAGE) {
            let words = fs::read_to_string(&path).expect("a description");
            let bytes = sample(words.trim()).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
            fs::write(to.join(program), bytes).expect("a file can be written");
        } else {
            fs::copy(&path, to.join(name)).expect("a file can be copied");
        }
    }
}

fn check(place: &Path, arguments: &[String]) -> Findings {
    let output = Command::new(env!("CARGO_BIN_EXE_falconer"))
        .args(["check", "publish", "--no-config", "--format", "json", "--today", "2026-01-01"])
        .args(arguments)
        .current_dir(place)
        .output()
        .expect("the program runs");
    let answer: Value = serde_json::from_slice(&output.stdout).unwrap_or_else(|error| {
        panic!("{arguments:?}: no JSON ({error}): {}", String::from_utf8_lossy(&output.stderr))
    });
    let text = |finding: &Value, key: &str| finding[key].as_str().unwrap_or_default().to_owned();
    let findings = answer["findings"].as_array().expect("a list of findings");
    let told = findings.iter().map(|f| (text(f, "check"), text(f, "failure"), text(f, "severity")));
    told.filter(|(.., severity)| severity != "note").collect()
}

#[test]
fn every_broken_folder_is_found_out() {
    for example in EXAMPLES.iter() {
        let found = example.broken.iter().any(|(c, f, _)| (c, f) == (&example.check, &example.failure));
        assert!(found, "{}: wanted {}, found {:?}", example.name, example.check, example.broken);
    }
}

#[test]
fn every_repaired_folder_is_silent() {
    for example in EXAMPLES.iter() {
        assert!(example.repaired.is_empty(), "{}: found {:?}", example.name, example.repaired);
    }
}

#[test]
fn every_heading_that_a_folder_can_foretell_has_an_example() {
    for (number, heading) in HEADINGS.iter().enumerate() {
        let prefix = format!("{:02}-", number + 1);
        let own: Vec<&Example> = EXAMPLES.iter().filter(|e| e.name.starts_with(&prefix)).collect();
        assert_eq!(own.is_empty(), NOT_FORETOLD.contains(heading), "{heading}");
        for example in own {
            assert_eq!(example.heading, *heading, "{}", example.name);
        }
    }
}

#[test]
fn every_example_says_what_is_wrong() {
    for example in EXAMPLES.iter() {
        says_what_happened(&root().join("examples-check").join(&example.name));
    }
}

#[test]
fn the_readme_shows_what_is_foretold() {
    hold_readme(&root(), MARKERS, &table(), SCREEN);
}

fn table() -> String {
    let mut out = String::from(
        "| Heading of the errors reference | Folder | Found | Severity | Repaired by | Then |\n\
         | --- | --- | --- | --- | --- | --- |\n",
    );
    for (number, heading) in HEADINGS.iter().enumerate() {
        let mut shown = heading.replace('<', "\\<");
        let prefix = format!("{:02}-", number + 1);
        let mut own = EXAMPLES.iter().filter(|e| e.name.starts_with(&prefix)).peekable();
        if own.peek().is_none() {
            out.push_str(&format!("| {shown} | – | not in a folder or a configuration | – | – | – |\n"));
        }
        for example in own {
            out.push_str(&row(&shown, example));
            shown.clear();
        }
    }
    out
}

fn row(heading: &str, example: &Example) -> String {
    let Example { name, check, repaired, .. } = example;
    let severity =
        example.broken.iter().find(|(found, ..)| found == check).map_or("–", |(.., s)| s.as_str());
    let repair = match example.repair.as_str() {
        "hand" => "hand".to_owned(),
        fix => format!("`--{fix}`"),
    };
    let then = if repaired.is_empty() { "silent" } else { "not silent" };
    format!("| {heading} | [{name}](examples-check/{name}) | `{check}` | {severity} | {repair} | {then} |\n")
}

//! The examples: each heading of the errors reference as folders of evidence with the answer that they must get.
//!
//! `UPDATE_EXAMPLES=1 cargo test -p falconer --test examples` writes the binary files of the examples anew,
//! `UPDATE_README=1` what the README shows.
#![allow(clippy::expect_used, reason = "a test stops where something is not as it must be")]

mod binaries;
#[path = "../common/headings.rs"]
mod headings;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::LazyLock;

use headings::{HEADINGS, hold_readme, says_what_happened};
use serde_json::Value;

/// The channels of the reference, with their names in JSON.
const CHANNELS: [&str; 4] = ["page", "event-log", "stdout", "debug-log"];

/// What stands around the table in the README.
const MARKERS: [&str; 2] = ["<!-- examples -->", "<!-- /examples -->"];

/// The command whose output the README shows.
const SCREEN: &str = "$ falconer diagnose examples/11-missing-shared-framework/evidence";

/// An example and what it must be found to be.
struct Example {
    name: String,
    heading: String,
    /// The diagnoses that come first, in any order.
    ids: Vec<String>,
    /// That of the first.
    confidence: String,
    answer: Value,
}

static EXAMPLES: LazyLock<Vec<Example>> = LazyLock::new(|| {
    let folders: Vec<PathBuf> =
        entries(&root().join("examples")).into_iter().filter(|path| path.is_dir()).collect();
    // A thread for every processor: each example is a run of the program.
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let parts: Vec<Vec<Example>> = std::thread::scope(|scope| {
        let part = |part: &'_ [PathBuf]| part.iter().map(|folder| read(folder)).collect();
        let running: Vec<_> =
            folders.chunks(folders.len().div_ceil(threads)).map(|p| scope.spawn(move || part(p))).collect();
        running.into_iter().map(|thread| thread.join().expect("readable examples")).collect()
    });
    parts.into_iter().flatten().collect()
});

/// The repository.
fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// What a folder holds, in the order of names.
fn entries(folder: &Path) -> Vec<PathBuf> {
    let mut paths: Vec<PathBuf> = fs::read_dir(folder)
        .expect("the folder can be listed")
        .map(|entry| entry.expect("an entry").path())
        .collect();
    paths.sort();
    paths
}

fn read(folder: &Path) -> Example {
    let name = folder.file_name().and_then(|name| name.to_str()).expect("a name in UTF-8").to_owned();
    let text = fs::read_to_string(folder.join("expected.toml")).expect("an expected.toml");
    let table: toml::Table = text.parse().unwrap_or_else(|error| panic!("{name}: {error}"));
    for key in table.keys() {
        let known = ["heading", "args", "first", "both", "confidence"];
        assert!(known.contains(&key.as_str()), "{name}: '{key}' means nothing; use one of {known:?}");
    }
    let strings = |key: &str| -> Vec<String> {
        let words = |value: &toml::Value| match value {
            toml::Value::String(word) => vec![word.clone()],
            toml::Value::Array(words) => words.iter().filter_map(|w| w.as_str().map(str::to_owned)).collect(),
            _ => Vec::new(),
        };
        table.get(key).map(words).unwrap_or_default()
    };
    let one = |key: &str| strings(key).pop().unwrap_or_else(|| panic!("{name}: expected.toml has no {key}"));
    let (first, both) = (strings("first"), strings("both"));
    assert!(
        (first.len(), both.len()) == (1, 0) || (first.len(), both.len()) == (0, 2),
        "{name}: give either first, or both with two ids"
    );
    let answer = diagnose(folder, &strings("args"));
    let ids = first.into_iter().chain(both).collect();
    Example { heading: one("heading"), ids, confidence: one("confidence"), answer, name }
}

/// The program's answer to the evidence of an example.
fn diagnose(folder: &Path, flags: &[String]) -> Value {
    let output = Command::new(env!("CARGO_BIN_EXE_falconer"))
        .args(["diagnose", "--format", "json"])
        .args(flags)
        .arg(folder.join("evidence"))
        .output()
        .expect("the program runs");
    serde_json::from_slice(&output.stdout).unwrap_or_else(|error| {
        panic!("{}: no JSON ({error}): {}", folder.display(), String::from_utf8_lossy(&output.stderr))
    })
}

impl Example {
    /// The diagnoses, best first: id and confidence.
    fn diagnoses(&self) -> Vec<(&str, &str)> {
        let list = self.answer.get("diagnoses").and_then(Value::as_array).expect("a list of diagnoses");
        list.iter()
            .map(|d| (d["id"].as_str().unwrap_or_default(), d["confidence"].as_str().unwrap_or_default()))
            .collect()
    }

    fn state(&self, channel: &str) -> &str {
        let channels = self.answer.get("channels").and_then(Value::as_array).expect("a list of channels");
        let found = channels.iter().find(|c| c["channel"] == channel);
        found.and_then(|c| c["state"].as_str()).unwrap_or("not-looked")
    }
}

#[test]
fn every_example_gets_the_answer_that_it_expects() {
    let mut wrong = Vec::new();
    for example in EXAMPLES.iter() {
        let got = example.diagnoses();
        let mut first: Vec<&str> = got.iter().take(example.ids.len()).map(|(id, _)| *id).collect();
        let mut wanted: Vec<&str> = example.ids.iter().map(String::as_str).collect();
        first.sort_unstable();
        wanted.sort_unstable();
        if first != wanted
            || got.first().map(|(_, confidence)| *confidence) != Some(example.confidence.as_str())
        {
            wrong.push(format!("{}: wanted {wanted:?} {}, got {got:?}", example.name, example.confidence));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_heading_of_the_reference_has_an_example_that_is_certain_or_names_both_causes() {
    for (number, heading) in HEADINGS.iter().enumerate() {
        let prefix = format!("{:02}-", number + 1);
        let own: Vec<&Example> = EXAMPLES.iter().filter(|e| e.name.starts_with(&prefix)).collect();
        let settled = |e: &&Example| e.confidence == "certain" || e.ids.len() == 2;
        assert!(own.iter().any(settled), "{heading}: no example is certain, or names both causes");
        for example in own {
            assert_eq!(example.heading, *heading, "{}", example.name);
        }
    }
    let known = |e: &Example| HEADINGS.contains(&e.heading.as_str());
    assert!(EXAMPLES.iter().all(known), "an example has a heading that is not in the reference");
}

#[test]
fn every_example_says_what_happened() {
    for example in EXAMPLES.iter() {
        says_what_happened(&root().join("examples").join(&example.name));
    }
}

#[test]
fn the_readme_shows_what_the_program_answers() {
    hold_readme(&root(), MARKERS, &table(), SCREEN);
}

fn table() -> String {
    let mut out = String::from(
        "| Heading of the errors reference | Example | Page | Event log | stdout log | Debug log | Diagnosis | Confidence |\n\
         | --- | --- | --- | --- | --- | --- | --- | --- |\n",
    );
    let mut last = "";
    for example in EXAMPLES.iter() {
        let heading = if example.heading == last { "" } else { &example.heading };
        last = &example.heading;
        let states: Vec<&str> = CHANNELS
            .iter()
            .map(|channel| match example.state(channel) {
                "present" => "yes",
                "not-looked" => "–",
                state => state,
            })
            .collect();
        let got = example.diagnoses();
        let ids: Vec<String> = got.iter().take(example.ids.len()).map(|(id, _)| format!("`{id}`")).collect();
        let confidence = got.first().map_or("", |(_, confidence)| *confidence);
        let name = &example.name;
        out.push_str(&format!(
            "| {} | [{name}](examples/{name}) | {} | {} | {confidence} |\n",
            heading.replace('<', "\\<"),
            states.join(" | "),
            ids.join(" or "),
        ));
    }
    out
}

#[test]
fn the_binary_files_of_the_examples_are_those_that_are_made_here() {
    let examples = root().join("examples");
    let made = binaries::all(&examples);
    if std::env::var_os("UPDATE_EXAMPLES").is_some() {
        for (path, bytes) in &made {
            fs::write(examples.join(path), bytes).expect("the file can be written");
        }
        return;
    }
    for (path, bytes) in &made {
        let there = fs::read(examples.join(path)).unwrap_or_else(|error| panic!("{path}: {error}"));
        assert!(there == *bytes, "{path} differs; run this test with UPDATE_EXAMPLES=1");
    }
}

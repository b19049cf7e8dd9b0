//! Secrets in every channel that evidence comes through.
//!
//! `corpus/NAME.txt` is evidence, `NAME.secrets` lists what must not survive, `NAME.keep` what must.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fs;
use std::path::{Path, PathBuf};

use falconer_redact::Redactor;

fn corpus() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus");
    let mut files: Vec<PathBuf> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "txt"))
        .collect();
    files.sort();
    assert!(files.len() >= 12, "the corpus is not there");
    files
}

fn lines(path: &Path) -> Vec<String> {
    fs::read_to_string(path).unwrap().lines().filter(|line| !line.is_empty()).map(str::to_owned).collect()
}

/// What is wrong with `redacted`: secrets that survived, and things needed that did not.
fn complaints(path: &Path, redacted: &str) -> Vec<String> {
    let survived = lines(&path.with_extension("secrets")).into_iter().filter_map(|secret| {
        let line = redacted.lines().find(|line| line.contains(&secret))?;
        Some(format!("survived: {secret} in {line}"))
    });
    let lost = lines(&path.with_extension("keep"))
        .into_iter()
        .filter(|keep| !redacted.contains(keep.as_str()))
        .map(|keep| format!("lost: {keep}"));
    survived.chain(lost).collect()
}

#[test]
fn no_secret_survives_and_nothing_that_diagnosis_needs_is_lost() {
    let mut all = Vec::new();
    for path in corpus() {
        let text = fs::read_to_string(&path).unwrap();
        let mut redactor = Redactor::new();
        let redacted = redactor.redact(&text);
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        all.extend(complaints(&path, &redacted).into_iter().map(|complaint| format!("{name}: {complaint}")));
    }
    assert!(all.is_empty(), "{}", all.join("\n"));
}

#[test]
fn the_lists_name_what_stands_in_the_evidence() {
    for path in corpus() {
        let text = fs::read_to_string(&path).unwrap();
        for listed in ["secrets", "keep"].iter().flat_map(|list| lines(&path.with_extension(list))) {
            assert!(text.contains(&listed), "{}: {listed}", path.display());
        }
    }
}

#[test]
fn evidence_survives_a_second_pass_and_carriage_returns_change_nothing() {
    for path in corpus() {
        let text = fs::read_to_string(&path).unwrap().replace('\n', "\r\n");
        let mut redactor = Redactor::new();
        let once = redactor.redact(&text).into_owned();
        assert_eq!(redactor.redact(&once), once, "{}", path.display());
        assert_eq!(Redactor::new().redact(&once), once, "{}", path.display());
        let survived: Vec<String> = complaints(&path, &once)
            .into_iter()
            .filter(|complaint| complaint.starts_with("survived"))
            .collect();
        assert!(survived.is_empty(), "{}: {}", path.display(), survived.join("\n"));
    }
}

#[test]
fn no_secret_survives_in_evidence_that_is_quoted_in_json_or_html() {
    for path in corpus() {
        let text = fs::read_to_string(&path).unwrap();
        let json = text.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n");
        let html =
            text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;");
        for quoted in [format!("{{\"text\":\"{json}\"}}"), format!("<pre>{html}</pre>")] {
            let mut redactor = Redactor::new();
            let redacted = redactor.redact(&quoted).into_owned();
            for secret in ["s3cr3t", "S3cr3t", "S3CR3T"] {
                let survived = redacted.find(secret).map(|at| {
                    let (from, to) = (at.saturating_sub(80), (at + 40).min(redacted.len()));
                    &redacted[redacted.floor_char_boundary(from)..redacted.ceil_char_boundary(to)]
                });
                assert_eq!(survived, None, "{}", path.display());
            }
        }
    }
}

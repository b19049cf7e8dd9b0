//! `falconer book`: the catalogue as pages.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use crate::support::{falconer, folder, write};

fn pages(dir: &Path) -> BTreeMap<String, String> {
    let mut pages = BTreeMap::new();
    for (prefix, dir) in ["", "failures/", "checks/"].map(|prefix| (prefix, dir.join(prefix))) {
        for entry in fs::read_dir(dir).unwrap().map(Result::unwrap).filter(|e| e.path().is_file()) {
            let name = format!("{prefix}{}", entry.file_name().to_str().unwrap());
            pages.insert(name, fs::read_to_string(entry.path()).unwrap());
        }
    }
    pages
}

#[test]
fn the_book_has_a_page_for_each_failure_and_the_same_ones_each_time() {
    let (first, second) = (folder(&[]), folder(&[]));
    for dir in [&first, &second] {
        falconer().args(["book"]).args([dir.path()]).run().quietly_exits(0).says("pages to");
    }
    let pages = self::pages(first.path());
    assert_eq!(pages, self::pages(second.path()));
    let list = falconer().args(["list", "-f", "json"]).run().json();
    for failure in list["failures"].as_array().unwrap() {
        let id = failure["id"].as_str().unwrap();
        assert!(pages.contains_key(&format!("failures/{id}.md")), "{id}");
        assert!(pages["failures/README.md"].contains(&format!("({id}.md)")), "{id}");
    }
    for page in ["README.md", "messages.md", "codes.md", "channels.md", "exit-codes.md", "formats.md"] {
        assert!(pages.contains_key(page), "{page}");
    }
    assert!(pages["exit-codes.md"].contains("| 70 | a bug in Falconer |"));
    let list = falconer().args(["list", "checks", "-f", "json"]).run().json();
    for check in list["checks"].as_array().unwrap() {
        let id = check["id"].as_str().unwrap();
        assert!(pages.contains_key(&format!("checks/{id}.md")), "{id}");
        assert!(pages["checks/README.md"].contains(&format!("({id}.md)")), "{id}");
    }
}

#[test]
fn every_link_leads_to_a_page() {
    let dir = folder(&[]);
    falconer().args(["book"]).args([dir.path()]).run().exits(0);
    let mut links = 0;
    for (name, text) in pages(dir.path()) {
        let folder = dir.path().join(&name).parent().unwrap().to_owned();
        // Texts of evidence hold brackets too; links of the book lead to its own pages.
        let targets = text.split("](").skip(1).filter_map(|rest| rest.split(')').next());
        for target in targets.filter(|target| target.ends_with(".md")) {
            assert!(folder.join(target).is_file(), "{name}: {target}");
            links += 1;
        }
    }
    assert!(links > 100, "{links}");
}

#[test]
fn check_names_what_is_stale_and_how_to_write_it_anew() {
    let dir = folder(&[]);
    let check = || falconer().args(["book", "--check"]).args([dir.path()]).run();
    check().quietly_exits(1).says("README.md: is missing").says("to write them anew: falconer book ");
    falconer().args(["book"]).args([dir.path()]).run().exits(0);
    check().quietly_exits(0).says("is up to date");

    let page = dir.path().join("codes.md");
    let text = fs::read_to_string(&page).unwrap();
    write(&page, text.replace("FrameworkMissingFailure", "Framework"));
    let mark = text.lines().next().unwrap();
    write(&dir.path().join("failures/gone.md"), format!("{mark}\n\n# Gone\n"));
    write(&dir.path().join("failures/own-notes.md"), "# Somebody's notes\n");
    let ran = check()
        .quietly_exits(1)
        .says("codes.md: is out of date")
        .says("failures/gone.md: belongs to nothing in the catalogue")
        .does_not_say("own-notes.md");
    assert_eq!(ran.stdout.lines().count(), 3);

    falconer().args(["book"]).args([dir.path()]).run().exits(0);
    check().exits(0);
    assert!(!dir.path().join("failures/gone.md").exists());
    assert!(dir.path().join("failures/own-notes.md").exists(), "what is not ours stays");
}

#[test]
fn line_ends_of_windows_are_no_change() {
    let dir = folder(&[]);
    falconer().args(["book"]).args([dir.path()]).run().exits(0);
    for (name, text) in pages(dir.path()) {
        write(&dir.path().join(name), text.replace('\n', "\r\n"));
    }
    falconer().args(["book", "--check"]).args([dir.path()]).run().exits(0);
}

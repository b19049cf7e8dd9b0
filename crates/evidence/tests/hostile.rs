//! Damaged and hostile inputs: a warning that names them, the rest still read, every bound kept.

mod common;

use std::io::Cursor;

use common::{gather, notes, only, zip};
use falconer_evidence::{Gatherer, Limits, Tree as _, ZipTree};

const PAGE: &[u8] = b"HTTP Error 500.30 - ASP.NET Core app failed to start";

#[test]
fn a_truncated_zip_is_named_and_the_rest_is_read() {
    let whole = zip(&[("page.txt", PAGE)]);
    let evidence = gather(&[("cut.zip", &whole[..whole.len() / 2]), ("page.txt", PAGE)]);
    assert!(notes(&evidence, "cut.zip", "damaged zip archive"), "{:?}", evidence.notices);
    assert_eq!(only(&evidence).text.as_bytes(), PAGE);
}

#[test]
fn files_of_an_archive_have_its_name_before_theirs() {
    let evidence = gather(&[("case.zip", &zip(&[("logs/page.txt", PAGE)]))]);
    assert_eq!(only(&evidence).source.file, "case.zip!/logs/page.txt");
}

#[test]
fn hostile_names_in_an_archive_are_labels_and_nothing_more() {
    let evidence = gather(&[("case.zip", &zip(&[("../../etc/page.txt", PAGE), ("C:\\x\\page.txt", PAGE)]))]);
    assert_eq!(evidence.observations.len(), 2);
}

#[test]
fn archives_are_read_to_a_depth_and_not_further() {
    let mut inner = zip(&[("page.txt", PAGE)]);
    for _ in 0..Limits::default().depth {
        inner = zip(&[("inner.zip", &inner)]);
    }
    let evidence = gather(&[("deep.zip", &inner)]);
    assert!(evidence.observations.is_empty());
    assert!(notes(&evidence, "inner.zip", "archive within archives"));
}

#[test]
fn a_zip_bomb_ends_at_the_budget() {
    let bomb = zip(&[("a.log", &vec![b'a'; 4 << 20]), ("page.txt", PAGE)]);
    assert!(bomb.len() < 100_000, "it is a bomb");
    let mut gatherer = Gatherer::new(Limits { unpacked: 1 << 20, ..Limits::default() }, Vec::new());
    gatherer.add_bytes("bomb.zip", &bomb);
    let evidence = gatherer.finish();
    assert!(notes(&evidence, "a.log", "unpacks to more than is read"), "{:?}", evidence.notices);
}

#[test]
fn parts_of_files_are_unpacked_within_a_budget_for_all_together() {
    let archive = zip(&[("a.dll", &[0; 1000]), ("b.dll", &[0; 1000]), ("c.dll", &[0; 1000])]);
    let tree = ZipTree::bounded(Cursor::new(archive), 1500).expect("an archive");
    let read = |number: usize| tree.source(number).map(|source| source.size());
    assert_eq!(read(0).ok(), Some(1000));
    assert_eq!(read(1).ok(), Some(500));
    assert!(read(2).expect_err("nothing is left").to_string().contains("left out"));
}

#[test]
fn of_files_with_one_name_the_last_counts_as_when_unpacking() {
    let archive =
        zip(&[("a.txt", b"first"), ("b.txt", b"b"), ("x/../a.txt", b"stray"), ("./a.txt", b"last")]);
    let mut tree = ZipTree::new(Cursor::new(archive)).expect("an archive");
    assert_eq!(tree.leave_out_strays(), ["x/../a.txt"]);
    let paths: Vec<&str> = tree.entries().iter().map(|entry| entry.path.as_str()).collect();
    assert_eq!(paths, ["a.txt", "b.txt"]);
    let mut bytes = [0; 4];
    tree.source(0).expect("a file").read_at(0, &mut bytes).expect("bytes");
    assert_eq!(&bytes, b"last");
}

#[test]
fn a_binary_file_is_skipped_with_a_word() {
    let evidence =
        gather(&[("dump.bin", b"MZ\x90\x00\x03\x00\x00\x00"), ("x.dat", b"\x00\x01\x02abc\x00\x07")]);
    assert!(evidence.observations.is_empty());
    assert_eq!(evidence.notices.len(), 2);
}

#[test]
fn a_damaged_event_log_is_named_and_what_is_whole_is_read() {
    let evidence = gather(&[("Application.evtx", b"ElfFile\x00 and then nothing"), ("page.txt", PAGE)]);
    assert!(evidence.notices.iter().any(|n| n.source.file == "Application.evtx"), "{:?}", evidence.notices);
    assert_eq!(evidence.observations.len(), 1);
}

#[test]
fn xml_with_entities_is_not_expanded() {
    let bomb = "<?xml version=\"1.0\"?><!DOCTYPE x [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;\">]>\
                <configuration>&b;&b;&b;</configuration>";
    let evidence = gather(&[("web.config", bomb.as_bytes())]);
    assert!(evidence.observations.iter().all(|o| o.text.len() <= bomb.len()));
}

#[test]
fn a_large_text_is_read_around_what_matters_with_its_line_numbers() {
    let filler = "2024-01-01 10:00:00 INFO everything is fine here\n";
    let lines = (3 << 20) / filler.len();
    let mut text = filler.repeat(lines);
    text.push_str("Unhandled exception. System.InvalidOperationException: no\n   at App.Program.Main()\n");
    text.push_str(&filler.repeat(lines));
    let evidence = gather(&[("stdout.log", text.as_bytes())]);
    let found = only(&evidence);
    assert!(found.text.contains("System.InvalidOperationException"));
    assert!(found.text.len() < 64 << 10, "only the surroundings are kept");
    let first = usize::try_from(found.source.line.unwrap_or(0)).expect("a line number");
    let within = found.text.lines().position(|l| l.starts_with("Unhandled")).expect("the line is there");
    assert_eq!(first + within, lines + 1);
}

#[test]
fn a_line_without_end_is_read_in_bounded_memory() {
    let mut text = vec![b'x'; 2 << 20];
    text.extend_from_slice(b"Unhandled exception. System.Exception: no ");
    text.extend(vec![b'y'; 2 << 20]);
    let evidence = gather(&[("stdout.log", &text)]);
    assert!(only(&evidence).text.len() < 128 << 10);
}

//! Files of any kind, folders and archives of any shape are taken in within bounds.
//!
//! A line of `====` stands between files; the length decides what they are called and whether they are a folder.
#![no_main]

use falconer_evidence::{Gatherer, Limits, MemoryTree};
use libfuzzer_sys::fuzz_target;

const NAMES: [&str; 6] = [
    "web.config",
    "stdout_20261102101403_4312.log",
    "App.runtimeconfig.json",
    "App.exe",
    "dump.zip",
    "eventlog.xml",
];

const BETWEEN: &[u8] = b"\n====\n";

fn files(mut bytes: &[u8]) -> Vec<Vec<u8>> {
    let mut files = Vec::new();
    while let Some(end) = bytes.windows(BETWEEN.len()).position(|window| window == BETWEEN) {
        files.push(bytes[..end].to_vec());
        bytes = &bytes[end + BETWEEN.len()..];
    }
    files.push(bytes.to_vec());
    files
}

fuzz_target!(|bytes: &[u8]| {
    let files = files(bytes);
    let names = NAMES.iter().cycle().skip(bytes.len() % NAMES.len());
    let limits = Limits { unpacked: 1 << 24, whole_document: 1 << 20, files: 1000, ..Limits::default() };
    let mut gatherer = Gatherer::new(limits, vec!["failed to start".into(), "500.30".into()]);
    if bytes.len() % 2 == 0 {
        for (file, name) in files.iter().zip(names) {
            gatherer.add_bytes(name, file);
        }
    } else {
        let paths = names.enumerate().map(|(number, name)| format!("site/{number}/{name}"));
        gatherer.add_tree("site", &mut MemoryTree::new(paths.zip(files)));
    }
    gatherer.finish();
});

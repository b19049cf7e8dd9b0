//! What the tests of this crate share.
#![allow(clippy::expect_used, reason = "a test stops where something is not as it must be")]
#![allow(dead_code, reason = "each test file uses a part of it")]

use std::io::{Cursor, Write as _};

use falconer_evidence::{Gatherer, Limits, MemoryTree};
use falconer_observation::{Channel, Evidence, Observation};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// Gathers files one by one, as arguments of the command line are.
pub(crate) fn gather(files: &[(&str, &[u8])]) -> Evidence {
    let mut gatherer = Gatherer::new(Limits::default(), vec!["Unhandled exception".to_owned()]);
    for (name, bytes) in files {
        gatherer.add_bytes(name, bytes);
    }
    gatherer.finish()
}

/// Gathers files as one folder.
pub(crate) fn gather_folder(files: &[(&str, &[u8])]) -> Evidence {
    let mut gatherer = Gatherer::new(Limits::default(), Vec::new());
    let files = files.iter().map(|(name, bytes)| ((*name).to_owned(), bytes.to_vec()));
    gatherer.add_tree("site", &mut MemoryTree::new(files));
    gatherer.finish()
}

/// A zip archive of these files.
pub(crate) fn zip(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        writer.start_file(*name, SimpleFileOptions::default()).expect("the archive takes a file");
        writer.write_all(bytes).expect("the archive takes its content");
    }
    writer.finish().expect("the archive can be closed").into_inner()
}

/// The channels of all observations, in their order.
pub(crate) fn channels(evidence: &Evidence) -> Vec<Channel> {
    evidence.observations.iter().map(|o| o.channel).collect()
}

/// The only observation.
pub(crate) fn only(evidence: &Evidence) -> &Observation {
    assert_eq!(evidence.observations.len(), 1, "{:?}", evidence.observations);
    &evidence.observations[0]
}

/// Whether a notice about the input says that.
pub(crate) fn notes(evidence: &Evidence, name: &str, words: &str) -> bool {
    evidence.notices.iter().any(|n| n.source.file.contains(name) && n.text.contains(words))
}

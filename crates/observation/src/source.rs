//! Where an observation came from.

use std::ops::Range;

/// Where a piece of evidence came from, exactly enough to find it again.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct Source {
    /// The file as the user named it, with `!/` before a path inside an archive (`case.zip!/logs/stdout.log`);
    /// `-` is standard input and `argument N` is text on the command line.
    pub file: String,
    /// First line, counted from 1, where the source is text.
    pub line: Option<u32>,
    /// Record id, where the source is an event log.
    pub record: Option<u64>,
    /// Byte range in the decoded file.
    pub bytes: Option<Range<u64>>,
}

impl Source {
    /// A source that is a whole file.
    pub fn file(file: impl Into<String>) -> Self {
        Source { file: file.into(), ..Source::default() }
    }

    /// The same file at a line, counted from 1.
    #[must_use]
    pub fn at_line(mut self, line: u32) -> Self {
        self.line = Some(line);
        self
    }

    /// The same file at an event record.
    #[must_use]
    pub fn at_record(mut self, record: u64) -> Self {
        self.record = Some(record);
        self
    }
}

//! Blocks of quoted lines, as e-mail and markdown write them: every line begins with `>`.

use std::ops::Range;

use crate::lines::{Line, lines};
use crate::reading::limits;
use crate::scan::Scan;

/// A block with its quote marks taken off, and the way back.
struct Unquoted {
    text: String,
    /// Where each line starts in the copy and in the original.
    starts: Vec<(usize, usize)>,
    end: usize,
}

/// Reads the events of a quoted block. Quotes in quotes are taken off in one go, so that nothing is left that this
/// would be called for again.
pub(crate) fn read(scan: &mut Scan<'_>, line: Line<'_>) -> Option<usize> {
    let block = unquoted(scan.text, line);
    let inner = Scan::run(&block.text, limits::EVENTS);
    scan.adopt(inner, |range| block.place(range));
    Some(block.end)
}

fn unquoted(text: &str, first: Line<'_>) -> Unquoted {
    let mut block = Unquoted { text: String::new(), starts: Vec::new(), end: first.next };
    for line in lines(text, first.start) {
        if !line.text.trim_start().starts_with('>') {
            break;
        }
        let mut bare = line.text.trim_start();
        while let Some(inner) = bare.trim_start().strip_prefix('>') {
            bare = inner.strip_prefix(' ').unwrap_or(inner);
        }
        block.starts.push((block.text.len(), line.end() - bare.len()));
        block.text.push_str(bare);
        block.text.push('\n');
        block.end = line.next;
    }
    block
}

impl Unquoted {
    /// A range of the copy, in the original.
    fn place(&self, range: Range<usize>) -> Range<usize> {
        let start = self.original(range.start);
        start..self.original(range.end).max(start)
    }

    fn original(&self, at: usize) -> usize {
        let index = self.starts.partition_point(|(copy, _)| *copy <= at).saturating_sub(1);
        let (copy, original) = self.starts.get(index).copied().unwrap_or((0, self.end));
        // An original line break can be longer than the copy's, or missing at the end of the text.
        (original + (at - copy.min(at))).min(self.end)
    }
}

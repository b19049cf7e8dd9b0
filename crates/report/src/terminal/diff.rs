//! Unified diffs, coloured by line.

use anstyle::Style;

use super::Screen;
use crate::diff::{self, Kind};

impl Screen {
    /// A diff: indented, otherwise as it is. Its lines are never broken.
    pub(crate) fn diff(&mut self, columns: usize, text: &str) {
        for (kind, line) in diff::lines(text) {
            let style = match kind {
                Kind::File => self.palette.strong(),
                Kind::Hunk => self.palette.hunk(),
                Kind::Added => self.palette.added(),
                Kind::Removed => self.palette.removed(),
                Kind::Same => Style::new(),
            };
            self.line(vec![(Style::new(), " ".repeat(columns)), (style, line)]);
        }
    }
}

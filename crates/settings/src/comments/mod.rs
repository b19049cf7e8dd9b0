//! Suppressions in comments of the checked files.

mod json;
mod line_index;
mod xml;

use std::ops::Range;

use falconer_iis_config::Lines;
use thiserror::Error;

use line_index::LineIndex;

use crate::directive::{self, Directive};
use crate::{DirectiveError, Known, Place, Selector, UnknownSelector};

/// Most comments of one file that count.
const MAX_COMMENTS: usize = 1000;
/// Largest file in which comments are looked for, in bytes. IIS itself stops at 250 KB for web.config.
const MAX_BYTES: usize = 4 << 20;

/// What the comments of one file ask for.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Comments {
    /// The comments that count, in the order of the text.
    pub suppressions: Vec<CommentSuppression>,
    /// What is wrong with others, in the order of the text.
    pub faults: Vec<CommentFault>,
}

/// A comment that counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CommentSuppression {
    /// Where it stands.
    pub place: Place,
    /// The checks, at least one.
    pub selectors: Vec<Selector>,
    /// The reason.
    pub reason: String,
    /// What it is for; `None` for the whole file.
    pub reach: Option<Vec<Reach>>,
}

/// A part of a file: a start tag, or lines.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reach {
    /// The bytes.
    pub bytes: Range<usize>,
    /// First line, from 1.
    pub first_line: u32,
    /// Last line.
    pub last_line: u32,
}

/// A comment that does not count, or not whole.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{place}: {kind}")]
pub struct CommentFault {
    /// Where it stands.
    pub place: Place,
    /// What is wrong.
    pub kind: CommentFaultKind,
}

/// What can be wrong with a comment.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum CommentFaultKind {
    /// It is malformed, or says no reason; it does not count.
    #[error("this comment suppresses nothing: {0}")]
    Malformed(#[from] DirectiveError),
    /// One of its checks is not known; the others count.
    #[error(transparent)]
    Unknown(#[from] UnknownSelector),
    /// Nothing follows that it could be for; it does not count.
    #[error("this comment suppresses nothing: no {0} follows it")]
    NothingFollows(&'static str),
    /// The file is larger than is read for comments; none counts.
    #[error("comments suppress nothing in files of more than {MAX_BYTES} bytes")]
    TooLarge,
    /// There are more comments than are read; the rest does not count.
    #[error("comments behind the first {MAX_COMMENTS} suppress nothing")]
    TooMany,
}

/// A comment, and what one for Falconer in its place is for.
struct Comment<'t> {
    start: usize,
    /// The text between its marks.
    inside: &'t str,
    /// The parts of the file; none when nothing follows.
    reach: Vec<Range<usize>>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Syntax {
    Xml,
    Json,
}

/// The syntax of a file's comments by its name; `None` where comments are not allowed or not looked for. The
/// configuration provider allows them in `appsettings*.json`.
fn syntax_of(file: &str) -> Option<Syntax> {
    let name = file.rsplit(['/', '\\']).next().unwrap_or_default().to_ascii_lowercase();
    if name.ends_with(".config") || name.ends_with(".xml") {
        return Some(Syntax::Xml);
    }
    (name.starts_with("appsettings") && name.ends_with(".json")).then_some(Syntax::Json)
}

impl Comments {
    /// Reads the comments of a file. `file` is its path as in findings; formats without comments give nothing.
    pub fn read(file: &str, text: &str, known: &Known<'_>) -> Comments {
        let Some(syntax) = syntax_of(file) else { return Comments::default() };
        // Almost no file has any, and reading XML costs more than looking for a word.
        if !mentions_falconer(text) {
            return Comments::default();
        }
        if text.len() > MAX_BYTES {
            let place = Place::in_file(file, Lines::default().position(0));
            let faults = vec![CommentFault { place, kind: CommentFaultKind::TooLarge }];
            return Comments { faults, ..Comments::default() };
        }
        let (lines, index) = (Lines::of(text), LineIndex::of(text));
        let (comments, follows) = match syntax {
            Syntax::Xml => (xml::comments(text, &lines, &index), "start tag"),
            Syntax::Json => (json::comments(text, &index), "line with a value"),
        };
        let mut reader = Reader { known, follows, lines: &lines, out: Comments::default() };
        for comment in comments {
            if let Some(directive) = directive::read(comment.inside) {
                let place = Place::in_file(file, lines.position(comment.start));
                if reader.out.suppressions.len() + reader.out.faults.len() >= MAX_COMMENTS {
                    reader.out.faults.push(CommentFault { place, kind: CommentFaultKind::TooMany });
                    break;
                }
                reader.take(place, directive, comment.reach);
            }
        }
        reader.out
    }
}

/// The word that makes a comment count, in any case.
fn mentions_falconer(text: &str) -> bool {
    const WORD: &[u8] = b"falconer";
    text.as_bytes().windows(WORD.len()).any(|window| window.eq_ignore_ascii_case(WORD))
}

struct Reader<'a> {
    known: &'a Known<'a>,
    /// What a comment is for.
    follows: &'static str,
    lines: &'a Lines,
    out: Comments,
}

impl Reader<'_> {
    fn take(
        &mut self,
        place: Place,
        directive: Result<Directive<'_>, DirectiveError>,
        reach: Vec<Range<usize>>,
    ) {
        let directive = match directive {
            Ok(directive) => directive,
            Err(error) => return self.fault(place, error.into()),
        };
        let mut selectors = Vec::new();
        for written in directive.selectors {
            match self.known.selector(written) {
                Ok(selector) => selectors.push(selector),
                Err(unknown) => self.fault(place.clone(), unknown.into()),
            }
        }
        if !directive.whole_file && reach.is_empty() {
            return self.fault(place, CommentFaultKind::NothingFollows(self.follows));
        }
        if !selectors.is_empty() {
            let reach = (!directive.whole_file).then(|| reach.into_iter().map(|r| self.reach(r)).collect());
            let reason = directive.reason.split_whitespace().collect::<Vec<_>>().join(" ");
            self.out.suppressions.push(CommentSuppression { place, selectors, reason, reach });
        }
    }

    fn reach(&self, bytes: Range<usize>) -> Reach {
        let last = bytes.end.saturating_sub(1).max(bytes.start);
        Reach {
            first_line: self.lines.position(bytes.start).line,
            last_line: self.lines.position(last).line,
            bytes,
        }
    }

    fn fault(&mut self, place: Place, kind: CommentFaultKind) {
        self.out.faults.push(CommentFault { place, kind });
    }
}

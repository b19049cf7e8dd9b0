//! Words that a text must hold for a regular expression to match it.
//!
//! Most expressions of the catalogue match none of a text. Their words are looked for in one pass, and only an
//! expression whose words are there is compiled. The build script does this for the shipped files.

use regex_syntax::hir::{Hir, HirKind};

/// A shorter word says too little, and cannot be found by its first four bytes.
const MIN_LENGTH: usize = 4;
/// So many words may stand for one place.
const MAX_WORDS: usize = 24;
/// So many places are asked for.
const MAX_PLACES: usize = 3;

/// For some places of an expression, the words of which one must stand there, in lower case. Empty when nothing
/// can be said.
pub(crate) fn required(source: &str) -> Vec<Vec<String>> {
    let parser = regex_syntax::ParserBuilder::new().unicode(false).utf8(false).build().parse(source);
    let Ok(hir) = parser else {
        return Vec::new();
    };
    let mut places = places(&hir);
    // The places with the longest words exclude most.
    places.sort_by_key(|words| std::cmp::Reverse(words.iter().map(String::len).min()));
    places.truncate(MAX_PLACES);
    places
}

fn places(hir: &Hir) -> Vec<Vec<String>> {
    match hir.kind() {
        HirKind::Literal(literal) => one(&literal.0).into_iter().collect(),
        HirKind::Capture(capture) => places(&capture.sub),
        HirKind::Repetition(repetition) if repetition.min > 0 => places(&repetition.sub),
        HirKind::Concat(parts) => parts.iter().flat_map(places).collect(),
        HirKind::Alternation(branches) => {
            let mut words = Vec::new();
            for branch in branches {
                // Of each branch one place; a branch without any makes the whole say nothing.
                let Some(place) = places(branch).into_iter().max_by_key(|p| p.iter().map(String::len).min())
                else {
                    return Vec::new();
                };
                words.extend(place);
            }
            words.sort();
            words.dedup();
            if words.len() <= MAX_WORDS { vec![words] } else { Vec::new() }
        }
        _ => Vec::new(),
    }
}

fn one(literal: &[u8]) -> Option<Vec<String>> {
    let text = std::str::from_utf8(literal).ok()?.to_lowercase();
    (text.len() >= MIN_LENGTH).then(|| vec![text])
}

//! Making the changes: one round, and rounds until nothing is left.

use falconer_iis_config::{Edit, Span, apply};
use falconer_observation::Fact;

use crate::{Fix, FixContext, Fixer};

/// What a round of repairs made of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Applied {
    /// The text.
    pub text: String,
    /// Which repairs were made, by their index.
    pub done: Vec<usize>,
    /// Which were left out, because an earlier one changes what they rely on; what they repair is found again.
    pub left: Vec<usize>,
}

/// Makes repairs of one text, the earlier ones first. Left out is what collides with one in front of it; repairs
/// that change no text are neither done nor left.
pub fn apply_all(text: &str, fixes: &[Fix]) -> Applied {
    let mut edits: Vec<Edit> = Vec::new();
    let (mut changed, mut relied_on): (Vec<Span>, Vec<Span>) = (Vec::new(), Vec::new());
    let (mut done, mut left) = (Vec::new(), Vec::new());
    for (index, fix) in fixes.iter().enumerate().filter(|(_, fix)| !fix.edits().is_empty()) {
        let changes = || fix.edits().iter().map(|edit| edit.span).chain(fix.claims.iter().copied());
        let among = |span: Span, others: &[Span]| others.iter().any(|other| collide(span, *other));
        if changes().any(|span| among(span, &changed) || among(span, &relied_on))
            || fix.relies_on.iter().any(|span| among(*span, &changed))
        {
            left.push(index);
            continue;
        }
        changed.extend(changes());
        relied_on.extend_from_slice(&fix.relies_on);
        edits.extend_from_slice(fix.edits());
        done.push(index);
    }
    edits.sort_by_key(|edit| (edit.span.start, edit.span.end));
    match apply(text, &edits) {
        Ok(text) => Applied { text, done, left },
        // The fixes are not of this text.
        Err(_) => {
            Applied { text: text.to_owned(), done: Vec::new(), left: done.into_iter().chain(left).collect() }
        }
    }
}

/// Spans that share a byte, or an insertion at the edge of something that changes.
fn collide(a: Span, b: Span) -> bool {
    if a.start == a.end || b.start == b.end {
        a.start <= b.end && b.start <= a.end
    } else {
        a.start < b.end && b.start < a.end
    }
}

/// Rounds after which [`repair`] gives up. A round leaves out what collides with another repair, so that a tag with
/// many faults takes several.
pub const MAX_ROUNDS: usize = 16;

/// What [`repair`] made of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Repaired {
    /// The text.
    pub text: String,
    /// What was done, a sentence each, with the id of the fact before it.
    pub changes: Vec<(String, String)>,
    /// Nothing is left that could be repaired. False when [`MAX_ROUNDS`] did not suffice.
    pub settled: bool,
}

/// Repairs a text until nothing is left: looks what is to be found, repairs it, looks again. With `all`, also makes
/// the repairs that are not safe. Changes of files and folders are left to the caller.
pub fn repair(
    text: &str,
    context: &FixContext,
    all: bool,
    mut find: impl FnMut(&str) -> Vec<Fact>,
) -> Repaired {
    let mut repaired = Repaired { text: text.to_owned(), changes: Vec::new(), settled: false };
    for _ in 0..MAX_ROUNDS {
        let facts = find(&repaired.text);
        let fixer = Fixer::new(&repaired.text, context);
        let found = facts.iter().filter_map(|fact| Some((fact, fixer.fix(&fact.into())?)));
        let (facts, fixes): (Vec<&Fact>, Vec<Fix>) = found.filter(|(_, fix)| all || fix.safe).unzip();
        let applied = apply_all(&repaired.text, &fixes);
        if applied.done.is_empty() {
            repaired.settled = true;
            break;
        }
        let made = applied.done.iter().filter_map(|index| Some((facts.get(*index)?, fixes.get(*index)?)));
        repaired.changes.extend(made.map(|(fact, fix)| (fact.id.clone(), fix.text.clone())));
        repaired.text = applied.text;
    }
    repaired
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Change;

    fn fix(edits: Vec<Edit>, relies_on: Vec<Span>) -> Fix {
        let change = Change::Edits(edits);
        Fix { safe: true, text: String::new(), change, relies_on, claims: Vec::new() }
    }

    #[test]
    fn repairs_that_collide_with_an_earlier_one_are_left_for_the_next_round() {
        let fixes = [
            fix(vec![Edit::replace(Span::new(4, 5), "x")], vec![Span::new(0, 1)]),
            fix(vec![Edit::replace(Span::new(2, 3), "y")], Vec::new()),
            fix(vec![Edit::delete(Span::new(1, 2)), Edit::delete(Span::new(4, 6))], Vec::new()),
            fix(vec![Edit::replace(Span::new(0, 1), "z")], Vec::new()),
            fix(vec![Edit::insert(3, "!")], Vec::new()),
            Fix { change: Change::DeleteFile, ..fix(Vec::new(), Vec::new()) },
            fix(vec![Edit::delete(Span::new(3, 4))], Vec::new()),
        ];
        let applied = apply_all("abcdef", &fixes);
        assert_eq!(
            (applied.text.as_str(), applied.done, applied.left),
            ("abyxf", vec![0, 1, 6], vec![2, 3, 4])
        );
    }

    #[test]
    fn two_repairs_may_rely_on_the_same_and_not_claim_the_same() {
        let letter = |at: usize| vec![Edit::replace(Span::new(at, at + 1), "x")];
        let relying = [fix(letter(1), vec![Span::new(0, 1)]), fix(letter(2), vec![Span::new(0, 1)])];
        assert_eq!(apply_all("abc", &relying).done, [0, 1]);
        let claiming = relying.map(|fix| Fix { claims: vec![Span::new(0, 1)], relies_on: Vec::new(), ..fix });
        assert_eq!(apply_all("abc", &claiming).done, [0]);
    }

    #[test]
    fn repairs_of_another_text_change_nothing() {
        let applied = apply_all("ab", &[fix(vec![Edit::delete(Span::new(1, 9))], Vec::new())]);
        assert_eq!(applied, Applied { text: "ab".to_owned(), done: Vec::new(), left: vec![0] });
    }
}

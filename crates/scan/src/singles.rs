//! Literals searched for one by one, with `memchr::memmem`.

use std::ops::Range;

use memchr::memmem::Finder;

use crate::Hit;
use crate::literals::Literals;

/// The most singles: each costs a pass of its own, and beyond three a smaller stride for all is cheaper.
const MOST: usize = 3;
/// Longer literals do not hold the stride down enough to be worth a pass.
const LONGEST: usize = 7;

/// Short literals without letters (`500.30`): `memmem` tells `a` from `A`, so only these can be given to it.
#[derive(Debug)]
pub(crate) struct Singles {
    finders: Vec<(usize, Finder<'static>)>,
}

impl Singles {
    /// Splits `literals` into singles and those to be found by sampling.
    pub(crate) fn split(literals: &Literals) -> (Self, Vec<usize>) {
        let fits = |text: &[u8]| text.len() <= LONGEST && !text.iter().any(u8::is_ascii_alphabetic);
        let (singles, members): (Vec<_>, Vec<_>) = literals.iter().partition(|(_, text)| fits(text));
        if singles.len() > MOST {
            return (Self { finders: Vec::new() }, literals.iter().map(|(index, _)| index).collect());
        }
        let finders =
            singles.into_iter().map(|(index, text)| (index, Finder::new(text).into_owned())).collect();
        (Self { finders }, members.into_iter().map(|(index, _)| index).collect())
    }

    /// Appends the singles that start within `owned`.
    pub(crate) fn find(&self, text: &[u8], owned: &Range<usize>, hits: &mut Vec<Hit>) {
        for (literal, finder) in &self.finders {
            let reach = text.len().min(owned.end.saturating_add(finder.needle().len() - 1));
            let mut from = owned.start;
            while let Some(at) = text.get(from..reach).and_then(|rest| finder.find(rest)) {
                hits.push(Hit { offset: (from + at) as u64, literal: *literal });
                // Overlapping occurrences count too.
                from += at + 1;
            }
        }
    }
}

//! Which known name a misspelt one was meant to be.

/// The nearest of `known` when it is near enough to be meant: equal but for case, or a typing error or two away.
pub(crate) fn nearest<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let allowed = match name.chars().count() {
        0..=2 => return None,
        3..=5 => 1,
        6..=9 => 2,
        10..=64 => 3,
        _ => return None,
    };
    let lower = name.to_ascii_lowercase();
    known
        .into_iter()
        .map(|candidate| (distance(&candidate.to_ascii_lowercase(), &lower, allowed), candidate))
        .filter(|(distance, _)| *distance <= allowed)
        .min()
        .map(|(_, candidate)| candidate)
}

/// The end of a message about an unknown name; nothing without a suggestion.
pub(crate) fn did_you_mean(suggestion: &str) -> String {
    if suggestion.is_empty() { String::new() } else { format!("; did you mean {suggestion}?") }
}

/// Insertions, deletions, replacements and swaps of neighbours between two words; more than `most` counts as
/// `most + 1`.
pub(crate) fn distance(a: &str, b: &str, most: usize) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    if a.len().abs_diff(b.len()) > most {
        return most + 1;
    }
    let width = b.len() + 1;
    let mut before_last = vec![0; width];
    let mut last: Vec<usize> = (0..width).collect();
    for (i, ca) in a.iter().enumerate() {
        let mut row = vec![i + 1];
        for (j, cb) in b.iter().enumerate() {
            let value = |row: &[usize], at: usize| row.get(at).copied().unwrap_or(usize::MAX / 2);
            let replaced = value(&last, j) + usize::from(ca != cb);
            let mut cost = replaced.min(value(&last, j + 1) + 1).min(value(&row, j) + 1);
            let swapped = i > 0 && j > 0 && a.get(i - 1) == Some(cb) && b.get(j - 1) == Some(ca);
            if swapped {
                cost = cost.min(value(&before_last, j - 1) + 1);
            }
            row.push(cost);
        }
        before_last = std::mem::replace(&mut last, row);
    }
    last.last().copied().unwrap_or(most + 1).min(most + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_the_name_that_was_meant() {
        let known = ["processPath", "processesPerApplication", "arguments", "stdoutLogFile", "hostingModel"];
        for (written, meant) in [
            ("processpath", Some("processPath")),
            ("proccesPath", Some("processPath")),
            ("argument", Some("arguments")),
            ("hostingmodle", Some("hostingModel")),
            ("environment", None),
            ("x", None),
            ("", None),
        ] {
            assert_eq!(nearest(written, known), meant, "{written}");
        }
    }

    #[test]
    fn a_swap_of_neighbours_is_one_error() {
        assert_eq!(distance("path", "ptah", 3), 1);
        assert_eq!(distance("", "abc", 3), 3);
        assert_eq!(distance("abcdef", "a", 3), 4);
    }
}

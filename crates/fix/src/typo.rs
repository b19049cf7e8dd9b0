//! Whether what was meant by a misspelt word is beyond doubt.

/// Are the words equal but for case, or for one letter too many, too few, wrong, or swapped with its neighbour?
pub(crate) fn is_slip(written: &str, meant: &str) -> bool {
    let [a, b] = [written, meant].map(|word| word.to_ascii_lowercase().chars().collect::<Vec<char>>());
    let same = a.iter().zip(&b).take_while(|(a, b)| a == b).count();
    let [a, b] = [a.get(same..).unwrap_or_default(), b.get(same..).unwrap_or_default()];
    let same = a.iter().rev().zip(b.iter().rev()).take_while(|(a, b)| a == b).count();
    let differs = [a, b].map(|word| word.get(..word.len() - same).unwrap_or_default());
    match differs {
        [[], []] | [[_], []] | [[], [_]] | [[_], [_]] => true,
        [[a1, a2], [b1, b2]] => a1 == b2 && a2 == b1,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::is_slip;

    #[test]
    fn one_letter_is_a_slip_and_two_are_not() {
        for (written, meant) in [
            ("processpath", "processPath"),
            ("proccessPath", "processPath"),
            ("procesPath", "processPath"),
            ("processParh", "processPath"),
            ("processPaht", "processPath"),
            ("ture", "true"),
            ("", "a"),
        ] {
            assert!(is_slip(written, meant), "{written}");
        }
        for (written, meant) in [("procesPaht", "processPath"), ("process", "processPath"), ("abcd", "badc")]
        {
            assert!(!is_slip(written, meant), "{written}");
        }
    }
}

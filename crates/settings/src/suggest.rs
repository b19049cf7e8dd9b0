//! Which known word a misspelt one was meant to be.

/// Words longer than this are compared with nothing.
const LONGEST: usize = 128;

/// The nearest of `known`, when no more than a third of the word is wrong.
pub(crate) fn nearest<'a>(written: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    if written.len() > LONGEST {
        return None;
    }
    let lower = written.to_ascii_lowercase();
    let allowed = (lower.chars().count() / 3).min(4);
    known
        .into_iter()
        .map(|word| (strsim::osa_distance(&word.to_ascii_lowercase(), &lower), word))
        .filter(|(distance, _)| *distance <= allowed)
        .min()
        .map(|(_, word)| word)
}

/// The end of a sentence about an unknown word; nothing without a suggestion.
pub(crate) fn did_you_mean(suggestion: Option<&str>) -> String {
    suggestion.map_or_else(String::new, |word| format!("; did you mean \"{word}\"?"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_the_word_that_was_meant() {
        let known = ["target", "bitness", "dotnet-root", "fail-on"];
        for (written, meant) in [
            ("taget", Some("target")),
            ("Bitness", Some("bitness")),
            ("dotnet_root", Some("dotnet-root")),
            ("fail_on", Some("fail-on")),
            ("output", None),
            ("", None),
        ] {
            assert_eq!(nearest(written, known), meant, "{written}");
        }
    }
}

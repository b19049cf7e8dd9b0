//! Notes that say that there is nothing: "(nothing)", "(created but empty)", "(no entry for this app)".

use falconer_observation::ChannelState;

/// What such a note says of its channel; `None` for any other text.
pub(crate) fn absence(text: &str) -> Option<ChannelState> {
    let text = text.trim().trim_start_matches(['(', '[', '<']).trim_end_matches([')', ']', '>', '.']);
    if text.len() > 80 {
        return None;
    }
    let text = text.to_lowercase();
    const EMPTY: [&str; 8] = [
        "empty",
        "blank",
        "created but empty",
        "0 bytes",
        "zero bytes",
        "log file is created but empty",
        "log files created but empty",
        "created, empty",
    ];
    const NOTHING: [&str; 9] = [
        "nothing",
        "none",
        "no entr",
        "no event",
        "no log",
        "not created",
        "log never written",
        "never created",
        "log file isn't created",
    ];
    let starts = |words: &[&str]| words.iter().any(|w| text.starts_with(w));
    if text.is_empty() || starts(&EMPTY) || text.ends_with("is empty") || text.ends_with("created but empty")
    {
        Some(ChannelState::Empty)
    } else if starts(&NOTHING) || text.ends_with("isn't created") || text.ends_with("not created") {
        Some(ChannelState::Nothing)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn notes_of_absence_are_told_from_evidence() {
        for (text, state) in [
            ("(nothing)", Some(ChannelState::Nothing)),
            ("No event logs are produced", Some(ChannelState::Nothing)),
            ("The log file isn't created.", Some(ChannelState::Nothing)),
            ("(log files created but empty)", Some(ChannelState::Empty)),
            ("(blank file)", Some(ChannelState::Empty)),
            ("", Some(ChannelState::Empty)),
            ("Unhandled exception. System.Exception: nothing", None),
        ] {
            assert_eq!(absence(text), state, "{text}");
        }
    }
}

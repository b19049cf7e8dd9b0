//! Every text of a report, for whoever has to change what it says: redaction.
//!
//! Each type is taken apart field by field, so that a new field does not compile until somebody has decided about it.

use crate::model::{
    Application, CheckResult, Diagnosis, EvidenceItem, Input, MissingEvidence, Remedy, Report, RuledOut,
    Seen, Snippet, Warning,
};

/// Gives the new text, or nothing if the text is to stay.
pub(crate) type Rewrite<'f> = dyn FnMut(&str) -> Option<String> + 'f;

impl Report {
    /// Rewrites every text that comes from evidence, from the names of inputs, or is put together from both.
    /// `rewrite` gives nothing where a text is to stay. Names of the catalogue's vocabulary (ids, channels,
    /// platforms, states) are left alone; the spot of a snippet stays on what it marked.
    pub fn rewrite_texts(&mut self, rewrite: &mut Rewrite<'_>) {
        let Report {
            format_version: _,
            verdict: _,
            diagnoses,
            symptoms,
            missing_evidence,
            inputs,
            channels: _,
            warnings,
        } = self;
        diagnoses.iter_mut().for_each(|d| diagnosis(d, rewrite));
        symptoms.iter_mut().for_each(|item| evidence(item, rewrite));
        missing_evidence.iter_mut().for_each(|item| missing(item, rewrite));
        for Input { file, kind, bytes: _ } in inputs {
            text(file, rewrite);
            text(kind, rewrite);
        }
        for Warning { file, text: what } in warnings {
            text(file, rewrite);
            text(what, rewrite);
        }
    }
}

pub(crate) fn text(text: &mut String, rewrite: &mut Rewrite<'_>) {
    if let Some(new) = rewrite(text) {
        *text = new;
    }
}

pub(crate) fn maybe(value: &mut Option<String>, rewrite: &mut Rewrite<'_>) {
    if let Some(value) = value {
        text(value, rewrite);
    }
}

pub(crate) fn all(texts: &mut [String], rewrite: &mut Rewrite<'_>) {
    texts.iter_mut().for_each(|t| text(t, rewrite));
}

fn diagnosis(diagnosis: &mut Diagnosis, rewrite: &mut Rewrite<'_>) {
    let Diagnosis {
        id: _,
        scenario: _,
        confidence: _,
        title,
        summary,
        application: app,
        seen,
        because,
        evidence: proof,
        contradicted_by,
        consequences,
        remedies,
        ruled_out,
        missing_evidence,
        checks,
        sources,
    } = diagnosis;
    // The quotations first: what gives a secret away stands there, and what is known by then is known below.
    proof.iter_mut().for_each(|item| evidence(item, rewrite));
    text(title, rewrite);
    text(summary, rewrite);
    app.iter_mut().for_each(|app| application(app, rewrite));
    if let Some(Seen { first, last, count: _ }) = seen {
        text(first, rewrite);
        text(last, rewrite);
    }
    for texts in [because, contradicted_by, consequences, sources] {
        all(texts, rewrite);
    }
    remedies.iter_mut().for_each(|each| remedy(each, rewrite));
    for RuledOut { id: _, title, why } in ruled_out {
        text(title, rewrite);
        text(why, rewrite);
    }
    missing_evidence.iter_mut().for_each(|item| missing(item, rewrite));
    for CheckResult { name: _, text: what, outcome: _, how } in checks {
        text(what, rewrite);
        maybe(how, rewrite);
    }
}

pub(crate) fn remedy(remedy: &mut Remedy, rewrite: &mut Rewrite<'_>) {
    let Remedy { platform: _, text: what, commands } = remedy;
    text(what, rewrite);
    all(commands, rewrite);
}

fn application(application: &mut Application, rewrite: &mut Rewrite<'_>) {
    let Application { id, physical_root, config_path, site, pool, pid: _ } = application;
    for value in [id, physical_root, config_path, site, pool] {
        maybe(value, rewrite);
    }
}

fn evidence(item: &mut EvidenceItem, rewrite: &mut Rewrite<'_>) {
    let EvidenceItem { channel: _, file, line: _, record: _, time, label, quote, snippet: spot } = item;
    text(file, rewrite);
    maybe(time, rewrite);
    maybe(label, rewrite);
    text(quote, rewrite);
    spot.iter_mut().for_each(|spot| snippet(spot, rewrite));
}

fn missing(item: &mut MissingEvidence, rewrite: &mut Rewrite<'_>) {
    let MissingEvidence { what, why, iis, azure } = item;
    text(what, rewrite);
    text(why, rewrite);
    maybe(iis, rewrite);
    maybe(azure, rewrite);
}

pub(crate) fn snippet(snippet: &mut Snippet, rewrite: &mut Rewrite<'_>) {
    let Snippet { first_line: _, text: lines, start, end, label } = snippet;
    text(label, rewrite);
    if let Some(new) = rewrite(lines) {
        (*start, *end) = moved(lines, &new, *start, *end);
        *lines = new;
    }
}

/// Where a spot of `old` is in `new`. Between the first and the last change nothing is known of the places, so that a
/// border of the spot that lies there moves outwards.
fn moved(old: &str, new: &str, start: usize, end: usize) -> (usize, usize) {
    let before: usize =
        old.chars().zip(new.chars()).take_while(|(a, b)| a == b).map(|(a, _)| a.len_utf8()).sum();
    let (old_rest, new_rest) = (old.len() - before, new.len() - before);
    let after: usize = old
        .chars()
        .rev()
        .zip(new.chars().rev())
        .take_while(|(a, b)| a == b)
        .map(|(a, _)| a.len_utf8())
        .scan(0, |sum, len| {
            *sum += len;
            (*sum <= old_rest.min(new_rest)).then_some(len)
        })
        .sum();
    let place = |at: usize, within: usize| {
        if at <= before {
            at
        } else if at >= old.len() - after {
            new.len() - old.len().saturating_sub(at)
        } else {
            within
        }
    };
    (place(start, before), place(end, new.len() - after))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn spot(old: &str, marked: &str, from: &str, to: &str) -> String {
        let start = old.find(marked).unwrap();
        let mut snippet = Snippet {
            first_line: 1,
            text: old.to_owned(),
            start,
            end: start + marked.len(),
            label: String::new(),
        };
        super::snippet(&mut snippet, &mut |text| text.contains(from).then(|| text.replace(from, to)));
        snippet.text[snippet.start..snippet.end].to_owned()
    }

    #[test]
    fn a_spot_stays_on_what_it_marked() {
        let line = "<add key=\"a\" value=\"hunter2\" x=\"1\"/>";
        assert_eq!(spot(line, "value=\"hunter2\"", "hunter2", "<password-1>"), "value=\"<password-1>\"");
        assert_eq!(spot(line, "key=\"a\"", "hunter2", "<password-1>"), "key=\"a\"");
        assert_eq!(spot(line, "x=\"1\"", "hunter2", "<password-1>"), "x=\"1\"");
        assert_eq!(spot(line, "unter", "hunter2", "<p>"), "<p>");
    }

    #[test]
    fn a_spot_between_two_changes_grows_to_hold_both() {
        assert_eq!(spot("a SECRET b SECRET c", "b", "SECRET", "<x>"), "<x> b <x>");
    }

    proptest! {
        #[test]
        fn a_spot_is_always_within_the_text(
            old in "[aé<]{0,12}", new in "[aé<]{0,12}", a in 0..40_usize, b in 0..40_usize,
        ) {
            let (start, end) = moved(&old, &new, a.min(b).min(old.len()), a.max(b).min(old.len()));
            prop_assert!(start <= end && end <= new.len(), "{start} {end}");
        }
    }
}

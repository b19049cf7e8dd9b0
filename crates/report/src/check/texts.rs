//! Every text of a report of a check, for whoever has to change what it says: redaction.
//!
//! Each type is taken apart field by field, so that a new field does not compile until somebody has decided about it.

use super::model::{
    CheckReport, Finding, FixInfo, FixedFile, NotChecked, Suppressed, TargetInfo, UnusedSuppression, WillShow,
};
use crate::model::{Input, Warning};
use crate::texts::{Rewrite, all, maybe, remedy, snippet, text};

impl CheckReport {
    /// Rewrites every text that comes from the checked files, from their names, or is put together from both.
    /// `rewrite` gives nothing where a text is to stay. Names of the catalogue's vocabulary (ids, channels, platforms)
    /// and fingerprints are left alone; the spot of a snippet stays on what it marked.
    pub fn rewrite_texts(&mut self, rewrite: &mut Rewrite<'_>) {
        let CheckReport {
            format_version: _,
            root,
            target: TargetInfo { platform: _, bitness: _, runtimes: _ },
            findings,
            not_checked,
            suppressed,
            unused_suppressions,
            fixed,
            inputs,
            warnings,
        } = self;
        findings.iter_mut().for_each(|f| finding(f, rewrite));
        text(root, rewrite);
        for NotChecked { what, why, how } in not_checked {
            text(what, rewrite);
            text(why, rewrite);
            maybe(how, rewrite);
        }
        for Suppressed { check: _, file, line: _, by, reason } in suppressed {
            text(file, rewrite);
            text(by, rewrite);
            maybe(reason, rewrite);
        }
        for UnusedSuppression { file, line: _, text: what } in unused_suppressions {
            text(file, rewrite);
            text(what, rewrite);
        }
        for FixedFile { file, changes, diff, kept } in fixed {
            text(file, rewrite);
            all(changes, rewrite);
            maybe(diff, rewrite);
            maybe(kept, rewrite);
        }
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

fn finding(finding: &mut Finding, rewrite: &mut Rewrite<'_>) {
    let Finding {
        check: _,
        title,
        failure: _,
        failure_title,
        scenario: _,
        severity: _,
        confidence: _,
        message,
        why,
        will_show,
        file,
        line: _,
        column: _,
        end_line: _,
        end_column: _,
        snippet: spot,
        remedies,
        fix,
        fingerprint: _,
        sources,
    } = finding;
    // The lines first: what gives a secret away stands there, and what is known by then is known below.
    spot.iter_mut().for_each(|spot| snippet(spot, rewrite));
    for each in [title, failure_title, message, why, file] {
        text(each, rewrite);
    }
    for WillShow { channel: _, text: what } in will_show {
        text(what, rewrite);
    }
    remedies.iter_mut().for_each(|each| remedy(each, rewrite));
    if let Some(FixInfo { safe: _, text: what }) = fix {
        text(what, rewrite);
    }
    all(sources, rewrite);
}

//! Takes secrets out of text, leaving stable placeholders.
//!
//! Evidence of a failure carries passwords, keys, tokens, cookies and names; answers are pasted into tickets and
//! forums. A [`Redactor`] replaces them by `<password-1>`, `<user-1>`, `<key-1>`, `<token-1>`, `<email-1>`,
//! `<cookie-1>`, `<sas-1>` and `<host-1>`, and leaves what diagnosis needs: keywords, versions, error codes, paths
//! up to the user's name, application pools, `PublicKeyToken=…`, thumbprints.
//!
//! Four ways lead to a secret, and the places that they find are united:
//! - its *name*: `Password=…`, `"ClientSecret": "…"`, `<add key="ApiKey" value="…"/>`,
//!   `Authorization: …`, in the escapings of XML, JSON and URLs;
//! - its *shape*: a JSON Web Token, a key with its issuer's prefix, a private key;
//! - its *place*: credentials in an address, the user in a path or a message, a column of an IIS log;
//! - it was *seen before* in one of these ways in the same run, however it stands there now.
//!
//! Where in doubt, a value goes. Two things are beyond it: the rest of an unquoted value that was wrapped onto a second
//! line, and a secret in prose ("the password is …") that stood in no recognisable place before.
//!
//! The cost is linear in the length of the text, whatever it holds.

mod address;
mod assignment;
mod connection;
mod container;
mod enclosing;
mod harmless;
mod headers;
mod identity;
mod kind;
mod memory;
mod names;
mod pattern;
mod shapes;
mod span;
mod unit;
mod value;
mod w3c;

use std::borrow::Cow;
use std::fmt::{self, Write as _};

use memory::Memory;
use span::{Span, Width};

/// How often a text is gone through as it is. A placeholder can uncover what stood beside a secret, so a text is
/// redacted when nothing more is found: in the second pass, but for damaged texts.
const PASSES: usize = 8;

/// How often further passes take whole lines, so that a text contrived to hold always one secret more comes to an end.
/// After them all of it is one.
const LINE_PASSES: usize = 24;

/// Takes secrets out of the texts of one run.
///
/// ```
/// let mut redactor = falconer_redact::Redactor::new();
/// assert_eq!(
///     redactor.redact("Server=.;User ID=web;Password=hunter2;Encrypt=True"),
///     "Server=.;User ID=<user-1>;Password=<password-1>;Encrypt=True"
/// );
/// // The same secret keeps its placeholder, so that lines still correlate.
/// assert_eq!(redactor.redact("DB_PASSWORD=hunter2"), "DB_PASSWORD=<password-1>");
/// ```
#[derive(Default)]
pub struct Redactor {
    memory: Memory,
}

/// Without what it has seen: that is secret.
impl fmt::Debug for Redactor {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Redactor").finish_non_exhaustive()
    }
}

impl Redactor {
    /// A redactor that has seen nothing yet. One is used for a whole run.
    #[must_use]
    pub fn new() -> Redactor {
        Redactor::default()
    }

    /// `text` with a placeholder for each secret; `text` itself if it holds none.
    ///
    /// What gives a secret away may stand before it, so a text is best redacted before it is cut. Text that was
    /// redacted before comes back unchanged.
    pub fn redact<'t>(&mut self, text: &'t str) -> Cow<'t, str> {
        let mut redacted = Cow::Borrowed(text);
        for pass in 0..=PASSES + LINE_PASSES {
            let width = match pass {
                0..PASSES => Width::Secret,
                _ if pass < PASSES + LINE_PASSES => Width::Line,
                _ => Width::Text,
            };
            match self.pass(&redacted, width) {
                Some(next) => redacted = Cow::Owned(next),
                None => break,
            }
        }
        redacted
    }

    /// `text` with a placeholder for each secret; nothing if it holds none.
    fn pass(&mut self, text: &str, width: Width) -> Option<String> {
        let placeholders = kind::placeholders(text);
        self.memory.reserve(&placeholders);
        let mut spans = Vec::new();
        assignment::find(text, &placeholders, &mut spans);
        shapes::find(text, &mut spans);
        address::find(text, &mut spans);
        identity::find(text, &mut spans);
        w3c::find(text, &mut spans);
        self.memory.learn(text, &span::settle(spans.clone(), &placeholders));
        self.memory.find(text, &mut spans);
        let mut spans = span::settle(spans, &placeholders);
        if width != Width::Secret {
            spans = span::settle(span::widen(text, spans, width), &placeholders);
        }
        (!spans.is_empty()).then(|| self.replace(text, &spans))
    }

    /// `text` with placeholders for ordered, disjoint spans.
    fn replace(&mut self, text: &str, spans: &[Span]) -> String {
        let mut redacted = String::with_capacity(text.len());
        let mut done = 0;
        for span in spans {
            redacted.push_str(text.get(done..span.range.start).unwrap_or_default());
            let number = self.memory.number(span.kind, text.get(span.range.clone()).unwrap_or_default());
            // Writing to a `String` cannot fail.
            let _ = write!(redacted, "<{}-{number}>", span.kind.label());
            done = span.range.end;
        }
        redacted.push_str(text.get(done..).unwrap_or_default());
        redacted
    }
}

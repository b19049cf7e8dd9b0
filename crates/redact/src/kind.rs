//! Kinds of secrets and the placeholders that stand for them.

use std::ops::Range;

use crate::pattern::Pattern;

/// What sort of secret a placeholder stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum Kind {
    Password,
    User,
    Key,
    Token,
    Email,
    Cookie,
    Sas,
    Host,
}

impl Kind {
    /// How many kinds there are: the length of a table indexed by [`Kind::index`].
    pub(crate) const COUNT: usize = 8;

    const ALL: [Kind; Kind::COUNT] = [
        Kind::Password,
        Kind::User,
        Kind::Key,
        Kind::Token,
        Kind::Email,
        Kind::Cookie,
        Kind::Sas,
        Kind::Host,
    ];

    /// The position in a table by kind.
    pub(crate) fn index(self) -> usize {
        self as usize
    }

    /// The word in the placeholder.
    pub(crate) fn label(self) -> &'static str {
        match self {
            Kind::Password => "password",
            Kind::User => "user",
            Kind::Key => "key",
            Kind::Token => "token",
            Kind::Email => "email",
            Kind::Cookie => "cookie",
            Kind::Sas => "sas",
            Kind::Host => "host",
        }
    }

    fn from_label(label: &str) -> Option<Kind> {
        Kind::ALL.into_iter().find(|kind| kind.label() == label)
    }
}

/// A placeholder that already stands in a text.
#[derive(Debug, Clone)]
pub(crate) struct Placeholder {
    pub(crate) range: Range<usize>,
    pub(crate) kind: Kind,
    pub(crate) number: u32,
}

/// As written by this crate, and as an XML, HTML or JSON writer escapes it.
macro_rules! placeholder {
    ($anchor:literal) => {
        concat!(
            $anchor,
            r"(?:<|&lt;|\\u003[cC])(password|user|key|token|email|cookie|sas|host)-([0-9]{1,9})",
            r"(?:>|&gt;|\\u003[eE])"
        )
    };
}

static PLACEHOLDER: Pattern = Pattern::new(placeholder!(""));
static PLACEHOLDER_HERE: Pattern = Pattern::new(placeholder!("^"));

/// Whether a placeholder stands at the beginning of `text`.
pub(crate) fn starts_with_placeholder(text: &str) -> bool {
    PLACEHOLDER_HERE.is_match(text)
}

/// The placeholders that stand in `text`, in order.
pub(crate) fn placeholders(text: &str) -> Vec<Placeholder> {
    PLACEHOLDER
        .all_groups(text)
        .filter_map(|found| {
            Some(Placeholder {
                range: found.get(0)?.0,
                kind: Kind::from_label(found.get(1)?.1)?,
                number: found.get(2)?.1.parse().ok()?,
            })
        })
        .collect()
}

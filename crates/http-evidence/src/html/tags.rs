//! What tags do to the text.

/// What a tag does to the text around it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Nothing.
    Inline,
    /// Its content stands on lines of its own.
    Block,
    /// The row of a table.
    Row,
    /// The cell of a table.
    Cell,
    /// Its line breaks count.
    Pre,
    /// The title.
    Title,
    /// Its content is not shown.
    Hidden,
}

const TAGS: [(Kind, &[&str]); 7] = [
    (Kind::Block, BLOCKS),
    (Kind::Row, &["tr", "table", "thead", "tbody", "tfoot"]),
    (Kind::Cell, &["td", "th"]),
    (Kind::Pre, &["pre", "textarea"]),
    (Kind::Title, &["title"]),
    (Kind::Hidden, &["script", "style"]),
    (
        Kind::Inline,
        &[
            "a", "b", "i", "u", "em", "strong", "span", "font", "code", "cite", "small", "img", "input",
            "label", "button", "meta", "link", "base", "tt", "sub", "sup", "noscript", "abbr",
        ],
    ),
];

const BLOCKS: &[&str] = &[
    "address",
    "article",
    "aside",
    "blockquote",
    "body",
    "br",
    "caption",
    "center",
    "dd",
    "details",
    "dialog",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figure",
    "footer",
    "form",
    "frameset",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "head",
    "header",
    "hr",
    "html",
    "legend",
    "li",
    "main",
    "nav",
    "ol",
    "option",
    "p",
    "section",
    "select",
    "summary",
    "ul",
];

/// What the tag of that name does.
pub(super) fn kind(name: &[u8]) -> Kind {
    find(name).unwrap_or(Kind::Inline)
}

/// Whether HTML has a tag of that name.
pub(super) fn is_html_name(name: &[u8]) -> bool {
    find(name).is_some()
}

fn find(name: &[u8]) -> Option<Kind> {
    let holds = |names: &&[&str]| names.iter().any(|known| known.as_bytes().eq_ignore_ascii_case(name));
    TAGS.iter().find(|(_, names)| holds(names)).map(|(kind, _)| *kind)
}

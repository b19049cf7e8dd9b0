//! Writing for terminals: wrapped, indented, coloured if wanted.

mod diff;
mod palette;
mod snippet;
mod wrap;

use std::fmt::Write as _;

use anstyle::Style;
use unicode_width::UnicodeWidthStr;

pub(crate) use palette::Palette;
pub(crate) use wrap::Span;

use crate::clean;
use crate::model::Snippet;
use crate::options::Options;
use crate::wording;

/// A text under construction.
#[derive(Debug)]
pub(crate) struct Screen {
    out: String,
    width: usize,
    unicode: bool,
    pub(crate) palette: Palette,
}

/// What stands before the lines of a paragraph.
#[derive(Debug, Clone)]
pub(crate) struct Lead {
    style: Style,
    first: String,
    rest: String,
}

impl Lead {
    /// Spaces.
    pub(crate) fn indent(columns: usize) -> Self {
        Lead { style: Style::new(), first: " ".repeat(columns), rest: " ".repeat(columns) }
    }

    /// `mark` after `columns` spaces; further lines are aligned with the text behind it.
    pub(crate) fn mark(columns: usize, mark: &str, style: Style) -> Self {
        let first = format!("{}{mark}", " ".repeat(columns));
        Lead { style, rest: " ".repeat(first.width()), first }
    }

    /// `bar` after `columns` spaces, on each line.
    fn bar(columns: usize, bar: &str, style: Style) -> Self {
        let first = format!("{}{bar} ", " ".repeat(columns));
        Lead { style, rest: first.clone(), first }
    }
}

impl Screen {
    pub(crate) fn new(options: &Options) -> Self {
        Screen {
            out: String::new(),
            width: options.columns(),
            unicode: options.unicode,
            palette: Palette { color: options.color },
        }
    }

    /// The text, ending with one line end.
    pub(crate) fn finish(self) -> String {
        self.out
    }

    pub(crate) const fn width(&self) -> usize {
        self.width
    }

    /// `pretty` where the device can show it, `plain` elsewhere.
    pub(crate) const fn pick(&self, pretty: &'static str, plain: &'static str) -> &'static str {
        if self.unicode { pretty } else { plain }
    }

    /// What stands between two things of one line.
    pub(crate) fn separator(&self) -> Span {
        Span::prose(self.pick(" · ", ", "), self.palette.faint())
    }

    const fn ellipsis(&self) -> &'static str {
        self.pick("…", "...")
    }

    /// One empty line; none at the start and never two.
    pub(crate) fn blank(&mut self) {
        if !self.out.is_empty() && !self.out.ends_with("\n\n") {
            self.out.push('\n');
        }
    }

    /// A paragraph of clean text.
    pub(crate) fn paragraph(&mut self, lead: &Lead, spans: &[Span]) {
        let room = |lead: &str| self.width.saturating_sub(lead.width()).max(1);
        let lines = wrap::wrap(spans, room(&lead.first), room(&lead.rest));
        for (n, line) in lines.into_iter().enumerate() {
            let before = if n == 0 { &lead.first } else { &lead.rest };
            let mut parts = vec![(lead.style, before.clone())];
            parts.extend(line);
            self.line(parts);
        }
    }

    /// One line, without spaces at its end.
    fn line(&mut self, mut parts: Vec<(Style, String)>) {
        while let Some((_, last)) = parts.last_mut() {
            last.truncate(last.trim_end_matches(' ').len());
            if !last.is_empty() {
                break;
            }
            parts.pop();
        }
        for (style, text) in parts {
            // Writing to a `String` cannot fail.
            let _ = write!(self.out, "{style}{text}{style:#}");
        }
        self.out.push('\n');
    }

    /// A paragraph of evidence or of the catalogue's prose.
    pub(crate) fn prose(&mut self, lead: &Lead, text: &str) {
        self.paragraph(lead, &[Span::prose(clean::line(text), Style::new())]);
    }

    /// A heading at the left margin, after an empty line.
    pub(crate) fn heading(&mut self, text: &str, style: Style) {
        self.blank();
        self.paragraph(&Lead::indent(0), &[Span::prose(text, style)]);
    }

    /// The heading of a part of something that has a headline.
    pub(crate) fn section(&mut self, name: &str) {
        self.blank();
        self.paragraph(&Lead::indent(2), &[Span::prose(name, self.palette.heading())]);
    }

    /// A section of sentences; nothing without any.
    pub(crate) fn sentences(&mut self, heading: &str, sentences: &[String]) {
        self.some_sentences(heading, sentences, usize::MAX);
    }

    /// The first `limit` sentences, and how many there are besides.
    pub(crate) fn some_sentences(&mut self, heading: &str, sentences: &[String], limit: usize) {
        if sentences.is_empty() {
            return;
        }
        self.section(heading);
        for sentence in sentences.iter().take(limit) {
            self.prose(&self.item(), sentence);
        }
        self.more(4, limit, sentences.len());
    }

    /// A name and what it stands for: one line for each where there is room for it.
    pub(crate) fn rows(&mut self, rows: &[(&str, Vec<Span>)]) {
        let names = rows.iter().map(|(name, _)| clean::exact(name).width()).max().unwrap_or(0);
        let beside = names + 32 <= self.width;
        for (name, spans) in rows {
            let name = clean::exact(name);
            if beside {
                let pad = " ".repeat(names + 2 - name.width());
                let lead = Lead::mark(0, &format!("{name}{pad}"), self.palette.strong());
                self.paragraph(&lead, spans);
            } else {
                self.paragraph(&Lead::indent(0), &[Span::whole(name, self.palette.strong())]);
                self.paragraph(&Lead::indent(4), spans);
            }
        }
    }

    /// What stands before an item of a list in a section.
    pub(crate) fn item(&self) -> Lead {
        Lead::mark(4, self.pick("• ", "- "), self.palette.faint())
    }

    /// How many of `all` were left out after `shown`.
    pub(crate) fn more(&mut self, columns: usize, shown: usize, all: usize) {
        if all > shown {
            let text = format!("{} {} more: --verbose shows all", self.ellipsis(), all - shown);
            self.paragraph(&Lead::indent(columns), &[Span::prose(text, self.palette.faint())]);
        }
    }

    /// Commands of an item for a platform, if there are any.
    pub(crate) fn commands_on(&mut self, platform: &str, commands: Option<&str>) {
        if let (Some(place), Some(commands)) = (wording::platform(platform), commands) {
            self.paragraph(&Lead::indent(6), &[Span::prose(format!("{place}:"), self.palette.faint())]);
            self.commands(10, [commands]);
        }
    }

    /// Commands: indented, one a line, otherwise as they are, so that they can be copied.
    pub(crate) fn commands<'a>(&mut self, columns: usize, commands: impl IntoIterator<Item = &'a str>) {
        for command in commands {
            for line in clean::block(command).lines().filter(|line| !line.trim().is_empty()) {
                // Writing to a `String` cannot fail.
                let _ = writeln!(self.out, "{:columns$}{}", "", line.trim_end());
            }
        }
    }

    /// A quotation behind a bar, wrapped: at most `limit` of its lines, empty ones left out.
    pub(crate) fn quote(&mut self, columns: usize, text: &str, limit: usize) {
        let lead = Lead::bar(columns, self.pick("│", "|"), self.palette.faint());
        let text = clean::block(text);
        let lines: Vec<&str> = text.lines().filter(|line| !line.trim().is_empty()).collect();
        for line in lines.iter().take(limit) {
            let inner = line.len() - line.trim_start_matches(' ').len();
            let mut lead = lead.clone();
            let indent = " ".repeat(inner.min(self.width / 4));
            lead.first.push_str(&indent);
            lead.rest.push_str(&indent);
            self.paragraph(&lead, &[Span::prose(line.trim(), Style::new())]);
        }
        if lines.len() > limit {
            let more = format!("{} {} more lines", self.ellipsis(), lines.len() - limit);
            self.paragraph(&lead, &[Span::prose(more, self.palette.faint())]);
        }
    }

    /// A heading (where and when) and the lines around a spot, with the spot underlined.
    pub(crate) fn snippet(&mut self, columns: usize, heading: &[Span], snippet: &Snippet) {
        let device = snippet::Device {
            width: self.width.saturating_sub(columns),
            unicode: self.unicode,
            color: self.palette.color,
        };
        let drawn = snippet::draw(snippet, device);
        let corner = if self.unicode { (drawn.margin, "╭▸ ") } else { (drawn.margin - 1, "--> ") };
        self.paragraph(&Lead::mark(columns + corner.0, corner.1, self.palette.heading()), heading);
        for line in drawn.lines {
            // Writing to a `String` cannot fail.
            let _ = writeln!(self.out, "{:columns$}{line}", "");
        }
        if let Some(label) = drawn.label_below {
            let lead = Lead::mark(columns + drawn.margin, "= ", self.palette.heading());
            self.paragraph(&lead, &[Span::prose(label, self.palette.strong())]);
        }
    }
}

/// A snippet in ASCII, for a block of code.
pub(crate) fn plain_snippet(snippet: &Snippet) -> String {
    let device = snippet::Device { width: Options::MAX_WIDTH, unicode: false, color: false };
    let drawn = snippet::draw(snippet, device);
    let mut lines = drawn.lines;
    lines.extend(drawn.label_below.map(|label| format!("{:1$}= {label}", "", drawn.margin)));
    lines.join("\n")
}

//! Text in the making.

use super::HtmlText;
use super::entities;
use super::tags::Kind;
use memchr::memchr_iter;

/// What stands between the text so far and the text that comes next. Later ones win over earlier ones.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Gap {
    Nothing,
    Blank,
    Cell,
    Line,
}

/// Text in the making.
pub(super) struct Output<'a> {
    page: &'a [u8],
    made: HtmlText,
    gap: Gap,
    /// The cells that were opened in this row.
    cells: u32,
    /// The cell at hand has no text yet, so the blocks in it break no line.
    cell_is_empty: bool,
    /// How deep in `<pre>`.
    pre: u32,
    title_from: Option<usize>,
    /// Up to where line breaks of the page were counted, and the line there.
    counted: (usize, u32),
}

impl<'a> Output<'a> {
    pub(super) fn new(page: &'a str) -> Self {
        Output {
            page: page.as_bytes(),
            made: HtmlText::default(),
            gap: Gap::Nothing,
            cells: 0,
            cell_is_empty: false,
            pre: 0,
            title_from: None,
            counted: (0, 1),
        }
    }

    /// Adds text that stands at `start` in the page.
    pub(super) fn text(&mut self, text: &str, start: usize) {
        let mut rest = text;
        while let Some(c) = rest.chars().next() {
            let at = start + (text.len() - rest.len());
            let (c, length) = match c {
                '&' => entities::decode(rest).unwrap_or(('&', 1)),
                c => (c, c.len_utf8()),
            };
            rest = rest.get(length..).unwrap_or_default();
            match c {
                '\n' if self.pre > 0 => self.widen(Gap::Line),
                c if c.is_whitespace() || c.is_control() => self.widen(Gap::Blank),
                c => self.push(c, at),
            }
        }
    }

    /// Takes a tag into account that stands at `at` in the page.
    pub(super) fn tag(&mut self, kind: Kind, closing: bool, at: usize) {
        match kind {
            Kind::Inline | Kind::Hidden => {}
            Kind::Block => self.widen(Gap::Line),
            Kind::Row => {
                if self.gap == Gap::Cell {
                    // The last cell is empty; the row still has it.
                    self.made.text.push('\t');
                }
                self.cells = 0;
                self.cell_is_empty = false;
                self.widen(Gap::Line);
            }
            Kind::Cell if closing => self.cell_is_empty = false,
            Kind::Cell => {
                if self.cells > 0 {
                    if self.gap == Gap::Cell {
                        self.made.text.push('\t');
                    }
                    self.gap = Gap::Cell;
                }
                self.cells += 1;
                self.cell_is_empty = true;
            }
            Kind::Pre => {
                self.pre = if closing { self.pre.saturating_sub(1) } else { self.pre.saturating_add(1) };
                self.widen(Gap::Line);
            }
            Kind::Title => self.title(closing, at),
        }
    }

    fn title(&mut self, closing: bool, at: usize) {
        if !closing {
            self.widen(Gap::Line);
            self.title_from = Some(self.made.text.len());
        } else if let Some(from) = self.title_from.take() {
            let title = self.made.text.get(from..).unwrap_or_default().trim();
            if !title.is_empty() && self.made.title.is_none() {
                self.made.title = Some(title.to_owned());
            }
            self.widen(Gap::Line);
        }
        self.count_to(at);
    }

    fn widen(&mut self, gap: Gap) {
        if gap == Gap::Line && self.cell_is_empty && self.cells > 0 {
            return;
        }
        self.gap = self.gap.max(gap);
    }

    fn push(&mut self, c: char, at: usize) {
        let starts_line = self.made.text.is_empty() || self.gap == Gap::Line;
        if starts_line {
            if !self.made.text.is_empty() {
                self.made.text.push('\n');
            }
            self.count_to(at);
            self.made.lines.push((self.made.text.len(), self.counted.1));
        } else {
            match self.gap {
                Gap::Cell => self.made.text.push('\t'),
                Gap::Blank => self.made.text.push(' '),
                Gap::Line | Gap::Nothing => {}
            }
        }
        self.made.text.push(c);
        self.gap = Gap::Nothing;
        self.cell_is_empty = false;
    }

    fn count_to(&mut self, at: usize) {
        let (from, line) = self.counted;
        let breaks = self.page.get(from..at).map_or(0, |part| memchr_iter(b'\n', part).count());
        self.counted = (from.max(at), line.saturating_add(u32::try_from(breaks).unwrap_or(u32::MAX)));
    }

    pub(super) fn finish(self) -> HtmlText {
        self.made
    }
}

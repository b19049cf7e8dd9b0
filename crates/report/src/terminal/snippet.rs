//! Snippets of configuration and JSON with the spot underlined, drawn by the renderer of rustc's messages.

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Group, Level, Renderer};
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use crate::excerpt::Excerpt;
use crate::model::Snippet;

/// What the device can show.
#[derive(Debug, Clone, Copy)]
pub(super) struct Device {
    pub(super) width: usize,
    pub(super) unicode: bool,
    pub(super) color: bool,
}

/// A drawn snippet.
#[derive(Debug)]
pub(super) struct Drawn {
    /// Columns before the gutter.
    pub(super) margin: usize,
    /// The lines.
    pub(super) lines: Vec<String>,
    /// The label, where it found no room beside the spot.
    pub(super) label_below: Option<String>,
}

pub(super) fn draw(snippet: &Snippet, device: Device) -> Drawn {
    let excerpt = Excerpt::new(snippet);
    let last = excerpt.first_line.saturating_add(excerpt.text.matches('\n').count());
    let margin = last.to_string().len() + 1;
    let (_, spot, _) = excerpt.parts();
    // The renderer cuts lines around the spot, but neither the spot nor the label, and counts wide characters as
    // one column. Try with both, without the label, with the beginning of the spot, and with half of the room.
    let room = device.width.saturating_sub(margin + CUT);
    let tries = [
        Try { length: spot.len(), label: &excerpt.label, width: device.width },
        Try { length: spot.len(), label: "", width: device.width },
        Try { length: beginning(spot, room), label: "", width: device.width },
        Try { length: beginning(spot, room / 2), label: "", width: device.width.saturating_sub(room / 2) },
    ];
    let plain = Device { color: false, ..device };
    let fits = |t: &&Try<'_>| render(&excerpt, **t, plain).lines().all(|line| line.width() <= device.width);
    let [.., least] = &tries;
    let best = *tries.iter().find(fits).unwrap_or(least);
    let text = render(&excerpt, best, device);
    let label_below = (best.label != excerpt.label).then(|| excerpt.label.clone());
    // Without a path, the first line is a corner with nothing in it.
    let lines = text.lines().skip(1).map(|line| line.trim_end().to_owned()).collect();
    Drawn { margin, lines, label_below }
}

/// A way to draw a snippet.
#[derive(Debug, Clone, Copy)]
struct Try<'a> {
    /// Bytes of the spot that are underlined.
    length: usize,
    label: &'a str,
    width: usize,
}

/// Columns for the gutter and for the marks of what was cut on either side.
const CUT: usize = 12;

/// The length of the part of the spot's first line that takes up to `columns`.
fn beginning(spot: &str, columns: usize) -> usize {
    let mut used = 0;
    let first = spot.lines().next().unwrap_or_default();
    let fits = first.chars().take_while(|c| {
        used += c.width().unwrap_or(0);
        used <= columns.max(1)
    });
    fits.map(char::len_utf8).sum()
}

fn render(excerpt: &Excerpt, way: Try<'_>, device: Device) -> String {
    let spot = AnnotationKind::Primary.span(excerpt.start..excerpt.start.saturating_add(way.length));
    let spot = if way.label.is_empty() { spot } else { spot.label(way.label) };
    let source = annotate_snippets::Snippet::source(excerpt.text.as_str())
        .line_start(excerpt.first_line)
        .fold(false)
        .annotation(spot);
    let renderer = if device.color { Renderer::styled() } else { Renderer::plain() };
    let decor = if device.unicode { DecorStyle::Unicode } else { DecorStyle::Ascii };
    renderer
        .term_width(way.width)
        .decor_style(decor)
        .render(&[Group::with_level(Level::ERROR).element(source)])
}

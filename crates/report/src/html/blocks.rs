//! Sections, lists, tables, sources, commands. Writing to a `String` cannot fail.

use std::fmt::Write as _;

use super::text::{block, escape, inline};
use crate::diff::{self, Kind};
use crate::excerpt::Excerpt;
use crate::model::{Input, Remedy, Snippet, Warning};
use crate::wording;

/// Opens a section.
pub(crate) fn section(out: &mut String, class: &str, title: &str) {
    let _ = writeln!(out, "<section class=\"{class}\">\n<h3>{}</h3>", escape(title));
}

/// A section with a list of sentences; nothing without any.
pub(crate) fn list(out: &mut String, class: &str, title: &str, sentences: &[String]) {
    if sentences.is_empty() {
        return;
    }
    section(out, class, title);
    out.push_str("<ul>\n");
    for sentence in sentences {
        let _ = writeln!(out, "<li>{}</li>", inline(sentence));
    }
    out.push_str("</ul>\n</section>\n");
}

/// Names and what they stand for (HTML already), in a row; nothing without any.
pub(crate) fn facts(out: &mut String, facts: &[(&str, String)]) {
    if facts.is_empty() {
        return;
    }
    out.push_str("<dl class=\"facts\">\n");
    for (name, value) in facts {
        let _ = writeln!(out, "<div><dt>{name}</dt><dd>{value}</dd></div>");
    }
    out.push_str("</dl>\n");
}

/// Numbered lines with the spot marked.
pub(crate) fn source(out: &mut String, snippet: &Snippet) {
    let excerpt = Excerpt::new(snippet);
    let row = |n: usize| format!("<span class=\"row\"><span class=\"number\">{n:>3}  </span>");
    let (before, spot, after) = excerpt.parts();
    let mut line = excerpt.first_line;
    let _ = write!(out, "<pre>{}", row(line));
    for (part, marked) in [(before, false), (spot, true), (after, false)] {
        for (n, text) in part.split('\n').enumerate() {
            if n > 0 {
                line = line.saturating_add(1);
                let _ = write!(out, "</span>{}", row(line));
            }
            let text = escape(text);
            out.push_str(&if marked && !text.is_empty() { format!("<mark>{text}</mark>") } else { text });
        }
    }
    out.push_str("</span></pre>\n");
    if !excerpt.label.is_empty() {
        let _ = writeln!(out, "<p class=\"note\">↑ {}</p>", inline(&excerpt.label));
    }
}

/// A section of remedies; nothing without any.
pub(crate) fn remedies(out: &mut String, remedies: &[Remedy]) {
    if remedies.is_empty() {
        return;
    }
    section(out, "", "Fix");
    remedies.iter().for_each(|each| remedy(out, None, each));
    out.push_str("</section>\n");
}

/// What to do and where, and the commands; `anywhere` is said instead of a place that does not matter.
pub(crate) fn remedy(out: &mut String, anywhere: Option<&str>, remedy: &Remedy) {
    let place = wording::platform(&remedy.platform).map(|p| escape(&wording::capital(&p)));
    step(out, place.as_deref().or(anywhere), &inline(&remedy.text), &remedy.commands.join("\n"));
}

/// A unified diff, coloured by line.
pub(crate) fn diff(out: &mut String, text: &str) {
    out.push_str("<pre>");
    for (kind, line) in diff::lines(text) {
        let line = escape(&line);
        let _ = match kind {
            Kind::File => writeln!(out, "<strong>{line}</strong>"),
            Kind::Hunk => writeln!(out, "<span class=\"hunk\">{line}</span>"),
            Kind::Added => writeln!(out, "<span class=\"added\">{line}</span>"),
            Kind::Removed => writeln!(out, "<span class=\"removed\">{line}</span>"),
            Kind::Same => writeln!(out, "{line}"),
        };
    }
    out.push_str("</pre>\n");
}

/// A sentence (HTML already) and the commands that go with it.
pub(crate) fn step(out: &mut String, place: Option<&str>, sentence: &str, commands: &str) {
    let place = place.map(|p| format!("<span class=\"where\">{p}:</span> ")).unwrap_or_default();
    let _ = writeln!(out, "<div class=\"step\">\n<p>{place}{sentence}</p>");
    if !commands.trim().is_empty() {
        let _ = writeln!(out, "<pre><code>{}</code></pre>", block(commands));
    }
    out.push_str("</div>\n");
}

/// A table of cells that are HTML already; nothing without rows.
pub(crate) fn table<const N: usize>(out: &mut String, title: &str, names: [&str; N], rows: Vec<[String; N]>) {
    if rows.is_empty() {
        return;
    }
    section(out, "", title);
    let names: String = names.iter().map(|name| format!("<th>{name}</th>")).collect();
    let _ = writeln!(out, "<table>\n<thead><tr>{names}</tr></thead>\n<tbody>");
    for row in rows {
        let cells: String = row.iter().map(|cell| format!("<td>{cell}</td>")).collect();
        let _ = writeln!(out, "<tr>{cells}</tr>");
    }
    out.push_str("</tbody>\n</table>\n</section>\n");
}

/// A card with one sentence.
pub(crate) fn note(out: &mut String, class: &str, text: &str) {
    let _ = writeln!(out, "<article class=\"card {class}\">\n<h2>{}</h2>\n</article>", escape(text));
}

/// A table of what could not be read, or not whole; nothing without any.
pub(crate) fn warnings(out: &mut String, warnings: &[Warning]) {
    let rows = warnings.iter().map(|w| [escape(&wording::file(&w.file)), inline(&w.text)]);
    table(out, "Warnings", ["Input", "What is the matter"], rows.collect());
}

/// A table of what was read; nothing without any.
pub(crate) fn inputs(out: &mut String, inputs: &[Input]) {
    let rows =
        inputs.iter().map(|i| [escape(&wording::file(&i.file)), inline(&i.kind), wording::bytes(i.bytes)]);
    table(out, "Read", ["Input", "Kind", "Size"], rows.collect());
}

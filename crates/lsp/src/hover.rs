//! What is known of the place under the pointer.

use std::ops::Range;

use falconer_check::page;
use falconer_iis_config::Lines;
use falconer_iis_config::schema::handler_setting;
use falconer_iis_config::xml::{self, Attribute, Node};
use falconer_report::Options;
use falconer_report::check::page as pages;
use gen_lsp_types::{Contents, Hover};

use crate::analysis::{Analysis, Spotted};
use crate::client::Client;
use crate::diagnostics::{BOOK, spot};
use crate::document::{Document, Kind};
use crate::prose::{Prose, markup};
use crate::schema;

/// How pages of checks link to those of failures.
const LINK: &str = "](../failures/";

/// What is known of a place: what was found there, and what the schema says.
pub(crate) fn hover(
    document: &Document,
    analysis: &Analysis<'_>,
    at: usize,
    client: Client,
) -> Option<Hover> {
    let text = document.text();
    let here = |one: &&Spotted<'_>| {
        let span = spot(text, one.span.as_ref());
        span.start <= at && at <= span.end
    };
    let markdown = client.markdown_hover;
    let mut found: Vec<&Spotted<'_>> = analysis.findings.iter().filter(here).collect();
    // What is about the place comes before what is about the tag or the file around it. The same check may be
    // fulfilled twice in a tag.
    found.sort_by_key(|one| (spot(text, one.span.as_ref()).len(), &one.lint.id));
    found.dedup_by(|a, b| a.lint.id == b.lint.id);
    let schema = if document.kind == Kind::Configuration { of_schema(text, at, markdown) } else { None };
    let spans = found.iter().map(|one| spot(text, one.span.as_ref()));
    let range = spans.chain(schema.as_ref().map(|(_, span)| span.clone())).min_by_key(|span| span.len())?;
    let mut parts: Vec<String> = found.iter().map(|one| check_page(one, markdown)).collect();
    parts.extend(schema.map(|(text, _)| text));
    let value = parts.join(if markdown { "\n---\n\n" } else { "\n" });
    Some(Hover {
        contents: Contents::MarkupContent(markup(markdown, value)),
        range: Some(document.range(&range)),
    })
}

/// The page of a check, as the book has it. It holds no value of the document.
fn check_page(found: &Spotted<'_>, markdown: bool) -> String {
    let page = page(found.failure, found.lint);
    if markdown {
        pages::markdown(&page).replace(LINK, &format!("]({BOOK}/failures/"))
    } else {
        pages::text(&page, &Options::default())
    }
}

/// What the schema says of a place in a start tag, and what part of the tag that is.
fn of_schema(text: &str, at: usize, markdown: bool) -> Option<(String, Range<usize>)> {
    let (tree, _) = xml::parse(text, &Lines::of(text));
    let node = tree.nodes().find(|node| {
        let tag = node.element().tag;
        tag.start <= at && at < tag.end
    })?;
    let inside = |span: falconer_iis_config::Span| span.start <= at && at <= span.end;
    let mut prose = Prose::new(markdown);
    let name = node.element().name_span;
    if inside(name) {
        schema::element(&mut prose, schema::of_node(node)?);
        return Some((prose.finish().value, name.start..name.end));
    }
    let attribute = node.element().attributes.iter().find(|attribute| inside(attribute.span))?;
    let schema = schema::of_node(node)?;
    match setting(node, attribute) {
        Some(setting) => {
            let whole = prose.code(&format!("<handlerSetting name=\"{}\">", setting.name));
            prose.paragraph(&whole);
            schema::handler_setting(&mut prose, setting);
        }
        None => {
            let known = schema.attribute(&attribute.name)?;
            prose.paragraph(&format!(
                "{} of {}",
                prose.code(known.name),
                prose.code(&format!("<{}>", node.name()))
            ));
            schema::attribute(&mut prose, known);
        }
    }
    Some((prose.finish().value, attribute.span.start..attribute.span.end))
}

/// The handler setting whose name or value the attribute is.
fn setting(
    node: Node<'_>,
    attribute: &Attribute,
) -> Option<&'static falconer_iis_config::schema::HandlerSettingSchema> {
    let fits = node.name() == "handlerSetting" && matches!(attribute.name.as_str(), "name" | "value");
    handler_setting(node.value("name").filter(|_| fits)?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::tests::document;

    const TEXT: &str = r#"<configuration><location path="."><system.webServer>
<aspNetCore processPath="dotnet" hostingModel="inprocess" other="x">
<handlerSettings><handlerSetting name="DebugFile" value="a.log" /></handlerSettings>
</aspNetCore></system.webServer></location></configuration>"#;

    fn told(needle: &str) -> Option<(String, String)> {
        let document = document("web.config", TEXT);
        let at = TEXT.find(needle).expect("it is there") + 1;
        let client = Client { markdown_hover: true, ..Client::default() };
        let hover = hover(&document, &Analysis::default(), at, client)?;
        let Contents::MarkupContent(content) = hover.contents else { return None };
        let range = hover.range?;
        let part = TEXT.get(document.offset(range.start)..document.offset(range.end))?;
        Some((content.value, part.to_owned()))
    }

    #[test]
    fn attributes_elements_and_settings_are_told() {
        for (needle, first, part) in [
            ("hostingModel", "`hostingModel` of `<aspNetCore>`\n", "hostingModel=\"inprocess\""),
            ("inprocess", "`hostingModel` of `<aspNetCore>`\n", "hostingModel=\"inprocess\""),
            ("aspNetCore", "`<aspNetCore>`\n", "aspNetCore"),
            ("DebugFile", "`<handlerSetting name=\"debugFile\">`\n", "name=\"DebugFile\""),
            ("a.log", "`<handlerSetting name=\"debugFile\">`\n", "value=\"a.log\""),
        ] {
            let (text, spot) = told(needle).expect(needle);
            assert!(text.starts_with(first), "{needle}: {text}");
            assert_eq!(spot, part, "{needle}");
        }
    }

    #[test]
    fn where_nothing_is_known_nothing_is_told() {
        for needle in ["location", "other", "</asp", "\n<handlerSettings>"] {
            assert_eq!(told(needle), None, "{needle}");
        }
    }
}

//! The file as such: well-formed, encoding, merge conflicts, transforms.

use super::definitions::{
    ENCODING_MISMATCH, FILE_TOO_LARGE, MALFORMED_XML, MERGE_CONFLICT_MARKER, TRANSFORM_LEFT_IN,
    TRANSFORM_NAMESPACE,
};
use super::{ConfigFact, Sink};
use crate::encoding::{Stored, stored_encoding};
use crate::xml::XmlErrorKind;
use crate::{Lines, Span};

/// What IIS reads of a web.config by default: 250 KB (`MaxWebConfigFileSizeInKB` below
/// `HKLM\SOFTWARE\Microsoft\InetStp\Configuration`; IIS support blog, "Web.config file maximum size and count").
const FILE_LIMIT: usize = 250 * 1024;

pub(super) fn find(sink: &mut Sink<'_>) {
    let config = sink.config;
    for problem in config.problems() {
        let (line, column) = (problem.at.line.to_string(), problem.at.column.to_string());
        let why = problem.explanation();
        sink.add(
            &MALFORMED_XML,
            problem.span,
            &[("kind", problem.kind.name()), ("line", &line), ("column", &column), ("why", &why)],
            format!("the file is not well-formed XML: line {line}, column {column}: {why}"),
        );
    }
    let unresolved = config.problems().iter().any(|problem| problem.kind == XmlErrorKind::MergeConflict);
    if let Some(span) = config.conflict_marker().filter(|_| unresolved || sink.fragment) {
        let line = sink.line(span).to_string();
        let message = format!("a merge conflict was not resolved: its marker stands on line {line}");
        sink.add(&MERGE_CONFLICT_MARKER, span, &[("line", &line)], message);
    }
    if !sink.fragment && config.bytes() > FILE_LIMIT {
        let (bytes, limit) = (config.bytes().to_string(), FILE_LIMIT.to_string());
        let message = format!("the file has {bytes} bytes, and IIS reads {limit} by default");
        sink.add(&FILE_TOO_LARGE, Span::new(0, 0), &[("bytes", &bytes), ("limit", &limit)], message);
    }
    transforms(sink);
}

const TRANSFORM_NAMESPACE_URI: &str = "http://schemas.microsoft.com/XML-Document-Transform";

fn transforms(sink: &mut Sink<'_>) {
    let config = sink.config;
    for node in config.tree().nodes() {
        for attribute in &node.element().attributes {
            let name = attribute.name.as_str();
            if attribute.value == TRANSFORM_NAMESPACE_URI && name.starts_with("xmlns:") {
                let message =
                    format!("the namespace of web.config transforms is declared on <{}>", node.name());
                sink.add(&TRANSFORM_NAMESPACE, attribute.span, &[("namespace", name)], message);
            } else if name == "xdt:Transform" || name == "xdt:Locator" {
                let message = format!("{name}=\"{}\" on <{}> was not applied", attribute.value, node.name());
                sink.add(&TRANSFORM_LEFT_IN, attribute.span, &[("attribute", name)], message);
            }
        }
    }
}

/// Does the declaration `<?xml … encoding="…" ?>` fit the bytes it stands in? For the bytes of a file as stored.
pub fn encoding_finding(bytes: &[u8]) -> Option<ConfigFact> {
    let Stored { declared, actual, fits } = stored_encoding(bytes);
    let declared = declared.filter(|_| !fits)?;
    Some(ConfigFact {
        id: ENCODING_MISMATCH.id,
        kind: ENCODING_MISMATCH.kind,
        span: Span::new(0, 0),
        at: Lines::default().position(0),
        message: format!("the file says encoding=\"{declared}\" and is stored as {actual}"),
        fields: vec![("declared", declared), ("actual", actual.to_owned())],
        fragment: false,
    })
}

//! What the schema says of elements and attributes, in sentences.

use falconer_iis_config::schema::{
    AttributeSchema, ElementSchema, HandlerSettingSchema, Kind, Used, element_at,
};
use falconer_iis_config::xml::Node;

use crate::prose::Prose;

/// The schema of an element; `None` for one whose attributes are not known.
pub(crate) fn of_node(node: Node<'_>) -> Option<&'static ElementSchema> {
    element_at(&path_of(node))
}

/// The path of an element as sections are called: without `<configuration>` and `<location>`.
pub(crate) fn path_of(node: Node<'_>) -> String {
    let names = std::iter::successors(Some(node), |node| node.parent()).map(Node::name);
    let mut names: Vec<&str> = names.filter(|name| !matches!(*name, "configuration" | "location")).collect();
    names.reverse();
    names.join("/")
}

/// What an attribute is.
pub(crate) fn attribute(prose: &mut Prose, schema: &AttributeSchema) {
    prose.paragraph(schema.about);
    let mut items = vec![format!("value: {}", schema.kind.expected())];
    match schema.default {
        Some("") => items.push("default: empty".to_owned()),
        Some(default) => items.push(format!("default: {}", prose.code(default))),
        None if !schema.required => items.push("no default".to_owned()),
        None => {}
    }
    if schema.required {
        items.push("required".to_owned());
    }
    if schema.not_empty {
        items.push("must not be empty".to_owned());
    }
    if schema.used == Used::OutOfProcess {
        items.push("used out-of-process only; in-process it has no effect".to_owned());
    }
    items.extend(module(schema.since).map(|module| format!("since {}", prose.code(module))));
    prose.list(items);
}

/// What a handler setting is.
pub(crate) fn handler_setting(prose: &mut Prose, schema: &HandlerSettingSchema) {
    prose.paragraph(schema.about);
    let value = if schema.is_bool { Kind::Bool } else { Kind::Text };
    let default = schema.default.map_or("no default".to_owned(), |d| format!("default: {}", prose.code(d)));
    prose.list([
        format!("value: {}", value.expected()),
        default,
        format!("since ASP.NET Core {}", schema.since),
    ]);
}

/// What an element may hold.
pub(crate) fn element(prose: &mut Prose, schema: &ElementSchema) {
    prose.paragraph(&prose.code(&format!("<{}>", name(schema))));
    prose.list(
        schema
            .attributes
            .iter()
            .map(|one| format!("{}: {}", prose.code(one.name), one.about))
            .collect::<Vec<_>>(),
    );
    if !schema.children.is_empty() {
        let children: Vec<String> =
            schema.children.iter().map(|child| prose.code(&format!("<{child}>"))).collect();
        prose.paragraph(&format!("It may hold {}.", children.join(", ")));
    }
}

/// The name of an element.
pub(crate) fn name(schema: &ElementSchema) -> &'static str {
    schema.path.rsplit('/').next().unwrap_or(schema.path)
}

/// The name of the module that the schema calls by its generation.
fn module(since: &str) -> Option<&'static str> {
    match since {
        "V1" => Some("AspNetCoreModule"),
        "V2" => Some("AspNetCoreModuleV2"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use falconer_iis_config::schema::ASP_NET_CORE;

    fn told(name: &str) -> String {
        let mut prose = Prose::new(true);
        attribute(&mut prose, ASP_NET_CORE.attribute(name).expect("an attribute"));
        prose.finish().value
    }

    #[test]
    fn an_attribute_is_told_with_value_default_use_and_module() {
        let text = told("requestTimeout");
        for part in [
            "How long the module waits",
            "- value: a time hh:mm:ss from 00:00:00 to 360:00:00\n",
            "- default: `00:02:00`\n",
            "- used out-of-process only",
            "- since `AspNetCoreModule`\n",
        ] {
            assert!(text.contains(part), "{part} in {text}");
        }
        assert!(told("processPath").contains("- required\n- must not be empty\n"));
        assert!(told("hostingModel").contains("- no default\n- since `AspNetCoreModuleV2`\n"));
    }

    #[test]
    fn without_markdown_there_are_no_backticks() {
        let mut prose = Prose::new(false);
        element(&mut prose, &ASP_NET_CORE);
        let text = prose.finish().value;
        assert!(text.starts_with("<aspNetCore>\n") && !text.contains('`'), "{text}");
        assert!(text.contains("- stdoutLogFile: Start of the path") && text.contains("<handlerSettings>"));
    }
}

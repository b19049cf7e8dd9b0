//! The words that fit a place, with what the schema says of them.

use falconer_iis_config::schema::{
    AttributeSchema, ElementSchema, HANDLER_SETTINGS, HandlerSettingSchema, Kind, Used, element_at,
    handler_setting,
};
use gen_lsp_types::{
    CompletionItem, CompletionItemKind, CompletionItemTextEdit, Documentation, InsertTextFormat, TextEdit,
};

use super::context::{Place, What};
use crate::client::Client;
use crate::document::Document;
use crate::prose::Prose;
use crate::schema;

/// The words that fit.
pub(super) fn items(document: &Document, place: &Place, client: Client) -> Vec<CompletionItem> {
    let Some(element) = element_at(&place.element) else { return Vec::new() };
    let writer = Writer { document, place, client };
    match &place.what {
        What::Element { has_rest } => writer.elements(element, *has_rest),
        What::Attribute { given, has_value } => writer.attributes(element, given, *has_value),
        What::Value { attribute, others } => writer.values(element, attribute, others),
    }
}

struct Writer<'a> {
    document: &'a Document,
    place: &'a Place,
    client: Client,
}

impl Writer<'_> {
    fn elements(&self, around: &ElementSchema, has_rest: bool) -> Vec<CompletionItem> {
        let item = |name: &&'static str| {
            let path = format!("{}/{name}", around.path);
            let schema = element_at(&path);
            let holds = schema.is_some_and(|schema| !schema.children.is_empty());
            let attributes = schema.map(|schema| schema.attributes).unwrap_or_default();
            let documentation = schema.map(|schema| {
                let mut prose = self.prose();
                schema::element(&mut prose, schema);
                prose
            });
            let snippet = match () {
                () if has_rest => None,
                () if holds => Some(format!("{name}>\n\t$0\n</{name}>")),
                () => {
                    let required = attributes.iter().filter(|one| one.required).enumerate();
                    let given: String =
                        required.map(|(number, one)| format!(" {}=\"${}\"", one.name, number + 1)).collect();
                    Some(format!("{name}{given} />$0"))
                }
            };
            self.item(name, CompletionItemKind::Class, name, snippet, documentation)
        };
        around.children.iter().map(item).collect()
    }

    fn attributes(&self, element: &ElementSchema, given: &[String], has_value: bool) -> Vec<CompletionItem> {
        let missing = element.attributes.iter().filter(|one| !given.iter().any(|name| name == one.name));
        let item = |one: &AttributeSchema| {
            let mut prose = self.prose();
            schema::attribute(&mut prose, one);
            let (plain, snippet) = match has_value {
                true => (one.name.to_owned(), None),
                false => (format!("{}=\"\"", one.name), Some(format!("{}=\"$1\"$0", one.name))),
            };
            let mut item = self.item(one.name, CompletionItemKind::Property, &plain, snippet, Some(prose));
            item.detail = Some(one.kind.expected());
            // What must be there comes first, what is of no use in-process last.
            let rank = match one {
                one if one.required => '0',
                one if one.used == Used::OutOfProcess => '2',
                _ => '1',
            };
            item.sort_text = Some(format!("{rank}{}", one.name));
            item
        };
        missing.map(item).collect()
    }

    fn values(
        &self,
        element: &ElementSchema,
        attribute: &str,
        others: &[(String, String)],
    ) -> Vec<CompletionItem> {
        if schema::name(element) == "handlerSetting" {
            let name = others.iter().find(|(other, _)| other == "name").map(|(_, value)| value.as_str());
            return match attribute {
                "name" => HANDLER_SETTINGS.iter().map(|setting| self.setting(setting)).collect(),
                "value" => name.and_then(handler_setting).map_or(Vec::new(), |setting| {
                    let kind = if setting.is_bool { Kind::Bool } else { Kind::Text };
                    self.words(kind, setting.default)
                }),
                _ => Vec::new(),
            };
        }
        let known = element.attribute(attribute);
        known.map_or(Vec::new(), |known| self.words(known.kind, known.default))
    }

    fn setting(&self, setting: &HandlerSettingSchema) -> CompletionItem {
        let mut prose = self.prose();
        schema::handler_setting(&mut prose, setting);
        self.item(setting.name, CompletionItemKind::EnumMember, setting.name, None, Some(prose))
    }

    /// The words that a value can be; the default alone, where it can be anything.
    fn words(&self, kind: Kind, default: Option<&'static str>) -> Vec<CompletionItem> {
        let words: Vec<&str> = match kind {
            Kind::Bool => vec!["true", "false"],
            Kind::OneOf(words) => words.to_vec(),
            _ => default.filter(|default| !default.is_empty()).into_iter().collect(),
        };
        let item = |word: &str| {
            let is_default = default == Some(word);
            CompletionItem {
                detail: is_default.then(|| "default".to_owned()),
                ..self.item(word, CompletionItemKind::Value, word, None, None)
            }
        };
        words.into_iter().map(item).collect()
    }

    fn item(
        &self,
        label: &str,
        kind: CompletionItemKind,
        plain: &str,
        snippet: Option<String>,
        documentation: Option<Prose>,
    ) -> CompletionItem {
        let snippet = snippet.filter(|_| self.client.snippets);
        let format = if snippet.is_some() { InsertTextFormat::Snippet } else { InsertTextFormat::PlainText };
        let edit = TextEdit {
            range: self.document.range(&self.place.word),
            new_text: snippet.unwrap_or_else(|| plain.to_owned()),
        };
        CompletionItem {
            label: label.to_owned(),
            kind: Some(kind),
            documentation: documentation.map(|prose| Documentation::MarkupContent(prose.finish())),
            insert_text_format: Some(format),
            text_edit: Some(CompletionItemTextEdit::TextEdit(edit)),
            ..CompletionItem::default()
        }
    }

    fn prose(&self) -> Prose {
        Prose::new(self.client.markdown_completion)
    }
}

#[cfg(test)]
mod tests {
    use super::super::complete;
    use super::*;
    use crate::document::tests::document;

    const SNIPPETS: Client = Client {
        snippets: true,
        encoding: crate::lines::Encoding::Utf16,
        document_changes: false,
        markdown_hover: false,
        markdown_completion: false,
        action_literals: false,
        watches_files: false,
    };

    /// The labels at `|`, with what each would write.
    fn at(text: &str, client: Client) -> Vec<(String, String)> {
        let text = format!("<configuration><system.webServer>{text}");
        let (before, behind) = text.split_once('|').expect("a place");
        let document = document("web.config", &format!("{before}{behind}"));
        let items = complete(&document, before.len(), client).into_iter();
        let written = |item: CompletionItem| match item.text_edit {
            Some(CompletionItemTextEdit::TextEdit(edit)) => (item.label, edit.new_text),
            _ => (item.label, String::new()),
        };
        items.map(written).collect()
    }

    fn labels(text: &str) -> Vec<String> {
        at(text, Client::default()).into_iter().map(|(label, _)| label).collect()
    }

    #[test]
    fn attributes_that_are_given_are_not_offered_again() {
        let names = labels("<aspNetCore processPath=\"dotnet\" | hostingModel=\"inprocess\" />");
        assert!(names.contains(&"stdoutLogEnabled".to_owned()), "{names:?}");
        assert!(!names.iter().any(|name| name == "processPath" || name == "hostingModel"), "{names:?}");
    }

    #[test]
    fn an_attribute_is_written_with_its_quotes_unless_they_are_there() {
        let first = |text, client| at(text, client).into_iter().next().map(|(_, written)| written);
        assert_eq!(first("<aspNetCore |", Client::default()).as_deref(), Some("processPath=\"\""));
        assert_eq!(first("<aspNetCore |", SNIPPETS).as_deref(), Some("processPath=\"$1\"$0"));
        assert_eq!(first("<aspNetCore pro|c=\"\"", SNIPPETS).as_deref(), Some("processPath"));
    }

    #[test]
    fn values_are_words_or_the_default() {
        assert_eq!(labels("<aspNetCore hostingModel=\"|\""), ["inprocess", "outofprocess"]);
        assert_eq!(labels("<aspNetCore stdoutLogEnabled=\"|\""), ["true", "false"]);
        assert_eq!(labels("<aspNetCore startupTimeLimit=\"|\""), ["120"]);
        assert_eq!(labels("<aspNetCore processPath=\"|\""), [""; 0]);
    }

    #[test]
    fn handler_settings_are_offered_by_name_and_value() {
        let open = "<aspNetCore><handlerSettings><handlerSetting ";
        let names = labels(&format!("{open}name=\"|\""));
        assert!(names.contains(&"debugFile".to_owned()) && names.len() == HANDLER_SETTINGS.len());
        assert_eq!(labels(&format!("{open}name=\"enableShadowCopy\" value=\"|\"")), ["true", "false"]);
        assert_eq!(labels(&format!("{open}name=\"shutdownDelay\" value=\"|\"")), ["1000"]);
        assert_eq!(labels(&format!("{open}name=\"nobody\" value=\"|\"")), [""; 0]);
    }

    #[test]
    fn elements_are_offered_where_they_may_stand() {
        assert_eq!(
            labels("<aspNetCore>\n<|\n</aspNetCore>"),
            ["environmentVariables", "handlerSettings", "recycleOnFileChange"]
        );
        let written = at("<aspNetCore><environmentVariables><|", SNIPPETS);
        let variable = "environmentVariable name=\"$1\" value=\"$2\" />$0";
        assert!(written.contains(&("environmentVariable".to_owned(), variable.to_owned())), "{written:?}");
        assert_eq!(labels("<nobody><|"), [""; 0]);
    }
}

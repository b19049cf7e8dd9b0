//! What the client can do, as it says in `initialize`.

use serde_json::Value;

use crate::lines::Encoding;

/// What matters of a client's capabilities. They are looked up one by one, so that one that is written unusually
/// does not keep the server from starting.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Client {
    /// What columns count.
    pub(crate) encoding: Encoding,
    /// Edits may name the version of the document that they are for.
    pub(crate) document_changes: bool,
    /// Completions may have places to type in.
    pub(crate) snippets: bool,
    /// Hovers may be Markdown.
    pub(crate) markdown_hover: bool,
    /// The documentation of completions may be Markdown.
    pub(crate) markdown_completion: bool,
    /// Actions may be more than commands.
    pub(crate) action_literals: bool,
    /// The client watches files on request.
    pub(crate) watches_files: bool,
}

impl Client {
    /// Reads the parameters of `initialize`.
    pub(crate) fn read(parameters: &Value) -> Client {
        let at = |path: &str| parameters.pointer(&format!("/capabilities/{path}"));
        let flag = |path: &str| at(path).and_then(Value::as_bool) == Some(true);
        let lists = |path: &str, word: &str| {
            let list = at(path).and_then(Value::as_array);
            list.is_some_and(|list| list.iter().any(|one| one.as_str() == Some(word)))
        };
        let utf8 = lists("general/positionEncodings", "utf-8");
        Client {
            encoding: if utf8 { Encoding::Utf8 } else { Encoding::Utf16 },
            document_changes: flag("workspace/workspaceEdit/documentChanges"),
            snippets: flag("textDocument/completion/completionItem/snippetSupport"),
            markdown_hover: lists("textDocument/hover/contentFormat", "markdown"),
            markdown_completion: lists(
                "textDocument/completion/completionItem/documentationFormat",
                "markdown",
            ),
            action_literals: at("textDocument/codeAction/codeActionLiteralSupport").is_some(),
            watches_files: flag("workspace/didChangeWatchedFiles/dynamicRegistration"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn utf_8_is_taken_when_it_is_offered_and_utf_16_otherwise() {
        let with = |encodings: Value| {
            Client::read(&json!({ "capabilities": { "general": { "positionEncodings": encodings } } }))
                .encoding
        };
        assert_eq!(with(json!(["utf-16", "utf-8"])), Encoding::Utf8);
        assert_eq!(with(json!(["utf-32"])), Encoding::Utf16);
        assert_eq!(with(json!("utf-8")), Encoding::Utf16, "no list");
        assert_eq!(Client::read(&Value::Null).encoding, Encoding::Utf16);
    }
}

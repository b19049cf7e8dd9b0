//! What can be done about findings.

mod fix_all;
mod suppress;

use std::ops::Range;

use gen_lsp_types::{
    CodeAction, CodeActionKind, CodeActionTriggerKind, Position, TextDocumentEdit, TextDocumentIdentifier,
    TextEdit, WorkspaceEdit,
};
use serde::Deserialize;

use crate::analysis::{Analysis, Checks, Spotted, Subject};
use crate::client::Client;
use crate::diagnostics::{diagnostic, spot};
use crate::document::Document;
use suppress::Places;

/// The kind of the action that makes all safe repairs.
pub(crate) const FIX_ALL: CodeActionKind = CodeActionKind::new("source.fixAll.falconer");

/// What `textDocument/codeAction` asks. The client's own view of the findings is not needed.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Asked {
    pub(crate) text_document: TextDocumentIdentifier,
    range: gen_lsp_types::Range,
    #[serde(default)]
    context: Context,
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Context {
    only: Option<Vec<CodeActionKind>>,
    trigger_kind: Option<CodeActionTriggerKind>,
}

impl Context {
    /// Does the client want actions of that kind? Kinds are words with dots between them, from wide to narrow.
    fn wants(&self, kind: &CodeActionKind) -> bool {
        let kind = kind.as_str();
        self.only.as_ref().is_none_or(|only| {
            only.iter().map(CodeActionKind::as_str).any(|wanted| {
                wanted.is_empty()
                    || kind.strip_prefix(wanted).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
            })
        })
    }

    /// Repairing all takes several looks at the folder, which is not done at each move of the cursor.
    fn wants_all(&self) -> bool {
        let moved = self.trigger_kind == Some(CodeActionTriggerKind::Automatic);
        self.wants(&FIX_ALL) && (self.only.is_some() || !moved)
    }
}

/// The actions for a part of a document.
pub(crate) fn actions(
    asked: &Asked,
    subject: &Subject<'_>,
    analysis: &Analysis<'_>,
    checks: &Checks<'_>,
    client: Client,
) -> Vec<CodeAction> {
    if !client.action_literals {
        return Vec::new();
    }
    let document = subject.document;
    let mut actions = Vec::new();
    if asked.context.wants(&CodeActionKind::QuickFix) {
        let here = |one: &&Spotted<'_>| {
            let range = document.range(&spot(document.text(), one.span.as_ref()));
            touches((range.start, range.end), (asked.range.start, asked.range.end))
        };
        let here: Vec<&Spotted<'_>> = analysis.findings.iter().filter(here).collect();
        actions.extend(here.iter().filter_map(|one| quick_fix(document, one, client)));
        if !here.is_empty() {
            let places = Places::of(document.kind, document.text());
            actions.extend(here.iter().filter_map(|one| suppression(document, &places, one, client)));
        }
    }
    if asked.context.wants_all()
        && let Some(edits) = fix_all::edits(subject, analysis, checks)
    {
        actions.push(CodeAction {
            title: "Make all safe repairs of Falconer".to_owned(),
            kind: Some(FIX_ALL),
            edit: Some(workspace_edit(document, edits, client)),
            ..CodeAction::default()
        });
    }
    actions
}

/// Ranges that share a place; the cursor between two characters touches both.
fn touches(a: (Position, Position), b: (Position, Position)) -> bool {
    a.0 <= b.1 && b.0 <= a.1
}

fn quick_fix(document: &Document, found: &Spotted<'_>, client: Client) -> Option<CodeAction> {
    let fix = found.fix.as_ref()?;
    let edits = fix.edits().iter();
    let edits =
        edits.map(|edit| text_edit(document, edit.span.start..edit.span.end, edit.replacement.clone()));
    Some(CodeAction {
        title: fix.text.trim_end_matches('.').to_owned(),
        kind: Some(CodeActionKind::QuickFix),
        diagnostics: Some(vec![diagnostic(document, found)]),
        // The editor may apply what is preferred unseen.
        is_preferred: fix.safe.then_some(true),
        edit: Some(workspace_edit(document, edits.collect(), client)),
        ..CodeAction::default()
    })
}

fn suppression(
    document: &Document,
    places: &Places<'_>,
    found: &Spotted<'_>,
    client: Client,
) -> Option<CodeAction> {
    let id = &found.lint.id;
    let (at, comment) = places.comment(found.span.as_ref(), id)?;
    Some(CodeAction {
        title: format!("Leave out {id} here, with a reason"),
        kind: Some(CodeActionKind::QuickFix),
        diagnostics: Some(vec![diagnostic(document, found)]),
        edit: Some(workspace_edit(document, vec![text_edit(document, at..at, comment)], client)),
        ..CodeAction::default()
    })
}

fn text_edit(document: &Document, span: Range<usize>, new_text: String) -> TextEdit {
    TextEdit { range: document.range(&span), new_text }
}

fn workspace_edit(document: &Document, edits: Vec<TextEdit>, client: Client) -> WorkspaceEdit {
    if !client.document_changes {
        let changes = [(document.uri.clone(), edits)].into();
        return WorkspaceEdit { changes: Some(changes), ..WorkspaceEdit::default() };
    }
    let edit = TextDocumentEdit {
        text_document: gen_lsp_types::OptionalVersionedTextDocumentIdentifier {
            version: Some(document.version),
            text_document_identifier: TextDocumentIdentifier { uri: document.uri.clone() },
        },
        edits: edits.into_iter().map(Into::into).collect(),
    };
    WorkspaceEdit { document_changes: Some(vec![edit.into()]), ..WorkspaceEdit::default() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_are_asked_for_by_their_beginning() {
        let wants = |only: &[&'static str], trigger_kind| {
            let only = Some(only.iter().map(|kind| CodeActionKind::from(*kind)).collect());
            let context = Context { only, trigger_kind };
            (context.wants(&CodeActionKind::QuickFix), context.wants_all())
        };
        let automatic = Some(CodeActionTriggerKind::Automatic);
        assert_eq!(wants(&["quickfix"], None), (true, false));
        assert_eq!(wants(&["source"], automatic), (false, true));
        assert_eq!(wants(&["source.fixAll"], None), (false, true));
        assert_eq!(wants(&["source.fixAll.falconer"], None), (false, true));
        assert_eq!(wants(&["source.fix", "source.fixAll.other"], None), (false, false));
        assert_eq!(wants(&[""], None), (true, true));
        assert!(!Context { only: None, trigger_kind: automatic }.wants_all());
        assert!(Context::default().wants_all());
    }
}

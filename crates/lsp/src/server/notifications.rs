//! What the client tells: documents that open, change and close.

use std::path::Path;

use falconer_fix::TextFile;
use gen_lsp_types::{
    DidChangeTextDocumentParams, DidOpenTextDocumentParams, MessageType, RegistrationRequest,
    TextDocumentIdentifier,
};
use serde::{Deserialize, de::DeserializeOwned};
use serde_json::Value;

use super::{Ending, LanguageServer, Open, State, abilities};
use crate::beside::Surroundings;
use crate::document::{Document, MAX_BYTES};

/// The part of `didSave` and `didClose` that matters.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct OfDocument {
    text_document: TextDocumentIdentifier,
}

impl<S: Surroundings> LanguageServer<'_, S> {
    pub(super) fn notification(&mut self, method: &str, parameters: Value) {
        match (self.state, method) {
            (State::ShutDown, "exit") => self.state = State::Ended(Ending::Orderly),
            (_, "exit") => self.state = State::Ended(Ending::Abrupt),
            (State::Running, _) => self.told_of(method, parameters),
            _ => {}
        }
    }

    fn told_of(&mut self, method: &str, parameters: Value) {
        match method {
            "initialized" if self.client.watches_files => {
                self.outbox.ask::<RegistrationRequest>(abilities::watch());
            }
            "textDocument/didOpen" => self.with(method, parameters, Self::opened),
            "textDocument/didChange" => self.with(method, parameters, Self::changed),
            "textDocument/didSave" => {
                self.with(method, parameters, |server, _: OfDocument| server.look_again())
            }
            "textDocument/didClose" => self.with(method, parameters, Self::closed),
            "workspace/didChangeWatchedFiles" => self.look_again(),
            _ => {}
        }
    }

    fn with<P: DeserializeOwned>(
        &mut self,
        method: &str,
        parameters: Value,
        take: impl FnOnce(&mut Self, P),
    ) {
        match serde_json::from_value(parameters) {
            Ok(parameters) => take(self, parameters),
            Err(error) => self.outbox.log(MessageType::Error, &format!("{method}: {error}")),
        }
    }

    fn opened(&mut self, parameters: DidOpenTextDocumentParams) {
        let Some(mut document) = Document::open(parameters.text_document, self.client.encoding) else {
            return;
        };
        self.surroundings.forget();
        if let Some(at) = self.find(&document.uri) {
            self.documents.remove(at);
        }
        document.stored = self.stored(&document);
        self.tell_size(&document);
        self.outdate(document.path.as_deref());
        self.documents.push(Open { document, analysis: None });
    }

    fn changed(&mut self, parameters: DidChangeTextDocumentParams) {
        let uri = &parameters.text_document.text_document_identifier.uri;
        let Some(open) = self.find(uri).and_then(|at| self.documents.get_mut(at)) else { return };
        let was_too_large = open.document.is_too_large();
        for change in parameters.content_changes {
            open.document.change(change, self.client.encoding);
        }
        open.document.version = parameters.text_document.version;
        open.analysis = None;
        if open.document.is_too_large() && !was_too_large {
            let text = too_large(&open.document);
            self.outbox.log(MessageType::Warning, &text);
        }
        let path = open.document.path.clone();
        self.outdate(path.as_deref());
    }

    fn closed(&mut self, parameters: OfDocument) {
        if let Some(at) = self.find(&parameters.text_document.uri) {
            let closed = self.documents.remove(at);
            self.outbox.diagnostics(closed.document.uri, None, Vec::new());
            self.outdate(closed.document.path.as_deref());
        }
    }

    /// Files on disk have changed.
    fn look_again(&mut self) {
        self.surroundings.forget();
        self.told.clear();
        for at in 0..self.documents.len() {
            let stored = self.documents.get(at).map(|open| open.document.path.clone());
            let stored = stored.flatten().and_then(|path| self.surroundings.stored(&path));
            if let Some(open) = self.documents.get_mut(at) {
                open.document.stored = stored.and_then(|bytes| TextFile::read(&bytes).ok());
                open.analysis = None;
            }
        }
    }

    /// Documents of one folder are looked at together, so that a change of one may show in those beside, below and
    /// above it.
    fn outdate(&mut self, changed: Option<&Path>) {
        let Some(changed) = changed else { return };
        let lies_by = |a: &Path, b: &Path| b.parent().is_some_and(|folder| a.starts_with(folder));
        for open in &mut self.documents {
            let other = open.document.path.as_deref();
            if other.is_some_and(|other| lies_by(other, changed) || lies_by(changed, other)) {
                open.analysis = None;
            }
        }
    }

    fn stored(&mut self, document: &Document) -> Option<TextFile> {
        TextFile::read(&self.surroundings.stored(document.path.as_deref()?)?).ok()
    }

    fn tell_size(&mut self, document: &Document) {
        if document.is_too_large() {
            self.outbox.log(MessageType::Warning, &too_large(document));
        }
    }
}

fn too_large(document: &Document) -> String {
    format!("{} has more than {} MiB and is not checked", document.name, MAX_BYTES >> 20)
}

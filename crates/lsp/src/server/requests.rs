//! Requests and their answers.

use gen_lsp_types::json_rpc::Id;
use gen_lsp_types::{
    CodeActionRequest, CodeActionResponse, CompletionList, CompletionRequest, CompletionResponse, ErrorCodes,
    HoverRequest, InitializeRequest, Request, ShutdownRequest, TextDocumentPositionParams,
};
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::{LanguageServer, State, abilities};
use crate::actions::{Asked, actions};
use crate::beside::Surroundings;
use crate::client::Client;
use crate::completion::complete;
use crate::hover::hover;

impl<S: Surroundings> LanguageServer<'_, S> {
    pub(super) fn request(&mut self, id: Id, method: &str, parameters: Value) {
        let refused = match (self.state, method) {
            (State::Uninitialized, "initialize") => return self.initialize(id, &parameters),
            (State::Uninitialized, _) => (ErrorCodes::ServerNotInitialized, "initialize comes first"),
            (State::ShutDown, _) => (ErrorCodes::InvalidRequest, "the server was told to shut down"),
            (_, "initialize") => (ErrorCodes::InvalidRequest, "the server is initialized already"),
            _ => return self.serve(id, method, parameters),
        };
        self.outbox.error(id, refused.0, refused.1);
    }

    fn initialize(&mut self, id: Id, parameters: &Value) {
        self.client = Client::read(parameters);
        self.state = State::Running;
        self.outbox.answer::<InitializeRequest>(id, abilities::initialize(self.client));
    }

    fn serve(&mut self, id: Id, method: &str, parameters: Value) {
        match method {
            "shutdown" => {
                self.state = State::ShutDown;
                self.outbox.answer::<ShutdownRequest>(id, ());
            }
            "textDocument/codeAction" => {
                self.answer::<CodeActionRequest, _>(id, parameters, Self::code_actions);
            }
            "textDocument/hover" => self.answer::<HoverRequest, _>(id, parameters, Self::hover),
            "textDocument/completion" => {
                self.answer::<CompletionRequest, _>(id, parameters, Self::completion);
            }
            _ => self.outbox.error(id, ErrorCodes::MethodNotFound, &format!("there is no {method} here")),
        }
    }

    fn answer<R: Request, P: DeserializeOwned>(
        &mut self,
        id: Id,
        parameters: Value,
        serve: impl FnOnce(&mut Self, P) -> R::Result,
    ) {
        match serde_json::from_value(parameters) {
            Ok(parameters) => {
                let result = serve(self, parameters);
                self.outbox.answer::<R>(id, result);
            }
            Err(error) => self.outbox.error(id, ErrorCodes::InvalidParams, &error.to_string()),
        }
    }

    fn code_actions(&mut self, asked: Asked) -> Option<Vec<CodeActionResponse>> {
        let at = self.find(&asked.text_document.uri)?;
        self.analyse(at);
        let path = self.documents.get(at)?.document.path.clone().unwrap_or_default();
        let beside = self.surroundings.beside(&path);
        let subject = self.subject(at, &beside)?;
        let analysis = self.documents.get(at)?.analysis.as_ref()?;
        let actions = actions(&asked, &subject, analysis, &self.checks, self.client);
        Some(actions.into_iter().map(CodeActionResponse::CodeAction).collect())
    }

    fn hover(&mut self, asked: TextDocumentPositionParams) -> Option<gen_lsp_types::Hover> {
        let at = self.find(&asked.text_document.uri)?;
        self.analyse(at);
        let open = self.documents.get(at).filter(|open| !open.document.is_too_large())?;
        let offset = open.document.offset(asked.position);
        hover(&open.document, open.analysis.as_ref()?, offset, self.client)
    }

    fn completion(&mut self, asked: TextDocumentPositionParams) -> Option<CompletionResponse> {
        let document = &self.documents.get(self.find(&asked.text_document.uri)?)?.document;
        let items = complete(document, document.offset(asked.position), self.client);
        let list = CompletionList { is_incomplete: false, item_defaults: None, apply_kind: None, items };
        Some(CompletionResponse::CompletionList(list))
    }
}

//! Messages for the client.

use gen_lsp_types::json_rpc::{Error, Id, RequestObject, ResponseObject};
use gen_lsp_types::{
    Diagnostic, ErrorCodes, LogMessageNotification, LogMessageParams, MessageType, Notification,
    PublishDiagnosticsNotification, PublishDiagnosticsParams, Request, ShowMessageNotification,
    ShowMessageParams, Uri,
};
use serde::Serialize;

/// Messages that are still to be sent.
#[derive(Debug, Default)]
pub(super) struct Outbox {
    messages: Vec<String>,
    /// The number of the server's last request.
    asked: i32,
}

impl Outbox {
    pub(super) fn take(&mut self) -> Vec<String> {
        std::mem::take(&mut self.messages)
    }

    /// Answers a request.
    pub(super) fn answer<R: Request>(&mut self, id: Id, result: R::Result) {
        self.push(&ResponseObject::from_success::<R>(id, result));
    }

    /// Refuses a request.
    pub(super) fn error(&mut self, id: Id, code: ErrorCodes, message: &str) {
        let error = Error { code, message: message.to_owned(), data: None };
        self.push(&ResponseObject::from_error(id, error));
    }

    /// Asks the client for something.
    pub(super) fn ask<R: Request>(&mut self, parameters: R::Params) {
        self.asked = self.asked.wrapping_add(1);
        self.push(&RequestObject::from_request::<R>(self.asked.into(), parameters));
    }

    /// Underlines something.
    pub(super) fn diagnostics(&mut self, uri: Uri, version: Option<i32>, diagnostics: Vec<Diagnostic>) {
        let parameters = PublishDiagnosticsParams { uri, version, diagnostics };
        self.notify::<PublishDiagnosticsNotification>(parameters);
    }

    /// Tells something to whoever reads logs.
    pub(super) fn log(&mut self, kind: MessageType, message: &str) {
        self.notify::<LogMessageNotification>(LogMessageParams { kind, message: message.to_owned() });
    }

    /// Tells something to the user.
    pub(super) fn show(&mut self, kind: MessageType, message: &str) {
        self.notify::<ShowMessageNotification>(ShowMessageParams { kind, message: message.to_owned() });
    }

    fn notify<N: Notification>(&mut self, parameters: N::Params) {
        self.push(&RequestObject::from_notification::<N>(parameters));
    }

    fn push(&mut self, message: &impl Serialize) {
        // Strings and numbers in structures with known names: writing them as JSON does not fail.
        self.messages.extend(serde_json::to_string(message));
    }
}

//! The conversation with the client.

mod abilities;
mod notifications;
mod outbox;
mod requests;
#[cfg(test)]
mod tests;

use std::collections::{BTreeSet, VecDeque};
use std::panic::{AssertUnwindSafe, catch_unwind};

use falconer_catalog::Catalog;
use gen_lsp_types::json_rpc::{Id, RequestObject};
use gen_lsp_types::{ErrorCodes, LspErrorCodes, MessageType};
use serde_json::Value;

use crate::analysis::{Analysis, Checks, Subject};
use crate::beside::Surroundings;
use crate::client::Client;
use crate::diagnostics::diagnostics;
use crate::document::Document;
use outbox::Outbox;

/// How the conversation ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ending {
    /// The client said `shutdown` before `exit`.
    Orderly,
    /// It did not.
    Abrupt,
}

/// Where the conversation is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Uninitialized,
    Running,
    ShutDown,
    Ended(Ending),
}

/// Something that is to be done, in the order in which it came.
enum Task {
    Request { id: Id, method: String, parameters: Value },
    Notification { method: String, parameters: Value },
}

/// A language server for configuration files of ASP.NET Core behind IIS.
pub struct LanguageServer<'c, S> {
    checks: Checks<'c>,
    surroundings: S,
    client: Client,
    state: State,
    queue: VecDeque<Task>,
    documents: Vec<Open<'c>>,
    outbox: Outbox,
    /// What the user was told already of files that could not be read.
    told: BTreeSet<String>,
}

/// An open document and what is known of it.
struct Open<'c> {
    document: Document,
    /// `None` when it has changed since it was looked at.
    analysis: Option<Analysis<'c>>,
}

impl<'c, S: Surroundings> LanguageServer<'c, S> {
    /// A server that waits for `initialize`.
    pub fn new(catalog: &'c Catalog, surroundings: S) -> Self {
        LanguageServer {
            checks: Checks::new(catalog),
            surroundings,
            client: Client::default(),
            state: State::Uninitialized,
            queue: VecDeque::new(),
            documents: Vec::new(),
            outbox: Outbox::default(),
            told: BTreeSet::new(),
        }
    }

    /// Takes a message of the client: JSON, without its header. Nothing is done yet, except that a request that waits
    /// is cancelled when the message says so.
    pub fn receive(&mut self, message: &[u8]) {
        let Ok(value) = serde_json::from_slice::<Value>(message) else {
            return self.outbox.error(Id::Null, ErrorCodes::ParseError, "the message is no JSON");
        };
        let Ok(object) = serde_json::from_value::<RequestObject>(value) else {
            return self.outbox.error(
                Id::Null,
                ErrorCodes::InvalidRequest,
                "the message is none of JSON-RPC 2.0",
            );
        };
        let (method, id, parameters) = object.into_parts();
        let parameters = parameters.unwrap_or_default();
        match id {
            // What has no method answers a request of the server, of which nothing depends.
            _ if method.is_empty() => {}
            Some(id) => self.queue.push_back(Task::Request { id, method, parameters }),
            None if method == "$/cancelRequest" => self.cancel(&parameters),
            None => self.queue.push_back(Task::Notification { method, parameters }),
        }
    }

    /// Says that messages of the client were lost, because of what `problem` says. What they changed is not known, so
    /// nothing is said of open documents until they are opened again.
    pub fn lose(&mut self, problem: &str) {
        self.outbox.log(MessageType::Error, problem);
        for open in self.documents.drain(..) {
            self.outbox.diagnostics(open.document.uri, None, Vec::new());
        }
    }

    /// Does one thing: answers a message, or, when none waits, looks at a document that has changed. False when
    /// nothing is left to do. A panic is told to the client and ends nothing.
    pub fn step(&mut self) -> bool {
        if matches!(self.state, State::Ended(_)) {
            return false;
        }
        let task = self.queue.pop_front();
        let asked = match &task {
            Some(Task::Request { id, .. }) => Some(id.clone()),
            _ => None,
        };
        let done = catch_unwind(AssertUnwindSafe(|| match task {
            Some(Task::Request { id, method, parameters }) => {
                self.request(id, &method, parameters);
                true
            }
            Some(Task::Notification { method, parameters }) => {
                self.notification(&method, parameters);
                true
            }
            None => self.refresh(),
        }));
        done.unwrap_or_else(|_| {
            const BUG: &str = "this is a bug in Falconer; please report it with the file that is open";
            self.outbox.log(MessageType::Error, BUG);
            if let Some(id) = asked {
                self.outbox.error(id, ErrorCodes::InternalError, BUG);
            }
            true
        })
    }

    /// The messages for the client since the last call: JSON, without headers.
    pub fn outgoing(&mut self) -> Vec<String> {
        self.outbox.take()
    }

    /// How the conversation ended, when it did.
    pub fn ended(&self) -> Option<Ending> {
        match self.state {
            State::Ended(ending) => Some(ending),
            _ => None,
        }
    }

    /// How the conversation ends when nothing more comes from the client.
    pub fn hang_up(&self) -> Ending {
        match self.state {
            State::Ended(ending) => ending,
            State::ShutDown => Ending::Orderly,
            State::Uninitialized | State::Running => Ending::Abrupt,
        }
    }

    /// Takes a waiting request out and answers that it was cancelled.
    fn cancel(&mut self, parameters: &Value) {
        let Some(cancelled) =
            parameters.get("id").and_then(|id| serde_json::from_value::<Id>(id.clone()).ok())
        else {
            return;
        };
        let waiting = |task: &Task| matches!(task, Task::Request { id, .. } if *id == cancelled);
        if let Some(at) = self.queue.iter().position(waiting) {
            self.queue.remove(at);
            let code = i32::from(LspErrorCodes::RequestCancelled);
            self.outbox.error(cancelled, ErrorCodes::Custom(code), "the request was cancelled");
        }
    }

    /// Looks at the first document that has changed and tells what it shows.
    fn refresh(&mut self) -> bool {
        if self.state != State::Running {
            return false;
        }
        let Some(at) = self.documents.iter().position(|open| open.analysis.is_none()) else { return false };
        self.analyse(at);
        true
    }

    /// Makes sure that a document was looked at since it changed last.
    fn analyse(&mut self, at: usize) {
        let Some(open) = self.documents.get_mut(at).filter(|open| open.analysis.is_none()) else { return };
        // If this goes wrong it is not tried again before the next change.
        open.analysis = Some(Analysis::default());
        if open.document.is_too_large() {
            self.outbox.diagnostics(open.document.uri.clone(), Some(open.document.version), Vec::new());
            return;
        }
        let path = open.document.path.clone().unwrap_or_default();
        let beside = self.surroundings.beside(&path);
        let Some(subject) = self.subject(at, &beside) else { return };
        let analysis = self.checks.analyse(&subject);
        let (uri, version) = (subject.document.uri.clone(), subject.document.version);
        let shown = diagnostics(subject.document, &analysis);
        for problem in beside.problems.iter().chain(&analysis.problem) {
            if self.told.insert(problem.clone()) {
                self.outbox.show(MessageType::Warning, problem);
            }
        }
        self.outbox.diagnostics(uri, Some(version), shown);
        if let Some(open) = self.documents.get_mut(at) {
            open.analysis = Some(analysis);
        }
    }

    /// A document in its place, with the others.
    fn subject<'s>(&'s self, at: usize, beside: &'s crate::Beside) -> Option<Subject<'s>> {
        let document = &self.documents.get(at)?.document;
        let others = self.documents.iter().map(|open| &open.document);
        let others = others.filter(|other| !std::ptr::eq(*other, document) && !other.is_too_large());
        Some(Subject { document, beside, others: others.collect() })
    }

    /// The number of the open document with that address.
    fn find(&self, uri: &gen_lsp_types::Uri) -> Option<usize> {
        self.documents.iter().position(|open| open.document.uri == *uri)
    }
}

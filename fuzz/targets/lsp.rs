//! A document of any shape is looked at, asked about and changed at any place; messages of any shape are answered.
#![no_main]

use std::path::Path;
use std::rc::Rc;
use std::sync::LazyLock;

use falconer_catalog::{Catalog, Part};
use falconer_lsp::{Beside, LanguageServer, Surroundings};
use falconer_messages::Definitions;
use libfuzzer_sys::fuzz_target;
use serde_json::{Value, json};

static CATALOG: LazyLock<Catalog> = LazyLock::new(|| {
    let messages = Definitions::embedded().expect("the shipped messages are valid");
    Catalog::with_packs(&messages, &[], Part::Checks).expect("the shipped catalogue is valid")
});

/// Nothing lies beside the document.
struct Alone;

impl Surroundings for Alone {
    fn beside(&mut self, _: &Path) -> Rc<Beside> {
        Rc::new(Beside::default())
    }

    fn stored(&mut self, _: &Path) -> Option<Vec<u8>> {
        None
    }

    fn forget(&mut self) {}
}

const DOCUMENT: &str = "file:///srv/site/web.config";

fn say(server: &mut LanguageServer<'_, Alone>, message: &[u8]) {
    server.receive(message);
    while server.step() {}
    for answer in server.outgoing() {
        assert!(serde_json::from_str::<Value>(&answer).is_ok(), "{answer}");
        assert!(!answer.contains("a bug in Falconer"), "{answer}");
    }
}

fuzz_target!(|data: (u8, u8, u8, u8, &str)| {
    let (line, character, lines, characters, text) = data;
    let mut server = LanguageServer::new(&CATALOG, Alone);
    let mut id = 0;
    let mut ask = |server: &mut LanguageServer<'_, Alone>, method: &str, params: Value| {
        id += 1;
        let message = json!({ "jsonrpc": "2.0", "id": id, "method": method, "params": params });
        say(server, message.to_string().as_bytes());
    };
    let tell = |server: &mut LanguageServer<'_, Alone>, method: &str, params: Value| {
        let message = json!({ "jsonrpc": "2.0", "method": method, "params": params });
        say(server, message.to_string().as_bytes());
    };
    let document = json!({ "uri": DOCUMENT });
    let start = json!({ "line": line, "character": character });
    let end_line = line.saturating_add(lines);
    let range = json!({ "start": start, "end": { "line": end_line, "character": characters } });

    ask(&mut server, "initialize", json!({ "processId": null, "rootUri": null, "capabilities": {} }));
    tell(&mut server, "initialized", json!({}));
    let opened = json!({ "uri": DOCUMENT, "languageId": "xml", "version": 1, "text": text });
    tell(&mut server, "textDocument/didOpen", json!({ "textDocument": opened }));
    for method in ["textDocument/hover", "textDocument/completion"] {
        ask(&mut server, method, json!({ "textDocument": document, "position": start }));
    }
    let actions = json!({ "textDocument": document, "range": range, "context": { "diagnostics": [] } });
    ask(&mut server, "textDocument/codeAction", actions);
    let changed = json!({ "uri": DOCUMENT, "version": 2 });
    let changes = json!([{ "range": range, "text": "<aspNetCore " }]);
    tell(
        &mut server,
        "textDocument/didChange",
        json!({ "textDocument": changed, "contentChanges": changes }),
    );
    ask(&mut server, "textDocument/completion", json!({ "textDocument": document, "position": start }));
    say(&mut server, text.as_bytes());
    ask(&mut server, "shutdown", Value::Null);
    tell(&mut server, "exit", Value::Null);
});

use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::sync::LazyLock;

use falconer_catalog::{Catalog, Part};
use falconer_evidence::MemoryTree;
use falconer_messages::Definitions;
use falconer_settings::Settings;
use proptest::prelude::*;
use serde_json::{Value, json};

use super::*;
use crate::beside::{Beside, PublishedFolder};

const WEB: &str = "file:///srv/app/web.config";

static CATALOG: LazyLock<Catalog> = LazyLock::new(|| {
    let messages = Definitions::embedded().expect("the messages");
    let own = ("own.toml", include_str!("../../tests/data/own.toml"));
    Catalog::with_packs(&messages, &[own], Part::Checks).expect("the catalogue")
});

/// A disk in memory: `/srv/app` is a published folder when it has any files.
#[derive(Default)]
struct Disk {
    files: Vec<(&'static str, &'static [u8])>,
    settings: &'static str,
    panics: bool,
}

impl Surroundings for Disk {
    fn beside(&mut self, _: &Path) -> Rc<Beside> {
        assert!(!self.panics, "as a bug would");
        let files: Vec<_> =
            self.files.iter().map(|(path, text)| ((*path).to_owned(), text.to_vec())).collect();
        let folder = (!files.is_empty()).then(|| PublishedFolder {
            root: PathBuf::from("/srv/app"),
            tree: Box::new(MemoryTree::new(files)),
        });
        let settings = Settings::parse("falconer.toml", self.settings).expect("settings");
        Rc::new(Beside { folder, settings, name: "app".to_owned(), ..Beside::default() })
    }

    fn stored(&mut self, document: &Path) -> Option<Vec<u8>> {
        let path = document.strip_prefix("/srv/app").ok()?.to_str()?;
        self.files.iter().find(|(name, _)| *name == path).map(|(_, bytes)| bytes.to_vec())
    }

    fn forget(&mut self) {}
}

/// A client that talks to the server directly.
struct Client<'c> {
    server: LanguageServer<'c, Disk>,
    inbox: Vec<Value>,
    asked: i64,
}

impl<'c> Client<'c> {
    fn new(catalog: &'c Catalog, disk: Disk) -> Client<'c> {
        let mut client = Client { server: LanguageServer::new(catalog, disk), inbox: Vec::new(), asked: 0 };
        client.ask(
            "initialize",
            json!({ "processId": null, "rootUri": null, "capabilities": {
                "textDocument": {
                    "codeAction": { "codeActionLiteralSupport": {} },
                    "hover": { "contentFormat": ["markdown"] },
                },
            }}),
        );
        client.tell("initialized", json!({}));
        client
    }

    fn send(&mut self, message: Value) {
        self.server.receive(message.to_string().as_bytes());
    }

    fn run(&mut self) {
        while self.server.step() {}
        let new = self.server.outgoing();
        self.inbox.extend(new.iter().map(|text| serde_json::from_str::<Value>(text).expect("JSON")));
    }

    fn tell(&mut self, method: &str, params: Value) {
        self.send(json!({ "jsonrpc": "2.0", "method": method, "params": params }));
        self.run();
    }

    /// The response to a request.
    fn ask(&mut self, method: &str, params: Value) -> Value {
        self.asked += 1;
        let id = self.asked;
        self.send(json!({ "jsonrpc": "2.0", "id": id, "method": method, "params": params }));
        self.run();
        let at = self.inbox.iter().position(|message| message["id"] == id && message.get("method").is_none());
        self.inbox.remove(at.expect("a response"))
    }

    fn open(&mut self, uri: &str, text: &str) {
        let item = json!({ "uri": uri, "languageId": "xml", "version": 1, "text": text });
        self.tell("textDocument/didOpen", json!({ "textDocument": item }));
    }

    fn replace(&mut self, uri: &str, version: i32, text: &str) {
        let document = json!({ "uri": uri, "version": version });
        let changes = json!([{ "text": text }]);
        self.tell("textDocument/didChange", json!({ "textDocument": document, "contentChanges": changes }));
    }

    /// The diagnostics that were published last for a document.
    fn shown(&self, uri: &str) -> &Value {
        let published = self.inbox.iter().rev();
        let mut published = published.filter(|m| m["method"] == "textDocument/publishDiagnostics");
        &published.find(|m| m["params"]["uri"] == uri).expect("diagnostics")["params"]
    }

    /// The codes among them that are of the tests' own checks.
    fn codes(&self, uri: &str) -> Vec<&str> {
        let shown = self.shown(uri)["diagnostics"].as_array().expect("a list").iter();
        let codes = shown.filter_map(|diagnostic| diagnostic["code"].as_str());
        codes.filter(|code| code.starts_with("own.") || *code == "suppression-comment").collect()
    }

    fn actions(&mut self, only: Value) -> Vec<Value> {
        let everywhere =
            json!({ "start": { "line": 0, "character": 0 }, "end": { "line": 99, "character": 0 } });
        let context = json!({ "diagnostics": [], "only": only });
        let params = json!({ "textDocument": { "uri": WEB }, "range": everywhere, "context": context });
        let response = self.ask("textDocument/codeAction", params);
        response["result"].as_array().expect("actions").clone()
    }

    fn logged(&self) -> Vec<&str> {
        let logged = self.inbox.iter().filter(|message| message["method"] == "window/logMessage");
        logged.filter_map(|message| message["params"]["message"].as_str()).collect()
    }
}

fn web_config(attributes: &str) -> String {
    format!(
        "<configuration>\r\n  <system.webServer>\r\n    <handlers>\r\n      <add name=\"aspNetCore\" path=\"*\" verb=\"*\" modules=\"AspNetCoreModuleV2\" resourceType=\"Unspecified\" />\r\n    </handlers>\r\n    <aspNetCore {attributes} />\r\n  </system.webServer>\r\n</configuration>\r\n"
    )
}

/// Applies the edits of an action to a text, the last ones first.
fn applied(text: &str, action: &Value) -> String {
    let mut edits: Vec<&Value> = action["edit"]["changes"][WEB].as_array().expect("edits").iter().collect();
    edits.sort_by_key(|edit| {
        (edit["range"]["start"]["line"].as_u64(), edit["range"]["start"]["character"].as_u64())
    });
    let mut text = text.to_owned();
    for edit in edits.iter().rev() {
        let lines = crate::lines::Lines::of(&text, crate::lines::Encoding::Utf16);
        let offset = |end: &str| {
            let position = serde_json::from_value(edit["range"][end].clone()).expect("a position");
            lines.offset(&text, position)
        };
        let span = offset("start")..offset("end");
        text.replace_range(span, edit["newText"].as_str().expect("a text"));
    }
    text
}

#[test]
fn findings_come_when_a_document_opens_and_go_when_it_is_mended_and_closed() {
    let mut client = Client::new(&CATALOG, Disk::default());
    client.open(WEB, &web_config("procesPath=\"dotnet\" arguments=\"ü😀\" stdoutLogEnabled=\"ture\""));
    assert_eq!(client.codes(WEB), ["own.unknown-attribute", "own.bad-value"]);
    let all = client.shown(WEB)["diagnostics"].as_array().expect("a list");
    let bad = all.iter().find(|one| one["code"] == "own.bad-value").expect("the second");
    assert_eq!(
        bad,
        &json!({
            "range": { "start": { "line": 5, "character": 70 }, "end": { "line": 5, "character": 74 } },
            "severity": 2,
            "code": "own.bad-value",
            "codeDescription": {
                "href": "https://github.com/falconer-tool/falconer/blob/main/docs/checks/own.bad-value.md"
            },
            "source": "falconer",
            "message": "stdoutLogEnabled=\"ture\" is not accepted: it is neither true nor false",
        })
    );
    client.replace(WEB, 2, &web_config("processPath=\"dotnet\""));
    assert_eq!((client.codes(WEB).len(), &client.shown(WEB)["version"]), (0, &json!(2)));
    client.replace(WEB, 3, &web_config("procesPath=\"dotnet\""));
    assert_eq!(client.codes(WEB), ["own.unknown-attribute"]);
    client.tell("textDocument/didClose", json!({ "textDocument": { "uri": WEB } }));
    assert_eq!(client.shown(WEB)["diagnostics"], json!([]));
}

#[test]
fn the_folder_on_disk_takes_part_and_open_documents_stand_in_for_its_files() {
    let missing = ["own.arguments-target-missing"];
    let files: Vec<(&str, &[u8])> =
        vec![("App.runtimeconfig.json", b"{ \"runtimeOptions\": {} }"), ("web.config", b"<configuration />")];
    let mut client = Client::new(&CATALOG, Disk { files, ..Disk::default() });
    client.open(WEB, &web_config("processPath=\"dotnet\" arguments=\".\\App.dll\""));
    assert_eq!(client.codes(WEB), missing);
    let all = client.shown(WEB)["diagnostics"].as_array().expect("a list");
    let found = all.iter().find(|one| one["code"] == missing[0]).expect("the finding");
    assert_eq!(found["message"], "there is no App.dll in the folder");
    // The same text on its own says nothing of a folder.
    let mut alone = Client::new(&CATALOG, Disk::default());
    alone.open(WEB, &web_config("processPath=\"dotnet\" arguments=\".\\App.dll\""));
    assert_eq!(alone.codes(WEB), [""; 0]);
    // Another document of the folder is looked at as it is in the editor.
    let runtimeconfig = "file:///srv/app/App.runtimeconfig.json";
    client.open(runtimeconfig, "{ \"runtimeOptions\": {} }");
    assert_eq!(client.codes(runtimeconfig), [""; 0]);
    client.replace(runtimeconfig, 2, "{ \"runtimeOptions\": {,} }");
    assert_eq!(client.codes(runtimeconfig), ["own.runtimeconfig-invalid"]);
    assert_eq!(client.codes(WEB), missing);
}

#[test]
fn a_change_is_looked_at_in_documents_of_its_folder_and_in_no_others() {
    let mut client = Client::new(&CATALOG, Disk::default());
    let (below, elsewhere) = ("file:///srv/app/sub/web.config", "file:///srv/other/web.config");
    for uri in [WEB, below, elsewhere] {
        client.open(uri, &web_config("procesPath=\"dotnet\""));
    }
    for changed in [WEB, below] {
        client.inbox.clear();
        client.replace(changed, 2, &web_config("processPath=\"dotnet\""));
        let published = client.inbox.iter().filter_map(|message| message["params"]["uri"].as_str());
        assert_eq!(published.collect::<Vec<_>>(), [WEB, below]);
    }
}

#[test]
fn a_repair_mends_what_it_is_for() {
    let mut client = Client::new(&CATALOG, Disk::default());
    let text = web_config("procesPath=\"dotnet\" stdoutLogEnabled=\"ture\"");
    client.open(WEB, &text);
    let actions = client.actions(json!(["quickfix"]));
    let action = actions.iter().find(|action| action["diagnostics"][0]["code"] == "own.bad-value");
    let action = action.expect("an action");
    assert_eq!(action["title"], "Change stdoutLogEnabled from \"ture\" to \"true\"");
    assert_eq!((&action["kind"], &action["isPreferred"]), (&json!("quickfix"), &json!(true)));
    client.replace(WEB, 2, &applied(&text, action));
    assert!(!client.codes(WEB).contains(&"own.bad-value"), "{:?}", client.codes(WEB));
    assert!(client.codes(WEB).contains(&"own.unknown-attribute"));
}

#[test]
fn all_safe_repairs_are_made_at_once_and_no_other() {
    let mut client = Client::new(&CATALOG, Disk::default());
    let text = web_config("procesPath=\"dotnet\" stdoutLogEnabled=\"ture\"");
    client.open(WEB, &text);
    let actions = client.actions(json!(["source.fixAll"]));
    let [action] = actions.as_slice() else { panic!("{actions:?}") };
    assert_eq!(action["kind"], "source.fixAll.falconer");
    let mended = applied(&text, action);
    assert_eq!(mended, web_config("processPath=\"dotnet\" stdoutLogEnabled=\"true\""));
    client.replace(WEB, 2, &mended);
    assert_eq!(client.codes(WEB), ["own.stdout-log-enabled"], "its repair is not safe");
    assert_eq!(client.actions(json!(["source.fixAll"])), [Value::Null; 0]);
}

#[test]
fn a_comment_leaves_a_finding_out_and_a_wrong_one_is_told() {
    let mut client = Client::new(&CATALOG, Disk::default());
    let text = web_config("procesPath=\"dotnet\"");
    client.open(WEB, &text);
    let actions = client.actions(json!(["quickfix"]));
    let wanted = "Leave out own.unknown-attribute here, with a reason";
    let action = actions.iter().find(|action| action["title"] == wanted).expect("an action");
    let commented = applied(&text, action);
    client.replace(WEB, 2, &commented);
    assert_eq!(client.codes(WEB), [""; 0], "{commented}");
    client.replace(WEB, 3, &commented.replace("reason: say why this is meant", ""));
    assert_eq!(client.codes(WEB), ["own.unknown-attribute", "suppression-comment"]);
}

#[test]
fn settings_count_and_what_is_wrong_with_them_is_shown_once() {
    let settings = "[check]\nignore = [\"own.unknown-attribute\"]\n";
    let mut client = Client::new(&CATALOG, Disk { settings, ..Disk::default() });
    client.open(WEB, &web_config("procesPath=\"dotnet\" stdoutLogEnabled=\"ture\""));
    assert_eq!(client.codes(WEB), ["own.bad-value"]);

    let settings = "[check]\nignore = [\"own.nothing\"]\n";
    let mut client = Client::new(&CATALOG, Disk { settings, ..Disk::default() });
    client.open(WEB, &web_config("procesPath=\"dotnet\""));
    client.replace(WEB, 2, &web_config("procesPath=\"dotnet \""));
    assert_eq!(client.codes(WEB), ["own.unknown-attribute"]);
    let shown: Vec<&Value> = client.inbox.iter().filter(|m| m["method"] == "window/showMessage").collect();
    let [one] = shown.as_slice() else { panic!("{shown:?}") };
    assert!(one["params"]["message"].as_str().is_some_and(|text| text.contains("own.nothing")), "{one}");
}

#[test]
fn no_message_or_title_shows_a_secret() {
    let mut client = Client::new(&CATALOG, Disk::default());
    client.open(WEB, &web_config("processPath=\"dotnet\" stdoutLogEnabled=\"Password=hunter2secret\""));
    assert_eq!(client.codes(WEB), ["own.bad-value"]);
    assert!(!client.shown(WEB).to_string().contains("hunter2secret"), "{}", client.shown(WEB));
    for action in client.actions(Value::Null) {
        assert!(!action["title"].to_string().contains("hunter2secret"), "{action}");
    }
}

#[test]
fn a_hover_tells_the_page_of_the_check_and_the_schema() {
    let mut client = Client::new(&CATALOG, Disk::default());
    client.open(WEB, &web_config("processPath=\"dotnet\" stdoutLogEnabled=\"ture\""));
    let position = json!({ "line": 5, "character": 59 });
    let response =
        client.ask("textDocument/hover", json!({ "textDocument": { "uri": WEB }, "position": position }));
    let text = response["result"]["contents"]["value"].as_str().expect("a text");
    for part in [
        "# A value that IIS does not take",
        "https://github.com/falconer-tool/falconer/blob/main/docs/failures/own-checks.md",
        "\n---\n",
        "`stdoutLogEnabled` of `<aspNetCore>`",
    ] {
        assert!(text.contains(part), "{part} in {text}");
    }
}

#[test]
fn how_a_file_is_stored_is_known_from_the_disk_alone() {
    let text = "<?xml version=\"1.0\" encoding=\"utf-16\"?>\n<configuration />";
    let mut new = Client::new(&CATALOG, Disk::default());
    new.open(WEB, text);
    assert_eq!(new.codes(WEB), [""; 0], "an editor may yet store it as it says");
    let files: Vec<(&str, &[u8])> =
        vec![("web.config", b"<?xml version=\"1.0\" encoding=\"utf-16\"?>\n<configuration />")];
    let mut client = Client::new(&CATALOG, Disk { files, ..Disk::default() });
    client.open(WEB, text);
    assert_eq!(client.codes(WEB), ["own.encoding-mismatch"]);
}

#[test]
fn a_huge_document_is_not_looked_at_and_told_once() {
    let mut client = Client::new(&CATALOG, Disk::default());
    let text = format!("{}<!--{}-->", web_config("procesPath=\"dotnet\""), "x".repeat(4 << 20));
    client.open(WEB, &text);
    assert_eq!(client.shown(WEB)["diagnostics"], json!([]));
    client.replace(WEB, 2, &text);
    assert_eq!(client.logged(), ["web.config has more than 4 MiB and is not checked"]);
    client.replace(WEB, 3, &web_config("procesPath=\"dotnet\""));
    assert_eq!(client.codes(WEB), ["own.unknown-attribute"]);
}

#[test]
fn messages_that_are_none_are_refused_and_end_nothing() {
    let mut client = Client::new(&CATALOG, Disk::default());
    for (message, code) in [
        (&b"{"[..], -32700),
        (b"\xff", -32700),
        (b"[]", -32600),
        (b"{\"jsonrpc\":\"1.0\",\"id\":7,\"method\":\"x\"}", -32600),
    ] {
        client.server.receive(message);
        client.run();
        let last = client.inbox.pop().expect("an error");
        assert_eq!((&last["error"]["code"], &last["id"]), (&json!(code), &Value::Null), "{last}");
    }
    assert_eq!(client.ask("workspace/nothing", json!({}))["error"]["code"], -32601);
    assert_eq!(client.ask("textDocument/hover", json!({ "position": 1 }))["error"]["code"], -32602);
    client.tell("textDocument/didOpen", json!({ "textDocument": 5 }));
    assert!(client.logged().last().is_some_and(|text| text.starts_with("textDocument/didOpen: ")));
    client.send(json!({ "jsonrpc": "2.0", "id": 99, "result": null }));
    client.open(WEB, &web_config("procesPath=\"dotnet\""));
    assert_eq!(client.codes(WEB), ["own.unknown-attribute"]);
}

#[test]
fn a_waiting_request_can_be_cancelled() {
    let mut client = Client::new(&CATALOG, Disk::default());
    client.open(WEB, &web_config("procesPath=\"dotnet\""));
    let params = json!({ "textDocument": { "uri": WEB }, "position": { "line": 5, "character": 18 } });
    for id in ["a", "b"] {
        client.send(json!({ "jsonrpc": "2.0", "id": id, "method": "textDocument/hover", "params": params }));
    }
    client.send(json!({ "jsonrpc": "2.0", "method": "$/cancelRequest", "params": { "id": "a" } }));
    client.send(json!({ "jsonrpc": "2.0", "method": "$/cancelRequest", "params": { "id": "nobody" } }));
    client.run();
    let answer = |id: &str| client.inbox.iter().find(|message| message["id"] == id).expect("an answer");
    assert_eq!(answer("a")["error"]["code"], -32800);
    assert!(answer("b")["result"].is_object());
}

#[test]
fn changes_in_a_row_are_looked_at_once() {
    let mut client = Client::new(&CATALOG, Disk::default());
    client.open(WEB, "");
    client.inbox.clear();
    for version in 2..10 {
        let text = web_config(&format!("procesPath=\"dotnet{version}\""));
        let document = json!({ "uri": WEB, "version": version });
        let params = json!({ "textDocument": document, "contentChanges": [{ "text": text }] });
        client.send(json!({ "jsonrpc": "2.0", "method": "textDocument/didChange", "params": params }));
    }
    client.run();
    assert_eq!(client.inbox.len(), 1);
    assert_eq!(client.shown(WEB)["version"], 9);
}

#[test]
fn a_panic_is_told_and_ends_nothing() {
    let mut client = Client::new(&CATALOG, Disk { panics: true, ..Disk::default() });
    client.open(WEB, &web_config("procesPath=\"dotnet\""));
    assert!(client.logged().last().is_some_and(|text| text.contains("a bug in Falconer")));
    client.tell("textDocument/didSave", json!({ "textDocument": { "uri": WEB } }));
    let range = json!({ "start": { "line": 0, "character": 0 }, "end": { "line": 0, "character": 0 } });
    let params = json!({ "textDocument": { "uri": WEB }, "range": range, "context": { "diagnostics": [] } });
    assert_eq!(client.ask("textDocument/codeAction", params)["error"]["code"], -32603);
    client.server.surroundings.panics = false;
    client.tell("textDocument/didSave", json!({ "textDocument": { "uri": WEB } }));
    assert_eq!(client.codes(WEB), ["own.unknown-attribute"]);
}

#[test]
fn lost_messages_end_what_is_said_until_the_document_opens_again() {
    let mut client = Client::new(&CATALOG, Disk::default());
    client.open(WEB, &web_config("procesPath=\"dotnet\""));
    client.server.lose("too much");
    client.replace(WEB, 2, &web_config("procesPath=\"dotnet\""));
    assert_eq!(client.shown(WEB)["diagnostics"], json!([]));
    client.open(WEB, &web_config("procesPath=\"dotnet\""));
    assert_eq!(client.codes(WEB), ["own.unknown-attribute"]);
}

#[test]
fn the_conversation_begins_and_ends_in_order() {
    let mut early =
        Client { server: LanguageServer::new(&CATALOG, Disk::default()), inbox: Vec::new(), asked: 0 };
    assert_eq!(early.ask("textDocument/hover", json!({}))["error"]["code"], -32002);
    early.open(WEB, "<");
    assert_eq!(early.inbox, [Value::Null; 0], "notifications before initialize are dropped");
    assert_eq!(early.server.hang_up(), Ending::Abrupt);
    early.tell("exit", Value::Null);
    assert_eq!(early.server.ended(), Some(Ending::Abrupt));

    let mut client = Client::new(&CATALOG, Disk::default());
    assert_eq!(client.ask("initialize", json!({}))["error"]["code"], -32600);
    assert_eq!(client.server.ended(), None);
    assert_eq!(client.ask("shutdown", Value::Null)["result"], Value::Null);
    assert_eq!(client.server.hang_up(), Ending::Orderly);
    assert_eq!(client.ask("textDocument/hover", json!({}))["error"]["code"], -32600);
    client.tell("exit", Value::Null);
    assert_eq!(client.server.ended(), Some(Ending::Orderly));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]
    #[test]
    fn whatever_is_typed_is_answered(
        parts in proptest::collection::vec(
            prop::sample::select(vec![
                "<", ">", "/>", "</", "=\"", "\"", "'", " ", "\r\n", "<!--", "-->", "<![CDATA[", "&", "😀", "ture", "...",
                "<configuration>", "<system.webServer>", "<aspNetCore", " procesPath=\"dotnet\"", " hostingModel=\"x\"",
                "</aspNetCore>", "</system.webServer>", "</configuration>", "<handlerSettings>", "<!-- falconer: ignore[",
            ]),
            0..24,
        )
    ) {
        let text = parts.concat();
        let mut client = Client::new(&CATALOG, Disk::default());
        client.open(WEB, &text);
        client.actions(Value::Null);
        for line in 0..4 {
            for character in [0, 1, 3, 9, 17, 40] {
                let position = json!({ "line": line, "character": character });
                let params = json!({ "textDocument": { "uri": WEB }, "position": position });
                for method in ["textDocument/hover", "textDocument/completion"] {
                    let answer = client.ask(method, params.clone());
                    prop_assert!(answer.get("error").is_none(), "{} {:?}", answer, text);
                }
            }
        }
        prop_assert!(client.logged().is_empty(), "{:?} {:?}", client.logged(), text);
    }
}

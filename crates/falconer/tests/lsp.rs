//! A session of an editor with `falconer lsp` over standard input and output.

#![allow(clippy::expect_used, reason = "a test stops where something is not as it must be")]

use std::fs;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use serde_json::{Value, json};
use tempfile::TempDir;

/// Checks of these tests; those of the catalogue may change.
const CHECKS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../lsp/tests/data");

/// An editor with one document.
struct Editor {
    child: Child,
    input: Option<ChildStdin>,
    output: BufReader<ChildStdout>,
    uri: String,
    text: String,
    version: i32,
    asked: i32,
}

impl Editor {
    fn start(file: &Path, arguments: &[&str]) -> Editor {
        let mut command = Command::new(env!("CARGO_BIN_EXE_falconer"));
        command
            .env_clear()
            .env("LC_ALL", "C.UTF-8")
            .args(["--catalog", CHECKS, "lsp", "--stdio"])
            .args(arguments);
        // Windows cannot start threads without it.
        command.envs(std::env::var_os("SystemRoot").map(|root| ("SystemRoot", root)));
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("the program");
        let path = file.to_str().expect("a path").replace('\\', "/");
        Editor {
            input: child.stdin.take(),
            output: BufReader::new(child.stdout.take().expect("its output")),
            child,
            uri: format!(
                "file://{}{}",
                if path.starts_with('/') { "" } else { "/" },
                path.replace(' ', "%20")
            ),
            text: fs::read_to_string(file).unwrap_or_default(),
            version: 0,
            asked: 0,
        }
    }

    fn raw(&mut self, bytes: &[u8]) {
        let input = self.input.as_mut().expect("an open input");
        input.write_all(bytes).and_then(|()| input.flush()).expect("the server reads");
    }

    fn send(&mut self, message: &Value) {
        let text = message.to_string();
        self.raw(format!("Content-Length: {}\r\n\r\n{text}", text.len()).as_bytes());
    }

    fn tell(&mut self, method: &str, params: Value) {
        self.send(&json!({ "jsonrpc": "2.0", "method": method, "params": params }));
    }

    /// The next message of the server.
    fn next(&mut self) -> Value {
        let mut length = 0;
        loop {
            let mut line = String::new();
            assert_ne!(self.output.read_line(&mut line).expect("a header"), 0, "the server left");
            match line.trim_end().split_once(": ") {
                Some((_, value)) => length = value.parse().expect("a length"),
                None => break,
            }
        }
        let mut content = vec![0; length];
        self.output.read_exact(&mut content).expect("a message");
        serde_json::from_slice(&content).expect("JSON")
    }

    /// The first message that is wanted; those before it are dropped.
    fn wait(&mut self, wanted: impl Fn(&Value) -> bool) -> Value {
        loop {
            let message = self.next();
            if wanted(&message) {
                return message;
            }
        }
    }

    fn ask(&mut self, method: &str, params: Value) -> Value {
        self.asked += 1;
        let id = self.asked;
        self.send(&json!({ "jsonrpc": "2.0", "id": id, "method": method, "params": params }));
        let answer = self.wait(|message| message["id"] == id && message.get("method").is_none());
        assert_eq!(answer.get("error"), None, "{method}");
        answer["result"].clone()
    }

    fn initialize(&mut self, encodings: Value) -> Value {
        let result = self.ask(
            "initialize",
            json!({
                "processId": std::process::id(),
                "rootUri": null,
                "capabilities": {
                    "general": { "positionEncodings": encodings },
                    "workspace": { "workspaceEdit": { "documentChanges": true } },
                    "textDocument": {
                        "publishDiagnostics": { "codeDescriptionSupport": true },
                        "codeAction": { "codeActionLiteralSupport": { "codeActionKind": { "valueSet": [] } } },
                        "completion": { "completionItem": { "snippetSupport": true } },
                        "hover": { "contentFormat": ["markdown", "plaintext"] },
                    },
                },
            }),
        );
        self.tell("initialized", json!({}));
        result
    }

    /// Opens the document and gives the codes of its diagnostics.
    fn open(&mut self) -> Vec<String> {
        self.version += 1;
        let item =
            json!({ "uri": self.uri, "languageId": "xml", "version": self.version, "text": self.text });
        self.tell("textDocument/didOpen", json!({ "textDocument": item }));
        self.codes()
    }

    /// The diagnostics of the version that is open.
    fn diagnostics(&mut self) -> Vec<Value> {
        let version = self.version;
        let published = self.wait(|message| {
            message["method"] == "textDocument/publishDiagnostics" && message["params"]["version"] == version
        });
        published["params"]["diagnostics"].as_array().expect("a list").clone()
    }

    fn codes(&mut self) -> Vec<String> {
        let diagnostics = self.diagnostics();
        let codes = diagnostics.iter().filter_map(|one| one["code"].as_str().map(str::to_owned));
        codes.filter(|code| code.starts_with("own.")).collect()
    }

    /// The edits of an action, as changes of the document that are sent back one by one, the last ones first.
    fn apply(&mut self, action: &Value) {
        let changed = &action["edit"]["documentChanges"][0];
        assert_eq!(changed["textDocument"], json!({ "uri": self.uri, "version": self.version }));
        let mut edits = changed["edits"].as_array().expect("edits").clone();
        edits.sort_by_key(|edit| {
            let start = &edit["range"]["start"];
            (start["line"].as_u64(), start["character"].as_u64())
        });
        edits.reverse();
        self.change(
            edits.iter().map(|edit| json!({ "range": edit["range"], "text": edit["newText"] })).collect(),
        );
    }

    fn change(&mut self, changes: Vec<Value>) {
        for change in &changes {
            let text = change["text"].as_str().expect("a text");
            match change.get("range") {
                Some(range) => {
                    let span = self.offset(&range["start"])..self.offset(&range["end"]);
                    self.text.replace_range(span, text);
                }
                None => text.clone_into(&mut self.text),
            }
        }
        self.version += 1;
        let document = json!({ "uri": self.uri, "version": self.version });
        self.tell("textDocument/didChange", json!({ "textDocument": document, "contentChanges": changes }));
    }

    /// The byte of a position in UTF-16.
    fn offset(&self, position: &Value) -> usize {
        let number =
            |name: &str| usize::try_from(position[name].as_u64().expect("a number")).expect("it fits");
        let start: usize = self.text.split_inclusive('\n').take(number("line")).map(str::len).sum();
        let mut units = 0;
        let line = self.text.get(start..).expect("the line");
        let within = line.char_indices().find(|(_, c)| {
            let found = units >= number("character");
            units += c.len_utf16();
            found
        });
        within.map_or(self.text.len(), |(at, _)| start + at)
    }

    fn position(&self, needle: &str) -> Value {
        let at = self.text.find(needle).expect("the needle");
        let before = self.text.get(..at).expect("a text");
        let line = before.rsplit('\n').next().unwrap_or_default();
        json!({ "line": before.matches('\n').count(), "character": line.encode_utf16().count() })
    }

    /// A request about the place of a text.
    fn at(&mut self, method: &str, needle: &str) -> Value {
        let params = json!({ "textDocument": { "uri": self.uri }, "position": self.position(needle) });
        self.ask(method, params)
    }

    fn actions(&mut self, only: &str) -> Vec<Value> {
        let range = json!({ "start": { "line": 0, "character": 0 }, "end": { "line": 99, "character": 0 } });
        let context = json!({ "diagnostics": [], "only": [only] });
        let params = json!({ "textDocument": { "uri": self.uri }, "range": range, "context": context });
        self.ask("textDocument/codeAction", params).as_array().expect("actions").clone()
    }

    /// Says good-bye and gives the exit code.
    fn leave(mut self) -> Option<i32> {
        self.ask("shutdown", Value::Null);
        self.tell("exit", Value::Null);
        self.child.wait().expect("an end").code()
    }

    /// Closes standard input and gives the exit code.
    fn hang_up(mut self) -> Option<i32> {
        self.input = None;
        self.child.wait().expect("an end").code()
    }
}

/// A published folder whose web.config has that element.
fn published(asp_net_core: &str) -> TempDir {
    let dir = TempDir::new().expect("a folder");
    let config = format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\r\n<configuration>\r\n  <!-- größer 😀 --><system.webServer>\r\n    <handlers>\r\n      <add name=\"aspNetCore\" path=\"*\" verb=\"*\" modules=\"AspNetCoreModuleV2\" resourceType=\"Unspecified\" />\r\n    </handlers>\r\n    {asp_net_core}\r\n  </system.webServer>\r\n</configuration>\r\n"
    );
    fs::write(dir.path().join("web.config"), config).expect("web.config");
    let runtimeconfig = "{ \"runtimeOptions\": { \"tfm\": \"net8.0\", \"frameworks\": [{ \"name\": \"Microsoft.NETCore.App\", \"version\": \"8.0.0\" }] } }";
    fs::write(dir.path().join("App.runtimeconfig.json"), runtimeconfig).expect("App.runtimeconfig.json");
    dir
}

#[test]
fn a_session_finds_repairs_completes_explains_and_ends() {
    let dir = published(
        "<!-- 😀 --><aspNetCore procesPath=\"dotnet\" arguments=\".\\App.dll\" stdoutLogEnabled=\"ture\" />",
    );
    let mut editor = Editor::start(&dir.path().join("web.config"), &[]);
    let abilities = editor.initialize(json!(["utf-16"]));
    assert_eq!(abilities["capabilities"]["positionEncoding"], "utf-16");
    assert_eq!(abilities["capabilities"]["textDocumentSync"]["change"], 2, "incremental");
    assert_eq!(editor.open(), ["own.unknown-attribute", "own.bad-value"]);

    // One repair by hand, the rest at once; the editor sends back what it was given.
    let actions = editor.actions("quickfix");
    let repair = actions.iter().find(|action| action["diagnostics"][0]["code"] == "own.bad-value");
    let repair = repair.expect("a repair").clone();
    editor.apply(&repair);
    assert_eq!(editor.codes(), ["own.unknown-attribute", "own.stdout-log-enabled"]);
    let all = editor.actions("source.fixAll.falconer");
    editor.apply(all.first().expect("a repair of all"));
    assert!(
        editor.text.contains("<!-- 😀 --><aspNetCore processPath=\"dotnet\" arguments"),
        "{}",
        editor.text
    );
    // Now that the program is known, the folder tells that its dll is missing.
    assert_eq!(editor.codes(), ["own.arguments-target-missing", "own.stdout-log-enabled"]);

    let hover = editor.at("textDocument/hover", "App.dll");
    let text = hover["contents"]["value"].as_str().expect("a text");
    assert!(
        text.contains("# The dll that is started is not there") && text.contains("`arguments` of"),
        "{text}"
    );

    // What is saved elsewhere is seen when the editor says so.
    fs::write(dir.path().join("App.dll"), "no image, but there").expect("App.dll");
    let saved = json!({ "textDocument": { "uri": editor.uri } });
    editor.tell("textDocument/didSave", saved);
    assert!(!editor.codes().contains(&"own.arguments-target-missing".to_owned()));

    let end = editor.position(" />\r\n  </system");
    editor.change(vec![json!({ "range": { "start": end, "end": end }, "text": " h" })]);
    editor.diagnostics();
    let params = json!({
        "textDocument": { "uri": editor.uri },
        "position": { "line": end["line"], "character": end["character"].as_u64().expect("a number") + 2 },
    });
    let completion = editor.ask("textDocument/completion", params);
    let items = completion["items"].as_array().expect("items");
    let model = items.iter().find(|item| item["label"] == "hostingModel").expect("the attribute");
    assert_eq!(model["textEdit"]["newText"], "hostingModel=\"$1\"$0");
    assert!(!items.iter().any(|item| item["label"] == "processPath"), "it is given already");

    assert_eq!(editor.leave(), Some(0));
    let stored = fs::read_to_string(dir.path().join("web.config")).expect("the file");
    assert!(stored.contains("procesPath"), "the server writes nothing");
}

#[test]
fn a_client_with_utf_8_gets_columns_in_bytes() {
    let dir = published("<!-- 😀 --><aspNetCore procesPath=\"dotnet\" />");
    let mut editor = Editor::start(&dir.path().join("web.config"), &[]);
    let abilities = editor.initialize(json!(["utf-8", "utf-16"]));
    assert_eq!(abilities["capabilities"]["positionEncoding"], "utf-8");
    editor.version = 1;
    let item = json!({ "uri": editor.uri, "languageId": "xml", "version": 1, "text": editor.text });
    editor.tell("textDocument/didOpen", json!({ "textDocument": item }));
    let found = editor.diagnostics().into_iter().find(|one| one["code"] == "own.unknown-attribute");
    let range = found.expect("the finding")["range"].clone();
    assert_eq!((&range["start"]["character"], &range["end"]["character"]), (&json!(29), &json!(39)));
    assert_eq!(editor.leave(), Some(0));
}

#[test]
fn comments_and_the_closest_settings_leave_findings_out() {
    let dir = published("<aspNetCore procesPath=\"dotnet\" stdoutLogEnabled=\"ture\" />");
    let file = dir.path().join("web.config");
    let mut editor = Editor::start(&file, &[]);
    editor.initialize(Value::Null);
    assert_eq!(editor.open().len(), 2);
    fs::write(dir.path().join("falconer.toml"), "[check]\nignore = [\"own.bad-value\"]\n").expect("settings");
    editor.tell("workspace/didChangeWatchedFiles", json!({ "changes": [] }));
    assert_eq!(editor.codes(), ["own.unknown-attribute"]);
    let actions = editor.actions("quickfix");
    let wanted = "Leave out own.unknown-attribute here, with a reason";
    let comment = actions.iter().find(|action| action["title"] == wanted);
    editor.apply(&comment.expect("an action").clone());
    assert_eq!(editor.codes(), [""; 0], "{}", editor.text);
    assert!(editor.text.contains("<!-- falconer: ignore[own.unknown-attribute] reason: "), "{}", editor.text);
    fs::write(dir.path().join("falconer.toml"), "check = 1\n").expect("settings");
    editor.tell("textDocument/didSave", json!({ "textDocument": { "uri": editor.uri } }));
    let shown = editor.wait(|message| message["method"] == "window/showMessage");
    assert!(
        shown["params"]["message"].as_str().is_some_and(|text| text.contains("falconer.toml")),
        "{shown}"
    );
    assert_eq!(editor.leave(), Some(0));
}

#[test]
fn bad_messages_do_not_end_the_session() {
    let dir = published("<aspNetCore procesPath=\"dotnet\" />");
    let mut editor = Editor::start(&dir.path().join("web.config"), &["--target", "azure"]);
    editor.raw(b"Content-Length: 1\r\n\r\n{");
    assert_eq!(editor.next()["error"]["code"], -32700);
    editor.raw(b"nonsense\r\n\r\n");
    editor.raw(b"Content-Length: 4\r\n\r\n\xff\xfe{}");
    assert_eq!(editor.wait(|message| message.get("error").is_some())["error"]["code"], -32700);
    editor.initialize(json!(["utf-16"]));
    assert_eq!(editor.open(), ["own.unknown-attribute"]);
    editor.send(&json!({ "jsonrpc": "2.0", "id": 77, "method": "workspace/nothing" }));
    assert_eq!(editor.wait(|message| message["id"] == 77)["error"]["code"], -32601);
    assert_eq!(editor.leave(), Some(0));
}

#[test]
fn the_exit_code_says_whether_the_client_left_in_order() {
    let dir = published("<aspNetCore />");
    let file = dir.path().join("web.config");
    let mut editor = Editor::start(&file, &[]);
    editor.initialize(Value::Null);
    editor.tell("exit", Value::Null);
    assert_eq!(editor.child.wait().expect("an end").code(), Some(1), "exit without shutdown");
    let mut editor = Editor::start(&file, &[]);
    editor.initialize(Value::Null);
    assert_eq!(editor.hang_up(), Some(1), "the input ends");
    let mut editor = Editor::start(&file, &[]);
    editor.initialize(Value::Null);
    editor.ask("shutdown", Value::Null);
    assert_eq!(editor.hang_up(), Some(0), "the input ends after shutdown");
}

#[test]
fn what_cannot_be_used_is_said_and_the_rest_is_checked() {
    let dir = published("<aspNetCore procesPath=\"dotnet\" />");
    let mut editor = Editor::start(&dir.path().join("web.config"), &["--inventory", "/nobody/has/this"]);
    editor.initialize(Value::Null);
    let codes = {
        editor.version = 1;
        let item = json!({ "uri": editor.uri, "languageId": "xml", "version": 1, "text": editor.text });
        editor.tell("textDocument/didOpen", json!({ "textDocument": item }));
        let shown = editor.wait(|message| message["method"] == "window/showMessage");
        assert!(shown["params"]["message"].as_str().is_some_and(|text| text.contains("nobody")), "{shown}");
        editor.codes()
    };
    assert_eq!(codes, ["own.unknown-attribute"]);
    assert_eq!(editor.leave(), Some(0));
}

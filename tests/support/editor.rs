//! An editor of text as `kezako lsp` meets it: a client over standard input and output.

use std::collections::{BTreeMap, VecDeque};
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use super::LIMIT;

/// An editor with a language server that it has started.
pub(crate) struct Editor {
    child: Child,
    input: Option<ChildStdin>,
    inbox: Receiver<Value>,
    next: i64,
    /// Notifications that were not waited for yet.
    notes: VecDeque<Value>,
    /// What was last published, by URI.
    pub(crate) problems: BTreeMap<String, Value>,
}

impl Drop for Editor {
    fn drop(&mut self) {
        // It has mostly ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Editor {
    /// Starts a server and says nothing to it.
    pub(crate) fn silent(command: &mut Command) -> Self {
        let mut child = command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::inherit())
            .spawn()
            .expect("the server starts");
        let mut output = BufReader::new(child.stdout.take().expect("standard output is piped"));
        let (tell, inbox) = channel();
        thread::spawn(move || {
            while let Some(message) = read(&mut output) {
                if tell.send(message).is_err() {
                    return;
                }
            }
        });
        Self {
            input: child.stdin.take(),
            child,
            inbox,
            next: 1,
            notes: VecDeque::new(),
            problems: BTreeMap::new(),
        }
    }

    /// Starts a server with a folder open; gives its answer to `initialize` too.
    pub(crate) fn begin(command: &mut Command, folder: &Path, capabilities: Value) -> (Self, Value) {
        let mut editor = Self::silent(command);
        let folder = json!([{"uri": uri(folder), "name": "site"}]);
        let params =
            json!({"processId": null, "rootUri": null, "capabilities": capabilities, "workspaceFolders": folder});
        let answer = editor.ask("initialize", params);
        editor.tell("initialized", json!({}));
        (editor, answer["result"].clone())
    }

    /// Sends bytes as they are.
    pub(crate) fn send(&mut self, bytes: &[u8]) {
        let input = self.input.as_mut().expect("standard input is open");
        input
            .write_all(bytes)
            .and_then(|()| input.flush())
            .expect("the server reads");
    }

    /// Sends a message.
    pub(crate) fn message(&mut self, message: &Value) {
        let text = message.to_string();
        self.send(format!("Content-Length: {}\r\n\r\n{text}", text.len()).as_bytes());
    }

    /// Sends a notification.
    pub(crate) fn tell(&mut self, method: &str, params: Value) {
        self.message(&json!({"jsonrpc": "2.0", "method": method, "params": params}));
    }

    /// Sends a request and waits for its answer, the whole message.
    #[track_caller]
    pub(crate) fn ask(&mut self, method: &str, params: Value) -> Value {
        let id = self.next;
        self.next += 1;
        self.message(&json!({"jsonrpc": "2.0", "id": id, "method": method, "params": params}));
        let answer = self.receive(|message| message["id"] == id && message.get("method").is_none());
        answer.unwrap_or_else(|| panic!("no answer to {method}"))
    }

    /// Waits for a message, and keeps the notifications that come before it. None where nothing such comes in time, or nothing at all.
    pub(crate) fn receive(&mut self, wanted: impl Fn(&Value) -> bool) -> Option<Value> {
        let end = Instant::now() + LIMIT;
        loop {
            match self.inbox.recv_timeout(end.saturating_duration_since(Instant::now())) {
                Ok(message) => {
                    self.note(&message);
                    if wanted(&message) {
                        return Some(message);
                    }
                    self.notes.push_back(message);
                }
                Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => return None,
            }
        }
    }

    fn note(&mut self, message: &Value) {
        if message["method"] == "textDocument/publishDiagnostics" {
            let uri = message["params"]["uri"].as_str().unwrap_or_default().to_owned();
            self.problems.insert(uri, message["params"].clone());
        }
    }

    /// Waits for the problems of a version of a file.
    #[track_caller]
    pub(crate) fn problems_of(&mut self, uri: &str, version: i64) -> Vec<Value> {
        let fresh = |params: &Value| params["uri"] == uri && params["version"] == version;
        if self.problems.get(uri).is_none_or(|params| !fresh(params)) {
            let found = self.receive(|message| fresh(&message["params"]));
            assert!(found.is_some(), "nothing was published of {uri}, version {version}");
        }
        self.problems[uri]["diagnostics"]
            .as_array()
            .cloned()
            .unwrap_or_default()
    }

    /// Asks for the answer about a place of a document, as line and character.
    #[track_caller]
    pub(crate) fn at(&mut self, method: &str, uri: &str, (line, character): (usize, usize)) -> Value {
        let position = json!({"line": line, "character": character});
        let answer = self.ask(method, json!({"textDocument": {"uri": uri}, "position": position}));
        assert!(answer.get("error").is_none(), "{answer}");
        answer["result"].clone()
    }

    /// Opens a document.
    pub(crate) fn open(&mut self, uri: &str, text: &str) {
        let document = json!({"uri": uri, "languageId": "markdown", "version": 1, "text": text});
        self.tell("textDocument/didOpen", json!({"textDocument": document}));
    }

    /// Changes a document as a whole.
    pub(crate) fn change(&mut self, uri: &str, version: i64, text: &str) {
        self.edit(uri, version, json!([{"text": text}]));
    }

    /// Changes a document.
    pub(crate) fn edit(&mut self, uri: &str, version: i64, changes: Value) {
        let document = json!({"uri": uri, "version": version});
        self.tell(
            "textDocument/didChange",
            json!({"textDocument": document, "contentChanges": changes}),
        );
    }

    /// Ends standard input, and waits for the server's exit code.
    #[track_caller]
    pub(crate) fn hang_up(mut self) -> Option<i32> {
        self.input = None;
        self.exit_code()
    }

    /// Waits for the server's exit code.
    #[track_caller]
    pub(crate) fn exit_code(&mut self) -> Option<i32> {
        let end = Instant::now() + LIMIT;
        while Instant::now() < end {
            if let Some(status) = self.child.try_wait().expect("the server can be waited for") {
                return status.code();
            }
            thread::sleep(Duration::from_millis(3));
        }
        panic!("the server does not end");
    }
}

/// Reads one message; none at the end.
fn read(from: &mut impl BufRead) -> Option<Value> {
    let mut length = 0;
    loop {
        let mut line = String::new();
        if from.read_line(&mut line).ok()? == 0 {
            return None;
        }
        match line.trim_end() {
            "" => break,
            line => length = line.strip_prefix("Content-Length: ")?.parse().ok()?,
        }
    }
    let mut bytes = vec![0; length];
    from.read_exact(&mut bytes).ok()?;
    Some(serde_json::from_slice(&bytes).expect("the server sends JSON"))
}

/// The URI of a path without odd characters.
pub(crate) fn uri(path: &Path) -> String {
    format!("file://{}", path.display())
}

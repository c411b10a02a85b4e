//! The language server: tells an editor of text what Kézako has to say, while its user types (Language Server Protocol 3.17).
//!
//! One thread answers, in the order of what comes in; another reads the editor's messages, and one for each site follows its files. While more is
//! waiting, nothing is published, so fast typing costs one reading of the site and not one for each letter.

mod answers;
mod convert;
mod lines;
mod site;
mod uri;
mod wire;

use std::collections::HashMap;
use std::io::{self, BufReader};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, TryRecvError, channel};
use std::{fs, thread};

use gen_lsp_types as protocol;
use lsp_server::{ErrorCode, Message, Notification, Request};
use protocol::{
    CodeActionKind, CodeActionOptions, CodeActionProvider, CompletionOptions, DidChangeTextDocumentParams,
    DidCloseTextDocumentParams, DidOpenTextDocumentParams, InitializeResult, LogMessageParams, MessageType, Range,
    ServerCapabilities, ServerInfo, TextDocumentContentChangeEvent as Change, TextDocumentPositionParams,
    TextDocumentSyncKind, TextDocumentSyncOptions, Uri,
};
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::failure::Failure;
use crate::phrase::{Phrase, say};
use crate::site::Options;
use crate::tongue::Tongue;
use convert::Client;
use lines::Lines;
use site::{News, Site, locate};
use wire::{Incoming, Output};

/// After these an editor asks what can be written, as it does where a word begins: a source, a passage, a file, a role or quoted words.
const TRIGGERS: [&str; 4] = ["@", ":", "(", " "];

/// Something to attend to.
#[derive(Debug)]
enum Event {
    Incoming(Incoming),
    /// The editor is gone.
    Closed,
    Files(News),
}

/// A document that the editor has open.
#[derive(Debug)]
struct Document {
    uri: Uri,
    version: i32,
    text: String,
    /// The site (an index) and the path there; `None` outside all sites.
    place: Option<(usize, Arc<str>)>,
}

/// The server.
struct Server<W> {
    options: Options,
    /// The language of messages where the editor names none.
    tongue: Tongue,
    /// What the editor understands; `None` before it has said so.
    client: Option<Client>,
    out: Output<W>,
    outbox: Sender<Event>,
    sites: Vec<Site>,
    documents: HashMap<Uri, Document>,
    /// Whether the editor has asked to end.
    shut: bool,
}

/// What a request comes to: its answer, or a code and why there is none.
type Answer = Result<Value, (i32, String)>;

/// Serves an editor over standard input and output until it ends. `root` is a site to begin with; `tongue` is for an editor that names no language. True where the editor said that it would end.
pub fn serve_editor(options: &Options, root: Option<&Path>, tongue: Tongue) -> Result<bool, Failure> {
    let (outbox, inbox) = channel();
    let tell = outbox.clone();
    thread::Builder::new()
        .name("editor".to_owned())
        .spawn(move || read_all(&tell))
        .map_err(|error| Failure::io_at(say!("read"), say!("standard input"), &error))?;
    let mut server = Server {
        options: options.clone(),
        tongue,
        client: None,
        out: Output::new(io::stdout().lock()),
        outbox,
        sites: Vec::new(),
        documents: HashMap::new(),
        shut: false,
    };
    if let Some(root) = root {
        server.sites.push(Site::begin(root, options, &server.outbox)?);
    }
    // Nobody is left to be told of a pipe that is closed.
    Ok(server.run(&inbox).unwrap_or(false))
}

fn read_all(tell: &Sender<Event>) {
    let mut input = BufReader::new(io::stdin().lock());
    while let Ok(Some(incoming)) = wire::read(&mut input) {
        if tell.send(Event::Incoming(incoming)).is_err() {
            return;
        }
    }
    // Nobody listens only where the server has ended.
    let _ = tell.send(Event::Closed);
}

impl<W: io::Write> Server<W> {
    fn run(&mut self, inbox: &Receiver<Event>) -> io::Result<bool> {
        loop {
            let next = match inbox.try_recv() {
                Err(TryRecvError::Empty) => {
                    self.publish()?;
                    inbox.recv().map_err(|_| TryRecvError::Disconnected)
                }
                next => next,
            };
            match next {
                Err(_) | Ok(Event::Closed) => return Ok(false),
                Ok(Event::Files(news)) => self.hear(news)?,
                Ok(Event::Incoming(Incoming::Malformed(why))) => self.out.malformed(&why)?,
                Ok(Event::Incoming(Incoming::Message(message))) => match message {
                    Message::Notification(note) if note.method == "exit" => return Ok(self.shut),
                    Message::Notification(note) => self.notice(note)?,
                    Message::Request(request) => self.request(request)?,
                    // We ask nothing, so whatever this answers is not ours.
                    Message::Response(_) => {}
                },
            }
        }
    }

    fn request(&mut self, request: Request) -> io::Result<()> {
        let Request { id, method, params } = request;
        let refuse = |code: ErrorCode, why: &str| Err((code as i32, why.to_owned()));
        let answer = match (method.as_str(), self.client) {
            ("initialize", None) => {
                let (answer, roots) = self.initialize(&params);
                self.out.answer(id, answer)?;
                return roots.iter().try_for_each(|root| self.open_root(root));
            }
            ("initialize", Some(_)) => refuse(ErrorCode::InvalidRequest, "the server is initialized already"),
            (_, None) => refuse(ErrorCode::ServerNotInitialized, "the server is not initialized yet"),
            _ if self.shut => refuse(ErrorCode::InvalidRequest, "the server is shutting down"),
            ("shutdown", _) => {
                self.shut = true;
                Ok(Value::Null)
            }
            ("textDocument/hover", Some(client)) => self.at_place(params, &client, answers::hover),
            ("textDocument/definition", Some(client)) => self.at_place(params, &client, answers::definition),
            ("textDocument/completion", Some(client)) => self.at_place(params, &client, answers::completion),
            ("textDocument/codeAction", Some(client)) => self.actions(&params, &client),
            _ => refuse(
                ErrorCode::MethodNotFound,
                &format!("there is no request `{method}` here"),
            ),
        };
        self.out.answer(id, answer)
    }

    /// The answer to `initialize`, and the folders that are open in the editor.
    fn initialize(&mut self, params: &Value) -> (Answer, Vec<PathBuf>) {
        let client = Client::read(params, self.tongue);
        self.client = Some(client);
        let folders = params["workspaceFolders"].as_array().map_or(&[][..], Vec::as_slice);
        let uris = folders.iter().map(|folder| &folder["uri"]).chain([&params["rootUri"]]);
        let roots = uris.filter_map(|uri| uri::path(&Uri(uri.as_str()?.to_owned())));
        let sync = TextDocumentSyncOptions {
            open_close: Some(true),
            change: Some(TextDocumentSyncKind::Incremental),
            ..TextDocumentSyncOptions::default()
        };
        let capabilities = ServerCapabilities {
            position_encoding: Some(client.encoding_name()),
            text_document_sync: Some(sync.into()),
            hover_provider: Some(true.into()),
            definition_provider: Some(true.into()),
            completion_provider: Some(CompletionOptions {
                trigger_characters: Some(TRIGGERS.map(str::to_owned).into()),
                ..CompletionOptions::default()
            }),
            code_action_provider: Some(CodeActionProvider::CodeActionOptions(CodeActionOptions {
                code_action_kinds: Some(vec![CodeActionKind::QuickFix]),
                ..CodeActionOptions::default()
            })),
            ..ServerCapabilities::default()
        };
        let info = ServerInfo::new("kezako".to_owned(), Some(env!("CARGO_PKG_VERSION").to_owned()));
        let result = InitializeResult::new(capabilities, Some(info));
        (Ok(serde_json::to_value(result).unwrap_or_default()), roots.collect())
    }

    /// Opens the site that a folder of the editor's is, or lies in.
    fn open_root(&mut self, folder: &Path) -> io::Result<()> {
        // Any file of a site's folder leads to it.
        let Some((root, _)) = locate(&folder.join("kezako.yaml")) else {
            return Ok(());
        };
        self.open_site(&root).map(drop)
    }

    /// The index of a site, opened where it is not open yet.
    fn open_site(&mut self, shown: &Path) -> io::Result<Option<usize>> {
        let root = fs::canonicalize(shown).unwrap_or_else(|_| shown.to_owned());
        if let Some(at) = self.sites.iter().position(|site| site.root() == root) {
            return Ok(Some(at));
        }
        match Site::begin(shown, &self.options, &self.outbox) {
            Ok(site) => {
                self.sites.push(site);
                Ok(Some(self.sites.len() - 1))
            }
            Err(failure) => {
                self.say(MessageType::Error, &failure.told())?;
                Ok(None)
            }
        }
    }

    /// Shows our own words in the editor's log.
    fn say(&mut self, kind: MessageType, words: &Phrase) -> io::Result<()> {
        let tongue = self.client.map_or(self.tongue, |client| client.tongue);
        self.log(kind, words.in_tongue(tongue))
    }

    fn log(&mut self, kind: MessageType, message: String) -> io::Result<()> {
        let params = LogMessageParams::new(kind, message);
        self.out.send(Notification::new("window/logMessage".to_owned(), params))
    }

    fn notice(&mut self, note: Notification) -> io::Result<()> {
        if self.client.is_none() || self.shut {
            return Ok(());
        }
        let done = match note.method.as_str() {
            "textDocument/didOpen" => parse(note.params).map(|params| self.opened(params)),
            "textDocument/didChange" => parse(note.params).map(|params| self.changed(params)),
            "textDocument/didClose" => parse(note.params).map(|params| self.closed(params)),
            _ => return Ok(()),
        };
        match done {
            Ok(done) => done,
            Err((_, why)) => self.log(MessageType::Error, format!("{}: {why}", note.method)),
        }
    }

    fn opened(&mut self, params: DidOpenTextDocumentParams) -> io::Result<()> {
        let opened = params.text_document;
        let document = Document {
            uri: opened.uri.clone(),
            version: opened.version,
            text: opened.text,
            place: None,
        };
        self.settle(document)
    }

    fn changed(&mut self, params: DidChangeTextDocumentParams) -> io::Result<()> {
        let uri = params.text_document.text_document_identifier.uri;
        let (Some(mut document), Some(client)) = (self.documents.remove(&uri), self.client) else {
            return Ok(());
        };
        document.version = params.text_document.version;
        for change in params.content_changes {
            match change {
                Change::TextDocumentContentChangeWholeDocument(whole) => document.text = whole.text,
                Change::TextDocumentContentChangePartial(part) => {
                    let span = Lines::new(&document.text, client.encoding).span(part.range);
                    document.text.replace_range(span, &part.text);
                }
            }
        }
        self.settle(document)
    }

    /// Takes up a document as it is now, in the site that it belongs to. The site may have come only since the document was opened.
    fn settle(&mut self, mut document: Document) -> io::Result<()> {
        if document.place.is_none()
            && let Some((root, path)) = uri::path(&document.uri).as_deref().and_then(locate)
        {
            document.place = self.open_site(&root)?.map(|site| (site, path));
        }
        if let Some((site, path)) = &document.place {
            self.sites[*site].take(path, &document.uri, document.version, &document.text);
        }
        self.documents.insert(document.uri.clone(), document);
        Ok(())
    }

    fn closed(&mut self, params: DidCloseTextDocumentParams) -> io::Result<()> {
        if let Some(document) = self.documents.remove(&params.text_document.uri)
            && let Some((site, path)) = document.place
        {
            self.sites[site].close(&path);
        }
        Ok(())
    }

    fn hear(&mut self, mut news: News) -> io::Result<()> {
        let notice = news.notice.take();
        if let Some(site) = self.sites.iter_mut().find(|site| site.root() == news.root) {
            site.hear(news);
        }
        notice.map_or(Ok(()), |notice| self.say(MessageType::Warning, &notice))
    }

    /// Tells what has become of the problems of all sites.
    fn publish(&mut self) -> io::Result<()> {
        let Some(client) = self.client.filter(|_| !self.shut) else {
            return Ok(());
        };
        for site in &mut self.sites {
            for params in site.news(&client) {
                let note = Notification::new("textDocument/publishDiagnostics".to_owned(), params);
                self.out.send(note)?;
            }
        }
        Ok(())
    }

    /// Answers a request about a place of an open document; with `null` where that lies outside all sites.
    fn at_place(
        &mut self,
        params: Value,
        client: &Client,
        answer: fn(&mut Site, &str, usize, &Client) -> Option<Value>,
    ) -> Answer {
        let params: TextDocumentPositionParams = parse(params)?;
        let Some((site, path)) = self.place_of(&params.text_document.uri) else {
            return Ok(Value::Null);
        };
        let site = &mut self.sites[site];
        let at = convert::lines(site.sheet(), &path, client).offset(params.position);
        Ok(answer(site, &path, at, client).unwrap_or_default())
    }

    /// The changes that mend the problems at a place of an open document.
    fn actions(&mut self, params: &Value, client: &Client) -> Answer {
        // What the editor says of problems is its own copy of what we have told; only the place is asked for.
        let range: Range = parse(params["range"].clone())?;
        let uri = Uri(params["textDocument"]["uri"].as_str().unwrap_or_default().to_owned());
        let wanted = params.pointer("/context/only").and_then(Value::as_array);
        let is_wanted = wanted.is_none_or(|kinds| kinds.iter().any(|kind| kind == "quickfix" || kind == ""));
        let Some((site, path)) = self.place_of(&uri).filter(|_| is_wanted) else {
            return Ok(Value::Array(Vec::new()));
        };
        let site = &mut self.sites[site];
        let span = convert::lines(site.sheet(), &path, client).span(range);
        Ok(answers::actions(site, &path, &span, client).unwrap_or_default())
    }

    /// The site (an index) that an open document belongs to, and its path there.
    fn place_of(&self, uri: &Uri) -> Option<(usize, Arc<str>)> {
        self.documents.get(uri)?.place.clone()
    }
}

/// Reads the parameters of a message.
fn parse<T: DeserializeOwned>(params: Value) -> Result<T, (i32, String)> {
    serde_json::from_value(params).map_err(|error| (ErrorCode::InvalidParams as i32, error.to_string()))
}

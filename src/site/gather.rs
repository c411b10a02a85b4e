//! Reads every file of a tree into documents, all of them, whatever is wrong with some.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::sync::Arc;

use rayon::prelude::*;

use super::anchors::anchors;
use super::lost::lose;
use super::memo::{Known, Memo};
use super::pair::{Surroundings, pair, sort};
use super::seeds::{self, Seeds};
use super::{Entry, Options, Site};
use crate::config::{self, Config};
use crate::diagnostic::{Checked, Code, Diagnostic};
use crate::document::{Identity, Kind, Named, identify};
use crate::markdown::{self, Body, Setting};
use crate::phrase::say;
use crate::tree::{Digest, File, Tree};
use crate::yaml::{self, Fields};
use crate::{claim, event, page, source, term};

/// A content file as read, before it knows of any other.
#[derive(Debug, Clone)]
pub(super) enum Parsed {
    Source(Entry<source::Record>),
    Claim(Entry<claim::Claim>),
    Term(Entry<term::Term>),
    Event(Entry<event::Event>),
    Page(Entry<page::Page>),
    Home(Entry<page::Page>),
}

/// Documents in the order of their paths.
#[derive(Default)]
struct Unsorted {
    records: Vec<Entry<source::Record>>,
    claims: Vec<Entry<claim::Claim>>,
    terms: Vec<Entry<term::Term>>,
    events: Vec<Entry<event::Event>>,
    pages: Vec<Entry<page::Page>>,
    home: Vec<Entry<page::Page>>,
}

/// A document that is there but could not be read.
pub(super) type Hole = (Kind, Arc<str>);

/// Reads all documents of a tree, those anew that are not as the memo has them.
pub fn gather(tree: &Tree, options: &Options, memo: &mut Memo) -> Checked<Site> {
    let mut diagnostics: Vec<Diagnostic> = Vec::new();
    for unreadable in tree.unreadable() {
        let path: Arc<str> = unreadable.path.as_str().into();
        diagnostics.push(
            Diagnostic::new(
                Code::UnreadableFile,
                &path,
                0..0,
                say!("this {reason}", reason = unreadable.reason),
            )
            .help(
                if Kind::has_folder(&path) || ["content", "seeds", "templates"].contains(&&*path) {
                    say!("give yourself the right to read it if it is a folder, or move it away and make a folder of this name")
                } else {
                    say!("give yourself the right to read it, or put an ordinary file of UTF-8 text inside the site's folder in its place")
                },
            ),
        );
    }
    let settings_read = read_config(tree, &mut diagnostics);
    let has_settings = settings_read.is_some();
    let mut config = settings_read.unwrap_or_default();
    let about_settings = diagnostics.len();
    if let Some(base_url) = &options.base_url {
        config.base_url = config::base_url(base_url);
    }
    let mut site = Site::default();
    for file in tree.unreadable().iter().filter(|file| file.path.starts_with("content")) {
        lose(&mut site, &file.path.as_str().into());
    }
    memo.forget_unless(settings(tree));
    let mut documents = Vec::new();
    for (path, file) in tree.below("content") {
        if let Some(known) = memo.document(path, file) {
            documents.push(Ok(known));
            continue;
        }
        match identify(path, &config) {
            Named::Document(identity) => documents.push(Err((identity, file))),
            Named::Asset => {
                site.assets.insert(Arc::clone(path));
            }
            Named::Fault(diagnostic) => {
                lose(&mut site, path);
                diagnostics.push(diagnostic);
            }
        }
    }
    let mut unsorted = Unsorted::default();
    for known in read(documents, &config, memo) {
        diagnostics.extend_from_slice(&known.diagnostics);
        match known.parsed.clone() {
            Ok(Parsed::Source(entry)) => unsorted.records.push(entry),
            Ok(Parsed::Claim(entry)) => unsorted.claims.push(entry),
            Ok(Parsed::Term(entry)) => unsorted.terms.push(entry),
            Ok(Parsed::Event(entry)) => unsorted.events.push(entry),
            Ok(Parsed::Page(entry)) => unsorted.pages.push(entry),
            Ok(Parsed::Home(entry)) => unsorted.home.push(entry),
            Err(_) => lose(&mut site, &known.path),
        }
    }
    site.config = config;
    site.has_settings = has_settings;
    finish(&mut site, unsorted, tree, options, memo, &mut diagnostics);
    if !has_settings {
        diagnostics.truncate(about_settings);
    }
    Checked {
        value: site,
        diagnostics,
    }
}

/// The digest of the settings.
fn settings(tree: &Tree) -> Digest {
    tree.get(config::FILE).map_or_else(Digest::default, |file| file.digest)
}

/// How many documents one task reads at most, so that no core waits long for another's last task.
const AT_ONCE: usize = 64;

/// Reads documents, in their order, those that are not known yet.
fn read(documents: Vec<Result<Arc<Known>, (Identity, &File)>>, config: &Config, memo: &mut Memo) -> Vec<Arc<Known>> {
    let fresh: Vec<usize> = (0..documents.len()).filter(|at| documents[*at].is_err()).collect();
    let all: Vec<Arc<Known>> = documents
        .into_par_iter()
        .with_max_len(AT_ONCE)
        .map(|document| document.unwrap_or_else(|(identity, file)| Arc::new(parse(identity, file, config))))
        .collect();
    memo.keep(&all, &fresh);
    all
}

/// Pairs translations, leaves out drafts, and joins records with seeds.
fn finish(
    site: &mut Site,
    mut unsorted: Unsorted,
    tree: &Tree,
    options: &Options,
    memo: &mut Memo,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let languages = site.config.languages.clone();
    let mut holes = BTreeSet::new();
    macro_rules! settle {
        ($entries:ident, $kind:expr, $draft:expr) => {{
            let lost = sort(&mut unsorted.$entries, diagnostics);
            if !options.drafts {
                leave_out(&mut unsorted.$entries, $kind, &mut holes, $draft);
            }
            site.$entries = unsorted.$entries.into();
            pair(
                &mut site.$entries,
                Surroundings {
                    languages: &languages,
                    tree,
                    holes: &site.holes,
                },
                diagnostics,
                |ours, original, inheritance| ours.inherit(original, inheritance),
            );
            lost
        }};
    }
    let lost_records = settle!(records, Kind::Source, |_| None);
    settle!(claims, Kind::Claim, |claim: &claim::Claim| claim.draft);
    settle!(terms, Kind::Term, |term: &term::Term| term.draft);
    settle!(events, Kind::Event, |event: &event::Event| event.draft);
    settle!(pages, Kind::Page, |page: &page::Page| page.draft);
    settle!(home, Kind::Home, |_| None);
    site.holes.append(&mut holes);
    let Seeds { sources, holes } = {
        let lost: BTreeSet<&str> = lost_records.iter().map(|id| &**id).collect();
        seeds::join(tree, &site.records, &lost, &site.config.languages, memo, diagnostics)
    };
    site.sources = sources;
    site.holes.extend(holes);
}

/// Leaves out drafts with their translations, and remembers them as holes.
fn leave_out<T>(
    entries: &mut Vec<Entry<T>>,
    kind: Kind,
    holes: &mut BTreeSet<(Kind, Arc<str>)>,
    draft: fn(&T) -> Option<bool>,
) {
    let is_draft = |entry: &&Entry<T>| !entry.identity.is_translation && draft(&entry.front) == Some(true);
    let drafts: BTreeSet<Arc<str>> = entries
        .iter()
        .filter(is_draft)
        .map(|entry| Arc::clone(&entry.identity.id))
        .collect();
    entries.retain(|entry| !drafts.contains(&entry.identity.id));
    holes.extend(drafts.into_iter().map(|id| (kind, id)));
}

/// The settings; `None` where they cannot be read, which is reported.
fn read_config(tree: &Tree, diagnostics: &mut Vec<Diagnostic>) -> Option<Config> {
    let path: Arc<str> = config::FILE.into();
    let Some(file) = tree.get(config::FILE) else {
        if !tree
            .unreadable()
            .iter()
            .any(|unreadable| unreadable.path == config::FILE)
        {
            diagnostics.push(
                Diagnostic::new(Code::UnreadableFile, &path, 0..0, say!("there is no kezako.yaml here"))
                    .help(say!("write one with `title:` and `base_url:`")),
            );
        }
        return None;
    };
    match utf8(&path, file) {
        Ok(text) => {
            let config = config::read(&path, text).unpack(diagnostics)?;
            diagnostics.extend(untranslated_interface(tree, &config, &path, text));
            Some(config)
        }
        Err(diagnostic) => {
            diagnostics.push(diagnostic);
            None
        }
    }
}

/// Languages of the site for which neither the site nor the program has the words of the interface.
fn untranslated_interface(tree: &Tree, config: &Config, path: &Arc<str>, text: &str) -> Vec<Diagnostic> {
    let has_words = |tag: &str| matches!(tag, "fr" | "en") || tree.get(&format!("templates/i18n/{tag}.yaml")).is_some();
    let fault = |tag: &str| {
        let key = if text.contains("languages:") {
            "languages"
        } else {
            "lang"
        };
        let place = yaml::locate(text, &[yaml::Step::Key(key)]).map_or(0..0, |found| found.value);
        Diagnostic::new(
            Code::BadValue,
            path,
            place,
            say!("the words of the interface are not there in `{tag}`", tag),
        )
        .help(say!(
            "write templates/i18n/{tag}.yaml, with the keys of the built-in English file",
            tag
        ))
    };
    config
        .languages
        .iter()
        .map(|lang| lang.tag())
        .filter(|tag| !has_words(tag))
        .map(fault)
        .collect()
}

/// A file's text; a file that is not UTF-8 is reported at its first bad byte.
pub(super) fn utf8<'a>(path: &Arc<str>, file: &'a File) -> Result<&'a str, Diagnostic> {
    // The fast check does not say where the fault is.
    if let Some(text) = file.text() {
        return Ok(text);
    }
    std::str::from_utf8(&file.bytes).map_err(|error| {
        let at = error.valid_up_to();
        let line = memchr::memchr_iter(b'\n', &file.bytes[..at]).count() + 1;
        let wide = file.bytes.starts_with(b"\xff\xfe") || file.bytes.starts_with(b"\xfe\xff");
        let encoding = if wide { "UTF-16" } else { "WINDOWS-1252" };
        Diagnostic::new(
            Code::UnreadableFile,
            path,
            at..at,
            say!(
                "this file is not UTF-8 text: line {line} holds a byte that UTF-8 does not have",
                line
            ),
        )
        .help(say!(
            "save it as UTF-8 in your editor, or run `iconv -f {encoding} -t UTF-8 {path}`",
            encoding,
            path
        ))
    })
}

fn parse(identity: Identity, file: &File, config: &Config) -> Known {
    let text = match utf8(&identity.path, file) {
        Ok(text) => text,
        Err(diagnostic) => {
            return Known {
                path: identity.path,
                digest: file.digest,
                parsed: Err((identity.kind, identity.id)),
                diagnostics: vec![diagnostic],
            };
        }
    };
    let mut diagnostics = Vec::new();
    let split = yaml::split(&identity.path, text).unpack(&mut diagnostics);
    let setting = Setting {
        path: &identity.path,
        lang: &identity.lang,
        prefix: if identity.kind == Kind::Event { &identity.id } else { "" },
        reserved: anchors(identity.kind),
    };
    let before = diagnostics.len();
    let body = Arc::new(markdown::read(setting, text, split.body).unpack(&mut diagnostics));
    // What Markdown reports by this code is the role of a quotation.
    let doubtful = diagnostics[before..].iter().any(|fault| fault.code == Code::BadValue);
    let report = RefCell::new(diagnostics);
    // The fields borrow the path; the entry takes the identity.
    let path = Arc::clone(&identity.path);
    let fields = Fields::new(&path, text, &split.front, &report);
    let read = Read {
        digest: file.digest,
        body,
        readable: split.front.readable,
        doubtful,
        fields: &fields,
    };
    let parsed = match identity.kind {
        Kind::Source => Parsed::Source(read.entry(identity, source::read)),
        Kind::Claim => Parsed::Claim(read.entry(identity, |identity, fields| claim::read(identity, fields, config))),
        Kind::Term => Parsed::Term(read.entry(identity, term::read)),
        Kind::Event => Parsed::Event(read.entry(identity, event::read)),
        Kind::Page => Parsed::Page(read.entry(identity, page::read)),
        Kind::Home => Parsed::Home(read.entry(identity, page::read)),
    };
    Known {
        path: Arc::clone(&path),
        digest: file.digest,
        parsed: Ok(parsed),
        diagnostics: report.into_inner(),
    }
}

/// A file whose body was read, and whose keys are about to be.
struct Read<'a> {
    digest: Digest,
    body: Arc<Body>,
    readable: bool,
    doubtful: bool,
    fields: &'a Fields<'a>,
}

impl Read<'_> {
    fn entry<T: Default>(&self, identity: Identity, read: impl FnOnce(&Identity, &Fields<'_>) -> T) -> Entry<T> {
        let front = if self.readable {
            read(&identity, self.fields)
        } else {
            T::default()
        };
        let blank = if identity.is_translation && self.readable {
            self.fields.blank()
        } else {
            Vec::new()
        };
        Entry {
            front: Arc::new(front),
            identity,
            body: Arc::clone(&self.body),
            broken: !self.readable,
            doubtful: self.doubtful,
            blank: blank.into(),
            digest: self.digest,
        }
    }
}

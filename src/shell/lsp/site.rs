//! A site that is open in an editor: its files on disk, with the texts of open documents in the place of theirs.

use std::collections::BTreeMap;
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::Sender;
use std::{fs, thread};

use gen_lsp_types::{PublishDiagnosticsParams, Uri};

use super::Event;
use super::convert::{self, Client};
use super::uri;
use crate::desk::{Desk, Sheet};
use crate::diagnostic::Diagnostic;
use crate::phrase::{Phrase, say};
use crate::shell::failure::Failure;
use crate::shell::follow::Follow;
use crate::shell::survey::{SETTINGS, part_of};
use crate::site::Options;
use crate::tree::{Digest, File, Tree, Unreadable};

/// The folder of the site that a file belongs to, as the editor spells it, and the file's path there. `None` for a file outside a site, or
/// that no site reads.
pub(super) fn locate(file: &Path) -> Option<(PathBuf, Arc<str>)> {
    let marks = |folder: &&Path| fs::symlink_metadata(folder.join(SETTINGS)).is_ok_and(|found| !found.is_dir());
    let folder = file.ancestors().skip(1).find(marks)?;
    let mut parts = Vec::new();
    for part in file.strip_prefix(folder).ok()?.components() {
        let Component::Normal(name) = part else { return None };
        parts.push(name.to_str()?);
    }
    let path = parts.join("/");
    (part_of(&path) == Some(path.as_str())).then(|| (folder.to_owned(), path.into()))
}

/// What has become of files on disk.
#[derive(Debug)]
pub(super) struct News {
    /// The site's folder, with all links resolved.
    pub(super) root: PathBuf,
    /// Files that are new, other or gone.
    pub(super) files: Vec<(Arc<str>, Option<File>)>,
    /// All that cannot be read now.
    pub(super) unreadable: Vec<Unreadable>,
    /// What the user should know about the watching.
    pub(super) notice: Option<Phrase>,
}

/// An open document.
#[derive(Debug)]
struct Open {
    uri: Uri,
    version: i32,
}

/// What was last told of a file.
#[derive(Debug, PartialEq)]
struct Told {
    version: Option<i32>,
    text: Option<Digest>,
    diagnostics: Vec<Diagnostic>,
}

/// A site that is open in an editor.
#[derive(Debug)]
pub(super) struct Site {
    /// With all links resolved.
    root: PathBuf,
    /// As the editor spells it.
    shown: PathBuf,
    /// The files as they are on disk.
    disk: Tree,
    /// The same with the texts of open documents.
    tree: Tree,
    open: BTreeMap<Arc<str>, Open>,
    desk: Desk,
    /// The site as read last; `None` where something has changed since.
    sheet: Option<Sheet>,
    told: BTreeMap<Arc<str>, Told>,
    /// Whether what was told may be out of date.
    stale: bool,
}

impl Site {
    /// Reads a site and follows it from then on: its news go to `outbox`.
    pub(super) fn begin(shown: &Path, options: &Options, outbox: &Sender<Event>) -> Result<Self, Failure> {
        let root = fs::canonicalize(shown).map_err(|error| Failure::io(say!("read"), shown, &error))?;
        let follow = Follow::begin(&root, false)?;
        let disk = follow.tree().clone();
        let (place, outbox) = (root.clone(), outbox.clone());
        thread::Builder::new()
            .name("files".to_owned())
            .spawn(move || tell_news(&place, follow, &outbox))
            .map_err(|error| Failure::io(say!("follow"), shown, &error))?;
        Ok(Self {
            root,
            shown: shown.to_owned(),
            tree: disk.clone(),
            disk,
            open: BTreeMap::new(),
            desk: Desk::new(options.clone()),
            sheet: None,
            told: BTreeMap::new(),
            stale: true,
        })
    }

    /// Its folder, with all links resolved.
    pub(super) fn root(&self) -> &Path {
        &self.root
    }

    /// Takes the text of a document that is open from now on, or that has changed.
    pub(super) fn take(&mut self, path: &Arc<str>, uri: &Uri, version: i32, text: &str) {
        let open = Open {
            uri: uri.clone(),
            version,
        };
        self.open.insert(Arc::clone(path), open);
        let file = as_typed(text, self.disk.get(path));
        self.put(path, Some(file));
        self.stale = true;
    }

    /// A document is closed: its file on disk counts again.
    pub(super) fn close(&mut self, path: &Arc<str>) {
        self.open.remove(path);
        self.put(path, self.disk.get(path).cloned());
        self.stale = true;
    }

    /// Takes up what has become of files on disk.
    pub(super) fn hear(&mut self, news: News) {
        for (path, file) in news.files {
            match &file {
                Some(file) => self.disk.insert(Arc::clone(&path), file.clone()),
                None => drop(self.disk.remove(&path)),
            }
            if !self.open.contains_key(&path) {
                self.put(&path, file);
            }
        }
        if self.tree.unreadable() != news.unreadable {
            self.disk.set_unreadable(news.unreadable.clone());
            self.tree.set_unreadable(news.unreadable);
            self.sheet = None;
            self.stale = true;
        }
    }

    fn put(&mut self, path: &Arc<str>, file: Option<File>) {
        let digest = |file: Option<&File>| file.map(|file| file.digest);
        if digest(self.tree.get(path)) == digest(file.as_ref()) {
            return;
        }
        match file {
            Some(file) => self.tree.insert(Arc::clone(path), file),
            None => drop(self.tree.remove(path)),
        }
        self.sheet = None;
        self.stale = true;
    }

    /// The site as it is now.
    pub(super) fn sheet(&mut self) -> &Sheet {
        let read = || self.desk.read(&self.tree);
        self.sheet.get_or_insert_with(read)
    }

    /// The site as read last; `None` where something has changed since.
    pub(super) fn read(&self) -> Option<&Sheet> {
        self.sheet.as_ref()
    }

    /// The URI of one of its files: the editor's own where it has the file open.
    pub(super) fn uri(&self, path: &str) -> Uri {
        let open = self.open.get(path).map(|open| open.uri.clone());
        open.unwrap_or_else(|| uri::of(&self.shown, path))
    }

    /// What to publish: for each file whose problems differ from those last told, all of them.
    pub(super) fn news(&mut self, client: &Client) -> Vec<PublishDiagnosticsParams> {
        if !std::mem::replace(&mut self.stale, false) {
            return Vec::new();
        }
        self.sheet();
        let Some(sheet) = &self.sheet else { return Vec::new() };
        let mut by_path: BTreeMap<Arc<str>, Vec<Diagnostic>> = BTreeMap::new();
        // Of an open document even that nothing is wrong is told.
        for path in self.told.keys().chain(self.open.keys()) {
            by_path.insert(Arc::clone(path), Vec::new());
        }
        for diagnostic in sheet.report().diagnostics() {
            by_path
                .entry(Arc::clone(&diagnostic.path))
                .or_default()
                .push(diagnostic.clone());
        }
        let mut news = Vec::new();
        let mut told = BTreeMap::new();
        for (path, diagnostics) in by_path {
            let now = Told {
                version: self.open.get(&path).map(|open| open.version),
                text: sheet.tree().get(&path).map(|file| file.digest),
                diagnostics,
            };
            let before = self.told.get(&path);
            if before != Some(&now) {
                let uri = |path: &str| self.uri(path);
                let diagnostics = convert::diagnostics(&now.diagnostics, sheet, client, &uri);
                news.push(PublishDiagnosticsParams::new(self.uri(&path), now.version, diagnostics));
            }
            if !now.diagnostics.is_empty() || now.version.is_some() {
                told.insert(path, now);
            }
        }
        self.told = told;
        news
    }
}

/// A document's text as a file. Editors take a byte order mark away and may set line ends one way: a text that differs from the one on disk
/// in nothing else is the one on disk, or a seed would count as changed as soon as somebody looks at it.
fn as_typed(text: &str, disk: Option<&File>) -> File {
    let same = |file: &&File| std::str::from_utf8(&file.bytes).is_ok_and(|old| lines_of(old).eq(lines_of(text)));
    disk.filter(same).cloned().unwrap_or_else(|| File::new(text.as_bytes()))
}

/// The lines of a text without their ends and without a byte order mark.
fn lines_of(text: &str) -> impl Iterator<Item = &str> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    text.split('\n').map(|line| line.trim_end_matches('\r'))
}

/// Tells what becomes of a site's files until nobody listens.
fn tell_news(root: &Path, mut follow: Follow, outbox: &Sender<Event>) {
    while let Some(changed) = follow.wait() {
        let file = |path: Arc<str>| {
            let file = follow.tree().get(&path).cloned();
            (path, file)
        };
        let news = News {
            root: root.to_owned(),
            files: changed.into_iter().map(file).collect(),
            unreadable: follow.tree().unreadable().to_vec(),
            notice: follow.notice(),
        };
        if outbox.send(Event::Files(news)).is_err() {
            return;
        }
    }
}

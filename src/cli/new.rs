//! `kezako new`: begins a content file.

use std::collections::BTreeSet;
use std::env;
use std::io;
use std::path::{Path, PathBuf};

use super::args::{Arguments, New, NewDocument, NewFile};
use super::commands::{options, print, root, today};
use super::quote::unknown_source;
use crate::diagnostic::{Diagnostic, Severity};
use crate::document::Kind;
use crate::edition::{self, edit};
use crate::link::passage_help;
use crate::markdown::Role;
use crate::phrase::say;
use crate::quote::{whole_passage, write};
use crate::shell::{Failure, load, put_new};
use crate::site::{Memo, Options, Site, gather};
use crate::skeleton::{Outline, skeleton};
use crate::text::{is_id, slug};
use crate::tree::Tree;

/// Writes the file and prints its path.
pub(super) fn new(arguments: &New, all: &Arguments) -> Result<bool, Failure> {
    match &arguments.what {
        NewFile::Claim(document) => begin(Kind::Claim, document, all),
        NewFile::Term(document) => begin(Kind::Term, document, all),
        NewFile::Event(document) => begin(Kind::Event, document, all),
        NewFile::Page(document) => begin(Kind::Page, document, all),
        NewFile::Source(source) => super::intake::source(source, all),
    }
}

fn begin(kind: Kind, document: &NewDocument, all: &Arguments) -> Result<bool, Failure> {
    let id = &document.id;
    if !is_id(id) {
        return Err(bad_id(kind, id));
    }
    let root = root(all)?;
    let options = Options {
        drafts: true,
        ..options(all)?
    };
    let mut tree = load(&root)?;
    // What else may be wrong with the site is for `check`.
    let site = gather(&tree, &options, &mut Memo::default()).value;
    let role = if kind == Kind::Claim {
        Role::States
    } else {
        Role::Context
    };
    let quotation = document
        .from
        .as_deref()
        .map(|from| quotation(&site, from, role))
        .transpose()?;
    let outline = Outline {
        kind,
        id,
        today: today(all)?,
        quotation: quotation.as_deref(),
    };
    let folder = Kind::FOLDERS
        .iter()
        .find(|(_, folder)| *folder == kind)
        .map_or("", |(name, _)| name);
    let path = format!("content/{folder}/{id}.md");
    let text = skeleton(outline, &site.config).unwrap_or_default();
    let place = root.join(&path);
    if tree.get(&path).is_none() {
        refuse_harm(&mut tree, &options, &[(&path, &text)])?;
    }
    put_new(&place, text.as_bytes())?;
    print(&mut io::stdout(), &format!("{}\n", from_here(&place).display()))?;
    Ok(true)
}

pub(super) fn bad_id(kind: Kind, id: &str) -> Failure {
    let name = id.rsplit('/').next().unwrap_or(id);
    let better = slug(name.strip_suffix(".md").unwrap_or(name));
    let help = match better.is_empty() {
        true => say!("use lower-case letters without accents, digits and hyphens"),
        false => say!(
            "use lower-case letters without accents, digits and hyphens: kezako new {kind} {better}",
            kind = kind.noun(),
            better
        ),
    };
    Failure::new(
        say!("`{id}` cannot be an id, because it stands in an address", id),
        help,
    )
}

/// The passage that `SOURCE:PASSAGE` names, as a quoted block.
fn quotation(site: &Site, from: &str, role: Role) -> Result<String, Failure> {
    let Some((id, line)) = from.rsplit_once(':') else {
        return Err(Failure::new(
            say!("`{from}` names no passage", from),
            say!("write source and passage, as in rfi-grok:14; `kezako quote \"some words\"` says where words stand"),
        ));
    };
    let at = site.source(id).ok_or_else(|| unknown_source(site, id))?;
    let source = &site.sources[at];
    let seed = source.seed.as_deref().ok_or_else(|| {
        Failure::new(
            say!("the text of source `{id}` is missing", id),
            say!("`kezako check` says what is wrong with it"),
        )
    })?;
    let passage = line.parse().ok().and_then(|line| seed.passage(line)).ok_or_else(|| {
        Failure::new(
            say!("source `{id}` has no passage {line}", id, line),
            passage_help(seed, line),
        )
    })?;
    let written =
        whole_passage(at, seed, passage).and_then(|hit| write(&hit.verified, source, &site.config.lang, role));
    written.map(|written| written.block).ok_or_else(|| {
        Failure::new(
            say!("passage {line} of source `{id}` cannot be quoted as a whole", line, id),
            say!("quote a part of it: `kezako quote \"some words\"` prints it"),
        )
    })
}

/// Refuses files that would bring an error into the site, such as an address that is taken; gives what else they bring. Each file is its path from
/// the root and its text; the last one is what the failure names.
pub(super) fn refuse_harm(
    tree: &mut Tree,
    options: &Options,
    files: &[(&str, &str)],
) -> Result<Vec<Diagnostic>, Failure> {
    let mut memo = edition::Memo::default();
    let mut found = |tree: &Tree| -> BTreeSet<Diagnostic> {
        let mut found = Vec::new();
        edit(tree, options, &mut memo, &mut found, &|_| {});
        found.into_iter().collect()
    };
    let before = found(tree);
    for (path, text) in files {
        tree.insert_text(path, text);
    }
    let brought: Vec<Diagnostic> = found(tree).difference(&before).cloned().collect();
    let error = brought
        .iter()
        .find(|diagnostic| diagnostic.severity() == Severity::Error);
    match (error, files.last()) {
        (Some(error), Some((path, _))) => Err(Failure::new(
            say!("`{path}` was not written: {message}", path, message = error.message),
            say!("choose another id"),
        )),
        _ => Ok(brought),
    }
}

/// A path as it can be opened from the working folder, short where that holds it.
pub(super) fn from_here(path: &Path) -> PathBuf {
    let here = env::current_dir().unwrap_or_default();
    match path.strip_prefix(&here) {
        Ok(short) if !here.as_os_str().is_empty() => short.to_owned(),
        _ => path.to_owned(),
    }
}

//! Addresses that two pages want, and links to addresses that no page has.

use std::ops::Range;
use std::sync::Arc;

use super::{Content, Plan, Planned, file_of, files, of_asset, pdf, with_lang};
use crate::diagnostic::{Checked, Code, Diagnostic};
use crate::document::Identity;
use crate::hash::{Map, Set};
use crate::link::{Linked, Links, Target};
use crate::markdown::Body;
use crate::phrase::{Phrase, say};
use crate::site::{Entry, Site};
use crate::tree::Tree;
use crate::yaml::{Step, place_in_front_matter};

/// Who has an address.
#[derive(Debug, Clone, Copy)]
enum Owner<'a> {
    /// Every site has a page there.
    Program,
    /// A file of the site.
    File(&'a Arc<str>),
    /// A claim's file, for a former address: the path, and the place of the address among `aliases`.
    Alias(&'a Arc<str>, usize),
}

impl Owner<'_> {
    /// Where in the owner's file the address is asked for.
    fn place(self, tree: &Tree) -> Range<usize> {
        match self {
            Self::Program | Self::File(_) => 0..0,
            Self::Alias(path, at) => {
                let text = tree.text(path).unwrap_or_default();
                place_in_front_matter(text, &[Step::Key("aliases"), Step::Item(at)])
            }
        }
    }
}

/// The files of the site by path, with those who want them.
type Taken<'a> = Map<String, Owner<'a>>;

/// Checks that no two want one address, and gives the paths of all files.
pub(super) fn check(site: &Site, plan: &Plan, tree: &Tree) -> Checked<Set<String>> {
    let mut taken = Taken::with_capacity_and_hasher(plan.pages.len() + 64, Default::default());
    let of_languages = site.config.languages.iter().flat_map(|lang| {
        let each = files::FOR_EACH_LANGUAGE
            .iter()
            .map(move |file| with_lang(&site.config, lang, file));
        each.chain(pdf(&site.config, lang))
    });
    let of_search = if site.config.search { files::OF_SEARCH } else { &[] };
    for file in files::ONCE
        .iter()
        .chain(of_search)
        .map(|file| (*file).to_owned())
        .chain(of_languages)
    {
        taken.insert(file, Owner::Program);
    }
    let mut found = Vec::new();
    // What the program makes itself comes first, so that the report points at the editor's file.
    let (made, documents): (Vec<&Planned>, Vec<&Planned>) = plan
        .pages
        .iter()
        .partition(|page| document(site, &page.content).is_none());
    for page in made.into_iter().chain(documents) {
        let identity = document(site, &page.content);
        let owner = identity.map_or(Owner::Program, |identity| Owner::File(&identity.path));
        if let Some(first) = taken.insert(page.file(), owner) {
            let path = identity.map_or_else(|| "kezako.yaml".into(), |identity| Arc::clone(&identity.path));
            found.push(collision(&path, 0..0, &page.path, first));
        }
        if site.config.cards && matches!(page.content, Content::Claim(_)) {
            taken.insert(format!("{}card.png", page.path), Owner::Program);
        }
    }
    for redirect in &plan.redirects {
        let entry = &site.claims[redirect.claim];
        let mut aliases = entry.front.aliases.iter();
        let at = aliases.position(|alias| alias.trim_matches('/') == redirect.from.trim_matches('/'));
        let owner = Owner::Alias(&entry.identity.path, at.unwrap_or(0));
        if let Some(first) = taken.insert(file_of(&redirect.from), owner) {
            found.push(collision(
                &entry.identity.path,
                owner.place(tree),
                &redirect.from,
                first,
            ));
        }
    }
    for asset in &plan.assets {
        if let Some(first) = taken.insert(of_asset(asset).to_owned(), Owner::File(asset)) {
            found.push(collision(asset, 0..0, of_asset(asset), first));
        }
    }
    found.extend(folders_in_the_way(&taken, tree));
    Checked {
        value: taken.into_keys().collect(),
        diagnostics: found,
    }
}

fn collision(path: &Arc<str>, place: Range<usize>, address: &str, first: Owner<'_>) -> Diagnostic {
    Diagnostic::new(
        Code::DuplicateUrl,
        path,
        place,
        say!(
            "the address `/{address}` belongs to {named} already",
            address,
            named = named(first)
        ),
    )
    .help(say!("rename the file, or take the address out of `aliases`"))
}

fn named(owner: Owner<'_>) -> Phrase {
    match owner {
        Owner::Program => say!("a page that every site has"),
        Owner::File(path) | Owner::Alias(path, _) => Phrase::verbatim(format!("`{path}`")),
    }
}

/// A file cannot stand where another page needs a folder.
fn folders_in_the_way(taken: &Taken<'_>, tree: &Tree) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for (file, owner) in taken {
        let mut folder = file.as_str();
        while let Some((above, _)) = folder.rsplit_once('/') {
            if let Some(other) = taken.get(above) {
                let path = match owner {
                    Owner::Program => file.as_str().into(),
                    Owner::File(path) | Owner::Alias(path, _) => Arc::clone(path),
                };
                found.push(collision(&path, owner.place(tree), above, *other));
            }
            folder = above;
        }
    }
    found
}

/// The document that a page shows.
fn document<'a>(site: &'a Site, content: &Content) -> Option<&'a Identity> {
    match content {
        Content::Claim(at) => site.claims.get(*at).map(|entry| &entry.identity),
        Content::Term(at, _) => site.terms.get(*at).map(|entry| &entry.identity),
        Content::Page(at) => site.pages.get(*at).map(|entry| &entry.identity),
        Content::Source(at) | Content::Translation(at) => site
            .records
            .find(&site.sources.get(*at)?.id, &site.config.lang)
            .map(|entry| &entry.identity),
        _ => None,
    }
}

/// Links written as `/path/` must lead to a page.
pub(super) fn dead_site_paths(site: &Site, links: &Links, files: &Set<String>) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    fn each<'a, T>(entries: &'a [Entry<T>], linked: &'a [Arc<Linked>]) -> Vec<(&'a Identity, &'a Body, &'a Linked)> {
        entries
            .iter()
            .zip(linked)
            .map(|(entry, linked)| (&entry.identity, &*entry.body, &**linked))
            .collect()
    }
    let documents = [
        each(&site.records, &links.records),
        each(&site.claims, &links.claims),
        each(&site.terms, &links.terms),
        each(&site.events, &links.events),
        each(&site.pages, &links.pages),
        each(&site.home, &links.home),
    ];
    for (identity, body, linked) in documents.into_iter().flatten() {
        for (link, target) in body.links.iter().zip(&linked.links) {
            let Some(Target::SitePath(path)) = target else { continue };
            let plain = path.split(['#', '?']).next().unwrap_or(path).trim_start_matches('/');
            let exists = files.contains(&file_of(plain)) || files.contains(&format!("{plain}/index.html"));
            if !exists {
                found.push(
                    Diagnostic::new(
                        Code::BrokenLink,
                        &identity.path,
                        link.span.clone(),
                        say!("no page has the address `{path}`", path),
                    )
                    .help(say!(
                        "link to a content file by its path from the file you write in, such as `../glossary/grok.md`"
                    )),
                );
            }
        }
    }
    found
}

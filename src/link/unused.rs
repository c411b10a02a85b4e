//! Sources that nothing quotes or cites.

use std::collections::BTreeSet;

use crate::diagnostic::{Code, Diagnostic};
use crate::document::Kind;
use crate::phrase::say;
use crate::site::{Entry, Site};
use crate::text::nearest;
use crate::tree::Tree;
use crate::yaml::{Step, place_in_front_matter};

/// Reports each source with a record that nothing names. Where something names what is not there, or a document could not be read, that
/// was reported, and may be the very use.
pub(super) fn check(site: &Site, tree: &Tree) -> Vec<Diagnostic> {
    let recorded = |id: &str| {
        site.source(id)
            .map(|at| &site.sources[at])
            .filter(|it| it.recorded && it.seed.is_some())
    };
    let Some(used) = used(site) else { return Vec::new() };
    let idle = site.records.iter().filter(|entry| !entry.identity.is_translation);
    idle.filter(|entry| recorded(&entry.identity.id).is_some() && !used.contains(&*entry.identity.id))
        .map(|entry| {
            let path = &entry.identity.path;
            let place = place_in_front_matter(tree.text(path).unwrap_or_default(), &[Step::Key("file")]);
            let message = say!(
                "the source `{id}` is not quoted or cited anywhere",
                id = entry.identity.id
            );
            Diagnostic::new(Code::UnusedSource, path, place, message)
                .help(say!("quote it, or take its record and its seed out of the site"))
        })
        .collect()
}

/// The ids of sources that something names, or seems to mean. `None` where nobody can say.
fn used(site: &Site) -> Option<BTreeSet<&str>> {
    if site.unread || any_broken(site) {
        return None;
    }
    // A citation uses its source even where its passage is unknown.
    let cited = site.bodies().flat_map(|body| &body.citations);
    let cited = cited.map(|citation| citation.source.as_str());
    let translated = site
        .records
        .iter()
        .filter_map(|entry| entry.front.translation_of.as_deref());
    let mut used = BTreeSet::new();
    for id in cited.chain(translated) {
        if site.knows(Kind::Source, id) {
            used.insert(id);
        } else {
            used.insert(nearest(id, site.sources.iter().map(|source| &*source.id))?);
        }
    }
    Some(used)
}

/// Whether a document's front matter could not be read; of some of these the body could not be read either.
fn any_broken(site: &Site) -> bool {
    fn of<T>(entries: &[Entry<T>]) -> bool {
        entries.iter().any(|entry| entry.broken)
    }
    of(&site.records) || of(&site.claims) || of(&site.terms) || of(&site.events) || of(&site.pages) || of(&site.home)
}

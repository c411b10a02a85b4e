//! The editor's desk: what an editor of text can show at a place of a content file, and what it can offer there. Functions from a site and a place
//! to answers; no protocol, no machine.
//!
//! Places are bytes of a file, as everywhere. A site that is being typed is read anew at each change, with what the last reading left behind.

mod completion;
mod definition;
mod fix;
mod front;
mod hover;
mod thing;
mod words;

#[cfg(test)]
mod tests;

use std::sync::Arc;

use crate::diagnostic::Report;
use crate::document::Identity;
use crate::edition::{Memo, Proofread, proofread};
use crate::link::{Linked, Links};
use crate::markdown::Body;
use crate::site::{Entry, Options, Site};
use crate::text::Span;
use crate::tree::Tree;

pub use completion::{Completions, Offer, Suggestion, completions};
pub use definition::{Definition, definition};
pub use fix::{Edit, Fix, fixes};
pub use hover::{Hover, hover};

/// Reads a site again and again while it is written. Drafts are part of it: whoever writes one wants to know what is wrong with it.
#[derive(Debug)]
pub struct Desk {
    options: Options,
    memo: Memo,
}

impl Desk {
    /// Makes ready to read with these options.
    pub fn new(options: Options) -> Self {
        Self {
            options: Options {
                drafts: true,
                ..options
            },
            memo: Memo::default(),
        }
    }

    /// Reads the site of a tree.
    pub fn read(&mut self, tree: &Tree) -> Sheet {
        let Proofread { site, links, report } = proofread(tree, &self.options, &mut self.memo);
        Sheet {
            tree: tree.clone(),
            site,
            links,
            report,
        }
    }
}

/// A site as it lies on the desk. It does not change; another reading makes another.
#[derive(Debug)]
pub struct Sheet {
    tree: Tree,
    site: Site,
    links: Links,
    report: Report,
}

/// A content file that could be read, with what its references lead to.
#[derive(Clone, Copy)]
struct Document<'a> {
    identity: &'a Identity,
    body: &'a Body,
    linked: &'a Linked,
    text: &'a str,
}

impl Sheet {
    /// The files that were read.
    pub fn tree(&self) -> &Tree {
        &self.tree
    }

    /// What there is to say of them. What only making the pages shows, faults of templates above all, is not in it.
    pub fn report(&self) -> &Report {
        &self.report
    }

    /// The document whose file has this path.
    fn document(&self, path: &str) -> Option<Document<'_>> {
        let (site, links) = (&self.site, &self.links);
        let (identity, body, linked) = among(&site.claims, &links.claims, path)
            .or_else(|| among(&site.terms, &links.terms, path))
            .or_else(|| among(&site.events, &links.events, path))
            .or_else(|| among(&site.pages, &links.pages, path))
            .or_else(|| among(&site.records, &links.records, path))
            .or_else(|| among(&site.home, &links.home, path))?;
        let text = self.tree.text(path)?;
        Some(Document {
            identity,
            body,
            linked,
            text,
        })
    }
}

/// The entry whose file has this path, with its references.
fn among<'a, T>(
    entries: &'a [Entry<T>],
    links: &'a [Arc<Linked>],
    path: &str,
) -> Option<(&'a Identity, &'a Body, &'a Linked)> {
    let at = entries.iter().position(|entry| *entry.identity.path == *path)?;
    let entry = entries.get(at)?;
    Some((&entry.identity, &entry.body, links.get(at)?))
}

/// Whether a cursor stands on a span: within it, or at one of its ends.
fn touches(span: &Span, at: usize) -> bool {
    span.start <= at && at <= span.end
}

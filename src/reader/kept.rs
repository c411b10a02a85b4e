//! The kinds of documents that can be read alike, and where a site keeps each.

use std::sync::Arc;

use super::{Ledger, Note};
use crate::claim::Claim;
use crate::document::Kind;
use crate::event::Event;
use crate::link::{Linked, Links};
use crate::page::Page;
use crate::site::{Entries, Entry, Site};
use crate::source::Record;
use crate::term::Term;

/// A document with what its references lead to.
#[derive(Debug)]
pub struct Document<'a, T> {
    /// The document.
    pub entry: &'a Entry<T>,
    /// Its references.
    pub linked: &'a Linked,
}

impl<T> Clone for Document<'_, T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Document<'_, T> {}

/// A kind of document, and where a site keeps it.
pub trait Kept: Sized {
    /// The kind.
    const KIND: Kind;
    /// The documents, in order of id, then language.
    fn entries(site: &Site) -> &Entries<Self>;
    /// Their references.
    fn linked(links: &Links) -> &[Arc<Linked>];
    /// Their digests.
    fn notes(ledger: &Ledger) -> &[Note];
}

macro_rules! kept {
    ($($document:ty, $kind:ident, $list:ident;)*) => {$(
        impl Kept for $document {
            const KIND: Kind = Kind::$kind;

            fn entries(site: &Site) -> &Entries<Self> {
                &site.$list
            }

            fn linked(links: &Links) -> &[Arc<Linked>] {
                &links.$list
            }

            fn notes(ledger: &Ledger) -> &[Note] {
                &ledger.$list
            }
        }
    )*};
}

kept! {
    Record, Source, records;
    Claim, Claim, claims;
    Term, Term, terms;
    Event, Event, events;
    Page, Page, pages;
}

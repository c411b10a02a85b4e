//! What a note is about, as a number: digests of names.

use crate::document::Kind;
use crate::hash::digest;
use crate::lang::Lang;

/// The value of what is not there.
pub(super) const ABSENT: u64 = 0;

/// The key of a document.
pub(super) fn document_key(kind: Kind, id: &str, lang: &Lang) -> u64 {
    digest(("document", kind, id, lang.tag()))
}

/// The key of a source.
pub(super) fn source_key(id: &str) -> u64 {
    digest(("source", id))
}

/// The key of whether there is a document.
pub(super) fn existence_key(kind: Kind, id: &str, lang: &Lang) -> u64 {
    digest(("is there", kind, id, lang.tag()))
}

/// The key of a page of a list of a language.
pub(super) fn list_key(list: &str, lang: &Lang, page: usize) -> u64 {
    digest(("list", list, lang.tag(), page))
}

/// The key of what the lists of a language can be filtered by.
pub(super) fn facets_key(lang: &Lang) -> u64 {
    digest(("facets", lang.tag()))
}

/// The key of the whole site.
pub(super) const EVERYTHING: u64 = 1;

//! Documents by the address of their page: `/claims/grok/`, `/en/claims/grok/`.

use super::DocumentRef;
use crate::document::Kind;
use crate::site::Site;

/// The document whose page has an address that begins with `/`; nothing where it is that of another page, or of none.
pub(super) fn document_at(site: &Site, address: &str) -> Option<DocumentRef> {
    let path = address.trim_matches('/');
    let (first, rest) = path.split_once('/').unwrap_or((path, ""));
    let translated = site.config.languages[1..].iter().find(|lang| lang.tag() == first);
    let (lang, path) = translated.map_or((&site.config.lang, path), |lang| (lang, rest));
    let (kind, id) = match path.split_once('/') {
        Some(("claims", id)) => (Kind::Claim, id),
        Some(("sources", id)) => (Kind::Source, id),
        Some(("glossary", id)) => (Kind::Term, id),
        Some(_) => return None,
        None => (Kind::Page, path),
    };
    site.has(kind, id, lang).then(|| DocumentRef {
        kind,
        id: id.into(),
        lang: lang.clone(),
    })
}

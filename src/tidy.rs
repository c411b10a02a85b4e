//! Puts a content file right without changing a word: French spaces and quotation marks, the order of keys. What the page shows stays the same, since
//! a build sets spaces and marks by the same rules.

use crate::diagnostic::Diagnostic;
use crate::document::{Identity, Kind};
use crate::lang::{applied, changes};
use crate::markdown::{Setting, corrections};
use crate::site::anchors;
use crate::{claim, event, page, source, term, yaml};

/// The file put right; what is wrong with its front matter where that cannot be read.
pub fn tidy(identity: &Identity, text: &str) -> Result<String, Vec<Diagnostic>> {
    let mut diagnostics = Vec::new();
    let split = yaml::split(&identity.path, text).unpack(&mut diagnostics);
    if !split.front.readable {
        return Err(diagnostics);
    }
    let (keys, texts) = keys(identity.kind);
    let set = |text: &str| changes(&identity.lang, text);
    let front = split.front.span.clone();
    let setting = Setting {
        path: &identity.path,
        lang: &identity.lang,
        prefix: "",
        reserved: anchors(identity.kind),
    };
    let body = corrections(setting, text, split.body);
    let file = applied(text, &body);
    let yaml = yaml::tidy(&text[front.clone()], keys, texts, &set);
    // The body stands behind the front matter, which is where it was.
    Ok(format!("{}{yaml}{}", &file[..front.start], &file[front.end..]))
}

/// The keys of a kind in order, and those whose texts are in the language of the file. Names, titles of documents and written forms are not: they stay
/// as they are.
fn keys(kind: Kind) -> (&'static [&'static str], &'static [&'static str]) {
    match kind {
        Kind::Source => (source::KEYS, &[]),
        Kind::Claim => (
            claim::KEYS,
            &[
                "claim",
                "summary",
                "missing",
                "evidence.*.note",
                "corrections.*.was",
                "corrections.*.now",
                "corrections.*.note",
            ],
        ),
        Kind::Term => (term::KEYS, &["sense", "evidence.*.note"]),
        Kind::Event => (event::KEYS, &["title", "evidence.*.note"]),
        Kind::Page | Kind::Home => (page::KEYS, &["title", "description"]),
    }
}

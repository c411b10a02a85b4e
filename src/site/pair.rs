//! Puts documents in order, finds those that share an id, and fills translations up from their originals.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::gather::Hole;
use super::{Entries, Entry};
use crate::diagnostic::{Code, Diagnostic};
use crate::document::{Identity, Inheritance};
use crate::lang::Lang;
use crate::phrase::say;
use crate::tree::{Digest, Tree};

/// Sorts by id, then language; of two with the same id and language the first path stays. Gives the ids of those that do not.
pub(super) fn sort<T>(entries: &mut Vec<Entry<T>>, diagnostics: &mut Vec<Diagnostic>) -> Vec<Arc<str>> {
    let mut lost = Vec::new();
    entries.sort_by(|a, b| key(&a.identity).cmp(&key(&b.identity)));
    let mut first: Option<(Arc<str>, Lang, Arc<str>)> = None;
    entries.retain(|entry| {
        let identity = &entry.identity;
        if let Some((id, lang, path)) = &first
            && *id == identity.id
            && *lang == identity.lang
        {
            let message = say!(
                "`{path}` is already the {kind} `{id}`",
                path,
                kind = identity.kind.named(),
                id
            );
            diagnostics.push(
                Diagnostic::new(Code::DuplicateId, &identity.path, 0..0, message)
                    .help(say!("rename one of the two files")),
            );
            lost.push(Arc::clone(id));
            return false;
        }
        first = Some((
            Arc::clone(&identity.id),
            identity.lang.clone(),
            Arc::clone(&identity.path),
        ));
        true
    });
    lost
}

/// What documents are sorted by.
fn key(identity: &Identity) -> (&str, &str, &str) {
    (&identity.id, identity.lang.tag(), &identity.path)
}

/// What pairing depends on beside the documents.
pub(super) struct Surroundings<'a> {
    /// The site's languages, the default one first.
    pub(super) languages: &'a [Lang],
    pub(super) tree: &'a Tree,
    /// Documents that are there and could not be read.
    pub(super) holes: &'a BTreeSet<Hole>,
}

/// Fills translations up, and reports documents that lack one.
pub(super) fn pair<T: Clone>(
    entries: &mut Entries<T>,
    surroundings: Surroundings<'_>,
    diagnostics: &mut Vec<Diagnostic>,
    inherit: fn(&mut T, &T, &mut Inheritance<'_>),
) {
    let Surroundings { languages, tree, holes } = surroundings;
    let Some(default) = languages.first() else { return };
    for at in 0..entries.len() {
        let entry = &entries[at];
        let is_hole = holes.contains(&(entry.identity.kind, Arc::clone(&entry.identity.id)));
        if !entry.identity.is_translation {
            let missing = languages[1..]
                .iter()
                .filter(|lang| !is_hole && entries.find_index(&entry.identity.id, lang).is_none());
            diagnostics.extend(missing.map(|lang| untranslated(&entry.identity, lang)));
            continue;
        }
        let Some(original) = entries.find_index(&entry.identity.id, default) else {
            if is_hole {
                continue;
            }
            let path = entry
                .identity
                .path
                .replace(&format!(".{}.md", entry.identity.lang), ".md");
            diagnostics.push(
                Diagnostic::new(
                    Code::TranslationConflict,
                    &entry.identity.path,
                    0..0,
                    say!("this translates `{path}`, which is not there", path),
                )
                .help(say!("write the original, or rename this file if it is the original")),
            );
            continue;
        };
        if entry.broken || entries[original].broken {
            continue;
        }
        let mut front = (*entry.front).clone();
        let path = Arc::clone(&entry.identity.path);
        let mut inheritance = Inheritance {
            path: &path,
            text: tree.text(&path).unwrap_or_default(),
            blank: &entry.blank,
            diagnostics: Vec::new(),
        };
        inherit(&mut front, &entries[original].front, &mut inheritance);
        diagnostics.append(&mut inheritance.diagnostics);
        let digest = both(&entries[at].digest, &entries[original].digest);
        let entry = &mut entries[at];
        entry.front = Arc::new(front);
        entry.digest = digest;
    }
}

/// A digest of two files together.
fn both(translation: &Digest, original: &Digest) -> Digest {
    let mut hasher = blake3::Hasher::new();
    hasher.update(translation).update(original);
    *hasher.finalize().as_bytes()
}

fn untranslated(identity: &Identity, lang: &Lang) -> Diagnostic {
    let path = &identity.path;
    let folder = path.rfind('/').map_or("", |end| &path[..=end]);
    let name = format!("{folder}{id}", id = identity.id);
    Diagnostic::new(
        Code::MissingTranslation,
        path,
        0..0,
        say!(
            "this {kind} has no translation into `{lang}`",
            kind = identity.kind.named(),
            lang = lang.tag()
        ),
    )
    .help(say!("write {name}.{lang}.md", name, lang = lang.tag()))
}

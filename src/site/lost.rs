//! Files below `content/` that are there and are no documents, which is reported once: what leads to them is no second fault.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::{Entries, Entry, Site};
use crate::document::Kind;
use crate::source::Record;
use crate::text::{nearest, slug};
use crate::tree::Tree;

/// Notes a file that cannot be read or has a name that no document can have, under all ids by which it may be meant; or a folder that cannot be read.
pub(super) fn lose(site: &mut Site, path: &Arc<str>) {
    site.assets.insert(Arc::clone(path));
    site.unread = true;
    let Some(below) = path.strip_prefix("content/") else {
        return;
    };
    let folder = Kind::FOLDERS.iter().find(|(folder, _)| *folder == below);
    site.lost_folders.extend(folder.map(|(_, kind)| *kind));
    let Some(stem) = below.strip_suffix(".md") else {
        return;
    };
    let (folder, name) = stem.rsplit_once('/').unwrap_or(("", stem));
    let top = folder.split('/').next().unwrap_or_default();
    let id = name.split('.').next().unwrap_or(name);
    let is_there = Kind::FOLDERS.iter().any(|(folder, _)| *folder == top);
    // One that lies in no folder belongs into some folder.
    for (_, kind) in Kind::FOLDERS.iter().filter(|(folder, _)| *folder == top || !is_there) {
        site.holes.insert((*kind, id.into()));
        site.holes.insert((*kind, slug(id).into()));
    }
}

/// Of the names of seeds without a record those whose record is there and could not be joined with them, as was reported.
pub(super) fn recorded_elsewhere<'a>(
    tree: &Tree,
    records: &Entries<Record>,
    unrecorded: &BTreeSet<&'a str>,
) -> BTreeSet<&'a str> {
    let entries: BTreeMap<&str, &Entry<Record>> = records.iter().map(|entry| (&*entry.identity.path, entry)).collect();
    let mut meant = BTreeSet::new();
    let (mut nameless, mut spare) = (0, 0);
    for (path, file) in tree.below("content/sources") {
        let entry = entries.get(&**path);
        let joined = entry.is_some_and(|entry| {
            let file = entry.front.file.as_deref();
            let is_there = |file: &str| tree.get(&format!("seeds/{file}")).is_some() && !unrecorded.contains(file);
            entry.identity.is_translation || !entry.broken && file.is_some_and(is_there)
        });
        if joined || !path.ends_with(".md") {
            continue;
        }
        let text = String::from_utf8_lossy(&file.bytes);
        let id = path.rsplit('/').next().and_then(|name| name.split('.').next());
        let same_id = |name: &&&str| id.is_some_and(|id| slug(id) == slug(name.trim_end_matches(".txt")));
        let named = named_file(&text);
        let near = named.and_then(|name| nearest(name, unrecorded.iter().copied()));
        match near.or_else(|| unrecorded.iter().find(same_id).copied()) {
            Some(name) => {
                meant.insert(name);
            }
            None if named.is_none() => nameless += 1,
            None => spare += 1,
        }
    }
    let unseen = |path: &str| path == "content" || path.starts_with("content/sources");
    nameless += tree.unreadable().iter().filter(|file| unseen(&file.path)).count();
    // Which seeds the others mean nobody can say; where there is one for each seed that is left, these are meant.
    if nameless > 0 || spare >= unrecorded.len() - meant.len() {
        meant.extend(unrecorded);
    }
    meant
}

/// The name that stands behind `file:` in a record, readable or not.
fn named_file(text: &str) -> Option<&str> {
    let value = text.lines().find_map(|line| line.trim_start().strip_prefix("file:"))?;
    let value = value.split(" #").next().unwrap_or(value).trim();
    let name = value.trim_matches(['"', '\'']).rsplit('/').next().unwrap_or(value);
    Some(name).filter(|name| !name.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_named_even_where_yaml_is_broken() {
        for (text, name) in [
            ("---\nfile: a.txt\n---\n", Some("a.txt")),
            ("file: \"seeds/a b.txt\" # kept", Some("a b.txt")),
            ("title: \"x\nfile: 'a.txt'\n", Some("a.txt")),
            ("file:\n", None),
            ("title: x\n", None),
        ] {
            assert_eq!(named_file(text), name, "{text}");
        }
    }
}

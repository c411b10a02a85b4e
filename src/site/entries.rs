//! The documents of one kind, found by id and language.

use std::ops::{Deref, DerefMut};
use std::sync::Arc;

use super::Entry;
use crate::hash::Map;
use crate::lang::Lang;

/// Documents of one kind in order of id, then language.
#[derive(Debug, Clone)]
pub struct Entries<T> {
    list: Vec<Entry<T>>,
    /// Id → index of its first entry; the others follow it.
    first: Map<Arc<str>, usize>,
}

impl<T> Default for Entries<T> {
    fn default() -> Self {
        Self {
            list: Vec::new(),
            first: Map::default(),
        }
    }
}

impl<T> Deref for Entries<T> {
    type Target = [Entry<T>];

    fn deref(&self) -> &Self::Target {
        &self.list
    }
}

/// Ids and languages stay as they are: the order depends on them.
impl<T> DerefMut for Entries<T> {
    fn deref_mut(&mut self) -> &mut Self::Target {
        &mut self.list
    }
}

impl<T> From<Vec<Entry<T>>> for Entries<T> {
    /// Takes entries in order of id, then language.
    fn from(list: Vec<Entry<T>>) -> Self {
        let mut first = Map::with_capacity_and_hasher(list.len(), Default::default());
        for (at, entry) in list.iter().enumerate() {
            first.entry(Arc::clone(&entry.identity.id)).or_insert(at);
        }
        Self { list, first }
    }
}

impl<T> Entries<T> {
    /// The entry with this id and language.
    pub fn find(&self, id: &str, lang: &Lang) -> Option<&Entry<T>> {
        self.find_index(id, lang).map(|at| &self.list[at])
    }

    /// The index of the entry with this id and language.
    pub fn find_index(&self, id: &str, lang: &Lang) -> Option<usize> {
        let first = *self.first.get(id)?;
        let mut same_id = self.list[first..].iter().take_while(|entry| *entry.identity.id == *id);
        let place = same_id.position(|entry| entry.identity.lang == *lang)?;
        Some(first + place)
    }

    /// Whether there is an entry with this id in any language.
    pub fn has_any(&self, id: &str) -> bool {
        self.first.contains_key(id)
    }
}

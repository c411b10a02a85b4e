//! Terms by what people call them: an id, or any written form.

use std::collections::BTreeMap;

use super::glossary::{fold, written_forms};
use crate::lang::{Lang, plurals};
use crate::site::Site;
use crate::text::nearest;

/// The names of the terms of one language.
#[derive(Debug)]
pub struct Names<'a> {
    ids: BTreeMap<&'a str, usize>,
    /// Folded written forms, with the terms that have them and the form as its editor wrote it.
    forms: BTreeMap<String, (Vec<usize>, &'a str)>,
}

impl<'a> Names<'a> {
    /// Gathers ids, terms, aliases and their regular plurals.
    pub fn new(site: &'a Site, lang: &Lang) -> Self {
        let mut names = Self {
            ids: BTreeMap::new(),
            forms: BTreeMap::new(),
        };
        let of_lang = |(_, entry): &(usize, &crate::site::Entry<_>)| entry.identity.lang == *lang;
        for (at, entry) in site.terms.iter().enumerate().filter(of_lang) {
            names.ids.insert(&entry.identity.id, at);
            for (written, _) in written_forms(entry) {
                names.add(fold(written), at, written);
                for plural in plurals(lang, written) {
                    names.add(fold(&plural), at, written);
                }
            }
        }
        names
    }

    fn add(&mut self, form: String, term: usize, written: &'a str) {
        let (terms, _) = self.forms.entry(form).or_insert_with(|| (Vec::new(), written));
        if terms.last() != Some(&term) {
            terms.push(term);
        }
    }

    /// The terms that a word names: the one with that id, else all that have that written form. Indices of [`Site::terms`].
    pub fn find(&self, word: &str) -> Vec<usize> {
        match self.ids.get(word) {
            Some(term) => vec![*term],
            None => self.find_form(word).to_vec(),
        }
    }

    /// The terms that have a written form. Indices of [`Site::terms`].
    pub fn find_form(&self, form: &str) -> &[usize] {
        self.forms.get(&fold(form)).map_or(&[], |(terms, _)| terms)
    }

    /// The name that is closest to a word which names nothing, as an editor wrote it.
    pub fn nearest(&self, word: &str) -> Option<&'a str> {
        let word = fold(word);
        let forms = self.forms.iter().map(|(form, (_, written))| (form.as_str(), *written));
        let known: BTreeMap<&str, &'a str> = self.ids.keys().map(|id| (*id, *id)).chain(forms).collect();
        known.get(nearest(&word, known.keys().copied())?).copied()
    }
}

//! The printed glossaries of a site.

use std::collections::BTreeMap;
use std::hash::{Hash, Hasher};
use std::sync::{Arc, Mutex, PoisonError};

use super::Edition;
use crate::diagnostic::{Checked, Diagnostic};
use crate::hash::digester;
use crate::lang::Lang;
use crate::link::Target;
use crate::plan;
use crate::reader::Notes;
use crate::render::pdf::{self, Files, Prepared};
use crate::tree::{Digest, Tree};
use crate::view::Viewer;
use crate::view::paper::Layout;

/// Glossaries as they were set last, by language. They are set again only where what they are made of is something else.
#[derive(Debug, Default)]
pub(super) struct Press(Mutex<BTreeMap<Lang, Printed>>);

/// A digest of what a glossary was made of, and the PDF.
type Printed = (Digest, Arc<[u8]>);

impl Press {
    fn set(&self, lang: &Lang, prepared: Prepared) -> Result<Arc<[u8]>, Diagnostic> {
        let digest = prepared.digest();
        let kept = || self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, pdf)) = kept().get(lang).filter(|(known, _)| *known == digest) {
            return Ok(Arc::clone(pdf));
        }
        let pdf: Arc<[u8]> = prepared.pdf()?.into();
        kept().insert(lang.clone(), (digest, Arc::clone(&pdf)));
        Ok(pdf)
    }
}

impl Edition {
    /// The languages that have a printed glossary, with the path of its file.
    pub fn papers(&self) -> impl Iterator<Item = (&Lang, String)> {
        let config = &self.site.config;
        let paper = |lang| Some((lang, plan::pdf(config, lang)?));
        config.languages.iter().filter_map(paper)
    }

    /// The whole glossary of a language.
    pub(super) fn pdf(&self, viewer: &Viewer<'_>, lang: &Lang) -> Result<Vec<u8>, Diagnostic> {
        let prepared = self.prepared(viewer, lang, None).value;
        Ok(self.press.set(lang, prepared)?.to_vec())
    }

    /// What the glossary of a language cannot show as it is; what it reads is noted.
    pub fn unprintable<'a>(&'a self, lang: &Lang, tree: &Tree, notes: Option<&'a Notes<'a>>) -> Vec<Diagnostic> {
        self.prepared(&self.viewer(notes), lang, Some(tree)).diagnostics
    }

    fn prepared(&self, viewer: &Viewer<'_>, lang: &Lang, tree: Option<&Tree>) -> Checked<Prepared> {
        let booklet = viewer.booklet(lang, &viewer.all_terms(lang), Layout::Book);
        pdf::prepare(&booklet, &self.files(tree))
    }

    /// A digest of what the glossary of a language shows beside what it reads: images.
    pub fn paper_planned(&self, lang: &Lang) -> u64 {
        let terms = &self.index.orders[lang].terms;
        let links = terms.iter().flat_map(|at| &self.links.terms[*at].links);
        let images = links.flatten().filter_map(|target| match target {
            Target::Asset(path) => self.content_assets.get(path),
            _ => None,
        });
        let mut hasher = digester();
        images.for_each(|image| image.digest.hash(&mut hasher));
        hasher.finish()
    }

    /// What a glossary is set from beside its words; `tree` is asked for the places of faults.
    pub(crate) fn files<'a>(&'a self, tree: Option<&'a Tree>) -> Files<'a> {
        let image = |path: &str| self.content_assets.get(path).map(|file| Arc::clone(&file.bytes));
        Files {
            image: Box::new(image),
            text: Box::new(move |path: &str| tree?.text(path)),
        }
    }
}

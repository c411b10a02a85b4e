//! The printable glossary: every entry in full on one page, or those that were asked for.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use serde::Serialize;

use super::{Among, ContentView, Here, Segment, View, Viewer};
use crate::date::Point;
use crate::document::Kind;
use crate::lang::{Alphabet, Lang, space};
use crate::markdown::Placement;
use crate::plan::{self, Content, Planned};
use crate::reader::Document;
use crate::term::Term;

/// The printable glossary.
#[derive(Debug, Clone, Serialize)]
pub struct PrintView {
    /// Which edition it is, with its day; `None` where nothing names one.
    pub edition: Option<String>,
    /// Where the glossary is on the site, as readers type it.
    pub address: String,
    /// Path of the same as PDF, where this program can make it and the page is part of the site.
    pub pdf: Option<String>,
    /// Letters with their entries, in order.
    pub letters: Vec<PrintLetter>,
}

/// A letter of the printable glossary.
#[derive(Debug, Clone, Serialize)]
pub struct PrintLetter {
    /// The letter, or `#` for figures and signs.
    pub letter: String,
    /// Its entries.
    pub entries: Vec<PrintEntry>,
}

/// An entry as it is printed.
#[derive(Debug, Clone, Serialize)]
pub struct PrintEntry {
    /// Its id; its anchor on the page is `t-` and the id.
    pub id: String,
    /// The term.
    pub term: String,
    /// A gloss that tells it from homonyms.
    pub sense: Option<String>,
    /// Other written forms.
    pub aliases: Vec<String>,
    /// Whether its meaning is disputed.
    pub disputed: bool,
    /// Its definition.
    pub body: Vec<Segment>,
    /// Related terms.
    pub see: Vec<SeeView>,
    /// Where it is on the site: the absolute address.
    pub url: String,
    /// The same as readers type it.
    pub address: String,
}

/// A related term.
#[derive(Debug, Clone, Serialize)]
pub struct SeeView {
    /// The term.
    pub title: String,
    /// Its anchor on the page, or its path where it has no entry there.
    pub href: String,
}

/// The anchor of an entry where several share a page.
pub(super) fn entry_anchor(id: &str) -> String {
    format!("t-{id}")
}

/// An address as readers type it.
pub(super) fn typed(url: &str) -> String {
    url.split_once("://").map_or(url, |(_, rest)| rest).to_owned()
}

impl Viewer<'_> {
    /// The printable glossary of all terms of a language.
    pub(super) fn print_page(&self, here: Here<'_>) -> PrintView {
        PrintView {
            pdf: plan::pdf(self.read.config(), here.lang),
            ..self.print(here, &self.all_terms(here.lang))
        }
    }

    /// The printable glossary of chosen terms, in order; indices of the site's terms.
    pub fn print(&self, here: Here<'_>, terms: &[usize]) -> PrintView {
        let shown: BTreeSet<usize> = terms.iter().copied().collect();
        let alphabet = Alphabet::of(here.lang);
        let initial = |at: &usize| alphabet.letter(self.read.document::<Term>(*at).entry.front.name());
        let letters = terms
            .chunk_by(|a, b| initial(a) == initial(b))
            .map(|chunk| PrintLetter {
                letter: initial(&chunk[0]),
                entries: chunk.iter().map(|at| self.print_entry(here, *at, &shown)).collect(),
            });
        PrintView {
            edition: self
                .edition_day_of(terms)
                .map(|day| here.words.fill("edition", &[("date", &here.words.point(&day))])),
            address: typed(&self.absolute(&plan::list(self.read.config(), here.lang, "glossary"))),
            pdf: None,
            letters: letters.collect(),
        }
    }

    /// The printable glossary as a page that lies on no site: it leads to the published one, and holds its images itself.
    pub fn print_alone(&self, lang: &Lang, terms: &[usize], pictures: &BTreeMap<Arc<str>, String>) -> View {
        let here = Here {
            pictures: Some(pictures),
            ..Here::new(lang, &self.read.config().base_url, &self.words[lang])
        };
        let page = Planned {
            path: plan::print(self.read.config(), lang),
            lang: lang.clone(),
            content: Content::Print,
            alternates: Vec::new(),
        };
        let content = ContentView::Print(self.print(here, terms));
        View {
            page: self.meta(&page, here, &content),
            content,
        }
    }

    fn print_entry(&self, here: Here<'_>, at: usize, shown: &BTreeSet<usize>) -> PrintEntry {
        let Document { entry, linked } = self.read.document::<Term>(at);
        let (id, term) = (&entry.identity.id, &entry.front);
        let text = |text: &str| space(here.lang, text).into_owned();
        let prefix = format!("{}.", entry_anchor(id));
        let among = Among {
            own: at,
            terms: shown,
            placement: Placement {
                prefix: &prefix,
                deeper: 2,
            },
        };
        let inside = Here {
            among: Some(among),
            ..here
        };
        let url = self.absolute(&plan::of_document(self.read.config(), here.lang, Kind::Term, id));
        PrintEntry {
            id: id.to_string(),
            term: text(term.name()),
            sense: term.sense.as_deref().map(text),
            aliases: term.aliases.iter().map(|alias| text(alias)).collect(),
            disputed: term.disputed == Some(true),
            body: self.body(inside, &entry.body, linked),
            see: term.see.iter().filter_map(|id| self.see(inside, id)).collect(),
            address: typed(&url),
            url,
        }
    }

    /// A related term: on the page where it has an entry there, else on the site.
    fn see(&self, here: Here<'_>, id: &str) -> Option<SeeView> {
        let at = self.read.find_index::<Term>(id, here.lang)?;
        Some(SeeView {
            title: space(here.lang, self.read.document::<Term>(at).entry.front.name()).into_owned(),
            href: self.entry_href(here, at, None),
        })
    }

    /// The day of an edition: the one that was asked for, else the newest on which an editor looked at what the entries rest on. Never the clock's.
    pub(super) fn edition_day_of(&self, terms: &[usize]) -> Option<Point> {
        let accessed = || {
            let evidence = terms
                .iter()
                .flat_map(|at| &self.read.document::<Term>(*at).entry.front.evidence);
            let days = evidence.filter_map(|evidence| evidence.accessed?.as_day());
            days.max_by_key(Point::first_day)
        };
        self.edition_day.or_else(accessed)
    }
}

//! The search page, and what the search index knows of each page. The index itself is made in [`render`](crate::render::search).

use serde::Serialize;

use super::cards::VerdictView;
use super::{DateView, Here, Viewer};
use crate::document::{Evidence, Kind};
use crate::event::Event;
use crate::lang::{Lang, space};
use crate::link::{Concerning, Linked};
use crate::markdown::Body;
use crate::page::Page;
use crate::plan;
use crate::source::Record;
use crate::term::Term;

/// The search page.
#[derive(Debug, Clone, Serialize)]
pub struct SearchView {
    /// Kinds of pages to choose from: those that the language has.
    pub kinds: Vec<KindView>,
    /// Verdicts to choose from: the scale in order.
    pub verdicts: Vec<VerdictView>,
    /// Lists for readers who rather look through them, or have no JavaScript.
    pub lists: Vec<ListView>,
    /// Where the index is.
    pub index: &'static str,
}

/// A kind of page.
#[derive(Debug, Clone, Serialize)]
pub struct KindView {
    /// What the index and addresses call it.
    pub id: &'static str,
    /// What readers see.
    pub label: String,
}

/// A list of all pages of a kind.
#[derive(Debug, Clone, Serialize)]
pub struct ListView {
    /// What readers see.
    pub title: String,
    /// Where it is.
    pub path: String,
    /// How many entries it has.
    pub count: usize,
}

/// What the index knows of a page, or of a part of one that can be linked to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SearchRecord {
    /// Address from the site's root without the first `/`.
    pub path: String,
    /// What it is called.
    pub title: String,
    /// `claim`, `term`, `event`, `source`, `page` or `entity`.
    pub kind: &'static str,
    /// Id of its verdict.
    pub verdict: Option<String>,
    /// What it says, without its title and without markup.
    pub text: String,
}

/// Text in parts, each closed like a sentence, so that excerpts do not run them together. Words of editors are spaced as pages show them.
struct Text<'a> {
    lang: &'a Lang,
    text: String,
}

impl<'a> Text<'a> {
    fn new(lang: &'a Lang) -> Text<'a> {
        Text {
            lang,
            text: String::new(),
        }
    }

    /// Words of editors, as typed.
    fn push(&mut self, typed: impl AsRef<str>) {
        self.push_as_is(&space(self.lang, typed.as_ref()));
    }

    fn extend<T: AsRef<str>>(&mut self, typed: impl IntoIterator<Item = T>) {
        typed.into_iter().for_each(|part| self.push(part));
    }

    /// Words of a source, or what is spaced already.
    fn push_as_is(&mut self, part: &str) {
        let part = part.trim();
        if part.is_empty() {
            return;
        }
        if !self.text.is_empty() {
            let closed = self.text.ends_with(['.', '!', '?', '…', ':', ';', ',', '»', '”']);
            self.text.push_str(if closed { " " } else { ". " });
        }
        self.text.push_str(part);
    }

    fn documents(&mut self, evidence: &[Evidence]) {
        for item in evidence {
            self.extend([&item.title, &item.publisher, &item.note].into_iter().flatten());
        }
    }
}

impl<'a> Viewer<'a> {
    /// The search page.
    pub(super) fn search(&self, here: Here<'_>) -> SearchView {
        let order = &self.read.everything().index.orders[here.lang];
        let sources = self.sources_in(here.lang).count();
        let kinds = [
            ("claim", order.claims.len()),
            ("term", order.terms.len()),
            ("event", order.events.len()),
            ("source", sources),
            ("entity", self.entities_in(here.lang).count()),
            ("page", self.pages_in(here.lang).count()),
        ];
        let lists = [
            ("claims", order.claims.len()),
            ("glossary", order.terms.len()),
            ("timeline", order.events.len()),
            ("sources", sources),
        ];
        let kind = |id| KindView {
            id,
            label: here.words.label("document", id),
        };
        let list = |(name, count)| ListView {
            title: here.words.get(name).to_owned(),
            path: plan::list(self.read.config(), here.lang, name),
            count,
        };
        let scale = self.read.config().verdicts.iter();
        SearchView {
            kinds: kinds
                .into_iter()
                .filter(|(_, count)| *count > 0)
                .map(|(id, _)| kind(id))
                .collect(),
            verdicts: scale
                .filter_map(|verdict| self.verdict(&verdict.id, here.lang))
                .collect(),
            lists: lists.map(list).into(),
            index: plan::SEARCH_FOLDER,
        }
    }

    /// What can be found in a language, in an order that does not depend on the machine.
    pub fn search_records(&self, lang: &Lang) -> Vec<SearchRecord> {
        let here = Here::new(lang, "", &self.words[lang]);
        let order = &self.read.everything().index.orders[lang];
        let claims = order.claims.iter().map(|at| self.record_of_claim(here, *at));
        let terms = order.terms.iter().map(|at| self.record_of_term(here, *at));
        let events = order.events.iter().map(|at| self.record_of_event(here, *at));
        claims
            .chain(terms)
            .chain(events)
            .chain(self.sources_in(lang).map(|at| self.record_of_source(here, at)))
            .chain(self.pages_in(lang).map(|at| self.record_of_page(here, at)))
            .chain(
                self.entities_in(lang)
                    .map(|(slug, name)| self.record_of_entity(here, slug, name)),
            )
            .collect()
    }

    fn sources_in(&self, lang: &'a Lang) -> impl Iterator<Item = usize> + use<'a> {
        let site = self.read.everything().site;
        (0..site.sources.len()).filter(move |at| site.has(Kind::Source, &site.sources[*at].id, lang))
    }

    fn pages_in(&self, lang: &'a Lang) -> impl Iterator<Item = usize> + use<'a> {
        let pages = &self.read.everything().site.pages;
        (0..pages.len()).filter(move |at| pages[*at].identity.lang == *lang)
    }

    /// Slugs and names of the people and organizations that a claim or an event in the language concerns.
    fn entities_in(&self, lang: &'a Lang) -> impl Iterator<Item = (&'a str, &'a str)> + use<'a> {
        let whole = self.read.everything();
        let here = move |concerning: &Concerning| {
            let claims = concerning.claims.iter().map(|at| &whole.site.claims[*at].identity);
            let events = concerning.events.iter().map(|at| &whole.site.events[*at].identity);
            claims.chain(events).any(|identity| identity.lang == *lang)
        };
        let entities = whole.index.entities.iter();
        entities
            .filter(move |(_, concerning)| here(concerning))
            .map(|(slug, concerning)| (slug.as_str(), concerning.name.as_str()))
    }

    fn record_of_claim(&self, here: Here<'_>, at: usize) -> SearchRecord {
        let document = self.read.claim(at);
        let (entry, claim) = (document.entry, &document.entry.front);
        let mut text = Text::new(here.lang);
        text.extend(&claim.summary);
        text.extend(self.claimant_name(claim, at));
        self.body_text(&mut text, &entry.body, document.linked);
        text.extend(&claim.missing);
        text.documents(&claim.evidence);
        for correction in &claim.corrections {
            text.extend(
                [&correction.was, &correction.now, &correction.note]
                    .into_iter()
                    .flatten(),
            );
        }
        text.push(claim.entities.join(", "));
        SearchRecord {
            verdict: claim.verdict.clone(),
            ..self.record(here, Kind::Claim, "claim", &entry.identity.id, claim.text(), text)
        }
    }

    fn record_of_term(&self, here: Here<'_>, at: usize) -> SearchRecord {
        let document = self.read.document::<Term>(at);
        let (entry, term) = (document.entry, &document.entry.front);
        let mut text = Text::new(here.lang);
        text.extend(&term.sense);
        self.body_text(&mut text, &entry.body, document.linked);
        text.push(term.aliases.join(", "));
        text.documents(&term.evidence);
        self.record(here, Kind::Term, "term", &entry.identity.id, term.name(), text)
    }

    fn record_of_event(&self, here: Here<'_>, at: usize) -> SearchRecord {
        let document = self.read.document::<Event>(at);
        let (entry, event) = (document.entry, &document.entry.front);
        let mut text = Text::new(here.lang);
        text.extend(event.date.map(|date| DateView::new(&date, here.words).text));
        self.body_text(&mut text, &entry.body, document.linked);
        text.documents(&event.evidence);
        text.push(event.entities.join(", "));
        self.record(here, Kind::Event, "event", &entry.identity.id, event.name(), text)
    }

    fn record_of_source(&self, here: Here<'_>, at: usize) -> SearchRecord {
        let source = self.read.source(at);
        let card = self.source_card(here, at);
        let mut text = Text::new(here.lang);
        text.extend(&card.publisher);
        text.extend(&source.record.author);
        text.extend(&card.kind_label);
        if let Some(record) = self.read.find::<Record>(&source.id, here.lang) {
            self.body_text(&mut text, &record.entry.body, record.linked);
        }
        self.record(here, Kind::Source, "source", &source.id, &card.title, text)
    }

    fn record_of_page(&self, here: Here<'_>, at: usize) -> SearchRecord {
        let document = self.read.document::<Page>(at);
        let (entry, page) = (document.entry, &document.entry.front);
        let mut text = Text::new(here.lang);
        text.extend(&page.description);
        self.body_text(&mut text, &entry.body, document.linked);
        self.record(here, Kind::Page, "page", &entry.identity.id, page.name(), text)
    }

    fn record_of_entity(&self, here: Here<'_>, slug: &str, name: &str) -> SearchRecord {
        SearchRecord {
            path: plan::of_entity(self.read.config(), here.lang, slug),
            title: name.to_owned(),
            kind: "entity",
            verdict: None,
            text: here.words.get("entity_intro").to_owned(),
        }
    }

    fn record(
        &self,
        here: Here<'_>,
        kind: Kind,
        name: &'static str,
        id: &str,
        title: &str,
        text: Text<'_>,
    ) -> SearchRecord {
        SearchRecord {
            path: self.path_of(kind, id, here.lang),
            title: space(here.lang, title).into_owned(),
            kind: name,
            verdict: None,
            text: text.text,
        }
    }

    /// A body's own words, then the words it quotes in blocks with their translations.
    fn body_text(&self, text: &mut Text<'_>, body: &Body, linked: &Linked) {
        for block in body.blocks() {
            text.push_as_is(&block);
        }
        let blocks = body.quotations.iter().zip(&linked.quotations);
        for proven in blocks
            .filter(|(block, _)| !block.inline)
            .filter_map(|(_, proven)| proven.as_ref())
        {
            let Some(seed) = &self.read.source(proven.source).seed else {
                continue;
            };
            let parts = proven.verified.parts().map(|part| &seed.text[part.span.clone()]);
            text.push_as_is(&parts.collect::<Vec<_>>().join(" … "));
            text.extend(proven.verified.translation());
        }
    }
}

//! Lists: claims, sources, the glossary, an entity, corrections.

use serde::Serialize;

use super::cards::{ClaimCard, DateView, LinkView, Pager};
use super::claim::{CorrectionView, correction_view};
use super::filters::FiltersView;
use super::term::excerpt;
use super::{Here, Viewer};
use crate::document::Kind;
use crate::event::Event;
use crate::lang::{Alphabet, Lang, space};
use crate::plan::{self, PER_PAGE};
use crate::site::Entry;
use crate::source::Record;
use crate::term::Term;

/// The list of claims.
#[derive(Debug, Clone, Serialize)]
pub struct ClaimsView {
    /// Claims, the latest checked first.
    pub claims: Vec<ClaimCard>,
    /// What the list can be filtered by.
    pub filters: FiltersView,
    /// The way through the list.
    pub pager: Pager,
}

/// The list of sources.
#[derive(Debug, Clone, Serialize)]
pub struct SourcesView {
    /// Sources in order of id.
    pub sources: Vec<SourceCard>,
    /// The way through the list.
    pub pager: Pager,
}

/// A source in a list.
#[derive(Debug, Clone, Serialize)]
pub struct SourceCard {
    /// Title of the article, or the id.
    pub title: String,
    /// Who published it.
    pub publisher: Option<String>,
    /// Where its page is.
    pub path: String,
    /// Language of its text.
    pub lang: String,
    /// When it was published.
    pub published: Option<DateView>,
    /// What kind of text it is.
    pub kind_label: Option<String>,
    /// Passages of the article proper.
    pub passages: usize,
    /// Of those, how many a claim quotes.
    pub checked: usize,
}

/// The glossary.
#[derive(Debug, Clone, Serialize)]
pub struct GlossaryView {
    /// Path of the glossary on one page, for paper.
    pub print: String,
    /// Path of the same as PDF, where this program can make it.
    pub pdf: Option<String>,
    /// All letters of the glossary in order, those of its other pages included.
    pub alphabet: Vec<LetterLink>,
    /// This page's letters with their terms, in order.
    pub letters: Vec<LetterView>,
    /// The way through the list.
    pub pager: Pager,
}

/// The way to a letter of the glossary.
#[derive(Debug, Clone, Serialize)]
pub struct LetterLink {
    /// The letter, or `#` for figures and signs.
    pub letter: String,
    /// Path of the page where it begins; none for the page that is shown.
    pub path: Option<String>,
}

/// A letter of the glossary.
#[derive(Debug, Clone, Serialize)]
pub struct LetterView {
    /// The letter, or `#` for figures and signs.
    pub letter: String,
    /// Its terms.
    pub terms: Vec<TermCard>,
}

/// A term in a list.
#[derive(Debug, Clone, Serialize)]
pub struct TermCard {
    /// Its id.
    pub id: String,
    /// The term.
    pub term: String,
    /// A gloss that tells it from homonyms.
    pub sense: Option<String>,
    /// Whether its meaning is disputed.
    pub disputed: bool,
    /// The beginning of its definition.
    pub excerpt: String,
    /// Where it is.
    pub path: String,
}

/// All people and organizations.
#[derive(Debug, Clone, Serialize)]
pub struct EntitiesView {
    /// By name.
    pub entities: Vec<EntityCard>,
    /// The way through the list.
    pub pager: Pager,
}

/// A person or an organization in a list.
#[derive(Debug, Clone, Serialize)]
pub struct EntityCard {
    /// Name.
    pub name: String,
    /// Where all that concerns it is.
    pub path: String,
    /// How many claims concern it.
    pub claims: usize,
    /// How many events do.
    pub events: usize,
}

/// All that concerns a person or an organization.
#[derive(Debug, Clone, Serialize)]
pub struct EntityView {
    /// Name.
    pub name: String,
    /// Claims.
    pub claims: Vec<ClaimCard>,
    /// Events.
    pub events: Vec<LinkView>,
    /// The way through the list.
    pub pager: Pager,
}

/// All corrections.
#[derive(Debug, Clone, Serialize)]
pub struct CorrectionsView {
    /// Corrections, newest first.
    pub corrections: Vec<CorrectedView>,
    /// The way through the list.
    pub pager: Pager,
}

/// A correction with its claim.
#[derive(Debug, Clone, Serialize)]
pub struct CorrectedView {
    /// The claim.
    pub claim: LinkView,
    /// What changed.
    pub correction: CorrectionView,
}

impl Viewer<'_> {
    pub(super) fn claims(&self, here: Here<'_>, number: usize) -> ClaimsView {
        let (claims, total) = self.read.claims_page(here.lang, number);
        ClaimsView {
            claims: claims.iter().map(|at| self.claim_card(here, *at)).collect(),
            filters: self.claim_filters(here),
            pager: Pager::new(&plan::list(self.read.config(), here.lang, "claims"), number, total),
        }
    }

    pub(super) fn sources(&self, here: Here<'_>, number: usize) -> SourcesView {
        let (sources, total) = self.read.sources_page(here.lang, number);
        SourcesView {
            sources: sources.iter().map(|at| self.source_card(here, *at)).collect(),
            pager: Pager::new(&plan::list(self.read.config(), here.lang, "sources"), number, total),
        }
    }

    pub(super) fn source_card(&self, here: Here<'_>, at: usize) -> SourceCard {
        let source = self.read.source(at);
        let coverage = self.coverage(at);
        let translated = self
            .read
            .find::<Record>(&source.id, here.lang)
            .and_then(|record| record.entry.front.title.clone());
        let title = translated
            .or_else(|| source.record.title.clone())
            .unwrap_or_else(|| source.id.to_string());
        SourceCard {
            title: space(here.lang, &title).into_owned(),
            publisher: source
                .record
                .publisher
                .as_deref()
                .map(|name| space(here.lang, name).into_owned()),
            path: self.path_of(Kind::Source, &source.id, here.lang),
            lang: source.lang().tag().to_owned(),
            published: source.record.published.map(|date| DateView::moment(&date, here.words)),
            kind_label: source.record.kind.map(|kind| here.words.label("kind", kind)),
            passages: coverage.passages,
            checked: coverage.checked,
        }
    }

    pub(super) fn glossary(&self, here: Here<'_>, number: usize) -> GlossaryView {
        let (terms, total) = self.read.terms_page(here.lang, number);
        let shown: Vec<&Entry<Term>> = terms.iter().map(|at| self.read.document(*at).entry).collect();
        let alphabet = Alphabet::of(here.lang);
        let initial = |entry: &Entry<Term>| alphabet.letter(entry.front.name());
        let letters = shown.chunk_by(|a, b| initial(a) == initial(b)).map(|chunk| LetterView {
            letter: initial(chunk[0]),
            terms: chunk.iter().map(|entry| self.term_card(here, entry)).collect(),
        });
        GlossaryView {
            print: plan::print(self.read.config(), here.lang),
            pdf: plan::pdf(self.read.config(), here.lang),
            alphabet: self.alphabet(here, number),
            letters: letters.collect(),
            pager: Pager::new(&plan::list(self.read.config(), here.lang, "glossary"), number, total),
        }
    }

    /// Indices of all terms of the glossary in order.
    pub fn all_terms(&self, lang: &Lang) -> Vec<usize> {
        let (first, total) = self.read.terms_page(lang, 1);
        let mut terms = first.to_vec();
        for page in 2..=total.div_ceil(PER_PAGE) {
            terms.extend(self.read.terms_page(lang, page).0);
        }
        terms
    }

    /// The letters of the whole glossary, as a page of it leads to them. A letter that goes on from one page to the next begins on the first.
    fn alphabet(&self, here: Here<'_>, number: usize) -> Vec<LetterLink> {
        let list = plan::list(self.read.config(), here.lang, "glossary");
        let alphabet = Alphabet::of(here.lang);
        let mut letters: Vec<LetterLink> = Vec::new();
        for (place, at) in self.all_terms(here.lang).into_iter().enumerate() {
            let letter = alphabet.letter(self.read.document::<Term>(at).entry.front.name());
            if letters.last().is_some_and(|last| last.letter == letter) {
                continue;
            }
            let page = place / PER_PAGE + 1;
            let path = (page != number).then(|| plan::page_of(&list, page));
            letters.push(LetterLink { letter, path });
        }
        letters
    }

    fn term_card(&self, here: Here<'_>, entry: &Entry<Term>) -> TermCard {
        let text = |text: &str| space(here.lang, text).into_owned();
        TermCard {
            id: entry.identity.id.to_string(),
            term: text(entry.front.name()),
            sense: entry.front.sense.as_deref().map(text),
            disputed: entry.front.disputed == Some(true),
            excerpt: excerpt(&entry.body),
            path: self.path_of(Kind::Term, &entry.identity.id, here.lang),
        }
    }

    pub(super) fn entities(&self, here: Here<'_>, number: usize) -> EntitiesView {
        let (entities, total) = self.read.entities_page(here.lang, number);
        let card = |entity: &crate::link::EntityCount| EntityCard {
            name: entity.name.clone(),
            path: plan::of_entity(self.read.config(), here.lang, &entity.slug),
            claims: entity.claims,
            events: entity.events,
        };
        EntitiesView {
            entities: entities.iter().map(card).collect(),
            pager: Pager::new(&plan::list(self.read.config(), here.lang, "entities"), number, total),
        }
    }

    pub(super) fn entity(&self, here: Here<'_>, slug: &str, number: usize) -> EntityView {
        let crate::link::Concerning { name, claims, events } = self.read.entity(slug).cloned().unwrap_or_default();
        let claims: Vec<usize> = claims
            .into_iter()
            .filter(|at| self.read.claim_lang(*at) == here.lang)
            .collect();
        let mut events: Vec<usize> = events
            .into_iter()
            .filter(|at| self.read.document::<Event>(*at).entry.identity.lang == *here.lang)
            .collect();
        events.sort_by_key(|at| {
            (
                self.read
                    .document::<Event>(*at)
                    .entry
                    .front
                    .date
                    .map(|date| date.sort_key()),
                *at,
            )
        });
        let total = claims.len() + events.len();
        let (from, to) = (plan::offset(number), plan::offset(number) + PER_PAGE);
        let shown_claims = claims.iter().take(to).skip(from);
        let shown_events = events
            .iter()
            .take(to.saturating_sub(claims.len()))
            .skip(from.saturating_sub(claims.len()));
        EntityView {
            name,
            claims: shown_claims.map(|at| self.claim_card(here, *at)).collect(),
            events: shown_events.map(|at| self.event_link(here, *at)).collect(),
            pager: Pager::new(&plan::of_entity(self.read.config(), here.lang, slug), number, total),
        }
    }

    pub(super) fn corrections(&self, here: Here<'_>, number: usize) -> CorrectionsView {
        let (corrections, total) = self.read.corrections_page(here.lang, number);
        CorrectionsView {
            corrections: corrections
                .iter()
                .map(|(claim, correction)| self.corrected(here, *claim, *correction))
                .collect(),
            pager: Pager::new(&plan::list(self.read.config(), here.lang, "corrections"), number, total),
        }
    }

    pub(super) fn corrected(&self, here: Here<'_>, claim: usize, correction: usize) -> CorrectedView {
        let entry = self.read.claim(claim).entry;
        CorrectedView {
            claim: LinkView {
                title: space(here.lang, entry.front.text()).into_owned(),
                path: self.path_of(Kind::Claim, &entry.identity.id, here.lang),
            },
            correction: correction_view(here, &entry.front.corrections[correction]),
        }
    }
}

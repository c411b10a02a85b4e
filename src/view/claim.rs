//! The claim vs. source page.

use serde::Serialize;

use super::cards::{DateView, EvidenceLists, LinkView, VerdictView};
use super::{Here, QuotationView, ReviewView, Segment, Viewer};
use crate::claim::{Claim, Correction};
use crate::document::Kind;
use crate::event::Event;
use crate::lang::space;
use crate::markdown::Role;
use crate::plan::of_document;
use crate::reader::Document;
use crate::term::Term;

/// A claim with all that was found on it.
#[derive(Debug, Clone, Serialize)]
pub struct ClaimView {
    /// Its id.
    pub id: String,
    /// The claim in one sentence.
    pub claim: String,
    /// The finding.
    pub summary: String,
    /// The verdict.
    pub verdict: Option<VerdictView>,
    /// Why, in a word: what readers see.
    pub reason: Option<String>,
    /// Who makes the claim.
    pub claimant: Option<ClaimantView>,
    /// When it was made.
    pub claimed: Option<DateView>,
    /// When the check was published.
    pub published: Option<DateView>,
    /// When it was last changed.
    pub updated: Option<DateView>,
    /// When it was last checked.
    pub checked: Option<DateView>,
    /// Who wrote the check.
    pub author: Option<String>,
    /// Who reviewed it; nobody where there is none.
    pub reviewer: Option<String>,
    /// People and organizations.
    pub entities: Vec<LinkView>,
    /// The quotations that state the claim; they stand beside it and not in `body`.
    pub quotations: Vec<QuotationView>,
    /// The analysis.
    pub body: Vec<Segment>,
    /// What the check rests on.
    pub evidence: EvidenceLists,
    /// What would settle an unverifiable claim.
    pub missing: Option<String>,
    /// Corrections, newest first.
    pub corrections: Vec<CorrectionView>,
    /// Terms that the page uses.
    pub terms: Vec<LinkView>,
    /// Events that name the claim.
    pub events: Vec<LinkView>,
    /// The claim before it in the list.
    pub previous: Option<LinkView>,
    /// The claim after it.
    pub next: Option<LinkView>,
    /// The check for programs.
    #[serde(skip)]
    pub review: ReviewView,
}

/// Who makes a claim.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ClaimantView {
    /// Name.
    pub name: String,
    /// `person` or `organization`.
    pub kind: &'static str,
    /// A page about them.
    pub url: Option<String>,
}

/// A change after publication.
#[derive(Debug, Clone, Serialize)]
pub struct CorrectionView {
    /// The day.
    pub date: Option<DateView>,
    /// What it said.
    pub was: Option<String>,
    /// What it says now.
    pub now: Option<String>,
    /// Why.
    pub note: Option<String>,
}

impl Viewer<'_> {
    /// The view of a claim.
    pub(super) fn claim(&self, here: Here<'_>, at: usize) -> ClaimView {
        let Document { entry, linked } = self.read.claim(at);
        let claim = &*entry.front;
        let states = |quotation: usize| {
            entry.body.quotations[quotation].role == Role::States && !entry.body.quotations[quotation].inline
        };
        let stating = (0..entry.body.quotations.len()).filter(|quotation| states(*quotation));
        let [previous, next] = self.read.neighbours(at);
        let text = |text: &Option<String>| text.as_deref().map(|text| space(here.lang, text).into_owned());
        let day = |day: Option<crate::date::Point>| day.map(|day| DateView::day(&day, here.words));
        ClaimView {
            id: entry.identity.id.to_string(),
            claim: text(&claim.claim).unwrap_or_default(),
            summary: text(&claim.summary).unwrap_or_default(),
            verdict: claim.verdict.as_deref().and_then(|id| self.verdict(id, here.lang)),
            reason: claim.reason.map(|reason| here.words.label("reason", reason)),
            claimant: self.claimant(claim, at),
            claimed: self.claimed(claim, at).map(|date| DateView::moment(&date, here.words)),
            published: day(claim.published),
            updated: day(claim.updated),
            checked: day(claim.checked),
            author: claim.author.clone(),
            reviewer: claim.reviewer.clone(),
            entities: claim
                .entities
                .iter()
                .map(|name| self.entity_link(name, here.lang))
                .collect(),
            quotations: stating
                .filter_map(|quotation| self.clipping(here, &entry.body, linked, quotation))
                .collect(),
            body: self.body_without(here, &entry.body, linked, states),
            evidence: self.evidence(here, &claim.evidence),
            missing: text(&claim.missing),
            corrections: corrections_newest_first(claim)
                .into_iter()
                .map(|correction| correction_view(here, correction))
                .collect(),
            terms: self.term_links(here, self.read.terms_of_claim(at)),
            events: self
                .read
                .events_of_claim(at)
                .iter()
                .map(|event| self.event_link(here, *event))
                .collect(),
            previous: previous.map(|at| self.neighbour(here, at)),
            next: next.map(|at| self.neighbour(here, at)),
            review: self.review(at),
        }
    }

    /// Who makes a claim.
    pub fn claimant(&self, claim: &Claim, at: usize) -> Option<ClaimantView> {
        let name = self.claimant_name(claim, at)?;
        let by_author = || {
            self.read
                .stated_by(at)
                .is_some_and(|source| self.read.source(source).record.author.is_some())
        };
        Some(match &claim.claimant {
            Some(claimant) => ClaimantView {
                name,
                kind: claimant.kind,
                url: claimant.url.clone(),
            },
            None => ClaimantView {
                name,
                kind: if by_author() { "person" } else { "organization" },
                url: None,
            },
        })
    }

    /// When a claim was made: as the file says, or when the source that states it was published.
    pub fn claimed(&self, claim: &Claim, at: usize) -> Option<crate::date::Date> {
        claim
            .claimed
            .or_else(|| self.read.source(self.read.stated_by(at)?).record.published)
    }

    pub(super) fn term_links(&self, here: Here<'_>, ids: &[impl AsRef<str>]) -> Vec<LinkView> {
        let terms = ids
            .iter()
            .filter_map(|id| self.read.find::<Term>(id.as_ref(), here.lang));
        terms
            .map(|term| LinkView {
                title: space(here.lang, term.entry.front.name()).into_owned(),
                path: of_document(self.read.config(), here.lang, Kind::Term, &term.entry.identity.id),
            })
            .collect()
    }

    pub(super) fn event_link(&self, here: Here<'_>, at: usize) -> LinkView {
        let event = self.read.document::<Event>(at).entry;
        let date = event.front.date.map(|date| here.words.date(&date)).unwrap_or_default();
        let title = space(here.lang, event.front.name()).into_owned();
        LinkView {
            title: format!("{date} – {title}"),
            path: self.path_of(Kind::Event, &event.identity.id, here.lang),
        }
    }

    /// A link to the claim before or after another.
    fn neighbour(&self, here: Here<'_>, at: usize) -> LinkView {
        let entry = self.read.claim(at).entry;
        LinkView {
            title: space(here.lang, entry.front.text()).into_owned(),
            path: of_document(self.read.config(), here.lang, Kind::Claim, &entry.identity.id),
        }
    }
}

/// A claim's corrections, newest first.
pub(super) fn corrections_newest_first(claim: &Claim) -> Vec<&Correction> {
    let mut corrections: Vec<&Correction> = claim.corrections.iter().collect();
    corrections.sort_by_key(|correction| std::cmp::Reverse(correction.date));
    corrections
}

/// The view of a correction.
pub(super) fn correction_view(here: Here<'_>, correction: &Correction) -> CorrectionView {
    let text = |text: &Option<String>| text.as_deref().map(|text| space(here.lang, text).into_owned());
    CorrectionView {
        date: correction.date.map(|day| DateView::day(&day, here.words)),
        was: text(&correction.was),
        now: text(&correction.now),
        note: text(&correction.note),
    }
}

//! A check in the terms of schema.org's ClaimReview: what the page of a claim shows, for programs.

use super::Viewer;
use super::cards::VerdictView;
use super::claim::{ClaimantView, corrections_newest_first};
use crate::date::Date;
use crate::document::{Evidence, Kind};
use crate::lang::{Lang, space};
use crate::link::Linked;
use crate::markdown::Role;
use crate::reader::Document;

/// A check. All texts are those of the page; dates are ISO 8601 and left out where they are not one sure year, month or day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReviewView {
    /// Absolute address of the page.
    pub url: String,
    /// Language of the page.
    pub lang: String,
    /// The claim in one sentence.
    pub claim: String,
    /// The finding.
    pub summary: String,
    /// The verdict.
    pub verdict: Option<VerdictView>,
    /// The highest and the lowest number of the scale.
    pub scale: Option<(u64, u64)>,
    /// Who makes the claim.
    pub claimant: Option<ClaimantView>,
    /// When the claim was made.
    pub claimed: Option<String>,
    /// When the check was published.
    pub published: Option<String>,
    /// When it was last changed.
    pub updated: Option<String>,
    /// The sources that state the claim, in the order of the page.
    pub appearances: Vec<AppearanceView>,
    /// The documents that the check rests on, in the order of the page's numbers.
    pub documents: Vec<DocumentView>,
    /// Corrections, newest first.
    pub corrections: Vec<ChangeView>,
}

/// A source that states a claim.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AppearanceView {
    /// Title of the article; `None` where it has none of its own.
    pub title: Option<String>,
    /// One of the kinds of sources, such as `news`.
    pub kind: Option<&'static str>,
    /// Where it is.
    pub url: Option<String>,
    /// Where a copy is kept.
    pub archive_url: Option<String>,
    /// Language of its text.
    pub lang: String,
    /// Who wrote it.
    pub author: Option<String>,
    /// Who published it.
    pub publisher: Option<String>,
    /// When it was published.
    pub published: Option<String>,
    /// Whether it translates another source.
    pub translates: bool,
}

/// A document that a check rests on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DocumentView {
    /// Its title; `None` where none is recorded.
    pub title: Option<String>,
    /// Who published it.
    pub publisher: Option<String>,
    /// Where it is.
    pub url: Option<String>,
    /// Where a copy is kept.
    pub archive_url: Option<String>,
    /// When it was published.
    pub published: Option<String>,
}

/// A correction.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChangeView {
    /// The day.
    pub date: Option<String>,
    /// What the page says of it: what it said, what it says now, and why, each on a line of its own behind its label.
    pub text: String,
}

impl Viewer<'_> {
    /// The check of a claim.
    pub fn review(&self, at: usize) -> ReviewView {
        let Document { entry, linked } = self.read.claim(at);
        let (claim, lang) = (&*entry.front, &entry.identity.lang);
        let text = |text: &Option<String>| spaced(lang, text);
        let day = |day: Option<crate::date::Point>| day.and_then(|day| sure(&Date::Point(day)));
        ReviewView {
            url: self.absolute(&self.path_of(Kind::Claim, &entry.identity.id, lang)),
            lang: lang.tag().to_owned(),
            claim: text(&claim.claim).unwrap_or_default(),
            summary: text(&claim.summary).unwrap_or_default(),
            verdict: claim.verdict.as_deref().and_then(|id| self.verdict(id, lang)),
            scale: self.read.config().ratings(),
            claimant: self.claimant(claim, at),
            claimed: self.claimed(claim, at).as_ref().and_then(sure),
            published: day(claim.published),
            updated: day(claim.updated),
            appearances: self.appearances(linked, lang, self.claimant_name(claim, at).as_deref()),
            documents: claim.evidence.iter().map(document).collect(),
            corrections: corrections_newest_first(claim)
                .into_iter()
                .map(|correction| {
                    let labelled = [("was", &correction.was), ("now", &correction.now)];
                    let lines =
                        labelled.map(|(key, words)| Some(format!("{} {}", self.words[lang].get(key), text(words)?)));
                    ChangeView {
                        date: day(correction.date),
                        text: lines
                            .into_iter()
                            .flatten()
                            .chain(text(&correction.note))
                            .collect::<Vec<_>>()
                            .join("\n"),
                    }
                })
                .collect(),
        }
    }

    /// The sources that state a claim in a quotation of its own, each once. Of their authors the page names the claimant alone.
    fn appearances(&self, linked: &Linked, lang: &Lang, claimant: Option<&str>) -> Vec<AppearanceView> {
        let mut sources: Vec<usize> = Vec::new();
        for proven in linked.quotations.iter().flatten() {
            let states = proven.verified.role() == Role::States && !proven.verified.is_inline();
            if states && !sources.contains(&proven.source) {
                sources.push(proven.source);
            }
        }
        let appearance = |source| self.appearance(source, lang, claimant);
        sources.into_iter().map(appearance).collect()
    }

    fn appearance(&self, at: usize, lang: &Lang, claimant: Option<&str>) -> AppearanceView {
        let source = self.read.source(at);
        let record = &source.record;
        AppearanceView {
            title: spaced(&source.lang(), &record.title),
            kind: record.kind,
            url: record.url.clone(),
            archive_url: record.archive_url.clone(),
            lang: source.lang().tag().to_owned(),
            author: record.author.clone().filter(|author| Some(author.as_str()) == claimant),
            publisher: spaced(lang, &record.publisher),
            published: record.published.as_ref().and_then(sure),
            translates: record.translation_of.is_some(),
        }
    }
}

fn document(item: &Evidence) -> DocumentView {
    DocumentView {
        title: item.title.clone(),
        publisher: item.publisher.clone(),
        url: item.url.clone(),
        archive_url: item.archive_url.clone(),
        published: item.published.as_ref().and_then(sure),
    }
}

fn spaced(lang: &Lang, text: &Option<String>) -> Option<String> {
    text.as_deref().map(|text| space(lang, text).into_owned())
}

/// A date as ISO 8601 writes it, where it is one sure year, month or day: schema.org has no word for a doubt, an interval or an unknown digit.
fn sure(date: &Date) -> Option<String> {
    match date {
        Date::Point(point) if point.unspecified == 0 && !point.approximate && !point.uncertain => Some(point.plain()),
        _ => None,
    }
}

//! A source seen by the checker: its record, its passages, and the claims on them.

use std::collections::BTreeSet;

use serde::Serialize;

use super::cards::{DateView, LinkView, VerdictView};
use super::coverage::{SentenceView, UncheckedView, unchecked};
use super::quotation::sentences_of;
use super::{Here, RunView, Segment, Viewer};
use crate::document::Kind;
use crate::lang::space;
use crate::link::QuotedBy;
use crate::plan::{of_document, of_translation};
use crate::source::Record;
use crate::source::{Passage, Seed};
use crate::text::Span;
use crate::verify::{Part, Verified};

/// A source with its record and its quoted passages.
#[derive(Debug, Clone, Serialize)]
pub struct SourceView {
    /// Its id.
    pub id: String,
    /// Title of the article, or the id.
    pub title: String,
    /// Who published it.
    pub publisher: Option<String>,
    /// Who wrote it.
    pub author: Option<String>,
    /// Where it is.
    pub url: Option<String>,
    /// Where a copy is kept.
    pub archive_url: Option<String>,
    /// On what terms it may be used.
    pub licence: Option<String>,
    /// Its language tag.
    pub lang: String,
    /// Whether that is another language than the page's.
    pub foreign: bool,
    /// When it was published.
    pub published: Option<DateView>,
    /// When it was fetched.
    pub retrieved: Option<DateView>,
    /// One of the kinds, such as `news`.
    pub kind: Option<&'static str>,
    /// What readers see for it.
    pub kind_label: Option<String>,
    /// The source that it translates.
    pub translation_of: Option<LinkView>,
    /// The sources that translate it.
    pub translations: Vec<LinkView>,
    /// Pages that show it beside a source that it translates, or that translates it.
    pub comparisons: Vec<LinkView>,
    /// File name of the seed.
    pub file: String,
    /// SHA-256 of the seed.
    pub sha256: String,
    /// Whether an editor made a record of it.
    pub recorded: bool,
    /// The editor's note.
    pub note: Vec<Segment>,
    /// Passages of the article proper.
    pub passages_total: usize,
    /// Of those, how many hold something that can be checked.
    pub checkable: usize,
    /// Of those, how many a claim quotes.
    pub checked: usize,
    /// The sentences that can be checked, without their words.
    pub sentences: Vec<SentenceView>,
    /// Of those, how many a claim quotes.
    pub sentences_checked: usize,
    /// Where the others stand.
    pub unchecked: Vec<UncheckedView>,
    /// All passages in order; words only of those that may be shown.
    pub passages: Vec<PassageView>,
    /// Whether the whole text may be shown.
    pub full: bool,
}

/// A passage.
#[derive(Debug, Clone, Serialize)]
pub struct PassageView {
    /// Its number.
    pub line: usize,
    /// Whether it belongs to the article proper.
    pub in_body: bool,
    /// How much of the article it is, in hundredths, at least 1: for drawing.
    pub weight: usize,
    /// Whether it is quoted or may be shown whole.
    pub shown: bool,
    /// Its words: `text`, `quoted`, and `gap` where some are left out.
    pub runs: Vec<RunView>,
    /// The claims on it, each once.
    pub quoted_by: Vec<QuotedByView>,
}

/// A claim that quotes a passage.
#[derive(Debug, Clone, Serialize)]
pub struct QuotedByView {
    /// The claim.
    pub claim: LinkView,
    /// Its verdict.
    pub verdict: Option<VerdictView>,
    /// What the quotation does for it.
    pub role: &'static str,
    /// What readers see for that.
    pub role_label: String,
}

impl Viewer<'_> {
    /// The quotations of claims from a source: which, the passages, and the quoted bytes.
    pub(super) fn quotations_of(&self, at: usize) -> impl Iterator<Item = (&QuotedBy, &Verified)> {
        let quoted = self.read.quoted(at).iter();
        quoted.filter_map(|quoted| Some((quoted, &self.read.proven(quoted)?.verified)))
    }

    /// The view of a source.
    pub(super) fn source(&self, here: Here<'_>, at: usize) -> SourceView {
        let source = self.read.source(at);
        let record = &source.record;
        let record_here = self.read.find::<Record>(&source.id, here.lang);
        let covered = self.covered(at);
        let coverage = self.coverage_of(at, &covered);
        let sentences = self.sentences(at, &covered);
        let full = record.republish == Some("full");
        let date = |date: Option<crate::date::Date>| date.map(|date| DateView::moment(&date, here.words));
        SourceView {
            id: source.id.to_string(),
            title: self.source_title(here, at),
            publisher: record.publisher.clone(),
            author: record.author.clone(),
            url: record.url.clone(),
            archive_url: record.archive_url.clone(),
            licence: record.licence.clone(),
            lang: source.lang().tag().to_owned(),
            foreign: source.lang() != *here.lang,
            published: date(record.published),
            retrieved: date(record.retrieved),
            kind: record.kind,
            kind_label: record.kind.map(|kind| here.words.label("kind", kind)),
            translation_of: record
                .translation_of
                .as_deref()
                .and_then(|id| self.read.source_index(id))
                .map(|at| self.source_link(at, here.lang)),
            translations: self
                .read
                .translations(at)
                .iter()
                .map(|at| self.source_link(*at, here.lang))
                .collect(),
            comparisons: self.comparisons(here, at),
            file: record.file.clone().unwrap_or_default(),
            sha256: source
                .seed
                .as_ref()
                .map_or_else(String::new, |seed| seed.sha256.clone()),
            recorded: source.recorded,
            note: record_here.map_or_else(Vec::new, |record| self.source_note(here, at, record)),
            passages_total: coverage.passages,
            checkable: coverage.checkable,
            checked: coverage.checked,
            sentences_checked: sentences.iter().filter(|sentence| sentence.checked).count(),
            unchecked: unchecked(&sentences),
            sentences,
            passages: source
                .seed
                .as_ref()
                .map_or_else(Vec::new, |seed| self.passages(here, at, seed, full)),
            full,
        }
    }

    fn comparisons(&self, here: Here<'_>, at: usize) -> Vec<LinkView> {
        let translations = std::iter::once(at).chain(self.read.translations(at).iter().copied());
        let with_page = translations.filter(|at| self.read.translation(*at).is_some());
        with_page
            .map(|translation| {
                let id = &self.read.source(translation).id;
                let lang = self.read.lang_of(Kind::Source, id, here.lang);
                LinkView {
                    title: self.source_title(here, translation),
                    path: of_translation(self.read.config(), lang, id),
                }
            })
            .collect()
    }

    /// The title of a source for readers of the page, or its id. A translated record may translate it.
    pub(super) fn source_title(&self, here: Here<'_>, at: usize) -> String {
        let source = self.read.source(at);
        let record = self.read.find::<Record>(&source.id, here.lang);
        let own = record.and_then(|record| record.entry.front.title.as_deref());
        match own.or(source.record.title.as_deref()) {
            Some(title) => space(here.lang, title).into_owned(),
            None => source.id.to_string(),
        }
    }

    fn passages(&self, here: Here<'_>, at: usize, seed: &Seed, full: bool) -> Vec<PassageView> {
        let mut quoted_by: Vec<Vec<&QuotedBy>> = vec![Vec::new(); seed.passages.len()];
        let mut spans: Vec<Vec<Span>> = vec![Vec::new(); seed.passages.len()];
        for (quoted, verified) in self.quotations_of(at) {
            for Part { span, .. } in verified.parts() {
                let passage = seed.passages.partition_point(|passage| passage.span.end <= span.start);
                spans[passage].push(span.clone());
            }
            if self.read.claim_lang(quoted.claim) == here.lang {
                for paragraph in verified.paragraphs() {
                    quoted_by[paragraph.passage].push(quoted);
                }
            }
        }
        let length: usize = seed
            .passages
            .iter()
            .filter(|passage| passage.in_body)
            .map(|passage| passage.span.len())
            .sum();
        let of_length = |passage: &Passage| (passage.span.len() * 100 / length.max(1)).max(1);
        let passages = seed.passages.iter().zip(quoted_by).zip(spans);
        passages
            .map(|((passage, quoted_by), spans)| PassageView {
                line: passage.line,
                in_body: passage.in_body,
                weight: of_length(passage),
                shown: full || !spans.is_empty(),
                runs: runs(seed, passage, spans, full),
                quoted_by: self.each_claim_once(here, &quoted_by),
            })
            .collect()
    }

    fn each_claim_once(&self, here: Here<'_>, quoted_by: &[&QuotedBy]) -> Vec<QuotedByView> {
        let mut told = BTreeSet::new();
        let once = quoted_by.iter().filter(|quoted| told.insert(quoted.claim));
        once.map(|quoted| self.quoted_by(here, quoted)).collect()
    }

    pub(super) fn quoted_by(&self, here: Here<'_>, quoted: &QuotedBy) -> QuotedByView {
        let entry = self.read.claim(quoted.claim).entry;
        let role = entry.body.quotations[quoted.quotation].role.name();
        QuotedByView {
            claim: LinkView {
                title: space(here.lang, entry.front.text()).into_owned(),
                path: of_document(self.read.config(), here.lang, Kind::Claim, &entry.identity.id),
            },
            verdict: entry
                .front
                .verdict
                .as_deref()
                .and_then(|id| self.verdict(id, here.lang)),
            role,
            role_label: here.words.label("role", role),
        }
    }
}

/// The words of a passage that are shown: the quoted ones with their sentences; all of them where `full`. The many quotations of one source
/// together would show nearly all of it if each brought its neighbours along.
fn runs(seed: &Seed, passage: &Passage, mut quoted: Vec<Span>, full: bool) -> Vec<RunView> {
    let text = &seed.text[passage.span.clone()];
    let base = passage.span.start;
    quoted.sort_by_key(|span| (span.start, span.end));
    let whole = full.then_some(0..text.len());
    let around_quoted = quoted
        .iter()
        .map(|span| sentences_of(passage, &(span.start - base..span.end - base), 0));
    let shown = merged(whole.into_iter().chain(around_quoted));
    let quoted = merged(quoted.iter().map(|span| span.start - base..span.end - base));
    let mut runs = Vec::new();
    let mut push = |kind: &'static str, range: Span| {
        if !range.is_empty() {
            runs.push(RunView {
                kind,
                text: text[range].to_owned(),
            });
        }
    };
    let mut at = 0;
    for piece in shown {
        if piece.start > at {
            push("gap", at..piece.start);
        }
        let mut from = piece.start;
        for mark in quoted
            .iter()
            .filter(|mark| mark.start >= piece.start && mark.end <= piece.end)
        {
            push("text", from..mark.start);
            push("quoted", mark.clone());
            from = mark.end;
        }
        push("text", from..piece.end);
        at = piece.end;
    }
    if at > 0 && at < text.len() {
        push("gap", at..text.len());
    }
    // What is left out is only marked: its words are not the site's to show.
    for run in runs.iter_mut().filter(|run| run.kind == "gap") {
        run.text = "…".to_owned();
    }
    runs
}

/// Joins ranges that touch or overlap; they come in order of their beginnings.
fn merged(ranges: impl Iterator<Item = Span>) -> Vec<Span> {
    let mut all: Vec<Span> = Vec::new();
    for range in ranges {
        match all.last_mut() {
            Some(last) if range.start <= last.end => last.end = last.end.max(range.end),
            _ => all.push(range),
        }
    }
    all
}

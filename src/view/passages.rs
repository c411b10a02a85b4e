//! The passages of a source, and what quotes them.

use std::collections::BTreeSet;

use serde::Serialize;

use super::cards::{LinkView, VerdictView};
use super::quotation::sentences_of;
use super::{Here, RunView, Viewer};
use crate::document::{Identity, Kind};
use crate::lang::space;
use crate::link::QuotedBy;
use crate::plan::{of_document, of_translation};
use crate::source::{Passage, Record, Seed};
use crate::text::Span;
use crate::verify::{Part, Verified};

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
    /// What else quotes it, each once: pages, terms, events, the home page, notes on sources.
    pub quoted_in: Vec<LinkView>,
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

/// What quotes a passage.
#[derive(Default)]
struct Quoting<'a> {
    /// The quoted bytes of the seed.
    spans: Vec<Span>,
    /// The claims, for each of their quotations.
    claims: Vec<&'a QuotedBy>,
    /// All else, each once.
    others: Vec<LinkView>,
}

impl Viewer<'_> {
    /// The passages of a source, with what quotes each.
    pub(super) fn passages(&self, here: Here<'_>, at: usize, seed: &Seed, full: bool) -> Vec<PassageView> {
        let length: usize = seed
            .passages
            .iter()
            .filter(|passage| passage.in_body)
            .map(|passage| passage.span.len())
            .sum();
        let of_length = |passage: &Passage| (passage.span.len() * 100 / length.max(1)).max(1);
        let passages = seed.passages.iter().zip(self.quoting(here, at, seed));
        passages
            .map(|(passage, quoting)| PassageView {
                line: passage.line,
                in_body: passage.in_body,
                weight: of_length(passage),
                shown: full || !quoting.spans.is_empty(),
                runs: runs(seed, passage, quoting.spans, full),
                quoted_by: self.each_claim_once(here, &quoting.claims),
                quoted_in: quoting.others,
            })
            .collect()
    }

    /// What is quoted of each passage, in all languages, and what quotes it in the page's.
    fn quoting(&self, here: Here<'_>, at: usize, seed: &Seed) -> Vec<Quoting<'_>> {
        let mut all: Vec<Quoting<'_>> = seed.passages.iter().map(|_| Quoting::default()).collect();
        let mark = |all: &mut [Quoting<'_>], verified: &Verified| {
            for Part { span, .. } in verified.parts() {
                let passage = seed.passages.partition_point(|passage| passage.span.end <= span.start);
                all[passage].spans.push(span.clone());
            }
        };
        for (quoted, verified) in self.quotations_of(at) {
            mark(&mut all, verified);
            if self.read.claim_lang(quoted.claim) == here.lang {
                for paragraph in verified.paragraphs() {
                    all[paragraph.passage].claims.push(quoted);
                }
            }
        }
        for (document, quotation, verified) in self.read.quoted_in(at) {
            mark(&mut all, verified);
            let link = (document.lang == *here.lang).then(|| self.quoted_in(here, document, quotation));
            if let Some(link) = link.flatten() {
                for paragraph in verified.paragraphs() {
                    let others = &mut all[paragraph.passage].others;
                    if !others.contains(&link) {
                        others.push(link.clone());
                    }
                }
            }
        }
        all
    }

    /// The place that shows a quotation of a document which is no claim.
    fn quoted_in(&self, here: Here<'_>, document: &Identity, quotation: usize) -> Option<LinkView> {
        if document.kind == Kind::Source {
            return self.quoted_in_record(here, &document.id, quotation);
        }
        Some(LinkView {
            title: space(here.lang, &self.title_of(&document.into())).into_owned(),
            path: self.path_of(document.kind, &document.id, &document.lang),
        })
    }

    /// The same for a record: its body is the note on the source, but notes on it as a translation stand on a page of their own.
    fn quoted_in_record(&self, here: Here<'_>, id: &str, quotation: usize) -> Option<LinkView> {
        let record = self.read.find::<Record>(id, here.lang)?;
        let at = self.read.source_index(id)?;
        let config = self.read.config();
        let (word, path) = if self.is_in_drift_note(at, record, quotation) {
            ("translation_title", of_translation(config, here.lang, id))
        } else {
            let page = of_document(config, here.lang, Kind::Source, id);
            ("source_note_on", page + "#note")
        };
        let title = here.words.fill(word, &[("title", &self.source_title(here, at))]);
        Some(LinkView { title, path })
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

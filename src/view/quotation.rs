//! A verified quotation beside its source: the clipping, and the proof.

use serde::Serialize;

use super::cards::DateView;
use super::fragment::fragment;
use super::selectors::selectors;
use super::{Here, LinkView, Viewer};
use crate::lang::space;
use crate::link::Proven;
use crate::markdown::Gap;
use crate::source::{Passage, Seed};
use crate::text::{Span, escape_between_tags};
use crate::verify::{Verified, VerifiedParagraph};

/// The most code points of text around a quotation that its proof gives (W3C Web Annotation, TextQuoteSelector).
const PROOF_CONTEXT: usize = 32;

/// A quotation as a clipping.
#[derive(Debug, Clone, Serialize)]
pub struct QuotationView {
    /// `states`, `supports`, `contradicts` or `context`.
    pub role: &'static str,
    /// What readers see for it.
    pub role_label: String,
    /// The source.
    pub source: LinkView,
    /// Title of the source.
    pub title: String,
    /// What kind of text the source is.
    pub kind_label: Option<String>,
    /// When the source was published.
    pub published: Option<DateView>,
    /// Language of the source.
    pub lang: String,
    /// Whether that is another language than the page's.
    pub foreign: bool,
    /// Number of the passage in which it begins.
    pub passage: usize,
    /// Where the passage is on the source's page.
    pub passage_path: String,
    /// Whether it stands in the article proper.
    pub in_body: bool,
    /// The quoted paragraphs.
    pub paragraphs: Vec<ParagraphView>,
    /// The site's own translation, one paragraph a line.
    pub translation: Option<String>,
    /// The marks of the footnotes that the editor set within it. Finished markup: may be inserted as it is.
    pub notes_html: String,
    /// Whether quotation marks or dashes are set in another style than in the source.
    pub typography_differs: bool,
    /// What was overlooked to find the words, for readers: quotation marks, spaces, …; nothing where the file has them as they were quoted.
    pub overlooked: Vec<String>,
    /// The original with a text fragment that leads to the words.
    pub original: Option<String>,
    /// A kept copy of the original.
    pub archive: Option<String>,
    /// The proof.
    pub proof: ProofView,
    /// The same as JSON (W3C Web Annotation), for other programs. Finished markup: may be inserted as it is.
    pub selectors_html: String,
}

/// A quoted paragraph within its passage.
#[derive(Debug, Clone, Serialize)]
pub struct ParagraphView {
    /// Number of the passage.
    pub passage: usize,
    /// Whether passages are left out before it.
    pub follows_gap: bool,
    /// Whether the passage has more text before `before`.
    pub cut_before: bool,
    /// The passage's own words before the quotation.
    pub before: String,
    /// The quotation.
    pub runs: Vec<RunView>,
    /// The passage's own words after the quotation.
    pub after: String,
    /// Whether the passage has more text after `after`.
    pub cut_after: bool,
}

/// A run of a quoted paragraph.
#[derive(Debug, Clone, Serialize)]
pub struct RunView {
    /// `exact`: quoted words; `left-out`: words of the source behind `[…]`; `inserted`: the editor's own.
    pub kind: &'static str,
    /// The words.
    pub text: String,
}

/// What a reader needs to check a quotation alone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ProofView {
    /// File name of the seed.
    pub file: String,
    /// SHA-256 of its bytes.
    pub sha256: String,
    /// The quoted parts in order.
    pub parts: Vec<ProofPart>,
    /// Up to 32 code points before the first part.
    pub prefix: String,
    /// Up to 32 code points after the last part.
    pub suffix: String,
}

/// A quoted part: code points of the seed's text, half-open (W3C Web Annotation, TextPositionSelector and TextQuoteSelector).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ProofPart {
    /// First code point, from 0.
    pub start: usize,
    /// One past the last code point.
    pub end: usize,
    /// The words.
    pub exact: String,
}

/// A quoted part by its bytes.
pub(super) fn proof_part(span: &Span, seed: &Seed) -> ProofPart {
    ProofPart {
        start: seed.code_point(span.start),
        end: seed.code_point(span.end),
        exact: seed.text[span.clone()].to_owned(),
    }
}

/// Up to 32 code points before some bytes, and as many after them.
pub(super) fn surroundings<'a>(span: &Span, seed: &'a Seed) -> (&'a str, &'a str) {
    let (before, after) = (&seed.text[..span.start], &seed.text[span.end..]);
    let start = before.char_indices().rev().take(PROOF_CONTEXT).last();
    let start = start.map_or(0, |(at, _)| at);
    let end = after.char_indices().nth(PROOF_CONTEXT);
    let end = end.map_or(after.len(), |(at, _)| at);
    (&before[start..], &after[..end])
}

/// The proof of a verified quotation.
pub fn proof(verified: &Verified, seed: &Seed) -> ProofView {
    let parts: Vec<&Span> = verified.parts().map(|part| &part.span).collect();
    let first = parts.first().map_or(0, |span| span.start);
    let last = parts.last().map_or(0, |span| span.end);
    let (prefix, suffix) = surroundings(&(first..last), seed);
    ProofView {
        file: seed.path.rsplit('/').next().unwrap_or(&seed.path).to_owned(),
        sha256: seed.sha256.clone(),
        parts: parts.into_iter().map(|span| proof_part(span, seed)).collect(),
        prefix: prefix.to_owned(),
        suffix: suffix.to_owned(),
    }
}

impl Viewer<'_> {
    /// A verified quotation as a clipping.
    pub fn quotation(&self, here: Here<'_>, proven: &Proven) -> QuotationView {
        let source = self.read.source(proven.source);
        let (record, verified) = (&source.record, &proven.verified);
        let Some(seed) = &source.seed else {
            unreachable!("a quotation is only verified against a seed")
        };
        let line = |at: usize| seed.passages.get(at).map_or(0, |passage| passage.line);
        let link = self.source_link(proven.source, here.lang);
        let passage = line(verified.passage());
        let proof = proof(verified, seed);
        let selectors = selectors(&proof, verified, seed, &source.lang(), record.url.as_deref());
        QuotationView {
            role: verified.role().name(),
            role_label: here.words.label("role", verified.role().name()),
            passage_path: [&link.path, "#p", &passage.to_string()].concat(),
            title: record.title.as_deref().map_or_else(
                || source.id.to_string(),
                |title| space(&source.lang(), title).into_owned(),
            ),
            kind_label: record.kind.map(|kind| here.words.label("kind", kind)),
            published: record.published.map(|date| DateView::moment(&date, here.words)),
            lang: source.lang().tag().to_owned(),
            foreign: source.lang() != *here.lang,
            passage,
            in_body: verified.in_body(seed),
            paragraphs: verified
                .paragraphs()
                .iter()
                .map(|paragraph| paragraph_view(paragraph, seed))
                .collect(),
            translation: verified.translation().map(str::to_owned),
            notes_html: String::new(),
            typography_differs: verified.typography_differs(),
            overlooked: verified
                .overlooked()
                .kinds()
                .map(|kind| here.words.label("overlooked", kind.name()))
                .collect(),
            original: record.url.as_deref().map(|url| fragment(url, verified, seed)),
            archive: record.archive_url.clone(),
            proof,
            selectors_html: escape_between_tags(&selectors),
            source: link,
        }
    }
}

fn paragraph_view(paragraph: &VerifiedParagraph, seed: &Seed) -> ParagraphView {
    let passage = &seed.passages[paragraph.passage];
    let text = &seed.text[passage.span.clone()];
    let base = passage.span.start;
    let start = paragraph.parts.first().map_or(0, |part| part.span.start - base);
    let end = paragraph.parts.last().map_or(0, |part| part.span.end - base);
    // Its own sentences, and one either side.
    let around = sentences_of(passage, &(start..end), 1);
    let mut runs = Vec::new();
    let mut at = start;
    for part in &paragraph.parts {
        let own = part.span.start - base..part.span.end - base;
        gap_runs(&part.before, &text[at.min(own.start)..own.start], &mut runs);
        runs.push(RunView {
            kind: "exact",
            text: text[own.clone()].to_owned(),
        });
        at = own.end;
    }
    gap_runs(&paragraph.after, "", &mut runs);
    let blank = |text: &str| {
        text.trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}')
            .is_empty()
    };
    ParagraphView {
        passage: passage.line,
        follows_gap: paragraph.follows_gap,
        cut_before: !blank(&text[..around.start]),
        before: text[around.start..start]
            .trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}')
            .to_owned(),
        runs,
        after: text[end..around.end].trim_end().to_owned(),
        cut_after: !blank(&text[around.end..]),
    }
}

fn gap_runs(gap: &Gap, left_out: &str, runs: &mut Vec<RunView>) {
    match gap {
        Gap::Edge => {}
        Gap::LeftOut => runs.push(RunView {
            kind: "left-out",
            text: left_out.to_owned(),
        }),
        Gap::Inserted {
            words,
            touches_before,
            touches_after,
        } => {
            let lead = if *touches_before || runs.is_empty() { "" } else { " " };
            let tail = if *touches_after { "" } else { " " };
            runs.push(RunView {
                kind: "inserted",
                text: format!("{lead}[{words}]{tail}"),
            });
        }
    }
}

/// The bytes of the sentences of a passage that hold a quotation, and of so many either side. All places are counted from the passage's beginning.
pub(super) fn sentences_of(passage: &Passage, quoted: &Span, beside: usize) -> Span {
    let ends = &passage.sentence_ends;
    let first = ends.partition_point(|end| *end <= quoted.start);
    let last = ends.partition_point(|end| *end < quoted.end);
    let from = match first.saturating_sub(beside) {
        0 => 0,
        first => ends[first - 1],
    };
    let to = ends.get(last + beside).or(ends.last()).copied().unwrap_or(quoted.end);
    from..to.max(quoted.end)
}

//! A source beside the original that it translates: sentence by sentence, as far as they are quoted or annotated, with the editor's notes.

use std::collections::BTreeSet;

use serde::Serialize;

use super::cards::{DateView, LinkView};
use super::drift::{ExcerptView, Row, Text, overlaps, rows};
use super::passages::QuotedByView;
use super::translation_map::{MapView, map};
use super::{Here, Segment, Viewer};
use crate::lang::space;
use crate::link::{DriftNote, Linked, Pair, Sides, Translation, drift_notes};
use crate::markdown::Piece;
use crate::reader::Document;
use crate::source::{Alignment, Record, Seed};
use crate::text::Span;
use crate::verify::Verified;

/// A translation beside its original.
#[derive(Debug, Clone, Serialize)]
pub struct TranslationView {
    /// The original.
    pub original: SideView,
    /// The translation.
    pub translation: SideView,
    /// Which passages belong together, drawn.
    pub map: MapView,
    /// How many pairs of sentences there are.
    pub pairs: usize,
    /// Sentences side by side, in the order of the translation; only those that are quoted, annotated, or may be shown whole.
    pub rows: Vec<RowView>,
    /// What an editor set right in the alignment.
    pub set: Vec<SetView>,
    /// Whether sentences that are neither quoted nor annotated are left out.
    pub excerpts: bool,
}

/// One of the two texts.
#[derive(Debug, Clone, Serialize)]
pub struct SideView {
    /// Its page, under its short name.
    pub source: LinkView,
    /// Its title.
    pub title: String,
    /// What readers see for its kind.
    pub kind_label: Option<String>,
    /// When it was published.
    pub published: Option<DateView>,
    /// Its language tag.
    pub lang: String,
    /// Whether that is another language than the page's.
    pub foreign: bool,
}

/// Sentences that belong together.
#[derive(Debug, Clone, Serialize)]
pub struct RowView {
    /// Its anchor.
    pub id: String,
    /// What the original has.
    pub original: ExcerptView,
    /// What the translation has.
    pub translation: ExcerptView,
    /// The editor's notes on it.
    pub notes: Vec<Vec<Segment>>,
    /// The claims that quote it, on either side.
    pub claims: Vec<QuotedByView>,
}

/// What an editor set right.
#[derive(Debug, Clone, Serialize)]
pub struct SetView {
    /// Which passages, in words.
    pub passages: String,
    /// Why.
    pub note: Option<String>,
}

/// The record of a translation, and what of its body is notes on it.
struct Notes<'a> {
    record: Document<'a, Record>,
    notes: Vec<DriftNote>,
    /// What each is about.
    spans: Vec<Sides<Vec<Span>>>,
}

impl<'a> Notes<'a> {
    fn new(record: Document<'a, Record>, at: usize, translation: &Translation) -> Self {
        let notes = drift_notes(&record.entry.body, record.linked, at, translation.original);
        let spans = |note: &DriftNote| Sides {
            original: quoted(record.linked, note.original),
            translation: quoted(record.linked, note.translation),
        };
        Self {
            spans: notes.iter().map(spans).collect(),
            record,
            notes,
        }
    }
}

/// The bytes that a quotation of a body quotes.
fn quoted(linked: &Linked, quotation: usize) -> Vec<Span> {
    let proven = linked.quotations.get(quotation).and_then(Option::as_ref);
    let parts = proven.into_iter().flat_map(|proven| proven.verified.parts());
    parts.map(|part| part.span.clone()).collect()
}

/// The site's own translation of a quotation in a note.
fn own_translation(notes: &Notes<'_>, quotation: usize) -> Option<String> {
    let proven = notes.record.linked.quotations.get(quotation)?.as_ref()?;
    proven.verified.translation().map(str::to_owned)
}

/// The bytes of a quotation's parts, in order.
fn spans_of(verified: &Verified) -> Vec<Span> {
    verified.parts().map(|part| part.span.clone()).collect()
}

impl Viewer<'_> {
    /// The note on a source alone: its record's body without the notes on it as a translation.
    pub(super) fn source_note(&self, here: Here<'_>, at: usize, record: Document<'_, Record>) -> Vec<Segment> {
        let (body, linked) = (&record.entry.body, record.linked);
        let notes = self.drift_notes(at, record);
        let elsewhere = |piece: usize| notes.iter().any(|note| note.holds(piece));
        self.extract(here, body, linked, "", |piece| !elsewhere(piece))
    }

    /// Whether a quotation of a source's record stands in a note on it as a translation.
    pub(super) fn is_in_drift_note(&self, at: usize, record: Document<'_, Record>, quotation: usize) -> bool {
        let is_it = |piece: &Piece| matches!(piece, Piece::Quotation(at) | Piece::Quoted(at, _) if *at == quotation);
        let piece = record.entry.body.pieces.iter().position(is_it);
        let notes = self.drift_notes(at, record);
        piece.is_some_and(|piece| notes.iter().any(|note| note.holds(piece)))
    }

    fn drift_notes(&self, at: usize, record: Document<'_, Record>) -> Vec<DriftNote> {
        match self.read.translation(at) {
            Some(translation) => drift_notes(&record.entry.body, record.linked, at, translation.original),
            None => Vec::new(),
        }
    }

    /// The view of a source beside its original; `None` where it translates nothing.
    pub(super) fn translation(&self, here: Here<'_>, at: usize) -> Option<TranslationView> {
        let translation = self.read.translation(at)?;
        let record = self.read.find::<Record>(&self.read.source(at).id, here.lang);
        let notes = record.map(|record| Notes::new(record, at, translation));
        let spans = notes.as_ref().map_or(&[][..], |notes| &notes.spans);
        let texts = Sides {
            original: self.text(translation.original, spans.iter().flat_map(|note| &note.original))?,
            translation: self.text(at, spans.iter().flat_map(|note| &note.translation))?,
        };
        let both = |pair: &&Sides<Vec<Span>>| !pair.original.is_empty() && !pair.translation.is_empty();
        Some(TranslationView {
            original: self.side(here, translation.original),
            translation: self.side(here, at),
            map: map(translation, &texts),
            pairs: translation
                .pairs
                .iter()
                .flat_map(|pair| &pair.sentences)
                .filter(both)
                .count(),
            rows: self.rows(
                here,
                (translation.original, at),
                &texts,
                rows(&translation.pairs, spans),
                notes.as_ref(),
            ),
            set: notes.as_ref().map_or_else(Vec::new, |notes| {
                set(here, translation, &texts, &notes.record.entry.front.alignment)
            }),
            excerpts: !(texts.original.full && texts.translation.full),
        })
    }

    /// A text with what of it is quoted.
    fn text<'s>(&'s self, at: usize, noted: impl Iterator<Item = &'s Span>) -> Option<Text<'s>> {
        let source = self.read.source(at);
        let mut noted: Vec<Span> = noted.cloned().collect();
        noted.sort_unstable_by_key(|span| (span.start, span.end));
        Some(Text {
            seed: source.seed.as_deref()?,
            full: source.record.republish == Some("full"),
            quoted: self
                .quotations_of(at)
                .flat_map(|(_, verified)| spans_of(verified))
                .collect(),
            noted,
        })
    }

    fn side(&self, here: Here<'_>, at: usize) -> SideView {
        let source = self.read.source(at);
        let record = &source.record;
        SideView {
            source: self.source_link(at, here.lang),
            title: self.source_title(here, at),
            kind_label: record.kind.map(|kind| here.words.label("kind", kind)),
            published: record.published.map(|date| DateView::moment(&date, here.words)),
            lang: source.lang().tag().to_owned(),
            foreign: source.lang() != *here.lang,
        }
    }

    fn rows(
        &self,
        here: Here<'_>,
        sources: (usize, usize),
        texts: &Sides<Text<'_>>,
        rows: Vec<Row>,
        notes: Option<&Notes<'_>>,
    ) -> Vec<RowView> {
        let mut ids = BTreeSet::new();
        let view = |row: &Row| {
            let of_row = || {
                row.notes
                    .iter()
                    .filter_map(|note| Some((notes?, notes?.notes.get(*note)?)))
            };
            let translations = |quotation: fn(&DriftNote) -> usize| {
                let all = of_row().filter_map(|(notes, note)| own_translation(notes, quotation(note)));
                all.collect()
            };
            let original = texts
                .original
                .excerpt(&row.sentences.original, translations(|note| note.original));
            let translation = texts
                .translation
                .excerpt(&row.sentences.translation, translations(|note| note.translation));
            if original.runs.is_empty() && translation.runs.is_empty() {
                return None;
            }
            Some(RowView {
                id: anchor(&original, &translation, &mut ids),
                original,
                translation,
                notes: of_row()
                    .map(|(notes, note)| self.note(here, sources.1, notes, note))
                    .collect(),
                claims: self.claims_on(here, sources, row),
            })
        };
        rows.iter().filter_map(view).collect()
    }

    /// The words of a note, with the proofs of the two quotations that it is about. The headings of the record's body stand on the source's page.
    fn note(&self, here: Here<'_>, at: usize, notes: &Notes<'_>, note: &DriftNote) -> Vec<Segment> {
        let home = format!("{}{}", here.root, self.source_link(at, here.lang).path);
        let Document { entry, linked } = notes.record;
        let mut words = self.extract(here, &entry.body, linked, &home, |piece| note.words.contains(&piece));
        if let Some(last) = words.last_mut() {
            let pair = [note.original, note.translation].into_iter();
            let proven = pair.filter_map(|quotation| linked.quotations.get(quotation)?.as_ref());
            last.proofs
                .splice(0..0, proven.map(|proven| self.quotation(here, proven)));
        }
        words
    }

    /// The claims in the page's language that quote a row on either side, each once.
    fn claims_on(&self, here: Here<'_>, (original, own): (usize, usize), row: &Row) -> Vec<QuotedByView> {
        let mut claims: Vec<QuotedByView> = Vec::new();
        for at in [original, own] {
            for (quoted, verified) in self.quotations_of(at) {
                let parts = spans_of(verified);
                let sentences = if at == own {
                    &row.sentences.translation
                } else {
                    &row.sentences.original
                };
                let is_on = sentences.iter().any(|sentence| overlaps(&parts, sentence));
                if self.read.claim_lang(quoted.claim) == here.lang && is_on {
                    let view = self.quoted_by(here, quoted);
                    if claims.iter().all(|known| known.claim != view.claim) {
                        claims.push(view);
                    }
                }
            }
        }
        claims
    }
}

/// An anchor for a row: `p4` for the first in passage 4 of the translation, `p4-2` for the second; `o4` where the original alone has words.
fn anchor(original: &ExcerptView, translation: &ExcerptView, taken: &mut BTreeSet<String>) -> String {
    let line = |excerpt: &ExcerptView| excerpt.lines.first().copied();
    let first = match (line(translation), line(original)) {
        (Some(line), _) => format!("p{line}"),
        (None, line) => format!("o{}", line.unwrap_or_default()),
    };
    let mut anchor = first.clone();
    let mut number = 1;
    while !taken.insert(anchor.clone()) {
        number += 1;
        anchor = format!("{first}-{number}");
    }
    anchor
}

/// What the editor set right, in words.
fn set(here: Here<'_>, translation: &Translation, texts: &Sides<Text<'_>>, alignment: &[Alignment]) -> Vec<SetView> {
    let pairs = translation
        .pairs
        .iter()
        .filter_map(|pair| Some((pair, alignment.get(pair.set?)?)));
    let view = |(pair, set): (&Pair, &Alignment)| {
        let original = lines(here, texts.original.seed, &pair.passages.original);
        let own = lines(here, texts.translation.seed, &pair.passages.translation);
        let key = match (original.is_empty(), own.is_empty()) {
            (true, _) => "set_added",
            (_, true) => "set_left_out",
            _ => "set_pair",
        };
        SetView {
            passages: here.words.fill(key, &[("original", &original), ("translation", &own)]),
            note: set.note.as_deref().map(|note| space(here.lang, note).into_owned()),
        }
    };
    pairs.map(view).collect()
}

/// Passages (ascending) in words: `lines 3, 5–7`.
fn lines(here: Here<'_>, seed: &Seed, passages: &[usize]) -> String {
    let stretches = passages.chunk_by(|one, next| one + 1 == *next);
    let line = |at: &usize| seed.passages[*at].line.to_string();
    let stretch = |stretch: &[usize]| match stretch {
        [first, .., last] => format!("{}–{}", line(first), line(last)),
        alone => alone.iter().map(line).collect(),
    };
    let numbers = stretches.map(stretch).collect::<Vec<_>>().join(", ");
    match passages.len() {
        0 => String::new(),
        1 => here.words.fill("line_one", &[("lines", &numbers)]),
        _ => here.words.fill("line_many", &[("lines", &numbers)]),
    }
}

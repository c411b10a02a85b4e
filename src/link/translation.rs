//! A source beside the one that it translates: which passages and sentences belong together, and an editor's notes on them.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::quotations::passage_help;
use super::{Linked, Links};
use crate::align::{Bead, Part, align};
use crate::diagnostic::{Checked, Code, Diagnostic};
use crate::markdown::{Body, Piece};
use crate::phrase::{Phrase, say};
use crate::site::{Entry, Site};
use crate::source::{Lines, Record, Seed};
use crate::text::Span;
use crate::tree::Tree;
use crate::yaml::{Step, place_in_front_matter};

/// A translation held beside its original.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Translation {
    /// Index of the original in [`Site::sources`].
    pub original: usize,
    /// Passages that belong together, in the order of the translation; each passage of both texts stands in one pair.
    pub pairs: Vec<Pair>,
}

/// Passages of an original and of its translation that say the same.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pair {
    /// Indices of [`Seed::passages`].
    pub passages: Sides<Vec<usize>>,
    /// Their sentences: bytes of each text. Each sentence stands in one pair.
    pub sentences: Vec<Sides<Vec<Span>>>,
    /// Index of the entry of the record's `alignment` that set it.
    pub set: Option<usize>,
}

/// What two texts have for each other; one side is empty where its text has nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sides<T> {
    /// Of the original.
    pub original: T,
    /// Of the translation.
    pub translation: T,
}

/// An editor's note on a translation, in the body of its record: a quotation of each text, one right after the other, and what follows them
/// up to the next such pair or the next heading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DriftNote {
    /// Index of the quotation of the original in [`Body::quotations`].
    pub original: usize,
    /// Index of the quotation of the translation.
    pub translation: usize,
    /// The pieces of the body that hold the pair.
    pub pair: Range<usize>,
    /// The pieces that hold the words on it.
    pub words: Range<usize>,
}

impl DriftNote {
    /// Whether a piece of the body belongs to it.
    pub fn holds(&self, piece: usize) -> bool {
        self.pair.contains(&piece) || self.words.contains(&piece)
    }
}

/// The notes on a translation that the body of its record holds. What else is there is the note on the source.
pub fn drift_notes(body: &Body, linked: &Linked, translation: usize, original: usize) -> Vec<DriftNote> {
    let quoted = |at: usize| match body.pieces.get(at)? {
        Piece::Quotation(quotation) if !body.quotations[*quotation].nested => {
            let proven = linked.quotations.get(*quotation)?.as_ref()?;
            Some((*quotation, proven.source))
        }
        _ => None,
    };
    let begins = |at: usize| {
        let ((first, first_source), (second, second_source)) = (quoted(at)?, quoted(at + 1)?);
        match (first_source, second_source) {
            sources if sources == (original, translation) => Some((first, second)),
            sources if sources == (translation, original) => Some((second, first)),
            _ => None,
        }
    };
    let mut notes = Vec::new();
    let mut at = 0;
    while at < body.pieces.len() {
        let Some((of_original, of_translation)) = begins(at) else {
            at += 1;
            continue;
        };
        let from = at + 2;
        let goes_on = |at: &usize| body.pieces[*at] != Piece::Section && begins(*at).is_none();
        let to = from + (from..body.pieces.len()).take_while(goes_on).count();
        notes.push(DriftNote {
            original: of_original,
            translation: of_translation,
            pair: at..from,
            words: from..to,
        });
        at = to;
    }
    notes
}

/// Footnotes are set on the page of the source, so the page of the translation cannot have their marks.
pub(super) fn footnotes_in_notes(site: &Site, links: &Links) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for (entry, linked) in site.records.iter().zip(&links.records) {
        let Some(own) = site.source(&entry.identity.id) else {
            continue;
        };
        let Some(translation) = links.translations.get(&own) else {
            continue;
        };
        let notes = drift_notes(&entry.body, linked, own, translation.original);
        let marks = entry.body.footnote_marks.iter();
        let in_notes = marks.filter(|(piece, _)| notes.iter().any(|note| note.words.contains(piece)));
        found.extend(in_notes.map(|(_, span)| {
            let message = say!("a footnote cannot stand in a note on a translation");
            Diagnostic::new(Code::BadValue, &entry.identity.path, span.clone(), message)
                .help(say!("write what it says into the note itself"))
        }));
    }
    found
}

/// Aligns every source that has `translation_of` with its original; by index of the source.
pub(super) fn translations(site: &Site, tree: &Tree) -> Checked<BTreeMap<usize, Translation>> {
    let mut diagnostics = Vec::new();
    let mut all = BTreeMap::new();
    let records = site.records.iter().filter(|entry| !entry.identity.is_translation);
    for entry in records.filter(|entry| !entry.broken) {
        let place =
            |trail: &[Step<'_>]| place_in_front_matter(tree.text(&entry.identity.path).unwrap_or_default(), trail);
        let Some(of) = entry.front.translation_of.as_deref() else {
            if !entry.front.alignment.is_empty() {
                diagnostics.push(without_original(entry, place(&[Step::Key("alignment")])));
            }
            continue;
        };
        // An original that is not there was reported with the record.
        let (Some(own), Some(original)) = (site.source(&entry.identity.id), site.source(of)) else {
            continue;
        };
        let (Some(seed), Some(original_seed)) = (&site.sources[own].seed, &site.sources[original].seed) else {
            continue;
        };
        let texts = Sides {
            original: (of, &**original_seed),
            translation: (&*entry.identity.id, &**seed),
        };
        let set = set_by_hand(entry, &texts, &place).unpack(&mut diagnostics);
        let pairs = pairs(original_seed, seed, &set);
        all.insert(own, Translation { original, pairs });
    }
    Checked {
        value: all,
        diagnostics,
    }
}

fn without_original(entry: &Entry<Record>, place: Span) -> Diagnostic {
    let message = say!("`alignment` needs `translation_of`: there is no original to align with");
    Diagnostic::new(Code::MissingKey, &entry.identity.path, place, message).help(say!(
        "write `translation_of:` with the id of the original, or take `alignment` out"
    ))
}

/// What is wrong with the passages that an entry names.
struct Fault {
    code: Code,
    message: Phrase,
    help: Phrase,
}

/// The entries of a record's `alignment` as beads of passages, each with its index; those that cannot be used are reported.
fn set_by_hand(
    entry: &Entry<Record>,
    texts: &Sides<(&str, &Seed)>,
    place: &dyn Fn(&[Step<'_>]) -> Span,
) -> Checked<Vec<(usize, Bead)>> {
    let mut diagnostics = Vec::new();
    let mut beads = Vec::new();
    let mut taken: Sides<BTreeSet<usize>> = Sides::default();
    for (at, set) in entry.front.alignment.iter().enumerate() {
        let mut read = |key: &'static str, lines: &[Lines], text: (&str, &Seed), taken: &mut BTreeSet<usize>| {
            passages(text, lines, taken).unwrap_or_else(|fault| {
                let place = place(&[Step::Key("alignment"), Step::Item(at), Step::Key(key)]);
                let diagnostic = Diagnostic::new(fault.code, &entry.identity.path, place, fault.message);
                diagnostics.push(diagnostic.help(fault.help));
                Vec::new()
            })
        };
        let bead = Bead {
            original: read("of", &set.of, texts.original, &mut taken.original),
            translation: read("passage", &set.passage, texts.translation, &mut taken.translation),
        };
        if bead != Bead::default() {
            beads.push((at, bead));
        }
    }
    Checked {
        value: beads,
        diagnostics,
    }
}

/// The passages that ranges of lines name, ascending; none of them may be taken, and then all are.
fn passages((id, seed): (&str, &Seed), lines: &[Lines], taken: &mut BTreeSet<usize>) -> Result<Vec<usize>, Fault> {
    let passage = |line: usize| {
        seed.passage(line).ok_or_else(|| Fault {
            code: Code::UnknownPassage,
            message: say!("source `{id}` has no passage {line}", id, line),
            help: passage_help(seed, &line.to_string()),
        })
    };
    let mut named = Vec::new();
    for lines in lines {
        for at in passage(*lines.start())?..=passage(*lines.end())? {
            if !taken.insert(at) {
                return Err(Fault {
                    code: Code::BadValue,
                    message: say!(
                        "passage {line} of source `{id}` is named twice",
                        line = seed.passages[at].line,
                        id
                    ),
                    help: say!("put all that belongs with a passage into one entry"),
                });
            }
            named.push(at);
        }
    }
    named.sort_unstable();
    Ok(named)
}

/// Aligns two texts: passages first, then the sentences of those that belong together.
fn pairs(original: &Seed, translation: &Seed, set: &[(usize, Bead)]) -> Vec<Pair> {
    let fixed: Vec<Bead> = set.iter().map(|(_, bead)| bead.clone()).collect();
    let parts = |seed: &Seed| -> Vec<Part> {
        let parts = seed.passages.iter().map(|passage| Part {
            length: seed.text[passage.span.clone()].trim_matches(is_blank).chars().count(),
            in_body: passage.in_body,
        });
        parts.collect()
    };
    let beads = align(&parts(original), &parts(translation), &fixed);
    let pair = |bead: Bead| Pair {
        sentences: sentence_pairs(
            sentences_of(original, &bead.original),
            sentences_of(translation, &bead.translation),
            (original, translation),
        ),
        set: set.iter().find(|(_, fixed)| *fixed == bead).map(|(at, _)| *at),
        passages: Sides {
            original: bead.original,
            translation: bead.translation,
        },
    };
    beads.into_iter().map(pair).collect()
}

/// The sentences of some passages: bytes of the text, without white space at their ends.
fn sentences_of(seed: &Seed, passages: &[usize]) -> Vec<Span> {
    let mut spans = Vec::new();
    for at in passages {
        for span in seed.passages[*at].sentences() {
            let sentence = &seed.text[span.clone()];
            let start = span.end - sentence.trim_start_matches(is_blank).len();
            let end = span.start + sentence.trim_end_matches(is_blank).len();
            spans.push(start.min(end)..end);
        }
    }
    spans
}

fn is_blank(c: char) -> bool {
    c.is_whitespace() || c == '\u{feff}'
}

fn sentence_pairs(original: Vec<Span>, translation: Vec<Span>, texts: (&Seed, &Seed)) -> Vec<Sides<Vec<Span>>> {
    let parts = |spans: &[Span], seed: &Seed| -> Vec<Part> {
        let parts = spans.iter().map(|span| Part {
            length: seed.text[span.clone()].chars().count(),
            in_body: true,
        });
        parts.collect()
    };
    let beads = align(&parts(&original, texts.0), &parts(&translation, texts.1), &[]);
    let sides = |bead: Bead| Sides {
        original: bead.original.into_iter().map(|at| original[at].clone()).collect(),
        translation: bead.translation.into_iter().map(|at| translation[at].clone()).collect(),
    };
    beads.into_iter().map(sides).collect()
}

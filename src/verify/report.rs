//! What to tell an editor whose quotation was not found, or found too often.

use std::sync::Arc;

use super::nearest::{Difference, Nearest, nearest};
use super::needle::Needle;
use super::search::place_of;
use super::spot::{Cause, over_passages, spot};
use super::{Outcome, apart, verify};
use crate::diagnostic::{Code, Diagnostic};
use crate::markdown::{Gap, Paragraph, Quotation, Run, Segment, in_file};
use crate::phrase::{Phrase, say};
use crate::source::Seed;
use crate::text::Span;

/// How many places a report names before it only counts them.
const MOST_PLACES: usize = 6;

/// The source that a quotation cites.
#[derive(Debug, Clone, Copy)]
pub struct Cited<'a> {
    /// Its id.
    pub id: &'a str,
    /// Its text.
    pub seed: &'a Seed,
    /// The passage that the citation names, as an index.
    pub passage: Option<usize>,
}

/// Looks for a quotation in the other sources: gives the id of one that has it, and the passage's number.
pub type Elsewhere<'a> = dyn Fn(&Quotation) -> Option<(String, usize)> + 'a;

/// What a report is about.
#[derive(Debug, Clone, Copy)]
pub struct Faults<'a> {
    /// The quotation.
    pub quotation: &'a Quotation,
    /// Path of the content file that it stands in.
    pub path: &'a Arc<str>,
    /// What it cites.
    pub cited: Cited<'a>,
}

/// The diagnostic for a quotation that could not be verified; none for one that could.
pub fn report(faults: Faults<'_>, outcome: &Outcome, elsewhere: &Elsewhere<'_>) -> Option<Diagnostic> {
    match outcome {
        Outcome::Found(_) => None,
        Outcome::Ambiguous(passages) => Some(ambiguous(faults, passages)),
        Outcome::NotFound => Some(not_found(faults, elsewhere)),
    }
}

fn ambiguous(faults: Faults<'_>, passages: &[usize]) -> Diagnostic {
    let Faults { quotation, path, cited } = faults;
    let numbers: Vec<usize> = passages
        .iter()
        .filter_map(|at| cited.seed.passages.get(*at))
        .map(|passage| passage.line)
        .collect();
    let message = say!(
        "these words stand in {count} passages of source `{id}`",
        count = numbers.len(),
        id = cited.id
    );
    let mut diagnostic = Diagnostic::new(Code::QuoteAmbiguous, path, quotation.span.clone(), message);
    for at in passages.iter().take(MOST_PLACES) {
        let Some(passage) = cited.seed.passages.get(*at) else {
            continue;
        };
        let hit = verify(quotation, cited.seed, Some(*at));
        let span = match &hit {
            Outcome::Found(verified) => verified
                .parts()
                .next()
                .map_or(passage.span.clone(), |part| part.span.clone()),
            _ => passage.span.clone(),
        };
        diagnostic = diagnostic.also(&cited.seed.path, span, say!("passage {line}", line = passage.line));
    }
    let first = numbers.first().copied().unwrap_or(1);
    diagnostic.help(say!(
        "name the passage that you mean, for instance `[@{id}:{first}]`, or quote more words",
        id = cited.id,
        first
    ))
}

fn not_found(faults: Faults<'_>, elsewhere: &Elsewhere<'_>) -> Diagnostic {
    let Faults { quotation, cited, .. } = faults;
    if let Some(diagnostic) = cited.passage.and_then(|named| in_another_passage(faults, named)) {
        return diagnostic;
    }
    let mut diagnostic = nearest_text(faults);
    if let Some((other, passage)) = elsewhere(quotation) {
        diagnostic = diagnostic.help(say!(
            "source `{other}` has these words in passage {passage}: cite `[@{other}:{passage}]`",
            other,
            passage
        ));
    }
    diagnostic
}

/// The words are in the source, but not in the passage that the citation names.
fn in_another_passage(faults: Faults<'_>, named: usize) -> Option<Diagnostic> {
    let Faults { quotation, path, cited } = faults;
    let passage = |at: usize| cited.seed.passages.get(at);
    let at = match verify(quotation, cited.seed, None) {
        Outcome::Found(verified) => verified.passage(),
        Outcome::Ambiguous(passages) => *passages.first()?,
        Outcome::NotFound => return None,
    };
    let message = say!(
        "these words are not in passage {number} of source `{id}`",
        number = passage(named)?.line,
        id = cited.id
    );
    let number = passage(at)?.line;
    let place = match verify(quotation, cited.seed, Some(at)) {
        Outcome::Found(verified) => verified.parts().next().map(|part| part.span.clone()),
        _ => None,
    };
    let words = place.unwrap_or_else(|| passage(at).map_or(0..0, |passage| passage.span.clone()));
    let diagnostic = Diagnostic::new(Code::QuoteNotFound, path, quotation.span.clone(), message);
    let diagnostic = diagnostic.also(&cited.seed.path, words, say!("passage {line}", line = number));
    Some(diagnostic.help(say!(
        "passage {number} has them word for word: write `[@{id}:{number}]`",
        number,
        id = cited.id
    )))
}

/// A segment of a quotation that the source does not have, with its text's map to the file.
struct Failing<'a> {
    text: &'a str,
    runs: &'a [Run],
    segment: &'a Segment,
}

impl Failing<'_> {
    fn words(&self) -> &str {
        &self.text[self.segment.range.clone()]
    }

    /// The bytes in the content file of bytes of the segment's words.
    fn in_file(&self, span: &Span) -> Span {
        let start = self.segment.range.start;
        in_file(self.text, self.runs, &(start + span.start..start + span.end))
    }
}

/// The first segment that is nowhere in the given passages, with the passage that it must stand in: that which a citation names is the first
/// paragraph's.
fn failing<'a>(quotation: &'a Quotation, cited: Cited<'_>) -> Option<(Failing<'a>, Option<usize>)> {
    let mut named = cited.passage;
    quotation.paragraphs.iter().find_map(|paragraph| {
        let Paragraph::Words { text, runs, segments } = paragraph else {
            return None;
        };
        let named = named.take();
        segments
            .iter()
            .find(|segment| place_of(text, segment, cited.seed, named).is_none())
            .map(|segment| (Failing { text, runs, segment }, named))
    })
}

fn nearest_text(faults: Faults<'_>) -> Diagnostic {
    let Faults { quotation, path, cited } = faults;
    let failing = failing(quotation, cited);
    let named = failing.as_ref().map_or(cited.passage, |(_, named)| *named);
    let place = match named.and_then(|at| cited.seed.passages.get(at)) {
        Some(passage) => say!("passage {line} of source `{id}`", line = passage.line, id = cited.id),
        None => say!("source `{id}`", id = cited.id),
    };
    let message = say!("these words are not in {place}", place);
    let Some((failing, _)) = failing else {
        let diagnostic = Diagnostic::new(Code::QuoteNotFound, path, quotation.span.clone(), message);
        return apart::explained(diagnostic, faults);
    };
    if let Some(pieces) = over_passages(failing.words(), cited.seed) {
        return over(faults, &failing, &pieces);
    }
    let all = 0..cited.seed.passages.len();
    let within = named.map_or(all.clone(), |at| at..at + 1);
    let found = nearest(failing.words(), cited.seed, within).or_else(|| nearest(failing.words(), cited.seed, all));
    match found {
        Some(found) if !found.differences.is_empty() => differing(faults, message, &failing, &found),
        Some(found) => cut_word(faults, message, &failing, &found),
        None => {
            let whole = failing.in_file(&(0..failing.words().len()));
            Diagnostic::new(Code::QuoteNotFound, path, whole, message)
                .label(say!("the source has nothing like this"))
                .help(say!(
                    "quote the source word for word, and check that the citation names the right source"
                ))
        }
    }
}

/// The words are there, one after the other, but in several passages.
fn over(faults: Faults<'_>, failing: &Failing<'_>, pieces: &[(usize, Span)]) -> Diagnostic {
    let Cited { id, seed, .. } = faults.cited;
    let line = |at: usize| seed.passages.get(at).map_or(0, |passage| passage.line);
    let ends = pieces.first().zip(pieces.last());
    let (first, last) = ends.map_or((0, 0), |((first, _), (last, _))| (line(*first), line(*last)));
    let (message, help) = match pieces.len() {
        2 => (
            say!(
                "these words run over passages {first} and {last} of source `{id}`",
                first,
                last,
                id
            ),
            say!("quote them as two paragraphs, with `>` alone on the line between"),
        ),
        _ => (
            say!(
                "these words run over passages {first} to {last} of source `{id}`",
                first,
                last,
                id
            ),
            say!("quote each passage as a paragraph of its own, with `>` alone on the line between"),
        ),
    };
    let whole = failing.in_file(&(0..failing.words().len()));
    let mut diagnostic = Diagnostic::new(Code::QuoteNotFound, faults.path, whole, message);
    for (at, span) in pieces.iter().take(MOST_PLACES) {
        diagnostic = diagnostic.also(&seed.path, span.clone(), say!("passage {line}", line = line(*at)));
    }
    diagnostic.help(match faults.quotation.inline {
        true => say!("quote the words of each passage by themselves, each with its citation"),
        false => help,
    })
}

/// The words are there, but the quotation begins or ends within a word or a number of the source, or is spaced otherwise.
fn cut_word(faults: Faults<'_>, message: Phrase, failing: &Failing<'_>, found: &Nearest) -> Diagnostic {
    let seed = faults.cited.seed;
    let needle = Needle::of(failing.text, failing.segment);
    let Some(spot) = spot(&needle, failing.words(), seed, found) else {
        let whole = failing.in_file(&(0..failing.words().len()));
        return Diagnostic::new(Code::QuoteNotFound, faults.path, whole, message)
            .also(&seed.path, found.span.clone(), passage_label(seed, found))
            .help(say!("quote the source word for word"));
    };
    let theirs = single_spaced(&seed.text[spot.theirs.clone()]);
    let (label, help) = match spot.cause {
        Cause::Begins => (
            say!("this begins in the middle of `{theirs}`", theirs),
            say!("quote the whole word or number"),
        ),
        Cause::Ends => (
            say!("this ends in the middle of `{theirs}`", theirs),
            say!("quote the whole word or number"),
        ),
        Cause::SpaceLacks => (
            say!("the source has a space here: `{theirs}`", theirs),
            say!("set the spaces as the source has them"),
        ),
        Cause::SpaceTooMany => (
            say!("the source has no space here: `{theirs}`", theirs),
            say!("set the spaces as the source has them"),
        ),
    };
    Diagnostic::new(Code::QuoteNotFound, faults.path, failing.in_file(&spot.ours), message)
        .label(label)
        .also(&seed.path, spot.theirs, passage_label(seed, found))
        .help(help)
}

/// A text on one line, for a message.
fn single_spaced(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether words can stand in brackets as the editor's own: words, and not mere signs.
fn can_be_inserted(own: &str) -> bool {
    own.split_whitespace().count() <= 4
        && own.contains(char::is_alphanumeric)
        && own.chars().all(|c| {
            c.is_alphanumeric() || c.is_whitespace() || crate::text::is_combining(c) || "'’-‑.,%€$".contains(c)
        })
}

fn passage_label(seed: &Seed, found: &Nearest) -> Phrase {
    let line = seed.passages.get(found.passage).map_or(0, |passage| passage.line);
    say!("passage {line}, the nearest text", line)
}

fn differing(faults: Faults<'_>, message: Phrase, failing: &Failing<'_>, found: &Nearest) -> Diagnostic {
    let seed = faults.cited.seed;
    let said = |difference: &Difference| {
        let theirs = single_spaced(&seed.text[difference.theirs.clone()]);
        match (difference.ours_is_gap, difference.theirs_is_gap) {
            (true, _) => say!("the source also has `{theirs}` here", theirs),
            (false, true) => say!("the source does not have this"),
            (false, false) => say!("the source has `{theirs}` here", theirs),
        }
    };
    let mut differences = found.differences.iter();
    let Some(first) = differences.next() else {
        return cut_word(faults, message, failing, found);
    };
    let mut diagnostic =
        Diagnostic::new(Code::QuoteNotFound, faults.path, failing.in_file(&first.ours), message).label(said(first));
    for difference in differences.clone().take(MOST_PLACES) {
        diagnostic = diagnostic.also(faults.path, failing.in_file(&difference.ours), said(difference));
    }
    diagnostic = diagnostic.also(&seed.path, first.theirs.clone(), passage_label(seed, found));
    for difference in differences.take(MOST_PLACES) {
        diagnostic = diagnostic.also(&seed.path, difference.theirs.clone(), Phrase::default());
    }
    let own = &failing.words()[first.ours.clone()];
    let help = if first.ours_is_gap {
        say!("quote the source word for word, or mark what you leave out as `[…]`")
    } else if !own.contains(char::is_alphanumeric) {
        say!("quote the source word for word")
    } else if can_be_inserted(own) && !matches!(failing.segment.before, Gap::Inserted { .. }) {
        say!(
            "quote the source word for word, or mark your own words as `[{own}]`",
            own
        )
    } else {
        say!("quote the source word for word, or mark your own words by brackets")
    };
    diagnostic.help(help)
}

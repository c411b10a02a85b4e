//! Which pieces are the article proper, and why the others are not. docs/intake.md has the rules in words.

use super::phrases::told;
use super::pieces::Piece;
use crate::foreign::Shape;

/// Why a piece is no part of the article proper.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Why {
    Title,
    Heading,
    Label,
    PullQuote,
    Caption,
    Credit,
    Byline,
    Pointer,
    Navigation,
    Advertising,
    Newsletter,
    Promotion,
    Sharing,
    Comments,
    NotFound,
    Legal,
    Cookies,
    Before,
    After,
    Frame,
    Elsewhere,
    Running,
    Lone,
}

/// Which pieces are what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Sorted {
    /// For each piece, why it is left out; none for the article proper.
    pub(super) why: Vec<Option<Why>>,
    /// Index of the piece that seems to be the title.
    pub(super) title: Option<usize>,
}

impl Sorted {
    /// Whether any piece is of the article.
    pub(super) fn has_body(&self) -> bool {
        self.why.contains(&None)
    }

    /// Takes another heading for the title: the one that says what the file itself names as its title, with which a longer one may go on.
    pub(super) fn take_title(&mut self, pieces: &[Piece], said: &str) {
        let said = fold(said);
        let is_it = |at: &usize| {
            let text = fold(&pieces[*at].text);
            matches!(self.why[*at], Some(Why::Heading | Why::Title))
                && (said.starts_with(&text) || text.starts_with(&said))
        };
        let Some(found) = (0..pieces.len()).find(is_it) else {
            return;
        };
        if let Some(former) = self.title.replace(found) {
            self.why[former] = Some(Why::Heading);
        }
        self.why[found] = Some(Why::Title);
    }
}

/// A piece from this length on is a paragraph of the article, in bytes; a shorter one where it ends like a sentence.
const PARAGRAPH: usize = 200;
/// See `PARAGRAPH`.
const SHORT_PARAGRAPH: usize = 120;

/// A sentence has this many words or more.
const SENTENCE: usize = 4;

/// The title has this many words or more, and counts no more than so many.
const TITLE: std::ops::RangeInclusive<usize> = 3..=20;

/// What a piece that is no sentence takes from a stretch, in bytes of paragraphs; and the most that one paragraph gives.
const COST: i64 = 80;
/// See `COST`.
const MOST_GAIN: i64 = 600;

/// A piece with what can be seen of it alone.
struct Seen<'a> {
    piece: &'a Piece,
    told: Option<Why>,
    /// What it is by its markup alone.
    marked: Option<Why>,
    strong: bool,
    sentence: bool,
    /// The beginning of its neighbour, or begins like it: a caption that is there twice.
    twice: bool,
}

/// Tells the article from what is around it. `known` says that markup has told where it is.
pub(super) fn sort(pieces: &[Piece], known: bool) -> Sorted {
    let seen = see(pieces);
    let end = end_of_article(&seen);
    let (first, last) = match known {
        true => (0, end),
        false => stretch(&seen[..end]),
    };
    let title = title(&seen[..first.min(end)]).or_else(|| title_marked(&seen[..end]));
    let why = |at: usize| {
        let seen = &seen[at];
        match () {
            () if Some(at) == title => Some(Why::Title),
            // What its words say is more than that a search passed it over.
            () if seen.told.is_some() && seen.marked == Some(Why::Elsewhere) => seen.told,
            () if seen.marked.is_some() => seen.marked,
            () if seen.told.is_some() => seen.told,
            () if at >= end => Some(Why::Comments),
            () if first == last => Some(Why::Lone),
            () if at < first => Some(Why::Before),
            () if at >= last => Some(Why::After),
            () if seen.strong => None,
            () if seen.twice => Some(Why::Caption),
            () if stands_out(&seen.piece.text) => Some(Why::PullQuote),
            () if seen.sentence || known && words(&seen.piece.text) >= 2 * SENTENCE => None,
            () => Some(Why::Label),
        }
    };
    let mut why: Vec<Option<Why>> = (0..pieces.len()).map(why).collect();
    if seen.get(end).is_some_and(|seen| seen.told == Some(Why::NotFound)) {
        let rest = why.iter_mut().skip(end);
        rest.filter(|why| **why == Some(Why::Comments))
            .for_each(|why| *why = Some(Why::NotFound));
    }
    Sorted { why, title }
}

fn see(pieces: &[Piece]) -> Vec<Seen<'_>> {
    let folded: Vec<String> = pieces.iter().map(|piece| fold(&piece.text)).collect();
    let twice = |at: usize| {
        let mut beside = [at.checked_sub(1), Some(at + 1)]
            .into_iter()
            .flatten()
            .filter_map(|at| folded.get(at));
        folded[at].len() >= 20
            && beside
                .any(|other| other.len() >= 20 && (other.starts_with(&folded[at]) || folded[at].starts_with(other)))
    };
    let pieces = pieces.iter().enumerate();
    pieces.map(|(at, piece)| Seen::new(piece, twice(at))).collect()
}

impl<'a> Seen<'a> {
    fn new(piece: &'a Piece, twice: bool) -> Self {
        let text = &piece.text;
        let told = told(text);
        let marked = match piece.shape {
            Shape::Plain => None,
            Shape::Heading => Some(Why::Heading),
            Shape::Caption => Some(Why::Caption),
            Shape::Frame => Some(Why::Frame),
            Shape::Elsewhere => Some(Why::Elsewhere),
            Shape::Running => Some(Why::Running),
        };
        let free = told.is_none() && marked.is_none();
        let long = text.len() >= PARAGRAPH || text.len() >= SHORT_PARAGRAPH && ends_sentence(text, true);
        Self {
            piece,
            told,
            marked,
            strong: free && long,
            sentence: free && ends_sentence(text, false) && words(text) >= SENTENCE && !stands_out(text),
            twice,
        }
    }
}

/// Where comments or a stray page begin, once more than half of the paragraphs have gone by.
fn end_of_article(seen: &[Seen<'_>]) -> usize {
    let length = |seen: &Seen<'_>| if seen.strong { seen.piece.text.len() } else { 0 };
    let total: usize = seen.iter().map(length).sum();
    let mut passed = 0;
    for (at, seen) in seen.iter().enumerate() {
        passed += length(seen);
        if matches!(seen.told, Some(Why::Comments | Why::NotFound)) && passed * 2 > total {
            return at;
        }
    }
    seen.len()
}

/// The stretch of pieces that holds the most text for the fewest pieces that are none: a paragraph gives its length, a short sentence half of it,
/// and anything else takes a fixed amount.
fn stretch(seen: &[Seen<'_>]) -> (usize, usize) {
    let mut best = (0, 0, 0);
    let (mut sum, mut start) = (0, 0);
    for (at, seen) in seen.iter().enumerate() {
        if sum <= 0 {
            (sum, start) = (0, at);
        }
        let length = i64::try_from(seen.piece.text.len()).unwrap_or(MOST_GAIN);
        sum += match () {
            () if seen.strong => length.min(MOST_GAIN),
            () if seen.sentence && !seen.twice => length / 2,
            // The head and foot of a printed page stand within the article.
            () if seen.marked == Some(Why::Running) => 0,
            () => -COST,
        };
        if sum > best.0 {
            best = (sum, start, at + 1);
        }
    }
    let holds_paragraph = seen[best.1..best.2].iter().any(|seen| seen.strong);
    if holds_paragraph { (best.1, best.2) } else { (0, 0) }
}

/// The line before the article that has the most words and is no sentence.
fn title(before: &[Seen<'_>]) -> Option<usize> {
    let candidates = before.iter().enumerate().filter(|(_, seen)| {
        let text = &seen.piece.text;
        let free = seen.told.is_none() && matches!(seen.marked, None | Some(Why::Heading));
        free && text.len() < PARAGRAPH && !text.ends_with('.') && words(text) >= *TITLE.start()
    });
    candidates
        .max_by_key(|(at, seen)| (words(&seen.piece.text).min(*TITLE.end()), std::cmp::Reverse(*at)))
        .map(|(at, _)| at)
}

/// The first heading that is long enough to be a title.
fn title_marked(seen: &[Seen<'_>]) -> Option<usize> {
    seen.iter()
        .position(|seen| seen.marked == Some(Why::Heading) && words(&seen.piece.text) >= *TITLE.start())
}

/// Whether a text ends like a sentence, closing marks not counted. Headings may be questions, so only a long piece may end with a question mark.
fn ends_sentence(text: &str, question: bool) -> bool {
    let closing = |c: char| matches!(c, '*' | '»' | '”' | '"' | ')' | ']' | '’' | '\'') || c.is_whitespace();
    let open = text.trim_end_matches(closing);
    open.ends_with(['.', '!', '…'])
        || question && open.ends_with('?')
        || !question && open.ends_with(':')
        || open.len() < text.trim_end().len() && open.ends_with('?')
}

/// Whether a piece is one quotation without a stop: lifted from the text to stand out.
fn stands_out(text: &str) -> bool {
    let text = text.trim();
    let inner = text
        .strip_prefix(['«', '“', '"'])
        .and_then(|rest| rest.strip_suffix(['»', '”', '"']));
    inner.is_some_and(|inner| !inner.contains(['«', '“']) && !inner.trim_end().ends_with(['.', '!', '?', '…', ',']))
}

fn words(text: &str) -> usize {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .count()
}

fn fold(text: &str) -> String {
    let words: Vec<String> = text
        .split_whitespace()
        .map(|word| word.replace('’', "'").to_lowercase())
        .collect();
    words.join(" ")
}

/// Line ranges of the article proper, as a record has them: `5-7, 11`. Pieces that nothing but empty lines part make one range.
pub(super) fn ranges(pieces: &[Piece], sorted: &Sorted) -> String {
    let mut ranges: Vec<(usize, usize)> = Vec::new();
    let mut goes_on = false;
    for (piece, why) in pieces.iter().zip(&sorted.why) {
        match (why, ranges.last_mut()) {
            (None, Some(range)) if goes_on => range.1 = piece.last,
            (None, _) => ranges.push((piece.first, piece.last)),
            (Some(_), _) => {}
        }
        goes_on = why.is_none();
    }
    let written = ranges.iter().map(|(first, last)| match first == last {
        true => first.to_string(),
        false => format!("{first}-{last}"),
    });
    written.collect::<Vec<_>>().join(", ")
}

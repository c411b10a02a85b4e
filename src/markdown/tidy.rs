//! Which spaces and quotation marks an editor would have typed otherwise, had they typed what the page shows. The reader itself notes them while it
//! reads, so they cannot differ from what it shows.

use super::flat::Flat;
use super::read::{Setting, read_noting};
use super::{Body, Citation, Link, Paragraph, Quotation};
use crate::lang::{Change, Lang};
use crate::text::Span;

/// Changes noted while a body is read.
#[derive(Debug, Default)]
pub(super) struct Corrections {
    /// The changes of each run of inline content that has any.
    runs: Vec<Vec<Change>>,
    /// How many open blockquotes there are: quoted words are nobody's to change.
    quotes: usize,
    /// For each open link, whether its text must stay as it is: an address, or the name of a definition elsewhere.
    fixed: Vec<bool>,
}

impl Corrections {
    pub(super) fn run_begins(&mut self) {
        if self.runs.last().is_none_or(|run| !run.is_empty()) {
            self.runs.push(Vec::new());
        }
    }

    pub(super) fn quote_opens(&mut self) {
        self.quotes += 1;
    }

    pub(super) fn quote_closes(&mut self) {
        self.quotes = self.quotes.saturating_sub(1);
    }

    pub(super) fn link_opens(&mut self, fixed: bool) {
        self.fixed.push(fixed);
    }

    pub(super) fn link_closes(&mut self) {
        self.fixed.pop();
    }

    /// Notes changes to a piece of text that begins at `at` in its block's flat text.
    pub(super) fn note(&mut self, changes: &[Change], at: usize, flat: &Flat, file: &str) {
        let Some(run) = self.runs.last_mut() else { return };
        if self.quotes > 0 || self.fixed.contains(&true) {
            return;
        }
        for change in changes {
            let span = at + change.span.start..at + change.span.end;
            let place = match (span.is_empty(), change.span.start) {
                (false, _) => flat.raw_span(&span),
                // Markup may stand between two characters: what is put in stays on the side of its piece.
                (true, 0) => flat.raw(span.start)..flat.raw(span.start),
                (true, _) => {
                    let last = crate::text::floor_char_boundary(&flat.text, span.start - 1);
                    let end = flat.raw_span(&(last..span.start)).end;
                    end..end
                }
            };
            // Lines stay as they were broken, and entities as they were typed: the page shows the same.
            let is_plain = |raw: &str| raw == "\"" || raw.chars().all(|c| c.is_whitespace() && c != '\n');
            if file.get(place.clone()).is_some_and(is_plain) {
                run.push(Change {
                    span: place,
                    text: change.text,
                });
            }
        }
    }
}

/// The changes to a content file that set spaces and quotation marks as its language has them, in order, in bytes of the file. Quotations, code,
/// links' targets and everything that is not running text stay as they are, and the page that is read from the changed file is the same.
pub fn corrections(setting: Setting<'_>, file: &str, start: usize) -> Vec<Change> {
    let (before, noted) = read_noting(setting, file, start, Some(Corrections::default()));
    let mut runs = noted.map_or(Vec::new(), |noted| noted.runs);
    let place = |change: &Change| (change.span.start, change.span.end);
    for run in &mut runs {
        run.sort_by_key(place);
    }
    runs.retain(|run| !run.is_empty());
    runs.sort_by_key(|run| run.first().map(place));
    // A footnote's text is read once for each of its definitions.
    runs.dedup();
    let mut attempts = Attempts {
        setting,
        file,
        start,
        page: &before.value,
        left: MOST_ATTEMPTS,
    };
    let mut kept = Vec::new();
    match attempts.keep(&runs, &mut kept) {
        Some(()) => kept,
        // A text made to be slow is left alone.
        None => Vec::new(),
    }
}

/// How often a changed file is read anew to find the changes that would change the page.
const MOST_ATTEMPTS: usize = 256;

/// Tries changes, and leaves out runs of content after whose changes the page would be another: a space may turn markup into text.
struct Attempts<'a> {
    setting: Setting<'a>,
    file: &'a str,
    start: usize,
    page: &'a Body,
    left: usize,
}

impl Attempts<'_> {
    /// Adds to `kept`, which are harmless, the changes of those runs for which that is so too. `None` where it takes too long.
    fn keep(&mut self, runs: &[Vec<Change>], kept: &mut Vec<Change>) -> Option<()> {
        if runs.is_empty() {
            return Some(());
        }
        self.left = self.left.checked_sub(1)?;
        let count = kept.len();
        kept.extend(runs.iter().flatten().cloned());
        let in_order = kept.windows(2).all(|pair| pair[0].span.end <= pair[1].span.start);
        let same = in_order && {
            let file = crate::lang::applied(self.file, kept);
            is_same(self.page, &read_noting(self.setting, &file, self.start, None).0.value)
        };
        if same {
            return Some(());
        }
        kept.truncate(count);
        if runs.len() > 1 {
            let (first, second) = runs.split_at(runs.len() / 2);
            self.keep(first, kept)?;
            self.keep(second, kept)?;
        }
        Some(())
    }
}

/// Whether two bodies give the same page and cite the same.
fn is_same(a: &Body, b: &Body) -> bool {
    let citation = |citation: &Citation| (citation.source.clone(), citation.passage.clone());
    let citations = |body: &Body| body.citations.iter().map(citation).collect::<Vec<_>>();
    let link = |link: &Link| (link.target.clone(), link.title.clone(), link.image);
    let links = |body: &Body| body.links.iter().map(link).collect::<Vec<_>>();
    a.pieces == b.pieces
        && a.headings == b.headings
        && a.quotations.iter().map(said).eq(b.quotations.iter().map(said))
        && citations(a) == citations(b)
        && links(a) == links(b)
        && a.uncited.len() == b.uncited.len()
}

/// A quotation without its places in the file.
fn said(quotation: &Quotation) -> (super::Role, bool, usize, Vec<Option<&str>>, Option<&str>) {
    let words = |paragraph| match paragraph {
        &Paragraph::LeftOut => None,
        Paragraph::Words { text, .. } => Some(text.as_str()),
    };
    (
        quotation.role,
        quotation.inline,
        quotation.citation,
        quotation.paragraphs.iter().map(words).collect(),
        quotation.translation.as_deref(),
    )
}

/// The straight quotation marks of a block's flat text that its language sets otherwise. `untouched` are ranges of the text that are not running text.
pub(super) fn marks(lang: &Lang, flat: &Flat, untouched: &[Span]) -> Vec<Change> {
    let mut text = flat.text.clone();
    for range in untouched {
        text.replace_range(range.clone(), &"x".repeat(range.len()));
    }
    crate::lang::straight_marks(lang, &text)
}

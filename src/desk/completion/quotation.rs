//! The words of a source after `> `: type some, get the exact sentence and its citation.

use super::{Cursor, Offer, Suggestion, short};
use crate::desk::hover::passage_text;
use crate::markdown::Role;
use crate::phrase::Phrase;
use crate::quote::{Found, Hit, find, widened, write};
use crate::site::Site;
use crate::text::Span;

/// How many places are offered at once.
const MOST_PLACES: usize = 12;

/// The fewest letters after which a single word is looked for.
const FEWEST_LETTERS: usize = 6;

/// A line of a quoted block.
struct Line<'a> {
    /// What stands before its `>`.
    indent: &'a str,
    /// The bytes of its words, to its end.
    words: Span,
}

/// Sentences of the sources that hold the words of a quoted line; `None` where the cursor is in no such line.
pub(super) fn suggestions(cursor: Cursor<'_>) -> Option<Vec<Suggestion>> {
    let line = line(cursor)?;
    let typed = cursor.text[line.words.start..cursor.at].trim_end();
    let letters = typed.chars().filter(|c| c.is_alphanumeric()).count();
    if letters < FEWEST_LETTERS && typed.split_whitespace().count() < 2 || typed.starts_with("[@") {
        return Some(Vec::new());
    }
    let site = &cursor.sheet.site;
    let cited = cited(cursor);
    let within = match &cited {
        Some(id) => site.source(id),
        None => None,
    };
    let hits = look(typed, site, within);
    let suggestion = |hit: Hit| suggestion(cursor, &line, hit, cited.is_some());
    Some(hits.into_iter().take(MOST_PLACES).filter_map(suggestion).collect())
}

fn line(cursor: Cursor<'_>) -> Option<Line<'_>> {
    let (start, end) = (cursor.line_start(), cursor.line_end());
    let content = &cursor.text[start..end];
    let mark = content.len() - content.trim_start().len();
    let after = content[mark..].strip_prefix('>')?;
    let words = end - after.trim_start().len();
    let typed = &cursor.text[words.min(cursor.at)..cursor.at];
    let attribution = ["—", "–", "--"].iter().any(|dash| typed.starts_with(dash));
    (words <= cursor.at && !attribution).then(|| Line {
        indent: &content[..mark],
        words: words..end,
    })
}

/// The source that the block names below the cursor, where it does.
fn cited(cursor: Cursor<'_>) -> Option<String> {
    let rest = &cursor.text[cursor.line_end()..];
    let below = rest
        .lines()
        .skip(1)
        .take_while(|line| line.trim_start().starts_with('>'));
    let citations = below.filter_map(|line| line.split_once("[@"));
    let (_, after) = citations.last()?;
    let id = after.split([':', ']']).next()?;
    Some(id.to_owned())
}

/// Places that hold the words; where the last one is only begun, places where one goes on like this; else what is nearest.
fn look(typed: &str, site: &Site, within: Option<usize>) -> Vec<Hit> {
    let nearest = match find(typed, &site.sources, within) {
        Found::Exact(hits) => return hits,
        Found::Nearest { hit, .. } => Some(hit),
        Found::Nothing => None,
    };
    if let Some((whole, begun)) = typed.rsplit_once(char::is_whitespace)
        && let Found::Exact(mut hits) = find(whole, &site.sources, within)
    {
        hits.retain(|hit| goes_on(hit, site, begun));
        if !hits.is_empty() {
            return hits;
        }
    }
    nearest.into_iter().collect()
}

/// Whether the source goes on with a word that begins like this.
fn goes_on(hit: &Hit, site: &Site, begun: &str) -> bool {
    let seed = site.sources.get(hit.source).and_then(|source| source.seed.as_deref());
    let end = hit.verified.parts().next_back().map(|part| part.span.end);
    let (Some(seed), Some(end)) = (seed, end) else {
        return false;
    };
    let plain = |text: &str| text.replace(['’', 'ʼ', '‘'], "'");
    let rest: String = seed.text[end..]
        .trim_start()
        .chars()
        .take(begun.chars().count())
        .collect();
    plain(&rest) == plain(begun)
}

/// A place as the whole sentences that hold it, with the attribution where the block has none.
fn suggestion(cursor: Cursor<'_>, line: &Line<'_>, hit: Hit, has_attribution: bool) -> Option<Suggestion> {
    let source = cursor.sheet.site.sources.get(hit.source)?;
    let hit = widened(hit, source.seed.as_deref()?);
    let written = write(&hit.verified, source, &cursor.identity.lang, Role::States)?;
    let block = written.block.strip_prefix("> ")?;
    let words = block.rsplit_once("\n>\n").map_or(block, |(words, _)| words);
    let text = if has_attribution { words } else { block };
    let line_end = if cursor.text.contains("\r\n") { "\r\n" } else { "\n" };
    let parts: Vec<_> = hit.verified.parts().map(|part| part.span.clone()).collect();
    Some(Suggestion {
        kind: Offer::Quotation,
        label: short(words, 80),
        detail: Phrase::verbatim(format!("{} {}", written.citation, source.short_name())),
        about: passage_text(source, Some(hit.verified.passage()), &parts),
        span: line.words.clone(),
        text: text.replace('\n', &format!("{line_end}{}", line.indent)),
    })
}

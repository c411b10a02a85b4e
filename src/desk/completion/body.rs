//! Citations, roles, links and names in a body.

use std::collections::BTreeSet;

use super::{Completions, Cursor, Offer, Suggestion, quotation, short};
use crate::desk::hover::passage_text;
use crate::document::Kind;
use crate::link::DocumentRef;
use crate::markdown::Role;
use crate::phrase::{Phrase, say};
use crate::site::{Entry, Source};
use crate::source::Seed;
use crate::text::is_combining;
use crate::verify::{Outcome, verify};

/// How many content files are offered at once.
const MOST_FILES: usize = 100;

/// The fewest letters of a word after which names are offered.
const FEWEST_LETTERS: usize = 2;

/// What can be written at a place of a body.
pub(super) fn completions(cursor: Cursor<'_>) -> Completions {
    let all = |suggestions| Completions {
        suggestions,
        complete: true,
    };
    let some = |suggestions| Completions {
        suggestions,
        complete: false,
    };
    citation(cursor)
        .map(all)
        .or_else(|| role(cursor).map(all))
        .or_else(|| link(cursor).map(some))
        .or_else(|| quotation::suggestions(cursor).map(some))
        .unwrap_or_else(|| some(names(cursor)))
}

/// The source or the passage of a citation that is being typed.
fn citation(cursor: Cursor<'_>) -> Option<Vec<Suggestion>> {
    let before = cursor.before();
    let open = before.rfind("[@")? + "[@".len();
    let typed = &before[open..];
    if typed.contains(|c: char| c.is_whitespace() || matches!(c, '[' | ']')) {
        return None;
    }
    let start = cursor.line_start() + open;
    match typed.split_once(':') {
        None => Some(
            cursor
                .sheet
                .site
                .sources
                .iter()
                .map(|source| of_source(cursor, source, start))
                .collect(),
        ),
        Some((id, _)) => {
            let source = cursor.sheet.site.source(id)?;
            Some(passages(cursor, source, start + id.len() + 1))
        }
    }
}

fn of_source(cursor: Cursor<'_>, source: &Source, start: usize) -> Suggestion {
    Suggestion {
        kind: Offer::Source,
        label: source.id.to_string(),
        detail: Phrase::verbatim(source.short_name()),
        about: passage_text(source, None, &[]),
        span: cursor.word_from(start, |c| c.is_ascii_alphanumeric() || c == '-'),
        text: source.id.to_string(),
    }
}

/// The passages of a source, first those that hold the words which the citation ends.
fn passages(cursor: Cursor<'_>, at: usize, start: usize) -> Vec<Suggestion> {
    let source = &cursor.sheet.site.sources[at];
    let Some(seed) = source.seed.as_deref() else {
        return Vec::new();
    };
    let span = cursor.word_from(start, |c| c.is_ascii_digit());
    let close = if cursor.text[span.end..].starts_with(']') {
        ""
    } else {
        "]"
    };
    let holding = holding(cursor, seed);
    let mut order: Vec<usize> = (0..seed.passages.len()).collect();
    order.sort_by_key(|passage| !holding.contains(passage));
    let suggestion = |passage: usize| {
        let found = &seed.passages[passage];
        Suggestion {
            kind: Offer::Passage,
            label: found.line.to_string(),
            detail: Phrase::verbatim(short(&seed.text[found.span.clone()], 60)),
            about: passage_text(source, Some(passage), &[]),
            span: span.clone(),
            text: format!("{}{close}", found.line),
        }
    };
    order.into_iter().map(suggestion).collect()
}

/// The passages (indices) that hold the quotation whose citation is being typed.
fn holding(cursor: Cursor<'_>, seed: &Seed) -> BTreeSet<usize> {
    let Some(document) = cursor.sheet.document(&cursor.identity.path) else {
        return BTreeSet::new();
    };
    let (at, body) = (cursor.at, document.body);
    let quotations = body.quotations.iter();
    let mut own = quotations.filter(|quotation| {
        let citation = body.citations.get(quotation.citation);
        citation.is_some_and(|citation| citation.span.start < at && at < citation.span.end)
    });
    match own.next().map(|quotation| verify(quotation, seed, None)) {
        Some(Outcome::Found(verified)) => [verified.passage()].into(),
        Some(Outcome::Ambiguous(passages)) => passages.into_iter().collect(),
        _ => BTreeSet::new(),
    }
}

/// The role that ends an attribution.
fn role(cursor: Cursor<'_>) -> Option<Vec<Suggestion>> {
    let before = cursor.before();
    let line = before.trim_start_matches([' ', '>']);
    let dashed = ["—", "–", "--"].iter().any(|dash| line.starts_with(dash));
    let (lead, typed) = line.rsplit_once("] ")?;
    let is_word = typed.chars().all(|c| c.is_ascii_alphabetic());
    if !(dashed && before.trim_start().starts_with('>') && lead.contains("[@") && is_word) {
        return None;
    }
    let span = cursor.word_from(cursor.at - typed.len(), |c| c.is_ascii_alphabetic());
    let suggestion = |name: &str| Suggestion {
        kind: Offer::Word,
        label: name.to_owned(),
        detail: Phrase::default(),
        about: Phrase::default(),
        span: span.clone(),
        text: name.to_owned(),
    };
    Some(Role::NAMES.into_iter().map(suggestion).collect())
}

/// The content file that a link leads to.
fn link(cursor: Cursor<'_>) -> Option<Vec<Suggestion>> {
    let before = cursor.before();
    let open = before.rfind("](")? + "](".len();
    let typed = &before[open..];
    if typed.contains(|c: char| c.is_whitespace() || matches!(c, ')' | '#')) {
        return None;
    }
    let site = &cursor.sheet.site;
    let mut files = Vec::new();
    gather(&site.terms, |term| term.name(), &mut files);
    gather(&site.claims, |claim| claim.text(), &mut files);
    gather(&site.events, |event| event.name(), &mut files);
    gather(&site.pages, |page| page.name(), &mut files);
    gather(
        &site.records,
        |record| record.title.as_deref().unwrap_or_default(),
        &mut files,
    );
    let wanted = typed.trim_start_matches(['.', '/']).to_lowercase();
    let span = cursor.word_from(cursor.line_start() + open, |c| {
        !c.is_whitespace() && !matches!(c, ')' | '#')
    });
    let suggestion = |(kind, path, name): (Kind, &str, &str)| {
        let target = relative(&cursor.identity.path, path);
        let is_wanted = target.contains(&wanted) || name.to_lowercase().contains(&wanted);
        is_wanted.then(|| Suggestion {
            kind: if kind == Kind::Term {
                Offer::Term
            } else {
                Offer::Document
            },
            label: target.clone(),
            detail: Phrase::verbatim(short(name, 80)),
            about: Phrase::default(),
            span: span.clone(),
            text: target,
        })
    };
    Some(files.into_iter().filter_map(suggestion).take(MOST_FILES).collect())
}

fn gather<'a, T>(entries: &'a [Entry<T>], name: fn(&T) -> &str, files: &mut Vec<(Kind, &'a str, &'a str)>) {
    let originals = entries.iter().filter(|entry| !entry.identity.is_translation);
    files.extend(originals.map(|entry| (entry.identity.kind, &*entry.identity.path, name(&entry.front))));
}

/// The way from the folder of one file to another.
fn relative(from: &str, to: &str) -> String {
    let folders = |path: &'_ str| -> Vec<String> {
        let mut parts: Vec<String> = path.split('/').map(str::to_owned).collect();
        parts.pop();
        parts
    };
    let (here, there) = (folders(from), folders(to));
    let shared = here.iter().zip(&there).take_while(|(one, other)| one == other).count();
    let name = to.rsplit('/').next().unwrap_or(to);
    let up = std::iter::repeat_n("..", here.len() - shared);
    let down = there[shared..].iter().map(String::as_str);
    up.chain(down).chain([name]).collect::<Vec<_>>().join("/")
}

/// Terms and entities whose name begins with the word that is being typed.
fn names(cursor: Cursor<'_>) -> Vec<Suggestion> {
    let before = cursor.before();
    let is_letter = |c: char| c.is_alphanumeric() || is_combining(c) || c == '-';
    let typed = &before[before.trim_end_matches(is_letter).len()..];
    if typed.chars().count() < FEWEST_LETTERS {
        return Vec::new();
    }
    let begun = typed.to_lowercase();
    let span = cursor.at - typed.len()..cursor.at;
    let offer = |kind: Offer, name: &str, detail: Phrase, about: Phrase| {
        let fits = name.to_lowercase().starts_with(&begun);
        fits.then(|| Suggestion {
            kind,
            label: name.to_owned(),
            detail,
            about,
            span: span.clone(),
            text: name.to_owned(),
        })
    };
    let site = &cursor.sheet.site;
    let of_lang = site
        .terms
        .iter()
        .filter(|entry| entry.identity.lang == cursor.identity.lang);
    let terms = of_lang.flat_map(|entry| {
        let reference = DocumentRef {
            kind: Kind::Term,
            id: entry.identity.id.clone(),
            lang: entry.identity.lang.clone(),
        };
        let forms = std::iter::once(entry.front.name()).chain(entry.front.aliases.iter().map(String::as_str));
        let about = crate::desk::hover::document_text(cursor.sheet, &reference).unwrap_or_default();
        forms
            .filter_map(|form| offer(Offer::Term, form, say!("term"), about.clone()))
            .collect::<Vec<_>>()
    });
    let entities = site.entities();
    let entities = entities
        .values()
        .filter_map(|name| offer(Offer::Entity, name, say!("entity"), Phrase::default()));
    terms.chain(entities).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ways_lead_from_folder_to_folder() {
        for (from, to, way) in [
            ("content/claims/a.md", "content/glossary/b.md", "../glossary/b.md"),
            ("content/claims/a.md", "content/claims/b.md", "b.md"),
            ("content/claims/x/a.md", "content/claims/b.md", "../b.md"),
            ("content/index.md", "content/pages/x/b.md", "pages/x/b.md"),
        ] {
            assert_eq!(relative(from, to), way);
        }
    }
}

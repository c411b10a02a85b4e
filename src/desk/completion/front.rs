//! Keys and values of a front matter.

use super::{Cursor, Offer, Suggestion, short};
use crate::claim::{self, REASONS};
use crate::desk::front::Spot;
use crate::document::{EVIDENCE_KEYS, Kind};
use crate::phrase::Phrase;
use crate::site::Entry;
use crate::source::KINDS;
use crate::text::Span;
use crate::{config, event, page, source, term};

/// What can stand at a spot of the front matter at `yaml`.
pub(super) fn suggestions(cursor: Cursor<'_>, yaml: &Span, spot: &Spot<'_>) -> Vec<Suggestion> {
    if spot.is_key {
        return keys(cursor, yaml, spot);
    }
    written(cursor.text, spot, values(cursor, spot))
}

/// Values as they are written at a spot.
fn written(text: &str, spot: &Spot<'_>, values: Vec<Value>) -> Vec<Suggestion> {
    let space = if text[..spot.word.start].ends_with(':') {
        " "
    } else {
        ""
    };
    let suggestion = |(kind, word, detail): Value| Suggestion {
        text: format!("{space}{}", scalar(&word, spot.quoted)),
        label: word,
        detail: Phrase::verbatim(detail),
        about: Phrase::default(),
        kind,
        span: spot.word.clone(),
    };
    values.into_iter().map(suggestion).collect()
}

/// What can stand at a spot of kezako.yaml.
pub(super) fn settings(text: &str, spot: &Spot<'_>) -> Vec<Suggestion> {
    if spot.is_key && spot.key.is_empty() {
        return free_keys(text, spot, config::KEYS);
    }
    let words: &[&str] = match (spot.key, spot.inner) {
        ("require_review" | "search", None) => &["true", "false"],
        ("paper", None) => &["a4", "letter"],
        _ => &[],
    };
    let value = |word: &&str| (Offer::Word, (*word).to_owned(), String::new());
    written(text, spot, words.iter().map(value).collect())
}

/// A word that a key may have, what it is, and what it means.
type Value = (Offer, String, String);

fn values(cursor: Cursor<'_>, spot: &Spot<'_>) -> Vec<Value> {
    let words = |words: &[&str]| -> Vec<Value> {
        let value = |word: &&str| (Offer::Word, (*word).to_owned(), String::new());
        words.iter().map(value).collect()
    };
    let site = &cursor.sheet.site;
    match (cursor.identity.kind, spot.key, spot.inner) {
        (_, "evidence", Some("kind")) => words(&["primary", "secondary"]),
        (_, "evidence", Some("role")) => words(&["supports", "contradicts", "context"]),
        (Kind::Claim, "claimant", Some("kind")) => words(&["person", "organization"]),
        (Kind::Claim, "claimant", Some("name")) | (_, "entities", None) => {
            // What is being typed is a name too, as far as the site can tell.
            let typed = &cursor.text[spot.word.clone()];
            let names = site.entities().into_values().filter(|name| name != typed);
            names.map(|name| (Offer::Entity, name, String::new())).collect()
        }
        (_, _, Some(_)) => Vec::new(),
        (Kind::Claim, "verdict", None) => {
            let label = |verdict: &crate::config::Verdict| {
                let label = verdict.labels.get(&cursor.identity.lang).unwrap_or_default();
                (Offer::Word, verdict.id.clone(), label.to_owned())
            };
            site.config.verdicts.iter().map(label).collect()
        }
        (Kind::Claim, "reason", None) => words(REASONS),
        (Kind::Source, "kind", None) => words(KINDS),
        (Kind::Source, "republish", None) => words(&["excerpts", "full"]),
        (Kind::Source, "lang", None) => words(&site.config.languages.iter().map(|lang| lang.tag()).collect::<Vec<_>>()),
        (Kind::Source, "file", None) => {
            let seeds = cursor
                .sheet
                .tree
                .below("seeds")
                .filter_map(|(path, _)| path.strip_prefix("seeds/"));
            words(&seeds.collect::<Vec<_>>())
        }
        (Kind::Source, "translation_of", None) => {
            let source =
                |source: &crate::site::Source| (Offer::Source, source.id.to_string(), source.short_name().to_owned());
            site.sources.iter().map(source).collect()
        }
        (_, "draft" | "disputed" | "nav" | "wrapped", None) => words(&["true", "false"]),
        (_, "glossary", None) => words(&["off", "on"]),
        (Kind::Term, "see", None) | (Kind::Event, "terms", None) => ids(&site.terms, Offer::Term, |term| term.name()),
        (Kind::Event, "claims", None) => ids(&site.claims, Offer::Document, |claim| claim.text()),
        _ => Vec::new(),
    }
}

/// The ids of documents, with what they are called.
fn ids<T>(entries: &[Entry<T>], kind: Offer, name: fn(&T) -> &str) -> Vec<Value> {
    let originals = entries.iter().filter(|entry| !entry.identity.is_translation);
    let value = |entry: &Entry<T>| (kind, entry.identity.id.to_string(), short(name(&entry.front), 80));
    originals.map(value).collect()
}

/// A text as YAML takes it for one.
pub(in crate::desk) fn scalar(text: &str, quoted: bool) -> String {
    let odd = |c: char| {
        matches!(
            c,
            ':' | ',' | '[' | ']' | '{' | '}' | '#' | '"' | '\'' | '&' | '*' | '!' | '|' | '>' | '%' | '@' | '`'
        )
    };
    if quoted || !text.contains(odd) {
        return text.to_owned();
    }
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

/// The keys that are not there yet.
fn keys(cursor: Cursor<'_>, yaml: &Span, spot: &Spot<'_>) -> Vec<Suggestion> {
    let known: &[&str] = match (cursor.identity.kind, spot.key) {
        (Kind::Claim, "") => claim::KEYS,
        (Kind::Term, "") => term::KEYS,
        (Kind::Event, "") => event::KEYS,
        (Kind::Source, "") => source::KEYS,
        (Kind::Page | Kind::Home, "") => page::KEYS,
        (_, "evidence") => EVIDENCE_KEYS,
        (_, "claimant") => &["name", "kind", "url"],
        (_, "corrections") => &["date", "was", "now", "note"],
        (_, "alignment") => &["passage", "of", "note"],
        _ => &[],
    };
    if !spot.key.is_empty() {
        return free_keys(&cursor.text[..spot.word.end], spot, known);
    }
    free_keys(&cursor.text[..yaml.end], spot, known)
}

/// Those of the known keys that a text does not have yet.
fn free_keys(text: &str, spot: &Spot<'_>, known: &[&str]) -> Vec<Suggestion> {
    let typed = &text[spot.word.clone()];
    let is_there = |key: &str| {
        let mut lines = text.lines();
        spot.key.is_empty()
            && key != typed
            && lines.any(|line| line.strip_prefix(key).is_some_and(|rest| rest.starts_with(':')))
    };
    let tail = if text[spot.word.end..].starts_with(':') {
        ""
    } else {
        ": "
    };
    let free = known.iter().filter(|key| !is_there(key));
    free.map(|key| Suggestion {
        kind: Offer::Key,
        label: (*key).to_owned(),
        detail: Phrase::default(),
        about: Phrase::default(),
        span: spot.word.clone(),
        text: format!("{key}{tail}"),
    })
    .collect()
}

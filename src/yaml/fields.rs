//! Typed reading of a mapping: each getter gives a value or reports, at the place, what it should have been.

use std::cell::RefCell;
use std::rc::Rc;
use std::sync::Arc;

use serde_yaml::{Mapping, Value};

use super::Document;
use super::place::{Found, Map, Step};
use super::scalar::{in_line, is_web_address, list, meant_of, text_of_scalar};
use crate::date::{Date, Point};
use crate::diagnostic::{Code, Diagnostic, Place};
use crate::phrase::{Phrase, say};
use crate::text::{Span, nearest};

/// A mapping being read. Diagnostics gather in `report`; a nested mapping shares it.
pub struct Fields<'a> {
    path: &'a Arc<str>,
    /// The YAML text, and where it begins in the file.
    yaml: &'a str,
    base: usize,
    /// The line before the YAML text; empty where it is a file of its own.
    fence: Span,
    mapping: &'a Mapping,
    trail: Vec<Step<'a>>,
    /// The places of the whole text, looked for when the first is asked for.
    places: Rc<Map>,
    /// Known keys that misspelt ones seem to stand for.
    meant: RefCell<Vec<&'static str>>,
    report: &'a RefCell<Vec<Diagnostic>>,
}

impl<'a> Fields<'a> {
    /// Begins to read a document whose file has this path and text.
    pub fn new(
        path: &'a Arc<str>,
        text: &'a str,
        document: &'a Document,
        report: &'a RefCell<Vec<Diagnostic>>,
    ) -> Self {
        Self {
            path,
            yaml: &text[document.span.clone()],
            base: document.span.start,
            fence: line_before(text, document.span.start),
            mapping: &document.mapping,
            trail: Vec::new(),
            places: Rc::default(),
            meant: RefCell::default(),
            report,
        }
    }

    /// The path of the file being read.
    pub fn path(&self) -> &'a Arc<str> {
        self.path
    }

    /// Adds a diagnostic to the report.
    pub fn add(&self, diagnostic: Diagnostic) {
        self.report.borrow_mut().push(diagnostic);
    }

    /// How many faults were found so far in the whole text.
    pub fn faults(&self) -> usize {
        self.report.borrow().len()
    }

    fn find(&self, last: &[Step<'_>]) -> Found {
        let trail: Vec<Step<'_>> = self.trail.iter().copied().chain(last.iter().copied()).collect();
        let found = self
            .places
            .locate(self.yaml, &trail)
            .unwrap_or(Found { key: 0..0, value: 0..0 });
        let shift = |span: Span| self.base + span.start..self.base + span.end;
        Found {
            key: shift(found.key),
            value: shift(found.value),
        }
    }

    /// Where the value of a key stands in the file.
    pub fn place(&self, key: &str) -> Span {
        self.find(&[Step::Key(key)]).value
    }

    /// Where the n-th item (from 0) of a key's list stands in the file.
    pub fn place_of_item(&self, key: &str, item: usize) -> Span {
        self.find(&[Step::Key(key), Step::Item(item)]).value
    }

    /// Reports a value that its key cannot have.
    pub fn bad_value(&self, key: &str, message: Phrase, help: Phrase) {
        self.add(Diagnostic::new(Code::BadValue, self.path, self.place(key), message).help(help));
    }

    /// Reports a word that is none of those that its key can have; `are` begins their list.
    pub fn bad_word(&self, key: &str, message: Phrase, word: &str, known: &[&str], are: Phrase) {
        let near = nearest(word, known.iter().copied());
        let fault = Diagnostic::new(Code::BadValue, self.path, self.place(key), message);
        self.add(fault.help(meant_of(near, are, known)).instead(near));
    }

    /// Reports each key that is not one of `known`.
    pub fn only(&self, known: &[&'static str]) {
        for key in self.mapping.keys() {
            if key.as_str().is_some_and(|key| known.contains(&key)) {
                continue;
            }
            let name = text_of_scalar(key).unwrap_or_else(|| "?".to_owned());
            let place = self.find(&[Step::Key(&name)]).key;
            let near = nearest(&name, known.iter().copied());
            self.meant
                .borrow_mut()
                .extend(known.iter().filter(|known| Some(**known) == near));
            self.add(
                Diagnostic::new(
                    Code::UnknownKey,
                    self.path,
                    place,
                    say!("there is no key `{name}` here", name),
                )
                .meant(near, say!("the keys here are {list}", list = list(known))),
            );
        }
    }

    /// The value of a key; `key:` with nothing after it counts as absent.
    pub fn get(&self, key: &str) -> Option<&'a Value> {
        self.mapping.get(key).filter(|value| !value.is_null())
    }

    /// The keys that are there with a text, a list or a mapping that is empty, as in `entities: []`, and of which nothing was reported.
    pub fn blank(&self) -> Vec<String> {
        let is_blank = |value: &Value| match value {
            Value::String(text) => text.trim().is_empty(),
            Value::Sequence(items) => items.is_empty(),
            Value::Mapping(keys) => keys.is_empty(),
            _ => false,
        };
        let blank = self.mapping.iter().filter(|(_, value)| is_blank(value));
        let keys: Vec<String> = blank.filter_map(|(key, _)| text_of_scalar(key)).collect();
        let reported = |key: &String| {
            let place = Place::from(self.place(key));
            self.report.borrow().iter().any(|fault| fault.span == place)
        };
        keys.into_iter().filter(|key| !reported(key)).collect()
    }

    /// Whether a key that was reported as misspelt seems to stand for this one.
    pub fn is_meant(&self, key: &str) -> bool {
        self.meant.borrow().contains(&key)
    }

    /// Whether the key is there with a value.
    pub fn has(&self, key: &str) -> bool {
        self.get(key).is_some()
    }

    /// A text. Numbers and `true` or `false` count as the words that were typed.
    pub fn text(&self, key: &'static str) -> Option<String> {
        let value = self.get(key)?;
        match self.scalar(value, &[Step::Key(key)]) {
            Some(text) => Some(in_line(text)).filter(|text| !text.is_empty()),
            None => {
                self.bad_value(
                    key,
                    say!("`{key}` should be a text", key),
                    say!("write it on one line, in double quotes"),
                );
                None
            }
        }
    }

    /// A scalar's text as typed: `1.10` stays `1.10`.
    pub(super) fn scalar(&self, value: &Value, trail: &[Step<'_>]) -> Option<String> {
        if let Value::Number(_) = value {
            let place = self.find(trail).value;
            let typed = self
                .yaml
                .get(place.start - self.base..place.end - self.base)
                .unwrap_or_default();
            if !typed.is_empty() {
                return Some(typed.to_owned());
            }
        }
        text_of_scalar(value)
    }

    /// A text that must be there.
    pub fn required(&self, key: &'static str) -> Option<String> {
        let text = self.text(key);
        let wrong_kind = self.get(key).is_some_and(|value| text_of_scalar(value).is_none());
        if text.is_none() && !wrong_kind {
            self.missing(
                key,
                if self.mapping.contains_key(key) {
                    say!("`{key}` is empty", key)
                } else {
                    say!("`{key}` is missing", key)
                },
                if self.trail.is_empty() {
                    say!("write `{key}: …` in the front matter", key)
                } else {
                    say!("write `{key}: …` among the keys of this entry", key)
                },
            );
        }
        text
    }

    /// A text that must be there, unless a translation inherits it.
    pub fn required_unless(&self, inherited: bool, key: &'static str) -> Option<String> {
        if inherited { self.text(key) } else { self.required(key) }
    }

    /// A text in each of several languages, `{fr: "…", en: "…"}`; one plain text has no language and stands for all.
    pub fn localized(&self, key: &'static str) -> Vec<(Option<&'a str>, String)> {
        let Some(mapping) = self.get(key).and_then(Value::as_mapping) else {
            return self.text(key).map(|text| (None, text)).into_iter().collect();
        };
        let mut texts = Vec::new();
        for (lang, value) in mapping {
            match (lang.as_str(), text_of_scalar(value)) {
                (Some(lang), Some(text)) => texts.push((Some(lang), in_line(text))),
                _ => self.bad_value(
                    key,
                    say!("`{key}` should be a text for each language", key),
                    say!("write `{{fr: \"…\", en: \"…\"}}`"),
                ),
            }
        }
        texts
    }

    /// Reports a key that should be there: at the key where it is empty, else at the first line of the mapping.
    /// A key that was reported as misspelt is not missing too.
    pub fn missing(&self, key: &str, message: Phrase, help: Phrase) {
        let place = if self.mapping.contains_key(key) {
            self.find(&[Step::Key(key)]).key
        } else {
            self.opening()
        };
        self.missing_at(key, place, message, help);
    }

    /// Reports a key that should be there, at the place that asks for it.
    pub fn missing_at(&self, key: &str, place: Span, message: Phrase, help: Phrase) {
        if !self.meant.borrow().contains(&key) {
            self.add(Diagnostic::new(Code::MissingKey, self.path, place, message).help(help));
        }
    }

    /// What stands for the mapping as a whole in a report: the line before its first key, or the mapping's own place.
    pub fn opening(&self) -> Span {
        if !self.trail.is_empty() {
            return self.find(&[]).value;
        }
        self.fence.clone()
    }

    /// `true` or `false`.
    pub fn flag(&self, key: &'static str) -> Option<bool> {
        match self.get(key)? {
            Value::Bool(flag) => Some(*flag),
            _ => {
                self.bad_value(
                    key,
                    say!("`{key}` should be `true` or `false`", key),
                    say!("write the word without quotes"),
                );
                None
            }
        }
    }

    /// A whole number that is not negative.
    pub fn number(&self, key: &'static str) -> Option<u64> {
        let number = self.get(key)?.as_u64();
        if number.is_none() {
            let negative = self.get(key).is_some_and(Value::is_i64);
            let message = match negative {
                true => say!("`{key}` should not be less than 0", key),
                false => say!("`{key}` should be a whole number", key),
            };
            self.bad_value(key, message, say!("write digits alone"));
        }
        number
    }

    /// One of a closed list of words.
    pub fn word(&self, key: &'static str, known: &[&'static str]) -> Option<&'static str> {
        let text = self.text(key)?;
        let word = known.iter().copied().find(|word| *word == text);
        if word.is_none() {
            let message = say!("`{text}` is not a value of `{key}`", text, key);
            self.bad_word(key, message, &text, known, say!("possible are"));
        }
        word
    }

    /// A date in EDTF.
    pub fn date(&self, key: &'static str) -> Option<Date> {
        let text = self.text(key)?;
        match Date::parse(&text) {
            Ok(date) => Some(date),
            Err(why) => {
                self.add(
                    Diagnostic::new(
                        Code::BadDate,
                        self.path,
                        self.place(key),
                        say!("`{text}` is not a date: {why}", text, why),
                    )
                    .help(say!(
                        "write 2023, 2023-11, 2023-11-17 or 2023-11-01/2023-12-01; add ~ for about, ? for perhaps"
                    )),
                );
                None
            }
        }
    }

    /// A plain day.
    pub fn day(&self, key: &'static str) -> Option<Point> {
        let date = self.date(key)?;
        let day = date.as_day();
        if day.is_none() {
            self.add(
                Diagnostic::new(
                    Code::BadDate,
                    self.path,
                    self.place(key),
                    say!("`{key}` should be one day", key),
                )
                .help(say!("write year, month and day: 2023-11-17")),
            );
        }
        day
    }

    /// A link that begins with `http://` or `https://`.
    pub fn url(&self, key: &'static str) -> Option<String> {
        let text = self.text(key)?;
        if is_web_address(&text) {
            return Some(text);
        }
        self.bad_value(
            key,
            say!("`{text}` is not a web address", text),
            if text.contains("://") && text.contains(char::is_whitespace) {
                say!("a web address has no spaces: take them out, or write `%20`")
            } else {
                say!("write the whole address, with `https://` before it")
            },
        );
        None
    }

    pub(super) fn step(&self, value: &'a Value, steps: &[Step<'a>]) -> Option<Fields<'a>> {
        let trail = self.trail.iter().chain(steps).copied().collect();
        Some(Fields {
            mapping: value.as_mapping()?,
            trail,
            places: Rc::clone(&self.places),
            fence: self.fence.clone(),
            meant: RefCell::default(),
            ..*self
        })
    }
}

/// The line that ends before a byte, without its end and without a byte order mark.
fn line_before(text: &str, start: usize) -> Span {
    let end = text[..start].trim_end_matches(['\r', '\n']).len();
    let from = text[..end].rfind('\n').map_or(0, |before| before + 1);
    let from = from + (text[from..end].len() - text[from..end].trim_start_matches('\u{feff}').len());
    if from == end { start..start } else { from..end }
}

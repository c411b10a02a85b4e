//! Typed reading of what holds other values: lists and nested mappings.

use serde_yaml::Value;

use super::scalar::in_line;
use super::{Fields, Step};
use crate::diagnostic::{Code, Diagnostic};
use crate::phrase::say;

/// An entry of a list in which texts and mappings may stand.
pub enum Item<'a> {
    /// A text.
    Text(String),
    /// Keys and values.
    Nested(Fields<'a>),
}

impl<'a> Fields<'a> {
    /// A list of texts; one text alone is a list of one. An item that is no text is reported and leaves an empty text in its place, so that those after
    /// it are found at theirs.
    pub fn texts(&self, key: &'static str) -> Vec<String> {
        let Some(value) = self.get(key) else { return Vec::new() };
        let Value::Sequence(items) = value else {
            if value.is_mapping() {
                self.no_list(key);
            } else if let Some(text) = self.text(key) {
                return vec![text];
            }
            return Vec::new();
        };
        let mut texts = Vec::with_capacity(items.len());
        for (at, item) in items.iter().enumerate() {
            let text = self.scalar(item, &[Step::Key(key), Step::Item(at)]);
            let text = text.map(in_line).filter(|text| !text.is_empty());
            texts.push(text.unwrap_or_else(|| {
                self.no_text(key, at);
                String::new()
            }));
        }
        texts
    }

    /// A list of texts and nested mappings, as they come; with empty texts as those of [`Fields::texts`].
    pub fn items(&self, key: &'static str) -> Vec<Item<'a>> {
        let Some(Value::Sequence(items)) = self.get(key) else {
            return self.texts(key).into_iter().map(Item::Text).collect();
        };
        let mut all = Vec::with_capacity(items.len());
        for (at, item) in items.iter().enumerate() {
            let trail = [Step::Key(key), Step::Item(at)];
            let nested = self.step(item, &trail).map(Item::Nested);
            let text = || self.scalar(item, &trail).map(in_line).filter(|text| !text.is_empty());
            all.push(nested.or_else(|| text().map(Item::Text)).unwrap_or_else(|| {
                self.no_text(key, at);
                Item::Text(String::new())
            }));
        }
        all
    }

    fn no_text(&self, key: &str, item: usize) {
        let message = say!("each item of `{key}` should be a text", key);
        let place = self.place_of_item(key, item);
        self.add(Diagnostic::new(Code::BadValue, self.path(), place, message).help(say!("put it in double quotes")));
    }

    fn no_list(&self, key: &str) {
        self.bad_value(
            key,
            say!("`{key}` should be a list", key),
            say!("begin each entry on a line of its own with `- `"),
        );
    }

    /// A nested mapping.
    pub fn nested(&self, key: &'static str) -> Option<Fields<'a>> {
        let value = self.get(key)?;
        let nested = self.step(value, &[Step::Key(key)]);
        if nested.is_none() {
            self.bad_value(
                key,
                say!("`{key}` should hold keys and values of its own", key),
                say!("write them in braces, `{{name: \"…\"}}`, or one a line below it"),
            );
        }
        nested
    }

    /// A list of nested mappings; `model` is one as an editor writes it.
    pub fn nested_list(&self, key: &'static str, model: &'static str) -> Vec<Fields<'a>> {
        let Some(value) = self.get(key) else { return Vec::new() };
        let Value::Sequence(items) = value else {
            self.no_list(key);
            return Vec::new();
        };
        let mut all = Vec::with_capacity(items.len());
        for (at, item) in items.iter().enumerate() {
            match self.step(item, &[Step::Key(key), Step::Item(at)]) {
                Some(nested) => all.push(nested),
                None => self.add(
                    Diagnostic::new(
                        Code::BadValue,
                        self.path(),
                        self.place_of_item(key, at),
                        say!("each entry of `{key}` should hold keys and values", key),
                    )
                    .help(say!("write `- {model}`", model)),
                ),
            }
        }
        all
    }
}

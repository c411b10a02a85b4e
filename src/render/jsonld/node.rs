//! Things in the terms of schema.org, and their text within a page.

use std::borrow::Cow;

use serde::ser::{Serialize, SerializeMap as _, Serializer};

/// The one context that the large readers of ClaimReview know.
const CONTEXT: &str = "https://schema.org";

/// How many properties most things have at the most.
const USUAL: usize = 8;

/// A thing: its type, and its properties in the order in which they were given.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Node<'a> {
    kind: &'static str,
    properties: Vec<(&'static str, Value<'a>)>,
}

#[derive(Debug, Clone, PartialEq, serde::Serialize)]
#[serde(untagged)]
enum Value<'a> {
    Text(Cow<'a, str>),
    Texts(Vec<&'a str>),
    Number(u64),
    One(Node<'a>),
    Many(Vec<Node<'a>>),
}

impl<'a> Node<'a> {
    /// A thing of a type of schema.org, without properties.
    pub(super) fn new(kind: &'static str) -> Self {
        Self {
            kind,
            properties: Vec::with_capacity(USUAL),
        }
    }

    fn with(mut self, key: &'static str, value: Value<'a>) -> Self {
        self.properties.push((key, value));
        self
    }

    /// A text; nothing where it is empty.
    pub(super) fn text(self, key: &'static str, text: impl Into<Cow<'a, str>>) -> Self {
        let text = text.into();
        if text.is_empty() {
            return self;
        }
        self.with(key, Value::Text(text))
    }

    /// A text that need not be there.
    pub(super) fn maybe(self, key: &'static str, text: Option<impl Into<Cow<'a, str>>>) -> Self {
        match text {
            Some(text) => self.text(key, text),
            None => self,
        }
    }

    /// Several texts; nothing where there is none.
    pub(super) fn texts(self, key: &'static str, texts: Vec<&'a str>) -> Self {
        if texts.is_empty() {
            return self;
        }
        self.with(key, Value::Texts(texts))
    }

    /// A whole number.
    pub(super) fn number(self, key: &'static str, number: u64) -> Self {
        self.with(key, Value::Number(number))
    }

    /// Another thing; nothing where there is none.
    pub(super) fn node(self, key: &'static str, node: impl Into<Option<Self>>) -> Self {
        match node.into() {
            Some(node) => self.with(key, Value::One(node)),
            None => self,
        }
    }

    /// Other things; nothing where there is none.
    pub(super) fn nodes(self, key: &'static str, nodes: Vec<Self>) -> Self {
        if nodes.is_empty() {
            return self;
        }
        self.with(key, Value::Many(nodes))
    }

    /// The thing as the root of a JSON-LD document.
    pub(super) fn json(&self) -> String {
        // A map of texts and numbers always serializes.
        let mut json = Vec::with_capacity(2048);
        let _ = serde_json::to_writer(&mut json, &Document(self));
        String::from_utf8(json).unwrap_or_default()
    }

    /// The same for a `script` element: a text can neither close it nor open a comment (HTML, "Restrictions for contents of script elements").
    pub(super) fn script(&self) -> String {
        self.json().replace('<', "\\u003c")
    }
}

impl Serialize for Node<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serialize(self, None, serializer)
    }
}

/// A node with its context.
struct Document<'n>(&'n Node<'n>);

impl Serialize for Document<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serialize(self.0, Some(CONTEXT), serializer)
    }
}

fn serialize<S: Serializer>(node: &Node<'_>, context: Option<&str>, serializer: S) -> Result<S::Ok, S::Error> {
    let mut map = serializer.serialize_map(None)?;
    if let Some(context) = context {
        map.serialize_entry("@context", context)?;
    }
    map.serialize_entry("@type", node.kind)?;
    for (key, value) in &node.properties {
        map.serialize_entry(key, value)?;
    }
    map.end()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_absent_is_left_out_and_order_is_kept() {
        let node = Node::new("Claim")
            .text("url", "https://a.example/")
            .maybe("name", None::<&str>)
            .text("about", "")
            .nodes("appearance", Vec::new())
            .node("author", Node::new("Person").text("name", "Ada"))
            .number("position", 2);
        assert_eq!(
            node.json(),
            r#"{"@context":"https://schema.org","@type":"Claim","url":"https://a.example/","author":{"@type":"Person","name":"Ada"},"position":2}"#
        );
    }

    #[test]
    fn no_text_closes_the_script() {
        let hostile = "</script><!-- <script> ]]> \u{2028} \" \\";
        let script = Node::new("Claim").text("name", hostile).script();
        assert!(!script.contains('<'), "{script}");
        let read: serde_json::Value = serde_json::from_str(&script).expect("JSON");
        assert_eq!(read["name"], hostile);
    }
}

//! Words as Typst's content.
//!
//! Most nodes of a definition are words, links and paragraphs: what the template would make of them is made here, without its evaluator. The template
//! gets them ready among the others, which are data.

use serde_json::{Map, Value as Json, from_value, json};
use typst::foundations::{Array, Content, Dict, IntoValue as _, NativeElement as _, Smart, Value};
use typst::layout::{BoxElem, Em};
use typst::model::{Destination, EmphElem, LinkElem, LinkTarget, ParElem, StrongElem, Url};
use typst::text::{Lang, LinebreakElem, Region, TextElem, TextSize};

/// What the address of an entry begins with, until it is a link to its place; its id follows.
pub(super) const ADDRESS: &str = "entry:";

/// How large what explains is beside what it explains.
const ASIDE: f64 = 0.86;

/// Letters with their entries, for the template.
pub(super) fn letters(data: Json) -> Value {
    value(data, &|key| match key {
        "entries" => entries,
        _ => plain,
    })
}

fn entries(data: Json) -> Value {
    value(data, &|key| match key {
        "body" => nodes,
        _ => plain,
    })
}

/// Nodes: each as content where we make it, else as data.
fn nodes(data: Json) -> Value {
    let Json::Array(parts) = data else {
        return plain(data);
    };
    Value::Array(parts.into_iter().map(node).collect::<Array>())
}

fn node(mut data: Json) -> Value {
    if let Some(content) = content(&data) {
        return content.into_value();
    }
    if data["name"] == "item" && !data["inner"].as_array().is_some_and(|parts| parts.iter().any(is_block)) {
        // Words alone are no paragraph to Typst in a list, and would be none of ours.
        data["inner"] = json!([{"kind": "plain", "name": "paragraph", "inner": data["inner"].take()}]);
    }
    if data["kind"] == "note-mark" {
        // The template looks into a footnote: it begins on the line of its mark.
        return plain(data);
    }
    value(data, &|key| match key {
        "inner" => nodes,
        _ => plain,
    })
}

fn is_block(node: &Json) -> bool {
    match node["kind"].as_str() {
        Some("plain") => !matches!(node["name"].as_str(), Some("emphasis" | "strong" | "deleted" | "break")),
        Some("code") => node["block"] == true,
        Some(kind) => matches!(kind, "heading" | "numbers" | "quotation"),
        None => false,
    }
}

/// What makes a field's value.
type Make = fn(Json) -> Value;

/// A list of objects or an object, of which some fields are more than data.
fn value(data: Json, of: &dyn Fn(&str) -> Make) -> Value {
    match data {
        Json::Array(items) => Value::Array(items.into_iter().map(|item| value(item, of)).collect::<Array>()),
        Json::Object(fields) => {
            let fields = fields
                .into_iter()
                .map(|(key, field)| (key.as_str().into(), of(&key)(field)));
            Value::Dict(fields.collect::<Dict>())
        }
        other => plain(other),
    }
}

fn plain(data: Json) -> Value {
    from_value(data).unwrap_or_default()
}

/// What a node is set as; nothing where that is the template's work.
fn content(node: &Json) -> Option<Content> {
    let node = node.as_object()?;
    match text(node, "kind")? {
        "text" => Some(words(text(node, "text")?)),
        "plain" => match text(node, "name")? {
            "paragraph" => Some(ParElem::new(inner(node)?).pack()),
            "emphasis" => Some(EmphElem::new(inner(node)?).pack()),
            "strong" => Some(StrongElem::new(inner(node)?).pack()),
            "break" => Some(LinebreakElem::new().pack()),
            _ => None,
        },
        "entry" if node.get("page")? == false => link(&format!("{ADDRESS}{}", text(node, "entry")?), inner(node)?),
        "link" => {
            // What may be an address gets no hyphens.
            let body = inner(node)?.set(TextElem::hyphenate, Smart::Custom(false));
            let link = link(text(node, "url")?, body)?;
            Some(match text(node, "address") {
                Some(address) => {
                    let address = [TextElem::packed("("), words(address), TextElem::packed(")")];
                    Content::sequence([link, TextElem::packed(" "), aside(Content::sequence(address))])
                }
                None => link,
            })
        }
        "citation" => {
            let link = link(text(node, "url")?, words(text(node, "text")?))?;
            Some(aside(Content::sequence([
                TextElem::packed("("),
                link,
                TextElem::packed(")"),
            ])))
        }
        "foreign" => {
            let mut parts = text(node, "lang")?.split('-');
            let lang: Lang = parts.next()?.parse().ok()?;
            let region = parts
                .find(|part| part.len() == 2)
                .and_then(|part| part.parse::<Region>().ok());
            let content = inner(node)?.set(TextElem::lang, lang);
            Some(content.set(TextElem::region, region))
        }
        _ => None,
    }
}

fn text<'n>(node: &'n Map<String, Json>, key: &str) -> Option<&'n str> {
    node.get(key)?.as_str()
}

/// What a node holds, where all of it is ours.
fn inner(node: &Map<String, Json>) -> Option<Content> {
    let parts = node.get("inner")?.as_array()?;
    let parts: Option<Vec<Content>> = parts.iter().map(content).collect();
    Some(Content::sequence(parts?))
}

/// A place where a long word may break is no character of it: whoever searches or copies the word gets it whole.
fn words(text: &str) -> Content {
    if !text.contains('\u{200b}') {
        return TextElem::packed(text);
    }
    let mut parts = Vec::new();
    for part in text.split('\u{200b}') {
        if !parts.is_empty() {
            parts.push(BoxElem::new().pack());
        }
        parts.push(TextElem::packed(part));
    }
    Content::sequence(parts)
}

fn link(url: &str, body: Content) -> Option<Content> {
    let target = LinkTarget::Dest(Destination::Url(Url::new(url).ok()?));
    Some(LinkElem::new(target, body).pack())
}

fn aside(content: Content) -> Content {
    content.set(TextElem::size, TextSize(Em::new(ASIDE).into()))
}

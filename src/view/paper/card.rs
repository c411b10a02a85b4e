//! What of a definition stands on a card.

use std::sync::Arc;

use super::node::{Name, Node};
use crate::diagnostic::{Code, Diagnostic};
use crate::phrase::say;
use crate::text::sentences;

/// The most that a card holds in its smallest letters, in code points.
const MOST: usize = 900;

/// The most that a card's head holds: the term and its sense.
const MOST_HEAD: usize = 200;

/// The beginning of a definition: its first paragraph without footnotes, or what stands in its place. What is too long for a card is cut after a
/// sentence, and told.
pub(super) fn opening(nodes: Vec<Node>, path: &Arc<str>, faults: &mut Vec<Diagnostic>) -> Vec<Node> {
    let is_paragraph = |node: &Node| {
        matches!(
            node,
            Node::Plain {
                name: Name::Paragraph,
                ..
            }
        )
    };
    let first = nodes.iter().position(is_paragraph).unwrap_or(0);
    let Some(mut node) = nodes.into_iter().nth(first) else {
        return Vec::new();
    };
    if let Some(inner) = node.inner_mut() {
        without_notes(inner);
    }
    let words = Node::words(std::slice::from_ref(&node));
    if words.chars().count() <= MOST {
        return vec![node];
    }
    faults.push(
        Diagnostic::new(
            Code::Unprintable,
            path,
            0..0,
            say!("the first paragraph is too long for a card, which has its first sentences"),
        )
        .help(say!("write a first paragraph of at most {most} signs", most = MOST)),
    );
    let text = format!("{} […]", cut(&words));
    vec![Node::plain(Name::Paragraph, vec![Node::text(text)])]
}

/// Tells a term that is too long for the head of a card.
pub(super) fn head(term: &str, sense: Option<&str>, path: &Arc<str>) -> Option<Diagnostic> {
    let length = term.chars().count() + sense.map_or(0, |sense| sense.chars().count());
    (length > MOST_HEAD).then(|| {
        Diagnostic::new(
            Code::Unprintable,
            path,
            0..0,
            say!("the term and its sense are too long for a card, which may not show all of them"),
        )
        .help(say!("write at most {most} signs", most = MOST_HEAD))
    })
}

/// Whole sentences, as many as a card holds; of a first one that is too long, its beginning.
fn cut(text: &str) -> &str {
    let limit = text.char_indices().nth(MOST).map_or(text.len(), |(at, _)| at);
    let ends = sentences(text).into_iter().scan(0, |end, sentence| {
        *end += sentence.len();
        Some(*end)
    });
    let end = ends.take_while(|end| *end <= limit).last();
    text[..end.unwrap_or_else(|| text[..limit].rfind(' ').unwrap_or(limit))].trim_end()
}

/// A card has no room for footnotes, and names no pages.
fn without_notes(nodes: &mut Vec<Node>) {
    nodes.retain(|node| !matches!(node, Node::NoteMark { .. }));
    for node in nodes {
        if let Node::Entry { page, .. } = node {
            *page = false;
        }
        if let Some(inner) = node.inner_mut() {
            without_notes(inner);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paragraph(text: &str) -> Node {
        Node::plain(Name::Paragraph, vec![Node::text(text)])
    }

    #[test]
    fn a_card_has_the_first_paragraph() {
        let mut faults = Vec::new();
        let path = "content/glossary/a.md".into();
        let nodes = vec![
            Node::plain(Name::Rule, Vec::new()),
            paragraph("One."),
            paragraph("Two."),
        ];
        assert_eq!(opening(nodes, &path, &mut faults), [paragraph("One.")]);
        assert_eq!(opening(Vec::new(), &path, &mut faults), []);
        assert_eq!(faults, []);
    }

    #[test]
    fn a_long_paragraph_is_cut_after_a_sentence_and_told() {
        let path = "content/glossary/a.md".into();
        let sentence = "Seventeen letters. ";
        for (text, shown) in [
            (sentence.repeat(60), format!("{} […]", sentence.repeat(47).trim_end())),
            ("é".repeat(1000), format!("{} […]", "é".repeat(900))),
            ("word ".repeat(300), format!("{} […]", "word ".repeat(180).trim_end())),
        ] {
            let mut faults = Vec::new();
            assert_eq!(opening(vec![paragraph(&text)], &path, &mut faults), [paragraph(&shown)]);
            assert_eq!(faults.len(), 1);
        }
    }
}

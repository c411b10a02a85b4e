//! Which blocks of a page are the article: the search that browsers use for their reader view.

use std::collections::BTreeSet;

use dom_query::Document;
use dom_smoothie::Readability;

use super::page::blocks;
use super::{Block, Shape};

/// The lines of an article, folded.
pub(super) struct Article {
    lines: BTreeSet<String>,
}

/// Finds the article of a page, where it has one.
pub(super) fn find(document: Document) -> Option<Article> {
    let found = Readability::with_document(document, None, None).ok()?.parse().ok()?;
    let lines = blocks(&Document::from(found.content));
    let lines: BTreeSet<String> = lines.iter().map(|block| key(&block.text)).collect();
    (!lines.is_empty()).then_some(Article { lines })
}

impl Article {
    /// Marks the plain blocks that are not of the article. False where the article found has next to nothing of the page, which happens where a
    /// page's markup leads the search astray; then nothing is marked.
    pub(super) fn mark(&self, all: &mut [Block]) -> bool {
        let length = |wanted: &dyn Fn(&Block) -> bool| -> usize {
            all.iter()
                .filter(|block| block.shape == Shape::Plain && wanted(block))
                .map(|block| block.text.len())
                .sum()
        };
        let inside = length(&|block| self.lines.contains(&key(&block.text)));
        if inside * 10 < length(&|_| true) {
            return false;
        }
        for block in all.iter_mut() {
            let inside = self.lines.contains(&key(&block.text));
            match block.shape {
                // What the search took in stands in a box that only looks like a frame.
                Shape::Frame if inside && block.text.len() >= 80 => block.shape = Shape::Plain,
                Shape::Plain if !inside => block.shape = Shape::Elsewhere,
                _ => {}
            }
        }
        true
    }
}

/// Letters and figures alone: the search may set spaces and marks anew.
fn key(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}

//! A book from its parts: pages, what stands at their heads and feet, and the numbers of pages in the text.
//!
//! Where an entry stands is known when all pages are set. Typst could be asked for it, and would set the book again until no answer changes. Here the
//! pages are set once: links (`links`), numbers (`figures`), heads and feet are put in afterwards.

use std::collections::BTreeMap;

use serde_json::{Value, json};
use typst::ecow::EcoVec;
use typst::foundations::Label;
use typst::introspection::Introspector as _;
use typst::layout::{FrameItem, Point};
use typst::model::Document as _;
use typst::utils::PicoStr;
use typst_layout::{Page, PagedDocument, PagedIntrospector};

use super::figures::Figures;
use super::links;
use super::world::{self, World};

/// Fewer signs than a full page has (7,200 to 8,000), so that hardly a book has more pages than are expected.
const SIGNS_A_PAGE: usize = 6600;

/// Signs that take as much room as what every entry has: its term, the space around it, its address.
const SIGNS_AN_ENTRY: usize = 400;

/// What the label of an entry's heading begins with; its id follows.
pub(super) const LABEL: &str = "t-";

/// An entry as the book's heads name it.
#[derive(Debug, Clone)]
pub(super) struct Entry {
    pub(super) id: String,
    pub(super) term: String,
    /// How many signs it has.
    pub(super) signs: usize,
}

/// Noughts in the place of each entry's page, as many as its number has figures at most.
pub(super) fn noughts(entries: &[Entry]) -> BTreeMap<String, String> {
    let mut signs = 0;
    let noughts = entries.iter().map(|entry| {
        signs += entry.signs + SIGNS_AN_ENTRY;
        // The first page has the title alone.
        let page = 1 + signs.div_ceil(SIGNS_A_PAGE);
        (entry.id.clone(), "0".repeat(page.to_string().len()))
    });
    noughts.collect()
}

/// The label of an entry's heading.
pub(super) fn label(id: &str) -> Option<Label> {
    Label::new(PicoStr::intern(&format!("{LABEL}{id}")))
}

/// Sets a book.
pub(super) fn set(world: &mut World, entries: &[Entry]) -> Result<PagedDocument, String> {
    let mut noughts = noughts(entries);
    let (document, numbers) = loop {
        world.put_pages(&json!({"figures": noughts}));
        let document = world.compile()?;
        let numbers = numbers(entries, document.introspector());
        // Where a number would not fit after all, once more, with room for it. There is ever more of it, so this ends.
        let mut fits = true;
        for (id, page) in &numbers {
            let figures = page.to_string().len();
            if let Some(room) = noughts.get_mut(id).filter(|room| room.len() < figures) {
                *room = "0".repeat(figures);
                fits = false;
            }
        }
        if fits {
            break (document, numbers);
        }
    };
    let count = document.pages().len();
    // What Typst remembers holds the pages' frames too, which would be copied when numbers and links are put in them.
    world.drop_letters();
    world::forget();
    world.put_pages(&json!({"heads": heads(entries, &numbers, count)}));
    let heads = world.compile()?;
    Ok(join(document, heads.pages(), &numbers))
}

/// The page of each entry.
fn numbers(entries: &[Entry], places: &PagedIntrospector) -> BTreeMap<String, usize> {
    let number = |entry: &Entry| {
        let heading = places.query_label(label(&entry.id)?).ok()?;
        Some((entry.id.clone(), places.page(heading.location()?)?.get()))
    };
    entries.iter().filter_map(number).collect()
}

/// What the heads of all pages but the first name: the first and the last of the entries that begin there, or the one that goes on.
fn heads(entries: &[Entry], numbers: &BTreeMap<String, usize>, count: usize) -> Vec<Value> {
    let pages: Vec<usize> = entries
        .iter()
        .map(|entry| numbers.get(&entry.id).copied().unwrap_or_default())
        .collect();
    let head = |page: usize| {
        let first = pages.partition_point(|number| *number < page);
        let last = pages.partition_point(|number| *number <= page);
        let term = |at: usize| entries.get(at).map(|entry| entry.term.as_str());
        let (first, last) = match last {
            0 => (None, None),
            last if last > first => (term(first), term(last - 1).filter(|_| last - 1 > first)),
            last => (term(last - 1), None),
        };
        json!({"number": page, "first": first, "last": last})
    };
    (2..=count).map(head).collect()
}

/// Puts numbers, links, heads and feet in the pages.
fn join(document: PagedDocument, heads: &[Page], numbers: &BTreeMap<String, usize>) -> PagedDocument {
    let mut pages = EcoVec::from(document.pages());
    let (places, info) = (document.introspector().clone(), document.info().clone());
    // Pages that nobody else holds are changed where they are, and not copied.
    drop(document);
    let mut figures = Figures::new(numbers);
    for (at, page) in pages.make_mut().iter_mut().enumerate() {
        figures.set(&mut page.frame);
        links::join(&mut page.frame, &places);
        let margins = at.checked_sub(1).and_then(|at| heads.get(at));
        let middle = page.frame.height() / 2.0;
        let items = margins.into_iter().flat_map(|head| head.frame.items().cloned());
        let (head, foot): (Vec<(Point, FrameItem)>, Vec<_>) = items.partition(|(at, _)| at.y < middle);
        page.frame.prepend_multiple(head);
        page.frame.push_multiple(foot);
    }
    PagedDocument::new(pages, info)
}

//! A definition as a tree of blocks and spans.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::Picture;
use super::node::{Name, Node, Quoted};
use super::text::{breakable, set};
use crate::document::Kind;
use crate::lang::space;
use crate::link::{DocumentRef, Linked, Proven, Target};
use crate::markdown::{Align, Body, Element, Mark, Piece};
use crate::plan::of_asset;
use crate::reader::Document;
use crate::term::Term;
use crate::view::print::typed;
use crate::view::{Here, ParagraphView, RunView, Viewer};

/// How many blocks and spans may lie in one another. The typesetter follows them to about twice that depth.
const DEEPEST: usize = 16;

/// What a definition became.
#[derive(Debug, Default)]
pub(super) struct Tree {
    pub(super) nodes: Vec<Node>,
    /// Whether blocks lie in one another deeper than can be set; the deepest are set as running text.
    pub(super) too_deep: bool,
}

/// What is open while a definition is read.
#[derive(Clone, Copy)]
enum Open {
    Element(Element),
    Code,
    Link(usize),
}

/// A tree that grows.
struct Growing<'a> {
    body: &'a Body,
    /// What is open, with the nodes before it.
    open: Vec<(Option<Open>, Vec<Node>)>,
    /// The nodes of the innermost open block or span.
    nodes: Vec<Node>,
    notes: BTreeMap<usize, Vec<Node>>,
    levels: Vec<u8>,
    too_deep: bool,
}

impl<'a> Growing<'a> {
    fn new(body: &'a Body) -> Self {
        Self {
            body,
            open: Vec::new(),
            nodes: Vec::new(),
            notes: BTreeMap::new(),
            levels: Vec::new(),
            too_deep: false,
        }
    }

    fn mark(&mut self, mark: &Mark) {
        match mark {
            Mark::Open(element) => self.begin(Open::Element(*element)),
            Mark::CodeOpen(_) => self.begin(Open::Code),
            Mark::Close(_) | Mark::CodeClose => self.end(|tree, what, inner| match what {
                Open::Element(element) => tree.close(element, inner),
                Open::Code => tree.nodes.push(Node::Code {
                    block: true,
                    text: Node::words(&inner).trim_end().to_owned(),
                }),
                Open::Link(_) => tree.nodes.extend(inner),
            }),
            Mark::Break => self.nodes.push(Node::plain(Name::Break, Vec::new())),
            Mark::Rule => self.nodes.push(Node::plain(Name::Rule, Vec::new())),
            Mark::NoteMark(number, _) => self.nodes.push(Node::NoteMark {
                number: *number,
                inner: None,
            }),
        }
    }

    /// Words in which nothing is linked. Code keeps its white space.
    fn plain(&mut self, text: &str) {
        let in_code = self
            .open
            .iter()
            .any(|(what, _)| matches!(what, Some(Open::Code | Open::Element(Element::Code))));
        let text = if in_code { breakable(text) } else { set(text) };
        self.nodes.push(Node::text(text));
    }

    /// The whole tree, with each footnote at its first mark; footnotes that nothing refers to stand at the end.
    fn finish(mut self) -> Tree {
        let mut nodes = std::mem::take(&mut self.nodes);
        place_notes(&mut nodes, &mut self.notes);
        for (_, mut note) in self.notes {
            place_notes(&mut note, &mut BTreeMap::new());
            nodes.push(Node::plain(Name::Note, note));
        }
        Tree {
            nodes,
            too_deep: self.too_deep,
        }
    }

    fn begin(&mut self, what: Open) {
        let deep = self.open.len() >= DEEPEST;
        self.too_deep |= deep;
        let before = std::mem::take(&mut self.nodes);
        self.open.push(((!deep).then_some(what), before));
    }

    /// Closes the innermost block or span. What lies too deep leaves its words behind, each block on a line of its own.
    fn end(&mut self, close: impl FnOnce(&mut Self, Open, Vec<Node>)) {
        let Some((what, before)) = self.open.pop() else { return };
        let inner = std::mem::replace(&mut self.nodes, before);
        match what {
            Some(what) => close(self, what, inner),
            None => {
                self.nodes.extend(inner);
                self.nodes.push(Node::plain(Name::Break, Vec::new()));
            }
        }
    }

    fn close(&mut self, element: Element, inner: Vec<Node>) {
        let node = match element {
            Element::Note(number, _) => {
                self.notes.insert(number, inner);
                return;
            }
            // Its notes are kept; the list itself has nothing else.
            Element::Notes => return,
            Element::Numbers(start) => Node::Numbers { start, inner },
            Element::Heading(at) => Node::Heading {
                depth: self.depth_of(at),
                inner,
            },
            Element::Cell(_, align) => Node::Cell {
                align: match align {
                    Align::Start => "start",
                    Align::Center => "center",
                    Align::End => "end",
                },
                inner,
            },
            Element::Code => Node::Code {
                block: false,
                text: Node::words(&inner),
            },
            Element::Paragraph => Node::plain(Name::Paragraph, inner),
            Element::BlockQuote => Node::plain(Name::BlockQuote, inner),
            Element::Bullets => Node::plain(Name::Bullets, inner),
            Element::Item => Node::plain(Name::Item, inner),
            Element::Definitions => Node::plain(Name::Definitions, inner),
            Element::Defined => Node::plain(Name::Defined, inner),
            Element::Meaning => Node::plain(Name::Meaning, inner),
            Element::Table => Node::plain(Name::Table, inner),
            Element::Head => Node::plain(Name::Head, inner),
            Element::Row => Node::plain(Name::Row, inner),
            Element::Emphasis => Node::plain(Name::Emphasis, inner),
            Element::Strong => Node::plain(Name::Strong, inner),
            Element::Deleted => Node::plain(Name::Deleted, inner),
        };
        self.nodes.push(node);
    }

    /// How far below the entry's own heading a heading lies, however many levels its editor left out.
    fn depth_of(&mut self, heading: usize) -> usize {
        let level = self.body.headings.get(heading).map_or(2, |heading| heading.level);
        while self.levels.last().is_some_and(|last| *last >= level) {
            self.levels.pop();
        }
        self.levels.push(level);
        self.levels.len()
    }
}

impl Viewer<'_> {
    /// The definition of a term as a tree; `shown` are the terms that have an entry in the same glossary, `images` grows by those that it shows.
    pub(super) fn tree(&self, here: Here<'_>, at: usize, shown: &BTreeSet<usize>, images: &mut Vec<Picture>) -> Tree {
        let Document { entry, linked } = self.read.document::<Term>(at);
        let reading = Reading { here, linked, shown };
        let mut tree = Growing::new(&entry.body);
        for (place, piece) in entry.body.pieces.iter().enumerate() {
            match piece {
                Piece::Section => {}
                Piece::Mark(mark) => tree.mark(mark),
                Piece::Plain(text) => tree.plain(text),
                Piece::Text(text) => self.running_text(reading, place, text, &mut tree),
                Piece::Quoted(quotation, words) => tree.nodes.push(self.quoted_words(reading, *quotation, words)),
                Piece::LinkOpen(link) => tree.begin(Open::Link(*link)),
                Piece::LinkClose(_) => tree.end(|tree, what, inner| {
                    let nodes = match what {
                        Open::Link(link) => self.link(reading, link, inner),
                        Open::Element(_) | Open::Code => inner,
                    };
                    tree.nodes.extend(nodes);
                }),
                Piece::Image(link, alt) => {
                    if let Some(Some(Target::Asset(path))) = linked.links.get(*link) {
                        let picture = || Picture {
                            path: Arc::clone(path),
                            shown_by: Arc::clone(&entry.identity.path),
                            span: entry.body.links[*link].span.clone(),
                        };
                        tree.nodes.push(Node::Image {
                            image: place_of(path, images, picture),
                            alt: set(alt).trim().to_owned(),
                        });
                    }
                }
                Piece::Citation(citation) => {
                    let cited = self.cited(here, &entry.body, linked, *citation);
                    tree.nodes.extend(cited.map(|(path, label)| Node::Citation {
                        url: self.absolute(&path),
                        text: set(&label),
                    }));
                }
                Piece::Quotation(quotation) => {
                    if let Some(Some(proven)) = linked.quotations.get(*quotation) {
                        let quoted = self.own_words(here, proven);
                        tree.nodes.push(Node::Quotation(Box::new(quoted)));
                    }
                }
            }
        }
        tree.finish()
    }

    /// Running text with the words that link themselves to terms.
    fn running_text(&self, reading: Reading<'_>, place: usize, text: &str, tree: &mut Growing<'_>) {
        let mentions = reading.linked.mentions.iter().filter(|mention| mention.piece == place);
        let mut from = 0;
        for mention in mentions.filter(|mention| reading.shown.contains(&mention.term)) {
            tree.nodes.push(Node::text(set(&text[from..mention.range.start])));
            tree.nodes.push(Node::Entry {
                entry: self.read.document::<Term>(mention.term).entry.identity.id.to_string(),
                page: false,
                inner: vec![Node::text(set(&text[mention.range.clone()]))],
            });
            from = mention.range.end;
        }
        tree.nodes.push(Node::text(set(&text[from..])));
    }

    /// Words of an inline quotation, which carry the language of their source where it is another.
    fn quoted_words(&self, reading: Reading<'_>, quotation: usize, words: &str) -> Node {
        let proven = reading.linked.quotations.get(quotation).and_then(Option::as_ref);
        let lang = proven.map(|proven| self.read.source(proven.source).lang());
        let words = Node::text(set(words));
        match lang.filter(|lang| lang != reading.here.lang) {
            Some(lang) => Node::Foreign {
                lang: lang.tag().to_owned(),
                inner: vec![words],
            },
            None => words,
        }
    }

    fn link(&self, reading: Reading<'_>, link: usize, inner: Vec<Node>) -> Vec<Node> {
        let Some(Some(target)) = reading.linked.links.get(link) else {
            return inner;
        };
        let url = match target {
            // A place in the same entry: the reader is there.
            Target::Anchor(_) => return inner,
            Target::External(url) => url.clone(),
            Target::Document(reference, fragment) => match self.entry_of(reading, reference) {
                Some(entry) => {
                    return vec![Node::Entry {
                        entry,
                        page: true,
                        inner,
                    }];
                }
                None => self.absolute(&self.place_of(reference, fragment.as_deref())),
            },
            Target::Asset(path) => self.absolute(of_asset(path)),
            Target::SitePath(path) => self.absolute(path.trim_start_matches('/')),
        };
        let address = typed(&url);
        let says_it = [&*url, &*address].contains(&Node::words(&inner).replace('\u{200b}', "").trim());
        let mut nodes = vec![Node::Link {
            address: (!says_it).then(|| breakable(&address)),
            url,
            inner,
        }];
        if let Some(verdict) = self.verdict_beside(reading.here, target) {
            nodes.push(Node::text(set(&format!(" ({})", verdict.label))));
        }
        nodes
    }

    /// The id of the entry that a reference leads to, where this glossary has it.
    fn entry_of(&self, reading: Reading<'_>, reference: &DocumentRef) -> Option<String> {
        if reference.kind != Kind::Term {
            return None;
        }
        let at = self.read.find_index::<Term>(&reference.id, &reference.lang)?;
        reading.shown.contains(&at).then(|| reference.id.to_string())
    }

    /// A source's own words, without what stands around them.
    fn own_words(&self, here: Here<'_>, proven: &Proven) -> Quoted {
        let view = self.quotation(here, proven);
        let paragraph = |paragraph: &ParagraphView| {
            let gap = if paragraph.follows_gap { "[…] " } else { "" };
            let run = |run: &RunView| match run.kind {
                "left-out" => " […] ".to_owned(),
                _ => run.text.clone(),
            };
            set(&format!("{gap}{}", paragraph.runs.iter().map(run).collect::<String>()))
        };
        let own = |text: &str| set(&space(here.lang, text));
        Quoted {
            lang: view.lang,
            paragraphs: view.paragraphs.iter().map(paragraph).collect(),
            translation: view.translation.iter().flat_map(|text| text.lines()).map(own).collect(),
            url: self.absolute(&view.passage_path),
            headline: (view.title != view.source.title).then(|| set(&view.title)),
            source: set(&view.source.title),
            facts: view
                .published
                .map(|date| date.text)
                .into_iter()
                .chain(view.kind_label)
                .map(|fact| own(&fact))
                .collect(),
        }
    }
}

/// The place of an image in the list of all.
fn place_of(path: &Arc<str>, images: &mut Vec<Picture>, picture: impl FnOnce() -> Picture) -> usize {
    let known = images.iter().position(|known| known.path == *path);
    known.unwrap_or_else(|| {
        images.push(picture());
        images.len() - 1
    })
}

/// What reading a definition needs beside its body.
#[derive(Clone, Copy)]
struct Reading<'a> {
    here: Here<'a>,
    linked: &'a Linked,
    shown: &'a BTreeSet<usize>,
}

/// Moves footnotes to their first marks, those within footnotes too. What is moved is taken out of `notes`.
fn place_notes(nodes: &mut [Node], notes: &mut BTreeMap<usize, Vec<Node>>) {
    for node in nodes {
        if let Node::NoteMark { number, inner } = node
            && let Some(mut note) = notes.remove(number)
        {
            place_notes(&mut note, notes);
            *inner = Some(note);
        } else if let Some(inner) = node.inner_mut() {
            place_notes(inner, notes);
        }
    }
}

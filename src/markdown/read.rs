//! Walks the parser's events once and writes the pieces of a body.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use super::citation::{FoundCitation, citations};
use super::flat::{Flat, Placed, text_of};
use super::mark::{self, Table};
use super::notes::Notes;
use super::quoted::Cited;
use super::tidy::Corrections;
use super::{Body, Citation, Element, Heading, Mark, Piece};
use crate::diagnostic::{Checked, Code, Diagnostic};
use crate::lang::{Lang, space};
use crate::phrase::say;
use crate::text::{Span, slug};

/// The anchor of a heading without words.
const NAMELESS: &str = "section";

/// What reading a body depends on beside its text.
#[derive(Debug, Clone, Copy)]
pub struct Setting<'a> {
    /// Path of the content file.
    pub path: &'a Arc<str>,
    /// The language it is written in.
    pub lang: &'a Lang,
    /// Put before its anchors where several bodies share a page; empty where it has a page of its own.
    pub prefix: &'a str,
    /// Anchors that its page already uses.
    pub reserved: Anchors,
}

/// The anchors of a page beside those of its body.
#[derive(Debug, Clone, Copy, Default)]
pub struct Anchors {
    /// Whole names.
    pub names: &'static [&'static str],
    /// What a number follows: `e` for `e1`, `e2` and so on.
    pub numbered: &'static [&'static str],
}

impl Anchors {
    /// Whether an anchor is one with a number.
    fn is_numbered(&self, anchor: &str) -> bool {
        let number = self.numbered.iter().find_map(|name| anchor.strip_prefix(name));
        number.is_some_and(|number| !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit()))
    }
}

/// Reads the Markdown that begins at byte `start` of a content file.
pub fn read(setting: Setting<'_>, file: &str, start: usize) -> Checked<Body> {
    read_noting(setting, file, start, None).0
}

/// The same, noting corrections where they are asked for.
pub(super) fn read_noting(
    setting: Setting<'_>,
    file: &str,
    start: usize,
    corrections: Option<Corrections>,
) -> (Checked<Body>, Option<Corrections>) {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_DEFINITION_LIST;
    // Most bodies have an event for some fifty bytes or more.
    let mut events: Vec<Placed<'_>> = Vec::with_capacity((file.len() - start) / 48 + 8);
    events.extend(Parser::new_ext(&file[start..], options).into_offset_iter());
    let partners = partners(&events);
    let mut reader = Reader {
        setting,
        file,
        base: start,
        cited: Cited::all(&events, &partners, file, start),
        partners,
        events: &events,
        body: Body {
            prefix: setting.prefix.into(),
            ..Body::default()
        },
        diagnostics: Vec::new(),
        notes: Notes::default(),
        table: Table::default(),
        anchors: setting
            .reserved
            .names
            .iter()
            .map(|anchor| ((*anchor).to_owned(), 1))
            .collect(),
        unlinked: 0,
        verbatim: 0,
        depth: 0,
        corrections,
    };
    reader.walk(0..events.len());
    reader.append_notes();
    shrink(&mut reader.body);
    let read = Checked {
        value: reader.body,
        diagnostics: reader.diagnostics,
    };
    (read, reader.corrections)
}

/// A site keeps thousands of bodies: gives back the room that growing took.
fn shrink(body: &mut Body) {
    for piece in &mut body.pieces {
        if let Piece::Text(text) | Piece::Plain(text) | Piece::Quoted(_, text) = piece {
            text.shrink_to_fit();
        }
    }
    body.pieces.shrink_to_fit();
    body.headings.shrink_to_fit();
    body.quotations.shrink_to_fit();
    body.citations.shrink_to_fit();
    body.links.shrink_to_fit();
}

/// For each event that opens or closes, the index of its partner; for others, their own.
fn partners(events: &[Placed<'_>]) -> Vec<usize> {
    let mut partners: Vec<usize> = (0..events.len()).collect();
    let mut open = Vec::new();
    for (at, (event, _)) in events.iter().enumerate() {
        match event {
            Event::Start(_) => open.push(at),
            Event::End(_) => {
                if let Some(start) = open.pop() {
                    partners[start] = at;
                    partners[at] = start;
                }
            }
            _ => {}
        }
    }
    partners
}

/// A body being read.
pub(super) struct Reader<'a, 'e> {
    pub(super) setting: Setting<'a>,
    pub(super) file: &'a str,
    pub(super) base: usize,
    pub(super) events: &'e [Placed<'a>],
    pub(super) partners: Vec<usize>,
    /// Block quotes that end with an attribution, in order.
    pub(super) cited: Vec<Cited>,
    pub(super) body: Body,
    pub(super) diagnostics: Vec<Diagnostic>,
    pub(super) notes: Notes,
    pub(super) table: Table,
    pub(super) anchors: BTreeMap<String, usize>,
    /// How many open blocks or spans forbid links to terms.
    pub(super) unlinked: usize,
    /// How many open blocks keep their text as typed: code and HTML.
    pub(super) verbatim: usize,
    /// How many blocks are open.
    pub(super) depth: usize,
    /// What the editor would have typed otherwise, where somebody asks.
    pub(super) corrections: Option<Corrections>,
}

/// Whether an event belongs to a run of inline content.
pub(super) fn is_inline(event: &Event<'_>) -> bool {
    match event {
        Event::Start(tag) => matches!(
            tag,
            Tag::Emphasis | Tag::Strong | Tag::Strikethrough | Tag::Link { .. } | Tag::Image { .. }
        ),
        Event::End(tag) => matches!(
            tag,
            TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Link | TagEnd::Image
        ),
        Event::FootnoteReference(_) => true,
        other => text_of(other).is_some(),
    }
}

fn forbids_terms(tag: &Tag<'_>) -> bool {
    matches!(
        tag,
        Tag::BlockQuote(_) | Tag::CodeBlock(_) | Tag::HtmlBlock | Tag::Heading { .. }
    )
}

impl<'a> Reader<'a, '_> {
    pub(super) fn span(&self, range: &Range<usize>) -> Span {
        self.base + range.start..self.base + range.end
    }

    pub(super) fn walk(&mut self, range: Range<usize>) {
        let events = self.events;
        let mut at = range.start;
        while at < range.end {
            let (event, place) = &events[at];
            match event {
                event if is_inline(event) => {
                    let end = at
                        + events[at..range.end]
                            .iter()
                            .take_while(|(event, _)| is_inline(event))
                            .count();
                    self.inline_run(at..end);
                    at = end;
                    continue;
                }
                Event::Start(Tag::BlockQuote(_)) if self.cited(at).is_some() => {
                    self.quotation(at);
                    at = self.partners[at];
                }
                Event::Start(Tag::FootnoteDefinition(label)) => {
                    self.footnote(at, label);
                    at = self.partners[at];
                }
                Event::Start(tag) => self.open(at, tag, place),
                Event::End(tag) => self.close(*tag),
                Event::Rule => self.mark(Mark::Rule),
                _ => {}
            }
            at += 1;
        }
    }

    fn open(&mut self, at: usize, tag: &Tag<'_>, place: &Range<usize>) {
        self.depth += 1;
        if let Tag::BlockQuote(_) = tag {
            self.uncited(at);
        }
        if let Tag::HtmlBlock = tag {
            self.raw_html(place);
        }
        if let (Tag::BlockQuote(_), Some(corrections)) = (tag, &mut self.corrections) {
            corrections.quote_opens();
        }
        self.unlinked += usize::from(forbids_terms(tag));
        self.verbatim += usize::from(matches!(tag, Tag::CodeBlock(_) | Tag::HtmlBlock));
        if let Tag::Heading { level, id, classes, .. } = tag {
            let classes = classes.iter().map(|class| &**class).collect::<Vec<_>>().join(" ");
            self.heading(at, mark::level(*level), id.as_deref(), classes);
            return;
        }
        let mark = mark::open(tag, &mut self.table);
        self.mark(mark);
    }

    fn close(&mut self, tag: TagEnd) {
        self.depth -= 1;
        let mark = match tag {
            TagEnd::Heading(_) => Some(Mark::Close(Element::Heading(
                self.body.headings.len().saturating_sub(1),
            ))),
            _ => mark::close(tag, &self.table),
        };
        self.mark(mark);
        if let (TagEnd::BlockQuote(_), Some(corrections)) = (tag, &mut self.corrections) {
            corrections.quote_closes();
        }
        let verbatim = matches!(tag, TagEnd::CodeBlock | TagEnd::HtmlBlock);
        self.verbatim -= usize::from(verbatim);
        self.unlinked -= usize::from(verbatim || matches!(tag, TagEnd::BlockQuote(_) | TagEnd::Heading(_)));
    }

    fn heading(&mut self, at: usize, level: u8, id: Option<&str>, classes: String) {
        let events = &self.events[at + 1..self.partners[at]];
        let flat = Flat::new(events, self.file, self.base);
        let mut text = String::with_capacity(flat.text.len());
        let mut from = 0;
        for citation in citations(&flat, self.file).found {
            text.push_str(&flat.text[from..citation.span.start]);
            from = citation.span.end;
        }
        text.push_str(&flat.text[from..]);
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        let wanted = match id {
            Some(id) => id.to_owned(),
            None if text.is_empty() => NAMELESS.to_owned(),
            None => slug(&text),
        };
        let id = self.anchor(&wanted);
        self.body.pieces.push(Piece::Section);
        self.mark(Mark::Open(Element::Heading(self.body.headings.len())));
        let text = space(self.setting.lang, &text).into_owned();
        self.body.headings.push(Heading {
            level,
            id,
            classes: classes.into(),
            text,
        });
    }

    /// An anchor that is not used yet in the page.
    fn anchor(&mut self, wanted: &str) -> String {
        let wanted = match self.setting.prefix {
            "" => wanted.to_owned(),
            prefix => format!("{prefix}-{wanted}"),
        };
        let numbered = self.setting.reserved.is_numbered(&wanted);
        let uses = self.anchors.entry(wanted.clone()).or_insert(usize::from(numbered));
        *uses += 1;
        match *uses {
            1 => wanted,
            again => self.anchor_with_number(&wanted, again),
        }
    }

    fn anchor_with_number(&mut self, wanted: &str, mut number: usize) -> String {
        loop {
            let candidate = format!("{wanted}-{number}");
            if !self.anchors.contains_key(&candidate) {
                self.anchors.insert(candidate.clone(), 1);
                return candidate;
            }
            number += 1;
        }
    }

    pub(super) fn mark(&mut self, mark: impl Into<Option<Mark>>) {
        self.body.pieces.extend(mark.into().map(Piece::Mark));
    }

    pub(super) fn words(&mut self, words: &str, linkable: bool) {
        match (self.body.pieces.last_mut(), linkable) {
            (Some(Piece::Text(last)), true) | (Some(Piece::Plain(last)), false) => last.push_str(words),
            (_, true) => self.body.pieces.push(Piece::Text(words.to_owned())),
            (_, false) => self.body.pieces.push(Piece::Plain(words.to_owned())),
        }
    }

    pub(super) fn raw_html(&mut self, place: &Range<usize>) {
        let span = self.span(place);
        let trimmed = self.file[span.clone()].trim_end().len();
        let diagnostic = Diagnostic::new(
            Code::RawHtml,
            self.setting.path,
            span.start..span.start + trimmed,
            say!("raw HTML is shown as text"),
        )
        .help(say!(
            "write Markdown instead, or put it between backticks if readers are meant to see it"
        ));
        self.diagnostics.push(diagnostic);
    }

    pub(super) fn add_citation(&mut self, found: &FoundCitation, flat: &Flat) -> usize {
        self.body.citations.push(Citation {
            source: found.source.clone(),
            passage: found.passage.clone(),
            span: flat.raw_span(&found.span),
        });
        self.body.citations.len() - 1
    }
}

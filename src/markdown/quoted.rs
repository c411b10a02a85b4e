//! Quoted blocks: paragraphs, the site's own translation, and the attribution that makes them a quotation.

use std::ops::Range;

use pulldown_cmark::{Event, Tag, TagEnd};

use super::citation::{Attribution, attribution};
use super::flat::{Flat, Placed, text_of};
use super::read::{Reader, is_inline};
use super::uncited::one_line;
use super::{Mark, Paragraph, Piece, Quotation, Role};
use crate::diagnostic::{Code, Diagnostic};
use crate::lang::space;
use crate::phrase::say;
use crate::text::Span;
use crate::yaml;

/// A block quote that ends with an attribution.
pub(super) struct Cited {
    /// The event that opens it.
    at: usize,
    /// The events of its last paragraph, with their text.
    last: Range<usize>,
    flat: Flat,
    attribution: Option<Attribution>,
}

impl Cited {
    /// Finds the cited block quotes of a text, in order. Each last paragraph is read once.
    pub(super) fn all(events: &[Placed<'_>], partners: &[usize], file: &str, base: usize) -> Vec<Self> {
        let opens = |at: &usize| matches!(events[*at].0, Event::Start(Tag::BlockQuote(_)));
        let read = |at: usize| {
            let end = partners[at].checked_sub(1)?;
            let (Event::End(TagEnd::Paragraph), place) = events.get(end)? else {
                return None;
            };
            memchr::memmem::find(&file.as_bytes()[base + place.start..base + place.end], b"[@")?;
            let last = partners[end] + 1..end;
            let flat = Flat::new(&events[last.clone()], file, base);
            Some(Self {
                at,
                last,
                attribution: Some(attribution(&flat, file)?),
                flat,
            })
        };
        (0..events.len()).filter(opens).filter_map(read).collect()
    }
}

impl Reader<'_, '_> {
    /// Which of the cited block quotes opens at an event.
    pub(super) fn cited(&self, at: usize) -> Option<usize> {
        self.cited.binary_search_by_key(&at, |cited| cited.at).ok()
    }

    /// Whether a cited block quote opens at one of these events.
    pub(super) fn holds_cited(&self, range: Range<usize>) -> bool {
        let next = self.cited.partition_point(|cited| cited.at < range.start);
        self.cited.get(next).is_some_and(|cited| cited.at < range.end)
    }

    /// Reads the cited block quote that opens at `at`. Block quotes within it that are cited themselves follow as quotations of their own.
    pub(super) fn quotation(&mut self, at: usize) {
        let Some(cited) = self.cited(at).and_then(|index| self.cited.get_mut(index)) else {
            return;
        };
        let (last, flat) = (cited.last.clone(), std::mem::take(&mut cited.flat));
        let Some(attribution) = cited.attribution.take() else {
            return;
        };
        let mut block = Block::default();
        let mut inner = Vec::new();
        self.read_paragraphs(at + 1..last.start - 1, &mut block, &mut inner);
        let mut own = last.clone();
        if attribution.start > 0 {
            let words = self.before_break(&last, attribution.start - 1);
            own.start = words.end;
            self.read_paragraph(words, &mut block);
        }
        block.notes.extend(self.notes_in(own));
        let citation = self.add_citation(&attribution.citation, &flat);
        let role = self.role(&attribution, &flat);
        if block
            .paragraphs
            .iter()
            .all(|paragraph| *paragraph == Paragraph::LeftOut)
        {
            let span = flat.raw_span(&(attribution.start..flat.text.len()));
            let told = std::mem::take(&mut block.is_told);
            self.diagnostics.extend((!told).then(|| {
                Diagnostic::new(
                    Code::BadValue,
                    self.setting.path,
                    span,
                    say!("this attribution has no quoted words before it"),
                )
                .help(say!("quote the source's words in a paragraph of their own above it"))
            }));
            self.body.wordless.push(role);
        } else {
            self.body.quotations.push(Quotation {
                role,
                inline: false,
                nested: self.depth > 0,
                citation,
                span: block.span.unwrap_or_else(|| self.span(&self.events[at].1)),
                paragraphs: block.paragraphs,
                translation: block.translation,
                notes: block.notes.into(),
            });
            self.body.pieces.push(Piece::Quotation(self.body.quotations.len() - 1));
        }
        for start in inner {
            self.quotation(start);
        }
    }

    /// The events of a paragraph before the line break at an offset of its flat text.
    fn before_break(&self, paragraph: &Range<usize>, offset: usize) -> Range<usize> {
        let mut at = 0;
        for index in paragraph.clone() {
            if at >= offset && matches!(self.events[index].0, Event::SoftBreak | Event::HardBreak) {
                return paragraph.start..index;
            }
            at += text_of(&self.events[index].0).map_or(0, str::len);
        }
        paragraph.clone()
    }

    fn read_paragraphs(&mut self, range: Range<usize>, block: &mut Block, inner: &mut Vec<usize>) {
        let mut at = range.start;
        while at < range.end {
            if self.cited(at).is_some() {
                inner.push(at);
                at = self.partners[at] + 1;
                continue;
            }
            let length = self.events[at..range.end]
                .iter()
                .take_while(|(event, _)| is_inline(event))
                .count();
            if length > 0 {
                self.read_paragraph(at..at + length, block);
            }
            at += length.max(1);
        }
    }

    fn read_paragraph(&mut self, range: Range<usize>, block: &mut Block) {
        let events = &self.events[range.clone()];
        let flat = Flat::new(events, self.file, self.base);
        block.notes.extend(self.notes_in(range.clone()));
        if self.is_emphasised(range) {
            let words = flat.text.split_whitespace().collect::<Vec<_>>().join(" ");
            let words = space(self.setting.lang, &words).into_owned();
            block.translation = Some(match block.translation.take() {
                Some(before) => format!("{before}\n{words}"),
                None => words,
            });
            return;
        }
        for (event, place) in events {
            if matches!(event, Event::InlineHtml(text) if !text.starts_with("</")) {
                self.raw_html(place);
            }
        }
        let paragraph = Paragraph::read(&flat, 0..flat.text.len(), self.file);
        let span = flat.raw_span(&(0..flat.text.len()));
        if paragraph == Paragraph::LeftOut && !leaves_out(&flat.text) {
            block.is_told = true;
            let message = say!("this paragraph holds none of the source's words");
            self.diagnostics.push(
                Diagnostic::new(Code::BadValue, self.setting.path, span.clone(), message).help(say!(
                    "write `[…]` where passages are left out, and your own words outside the quotation"
                )),
            );
        }
        block.add(paragraph, span);
    }

    /// The marks of footnotes in a paragraph.
    fn notes_in(&mut self, range: Range<usize>) -> Vec<Mark> {
        let labels = self.events[range].iter().filter_map(|(event, _)| match event {
            Event::FootnoteReference(label) => Some(label),
            _ => None,
        });
        labels.map(|label| self.notes.mention(label)).collect()
    }

    /// Whether a paragraph is emphasised as a whole. Footnote marks do not count as text, nor does the white space beside them.
    fn is_emphasised(&self, range: Range<usize>) -> bool {
        let is_nothing = |at: &usize| match &self.events[*at].0 {
            Event::FootnoteReference(_) => true,
            event => text_of(event).is_some_and(|text| text.trim().is_empty()),
        };
        let first = range.clone().find(|at| !is_nothing(at));
        let last = range.rev().find(|at| !is_nothing(at));
        first.is_some_and(|first| {
            matches!(self.events[first].0, Event::Start(Tag::Emphasis)) && Some(self.partners[first]) == last
        })
    }

    fn role(&mut self, attribution: &Attribution, flat: &Flat) -> Role {
        if let Some(excess) = &attribution.excess {
            let span = flat.raw_span(excess);
            let said = one_line(&flat.text[excess.clone()]);
            self.diagnostics.push(
                Diagnostic::new(
                    Code::BadValue,
                    self.setting.path,
                    span,
                    say!("`{said}` does not belong in an attribution", said),
                )
                .help(say!(
                    "write a dash, the citation and at most one role word: `— [@source:14] states`"
                )),
            );
            return Role::States;
        }
        let Some(word) = &attribution.role else {
            return Role::States;
        };
        let name = &flat.text[word.clone()];
        if let Some(role) = Role::from_name(name) {
            return role;
        }
        let nearest = crate::text::nearest(name, Role::NAMES);
        let help = yaml::meant_of(nearest, say!("possible are"), &Role::NAMES);
        self.diagnostics.push(
            Diagnostic::new(
                Code::BadValue,
                self.setting.path,
                flat.raw_span(word),
                say!("`{name}` is not a role", name),
            )
            .help(help)
            .instead(nearest),
        );
        Role::States
    }
}

/// Whether a paragraph says that something is left out, and nothing else.
fn leaves_out(text: &str) -> bool {
    let signs: String = text.split_whitespace().collect();
    signs.replace("[…]", "").replace("[...]", "").is_empty()
}

/// A quoted block being read.
#[derive(Default)]
struct Block {
    paragraphs: Vec<Paragraph>,
    translation: Option<String>,
    notes: Vec<Mark>,
    /// Whether it was reported that one of its paragraphs holds nothing quoted.
    is_told: bool,
    span: Option<Span>,
}

impl Block {
    fn add(&mut self, paragraph: Paragraph, span: Span) {
        if self.paragraphs.is_empty() {
            self.paragraphs.reserve_exact(1);
        }
        self.paragraphs.push(paragraph);
        self.span = Some(match self.span.take() {
            Some(before) => before.start..span.end,
            None => span,
        });
    }
}

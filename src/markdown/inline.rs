//! Inline content: running text, links, images, note marks, citations and the quoted words before them.

use std::ops::Range;

use pulldown_cmark::{Event, LinkType, Tag, TagEnd};

use super::citation::{Citations, citations};
use super::flat::{Flat, Placed, text_of};
use super::line::{Cut, Line, code_ranges, verbatim_ranges};
use super::read::Reader;
use super::tidy::marks;
use super::{Element, Link, Mark, Paragraph, Piece, Quotation, Role, mark};
use crate::lang::{Change, applied, piece_changes, space_before};

impl Reader<'_, '_> {
    /// Writes a run of inline events.
    pub(super) fn inline_run(&mut self, range: Range<usize>) {
        let events = self.events;
        // An example of the syntax in a code block cites nothing.
        let cuts = if self.verbatim > 0 {
            Vec::new()
        } else {
            self.cuts(&events[range.clone()])
        };
        if let Some(corrections) = &mut self.corrections {
            corrections.run_begins();
        }
        let mut line = self.line(&events[range.clone()], cuts);
        let mut index = range.start;
        while index < range.end {
            let (event, place) = &events[index];
            match event {
                Event::Text(_) | Event::SoftBreak => {
                    // Spacing looks across line breaks, so a line and its breaks are read together.
                    let is_text = |(event, _): &&Placed<'_>| matches!(event, Event::Text(_) | Event::SoftBreak);
                    let texts = events[index..range.end].iter().take_while(is_text);
                    let joined: String = texts.clone().filter_map(|(event, _)| text_of(event)).collect();
                    self.running_text(&joined, &mut line);
                    index += texts.count();
                    continue;
                }
                Event::Start(Tag::Image { dest_url, title, .. }) => {
                    let end = self.partners[index];
                    let alt: String = events[index..end]
                        .iter()
                        .filter_map(|(event, _)| text_of(event))
                        .collect();
                    line.at += alt.len();
                    let link = self.add_link(dest_url, title, place, true);
                    self.body.pieces.push(Piece::Image(link, alt));
                    index = end;
                }
                Event::Start(Tag::Link {
                    dest_url,
                    title,
                    link_type,
                    ..
                }) => {
                    if let Some(corrections) = &mut self.corrections {
                        corrections.link_opens(is_fixed(*link_type));
                    }
                    let email = matches!(link_type, LinkType::Email);
                    let target = if email {
                        format!("mailto:{dest_url}")
                    } else {
                        dest_url.to_string()
                    };
                    let link = self.add_link(&target, title, place, false);
                    line.links.push(link);
                    self.body.pieces.push(Piece::LinkOpen(link));
                }
                Event::End(TagEnd::Link) => {
                    if let Some(corrections) = &mut self.corrections {
                        corrections.link_closes();
                    }
                    if let Some(link) = line.links.pop() {
                        self.body.pieces.push(Piece::LinkClose(link));
                    }
                }
                Event::FootnoteReference(label) => {
                    let mark = self.notes.mention(label);
                    self.mark(mark);
                    let span = self.span(place);
                    self.body.footnote_marks.push((self.body.pieces.len() - 1, span));
                }
                Event::Start(tag) => {
                    let mark = mark::open(tag, &mut self.table);
                    self.mark(mark);
                }
                Event::End(tag) => {
                    let mark = mark::close(*tag, &self.table);
                    self.mark(mark);
                }
                event => self.text_event(event, place, &mut line),
            }
            index += 1;
        }
    }

    fn text_event(&mut self, event: &Event<'_>, place: &Range<usize>, line: &mut Line) {
        let text = text_of(event).unwrap_or_default();
        match event {
            Event::Code(_) => {
                self.mark(Mark::Open(Element::Code));
                self.words(text, false);
                self.mark(Mark::Close(Element::Code));
                line.advance(text);
            }
            Event::HardBreak => {
                self.mark(Mark::Break);
                line.advance(text);
            }
            Event::InlineHtml(_) => {
                if !text.starts_with("</") {
                    self.raw_html(place);
                }
                self.words(text, false);
                line.advance(text);
            }
            _ => self.running_text(text, line),
        }
    }

    /// Writes running text, cut where citations and quoted words stand in it.
    fn running_text(&mut self, text: &str, line: &mut Line) {
        let linkable = self.unlinked == 0 && line.links.is_empty();
        let mut rest = text;
        while !rest.is_empty() {
            let (length, cut) = line.next_cut(rest.len());
            let (words, after) = rest.split_at(length);
            match cut {
                None if self.verbatim == 0 => self.running_piece(words, linkable, line),
                cut => {
                    self.fixed_piece(words, cut);
                    line.advance(words);
                }
            }
            rest = after;
        }
    }

    /// Writes a piece of running text with the spaces and marks of its language.
    fn running_piece(&mut self, words: &str, linkable: bool, line: &mut Line) {
        let marks = line.marks_in(words);
        let changes = piece_changes(self.setting.lang, words, line.last, &marks);
        let spaced = applied(words, &changes);
        self.respace_before(&spaced, line);
        self.note(&changes, line.at, line);
        self.words(&spaced, linkable);
        line.advance(words);
        line.is_running = true;
        if let Some(mark) = marks.last().filter(|mark| mark.span.end == words.len()) {
            line.last = mark.text.chars().next();
        }
    }

    /// Writes a piece of text as it was typed.
    fn fixed_piece(&mut self, words: &str, cut: Option<(Cut, bool)>) {
        match cut {
            None => self.words(words, false),
            Some((Cut::Quoted(quotation), _)) => match self.body.pieces.last_mut() {
                Some(Piece::Quoted(last, said)) if *last == quotation => said.push_str(words),
                _ => self.body.pieces.push(Piece::Quoted(quotation, words.to_owned())),
            },
            Some((Cut::Citation(citation), true)) => self.body.pieces.push(Piece::Citation(citation)),
            Some((Cut::Citation(_), false)) => {}
        }
    }

    /// A sign at the beginning of emphasised words has its space in the piece before.
    fn respace_before(&mut self, words: &str, line: &Line) {
        let Some(space) = words
            .chars()
            .next()
            .and_then(|sign| space_before(self.setting.lang, sign))
        else {
            return;
        };
        if line.last != Some(' ') || !line.is_running {
            return;
        }
        let text = self.body.pieces.iter_mut().rev().find_map(|piece| match piece {
            Piece::Text(text) | Piece::Plain(text) => Some(text),
            _ => None,
        });
        if let Some(text) = text.filter(|text| text.ends_with(' ')) {
            text.pop();
            text.push_str(space);
            self.note(
                &[Change {
                    span: 0..1,
                    text: space,
                }],
                line.at - 1,
                line,
            );
        }
    }

    /// Notes changes to the piece of text that begins at `at` in the block, where somebody asks for them.
    fn note(&mut self, changes: &[Change], at: usize, line: &Line) {
        if let (Some(corrections), Some(flat)) = (&mut self.corrections, &line.flat) {
            corrections.note(changes, at, flat, self.file);
        }
    }

    /// Makes ready to walk through a run of inline events.
    fn line(&self, events: &[Placed<'_>], cuts: Vec<(Range<usize>, Cut)>) -> Line {
        let has_marks = self.setting.lang.is_french()
            && self.verbatim == 0
            && events
                .iter()
                .any(|(event, _)| text_of(event).is_some_and(|text| memchr::memchr(b'"', text.as_bytes()).is_some()));
        let flat = (has_marks || self.corrections.is_some()).then(|| Flat::new(events, self.file, self.base));
        let marks = match &flat {
            Some(flat) if has_marks => {
                let untouched = verbatim_ranges(events);
                let cut = cuts.iter().map(|(range, _)| range.clone());
                marks(self.setting.lang, flat, &cut.chain(untouched).collect::<Vec<_>>())
            }
            _ => Vec::new(),
        };
        Line {
            cuts,
            passed: 0,
            at: 0,
            last: None,
            is_running: false,
            links: Vec::new(),
            marks,
            flat,
        }
    }

    /// Finds citations and the quoted words before them, and enters them into the body.
    fn cuts(&mut self, events: &[Placed<'_>]) -> Vec<(Range<usize>, Cut)> {
        let (Some((_, first)), Some((_, last))) = (events.first(), events.last()) else {
            return Vec::new();
        };
        let raw = &self.file.as_bytes()[self.base + first.start..self.base + last.end.max(first.start)];
        if memchr::memchr(b'@', raw).is_none() || memchr::memchr(b'[', raw).is_none() {
            return Vec::new();
        }
        let flat = Flat::new(events, self.file, self.base);
        let code = code_ranges(events);
        let is_code = |at: usize| {
            let next = code.partition_point(|code| code.end <= at);
            code.get(next).is_some_and(|code| code.start <= at)
        };
        let Citations { found, mistyped } = citations(&flat, self.file);
        for mistyped in mistyped {
            if !is_code(mistyped.span.start) {
                self.mistyped(&mistyped, &flat);
            }
        }
        let mut cuts = Vec::new();
        for found in found {
            if is_code(found.span.start) {
                continue;
            }
            let citation = self.add_citation(&found, &flat);
            if let Some(words) = found.quoted {
                let quotation = Quotation {
                    role: Role::Context,
                    inline: true,
                    nested: true,
                    citation,
                    paragraphs: vec![Paragraph::read(&flat, words.clone(), self.file)],
                    translation: None,
                    notes: Box::default(),
                    span: flat.raw_span(&words),
                };
                self.body.quotations.push(quotation);
                cuts.push((words, Cut::Quoted(self.body.quotations.len() - 1)));
            }
            cuts.push((found.span, Cut::Citation(citation)));
        }
        cuts
    }

    fn add_link(&mut self, target: &str, title: &str, place: &Range<usize>, image: bool) -> usize {
        let span = self.span(place);
        let within = self.file[span.clone()].rfind(target).filter(|_| !target.is_empty());
        let span = match within {
            Some(at) => span.start + at..span.start + at + target.len(),
            None => self.defined(target).unwrap_or(span),
        };
        self.body.links.push(Link {
            target: target.to_owned(),
            title: title.to_owned(),
            span,
            image,
        });
        self.body.links.len() - 1
    }

    /// Where a target stands in a definition such as `[1]: target`.
    fn defined(&self, target: &str) -> Option<std::ops::Range<usize>> {
        let at = self
            .file
            .match_indices(target)
            .filter(|_| !target.is_empty())
            .map(|(at, _)| at)
            .find(|at| {
                let before = self.file[..*at].trim_end_matches([' ', '\t', '<']);
                before.ends_with("]:")
            })?;
        Some(at..at + target.len())
    }
}

/// Whether a link's text is also its address, or the name of its definition.
fn is_fixed(link: LinkType) -> bool {
    !matches!(link, LinkType::Inline | LinkType::Reference)
}

//! What is meant to cite and does not: it must not be shown as if nothing were wrong.

use std::ops::Range;

use pulldown_cmark::{Event, Tag, TagEnd};

use super::citation::{FoundCitation, Mistyped, attribution, citations, rewritten};
use super::flat::Flat;
use super::read::{Reader, is_inline};
use super::{Citation, Role};
use crate::diagnostic::{Code, Diagnostic};
use crate::phrase::{Phrase, say};

/// The dashes that an attribution may begin with.
pub(super) const DASHES: [&str; 3] = ["—", "–", "--"];

/// Why a block quote that seems to end with an attribution does not.
struct Broken {
    /// What is wrong, in bytes of the flat text; nothing where it is told as a mistyped citation.
    fault: Option<(Range<usize>, Phrase, Phrase)>,
    role: Role,
}

impl Reader<'_, '_> {
    /// Tells of a bracket that is meant to cite and does not. Its source counts as cited, so that one fault gives one report.
    pub(super) fn mistyped(&mut self, mistyped: &Mistyped, flat: &Flat) {
        let span = flat.raw_span(&mistyped.span);
        let written = &flat.text[mistyped.span.clone()];
        let message = match mistyped.closed {
            true => say!("`{written}` is not a citation", written = one_line(written)),
            false => say!("the bracket of this citation is not closed"),
        };
        let right = rewritten(written);
        let help = match (written.starts_with("[@"), mistyped.closed) {
            (true, _) => say!("write one citation in each bracket: `{right}`", right),
            (false, _) => say!(
                "write one citation in each bracket: `{right}`; put a backslash before a bracket that is mere text: `\\[`",
                right
            ),
        };
        let report = Diagnostic::new(Code::BadValue, self.setting.path, span.clone(), message);
        self.diagnostics.push(report.help(help));
        if let Some(source) = &mistyped.source {
            self.body.citations.push(Citation {
                source: flat.text[source.clone()].to_owned(),
                passage: None,
                span: flat.raw(source.start).saturating_sub("[@".len())..span.end,
            });
        }
    }

    /// Enters a block quote without attribution that opens at an event, or tells what is wrong with an attribution that it seems to have.
    pub(super) fn uncited(&mut self, at: usize) {
        if let Some((run, broken)) = self.broken(at) {
            if let Some((place, message, help)) = broken.fault {
                let flat = Flat::new(&self.events[run], self.file, self.base);
                let report = Diagnostic::new(Code::BadValue, self.setting.path, flat.raw_span(&place), message);
                self.diagnostics.push(report.help(help));
            }
            self.body.wordless.push(broken.role);
            return;
        }
        if self.unlinked == 0 && !self.holds_cited(at + 1..self.partners[at]) {
            let place = self.span(&self.events[at].1);
            let trimmed = self.file[place.clone()].trim_end().len();
            self.body.uncited.push(place.start..place.start + trimmed);
        }
    }

    /// The first run of words in a block quote that is a broken attribution.
    fn broken(&self, at: usize) -> Option<(Range<usize>, Broken)> {
        let end = self.partners[at];
        let mut from = at + 1;
        let mut runs = Vec::new();
        let mut in_list = false;
        while from < end {
            let length = self.events[from..end]
                .iter()
                .take_while(|(event, _)| is_inline(event))
                .count();
            if length > 0 {
                runs.push((from..from + length, in_list));
            }
            match &self.events[from].0 {
                Event::Start(Tag::BlockQuote(_) | Tag::CodeBlock(_)) => from = self.partners[from],
                Event::Start(Tag::Item) => in_list = true,
                Event::End(TagEnd::Item) => in_list = false,
                Event::Start(Tag::Paragraph) => {}
                Event::Start(_) => in_list = false,
                _ => {}
            }
            from += length.max(1);
        }
        let last = runs.len().checked_sub(1)?;
        runs.into_iter().enumerate().find_map(|(index, (run, in_list))| {
            let flat = Flat::new(&self.events[run.clone()], self.file, self.base);
            Some((run, broken(&flat, self.file, index == last, in_list)?))
        })
    }
}

/// What is wrong with a run of words in a block without attribution, where it seems to be one.
fn broken(flat: &Flat, file: &str, is_last: bool, in_list: bool) -> Option<Broken> {
    let text = flat.text.as_str();
    let word = text.split_whitespace().next_back().unwrap_or_default();
    let role = Role::from_name(word).unwrap_or(Role::States);
    let found = citations(flat, file);
    if let Some(mistyped) = found.mistyped.first() {
        let begins = text[..mistyped.span.start].rfind('\n').map_or(0, |at| at + 1);
        let lead = &text[begins..mistyped.span.start];
        return (is_last && !lead.contains(char::is_alphanumeric)).then_some(Broken { fault: None, role });
    }
    let fault = match found.found.last() {
        Some(citation) => misplaced(flat, file, citation, is_last, in_list)?,
        None => unbracketed(text, is_last)?,
    };
    Some(Broken {
        fault: Some(fault),
        role,
    })
}

/// An attribution that does not stand where one must.
fn misplaced(
    flat: &Flat,
    file: &str,
    citation: &FoundCitation,
    is_last: bool,
    in_list: bool,
) -> Option<(Range<usize>, Phrase, Phrase)> {
    let text = flat.text.as_str();
    let written = &text[citation.span.clone()];
    if let Some(attribution) = attribution(flat, file) {
        let place = attribution.start..text.trim_end().len();
        return Some(if in_list {
            (
                place,
                say!("an attribution is not an item of a list"),
                say!("begin it with a dash that makes no list: `— {written}`", written),
            )
        } else {
            (
                place,
                say!("this attribution is not the last paragraph of its block"),
                say!("put it last, and what follows it above it or behind the block"),
            )
        });
    }
    let tail = text[citation.span.end..].trim();
    let lead = text[..citation.span.start].trim_end();
    if citation.quoted.is_some() || tail.split_whitespace().count() > 1 {
        return None;
    }
    if let Some(dash) = DASHES.iter().find(|dash| lead.ends_with(**dash)) {
        return Some((
            lead.len() - dash.len()..citation.span.end,
            say!("this attribution stands on the line of the quoted words"),
            say!("write it on a line of its own: `— {written}`", written),
        ));
    }
    let line = text[..citation.span.start].rfind('\n').unwrap_or(0);
    if line > 0 && lead.len() <= line && (tail.is_empty() || Role::from_name(tail).is_some()) {
        return Some((
            citation.span.start..text.trim_end().len(),
            say!("this attribution lacks its dash"),
            say!("write a dash before it: `— {written}`", written),
        ));
    }
    let is_mark = is_last && !lead.is_empty() && !lead.contains(char::is_alphanumeric);
    is_mark.then(|| {
        let said = lead.trim();
        let start = lead.len() - said.len();
        (
            start..lead.len(),
            say!("`{said}` does not belong in an attribution", said),
            say!("write a dash, the citation and at most one role word: `— [@source:14] states`"),
        )
    })
}

/// An attribution without the bracket or the `@` of its citation: `— @source:14`, `— [source:14]`.
fn unbracketed(text: &str, is_last: bool) -> Option<(Range<usize>, Phrase, Phrase)> {
    let line = text.rfind('\n').map_or(0, |at| at + 1);
    let lead = text[line..].trim_start();
    let rest = DASHES.iter().find_map(|dash| lead.strip_prefix(dash))?.trim();
    let (named, role) = rest.split_once(char::is_whitespace).unwrap_or((rest, ""));
    let bare = named.trim_matches(|c: char| matches!(c, '[' | ']' | '(' | ')'));
    let (source, passage) = bare.split_once(':').unwrap_or((bare, ""));
    let source_name = source.strip_prefix('@').unwrap_or(source);
    let is_role = Role::from_name(role.trim()).is_some();
    let is_passage = !passage.is_empty() && passage.bytes().all(|byte| byte.is_ascii_digit());
    let bracketed = bare.len() < named.len();
    let cites = source.starts_with('@') || bracketed && (is_passage || is_role) || is_passage && is_role;
    if !is_last || !cites || !crate::text::is_id(source_name) || !(role.trim().is_empty() || is_role) {
        return None;
    }
    let right = match passage {
        "" => format!("[@{source_name}]"),
        passage => format!("[@{source_name}:{passage}]"),
    };
    let start = named.as_ptr() as usize - text.as_ptr() as usize;
    Some((
        start..start + named.len(),
        say!("`{written}` is not a citation", written = named),
        say!("write one citation in each bracket: `{right}`", right),
    ))
}

/// A text on one line, for a message.
pub(super) fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

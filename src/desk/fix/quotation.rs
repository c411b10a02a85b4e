//! A quotation that does not verify: the source's words in the place of wrong ones, the passage or the source that has them.

use std::sync::Arc;

use super::{Cited, Document, Edit, Fix, MOST_PLACES, Sheet, beginning};
use crate::desk::hover::plain;
use crate::diagnostic::{Code, Diagnostic};
use crate::markdown::{self, Body, Citation, Paragraph, Quotation, Run, Setting, in_file};
use crate::phrase::say;
use crate::site::anchors;
use crate::source::Seed;
use crate::text::Span;
use crate::verify::{Nearest, Outcome, nearest, verify};
use crate::yaml;

/// A quotation to be mended.
#[derive(Clone, Copy)]
struct Patient<'a> {
    sheet: &'a Sheet,
    document: Document<'a>,
    /// Its index in the body.
    index: usize,
    quotation: &'a Quotation,
    citation: &'a Citation,
    cited: Cited<'a>,
}

/// The changes that mend a quotation which was not found, or found too often.
pub(super) fn fixes(sheet: &Sheet, document: Document<'_>, problem: &Diagnostic) -> Vec<Fix> {
    let Some(patient) = patient(sheet, document, &problem.span.into()) else {
        return Vec::new();
    };
    if problem.code == Code::QuoteAmbiguous {
        return patient.passages();
    }
    let mut fixes = Vec::new();
    if patient.cited.at.passage.is_some() {
        fixes.extend(patient.passages());
    }
    fixes.extend(patient.other_sources());
    fixes.extend(patient.words_of_the_source());
    fixes.extend(patient.words_in_brackets());
    if let Some(first) = fixes.first_mut() {
        first.preferred = true;
    }
    fixes
}

/// The smallest quotation that holds a place.
fn patient<'a>(sheet: &'a Sheet, document: Document<'a>, span: &Span) -> Option<Patient<'a>> {
    let quotations = document.body.quotations.iter().enumerate();
    let holding =
        quotations.filter(|(_, quotation)| quotation.span.start <= span.start && span.end <= quotation.span.end);
    let (index, quotation) = holding.min_by_key(|(_, quotation)| quotation.span.len())?;
    let at = document.linked.citations.get(quotation.citation).copied().flatten()?;
    Some(Patient {
        sheet,
        document,
        index,
        quotation,
        citation: document.body.citations.get(quotation.citation)?,
        cited: Cited {
            at,
            seed: sheet.site.sources.get(at.source)?.seed.as_deref()?,
        },
    })
}

impl Patient<'_> {
    /// The passages of the cited source that hold the words.
    fn passages(self) -> Vec<Fix> {
        let seed = self.cited.seed;
        let passages = match verify(self.quotation, seed, None) {
            Outcome::Found(verified) => vec![verified.passage()],
            Outcome::Ambiguous(passages) => passages,
            Outcome::NotFound => Vec::new(),
        };
        let found = passages
            .iter()
            .filter_map(|at| seed.passages.get(*at))
            .take(MOST_PLACES);
        let fix = |passage| {
            let title = say!(
                "Cite passage {line}: {beginning}",
                line = line(passage),
                beginning = beginning(seed, passage)
            );
            let edit = self.cite(&self.citation.source, Some(line(passage)));
            self.proven(Fix::new(title, vec![edit]))
        };
        found.filter_map(fix).collect()
    }

    /// Another source that holds the words.
    fn other_sources(self) -> Vec<Fix> {
        let others = self.sheet.site.sources.iter().enumerate();
        let others = others.filter(|(at, _)| *at != self.cited.at.source);
        let fix = |(_, source): (usize, &crate::site::Source)| {
            let seed = source.seed.as_deref()?;
            let passage = match verify(self.quotation, seed, None) {
                Outcome::Found(_) => None,
                Outcome::Ambiguous(passages) => seed.passages.get(*passages.first()?).map(line),
                Outcome::NotFound => return None,
            };
            let edit = self.cite(&source.id, passage);
            self.proven(Fix::new(
                say!("Cite `{edit}`, which has these words", edit = &edit.text),
                vec![edit],
            ))
        };
        others.filter_map(fix).take(MOST_PLACES).collect()
    }

    fn cite(self, source: &str, passage: Option<usize>) -> Edit {
        let passage = passage.map_or(String::new(), |line| format!(":{line}"));
        Edit::new(&self.citation.span, &format!("[@{source}{passage}]"))
    }

    /// The source's words in the place of those that differ; where that does not do, in the place of each stretch that does.
    fn words_of_the_source(self) -> Option<Fix> {
        let writings: [fn(&str) -> String; 2] = [on_one_line, plain];
        let stretches = self.stretches();
        let mut ways = [false, true]
            .iter()
            .flat_map(|whole| writings.iter().map(move |writing| (*whole, *writing)));
        ways.find_map(|(whole, writing)| {
            let edits = stretches
                .iter()
                .flat_map(|it| it.edits(self.cited.seed, writing, whole));
            let mut edits: Vec<Edit> = edits.collect();
            let title = match &edits[..] {
                [edit] if edit.span.len() < 60 && !edit.text.is_empty() => say!(
                    "Replace `{ours}` by the source’s `{theirs}`",
                    ours = on_one_line(self.document.text.get(edit.span.clone())?),
                    theirs = &edit.text
                ),
                _ => say!("Quote the source word for word"),
            };
            edits.extend(self.moved(&stretches));
            self.proven(Fix::new(title, edits))
        })
    }

    /// The wrong words marked as the editor's own.
    fn words_in_brackets(self) -> Option<Fix> {
        let stretches = self.stretches();
        let [stretch] = &stretches[..] else { return None };
        let [difference] = &stretch.nearest.differences[..] else {
            return None;
        };
        if difference.ours_is_gap {
            return None;
        }
        let span = stretch.in_file(&difference.ours);
        let text = format!("[{}]", self.document.text.get(span.clone())?);
        self.proven(Fix::new(
            say!("Mark as your own words: `{text}`", text),
            vec![Edit::new(&span, &text)],
        ))
    }

    /// The citation with the passage that the nearest text is in, where it names another.
    fn moved(self, stretches: &[Stretch<'_>]) -> Option<Edit> {
        let named = self.cited.at.passage?;
        let passage = stretches.first()?.nearest.passage;
        let line = line(self.cited.seed.passages.get(passage)?);
        (passage != named).then(|| self.cite(&self.citation.source, Some(line)))
    }

    /// The stretches without brackets that differ from the source's nearest text.
    fn stretches(&self) -> Vec<Stretch<'_>> {
        let seed = self.cited.seed;
        let all = 0..seed.passages.len();
        let named = self.cited.at.passage.map(|at| at..at + 1);
        let words = self
            .quotation
            .paragraphs
            .iter()
            .filter_map(|paragraph| match paragraph {
                Paragraph::LeftOut => None,
                Paragraph::Words { text, runs, segments } => Some((text, runs, segments)),
            });
        let each = words.flat_map(|(text, runs, segments)| segments.iter().map(move |segment| (text, runs, segment)));
        each.filter_map(|(text, runs, segment)| {
            let range = segment.range.clone();
            let words = &text[range.clone()];
            let within = named.clone().and_then(|named| nearest(words, seed, named));
            let nearest = within.or_else(|| nearest(words, seed, all.clone()))?;
            (!nearest.differences.is_empty()).then_some(Stretch {
                text,
                runs,
                range,
                nearest,
            })
        })
        .collect()
    }

    /// A fix, if the quotation verifies with it and all else in the body is read as before.
    fn proven(self, mut fix: Fix) -> Option<Fix> {
        fix.edits.sort_by_key(|edit| edit.span.start);
        let mut text = self.document.text.to_owned();
        for edit in fix.edits.iter().rev() {
            text.get(edit.span.clone())?;
            text.replace_range(edit.span.clone(), &edit.text);
        }
        let body = self.read(&text);
        let quotation = body.quotations.get(self.index)?;
        let citation = body.citations.get(quotation.citation)?;
        let site = &self.sheet.site;
        let seed = site.sources.get(site.source(&citation.source)?)?.seed.as_deref()?;
        let passage = match &citation.passage {
            None => None,
            Some(line) => Some(seed.passage(line.parse().ok()?)?),
        };
        let before = self.document.body;
        let same = (before.quotations.len(), before.citations.len()) == (body.quotations.len(), body.citations.len());
        let verified = matches!(verify(quotation, seed, passage), Outcome::Found(_));
        (same && verified && !fix.edits.is_empty()).then_some(fix)
    }

    fn read(self, text: &str) -> Body {
        let identity = self.document.identity;
        let path: Arc<str> = Arc::clone(&identity.path);
        let setting = Setting {
            path: &path,
            lang: &identity.lang,
            prefix: "",
            reserved: anchors(identity.kind),
        };
        let split = yaml::split(&path, text).value;
        markdown::read(setting, text, split.body).value
    }
}

fn line(passage: &crate::source::Passage) -> usize {
    passage.line
}

/// Quoted words without a gap, and the nearest text of the source.
struct Stretch<'a> {
    text: &'a str,
    runs: &'a [Run],
    /// Bytes of the paragraph's text.
    range: Span,
    nearest: Nearest,
}

impl Stretch<'_> {
    /// The bytes in the content file of bytes of the stretch.
    fn in_file(&self, span: &Span) -> Span {
        let start = self.range.start;
        in_file(self.text, self.runs, &(start + span.start..start + span.end))
    }

    /// The source's words in the place of all of it, or of each difference; nothing where one side of a difference lacks words.
    fn edits(&self, seed: &Seed, writing: fn(&str) -> String, whole: bool) -> Vec<Edit> {
        let edit = |ours: &Span, theirs: &Span| Edit::new(&self.in_file(ours), &writing(&seed.text[theirs.clone()]));
        if whole {
            return vec![edit(&(0..self.range.len()), &self.nearest.span)];
        }
        let differences = &self.nearest.differences;
        if differences.iter().any(|it| it.ours_is_gap || it.theirs_is_gap) {
            return Vec::new();
        }
        differences.iter().map(|it| edit(&it.ours, &it.theirs)).collect()
    }
}

fn on_one_line(text: &str) -> String {
    text.split([' ', '\n', '\r', '\t'])
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

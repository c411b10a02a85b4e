//! Tables of the Markdown reader against the contract (§2): what is a quotation, what is a citation, what is mere text.

mod blocks;
mod inline;
mod page;

use std::fmt::Write as _;
use std::sync::Arc;

use super::{Anchors, Body, Gap, Mark, Paragraph, Piece, Placement, Quotation, Setting, in_file, read};
use crate::diagnostic::{Checked, Code};
use crate::lang::Lang;

fn read_in(lang: &str, markdown: &str) -> Checked<Body> {
    let path: Arc<str> = "content/claims/a.md".into();
    let setting = Setting {
        path: &path,
        lang: &Lang::new(lang),
        prefix: "",
        reserved: Anchors::default(),
    };
    read(setting, markdown, 0)
}

fn body(markdown: &str) -> Body {
    read_in("en", markdown).value
}

/// A quotation on one line: `role SOURCE:PASSAGE | paragraph | … (translation)`, segments in `⟨⟩`, inline ones marked `inline`.
fn told(quotation: &Quotation, body: &Body) -> String {
    let citation = &body.citations[quotation.citation];
    let mut out = format!("{} {}", quotation.role.name(), citation.source);
    if let Some(passage) = &citation.passage {
        write!(out, ":{passage}").expect("a string takes all");
    }
    if quotation.inline {
        out.push_str(" inline");
    }
    for paragraph in &quotation.paragraphs {
        out.push_str(" |");
        match paragraph {
            Paragraph::LeftOut => out.push_str(" […]"),
            Paragraph::Words { text, segments, .. } => {
                for segment in segments {
                    if let Gap::Inserted { words, .. } = &segment.before {
                        write!(out, " ({words})").expect("a string takes all");
                    }
                    write!(out, " ⟨{}⟩", &text[segment.range.clone()]).expect("a string takes all");
                }
            }
        }
    }
    if let Some(translation) = &quotation.translation {
        write!(out, " = {translation}").expect("a string takes all");
    }
    out.replace('\n', "⏎")
}

fn quotations(markdown: &str) -> Vec<String> {
    let body = body(markdown);
    body.quotations.iter().map(|quotation| told(quotation, &body)).collect()
}

#[track_caller]
fn check(markdown: &str, expected: &[&str]) {
    assert_eq!(quotations(markdown), expected, "{markdown}");
}

fn codes(markdown: &str) -> Vec<(Code, String)> {
    let read = read_in("en", markdown);
    let said = read.diagnostics.iter();
    said.map(|fault| (fault.code, markdown[fault.span.start..fault.span.end].to_owned()))
        .collect()
}

/// The page as markup, with the holes named.
fn page(lang: &str, markdown: &str) -> String {
    let body = read_in(lang, markdown).value;
    let mut out = String::new();
    for piece in &body.pieces {
        match piece {
            Piece::Mark(mark) => body.markup(mark, Placement::default(), &mut out),
            Piece::Text(text) => out.push_str(text),
            Piece::Plain(text) => write!(out, "{{{text}}}").expect("a string takes all"),
            Piece::Quoted(at, text) => write!(out, "{{quoted {at}: {text}}}").expect("a string takes all"),
            Piece::Section => {}
            Piece::LinkOpen(at) => write!(out, "{{link {}: ", body.links[*at].target).expect("a string takes all"),
            Piece::LinkClose(_) => out.push('}'),
            Piece::Image(at, alt) => {
                write!(out, "{{image {}: {alt}}}", body.links[*at].target).expect("a string takes all")
            }
            Piece::Citation(at) => write!(out, "{{@{}}}", body.citations[*at].source).expect("a string takes all"),
            Piece::Quotation(at) => write!(out, "{{quotation {at}}}").expect("a string takes all"),
        }
    }
    out.trim_end().to_owned()
}

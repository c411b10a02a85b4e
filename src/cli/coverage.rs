//! `kezako coverage`: what is left to check.

use std::fmt::Write as _;
use std::io;

use super::args::{Arguments, Coverage, CoverageFormat};
use super::commands::{options, print, root, say, tongue};
use super::quote::{left_out, unknown_source};
use crate::coverage::{Report, SentenceReport, SourceReport, html, named, report};
use crate::link::{self, Index, link};
use crate::phrase::{Phrase, say};
use crate::shell::{Failure, load};
use crate::site::{self, gather};
use crate::tongue::Tongue;

/// Prints the report.
pub(super) fn coverage(arguments: &Coverage, all: &Arguments) -> Result<bool, Failure> {
    let (tree, options) = (load(&root(all)?)?, options(all)?);
    // What else may be wrong with the site is for `check`.
    let site = gather(&tree, &options, &mut site::Memo::default()).value;
    let only = match &arguments.source {
        Some(id) => Some(site.source(id).ok_or_else(|| unknown_source(&site, id))?),
        None => None,
    };
    let links = link(&site, &tree, &mut link::Memo::default()).value;
    let report = report(&site, &links, &Index::new(&site, &links), only);
    let incomplete = only.is_none() && left_out(&site)?;
    if report.sources.is_empty() && !incomplete {
        none(arguments)?;
    }
    let text = match arguments.format {
        CoverageFormat::Text => text(&report),
        // Structs of texts and numbers always serialize.
        CoverageFormat::Json => serde_json::to_string(&report).unwrap_or_default() + "\n",
        CoverageFormat::Html => html(&report, Tongue::named(site.config.lang.tag())),
    };
    print(&mut io::stdout(), &text)?;
    Ok(!incomplete)
}

/// Says why there is nothing to report on.
fn none(arguments: &Coverage) -> Result<(), Failure> {
    match &arguments.source {
        Some(id) => Err(Failure::new(
            say!("the text of source `{id}` cannot be read", id),
            say!("see what `kezako check` says of it"),
        )),
        None => say(&say!(
            "there are no sources yet: `kezako new source FILE` takes an article in"
        )),
    }
}

fn text(report: &Report) -> String {
    let mut out = String::new();
    for (at, source) in report.sources.iter().enumerate() {
        if at > 0 {
            out.push('\n');
        }
        of_source(&mut out, source);
    }
    out
}

fn of_source(out: &mut String, source: &SourceReport) {
    let SourceReport {
        id, checked, checkable, ..
    } = source;
    let mut add = |phrase: Phrase| out.push_str(&(phrase.in_tongue(tongue()) + "\n"));
    add(match checkable {
        0 => say!("{id}: no sentence seems checkable", id),
        _ => say!(
            "{id}: {checked} of {checkable} checkable sentences have a claim",
            id,
            checked,
            checkable
        ),
    });
    if !source.without_claim.is_empty() {
        heading(out, &say!("without a claim, most checkable first:"));
        source
            .without_claim
            .iter()
            .for_each(|sentence| of_sentence(out, source, sentence));
    }
    if !source.with_claim.is_empty() {
        heading(out, &say!("with a claim:"));
        source
            .with_claim
            .iter()
            .for_each(|sentence| of_sentence(out, source, sentence));
    }
}

fn heading(out: &mut String, words: &Phrase) {
    let _ = writeln!(out, "\n  {}", words.in_tongue(tongue()));
}

fn of_sentence(out: &mut String, source: &SourceReport, sentence: &SentenceReport) {
    let place = format!("{}:{}", source.id, sentence.passage);
    let claims: Vec<&str> = sentence.claims.iter().map(String::as_str).collect();
    let signs = Phrase::row(", ", sentence.signs.iter().map(|sign| named(*sign))).in_tongue(tongue());
    let mut facts = vec![place, signs, claims.join(", ")];
    facts.retain(|fact| !fact.is_empty());
    let _ = writeln!(out, "    {}\n      {}", facts.join("  "), sentence.text);
}

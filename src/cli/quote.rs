//! `kezako quote`: words in, a quotation ready to be pasted out.

use std::io;

use serde::Serialize;

use super::args::{Arguments, Quote};
use super::commands::{options, print, root, say, tongue};
use crate::document::Kind;
use crate::markdown::Role;
use crate::phrase::{Phrase, say};
use crate::quote::{Found, Hit, find, widened, write};
use crate::shell::{Failure, load};
use crate::site::{Memo, Site, gather};
use crate::source::Seed;
use crate::verify::{Difference, Nearest, Verified};
use crate::view::{ProofView, proof};

/// How many places are written out before the rest are only counted.
const MOST_PLACES: usize = 20;

/// How much of a passage is shown on either side of words that stand in several places, in code points.
const CONTEXT: usize = 40;

/// How many differences are told.
const MOST_DIFFERENCES: usize = 6;

/// Finds the words; whether they stand in a source as they are.
pub(super) fn quote(arguments: &Quote, all: &Arguments) -> Result<bool, Failure> {
    let words = arguments.words.join(" ");
    if words.trim().is_empty() {
        return Err(Failure::new(
            say!("there are no words to look for"),
            say!("name some that a source has: kezako quote \"some words\""),
        ));
    }
    // What else may be wrong with the site is for `check`.
    let site = gather(&load(&root(all)?)?, &options(all)?, &mut Memo::default()).value;
    let within = arguments.source.as_deref().map(|id| source(&site, id)).transpose()?;
    let found = find(&words, &site.sources, within);
    let (hits, exact) = match &found {
        Found::Exact(hits) => (&hits[..], true),
        Found::Nearest { hit, .. } => (std::slice::from_ref(hit), false),
        Found::Nothing => (&[][..], false),
    };
    let incomplete = !exact && within.is_none() && left_out(&site)?;
    let role = Role::from_name(&arguments.role).unwrap_or(Role::States);
    let writable = hits
        .iter()
        .filter_map(|hit| Shown::new(&site, hit, role, arguments.sentence));
    let shown: Vec<Shown<'_>> = writable.take(MOST_PLACES).collect();
    if arguments.json {
        let answer = Answer {
            exact,
            total: hits.len(),
            hits: &shown,
        };
        // Structs of texts and numbers always serialize.
        let text = serde_json::to_string(&answer).unwrap_or_default();
        print(&mut io::stdout(), &format!("{text}\n"))?;
        return Ok(exact);
    }
    let place = match within {
        Some(at) => say!("not in source `{id}`", id = &site.sources[at].id),
        None if incomplete => say!("in none of the others"),
        None => say!("in no source"),
    };
    say(&match (&found, &shown[..]) {
        (Found::Nothing, _) if site.sources.is_empty() && !incomplete => {
            say!("this site has no sources yet: put an article into `seeds/`, as a text file")
        }
        (Found::Nothing, _) => say!("these words are {place}, nor is anything like them", place),
        (_, []) => say!("the source has these words, with characters that Markdown cannot hold"),
        (Found::Exact(hits), _) => exact_message(hits.len(), &shown),
        (Found::Nearest { hit, words, nearest }, [shown, ..]) => {
            let found = say!(
                "these words are {place}; the nearest are in {nearest}",
                place,
                nearest = shown.place()
            );
            Phrase::lines([found].into_iter().chain(differences(words, &site, hit, nearest)))
        }
    })?;
    print(&mut io::stdout(), &listing(&shown))?;
    Ok(exact && !shown.is_empty())
}

/// The index of a source.
fn source(site: &Site, id: &str) -> Result<usize, Failure> {
    site.source(id).ok_or_else(|| unknown_source(site, id))
}

/// Says which sources were left out because they cannot be read; whether there are any.
pub(super) fn left_out(site: &Site) -> Result<bool, Failure> {
    let lost = site.lost_sources();
    for id in &lost {
        say(&say!(
            "source `{id}` cannot be read and is left out: `kezako check` says what is wrong with it",
            id
        ))?;
    }
    Ok(!lost.is_empty())
}

/// What to say of a source that there is not.
pub(super) fn unknown_source(site: &Site, id: &str) -> Failure {
    if site.knows(Kind::Source, id) {
        return Failure::new(
            say!("the source `{id}` cannot be read", id),
            say!("`kezako check` says what is wrong with it"),
        );
    }
    let known: Vec<&str> = site.sources.iter().map(|source| &*source.id).collect();
    let help = match (crate::text::nearest(id, known.iter().copied()), &known[..]) {
        (Some(near), _) => say!("did you mean `{near}`?", near),
        (None, []) => say!("put an article into `seeds/`, as a text file"),
        (None, _) => say!("the sources are {list}", list = crate::yaml::list(&known)),
    };
    Failure::new(say!("there is no source `{id}`", id), help)
}

/// What `--json` prints.
#[derive(Serialize)]
struct Answer<'a> {
    /// Whether the words stand in a source as they are.
    exact: bool,
    /// How many places there are; `hits` holds the first of them.
    total: usize,
    hits: &'a [Shown<'a>],
}

/// One place as it is printed.
#[derive(Serialize)]
struct Shown<'a> {
    source: &'a str,
    passage: usize,
    in_body: bool,
    citation: String,
    block: String,
    inline: Option<String>,
    #[serde(flatten)]
    proof: ProofView,
    /// The words that were found, with a little of what stands around them.
    #[serde(skip)]
    context: String,
}

impl<'a> Shown<'a> {
    fn new(site: &'a Site, hit: &Hit, role: Role, sentence: bool) -> Option<Self> {
        let source = site.sources.get(hit.source)?;
        let seed = source.seed.as_deref()?;
        let context = context(&hit.verified, seed);
        let hit = match sentence {
            true => widened(hit.clone(), seed),
            false => hit.clone(),
        };
        let written = write(&hit.verified, source, &site.config.lang, role)?;
        Some(Self {
            source: &source.id,
            passage: seed.passages.get(hit.verified.passage())?.line,
            in_body: hit.verified.in_body(seed),
            citation: written.citation,
            block: written.block,
            inline: written.inline,
            proof: proof(&hit.verified, seed),
            context,
        })
    }

    /// Where it stands, in words.
    fn place(&self) -> Phrase {
        let place = say!(
            "passage {passage} of source `{source}`",
            passage = self.passage,
            source = self.source
        );
        match self.in_body {
            true => place,
            false => say!("{place}, outside the article", place),
        }
    }
}

/// A quotation's first words with those around them in their passage, on one line.
fn context(verified: &Verified, seed: &Seed) -> String {
    let Some((part, passage)) = verified.parts().next().zip(seed.passages.get(verified.passage())) else {
        return String::new();
    };
    let mut before: Vec<char> = seed.text[passage.span.start..part.span.start]
        .chars()
        .rev()
        .take(CONTEXT)
        .collect();
    let cut_before = before.len() == CONTEXT;
    before.reverse();
    let rest = &seed.text[part.span.start..passage.span.end];
    let length = seed.text[part.span.clone()].chars().count().min(CONTEXT) + CONTEXT;
    let after: String = rest.chars().take(length).collect();
    let cut_after = after.len() < rest.len();
    let text = on_one_line(&format!("{}{after}", before.into_iter().collect::<String>()));
    format!(
        "{}{text}{}",
        if cut_before { "…" } else { "" },
        if cut_after { "…" } else { "" }
    )
}

/// The quotations, numbered where there are several.
fn listing(shown: &[Shown<'_>]) -> String {
    let text = |(at, place): (usize, &Shown<'_>)| {
        let heading = match shown.len() {
            1 => String::new(),
            _ => {
                let heading = say!(
                    "{number}. {place}: {context}",
                    number = at + 1,
                    place = place.place(),
                    context = &place.context
                );
                heading.in_tongue(tongue()) + "\n\n"
            }
        };
        let inline = place
            .inline
            .as_deref()
            .map_or(String::new(), |inline| format!("\n{inline}\n"));
        format!("{heading}{}\n{inline}", place.block)
    };
    let texts: Vec<String> = shown.iter().enumerate().map(text).collect();
    texts.join("\n")
}

fn exact_message(total: usize, shown: &[Shown<'_>]) -> Phrase {
    match shown {
        [only] if total == 1 => say!("word for word in {place}", place = only.place()),
        _ if total > shown.len() => say!(
            "word for word in {total} places, of which these are the first {shown}; quote more words, or name a source with --source",
            total,
            shown = shown.len()
        ),
        _ => Phrase::counted(
            total,
            say!("word for word in {total} place", total),
            say!("word for word in {total} places", total),
        ),
    }
}

/// How the nearest text differs, a line for each difference.
fn differences(words: &str, site: &Site, hit: &Hit, near: &Nearest) -> Vec<Phrase> {
    let Some(seed) = site.sources.get(hit.source).and_then(|source| source.seed.as_deref()) else {
        return Vec::new();
    };
    let told = near.differences.iter().take(MOST_DIFFERENCES);
    let mut lines: Vec<Phrase> = told
        .map(|difference| {
            say!(
                "  {difference}",
                difference = told_difference(words, &seed.text, difference)
            )
        })
        .collect();
    let more = near.differences.len().saturating_sub(MOST_DIFFERENCES);
    if more > 0 {
        let one = say!("  and {more} difference more", more);
        lines.push(Phrase::counted(more, one, say!("  and {more} differences more", more)));
    }
    lines
}

/// One difference between words and their source, as a line.
fn told_difference(words: &str, text: &str, difference: &Difference) -> Phrase {
    let ours = on_one_line(&words[difference.ours.clone()]);
    let theirs = on_one_line(&text[difference.theirs.clone()]);
    match (difference.ours_is_gap, difference.theirs_is_gap) {
        (true, _) => say!("the source also has `{theirs}`", theirs),
        (false, true) => say!("the source does not have `{ours}`", ours),
        (false, false) => say!("the source has `{theirs}` where you have `{ours}`", theirs, ours),
    }
}

fn on_one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

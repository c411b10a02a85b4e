//! The record of a new source, with comments for its editor.

use std::fmt::Write as _;

use sha2::{Digest as _, Sha256};

use super::body::{Sorted, ranges};
use super::pieces::Piece;
use super::words::Words;
use super::{Draft, Given};
use crate::foreign::{Facts, Found, Origin, Remark};
use crate::lang::Lang;
use crate::source::KINDS;

/// What a record is made of.
pub(super) struct Material<'a> {
    pub(super) seed: String,
    pub(super) made: bool,
    pub(super) wrapped: bool,
    pub(super) pieces: &'a [Piece],
    pub(super) sorted: &'a Sorted,
    pub(super) facts: Facts,
    pub(super) remarks: Vec<Remark>,
}

/// How many ranges that were left out are listed.
const MOST_RANGES: usize = 80;

/// How much of a line is shown beside its reason, in code points.
const SHOWN: usize = 50;

/// Writes the record.
pub(super) fn draft(given: &Given<'_>, material: Material<'_>) -> Draft {
    let words = Words {
        french: given.langs.first().is_some_and(Lang::is_french),
    };
    let mut record = Record {
        words,
        text: String::new(),
        open: Vec::new(),
    };
    let facts = &material.facts;
    record.comment(&format!(
        "{} {}",
        words.of(
            "Fait par `kezako new source` à partir de",
            "Made by `kezako new source` from"
        ),
        given.name
    ));
    if material.made {
        let kept = words.of("Le fichier tel quel est dans", "The file as it came is in");
        record.comment(&format!(
            "{kept} seeds/{}, SHA-256 {}",
            given.original,
            hexadecimal(given.bytes)
        ));
    }
    for remark in &material.remarks {
        record.comment(&words.remark(remark));
    }
    record.key("file", given.seed);
    record.fact("title", facts.title.as_ref());
    record.fact("publisher", facts.publisher.as_ref());
    record.fact("author", facts.author.as_ref());
    record.fact("url", facts.url.as_ref());
    record.fact("lang", Some(&language(facts.lang.as_ref(), given.langs)));
    record.fact("published", facts.published.as_ref());
    if let Some(made) = facts.made.as_ref().filter(|_| facts.published.is_none()) {
        let made_on = words.of("le fichier a été fait le", "the file was made on");
        let caution = words.of(
            "ce n’est pas toujours la date de parution",
            "that is not always when it was published",
        );
        record.comment(&format!("{made_on} {}; {caution}", made.value));
    }
    record.fact("retrieved", facts.retrieved.as_ref());
    record.open(
        "kind",
        &format!("{} {}", words.of("à choisir :", "choose one of"), KINDS.join(", ")),
    );
    if material.wrapped {
        record.line("wrapped: true");
    }
    let body = ranges(material.pieces, material.sorted);
    let left_out = record.body(&body, material.pieces, material.sorted);
    record.line("republish: excerpts");
    record.key("sha256", &hexadecimal(material.seed.as_bytes()));
    record.comment(words.of(
        "Sous la ligne suivante, votre note pour les lecteurs : qui publie ce texte, et jusqu’où s’y fier.",
        "Below the next line goes your note for readers: who publishes this text, and how far to trust it.",
    ));
    Draft {
        seed: material.seed,
        made: material.made,
        record: format!("---\n{}---\n", record.text),
        body,
        left_out,
        open: record.open,
    }
}

/// The language, as the site spells it where it has it.
fn language(found: Option<&Found>, langs: &[Lang]) -> Found {
    let Some(found) = found else {
        return Found {
            value: langs.first().map_or("en", Lang::tag).to_owned(),
            from: Origin::Site,
        };
    };
    let said = Lang::new(&found.value);
    let same = langs
        .iter()
        .find(|lang| lang.primary().eq_ignore_ascii_case(said.primary()));
    Found {
        value: same.map_or_else(|| found.value.clone(), |lang| lang.tag().to_owned()),
        from: found.from.clone(),
    }
}

struct Record {
    words: Words,
    text: String,
    open: Vec<&'static str>,
}

impl Record {
    fn line(&mut self, line: &str) {
        self.text.push_str(line);
        self.text.push('\n');
    }

    /// A comment. What comes from outside may hold characters that would end it.
    fn comment(&mut self, words: &str) {
        let words: String = words
            .chars()
            .filter(|c| !c.is_control() && !matches!(c, '\u{2028}' | '\u{2029}'))
            .collect();
        self.line(&format!("# {words}"));
    }

    fn key(&mut self, key: &str, value: &str) {
        self.line(&format!("{key}: {}", quoted(value)));
    }

    /// A fact with where it was found; where it was not, its key for the editor to fill in.
    fn fact(&mut self, key: &'static str, found: Option<&Found>) {
        match found {
            Some(found) => {
                let from = self.words.origin(&found.from);
                self.line(&format!("{key}: {} # {from}", quoted(&found.value)));
            }
            None => self.open(key, self.words.of("pas trouvé", "not found")),
        }
    }

    fn open(&mut self, key: &'static str, why: &str) {
        self.comment(&format!("{key}: {why}"));
        self.open.push(key);
    }

    /// The body, and why the rest is left out; how many pieces that is.
    fn body(&mut self, body: &str, pieces: &[Piece], sorted: &Sorted) -> usize {
        let words = self.words;
        if !sorted.has_body() {
            self.open(
                "body",
                words.of(
                    "aucun paragraphe ne se distingue du reste ; toutes les lignes comptent comme l’article",
                    "no paragraph was told from the rest; all lines count as the article",
                ),
            );
            return 0;
        }
        self.line(&format!("body: {}", quoted(body)));
        let left: Vec<usize> = (0..pieces.len()).filter(|at| sorted.why[*at].is_some()).collect();
        if left.is_empty() {
            return 0;
        }
        self.comment(words.of("Lignes laissées de côté :", "Lines left out:"));
        let groups: Vec<&[usize]> = left
            .chunk_by(|a, b| a + 1 == *b && sorted.why[*a] == sorted.why[*b])
            .collect();
        for group in groups.iter().take(MOST_RANGES) {
            let line = self.left_out(group, pieces, sorted);
            self.comment(&line);
        }
        if groups.len() > MOST_RANGES {
            let more = groups.len() - MOST_RANGES;
            self.comment(&format!("  {} {more}", words.of("autres passages :", "more of them:")));
        }
        left.len()
    }

    /// A run of pieces that were left out for one reason, with its words where it is a single piece.
    fn left_out(&self, group: &[usize], pieces: &[Piece], sorted: &Sorted) -> String {
        let (first, last) = (group[0], group[group.len() - 1]);
        let why = sorted.why[first].map_or("", |why| self.words.why(why));
        let (first, last) = (&pieces[first], &pieces[last]);
        let mut line = match first.first == last.last {
            true => format!("  {}: {why}", first.first),
            false => format!("  {}-{}: {why}", first.first, last.last),
        };
        if group.len() == 1 {
            let shown: String = first.text.chars().take(SHOWN).collect();
            let more = if shown.len() < first.text.len() { "…" } else { "" };
            let (open, close) = (self.words.of("« ", "“"), self.words.of(" »", "”"));
            let _ = write!(line, " ({open}{}{more}{close})", shown.trim_end());
        }
        line
    }
}

/// A text in double quotes, as YAML and JSON both read it.
fn quoted(text: &str) -> String {
    // A text always serializes.
    serde_json::to_string(text).unwrap_or_default()
}

/// SHA-256 in lower-case hexadecimal.
fn hexadecimal(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

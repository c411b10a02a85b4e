//! A source: an editor's record, `content/sources/ID.md`, of one seed, `seeds/NAME.txt`.

mod alignment;
mod seed;
#[cfg(test)]
mod tests;

use std::sync::Arc;

use crate::date::Date;
use crate::diagnostic::{Code, Diagnostic};
use crate::document::{Identity, Inheritance};
use crate::lang::Lang;
use crate::phrase::say;
use crate::yaml::Fields;

pub use alignment::Alignment;
pub use seed::{Passage, Seed};

/// The keys of its front matter, in the order that `kezako fmt` gives them.
pub const KEYS: &[&str] = &[
    "file",
    "title",
    "publisher",
    "author",
    "url",
    "archive_url",
    "licence",
    "lang",
    "published",
    "retrieved",
    "kind",
    "translation_of",
    "alignment",
    "body",
    "wrapped",
    "republish",
    "sha256",
];

/// Kinds of text.
pub const KINDS: &[&str] = &[
    "news",
    "analysis",
    "opinion",
    "blog",
    "press-release",
    "ai-written",
    "machine-translation",
    "reference",
];

/// A range of lines, from 1, both ends included.
pub type Lines = std::ops::RangeInclusive<usize>;

/// The front matter of a source's record.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Record {
    /// The seed's file name.
    pub file: Option<String>,
    /// Title of the article.
    pub title: Option<String>,
    /// Who published it.
    pub publisher: Option<String>,
    /// Who wrote it.
    pub author: Option<String>,
    /// Where it is.
    pub url: Option<String>,
    /// Where a copy is kept.
    pub archive_url: Option<String>,
    /// On what terms it may be used.
    pub licence: Option<String>,
    /// Its language.
    pub lang: Option<Lang>,
    /// When it was published.
    pub published: Option<Date>,
    /// When it was fetched.
    pub retrieved: Option<Date>,
    /// One of [`KINDS`].
    pub kind: Option<&'static str>,
    /// Id of the source that it translates.
    pub translation_of: Option<String>,
    /// What an editor says of how its passages and those of the original belong together.
    pub alignment: Vec<Alignment>,
    /// Lines of the article proper.
    pub body: Option<Vec<Lines>>,
    /// Whether its text is hard-wrapped.
    pub wrapped: Option<bool>,
    /// `excerpts` or `full`.
    pub republish: Option<&'static str>,
    /// SHA-256 of the seed, in lower-case hexadecimal.
    pub sha256: Option<String>,
}

/// Reads a record's front matter.
pub fn read(identity: &Identity, fields: &Fields<'_>) -> Record {
    fields.only(KEYS);
    let inherited = identity.is_translation;
    Record {
        file: fields
            .required_unless(inherited, "file")
            .filter(|file| is_seed_name(fields, file)),
        title: fields.text("title"),
        publisher: fields.text("publisher"),
        author: fields.text("author"),
        url: fields.url("url"),
        archive_url: fields.url("archive_url"),
        licence: fields.text("licence"),
        lang: fields
            .required_unless(inherited, "lang")
            .and_then(|tag| lang(fields, &tag)),
        published: fields.date("published"),
        retrieved: fields.date("retrieved"),
        kind: fields.word("kind", KINDS),
        translation_of: fields.text("translation_of"),
        alignment: Alignment::read_list(fields, inherited),
        body: fields.has("body").then(|| ranges(fields, "body")),
        wrapped: fields.flag("wrapped"),
        republish: fields.word("republish", &["excerpts", "full"]),
        sha256: fields.text("sha256").and_then(|digest| hexadecimal(fields, &digest)),
    }
}

fn is_seed_name(fields: &Fields<'_>, file: &str) -> bool {
    let plain = !file.contains(['/', '\\', '\0']) && file != "." && file != "..";
    if !plain {
        fields.bad_value(
            "file",
            say!("`{file}` is not the name of a file in seeds/", file),
            say!("write the file's name alone, without folders"),
        );
    }
    plain
}

fn lang(fields: &Fields<'_>, tag: &str) -> Option<Lang> {
    let good = Lang::is_tag(tag);
    if !good {
        fields.bad_value(
            "lang",
            say!("`{tag}` is not a language tag", tag),
            say!("write a tag such as `fr`, `en` or `pt-BR`"),
        );
    }
    good.then(|| Lang::new(tag))
}

fn hexadecimal(fields: &Fields<'_>, digest: &str) -> Option<String> {
    let lower = digest.to_ascii_lowercase();
    let good = lower.len() == 64 && lower.bytes().all(|b| b.is_ascii_hexdigit());
    if !good {
        fields.bad_value(
            "sha256",
            say!("a SHA-256 is 64 hexadecimal digits"),
            say!("take the one that `sha256sum` prints for the seed"),
        );
    }
    good.then_some(lower)
}

/// Line ranges such as `3-7, 10-26`.
fn ranges(fields: &Fields<'_>, key: &'static str) -> Vec<Lines> {
    let mut ranges = Vec::new();
    for text in fields.texts(key) {
        for part in text.split(',').map(str::trim).filter(|part| !part.is_empty()) {
            let (first, last) = part.split_once(['-', '–']).unwrap_or((part, part));
            match (first.trim().parse::<usize>(), last.trim().parse::<usize>()) {
                (Ok(first), Ok(last)) if 1 <= first && first <= last => ranges.push(first..=last),
                _ => fields.bad_value(
                    key,
                    say!("`{part}` is not a range of lines", part),
                    say!("write first and last line, from 1: `3-7, 10-26`"),
                ),
            }
        }
    }
    ranges
}

impl Record {
    /// Fills a translation up from its original, and reports what it says differently.
    pub fn inherit(&mut self, original: &Self, inheritance: &mut Inheritance<'_>) {
        if self.title.is_none() {
            self.title.clone_from(&original.title);
        }
        inheritance.equal_option("file", &mut self.file, &original.file);
        inheritance.equal_option("publisher", &mut self.publisher, &original.publisher);
        inheritance.equal_option("author", &mut self.author, &original.author);
        inheritance.equal_option("url", &mut self.url, &original.url);
        inheritance.equal_option("archive_url", &mut self.archive_url, &original.archive_url);
        inheritance.equal_option("licence", &mut self.licence, &original.licence);
        inheritance.equal_option("lang", &mut self.lang, &original.lang);
        inheritance.equal_option("published", &mut self.published, &original.published);
        inheritance.equal_option("retrieved", &mut self.retrieved, &original.retrieved);
        inheritance.equal_option("kind", &mut self.kind, &original.kind);
        inheritance.equal_option("translation_of", &mut self.translation_of, &original.translation_of);
        inheritance.list("alignment", &mut self.alignment, &original.alignment);
        inheritance.equal_option("body", &mut self.body, &original.body);
        inheritance.equal_or_default("wrapped", &mut self.wrapped, &original.wrapped, false);
        inheritance.equal_or_default("republish", &mut self.republish, &original.republish, "excerpts");
        inheritance.equal_option("sha256", &mut self.sha256, &original.sha256);
    }
}

/// Checks what a record says of its seed: line ranges and hash.
pub fn compare(record: &Record, seed: &Seed, path: &Arc<str>, text: &str) -> Vec<Diagnostic> {
    use crate::yaml::{Step, place_in_front_matter};
    let mut diagnostics = Vec::new();
    let lines = seed.lines();
    if let Some(outside) = record.body.iter().flatten().find(|range| *range.end() > lines) {
        let place = place_in_front_matter(text, &[Step::Key("body")]);
        let message = say!(
            "the seed has {lines} lines, so {start}-{end} is outside it",
            lines,
            start = outside.start(),
            end = outside.end()
        );
        diagnostics.push(
            Diagnostic::new(Code::BadValue, path, place, message)
                .help(say!("`sed -n '$=' seeds/NAME.txt` counts its lines")),
        );
    }
    if let Some(recorded) = &record.sha256
        && *recorded != seed.sha256
    {
        let place = place_in_front_matter(text, &[Step::Key("sha256")]);
        let message = say!(
            "`{path}` is no longer the text that this record was made for",
            path = seed.path
        );
        diagnostics.push(
            Diagnostic::new(Code::SourceChanged, path, place, message)
                .label(say!("the seed's SHA-256 is {sha256}", sha256 = seed.sha256))
                .help(say!("put the original seed back; if the new text is right, read its quotations again and record the new hash")),
        );
    }
    diagnostics
}

//! Joins records with their seeds, and makes sources of seeds without a record.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rayon::prelude::*;

use super::gather::utf8;
use super::lost::recorded_elsewhere;
use super::memo::{KnownSeed, Memo};
use super::{Entries, Source};
use crate::diagnostic::{Code, Diagnostic};
use crate::document::Kind;
use crate::hash::Map;
use crate::lang::{Lang, detect};
use crate::phrase::say;
use crate::source::{Lines, Record, Seed, compare};
use crate::text::slug;
use crate::tree::{Digest, Tree};
use crate::yaml::{Step, place_in_front_matter};

/// The sources of a site, and ids of those that could not be read.
pub(super) struct Seeds {
    pub(super) sources: Vec<Source>,
    pub(super) holes: BTreeSet<(Kind, Arc<str>)>,
}

/// The longest title that is taken from a seed's first line, in code points.
const LONGEST_TITLE: usize = 120;

/// Makes the sources of a site. `lost_records` are ids of which one of several records was left out.
pub(super) fn join(
    tree: &Tree,
    records: &Entries<Record>,
    lost_records: &BTreeSet<&str>,
    languages: &[Lang],
    memo: &mut Memo,
    diagnostics: &mut Vec<Diagnostic>,
) -> Seeds {
    let mut unreadable: BTreeSet<String> = tree.unreadable().iter().map(|file| file.path.clone()).collect();
    let mut texts: BTreeMap<&str, (&Arc<str>, &str)> = BTreeMap::new();
    let known = std::mem::take(&mut memo.seeds);
    for (path, file) in tree.below("seeds") {
        match utf8(path, file) {
            Ok(text) => {
                texts.insert(path.strip_prefix("seeds/").unwrap_or(path), (path, text));
            }
            Err(diagnostic) => {
                unreadable.insert(path.to_string());
                diagnostics.push(diagnostic);
            }
        }
    }
    let originals: Vec<_> = records.iter().filter(|entry| !entry.identity.is_translation).collect();
    let recorded: BTreeSet<&str> = originals
        .iter()
        .filter_map(|entry| entry.front.file.as_deref())
        .collect();
    let joined: Vec<(Source, Vec<Diagnostic>)> = originals
        .par_iter()
        .map(|entry| {
            let mut found = Vec::new();
            let path = &entry.identity.path;
            let text = tree.text(path).unwrap_or_default();
            let file = entry.front.file.as_deref();
            let seed = file.and_then(|file| texts.get(file)).map(|(seed_path, seed_text)| {
                let wrapped = entry.front.wrapped.unwrap_or(false);
                seed(tree, &known, seed_path, seed_text, wrapped, entry.front.body.as_deref())
            });
            match (&seed, file) {
                (Some(seed), _) => found.extend(compare(&entry.front, seed, path, text)),
                (None, Some(file))
                    if !unreadable.contains("seeds") && !unreadable.contains(&format!("seeds/{file}")) =>
                {
                    found.push(missing(path, text, file, texts.keys().copied()));
                }
                _ => {}
            }
            let source = Source {
                id: Arc::clone(&entry.identity.id),
                seed,
                record: Arc::clone(&entry.front),
                recorded: true,
                digest: entry.digest,
                sentences: Arc::default(),
            };
            (source, found)
        })
        .collect();
    let mut sources = Vec::with_capacity(joined.len());
    for (source, mut found) in joined {
        diagnostics.append(&mut found);
        sources.push(source);
    }
    let unrecorded_names: BTreeSet<&str> = texts.keys().copied().filter(|name| !recorded.contains(name)).collect();
    let meant = match unrecorded_names.is_empty() {
        true => BTreeSet::new(),
        false => recorded_elsewhere(tree, records, &unrecorded_names),
    };
    for (name, (path, text)) in texts.iter().filter(|(name, _)| unrecorded_names.contains(*name)) {
        let id = slug(name.trim_end_matches(".txt"));
        // Its record is there and could not be joined with it, which has been reported.
        if sources.iter().any(|source| *source.id == *id && source.seed.is_none()) || lost_records.contains(id.as_str())
        {
            continue;
        }
        let seed = seed(tree, &known, path, text, false, None);
        let source = unrecorded(name, seed, text, languages);
        if sources.iter().all(|other| other.id != source.id) && !meant.contains(name) {
            diagnostics.push(unrecorded_warning(name, path, &source));
        }
        sources.push(source);
    }
    sources.sort_by(|a, b| (&a.id, !a.recorded).cmp(&(&b.id, !b.recorded)));
    report_repeated(&mut sources, diagnostics);
    sources.iter_mut().for_each(|source| keep_sentences(source, &known));
    memo.seeds = remember(tree, &sources);
    let holes = unreadable
        .iter()
        .filter_map(|path| path.strip_prefix("seeds/"))
        .map(|name| (Kind::Source, slug(name.trim_end_matches(".txt")).into()));
    Seeds {
        sources,
        holes: holes.collect(),
    }
}

fn unrecorded_warning(name: &str, path: &Arc<str>, source: &Source) -> Diagnostic {
    let message = say!("this seed has no record, so readers do not learn whose text it is");
    let id = &source.id;
    Diagnostic::new(Code::UnrecordedSeed, path, 0..0, message).help(match &source.record.lang {
        Some(lang) => say!(
            "write content/sources/{id}.md with `file: {name}` and `lang: {lang}`",
            id,
            name,
            lang = lang.tag()
        ),
        None => say!(
            "write content/sources/{id}.md with `file: {name}` and the text's language, such as `lang: fr`",
            id,
            name
        ),
    })
}

fn missing<'a>(path: &Arc<str>, text: &str, file: &str, seeds: impl Iterator<Item = &'a str>) -> Diagnostic {
    let place = place_in_front_matter(text, &[Step::Key("file")]);
    let seeds: Vec<&str> = seeds.collect();
    let with_ending = seeds.iter().find(|seed| seed.strip_suffix(".txt") == Some(file));
    let near = with_ending
        .copied()
        .or_else(|| crate::text::nearest(file, seeds.iter().copied()));
    let (message, otherwise) = if file.ends_with(".txt") {
        (
            say!("there is no file `seeds/{file}`", file),
            say!("put the article's text there as it was received"),
        )
    } else {
        (
            say!("`{file}` is not the name of a seed", file),
            say!("put the article's text into a file of seeds/ whose name ends in `.txt`, and write that name here"),
        )
    };
    Diagnostic::new(Code::SourceMissing, path, place, message).meant(near, otherwise)
}

/// A seed, cut and folded anew where the memo has it otherwise.
fn seed(
    tree: &Tree,
    known: &Map<Arc<str>, KnownSeed>,
    path: &Arc<str>,
    text: &str,
    wrapped: bool,
    body: Option<&[Lines]>,
) -> Arc<Seed> {
    let digest = tree.get(path).map(|file| file.digest);
    let same = known
        .get(path)
        .filter(|known| Some(known.digest) == digest && known.wrapped == wrapped && known.body.as_deref() == body);
    same.map_or_else(
        || Arc::new(Seed::new(path, text, wrapped, body)),
        |known| Arc::clone(&known.seed),
    )
}

/// Gives a source its sentences as they were judged before, where its text and its language are the same.
fn keep_sentences(source: &mut Source, known: &Map<Arc<str>, KnownSeed>) {
    let before = source.seed.as_ref().and_then(|seed| {
        let known = known.get(&seed.path)?;
        (Arc::ptr_eq(&known.seed, seed) && known.lang == source.lang()).then(|| Arc::clone(&known.sentences))
    });
    source.sentences = before.unwrap_or_default();
}

/// What the next reading may use again.
fn remember(tree: &Tree, sources: &[Source]) -> Map<Arc<str>, KnownSeed> {
    let known = sources.iter().filter_map(|source| {
        let seed = source.seed.as_ref()?;
        let known = KnownSeed {
            digest: tree.get(&seed.path)?.digest,
            wrapped: source.record.wrapped.unwrap_or(false),
            body: source.record.body.clone(),
            lang: source.lang(),
            seed: Arc::clone(seed),
            sentences: Arc::clone(&source.sentences),
        };
        Some((Arc::clone(&seed.path), known))
    });
    known.collect()
}

fn unrecorded(name: &str, seed: Arc<Seed>, text: &str, languages: &[Lang]) -> Source {
    let first = seed
        .passages
        .first()
        .map(|passage| text[passage.span.clone()].trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}'));
    let title = first.map(|line| line.chars().take(LONGEST_TITLE).collect::<String>());
    let record = Record {
        file: Some(name.to_owned()),
        title,
        // A guess that is not sure is taken where it is a language of the site; else nobody knows.
        lang: detect(text)
            .filter(|(lang, sure)| *sure || languages.contains(lang))
            .map(|(lang, _)| lang),
        ..Record::default()
    };
    Source {
        id: slug(name.trim_end_matches(".txt")).into(),
        seed: Some(seed),
        record: Arc::new(record),
        recorded: false,
        digest: Digest::default(),
        sentences: Arc::default(),
    }
}

fn report_repeated(sources: &mut Vec<Source>, diagnostics: &mut Vec<Diagnostic>) {
    let mut last: Option<Source> = None;
    sources.retain(|source| {
        if let Some(first) = &last
            && first.id == source.id
        {
            let path: Arc<str> = source
                .seed
                .as_ref()
                .map_or_else(|| "seeds".into(), |seed| Arc::clone(&seed.path));
            diagnostics.push(
                Diagnostic::new(
                    Code::DuplicateId,
                    &path,
                    0..0,
                    say!("there is another source `{id}`", id = source.id),
                )
                .help(say!("rename this seed, or the record of the other")),
            );
            return false;
        }
        last = Some(source.clone());
        true
    });
}

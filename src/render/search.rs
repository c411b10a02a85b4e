//! The search index, made in memory by Pagefind: <https://pagefind.app>. Its files are found by a script of the search page.

use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;

use pagefind::api::PagefindIndex;

use crate::config;
use crate::diagnostic::{Code, Diagnostic};
use crate::lang::Lang;
use crate::phrase::{Phrase, say};
use crate::plan::SEARCH_FOLDER;
use crate::view::SearchRecord;

/// Pagefind's own interfaces, which our search page does not use.
const UNUSED: [&str; 4] = [
    "pagefind-component-ui.",
    "pagefind-highlight.",
    "pagefind-modular-ui.",
    "pagefind-ui.",
];

/// A file beside the index: a line that says what it was made from, then the path of each of its files.
const CONTENTS: &str = "pagefind/contents.txt";

/// What makes the index of the records. It must change when that gives other files.
const MADE_BY: &str = "pagefind 1.6.0";

/// The program for languages whose word stems Pagefind does not know.
const ANY_LANGUAGE: &str = "wasm.unknown.pagefind";

/// What can go wrong in Pagefind, as far as it says.
type Fault = Box<dyn Error + Send + Sync>;

/// The records of each language.
pub type Records<'a> = BTreeMap<&'a Lang, Vec<SearchRecord>>;

/// The files of the index by path. Addresses in it are those of the records, from the site's root. An index that a former site has of the same records
/// is taken over.
pub fn files(
    records: &Records<'_>,
    former: &dyn Fn(&str) -> Option<Vec<u8>>,
) -> Result<BTreeMap<String, Vec<u8>>, Diagnostic> {
    let origin = origin(records);
    if let Some(same) = taken_over(&origin, former) {
        return Ok(same);
    }
    let mut files = make(records).map_err(|error| {
        let message = say!(
            "the search index cannot be made: {error}",
            error = Phrase::others(error.to_string())
        );
        Diagnostic::new(Code::UnreadableFile, &config::FILE.into(), 0..0, message)
            .help(say!("try again, or build without it: `search: false`"))
    })?;
    let names: Vec<&str> = files.keys().map(String::as_str).collect();
    let contents = format!("{origin}\n{}\n", names.join("\n"));
    files.insert(CONTENTS.to_owned(), contents.into_bytes());
    Ok(files)
}

/// What an index is made from: a digest of the records, and of which program.
pub fn origin(records: &Records<'_>) -> String {
    let mut hasher = blake3::Hasher::new();
    let mut note = |text: &str| {
        hasher
            .update(&(text.len() as u64).to_le_bytes())
            .update(text.as_bytes());
    };
    note(MADE_BY);
    for (lang, records) in records {
        note(lang.tag());
        for record in records {
            let verdict = record.verdict.as_deref().unwrap_or_default();
            for text in [&*record.path, &record.title, record.kind, verdict, &record.text] {
                note(text);
            }
        }
    }
    hasher.finalize().to_hex().to_string()
}

/// The files of a former index, if it was made from the same and is whole.
fn taken_over(origin: &str, former: &dyn Fn(&str) -> Option<Vec<u8>>) -> Option<BTreeMap<String, Vec<u8>>> {
    let contents = former(CONTENTS)?;
    let names = std::str::from_utf8(&contents)
        .ok()?
        .strip_prefix(origin)?
        .lines()
        .skip(1);
    let files = names.map(|name| Some((name.to_owned(), former(name)?)));
    let mut files: BTreeMap<String, Vec<u8>> = files.collect::<Option<_>>()?;
    files.insert(CONTENTS.to_owned(), contents);
    Some(files)
}

fn make(records: &Records<'_>) -> Result<BTreeMap<String, Vec<u8>>, Fault> {
    // Pagefind hands its work to threads of a tokio runtime, and waits for each piece.
    let runtime = tokio::runtime::Builder::new_current_thread().build()?;
    let files = runtime.block_on(async {
        let mut index = PagefindIndex::new(None)?;
        for (lang, records) in records {
            for record in records {
                add(&mut index, lang, record).await?;
            }
        }
        Ok::<_, Fault>(index.get_files().await?)
    })?;
    let files: BTreeMap<String, Vec<u8>> = files
        .into_iter()
        .filter_map(|file| Some((file.filename.to_str()?.replace('\\', "/"), file.contents)))
        .filter(|(name, _)| !UNUSED.iter().any(|unused| name.starts_with(unused)))
        .collect();
    let has_stems = |lang: &&Lang| files.contains_key(&format!("wasm.{}.pagefind", tag(lang)));
    let all_have_stems = records.keys().all(has_stems);
    Ok(files
        .into_iter()
        .filter(|(name, _)| !all_have_stems || name != ANY_LANGUAGE)
        .map(|(name, bytes)| (format!("{SEARCH_FOLDER}{name}"), bytes))
        .collect())
}

async fn add(index: &mut PagefindIndex, lang: &Lang, record: &SearchRecord) -> Result<(), Fault> {
    let mut meta = BTreeMap::from([("title".to_owned(), record.title.clone())]);
    let respelt = respelt(&record.title).chain(respelt(&record.text));
    let respelt: BTreeSet<String> = respelt.collect();
    if !respelt.is_empty() {
        meta.insert("respelt".to_owned(), respelt.into_iter().collect::<Vec<_>>().join(" "));
    }
    let mut filters = BTreeMap::from([("kind".to_owned(), vec![record.kind.to_owned()])]);
    if let Some(verdict) = &record.verdict {
        filters.insert("verdict".to_owned(), vec![verdict.clone()]);
    }
    let (path, text) = (record.path.clone(), record.text.clone());
    index
        .add_custom_record(path, text, tag(lang), Some(meta), Some(filters), None)
        .await?;
    Ok(())
}

/// A language as Pagefind's script looks for it.
fn tag(lang: &Lang) -> String {
    lang.tag().to_lowercase()
}

/// The words with `œ` or `æ` as people write them who have no key for these. Pagefind itself only takes accents off.
fn respelt(text: &str) -> impl Iterator<Item = String> {
    let words = text.split(|c: char| !c.is_alphanumeric());
    words
        .filter(|word| word.contains(['œ', 'Œ', 'æ', 'Æ']))
        .map(|word| word.to_lowercase().replace('œ', "oe").replace('æ', "ae"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(path: &str, title: &str, text: &str) -> SearchRecord {
        SearchRecord {
            path: path.to_owned(),
            title: title.to_owned(),
            kind: "page",
            verdict: None,
            text: text.to_owned(),
        }
    }

    fn names(languages: &[Lang]) -> Vec<String> {
        let records = |lang: &Lang| vec![record(&format!("{}/about/", lang.tag()), "About", "some words")];
        let records = |lang| (lang, records(lang));
        let files = files(&languages.iter().map(records).collect(), &|_| None).expect("an index");
        files.into_keys().collect()
    }

    #[test]
    fn each_language_has_its_program_and_no_other_is_kept() {
        let (fr, en) = (Lang::new("fr"), Lang::new("en"));
        let both = names(&[en, fr]);
        for name in [
            "pagefind.js",
            "pagefind-worker.js",
            "pagefind-entry.json",
            "wasm.fr.pagefind",
            "wasm.en.pagefind",
        ] {
            assert!(both.contains(&format!("pagefind/{name}")), "{name} in {both:?}");
        }
        assert!(
            !both.iter().any(|name| name.contains("unknown") || name.contains("ui.")),
            "{both:?}"
        );
        let regional = names(&[Lang::new("pt-BR"), Lang::new("br")]);
        assert!(
            regional.contains(&"pagefind/wasm.pt-br.pagefind".to_owned()),
            "{regional:?}"
        );
        assert!(
            regional.contains(&"pagefind/wasm.unknown.pagefind".to_owned()),
            "{regional:?}"
        );
    }

    #[test]
    fn nothing_to_find_is_no_fault() {
        let fr = Lang::new("fr");
        let files = files(&BTreeMap::from([(&fr, Vec::new())]), &|_| None).expect("an index");
        let entry = String::from_utf8(files["pagefind/pagefind-entry.json"].clone()).expect("JSON");
        let entry: serde_json::Value = serde_json::from_str(&entry).expect("JSON");
        assert_eq!(
            format!("pagefind {}", entry["version"].as_str().expect("a version")),
            MADE_BY
        );
    }

    #[test]
    fn the_same_records_give_the_same_bytes() {
        let fr = Lang::new("fr");
        let records: Vec<SearchRecord> = (0..60)
            .map(|at| {
                record(
                    &format!("p/{at}/"),
                    &format!("Été {at}"),
                    &format!("l’œuvre numéro {at}, {} mots", at % 7),
                )
            })
            .collect();
        let made = |former: &dyn Fn(&str) -> Option<Vec<u8>>| {
            files(&BTreeMap::from([(&fr, records.clone())]), former).expect("an index")
        };
        let first = made(&|_| None);
        assert_eq!(made(&|_| None), first);
        // The same records: what is there is taken over as it is.
        let mut marked = first.clone();
        marked.insert("pagefind/pagefind.js".to_owned(), b"taken over".to_vec());
        assert_eq!(made(&|path| marked.get(path).cloned()), marked);
        // A file is missing, or other records were there: made anew.
        let without = |path: &str| first.get(path).filter(|_| path != "pagefind/pagefind.js").cloned();
        assert_eq!(made(&without), first);
        let other = files(&BTreeMap::from([(&fr, records[1..].to_vec())]), &|_| None).expect("an index");
        assert_eq!(made(&|path| other.get(path).cloned()), first);
    }

    #[test]
    fn words_with_joined_letters_are_found_as_people_type_them() {
        let words: Vec<String> = respelt("L’œuvre, un cœur; Æsop’s œuvre. oeil").collect();
        assert_eq!(words, ["oeuvre", "coeur", "aesop", "oeuvre"]);
    }
}

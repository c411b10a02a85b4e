//! What fuzzers try: one function for each thing that parses, from any bytes. None may panic, and each holds what it made against a rule that is
//! simpler than the code.
//!
//! cargo-fuzz calls them from `fuzz_targets/`; `tests/fuzz.rs` calls them with the inputs in `seeds/` and with pieces of these.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock};

use kezako::build::{Memory, build};
use kezako::date::Date;
use kezako::desk::{self, Desk};
use kezako::diagnostic::Report;
use kezako::document::{Identity, Kind};
use kezako::edition::{Memo, proofread};
use kezako::fold::{Folded, fold};
use kezako::foreign::{Format, extract};
use kezako::frame::{self, Texts};
use kezako::intake;
use kezako::lang::{Lang, space};
use kezako::markdown::{self, Anchors, Setting};
use kezako::quote;
use kezako::render::{html, style as styles};
use kezako::site::{Options, gather};
use kezako::source::Seed;
use kezako::tidy::tidy;
use kezako::tongue::Tongue;
use kezako::tree::{File, Tree};
use kezako::verify::{Cited, Faults, Outcome, report, verify};
use kezako::words::Words;

/// What parts two texts of one input.
const BETWEEN: &str = "\n=====\n";

const SETTINGS: &str = "title: \"Vérifié\"\nbase_url: \"https://example.org/site/\"\nlang: fr\nlanguages: [fr, en]\n";
const SEED: &str = "OpenAI a annoncé lundi un modèle « gratuit ».\nElle n’a jamais dit « toujours » - sauf à Paris…\n\nL’open source, c’est-à-dire l’ouverture.\n";
const RECORD: &str =
    "---\nfile: rfi.txt\ntitle: \"Grok\"\nlang: fr\nurl: \"https://example.com/a\"\nbody: 1-2\n---\n\nUne note.\n";
const TERM: &str = "---\nterm: \"open source\"\naliases: [\"modèle gratuit\"]\n---\n\nUn mot : « gratuit » [@rfi:1].\n";
const CLAIM: &str = "---\nclaim: \"Un modèle gratuit\"\nsummary: \"Oui.\"\nverdict: true\nchecked: 2024-05-01\nevidence:\n  - {title: \"Un document\", url: \"https://example.com/b\", role: supports}\n---\n\n> OpenAI a annoncé lundi\n>\n> — [@rfi] states\n";

/// Dates (contract, section 1): what is written anew means the same, and no interval ends before it begins.
pub fn date(data: &[u8]) {
    static WORDS: LazyLock<[Words; 2]> =
        LazyLock::new(|| ["fr", "en"].map(|tag| Words::read(&Lang::new(tag), &Tree::default()).value));
    let Some(date) = text(data).and_then(|text| Date::parse(text).ok()) else {
        return;
    };
    assert_eq!(Date::parse(&date.edtf()), Ok(date));
    let (first, after) = date.days();
    assert!(first < after, "{} has no day", date.edtf());
    for words in WORDS.iter() {
        assert_eq!(words.date(&date).trim(), words.date(&date));
        words.moment(&date);
    }
}

/// Folding (contract, section 3): the map back leads to characters in order, and what was folded once stays so. French spacing changes no word.
pub fn fold_text(data: &[u8]) {
    let Some(text) = text(data) else { return };
    let folded = Folded::new(text, 0);
    assert_eq!(fold(text), folded.text);
    assert_eq!(fold(&folded.text), folded.text, "folded twice");
    let mut before = 0;
    for (at, c) in folded.text.char_indices() {
        let raw = folded
            .raw_span(at..at + c.len_utf8())
            .expect("every character has a place");
        assert!(before <= raw.start && raw.start < raw.end, "the map back goes on");
        assert!(
            text.get(raw.clone()).is_some(),
            "the map back leads to whole characters"
        );
        before = raw.start;
    }
    let spaced = space(&Lang::new("fr"), text).into_owned();
    assert_eq!(space(&Lang::new("fr"), &spaced), spaced, "spaced twice");
}

/// A source and a body: what verifies is proven, what does not is told, and both lie where they are said to lie.
pub fn quotation(data: &[u8]) {
    let Some((source, body)) = text(data).and_then(|text| text.split_once(BETWEEN)) else {
        return;
    };
    let (path, id): (Arc<str>, _) = ("content/claims/a.md".into(), "rfi");
    let seed = Seed::new(&"seeds/rfi.txt".into(), source, source.len() % 2 == 1, None);
    let lang = Lang::new("fr");
    let setting = Setting {
        path: &path,
        lang: &lang,
        prefix: "",
        reserved: Anchors::default(),
    };
    for quotation in &markdown::read(setting, body, 0).value.quotations {
        let outcome = verify(quotation, &seed, None);
        if let Outcome::Found(verified) = &outcome {
            proves(verified, &seed);
        }
        let cited = Cited {
            id,
            seed: &seed,
            passage: None,
        };
        let faults = Faults {
            quotation,
            path: &path,
            cited,
        };
        let said = report(faults, &outcome, &|_| None);
        assert_eq!(said.is_some(), !matches!(outcome, Outcome::Found(_)));
        let mut tree = Tree::default();
        tree.insert_text(&path, body);
        tree.insert_text("seeds/rfi.txt", source);
        can_be_told(&Report::new(said.into_iter().collect()), &tree);
    }
}

/// Words that somebody looks for, and the text that they are looked for in.
pub fn search(data: &[u8]) {
    let Some((source, words)) = text(data).and_then(|text| text.split_once(BETWEEN)) else {
        return;
    };
    let mut tree = tree();
    tree.insert_text("seeds/rfi.txt", source);
    let sources = gather(&tree, &Options::default(), &mut Default::default())
        .value
        .sources;
    if let quote::Found::Exact(hits) = quote::find(words, &sources, None) {
        for hit in hits {
            let seed = sources[hit.source].seed.as_deref().expect("it was searched");
            proves(&hit.verified, seed);
            let written = quote::write(
                &hit.verified,
                &sources[hit.source],
                &Lang::new("fr"),
                hit.verified.role(),
            );
            let Some(written) = written else { continue };
            let page = format!("---\ntitle: \"Une page\"\n---\n\n{}\n", written.block);
            let mut tree = tree.clone();
            tree.insert_text("content/pages/une-page.md", &page);
            let told = proofread(&tree, &Options::default(), &mut Memo::default()).report;
            let faults: Vec<_> = told
                .diagnostics()
                .iter()
                .filter(|told| &*told.path == "content/pages/une-page.md")
                .map(|told| told.code.name())
                .filter(|code| *code != "missing-translation" && *code != "elision-drops-limiter")
                .collect();
            assert_eq!(faults, [""; 0], "what is to be pasted verifies:\n{}", written.block);
        }
    }
}

/// A content file of any kind in a small site: every report can be told in every form, and what an editor's program asks at any place is answered.
pub fn document(data: &[u8]) {
    thread_local! {
        static DESK: RefCell<Desk> = RefCell::new(Desk::new(Options::default()));
    }
    let Some((kind, rest)) = data.split_first() else { return };
    let (folder, kind) = Kind::FOLDERS[usize::from(*kind) % Kind::FOLDERS.len()];
    let path = format!("content/{folder}/x.md");
    let mut tree = tree();
    tree.insert(path.as_str(), File::new(rest));
    let sheet = DESK.with_borrow_mut(|desk| desk.read(&tree));
    can_be_told(sheet.report(), &tree);
    let Some(text) = text(rest) else { return };
    // A few places of it, the same for the same text.
    let places = text.char_indices().map(|(at, _)| at).step_by(text.len() / 16 + 1);
    for at in places.chain([text.len()]) {
        desk::hover(&sheet, &path, at);
        desk::definition(&sheet, &path, at);
        desk::completions(&sheet, &path, at);
        desk::fixes(&sheet, &path, &(at..at));
    }
    is_tidied_once(&path, kind, text);
}

/// Settings, and the words of an interface.
pub fn settings(data: &[u8]) {
    let mut tree = tree();
    tree.insert("kezako.yaml", File::new(data));
    let told = proofread(&tree, &Options::default(), &mut Memo::default()).report;
    can_be_told(&told, &tree);
    let mut tree = self::tree();
    tree.insert("templates/i18n/en.yaml", File::new(data));
    can_be_told(&Report::new(Words::read(&Lang::new("en"), &tree).diagnostics), &tree);
}

/// Several files, which together make a site or do not: `=====`, the path, and the text. The same files give the same site.
pub fn site(data: &[u8]) {
    let Some(text) = text(data) else { return };
    let mut tree = tree();
    for file in text.split(BETWEEN) {
        let (path, text) = file.split_once('\n').unwrap_or((file, ""));
        if path.starts_with("content/") || path.starts_with("seeds/") {
            tree.insert_text(path, text);
        }
    }
    let built = || -> (Report, BTreeMap<String, Vec<u8>>) {
        let memory = Memory::default();
        let report = build(&tree, &Options::default(), &memory, &|_| {}).report;
        (report, memory.into_files())
    };
    let (report, files) = built();
    can_be_told(&report, &tree);
    assert_eq!(files.is_empty(), report.has_errors());
    assert!(built() == (report, files), "two builds of the same files differ");
}

/// A page or a PDF that somebody wants to take in, or a text.
pub fn article(data: &[u8]) {
    for format in [Format::Html, Format::Pdf] {
        if let Ok(extract) = extract(format, data) {
            let given = given(data, "a.html");
            intake::of_extract(&given, extract);
        }
    }
    if let Ok(draft) = intake::of_text(&given(data, "a.txt")) {
        assert!(draft.made || draft.seed.as_bytes() == data);
    }
}

/// A style sheet of a site.
pub fn style(data: &[u8]) {
    let mut tree = tree();
    tree.insert("templates/styles/custom.css", File::new(data));
    can_be_told(&Report::new(styles::style(&tree).diagnostics), &tree);
}

/// A template of a site. It is read, not used: a template may loop for as long as it likes.
pub fn template(data: &[u8]) {
    let mut tree = tree();
    tree.insert("templates/page.html", File::new(data));
    can_be_told(&Report::new(html::read(&tree).diagnostics), &tree);
}

fn text(data: &[u8]) -> Option<&str> {
    std::str::from_utf8(data).ok()
}

/// A small site without fault.
fn tree() -> Tree {
    let mut tree = Tree::default();
    for (path, text) in [
        ("kezako.yaml", SETTINGS),
        ("seeds/rfi.txt", SEED),
        ("content/index.md", "---\ntitle: \"Accueil\"\n---\n"),
        ("content/sources/rfi.md", RECORD),
        ("content/glossary/open-source.md", TERM),
        ("content/claims/gratuit.md", CLAIM),
    ] {
        tree.insert_text(path, text);
    }
    tree
}

fn given<'a>(bytes: &'a [u8], name: &'a str) -> intake::Given<'a> {
    static LANGS: LazyLock<[Lang; 2]> = LazyLock::new(|| ["fr", "en"].map(Lang::new));
    intake::Given {
        name,
        bytes,
        seed: "a.txt",
        original: name,
        langs: &*LANGS,
    }
}

/// The proof of a quotation (contract, section 3), and that its parts stand in order, each within its passage.
fn proves(verified: &kezako::verify::Verified, seed: &Seed) {
    let mut last = None;
    for paragraph in verified.paragraphs() {
        assert!(
            last < Some(paragraph.passage),
            "each paragraph has a passage of its own"
        );
        last = Some(paragraph.passage);
        let passage = &seed.passages[paragraph.passage].span;
        let mut from = passage.start;
        for part in &paragraph.parts {
            assert!(from <= part.span.start && part.span.end <= passage.end);
            from = part.span.end;
            let words = &seed.text[part.span.clone()];
            let (start, end) = (seed.code_point(part.span.start), seed.code_point(part.span.end));
            let exact: String = seed.text.chars().skip(start).take(end - start).collect();
            assert_eq!(exact, words, "offsets count code points");
        }
    }
}

/// Every form of a report, in both tongues; and its places lie within its file.
fn can_be_told(report: &Report, tree: &Tree) {
    for tongue in [Tongue::English, Tongue::French] {
        let texts = Texts::new(tree, tongue);
        for told in report.diagnostics() {
            frame::full(told, &texts, false, 120);
            frame::short(told, &texts);
            frame::github(told, &texts);
            let json = frame::json(told, &texts);
            assert!(!json.contains('\n') && json.starts_with('{'), "{json}");
            let range = frame::range(told, &texts);
            assert!(range.start <= range.end, "{}: {range:?}", told.code.name());
            let places = told.labels.iter().map(|label| (&label.path, &label.span));
            for (path, span) in places.chain([(&told.path, &told.span)]) {
                let Some(text) = tree.text(path) else { continue };
                let inside = text.get(span.start..span.end).is_some();
                assert!(inside, "{}: {span:?} is no place of {path}", told.code.name());
            }
        }
    }
}

/// What `kezako fmt` makes of a file stays as it is the second time, and has the same words.
fn is_tidied_once(path: &str, kind: Kind, text: &str) {
    let identity = Identity {
        path: path.into(),
        kind,
        id: "x".into(),
        lang: Lang::new("fr"),
        is_translation: false,
    };
    if let Ok(tidied) = tidy(&identity, text) {
        assert_eq!(
            tidy(&identity, &tidied).as_deref(),
            Ok(tidied.as_str()),
            "put right twice"
        );
    }
}

//! Live updates against clean builds: after any series of edits, deletions, breaks and mends, what is kept up to date equals what a build from nothing
//! makes, byte for byte, and names exactly the files that changed (house.md).

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use kezako::build::{Memory, build};
use kezako::live::{Live, Update, Watched};
use kezako::shell::load;
use kezako::site::Options;
use kezako::tree::{File, Tree};

type Files = BTreeMap<String, Vec<u8>>;

/// Quotations outside claims, in every kind of document, for the site `full`.
const QUOTING: [(&str, &str); 6] = [
    (
        "content/pages/recit.md",
        "---\ntitle: \"Le récit\"\n---\n\nIl parle de « Ses fondateurs » [@mistral:6].\n\n> Le modèle est gratuit\n>\n> — [@mistral:6] context\n",
    ),
    (
        "content/pages/recit.en.md",
        "---\ntitle: \"The story\"\n---\n\nOne reads “wants this success” [@musk:2].\n",
    ),
    (
        "content/glossary/modele.md",
        "---\nterm: \"modèle\"\n---\n\nUn programme : « Le modèle est gratuit » [@mistral:6].\n",
    ),
    (
        "content/timeline/fondation.md",
        "---\ndate: 2023-05\ntitle: \"La fondation\"\n---\n\nSes fondateurs « viennent de Meta » [@mistral:6].\n",
    ),
    (
        "content/index.md",
        "---\ntitle: \"Vérifié\"\n---\n\nBienvenue : « The company says » [@musk:2].\n",
    ),
    (
        "content/sources/musk.md",
        "---\nfile: musk.txt\ntitle: \"Musk wants it\"\nlang: en\npublished: 2024-03~\nkind: opinion\n---\n\nIl cite « Musk wants it » [@musk:1].\n",
    ),
];

/// Numbers that look random and are the same every time (Marsaglia, "Xorshift RNGs", 2003).
struct Dice(u64);

impl Dice {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % end as u64) as usize
    }
}

/// A site that is edited.
struct Edited {
    original: BTreeMap<String, Vec<u8>>,
    now: BTreeMap<String, Vec<u8>>,
}

impl Edited {
    fn open(site: &str) -> Self {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("tests/sites")
            .join(site)
            .join("site");
        let tree = load(&root).expect("the site can be read");
        let mut original: Files = tree
            .iter()
            .map(|(path, file)| (path.to_string(), file.bytes.to_vec()))
            .collect();
        // Files that change how everything looks.
        original.insert(
            "templates/i18n/fr.yaml".to_owned(),
            include_bytes!("../templates/i18n/fr.yaml").to_vec(),
        );
        original.insert(
            "templates/term.html".to_owned(),
            include_bytes!("../templates/term.html").to_vec(),
        );
        if site == "full" {
            original.extend(QUOTING.map(|(path, text)| (path.to_owned(), text.into())));
        }
        original.insert(
            "templates/styles/claim.css".to_owned(),
            include_bytes!("../templates/styles/claim.css").to_vec(),
        );
        Self {
            now: original.clone(),
            original,
        }
    }

    /// The same without search and cards, which take longer to make than all the rest.
    fn open_plain(site: &str) -> Self {
        let mut edited = Self::open(site);
        for files in [&mut edited.original, &mut edited.now] {
            if let Some(settings) = files.get_mut("kezako.yaml") {
                settings.extend_from_slice(b"\nsearch: false\nsocial: false\n");
            }
        }
        edited
    }

    fn tree(&self) -> Tree {
        let mut tree = Tree::default();
        for (path, bytes) in &self.now {
            tree.insert(path.as_str(), File::new(bytes.as_slice()));
        }
        tree
    }

    fn pick(&self, dice: &mut Dice) -> String {
        let at = dice.below(self.now.len());
        self.now.keys().nth(at).cloned().unwrap_or_default()
    }

    /// One edit, and what it was.
    fn edit(&mut self, dice: &mut Dice) -> String {
        let path = self.pick(dice);
        let text = String::from_utf8_lossy(&self.now[&path]).into_owned();
        let mut lines: Vec<&str> = text.split('\n').collect();
        let at = dice.below(lines.len());
        let other = self.pick(dice);
        let other_text = String::from_utf8_lossy(&self.now[&other]).into_owned();
        let other_lines: Vec<&str> = other_text.split('\n').collect();
        let borrowed = other_lines[dice.below(other_lines.len())];
        let (what, bytes) = match dice.below(9) {
            0 => ("a line taken out", {
                lines.remove(at);
                Some(lines.join("\n"))
            }),
            1 => ("a line of another file put in", {
                lines.insert(at, borrowed);
                Some(lines.join("\n"))
            }),
            2 => (
                "a line of another file at the end",
                Some(format!("{text}\n{borrowed}\n")),
            ),
            3 => ("a figure changed", Some(text.replacen(['1', '2', '3'], "4", 1))),
            4 => ("deleted", None),
            5 => ("the text of another file", Some(other_text)),
            6 => ("words that are no front matter", Some("---\n: : :\n".to_owned())),
            7 => ("a copy under another name", {
                if let Some(name) = path.strip_suffix(".md").filter(|_| path.starts_with("content/")) {
                    let copy = format!("{}-copy.md", name.replace('.', "-"));
                    self.now.insert(copy, text.clone().into_bytes());
                }
                Some(text)
            }),
            _ => ("a word more", Some(format!("{text}\nEncore un mot.\n"))),
        };
        match bytes {
            Some(bytes) => self.now.insert(path.clone(), bytes.into_bytes()),
            None => self.now.remove(&path),
        };
        format!("{path}: {what}")
    }

    /// Puts one file back as it was, or takes one out that was not there.
    fn mend(&mut self, dice: &mut Dice) -> String {
        let paths: BTreeSet<&String> = self.original.keys().chain(self.now.keys()).collect();
        let differing: Vec<String> = paths
            .into_iter()
            .filter(|path| self.original.get(*path) != self.now.get(*path))
            .cloned()
            .collect();
        if differing.is_empty() {
            return "nothing to mend".to_owned();
        }
        let path = differing[dice.below(differing.len())].clone();
        match self.original.get(&path) {
            Some(bytes) => self.now.insert(path.clone(), bytes.clone()),
            None => self.now.remove(&path),
        };
        format!("{path}: mended")
    }
}

/// What a build from nothing makes, where it has no error, and its report.
fn clean(tree: &Tree, options: &Options) -> (Option<Files>, String) {
    let memory = Memory::default();
    let built = build(tree, options, &memory, &|_| {});
    let files = (!built.report.has_errors()).then(|| memory.into_files());
    (files, format!("{:?}", built.report))
}

/// Holds an update against a build from nothing; `last` are the files of the last site without errors.
fn compare(live: &mut Live, update: &Update, tree: &Tree, options: &Options, last: &mut Files, history: &[String]) {
    let (files, report) = clean(tree, options);
    assert_eq!(
        format!("{:?}", update.report),
        report,
        "the reports differ after {history:#?}"
    );
    assert_eq!(update.site.is_some(), files.is_some(), "after {history:#?}");
    let (Some(files), Some(site)) = (files, &update.site) else {
        assert!(update.changed.is_empty() && update.gone.is_empty());
        return;
    };
    let paths: Vec<&str> = site.paths().collect();
    let expected: Vec<&str> = files.keys().map(String::as_str).collect();
    assert_eq!(paths, expected, "after {history:#?}");
    for (path, bytes) in &files {
        let made = site.file(path);
        assert!(made.as_ref() == Some(bytes), "{path} differs after {history:#?}");
    }
    let changed: Vec<&String> = files
        .iter()
        .filter(|(path, bytes)| last.get(*path) != Some(*bytes))
        .map(|(path, _)| path)
        .collect();
    let index = live.index(site).expect("an index");
    let (of_index, gone_of_index): (Vec<&String>, Vec<&String>) = index.iter().partition(|path| site.has(path));
    let sorted = |paths: &'_ [String], of_index: Vec<&'_ String>| -> Vec<String> {
        let mut all: Vec<String> = paths.iter().chain(of_index).cloned().collect();
        all.sort_unstable();
        all
    };
    assert_eq!(
        sorted(&update.changed, of_index).iter().collect::<Vec<_>>(),
        changed,
        "the changed files after {history:#?}"
    );
    let gone: Vec<&String> = last.keys().filter(|path| !files.contains_key(*path)).collect();
    assert_eq!(
        sorted(&update.gone, gone_of_index).iter().collect::<Vec<_>>(),
        gone,
        "the files that are gone after {history:#?}"
    );
    *last = files;
}

fn series(site: &str, mut edited: Edited, seed: u64, steps: usize) {
    let mut dice = Dice(seed);
    let options = Options::default();
    let mut live = Live::new(options.clone(), Watched::All);
    let mut last = Files::new();
    let mut history = vec![format!("opened {site}, seed {seed}")];
    let mut good = 0;
    for step in 0..=steps {
        if step > 0 {
            // Most edits break something; two of three are mended before the next, so that good sites follow each other too.
            let what = if dice.below(5) < 2 {
                edited.edit(&mut dice)
            } else {
                edited.mend(&mut dice)
            };
            history.push(what);
        }
        let tree = edited.tree();
        let update = live.update(&tree);
        good += usize::from(update.site.is_some());
        compare(&mut live, &update, &tree, &options, &mut last, &history);
    }
    assert!(
        good > steps / 10,
        "only {good} of {steps} steps had a site without errors: the test says little"
    );
}

#[test]
fn any_series_of_edits() {
    for seed in [1, 0x9e37_79b9_7f4a_7c15, 0xdead_beef_cafe] {
        series("full", Edited::open_plain("full"), seed, 40);
    }
}

#[test]
fn any_series_of_edits_of_a_small_site() {
    for seed in [7, 11, 13] {
        series("minimal", Edited::open_plain("minimal"), seed, 60);
    }
}

#[test]
fn any_series_of_edits_of_a_site_with_translated_articles() {
    series("translation", Edited::open_plain("translation"), 19, 40);
}

#[test]
fn any_series_of_edits_of_a_site_with_search_and_cards() {
    for seed in [3, 17] {
        series("minimal", Edited::open("minimal"), seed, 20);
    }
    series("full", Edited::open("full"), 5, 8);
}

/// A change of one claim changes its page, and the pages that show it, and no other.
#[test]
fn a_change_reaches_only_the_pages_that_show_it() {
    let mut edited = Edited::open("full");
    let mut live = Live::new(Options::default(), Watched::Shown);
    let first = live.update(&edited.tree());
    assert!(first.site.is_some(), "{:?}", first.report);
    let (path, id) = edited
        .now
        .iter()
        .find_map(|(path, bytes)| {
            let id = path.strip_prefix("content/claims/")?.strip_suffix(".md")?;
            let is_draft = String::from_utf8_lossy(bytes).contains("draft:");
            (!id.contains('.') && !is_draft).then(|| (path.clone(), id.to_owned()))
        })
        .expect("the site has a claim");
    if let Some(bytes) = edited.now.get_mut(&path) {
        bytes.extend_from_slice("\n\nEncore un mot, qui ne change que cette page.\n".as_bytes());
    }
    let update = live.update(&edited.tree());
    assert_eq!(update.changed, [format!("claims/{id}/index.html")]);
    assert!(update.gone.is_empty());
    let again = live.update(&edited.tree());
    assert!(again.changed.is_empty(), "{:?}", again.changed);
}

/// What a page quotes is marked on the page of its source, and only there.
#[test]
fn a_change_of_quoted_words_reaches_their_source() {
    let mut edited = Edited::open_plain("full");
    let options = Options::default();
    let mut live = Live::new(options.clone(), Watched::All);
    let mut last = Files::new();
    let path = "content/pages/recit.md";
    let text = String::from_utf8_lossy(&edited.now[path]).into_owned();
    let mut step = |text: &str, what: &str| -> Vec<String> {
        edited.now.insert(path.to_owned(), text.into());
        let tree = edited.tree();
        let update = live.update(&tree);
        compare(&mut live, &update, &tree, &options, &mut last, &[what.to_owned()]);
        update.changed
    };
    step(&text, "opened");
    let source = "sources/mistral/index.html".to_owned();
    let other_words = text.replace("Ses fondateurs", "pour les entreprises");
    assert!(step(&other_words, "other words quoted").contains(&source));
    assert!(step(&text, "the first words again").contains(&source));
    let with_more = format!("{text}\nEncore un mot.\n");
    assert_eq!(step(&with_more, "a word more"), ["recit/index.html"]);
    let quotes_nothing = text.replace("« Ses fondateurs » [@mistral:6]", "ses fondateurs");
    assert!(step(&quotes_nothing, "it quotes less").contains(&source));
    assert!(step(&text, "and as before").contains(&source));
}

/// What was planned is kept only as long as there is no fault in it, and a fault has its place in the text as it is.
#[test]
fn two_that_want_one_address_are_told_at_each_update_until_one_gives_way() {
    let mut edited = Edited::open_plain("full");
    let options = Options::default();
    let mut live = Live::new(options.clone(), Watched::All);
    let mut last = Files::new();
    let mut step = |edited: &Edited, what: &str| -> bool {
        let tree = edited.tree();
        let update = live.update(&tree);
        compare(&mut live, &update, &tree, &options, &mut last, &[what.to_owned()]);
        update.site.is_some()
    };
    assert!(step(&edited, "opened"));
    let is_claim = |path: &str| {
        let name = path.strip_prefix("content/claims/");
        name.is_some_and(|name| name.matches('.').count() == 1)
    };
    let (path, before) = edited
        .now
        .iter()
        .find(|(path, bytes)| {
            let text = String::from_utf8_lossy(bytes);
            is_claim(path) && !text.contains("draft:") && !text.contains("aliases:")
        })
        .map(|(path, bytes)| (path.clone(), bytes.clone()))
        .expect("a claim");
    let with = |text: &[u8], lines: &str| {
        let text = String::from_utf8_lossy(text).into_owned();
        text.replacen("---\n", &format!("---\n{lines}"), 1).into_bytes()
    };
    let moved = with(&before, "aliases: [/glossary/]\n");
    let lower = with(&moved, "# why it moved\n");
    for (what, bytes, good) in [
        ("it wants the address of a list", &moved, false),
        ("the same, a line lower", &lower, false),
        ("it has given way", &before, true),
        ("another address", &with(&before, "aliases: [/former/]\n"), true),
        ("none again", &before, true),
    ] {
        edited.now.insert(path.clone(), bytes.clone());
        assert_eq!(step(&edited, what), good, "{what}");
    }
}

//! How long each room takes: fold, verify, link, render, and a whole build. `cargo bench`, or `cargo bench -- verify` for one room.

mod synthetic;

use std::collections::BTreeMap;
use std::sync::Arc;

use divan::Bencher;
use divan::counter::{BytesCount, ItemsCount};

use kezako::build::{Nowhere, build};
use kezako::fold::Folded;
use kezako::lang::Lang;
use kezako::link::{self, Index, link};
use kezako::live::{Live, Watched};
use kezako::markdown::{self, Quotation, Setting};
use kezako::plan::{Content, plan};
use kezako::reader::{Reader, Whole};
use kezako::render::html::{self, Globals};
use kezako::site::{self, Options, gather};
use kezako::source::Seed;
use kezako::tree::Tree;
use kezako::verify::{Cited, Faults, Outcome, report, verify};
use kezako::view::Viewer;
use kezako::words::Words;

fn main() {
    divan::main();
}

/// The size of source for which the search for the nearest text may take 50 ms, in bytes.
const SOURCE: usize = 100_000;

/// How many claims the synthetic site has.
const CLAIMS: usize = 1000;

mod fold {
    use super::*;

    #[divan::bench]
    fn french(bencher: Bencher) {
        fold(bencher, synthetic::source(SOURCE, 4));
    }

    #[divan::bench]
    fn ascii(bencher: Bencher) {
        fold(
            bencher,
            synthetic::source(SOURCE, 4).replace(|c: char| !c.is_ascii(), "e"),
        );
    }

    /// Letters and accents apart, as some systems write them, so that every one has to be composed.
    #[divan::bench]
    fn decomposed(bencher: Bencher) {
        fold(bencher, synthetic::source(SOURCE, 4).replace('é', "e\u{301}"));
    }

    fn fold(bencher: Bencher, text: String) {
        bencher
            .counter(BytesCount::of_str(&text))
            .bench_local(|| Folded::new(&text, 0));
    }
}

mod verification {
    use super::*;

    /// A source cut into passages and folded.
    #[divan::bench]
    fn seed(bencher: Bencher) {
        let text = synthetic::source(SOURCE, 4);
        let path = Arc::from("seeds/a.txt");
        bencher
            .counter(BytesCount::of_str(&text))
            .bench_local(|| Seed::new(&path, &text, false, None));
    }

    /// True quotations of one passage each, from all over the source.
    #[divan::bench]
    fn exact(bencher: Bencher) {
        let seed = seed_of(4);
        let body: String = seed
            .text
            .lines()
            .step_by(10)
            .map(|line| format!("> {line}\n>\n> — [@a]\n\n"))
            .collect();
        let quotations = quotations(&body);
        bencher.counter(ItemsCount::new(quotations.len())).bench_local(|| {
            for quotation in &quotations {
                assert!(matches!(verify(quotation, &seed, None), Outcome::Found(_)));
            }
        });
    }

    fn seed_of(to_a_passage: usize) -> Seed {
        Seed::new(
            &"seeds/a.txt".into(),
            &synthetic::source(SOURCE, to_a_passage),
            false,
            None,
        )
    }

    /// The longest word in the middle of some words is another one, so that only the nearest text can be shown.
    fn with_a_wrong_word(words: &str) -> String {
        let mut words: Vec<&str> = words.split_whitespace().collect();
        let middle = words.len() / 2;
        if let Some(word) = words.get_mut(middle) {
            *word = "patatras";
        }
        words.join(" ")
    }

    /// The last of the source's words, so many of them.
    fn last_words(seed: &Seed, count: usize) -> String {
        let words: Vec<&str> = seed.text.split_whitespace().collect();
        words[words.len().saturating_sub(count)..].join(" ")
    }

    /// A quotation of so many words with a wrong one, in a source with passages of ordinary length.
    #[divan::bench(args = [10, 20, 60], sample_count = 20)]
    fn nearest(bencher: Bencher, words: usize) {
        let seed = seed_of(4);
        let last = seed.text.lines().last().unwrap_or_default();
        let first: Vec<&str> = last.split_whitespace().take(words).collect();
        failing(bencher, &seed, &with_a_wrong_word(&first.join(" ")));
    }

    /// The same where the whole source is one passage, and quotations are up to pages long.
    #[divan::bench(args = [20, 200, 800, 3000], sample_count = 20)]
    fn nearest_in_one_passage(bencher: Bencher, words: usize) {
        let seed = seed_of(2000);
        let words = last_words(&seed, words);
        failing(bencher, &seed, &with_a_wrong_word(&words));
    }

    /// Each of many parts between `[…]` is looked for by itself.
    #[divan::bench(args = [10, 100], sample_count = 20)]
    fn nearest_of_many_parts(bencher: Bencher, parts: usize) {
        let seed = seed_of(2000);
        let words: Vec<&str> = seed.text.split_whitespace().collect();
        let mut quoted: Vec<String> = words.chunks(40).take(parts).map(|part| part[..5].join(" ")).collect();
        quoted.push("patatras et compagnie limitée".to_owned());
        failing(bencher, &seed, &quoted.join(" […] "));
    }

    /// Words that the source has all of, but nowhere together.
    #[divan::bench(sample_count = 20)]
    fn nothing_near(bencher: Bencher) {
        let seed = seed_of(4);
        let words: Vec<&str> = seed.text.split_whitespace().step_by(301).take(40).collect();
        failing(bencher, &seed, &words.join(" "));
    }

    fn failing(bencher: Bencher, seed: &Seed, words: &str) {
        let path = Arc::from("content/claims/a.md");
        let quotations = quotations(&format!("> {words}\n>\n> — [@a]\n"));
        let quotation = quotations.first().expect("one quotation");
        bencher.bench_local(|| {
            let outcome = verify(quotation, seed, None);
            assert_eq!(outcome, Outcome::NotFound);
            let faults = Faults {
                quotation,
                path: &path,
                cited: Cited {
                    id: "a",
                    seed,
                    passage: None,
                },
            };
            report(faults, &outcome, &|_| None)
        });
    }

    fn quotations(markdown: &str) -> Vec<Quotation> {
        let setting = Setting {
            path: &"content/claims/a.md".into(),
            lang: &Lang::new("fr"),
            prefix: "",
            reserved: markdown::Anchors::default(),
        };
        markdown::read(setting, markdown, 0).value.quotations
    }
}

mod whole_site {
    use super::*;

    /// Documents read, translations paired, ids resolved.
    #[divan::bench(sample_count = 10)]
    fn reading(bencher: Bencher) {
        let tree = synthetic::site(CLAIMS);
        bencher
            .counter(ItemsCount::new(CLAIMS))
            .bench_local(|| gather(&tree, &Options::default(), &mut site::Memo::default()));
    }

    /// Citations, quotations, links and glossary terms of all documents.
    #[divan::bench(sample_count = 10)]
    fn linking(bencher: Bencher) {
        let tree = synthetic::site(CLAIMS);
        let options = Options::default();
        let site = gather(&tree, &options, &mut site::Memo::default()).value;
        bencher
            .counter(ItemsCount::new(CLAIMS))
            .bench_local(|| link(&site, &tree, &mut link::Memo::default()));
    }

    /// Claim pages, on one thread: their views, and their bytes.
    #[divan::bench(sample_count = 10)]
    fn rendering(bencher: Bencher) {
        let tree = synthetic::site(CLAIMS);
        let options = Options::default();
        let site = gather(&tree, &options, &mut site::Memo::default()).value;
        let links = link(&site, &tree, &mut link::Memo::default()).value;
        let index = Index::new(&site, &links);
        let plan = plan(&site, &links, &index, &tree, &mut Default::default()).value;
        let lang = Lang::new("fr");
        let words = BTreeMap::from([(lang.clone(), Words::read(&lang, &tree).value)]);
        let viewer = Viewer {
            read: Reader::new(
                Whole {
                    site: &site,
                    links: &links,
                    index: &index,
                    plan: &plan,
                },
                None,
            ),
            words: &words,
            long_timelines: &BTreeMap::new(),
            edition_day: None,
        };
        let assets = ["favicon.svg", "site.js"].map(|name| (name.to_owned(), name.to_owned()));
        let globals = Globals {
            site: &viewer.site_view(&lang),
            words: &words[&lang],
            styles: "site.css",
            assets: &assets.into(),
        };
        let engine = html::read(&tree).value.expect("the built-in templates are good");
        let engine = engine.for_language(&globals);
        let is_claim = |content: &Content| matches!(content, Content::Claim(_));
        let pages: Vec<_> = plan.pages.iter().filter(|page| is_claim(&page.content)).collect();
        bencher.counter(ItemsCount::new(pages.len())).bench_local(|| {
            for page in &pages {
                divan::black_box(engine.page(&viewer.view(page)).expect("every claim has its page"));
            }
        });
    }

    /// What a save of one claim costs live preview, without the wait for the file system.
    #[divan::bench(sample_count = 10, args = [1000, 10_000])]
    fn saving(bencher: Bencher, claims: usize) {
        let mut tree = synthetic::site(claims);
        let (path, text) = {
            let (path, file) = tree.below("content/claims").next().expect("the site has claims");
            (path.clone(), String::from_utf8_lossy(&file.bytes).into_owned())
        };
        let mut live = Live::new(Options::default(), Watched::Shown);
        assert!(live.update(&tree).site.is_some(), "the synthetic site is good");
        let mut saves = 0;
        bencher.bench_local(|| {
            saves += 1;
            tree.insert_text(&path, &format!("{text}\n\nSaved {saves} times.\n"));
            let update = live.update(&tree);
            assert_eq!(update.changed.len(), 1, "the claim's own page");
        });
    }

    /// All of it, on all cores, and nothing written.
    #[divan::bench(sample_count = 10)]
    fn building(bencher: Bencher) {
        let tree: Tree = synthetic::site(CLAIMS);
        bencher.counter(ItemsCount::new(CLAIMS)).bench_local(|| {
            let built = build(&tree, &Options::default(), &Nowhere, &|_| {});
            assert!(!built.report.has_errors(), "the synthetic site is good");
            built.pages
        });
    }
}

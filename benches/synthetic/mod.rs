//! A site made in memory from the sentences of the seeds: real lengths, real typography, the same on every run.

use kezako::tree::Tree;

/// The articles that the sentences come from.
const ARTICLES: [&str; 5] = [
    include_str!("../../seeds/000_c4db1b29cceac2d0.txt"),
    include_str!("../../seeds/001_0423257a80fff27c.txt"),
    include_str!("../../seeds/002_f28cdd0dc78d28bd.txt"),
    include_str!("../../seeds/003_b55e4438c570bb0d.txt"),
    include_str!("../../seeds/004_ce2e5229d9ed911e.txt"),
];

const TERMS: [&str; 8] = [
    "open source",
    "start-up",
    "chatbot",
    "transparence",
    "gouvernance",
    "algorithme",
    "concurrence",
    "partenariat",
];

const VERDICTS: [&str; 5] = ["true", "mostly-true", "needs-context", "misleading", "false"];

/// How many passages a source has, and how many quotations a claim.
const PASSAGES: usize = 60;
const QUOTATIONS: usize = 3;

/// Draws numbers that look random and are the same on every run.
pub(crate) struct Draw(u64);

impl Draw {
    /// Draws always begin alike.
    pub(crate) fn new() -> Self {
        Self(7)
    }

    /// One of the items.
    pub(crate) fn one<'a, T>(&mut self, items: &'a [T]) -> &'a T {
        // Knuth's MMIX generator; its upper bits are the good ones.
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        &items[(self.0 >> 33) as usize % items.len()]
    }
}

/// The sentences of the seeds that can stand in Markdown as they are.
pub(crate) fn sentences() -> Vec<&'static str> {
    let plain = |sentence: &&str| {
        (60..400).contains(&sentence.len())
            && sentence.starts_with(char::is_alphanumeric)
            && !sentence.contains(['[', ']', '<', '>', '*', '_', '`', '#', '|', '\\', '~', '^', '\n', '"'])
    };
    ARTICLES
        .iter()
        .flat_map(|article| article.lines())
        .flat_map(|line| line.split_inclusive(". "))
        .map(str::trim)
        .filter(plain)
        .collect()
}

/// A French source of at least `bytes` bytes; each passage holds `to_a_passage` sentences and its own number.
pub(crate) fn source(bytes: usize, to_a_passage: usize) -> String {
    let (sentences, mut draw) = (sentences(), Draw::new());
    let mut text = String::new();
    let mut passage = 0;
    while text.len() < bytes {
        passage += 1;
        for _ in 0..to_a_passage {
            text.push_str(draw.one::<&str>(&sentences));
            text.push(' ');
        }
        text.push_str(&format!("(pièce {passage})\n"));
    }
    text
}

/// A site of so many claims, with a source for each fifty and three quotations in each claim.
pub(crate) fn site(claims: usize) -> Tree {
    let (sentences, mut draw) = (sentences(), Draw::new());
    let mut tree = Tree::default();
    tree.insert_text(
        "kezako.yaml",
        "title: Kézako\nbase_url: https://example.org/\nlang: fr\nlanguages: [fr]\n",
    );
    tree.insert_text("content/index.md", "---\ntitle: Kézako\n---\n\nAccueil.\n");
    let mut quotable = Vec::new();
    for at in 0..claims.div_ceil(50) {
        let id = format!("source-{at:05}");
        let mut text = String::new();
        for passage in 0..PASSAGES {
            let words = format!("{} (pièce {at}-{passage}).", draw.one(&sentences).trim_end_matches('.'));
            text.push_str(&format!("{words}\n"));
            quotable.push((id.clone(), words));
        }
        tree.insert_text(&format!("seeds/{id}.txt"), &text);
        tree.insert_text(
            &format!("content/sources/{id}.md"),
            &format!("---\nfile: {id}.txt\ntitle: Source {at}\npublisher: Journal\nlang: fr\npublished: 2024-03\nkind: news\nurl: https://example.com/{at}\n---\n\nNote.\n"),
        );
    }
    for (at, term) in TERMS.iter().enumerate() {
        tree.insert_text(
            &format!("content/glossary/t{at}.md"),
            &format!("---\nterm: {term}\n---\n\n{}\n", draw.one(&sentences)),
        );
    }
    for at in 0..claims {
        let title = draw.one(&sentences);
        let mut text = format!(
            "---\nclaim: \"{title}\"\nsummary: \"{title}\"\nverdict: {}\nchecked: 2024-11-25\npublished: 2024-11-25\nentities: [OpenAI, Mistral AI]\n---\n",
            draw.one(&VERDICTS)
        );
        for part in 0..QUOTATIONS {
            let (source, words) = draw.one(&quotable);
            let role = if part == 0 { "states" } else { "supports" };
            text.push_str(&format!(
                "\n## Partie {part}\n\n{} {}\n\n> {words}\n>\n> — [@{source}] {role}\n",
                draw.one(&sentences),
                draw.one(&sentences)
            ));
        }
        tree.insert_text(&format!("content/claims/c{at:05}.md"), &text);
    }
    tree
}

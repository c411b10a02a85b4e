use super::*;
use crate::build::{Memory, build};
use crate::date::Date;
use crate::site::Options;
use crate::tree::Tree;

const KINDS: [(Kind, &str); 4] = [
    (Kind::Claim, "claims"),
    (Kind::Term, "glossary"),
    (Kind::Event, "timeline"),
    (Kind::Page, "pages"),
];

const SETTINGS: &str = "title: x\nbase_url: https://example.org/\n";

fn day() -> Point {
    Date::parse("2024-06-01")
        .ok()
        .and_then(|date| date.as_day())
        .expect("a day")
}

/// A site with a source that a page quotes.
fn site(settings: &str) -> (Tree, Config) {
    let mut tree = Tree::default();
    tree.insert_text("kezako.yaml", settings);
    tree.insert_text("seeds/a.txt", "Le pont est long.\n");
    tree.insert_text("content/sources/a.md", "---\nfile: a.txt\nlang: fr\n---\n");
    tree.insert_text("content/index.md", "---\n---\n\n> Le pont est long.\n>\n> — [@a]\n");
    let config = crate::config::read(&"kezako.yaml".into(), settings)
        .value
        .expect("settings");
    (tree, config)
}

/// Everything that is said about a site with a skeleton of every kind in it.
fn said(settings: &str, quotation: Option<&str>, drafts: bool) -> String {
    let (mut tree, config) = site(settings);
    for (kind, folder) in KINDS {
        let outline = Outline {
            kind,
            id: "new-one",
            today: day(),
            quotation,
        };
        let text = skeleton(outline, &config).expect("this kind has a skeleton");
        tree.insert_text(&format!("content/{folder}/new-one.md"), &text);
    }
    let options = Options {
        drafts,
        today: Some(day()),
        ..Options::default()
    };
    let memory = Memory::default();
    let built = build(&tree, &options, &memory, &|_| {});
    let has = memory.into_files().contains_key("claims/new-one/index.html");
    assert_eq!(has, drafts, "{:?}", built.report);
    let lines = built.report.diagnostics().iter();
    lines
        .map(|said| format!("{} {}: {}\n", said.path, said.code.name(), said.message))
        .collect()
}

#[test]
fn skeletons_build_without_a_word() {
    let block = "> Le pont est long.\n>\n> — [@a] states";
    for lang in ["fr", "en"] {
        for more in [
            "",
            "require_review: true\n",
            "verdicts: [{id: good, rating: 2}, {id: bad, rating: 1}]\n",
        ] {
            let settings = format!("{SETTINGS}lang: {lang}\n{more}");
            for quotation in [None, Some(block)] {
                for drafts in [true, false] {
                    assert_eq!(said(&settings, quotation, drafts), "", "{settings}");
                }
            }
        }
    }
}

#[test]
fn a_skeleton_has_the_day_the_name_and_the_quotation() {
    let (_, config) = site(&format!("{SETTINGS}lang: fr\n"));
    let outline = Outline {
        kind: Kind::Claim,
        id: "le-pont-2",
        today: day(),
        quotation: Some("> {today}"),
    };
    let text = skeleton(outline, &config).expect("a skeleton");
    assert!(
        text.contains("\nchecked: 2024-06-01\n") && text.contains("\n---\n\n> {today}\n\n## Ce que"),
        "{text}"
    );
    let named = |kind, id| {
        let outline = Outline {
            kind,
            id,
            today: day(),
            quotation: None,
        };
        let text = skeleton(outline, &config).expect("a skeleton");
        text.lines().find(|line| line.starts_with("t")).map(str::to_owned)
    };
    assert_eq!(
        named(Kind::Term, "open-source").as_deref(),
        Some("term: \"open source\"")
    );
    assert_eq!(
        named(Kind::Page, "open-source").as_deref(),
        Some("title: \"Open source\"")
    );
    assert_eq!(named(Kind::Page, "-").as_deref(), Some("title: \"-\""));
    assert_eq!(named(Kind::Term, "-").as_deref(), Some("term: \"-\""));
}

#[test]
fn every_key_of_a_skeleton_is_known_in_its_comments_too() {
    let (_, config) = site(SETTINGS);
    for (kind, folder) in KINDS {
        let outline = Outline {
            kind,
            id: "new-one",
            today: day(),
            quotation: None,
        };
        let text = skeleton(outline, &config).expect("a skeleton");
        // With the examples uncommented, as an editor will do.
        let is_example = |line: &str| {
            let bare = line.strip_prefix("# ").unwrap_or_default();
            let key = bare.split(':').next().unwrap_or_default();
            bare.starts_with("  ")
                || bare.contains(':') && !key.is_empty() && key.bytes().all(|b| b.is_ascii_lowercase())
        };
        let (head, body) = text.rsplit_once("\n---\n").expect("front matter");
        let head: Vec<&str> = head
            .lines()
            .map(|line| if is_example(line) { &line[2..] } else { line })
            .filter(|line| !line.starts_with("  > ") && *line != "  >")
            .collect();
        let (mut tree, _) = site(SETTINGS);
        tree.insert_text(
            &format!("content/{folder}/new-one.md"),
            &format!("{}\n---\n{body}", head.join("\n")),
        );
        let options = Options {
            drafts: true,
            ..Options::default()
        };
        let report = build(&tree, &options, &Memory::default(), &|_| {}).report;
        assert_eq!(report.diagnostics(), [], "{}", head.join("\n"));
    }
}

//! What a reader gets: a book with its parts in order, and what helps to find them.

use std::collections::BTreeSet;

use serde_json::Value;

use super::*;

#[test]
fn it_is_accessible_and_says_what_it_is() {
    let site = three();
    let file = printed(&site, &[]);
    let info = info(&file);
    assert_eq!(info["Title"], "Glossaire – Vérifié");
    assert_eq!(info["Author"], "La rédaction");
    assert_eq!(info["Tagged"], "yes");
    assert_eq!(info["JavaScript"], "no");
    assert_eq!(info["Encrypted"], "no");
    assert!(info["Page size"].contains("A4"), "{info:?}");
    has(&info["CreationDate"], "Jun  1 ");
    let meta = tool("pdfinfo", &["-meta"], &file, &[]);
    has(&meta, "<pdfuaid:part>1</pdfuaid:part>");
    tool("qpdf", &["--check"], &file, &[]);
    let all = json(&file).to_string();
    has(&all, "\"/Lang\":\"u:fr\"");
    has(&all, "\"/DisplayDocTitle\":true");
    // Tags for what it is made of.
    for tag in [
        "/H1",
        "/H2",
        "/H3",
        "/P",
        "/BlockQuote",
        "/Table",
        "/TH",
        "/TD",
        "/L",
        "/LI",
        "/Link",
        "/Note",
    ] {
        has(&all, &format!("\"/S\":\"{tag}\""));
    }
    // Every font is in the file.
    let fonts = tool("pdffonts", &[], &file, &[]);
    for line in fonts.lines().skip(2) {
        assert!(line.contains(" yes yes "), "embedded, a subset: {line}");
    }
}

#[test]
fn letters_and_terms_are_bookmarks() {
    let site = three();
    let outline = json(&printed(&site, &[]));
    let mut titles = Vec::new();
    fn walk(outlines: &Value, depth: usize, titles: &mut Vec<String>) {
        for item in outlines.as_array().into_iter().flatten() {
            titles.push(format!("{depth} {}", item["title"].as_str().unwrap_or_default()));
            walk(&item["kids"], depth + 1, titles);
        }
    }
    walk(&outline["outlines"], 1, &mut titles);
    assert_eq!(
        titles,
        ["1 A", "2 à poids ouverts", "1 C", "2 chatbot", "1 G", "2 Grok"]
    );
}

/// Each link to an entry leads to the place of that entry, and who cannot see it hears the entry's name.
#[test]
fn links_lead_to_entries_and_are_called_like_them() {
    let site = three();
    let all = json(&printed(&site, &[]));
    let objects = all["qpdf"][1].as_object().expect("objects").values();
    // Footnotes and their marks lead to places without a name.
    let is_name = |link: &&Value| link["/Dest"].as_str().is_some_and(|place| place.starts_with("u:"));
    let named = objects.map(|object| &object["value"]).filter(is_name);
    let words = |link: &Value, key: &str| link[key].as_str().unwrap_or_default().to_owned();
    let inner: BTreeSet<_> = named
        .map(|link| (words(link, "/Dest"), words(link, "/Contents")))
        .collect();
    let like = |place: &str, name: &str| (format!("u:{place}"), format!("u:{name}"));
    assert_eq!(inner, [like("t-chatbot", "chatbot"), like("t-grok", "Grok")].into());
    assert!(!all.to_string().contains("entry:"), "an address stayed");
}

#[test]
fn words_come_in_reading_order() {
    let site = three();
    let file = printed(&site, &[]);
    let pages = pages(&file);
    assert_eq!(pages.len(), 2);
    assert_eq!(
        pages[0],
        "Vérifié Glossaire Français Édition du 1er juin 2024 Sens discuté On ne s’accorde pas sur ce que veut dire ce mot. \
         Chaque citation de ce site a été comparée à sa source, caractère par caractère, avant que la page ne soit publiée. \
         La rédaction example.org/base/glossary/"
    );
    let order = [
        "à poids ouverts Vérifié Grok",
        "A à poids ouverts Sens discuté Dont les poids sont publiés.",
        "example.org/base/glossary/poids/",
        "C chatbot Un programme qui converse, comme Grok. Voir une affirmation (example.org/base/claims/grok/) (Vrai).",
        "Voir aussi Grok (p. 2) example.org/base/glossary/chatbot/",
        "G Grok l’assistant de xAI Un chatbot1 de xAI",
        "voir les autres (p. 2) et la source (x.example/ a?b=c).",
        "Elon Musk a annoncé lundi que sa start-up xAI allait mettre en accès libre […] son interface Grok.",
        "Notre traduction Elon Musk announced on Monday…",
        "RFI, Elon Musk lance la bagarre des IA",
        "Débuts an fait 2023 annonce 1. un 2. deux",
        "Aussi Grok-1, Grok 2",
        "Voir aussi chatbot (p. 2) example.org/base/glossary/grok/",
        "Une note, pour voir.",
        "Édition du 1er juin 2024 2 example.org/base/glossary/",
    ];
    let mut rest = pages[1].as_str();
    for part in order {
        let at = rest
            .find(part)
            .unwrap_or_else(|| panic!("no `{part}` after what went before in\n{}", pages[1]));
        rest = &rest[at + part.len()..];
    }
}

#[test]
fn pages_are_named_rightly() {
    let site = many(120);
    let file = printed(&site, &[]);
    let pages = pages(&file);
    assert!(pages.len() > 6, "{}", pages.len());
    let page_of = |term: &str| {
        let entry = format!("{term} Définition");
        pages.iter().position(|page| page.contains(&entry)).expect(term) + 1
    };
    let text = pages.join(" ");
    for at in [0, 7, 60, 119] {
        let target = (at + 57) % 120;
        let see = format!("Voir aussi {} (p. {})", name(target), page_of(&name(target)));
        has(&text, &see);
    }
    // Running heads: the first and the last entry that begin on the page.
    for page in &pages[1..] {
        let begun: Vec<String> = (0..120)
            .map(name)
            .filter(|term| page.contains(&format!("{term} Définition")))
            .collect();
        let (first, last) = (begun.first().expect("entries"), begun.last().expect("entries"));
        assert!(
            page.starts_with(&format!("{first} Vérifié {last} ")),
            "{first}…{last}: {page}"
        );
    }
}

/// No entry leaves a single line at the head or the foot of a column, nor its term without a line, nor its address alone.
#[test]
fn no_line_stands_alone() {
    let site = many(90);
    let file = printed(&site, &[]);
    let layout = tool("pdftotext", &["-bbox-layout"], &file, &["-"]);
    let mut alone = Vec::new();
    for (number, page) in layout.split("<page ").skip(2).enumerate() {
        let mut lines: Vec<(bool, i64, String)> = Vec::new();
        for line in page.split("<line ").skip(1) {
            let value = |key: &str| -> f64 {
                let at = line.find(key).expect(key) + key.len() + 2;
                line[at..]
                    .split('"')
                    .next()
                    .and_then(|number| number.parse().ok())
                    .expect("a number")
            };
            let words: Vec<&str> = line
                .split("</word>")
                .filter_map(|word| word.rsplit('>').next())
                .collect();
            let (x, y) = (value("xMin"), value("yMin"));
            if (60.0..785.0).contains(&y) {
                lines.push((x > 297.0, (y * 10.0) as i64, words.join(" ").trim().to_owned()));
            }
        }
        lines.sort();
        for column in lines.chunk_by(|a, b| a.0 == b.0) {
            let (first, last) = (&column[0].2, &column[column.len() - 1].2);
            if first.starts_with("Voir aussi") || first.starts_with("example.org") {
                alone.push(format!("page {}: `{first}` at the head", number + 2));
            }
            if last.ends_with("mot") && last.len() == 6 || last.len() == 1 {
                alone.push(format!("page {}: `{last}` at the foot", number + 2));
            }
        }
    }
    assert!(alone.is_empty(), "{alone:#?}");
}

#[test]
fn a_glossary_without_terms_says_so() {
    let site = site();
    let file = printed(&site, &[]);
    has(&words(&file), "Rien ici pour l’instant.");
}

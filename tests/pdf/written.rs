//! The files: which there are, on which paper, the same each time.

use super::*;

#[test]
fn the_paper_is_that_of_the_settings() {
    let site = three();
    let settings = fs::read_to_string(site.path("kezako.yaml")).expect("there");
    site.write("kezako.yaml", format!("{settings}paper: letter\n"));
    for arguments in [&[][..], &["--layout", "cards"]] {
        let size = info(&printed(&site, arguments))["Page size"].clone();
        assert!(size.contains("letter"), "{size}");
    }
}

#[test]
fn cards_are_eight_on_a_page() {
    let site = many(17);
    term(
        &site,
        "long",
        "term: \"zlong\"",
        &"Une phrase de plus pour la carte. ".repeat(40),
    );
    let target = site.beside("cards.pdf");
    let done = run(site.command(&["glossary", "--layout", "cards", "-o"]).arg(&target)).exits(0);
    done.complains("too long for a card");
    let pages = pages(&target);
    assert_eq!(pages.len(), 3);
    for (number, page) in pages.iter().enumerate() {
        let cards = page.matches("example.org/base/glossary/").count();
        assert_eq!(cards, if number < 2 { 8 } else { 2 });
    }
    has(&pages[0], "aaamot Définition du mot.");
    has(&pages[2], "[…]");
    let meta = tool("pdfinfo", &["-meta"], &target, &[]);
    has(&meta, "<pdfuaid:part>1</pdfuaid:part>");
    run(site
        .command(&["glossary", "--layout", "cards", "--format", "html"])
        .arg("-o")
        .arg("-"))
    .exits(2)
    .complains("cards");
}

#[test]
fn the_same_input_gives_the_same_bytes_in_any_folder() {
    let (one, other) = (three(), three());
    let first = fs::read(printed(&one, &[])).expect("there");
    assert_eq!(first, fs::read(printed(&other, &[])).expect("there"));
    assert_eq!(first, fs::read(printed(&one, &[])).expect("there"));
}

#[test]
fn a_site_has_one_for_each_language_and_links_it() {
    let site = three();
    let settings = fs::read_to_string(site.path("kezako.yaml")).expect("there");
    site.write("kezako.yaml", format!("{settings}languages: [fr, en]\n"));
    term(&site, "grok.en", "term: \"Grok\"", "An assistant.");
    let files = site.built();
    for (path, title) in [
        ("glossary.pdf", "Glossaire – Vérifié"),
        ("en/glossary.pdf", "Glossary – Vérifié"),
    ] {
        assert!(files[path].starts_with(b"%PDF-1."));
        assert_eq!(info(&site.path(&format!("public/{path}")))["Title"], title);
    }
    let page = |path: &str| String::from_utf8(files[path].clone()).expect("UTF-8");
    has(&page("glossary/index.html"), "href=\"../glossary.pdf\"");
    has(
        &page("en/glossary/print/index.html"),
        "href=\"../../../en/glossary.pdf\"",
    );
    // Day and place change nothing.
    run(site
        .command(&["build", "--out"])
        .arg(site.beside("other"))
        .args(["--today", "2025-01-01"]))
    .exits(0);
    assert_eq!(
        files["glossary.pdf"],
        fs::read(site.beside("other/glossary.pdf")).expect("there")
    );
}

#[test]
fn pdf_is_what_the_command_writes_unless_asked_otherwise() {
    let site = three();
    let folder = site.beside("print");
    fs::create_dir(&folder).expect("a folder");
    for arguments in [
        &[][..],
        &["--layout", "cards"],
        &["--format", "html"],
        &["-o", "x.html"],
        &["-o", "x.pdf"],
    ] {
        run(site.command(&["glossary"]).args(arguments).current_dir(&folder)).exits(0);
    }
    assert_eq!(
        support::names(&folder),
        ["glossary.cards.pdf", "glossary.html", "glossary.pdf", "x.html", "x.pdf"]
    );
    for name in ["glossary.cards.pdf", "glossary.pdf", "x.pdf"] {
        assert!(
            fs::read(folder.join(name)).expect("there").starts_with(b"%PDF-1."),
            "{name}"
        );
    }
    assert!(
        fs::read(folder.join("x.html"))
            .expect("there")
            .starts_with(b"<!doctype html>")
    );
}

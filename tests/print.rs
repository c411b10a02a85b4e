//! The printable glossary: the page of every site, and `kezako glossary` from outside.

mod support;

use std::fs;

use support::{Site, kezako, names, run};

/// Three terms in two languages; what an editor may write is in the first.
fn site() -> Site {
    let site = Site::good();
    site.write(
        "kezako.yaml",
        "title: \"Vérifié\"\nbase_url: \"https://example.org/base/\"\nlang: fr\nlanguages: [fr, en]\npublisher: {name: \"La rédaction\"}\n",
    );
    site.write(
        "content/claims/grok.md",
        support::CLAIM.replace("xAI is opening its chatbot Grok.", "xAI ouvre Grok"),
    );
    site.write("content/glossary/grok.md", GROK);
    site.write(
        "content/glossary/chatbot.md",
        "---\nterm: \"chatbot\"\naliases: [\"agent conversationnel\"]\nsee: [grok]\n---\n\nUn programme qui converse. Voir [les débuts](grok.md#debuts).\n",
    );
    site.write(
        "content/glossary/poids.md",
        "---\nterm: \"à poids ouverts\"\ndisputed: true\nevidence:\n  - {publisher: \"RFI\", url: \"https://rfi.example/\", accessed: 2024-05-02}\n---\n\nDont les paramètres sont publiés ![schéma](schema.svg).\n",
    );
    site.write(
        "content/glossary/schema.svg",
        "<svg xmlns=\"http://www.w3.org/2000/svg\"/>",
    );
    site.write(
        "content/glossary/grok.en.md",
        "---\nterm: \"Grok\"\nsense: \"the assistant\"\n---\n\nAn assistant.\n",
    );
    site
}

const GROK: &str = "---\nterm: \"Grok\"\naliases: [\"Grok-1\"]\nsense: \"l’assistant de xAI\"\nsee: [chatbot]\n---\n\nUn chatbot[^1] de xAI ; voir [plus bas](#debuts).\n\n> Elon Musk a annoncé lundi que sa start-up xAI allait mettre en accès libre […] son interface Grok.\n>\n> — [@rfi:1]\n\n## Débuts\n\nEn 2023.\n\n[^1]: Une note.\n";

fn glossary(site: &Site, arguments: &[&str]) -> String {
    let mut all = vec!["glossary", "-o", "-", "--format", "html"];
    all.extend(arguments);
    site.run(&all).exits(0).stdout
}

/// The terms that a page has entries of, in order.
fn entries(page: &str) -> Vec<&str> {
    page.split(" id=\"t-")
        .skip(1)
        .filter_map(|rest| rest.split('"').next())
        .filter(|id| !id.contains('.'))
        .collect()
}

#[track_caller]
fn has(page: &str, markup: &str) {
    assert!(page.contains(markup), "no `{markup}` in\n{page}");
}

// The page of the site.

#[test]
fn every_language_has_its_page_and_the_glossary_links_it() {
    let files = site().built();
    let page = |path: &str| String::from_utf8(files[path].clone()).expect("UTF-8");
    let french = page("glossary/print/index.html");
    assert_eq!(entries(&french), ["poids", "chatbot", "grok"]);
    assert_eq!(entries(&page("en/glossary/print/index.html")), ["grok"]);
    has(&page("glossary/index.html"), "href=\"../glossary/print/\"");
    has(&page("en/glossary/index.html"), "href=\"../../en/glossary/print/\"");
}

#[test]
fn an_entry_has_all_that_readers_of_paper_need() {
    let files = site().built();
    let page = String::from_utf8(files["glossary/print/index.html"].clone()).expect("UTF-8");
    for markup in [
        "<h3>Grok</h3>",
        "l’assistant de xAI",
        "<b>Aussi</b> Grok-1",
        "Sens discuté",
        // The source's own words, and where they stand.
        "son interface Grok.</p>",
        "</a>, <cite",
        ">RFI</a>",
        // Its address, as readers type it.
        ">example.org/base/glossary/grok/</a>",
    ] {
        has(&page, markup);
    }
}

#[test]
fn entries_lead_to_each_other_on_the_page() {
    let files = site().built();
    let page = String::from_utf8(files["glossary/print/index.html"].clone()).expect("UTF-8");
    for markup in [
        // "See also", a term in running text, a link to a heading of another entry and of the same.
        "<b>Voir aussi</b> <a href=\"#t-grok\">Grok</a>",
        "<a class=\"term\" href=\"#t-chatbot\">chatbot</a>",
        "href=\"#t-grok.debuts\">les débuts</a>",
        "href=\"#t-grok.debuts\">plus bas</a>",
        "<h4 id=\"t-grok.debuts\">",
        // Each entry's footnotes are its own.
        "href=\"#t-grok.fn-1\" id=\"t-grok.fnref-1\"",
        "<li id=\"t-grok.fn-1\"",
    ] {
        has(&page, markup);
    }
    let ids: Vec<&str> = page
        .split(" id=\"")
        .skip(1)
        .filter_map(|rest| rest.split('"').next())
        .collect();
    let mut once = ids.clone();
    once.sort_unstable();
    once.dedup();
    assert_eq!(once.len(), ids.len(), "an id stands once: {ids:?}");
}

#[test]
fn a_term_called_print_is_told_that_its_address_is_taken() {
    let site = site();
    site.write("content/glossary/print.md", "---\nterm: \"print\"\n---\n\nX.\n");
    let problems = site.problems();
    assert!(
        problems
            .iter()
            .any(|found| found.code == "duplicate-url" && found.path == "content/glossary/print.md")
    );
}

/// An edition is of the day that was asked for, else of the newest day on which evidence was read; never of today.
#[test]
fn the_edition_is_never_the_clocks() {
    let site = site();
    let print = |command: &mut std::process::Command| run(command).exits(0).stdout;
    let arguments = ["glossary", "--format", "html", "-o", "-"];
    has(&print(&mut site.command(&arguments)), "Édition du 2 mai 2024");
    has(
        &print(site.command(&arguments).args(["--today", "2024-06-01"])),
        "Édition du 1er juin 2024",
    );
    has(
        &print(site.command(&arguments).env("SOURCE_DATE_EPOCH", "1700000000")),
        "Édition du 14 novembre 2023",
    );
    let undated = print(site.command(&arguments).args(["--terms", "grok"]));
    assert!(!undated.contains("Édition"), "{undated}");
}

// The command.

#[test]
fn terms_are_named_by_id_or_by_any_written_form() {
    let site = site();
    for (named, expected) in [
        ("grok", &["grok"][..]),
        ("Grok-1", &["grok"]),
        ("GROK-1,chatbot", &["chatbot", "grok"]),
        ("agents conversationnels", &["chatbot"]),
        ("À POIDS  ouverts, poids,", &["poids"]),
        ("a\u{300} poids ouverts", &["poids"]),
    ] {
        let page = glossary(&site, &["--terms", named]);
        assert_eq!(entries(&page), expected, "{named}");
    }
    assert_eq!(entries(&glossary(&site, &["--lang", "en"])), ["grok"]);
}

#[test]
fn a_written_form_of_homonyms_names_them_all_and_an_id_one() {
    let site = site();
    site.write(
        "content/glossary/grok-verbe.md",
        "---\nterm: \"Grok\"\nsense: \"le verbe\"\n---\n\nComprendre.\n",
    );
    assert_eq!(entries(&glossary(&site, &["--terms", "Grok"])), ["grok", "grok-verbe"]);
    assert_eq!(entries(&glossary(&site, &["--terms", "grok-verbe"])), ["grok-verbe"]);
}

/// An unknown term names the nearest, and nothing is written.
#[test]
fn names_of_nothing_are_refused() {
    let site = site();
    site.write(
        "content/glossary/essai.md",
        "---\nterm: \"essai\"\ndraft: true\n---\n\nX.\n",
    );
    for (arguments, message, help) in [
        (&["--terms", "grokk"][..], "`fr` has no `grokk`", "did you mean `Grok`"),
        (
            &["--terms", "grok,chatbott,pois"],
            "no `chatbott`, no `pois`",
            "`chatbot`",
        ),
        (&["--terms", "zzzzzzzz"], "`zzzzzzzz`", "leave --terms out"),
        (&["--terms", "essai"], "`essai`", "--drafts"),
        (
            &["--terms", "chatbot", "--lang", "en"],
            "`en` has no `chatbot`",
            "--lang fr",
        ),
        (&["--lang", "de"], "`de`", "`fr` and `en`"),
        (&["--terms", " ,"], "--terms names no term", "leave it out"),
    ] {
        let target = site.beside("out.html");
        let mut command = site.command(&["glossary", "-o"]);
        command.arg(&target).args(arguments);
        let done = run(&mut command).exits(2);
        done.complains(message).complains(help);
        assert!(!target.exists(), "{arguments:?}");
    }
    run(site
        .command(&["glossary", "--drafts", "--terms", "essai", "-o"])
        .arg(site.beside("out.html")))
    .exits(0);
}

#[test]
fn a_site_with_errors_prints_nothing() {
    let site = site();
    site.write(
        "content/glossary/grok.md",
        GROK.replace("annoncé lundi", "annoncé mardi"),
    );
    let target = site.beside("out.html");
    fs::write(&target, "former").expect("written");
    let done = run(site.command(&["glossary", "-o"]).arg(&target)).exits(1);
    done.complains("error[quote-not-found]")
        .complains("nothing was written");
    assert_eq!(fs::read_to_string(&target).expect("there"), "former");
}

#[test]
fn the_file_has_a_name_of_its_own_in_the_current_folder() {
    let site = site();
    let folder = site.beside("print");
    fs::create_dir(&folder).expect("a folder");
    for arguments in [&["--format", "html"][..], &["--format", "html", "--lang", "en"]] {
        let mut command = site.command(&["glossary"]);
        let done = run(command.args(arguments).current_dir(&folder)).exits(0);
        assert_eq!(done.stdout, "");
        done.complains("wrote ");
    }
    assert_eq!(names(&folder), ["glossary.en.html", "glossary.html"]);
}

#[test]
fn the_sites_own_files_are_not_written_over() {
    let site = site();
    for own in [
        "kezako.yaml",
        "content/glossary/grok.md",
        "seeds/new.html",
        "templates/x.html",
    ] {
        let before = fs::read(site.path(own)).ok();
        let done = run(site
            .command(&["glossary", "--format", "html", "-o"])
            .arg(site.path(own)))
        .exits(2);
        done.complains("the site's own files");
        assert_eq!(fs::read(site.path(own)).ok(), before);
    }
    let done = run(site
        .command(&["glossary", "--format", "html", "-o"])
        .arg(site.beside("no/such/x.html")))
    .exits(2);
    done.complains("no/such/x.html");
    let folder = site.beside("folder.html");
    fs::create_dir(&folder).expect("a folder");
    run(site.command(&["glossary", "-o"]).arg(&folder))
        .exits(2)
        .complains("folder");
}

/// The file needs no other: styles and images are in it, and links lead to the published site.
#[test]
fn the_page_of_the_command_stands_alone() {
    let page = glossary(&site(), &[]);
    for markup in [
        "<style>",
        "style-src 'sha256-",
        "src=\"data:image/svg+xml;base64,",
        "href=\"https://example.org/base/glossary/grok/\"",
        "href=\"https://example.org/base/sources/rfi/#p1\"",
        "<p class=\"site-name\">Vérifié</p>",
    ] {
        has(&page, markup);
    }
    for markup in ["<link", "<script", "src=\"../", "href=\"../", "href=\"./"] {
        assert!(!page.contains(markup), "{markup} in\n{page}");
    }
}

#[test]
fn the_same_input_gives_the_same_bytes() {
    let site = site();
    assert_eq!(glossary(&site, &[]), glossary(&site, &[]));
}

#[test]
fn a_glossary_without_terms_says_so() {
    let site = Site::good();
    has(&glossary(&site, &[]), "<p class=\"none\">Nothing here yet.</p>");
    let files = site.built();
    assert!(files.contains_key("glossary/print/index.html"));
}

#[cfg(not(feature = "pdf"))]
#[test]
fn without_pdf_the_command_says_how_to_get_it_and_prints_html() {
    let site = site();
    for arguments in [&["--format", "pdf"][..], &["-o", "x.pdf"], &["-o", "x.PDF"]] {
        let mut command = site.command(&["glossary"]);
        let done = run(command.args(arguments).current_dir(site.root())).exits(2);
        let first = done.stderr.lines().next().unwrap_or_default();
        assert!(
            first.contains("cargo run --release --features pdf -- glossary"),
            "{}",
            done.stderr
        );
    }
    assert!(!site.path("x.pdf").exists());
    let done = site.run(&["glossary", "-o", "-"]).exits(0);
    has(&done.stdout, "<!doctype html>");
    let files = site.built();
    assert!(!files.contains_key("glossary.pdf"));
    assert!(!String::from_utf8_lossy(&files["glossary/index.html"]).contains("glossary.pdf"));
}

#[test]
fn the_command_is_among_those_that_help_tells() {
    let done = run(&mut kezako(["--help"])).exits(0);
    has(&done.stdout, "glossary");
}

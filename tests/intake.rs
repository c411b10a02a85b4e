//! `kezako new source` from outside: what it keeps, what it writes, what it refuses; on real articles and on hostile files.

mod support;

use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use sha2::{Digest as _, Sha256};
use support::{RECORD, SEED, Site, kezako, names, snapshot};

fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Puts a file beside a site, as something that was downloaded.
fn given(site: &Site, name: &str, bytes: impl AsRef<[u8]>) -> String {
    let path = site.beside(name);
    fs::write(&path, bytes).expect("a file can be written");
    path.to_str().expect("UTF-8").to_owned()
}

fn read(site: &Site, name: &str) -> String {
    fs::read_to_string(site.path(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
}

#[track_caller]
fn holds(text: &str, lines: &[&str]) {
    for line in lines {
        assert!(text.contains(line), "no `{line}` in\n{text}");
    }
}

const ARTICLE: &str = "Accéder au contenu principal\n\nUne passerelle pour Aldmoor\n\nPar Ada Finch, le 5 mars 2024\n\n\
    Le conseil d’Aldmoor a ouvert lundi sa nouvelle passerelle. Longue de 212 mètres, elle est la plus longue du comté, dit la maire.\n\n\
    Elle a coûté 3,1 millions de livres, presque le double de la première estimation. Le comté en a payé la moitié, mais pas l’éclairage.\n\n\
    Laisser un commentaire\n\nVotre adresse e-mail ne sera pas publiée.\n";

#[test]
fn a_text_becomes_a_seed_and_a_record_that_builds() {
    let site = Site::bare();
    let file = given(&site, "Passerelle d’Aldmoor.txt", ARTICLE);
    let done = site.run(&["new", "source", &file]).exits(0);
    assert!(
        done.stdout.ends_with("content/sources/passerelle-d-aldmoor.md\n"),
        "{}",
        done.stdout
    );
    let done = done.complains("suggested body: 7-9");
    // That nothing quotes it yet goes without saying.
    for word in ["error", "warning"] {
        assert!(!done.stderr.contains(word), "{}", done.stderr);
    }
    assert_eq!(
        fs::read(site.path("seeds/passerelle-d-aldmoor.txt")).expect("the seed"),
        ARTICLE.as_bytes()
    );
    let record = read(&site, "content/sources/passerelle-d-aldmoor.md");
    holds(
        &record,
        &[
            "file: \"passerelle-d-aldmoor.txt\"",
            "title: \"Une passerelle pour Aldmoor\" # from line 3",
            "author: \"Ada Finch\" # from line 5",
            "published: \"2024-03-05\" # from line 5",
            "lang: \"fr\"",
            "body: \"7-9\"",
            "# kind: choose one of news, analysis, opinion, blog, press-release, ai-written, machine-translation, reference",
            &format!("sha256: \"{}\"", sha256(ARTICLE.as_bytes())),
        ],
    );
    site.run(&["check"]).exits(0);
    site.run(&["build"]).exits(0);
}

#[test]
fn the_five_articles_are_taken_in_and_build() {
    let site = Site::bare();
    let seeds = Path::new(env!("CARGO_MANIFEST_DIR")).join("seeds");
    for name in names(&seeds).iter().filter(|name| name.ends_with(".txt")) {
        let file = seeds.join(name);
        site.run(&["new", "source", file.to_str().expect("UTF-8")]).exits(0);
    }
    let kept = names(&site.path("seeds"));
    assert_eq!(kept.len(), 5, "{kept:?}");
    let problems = site.problems();
    assert!(
        problems.iter().all(|found| found.code == "unused-source"),
        "{problems:?}"
    );
    site.run(&["build"]).exits(0);
}

const PAGE: &str = r#"<!doctype html>
<!-- saved from url=(0031)https://courier.example/bridge/ -->
<html lang="en-GB"><head><meta charset="utf-8"><title>A bridge for Aldmoor | Courier</title>
<meta property="og:site_name" content="Aldmoor Courier"><meta name="author" content="Ada Finch">
<script type="application/ld+json">{"@type":"NewsArticle","headline":"A bridge for Aldmoor","datePublished":"2024-03-05T07:00:00Z"}</script></head>
<body><header><nav><ul><li>Home</li><li>Sport</li></ul></nav></header>
<main><article><h1>A bridge for Aldmoor</h1>
<p>The council of Aldmoor opened its new footbridge on Monday 4 March 2024. At 212 metres it is the longest in the county, said the mayor, Ada Finch, who cut the ribbon.</p>
<figure><img src="x.jpg" alt="a bridge"><figcaption>The bridge at dawn. Photo: the Courier</figcaption></figure>
<h2>What it cost</h2>
<p>The bridge cost £3.1 million, almost twice the first estimate. “Nobody was surprised,” said Finch. The county paid half of it, but not the lighting, which is a gift.</p>
<p>Two engineers had warned in 2021 that the piers would not hold in a flood. The council asked for a second opinion, and has not published it in the three years since.</p>
</article></main>
<aside><h3>Most read</h3><p>Ten walks along the river that you can do in an afternoon without getting your feet wet, as our readers have chosen them this year.</p></aside>
<form><label>Leave a comment</label><textarea>x</textarea><button>Send</button></form>
<footer><p>© Aldmoor Courier. All rights reserved.</p></footer></body></html>
"#;

#[test]
fn a_saved_page_is_kept_beside_its_text() {
    let site = Site::bare();
    let file = given(&site, "bridge.html", PAGE);
    site.run(&["new", "source", &file, "--id", "courier"]).exits(0);
    assert_eq!(
        fs::read(site.path("seeds/courier.html")).expect("the page"),
        PAGE.as_bytes()
    );
    let seed = read(&site, "seeds/courier.txt");
    let record = read(&site, "content/sources/courier.md");
    holds(
        &record,
        &[
            &format!(
                "# The file as it came is in seeds/courier.html, SHA-256 {}",
                sha256(PAGE.as_bytes())
            ),
            &format!("sha256: \"{}\"", sha256(seed.as_bytes())),
            "title: \"A bridge for Aldmoor\" # from JSON-LD",
            "publisher: \"Aldmoor Courier\" # from og:site_name",
            "author: \"Ada Finch\" # from author",
            "url: \"https://courier.example/bridge/\" # from a comment in the saved page",
            "lang: \"en\" # from <html>",
            "published: \"2024-03-05\" # from JSON-LD",
            "# retrieved: not found",
        ],
    );
    let body: Vec<&str> = body(&record, &seed);
    assert_eq!(body.len(), 3, "{record}\n{seed}");
    for (line, start) in body.iter().zip(["The council", "The bridge cost", "Two engineers"]) {
        assert!(line.starts_with(start), "{line}");
    }
    // All that a reader sees is in the seed: the foot of a page can be evidence.
    holds(
        &seed,
        &[
            "Sport",
            "All rights reserved.",
            "Ten walks along the river",
            "What it cost",
        ],
    );
    assert!(!seed.contains("ld+json") && !seed.contains("headline"), "{seed}");
    site.run(&["build"]).exits(0);
}

/// The lines of a seed that a record calls the body.
fn body<'a>(record: &str, seed: &'a str) -> Vec<&'a str> {
    let ranges = record
        .split("body: \"")
        .nth(1)
        .and_then(|rest| rest.split('"').next())
        .expect("a body");
    let lines: Vec<&str> = seed.lines().collect();
    let of_range = |range: &str| -> Vec<usize> {
        let (first, last) = range.split_once('-').unwrap_or((range, range));
        (first.parse().expect("a line")..=last.parse().expect("a line")).collect()
    };
    let numbers = ranges.split(", ").flat_map(of_range);
    numbers
        .map(|number| lines[number - 1])
        .filter(|line| !line.is_empty())
        .collect()
}

/// A PDF with lines of text at places on pages, without compression.
fn pdf(pages: &[&[(u32, u32, &str)]]) -> Vec<u8> {
    let mut objects: Vec<String> = vec![
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        format!(
            "<< /Type /Pages /Count {} /Kids [{}] >>",
            pages.len(),
            (0..pages.len())
                .map(|page| format!("{} 0 R ", 5 + 2 * page))
                .collect::<String>()
        ),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>".to_owned(),
        "<< /Title (The bridge of Aldmoor) /Author (Ada Finch) /CreationDate (D:20240305120000Z) >>".to_owned(),
    ];
    for (at, lines) in pages.iter().enumerate() {
        let shown = lines
            .iter()
            .map(|(x, y, text)| format!("1 0 0 1 {x} {y} Tm ({text}) Tj\n"));
        let content = format!("BT /F1 10 Tf\n{}ET", shown.collect::<String>());
        objects.push(format!(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {} 0 R /Resources << /Font << /F1 3 0 R >> >> >>",
            6 + 2 * at
        ));
        objects.push(format!("<< /Length {} >>\nstream\n{content}\nendstream", content.len()));
    }
    assemble(&objects)
}

/// A PDF of objects; the first is its catalog, the fourth what it says of itself.
fn assemble(objects: &[String]) -> Vec<u8> {
    let mut out = b"%PDF-1.4\n".to_vec();
    let mut places = Vec::new();
    for (at, object) in objects.iter().enumerate() {
        places.push(out.len());
        out.extend(format!("{} 0 obj\n{object}\nendobj\n", at + 1).bytes());
    }
    let start = out.len();
    out.extend(format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1).bytes());
    for place in places {
        out.extend(format!("{place:010} 00000 n \n").bytes());
    }
    let size = objects.len() + 1;
    out.extend(format!("trailer\n<< /Size {size} /Root 1 0 R /Info 4 0 R >>\nstartxref\n{start}\n%%EOF\n").bytes());
    out
}

fn bridge_pdf() -> Vec<u8> {
    pdf(&[
        &[
            (50, 780, "A bridge for Aldmoor"),
            (
                50,
                740,
                "The council of Aldmoor opened its new footbridge on Monday 4 March 2024. At 212 metres it is",
            ),
            (
                50,
                728,
                "the longest in the county, said the mayor, who called it an inter-",
            ),
            (50, 716, "national example."),
            (
                50,
                690,
                "The bridge cost 3.1 million pounds, almost twice the first estimate. The county paid half of it,",
            ),
            (50, 40, "Aldmoor Courier - page 1"),
        ],
        &[
            (
                50,
                780,
                "but not the lighting, which is a gift of the brewery, as is the bench that stands in the middle.",
            ),
            (50, 40, "Aldmoor Courier - page 2"),
        ],
    ])
}

#[test]
fn a_pdf_gives_its_paragraphs() {
    let site = Site::bare();
    let bytes = bridge_pdf();
    let file = given(&site, "Report 2024.PDF", &bytes);
    site.run(&["new", "source", &file]).exits(0);
    assert_eq!(fs::read(site.path("seeds/report-2024.pdf")).expect("the PDF"), bytes);
    let seed = read(&site, "seeds/report-2024.txt");
    assert_eq!(
        seed.lines().filter(|line| !line.is_empty()).collect::<Vec<_>>(),
        [
            "A bridge for Aldmoor",
            "The council of Aldmoor opened its new footbridge on Monday 4 March 2024. At 212 metres it is the longest in the county, said the \
             mayor, who called it an international example.",
            "The bridge cost 3.1 million pounds, almost twice the first estimate. The county paid half of it, but not the lighting, which is a gift \
             of the brewery, as is the bench that stands in the middle.",
            "Aldmoor Courier - page 1",
            "Aldmoor Courier - page 2",
        ]
    );
    let record = read(&site, "content/sources/report-2024.md");
    holds(
        &record,
        &[
            "title: \"The bridge of Aldmoor\" # from the PDF’s own data",
            "author: \"Ada Finch\"",
            "# published: not found",
            "# the file was made on 2024-03-05",
            "#   7-9: the head or foot of a page",
            "body: \"3-5\"",
        ],
    );
    site.run(&["build"]).exits(0);
}

#[test]
fn a_text_in_another_encoding_is_kept_and_a_seed_made_of_it() {
    let site = Site::bare();
    let latin: Vec<u8> = "Le café d’été est à l’œuvre.\n"
        .chars()
        .map(|c| match c {
            '’' => 0x92,
            'œ' => 0x9c,
            c => u8::try_from(u32::from(c)).expect("Latin-1"),
        })
        .collect();
    let file = given(&site, "cafe.txt", &latin);
    site.run(&["new", "source", &file])
        .exits(0)
        .complains("cafe.txt.original");
    assert_eq!(fs::read(site.path("seeds/cafe.txt.original")).expect("the file"), latin);
    assert_eq!(read(&site, "seeds/cafe.txt"), "Le café d’été est à l’œuvre.\n");
    holds(
        &read(&site, "content/sources/cafe.md"),
        &[
            "The file is in windows-1252; the seed was made of it, in UTF-8.",
            &sha256(&latin),
        ],
    );
    site.run(&["build"]).exits(0);
}

#[test]
fn a_seed_without_record_gets_one_and_stays_where_it_is() {
    let site = Site::bare();
    site.write("seeds/Odd name.txt", SEED);
    let file = site.path("seeds/Odd name.txt");
    site.run(&["new", "source", file.to_str().expect("UTF-8")]).exits(0);
    assert_eq!(names(&site.path("seeds")), ["Odd name.txt"]);
    holds(&read(&site, "content/sources/odd-name.md"), &["file: \"Odd name.txt\""]);
    // The name of a seed is enough.
    site.write("seeds/another.txt", format!("{SEED}And more.\n"));
    site.run(&["new", "source", "another"]).exits(0);
    holds(&read(&site, "content/sources/another.md"), &["file: \"another.txt\""]);
    site.run(&["new", "source", "nowhere.txt"])
        .exits(2)
        .complains("`nowhere.txt`");
    assert!(site.problems().iter().all(|found| found.code == "unused-source"));
}

#[test]
fn what_is_there_is_never_overwritten() {
    let site = Site::good();
    let file = given(&site, "rfi.txt", ARTICLE);
    let other = given(&site, "other.txt", SEED);
    let before = snapshot(&site.root());
    site.run(&["new", "source", &file])
        .exits(2)
        .complains("already there")
        .complains("--id");
    site.run(&["new", "source", &other])
        .exits(2)
        .complains("already source `rfi`");
    let seed = site.path("seeds/rfi.txt");
    site.run(&["new", "source", seed.to_str().expect("UTF-8"), "--id", "again"])
        .exits(2)
        .complains("has its record");
    // A page by the name of the source would be the record of that name.
    site.write("content/sources/page.md", RECORD.replace("title", "# title"));
    let page = given(&site, "page.html", PAGE);
    site.run(&["new", "source", &page]).exits(2).complains("already there");
    fs::remove_file(site.path("content/sources/page.md")).expect("it was written");
    // A file by the name of the original, which no site reads, stops everything too.
    site.write("seeds/page.html", "mine");
    let again = snapshot(&site.root());
    site.run(&["new", "source", &page])
        .exits(2)
        .complains("page.html` is already there");
    assert_eq!(snapshot(&site.root()), again);
    fs::remove_file(site.path("seeds/page.html")).expect("it was written");
    assert_eq!(snapshot(&site.root()), before);
}

/// A file that must be refused: its name, its bytes, and what must be said.
const REFUSED: &[(&str, &[u8], &str)] = &[
    ("empty.txt", b"", "is empty"),
    ("empty.html", b"", "is empty"),
    ("blank.txt", b" \n\n\xc2\xa0\n", "holds no text"),
    ("binary.txt", b"\x7fELF\x02\x01\x01\0\0\0", "is not a text"),
    (
        "bare.html",
        b"<!doctype html><html><head><title>x</title></head><body></body></html>",
        "holds no text",
    ),
    (
        "script.html",
        b"<div id=root></div><script>document.body.append('text')</script>",
        "holds no text",
    ),
    (
        "noise.pdf",
        b"%PDF-1.7\nnothing of the kind",
        "is not a PDF that can be read",
    ),
    ("no.pdf", b"just words", "is not a PDF that can be read"),
    (
        "locked.pdf",
        include_bytes!("intake/locked.pdf"),
        "is locked with a password",
    ),
    (
        "picture.pdf",
        include_bytes!("intake/picture.pdf"),
        "holds no text that can be read",
    ),
    ("letter.docx", b"PK\x03\x04", "is neither a text"),
    ("page.mhtml", b"From: x", "web archive"),
    ("noending", b"words", "is neither a text"),
    (".hidden.txt", b"words", "left beside a file"),
    ("words.txt~", b"words", "left beside a file"),
];

#[test]
fn what_cannot_be_taken_in_is_refused_and_nothing_is_written() {
    let site = Site::bare();
    let before = snapshot(&site.root());
    for (name, bytes, words) in REFUSED {
        let file = given(&site, name, bytes);
        let done = site
            .run(&["new", "source", &file])
            .exits(2)
            .complains(words)
            .complains("= help:");
        assert_eq!(done.stdout, "", "{name}");
        assert_eq!(snapshot(&site.root()), before, "{name}");
    }
    assert_eq!(names(&site.root()), ["kezako.yaml"]);
}

#[test]
fn a_large_file_is_refused_before_it_is_read() {
    let site = Site::bare();
    for (name, most) in [("large.txt", 8), ("large.html", 32), ("large.pdf", 32)] {
        let path = site.beside(name);
        let file = fs::File::create(&path).expect("a file can be made");
        file.set_len(50_000_000).expect("it can be large");
        let done = site.run(&["new", "source", path.to_str().expect("UTF-8")]).exits(2);
        done.complains(&format!("is larger than {most} MiB"));
    }
}

#[test]
fn a_long_text_is_taken_in() {
    let site = Site::bare();
    let line = "The council of Aldmoor opened its new footbridge on Monday, and said so in all of its papers and on all of its walls. ";
    let file = given(&site, "long.txt", format!("{line}{line}\n\n").repeat(2_000));
    site.run(&["new", "source", &file])
        .exits(0)
        .complains("suggested body: 1-3999");
}

#[test]
fn what_is_no_file_is_refused() {
    let site = Site::bare();
    let path = |name: &str| -> PathBuf { site.beside(name) };
    fs::create_dir(path("folder.txt")).expect("a folder");
    #[cfg(unix)]
    {
        let done = std::process::Command::new("mkfifo")
            .arg(path("pipe.txt"))
            .status()
            .expect("mkfifo");
        assert!(done.success());
        let pipe = path("pipe.txt");
        site.run(&["new", "source", pipe.to_str().expect("UTF-8")])
            .exits(2)
            .complains("is not a regular file");
        site.run(&["new", "source", "/dev/zero"])
            .exits(2)
            .complains("is not a regular file");
    }
    let folder = path("folder.txt");
    site.run(&["new", "source", folder.to_str().expect("UTF-8")])
        .exits(2)
        .complains("is a folder");
    site.run(&["new", "source", "/"]).exits(2).complains("is a folder");
    let nowhere = path("nowhere.txt");
    site.run(&["new", "source", nowhere.to_str().expect("UTF-8")])
        .exits(2)
        .complains("no such file");
    let file = given(&site, "a.txt", ARTICLE);
    for id in ["Upper", "a b", "é", "../x", ""] {
        site.run(&["new", "source", &file, "--id", id])
            .exits(2)
            .complains("cannot be an id");
    }
    assert_eq!(names(&site.root()), ["kezako.yaml"]);
}

/// A PDF that is cut short, or whose bytes are garbled: an answer, and never a crash.
#[test]
fn broken_pdfs_give_a_plain_answer() {
    let bytes = bridge_pdf();
    for step in 1..12 {
        let site = Site::bare();
        let mut broken = bytes[..bytes.len() * step / 12].to_vec();
        if step % 2 == 0 {
            let at = broken.len() / 2;
            broken[at..]
                .iter_mut()
                .step_by(7)
                .for_each(|byte| *byte = byte.wrapping_mul(31));
        }
        let file = given(&site, "broken.pdf", &broken);
        let done = site.run(&["new", "source", &file]);
        assert!(matches!(done.code, Some(0 | 2)), "{done:?}");
        if done.code == Some(0) {
            site.run(&["build"]).exits(0);
        } else {
            done.complains("= help:");
            assert_eq!(names(&site.root()), ["kezako.yaml"]);
        }
    }
}

/// A small PDF whose forms draw each other thirty times each, eight deep.
#[test]
fn a_pdf_without_end_is_given_up() {
    let mut objects: Vec<String> = vec![
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        "<< /Type /Pages /Count 1 /Kids [3 0 R] >>".to_owned(),
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 5 0 R /Resources << /XObject << /X 6 0 R >> >> >>".to_owned(),
        "<< /Title (Without end) >>".to_owned(),
        "<< /Length 5 >>\nstream\n/X Do\nendstream".to_owned(),
    ];
    for next in 7..15 {
        let content = "/X Do ".repeat(30);
        objects.push(format!(
            "<< /Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X {next} 0 R >> >> /Length {} >>\nstream\n{content}\nendstream",
            content.len()
        ));
    }
    let site = Site::bare();
    let file = given(&site, "forms.pdf", assemble(&objects));
    let begin = Instant::now();
    // It is given 30 seconds, which is longer than other commands may take in these tests.
    let done = kezako(["new", "source", &file, "--root"])
        .arg(site.root())
        .output()
        .expect("it ends");
    let said = String::from_utf8_lossy(&done.stderr);
    assert_eq!(done.status.code(), Some(2), "{said}");
    for words in ["takes longer than 30 seconds", "= help: open it in a viewer"] {
        assert!(said.contains(words), "{said}");
    }
    assert!(begin.elapsed() < Duration::from_secs(90), "{:?}", begin.elapsed());
    assert_eq!(names(&site.root()), ["kezako.yaml"]);
}

#[cfg(unix)]
#[test]
fn a_folder_that_leads_out_of_the_site_is_not_written_to() {
    let site = Site::bare();
    let outside = site.beside("outside");
    fs::create_dir(&outside).expect("a folder");
    std::os::unix::fs::symlink(&outside, site.path("seeds")).expect("a link");
    let file = given(&site, "a.txt", ARTICLE);
    site.run(&["new", "source", &file])
        .exits(2)
        .complains("outside of the site");
    assert!(names(&outside).is_empty());
    assert_eq!(names(&site.root()), ["kezako.yaml", "seeds"]);
}

#[test]
fn an_id_alone_begins_the_record_of_a_text_that_is_yet_to_come() {
    for (settings, note) in [
        (String::new(), "Who publishes this text"),
        ("lang: fr\n".to_owned(), "Qui publie ce texte"),
    ] {
        let site = Site::bare();
        let own = read(&site, "kezako.yaml");
        let own: String = own
            .lines()
            .filter(|line| !line.starts_with("lang"))
            .map(|line| format!("{line}\n"))
            .collect();
        site.write("kezako.yaml", own + &settings);
        let done = site.run(&["new", "source", "old-bridge"]).exits(0);
        assert!(
            done.stdout.ends_with("content/sources/old-bridge.md\n"),
            "{}",
            done.stdout
        );
        let done = done.complains("seeds/old-bridge.txt");
        assert!(!done.stderr.contains("error"), "{}", done.stderr);
        let record = read(&site, "content/sources/old-bridge.md");
        holds(
            &record,
            &["file: old-bridge.txt", "title: \"Old bridge\"", "lang: ", note],
        );
        let codes = |site: &Site| site.problems().into_iter().map(|it| it.code).collect::<Vec<_>>();
        assert_eq!(codes(&site), ["source-missing"]);
        site.run(&["new", "source", "old-bridge"])
            .exits(2)
            .complains("already there");
        assert_eq!(read(&site, "content/sources/old-bridge.md"), record);
        site.write("seeds/old-bridge.txt", ARTICLE);
        assert_eq!(codes(&site), ["unused-source"]);
        site.run(&["build"]).exits(0);
    }
    let site = Site::bare();
    site.run(&["new", "source", "Old-bridge"])
        .exits(2)
        .complains("no such file");
    site.run(&["new", "source", "old.txt"])
        .exits(2)
        .complains("no such file");
}

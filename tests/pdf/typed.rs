//! Whatever editors type is set, and none of it acts.

use super::*;

/// A PNG of one black pixel (W3C PNG, third edition).
const PIXEL: &[u8] = &[
    0x89, b'P', b'N', b'G', 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 0x0d, b'I', b'H', b'D', b'R', 0, 0, 0, 1, 0, 0, 0, 1, 8,
    0, 0, 0, 0, 0x3a, 0x7e, 0x9b, 0x55, 0, 0, 0, 0x0a, b'I', b'D', b'A', b'T', 0x78, 0x9c, 0x63, 0x60, 0, 0, 0, 2, 0,
    1, 0x48, 0xaf, 0xa4, 0x71, 0, 0, 0, 0, b'I', b'E', b'N', b'D', 0xae, 0x42, 0x60, 0x82,
];

/// Whatever an editor types is set as typed: none of it can run as Typst's code, read a file, or spoil the page.
#[test]
fn typsts_own_signs_come_out_as_typed() {
    let site = site();
    // In French, spaces before high signs would be set.
    site.write(
        "kezako.yaml",
        "title: \"Checked\"\nbase_url: \"https://example.org/\"\n",
    );
    let typed = [
        "#let x = 1; #x et #[bloc] #{code} @renvoi $x^2$ \\u{41} \\ fin",
        "#read(\"glossary.typ\") #import \"data.json\": \\* #include \"/etc/passwd\" #eval(\"1\")",
        "// commentaire /\\* autre \\*/ <label> `code #x $y$` ~ tilde --- -- ... 'a' \"b\"",
        "#panic(\"non\") #sys.version #counter(page).display() #pagebreak() #set text(40pt)",
        "{\"kind\": \"link\", \"url\": \"javascript:alert(1)\"} https://example.org/a_b?c=d&e=#f",
        "]]>} #) ([{ \\\"quoted\\\" \\\\ \\# \\@ #\"chaîne\" #(1+2) #none #show: x => 41 + 1",
    ];
    for (at, text) in typed.iter().enumerate() {
        term(
            &site,
            &format!("t{at}"),
            &format!("term: \"t{at} #x @y $z$ *e* _f_ `g` <h> // i\""),
            text,
        );
    }
    term(
        &site,
        "lignes",
        "term: \"lignes\"",
        "\\= titre\n\n\\- item\n\n\\+ item\n\n/ terme: sens\n\n\\#set page(width: 1pt)",
    );
    let file = printed(&site, &[]);
    let text = without_spaces(&words(&file));
    for (at, typed) in typed.iter().enumerate() {
        has(&text, &without_spaces(&markdown_read(typed)));
        has(&text, &format!("t{at}#x@y$z$*e*_f_`g`<h>//i"));
    }
    for line in ["= titre", "- item", "+ item", "/ terme: sens", "#set page(width: 1pt)"] {
        has(&text, &without_spaces(line));
    }
    assert_eq!(info(&file)["Page size"], "595.276 x 841.89 pts (A4)");
}

/// The few of Markdown's rules that the texts above use.
fn markdown_read(text: &str) -> String {
    let mut out = String::new();
    let mut signs = text.replace('`', "").chars().collect::<Vec<_>>().into_iter().peekable();
    while let Some(sign) = signs.next() {
        match (sign, signs.peek()) {
            ('\\', Some(next)) if next.is_ascii_punctuation() => out.extend(signs.next()),
            _ => out.push(sign),
        }
    }
    out
}

/// Lines end where they may, so spaces are not compared.
fn without_spaces(text: &str) -> String {
    text.split_whitespace().collect()
}

#[test]
fn what_cannot_be_set_is_told_and_does_not_vanish() {
    let site = site();
    site.write("content/glossary/pixel.png", PIXEL);
    site.write("content/glossary/broken.png", "no image");
    site.write(
        "content/glossary/plain.svg",
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9\" height=\"9\"><path d=\"M0 0h9v9z\"/></svg>",
    );
    site.write("content/glossary/reads.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9\" height=\"9\"><image href=\"../data.json\" width=\"9\" height=\"9\"/></svg>");
    term(
        &site,
        "grok",
        "term: \"Grok 🤖\"",
        "Un robot 🤖, 你好.\n\n![un pixel](pixel.png) ![](pixel.png) ![rien ici](broken.png) ![un tracé](plain.svg) ![lien](reads.svg)",
    );
    let deep = format!("{}fond\n", "> ".repeat(60));
    term(&site, "profond", "term: \"profond\"", &deep);
    let file = site.beside("glossary.pdf");
    let done = run(site.command(&["glossary", "-o"]).arg(&file)).exits(0);
    done.complains("no `你` (U+4F60), no `好` (U+597D), no `🤖` (U+1F916)")
        .complains("grok.md:2:")
        .complains("the PDF cannot show this image")
        .complains("too deep");
    let text = words(&file);
    has(&text, "Grok □ Un robot □, □□.");
    has(&text, "[rien ici]");
    has(&text, "fond");
    let images = tool("pdfimages", &["-list"], &file, &[]);
    assert_eq!(images.lines().skip(2).count(), 2, "{images}");
    tool("qpdf", &["--check"], &file, &[]);
    // `build` and `check` say the same.
    let told = found(
        &run(site
            .command(&["check", "--format", "json"])
            .args(["--today", support::TODAY]))
        .stdout,
    );
    let codes: Vec<&str> = told
        .iter()
        .filter(|told| told.code == "unprintable")
        .map(|told| told.path.as_str())
        .collect();
    assert!(codes.len() >= 3, "{told:?}");
    let broken = told.iter().find(|told| told.message.contains("image")).expect("told");
    assert_eq!(broken.words(&site.root()), "broken.png");
}

/// All signs of the plane that texts are written in, and what Markdown can pile up: the PDF is made, and is sound.
#[test]
fn hostile_definitions_are_set() {
    let site = site();
    let signs = (0x20..0x3000).chain(0xe000..0xe010).chain(0xf900..=0xffff);
    let marks = (0x300..0x370)
        .chain(0x483..0x48a)
        .chain(0x5b0..0x5c0)
        .chain(0x20d0..0x20f1);
    let spaced = |signs: &[char]| -> String { signs.iter().flat_map(|sign| ['x', '\\', *sign, ' ']).collect() };
    let signs: Vec<char> = signs.filter_map(char::from_u32).collect();
    let marks: Vec<char> = marks.filter_map(char::from_u32).collect();
    let styled = marks.chunks(100).map(|chunk| {
        let marks = spaced(chunk);
        format!("*{marks}x* **{marks}x** ***{marks}x*** `{marks}`")
    });
    for (at, text) in signs.chunks(400).map(spaced).chain(styled).enumerate() {
        let (id, front) = (format!("s{at}"), format!("term: \"s{at}\"\nglossary: off"));
        term(&site, &id, &front, &text);
    }
    for (at, text) in [
        "x".repeat(5000),
        format!("`{}`", "y".repeat(3000)),
        format!("```\n{}\n```", "z".repeat(3000)),
        format!("{}x", "- ".repeat(200)),
        format!("{}x", "1. ".repeat(200)),
        format!("{}x{}", "**a *b ".repeat(60), "* c**".repeat(60)),
        format!(
            "|{}\n|{}\n|{}\n",
            "a|".repeat(40),
            "-|".repeat(40),
            "long-word|".repeat(40)
        ),
        "# a\n\n###### b\n\n## c\n\n#### d\n\ntext".to_owned(),
        "a[^1] b[^2]\n\n[^1]: see [^2]\n[^2]: see [^1] and [^3]\n[^3]: end [^3]".to_owned(),
        "[^1]: nothing refers to this".to_owned(),
        "term\n: meaning\n: another\n\n---\n\n> plain quote\n> - list\n>   1. in list".to_owned(),
        "[](https://e.example) [ ](https://e.example) ** ** ~~x~~".to_owned(),
        "<b>raw</b> &amp; &#0; &#xFFFE; \u{202e}rtl\u{202c} א ب e\u{301}\u{301}\u{301}".to_owned(),
        String::new(),
    ]
    .iter()
    .enumerate()
    {
        term(
            &site,
            &format!("h{at}"),
            &format!("term: \"h{at}\"\nglossary: off"),
            text,
        );
    }
    let file = printed(&site, &[]);
    tool("qpdf", &["--check"], &file, &[]);
    let text = words(&file);
    let count = |sign: char| text.chars().filter(|c| *c == sign).count();
    assert!(count('z') >= 3000 && count('y') >= 3000, "long words break and stay");
    has(&text, "nothing refers to this");
    let cards = printed(&site, &["--layout", "cards"]);
    tool("qpdf", &["--check"], &cards, &[]);
}

//! What libraries and the system say, in French (`src/phrase/others.txt`): each of its patterns is provoked by a fault, so that a library that
//! comes to say it otherwise is noticed.

use std::collections::BTreeSet;
use std::io;

use kezako::build::{Nowhere, build};
use kezako::diagnostic::{Code, Diagnostic};
use kezako::lang::{Lang, space};
use kezako::phrase::{Piece, others, pieces, recognize};
use kezako::site::Options;
use kezako::tongue::Tongue;
use kezako::tree::Tree;

/// Front matter that cannot be read, and what is said of it.
const YAML: [(&str, &str); 37] = [
    ("a: !!int x", "a: invalid value: string \"x\", expected an integer"),
    ("a: !!float x", "a: invalid value: string \"x\", expected a float"),
    ("a: !!bool x", "a: invalid value: string \"x\", expected a boolean"),
    ("a: !!null x", "a: invalid value: string \"x\", expected null"),
    ("a: !t - b", "block sequence entries are not allowed in this context"),
    ("x: \u{7}", "control characters are not allowed at position 3"),
    ("%\n---\na: b", "could not find expected directive name"),
    (
        "a: b\n...\nc: d",
        "deserializing from YAML containing more than one document is not supported",
    ),
    ("a: !x%zz y", "did not find URI escaped octet"),
    ("- a\nb: c", "did not find expected '-' indicator"),
    ("%TAG ! x\n---\na: b", "did not find expected <document start>"),
    ("a: *", "did not find expected alphabetic or numeric character"),
    ("a: |x\n b", "did not find expected comment or line break"),
    ("a: \"\\xzz\"", "did not find expected hexadecimal number"),
    ("a:\n  - x\n b", "did not find expected key"),
    (": v", "did not find expected key, while parsing a block mapping"),
    ("x: ]", "did not find expected node content"),
    ("a: !<", "did not find expected tag URI"),
    ("%YAML x\n---\na: b", "did not find expected version number"),
    ("a: !t{ b", "did not find expected whitespace or line break"),
    ("a: !<x y", "did not find the expected '>'"),
    (
        "a: |\n\tb",
        "found a tab character where an indentation space is expected",
    ),
    ("a: !x%ff y", "found an incorrect leading UTF-8 octet"),
    ("a: >0\n b", "found an indentation indicator equal to 0"),
    ("a: !t @x", "found character that cannot start any token"),
    ("%YAML 1.2\n%YAML 1.2\n---\na: b", "found duplicate %YAML directive"),
    ("%YAML 1.99999999999\n---\na: b", "found extremely long version number"),
    ("%YAML 3.0\n---\na: b", "found incompatible YAML document"),
    ("a: \"\\uD800\"", "found invalid Unicode character escape code"),
    ("a: !x!y z", "found undefined tag handle"),
    ("%FOO\n---\na: b", "found unknown directive name"),
    ("a: ? b", "mapping keys are not allowed in this context"),
    ("a: [*x]", "unknown anchor"),
    ("a: !!", "did not find expected tag URI"),
    ("a: !t `x`", "found character that cannot start any token"),
    ("a: &", "did not find expected alphabetic or numeric character"),
    ("a: }", "did not find expected node content"),
];

/// Templates that cannot be read or used, and what is said of them.
const TEMPLATES: &[(&str, &str)] = &[
    ("{{ x", "unexpected end of input"),
    ("{{ 1.2.3 }}", "found `.` but expected }}"),
    ("{{ 99999999999999999999999999999999999999999 }}", "invalid Integer"),
    ("{{ \"abc }}", "string opened with `\"` is missing its closing `\"`"),
    ("{{ \"a\\q\" }}", "unexpected escape character"),
    ("{% raw %}x", "unexpected end of raw block"),
    ("{# x", "closing comment tag `#}` not found"),
    ("{{ a $ b }}", "unexpected character"),
    ("{{ a b }}", "found identifier but expected }}"),
    (
        "{% block a %}{% endblock b %}",
        "block was named `a` in the opening tag, found `b` as name in the end tag",
    ),
    (
        "{% for a in b %}{{ loop.foo }}{% endfor %}",
        "found invalid field of `loop`: foo. Only `index`, `index0`, `first`, `last` and `length` exist",
    ),
    (
        "{{ a.b() }}",
        "function calls are only allowed at the first element of a chain",
    ),
    ("{{ f(a=1, a=2) }}", "keyword argument `a` is defined more than once"),
    ("{{ a.1 }}", "found integer but expected identifier"),
    ("{{ - not a }}", "`-` and `not` cannot be used consecutively"),
    (
        "{{ <3 }}",
        "found `<` but expected identifier after it for component call. Use `<` for comparisons in proper context",
    ),
    (
        "{{ + }}",
        "found `+` but expected one of: integer, float, string, bool, ident, `-`, `not`, `<`, `{`, `[` or `(`",
    ),
    ("{{ a not b }}", "`not` is only valid here as part of `not in`"),
    ("{{ a ~ -b }}", "`-` is not allowed after `~`"),
    ("{% <foo> %}", "unclosed component 'foo'"),
    ("{{ <nocomp /> }}", "unknown component `nocomp`"),
    (
        "{{ [x for self in y] }}",
        "self is a reserved keyword of Tera, it cannot be used as a list comprehension variable",
    ),
    (
        "{% for loop in a %}{% endfor %}",
        "loop is a reserved keyword of Tera, it cannot be used as a loop variable",
    ),
    (
        "{% set self = 1 %}",
        "self is a reserved keyword of Tera, it cannot be assigned to",
    ),
    ("{% for true in a %}{% endfor %}", "found bool but expected identifier"),
    ("{% foo %}", "unknown tag"),
    (
        "{% set a 1 %}",
        "invalid syntax for `set`: expecting an `=` followed by an expression or a `%}}`",
    ),
    ("{% include x %}", "found identifier but expected string"),
    (
        "{% extends \"base.html\" %}{% extends \"base.html\" %}",
        "template is already extending `base.html`",
    ),
    (
        "x{% extends \"base.html\" %}",
        "`extends` needs to be the first tag of the template",
    ),
    (
        "{% if a %}{% extends \"base.html\" %}{% endif %}",
        "`extends` cannot be nested in other tags",
    ),
    (
        "{% for a in b %}{% block b %}{% endblock %}{% endfor %}",
        "blocks cannot be written inside a for loop",
    ),
    (
        "{% block a %}{% endblock %}{% block a %}{% endblock %}",
        "template already contains a block named `a`",
    ),
    ("{% break %}", "break can only be used in a for loop"),
    (
        "{% for a in b %}{% filter upper %}{% break %}{% endfilter %}{% endfor %}",
        "`break` cannot be used inside a filter section",
    ),
    (
        "{% for a in b %}{% set x %}{% break %}{% endset %}{% endfor %}",
        "`break` cannot be used inside a `set` block",
    ),
    (
        "{% extends \"base.html\" %}x",
        "this content would be ignored: only `extends`, `block` and `component` are allowed at the top level of a child template",
    ),
    ("{% include \"none.html\" %}", "unknown template `none.html`"),
    ("{{ a | nofilter }}", "unknown filter `nofilter`"),
    ("{{ a is notest }}", "unknown test `notest`"),
    ("{{ nofunc() }}", "unknown function `nofunc`"),
    (
        "{% extends \"base.html\" %}{% block nowhere %}{% endblock %}",
        "block `nowhere` is not defined in any parent template",
    ),
    (
        "{{ {1.5: 2} }}",
        "found float but expected `...`, a string, an integer or a bool",
    ),
    (
        "{% component f(body) %}{% endcomponent %}",
        "the name `body` is reserved for component body content",
    ),
    (
        "{% component f(a, a) %}{% endcomponent %}",
        "component argument `a` is defined more than once",
    ),
    (
        "{% component f(a: foo) %}{% endcomponent %}",
        "found foo but the only types allowed are: string, bool, integer, float, number, array, map and bytes",
    ),
    (
        "{% component f(a: string = 1) %}{% endcomponent %}",
        "default value for `a` has type `integer` but the argument has type `string`",
    ),
    (
        "{% block a %}{% component f() %}{% endcomponent %}{% endblock %}",
        "component definitions cannot be written in another tag",
    ),
    (
        "{% extends \"home.html\" %}",
        "circular extend detected for template 'home.html'. Inheritance chain: `[\"home.html\"]`",
    ),
    (
        "{% include \"home.html\" %}",
        "circular include detected for template 'home.html'. Include chain: `[\"home.html\", \"home.html\"]`",
    ),
    ("{% if a %}text{% for b c %}", "found identifier but expected in"),
    ("{{ [[[1]]] }}", "arrays can have a maximum of 2 dimensions"),
    (
        "{{ a[b[c[d[e[f]]]]] }}",
        "identifiers can only have up to 4 nested brackets",
    ),
    ("{{ x }}", "variable `x` is not defined. Available variables: "),
    ("{{ site.foo }}", "field `foo` is not defined. Available fields: "),
    ("{{ site.title.x }}", "field `x` is not defined"),
    (
        "{{ site.title + 1 }}",
        "`+` requires both operands to be numbers, found `string` and `i64`",
    ),
    ("{{ 1 / 0 }}", "cannot divide by 0"),
    ("{{ site.title[foo] }}", "index expression is undefined"),
    (
        "{{ site.title[\"a\":] }}",
        "slice start must be an integer, got `string`",
    ),
    ("{{ site.title[:\"a\"] }}", "slice end must be an integer, got `string`"),
    (
        "{{ site.title[::\"a\"] }}",
        "slice step must be an integer, got `string`",
    ),
    ("{{ [1, 2][::0] }}", "slicing step cannot be 0"),
    (
        "{{ 1[0:1] }}",
        "slicing can only be used on arrays or strings, not on `i64`",
    ),
    ("{% for a in 1 %}{% endfor %}", "iteration not possible on type `i64`"),
    (
        "{% for a, b in [1] %}{% endfor %}",
        "key/value iteration is not possible on type `array`, only on maps",
    ),
    ("{{ 1 < \"a\" }}", "cannot compare `i64` with `string`"),
    (
        "{{ site.title | int }}",
        "the string `A site` cannot be converted to an int in base 10",
    ),
    ("{{ \"x\" | float }}", "the string `x` cannot be converted to a float"),
    (
        "{{ 1 | upper }}",
        "invalid type for the value, expected `string` but got `i64`",
    ),
    ("{{ \"a\" | replace }}", "missing keyword argument `from`"),
    (
        "{{ range(start=3, end=1) }}",
        "function `range` was called with a `start` argument greater than the `end` one",
    ),
    (
        "{{ range(end=3, step_by=0) }}",
        "function `range` was called with a `step_by` argument of 0",
    ),
    (
        "{{ range(end=99999999) }}",
        "function `range` would produce 99999999 elements, which exceeds the limit of 100000",
    ),
    (
        "{{ 1 in 2 }}",
        "`in` cannot be used on a container of type `i64`. It can only be used on arrays, strings and map/structs",
    ),
    (
        "{{ [1, \"a\"] | sort }}",
        "cannot sort: `i64` and `string` are not comparable",
    ),
    ("{{ 1 | length }}", "value of type i64 has no length"),
    ("{{ 3 | reverse }}", "value of type i64 cannot be reversed"),
    (
        "{{ {\"a\": 1} | get(key=\"b\") }}",
        "map does not have a key b and no default values were defined",
    ),
    ("{{ [...\"a\"] }}", "spread operator requires an array, found `string`"),
    ("{{ {...\"a\"} }}", "spread operator requires a map, found `string`"),
    ("{{ [1][\"b\"] }}", "array index must be an integer, got `string`"),
    ("{{ \"a\"[\"b\"] }}", "string index must be an integer, got `string`"),
    (
        "{{ \"x\" * 3 }}",
        "math operations can only be done on numbers, found `string`",
    ),
    ("{{ -site.title }}", "only numbers can be negated. This is a `string`"),
    (
        "{{ \"a\" | pluralize }}",
        "pluralize filter requires an integer, got `string`",
    ),
    (
        "{{ [{\"a\": 1}] | sort(attribute=\"b\") }}",
        "value at index 0 (a map/struct) does not have an attribute at path: b",
    ),
    (
        "{{ 1.5 is odd }}",
        "value `1.5` is a float; cannot determine if it's odd",
    ),
    ("{{ [1][99] }}", "tried to render a variable that is undefined"),
    (
        "{{ site.title | abs }}",
        "this filter can only be used on a number, received `string`",
    ),
    ("{{ super() }}", "super() called outside of a block"),
];

/// Style sheets that cannot be read, and what is said of them.
const STYLES: [(&str, &str); 19] = [
    (
        "a {} @import \"x.css\";",
        "@import rules must precede all rules aside from @charset and @layer statements",
    ),
    (
        "a {} @namespace x url(y);",
        "@namespaces rules must precede all rules aside from @charset, @import, and @layer statements",
    ),
    ("a. {}", "expected identifier in class selector, got WhiteSpace(\" \")"),
    ("@property --x {}", "invalid @ rule body"),
    ("a > {}", "invalid dangling combinator in selector"),
    (", {}", "invalid empty selector"),
    ("@media (min-width: ) {}", "invalid media query"),
    (
        "a::-webkit-scrollbar:foo {}",
        "invalid pseudo class after ::-webkit-scrollbar pseudo element",
    ),
    (
        "a::before:hover:foo {}",
        "invalid pseudo class after pseudo element, only user action pseudo classes (e.g. :hover, :active) are allowed",
    ),
    ("a::before::after b {}", "invalid state"),
    ("a: {}", "invalid token in pseudo element: WhiteSpace(\" \")"),
    ("a[b=1] {}", "invalid value in attribute selector: Number"),
    ("a[=] {}", "no qualified name in attribute selector: Delim('=')."),
    ("a[1] {}", "no qualified name in attribute selector: Number"),
    (
        "a:horizontal {}",
        "pseudo class must be prefixed by a ::-webkit-scrollbar pseudo element",
    ),
    (
        "a::before.b {}",
        "pseudo-elements like '::before' or '::after' can't be followed by selectors like 'Delim('.')'",
    ),
    ("@media () {}", "the brackets cannot be empty"),
    ("a[b {}", "unexpected end of input"),
    (
        "@import \"base.css\" layer(a); @import \"base.css\" layer(b);",
        "unsupported layer combination in @import",
    ),
];

/// What stands in a drawing (or all of it, where it begins with `=`), and what is said of it after "SVG data parsing failed cause".
const DRAWINGS: [(&str, &str); 22] = [
    ("]]>", "']]>' at 1:44 is not allowed inside a character data"),
    ("\u{7}", "a non-XML character '\\u{7}' found at 1:41"),
    (
        "=<!DOCTYPE svg [ <!ENTITY a \"&a;\"> ]><svg xmlns=\"http://www.w3.org/2000/svg\">&a;</svg>",
        "a possible entity reference loop is detected at 1:32",
    ),
    ("<x:g/>", "an unknown namespace prefix 'x' at 1:42"),
    ("<g a=\"1\" a=\"2\"/>", "attribute 'a' at 1:50 is already defined"),
    ("<!-- -- -->", "comment at 1:41 contains '--'"),
    ("<g a/>", "expected '=' not '/' at 1:45"),
    ("<![CDATA[", "expected ']]>' at 1:56"),
    ("<g>", "expected 'g' tag, not 'svg' at 1:44"),
    ("<g a=1/>", "expected a quote not '1' at 1:46"),
    ("<g a=\"1\"b=\"2\"/>", "expected a whitespace not 'b' at 1:49"),
    ("<1/>", "invalid name token at 1:42"),
    ("& x", "malformed entity reference at 1:41"),
    ("=", "the document does not have a root node"),
    (
        "=<svg xmlns=\"http://www.w3.org/2000/svg\">",
        "the root node was opened but never closed",
    ),
    ("<?xml version=\"1.0\"?>", "unexpected XML declaration at 1:41"),
    ("&foo;", "unknown entity reference 'foo' at 1:41"),
    ("=x", "unknown token at 1:1"),
    ("<!x>", "unknown token at 1:41"),
    ("=</svg>", "invalid name token at 1:2"),
    ("<g a=\"<\"/>", "expected '\"' not '<' at 1:47"),
    ("=<svg", "the document does not have a root node"),
];

/// Numbers of the system's errors on Linux, and glibc's words for them; the C library of another system has its own.
const SYSTEM: [(i32, &str); 20] = [
    (1, "Operation not permitted"),
    (2, "No such file or directory"),
    (4, "Interrupted system call"),
    (5, "Input/output error"),
    (6, "No such device or address"),
    (8, "Exec format error"),
    (11, "Resource temporarily unavailable"),
    (12, "Cannot allocate memory"),
    (13, "Permission denied"),
    (19, "No such device"),
    (22, "Invalid argument"),
    (23, "Too many open files in system"),
    (24, "Too many open files"),
    (26, "Text file busy"),
    (28, "No space left on device"),
    (32, "Broken pipe"),
    (38, "Function not implemented"),
    (95, "Operation not supported"),
    (99, "Cannot assign requested address"),
    (116, "Stale file handle"),
];

/// What drawings are said to be after.
const DRAWING: &str = "SVG data parsing failed cause ";

const NO_UTF8: &str = "stream did not contain valid UTF-8";

const NO_SIZE: &str = "SVG has an invalid size";

/// What takes long to write: a template, and what is said of it.
fn long() -> [(String, &'static str); 2] {
    [
        (
            format!("{{{{ {}a{} }}}}", "(".repeat(60), ")".repeat(60)),
            "the expression is too complex",
        ),
        (
            "{% if a %}".repeat(150) + &"{% endif %}".repeat(150),
            "the template nesting is too deep",
        ),
    ]
}

/// A site of one page.
fn site() -> Tree {
    let mut tree = Tree::default();
    let settings = "title: \"A site\"\nbase_url: https://example.org/\nlang: en\nsearch: false\n";
    tree.insert_text("kezako.yaml", settings);
    tree.insert_text("content/index.md", "---\ntitle: \"x\"\n---\n\nx\n");
    tree
}

/// The reports of one code on one file.
fn reports(tree: &Tree, code: Code, path: &str) -> Vec<Diagnostic> {
    let report = build(tree, &Options::default(), &Nowhere, &|_| {}).report;
    let all = report.diagnostics().iter();
    let of: Vec<Diagnostic> = all.filter(|it| it.code == code && &*it.path == path).cloned().collect();
    assert!(!of.is_empty(), "{:?}", report.diagnostics());
    of
}

/// Fails unless the first report says these words in English, and others in French.
#[track_caller]
fn check(reports: &[Diagnostic], before: &str, words: &str) {
    let [report, ..] = reports else {
        panic!("nothing is said instead of `{words}`")
    };
    let english = report.message.to_string();
    let said = english.strip_prefix(before).unwrap_or_default();
    assert!(
        said == words || words.ends_with(": ") && said.starts_with(words),
        "{english}\ninstead of {words}"
    );
    let known = recognize(said).unwrap_or_else(|| panic!("others.txt has no pattern for `{said}`"));
    let french = report.message.in_tongue(Tongue::French);
    assert_ne!(french, english);
    // Of the library's own words none is left.
    let words = pieces(known.english).filter_map(|piece| match piece {
        Piece::Words(words) => Some(words.trim()),
        Piece::Place(_) => None,
    });
    for words in words.filter(|words| words.matches(' ').count() > 1) {
        assert!(!french.contains(words), "{french}");
    }
}

#[test]
fn broken_front_matter_is_told_in_french() {
    let mut tree = site();
    for (at, (yaml, _)) in YAML.iter().enumerate() {
        tree.insert_text(&format!("content/pages/p{at}.md"), &format!("---\n{yaml}\n---\n\nx\n"));
    }
    let report = build(&tree, &Options::default(), &Nowhere, &|_| {}).report;
    for (at, (_, words)) in YAML.iter().enumerate() {
        let path = format!("content/pages/p{at}.md");
        let all = report.diagnostics().iter();
        let of: Vec<Diagnostic> = all.filter(|it| *it.path == *path).cloned().collect();
        check(&of, "this YAML cannot be read: ", words);
    }
}

#[test]
fn broken_templates_are_told_in_french() {
    let long = long();
    let long = long.iter().map(|(text, words)| (text.as_str(), *words));
    for (template, words) in TEMPLATES.iter().copied().chain(long) {
        let mut tree = site();
        tree.insert_text("templates/home.html", template);
        check(&reports(&tree, Code::Template, "templates/home.html"), "", words);
    }
}

/// What is said of a file of menus that lacks one.
const NO_MENU: &str = "component 'standing' not found";

#[test]
fn a_missing_menu_is_told_in_french() {
    let mut tree = site();
    tree.insert_text("templates/menus.html", "{% component menu() %}{% endcomponent %}");
    let told = reports(&tree, Code::Template, "templates/menus.html");
    assert_eq!(told.len(), 1, "{told:?}");
    check(&told, "", NO_MENU);
}

#[test]
fn broken_styles_are_told_in_french() {
    for (css, words) in STYLES {
        let mut tree = site();
        tree.insert_text("templates/styles/site.css", css);
        let reports = reports(&tree, Code::Style, "templates/styles/site.css");
        check(&reports, "this style sheet cannot be read: ", words);
    }
}

#[test]
fn broken_drawings_are_told_in_french() {
    let mut tree = Tree::default();
    for (path, text) in kezako::example::files("en") {
        let more = if path == "kezako.yaml" {
            "search: false\nsocial: {cards: true}\n"
        } else {
            ""
        };
        tree.insert_text(path, &format!("{text}{more}"));
    }
    let path = "templates/card.svg";
    for (inside, words) in DRAWINGS {
        let whole = inside.strip_prefix('=').map(str::to_owned);
        let whole = whole.unwrap_or_else(|| format!("<svg xmlns=\"http://www.w3.org/2000/svg\">{inside}</svg>"));
        tree.insert_text(path, &whole);
        let before = "this drawing cannot be read: ";
        check(
            &reports(&tree, Code::Template, path),
            before,
            &format!("{DRAWING}{words}"),
        );
    }
    tree.insert_text(path, "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"0\"/>");
    check(
        &reports(&tree, Code::Template, path),
        "this drawing cannot be read: ",
        NO_SIZE,
    );
}

#[cfg(all(target_os = "linux", target_env = "gnu"))]
#[test]
fn the_systems_errors_have_these_words() {
    for (number, words) in SYSTEM {
        let said = io::Error::from_raw_os_error(number).to_string();
        assert_eq!(said, format!("{words} (os error {number})"));
    }
    let text = io::read_to_string(&b"\xff"[..]).expect_err("no UTF-8");
    assert_eq!(text.to_string(), NO_UTF8);
}

/// The patterns that a text is made of.
fn patterns(text: &str, found: &mut BTreeSet<&'static str>) {
    let known = recognize(text).unwrap_or_else(|| panic!("others.txt has no pattern for `{text}`"));
    found.insert(known.english);
    for said in known.said() {
        // Others are signs, which say themselves.
        if recognize(said).is_some() {
            patterns(said, found);
        }
    }
}

#[test]
fn each_pattern_is_provoked_by_a_fault() {
    let mut found = BTreeSet::new();
    let long = long();
    let long = long.iter().map(|(_, words)| *words);
    let said = YAML.iter().chain(TEMPLATES).chain(&STYLES).map(|(_, words)| *words);
    for text in said.chain(long).chain([NO_SIZE, NO_UTF8, NO_MENU]) {
        patterns(text, &mut found);
    }
    for (_, words) in DRAWINGS {
        patterns(&format!("{DRAWING}{words}"), &mut found);
    }
    for (number, words) in SYSTEM {
        patterns(&format!("{words} (os error {number})"), &mut found);
    }
    let never: Vec<&str> = others()
        .map(|(english, _)| english)
        .filter(|it| !found.contains(it))
        .collect();
    assert!(never.is_empty(), "no fault provokes\n{}", never.join("\n"));
}

#[test]
fn each_pattern_stands_once_with_the_same_places_in_good_french() {
    let fr = Lang::new("fr");
    let places = |pattern: &'static str| -> BTreeSet<&str> {
        let places = pieces(pattern).filter_map(|piece| match piece {
            Piece::Place(name) => Some(name),
            Piece::Words(_) => None,
        });
        places.collect()
    };
    let mut seen = BTreeSet::new();
    for (english, french) in others() {
        assert!(seen.insert(english), "twice: {english}");
        assert_eq!(places(english), places(french), "{french}");
        for words in french.split('`').step_by(2) {
            assert_eq!(space(&fr, words), words, "{french}");
            assert!(!words.contains(['\'', '"']), "{french}");
        }
    }
}

//! docs/templates.md tells everything that a template sees, and nothing that it does not see.
//!
//! Its second half is made from the comments of the views: `UPDATE=1 cargo test --test templates` writes it anew. Whether views look as their types
//! say is tested on whole sites, as templates get them.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use kezako::link::{self, Index, link};
use kezako::plan::{plan, years_with_pages};
use kezako::reader::{Reader, Whole};
use kezako::shell::load;
use kezako::site::{self, Options, gather};
use kezako::tree::Tree;
use kezako::view::Viewer;
use kezako::words::Words;
use serde_json::Value;

/// Where the part that is made begins.
const MARK: &str = "<!-- From here on made from the code: UPDATE=1 cargo test --test templates -->\n";

/// The type of a value.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Type {
    Text,
    Number,
    Flag,
    List(Box<Type>),
    Maybe(Box<Type>),
    /// Values by name.
    Map(Box<Type>),
    View(String),
}

impl Type {
    /// From Rust's name for it.
    fn parse(name: &str) -> Self {
        let inner = |outer: &str| {
            Some(
                name.strip_prefix(outer)?
                    .strip_prefix('<')?
                    .strip_suffix('>')?
                    .to_owned(),
            )
        };
        if let Some(inner) = inner("Option") {
            return Self::Maybe(Box::new(Self::parse(&inner)));
        }
        if let Some(inner) = inner("Vec") {
            return Self::List(Box::new(Self::parse(&inner)));
        }
        if let Some(inner) = inner("Box") {
            return Self::parse(&inner);
        }
        if let Some(inner) = inner("BTreeMap") {
            let (_, value) = inner.split_once(", ").expect("a key and a value");
            return Self::Map(Box::new(Self::parse(value)));
        }
        match name {
            "String" | "&'static str" => Self::Text,
            "usize" | "u64" | "u16" | "i64" => Self::Number,
            "bool" => Self::Flag,
            name => Self::View(name.to_owned()),
        }
    }

    /// In the words of the documentation.
    fn words(&self) -> String {
        match self {
            Self::Text => "text".to_owned(),
            Self::Number => "number".to_owned(),
            Self::Flag => "yes or no".to_owned(),
            Self::List(inner) => format!("list of {}", inner.words()),
            Self::Maybe(inner) => format!("{}, or nothing", inner.words()),
            Self::Map(inner) => format!("{} by name", inner.words()),
            Self::View(name) => format!("[{name}](#{})", name.to_lowercase()),
        }
    }

    /// The view in it.
    fn view(&self) -> Option<&str> {
        match self {
            Self::Text | Self::Number | Self::Flag => None,
            Self::List(inner) | Self::Maybe(inner) | Self::Map(inner) => inner.view(),
            Self::View(name) => Some(name),
        }
    }
}

struct Field {
    name: String,
    kind: Type,
    doc: String,
}

struct View {
    doc: String,
    fields: Vec<Field>,
}

/// The views of `src/view/` that are made for templates, by name, and the view of each kind of page.
struct Code {
    views: BTreeMap<String, View>,
    /// Template → its view.
    pages: Vec<(String, String)>,
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

fn code() -> Code {
    let mut code = Code {
        views: BTreeMap::new(),
        pages: Vec::new(),
    };
    for entry in walkdir::WalkDir::new(root().join("src/view")).sort_by_file_name() {
        let entry = entry.expect("the folder can be read");
        if entry.path().extension().is_some_and(|ending| ending == "rs") {
            read_views(&fs::read_to_string(entry.path()).expect("UTF-8"), &mut code);
        }
    }
    code
}

/// Reads the types of a source file: comments, attributes, then `pub struct NAME {`, then a line for each field.
fn read_views(text: &str, code: &mut Code) {
    let (mut doc, mut attributes) = (Vec::new(), String::new());
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        if let Some(comment) = line.trim_start().strip_prefix("///") {
            doc.push(comment.trim().to_owned());
            continue;
        }
        if line.trim_start().starts_with("#[") {
            attributes.push_str(line);
            continue;
        }
        let of_templates = attributes.contains("Serialize");
        let name = |keyword: &str| line.strip_prefix(keyword)?.strip_suffix(" {").map(str::to_owned);
        if let Some(name) = name("pub struct ").filter(|_| of_templates) {
            let doc = doc.join(" ");
            code.views.insert(
                name,
                View {
                    doc,
                    fields: fields(&mut lines),
                },
            );
        } else if name("pub enum ").is_some_and(|name| name == "ContentView") {
            for line in lines.by_ref().map(str::trim).take_while(|line| *line != "}") {
                if let Some((variant, view)) = line.trim_end_matches("),").split_once('(') {
                    let view = Type::parse(view).view().expect("a view").to_owned();
                    code.pages.push((template_of(variant), view));
                }
            }
        }
        doc.clear();
        attributes.clear();
    }
}

fn fields<'a>(lines: &mut impl Iterator<Item = &'a str>) -> Vec<Field> {
    let (mut fields, mut doc, mut skipped) = (Vec::new(), Vec::new(), false);
    for line in lines.map(str::trim).take_while(|line| *line != "}") {
        if let Some(comment) = line.strip_prefix("///") {
            doc.push(comment.trim().to_owned());
        } else if line.starts_with("#[") {
            assert_eq!(line, "#[serde(skip)]", "this test knows no other attribute");
            skipped = true;
        } else if let Some((name, kind)) = line.strip_prefix("pub ").and_then(|line| line.split_once(": ")) {
            let doc = std::mem::take(&mut doc).join(" ");
            if !std::mem::take(&mut skipped) {
                fields.push(Field {
                    name: name.to_owned(),
                    kind: Type::parse(kind.trim_end_matches(',')),
                    doc,
                });
            }
        }
    }
    fields
}

/// The views that the fields of one hold, in order, each once, and those that they hold.
fn within<'c>(code: &'c Code, name: &'c str, seen: &mut Vec<&'c str>) {
    for view in code.views[name].fields.iter().filter_map(|field| field.kind.view()) {
        let (view, _) = code
            .views
            .get_key_value(view)
            .unwrap_or_else(|| panic!("{name} holds {view}"));
        if !seen.contains(&view.as_str()) && !code.pages.iter().any(|(_, page)| page == view) {
            seen.push(view);
            within(code, view, seen);
        }
    }
}

fn table(out: &mut String, prefix: &str, view: &View) {
    out.push_str("\n| name | type | |\n|---|---|---|\n");
    for field in &view.fields {
        let doc = field.doc.replace('|', "\\|");
        writeln!(out, "| `{prefix}{}` | {} | {doc} |", field.name, field.kind.words()).expect("a text takes all");
    }
}

/// The part of the documentation that is made.
fn made(code: &Code) -> String {
    let mut out = String::new();
    let add = |out: &mut String, heading: &str, prefix: &str, view: &View| {
        write!(out, "\n{heading}\n\n{}\n", view.doc).expect("a text takes all");
        table(out, prefix, view);
    };
    add(&mut out, "## `page`, on every page", "page.", &code.views["PageMeta"]);
    add(&mut out, "## `site`, on every page", "site.", &code.views["SiteView"]);
    out.push_str("\n## `content`, by template\n");
    for (template, view) in &code.pages {
        add(&mut out, &format!("### `{template}`"), "content.", &code.views[view]);
    }
    out.push_str("\n## Values within these\n");
    let mut seen = Vec::new();
    let pages = code.pages.iter().map(|(_, view)| view.as_str());
    for view in ["PageMeta", "SiteView"].into_iter().chain(pages) {
        within(code, view, &mut seen);
    }
    seen.sort_unstable();
    for view in &seen {
        add(&mut out, &format!("### {view}"), "", &code.views[*view]);
    }
    out.push_str("\n## Components\n\nSmall parts that many pages share, in `components.html`, and menus, in `menus.html`. `page`, `site` and `t` reach them by themselves.\n");
    out.push_str("\n| component | |\n|---|---|\n");
    for (call, comment) in components() {
        writeln!(out, "| `{call}` | {comment} |").expect("a text takes all");
    }
    out
}

/// The components: how each is called, and the comment before it.
fn components() -> Vec<(String, String)> {
    let files = ["templates/components.html", "templates/menus.html"];
    let mut all: Vec<_> = files.iter().flat_map(|file| components_of(&read(file))).collect();
    all.sort();
    all
}

fn components_of(text: &str) -> Vec<(String, String)> {
    let mut all = Vec::new();
    for (at, _) in text.match_indices("{% component ") {
        let line = text[at..].lines().next().unwrap_or_default();
        let call = line
            .trim_start_matches("{% component ")
            .split(')')
            .next()
            .unwrap_or_default();
        let (name, arguments) = call.split_once('(').expect("a list of arguments");
        let arguments: Vec<&str> = arguments.split(", ").filter(|name| !name.starts_with('@')).collect();
        let comment = text[..at]
            .trim_end()
            .strip_suffix("-#}")
            .and_then(|before| before.rsplit("{#-").next());
        let comment = comment
            .unwrap_or_else(|| panic!("`{name}` has a comment before it"))
            .trim();
        all.push((format!("{name}({})", arguments.join(", ")), comment.to_owned()));
    }
    all
}

#[test]
fn the_documentation_is_that_of_the_code() {
    let path = root().join("docs/templates.md");
    let stored = read("docs/templates.md");
    let (by_hand, rest) = stored.split_once(MARK).expect("the mark");
    let made = made(&code());
    if std::env::var_os("UPDATE").is_some() {
        fs::write(&path, format!("{by_hand}{MARK}{made}")).expect("written");
        return;
    }
    let differs = made.lines().zip(rest.lines()).find(|(made, stored)| made != stored);
    assert!(
        made == rest,
        "docs/templates.md is not of this code; UPDATE=1 cargo test --test templates writes it anew\n{differs:?}"
    );
}

/// The names that the code hands to templates.
#[test]
fn every_name_is_told() {
    let text = read("docs/templates.md");
    let code = read("src/render/html.rs");
    let names: BTreeSet<&str> = code
        .split("context.insert")
        .skip(1)
        .filter_map(|rest| rest.split('"').nth(1))
        .collect();
    assert!(names.len() >= 6, "{names:?}");
    for name in names {
        assert!(
            text.contains(&format!("`{name}`")),
            "{name} is not in docs/templates.md"
        );
    }
}

/// The views of all pages of a site as templates get them: template, `page`, `content`; and `site` in each language.
fn views(tree: &Tree) -> (Vec<(String, Value, Value)>, Vec<Value>) {
    let options = Options::default();
    let site = gather(tree, &options, &mut site::Memo::default()).value;
    let links = link(&site, tree, &mut link::Memo::default()).value;
    let index = Index::new(&site, &links);
    let plan = plan(&site, &links, &index, tree, &mut Default::default()).value;
    let languages = || site.config.languages.iter();
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
        words: &languages()
            .map(|lang| (lang.clone(), Words::read(lang, tree).value))
            .collect(),
        long_timelines: &languages()
            .map(|lang| (lang.clone(), !years_with_pages(&site, lang).is_empty()))
            .collect(),
        edition_day: None,
    };
    let json = |value: Result<Value, serde_json::Error>| value.expect("a view is plain data");
    let pages = plan.pages.iter().map(|page| {
        let view = viewer.view(page);
        (
            format!("{}.html", view.page.kind),
            json(serde_json::to_value(&view.page)),
            json(serde_json::to_value(&view.content)),
        )
    });
    let sites = languages().map(|lang| json(serde_json::to_value(viewer.site_view(lang))));
    (pages.collect(), sites.collect())
}

/// The template that shows a kind of page.
fn template_of(variant: &str) -> String {
    match variant {
        "Missing" => "404.html".to_owned(),
        named => format!("{}.html", named.to_lowercase()),
    }
}

/// A site whose timeline has too many events for one page.
fn long_timeline() -> Tree {
    let mut tree = Tree::default();
    tree.insert_text("kezako.yaml", "title: Long\nbase_url: https://long.example/\n");
    for at in 0..=kezako::plan::MOST_EVENTS {
        let event = format!("---\ndate: {}\ntitle: \"Event\"\n---\n", 1800 + at);
        tree.insert_text(&format!("content/timeline/e{at}.md"), &event);
    }
    tree
}

#[test]
fn templates_see_what_is_told() {
    let code = code();
    let folders = ["tests/sites/full/site", "tests/sites/prefix/site", "."];
    let trees = folders.map(|folder| load(&root().join(folder)).expect("the site can be read"));
    let mut seen = BTreeSet::new();
    for tree in trees.iter().chain([&long_timeline()]) {
        let (pages, sites) = views(tree);
        for site in &sites {
            holds(&code, &Type::View("SiteView".to_owned()), site, "site", &mut seen);
        }
        for (template, page, content) in &pages {
            holds(&code, &Type::View("PageMeta".to_owned()), page, "page", &mut seen);
            match code.pages.iter().find(|(name, _)| name == template) {
                Some((_, view)) => holds(&code, &Type::View(view.clone()), content, template, &mut seen),
                None => panic!("no view is told of for {template}"),
            }
        }
    }
    let told: BTreeSet<String> = code.views.keys().cloned().collect();
    // These are made for other files than pages, or hold the two values of a page.
    let other = ["View", "Booklet", "Letter", "Entry", "See", "Quoted"];
    let other: BTreeSet<String> = other.map(str::to_owned).into();
    let unseen: Vec<&String> = told.difference(&seen).filter(|name| !other.contains(*name)).collect();
    assert!(
        unseen.is_empty(),
        "no page of these sites shows {unseen:?}: this test cannot vouch for them"
    );
}

/// Fails unless a value is of a type, down to its last leaf.
fn holds(code: &Code, kind: &Type, value: &Value, path: &str, seen: &mut BTreeSet<String>) {
    match (kind, value) {
        (Type::Text, Value::String(_))
        | (Type::Number, Value::Number(_))
        | (Type::Flag, Value::Bool(_))
        | (Type::Maybe(_), Value::Null) => {}
        (Type::Maybe(inner), value) => holds(code, inner, value, path, seen),
        (Type::List(inner), Value::Array(items)) => {
            for item in items {
                holds(code, inner, item, &format!("{path}[]"), seen);
            }
        }
        (Type::Map(inner), Value::Object(object)) => {
            for (name, value) in object {
                holds(code, inner, value, &format!("{path}.{name}"), seen);
            }
        }
        (Type::View(name), Value::Object(object)) => {
            seen.insert(name.clone());
            let view = code
                .views
                .get(name)
                .unwrap_or_else(|| panic!("{path} is a {name}, which is no view"));
            let fields = &view.fields;
            let told: BTreeSet<&str> = fields.iter().map(|field| field.name.as_str()).collect();
            let there: BTreeSet<&str> = object.keys().map(String::as_str).collect();
            assert_eq!(there, told, "{path} is a {name}");
            for field in fields {
                holds(
                    code,
                    &field.kind,
                    &object[&field.name],
                    &format!("{path}.{}", field.name),
                    seen,
                );
            }
        }
        (kind, value) => panic!("{path} is told to be {}, and is {value}", kind.words()),
    }
}

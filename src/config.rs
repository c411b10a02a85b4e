//! The site's settings: `kezako.yaml`.

mod scale;
mod social;

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::sync::Arc;

use percent_encoding::{CONTROLS, utf8_percent_encode};

use crate::diagnostic::{Checked, Code, Diagnostic};
use crate::lang::Lang;
use crate::phrase::say;
use crate::yaml::{self, Fields, Item};

pub use scale::Verdict;
pub use social::Profile;

/// The file's name; it marks a site's root.
pub const FILE: &str = "kezako.yaml";

/// The keys of the file.
pub const KEYS: &[&str] = &[
    "title",
    "description",
    "base_url",
    "lang",
    "languages",
    "publisher",
    "licence",
    "verdicts",
    "require_review",
    "recheck_after_days",
    "search",
    "paper",
    "nav",
    "social",
];

/// A text that may differ by language.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Localized {
    any: Option<String>,
    by_lang: BTreeMap<String, String>,
}

impl Localized {
    fn read(fields: &Fields<'_>, key: &'static str) -> Self {
        let mut localized = Self::default();
        for (lang, text) in fields.localized(key) {
            match lang {
                Some(lang) => {
                    localized.by_lang.insert(lang.to_owned(), text);
                }
                None => localized.any = Some(text),
            }
        }
        localized
    }

    /// The text in a language, or the one that stands for all, or any.
    pub fn get(&self, lang: &Lang) -> Option<&str> {
        self.by_lang
            .get(lang.tag())
            .or(self.any.as_ref())
            .or_else(|| self.by_lang.values().next())
            .map(String::as_str)
    }
}

/// Who publishes the site.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Publisher {
    /// Name; the site's title where none is given.
    pub name: Option<String>,
    /// Home page.
    pub url: Option<String>,
    /// Address for letters.
    pub email: Option<String>,
    /// Path or address of a logo.
    pub logo: Option<String>,
}

/// An entry of the site's menu.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NavItem {
    /// A list (`claims`, `sources`, `glossary`, `timeline`, `corrections`) or a page by its id.
    Inner(String),
    /// A link elsewhere.
    Outer {
        /// What readers see.
        title: String,
        /// Where it leads.
        url: String,
    },
}

/// The settings with their defaults filled in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Config {
    /// The site's name.
    pub title: Localized,
    /// What the site is, in a sentence.
    pub description: Localized,
    /// Where it is published, with a final `/`.
    pub base_url: String,
    /// The default language.
    pub lang: Lang,
    /// All languages, the default one first.
    pub languages: Vec<Lang>,
    /// Who publishes it.
    pub publisher: Publisher,
    /// Address of the terms under which the site's own texts and data may be used.
    pub licence: Option<String>,
    /// The scale of verdicts in order.
    pub verdicts: Vec<Verdict>,
    /// Whether the site has set it.
    pub own_scale: bool,
    /// Whether each claim needs an author and another reviewer.
    pub require_review: bool,
    /// After how many days a check is due again.
    pub recheck_after_days: Option<u64>,
    /// Whether the site has a search page.
    pub search: bool,
    /// Paper of the printed glossary: `a4` or `letter`.
    pub paper: &'static str,
    /// The menu, where the site sets its own.
    pub nav: Option<Vec<NavItem>>,
    /// Profiles elsewhere.
    pub social: Vec<Profile>,
    /// Whether a card is drawn for each claim, for other sites to show.
    pub cards: bool,
    /// Keys of which something could not be read, which was reported: what hangs on them is not complained of again.
    pub doubtful: Vec<&'static str>,
}

impl Config {
    /// The path of `base_url` with a final `/`: `/` or `/prefix/`.
    pub fn prefix(&self) -> &str {
        let host = self.base_url.find("://").map_or(0, |at| at + 3);
        let path = self.base_url[host..]
            .find('/')
            .map_or(self.base_url.len() - 1, |at| host + at);
        &self.base_url[path..]
    }

    /// The verdict with this id.
    pub fn verdict(&self, id: &str) -> Option<&Verdict> {
        self.verdicts.iter().find(|verdict| verdict.id == id)
    }

    /// The highest and the lowest rating of the scale.
    pub fn ratings(&self) -> Option<(u64, u64)> {
        let ratings = || self.verdicts.iter().filter_map(|verdict| verdict.rating);
        Some((ratings().max()?, ratings().min()?))
    }
}

impl Default for Config {
    fn default() -> Self {
        Self {
            title: Localized::default(),
            description: Localized::default(),
            base_url: "http://localhost/".to_owned(),
            lang: Lang::new("en"),
            languages: vec![Lang::new("en")],
            publisher: Publisher::default(),
            licence: None,
            verdicts: scale::default(),
            own_scale: false,
            require_review: false,
            recheck_after_days: None,
            search: true,
            paper: "a4",
            nav: None,
            social: Vec::new(),
            cards: true,
            doubtful: Vec::new(),
        }
    }
}

/// Reads `kezako.yaml`. What is wrong or missing has its default in the value; a text that is no YAML mapping has none.
pub fn read(path: &Arc<str>, text: &str) -> Checked<Option<Config>> {
    let mut diagnostics = Vec::new();
    let start = if text.starts_with('\u{feff}') {
        '\u{feff}'.len_utf8()
    } else {
        0
    };
    let document = yaml::mapping(path, text, start..text.len()).unpack(&mut diagnostics);
    let report = RefCell::new(diagnostics);
    let fields = Fields::new(path, text, &document, &report);
    let config = document.readable.then(|| read_fields(&fields));
    Checked {
        value: config,
        diagnostics: report.into_inner(),
    }
}

fn read_fields(fields: &Fields<'_>) -> Config {
    fields.only(KEYS);
    let defaults = Config::default();
    let blank = fields.blank();
    for key in ["title", "base_url"] {
        if blank.iter().any(|blank| blank == key) {
            fields.missing(key, say!("`{key}` is empty", key), say!("add a line `{key}: …`", key));
        } else if !fields.has(key) {
            fields.missing(key, say!("`{key}` is missing", key), say!("add a line `{key}: …`", key));
        }
    }
    let mut doubtful = Vec::new();
    let (lang, languages) = noting_doubts(fields, "languages", &mut doubtful, languages);
    let verdicts = noting_doubts(fields, "verdicts", &mut doubtful, scale::read);
    let search = fields.flag("search").unwrap_or(true);
    // Both take longer than all pages together, so that one line makes the lean site.
    let (social, cards) = social::read(fields, search);
    Config {
        title: Localized::read(fields, "title"),
        description: Localized::read(fields, "description"),
        base_url: site_address(fields).map_or(defaults.base_url, |url| base_url(&url)),
        lang,
        languages,
        publisher: fields
            .nested("publisher")
            .map(|fields| publisher(&fields))
            .unwrap_or_default(),
        licence: fields.url("licence"),
        own_scale: verdicts.is_some(),
        verdicts: verdicts.unwrap_or(defaults.verdicts),
        require_review: fields.flag("require_review").unwrap_or(false),
        recheck_after_days: fields.number("recheck_after_days"),
        search,
        paper: fields.word("paper", &["a4", "letter"]).unwrap_or("a4"),
        nav: fields.has("nav").then(|| nav(fields)),
        social,
        cards,
        doubtful,
    }
}

/// Reads what stands under a key, and notes the key where that was not without faults, or where another key was reported that seems to stand for it.
fn noting_doubts<T>(
    fields: &Fields<'_>,
    key: &'static str,
    doubtful: &mut Vec<&'static str>,
    read: fn(&Fields<'_>) -> T,
) -> T {
    let before = fields.faults();
    let value = read(fields);
    if fields.faults() > before || fields.is_meant(key) {
        doubtful.push(key);
    }
    value
}

/// Whether a web address can be that of a site: a folder, without query or fragment.
pub fn is_folder(url: &str) -> bool {
    !url.contains(['?', '#'])
}

/// Where the site will be published.
fn site_address(fields: &Fields<'_>) -> Option<String> {
    let url = fields.url("base_url")?;
    if !is_folder(&url) {
        fields.bad_value(
            "base_url",
            say!("`{url}` is not the address of a folder", url),
            say!("leave away what begins with `?` or `#`"),
        );
    }
    Some(url)
}

/// An address as links are made from it: without query or fragment, with a final `/`, letters beyond ASCII in its path written with `%`.
pub fn base_url(url: &str) -> String {
    let end = url.find(['?', '#']).unwrap_or(url.len());
    let url = url[..end].trim_end_matches('/');
    let host = url.find("://").map_or(0, |scheme| scheme + "://".len());
    let path = url[host..].find('/').map_or(url.len(), |path| host + path);
    let (host, path) = url.split_at(path);
    format!("{host}{}/", utf8_percent_encode(path, CONTROLS))
}

fn languages(fields: &Fields<'_>) -> (Lang, Vec<Lang>) {
    let mut tags = Vec::new();
    let stated = fields.text("lang");
    for (at, tag) in fields.texts("languages").into_iter().enumerate() {
        if Lang::is_tag(&tag) {
            tags.push(tag);
        } else if !tag.is_empty() {
            fields.add(
                Diagnostic::new(
                    Code::BadValue,
                    fields.path(),
                    fields.place_of_item("languages", at),
                    say!("`{tag}` is not a language tag", tag),
                )
                .help(say!("write a tag such as `fr`, `en` or `pt-BR`")),
            );
        }
    }
    let first = stated.filter(|tag| {
        let good = Lang::is_tag(tag);
        if !good {
            fields.bad_value(
                "lang",
                say!("`{tag}` is not a language tag", tag),
                say!("write a tag such as `fr`, `en` or `pt-BR`"),
            );
        }
        good
    });
    let default = Lang::new(first.as_deref().or(tags.first().map(String::as_str)).unwrap_or("en"));
    let mut languages = vec![default.clone()];
    for lang in tags.iter().map(|tag| Lang::new(tag)) {
        if !languages.contains(&lang) {
            languages.push(lang);
        }
    }
    (default, languages)
}

fn publisher(fields: &Fields<'_>) -> Publisher {
    fields.only(&["name", "url", "email", "logo"]);
    Publisher {
        name: fields.text("name"),
        url: fields.url("url"),
        email: fields.text("email"),
        logo: fields.text("logo"),
    }
}

/// The entries of the menu. One that was reported leads to a page without a name, so that those after it keep their places.
fn nav(fields: &Fields<'_>) -> Vec<NavItem> {
    let outer = |item: Fields<'_>| {
        item.only(&["title", "url"]);
        let (title, url) = (item.required("title"), item.url("url"));
        Some(NavItem::Outer {
            title: title?,
            url: url?,
        })
    };
    let items = fields.items("nav").into_iter();
    items
        .map(|item| match item {
            Item::Text(name) => NavItem::Inner(name),
            Item::Nested(item) => outer(item).unwrap_or_else(|| NavItem::Inner(String::new())),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_prefix_is_the_path_of_the_base_url() {
        for (url, prefix) in [
            ("https://example.org", "/"),
            ("https://example.org/", "/"),
            ("https://example.org/a/b", "/a/b/"),
            ("https://example.org/a?x#y", "/a/"),
            ("https://exemple.org/é/%C3%A9", "/%C3%A9/%C3%A9/"),
        ] {
            let config = Config {
                base_url: base_url(url),
                ..Config::default()
            };
            assert_eq!(config.prefix(), prefix, "{url}");
        }
    }
}

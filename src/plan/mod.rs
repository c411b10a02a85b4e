//! Every page of the site and its address; two that want the same are a fault.

mod address;
mod collide;
pub mod files;

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use crate::diagnostic::Checked;
use crate::document::Kind;
use crate::lang::Lang;
use crate::link::{Index, Links};
use crate::site::Site;
use crate::tree::Tree;

pub use address::{
    home, index_of, list, of_card, of_document, of_entity, of_event, of_translation, page_of, pdf, print, with_lang,
};

/// How many entries a page of a list holds.
pub const PER_PAGE: usize = 50;

/// The folder of the search index. Its worker is the one file of a site that runs WebAssembly: see ARCHITECTURE.md.
pub const SEARCH_FOLDER: &str = "pagefind/";

/// The most events that share one page.
pub const MOST_EVENTS: usize = 200;

/// What a page shows. Numbers are indices of the lists of [`Site`]; pages of a list count from 1.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Content {
    /// The home page.
    Home,
    /// The list of claims.
    Claims(usize),
    /// One claim.
    Claim(usize),
    /// The list of sources.
    Sources(usize),
    /// One source.
    Source(usize),
    /// A source beside the original that it translates.
    Translation(usize),
    /// The glossary from A to Z.
    Glossary(usize),
    /// The glossary on one page, for paper.
    Print,
    /// One term; the page of its list of uses.
    Term(usize, usize),
    /// All events, or the years where there are too many.
    Timeline,
    /// The events of one year.
    Year(u16),
    /// All people and organizations.
    Entities(usize),
    /// One entity by its slug.
    Entity(String, usize),
    /// All corrections.
    Corrections(usize),
    /// The files for programs.
    Api,
    /// A page of its own.
    Page(usize),
    /// The search page.
    Search,
    /// What is shown for an address that leads nowhere.
    NotFound,
}

/// A page with its address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Planned {
    /// Address from the site's root without the first `/`: empty, `claims/grok/`, `404.html`.
    pub path: String,
    /// Its language.
    pub lang: Lang,
    /// What it shows.
    pub content: Content,
    /// The same page in all its languages, itself included, in the site's order; empty where it has but one.
    pub alternates: Vec<(Lang, String)>,
}

impl Planned {
    /// The file that holds the page.
    pub fn file(&self) -> String {
        file_of(&self.path)
    }
}

/// The file that holds the page at a path.
pub fn file_of(path: &str) -> String {
    if path.is_empty() || path.ends_with('/') {
        format!("{path}index.html")
    } else {
        path.to_owned()
    }
}

/// A former address and where it leads now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Redirect {
    /// Address from the site's root without the first `/`.
    pub from: String,
    /// The present address in the same form.
    pub to: String,
    /// Language of the page it leads to.
    pub lang: Lang,
    /// Index of the claim it leads to.
    pub claim: usize,
}

/// The site's addresses.
#[derive(Debug, Clone, Default)]
pub struct Plan {
    /// Pages in order of path.
    pub pages: Vec<Planned>,
    /// Former addresses in order.
    pub redirects: Vec<Redirect>,
    /// Files beside the content that pages refer to; paths relative to the site's root.
    pub assets: BTreeSet<Arc<str>>,
}

/// Plans all pages.
pub fn plan(site: &Site, links: &Links, index: &Index, tree: &Tree) -> Checked<Plan> {
    let mut planner = Planner {
        site,
        links,
        index,
        groups: HashMap::new(),
    };
    for lang in &site.config.languages {
        planner.lists(lang);
        planner.documents(lang);
        planner.entities(lang);
    }
    planner.add(
        &site.config.lang,
        "404".to_owned(),
        "404.html".to_owned(),
        Content::NotFound,
    );
    let mut pages: Vec<Planned> = planner.groups.into_values().flat_map(alternates).collect();
    // The program's own pages and those of documents may want one address; they stay in the same order.
    pages.sort_by(|a, b| a.path.cmp(&b.path).then_with(|| a.content.cmp(&b.content)));
    let plan = Plan {
        pages,
        redirects: redirects(site),
        assets: links.all().flat_map(assets_of).collect(),
    };
    let diagnostics = collide::check(site, links, &plan, tree);
    Checked {
        value: plan,
        diagnostics,
    }
}

struct Planner<'a> {
    site: &'a Site,
    links: &'a Links,
    index: &'a Index,
    /// Pages that are each other's translations, by a name that they share.
    groups: HashMap<String, Vec<(Lang, String, Content)>>,
}

impl Planner<'_> {
    fn add(&mut self, lang: &Lang, group: String, path: String, content: Content) {
        self.groups
            .entry(group)
            .or_default()
            .push((lang.clone(), path, content));
    }

    /// A list over as many pages as it needs, at least one.
    fn list(&mut self, lang: &Lang, name: &str, entries: usize, content: fn(usize) -> Content) {
        for page in 1..=entries.div_ceil(PER_PAGE).max(1) {
            let path = page_of(&list(&self.site.config, lang, name), page);
            self.add(lang, format!("list {name} {page}"), path, content(page));
        }
    }

    fn lists(&mut self, lang: &Lang) {
        let site = self.site;
        self.add(lang, "home".to_owned(), home(&site.config, lang), Content::Home);
        let in_lang = |entry_lang: &Lang| entry_lang == lang;
        self.list(
            lang,
            "claims",
            site.claims.iter().filter(|entry| in_lang(&entry.identity.lang)).count(),
            Content::Claims,
        );
        self.list(lang, "sources", self.index.orders[lang].sources.len(), Content::Sources);
        self.list(
            lang,
            "glossary",
            site.terms.iter().filter(|entry| in_lang(&entry.identity.lang)).count(),
            Content::Glossary,
        );
        self.add(lang, "print".to_owned(), print(&site.config, lang), Content::Print);
        let claims = site.claims.iter().filter(|entry| in_lang(&entry.identity.lang));
        self.list(
            lang,
            "corrections",
            claims.map(|claim| claim.front.corrections.len()).sum(),
            Content::Corrections,
        );
        self.add(
            lang,
            "list api".to_owned(),
            list(&site.config, lang, "api"),
            Content::Api,
        );
        self.add(
            lang,
            "timeline".to_owned(),
            list(&site.config, lang, "timeline"),
            Content::Timeline,
        );
        if site.config.search {
            self.add(
                lang,
                "search".to_owned(),
                list(&site.config, lang, "search"),
                Content::Search,
            );
        }
        for year in years_with_pages(site, lang) {
            let path = format!("{}{year}/", list(&site.config, lang, "timeline"));
            self.add(lang, format!("timeline {year}"), path, Content::Year(year));
        }
    }

    fn documents(&mut self, lang: &Lang) {
        let site = self.site;
        for (at, entry) in site
            .claims
            .iter()
            .enumerate()
            .filter(|(_, entry)| entry.identity.lang == *lang)
        {
            self.document(lang, Kind::Claim, &entry.identity.id, Content::Claim(at));
        }
        for (at, source) in site
            .sources
            .iter()
            .enumerate()
            .filter(|(_, source)| site.has(Kind::Source, &source.id, lang))
        {
            self.document(lang, Kind::Source, &source.id, Content::Source(at));
            if self.links.translations.contains_key(&at) {
                let path = of_translation(&site.config, lang, &source.id);
                self.add(
                    lang,
                    format!("translation {}", source.id),
                    path,
                    Content::Translation(at),
                );
            }
        }
        for (at, entry) in site
            .terms
            .iter()
            .enumerate()
            .filter(|(_, entry)| entry.identity.lang == *lang)
        {
            let id = &entry.identity.id;
            self.document(lang, Kind::Term, id, Content::Term(at, 1));
            for page in 2..=self.index.uses[at].len().div_ceil(PER_PAGE) {
                let path = page_of(&of_document(&site.config, lang, Kind::Term, id), page);
                self.add(lang, format!("term {id} {page}"), path, Content::Term(at, page));
            }
        }
        for (at, entry) in site
            .pages
            .iter()
            .enumerate()
            .filter(|(_, entry)| entry.identity.lang == *lang)
        {
            self.document(lang, Kind::Page, &entry.identity.id, Content::Page(at));
        }
    }

    fn document(&mut self, lang: &Lang, kind: Kind, id: &str, content: Content) {
        let path = of_document(&self.site.config, lang, kind, id);
        self.add(lang, format!("{} {id}", kind.noun()), path, content);
    }

    fn entities(&mut self, lang: &Lang) {
        let (site, entities) = (self.site, &self.index.facets[lang].entities);
        if !entities.is_empty() {
            self.list(lang, "entities", entities.len(), Content::Entities);
        }
        for entity in entities {
            let slug = &entity.slug;
            for page in 1..=(entity.claims + entity.events).div_ceil(PER_PAGE) {
                let path = page_of(&of_entity(&site.config, lang, slug), page);
                let content = Content::Entity(slug.clone(), page);
                self.add(lang, format!("entity {slug} {page}"), path, content);
            }
        }
    }
}

/// The years of a timeline that is too long for one page; none of one that is not.
pub fn years_with_pages(site: &Site, lang: &Lang) -> BTreeSet<u16> {
    let events: Vec<u16> = site
        .events
        .iter()
        .filter(|entry| entry.identity.lang == *lang)
        .filter_map(|entry| entry.front.date.as_ref().map(|date| date.year()))
        .collect();
    if events.len() > MOST_EVENTS {
        events.into_iter().collect()
    } else {
        BTreeSet::new()
    }
}

fn alternates(group: Vec<(Lang, String, Content)>) -> Vec<Planned> {
    let several = group.len() > 1;
    let all: Vec<(Lang, String)> = group
        .iter()
        .filter(|_| several)
        .map(|(lang, path, _)| (lang.clone(), path.clone()))
        .collect();
    group
        .into_iter()
        .map(|(lang, path, content)| Planned {
            path,
            lang,
            content,
            alternates: all.clone(),
        })
        .collect()
}

fn redirects(site: &Site) -> Vec<Redirect> {
    let mut redirects: Vec<Redirect> = site
        .claims
        .iter()
        .enumerate()
        .flat_map(|(claim, entry)| {
            entry.front.aliases.iter().map(move |alias| {
                let from = alias.trim_start_matches('/');
                let folder = from.ends_with('/') || !from.rsplit('/').next().is_some_and(|name| name.contains('.'));
                let from = if folder {
                    format!("{}/", from.trim_end_matches('/'))
                } else {
                    from.to_owned()
                };
                let lang = entry.identity.lang.clone();
                Redirect {
                    from,
                    to: of_document(&site.config, &lang, Kind::Claim, &entry.identity.id),
                    lang,
                    claim,
                }
            })
        })
        .collect();
    redirects.sort_by(|a, b| a.from.cmp(&b.from));
    redirects
}

fn assets_of(linked: &crate::link::Linked) -> impl Iterator<Item = Arc<str>> {
    linked.links.iter().flatten().filter_map(|target| match target {
        crate::link::Target::Asset(path) => Some(Arc::clone(path)),
        _ => None,
    })
}

/// The address of a file beside the content: its path below `content/`.
pub fn of_asset(path: &str) -> &str {
    path.strip_prefix("content/").unwrap_or(path)
}

/// The number of entries before a page of a list.
pub fn offset(page: usize) -> usize {
    (page - 1) * PER_PAGE
}

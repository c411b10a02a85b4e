//! Every page of the site and its address; two that want the same are a fault.

mod address;
mod collide;
pub mod files;
mod outline;
mod planner;

use std::collections::BTreeSet;
use std::fmt::Display;
use std::sync::Arc;

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};

use crate::diagnostic::Checked;
use crate::hash::{self, Set};
use crate::lang::Lang;
use crate::link::{Index, Links};
use crate::site::Site;
use crate::tree::Tree;
use outline::Outline;
use planner::lay_out;

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
    /// Paths of all files that the site will have, and of some that it may have.
    files: Set<String>,
}

/// What planning leaves behind, so that addresses need not be given again where nothing is new.
#[derive(Debug, Default)]
pub struct Memo {
    /// The digest of the outline, and what was planned from it without a fault.
    known: Option<(u64, Arc<Plan>)>,
}

/// Plans all pages, anew where the memo does not hold.
pub fn plan(site: &Site, links: &Links, index: &Index, tree: &Tree, memo: &mut Memo) -> Checked<Arc<Plan>> {
    let outline = Outline::new(site, links, index, tree);
    let digest = hash::digest(&outline);
    let known = memo.known.take().filter(|(known, _)| *known == digest);
    let mut diagnostics = Vec::new();
    let plan = known.map(|(_, plan)| plan).unwrap_or_else(|| {
        let mut plan = lay_out(&site.config, &outline);
        plan.files = collide::check(site, &plan, tree).unpack(&mut diagnostics);
        Arc::new(plan)
    });
    if diagnostics.is_empty() {
        memo.known = Some((digest, Arc::clone(&plan)));
    }
    diagnostics.extend(collide::dead_site_paths(site, links, &plan.files));
    Checked {
        value: plan,
        diagnostics,
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

/// What a path of a URL does not hold as it is (url.spec.whatwg.org, "path percent-encode set"), and `%`.
const IN_PATH: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'%')
    .add(b'<')
    .add(b'>')
    .add(b'?')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'}');

/// A path of the site's files as it stands in a URL.
pub fn in_url(path: &str) -> impl Display {
    utf8_percent_encode(path, IN_PATH)
}

/// The address of a file beside the content: its path below `content/`.
pub fn of_asset(path: &str) -> &str {
    path.strip_prefix("content/").unwrap_or(path)
}

/// The number of entries before a page of a list.
pub fn offset(page: usize) -> usize {
    (page - 1) * PER_PAGE
}

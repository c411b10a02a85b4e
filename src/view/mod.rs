//! What a template sees of a page, as typed values. Templates see nothing else.
//!
//! Every `path` is an address from the site's root without its first `/`; templates put `page.root` before it.

mod api;
mod axis;
mod body;
mod card;
mod cards;
mod claim;
mod coverage;
mod drift;
mod event;
mod filters;
mod fragment;
mod home;
mod lists;
mod meta;
mod missing;
mod occasion;
mod page;
#[cfg(feature = "pdf")]
pub mod paper;
mod passages;
mod print;
mod quotation;
mod review;
mod search;
mod selectors;
mod site;
mod source;
mod term;
mod translation;
mod translation_map;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use serde::Serialize;

use crate::date::Point;
use crate::document::Kind;
use crate::event::Event;
use crate::lang::Lang;
use crate::markdown::Placement;
use crate::plan::{self, Content, Planned};
use crate::reader::Reader;
use crate::words::Words;

pub use api::{ApiView, FileView};
pub use axis::{Axis, Dot, Tick};
pub use body::Segment;
pub use card::{CARD_HEIGHT, CARD_WIDTH, CardLink, CardView};
pub use cards::{ClaimCard, DateView, EvidenceLists, EvidenceView, LinkView, Pager, PagerItem, VerdictView};
pub use claim::{ClaimView, ClaimantView, CorrectionView};
pub use coverage::{Coverage, SentenceView, UncheckedView};
pub use drift::ExcerptView;
pub use event::{EventView, TimelineView, YearLink, YearView};
pub use filters::{FilterOption, FiltersView, YearsView, entity_options};
pub use home::{HomeView, SourceVerdicts, VerdictCount};
pub use lists::{
    ClaimsView, CorrectionsView, EntitiesView, EntityCard, EntityView, GlossaryView, LetterLink, LetterView,
    SourceCard, SourcesView, TermCard,
};
pub use missing::{MissingView, MissingWords};
pub use occasion::OccasionView;
pub use page::PageView;
pub use passages::{PassageView, QuotedByView};
pub use print::{PrintEntry, PrintLetter, PrintView, SeeView};
pub use quotation::{ParagraphView, ProofPart, ProofView, QuotationView, RunView, proof};
pub use review::{AppearanceView, ChangeView, DocumentView, ReviewView};
pub use search::{KindView, ListView, SearchRecord, SearchView};
pub use site::{NavView, SiteView};
pub use source::SourceView;
pub use term::TermView;
pub use translation::{RowView, SetView, SideView, TranslationView};
pub use translation_map::{BandView, BlockView, MapView};

/// What pages may load: what the site itself holds.
pub const POLICY: &str = "default-src 'self'; base-uri 'none'; form-action 'self'; object-src 'none'";

/// What the worker of the search index may do: run WebAssembly too. Of a site's files it alone needs more than [`POLICY`], and a worker has the policy
/// that it is sent with, not that of the page that starts it (HTML standard, "run a worker").
pub const INDEX_POLICY: &str =
    "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; base-uri 'none'; form-action 'self'; object-src 'none'";

/// What every page has.
#[derive(Debug, Clone, Serialize)]
pub struct PageMeta {
    /// Address from the site's root without the first `/`.
    pub path: String,
    /// Absolute address.
    pub url: String,
    /// What leads from this page to the site's root: `../../`.
    pub root: String,
    /// Title without the site's name.
    pub title: String,
    /// What the page says, in a sentence; may be empty.
    pub description: String,
    /// `home`, `claim`, `claims`, …: the name of its template.
    pub kind: &'static str,
    /// The menu's entry that it belongs to, as a path.
    pub section: String,
    /// What that entry is called; empty where the page belongs to none.
    #[serde(skip)]
    pub section_title: String,
    /// Its language.
    pub lang: String,
    /// Whether that is written from right to left.
    pub right_to_left: bool,
    /// The language with a territory: `fr_FR`; `None` where it is not known.
    pub locale: Option<String>,
    /// The page in all its languages; empty where it has but one.
    pub alternates: Vec<Alternate>,
    /// Path of the feed in its language.
    pub feed: String,
    /// Path of the home page in its language.
    pub home: String,
    /// The picture that other sites show beside a link to it.
    pub card: Option<CardLink>,
    /// What it may load: a Content-Security-Policy (CSP level 3). Without quotation marks, so it may be inserted as it is.
    pub policy: &'static str,
}

/// A page in another language, or the same.
#[derive(Debug, Clone, Serialize)]
pub struct Alternate {
    /// Language tag.
    pub lang: String,
    /// The language with a territory: `fr_FR`; `None` where it is not known.
    pub locale: Option<String>,
    /// The language's own name.
    pub name: String,
    /// Address from the site's root without the first `/`.
    pub path: String,
    /// Absolute address.
    pub url: String,
    /// Whether it is this page.
    pub current: bool,
}

/// What a page shows.
#[derive(Debug, Clone, Serialize)]
#[serde(untagged)]
pub enum ContentView {
    /// The home page.
    Home(HomeView),
    /// The list of claims.
    Claims(ClaimsView),
    /// One claim.
    Claim(Box<ClaimView>),
    /// The list of sources.
    Sources(SourcesView),
    /// One source.
    Source(Box<SourceView>),
    /// A source beside the original that it translates.
    Translation(Box<TranslationView>),
    /// The glossary.
    Glossary(GlossaryView),
    /// The glossary on one page.
    Print(PrintView),
    /// One term.
    Term(Box<TermView>),
    /// The timeline, or one year of it.
    Timeline(TimelineView),
    /// All people and organizations.
    Entities(EntitiesView),
    /// One of them.
    Entity(EntityView),
    /// All corrections.
    Corrections(CorrectionsView),
    /// The files for programs.
    Api(ApiView),
    /// A page of its own.
    Page(PageView),
    /// The search page.
    Search(SearchView),
    /// No page has the address.
    Missing(MissingView),
}

/// A page as its template sees it.
#[derive(Debug, Clone, Serialize)]
pub struct View {
    /// What every page has.
    pub page: PageMeta,
    /// What this one shows.
    pub content: ContentView,
}

/// Makes views of pages.
#[derive(Debug, Clone, Copy)]
pub struct Viewer<'a> {
    /// The site, read with notes.
    pub read: Reader<'a>,
    /// The words of its languages.
    pub words: &'a BTreeMap<Lang, Words>,
    /// Whether the timeline of a language goes on by year.
    pub long_timelines: &'a BTreeMap<Lang, bool>,
    /// The day that the printed glossary is to name, where one was given.
    pub edition_day: Option<Point>,
}

/// Where a view is made for: a page's language and its way to the root.
#[derive(Debug, Clone, Copy)]
pub struct Here<'a> {
    /// Language of the page.
    pub lang: &'a Lang,
    /// What leads to the site's root.
    pub root: &'a str,
    /// Words of the language.
    pub words: &'a Words,
    /// The entry's place, where several share the page.
    pub among: Option<Among<'a>>,
    /// Addresses of images by the paths of their files, where the page holds them itself.
    pub pictures: Option<&'a BTreeMap<Arc<str>, String>>,
    /// How many levels the headings of a body lie deeper than on a page of its own.
    pub deeper: u8,
}

/// The place of a glossary entry on a page that shows several.
#[derive(Debug, Clone, Copy)]
pub struct Among<'a> {
    /// The entry's own term; an index of the site's terms, as those of `terms`.
    pub own: usize,
    /// The terms that have an entry there.
    pub terms: &'a BTreeSet<usize>,
    /// How the entry's anchors and headings are set.
    pub placement: Placement<'a>,
}

impl<'a> Here<'a> {
    /// A place alone on its page.
    pub fn new(lang: &'a Lang, root: &'a str, words: &'a Words) -> Self {
        Self {
            lang,
            root,
            words,
            among: None,
            pictures: None,
            deeper: 0,
        }
    }

    /// The same place below a heading: those of a body there lie so many levels deeper.
    fn deeper(self, levels: u8) -> Self {
        Self { deeper: levels, ..self }
    }

    fn placement(&self) -> Placement<'a> {
        let alone = Placement {
            prefix: "",
            deeper: self.deeper,
        };
        self.among.map_or(alone, |among| among.placement)
    }
}

impl<'a> Viewer<'a> {
    /// The view of a page.
    pub fn view(&self, page: &'a Planned) -> View {
        let root = match page.content {
            Content::NotFound => self.read.config().prefix().to_owned(),
            _ => root(&page.path),
        };
        let here = Here::new(&page.lang, &root, &self.words[&page.lang]);
        let content = match &page.content {
            Content::Home => ContentView::Home(self.home(here)),
            Content::Claims(number) => ContentView::Claims(self.claims(here, *number)),
            Content::Claim(at) => ContentView::Claim(Box::new(self.claim(here, *at))),
            Content::Sources(number) => ContentView::Sources(self.sources(here, *number)),
            Content::Source(at) => ContentView::Source(Box::new(self.source(here, *at))),
            Content::Translation(at) => match self.translation(here, *at) {
                Some(translation) => ContentView::Translation(Box::new(translation)),
                None => ContentView::Missing(self.missing(here)),
            },
            Content::Glossary(number) => ContentView::Glossary(self.glossary(here, *number)),
            Content::Print => ContentView::Print(self.print_page(here)),
            Content::Term(at, number) => ContentView::Term(Box::new(self.term(here, *at, *number))),
            Content::Timeline => ContentView::Timeline(self.timeline(here, None)),
            Content::Year(year) => ContentView::Timeline(self.timeline(here, Some(*year))),
            Content::Entities(number) => ContentView::Entities(self.entities(here, *number)),
            Content::Entity(slug, number) => ContentView::Entity(self.entity(here, slug, *number)),
            Content::Corrections(number) => ContentView::Corrections(self.corrections(here, *number)),
            Content::Api => ContentView::Api(self.api(here)),
            Content::Page(at) => ContentView::Page(self.page(here, *at)),
            Content::Search => ContentView::Search(self.search(here)),
            Content::NotFound => ContentView::Missing(self.missing(here)),
        };
        View {
            page: self.meta(page, here, &content),
            content,
        }
    }

    /// The absolute address of a path.
    pub fn absolute(&self, path: &str) -> String {
        format!("{}{path}", self.read.config().base_url)
    }

    /// The address of a document for readers of a language.
    pub fn path_of(&self, kind: Kind, id: &str, lang: &Lang) -> String {
        let lang = self.read.lang_of(kind, id, lang);
        match kind {
            Kind::Event if self.long_timelines.get(lang) == Some(&true) => {
                let date = self
                    .read
                    .find::<Event>(id, lang)
                    .and_then(|event| event.entry.front.date);
                plan::of_event(self.read.config(), lang, id, date.map(|date| date.year()))
            }
            _ => plan::of_document(self.read.config(), lang, kind, id),
        }
    }
}

/// What leads from a path to the site's root.
fn root(path: &str) -> String {
    match path.matches('/').count() {
        0 => "./".to_owned(),
        depth => "../".repeat(depth),
    }
}

//! A site that was read, linked and planned: everything but its bytes, and how each of its files is made.

mod beside;
mod bound;
mod design;
#[cfg(feature = "pdf")]
mod paper;

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::hash::{Hash, Hasher};
use std::sync::{Arc, OnceLock};

use rayon::prelude::*;

use crate::config;
use crate::date::Point;
use crate::diagnostic::Diagnostic;
use crate::hash::digester;
use crate::lang::Lang;
use crate::link::{self, Index, Links};
use crate::plan::{self, Content, Plan, file_of, of_asset, with_lang};
use crate::reader::{Ledger, Notes, Reader, Whole};
use crate::render::html::{self, Engines, Globals};
use crate::render::{FOR_EACH_LANGUAGE, MakeForLanguage, api, card, hosting, schema, sitemap};
use crate::site::{self, Options, Site};
use crate::tree::{Digest, File, Tree};
use crate::view::{View, Viewer};
use bound::{Bound, bind};
use design::Design;

pub use bound::{Proofread, proofread};

/// How far a build has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Phase {
    /// Reading documents.
    Reading,
    /// Verifying quotations and linking.
    Linking,
    /// Making pages.
    Rendering {
        /// How many files the site has.
        files: usize,
    },
}

/// Looks a file of the former site up by its path.
pub type Former<'a> = &'a (dyn Fn(&str) -> Option<Vec<u8>> + Sync);

/// What building a site leaves behind, so that the next build need not do again what cannot have changed. A build with an empty memo and one with the
/// memo of any other build of the same site give the same.
#[derive(Debug, Default)]
pub struct Memo {
    site: site::Memo,
    link: link::Memo,
    plan: plan::Memo,
    design: Option<Arc<Design>>,
    engines: Option<(u64, Arc<Engines>)>,
    #[cfg(feature = "pdf")]
    press: Arc<paper::Press>,
}

/// A site that was read, linked and planned.
#[derive(Debug)]
pub struct Edition {
    site: Site,
    links: Links,
    index: Index,
    plan: Arc<Plan>,
    design: Arc<Design>,
    long_timelines: BTreeMap<Lang, bool>,
    /// The day that the printed glossary is to name, where one was given.
    edition_day: Option<Point>,
    content_assets: BTreeMap<Arc<str>, File>,
    engines: Arc<Engines>,
    #[cfg(feature = "pdf")]
    press: Arc<paper::Press>,
    /// The search index, once it was asked for.
    search: OnceLock<Result<BTreeMap<String, Vec<u8>>, Diagnostic>>,
    /// A digest of what all pages depend on alike: settings, templates, menus.
    shared: u64,
}

/// A file of the site, before it is made.
#[derive(Debug, Clone)]
pub struct Output {
    /// Its path from the site's root: `claims/grok/index.html`.
    pub path: Arc<str>,
    what: What,
}

#[derive(Debug, Clone)]
enum What {
    Page(usize),
    Card(usize),
    Redirect(usize),
    Api(api::Make),
    ForLanguage(MakeForLanguage, Lang),
    Schema(&'static str),
    Sitemap(usize),
    Robots,
    Style,
    TemplateAsset(String),
    ContentAsset(Arc<str>),
    #[cfg(feature = "pdf")]
    Pdf(Lang),
}

impl Output {
    /// Whether a browser shows it, or a page with it. The other files are for programs, and for paper.
    pub fn is_shown(&self) -> bool {
        #[cfg(feature = "pdf")]
        if matches!(self.what, What::Pdf(_)) {
            return false;
        }
        !matches!(
            self.what,
            What::Card(_) | What::Api(_) | What::ForLanguage(..) | What::Schema(_) | What::Sitemap(_) | What::Robots
        )
    }

    /// Whether it is drawn, which takes much longer than to write a page.
    pub fn is_drawn(&self) -> bool {
        matches!(self.what, What::Card(_))
    }
}

/// Reads, links and plans. `None` where the templates cannot be used.
pub fn edit(
    tree: &Tree,
    options: &Options,
    memo: &mut Memo,
    diagnostics: &mut Vec<Diagnostic>,
    progress: &dyn Fn(Phase),
) -> Option<Edition> {
    let Bound {
        site,
        links,
        index,
        plan,
        design,
    } = bind(tree, options, memo, diagnostics, progress);
    let engine = design.engine.as_ref()?;
    let years = |lang: &Lang| !plan::years_with_pages(&site, lang).is_empty();
    let long_timelines = site
        .config
        .languages
        .iter()
        .map(|lang| (lang.clone(), years(lang)))
        .collect();
    let asset = |path: &Arc<str>| Some((Arc::clone(path), tree.get(path)?.clone()));
    let mut edition = Edition {
        content_assets: plan.assets.iter().filter_map(asset).collect(),
        site,
        links,
        index,
        plan,
        design: Arc::clone(&design),
        long_timelines,
        edition_day: options.edition_day,
        engines: Arc::default(),
        #[cfg(feature = "pdf")]
        press: Arc::clone(&memo.press),
        search: OnceLock::new(),
        shared: 0,
    };
    let settings = tree.get(config::FILE).map(|file| file.digest);
    (edition.shared, edition.engines) = edition.engines(engine, settings, options, memo);
    Some(edition)
}

impl Edition {
    pub(crate) fn whole(&self) -> Whole<'_> {
        Whole {
            site: &self.site,
            links: &self.links,
            index: &self.index,
            plan: &self.plan,
        }
    }

    pub(crate) fn viewer<'a>(&'a self, notes: Option<&'a Notes<'a>>) -> Viewer<'a> {
        Viewer {
            read: Reader::new(self.whole(), notes),
            words: &self.design.words,
            long_timelines: &self.long_timelines,
            edition_day: self.edition_day,
        }
    }

    /// A page that lies on no site, with its styles inside.
    pub(crate) fn page_alone(&self, lang: &Lang, view: &View) -> Result<Vec<u8>, Diagnostic> {
        self.engines[lang].alone(view, &self.design.style.css)
    }

    /// A digest of everything that its files can read.
    pub fn ledger(&self) -> Ledger {
        Ledger::new(self.whole())
    }

    /// A digest of what all files depend on alike.
    pub fn shared(&self) -> u64 {
        self.shared
    }

    /// How many pages there are.
    pub fn pages(&self) -> usize {
        self.plan.pages.len()
    }

    /// How many quotations were verified.
    pub fn quotations(&self) -> usize {
        self.links.all().map(|linked| linked.quotations.len()).sum()
    }

    /// An engine for each language, made anew where the memo has others, and the digest of what all files depend on alike.
    fn engines(
        &self,
        engine: &html::Engine,
        settings: Option<Digest>,
        options: &Options,
        memo: &mut Memo,
    ) -> (u64, Arc<Engines>) {
        let viewer = self.viewer(None);
        let views: Vec<_> = self
            .design
            .words
            .keys()
            .map(|lang| (lang, viewer.site_view(lang)))
            .collect();
        let mut hasher = digester();
        (self.design.digest, settings, &options.base_url, &self.long_timelines).hash(&mut hasher);
        self.edition_day.hash(&mut hasher);
        for (_, view) in &views {
            view.hash(&mut hasher);
        }
        let shared = hasher.finish();
        if let Some((_, engines)) = memo.engines.as_ref().filter(|(known, _)| *known == shared) {
            return (shared, Arc::clone(engines));
        }
        let for_language = |(lang, view): &(&Lang, crate::view::SiteView)| {
            let globals = Globals {
                site: view,
                words: &self.design.words[*lang],
                styles: &self.design.style.path,
                assets: &self.design.assets,
            };
            ((*lang).clone(), engine.for_language(&globals))
        };
        let engines: Vec<_> = views.par_iter().map(for_language).collect();
        let engines: Arc<Engines> = Arc::new(engines.into_iter().collect());
        memo.engines = Some((shared, Arc::clone(&engines)));
        (shared, engines)
    }

    /// All files but the search index, those that take longest first.
    pub fn outputs(&self) -> Vec<Output> {
        let viewer = self.viewer(None);
        let config = &self.site.config;
        let mut outputs = Vec::with_capacity(self.plan.pages.len() + 64);
        let mut add = |path: String, what| {
            outputs.push(Output {
                path: path.into(),
                what,
            });
        };
        #[cfg(feature = "pdf")]
        for (lang, path) in self.papers() {
            add(path, What::Pdf(lang.clone()));
        }
        for (path, make) in api::FILES {
            add((*path).to_owned(), What::Api(*make));
        }
        add("_headers".to_owned(), What::Api(hosting::headers));
        if !self.plan.redirects.is_empty() {
            add("_redirects".to_owned(), What::Api(hosting::redirects));
        }
        for (number, path) in sitemap::paths(&viewer).into_iter().enumerate() {
            add(path, What::Sitemap(number));
        }
        for (path, make) in FOR_EACH_LANGUAGE {
            for lang in &config.languages {
                add(with_lang(config, lang, path), What::ForLanguage(*make, lang.clone()));
            }
        }
        for (path, text) in schema::FILES {
            add((*path).to_owned(), What::Schema(text));
        }
        for (at, page) in self.plan.pages.iter().enumerate() {
            add(page.file(), What::Page(at));
        }
        for (at, path) in self.cards(&viewer) {
            add(path, What::Card(at));
        }
        for (at, redirect) in self.plan.redirects.iter().enumerate() {
            add(file_of(&redirect.from), What::Redirect(at));
        }
        add("robots.txt".to_owned(), What::Robots);
        add(self.design.style.path.clone(), What::Style);
        for (name, path) in &self.design.assets {
            add(path.clone(), What::TemplateAsset(name.clone()));
        }
        for path in self.content_assets.keys() {
            add(of_asset(path).to_owned(), What::ContentAsset(Arc::clone(path)));
        }
        outputs
    }

    /// Makes one file, and notes what it read.
    pub fn make<'a>(&'a self, output: &Output, notes: Option<&'a Notes<'a>>) -> Result<Cow<'a, [u8]>, Diagnostic> {
        let viewer = self.viewer(notes);
        // Reads of the whole are noted once; whatever else the files for programs read is part of it.
        let whole = || {
            viewer.read.everything();
            self.viewer(None)
        };
        Ok(match &output.what {
            What::Page(at) => {
                let page = &self.plan.pages[*at];
                Cow::Owned(self.engines[&page.lang].page(&viewer.view(page))?)
            }
            What::Card(at) => Cow::Owned(card::png(&self.drawing(&viewer, *at)?, None)?),
            What::Redirect(at) => Cow::Owned(self.redirect(&viewer, *at)?),
            What::Api(make) => Cow::Owned(make(&whole())),
            What::ForLanguage(make, lang) => Cow::Owned(make(&whole(), lang)),
            What::Schema(text) => Cow::Borrowed(text.as_bytes()),
            What::Sitemap(number) => Cow::Owned(sitemap::file(&whole(), *number)),
            What::Robots => Cow::Owned(sitemap::robots(&whole())),
            What::Style => Cow::Borrowed(&self.design.style.css),
            What::TemplateAsset(name) => Cow::Borrowed(&self.design.asset_bytes[name]),
            What::ContentAsset(path) => Cow::Borrowed(&self.content_assets[path].bytes),
            #[cfg(feature = "pdf")]
            What::Pdf(lang) => Cow::Owned(self.pdf(&viewer, lang)?),
        })
    }

    /// The same, where what takes long may be taken over from a former site: from the file that it has at the path, if it was made of the same.
    pub fn remake(&self, output: &Output, former: Former<'_>) -> Result<Cow<'_, [u8]>, Diagnostic> {
        match &output.what {
            What::Card(at) => {
                let drawing = self.drawing(&self.viewer(None), *at)?;
                Ok(Cow::Owned(card::png(&drawing, former(&output.path))?))
            }
            _ => self.make(output, None),
        }
    }

    /// A digest of the file, or of what alone decides it where making it takes long. It notes what was read.
    pub fn digest<'a>(&'a self, output: &Output, notes: Option<&'a Notes<'a>>) -> Result<Digest, Diagnostic> {
        let decides = match &output.what {
            What::Card(at) => Cow::Owned(self.drawing(&self.viewer(notes), *at)?),
            _ => self.make(output, notes)?,
        };
        Ok(*blake3::hash(&decides).as_bytes())
    }

    fn redirect(&self, viewer: &Viewer<'_>, at: usize) -> Result<Vec<u8>, Diagnostic> {
        let redirect = &self.plan.redirects[at];
        let page = plan::Planned {
            path: redirect.from.clone(),
            lang: redirect.lang.clone(),
            content: Content::Claim(redirect.claim),
            alternates: Vec::new(),
        };
        let view = viewer.view(&page);
        self.engines[&redirect.lang].redirect(&view.page, &redirect.to, &viewer.absolute(&redirect.to))
    }

    /// A digest of what the plan says of a file beside what it reads.
    pub fn planned(&self, output: &Output) -> u64 {
        let mut hasher = digester();
        match &output.what {
            What::Page(at) => (&self.plan.pages[*at].lang, &self.plan.pages[*at].alternates).hash(&mut hasher),
            What::Redirect(at) => self.plan.redirects[*at].to.hash(&mut hasher),
            What::ContentAsset(path) => self.content_assets[path].digest.hash(&mut hasher),
            What::Style => self.design.style.css.hash(&mut hasher),
            #[cfg(feature = "pdf")]
            What::Pdf(lang) => self.paper_planned(lang).hash(&mut hasher),
            _ => {}
        }
        hasher.finish()
    }
}

//! A tree of files → a site, in a page of named calls: read, link, plan, then render each page from its view.

use std::collections::BTreeMap;
use std::sync::Mutex;

use rayon::prelude::*;

use crate::diagnostic::{Diagnostic, Report};
use crate::lang::Lang;
use crate::link::{Index, Links, link};
use crate::plan::{Content, Plan, Redirect, file_of, of_asset, plan};
use crate::reader::{Reader, Whole};
use crate::render::html::{Engines, Globals};
use crate::render::{api, feed, html, sitemap, style};
use crate::site::{Options, Site, gather};
use crate::templates;
use crate::tree::{File, Tree};
use crate::view::Viewer;
use crate::words::Words;

/// Where finished files go. The core hands each one over as soon as it is made and keeps none.
pub trait Sink: Sync {
    /// Takes a file: its path from the site's root, and its bytes.
    fn put(&self, path: &str, bytes: &[u8]);
}

/// A sink that keeps everything in memory.
#[derive(Debug, Default)]
pub struct Memory {
    files: Mutex<BTreeMap<String, Vec<u8>>>,
}

impl Sink for Memory {
    fn put(&self, path: &str, bytes: &[u8]) {
        let mut files = self.files.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
        files.insert(path.to_owned(), bytes.to_vec());
    }
}

impl Memory {
    /// The files, by path.
    pub fn into_files(self) -> BTreeMap<String, Vec<u8>> {
        self.files.into_inner().unwrap_or_else(|poisoned| poisoned.into_inner())
    }
}

/// A sink that forgets everything; for checking.
#[derive(Debug, Clone, Copy, Default)]
pub struct Nowhere;

impl Sink for Nowhere {
    fn put(&self, _: &str, _: &[u8]) {}
}

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

/// A site that was read, linked and planned: everything but its bytes.
pub struct Edition<'t> {
    tree: &'t Tree,
    site: Site,
    links: Links,
    index: Index,
    plan: Plan,
    words: BTreeMap<Lang, Words>,
    long_timelines: BTreeMap<Lang, bool>,
    style: style::Style,
    assets: BTreeMap<String, String>,
    engines: Engines,
}

/// What was built.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Built {
    /// What there is to say about it. With an error in it the files that were handed over must not be published.
    pub report: Report,
    /// How many pages there are.
    pub pages: usize,
    /// How many quotations were verified.
    pub quotations: usize,
}

/// Builds a site. With an error found before the first page is made, nothing is handed over.
pub fn build(tree: &Tree, options: &Options, sink: &dyn Sink, progress: &dyn Fn(Phase)) -> Built {
    let mut diagnostics = Vec::new();
    let edition = edit(tree, options, &mut diagnostics, progress);
    let report = Report::new(diagnostics);
    let Some(edition) = edition.filter(|_| !report.has_errors()) else {
        return Built {
            report,
            ..Built::default()
        };
    };
    let outputs = edition.outputs();
    progress(Phase::Rendering { files: outputs.len() });
    let faults: Vec<Diagnostic> = outputs
        .par_iter()
        .filter_map(|output| edition.make(output, sink).err())
        .collect();
    let mut all = report.diagnostics().to_vec();
    all.extend(faults);
    Built {
        report: Report::new(all),
        pages: edition.plan.pages.len(),
        quotations: edition.links.all().map(|linked| linked.quotations.len()).sum(),
    }
}

/// Reads, links and plans. `None` where the templates cannot be used.
fn edit<'t>(
    tree: &'t Tree,
    options: &Options,
    diagnostics: &mut Vec<Diagnostic>,
    progress: &dyn Fn(Phase),
) -> Option<Edition<'t>> {
    progress(Phase::Reading);
    let site = gather(tree, options).unpack(diagnostics);
    progress(Phase::Linking);
    let links = link(&site, tree, options).unpack(diagnostics);
    let index = Index::new(&site, &links);
    let plan = plan(&site, &links, &index, tree).unpack(diagnostics);
    let words: BTreeMap<Lang, Words> = site
        .config
        .languages
        .iter()
        .map(|lang| (lang.clone(), Words::read(lang, tree).unpack(diagnostics)))
        .collect();
    let style = style::style(tree).unpack(diagnostics);
    let engine = html::read(tree).unpack(diagnostics)?;
    let long_timelines = site
        .config
        .languages
        .iter()
        .map(|lang| (lang.clone(), !crate::plan::years_with_pages(&site, lang).is_empty()))
        .collect();
    let assets = asset_paths(tree);
    let mut edition = Edition {
        tree,
        site,
        links,
        index,
        plan,
        words,
        long_timelines,
        style,
        assets,
        engines: Engines::new(),
    };
    edition.engines = edition.languages(&engine);
    Some(edition)
}

/// Assets of the templates by name: their paths carry a hash of their content, so that browsers may keep them.
fn asset_paths(tree: &Tree) -> BTreeMap<String, String> {
    let named = |(name, file): (String, templates::TemplateFile<'_>)| {
        let name = name.strip_prefix("assets/").unwrap_or(&name).to_owned();
        let hash = blake3::hash(file.bytes).to_hex();
        let path = match name.rsplit_once('.') {
            Some((stem, ending)) => format!("assets/{stem}.{}.{ending}", &hash[..10]),
            None => format!("assets/{name}.{}", &hash[..10]),
        };
        (name, path)
    };
    templates::files(tree, "assets/").into_iter().map(named).collect()
}

/// A file of the site, before it is made.
enum Output<'e> {
    Page(usize),
    Redirect(&'e Redirect),
    Api(&'static str, fn(&Viewer<'_>) -> Vec<u8>),
    Feed(&'e Lang),
    Sitemaps,
    Robots,
    Style,
    TemplateAsset(&'e str, &'e str),
    ContentAsset(&'e str, &'e File),
}

impl Edition<'_> {
    fn whole(&self) -> Whole<'_> {
        Whole {
            site: &self.site,
            links: &self.links,
            index: &self.index,
            plan: &self.plan,
        }
    }

    fn viewer(&self) -> Viewer<'_> {
        Viewer {
            read: Reader::new(self.whole(), None),
            words: &self.words,
            long_timelines: &self.long_timelines,
        }
    }

    /// An engine for each language.
    fn languages(&self, engine: &html::Engine) -> Engines {
        let viewer = self.viewer();
        let for_language = |(lang, words): (&Lang, &Words)| {
            let site = viewer.site_view(lang);
            let globals = Globals {
                site: &site,
                words,
                styles: &self.style.path,
                assets: &self.assets,
            };
            (lang.clone(), engine.for_language(&globals))
        };
        self.words.iter().map(for_language).collect()
    }

    /// All files, those that take longest first.
    fn outputs(&self) -> Vec<Output<'_>> {
        let mut outputs: Vec<Output<'_>> = api::FILES.iter().map(|(path, make)| Output::Api(path, *make)).collect();
        outputs.push(Output::Sitemaps);
        outputs.extend(self.site.config.languages.iter().map(Output::Feed));
        outputs.extend((0..self.plan.pages.len()).map(Output::Page));
        outputs.extend(self.plan.redirects.iter().map(Output::Redirect));
        outputs.extend([Output::Robots, Output::Style]);
        outputs.extend(self.assets.iter().map(|(name, path)| Output::TemplateAsset(name, path)));
        let asset = |path| self.tree.get(path).map(|file| Output::ContentAsset(path, file));
        outputs.extend(self.plan.assets.iter().filter_map(|path| asset(path)));
        outputs
    }

    /// Makes one file and hands it over.
    fn make(&self, output: &Output<'_>, sink: &dyn Sink) -> Result<(), Diagnostic> {
        let viewer = self.viewer();
        match output {
            Output::Page(at) => {
                let page = &self.plan.pages[*at];
                let bytes = self.engines[&page.lang].page(&viewer.view(page))?;
                sink.put(&page.file(), &bytes);
            }
            Output::Redirect(redirect) => {
                let page = crate::plan::Planned {
                    path: redirect.from.clone(),
                    lang: redirect.lang.clone(),
                    content: Content::Claim(redirect.claim),
                    alternates: Vec::new(),
                };
                let view = viewer.view(&page);
                let bytes =
                    self.engines[&redirect.lang].redirect(&view.page, &redirect.to, &viewer.absolute(&redirect.to))?;
                sink.put(&file_of(&redirect.from), &bytes);
            }
            Output::Api(path, make) => sink.put(path, &make(&viewer)),
            Output::Feed(lang) => sink.put(
                &crate::plan::with_lang(&self.site.config, lang, "feed.xml"),
                &feed::feed(&viewer, lang),
            ),
            Output::Sitemaps => sitemap::sitemaps(&viewer)
                .iter()
                .for_each(|(path, bytes)| sink.put(path, bytes)),
            Output::Robots => sink.put("robots.txt", &sitemap::robots(&viewer)),
            Output::Style => sink.put(&self.style.path, &self.style.css),
            Output::TemplateAsset(name, path) => {
                let file = format!("assets/{name}");
                if let Some(asset) = templates::files(self.tree, &file).get(&file) {
                    sink.put(path, asset.bytes);
                }
            }
            Output::ContentAsset(path, file) => sink.put(of_asset(path), &file.bytes),
        }
        Ok(())
    }
}

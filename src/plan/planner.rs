//! Gives every page its address.

use std::sync::Arc;

use super::outline::{Document, Language, Outline};
use super::{
    Content, PER_PAGE, Plan, Planned, Redirect, home, list, of_document, of_entity, of_translation, page_of, print,
};
use crate::config::Config;
use crate::document::Kind;
use crate::hash::Map;
use crate::lang::Lang;

/// All pages and former addresses, from the outline and the settings alone.
pub(super) fn lay_out(config: &Config, outline: &Outline<'_>) -> Plan {
    let mut planner = Planner {
        config,
        groups: Map::default(),
    };
    for language in &outline.languages {
        planner.lists(language);
        planner.documents(language);
        planner.entities(language);
    }
    planner.add(&config.lang, ("404", "", 1), "404.html".to_owned(), Content::NotFound);
    let mut pages: Vec<Planned> = planner.groups.into_values().flat_map(alternates).collect();
    // The program's own pages and those of documents may want one address; they stay in the same order.
    pages.sort_by(|a, b| a.path.cmp(&b.path).then_with(|| a.content.cmp(&b.content)));
    Plan {
        pages,
        redirects: redirects(config, outline),
        assets: outline.assets.iter().map(|path| Arc::clone(path)).collect(),
        files: Default::default(),
    }
}

/// What pages that are each other's translations have in common: the kind of page, an id, the number of the page.
type Name<'a> = (&'static str, &'a str, usize);

struct Planner<'a> {
    config: &'a Config,
    groups: Map<Name<'a>, Vec<(Lang, String, Content)>>,
}

impl<'a> Planner<'a> {
    fn add(&mut self, lang: &Lang, name: Name<'a>, path: String, content: Content) {
        self.groups.entry(name).or_default().push((lang.clone(), path, content));
    }

    /// A list over as many pages as it needs, at least one.
    fn list(&mut self, lang: &Lang, name: &'static str, entries: usize, content: fn(usize) -> Content) {
        for page in 1..=entries.div_ceil(PER_PAGE).max(1) {
            let path = page_of(&list(self.config, lang, name), page);
            self.add(lang, ("list", name, page), path, content(page));
        }
    }

    fn lists(&mut self, language: &Language<'a>) {
        let (config, lang) = (self.config, language.lang);
        self.add(lang, ("home", "", 1), home(config, lang), Content::Home);
        self.list(lang, "claims", language.claims.len(), Content::Claims);
        self.list(lang, "sources", language.sources.len(), Content::Sources);
        self.list(lang, "glossary", language.terms.len(), Content::Glossary);
        self.add(lang, ("print", "", 1), print(config, lang), Content::Print);
        self.list(lang, "corrections", language.corrections, Content::Corrections);
        self.add(lang, ("api", "", 1), list(config, lang, "api"), Content::Api);
        let timeline = list(config, lang, "timeline");
        self.add(lang, ("timeline", "", 1), timeline.clone(), Content::Timeline);
        if config.search {
            self.add(lang, ("search", "", 1), list(config, lang, "search"), Content::Search);
        }
        for year in &language.years {
            let path = format!("{timeline}{year}/");
            self.add(lang, ("year", "", usize::from(*year)), path, Content::Year(*year));
        }
    }

    fn documents(&mut self, language: &Language<'a>) {
        for claim in &language.claims {
            self.document(language.lang, Kind::Claim, claim, Content::Claim(claim.at));
        }
        for source in &language.sources {
            self.document(language.lang, Kind::Source, source, Content::Source(source.at));
        }
        for source in &language.translations {
            let path = of_translation(self.config, language.lang, source.id);
            let name = ("translation", source.id, 1);
            self.add(language.lang, name, path, Content::Translation(source.at));
        }
        for term in &language.terms {
            let first = of_document(self.config, language.lang, Kind::Term, term.id);
            for page in 1..=term.pages {
                let name = (Kind::Term.noun(), term.id, page);
                let content = Content::Term(term.at, page);
                self.add(language.lang, name, page_of(&first, page), content);
            }
        }
        for page in &language.pages {
            self.document(language.lang, Kind::Page, page, Content::Page(page.at));
        }
    }

    fn document(&mut self, lang: &Lang, kind: Kind, document: &Document<'a>, content: Content) {
        let path = of_document(self.config, lang, kind, document.id);
        self.add(lang, (kind.noun(), document.id, 1), path, content);
    }

    fn entities(&mut self, language: &Language<'a>) {
        let (lang, entities) = (language.lang, &language.entities);
        if !entities.is_empty() {
            self.list(lang, "entities", entities.len(), Content::Entities);
        }
        for (slug, pages) in entities {
            let first = of_entity(self.config, lang, slug);
            for page in 1..=*pages {
                let content = Content::Entity((*slug).to_owned(), page);
                self.add(lang, ("entity", slug, page), page_of(&first, page), content);
            }
        }
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

fn redirects(config: &Config, outline: &Outline<'_>) -> Vec<Redirect> {
    let of_claim = |(claim, aliases): &(Document<'_>, &[String])| {
        let to = of_document(config, claim.lang, Kind::Claim, claim.id);
        let redirect = |alias: &String| Redirect {
            from: former(alias),
            to: to.clone(),
            lang: claim.lang.clone(),
            claim: claim.at,
        };
        // An empty one was reported.
        let aliases = aliases.iter().filter(|alias| !alias.is_empty());
        aliases.map(redirect).collect::<Vec<_>>()
    };
    let mut redirects: Vec<Redirect> = outline.moved.iter().flat_map(of_claim).collect();
    redirects.sort_by(|a, b| a.from.cmp(&b.from));
    redirects
}

/// A former address as editors write it, without the first `/`; that of a folder ends with `/`.
fn former(alias: &str) -> String {
    let from = alias.trim_start_matches('/');
    let folder = from.ends_with('/') || !from.rsplit('/').next().is_some_and(|name| name.contains('.'));
    match folder {
        true => format!("{}/", from.trim_end_matches('/')),
        false => from.to_owned(),
    }
}

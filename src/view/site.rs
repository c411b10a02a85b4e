//! The site as every template sees it: name, publisher, menu, foot.

use std::collections::BTreeMap;

use serde::Serialize;

use super::Viewer;
use super::cards::LinkView;
use crate::document::Kind;
use crate::lang::{Lang, space};
use crate::link;
use crate::page::Page;
use crate::plan;

/// An entry of the menu.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct NavView {
    /// What readers see.
    pub title: String,
    /// Path, or an absolute address.
    pub path: String,
    /// Whether it leads to another site.
    pub external: bool,
}

/// The site as every template sees it.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct SiteView {
    /// Name.
    pub title: String,
    /// What it is, in a sentence; may be empty.
    pub description: String,
    /// Where it is published, with a final `/`.
    pub base_url: String,
    /// Who publishes it.
    pub publisher: String,
    /// Their page.
    pub publisher_url: Option<String>,
    /// Their address for letters.
    pub email: Option<String>,
    /// Address of their logo, where the settings give a whole one.
    pub publisher_logo: Option<String>,
    /// Address of the terms under which the site's own texts and data may be used.
    pub licence: Option<String>,
    /// Profiles elsewhere.
    pub social: Vec<LinkView>,
    /// Path of the search page, where there is one.
    pub search: Option<String>,
    /// The menu.
    pub nav: Vec<NavView>,
    /// Standing pages for the foot of each page.
    pub footer: Vec<LinkView>,
    /// Where readers report an error: the page `report-an-error`, where there is one.
    pub report: Option<LinkView>,
    /// The standing pages that there are: id → path.
    pub standing: BTreeMap<&'static str, String>,
}

impl Viewer<'_> {
    /// The site as the templates of a language see it.
    pub fn site_view(&self, lang: &Lang) -> SiteView {
        let config = self.read.config();
        let page_links = |wanted: fn(&crate::page::Page) -> bool| {
            let mut pages: Vec<_> = self
                .read
                .everything()
                .site
                .pages
                .iter()
                .filter(|entry| entry.identity.lang == *lang && wanted(&entry.front))
                .collect();
            pages.sort_by_key(|entry| {
                (
                    entry.front.order.unwrap_or(u64::MAX),
                    std::sync::Arc::clone(&entry.identity.id),
                )
            });
            pages.into_iter().map(|entry| LinkView {
                title: space(lang, entry.front.name()).into_owned(),
                path: plan::of_document(config, lang, Kind::Page, &entry.identity.id),
            })
        };
        let text = |text: &str| space(lang, text).into_owned();
        let nav_pages = page_links(|page| page.nav == Some(true)).map(|link| NavView {
            title: link.title,
            path: link.path,
            external: false,
        });
        SiteView {
            title: self.site_title(lang),
            description: text(config.description.get(lang).unwrap_or_default()),
            base_url: config.base_url.clone(),
            publisher: self.publisher(lang),
            publisher_url: config.publisher.url.clone(),
            email: config.publisher.email.clone(),
            publisher_logo: config.publisher.logo.clone().filter(|logo| logo.contains("://")),
            licence: config.licence.clone(),
            social: config
                .social
                .iter()
                .map(|social| LinkView {
                    title: social.name.clone(),
                    path: social.url.clone(),
                })
                .collect(),
            search: config.search.then(|| plan::list(config, lang, "search")),
            nav: match &config.nav {
                Some(items) => items.iter().filter_map(|item| self.nav_item(item, lang)).collect(),
                None => LISTS
                    .iter()
                    .map(|name| self.list_link(name, lang))
                    .chain(nav_pages)
                    .collect(),
            },
            footer: page_links(|page| page.nav != Some(true)).collect(),
            report: self.read.find::<Page>("report-an-error", lang).map(|page| LinkView {
                title: text(page.entry.front.name()),
                path: plan::of_document(config, lang, Kind::Page, "report-an-error"),
            }),
            standing: STANDING
                .into_iter()
                .filter(|id| self.read.find_index::<Page>(id, lang).is_some())
                .map(|id| (id, plan::of_document(config, lang, Kind::Page, id)))
                .collect(),
        }
    }

    /// The site's name. As with all settings, it is no read of the site.
    pub(super) fn site_title(&self, lang: &Lang) -> String {
        space(lang, self.read.config().title.get(lang).unwrap_or_default()).into_owned()
    }

    /// Who publishes the site.
    pub(super) fn publisher(&self, lang: &Lang) -> String {
        match &self.read.config().publisher.name {
            Some(name) => space(lang, name).into_owned(),
            None => self.site_title(lang),
        }
    }

    fn list_link(&self, name: &str, lang: &Lang) -> NavView {
        let title = self.words[lang].get(name).to_owned();
        NavView {
            title,
            path: plan::list(self.read.config(), lang, name),
            external: false,
        }
    }

    fn nav_item(&self, item: &crate::config::NavItem, lang: &Lang) -> Option<NavView> {
        match item {
            crate::config::NavItem::Outer { title, url } => Some(NavView {
                title: title.clone(),
                path: url.clone(),
                external: true,
            }),
            crate::config::NavItem::Inner(name) if link::LISTS.contains(&name.as_str()) => {
                Some(self.list_link(name, lang))
            }
            crate::config::NavItem::Inner(id) => {
                let page = self.read.find::<Page>(id, lang)?.entry;
                let path = plan::of_document(self.read.config(), lang, Kind::Page, id);
                Some(NavView {
                    title: space(lang, page.front.name()).into_owned(),
                    path,
                    external: false,
                })
            }
        }
    }
}

/// The lists that a menu leads to by itself.
const LISTS: [&str; 4] = ["claims", "sources", "glossary", "timeline"];

/// Ids of the pages in which a site of fact checks says who it is and how it works.
const STANDING: [&str; 8] = [
    "about",
    "contact",
    "corrections-policy",
    "ethics",
    "funding",
    "masthead",
    "methodology",
    "report-an-error",
];

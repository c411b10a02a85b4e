//! What every page says of itself: its name, its place in the menu, its other languages.

use super::{Alternate, ContentView, Here, POLICY, PageMeta, Pager, Viewer};
use crate::lang::Lang;
use crate::plan::{self, Content, Planned};
use crate::words::Words;

impl Viewer<'_> {
    /// What a page says of itself.
    pub(super) fn meta(&self, page: &Planned, here: Here<'_>, content: &ContentView) -> PageMeta {
        let words = here.words;
        let (kind, section, title, description) = named(content, words);
        let config = self.read.config();
        let section_title = match section.trim_end_matches('/') {
            "" => String::new(),
            list => words.get(list).to_owned(),
        };
        let section = if kind == "page" || kind == "home" {
            page.path.clone()
        } else {
            plan::with_lang(config, &page.lang, section)
        };
        PageMeta {
            url: self.absolute(&page.path),
            path: page.path.clone(),
            root: here.root.to_owned(),
            title,
            description,
            kind,
            section,
            section_title,
            lang: page.lang.tag().to_owned(),
            right_to_left: page.lang.is_right_to_left(),
            locale: page.lang.locale(),
            alternates: self.alternates(page),
            feed: plan::with_lang(config, &page.lang, "feed.xml"),
            home: plan::home(config, &page.lang),
            card: match page.content {
                Content::Claim(at) => self.card_link(here, at),
                _ => None,
            },
            policy: POLICY,
        }
    }

    fn alternates(&self, page: &Planned) -> Vec<Alternate> {
        if page.alternates.len() < 2 {
            return Vec::new();
        }
        let alternate = |(lang, path): &(Lang, String)| Alternate {
            lang: lang.tag().to_owned(),
            locale: lang.locale(),
            name: self.words[lang].get("language_name").to_owned(),
            path: path.clone(),
            url: self.absolute(path),
            current: *lang == page.lang,
        };
        page.alternates.iter().map(alternate).collect()
    }
}

/// The kind of a page, the section of the menu that it belongs to, its title and its description.
fn named(content: &ContentView, words: &Words) -> (&'static str, &'static str, String, String) {
    let text = |key: &str| words.get(key).to_owned();
    let list = |key: &str, pager: &Pager| (numbered(words.get(key), pager), text(&format!("{key}_intro")));
    let (kind, section, (title, description)) = match content {
        ContentView::Home(home) => ("home", "", (home.title.clone(), home.description.clone())),
        ContentView::Claims(claims) => ("claims", "claims/", list("claims", &claims.pager)),
        ContentView::Claim(claim) => ("claim", "claims/", (claim.claim.clone(), claim.summary.clone())),
        ContentView::Sources(sources) => ("sources", "sources/", list("sources", &sources.pager)),
        ContentView::Source(source) => ("source", "sources/", (source.title.clone(), String::new())),
        ContentView::Translation(pair) => {
            let title = words.fill("translation_title", &[("title", &pair.translation.title)]);
            ("translation", "sources/", (title, text("translation_intro")))
        }
        ContentView::Glossary(glossary) => ("glossary", "glossary/", list("glossary", &glossary.pager)),
        ContentView::Print(_) => (
            "print",
            "glossary/",
            (text("glossary_print"), text("glossary_print_intro")),
        ),
        ContentView::Term(term) => (
            "term",
            "glossary/",
            (numbered(&term.term, &term.pager), term.excerpt.clone()),
        ),
        ContentView::Timeline(timeline) => {
            let title = timeline
                .year
                .map_or(text("timeline"), |year| format!("{} {year}", words.get("timeline")));
            ("timeline", "timeline/", (title, text("timeline_intro")))
        }
        ContentView::Entities(entities) => ("entities", "", list("people", &entities.pager)),
        ContentView::Entity(entity) => ("entity", "", (numbered(&entity.name, &entity.pager), String::new())),
        ContentView::Corrections(corrections) => (
            "corrections",
            "corrections/",
            (numbered(words.get("corrections"), &corrections.pager), String::new()),
        ),
        ContentView::Api(_) => ("api", "api/", (text("api"), text("api_intro"))),
        ContentView::Page(page) => (
            "page",
            "",
            (page.title.clone(), page.description.clone().unwrap_or_default()),
        ),
        ContentView::Search(_) => ("search", "search/", (text("search"), String::new())),
        ContentView::Missing(_) => ("404", "", (text("not_found"), String::new())),
    };
    (kind, section, title, description)
}

/// A list's title, with its number from its second page on.
fn numbered(title: &str, pager: &Pager) -> String {
    if pager.page > 1 {
        format!("{title} ({})", pager.page)
    } else {
        title.to_owned()
    }
}

//! JSON-LD in the terms of schema.org: what a page shows, for search engines and collectors of fact checks.

mod node;
mod publisher;
mod review;

use crate::view::{ContentView, GlossaryView, PageMeta, SiteView, TermView, View};
use node::Node;

pub use review::feed;

/// The things that a page tells of, each as the text of a script element. They are made from the page's view alone.
pub fn of_page(view: &View, site: &SiteView) -> Vec<String> {
    let page = &view.page;
    let thing = match &view.content {
        ContentView::Home(_) => Some(website(page, site)),
        ContentView::Claim(claim) => Some(review::review(&claim.review, site)),
        ContentView::Glossary(glossary) => Some(term_set(page, glossary, site)),
        ContentView::Term(term) => Some(term_of_set(page, term, site)),
        ContentView::Page(_) => Some(article(page, site)),
        _ => None,
    };
    let things = thing.into_iter().chain(breadcrumbs(page, site));
    things.map(|thing| thing.script()).collect()
}

fn website<'a>(page: &'a PageMeta, site: &'a SiteView) -> Node<'a> {
    Node::new("WebSite")
        .text("url", &*page.url)
        .text("name", &*site.title)
        .text("description", &*page.description)
        .text("inLanguage", &*page.lang)
        .node("publisher", publisher::full(site))
}

/// An explainer, or one of the standing pages that schema.org has a type for.
fn article<'a>(page: &'a PageMeta, site: &'a SiteView) -> Node<'a> {
    let is = |id: &str| site.standing.get(id) == Some(&page.path);
    let kind = if is("about") {
        "AboutPage"
    } else if is("contact") || is("report-an-error") {
        "ContactPage"
    } else if site.standing.values().any(|path| *path == page.path) {
        "WebPage"
    } else {
        "Article"
    };
    let title = if kind == "Article" { "headline" } else { "name" };
    Node::new(kind)
        .text("url", &*page.url)
        .text(title, &*page.title)
        .text("description", &*page.description)
        .text("inLanguage", &*page.lang)
        .node("publisher", publisher::name(site))
}

fn term_set<'a>(page: &'a PageMeta, glossary: &'a GlossaryView, site: &SiteView) -> Node<'a> {
    let terms = glossary.letters.iter().flat_map(|letter| &letter.terms);
    let term = |term: &'a crate::view::TermCard| {
        Node::new("DefinedTerm")
            .text("url", format!("{}{}", site.base_url, term.path))
            .text("name", &*term.term)
            .text("termCode", &*term.id)
            .text("description", &*term.excerpt)
    };
    set(page, site)
        .text("inLanguage", &*page.lang)
        .nodes("hasDefinedTerm", terms.map(term).collect())
}

/// The glossary as a whole, whichever of its pages names it.
fn set<'a>(page: &'a PageMeta, site: &SiteView) -> Node<'a> {
    let address = format!("{}{}", site.base_url, page.section);
    Node::new("DefinedTermSet")
        .text("@id", address.clone())
        .text("url", address)
        .text("name", &*page.section_title)
}

fn term_of_set<'a>(page: &'a PageMeta, term: &'a TermView, site: &SiteView) -> Node<'a> {
    Node::new("DefinedTerm")
        .text("url", &*page.url)
        .text("name", &*term.term)
        .texts("alternateName", term.aliases.iter().map(String::as_str).collect())
        .text("termCode", &*term.id)
        .text("description", &*term.definition)
        .text("inLanguage", &*page.lang)
        .node("inDefinedTermSet", set(page, site))
}

/// The way from the home page to a page that stands under a list, or under the home page itself.
fn breadcrumbs<'a>(page: &'a PageMeta, site: &'a SiteView) -> Option<Node<'a>> {
    if matches!(page.kind, "home" | "404") {
        return None;
    }
    let absolute = |path: &str| format!("{}{path}", site.base_url);
    let mut trail = vec![(&*site.title, absolute(&page.home))];
    if !page.section_title.is_empty() && page.section != page.path {
        trail.push((&page.section_title, absolute(&page.section)));
    }
    trail.push((&page.title, page.url.clone()));
    let items = trail.into_iter().zip(1..).map(|((name, url), position)| {
        Node::new("ListItem")
            .number("position", position)
            .text("name", name)
            .text("item", url)
    });
    Some(Node::new("BreadcrumbList").nodes("itemListElement", items.collect()))
}

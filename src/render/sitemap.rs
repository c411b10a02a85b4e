//! `sitemap.xml` (sitemaps.org, protocol 0.9) with the languages of each page, and `robots.txt`.

use super::xml;
use crate::plan::{Content, Planned};
use crate::view::Viewer;

/// The most addresses that one sitemap may hold.
const MOST_URLS: usize = 50_000;

/// The paths of the sitemap's files. Beyond 50,000 addresses `sitemap.xml`, the first of them, is an index of the others.
pub fn paths(viewer: &Viewer<'_>) -> Vec<String> {
    let parts = listed(viewer).len().div_ceil(MOST_URLS);
    let numbered = (1..=parts).filter(|_| parts > 1).map(part);
    std::iter::once("sitemap.xml".to_owned()).chain(numbered).collect()
}

/// One of the sitemap's files, by its number in [`paths`].
pub fn file(viewer: &Viewer<'_>, number: usize) -> Vec<u8> {
    let pages = listed(viewer);
    match number.checked_sub(1) {
        Some(at) => pages
            .chunks(MOST_URLS)
            .nth(at)
            .map_or_else(Vec::new, |pages| sitemap(viewer, pages)),
        None if pages.len() > MOST_URLS => index(viewer, pages.len().div_ceil(MOST_URLS)),
        None => sitemap(viewer, &pages),
    }
}

fn part(number: usize) -> String {
    format!("sitemap-{number}.xml")
}

fn listed<'a>(viewer: &Viewer<'a>) -> Vec<&'a Planned> {
    let pages = viewer.read.everything().plan.pages.iter();
    pages
        .filter(|page| !matches!(page.content, Content::NotFound | Content::Search))
        .collect()
}

fn index(viewer: &Viewer<'_>, parts: usize) -> Vec<u8> {
    let mut index = "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<sitemapindex xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n".to_owned();
    for number in 1..=parts {
        let url = viewer.absolute(&part(number));
        index.push_str(&format!("<sitemap><loc>{}</loc></sitemap>\n", xml(&url)));
    }
    index.push_str("</sitemapindex>\n");
    index.into_bytes()
}

fn sitemap(viewer: &Viewer<'_>, pages: &[&Planned]) -> Vec<u8> {
    let mut out = "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\" xmlns:xhtml=\"http://www.w3.org/1999/xhtml\">\n".to_owned();
    for page in pages {
        out.push_str("<url><loc>");
        out.push_str(&xml(&viewer.absolute(&page.path)));
        out.push_str("</loc>");
        if let Some(day) = last_change(viewer, page) {
            out.push_str(&format!("<lastmod>{day}</lastmod>"));
        }
        if page.alternates.len() > 1 {
            for (lang, path) in &page.alternates {
                out.push_str(&format!(
                    "<xhtml:link rel=\"alternate\" hreflang=\"{lang}\" href=\"{}\"/>",
                    xml(&viewer.absolute(path))
                ));
            }
        }
        out.push_str("</url>\n");
    }
    out.push_str("</urlset>\n");
    out.into_bytes()
}

/// The day on which a claim was last worked on. Other pages do not tell theirs.
fn last_change(viewer: &Viewer<'_>, page: &Planned) -> Option<String> {
    let Content::Claim(at) = page.content else { return None };
    let claim = &viewer.read.everything().site.claims[at].front;
    Some(claim.last_work()?.plain())
}

/// `robots.txt`: everything may be read.
pub fn robots(viewer: &Viewer<'_>) -> Vec<u8> {
    format!(
        "User-agent: *\nAllow: /\n\nSitemap: {}\n",
        viewer.absolute("sitemap.xml")
    )
    .into_bytes()
}

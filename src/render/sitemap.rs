//! `sitemap.xml` (sitemaps.org, protocol 0.9) with the languages of each page, and `robots.txt`.

use super::xml;
use crate::plan::{Content, Planned};
use crate::view::Viewer;

/// The most addresses that one sitemap may hold.
const MOST_URLS: usize = 50_000;

/// The sitemap's files: path → bytes. Beyond 50,000 addresses `sitemap.xml` is an index of several.
pub fn sitemaps(viewer: &Viewer<'_>) -> Vec<(String, Vec<u8>)> {
    let pages: Vec<&Planned> = viewer
        .read
        .everything()
        .plan
        .pages
        .iter()
        .filter(|page| page.content != Content::NotFound)
        .collect();
    if pages.len() <= MOST_URLS {
        return vec![("sitemap.xml".to_owned(), sitemap(viewer, &pages))];
    }
    let mut files = Vec::new();
    let mut index = "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<sitemapindex xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n".to_owned();
    for (at, chunk) in pages.chunks(MOST_URLS).enumerate() {
        let name = format!("sitemap-{}.xml", at + 1);
        index.push_str(&format!(
            "<sitemap><loc>{}</loc></sitemap>\n",
            xml(&viewer.absolute(&name))
        ));
        files.push((name, sitemap(viewer, chunk)));
    }
    index.push_str("</sitemapindex>\n");
    files.push(("sitemap.xml".to_owned(), index.into_bytes()));
    files
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

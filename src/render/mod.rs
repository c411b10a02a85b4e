//! Views and facts → bytes. The only room that knows Tera and lightningcss.

pub mod api;
pub mod calendar;
pub mod card;
pub mod data;
pub mod feed;
pub mod filters;
pub mod hosting;
pub mod html;
pub mod jsonld;
mod menus;
#[cfg(feature = "pdf")]
pub mod pdf;
mod picture;
mod rows;
pub mod schema;
pub mod search;
pub mod sitemap;
pub mod style;
pub mod timelinejs;

use crate::lang::Lang;
use crate::view::Viewer;

/// Makes a file for a language.
pub type MakeForLanguage = fn(&Viewer<'_>, &Lang) -> Vec<u8>;

/// The files that each language has: path from its root → how it is made.
pub const FOR_EACH_LANGUAGE: &[(&str, MakeForLanguage)] = &[
    ("feed.xml", feed::all),
    ("claims/feed.xml", feed::claims),
    ("corrections/feed.xml", feed::corrections),
    ("claims/index.json", filters::claims),
    ("timeline/index.json", filters::events),
    ("timeline.ics", calendar::calendar),
    ("api/timelinejs.json", timelinejs::timelinejs),
];

/// Text for XML: escaped, without the control characters that XML 1.0 (section 2.2) does not allow.
fn xml(text: &str) -> String {
    let allowed: String = text
        .chars()
        .filter(|c| !c.is_control() && !matches!(c, '\u{fffe}' | '\u{ffff}') || matches!(c, '\t' | '\n' | '\r'))
        .collect();
    crate::text::escape(&allowed)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What the plan keeps free for files is what is made.
    #[test]
    fn every_planned_file_is_made() {
        let for_each: Vec<&str> = FOR_EACH_LANGUAGE.iter().map(|(path, _)| *path).collect();
        assert_eq!(for_each, crate::plan::files::FOR_EACH_LANGUAGE);
        let mut once: Vec<&str> = api::FILES.iter().map(|(path, _)| *path).collect();
        once.extend(schema::FILES.iter().map(|(path, _)| *path));
        once.extend(["_headers", "_redirects", "manifest.json", "sitemap.xml", "robots.txt"]);
        once.sort_unstable();
        let mut planned = crate::plan::files::ONCE.to_vec();
        planned.sort_unstable();
        assert_eq!(once, planned);
    }
}

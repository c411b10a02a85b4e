//! Views and facts → bytes. The only room that knows Tera and lightningcss.

pub mod api;
pub mod data;
pub mod feed;
pub mod filters;
pub mod hosting;
pub mod html;
pub mod sitemap;
pub mod style;

/// Text for XML: escaped, without the control characters that XML 1.0 (section 2.2) does not allow.
fn xml(text: &str) -> String {
    let allowed: String = text
        .chars()
        .filter(|c| !c.is_control() || matches!(c, '\t' | '\n' | '\r'))
        .collect();
    crate::text::escape(&allowed)
}

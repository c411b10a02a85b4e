//! What makes a page live: the element that is put into it, and the files that this element loads.

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};

/// Where all that is not the site's own is found.
pub(super) const ROOM: &str = "/_kezako/";

/// The files of that room: name and text.
pub(super) const FILES: [(&str, &str); 2] = [
    ("live.js", include_str!("live.js")),
    ("live.css", include_str!("live.css")),
];

/// What a path of a URL does not hold as it is (url.spec.whatwg.org, "path percent-encode set"), and `%`.
const PATH: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'%')
    .add(b'<')
    .add(b'>')
    .add(b'?')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'}');

/// The URL of a site's file from the host's root: `prefix` is `/` or `/…/`, and a folder stands for its `index.html`.
pub(super) fn url(prefix: &str, file: &str) -> String {
    let folder = file
        .strip_suffix("index.html")
        .filter(|folder| folder.is_empty() || folder.ends_with('/'));
    format!("{prefix}{}", utf8_percent_encode(folder.unwrap_or(file), PATH))
}

/// A page with the element that makes it live. The element names the page, also where it is served at another URL, as the
/// page for missing ones is, and the tag that its bytes were known by.
pub(super) fn enliven(page: &[u8], url: &str, tag: &str) -> Vec<u8> {
    let url = url.replace('&', "&amp;");
    let element =
        format!("<script src=\"{ROOM}live.js\" data-_kezako-page=\"{url}\" data-_kezako-tag=\"{tag}\"></script>");
    let at = memchr::memmem::rfind(page, b"</body>").unwrap_or(page.len());
    [&page[..at], element.as_bytes(), &page[at..]].concat()
}

/// The page that stands for all others as long as there is no site: `report` is what a terminal shows.
pub(super) fn no_site(report: &str) -> Vec<u8> {
    let report = report.replace('&', "&amp;").replace('<', "&lt;");
    let page = format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'self'\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n<title>No site yet – Kézako</title>\n\
         <link rel=\"stylesheet\" href=\"{ROOM}live.css\">\n</head>\n\
         <body class=\"no-site\">\n<main>\n<h1>No site yet</h1>\n\
         <p>The site has errors. As soon as they are mended, this page shows it.</p>\n\
         <pre tabindex=\"0\">{report}</pre>\n</main>\n</body>\n</html>\n"
    );
    // No page of the site has this name, so whatever is shown first replaces it.
    enliven(page.as_bytes(), "", "")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folders_stand_for_their_index() {
        assert_eq!(url("/", "index.html"), "/");
        assert_eq!(url("/p/", "claims/grok/index.html"), "/p/claims/grok/");
        assert_eq!(url("/", "feed.xml"), "/feed.xml");
        assert_eq!(url("/", "claims/an-index.html"), "/claims/an-index.html");
        assert_eq!(url("/", "claims/été 100%.png"), "/claims/%C3%A9t%C3%A9%20100%25.png");
    }

    #[test]
    fn the_element_is_the_only_difference() {
        let page = "<body><p>&lt;/body> é</p></body>\n</html>\n";
        let live = String::from_utf8(enliven(page.as_bytes(), "/a&b/", "12")).unwrap();
        let (before, rest) = live.split_once("<script").unwrap();
        let (element, after) = rest.split_once("</script>").unwrap();
        assert_eq!(format!("{before}{after}"), page);
        assert_eq!(after, "</body>\n</html>\n");
        assert!(element.contains("data-_kezako-page=\"/a&amp;b/\""), "{element}");
        assert!(enliven(b"<p>no end", "/", "").starts_with(b"<p>no end<script"));
    }

    #[test]
    fn a_report_is_shown_as_text() {
        let page = String::from_utf8(no_site("a </pre><script>alert(1)</script> &amp;")).unwrap();
        assert!(
            page.contains("a &lt;/pre>&lt;script>alert(1)&lt;/script> &amp;amp;"),
            "{page}"
        );
    }
}

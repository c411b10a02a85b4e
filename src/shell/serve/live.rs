//! What makes a page live: the element that is put into it, and the files that this element loads.

use std::borrow::Cow;
use std::collections::BTreeMap;

use crate::phrase::{Phrase, say};
use crate::plan::in_url;
use crate::tongue::Tongue;

/// Where all that is not the site's own is found.
pub(super) const ROOM: &str = "/_kezako/";

const SCRIPT: &str = include_str!("live.js");

/// Where the script has no words yet but its own, which are English.
const WORDS: &str = "const WORDS = {};";

/// A file of that room.
pub(super) fn own_file(name: &str, tongue: Tongue) -> Option<Cow<'static, str>> {
    match (name, tongue) {
        ("live.js", Tongue::English) => Some(SCRIPT.into()),
        ("live.js", _) => {
            let words: BTreeMap<String, String> = words()
                .into_iter()
                .map(|words| (words.to_string(), words.in_tongue(tongue)))
                .collect();
            // A map of texts always serializes.
            let words = serde_json::to_string(&words).unwrap_or_default();
            Some(SCRIPT.replacen(WORDS, &format!("const WORDS = {words};"), 1).into())
        }
        ("live.css", _) => Some(include_str!("live.css").into()),
        _ => None,
    }
}

/// What the script says.
fn words() -> Vec<Phrase> {
    vec![
        say!("en"),
        say!("error"),
        say!("errors"),
        say!("warning"),
        say!("warnings"),
        say!("info"),
        say!("help"),
        say!("Close"),
        say!("To know"),
        say!("kezako serve has ended"),
        say!("There is no site to show yet."),
        say!("The pages stay as they were until this is mended."),
        say!("The site is shown all the same."),
    ]
}

/// The URL of a site's file from the host's root: `prefix` is `/` or `/…/`, and a folder stands for its `index.html`.
pub(super) fn url(prefix: &str, file: &str) -> String {
    let folder = file
        .strip_suffix("index.html")
        .filter(|folder| folder.is_empty() || folder.ends_with('/'));
    format!("{prefix}{}", in_url(folder.unwrap_or(file)))
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
pub(super) fn no_site(report: &str, tongue: Tongue) -> Vec<u8> {
    let report = report.replace('&', "&amp;").replace('<', "&lt;");
    let lang = say!("en").in_tongue(tongue);
    let title = say!("No site yet").in_tongue(tongue);
    let hope = say!("The site has errors. As soon as they are mended, this page shows it.").in_tongue(tongue);
    let page = format!(
        "<!doctype html>\n<html lang=\"{lang}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'self'\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n<title>{title} – Kézako</title>\n\
         <link rel=\"stylesheet\" href=\"{ROOM}live.css\">\n</head>\n\
         <body class=\"no-site\">\n<main>\n<h1>{title}</h1>\n\
         <p>{hope}</p>\n\
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
    fn the_script_has_its_words_in_french() {
        let script = own_file("live.js", Tongue::French).unwrap();
        assert!(
            script.contains("\"Close\":\"Fermer\"") && !script.contains(WORDS),
            "{script}"
        );
        assert!(own_file("live.js", Tongue::English).unwrap().contains(WORDS));
        let known: Vec<String> = words().iter().map(|words| words.to_string()).collect();
        let said: Vec<&str> = SCRIPT
            .split("say(\"")
            .skip(1)
            .filter_map(|rest| rest.split('"').next())
            .collect();
        assert!(said.len() > 5, "{said:?}");
        for words in said {
            assert!(known.iter().any(|known| known == words), "{words}");
        }
    }

    #[test]
    fn a_report_is_shown_as_text() {
        let page = String::from_utf8(no_site("a </pre><script>alert(1)</script> &amp;", Tongue::English)).unwrap();
        assert!(
            page.contains("a &lt;/pre>&lt;script>alert(1)&lt;/script> &amp;amp;"),
            "{page}"
        );
    }
}

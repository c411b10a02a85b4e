//! What a page says of itself: JSON-LD (schema.org), Open Graph, Dublin Core and the meta names in use, and the comments that browsers leave in
//! pages they save. For each fact the places are asked in the order in which they proved right.

use dom_query::{Document, NodeRef};
use serde_json::Value;

use super::dates::iso_day;
use super::{Facts, Found, Origin};
use crate::lang::Lang;

/// Types of schema.org that say what an article says of itself; all others end in `Article` or `Posting`.
const REPORTS: &[&str] = &["Report", "Review", "ClaimReview"];

/// How many objects of JSON-LD are looked at.
const MOST_OBJECTS: usize = 2000;

/// Reads the facts of a page.
pub(super) fn of_page(document: &Document) -> Facts {
    let places = Places::new(document);
    Facts {
        title: places
            .linked(|object| text_of(&object["headline"]))
            .or_else(|| {
                places.meta(&[
                    "og:title",
                    "dc.title",
                    "dcterms.title",
                    "citation_title",
                    "twitter:title",
                ])
            })
            .or_else(|| places.only("h1"))
            .or_else(|| places.text("title")),
        author: places
            .linked(|object| names(&object["author"]))
            .or_else(|| {
                places.meta_where(
                    &[
                        "author",
                        "article:author",
                        "dc.creator",
                        "dcterms.creator",
                        "citation_author",
                        "parsely-author",
                    ],
                    |value| !is_web(value),
                )
            })
            .or_else(|| places.text("[rel~=author]"))
            .or_else(|| places.text("[itemprop=author] [itemprop=name]")),
        publisher: places.linked(|object| names(&object["publisher"])).or_else(|| {
            places.meta(&[
                "og:site_name",
                "dc.publisher",
                "dcterms.publisher",
                "citation_publisher",
                "application-name",
            ])
        }),
        published: places.published(),
        url: places.url(),
        lang: places.lang(),
        retrieved: places.saved_on(),
        made: None,
    }
}

struct Places<'a> {
    document: &'a Document,
    /// `name` or `property` in lower case, and `content`.
    metas: Vec<(String, String)>,
    /// Objects of JSON-LD that describe an article.
    articles: Vec<Value>,
    comments: Vec<String>,
}

impl<'a> Places<'a> {
    fn new(document: &'a Document) -> Self {
        let meta = |node: &NodeRef<'_>| {
            let name = node.attr("property").or_else(|| node.attr("name"))?;
            Some((name.trim().to_lowercase(), node.attr("content")?.trim().to_owned()))
        };
        Self {
            document,
            metas: document.select("meta").nodes().iter().filter_map(meta).collect(),
            articles: articles(document),
            comments: comments(document),
        }
    }

    fn meta(&self, names: &[&str]) -> Option<Found> {
        self.meta_where(names, |_| true)
    }

    fn meta_where(&self, names: &[&str], good: impl Fn(&str) -> bool) -> Option<Found> {
        let one = |wanted: &str| {
            let values = self.metas.iter().filter(|(name, value)| name == wanted && good(value));
            // Pages with several authors name them one by one.
            let values: Vec<&str> = values.map(|(_, value)| value.as_str()).collect();
            let several = wanted.contains("author") || wanted.contains("creator");
            let value = if several {
                values.join(", ")
            } else {
                values.first()?.to_string()
            };
            Found::in_markup(&value, wanted)
        };
        names.iter().find_map(|name| one(name))
    }

    fn linked(&self, value: impl Fn(&Value) -> Option<String>) -> Option<Found> {
        self.articles
            .iter()
            .find_map(value)
            .and_then(|value| Found::in_markup(&plain(&value), "JSON-LD"))
    }

    /// The text of the first element that a selector finds.
    fn text(&self, selector: &str) -> Option<Found> {
        let found = self.document.select(selector);
        let node = found.nodes().first()?;
        Found::in_markup(&node.text(), &format!("<{}>", node.node_name()?))
    }

    /// The text of the one element of its kind; pages with several put their name into one.
    fn only(&self, selector: &str) -> Option<Found> {
        (self.document.select(selector).length() == 1)
            .then(|| self.text(selector))
            .flatten()
    }

    fn published(&self) -> Option<Found> {
        const NAMES: &[&str] = &[
            "article:published_time",
            "og:published_time",
            "datepublished",
            "date",
            "dc.date",
            "dc.date.issued",
            "dcterms.created",
            "dcterms.issued",
            "dcterms.date",
            "citation_publication_date",
            "citation_date",
            "parsely-pub-date",
            "sailthru.date",
            "publish-date",
            "pubdate",
            "cxenseparse:recs:publishtime",
        ];
        let in_meta = |name: &&str| {
            let value = &self.metas.iter().find(|(other, _)| other == name)?.1;
            Found::in_markup(&iso_day(value)?, name)
        };
        let timed = |selector: &str, attribute: &str| {
            let found = self.document.select(selector);
            let value = found.nodes().first()?.attr(attribute)?;
            Found::in_markup(&iso_day(&value)?, selector)
        };
        self.linked(|object| iso_day(object["datePublished"].as_str()?))
            .or_else(|| NAMES.iter().find_map(in_meta))
            .or_else(|| timed("[itemprop=datePublished]", "content"))
            .or_else(|| timed("[itemprop=datePublished]", "datetime"))
            .or_else(|| timed("time[pubdate]", "datetime"))
            .or_else(|| timed("article time", "datetime"))
    }

    fn url(&self) -> Option<Found> {
        let web = |value: String, from: &str| is_web(&value).then(|| Found::in_markup(&value, from)).flatten();
        let canonical = self.document.select("link[rel=canonical]");
        let canonical = canonical.nodes().first().and_then(|node| node.attr("href"));
        canonical
            .and_then(|href| web(href.to_string(), "link rel=canonical"))
            .or_else(|| self.meta_where(&["og:url", "parsely-link", "twitter:url"], is_web))
            .or_else(|| self.linked(|object| text_of(&object["url"]).filter(|url| is_web(url))))
            .or_else(|| self.linked(|object| text_of(&object["mainEntityOfPage"]["@id"]).filter(|url| is_web(url))))
            .or_else(|| self.saved_from())
    }

    /// Chromium and Internet Explorer write `saved from url=(0023)https://example.org/` into pages they save; SingleFile `url: https://…`.
    fn saved_from(&self) -> Option<Found> {
        let one = |comment: &String| {
            let after = match comment.split_once("saved from url=(") {
                Some((_, rest)) => rest.split_once(')')?.1,
                None => comment.split("\n url: ").nth(1)?,
            };
            let url = after.split_whitespace().next()?;
            is_web(url).then(|| Found::new(url, Origin::Comment)).flatten()
        };
        self.comments.iter().find_map(one)
    }

    /// SingleFile writes `saved date: Sun Nov 22 2026 10:00:00 GMT+0100`.
    fn saved_on(&self) -> Option<Found> {
        const MONTHS: [&str; 12] = [
            "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
        ];
        let one = |comment: &String| {
            let after = comment.split("saved date: ").nth(1)?;
            let words: Vec<&str> = after.split_whitespace().take(4).collect();
            let [_, month, day, year] = words[..] else { return None };
            let month = MONTHS.iter().position(|name| *name == month)? + 1;
            let day = iso_day(&format!("{year}-{month:02}-{day:0>2}"))?;
            Found::new(&day, Origin::Comment)
        };
        self.comments.iter().find_map(one)
    }

    fn lang(&self) -> Option<Found> {
        let tag = |value: &str| {
            let tag = value.trim().replace('_', "-");
            Lang::is_tag(&tag).then_some(tag)
        };
        let html = self.document.select("html");
        let html = html.nodes().first().and_then(|node| node.attr("lang"));
        html.and_then(|value| tag(&value))
            .and_then(|value| Found::in_markup(&value, "<html>"))
            .or_else(|| self.linked(|object| tag(object["inLanguage"].as_str()?)))
            .or_else(|| {
                self.meta_where(
                    &["og:locale", "dc.language", "dcterms.language", "citation_language"],
                    |value| tag(value).is_some(),
                )
            })
            .map(|found| Found {
                value: found.value.replace('_', "-"),
                ..found
            })
    }
}

/// The objects of all JSON-LD that describe an article, those that are most surely one first.
fn articles(document: &Document) -> Vec<Value> {
    let scripts = document.select("script[type='application/ld+json']");
    let mut found: Vec<Value> = Vec::new();
    let mut open: Vec<Value> = Vec::new();
    for script in scripts.nodes() {
        let text = script.text();
        let text = text.trim().trim_start_matches("//").trim_start_matches("<![CDATA[");
        let text = text.trim_end().trim_end_matches("]]>").trim_end_matches("//");
        open.extend(serde_json::from_str::<Value>(text));
    }
    open.reverse();
    for _ in 0..MOST_OBJECTS {
        match open.pop() {
            Some(Value::Array(items)) => open.extend(items.into_iter().rev()),
            Some(Value::Object(object)) => {
                if let Some(graph) = object.get("@graph") {
                    open.push(graph.clone());
                }
                if let Some(main) = object.get("mainEntity") {
                    open.push(main.clone());
                }
                found.push(Value::Object(object));
            }
            Some(_) => {}
            None => break,
        }
    }
    let mut articles: Vec<Value> = found.into_iter().filter(|object| likeness(object) < 2).collect();
    articles.sort_by_key(likeness);
    articles
}

/// 0 for an article, 1 for a page, 2 for anything else.
fn likeness(object: &Value) -> u8 {
    let kinds: Vec<&str> = match &object["@type"] {
        Value::String(kind) => vec![kind],
        Value::Array(kinds) => kinds.iter().filter_map(Value::as_str).collect(),
        _ => return 2,
    };
    let is_article = |kind: &&str| kind.ends_with("Article") || kind.ends_with("Posting") || REPORTS.contains(kind);
    match () {
        () if kinds.iter().any(is_article) => 0,
        () if kinds.iter().any(|kind| kind.ends_with("Page")) => 1,
        () => 2,
    }
}

fn text_of(value: &Value) -> Option<String> {
    value.as_str().map(str::to_owned).filter(|text| !text.trim().is_empty())
}

/// The names of one or several people or organizations.
fn names(value: &Value) -> Option<String> {
    let one = |value: &Value| text_of(value).or_else(|| text_of(&value["name"]));
    match value {
        Value::Array(all) => {
            let all: Vec<String> = all.iter().filter_map(one).collect();
            (!all.is_empty()).then(|| all.join(", "))
        }
        other => one(other),
    }
}

/// A text in which some sites leave HTML, without it.
fn plain(text: &str) -> String {
    if text.contains(['&', '<']) {
        Document::fragment(text).text().to_string()
    } else {
        text.to_owned()
    }
}

fn comments(document: &Document) -> Vec<String> {
    let near = document
        .root()
        .children_it(false)
        .chain(document.html_root().children_it(false))
        .chain(document.head().into_iter().flat_map(|head| head.children_it(false)));
    near.filter(NodeRef::is_comment)
        .map(|node| node.html().to_string())
        .collect()
}

/// Whether a text is an address that a record may hold.
fn is_web(value: &str) -> bool {
    let rest = value.strip_prefix("https://").or_else(|| value.strip_prefix("http://"));
    rest.is_some_and(|rest| !rest.is_empty() && !rest.starts_with('/') && !value.contains(char::is_whitespace))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn facts(html: &str) -> Facts {
        of_page(&Document::from(html))
    }

    fn value(found: &Option<Found>) -> Option<&str> {
        found.as_ref().map(|found| found.value.as_str())
    }

    #[test]
    fn linked_data_comes_first() {
        let facts = facts(
            r#"<html lang="en_GB"><meta property="og:title" content="A bridge | Courier"><script type="application/ld+json">
            {"@context":"https://schema.org","@graph":[{"@type":"WebSite","name":"no"},{"@type":["NewsArticle"],"headline":"A bridge &amp; more",
            "author":[{"@type":"Person","name":"Ada Finch"},{"name":"Ida Marsh"}],"publisher":{"name":"Courier"},"datePublished":"2024-03-05T23:10:00+01:00",
            "mainEntityOfPage":{"@id":"https://courier.example/bridge"}}]}</script>"#,
        );
        assert_eq!(value(&facts.title), Some("A bridge & more"));
        assert_eq!(value(&facts.author), Some("Ada Finch, Ida Marsh"));
        assert_eq!(value(&facts.publisher), Some("Courier"));
        assert_eq!(value(&facts.published), Some("2024-03-05"));
        assert_eq!(value(&facts.url), Some("https://courier.example/bridge"));
        assert_eq!(value(&facts.lang), Some("en-GB"));
    }

    #[test]
    fn without_it_the_meta_names_count() {
        let facts = facts(
            r#"<title>t</title><meta name=author content="https://facebook.example/ada"><meta name="DC.creator" content="Ada Finch">
            <meta name="og:site_name" content="Courier"><meta name=date content="2024/03/05"><link rel=canonical href="/relative"><meta property=og:url content="https://courier.example/b">"#,
        );
        assert_eq!(value(&facts.title), Some("t"));
        assert_eq!(value(&facts.author), Some("Ada Finch"));
        assert_eq!(value(&facts.publisher), Some("Courier"));
        assert_eq!(value(&facts.published), Some("2024-03-05"));
        assert_eq!(value(&facts.url), Some("https://courier.example/b"));
        assert_eq!(
            facts.author.map(|found| found.from),
            Some(Origin::Markup("dc.creator".to_owned()))
        );
    }

    #[test]
    fn saved_pages_tell_where_they_come_from() {
        let chromium = facts(
            "<!DOCTYPE html>\n<!-- saved from url=(0031)https://courier.example/bridge.html -->\n<html><head></head><p>x",
        );
        assert_eq!(value(&chromium.url), Some("https://courier.example/bridge.html"));
        let single_file = facts(
            "<!DOCTYPE html> <html><!--\n Page saved with SingleFile \n url: https://courier.example/b \n saved date: Sun Nov 22 2026 10:00:00 GMT+0100\n--><p>x",
        );
        assert_eq!(value(&single_file.url), Some("https://courier.example/b"));
        assert_eq!(value(&single_file.retrieved), Some("2026-11-22"));
    }

    #[test]
    fn nonsense_is_passed_over() {
        let facts = facts(
            r#"<html lang="english language"><script type="application/ld+json">{"@type": "NewsArticle", "headline": 3, "datePublished": "soon", "author": {}}</script>
            <script type="application/ld+json">{not json</script><meta property="og:url" content="javascript:alert(1)"><h1> </h1>"#,
        );
        assert_eq!(facts, Facts::default());
    }
}

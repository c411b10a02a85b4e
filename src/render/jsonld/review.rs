//! ClaimReview (schema.org; Google Search Central, "Fact Check (ClaimReview) structured data") and the DataFeed of all of them.

use std::collections::BTreeMap;

use super::node::Node;
use super::publisher;
use crate::claim::Claim;
use crate::date::Point;
use crate::lang::Lang;
use crate::render::rows;
use crate::view::{AppearanceView, ChangeView, DocumentView, ReviewView, SiteView, Viewer};

/// A check. It has a number only where the verdict has one.
pub(super) fn review<'a>(review: &'a ReviewView, site: &'a SiteView) -> Node<'a> {
    Node::new("ClaimReview")
        .text("url", &*review.url)
        .text("inLanguage", &*review.lang)
        .text("claimReviewed", &*review.claim)
        .node("reviewRating", rating(review))
        .node("author", publisher::name(site))
        .maybe("datePublished", review.published.as_deref())
        .maybe("dateModified", review.updated.as_deref())
        .node("itemReviewed", claim(review))
        .nodes("citation", review.documents.iter().map(citation).collect())
        .nodes("correction", review.corrections.iter().map(correction).collect())
        .maybe("sdLicense", site.licence.as_deref())
}

fn rating(review: &ReviewView) -> Option<Node<'_>> {
    let verdict = review.verdict.as_ref()?;
    let node = Node::new("Rating").text("alternateName", &*verdict.label);
    let node = match (verdict.rating, review.scale) {
        (Some(rating), Some((best, worst))) => node
            .number("ratingValue", rating)
            .number("bestRating", best)
            .number("worstRating", worst),
        _ => node,
    };
    Some(node.text("ratingExplanation", &*review.summary))
}

fn claim(review: &ReviewView) -> Node<'_> {
    let claimant = review.claimant.as_ref().map(|claimant| {
        let kind = if claimant.kind == "person" {
            "Person"
        } else {
            "Organization"
        };
        Node::new(kind)
            .text("name", &*claimant.name)
            .maybe("sameAs", claimant.url.as_deref())
    });
    Node::new("Claim")
        .text("name", &*review.claim)
        .node("author", claimant)
        .maybe("datePublished", review.claimed.as_deref())
        .nodes("appearance", review.appearances.iter().map(appearance).collect())
        .node("firstAppearance", first(&review.appearances).map(appearance))
}

/// The first known appearance: the only one, or the one with the earliest date where all have dates of the same precision and no other has the same.
fn first(appearances: &[AppearanceView]) -> Option<&AppearanceView> {
    let dated = |appearance: &AppearanceView| appearance.published.clone();
    let first = appearances.iter().min_by_key(|appearance| dated(appearance))?;
    let decided = appearances.len() == 1
        || appearances
            .iter()
            .all(|other| std::ptr::eq(other, first) || is_before(first, other));
    (decided && !first.translates).then_some(first)
}

fn is_before(first: &AppearanceView, other: &AppearanceView) -> bool {
    match (&first.published, &other.published) {
        (Some(first), Some(other)) => first.len() == other.len() && first < other,
        _ => false,
    }
}

fn appearance(appearance: &AppearanceView) -> Node<'_> {
    let kind = match appearance.kind {
        Some("news") => "NewsArticle",
        Some("blog") => "BlogPosting",
        _ => "Article",
    };
    let author = appearance
        .author
        .as_deref()
        .map(|name| Node::new("Person").text("name", name));
    Node::new(kind)
        .maybe("headline", appearance.title.as_deref())
        .maybe("url", appearance.url.as_deref())
        .maybe("archivedAt", appearance.archive_url.as_deref())
        .text("inLanguage", &*appearance.lang)
        .node("author", author)
        .node("publisher", organization(appearance.publisher.as_deref()))
        .maybe("datePublished", appearance.published.as_deref())
}

fn citation(document: &DocumentView) -> Node<'_> {
    Node::new("CreativeWork")
        .maybe("name", document.title.as_deref())
        .maybe("url", document.url.as_deref())
        .maybe("archivedAt", document.archive_url.as_deref())
        .node("publisher", organization(document.publisher.as_deref()))
        .maybe("datePublished", document.published.as_deref())
}

fn organization(name: Option<&str>) -> Option<Node<'_>> {
    name.map(|name| Node::new("Organization").text("name", name))
}

fn correction(change: &ChangeView) -> Node<'_> {
    Node::new("CorrectionComment")
        .text("text", &*change.text)
        .maybe("datePublished", change.date.as_deref())
}

/// `api/claimreview.json`: all checks in order of id, then language.
pub fn feed(viewer: &Viewer<'_>) -> Vec<u8> {
    let config = viewer.read.config();
    let sites: BTreeMap<&Lang, SiteView> = config
        .languages
        .iter()
        .map(|lang| (lang, viewer.site_view(lang)))
        .collect();
    let claims = &viewer.read.everything().site.claims;
    let newest = claims.iter().filter_map(|entry| last_work(&entry.front)).max();
    let site = &sites[&config.lang];
    let head = Node::new("DataFeed")
        .text("url", viewer.absolute("api/claimreview.json"))
        .text("name", &*site.title)
        .text("description", &*site.description)
        .maybe("dateModified", newest.map(|day| day.plain()).as_deref())
        .node("publisher", publisher::name(site))
        .maybe("sdLicense", site.licence.as_deref())
        .json();
    let mut bytes = head.strip_suffix('}').unwrap_or(&head).as_bytes().to_vec();
    bytes.extend_from_slice(b",\"dataFeedElement\":[");
    rows::append(&mut bytes, claims.len(), |at, row| {
        let site = &sites[viewer.read.claim_lang(at)];
        let modified = last_work(&claims[at].front).map(|day| day.plain());
        // A map of texts and numbers always serializes.
        let _ = serde_json::to_writer(row, &element(&viewer.review(at), site, modified.as_deref()));
    });
    bytes.extend_from_slice(b"\n]}\n");
    bytes
}

fn element<'a>(one: &'a ReviewView, site: &'a SiteView, modified: Option<&'a str>) -> Node<'a> {
    Node::new("DataFeedItem")
        .maybe("dateCreated", one.published.as_deref())
        .maybe("dateModified", modified)
        .nodes("item", vec![review(one, site)])
}

/// The day of the last change that the check tells of.
fn last_work(claim: &Claim) -> Option<Point> {
    claim.updated.max(claim.published)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn published(day: Option<&str>) -> AppearanceView {
        AppearanceView {
            title: None,
            kind: None,
            url: None,
            archive_url: None,
            lang: "fr".to_owned(),
            author: None,
            publisher: None,
            published: day.map(str::to_owned),
            translates: false,
        }
    }

    #[test]
    fn the_first_appearance_is_named_only_where_it_is_known() {
        let cases: [(&[Option<&str>], Option<usize>); 6] = [
            (&[], None),
            (&[None], Some(0)),
            (&[Some("2024-03-12"), Some("2024-03-11")], Some(1)),
            (&[Some("2024-03-12"), Some("2024-03-12")], None),
            (&[Some("2024-03"), Some("2024-03-12")], None),
            (&[Some("2024-03-12"), None], None),
        ];
        for (days, expected) in cases {
            let all: Vec<AppearanceView> = days.iter().map(|day| published(*day)).collect();
            let found = first(&all).and_then(|first| all.iter().position(|one| std::ptr::eq(one, first)));
            assert_eq!(found, expected, "{days:?}");
        }
        let translated = AppearanceView {
            translates: true,
            ..published(None)
        };
        assert_eq!(first(&[translated]), None);
    }
}

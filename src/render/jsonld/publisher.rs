//! Who publishes the site, and the policies that its standing pages state. Nothing is claimed that no page says.

use super::node::Node;
use crate::view::SiteView;

/// Properties of schema.org, and the standing pages (by id, the likeliest first) that state what each of them names.
const POLICIES: &[(&str, &[&str])] = &[
    ("actionableFeedbackPolicy", &["report-an-error", "contact"]),
    ("correctionsPolicy", &["corrections-policy"]),
    ("ethicsPolicy", &["ethics"]),
    ("masthead", &["masthead"]),
    ("ownershipFundingInfo", &["funding"]),
    ("verificationFactCheckingPolicy", &["methodology"]),
];

/// The publisher by name alone.
pub(super) fn name(site: &SiteView) -> Node<'_> {
    Node::new("Organization")
        .text("@id", id(site))
        .text("name", &*site.publisher)
        .text("url", site.publisher_url.as_deref().unwrap_or(&site.base_url))
}

/// The publisher with its policies. Only a news organization can have them all (schema.org, NewsMediaOrganization).
pub(super) fn full(site: &SiteView) -> Node<'_> {
    let path_of = |pages: &[&str]| pages.iter().find_map(|page| site.standing.get(*page));
    let stated: Vec<(&'static str, &String)> = POLICIES
        .iter()
        .filter_map(|(property, pages)| Some((*property, path_of(pages)?)))
        .collect();
    let kind = if stated.is_empty() {
        "Organization"
    } else {
        "NewsMediaOrganization"
    };
    let node = Node::new(kind)
        .text("@id", id(site))
        .text("name", &*site.publisher)
        .text("url", site.publisher_url.as_deref().unwrap_or(&site.base_url))
        .maybe("logo", site.publisher_logo.as_deref())
        .maybe("email", site.email.as_deref())
        .texts("sameAs", site.social.iter().map(|profile| &*profile.path).collect());
    stated.into_iter().fold(node, |node, (property, path)| {
        node.text(property, format!("{}{path}", site.base_url))
    })
}

fn id(site: &SiteView) -> String {
    format!("{}#publisher", site.base_url)
}

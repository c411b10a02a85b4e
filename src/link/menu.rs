//! Where the menu of the settings leads.

use crate::config::{self, NavItem};
use crate::diagnostic::{Code, Diagnostic};
use crate::document::Kind;
use crate::phrase::say;
use crate::site::{Site, ids};
use crate::text::nearest;
use crate::tree::Tree;
use crate::yaml::{Step, list, locate};

/// The lists that a menu can lead to.
pub const LISTS: [&str; 5] = ["claims", "sources", "glossary", "timeline", "corrections"];

/// Reports each entry of the menu that names neither a list nor a page.
pub(super) fn check(site: &Site, tree: &Tree) -> Vec<Diagnostic> {
    let items = site.config.nav.iter().flatten().enumerate();
    let lost = items.filter_map(|(at, item)| match item {
        // One without a name was reported.
        NavItem::Inner(name) => (!name.is_empty() && !leads_somewhere(site, name)).then_some((at, name)),
        NavItem::Outer { .. } => None,
    });
    lost.map(|(at, name)| {
        let text = tree.text(config::FILE).unwrap_or_default();
        let place = locate(text, &[Step::Key("nav"), Step::Item(at)]).map_or(0..0, |found| found.value);
        let known = LISTS.into_iter().chain(ids(&site.pages));
        let message = say!("the menu leads to `{name}`, which is neither a list nor a page", name);
        Diagnostic::new(Code::UnknownReference, &config::FILE.into(), place, message).meant(
            nearest(name, known),
            say!(
                "name a list, {lists}, or a file of content/pages/ without `.md`",
                lists = list(&LISTS)
            ),
        )
    })
    .collect()
}

fn leads_somewhere(site: &Site, name: &str) -> bool {
    LISTS.contains(&name) || site.knows(Kind::Page, name)
}

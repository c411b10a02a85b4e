//! Links to entries.
//!
//! A paragraph that asks Typst where an entry is gets set anew whenever the pages move. So the template gives entries addresses, which paragraphs have
//! from the beginning, and the addresses become links to places once all pages are set.

use std::sync::Arc;

use typst::ecow::EcoVec;
use typst::foundations::{Content, Label};
use typst::introspection::{Introspector as _, Tag};
use typst::layout::{Frame, FrameItem};
use typst::model::{Destination, Document as _, HeadingElem, LinkMarker};
use typst::utils::PicoStr;
use typst_layout::{PagedDocument, PagedIntrospector};

/// What the address of an entry begins with; its id follows.
const ADDRESS: &str = "entry:";

/// What the label of an entry's heading begins with; its id follows.
const LABEL: &str = "t-";

/// The document with links to the places of entries where it had addresses. For a reader who cannot see it, a link is called like its entry.
pub(super) fn join(document: PagedDocument) -> PagedDocument {
    let mut pages = EcoVec::from(document.pages());
    let (places, info) = (Arc::clone(document.introspector()), document.info().clone());
    // Pages that nobody else holds are changed where they are, and not copied.
    drop(document);
    for page in pages.make_mut() {
        join_in(&mut page.frame, &places);
    }
    PagedDocument::new(pages, info)
}

fn join_in(frame: &mut Frame, places: &PagedIntrospector) {
    if !has_addresses(frame) {
        return;
    }
    frame.retain(|item| {
        match item {
            FrameItem::Group(group) => join_in(&mut group.frame, places),
            FrameItem::Link(destination, _) => {
                let place = address(destination).and_then(|address| heading(address, places)?.location());
                if let Some(place) = place {
                    *destination = Destination::Location(place);
                }
            }
            FrameItem::Tag(Tag::Start(element, _)) => {
                if let Some(marker) = element.to_packed_mut::<LinkMarker>()
                    && let Some(heading) = marker.alt.as_deref().and_then(|address| heading(address, places))
                    && let Some(heading) = heading.to_packed::<HeadingElem>()
                {
                    marker.alt = Some(heading.body.plain_text());
                }
            }
            _ => {}
        }
        true
    });
}

/// Whether a frame has something to join: what has not stays as it is, shared with what Typst remembers.
fn has_addresses(frame: &Frame) -> bool {
    frame.items().any(|(_, item)| match item {
        FrameItem::Group(group) => has_addresses(&group.frame),
        FrameItem::Link(destination, _) => address(destination).is_some(),
        // A link that goes on in the next line or column begins in another frame than it ends in.
        FrameItem::Tag(Tag::Start(element, _)) => element.to_packed::<LinkMarker>().is_some(),
        _ => false,
    })
}

fn address(destination: &Destination) -> Option<&str> {
    match destination {
        Destination::Url(url) => url.starts_with(ADDRESS).then_some(url),
        Destination::Position(_) | Destination::Location(_) => None,
    }
}

/// The heading of the entry that has this address.
fn heading<'a>(address: &str, places: &'a PagedIntrospector) -> Option<&'a Content> {
    let id = address.strip_prefix(ADDRESS)?;
    let label = Label::new(PicoStr::intern(&format!("{LABEL}{id}")))?;
    places.query_label(label).ok()
}

//! Links to entries.
//!
//! A paragraph that asks Typst where an entry is gets set anew whenever the pages move. So the template gives entries addresses, which paragraphs have
//! from the beginning, and the addresses become links to places once all pages are set.

use typst::foundations::Content;
use typst::introspection::{Introspector as _, Tag};
use typst::layout::{Frame, FrameItem};
use typst::model::{Destination, HeadingElem, LinkMarker};
use typst_layout::PagedIntrospector;

use super::book;
use super::content::ADDRESS;

/// Makes addresses in a frame links to the places of entries. For a reader who cannot see it, a link is called like its entry.
pub(super) fn join(frame: &mut Frame, places: &PagedIntrospector) {
    if !has_addresses(frame) {
        return;
    }
    frame.retain(|item| {
        match item {
            FrameItem::Group(group) => join(&mut group.frame, places),
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
    places.query_label(book::label(id)?).ok()
}

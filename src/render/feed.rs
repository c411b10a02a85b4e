//! The Atom feeds (RFC 4287) of a language: its newest checks, its newest corrections, and both together.

use super::xml;
use crate::claim::Claim;
use crate::date::Point;
use crate::document::Kind;
use crate::lang::{Lang, space};
use crate::plan;
use crate::site;
use crate::view::Viewer;

/// How many entries a feed holds.
const MOST_ENTRIES: usize = 50;

/// One entry.
struct Entry {
    day: Point,
    id: String,
    title: String,
    url: String,
    summary: String,
}

/// What a feed tells of.
struct Topic {
    /// Where it is, from the root of its language.
    path: &'static str,
    /// The page that tells the same, from the root of its language.
    page: &'static str,
    /// The key of its title among the interface's words.
    title: &'static str,
    claims: bool,
    corrections: bool,
}

/// `feed.xml`: checks and corrections.
pub fn all(viewer: &Viewer<'_>, lang: &Lang) -> Vec<u8> {
    let topic = Topic {
        path: "feed.xml",
        page: "",
        title: "feed_title",
        claims: true,
        corrections: true,
    };
    feed(viewer, lang, &topic)
}

/// `claims/feed.xml`: checks alone.
pub fn claims(viewer: &Viewer<'_>, lang: &Lang) -> Vec<u8> {
    let topic = Topic {
        path: "claims/feed.xml",
        page: "claims/",
        title: "feed_claims_title",
        claims: true,
        corrections: false,
    };
    feed(viewer, lang, &topic)
}

/// `corrections/feed.xml`: corrections alone.
pub fn corrections(viewer: &Viewer<'_>, lang: &Lang) -> Vec<u8> {
    let topic = Topic {
        path: "corrections/feed.xml",
        page: "corrections/",
        title: "feed_corrections_title",
        claims: false,
        corrections: true,
    };
    feed(viewer, lang, &topic)
}

fn feed(viewer: &Viewer<'_>, lang: &Lang, topic: &Topic) -> Vec<u8> {
    let mut entries = entries(viewer, lang, topic);
    entries.sort_by(|a, b| b.day.cmp(&a.day).then_with(|| a.id.cmp(&b.id)));
    entries.truncate(MOST_ENTRIES);
    let site = viewer.site_view(lang);
    let words = &viewer.words[lang];
    let address = |path: &str| viewer.absolute(&plan::with_lang(viewer.read.config(), lang, path));
    let updated = entries
        .first()
        .map_or("1970-01-01T00:00:00Z".to_owned(), |entry| moment(&entry.day));
    let mut out = format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"{lang}\">\n<id>{own}</id>\n<title>{}</title>\n<updated>{updated}</updated>\n<link rel=\"self\" type=\"application/atom+xml\" href=\"{own}\"/>\n<link rel=\"alternate\" type=\"text/html\" hreflang=\"{lang}\" href=\"{page}\"/>\n",
        xml(&words.fill(topic.title, &[("site", &site.title)])),
        own = xml(&address(topic.path)),
        page = xml(&address(topic.page)),
    );
    if let Some(licence) = &site.licence {
        out.push_str(&format!("<link rel=\"license\" href=\"{}\"/>\n", xml(licence)));
    }
    out.push_str(&format!("<author><name>{}</name></author>\n", xml(&site.publisher)));
    for entry in entries {
        out.push_str(&format!(
            "<entry>\n<id>{}</id>\n<title>{}</title>\n<updated>{}</updated>\n<link rel=\"alternate\" type=\"text/html\" href=\"{}\"/>\n<summary>{}</summary>\n</entry>\n",
            xml(&entry.id),
            xml(&entry.title),
            moment(&entry.day),
            xml(&entry.url),
            xml(&entry.summary),
        ));
    }
    out.push_str("</feed>\n");
    out.into_bytes()
}

/// A day as Atom writes a moment. The hour is not known and is set to midnight.
fn moment(day: &Point) -> String {
    format!("{}T00:00:00Z", day.plain())
}

/// Claims by the day they were last worked on, and corrections by their own: those among which the newest are. What has no day has no place in a feed.
fn entries(viewer: &Viewer<'_>, lang: &Lang, topic: &Topic) -> Vec<Entry> {
    let all = &viewer.read.everything().site.claims;
    let claims = || all.iter().filter(|entry| entry.identity.lang == *lang);
    let oldest = oldest(claims().flat_map(|claim| days(&claim.front, topic)).collect());
    let of_claim = |claim: &site::Entry<Claim>| entries_of(viewer, lang, topic, claim);
    claims()
        .filter(|claim| days(&claim.front, topic).any(|day| Some(day) >= oldest))
        .flat_map(of_claim)
        .collect()
}

/// The days of the entries that a claim has.
fn days<'a>(claim: &'a Claim, topic: &Topic) -> impl Iterator<Item = Point> + use<'a> {
    let corrections = if topic.corrections { &*claim.corrections } else { &[] };
    let work = claim.last_work().filter(|_| topic.claims);
    corrections.iter().filter_map(|correction| correction.date).chain(work)
}

/// The day of the last entry that a feed has room for; `None` where there is room for all.
fn oldest(mut days: Vec<Point>) -> Option<Point> {
    if days.len() <= MOST_ENTRIES {
        return None;
    }
    let (_, last, _) = days.select_nth_unstable_by(MOST_ENTRIES - 1, |a, b| b.cmp(a));
    Some(*last)
}

fn entries_of(viewer: &Viewer<'_>, lang: &Lang, topic: &Topic, claim: &site::Entry<Claim>) -> Vec<Entry> {
    let front = &claim.front;
    let url = viewer.absolute(&viewer.path_of(Kind::Claim, &claim.identity.id, lang));
    let summary = space(lang, front.summary.as_deref().unwrap_or_default()).into_owned();
    let title = space(lang, front.text()).into_owned();
    let mut entries = Vec::new();
    for (at, correction) in front.corrections.iter().enumerate().filter(|_| topic.corrections) {
        let Some(day) = correction.date else { continue };
        // Its number among those of the day: an entry keeps its id when corrections of other days are added (RFC 4287, section 4.2.6).
        let before = front.corrections[..at].iter();
        let number = 1 + before.filter(|other| other.date == Some(day)).count();
        let said = correction.note.as_ref().or(correction.now.as_ref());
        entries.push(Entry {
            day,
            id: format!("{url}#correction-{}-{}", day.plain(), number),
            title: format!("{} – {title}", viewer.words[lang].get("correction")),
            url: format!("{url}#corrections"),
            summary: space(lang, said.map_or("", String::as_str)).into_owned(),
        });
    }
    if let Some(day) = front.last_work().filter(|_| topic.claims) {
        let verdict = front.verdict.as_deref().and_then(|id| viewer.verdict(id, lang));
        entries.push(Entry {
            day,
            id: url.clone(),
            title,
            url,
            summary: verdict.map_or(summary.clone(), |verdict| format!("{}. {summary}", verdict.label)),
        });
    }
    entries
}

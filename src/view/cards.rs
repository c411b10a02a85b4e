//! Small views that many pages share.

use serde::Serialize;

use super::{Here, Viewer};
use crate::claim::Claim;
use crate::config::Verdict;
use crate::date::{Date, Point};
use crate::document::{Bearing, Evidence, Kind};
use crate::lang::{Lang, space};
use crate::plan::{PER_PAGE, of_document, page_of};
use crate::text::escape_into;
use crate::words::Words;

/// A link within the site.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct LinkView {
    /// What readers see.
    pub title: String,
    /// Where it leads.
    pub path: String,
}

/// A verdict: a word, a shape and a colour.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct VerdictView {
    /// Its id in the scale.
    pub id: String,
    /// What readers see.
    pub label: String,
    /// Its number; `None` where nothing can be said.
    pub rating: Option<u64>,
    /// Its place from false (1) to true (5) whatever the scale's numbers are, or 0: what stamps are drawn by.
    pub level: u64,
}

/// A date for readers and for programs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DateView {
    /// As readers write it.
    pub text: String,
    /// In EDTF.
    pub edtf: String,
    /// For a `datetime` attribute; `None` where HTML has no form for it. Templates have it in `html`.
    #[serde(skip)]
    pub iso: Option<String>,
    /// Whether it is approximate or uncertain.
    pub uncertain: bool,
    /// Finished markup: the text in a `<time>` where HTML has a form for the date. May be inserted as it is.
    pub html: String,
}

impl DateView {
    /// The view of a date.
    pub fn new(date: &Date, words: &Words) -> Self {
        Self::of(date, words.date(date))
    }

    /// The view of the date of what took one moment, such as a publication.
    pub fn moment(date: &Date, words: &Words) -> Self {
        Self::of(date, words.moment(date))
    }

    fn of(date: &Date, text: String) -> Self {
        let points = [date.start(), date.end()];
        let single = match date {
            Date::Point(point) if point.unspecified == 0 => Some(point.plain()),
            _ => None,
        };
        let uncertain = points
            .iter()
            .flatten()
            .any(|point| point.approximate || point.uncertain || point.unspecified > 0);
        let mut html = String::with_capacity(text.len() + 48);
        match &single {
            Some(iso) => html.extend(["<time datetime=\"", iso, "\">"]),
            None if uncertain => html.push_str("<span class=\"uncertain\">"),
            None => {}
        }
        escape_into(&mut html, &text);
        match &single {
            Some(_) => html.push_str("</time>"),
            None if uncertain => html.push_str("</span>"),
            None => {}
        }
        Self {
            text,
            edtf: date.edtf(),
            iso: single,
            uncertain,
            html,
        }
    }

    /// The view of a day.
    pub fn day(day: &Point, words: &Words) -> Self {
        Self::new(&Date::Point(*day), words)
    }
}

/// A claim in a list.
#[derive(Debug, Clone, Serialize)]
pub struct ClaimCard {
    /// Its id.
    pub id: String,
    /// The claim.
    pub claim: String,
    /// The finding.
    pub summary: String,
    /// The verdict.
    pub verdict: Option<VerdictView>,
    /// Where it is.
    pub path: String,
    /// Who makes it.
    pub claimant: Option<String>,
    /// When it was last checked.
    pub checked: Option<DateView>,
    /// The source that states it.
    pub source: Option<LinkView>,
}

/// A document that a check rests on.
#[derive(Debug, Clone, Serialize)]
pub struct EvidenceView {
    /// Its number on the page, from 1.
    pub number: usize,
    /// Its title, or what stands for one: its address without the scheme.
    pub title: String,
    /// Whether `title` is the document's own.
    pub titled: bool,
    /// Who published it.
    pub publisher: Option<String>,
    /// Where it is.
    pub url: Option<String>,
    /// Where a copy is kept.
    pub archive_url: Option<String>,
    /// When it was published.
    pub published: Option<DateView>,
    /// When it was read.
    pub accessed: Option<DateView>,
    /// `primary` or `secondary`.
    pub kind: Option<String>,
    /// What readers see for it.
    pub kind_label: Option<String>,
    /// `supports`, `contradicts` or `context`.
    pub role: Option<String>,
    /// What readers see for it.
    pub role_label: Option<String>,
    /// What matters in it.
    pub note: Option<String>,
}

/// The documents that a page rests on.
#[derive(Debug, Clone, Default, Serialize)]
pub struct EvidenceLists {
    /// How many there are.
    pub total: usize,
    /// Those that support the claim.
    pub supporting: Vec<EvidenceView>,
    /// Those that contradict it.
    pub contradicting: Vec<EvidenceView>,
    /// The others.
    pub context: Vec<EvidenceView>,
}

/// The way through a list of several pages.
#[derive(Debug, Clone, Serialize)]
pub struct Pager {
    /// This page, from 1.
    pub page: usize,
    /// How many pages there are.
    pub pages: usize,
    /// How many entries there are in all.
    pub total: usize,
    /// The page before.
    pub previous: Option<String>,
    /// The page after.
    pub next: Option<String>,
    /// Pages to choose from: the first, the last, and those around this one.
    pub items: Vec<PagerItem>,
}

/// A page to choose.
#[derive(Debug, Clone, Serialize)]
pub struct PagerItem {
    /// Its number.
    pub number: usize,
    /// Where it is.
    pub path: String,
    /// Whether it is this page.
    pub current: bool,
    /// Whether pages are left out before it.
    pub gap: bool,
}

impl Pager {
    /// The pager of a list with `total` entries whose first page is at `list`.
    pub fn new(list: &str, page: usize, total: usize) -> Self {
        let pages = total.div_ceil(PER_PAGE).max(1);
        let shown: Vec<usize> = (1..=pages)
            .filter(|number| *number == 1 || *number == pages || number.abs_diff(page) <= 2)
            .collect();
        let items = shown.iter().enumerate().map(|(at, number)| PagerItem {
            number: *number,
            path: page_of(list, *number),
            current: *number == page,
            gap: at > 0 && shown[at - 1] + 1 < *number,
        });
        Self {
            page,
            pages,
            total,
            previous: (page > 1).then(|| page_of(list, page - 1)),
            next: (page < pages).then(|| page_of(list, page + 1)),
            items: items.collect(),
        }
    }
}

impl Viewer<'_> {
    /// The view of a verdict.
    pub fn verdict(&self, id: &str, lang: &Lang) -> Option<VerdictView> {
        let verdict = self.read.config().verdict(id)?;
        let level = match (verdict.rating, self.read.config().ratings()) {
            (Some(rating), Some((best, worst))) if best > worst => 1 + (rating - worst) * 4 / (best - worst),
            (Some(_), _) => 3,
            (None, _) => 0,
        };
        Some(VerdictView {
            id: verdict.id.clone(),
            label: space(lang, &self.verdict_label(verdict, lang)).into_owned(),
            rating: verdict.rating,
            level,
        })
    }

    /// What readers of a language see for a verdict: as the site's own scale says it, or as the words of the interface do.
    pub(super) fn verdict_label(&self, verdict: &Verdict, lang: &Lang) -> String {
        match verdict.labels.get(lang).filter(|_| self.read.config().own_scale) {
            Some(label) => label.to_owned(),
            None => self.words[lang].label("verdict", &verdict.id),
        }
    }

    /// A claim as a card.
    pub fn claim_card(&self, here: Here<'_>, at: usize) -> ClaimCard {
        let entry = self.read.claim(at).entry;
        let claim = &entry.front;
        let lang = &entry.identity.lang;
        ClaimCard {
            id: entry.identity.id.to_string(),
            claim: space(lang, claim.text()).into_owned(),
            summary: space(lang, claim.summary.as_deref().unwrap_or_default()).into_owned(),
            verdict: claim.verdict.as_deref().and_then(|id| self.verdict(id, lang)),
            path: of_document(self.read.config(), lang, Kind::Claim, &entry.identity.id),
            claimant: self.claimant_name(claim, at),
            checked: claim
                .checked
                .or(claim.published)
                .map(|day| DateView::day(&day, here.words)),
            source: self
                .read
                .stated_by(at)
                .map(|source| self.source_link(source, here.lang)),
        }
    }

    /// Who makes a claim: as the file says, or the author or publisher of the source that states it.
    pub fn claimant_name(&self, claim: &Claim, at: usize) -> Option<String> {
        let said = claim.claimant.as_ref().map(|claimant| claimant.name.clone());
        said.or_else(|| {
            let record = &self.read.source(self.read.stated_by(at)?).record;
            record.author.clone().or_else(|| record.publisher.clone())
        })
    }

    /// A link to a source under its short name.
    pub fn source_link(&self, at: usize, lang: &Lang) -> LinkView {
        let source = self.read.source(at);
        LinkView {
            title: space(lang, source.short_name()).into_owned(),
            path: self.path_of(Kind::Source, &source.id, lang),
        }
    }

    /// A link to a person or an organization.
    pub fn entity_link(&self, name: &str, lang: &Lang) -> LinkView {
        let slug = crate::text::slug(name);
        LinkView {
            title: name.to_owned(),
            path: crate::plan::of_entity(self.read.config(), lang, &slug),
        }
    }

    /// The documents that a page rests on, in order.
    pub fn evidence_list(&self, here: Here<'_>, evidence: &[Evidence]) -> Vec<EvidenceView> {
        evidence
            .iter()
            .enumerate()
            .map(|(at, item)| evidence_view(here, at + 1, item))
            .collect()
    }

    /// The documents that a page rests on, by what they do.
    pub fn evidence(&self, here: Here<'_>, evidence: &[Evidence]) -> EvidenceLists {
        let mut lists = EvidenceLists {
            total: evidence.len(),
            ..EvidenceLists::default()
        };
        for (at, item) in evidence.iter().enumerate() {
            let list = match item.role {
                Some(Bearing::Supports) => &mut lists.supporting,
                Some(Bearing::Contradicts) => &mut lists.contradicting,
                Some(Bearing::Context) | None => &mut lists.context,
            };
            list.push(evidence_view(here, at + 1, item));
        }
        lists
    }
}

fn evidence_view(here: Here<'_>, number: usize, item: &Evidence) -> EvidenceView {
    let words = here.words;
    let address = || item.url.as_deref().map(short_address);
    let role = item.role.map(|role| role.name());
    EvidenceView {
        number,
        title: item
            .title
            .clone()
            .or_else(address)
            .or_else(|| item.publisher.clone())
            .unwrap_or_default(),
        titled: item.title.is_some(),
        publisher: item.publisher.clone(),
        url: item.url.clone(),
        archive_url: item.archive_url.clone(),
        published: item.published.map(|date| DateView::moment(&date, words)),
        accessed: item.accessed.map(|date| DateView::new(&date, words)),
        kind: item.kind.map(str::to_owned),
        kind_label: item.kind.map(|kind| words.label("evidence", kind)),
        role: role.map(str::to_owned),
        role_label: role.map(|role| words.label("role", role)),
        note: item.note.as_deref().map(|note| space(here.lang, note).into_owned()),
    }
}

/// An address as readers recognise it: host and path, at most 60 code points.
fn short_address(url: &str) -> String {
    let plain = url
        .split_once("://")
        .map_or(url, |(_, rest)| rest)
        .trim_start_matches("www.")
        .trim_end_matches('/');
    let mut short: String = plain.chars().take(60).collect();
    if short.len() < plain.len() {
        short.push('…');
    }
    short
}

//! The home page: what this is, the verdicts at a glance, the latest, the ways in.

use std::collections::BTreeMap;

use serde::Serialize;

use super::cards::{ClaimCard, LinkView, VerdictView};
use super::lists::CorrectedView;
use super::{Here, Segment, Viewer};
use crate::document::Kind;
use crate::lang::space;
use crate::plan;
use crate::reader::Whole;

/// How many claims the home page shows.
const LATEST: usize = 6;

/// How many corrections it shows.
const LATEST_CORRECTIONS: usize = 3;

/// How many sources its chart shows.
const CHARTED: usize = 12;

/// The home page.
#[derive(Debug, Clone, Serialize)]
pub struct HomeView {
    /// The site's name, or the page's own title.
    pub title: String,
    /// What the site is.
    pub description: String,
    /// The page's own text.
    pub body: Vec<Segment>,
    /// The latest claims.
    pub latest: Vec<ClaimCard>,
    /// The latest corrections.
    pub corrections: Vec<CorrectedView>,
    /// Pages to read: those that the menu does not lead to first.
    pub pages: Vec<PageCard>,
    /// How many claims have each verdict of the scale, in order.
    pub verdicts: Vec<VerdictCount>,
    /// The verdicts on each source.
    pub sources: Vec<SourceVerdicts>,
    /// How many claims there are.
    pub claims_total: usize,
    /// How many terms there are.
    pub terms_total: usize,
    /// How many events there are.
    pub events_total: usize,
    /// How many sources there are.
    pub sources_total: usize,
}

/// A page in a list.
#[derive(Debug, Clone, Serialize)]
pub struct PageCard {
    /// Its title.
    pub title: String,
    /// What it says, in a sentence.
    pub description: Option<String>,
    /// Where it is.
    pub path: String,
}

/// How many claims have a verdict.
#[derive(Debug, Clone, Serialize)]
pub struct VerdictCount {
    /// The verdict.
    pub verdict: VerdictView,
    /// How many.
    pub count: usize,
    /// Where its bar begins, in hundredths of a percent of the longest bar.
    pub from: usize,
    /// How wide its bar is, in the same unit.
    pub width: usize,
}

/// The verdicts on the claims that a source states.
#[derive(Debug, Clone, Serialize)]
pub struct SourceVerdicts {
    /// The source.
    pub source: LinkView,
    /// How many claims it states.
    pub total: usize,
    /// Those with a verdict, in order of the scale; verdicts without a claim are left out.
    pub counts: Vec<VerdictCount>,
}

impl Viewer<'_> {
    pub(super) fn home(&self, here: Here<'_>) -> HomeView {
        let Whole { site, index, .. } = self.read.everything();
        let claims = &index.orders[here.lang].claims;
        let home = self.read.home(here.lang);
        let own_title = home.and_then(|home| home.entry.front.title.clone());
        let title = own_title
            .or_else(|| site.config.title.get(here.lang).map(str::to_owned))
            .unwrap_or_default();
        let own_description = home.and_then(|home| home.entry.front.description.clone());
        let description = own_description
            .or_else(|| site.config.description.get(here.lang).map(str::to_owned))
            .unwrap_or_default();
        let (all, by_source) = self.tally(claims);
        let of_source = |(source, counts): (&usize, &Vec<usize>)| SourceVerdicts {
            source: self.source_link(*source, here.lang),
            total: counts.iter().sum(),
            counts: self.counts(here, counts),
        };
        let mut sources: Vec<SourceVerdicts> = by_source.iter().map(of_source).collect();
        sources.sort_by_key(|source| std::cmp::Reverse(source.total));
        sources.truncate(CHARTED);
        let most = sources.iter().map(|source| source.total).max().unwrap_or(0);
        for source in &mut sources {
            draw(&mut source.counts, most);
        }
        let corrections = &index.orders[here.lang].corrections;
        HomeView {
            title: space(here.lang, &title).into_owned(),
            description: space(here.lang, &description).into_owned(),
            body: home.map_or_else(Vec::new, |home| self.body(here, &home.entry.body, home.linked)),
            latest: claims
                .iter()
                .take(LATEST)
                .map(|at| self.claim_card(here, *at))
                .collect(),
            corrections: corrections
                .iter()
                .take(LATEST_CORRECTIONS)
                .map(|(claim, at)| self.corrected(here, *claim, *at))
                .collect(),
            pages: self.page_cards(here),
            verdicts: {
                let mut counts = self.counts(here, &all);
                draw(&mut counts, claims.len());
                counts
            },
            sources,
            claims_total: claims.len(),
            terms_total: site
                .terms
                .iter()
                .filter(|entry| entry.identity.lang == *here.lang)
                .count(),
            events_total: site
                .events
                .iter()
                .filter(|entry| entry.identity.lang == *here.lang)
                .count(),
            sources_total: site.sources.len(),
        }
    }

    fn page_cards(&self, here: Here<'_>) -> Vec<PageCard> {
        let mut pages: Vec<_> = self
            .read
            .everything()
            .site
            .pages
            .iter()
            .filter(|entry| entry.identity.lang == *here.lang && entry.front.nav != Some(true))
            .collect();
        pages.sort_by_key(|entry| {
            (
                entry.front.order.unwrap_or(u64::MAX),
                std::sync::Arc::clone(&entry.identity.id),
            )
        });
        let card = |entry: &crate::site::Entry<crate::page::Page>| PageCard {
            title: space(here.lang, entry.front.name()).into_owned(),
            description: entry
                .front
                .description
                .as_deref()
                .map(|text| space(here.lang, text).into_owned()),
            path: plan::of_document(self.read.config(), here.lang, Kind::Page, &entry.identity.id),
        };
        pages.into_iter().map(card).collect()
    }

    /// How many claims have which verdict: in all, and by the source that states them. Counts stand in the order of the scale.
    fn tally(&self, claims: &[usize]) -> (Vec<usize>, BTreeMap<usize, Vec<usize>>) {
        let Whole { site, index, .. } = self.read.everything();
        let scale = &site.config.verdicts;
        let mut all = vec![0; scale.len()];
        let mut by_source: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for claim in claims {
            let own = site.claims[*claim].front.verdict.as_ref();
            let verdict = scale.iter().position(|verdict| Some(&verdict.id) == own);
            let source = index.stated_by[*claim];
            let of_source = source.map(|source| by_source.entry(source).or_insert_with(|| vec![0; scale.len() + 1]));
            if let Some(counts) = of_source {
                counts[verdict.unwrap_or(scale.len())] += 1;
            }
            if let Some(verdict) = verdict {
                all[verdict] += 1;
            }
        }
        (all, by_source)
    }

    /// The counts that are not zero, with their verdicts.
    fn counts(&self, here: Here<'_>, counts: &[usize]) -> Vec<VerdictCount> {
        let counted = self
            .read
            .config()
            .verdicts
            .iter()
            .zip(counts)
            .filter(|(_, count)| **count > 0);
        counted
            .filter_map(|(verdict, count)| {
                Some(VerdictCount {
                    verdict: self.verdict(&verdict.id, here.lang)?,
                    count: *count,
                    from: 0,
                    width: 0,
                })
            })
            .collect()
    }
}

/// Lays bars end to end, in hundredths of a percent of `most`.
fn draw(counts: &mut [VerdictCount], most: usize) {
    let mut done = 0;
    for count in counts {
        count.from = done * 10_000 / most.max(1);
        done += count.count;
        count.width = done * 10_000 / most.max(1) - count.from;
    }
}

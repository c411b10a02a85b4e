//! The social card of a claim: the picture that other sites show beside a link to it.

use serde::Serialize;

use super::cards::{DateView, VerdictView};
use super::{Here, Viewer};
use crate::lang::{Lang, space};
use crate::plan;
use crate::typeface::can_write;

/// Width of a card in pixels.
pub const CARD_WIDTH: u16 = 1200;

/// Height of a card in pixels.
pub const CARD_HEIGHT: u16 = 630;

/// What a card says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CardView {
    /// The claim.
    pub claim: String,
    /// Who made it and when, where that is known.
    pub byline: Option<String>,
    /// The verdict: what readers see.
    pub verdict: String,
    /// Its level, as stamps are drawn.
    pub level: u64,
    /// Name of the site.
    pub site: String,
    /// Where the site is: host and path.
    pub address: String,
    /// What stands over the claim.
    pub heading: String,
}

/// A card as a page names it.
#[derive(Debug, Clone, Serialize)]
pub struct CardLink {
    /// Absolute address.
    pub url: String,
    /// What it says, for those who do not see it.
    pub alt: String,
}

impl Viewer<'_> {
    /// Whether a claim has a card: not where the site wants none, nor where the typeface lacks a letter that it needs.
    pub fn has_card(&self, lang: &Lang, at: usize) -> bool {
        let (config, words) = (self.read.config(), &self.words[lang]);
        let claim = &self.read.claim(at).entry.front;
        let verdict = claim.verdict.as_deref().and_then(|id| config.verdict(id));
        let label = verdict.map(|verdict| self.verdict_label(verdict, lang));
        config.cards
            && can_write(claim.text())
            && can_write(label.as_deref().unwrap_or(words.get("no_verdict")))
            && can_write(config.title.get(lang).unwrap_or_default())
            && can_write(words.get("claim"))
            && can_write(&config.base_url)
    }

    /// The card of a claim in a language.
    pub fn card(&self, lang: &Lang, at: usize) -> CardView {
        let (config, words) = (self.read.config(), &self.words[lang]);
        let claim = &self.read.claim(at).entry.front;
        let text = |text: &str| space(lang, text).into_owned();
        let (verdict, level) = match claim.verdict.as_deref().and_then(|id| self.verdict(id, lang)) {
            Some(VerdictView { label, level, .. }) => (label, level),
            None => (words.get("no_verdict").to_owned(), 0),
        };
        let claimant = self.claimant_name(claim, at);
        let claimant = claimant.map(|name| format!("{} {name}", words.get("claimed_by")));
        let claimed = self.claimed(claim, at).map(|date| DateView::moment(&date, words).text);
        let byline: Vec<String> = claimant.into_iter().chain(claimed).collect();
        let address = config.base_url.split_once("://").map_or("", |(_, address)| address);
        CardView {
            claim: text(claim.text()),
            byline: Some(byline.join(", ")).filter(|byline| !byline.is_empty() && can_write(byline)),
            verdict,
            level,
            site: text(config.title.get(lang).unwrap_or_default()),
            address: address.trim_end_matches('/').to_owned(),
            heading: words.get("claim").to_owned(),
        }
    }

    /// How a page names the card of its claim. The address changes with what the card says, since other sites keep a picture for as long as its address is
    /// the same, and a corrected verdict must be seen.
    pub(super) fn card_link(&self, here: Here<'_>, at: usize) -> Option<CardLink> {
        if !self.has_card(here.lang, at) {
            return None;
        }
        let card = self.card(here.lang, at);
        let mut hasher = blake3::Hasher::new();
        for text in [&card.claim, &card.verdict, &card.site, &card.address, &card.heading] {
            hasher.update(text.as_bytes()).update(b"\n");
        }
        hasher.update(card.byline.as_deref().unwrap_or_default().as_bytes());
        let path = plan::of_card(self.read.config(), here.lang, &self.read.claim(at).entry.identity.id);
        let version = &hasher.finalize().to_hex()[..8];
        Some(CardLink {
            url: self.absolute(&format!("{path}?v={version}")),
            alt: here
                .words
                .fill("card_alt", &[("verdict", &card.verdict), ("claim", &card.claim)]),
        })
    }
}

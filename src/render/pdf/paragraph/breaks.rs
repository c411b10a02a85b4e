//! Where lines end.
//!
//! The measure of a good line is Typst's (after Knuth and Plass), so that pages look as if Typst had chosen. Widths are taken from sums over the whole
//! paragraph as it was shaped once: cutting it changes them by no more than a kern.

use std::sync::LazyLock;

use icu_segmenter::options::LineBreakOptions;
use icu_segmenter::{LineSegmenter, LineSegmenterBorrowed};
use typst::layout::Abs;
use unicode_segmentation::UnicodeSegmentation as _;

use super::text::{Run, Text};

static SEGMENTER: LazyLock<LineSegmenterBorrowed> =
    LazyLock::new(|| LineSegmenter::new_lstm(LineBreakOptions::default()));

/// By how much of its width a space gives way before a line counts as bad.
pub(super) const STRETCH: f64 = 0.5;
pub(super) const SHRINK: f64 = 1.0 / 3.0;

const HYPHEN_COST: f64 = 135.0;
const RUNT_COST: f64 = 100.0;
const OVERFULL_COST: f64 = 1_000_000.0;

/// A place where a line may end.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct End {
    /// The first sign of the next line.
    pub(super) at: usize,
    /// Where what is seen of the line ends: before its last spaces.
    pub(super) seen: usize,
    pub(super) kind: Kind,
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Kind {
    /// Between words.
    Plain,
    /// Here the line must end.
    Forced,
    /// Within a word, after so many letters and before so many.
    Hyphen(usize, usize),
}

/// What stands before a place, summed up.
#[derive(Debug, Clone, Copy, Default)]
struct Sums {
    /// The width of everything.
    width: f64,
    /// The width of the spaces.
    spaces: f64,
    /// How many spaces.
    count: f64,
}

/// All ends that lines may have, and what it takes to choose.
pub(super) struct Ends<'t> {
    text: &'t Text<'t>,
    width: f64,
    /// By bytes of the text, and one more.
    sums: Vec<Sums>,
    ends: Vec<End>,
    hyphen_cost: f64,
    runt_cost: f64,
    /// Half of the size of the letters.
    half: f64,
    /// The widths of the hyphens, by runs.
    hyphens: Vec<f64>,
}

/// The best way to an end that was found.
struct Way {
    /// The way that it goes on from.
    before: usize,
    cost: f64,
    at: usize,
    is_dash: bool,
}

impl<'t> Ends<'t> {
    pub(super) fn new(text: &'t Text<'t>, width: Abs, hyphen_cost: f64, runt_cost: f64) -> Self {
        let hyphen = |run: &Run| run.face.hyphen(0, run.size).map_or(0.0, |hyphen| hyphen.advance);
        Self {
            text,
            width: width.to_pt(),
            sums: sums(text),
            ends: possible(text),
            hyphen_cost: HYPHEN_COST * hyphen_cost,
            runt_cost: RUNT_COST * runt_cost,
            half: text.runs.first().map_or(0.0, |run| run.size.to_pt() / 2.0),
            hyphens: text.runs.iter().map(hyphen).collect(),
        }
    }

    /// As many words on each line as fit.
    pub(super) fn first_fit(&self) -> Vec<End> {
        let mut chosen: Vec<End> = Vec::new();
        let (mut start, mut last): (usize, Option<End>) = (0, None);
        for end in &self.ends {
            let mut fits = self.fits(start, end);
            if !fits && let Some(fitting) = last.take() {
                chosen.push(fitting);
                start = fitting.at;
                fits = self.fits(start, end);
            }
            if end.kind == Kind::Forced || !fits {
                chosen.push(*end);
                start = end.at;
                last = None;
            } else {
                last = Some(*end);
            }
        }
        chosen.extend(last);
        chosen
    }

    fn fits(&self, start: usize, end: &End) -> bool {
        let width = self.sums[end.seen].width - self.sums[start].width + self.hyphen(end);
        Abs::pt(self.width).fits(Abs::pt(width))
    }

    fn hyphen(&self, end: &End) -> f64 {
        match end.kind {
            Kind::Hyphen(..) => {
                let run = self.text.runs.partition_point(|run| run.range.end < end.at);
                self.hyphens.get(run).copied().unwrap_or_default()
            }
            _ => 0.0,
        }
    }

    /// The ends that make all lines together the best.
    pub(super) fn best(&self) -> Vec<End> {
        let mut ways = vec![Way {
            before: 0,
            cost: 0.0,
            at: 0,
            is_dash: false,
        }];
        let mut reached: Vec<End> = Vec::with_capacity(self.ends.len());
        // Ways before this one are too far away for any line.
        let mut near = 0;
        let mut previous = 0;
        for end in &self.ends {
            let is_dash = self.ends_on_dash(end);
            let hyphen = self.hyphen(end);
            let mut best: Option<Way> = None;
            for (number, way) in ways.iter().enumerate().skip(near) {
                let ratio = self.ratio(way.at, end, hyphen);
                let is_overfull = ratio < self.least_ratio();
                if is_overfull && near == number {
                    near += 1;
                }
                let is_runt = previous == way.at && end.kind == Kind::Forced;
                let cost = way.cost + self.cost(end, ratio, is_overfull, is_runt, way.is_dash && is_dash);
                if best.as_ref().is_none_or(|best| best.cost >= cost) {
                    best = Some(Way {
                        before: number,
                        cost,
                        at: end.at,
                        is_dash,
                    });
                }
            }
            if end.kind == Kind::Forced {
                near = ways.len();
            }
            if let Some(way) = best {
                ways.push(way);
                reached.push(*end);
            }
            previous = end.at;
        }
        let mut chosen = Vec::new();
        let mut number = ways.len() - 1;
        while number > 0 {
            chosen.push(reached[number - 1]);
            number = ways[number].before;
        }
        chosen.reverse();
        chosen
    }

    fn least_ratio(&self) -> f64 {
        if self.text.justify { -1.0 } else { 0.0 }
    }

    /// How much a line must give way, from -1 (as narrow as it may be) over 0 (as it is) to 1 (wide) and more.
    fn ratio(&self, start: usize, end: &End, hyphen: f64) -> f64 {
        let (from, to) = (self.sums[start], self.sums[end.seen]);
        let missing = self.width - (to.width - from.width + hyphen);
        if missing.abs() < 1e-6 {
            return 0.0;
        }
        let spaces = (to.spaces - from.spaces).max(0.0);
        let gives = spaces * if missing > 0.0 { STRETCH } else { SHRINK };
        let ratio = missing / gives;
        if ratio > 1.0 {
            let more = (missing - gives) / (to.count - from.count).max(1.0);
            (1.0 + more / self.half).min(10.0)
        } else {
            ratio.max(-2.0)
        }
    }

    fn cost(&self, end: &End, ratio: f64, is_overfull: bool, is_runt: bool, are_dashes: bool) -> f64 {
        let badness = if is_overfull {
            OVERFULL_COST
        } else if end.kind != Kind::Forced || ratio < 0.0 {
            100.0 * ratio.abs().powi(3)
        } else {
            0.0
        };
        let mut penalty = if is_runt { self.runt_cost } else { 0.0 };
        if let Kind::Hyphen(before, after) = end.kind {
            let short = 5_usize.saturating_sub(before) + 5_usize.saturating_sub(after);
            penalty += (1.0 + 0.15 * short as f64) * self.hyphen_cost;
        }
        if are_dashes {
            penalty += self.hyphen_cost;
        }
        (1.0 + badness + penalty).powi(2)
    }

    fn ends_on_dash(&self, end: &End) -> bool {
        matches!(end.kind, Kind::Hyphen(..)) || self.text.words[..end.at].ends_with(['-', '–', '—'])
    }
}

/// The sums before every byte. Within a glyph they are those before it.
fn sums(text: &Text) -> Vec<Sums> {
    let mut sums = Vec::with_capacity(text.words.len() + 1);
    let mut total = Sums::default();
    for glyph in text.runs.iter().flat_map(|run| &run.glyphs) {
        // What has no glyph (forced ends) has no width.
        while sums.len() <= glyph.start {
            sums.push(total);
        }
        let share = glyph.advance;
        total.width += share;
        if glyph.is_space() {
            total.spaces += share;
            total.count += 1.0;
        }
        // Of several letters in one glyph, each has its part.
        let letters = glyph.end - glyph.start;
        for letter in 1..letters {
            let part = share * (letters - letter) as f64 / letters as f64;
            if sums.len() < glyph.end {
                sums.push(Sums {
                    width: total.width - part,
                    ..total
                });
            }
        }
    }
    sums.resize(text.words.len() + 1, total);
    sums
}

/// Every place where a line may end.
fn possible(text: &Text) -> Vec<End> {
    let words = text.words.as_str();
    let mut ends = Vec::with_capacity(words.len() / 3);
    let mut last = 0;
    for at in SEGMENTER.segment_str(words) {
        if at == 0 {
            continue;
        }
        hyphenate(text, last, at, &mut ends);
        let is_forced = at == words.len() || words[..at].ends_with('\n');
        let line = &words[..at];
        let (seen, kind) = if is_forced {
            (line.trim_end_matches('\n').len(), Kind::Forced)
        } else {
            (line.trim_end().len(), Kind::Plain)
        };
        ends.push(End {
            at,
            seen: seen.max(last),
            kind,
        });
        last = at;
    }
    ends
}

/// Adds the places within words between two places.
fn hyphenate(text: &Text, from: usize, to: usize, ends: &mut Vec<End>) {
    let mut start = from;
    for word in text.words[from..to].split_word_bounds() {
        let (first, end) = (start, start + word.len());
        start = end;
        if word.len() < 4 || !word.chars().all(char::is_alphabetic) {
            continue;
        }
        let run = text.runs.partition_point(|run| run.range.end <= first);
        let lang = text.runs.get(run).filter(|run| run.hyphenate).map(|run| run.lang);
        let code = lang.and_then(|lang| <[u8; 2]>::try_from(lang.as_str().as_bytes()).ok());
        let Some(lang) = code.and_then(hypher::Lang::from_iso) else {
            continue;
        };
        let letters = word.chars().count();
        let (mut at, mut before) = (first, 0);
        for syllable in hypher::hyphenate(word, lang) {
            at += syllable.len();
            before += syllable.chars().count();
            if at < end {
                ends.push(End {
                    at,
                    seen: at,
                    kind: Kind::Hyphen(before, letters - before),
                });
            }
        }
    }
}

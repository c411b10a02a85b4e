//! The drawn axis of the timeline: where each event stands on it. Dense years are opened out.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::date::Date;
use crate::event::Event;
use crate::lang::{Lang, space};
use crate::reader::Reader;

/// Width of the drawing, in its own units.
const WIDTH: i64 = 1000;

/// Space at each end.
const MARGIN: i64 = 24;

/// Distance of two dots that would touch, and of two rows.
const DOT: i64 = 12;

/// The axis.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Axis {
    /// Width of the drawing.
    pub width: i64,
    /// Height of the drawing.
    pub height: i64,
    /// Height of the line from the top.
    pub line: i64,
    /// Years.
    pub ticks: Vec<Tick>,
    /// Events.
    pub dots: Vec<Dot>,
}

/// The beginning of a year.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Tick {
    /// From the left.
    pub x: i64,
    /// The year.
    pub year: u16,
    /// Whether there is room for its number.
    pub labelled: bool,
    /// Whether years without events are passed over before it.
    pub gap: bool,
}

/// An event on the axis.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Dot {
    /// Id of the event.
    pub id: String,
    /// Its title.
    pub title: String,
    /// From the left.
    pub x: i64,
    /// Where an interval, or a date without a day, ends.
    pub x2: i64,
    /// From the top.
    pub y: i64,
    /// Whether its date is approximate or uncertain.
    pub uncertain: bool,
}

/// The least distance of two years' numbers.
const LABEL: i64 = 46;

/// How many years without events in a row are passed over.
const GAP: u16 = 3;

/// A year's share of the width: as much as its events need.
struct Year {
    year: u16,
    from: i64,
    to: i64,
    after_gap: bool,
}

/// Shares the width between the years from the first event's to the last's. Long stretches without events are passed over.
fn share(counts: &BTreeMap<u16, i64>) -> Vec<Year> {
    let mut shown: Vec<(u16, i64, bool)> = Vec::new();
    for (year, count) in counts {
        if let Some((last, ..)) = shown.last().copied() {
            let empty = year - last - 1;
            if empty < GAP {
                shown.extend((last + 1..*year).map(|empty| (empty, 0, false)));
            }
            shown.push((*year, *count, empty >= GAP));
        } else {
            shown.push((*year, *count, false));
        }
    }
    // Whole numbers keep the drawing the same everywhere: a year weighs four and three for each event.
    let weight = |count: i64| 4 + 3 * count;
    let total: i64 = shown.iter().map(|(_, count, _)| weight(*count)).sum();
    let room = WIDTH - 2 * MARGIN;
    let mut done = 0;
    let mut years = Vec::with_capacity(shown.len());
    for (year, count, after_gap) in shown {
        let from = MARGIN + room * done / total.max(1);
        done += weight(count);
        years.push(Year {
            year,
            from,
            to: MARGIN + room * done / total.max(1),
            after_gap,
        });
    }
    years
}

/// Where a day stands, in the share of its year.
fn place(years: &[Year], day: i64) -> i64 {
    let first_day = |year: u16| Date::parse(&format!("{year:04}")).map_or(0, |date| date.days().0);
    let at = years
        .partition_point(|year| first_day(year.year) <= day)
        .saturating_sub(1);
    let Some(year) = years.get(at) else { return MARGIN };
    let into = (day - first_day(year.year)).clamp(0, 366);
    year.from + (year.to - year.from) * into / 366
}

/// Draws the axis of some events (indices, in order of date); none where there are none.
pub(super) fn axis(read: Reader<'_>, events: impl Iterator<Item = usize>, lang: &Lang) -> Option<Axis> {
    let dated: Vec<_> = events
        .filter_map(|at| {
            let event = read.document::<Event>(at).entry;
            Some((event, event.front.date?))
        })
        .collect();
    if dated.is_empty() {
        return None;
    }
    let mut counts: BTreeMap<u16, i64> = BTreeMap::new();
    for (_, date) in &dated {
        *counts.entry(date.year()).or_default() += 1;
    }
    let years = share(&counts);
    let mut rows: Vec<i64> = Vec::new();
    let mut dots: Vec<Dot> = dated
        .iter()
        .map(|(entry, date)| {
            let (first, after) = date.days();
            let x = place(&years, first);
            let row = rows.iter().position(|end| *end + DOT <= x).unwrap_or(rows.len());
            rows.resize(rows.len().max(row + 1), 0);
            let x2 = place(&years, after - 1).max(x);
            rows[row] = x2;
            let points = [date.start(), date.end()];
            Dot {
                id: entry.identity.id.to_string(),
                title: space(lang, entry.front.name()).into_owned(),
                x,
                x2,
                y: row as i64,
                uncertain: points
                    .iter()
                    .flatten()
                    .any(|point| point.approximate || point.uncertain || point.unspecified > 0),
            }
        })
        .collect();
    let line = DOT * rows.len() as i64 + DOT;
    for dot in &mut dots {
        dot.y = line - DOT * (dot.y + 1);
    }
    Some(Axis {
        width: WIDTH,
        height: line + 2 * DOT + 8,
        line,
        ticks: ticks(&years),
        dots,
    })
}

fn ticks(years: &[Year]) -> Vec<Tick> {
    // From the end: a year with room for its events has its name before the narrow one on its left.
    let mut next = i64::MAX;
    let tick = |year: &Year| {
        let labelled = next - year.from >= LABEL;
        if labelled {
            next = year.from;
        }
        Tick {
            x: year.from,
            year: year.year,
            labelled,
            gap: year.after_gap,
        }
    };
    let mut ticks: Vec<Tick> = years.iter().rev().map(tick).collect();
    ticks.reverse();
    ticks
}

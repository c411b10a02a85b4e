//! Dates as EDTF (ISO 8601-2:2019, level 0 and the level 1 marks) writes them, at the precision they have.

use crate::phrase::{Phrase, say};
use std::fmt;

/// One calendar point: a year, a year and month, or a day. Fields that are not known are `None`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Point {
    /// Year, proleptic Gregorian, 0 to 9999. With [`Point::unspecified`] digits the lowest year it can be.
    pub year: u16,
    /// How many digits of the year, from the right, are unspecified (`201X`: 1).
    pub unspecified: u8,
    /// Month, 1 to 12.
    pub month: Option<u8>,
    /// Day of the month, 1 to 31.
    pub day: Option<u8>,
    /// `~` or `%`: the point is approximate.
    pub approximate: bool,
    /// `?` or `%`: the point is uncertain.
    pub uncertain: bool,
}

impl Point {
    /// The first and the last year that the point may fall in.
    pub fn years(&self) -> (u16, u16) {
        let span = 10u16.pow(u32::from(self.unspecified)) - 1;
        (self.year, self.year + span)
    }

    /// The point as ISO 8601 writes it, without marks: `2023`, `2023-11`, `2023-11-17`, `201X`.
    pub fn plain(&self) -> String {
        let mut out = String::with_capacity("2023-11-17".len());
        self.write_plain(&mut out);
        out
    }

    fn write_plain(&self, out: &mut String) {
        let digit = |number: u16| char::from(b'0' + (number % 10) as u8);
        for (place, power) in [1000, 100, 10, 1].into_iter().enumerate() {
            let unknown = place + usize::from(self.unspecified) >= 4;
            out.push(if unknown { 'X' } else { digit(self.year / power) });
        }
        for part in [self.month, self.day].into_iter().flatten().map(u16::from) {
            out.push('-');
            out.push(digit(part / 10));
            out.push(digit(part));
        }
    }

    fn write_edtf(&self, out: &mut String) {
        self.write_plain(out);
        out.push_str(match (self.approximate, self.uncertain) {
            (true, true) => "%",
            (true, false) => "~",
            (false, true) => "?",
            (false, false) => "",
        });
    }

    /// Whether the point is a whole day.
    pub fn is_day(&self) -> bool {
        self.day.is_some()
    }

    /// The first day that the point covers, as days since 1970-01-01; for sorting and drawing only.
    pub fn first_day(&self) -> i64 {
        days_from_civil(self.year, self.month.unwrap_or(1), self.day.unwrap_or(1))
    }

    /// The day after the last one that the point covers, as days since 1970-01-01; for sorting and drawing only.
    pub fn day_after(&self) -> i64 {
        match (self.month, self.day) {
            (Some(_), Some(_)) => self.first_day() + 1,
            (Some(12), None) => days_from_civil(self.year + 1, 1, 1),
            (Some(month), None) => days_from_civil(self.year, month + 1, 1),
            _ => days_from_civil(self.years().1 + 1, 1, 1),
        }
    }
}

/// One end of an interval.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// A known point.
    At(Point),
    /// `..`: open, the interval goes on.
    Open,
    /// Nothing written: the end is unknown.
    Unknown,
}

impl End {
    /// The point, where there is one.
    pub fn point(&self) -> Option<Point> {
        match self {
            Self::At(point) => Some(*point),
            Self::Open | Self::Unknown => None,
        }
    }
}

/// A date or an interval.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Date {
    /// One point.
    Point(Point),
    /// From one end to the other; at least one is a point.
    Interval(End, End),
}

impl Date {
    /// Reads an EDTF date. The error says what is wrong with it, as a clause.
    pub fn parse(text: &str) -> Result<Self, Phrase> {
        let Some((from, to)) = text.split_once('/') else {
            return Ok(Self::Point(parse_point(text)?));
        };
        let (from, to) = (parse_end(from)?, parse_end(to)?);
        match (from.point(), to.point()) {
            (None, None) => Err(say!("an interval needs a date at one end at least")),
            (Some(a), Some(b)) if a.first_day() >= b.day_after() => Err(say!("the interval ends before it begins")),
            _ => Ok(Self::Interval(from, to)),
        }
    }

    /// The point where it begins, where that is known.
    pub fn start(&self) -> Option<Point> {
        match self {
            Self::Point(point) => Some(*point),
            Self::Interval(from, _) => from.point(),
        }
    }

    /// The point where an interval ends, where that is known; a single date has no other end.
    pub fn end(&self) -> Option<Point> {
        match self {
            Self::Point(_) => None,
            Self::Interval(_, to) => to.point(),
        }
    }

    /// The days that it covers: first day, and the day after the last, as days since 1970-01-01. An open end covers nothing beyond its known point.
    pub fn days(&self) -> (i64, i64) {
        let first = self.start().or(self.end());
        let last = self.end().or(self.start());
        (
            first.map_or(0, |point| point.first_day()),
            last.map_or(0, |point| point.day_after()),
        )
    }

    /// What to sort by: the first day covered, then the coarser date first.
    pub fn sort_key(&self) -> (i64, std::cmp::Reverse<i64>) {
        let (first, after) = self.days();
        (first, std::cmp::Reverse(after))
    }

    /// The year under which it is listed: that of its first known point.
    pub fn year(&self) -> u16 {
        self.start().or(self.end()).map_or(0, |point| point.year)
    }

    /// The point, where the date is one plain day.
    pub fn as_day(&self) -> Option<Point> {
        match self {
            Self::Point(point) if point.is_day() && !point.approximate && !point.uncertain => Some(*point),
            _ => None,
        }
    }
}

impl End {
    fn write_edtf(&self, out: &mut String) {
        match self {
            Self::At(point) => point.write_edtf(out),
            Self::Open => out.push_str(".."),
            Self::Unknown => {}
        }
    }
}

impl Date {
    /// The date in EDTF, as an editor writes it.
    pub fn edtf(&self) -> String {
        let mut out = String::with_capacity("2023-11-17/2023-11-18".len());
        match self {
            Self::Point(point) => point.write_edtf(&mut out),
            Self::Interval(from, to) => {
                from.write_edtf(&mut out);
                out.push('/');
                to.write_edtf(&mut out);
            }
        }
        out
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.edtf())
    }
}

fn parse_end(text: &str) -> Result<End, Phrase> {
    match text {
        ".." => Ok(End::Open),
        "" => Ok(End::Unknown),
        _ => parse_point(text).map(End::At),
    }
}

fn parse_point(text: &str) -> Result<Point, Phrase> {
    let (body, approximate, uncertain) = match text.as_bytes().last() {
        Some(b'~') => (&text[..text.len() - 1], true, false),
        Some(b'?') => (&text[..text.len() - 1], false, true),
        Some(b'%') => (&text[..text.len() - 1], true, true),
        _ => (text, false, false),
    };
    let mut parts = body.split('-');
    let (year, unspecified) = parse_year(parts.next().unwrap_or_default())?;
    let month = parts
        .next()
        .map(|part| two_digits(part, Digits::Month))
        .transpose()?
        .flatten();
    let day = parts
        .next()
        .map(|part| two_digits(part, Digits::Day))
        .transpose()?
        .flatten();
    if parts.next().is_some() {
        return Err(say!("`{text}` has more parts than a year, a month and a day", text));
    }
    if unspecified > 0 && (month.is_some() || day.is_some()) {
        return Err(say!("a year with unknown digits cannot have a month or a day"));
    }
    match (month, day) {
        (None, Some(_)) => return Err(say!("a day needs its month")),
        (Some(month), Some(day)) if day > days_in_month(year, month) => {
            return Err(say!(
                "{month} has no day {day}",
                month = format!("{year:04}-{month:02}"),
                day = u16::from(day)
            ));
        }
        _ => {}
    }
    Ok(Point {
        year,
        unspecified,
        month,
        day,
        approximate,
        uncertain,
    })
}

/// Four digits, of which the last ones may be `X`: the lowest year that fits, and how many are unknown.
fn parse_year(text: &str) -> Result<(u16, u8), Phrase> {
    let known = text.trim_end_matches('X');
    let unknown = text.len() - known.len();
    if text.len() != 4 || known.is_empty() || !known.bytes().all(|b| b.is_ascii_digit()) {
        return Err(say!("a date begins with a year of four digits"));
    }
    let year: u16 = known.parse().map_err(|_| say!("`{text}` is not a year", text))?;
    // At most three digits are unknown, since one at least is known.
    Ok((year * 10u16.pow(unknown as u32), unknown as u8))
}

/// A part of a date that has two digits.
#[derive(Clone, Copy)]
enum Digits {
    Month,
    Day,
}

/// Two digits from 1 on, or `XX`, which says no more than leaving the part out.
fn two_digits(text: &str, part: Digits) -> Result<Option<u8>, Phrase> {
    if text == "XX" {
        return Ok(None);
    }
    if text.len() != 2 || !text.bytes().all(|b| b.is_ascii_digit()) {
        return Err(match part {
            Digits::Month => say!("`{text}` is not a month of two digits", text),
            Digits::Day => say!("`{text}` is not a day of two digits", text),
        });
    }
    match (text.parse(), part) {
        (Ok(number @ 1..=12), Digits::Month) | (Ok(number @ 1..=31), Digits::Day) => Ok(Some(number)),
        (_, Digits::Month) => Err(say!("there is no month {text}", text)),
        (_, Digits::Day) => Err(say!("there is no day {text}", text)),
    }
}

fn days_in_month(year: u16, month: u8) -> u8 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => 29,
        2 => 28,
        _ => 31,
    }
}

/// Days since 1970-01-01 of a civil date (Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms", days_from_civil).
fn days_from_civil(year: u16, month: u8, day: u8) -> i64 {
    let year = i64::from(year) - i64::from(month <= 2);
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let month_from_march = (i64::from(month) + 9) % 12;
    let day_of_year = (153 * month_from_march + 2) / 5 + i64::from(day) - 1;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    era * 146_097 + day_of_era - 719_468
}

/// The civil date of a number of days since 1970-01-01 (Hinnant, civil_from_days), for years 0 to 9999.
pub fn day_from_epoch(days: i64) -> Option<Point> {
    let shifted = days + 719_468;
    let era = shifted.div_euclid(146_097);
    let day_of_era = shifted.rem_euclid(146_097);
    let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_from_march = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
    let month = if month_from_march < 10 {
        month_from_march + 3
    } else {
        month_from_march - 9
    };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    Some(Point {
        year: u16::try_from(year).ok().filter(|year| *year <= 9999)?,
        unspecified: 0,
        month: u8::try_from(month).ok(),
        day: u8::try_from(day).ok(),
        approximate: false,
        uncertain: false,
    })
}

#[cfg(test)]
mod tests;

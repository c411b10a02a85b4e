//! `timeline.ics` (RFC 5545): the events of a language that have a day, for calendars.

use crate::date::{Date, Point, day_from_epoch};
use crate::lang::Lang;
use crate::text::floor_char_boundary;
use crate::view::{OccasionView, Viewer};

/// The most octets of a line, its break not counted (RFC 5545, section 3.1).
const MOST_OCTETS: usize = 75;

/// The calendar of a language.
pub fn calendar(viewer: &Viewer<'_>, lang: &Lang) -> Vec<u8> {
    let site = viewer.site_view(lang);
    let name = viewer.words[lang].fill("calendar_title", &[("site", &site.title)]);
    // What stands behind the `@` of an id keeps the events of two sites apart.
    let home = site
        .base_url
        .split_once("://")
        .map_or(&*site.base_url, |(_, rest)| rest);
    let days = viewer.occasions(lang);
    let events = days.iter().filter_map(|occasion| {
        let uid = format!("{}.{lang}@{}", occasion.id, home.trim_end_matches('/'));
        Some(event(occasion, &uid, all_day(&occasion.date)?))
    });
    write(lang, &name, events).into_bytes()
}

/// The lines of a calendar, or of an event in it: property and value, ready to be folded.
type Lines = Vec<String>;

fn write(lang: &Lang, name: &str, events: impl Iterator<Item = Lines>) -> String {
    let mut out = String::new();
    let name = text(name);
    let opening = [
        "BEGIN:VCALENDAR".to_owned(),
        "VERSION:2.0".to_owned(),
        format!("PRODID:-//Kezako//Timeline//{}", lang.tag().to_uppercase()),
        "CALSCALE:GREGORIAN".to_owned(),
        "METHOD:PUBLISH".to_owned(),
        format!("NAME:{name}"),
        format!("X-WR-CALNAME:{name}"),
    ];
    let closing = ["END:VCALENDAR".to_owned()];
    for line in opening.into_iter().chain(events.flatten()).chain(closing) {
        fold(&mut out, &line);
    }
    out
}

/// The first day of an event, and the day after its last where it has several. `None` for dates without a day: none is invented.
fn all_day(date: &Date) -> Option<(Point, Option<Point>)> {
    match date {
        Date::Point(day) => day.is_day().then_some((*day, None)),
        Date::Interval(from, to) => {
            let (first, last) = (from.point()?, to.point()?);
            let after = day_from_epoch(last.day_after())?;
            (first.is_day() && last.is_day()).then_some((first, Some(after)))
        }
    }
}

fn event(occasion: &OccasionView, uid: &str, (first, after): (Point, Option<Point>)) -> Lines {
    let doubtful = |point: &Point| point.approximate || point.uncertain;
    let ends = [occasion.date.start(), occasion.date.end()];
    let tentative = ends.iter().flatten().any(doubtful);
    let mut lines = vec![
        "BEGIN:VEVENT".to_owned(),
        format!("UID:{}", text(uid)),
        // The property must be there. The clock would change it with each build, so it is the event's own day.
        format!("DTSTAMP:{}T000000Z", basic(&first)),
        format!("DTSTART;VALUE=DATE:{}", basic(&first)),
    ];
    lines.extend(after.map(|after| format!("DTEND;VALUE=DATE:{}", basic(&after))));
    lines.push(format!("SUMMARY:{}", text(&occasion.title)));
    let mut description = occasion.description.clone();
    if tentative {
        description = format!("{}\n{description}", occasion.date_text);
    }
    if !description.is_empty() {
        lines.push(format!("DESCRIPTION:{}", text(description.trim_end())));
    }
    if !occasion.entities.is_empty() {
        let entities: Vec<String> = occasion.entities.iter().map(|name| text(name)).collect();
        lines.push(format!("CATEGORIES:{}", entities.join(",")));
    }
    let status = if tentative { "TENTATIVE" } else { "CONFIRMED" };
    lines.extend([
        format!("URL:{}", occasion.url),
        format!("STATUS:{status}"),
        "TRANSP:TRANSPARENT".to_owned(),
        "END:VEVENT".to_owned(),
    ]);
    lines
}

/// A day as calendars write it: `20240311`.
fn basic(day: &Point) -> String {
    day.plain().replace('-', "")
}

/// A value of type TEXT (RFC 5545, section 3.3.11). Other control characters may not stand in it.
fn text(value: &str) -> String {
    let mut out = String::with_capacity(value.len());
    for c in value.chars() {
        match c {
            '\\' | ';' | ',' => out.extend(['\\', c]),
            '\n' => out.push_str("\\n"),
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    out
}

/// Writes a line, folded before an octet too many; a continuation begins with a space. Characters stay whole.
fn fold(out: &mut String, line: &str) {
    let (mut rest, mut most) = (line, MOST_OCTETS);
    while rest.len() > most {
        let (part, after) = rest.split_at(floor_char_boundary(rest, most));
        out.extend([part, "\r\n "]);
        // The space is an octet of the line that it begins.
        (rest, most) = (after, MOST_OCTETS - 1);
    }
    out.extend([rest, "\r\n"]);
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn days(date: &str) -> Option<String> {
        let (first, after) = all_day(&Date::parse(date).expect(date))?;
        let after = after.map(|after| format!(" until before {}", basic(&after)));
        Some(format!("{}{}", basic(&first), after.unwrap_or_default()))
    }

    #[test]
    fn only_dates_with_a_day_have_a_place_in_a_calendar() {
        for (date, expected) in [
            ("2024-03-11", Some("20240311")),
            ("2024-03-11~", Some("20240311")),
            ("2024-02-28/2024-02-29", Some("20240228 until before 20240301")),
            ("2023-12-30/2023-12-31", Some("20231230 until before 20240101")),
            ("2024-03", None),
            ("2024", None),
            ("201X", None),
            ("2024-03/2024-03-11", None),
            ("2024-03-11/..", None),
            ("../2024-03-11", None),
            ("9999-12-30/9999-12-31", None),
        ] {
            assert_eq!(days(date).as_deref(), expected, "{date}");
        }
    }

    #[test]
    fn an_event_is_written_to_the_letter() {
        let occasion = OccasionView {
            id: "a".to_owned(),
            date: Date::parse("2024-03-11~").expect("a date"),
            date_text: "about 11 March 2024".to_owned(),
            title: "One; two, three \\ four".to_owned(),
            description: "First.\nSecond.".to_owned(),
            entities: vec!["A, B".to_owned(), "C".to_owned()],
            url: "https://a.example/timeline/#a".to_owned(),
        };
        let lines = event(&occasion, "a.en@a.example", all_day(&occasion.date).expect("a day"));
        assert_eq!(
            lines,
            [
                "BEGIN:VEVENT",
                "UID:a.en@a.example",
                "DTSTAMP:20240311T000000Z",
                "DTSTART;VALUE=DATE:20240311",
                "SUMMARY:One\\; two\\, three \\\\ four",
                "DESCRIPTION:about 11 March 2024\\nFirst.\\nSecond.",
                "CATEGORIES:A\\, B,C",
                "URL:https://a.example/timeline/#a",
                "STATUS:TENTATIVE",
                "TRANSP:TRANSPARENT",
                "END:VEVENT",
            ]
        );
    }

    proptest! {
        #[test]
        fn folding_keeps_the_text_and_the_width(line in "[ -~éœ😀\u{a0}]{0,300}") {
            let mut folded = String::new();
            fold(&mut folded, &line);
            let content = folded.strip_suffix("\r\n").expect("a line ends");
            prop_assert!(content.split("\r\n").all(|part| part.len() <= MOST_OCTETS));
            prop_assert_eq!(content.replace("\r\n ", ""), line);
        }
    }
}

//! `api/timelinejs.json`: the events of a language in the JSON format of TimelineJS (Knight Lab, "JSON File Format").
//!
//! That format knows no doubt about a date, so `display_date` carries the date as readers write it.

use serde::Serialize;

use crate::date::{Date, Point};
use crate::lang::Lang;
use crate::text::escape;
use crate::view::{OccasionView, Viewer};

#[derive(Serialize)]
struct Timeline<'a> {
    title: Slide,
    events: Vec<Event<'a>>,
    eras: [(); 0],
    scale: &'static str,
}

#[derive(Serialize)]
struct Slide {
    text: Text,
}

/// Both are markup.
#[derive(Serialize)]
struct Text {
    headline: String,
    text: String,
}

#[derive(Serialize)]
struct Event<'a> {
    unique_id: &'a str,
    start_date: Moment,
    #[serde(skip_serializing_if = "Option::is_none")]
    end_date: Option<Moment>,
    display_date: &'a str,
    text: Text,
    /// Events of one group stand in one row; here those of the first person or organization that they name.
    #[serde(skip_serializing_if = "Option::is_none")]
    group: Option<&'a str>,
}

#[derive(Debug, PartialEq, Eq, Serialize)]
struct Moment {
    year: u16,
    #[serde(skip_serializing_if = "Option::is_none")]
    month: Option<u8>,
    #[serde(skip_serializing_if = "Option::is_none")]
    day: Option<u8>,
}

/// The timeline of a language.
pub fn timelinejs(viewer: &Viewer<'_>, lang: &Lang) -> Vec<u8> {
    let words = &viewer.words[lang];
    let site = viewer.site_view(lang);
    let occasions = viewer.occasions(lang);
    let timeline = Timeline {
        title: Slide {
            text: Text {
                headline: escape(&site.title),
                text: paragraph(words.get("timeline_intro")),
            },
        },
        events: occasions
            .iter()
            .filter_map(|occasion| event(occasion, words.get("timeline")))
            .collect(),
        eras: [],
        scale: "human",
    };
    // Structs of texts and numbers always serialize.
    let mut bytes = serde_json::to_vec(&timeline).unwrap_or_default();
    bytes.push(b'\n');
    bytes
}

fn event<'a>(occasion: &'a OccasionView, link: &str) -> Option<Event<'a>> {
    let (start_date, end_date) = moments(&occasion.date)?;
    let description = Some(&occasion.description).filter(|text| !text.is_empty());
    Some(Event {
        unique_id: &occasion.id,
        start_date,
        end_date,
        display_date: &occasion.date_text,
        text: Text {
            headline: escape(&occasion.title),
            text: format!(
                "{}<p><a href=\"{}\">{}</a></p>",
                description.map(|text| paragraph(text)).unwrap_or_default(),
                escape(&occasion.url),
                escape(link)
            ),
        },
        group: occasion.entities.first().map(String::as_str),
    })
}

fn paragraph(text: &str) -> String {
    format!("<p>{}</p>", escape(text))
}

/// Beginning and end of a date. An open end is no end; an interval whose beginning is not known stands at its end.
fn moments(date: &Date) -> Option<(Moment, Option<Moment>)> {
    let moment = |point: &Point, year: u16| Moment {
        year,
        month: point.month,
        day: point.day,
    };
    let first = |point: &Point| moment(point, point.years().0);
    let last = |point: &Point| moment(point, point.years().1);
    match date {
        Date::Point(point) => Some((first(point), (point.unspecified > 0).then(|| last(point)))),
        Date::Interval(..) => match (date.start(), date.end()) {
            (Some(from), to) => Some((first(&from), to.as_ref().map(last))),
            (None, Some(to)) => Some((last(&to), None)),
            (None, None) => None,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_as_precise_as_their_dates() {
        let moment = |year, month, day| Moment { year, month, day };
        for (date, start, end) in [
            ("2024-03-11", moment(2024, Some(3), Some(11)), None),
            ("2024-03~", moment(2024, Some(3), None), None),
            ("2017?", moment(2017, None, None), None),
            ("201X", moment(2010, None, None), Some(moment(2019, None, None))),
            ("2024-03/..", moment(2024, Some(3), None), None),
            ("../2024-03", moment(2024, Some(3), None), None),
            (
                "2023/2024-05",
                moment(2023, None, None),
                Some(moment(2024, Some(5), None)),
            ),
        ] {
            assert_eq!(moments(&Date::parse(date).expect(date)), Some((start, end)), "{date}");
        }
    }
}

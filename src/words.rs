//! The words of the interface in each language: `templates/i18n/LANG.yaml`, and dates as readers write them.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::date::{Date, End, Point};
use crate::diagnostic::{Checked, Code, Diagnostic};
use crate::lang::Lang;
use crate::phrase::say;
use crate::templates;
use crate::tree::Tree;
use crate::yaml;

/// The interface in one language.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Words {
    texts: BTreeMap<String, String>,
}

impl Words {
    /// Reads the words of a language: the site's own file over the built-in one over built-in English.
    pub fn read(lang: &Lang, tree: &Tree) -> Checked<Self> {
        let mut words = Self::default();
        let mut diagnostics = Vec::new();
        let path = format!("i18n/{lang}.yaml");
        for built_in in ["i18n/en.yaml", path.as_str()] {
            if let Some(text) = templates::built_in(built_in) {
                words.add(&format!("templates/{built_in}").into(), text, &mut diagnostics);
            }
        }
        let own: Arc<str> = format!("templates/{path}").into();
        match tree.get(&own).map(|file| file.text()) {
            Some(Some(text)) => words.add(&own, text, &mut diagnostics),
            Some(None) => diagnostics.push(
                Diagnostic::new(Code::UnreadableFile, &own, 0..0, say!("this file is not UTF-8 text"))
                    .help(say!("save it as UTF-8 in your editor")),
            ),
            None => {}
        }
        Checked {
            value: words,
            diagnostics,
        }
    }

    fn add(&mut self, path: &Arc<str>, text: &str, diagnostics: &mut Vec<Diagnostic>) {
        let document = yaml::mapping(path, text, 0..text.len());
        // To an editor of the interface this is a template like the others.
        diagnostics.extend(document.diagnostics.into_iter().map(|fault| Diagnostic {
            code: Code::Template,
            ..fault
        }));
        for (key, value) in &document.value.mapping {
            let Some(key) = key.as_str() else { continue };
            match yaml::text_of_scalar(value) {
                Some(text) => {
                    self.texts.insert(key.to_owned(), text);
                }
                None => diagnostics.push({
                    let place = yaml::locate(text, &[yaml::Step::Key(key)]).map_or(0..0, |found| found.value);
                    Diagnostic::new(Code::Template, path, place, say!("`{key}` should be a text", key))
                        .help(say!("write it on one line, in double quotes"))
                }),
            }
        }
    }

    /// The text for a key; the key itself where there is none, so that a gap is seen.
    pub fn get<'a>(&'a self, key: &'a str) -> &'a str {
        self.texts.get(key).map_or(key, String::as_str)
    }

    /// The text for a key and a word of a closed list: `role` and `states` give the text of `role_states`.
    pub fn label(&self, key: &str, word: &str) -> String {
        let mut full = String::with_capacity(key.len() + 1 + word.len());
        full.extend([key, "_"]);
        full.extend(word.chars().map(|c| if c == '-' { '_' } else { c }));
        self.texts.get(&full).cloned().unwrap_or_else(|| word.to_owned())
    }

    /// All texts.
    pub fn texts(&self) -> &BTreeMap<String, String> {
        &self.texts
    }

    /// A date as readers of the language write it, at the precision it has.
    pub fn date(&self, date: &Date) -> String {
        match date {
            Date::Point(point) => self.point(point),
            Date::Interval(End::At(from), End::At(to)) => self.interval(["date_interval", "date_days"], from, to),
            Date::Interval(End::At(from), _) => self.around("date_since", from, &self.within(from)),
            Date::Interval(_, End::At(to)) => self.around("date_until", to, &self.within(to)),
            Date::Interval(..) => String::new(),
        }
    }

    /// The date of what took one moment, such as a publication: an interval says between what it lies, not how long it lasted.
    pub fn moment(&self, date: &Date) -> String {
        match date {
            Date::Interval(End::At(from), End::At(to)) => {
                self.interval(["date_between", "date_between_days"], from, to)
            }
            Date::Interval(End::At(from), _) => self.around("date_earliest", from, &self.within(from)),
            Date::Interval(_, End::At(to)) => self.around("date_latest", to, &self.within(to)),
            Date::Interval(..) | Date::Point(_) => self.date(date),
        }
    }

    /// Days of one month are named shortly: from 12 to 17 March 2024. The second of the keys is for days. A language whose words for the two ends change
    /// with these has them apart: `de mars`, but `d’avril`, `du 12 mars`, `des années 2010`.
    fn interval(&self, keys: [&str; 2], from: &Point, to: &Point) -> String {
        let days = from.is_day() && to.is_day();
        let plain = marked(from).is_none() && marked(to).is_none();
        let same_month = days && plain && (from.year, from.month) == (to.year, to.month);
        let [from_part, to_part] = [format!("{}_from", keys[0]), format!("{}_to", keys[0])];
        if !days && self.texts.contains_key(&from_part) {
            let parts =
                [(&from_part, from), (&to_part, to)].map(|(key, point)| self.around(key, point, &self.within(point)));
            return parts.join(" ");
        }
        let first = match from.day {
            Some(day) if same_month && day > 1 => day.to_string(),
            _ => self.within(from),
        };
        self.fill(keys[usize::from(days)], &[("from", &first), ("to", &self.within(to))])
    }

    /// One point of time.
    pub fn point(&self, point: &Point) -> String {
        match marked(point) {
            Some(key) => self.around(key, point, &self.plain(point)),
            None => self.plain(point),
        }
    }

    /// The same within a longer text: what stands before it there leaves no room for `vers`.
    fn within(&self, point: &Point) -> String {
        let within = marked(point).map(|key| format!("{key}_within"));
        match within.filter(|key| self.texts.contains_key(key)) {
            Some(key) => self.fill(&key, &[("date", &self.plain(point))]),
            None => self.point(point),
        }
    }

    /// A point, written as `date`, with words around it. Some languages have others for days, for decades and before a vowel: `vers mars`, but `vers le 12
    /// mars`.
    fn around(&self, key: &str, point: &Point, date: &str) -> String {
        let kind = match point.unspecified {
            1 => "_decade",
            _ if point.is_day() => "_day",
            _ if date.starts_with(VOWELS) => "_vowel",
            _ => "",
        };
        let own = format!("{key}{kind}");
        let key = if self.texts.contains_key(&own) { &own } else { key };
        self.fill(key, &[("date", date)])
    }

    fn plain(&self, point: &Point) -> String {
        let year = match point.unspecified {
            0 => point.year.to_string(),
            1 => return self.fill("date_decade", &[("year", &point.year.to_string())]),
            _ => {
                return self.fill(
                    "date_years",
                    &[
                        ("from", &point.years().0.to_string()),
                        ("to", &point.years().1.to_string()),
                    ],
                );
            }
        };
        let Some(month) = point.month else { return year };
        let name = self.get(MONTHS[usize::from(month.clamp(1, 12)) - 1]);
        match point.day {
            None => self.fill("date_month", &[("month", name), ("year", &year)]),
            Some(1) => self.fill("date_first", &[("day", "1"), ("month", name), ("year", &year)]),
            Some(day) => self.fill(
                "date_day",
                &[("day", &day.to_string()), ("month", name), ("year", &year)],
            ),
        }
    }

    /// A text with `{name}` replaced by values.
    pub fn fill(&self, key: &str, values: &[(&str, &str)]) -> String {
        let mut out = String::with_capacity(64);
        let mut rest = self.get(key);
        while let Some((before, after)) = rest.split_once('{') {
            out.push_str(before);
            let filled = after.split_once('}').and_then(|(name, tail)| {
                let (_, value) = values.iter().find(|(known, _)| *known == name)?;
                Some((*value, tail))
            });
            let (value, tail) = filled.unwrap_or(("{", after));
            out.push_str(value);
            rest = tail;
        }
        out.push_str(rest);
        out
    }
}

/// The key of the words for what is about so, or uncertain.
fn marked(point: &Point) -> Option<&'static str> {
    match (point.approximate, point.uncertain) {
        (false, false) => None,
        (true, false) => Some("date_about"),
        (false, true) => Some("date_perhaps"),
        (true, true) => Some("date_perhaps_about"),
    }
}

const MONTHS: [&str; 12] = [
    "month_1", "month_2", "month_3", "month_4", "month_5", "month_6", "month_7", "month_8", "month_9", "month_10",
    "month_11", "month_12",
];

/// What the names of months and eras may begin with that words before them give way to.
const VOWELS: [char; 6] = ['a', 'e', 'i', 'o', 'u', 'é'];

#[cfg(test)]
mod tests {
    use super::*;

    fn date(lang: &str, text: &str) -> String {
        let words = Words::read(&Lang::new(lang), &Tree::default());
        assert_eq!(words.diagnostics, []);
        words.value.date(&Date::parse(text).expect(text))
    }

    fn moment(lang: &str, text: &str) -> String {
        let words = Words::read(&Lang::new(lang), &Tree::default());
        words.value.moment(&Date::parse(text).expect(text))
    }

    #[test]
    fn a_moment_lies_within_its_interval() {
        for (text, fr, en) in [
            ("2024-03", "mars 2024", "March 2024"),
            (
                "2024-03-12/2024-03-17",
                "entre le 12 et le 17 mars 2024",
                "between 12 and 17 March 2024",
            ),
            (
                "2023-11-08/2023-12-01",
                "entre le 8 novembre 2023 et le 1er décembre 2023",
                "between 8 November 2023 and 1 December 2023",
            ),
            (
                "2023-11/2023-12",
                "entre novembre 2023 et décembre 2023",
                "between November 2023 and December 2023",
            ),
            ("2024-03/..", "mars 2024 au plus tôt", "March 2024 at the earliest"),
            (
                "2024-06-01/2024-07",
                "entre le 1er juin 2024 et juillet 2024",
                "between 1 June 2024 and July 2024",
            ),
            (
                "2024-06-03~/2024-06-09",
                "entre le 3 juin 2024 environ et le 9 juin 2024",
                "between about 3 June 2024 and 9 June 2024",
            ),
            (
                "../2024-03-12",
                "12 mars 2024 au plus tard",
                "12 March 2024 at the latest",
            ),
        ] {
            assert_eq!(moment("fr", text), fr);
            assert_eq!(moment("en", text), en);
        }
    }

    #[test]
    fn dates_are_shown_at_their_own_precision() {
        for (text, fr, en) in [
            ("2023", "2023", "2023"),
            ("2023-11", "novembre 2023", "November 2023"),
            ("2023-11-17", "17 novembre 2023", "17 November 2023"),
            ("2024-03-01", "1er mars 2024", "1 March 2024"),
            ("2024-03-12~", "vers le 12 mars 2024", "about 12 March 2024"),
            ("2024-03-12/..", "depuis le 12 mars 2024", "since 12 March 2024"),
            ("../2024-03-12", "jusqu’au 12 mars 2024", "until 12 March 2024"),
            ("2024-03~", "vers mars 2024", "about March 2024"),
            ("2017?", "2017 (date incertaine)", "2017 (uncertain)"),
            ("201X", "années 2010", "2010s"),
            ("2024-03/..", "depuis mars 2024", "since March 2024"),
            ("../2024-03", "jusqu’à mars 2024", "until March 2024"),
            (
                "2023-11/2023-12",
                "de novembre 2023 à décembre 2023",
                "November 2023 to December 2023",
            ),
            ("2023-04/2023-05", "d’avril 2023 à mai 2023", "April 2023 to May 2023"),
            (
                "2024-06-01/2024-07",
                "du 1er juin 2024 à juillet 2024",
                "1 June 2024 to July 2024",
            ),
            (
                "2024-06-03~/..",
                "depuis le 3 juin 2024 environ",
                "since about 3 June 2024",
            ),
            (
                "../2024-06-03~",
                "jusqu’au 3 juin 2024 environ",
                "until about 3 June 2024",
            ),
            (
                "2024-06-03~/2024-06-09",
                "du 3 juin 2024 environ au 9 juin 2024",
                "about 3 June 2024 to 9 June 2024",
            ),
            (
                "2024-06~/2024-08?",
                "de juin 2024 environ à août 2024 (date incertaine)",
                "about June 2024 to August 2024 (uncertain)",
            ),
            ("201X/2024", "des années 2010 à 2024", "2010s to 2024"),
            ("2009/201X", "de 2009 aux années 2010", "2009 to 2010s"),
            ("201X/..", "depuis les années 2010", "since 2010s"),
            ("../201X", "jusqu’aux années 2010", "until 2010s"),
            ("201X~", "vers les années 2010", "about 2010s"),
        ] {
            assert_eq!(date("fr", text), fr);
            assert_eq!(date("en", text), en);
        }
    }
}

//! Dates as pages and bylines write them, in EDTF. What can be read in two ways is not read.

use crate::date::Date;
use crate::lang::Lang;

/// Names of months and their short forms, in French and English.
const MONTHS: [&str; 12] = [
    "janvier janv january jan",
    "février févr fevrier fevr february feb",
    "mars march mar",
    "avril avr april apr",
    "mai may",
    "juin june jun",
    "juillet juil july jul",
    "août aout august aug",
    "septembre september sept sep",
    "octobre october oct",
    "novembre november nov",
    "décembre decembre december déc dec",
];

/// The date at the beginning of what machines write: `2024-03-12T10:00:00+01:00`, `2024/03/12`, `20240312`, `2024-03`, `2024`.
pub fn iso_day(text: &str) -> Option<String> {
    let text = text.trim();
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let date = if digits == 8 {
        format!("{}-{}-{}", &text[..4], &text[4..6], &text[6..8])
    } else {
        let end = text.find(|c: char| !c.is_ascii_digit() && !matches!(c, '-' | '/'));
        let date = text[..end.unwrap_or(text.len())].replace('/', "-");
        date.trim_end_matches('-').to_owned()
    };
    matches!(Date::parse(&date), Ok(Date::Point(_))).then_some(date)
}

/// The first date in a line that people wrote: `12 mars 2024`, `March 12, 2024`, `le 04.05.2015 à 13h36`. With slashes the day comes first in
/// French; in other languages only where it cannot be the month.
pub fn written(line: &str, lang: &Lang) -> Option<String> {
    let words: Vec<&str> = line
        .split(|c: char| c.is_whitespace() || matches!(c, ',' | '|' | '(' | ')' | '•' | '·' | ':'))
        .filter(|word| !word.is_empty())
        .collect();
    (0..words.len()).find_map(|at| numeric(words[at], lang).or_else(|| spelled(&words[at..])))
}

fn numeric(word: &str, lang: &Lang) -> Option<String> {
    if word.len() == 10 && word.as_bytes()[4] == b'-' {
        return iso_day(word);
    }
    let mark = word.chars().find(|c| matches!(c, '/' | '.' | '-'))?;
    let parts: Vec<u16> = word.split(mark).map(|part| part.parse().ok()).collect::<Option<_>>()?;
    let [first, second, year] = parts[..] else { return None };
    let certain = mark == '.' || lang.is_french() || first > 12 || first == second;
    (certain && year >= 1000)
        .then(|| iso_day(&format!("{year}-{second:02}-{first:02}")))
        .flatten()
}

/// `12 mars 2024`, `1er mars 2024`, `March 12 2024`, `mars 2024`.
fn spelled(words: &[&str]) -> Option<String> {
    let month = |word: &str| {
        let word = word.trim_end_matches('.').to_lowercase();
        let at = MONTHS
            .iter()
            .position(|names| names.split(' ').any(|name| name == word));
        at.map(|at| at + 1)
    };
    let year = |word: &&str| word.parse::<u16>().ok().filter(|year| (1000..=9999).contains(year));
    let day = |word: &str| {
        let end = word.find(|c: char| !c.is_ascii_digit()).unwrap_or(word.len());
        let ending = matches!(&word[end..], "" | "er" | "st" | "nd" | "rd" | "th" | ".");
        word[..end]
            .parse::<u8>()
            .ok()
            .filter(|day| ending && (1..=31).contains(day))
    };
    let (first, second) = (words.first()?, words.get(1)?);
    let date = match (day(first), month(first)) {
        (Some(day), _) => format!("{}-{:02}-{day:02}", year(words.get(2)?)?, month(second)?),
        (_, Some(month)) => match (day(second), words.get(2).and_then(year)) {
            (Some(day), Some(year)) => format!("{year}-{month:02}-{day:02}"),
            _ => format!("{}-{month:02}", year(second)?),
        },
        _ => return None,
    };
    iso_day(&date)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn machines_dates() {
        for (text, date) in [
            ("2024-03-12T23:30:00+01:00", Some("2024-03-12")),
            ("2024-03-12 10:00", Some("2024-03-12")),
            ("2024/03/12", Some("2024-03-12")),
            ("20240312", Some("2024-03-12")),
            ("2024-03", Some("2024-03")),
            (" 2024 ", Some("2024")),
            ("2024-02-31", None),
            ("12 March 2024", None),
            ("", None),
            ("1710237600", None),
        ] {
            assert_eq!(iso_day(text).as_deref(), date, "{text}");
        }
    }

    #[test]
    fn peoples_dates() {
        let (french, english) = (Lang::new("fr"), Lang::new("en"));
        for (line, lang, date) in [
            ("Publié le : 12/03/2024 - 10:33", &french, Some("2024-03-12")),
            ("Le Monde | 04.05.2015 à 13h36", &french, Some("2015-05-04")),
            ("Par Ada Finch, le 1er août 2024", &french, Some("2024-08-01")),
            ("By Ada Finch, March 12, 2024", &english, Some("2024-03-12")),
            ("12 Sept 2024", &english, Some("2024-09-12")),
            ("Issue of May 2024", &english, Some("2024-05")),
            ("Posted 03/12/2024", &english, None),
            ("Posted 25/12/2024", &english, Some("2024-12-25")),
            ("A summit of 12 people", &english, None),
            ("31 février 2024", &french, Some("2024-02")),
            ("Marché 2024", &french, None),
        ] {
            assert_eq!(written(line, lang).as_deref(), date, "{line}");
        }
    }
}

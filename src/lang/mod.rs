//! What depends on a language: spacing, plurals, elision, the alphabet.

mod alphabet;
mod detect;
mod plural;
mod spacing;

use std::fmt;
use std::sync::Arc;

pub use alphabet::Alphabet;
pub use detect::detect;
pub use plural::plurals;
pub use spacing::{Change, applied, changes, piece_changes, space, space_before, space_piece, straight_marks};

/// A language tag (BCP 47) as the site writes it: `fr`, `en`, `pt-BR`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Lang(Arc<str>);

impl Lang {
    /// Takes a tag; [`Lang::is_tag`] says whether it is well formed.
    pub fn new(tag: &str) -> Self {
        Self(tag.into())
    }

    /// Whether a text has the form of a language tag: letters and digits in parts of one to eight, the first of two or three letters.
    pub fn is_tag(text: &str) -> bool {
        let mut parts = text.split('-');
        let primary = parts.next().unwrap_or_default();
        (2..=3).contains(&primary.len())
            && primary.bytes().all(|b| b.is_ascii_alphabetic())
            && parts.all(|part| (1..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric()))
    }

    /// The tag.
    pub fn tag(&self) -> &str {
        &self.0
    }

    /// The language without its region: `pt` of `pt-BR`.
    pub fn primary(&self) -> &str {
        self.0.split('-').next().unwrap_or(&self.0)
    }

    /// The language with a territory, as Open Graph's `og:locale` wants it: `pt_BR`. Where the tag names none, the one that readers of the built-in
    /// languages most likely live in; `None` for other languages.
    pub fn locale(&self) -> Option<String> {
        let primary = self.primary().to_ascii_lowercase();
        let is_region = |part: &&str| part.len() == 2 && part.bytes().all(|b| b.is_ascii_alphabetic());
        let region = match (self.0.split('-').skip(1).find(is_region), &*primary) {
            (Some(region), _) => region.to_ascii_uppercase(),
            (None, "fr") => "FR".to_owned(),
            (None, "en") => "GB".to_owned(),
            (None, _) => return None,
        };
        Some(format!("{primary}_{region}"))
    }

    /// Whether it is written from right to left: by its script where it names one, else by the one that it is usually written in.
    pub fn is_right_to_left(&self) -> bool {
        const LANGUAGES: [&str; 13] = [
            "ar", "arc", "ckb", "dv", "fa", "he", "nqo", "ps", "sd", "syr", "ug", "ur", "yi",
        ];
        const SCRIPTS: [&str; 6] = ["Adlm", "Arab", "Hebr", "Nkoo", "Syrc", "Thaa"];
        let is_one_of = |known: &[&str], part: &str| known.iter().any(|known| known.eq_ignore_ascii_case(part));
        let script = self.0.split('-').nth(1).filter(|part| part.len() == 4);
        script.map_or_else(
            || is_one_of(&LANGUAGES, self.primary()),
            |script| is_one_of(&SCRIPTS, script),
        )
    }

    /// Whether it is French of any region.
    pub fn is_french(&self) -> bool {
        self.primary().eq_ignore_ascii_case("fr")
    }
}

impl fmt::Display for Lang {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The French words that lose their vowel before another: what stands before the apostrophe, in lower case.
const ELIDED: [&str; 13] = [
    "l", "d", "j", "n", "s", "c", "m", "t", "qu", "jusqu", "lorsqu", "puisqu", "quoiqu",
];

/// Whether `before` ends with an elided French word and its apostrophe, so that a new word begins after it: `jusqu’`.
pub fn ends_with_elision(before: &str) -> bool {
    let Some(stem) = before.strip_suffix(['\'', '’']) else {
        return false;
    };
    let start = stem
        .char_indices()
        .rev()
        .take_while(|(_, c)| c.is_alphabetic())
        .last()
        .map_or(stem.len(), |(at, _)| at);
    let word = stem[start..].to_lowercase();
    ELIDED.contains(&word.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn elisions_end_before_a_new_word() {
        for before in ["l’", "qu'", "Jusqu’", "dit qu’", "«d’"] {
            assert!(ends_with_elision(before), "{before}");
        }
        for before in ["aujourd’", "l", "", "x’", "prud’"] {
            assert!(!ends_with_elision(before), "{before}");
        }
    }

    #[test]
    fn locales_name_a_territory() {
        for (tag, locale) in [
            ("fr", Some("fr_FR")),
            ("en", Some("en_GB")),
            ("pt-BR", Some("pt_BR")),
            ("zh-Hant-tw", Some("zh_TW")),
            ("zh-Hant", None),
            ("de", None),
        ] {
            assert_eq!(Lang::new(tag).locale().as_deref(), locale, "{tag}");
        }
    }

    #[test]
    fn tags_have_a_form() {
        assert!(Lang::is_tag("fr") && Lang::is_tag("pt-BR") && Lang::is_tag("zh-Hant"));
        assert!(!Lang::is_tag("") && !Lang::is_tag("french") && !Lang::is_tag("f") && !Lang::is_tag("fr_FR"));
    }
}

//! The alphabet of a language: which of two names comes first, and the letter that a name stands under. By the Unicode Collation Algorithm with the
//! rules of CLDR for the language: `É` is an `E` in French, `Å` a letter of its own in Danish, `Ё` an `Е` in Russian.

use std::cmp::Ordering;

use deunicode::deunicode_char;
use icu_collator::options::{CollatorOptions, Strength};
use icu_collator::{CollatorBorrowed, CollatorPreferences};
use icu_locale_core::Locale;
use unicode_normalization::UnicodeNormalization as _;

use super::Lang;
use crate::text::is_unspaced;

/// What names stand under that begin with no letter.
const NO_LETTER: &str = "#";

/// The order of names in a language.
pub struct Alphabet {
    names: Option<CollatorBorrowed<'static>>,
    /// It tells letters apart, and neither accents nor capitals.
    letters: Option<CollatorBorrowed<'static>>,
}

impl Alphabet {
    /// The alphabet of a language; for one that has no rules of its own, the order of all scripts.
    pub fn of(lang: &Lang) -> Self {
        let locale = Locale::try_from_str(lang.tag()).unwrap_or(Locale::UNKNOWN);
        let collator = |strength: Strength| {
            let mut options = CollatorOptions::default();
            options.strength = Some(strength);
            CollatorBorrowed::try_new(CollatorPreferences::from(&locale), options).ok()
        };
        Self {
            names: collator(Strength::Tertiary),
            letters: collator(Strength::Primary),
        }
    }

    /// Which of two names comes first; those without a letter come last.
    pub fn compare(&self, one: &str, other: &str) -> Ordering {
        let last = |name: &str| first_letter(name).is_none();
        let by_rules = || match &self.names {
            Some(names) => names.compare(one, other),
            None => one.cmp(other),
        };
        last(one).cmp(&last(other)).then_with(by_rules)
    }

    /// The letter that a name stands under, `#` where it begins with none. Scripts that have no letters to begin with have none.
    pub fn letter(&self, name: &str) -> String {
        let Some(first) = first_letter(name) else {
            return NO_LETTER.to_owned();
        };
        if first.is_ascii() {
            return first.to_ascii_uppercase().to_string();
        }
        let own = first.to_string();
        let base: String = own.nfd().take(1).collect();
        let latin: String = deunicode_char(first).unwrap_or_default().to_owned();
        let is_same = |plain: &String| {
            let letters = self.letters.as_ref();
            *plain != own && letters.is_some_and(|letters| letters.compare(&own, plain) == Ordering::Equal)
        };
        let plain = [base, latin].into_iter().find(is_same);
        let letter = plain.as_deref().unwrap_or(&own).chars().next().unwrap_or(first);
        letter.to_uppercase().to_string()
    }
}

/// The letter that a name begins with, signs before it left out.
fn first_letter(name: &str) -> Option<char> {
    let first = name.nfc().find(|c| c.is_alphanumeric())?;
    (first.is_alphabetic() && !is_unspaced(first)).then_some(first)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn letters(lang: &str, names: &[&str]) -> String {
        let alphabet = Alphabet::of(&Lang::new(lang));
        let letters: Vec<String> = names.iter().map(|name| alphabet.letter(name)).collect();
        letters.join(" ")
    }

    fn in_order(lang: &str, names: &str) -> String {
        let alphabet = Alphabet::of(&Lang::new(lang));
        let mut names: Vec<&str> = names.split(", ").collect();
        names.sort_by(|one, other| alphabet.compare(one, other));
        names.join(", ")
    }

    #[test]
    fn a_name_stands_under_a_letter_of_its_language() {
        for (lang, names, expected) in [
            (
                "fr",
                &["École", "œuvre", "« Grok »", "e\u{301}tat", "3D", "@"][..],
                "E O G E # #",
            ),
            ("da", &["Århus", "Østers", "Ære"], "Å Ø Æ"),
            ("pl", &["Łódź", "łaska", "ćma"], "Ł Ł Ć"),
            ("ru", &["Ёлка", "Йод", "яблоко", "Grok"], "Е Й Я G"),
            ("el", &["Άλφα", "ωμέγα"], "Α Ω"),
            ("zh", &["人工智能"], "#"),
        ] {
            assert_eq!(letters(lang, names), expected, "{lang}");
        }
    }

    #[test]
    fn names_are_in_the_order_of_their_language() {
        for (lang, names) in [
            (
                "fr",
                "algorithme, école, Écologie, Grok, œuvre, open source, OpenAI, zéro, 3D",
            ),
            ("da", "Zulu, Ærø, Østers, Århus"),
            ("ru", "Арбуз, Берёза, Еда, Ёлка, Ель, Жук, Яблоко"),
            ("uk", "Гора, Ґава, Дім, Ірпінь, Їжак, Йод, Яма"),
        ] {
            assert_eq!(in_order(lang, names), names, "{lang}");
        }
    }
}

//! The language in which the program speaks with whoever writes. What a site says to its readers has its own: `lang`.

/// A language of messages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Tongue {
    /// What is spoken where nothing else is asked for.
    #[default]
    English,
    /// French.
    French,
}

impl Tongue {
    /// The language that the environment asks for, by the values of `LC_ALL`, `LC_MESSAGES` and `LANG`.
    ///
    /// The first that is set and not empty counts (POSIX.1-2024, Base Definitions, 8.2).
    pub fn of_locale(all: Option<&str>, messages: Option<&str>, lang: Option<&str>) -> Self {
        [all, messages, lang]
            .into_iter()
            .flatten()
            .find(|value| !value.is_empty())
            .map_or(Self::English, Self::named)
    }

    /// Its BCP 47 tag.
    pub fn tag(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::French => "fr",
        }
    }

    /// The language of one locale: `fr`, `fr_FR.UTF-8`, `fr-CA`. A language that is not spoken here gives English.
    pub fn named(locale: &str) -> Self {
        let language = locale.split(['_', '-', '.', '@']).next().unwrap_or_default();
        if language.eq_ignore_ascii_case("fr") {
            Self::French
        } else {
            Self::English
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_locale_names_its_language_first() {
        for tongue in [Tongue::English, Tongue::French] {
            assert_eq!(Tongue::named(tongue.tag()), tongue);
        }
        for locale in ["fr", "fr_FR.UTF-8", "fr-CA", "fr_BE@euro", "fr.UTF-8", "FR"] {
            assert_eq!(Tongue::named(locale), Tongue::French, "{locale}");
        }
        for locale in [
            "",
            "C",
            "C.UTF-8",
            "POSIX",
            "en_GB.UTF-8",
            "de_DE",
            "fro",
            "frr_DE",
            "x-fr",
        ] {
            assert_eq!(Tongue::named(locale), Tongue::English, "{locale}");
        }
    }

    #[test]
    fn the_first_variable_that_is_not_empty_counts() {
        let french = Some("fr_FR.UTF-8");
        assert_eq!(Tongue::of_locale(None, None, None), Tongue::English);
        assert_eq!(Tongue::of_locale(None, None, french), Tongue::French);
        assert_eq!(Tongue::of_locale(Some(""), Some(""), french), Tongue::French);
        assert_eq!(Tongue::of_locale(None, Some("C"), french), Tongue::English);
        assert_eq!(Tongue::of_locale(Some("C"), french, french), Tongue::English);
        assert_eq!(Tongue::of_locale(french, Some("C"), None), Tongue::French);
    }
}

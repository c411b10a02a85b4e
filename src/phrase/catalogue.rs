//! The catalogue: `fr.txt`, two lines for each pattern, the English and the French. Empty lines count for nothing.
//! A line that begins with `# ` is a heading.
//!
//! It is no YAML, since this room stands below the one that reads YAML, and since backticks, colons and braces would all need quotes there.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::tongue::Tongue;

const FRENCH: &str = include_str!("fr.txt");

static KNOWN: LazyLock<HashMap<&'static str, &'static str>> = LazyLock::new(|| entries().collect());

/// Each English pattern and its French, as they stand in the catalogue.
pub fn entries() -> impl Iterator<Item = (&'static str, &'static str)> {
    pairs(FRENCH)
}

/// The English and the French of a file that is written as this catalogue is.
pub fn pairs(catalogue: &'static str) -> impl Iterator<Item = (&'static str, &'static str)> {
    let mut lines = catalogue
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with("# "));
    std::iter::from_fn(move || Some((lines.next()?, lines.next()?)))
}

/// The pattern without places that is just these words.
pub(super) fn without_places(words: &str) -> Option<&'static str> {
    let (pattern, _) = KNOWN.get_key_value(words)?;
    (!pattern.contains('{')).then_some(*pattern)
}

/// A pattern in a language, where it is not as written and known.
pub(super) fn find(tongue: Tongue, pattern: &str) -> Option<&'static str> {
    match tongue {
        Tongue::English => None,
        Tongue::French => KNOWN.get(pattern).copied(),
    }
}

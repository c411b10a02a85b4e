//! What libraries and the system say in their own English, and its French: `others.txt`, written as the catalogue of messages is.
//!
//! English patterns are those of the libraries, so they change as libraries do; `tests/others.rs` provokes each. A text that no
//! pattern fits stays as it is.

use super::catalogue::pairs;
use super::{Piece, pieces};

const FRENCH: &str = include_str!("others.txt");

/// A place whose name begins so holds words of the library itself, which have a pattern of their own. All other places hold names
/// and numbers.
const SAID: &str = "said";

/// How often a text may stand within a text.
const DEEPEST: usize = 4;

/// A pattern that a text is made of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known<'t> {
    /// The pattern, as it stands in `others.txt`.
    pub english: &'static str,
    french: &'static str,
    parts: Vec<(&'static str, &'t str)>,
}

impl<'t> Known<'t> {
    /// What the library says within what it says.
    pub fn said(&self) -> impl Iterator<Item = &'t str> {
        let said = self.parts.iter().filter(|(name, _)| name.starts_with(SAID));
        said.map(|(_, text)| *text)
    }
}

/// The patterns of libraries and the system, and their French.
pub fn others() -> impl Iterator<Item = (&'static str, &'static str)> {
    pairs(FRENCH)
}

/// The first pattern that fits a text. Capitals and small letters are the same where it begins.
pub fn recognize(text: &str) -> Option<Known<'_>> {
    others().find_map(|(english, french)| {
        let parts = fit(english, text)?;
        Some(Known { english, french, parts })
    })
}

/// A text of a library in French.
pub(super) fn french(text: &str) -> String {
    within(text, DEEPEST)
}

fn within(text: &str, deepest: usize) -> String {
    let Some(known) = (deepest > 0).then(|| recognize(text)).flatten() else {
        return text.to_owned();
    };
    let filled = pieces(known.french).map(|piece| match piece {
        Piece::Words(words) => words.to_owned(),
        Piece::Place(name) => {
            let part = known.parts.iter().find(|(known, _)| *known == name);
            let text = part.map_or("", |(_, text)| text);
            if name.starts_with(SAID) {
                within(text, deepest - 1)
            } else {
                text.to_owned()
            }
        }
    });
    filled.collect()
}

/// What stands at the places of a pattern, if a text is made of it: at each place as little as can be, at the last all that is left.
fn fit<'t>(pattern: &'static str, text: &'t str) -> Option<Vec<(&'static str, &'t str)>> {
    let pieces: Vec<Piece<'static>> = pieces(pattern).collect();
    let (mut parts, mut rest) = (Vec::new(), text);
    let mut open = None;
    for (at, piece) in pieces.iter().enumerate() {
        match (piece, open.take()) {
            (Piece::Place(name), _) => open = Some(*name),
            (Piece::Words(words), None) => {
                let begins = rest.get(..words.len())?;
                let same = if at == 0 {
                    begins.eq_ignore_ascii_case(words)
                } else {
                    begins == *words
                };
                rest = same.then(|| &rest[words.len()..])?;
            }
            (Piece::Words(words), Some(name)) => {
                let is_last = at + 1 == pieces.len();
                let (part, after) = if is_last {
                    (rest.strip_suffix(words)?, "")
                } else {
                    rest.split_once(words)?
                };
                parts.push((name, part));
                rest = after;
            }
        }
    }
    match open {
        Some(name) => parts.push((name, rest)),
        None if rest.is_empty() => {}
        None => return None,
    }
    Some(parts)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_fits_a_pattern_from_end_to_end() {
        let fits = |text| fit("a `{x}` is {{no}} {y}.", text);
        assert_eq!(fits("a `b` is {no} c."), Some(vec![("x", "b"), ("y", "c")]));
        assert_eq!(fits("A `b` is {no} c.d."), Some(vec![("x", "b"), ("y", "c.d")]));
        assert_eq!(fits("a `é` is {no} ."), Some(vec![("x", "é"), ("y", "")]));
        for other in [
            "",
            "é",
            "a `b`",
            "a `b` is {no} c",
            "a `b` Is {no} c.",
            "and a `b` is {no} c.",
        ] {
            assert_eq!(fits(other), None, "{other}");
        }
        assert_eq!(fit("{x} (no {n})", "(no 3)"), None);
        assert_eq!(fit("only words", "only words, and more"), None);
    }

    #[test]
    fn words_of_the_library_are_put_into_french_and_names_are_not() {
        assert_eq!(
            french("Found string but expected identifier"),
            "trouvé\u{a0}: un texte entre guillemets\u{202f}; attendu\u{a0}: un nom"
        );
        assert_eq!(french("unknown filter `string`"), "il n’y a pas de filtre `string`");
        assert_eq!(
            french("No such device (os error 19)"),
            "appareil introuvable (erreur 19 du système)"
        );
        assert_eq!(french("nobody says so"), "nobody says so");
    }

    #[test]
    fn a_text_within_many_texts_ends() {
        let deep = "SVG data parsing failed cause ".repeat(100_000);
        assert!(french(&deep).contains("SVG data parsing failed cause"));
    }
}

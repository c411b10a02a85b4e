//! What the program says to whoever writes, in the language they ask for.
//!
//! A [`Phrase`] is a pattern in English with named places and what stands there; `say!` makes one. The catalogue has each pattern
//! in French, and `tests/catalogue.rs` keeps it complete.

mod catalogue;
mod others;

use std::borrow::Cow;
use std::cmp::Ordering;
use std::fmt;
use std::path::Display;
use std::sync::Arc;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::tongue::Tongue;

pub use catalogue::{entries, pairs};
pub use others::{Known, others, recognize};

/// The pattern of what is not ours to put into another language.
const VERBATIM: &str = "{text}";

/// The pattern of phrases in a row.
const ROW: &str = "{first}{between}{next}";

/// Something that is said, not yet in any language. `Display` gives the English.
///
/// Phrases are equal, and in order, as their English is.
#[derive(Debug, Clone)]
pub struct Phrase {
    pattern: &'static str,
    parts: Vec<(&'static str, Part)>,
}

/// What stands at a place of a pattern.
#[derive(Debug, Clone)]
pub enum Part {
    /// The same in all languages: a name, a path, a number, another program's words.
    Text(String),
    /// Our words.
    Phrase(Phrase),
    /// Words for a number of things: for one, and for more.
    Number(usize, Box<[Phrase; 2]>),
    /// What a library or the system says in its own English.
    Others(String),
}

impl Phrase {
    /// What `say!` expands to; it is there that the pattern and the names are held against each other.
    pub fn new(pattern: &'static str, parts: Vec<(&'static str, Part)>) -> Self {
        Self { pattern, parts }
    }

    /// Words that are not the program's own, the same in all languages.
    pub fn verbatim(text: impl Into<String>) -> Self {
        Self::new(VERBATIM, vec![("text", Part::Text(text.into()))])
    }

    /// What a library or the system says: in English as it is, in French where `others.txt` knows it.
    pub fn others(text: impl Into<String>) -> Self {
        Self::new(VERBATIM, vec![("text", Part::Others(text.into()))])
    }

    /// Phrases one after the other, with semicolons between them.
    pub fn joined(phrases: impl IntoIterator<Item = Self>) -> Option<Self> {
        phrases
            .into_iter()
            .reduce(|first, next| say!("{first}; {next}", first, next))
    }

    /// Words for a number of things: `one` or `many`, as the language counts. French has the singular for none too.
    pub fn counted(number: usize, one: Self, many: Self) -> Self {
        let both = Part::Number(number, Box::new([one, many]));
        Self::new(VERBATIM, vec![("text", both)])
    }

    /// Phrases below each other.
    pub fn lines(phrases: impl IntoIterator<Item = Self>) -> Self {
        Self::row("\n", phrases)
    }

    /// Phrases one after the other, with the same between them in all languages.
    pub fn row(between: &str, phrases: impl IntoIterator<Item = Self>) -> Self {
        let join = |first: Self, next: Self| {
            let parts = [
                ("first", first.part()),
                ("between", between.part()),
                ("next", next.part()),
            ];
            Self::new(ROW, parts.into())
        };
        phrases.into_iter().reduce(join).unwrap_or_default()
    }

    /// What is lacking, after a "no".
    pub fn lacking(words: impl IntoIterator<Item = String>) -> Self {
        let words = words.into_iter().map(Self::verbatim);
        let all = words.reduce(|first, next| say!("{first}, no {next}", first, next));
        all.unwrap_or_default()
    }

    /// The phrase without places whose English this is, else the words as they are.
    pub fn known(english: &str) -> Self {
        match catalogue::without_places(english) {
            Some(pattern) => Self::new(pattern, Vec::new()),
            None => Self::verbatim(english),
        }
    }

    /// Whether it says nothing.
    pub fn is_empty(&self) -> bool {
        self.to_string().is_empty()
    }

    /// The words in a language. A pattern that the catalogue lacks stays English.
    pub fn in_tongue(&self, tongue: Tongue) -> String {
        let mut out = String::new();
        self.write(tongue, &mut out);
        out
    }

    fn write(&self, tongue: Tongue, out: &mut String) {
        let pattern = catalogue::find(tongue, self.pattern).unwrap_or(self.pattern);
        for piece in pieces(pattern) {
            match piece {
                Piece::Words(words) => out.push_str(words),
                Piece::Place(name) => match self.parts.iter().find(|(known, _)| *known == name) {
                    Some((_, Part::Text(text))) => out.push_str(text),
                    Some((_, Part::Phrase(phrase))) => phrase.write(tongue, out),
                    Some((_, Part::Others(text))) => match tongue {
                        Tongue::English => out.push_str(text),
                        Tongue::French => out.push_str(&others::french(text)),
                    },
                    Some((_, Part::Number(number, both))) => {
                        let is_one = *number == 1 || tongue == Tongue::French && *number == 0;
                        both[usize::from(!is_one)].write(tongue, out);
                    }
                    None => {}
                },
            }
        }
    }
}

/// Nothing.
impl Default for Phrase {
    fn default() -> Self {
        Self::new("", Vec::new())
    }
}

impl fmt::Display for Phrase {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.in_tongue(Tongue::English))
    }
}

/// As its English: a phrase goes to another process of the program in no other way.
impl Serialize for Phrase {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Phrase {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Self::known(&String::deserialize(deserializer)?))
    }
}

impl PartialEq for Phrase {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Phrase {}

impl PartialOrd for Phrase {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Phrase {
    fn cmp(&self, other: &Self) -> Ordering {
        self.to_string().cmp(&other.to_string())
    }
}

/// A piece of a pattern.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Piece<'p> {
    /// Words as they stand.
    Words(&'p str),
    /// The name of a place.
    Place(&'p str),
}

/// Cuts a pattern at its places: `{name}`. `{{` and `}}` are braces, as in Rust's formats.
pub fn pieces(pattern: &str) -> impl Iterator<Item = Piece<'_>> {
    let mut rest = pattern;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        if rest.starts_with("{{") || rest.starts_with("}}") {
            let (brace, after) = (&rest[..1], &rest[2..]);
            rest = after;
            return Some(Piece::Words(brace));
        }
        if let Some((name, after)) = rest.strip_prefix('{').and_then(|open| open.split_once('}')) {
            rest = after;
            return Some(Piece::Place(name));
        }
        let first = rest.chars().next().map_or(0, char::len_utf8);
        let end = rest[first..].find(['{', '}']).map_or(rest.len(), |at| first + at);
        let (words, after) = rest.split_at(end);
        rest = after;
        Some(Piece::Words(words))
    })
}

/// What can stand at a place of a pattern.
pub trait ToPart {
    /// It, as what stands there.
    fn part(&self) -> Part;
}

impl<T: ToPart + ?Sized> ToPart for &T {
    fn part(&self) -> Part {
        T::part(self)
    }
}

impl ToPart for Phrase {
    fn part(&self) -> Part {
        Part::Phrase(self.clone())
    }
}

/// What is the same in all languages.
macro_rules! texts {
    ($($kind:ty),*) => {$(
        impl ToPart for $kind {
            fn part(&self) -> Part {
                Part::Text(self.to_string())
            }
        }
    )*};
}

texts!(
    str,
    String,
    Cow<'_, str>,
    Arc<str>,
    char,
    u16,
    u32,
    u64,
    usize,
    Display<'_>
);

/// A [`Phrase`]: an English pattern, and what stands at its places: `say!("`{path}` has {count} lines", path, count = lines.len())`.
///
/// What the compiler refuses in `format!` it refuses here.
macro_rules! say {
    ($pattern:literal $(, $name:ident $(= $value:expr)?)* $(,)?) => {{
        // Never run: it is the compiler that reads it.
        const _: fn() = || {
            let _ = ::std::format_args!($pattern $(, $name = "")*);
        };
        $crate::phrase::Phrase::new(
            $pattern,
            ::std::vec![$((::std::stringify!($name), $crate::phrase::ToPart::part(&$crate::phrase::say!(@ $name $(= $value)?)))),*],
        )
    }};
    (@ $name:ident) => { $name };
    (@ $name:ident = $value:expr) => { $value };
}

pub(crate) use say;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_phrase_is_its_pattern_with_its_parts() {
        let path = "a.md";
        let inner = say!("{n} errors", n = 3usize);
        let phrase = Phrase::new(
            "`{path}`: {inner} é {{x}}",
            vec![("path", path.part()), ("inner", inner.part())],
        );
        assert_eq!(phrase.to_string(), "`a.md`: 3 errors é {x}");
        assert_eq!(Phrase::verbatim("{path}").in_tongue(Tongue::French), "{path}");
    }

    #[test]
    fn what_stands_at_a_place_is_put_into_the_language_too() {
        let errors = say!("{n} errors", n = 3usize);
        assert_eq!(errors.to_string(), "3 errors");
        assert_eq!(errors.in_tongue(Tongue::French), "3 erreurs");
    }

    #[test]
    fn patterns_are_cut_at_their_places() {
        let cut: Vec<Piece<'_>> = pieces("é{a}{{b}}{c} d").collect();
        use Piece::{Place, Words};
        assert_eq!(
            cut,
            [
                Words("é"),
                Place("a"),
                Words("{"),
                Words("b"),
                Words("}"),
                Place("c"),
                Words(" d")
            ]
        );
        for odd in ["{", "}", "{a", "é}", "é{", "𝄞{x}"] {
            let _: Vec<Piece<'_>> = pieces(odd).collect();
        }
    }
}

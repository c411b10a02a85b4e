//! What folding overlooked between two texts that count as the same: for readers who want to know how near a quotation is to its source.

use super::folding::{Fold, fold_char};
use super::marks::is_dash;

/// A kind of difference that does not make two texts different.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// White space: breaks, tabs, no-break spaces, several for one.
    Spaces,
    /// Characters that nobody sees: soft hyphens, zero-width spaces, byte order marks.
    Invisible,
    /// Letters and accents composed or apart (Unicode NFC).
    Composition,
    /// Apostrophes.
    Apostrophes,
    /// `…` and `...`.
    Ellipses,
    /// Quotation marks and the spaces beside them.
    QuotationMarks,
    /// Dashes and hyphens.
    Dashes,
}

impl Kind {
    /// All kinds, in the order in which readers are told of them.
    pub const ALL: [Self; 7] = [
        Self::QuotationMarks,
        Self::Dashes,
        Self::Apostrophes,
        Self::Ellipses,
        Self::Spaces,
        Self::Invisible,
        Self::Composition,
    ];

    /// Its name in keys of the interface's words.
    pub fn name(self) -> &'static str {
        match self {
            Self::Spaces => "spaces",
            Self::Invisible => "invisible",
            Self::Composition => "composition",
            Self::Apostrophes => "apostrophes",
            Self::Ellipses => "ellipses",
            Self::QuotationMarks => "quotation-marks",
            Self::Dashes => "dashes",
        }
    }
}

/// A set of kinds.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct Overlooked(u8);

impl Overlooked {
    /// What was overlooked between two texts whose folded texts are equal.
    pub fn between(ours: &str, theirs: &str) -> Self {
        // Most quotations are copied, not retyped.
        if ours == theirs {
            return Self::default();
        }
        let (ours, theirs) = (Sorted::new(ours), Sorted::new(theirs));
        let differing = Kind::ALL.into_iter().filter(|kind| ours.of(*kind) != theirs.of(*kind));
        Self(differing.fold(0, |set, kind| set | Self::bit(kind)))
    }

    fn bit(kind: Kind) -> u8 {
        1 << kind as u8
    }

    /// Both sets together.
    pub fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether a kind is in the set.
    pub fn contains(self, kind: Kind) -> bool {
        self.0 & Self::bit(kind) != 0
    }

    /// The kinds in the set, in the order of [`Kind::ALL`].
    pub fn kinds(self) -> impl Iterator<Item = Kind> {
        Kind::ALL.into_iter().filter(move |kind| self.contains(*kind))
    }
}

/// The characters of a text, those of each kind together; what is of no kind stands under composition.
#[derive(Default)]
struct Sorted {
    kinds: [String; Kind::ALL.len()],
}

impl Sorted {
    fn new(text: &str) -> Self {
        let mut sorted = Self::default();
        let mut space = String::new();
        let mut after_mark = false;
        let mut begun = false;
        for c in text.chars() {
            let kind = kind(c);
            match kind {
                Some(Kind::Spaces) => {
                    space.push(c);
                    continue;
                }
                Some(Kind::Invisible) => {
                    sorted.push(Kind::Invisible, c);
                    continue;
                }
                _ => {}
            }
            let is_mark = kind == Some(Kind::QuotationMarks);
            // White space at the ends is no part of a quotation, and beside a mark it is part of the mark's style.
            if begun && !space.is_empty() {
                let of = if is_mark || after_mark {
                    Kind::QuotationMarks
                } else {
                    Kind::Spaces
                };
                space.push('\n');
                space.chars().for_each(|c| sorted.push(of, c));
            }
            space.clear();
            begun = true;
            after_mark = is_mark;
            match kind {
                Some(kind) => sorted.push(kind, c),
                None => sorted.push(Kind::Composition, c),
            }
        }
        sorted
    }

    fn push(&mut self, kind: Kind, c: char) {
        self.kinds[kind as usize].push(c);
    }

    fn of(&self, kind: Kind) -> &str {
        &self.kinds[kind as usize]
    }
}

fn kind(c: char) -> Option<Kind> {
    match c {
        '\'' | '’' | 'ʼ' | '‘' => Some(Kind::Apostrophes),
        '‹' | '›' => Some(Kind::QuotationMarks),
        '.' | '…' => Some(Kind::Ellipses),
        c if is_dash(c) => Some(Kind::Dashes),
        c => match fold_char(c) {
            Fold::Nothing => Some(Kind::Invisible),
            Fold::Space => Some(Kind::Spaces),
            Fold::Mark => Some(Kind::QuotationMarks),
            Fold::Same | Fold::Text(_) => None,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Likeness, fold, likeness};
    use super::*;
    use proptest::prelude::*;

    fn names(ours: &str, theirs: &str) -> Vec<&'static str> {
        assert_eq!(fold(ours), fold(theirs), "they count as the same");
        Overlooked::between(ours, theirs).kinds().map(Kind::name).collect()
    }

    #[test]
    fn each_kind_is_told_from_the_others() {
        for (ours, theirs, kinds) in [
            ("Une phrase.", "Une phrase.", &[] as &[&str]),
            ("l'État", "l’État", &["apostrophes"]),
            ("a b", "a\u{a0}b", &["spaces"]),
            ("a b", "a \n\t b", &["spaces"]),
            ("a b ", " a b", &[]),
            ("fondateurs", "fonda\u{ad}teurs", &["invisible"]),
            ("é", "e\u{301}", &["composition"]),
            ("et…", "et...", &["ellipses"]),
            ("un - deux", "un — deux", &["dashes"]),
            ("dit \"oui\"", "dit « oui »", &["quotation-marks"]),
            ("dit « oui »", "dit «\u{a0}oui\u{a0}»", &["quotation-marks"]),
            (
                "l'an \"un\" - fin",
                "l’an «un» – fin",
                &["quotation-marks", "dashes", "apostrophes"],
            ),
        ] {
            assert_eq!(names(ours, theirs), kinds, "{ours:?} {theirs:?}");
        }
    }

    proptest! {
        /// Nothing is overlooked between equal texts alone, and marks or dashes wherever the typography is told to differ.
        #[test]
        fn what_is_overlooked_accounts_for_every_difference(
            ours in "[ab'’\"«» \u{a0}…–\u{ad}-]{0,12}",
            theirs in "[ab'’\"«» \u{a0}…–\u{ad}-]{0,12}",
        ) {
            let (a, b) = (ours.trim(), theirs.trim());
            if fold(a) == fold(b) {
                let found = Overlooked::between(a, b);
                prop_assert_eq!(found, Overlooked::between(b, a));
                if likeness(a, b, &(0..b.len())) == Likeness::TypographyDiffers {
                    prop_assert!(found.contains(Kind::QuotationMarks) || found.contains(Kind::Dashes));
                }
            }
        }
    }
}

//! A text as browsers search it: without regard to capitals and accents.

use unicode_normalization::char::decompose_canonical;

use crate::text::{Span, is_combining};

/// A text in small letters without accents, and where in it each place of the text is.
#[derive(Debug, Clone, Default)]
pub struct Searched {
    /// What a browser looks through.
    pub text: String,
    /// Bytes of the original, and those of `text` that they have become: wherever the distance changes, in order.
    shifts: Vec<(u32, u32)>,
}

impl Searched {
    /// Takes a text apart.
    pub fn new(original: &str) -> Self {
        let mut searched = Self {
            text: String::with_capacity(original.len()),
            shifts: Vec::new(),
        };
        for (at, c) in original.char_indices() {
            if c.is_ascii() {
                searched.text.push(c.to_ascii_lowercase());
                continue;
            }
            let before = searched.text.len();
            decompose_canonical(c, |part| {
                if !is_combining(part) {
                    searched.text.extend(part.to_lowercase());
                }
            });
            if searched.text.len() - before != c.len_utf8() {
                searched
                    .shifts
                    .push((offset(at + c.len_utf8()), offset(searched.text.len())));
            }
        }
        searched
    }

    /// The bytes of `text` for bytes of the original that begin and end with whole characters.
    pub fn span(&self, original: &Span) -> Span {
        let place = |at: usize| {
            let shift = self.shifts.partition_point(|(original, _)| *original as usize <= at);
            let (original, own) = shift.checked_sub(1).map_or((0, 0), |shift| self.shifts[shift]);
            own as usize + (at - original as usize)
        };
        place(original.start)..place(original.end)
    }
}

fn offset(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn capitals_and_accents_count_for_nothing() {
        assert_eq!(Searched::new("Où est l’ÉTÉ, Grok ?").text, "ou est l’ete, grok ?");
        assert_eq!(Searched::new("e\u{301}te\u{301}").text, "ete");
    }

    proptest! {
        /// A part of the text is where the part by itself says.
        #[test]
        fn places_are_kept(parts in prop::collection::vec(prop::sample::select(vec!["a", "É", "’", "e\u{301}", "ß", "İ", "字", " "]), 1..12),
                           cut in 0usize..12, length in 0usize..12) {
            let cut = cut.min(parts.len());
            let end = (cut + length).min(parts.len());
            let [before, inside] = [parts[..cut].concat(), parts[cut..end].concat()];
            let searched = Searched::new(&parts.concat());
            let span = searched.span(&(before.len()..before.len() + inside.len()));
            prop_assert_eq!(&searched.text[span], Searched::new(&inside).text);
        }
    }
}

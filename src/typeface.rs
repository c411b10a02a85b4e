//! The typeface of social cards, inside the program so that they look the same on every machine: what it can write, and how wide that is.
//!
//! Libertinus Serif by The Libertinus Project Authors, unchanged, under the SIL Open Font License 1.1: `typeface/OFL.txt`.

use std::sync::LazyLock;

use skrifa::charmap::Charmap;
use skrifa::instance::{LocationRef, Size};
use skrifa::metrics::GlyphMetrics;
use skrifa::{FontRef, MetadataProvider};

/// Its name.
pub const FAMILY: &str = "Libertinus Serif";

/// The bold weight, in OpenType.
pub const BOLD: &[u8] = include_bytes!("typeface/LibertinusSerif-Bold.otf");

/// The regular weight, in OpenType. It has all the letters that the bold one has.
pub const REGULAR: &[u8] = include_bytes!("typeface/LibertinusSerif-Regular.otf");

/// What is asked of a weight.
struct Face {
    letters: Charmap<'static>,
    metrics: GlyphMetrics<'static>,
    /// How many of the font's units make the size of a letter.
    units_per_em: f32,
}

static FACE: LazyLock<Face> = LazyLock::new(|| {
    let font = FontRef::new(BOLD).expect("the font is part of the program");
    let (size, location) = (Size::unscaled(), LocationRef::default());
    Face {
        letters: font.charmap(),
        metrics: font.glyph_metrics(size, location),
        units_per_em: f32::from(font.metrics(size, location).units_per_em),
    }
});

/// Letters that need not be looked up: the typeface has them.
fn is_common(c: char) -> bool {
    matches!(c, ' '..='~' | '¡'..='¬' | '®'..='ſ')
}

/// Whether the typeface has all letters of a text. It has those of Latin, Greek and Cyrillic, and writes from left to right.
pub fn can_write(text: &str) -> bool {
    text.chars()
        .all(|c| is_common(c) || c.is_whitespace() || FACE.letters.map(c).is_some())
}

/// How wide a text is in the bold weight at a size, in the unit of the size. Kerning, which mostly makes it narrower, is left out.
pub fn width(text: &str, size: f32) -> f32 {
    let advance = |c: char| FACE.metrics.advance_width(FACE.letters.map(c)?);
    let units: f32 = text.chars().filter_map(advance).sum();
    units * size / FACE.units_per_em
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_weights_write_what_french_and_english_need() {
        let needed = "ABCabc 0123456789 ÀÂÆÇÉÈÊËÎÏÔŒÙÛÜŸ àâæçéèêëîïôœùûüÿ « » “ ” ‘ ’ … – — - € £ % ( ) [ ] ! ? ; : , . / @ & + × ° ² №";
        let regular = FontRef::new(REGULAR).expect("a font").charmap();
        for c in needed.chars().filter(|c| !c.is_whitespace()) {
            assert!(can_write(&c.to_string()), "bold {c}");
            assert!(regular.map(c).is_some(), "regular {c}");
        }
        let common = ('\0'..='\u{ffff}').filter(|c| is_common(*c) && *c != ' ');
        let missing: Vec<char> = common
            .filter(|c| FACE.letters.map(*c).is_none() || regular.map(*c).is_none())
            .collect();
        assert!(missing.is_empty(), "{missing:?}");
        assert!(can_write("Ελληνικά, Русский, Tiếng Việt, Język polski"));
        assert!(!can_write("日本語") && !can_write("العربية") && !can_write("🦀"));
    }

    #[test]
    fn texts_are_as_wide_as_their_letters() {
        let narrow = width("iiii", 40.0);
        assert!(narrow > 0.0 && narrow < width("MMMM", 40.0) / 2.0);
        assert!((width("ab", 20.0) * 2.0 - width("ab", 40.0)).abs() < 0.01);
        assert!((width("ab", 40.0) - width("a", 40.0) - width("b", 40.0)).abs() < 0.01);
    }
}

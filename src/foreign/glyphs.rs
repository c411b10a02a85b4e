//! Names of glyphs → letters, and the encodings that PDF defines itself (PDF 32000-1:2008 Annex D; Adobe Glyph List Specification §2).

use unicode_normalization::UnicodeNormalization;

/// Accents as glyph names spell them at the end, and the marks that combine with the letter before.
const ACCENTS: &[(&str, char)] = &[
    ("acute", '\u{301}'),
    ("grave", '\u{300}'),
    ("circumflex", '\u{302}'),
    ("dieresis", '\u{308}'),
    ("tilde", '\u{303}'),
    ("cedilla", '\u{327}'),
    ("caron", '\u{30c}'),
    ("ring", '\u{30a}'),
    ("macron", '\u{304}'),
    ("breve", '\u{306}'),
    ("ogonek", '\u{328}'),
    ("dotaccent", '\u{307}'),
    ("hungarumlaut", '\u{30b}'),
    ("commaaccent", '\u{326}'),
];

/// Names that are not made of a letter and an accent, each with its letters.
const NAMES: &str = "\
    exclam ! quotedbl \" numbersign # dollar $ percent % ampersand & quotesingle ' quoteright ’ quoteleft ‘ parenleft ( parenright ) asterisk * plus + \
    comma , hyphen - minus − period . slash / fraction ⁄ zero 0 one 1 two 2 three 3 four 4 five 5 six 6 seven 7 eight 8 nine 9 colon : semicolon ; less < \
    equal = greater > question ? at @ bracketleft [ backslash \\ bracketright ] asciicircum ^ underscore _ braceleft { bar | braceright } asciitilde ~ \
    exclamdown ¡ questiondown ¿ cent ¢ sterling £ currency ¤ yen ¥ Euro € euro € florin ƒ brokenbar ¦ section § copyright © registered ® trademark ™ \
    ordfeminine ª ordmasculine º guillemotleft « guillemotright » guilsinglleft ‹ guilsinglright › quotedblleft “ quotedblright ” quotesinglbase ‚ \
    quotedblbase „ endash – emdash — bullet • periodcentered · ellipsis … dagger † daggerdbl ‡ perthousand ‰ paragraph ¶ degree ° plusminus ± multiply × \
    divide ÷ mu µ logicalnot ¬ onehalf ½ onequarter ¼ threequarters ¾ onesuperior ¹ twosuperior ² threesuperior ³ ff ff fi fi fl fl ffi ffi ffl ffl ae æ \
    AE Æ oe œ OE Œ eth ð Eth Ð thorn þ Thorn Þ germandbls ß oslash ø Oslash Ø lslash ł Lslash Ł dotlessi ı";

/// The upper half of the standard Latin encoding: code, letters. Its lower half is ASCII but for two codes.
const STANDARD: &str = "\
    a1 ¡ a2 ¢ a3 £ a4 ⁄ a5 ¥ a6 ƒ a7 § a8 ¤ a9 ' aa “ ab « ac ‹ ad › ae fi af fl b1 – b2 † b3 ‡ b4 · b6 ¶ b7 • b8 ‚ b9 „ ba ” bb » bc … bd ‰ bf ¿ d0 — \
    e1 Æ e3 ª e8 Ł e9 Ø ea Œ eb º f1 æ f5 ı f8 ł f9 ø fa œ fb ß";

/// The pairs of a table.
fn pairs(table: &'static str) -> impl Iterator<Item = (&'static str, &'static str)> {
    let mut words = table.split_whitespace();
    std::iter::from_fn(move || Some((words.next()?, words.next()?)))
}

/// The letters that a glyph's name stands for.
pub(super) fn letters(name: &str) -> Option<String> {
    // What follows a full stop names a variant of the glyph, and `f_i` a ligature.
    let name = name.split('.').next().filter(|name| !name.is_empty())?;
    if name.contains('_') {
        return name.split('_').map(letters).collect();
    }
    if name == "space" {
        return Some(" ".to_owned());
    }
    if let Some((_, letters)) = pairs(NAMES).find(|(known, _)| *known == name) {
        return Some(letters.to_owned());
    }
    let mut chars = name.chars();
    let first = chars.next().filter(char::is_ascii_alphabetic)?;
    let rest = chars.as_str();
    if rest.is_empty() {
        return Some(first.to_string());
    }
    if let Some((_, mark)) = ACCENTS.iter().find(|(accent, _)| *accent == rest) {
        return Some([first, *mark].into_iter().nfc().collect());
    }
    let code = name
        .strip_prefix("uni")
        .filter(|code| code.len() == 4)
        .or_else(|| name.strip_prefix('u'))?;
    u32::from_str_radix(code, 16)
        .ok()
        .and_then(char::from_u32)
        .map(String::from)
}

/// The letters of a code in the standard Latin encoding.
pub(super) fn standard(code: u8) -> Option<String> {
    match code {
        0x27 => Some("’".to_owned()),
        0x60 => Some("‘".to_owned()),
        0x20..=0x7e => Some(char::from(code).to_string()),
        _ => {
            let code = format!("{code:02x}");
            pairs(STANDARD)
                .find(|(known, _)| *known == code)
                .map(|(_, letters)| letters.to_owned())
        }
    }
}

/// Letters that fonts draw as one are set apart: an editor types `fi`.
pub(super) fn without_ligatures(letters: &str) -> String {
    let mut out = String::with_capacity(letters.len());
    for c in letters.chars() {
        match c {
            '\u{fb00}'..='\u{fb06}' => out.extend(std::iter::once(c).nfkc()),
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_give_letters() {
        for (name, expected) in [
            ("A", Some("A")),
            ("eacute", Some("é")),
            ("Ccedilla", Some("Ç")),
            ("ffi", Some("ffi")),
            ("f_i", Some("fi")),
            ("a.sc", Some("a")),
            ("uni20AC", Some("€")),
            ("u1F600", Some("😀")),
            (".notdef", None),
            ("g123", None),
            ("", None),
        ] {
            assert_eq!(letters(name).as_deref(), expected, "{name}");
        }
    }

    #[test]
    fn codes_of_the_standard_encoding() {
        for (code, expected) in [(b'a', Some("a")), (0x27, Some("’")), (0xae, Some("fi")), (0xc1, None)] {
            assert_eq!(standard(code).as_deref(), expected);
        }
        assert_eq!(without_ligatures("a\u{fb01}\u{7}²"), "afi²");
    }
}

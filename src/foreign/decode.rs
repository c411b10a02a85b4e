//! Bytes to text: UTF-8 where it is UTF-8, else what a byte order mark or a page says, else the likeliest encoding.

use std::borrow::Cow;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8};

use super::Refusal;
use crate::phrase::say;

/// A text, and the encoding that it was in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decoded<'a> {
    /// The text; a byte order mark stays in it where the bytes are UTF-8.
    pub text: Cow<'a, str>,
    /// Name of the encoding in the WHATWG Encoding Standard; none where the bytes are UTF-8.
    pub encoding: Option<&'static str>,
    /// Whether some bytes mean nothing in that encoding.
    pub damaged: bool,
}

/// Share of control characters, in hundredths, above which bytes are no text.
const MOST_CONTROLS: usize = 1;

/// Reads bytes as text. `told` is the encoding that their wrapping names, where it names one.
pub fn decode<'a>(bytes: &'a [u8], told: Option<&str>) -> Result<Decoded<'a>, Refusal> {
    let decoded = match std::str::from_utf8(bytes) {
        Ok(text) => Decoded {
            text: Cow::Borrowed(text),
            encoding: None,
            damaged: false,
        },
        Err(_) => foreign(bytes, told),
    };
    let controls = decoded
        .text
        .chars()
        .filter(|c| c.is_control() && !c.is_ascii_whitespace())
        .count();
    if decoded.text.contains('\0') || controls * 100 > decoded.text.chars().count() * MOST_CONTROLS {
        return Err(Refusal::new(
            say!("is not a text: it holds control characters, which no text has"),
            say!("give a text, a web page or a PDF; save other documents in one of these"),
        ));
    }
    Ok(decoded)
}

fn foreign<'a>(bytes: &'a [u8], told: Option<&str>) -> Decoded<'a> {
    let marked = Encoding::for_bom(bytes).map(|(encoding, _)| encoding);
    // A page that says UTF-8 and is not is read by what it is.
    let told = told
        .and_then(|label| Encoding::for_label_no_replacement(label.as_bytes()))
        .filter(|encoding| *encoding != UTF_8);
    let encoding = marked.or(told).unwrap_or_else(|| {
        let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
        detector.feed(bytes, true);
        detector.guess(None, Utf8Detection::Deny)
    });
    let (text, damaged) = encoding.decode_with_bom_removal(bytes);
    Decoded {
        text,
        encoding: Some(encoding.name()),
        damaged,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(bytes: &[u8], told: Option<&str>, text: &str, encoding: Option<&str>) {
        let decoded = decode(bytes, told).expect("a text");
        assert_eq!((&*decoded.text, decoded.encoding), (text, encoding));
        assert!(!decoded.damaged);
    }

    #[test]
    fn utf_8_is_taken_as_it_is() {
        check("é\u{feff}".as_bytes(), Some("windows-1252"), "é\u{feff}", None);
        check(b"", None, "", None);
    }

    #[test]
    fn other_encodings_are_told() {
        let french = b"L\x92article est sign\xe9 \xab Zo\xe9 \xbb, \xe0 G\xeanes.";
        check(
            french,
            None,
            "L’article est signé « Zoé », à Gênes.",
            Some("windows-1252"),
        );
        check(
            b"sign\xe9 \xa4 \xff\n",
            Some("iso-8859-15"),
            "signé € ÿ\n",
            Some("ISO-8859-15"),
        );
        check(b"\xff\xfea\0\xe9\0", None, "aé", Some("UTF-16LE"));
        // A page that says UTF-8 and is not.
        check(
            b"sign\xe9 par Zo\xe9",
            Some("utf-8"),
            "signé par Zoé",
            Some("windows-1252"),
        );
    }

    #[test]
    fn what_is_no_text_is_refused() {
        for bytes in [b"\x7fELF\x02\x01\x01\0\0\0".as_slice(), b"\x01\x02\x03\x04abc"] {
            assert!(decode(bytes, None).is_err(), "{bytes:?}");
        }
    }
}

//! The language of a text, by its trigrams.

use super::Lang;

/// How much of a text is looked at, in code points.
const SAMPLE: usize = 4000;

/// The languages that can be told apart: their codes of three letters, and the tag that each has in BCP 47, which is the code of two letters
/// where ISO 639-1 has one (RFC 5646, section 2.2.1). Chinese and Persian count as wholes.
const TAGS: [(&str, &str); 70] = [
    ("epo", "eo"),
    ("eng", "en"),
    ("rus", "ru"),
    ("cmn", "zh"),
    ("spa", "es"),
    ("por", "pt"),
    ("ita", "it"),
    ("ben", "bn"),
    ("fra", "fr"),
    ("deu", "de"),
    ("ukr", "uk"),
    ("kat", "ka"),
    ("ara", "ar"),
    ("hin", "hi"),
    ("jpn", "ja"),
    ("heb", "he"),
    ("yid", "yi"),
    ("pol", "pl"),
    ("amh", "am"),
    ("jav", "jv"),
    ("kor", "ko"),
    ("nob", "nb"),
    ("dan", "da"),
    ("swe", "sv"),
    ("fin", "fi"),
    ("tur", "tr"),
    ("nld", "nl"),
    ("hun", "hu"),
    ("ces", "cs"),
    ("ell", "el"),
    ("bul", "bg"),
    ("bel", "be"),
    ("mar", "mr"),
    ("kan", "kn"),
    ("ron", "ro"),
    ("slv", "sl"),
    ("hrv", "hr"),
    ("srp", "sr"),
    ("mkd", "mk"),
    ("lit", "lt"),
    ("lav", "lv"),
    ("est", "et"),
    ("tam", "ta"),
    ("vie", "vi"),
    ("urd", "ur"),
    ("tha", "th"),
    ("guj", "gu"),
    ("uzb", "uz"),
    ("pan", "pa"),
    ("aze", "az"),
    ("ind", "id"),
    ("tel", "te"),
    ("pes", "fa"),
    ("mal", "ml"),
    ("ori", "or"),
    ("mya", "my"),
    ("nep", "ne"),
    ("sin", "si"),
    ("khm", "km"),
    ("tuk", "tk"),
    ("aka", "ak"),
    ("zul", "zu"),
    ("sna", "sn"),
    ("afr", "af"),
    ("lat", "la"),
    ("slk", "sk"),
    ("cat", "ca"),
    ("tgl", "tl"),
    ("hye", "hy"),
    ("cym", "cy"),
];

/// The language of a text, as far as its trigrams tell, and whether they are sure of it.
pub fn detect(text: &str) -> Option<(Lang, bool)> {
    let sample: String = text.chars().take(SAMPLE).collect();
    let info = whatlang::detect(&sample)?;
    let code = info.lang().code();
    let tag = TAGS
        .iter()
        .find(|(known, _)| *known == code)
        .map_or(code, |(_, tag)| tag);
    Some((Lang::new(tag), info.is_reliable()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_language_has_its_shortest_tag() {
        for lang in whatlang::Lang::all() {
            let tag = TAGS.iter().find(|(code, _)| *code == lang.code()).map(|(_, tag)| *tag);
            assert!(tag.is_some_and(|tag| tag.len() == 2), "{lang:?}");
        }
        for (text, tag) in [
            ("Это было сказано в понедельник, но никто не знает, кем и почему.", "ru"),
            ("これは日本語の文章です。月曜日に発表されました。", "ja"),
            ("这是星期一宣布的消息，没有人知道为什么。", "zh"),
            (
                "La société n’a jamais publié son modèle, sauf pour les chercheurs qui le demandent.",
                "fr",
            ),
        ] {
            assert_eq!(detect(text), Some((Lang::new(tag), true)), "{text}");
        }
    }

    #[test]
    fn a_word_alone_is_not_enough() {
        for text in ["clash", "Mistral"] {
            assert!(detect(text).is_none_or(|(_, sure)| !sure), "{text}");
        }
        assert_eq!(detect("12 34"), None);
    }
}

//! The language of a text, by its trigrams.

use super::Lang;

/// How much of a text is looked at, in code points.
const SAMPLE: usize = 4000;

/// The language of a text, as far as its trigrams tell, and whether they are sure of it.
pub fn detect(text: &str) -> Option<(Lang, bool)> {
    let sample: String = text.chars().take(SAMPLE).collect();
    let info = whatlang::detect(&sample)?;
    let tag = match info.lang() {
        whatlang::Lang::Fra => "fr",
        whatlang::Lang::Eng => "en",
        whatlang::Lang::Deu => "de",
        whatlang::Lang::Spa => "es",
        whatlang::Lang::Ita => "it",
        whatlang::Lang::Por => "pt",
        whatlang::Lang::Nld => "nl",
        other => other.code(),
    };
    Some((Lang::new(tag), info.is_reliable()))
}

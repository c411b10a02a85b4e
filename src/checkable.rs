//! Whether a text holds something that can be checked: a figure, a quotation, an attribution, a superlative.
//!
//! The rules are deliberately plain, and the same for every source. They decide what is worth an editor's look, never a verdict.

/// Words that attribute, or put something above all others, in French and English; in lower case.
const SIGNAL_WORDS: &[&str] = &[
    "selon",
    "d'après",
    "annoncé",
    "annonce",
    "déclaré",
    "affirme",
    "affirmé",
    "accusé",
    "répondu",
    "explique",
    "lancé",
    "investi",
    "levé",
    "fondé",
    "fondée",
    "créé",
    "racheté",
    "premier",
    "première",
    "record",
    "plus",
    "seul",
    "seule",
    "unique",
    "jamais",
    "toujours",
    "tous",
    "according",
    "announced",
    "said",
    "says",
    "claims",
    "claimed",
    "accused",
    "launched",
    "invested",
    "raised",
    "founded",
    "acquired",
    "first",
    "most",
    "largest",
    "only",
    "never",
    "always",
    "all",
    "filed",
    "opened",
];

/// Words for sums of money and quantities.
const QUANTITIES: &[&str] = &[
    "million",
    "millions",
    "milliard",
    "milliards",
    "billion",
    "billions",
    "percent",
    "dollars",
    "euros",
];

/// Whether a passage holds something that can be checked.
pub fn is_checkable(text: &str) -> bool {
    let has_figure = text.chars().any(|c| c.is_ascii_digit() || matches!(c, '%' | '€' | '$'));
    let has_quotation = text.contains(['«', '“', '"']);
    has_figure
        || has_quotation
        || words(text).any(|word| SIGNAL_WORDS.contains(&word.as_str()) || QUANTITIES.contains(&word.as_str()))
}

fn words(text: &str) -> impl Iterator<Item = String> {
    let lower = text.to_lowercase().replace('’', "'");
    let words: Vec<String> = lower
        .split(|c: char| !c.is_alphanumeric() && c != '\'')
        .map(str::to_owned)
        .collect();
    words.into_iter()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_quotations_and_attributions_can_be_checked() {
        for text in [
            "Dès sa création, Mistral AI a levé 105 millions d’euros.",
            "Il a accusé Sam Altman.",
            "«Nous suivrons cela attentivement»",
            "It is the largest of its kind.",
        ] {
            assert!(is_checkable(text), "{text}");
        }
        for text in ["Petite levée de boucliers", "La question demeure.", ""] {
            assert!(!is_checkable(text), "{text}");
        }
    }
}

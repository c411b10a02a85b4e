//! Regular plurals of French and English terms, for linking their mentions.

use super::Lang;

/// Prepositions and articles after which a French compound stays as it is: `modèle de langage` → `modèles de langage`.
const FRENCH_LINKS: [&str; 14] = [
    "de", "des", "du", "d", "à", "au", "aux", "en", "pour", "par", "sans", "sur", "dans", "avec",
];

/// The same for English: `statute of limitations` → `statutes of limitations`.
const ENGLISH_LINKS: [&str; 8] = ["of", "in", "for", "with", "without", "on", "to", "as"];

/// The regular plurals of a term, where its language has any and they differ from the term. Case is kept.
///
/// French borrows compounds whose words English leaves alone but for the last: `large language models`.
pub fn plurals(lang: &Lang, term: &str) -> Vec<String> {
    let mut plurals: Vec<String> = match lang.primary() {
        "fr" => [true, false]
            .map(|every_word| compound(term, &FRENCH_LINKS, every_word, french))
            .into(),
        "en" => vec![compound(term, &ENGLISH_LINKS, false, english)],
        _ => Vec::new(),
    };
    plurals.retain(|plural| plural != term);
    plurals.dedup();
    plurals
}

/// Puts a compound into the plural: the words before the first preposition, all of them or the last alone.
fn compound(term: &str, links: &[&str], every_word: bool, plural: fn(&str) -> String) -> String {
    let words: Vec<&str> = term.split(' ').collect();
    let is_link = |word: &&str| {
        let lower = word.to_lowercase();
        links.contains(&lower.as_str()) || lower.starts_with("d'") || lower.starts_with("d’")
    };
    let head = words
        .iter()
        .position(is_link)
        .filter(|at| *at > 0)
        .unwrap_or(words.len());
    let inflected = |(at, word): (usize, &&str)| {
        let changes = at < head && (every_word || at + 1 == head);
        if changes { plural(word) } else { (*word).to_owned() }
    };
    words.iter().enumerate().map(inflected).collect::<Vec<_>>().join(" ")
}

fn french(word: &str) -> String {
    let lower = word.to_lowercase();
    if !word.ends_with(char::is_alphabetic) || lower.ends_with(['s', 'x', 'z']) {
        return word.to_owned();
    }
    if lower.ends_with("eau") || lower.ends_with("eu") || lower.ends_with("au") {
        return format!("{word}x");
    }
    match word.strip_suffix("al") {
        Some(stem) if !stem.is_empty() => format!("{stem}aux"),
        _ => format!("{word}s"),
    }
}

fn english(word: &str) -> String {
    let lower = word.to_lowercase();
    if !word.ends_with(char::is_alphabetic) {
        return word.to_owned();
    }
    if ["s", "x", "z", "ch", "sh"].iter().any(|ending| lower.ends_with(ending)) {
        // Most words in -s are plurals already; not these: bus, bias, class.
        let is_plural = lower.ends_with('s') && !["ss", "us", "as"].iter().any(|ending| lower.ends_with(ending));
        return if is_plural {
            word.to_owned()
        } else {
            format!("{word}es")
        };
    }
    let before_y = lower.strip_suffix('y').and_then(|stem| stem.chars().last());
    match before_y {
        Some(c) if !matches!(c, 'a' | 'e' | 'i' | 'o' | 'u') => format!("{}ies", &word[..word.len() - 1]),
        _ => format!("{word}s"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn regular_plurals() {
        for (lang, term, plural) in [
            ("fr", "chatbot", Some("chatbots")),
            ("fr", "modèle de langage", Some("modèles de langage")),
            ("fr", "réseau neuronal", Some("réseaux neuronaux")),
            ("fr", "agent conversationnel", Some("agents conversationnels")),
            ("fr", "accès", None),
            ("fr", "prise d’otage", Some("prises d’otage")),
            ("fr", "GPT-4", None),
            ("en", "chatbot", Some("chatbots")),
            ("en", "large language model", Some("large language models")),
            ("en", "company", Some("companies")),
            ("en", "statute of limitations", Some("statutes of limitations")),
            ("en", "open weights", None),
            ("en", "branch", Some("branches")),
            ("en", "bus", Some("buses")),
            ("en", "box", Some("boxes")),
            ("en", "bias", Some("biases")),
            ("en", "business class", Some("business classes")),
            ("en", "day", Some("days")),
            ("de", "Modell", None),
        ] {
            assert_eq!(
                plurals(&Lang::new(lang), term).first().map(String::as_str),
                plural,
                "{lang} {term}"
            );
        }
    }

    #[test]
    fn a_borrowed_compound_changes_its_last_word() {
        let fr = Lang::new("fr");
        let plurals_of = |term| plurals(&fr, term);
        assert_eq!(
            plurals_of("large language model"),
            ["larges languages models", "large language models"]
        );
        assert_eq!(plurals_of("open source"), ["opens sources", "open sources"]);
        assert_eq!(plurals_of("chatbot"), ["chatbots"]);
    }
}

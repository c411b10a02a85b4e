//! What the lines around an article say of it: who wrote it, when, and where it stood.

use super::body::{Sorted, Why};
use super::pieces::Piece;
use crate::foreign::dates::written;
use crate::foreign::{Facts, Found, Origin};
use crate::lang::{Lang, detect};

/// Where facts come from that were read in the text.
fn line(piece: &Piece) -> Origin {
    Origin::Line(piece.first)
}

/// The facts of a plain text.
pub(super) fn facts(pieces: &[Piece], sorted: &Sorted) -> Facts {
    complete(Facts::default(), pieces, sorted)
}

/// Adds what the lines around the article say to what is known.
pub(super) fn complete(mut facts: Facts, pieces: &[Piece], sorted: &Sorted) -> Facts {
    let lang = language(pieces, sorted);
    let first = sorted.why.iter().position(Option::is_none);
    // Bylines stand right above the article, whatever they look like, and say so themselves elsewhere.
    let above = |at: usize| first.is_some_and(|first| at < first && first - at <= ABOVE);
    let loose = |why: &Why| matches!(why, Why::Before | Why::Elsewhere | Why::Label);
    let all = || pieces.iter().zip(&sorted.why).enumerate();
    let bylines = || {
        let is_byline = |at: usize, why: &Why| *why == Why::Byline || above(at) && loose(why);
        all()
            .filter(move |(at, (_, why))| why.is_some_and(|why| is_byline(*at, &why)))
            .map(|(_, (piece, _))| piece)
    };
    facts.title = facts.title.or_else(|| {
        let piece = &pieces[sorted.title?];
        Found::new(piece.text.trim_start_matches('#'), line(piece))
    });
    facts.author = facts
        .author
        .or_else(|| bylines().find_map(|piece| Found::new(&author(&piece.text)?, line(piece))));
    if let Some((lang, _)) = &lang {
        let dated = |piece: &Piece| Found::new(&written(&piece.text, lang)?, line(piece));
        facts.published = facts.published.or_else(|| bylines().find_map(dated));
    }
    facts.url = facts.url.or_else(|| {
        let mut outside = all().filter(|(_, (_, why))| why.is_some()).map(|(_, (piece, _))| piece);
        outside.find_map(|piece| Found::new(address(&piece.text)?, line(piece)))
    });
    // What the words are in counts more than what a page's template says.
    if let Some((lang, sure)) = lang {
        let said = facts.lang.as_ref().map(|found| Lang::new(&found.value));
        let differs = said
            .as_ref()
            .is_none_or(|said| sure && !said.primary().eq_ignore_ascii_case(lang.primary()));
        if differs {
            let against = said.map(|said| said.tag().to_owned());
            facts.lang = Found::new(lang.tag(), Origin::Words { against });
        }
    }
    facts
}

fn language(pieces: &[Piece], sorted: &Sorted) -> Option<(Lang, bool)> {
    let body = pieces
        .iter()
        .zip(&sorted.why)
        .filter(|(_, why)| why.is_none() || !sorted.has_body());
    let text: Vec<&str> = body.map(|(piece, _)| piece.text.as_str()).take(50).collect();
    detect(&text.join("\n"))
}

/// A byline stands at most so many pieces above the article.
const ABOVE: usize = 6;

/// A byline has at most so many bytes.
const LONGEST: usize = 200;

/// The name in a byline such as `12 mars | Par Ada Finch, à Aldmoor`: after `Par` or `By`, at the beginning or behind a mark or a figure, two to five
/// words that all begin with a capital, but for particles.
fn author(text: &str) -> Option<String> {
    const PARTICLES: [&str; 10] = ["de", "du", "des", "la", "le", "van", "von", "der", "et", "and"];
    const LEADS: [&str; 2] = ["par", "by"];
    if text.len() > LONGEST {
        return None;
    }
    let words: Vec<&str> = text.split_whitespace().collect();
    let opens = |at: usize| {
        let before = at.checked_sub(1).map(|before| words[before]);
        let small =
            before.is_some_and(|before| ["écrit", "written", "rédigé"].contains(&before.to_lowercase().as_str()));
        small || before.is_none_or(|before| before.ends_with(|c: char| !c.is_alphabetic()))
    };
    let lead = (0..words.len()).find(|at| LEADS.contains(&words[*at].to_lowercase().as_str()) && opens(*at))?;
    let mut name: Vec<&str> = Vec::new();
    for word in &words[lead + 1..] {
        let bare = word.trim_end_matches([',', '|', ':', ';']);
        let named = bare.starts_with(char::is_uppercase) && !bare.contains(char::is_numeric);
        if !named && !PARTICLES.contains(&bare) {
            break;
        }
        name.push(bare);
        if bare.len() < word.len() {
            break;
        }
    }
    let ends_well = name.last().is_some_and(|last| !PARTICLES.contains(last));
    (ends_well && (2..=5).contains(&name.len())).then(|| name.join(" "))
}

/// A web address that is alone on its line.
fn address(text: &str) -> Option<&str> {
    let text = text.trim();
    let web = text.starts_with("https://") || text.starts_with("http://");
    (web && text.len() > 12 && !text.contains(char::is_whitespace)).then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_in_bylines() {
        for (text, name) in [
            ("Par Ada Finch", Some("Ada Finch")),
            (
                "Publié le 12/03/2024 par Ada de la Finch, à Aldmoor",
                Some("Ada de la Finch"),
            ),
            (
                "By Ada Finch and Ida Marsh | 3 min read",
                Some("Ada Finch and Ida Marsh"),
            ),
            (
                "Le Courrier | 04.05.2015 à 13h36 | Par Ada Finch (avec Ida Marsh)",
                Some("Ada Finch"),
            ),
            ("Un projet adopté par Ada Finch", None),
            ("Par notre envoyée", None),
            ("By Reuters", None),
            ("Published on 3 May", None),
        ] {
            assert_eq!(author(text).as_deref(), name, "{text}");
        }
    }
}

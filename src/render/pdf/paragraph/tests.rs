//! Our paragraphs against Typst's: a space of no width is not for us, so with one a paragraph is set by Typst.

use proptest::prelude::*;
use typst::layout::{Abs, Frame, FrameItem, Point};

use super::super::world::{Data, World};

/// The lines of a paragraph: each with its words, and where it ends.
fn lines(words: &str, settings: &str, ours: bool) -> Vec<(String, f64)> {
    let end = if ours { "" } else { "#h(0pt)" };
    let template = format!(
        "#set document(title: \"t\")\n#set page(width: 90mm, height: auto, margin: 5mm)\n\
         #set text(font: \"Libertinus Serif\", size: 9.4pt, lang: \"fr\")\n{settings}\n#par[{words}{end}]"
    );
    let world = World::new(&template, Data::default(), Vec::new());
    let document = world.compile().expect("a document");
    let mut pieces = Vec::new();
    collect(&document.pages()[0].frame, Point::zero(), &mut pieces);
    let mut lines: Vec<(i64, String, f64)> = Vec::new();
    for (at, width, words) in pieces {
        let (y, right) = ((at.y.to_pt() * 10.0).round() as i64, (at.x + width).to_pt());
        match lines.last_mut().filter(|line| line.0 == y) {
            Some(line) => {
                line.1.push_str(&words);
                line.2 = right;
            }
            None => lines.push((y, words, right)),
        }
    }
    lines.into_iter().map(|(_, words, right)| (words, right)).collect()
}

fn collect(frame: &Frame, origin: Point, pieces: &mut Vec<(Point, Abs, String)>) {
    for (at, item) in frame.items() {
        match item {
            FrameItem::Group(group) => collect(&group.frame, origin + *at, pieces),
            FrameItem::Text(text) => pieces.push((origin + *at, text.width(), text.text.to_string())),
            _ => {}
        }
    }
}

#[track_caller]
fn alike(words: &str, settings: &str) {
    let (ours, theirs) = (lines(words, settings, true), lines(words, settings, false));
    let words_of = |lines: &[(String, f64)]| lines.iter().map(|line| line.0.clone()).collect::<Vec<_>>();
    assert_eq!(words_of(&ours), words_of(&theirs));
    for (ours, theirs) in ours.iter().zip(&theirs) {
        assert!((ours.1 - theirs.1).abs() < 0.2, "{ours:?} {theirs:?}");
    }
}

const PROSE: &str = "L’open source désigne un logiciel dont le code est publié sous une licence qui permet à chacun de l’utiliser, de l’étudier, de le \
     modifier et de le redistribuer ; la définition de l’OSI, qui date de 1998, pose dix critères. Appliquée à l’intelligence artificielle, elle ne \
     suffit plus : les poids, les données d’entraînement et la recette sont des choses différentes, et la plupart des modèles dits « ouverts » ne \
     publient que les premiers. Confusément, l’affirmation d’une offre efficace et définitive fluctue.";

#[test]
fn justified_lines_are_those_of_typst() {
    alike(PROSE, "#set par(justify: true)");
    alike(PROSE, "#set par(justify: true)\n#set text(lang: \"en\")");
    alike(PROSE, "#set par(justify: true)\n#set text(hyphenate: false)");
}

#[test]
fn ragged_lines_are_those_of_typst() {
    alike(PROSE, "");
    alike(PROSE, "#set text(hyphenate: true)");
    alike(PROSE, "#set align(right)");
}

#[test]
fn styles_links_and_forced_ends_are_set() {
    let words = "Un _mot en italique_, un *mot en gras*, un #link(\"https://e.example\")[lien vers une page assez longue pour deux lignes] et\\ \
         une ligne nouvelle, #text(lang: \"en\")[words in another language, sufficiently many], #text(size: 7pt)[de petites lettres] puis la fin.";
    alike(words, "#set par(justify: true)");
}

#[test]
fn long_words_stick_out_as_they_do_with_typst() {
    alike(&format!("Un {} mot.", "x".repeat(90)), "#set par(justify: true)");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn any_words_are_set_whole(words in prop::collection::vec("[a-zéà’;,.«»\u{a0}œfi-]{1,14}", 1..60), justify: bool) {
        let words = format!("a {} z", words.join(" ")).replace("--", "-").replace("//", "/");
        let settings = format!("#set par(justify: {justify})\n#set smartquote(enabled: false)");
        let set: String = lines(&words, &settings, true).into_iter().map(|line| line.0).collect();
        let theirs: String = lines(&words, &settings, false).into_iter().map(|line| line.0).collect();
        prop_assert_eq!(set.replace('\u{ad}', ""), theirs.replace('\u{ad}', ""));
    }
}

//! The alignment of the project's own pair of texts, a French article and its English translation, held against one made by hand: the 25
//! pairs of sentences that an editor found, and the lines that have no counterpart. The method reads no word, so what it gets right is luck and
//! likelihood; this says how much.

use std::path::Path;

use kezako::link::{self, Pair, link};
use kezako::shell::load;
use kezako::site::{self, Options, gather};
use kezako::source::Seed;
use kezako::text::Span;
use kezako::tree::Tree;

const RECORD: &str = "content/sources/spamchronicles-open-source.md";

/// How many sentences each passage of the original has, from passage 1 to the last that is translated. The translation has the same in
/// passages that are one line further down, since a caption stands before them.
const SENTENCES: [usize; 13] = [3, 2, 1, 2, 2, 1, 2, 2, 1, 3, 3, 2, 1];

/// Passages that one text alone has: comments of readers below the original; a caption and a button in the translation.
const ALONE: [&[usize]; 2] = [&[14, 15, 16], &[1, 15, 16]];

/// A pair as an editor writes it: numbers of passages.
type Lines = (Vec<usize>, Vec<usize>);

/// Sentences of one text, each as its passage and its place in it, from 1.
type Sentences = Vec<(usize, usize)>;

struct Aligned {
    passages: Vec<Lines>,
    sentences: Vec<(Sentences, Sentences)>,
}

fn number(seed: &Seed, span: &Span) -> (usize, usize) {
    let passage = seed
        .passages
        .iter()
        .find(|passage| passage.span.end >= span.end)
        .expect("a passage");
    let before = kezako::text::sentences(&seed.text[passage.span.start..span.start]);
    let empty = seed.text[passage.span.start..span.start].trim().is_empty();
    (passage.line, if empty { 1 } else { before.len() + 1 })
}

fn aligned(tree: &Tree) -> Aligned {
    let options = Options::default();
    let site = gather(tree, &options, &mut site::Memo::default()).value;
    let links = link(&site, tree, &mut link::Memo::default()).value;
    let own = site.source("spamchronicles-open-source").expect("the translation");
    let translation = &links.translations[&own];
    let seed = |at: usize| site.sources[at].seed.as_ref().expect("a seed");
    let (original_seed, seed) = (seed(translation.original), seed(own));
    let lines = |seed: &Seed, passages: &[usize]| passages.iter().map(|at| seed.passages[*at].line).collect();
    let passages = |pair: &Pair| {
        (
            lines(original_seed, &pair.passages.original),
            lines(seed, &pair.passages.translation),
        )
    };
    let sentences = translation.pairs.iter().flat_map(|pair| &pair.sentences);
    Aligned {
        passages: translation.pairs.iter().map(passages).collect(),
        sentences: sentences
            .map(|sides| {
                (
                    sides.original.iter().map(|span| number(original_seed, span)).collect(),
                    sides.translation.iter().map(|span| number(seed, span)).collect(),
                )
            })
            .collect(),
    }
}

/// How many pairs of passages, pairs of sentences, and passages without counterpart are as the editor found them.
fn right(aligned: &Aligned) -> (usize, usize, usize) {
    let passages = (1..=SENTENCES.len()).filter(|line| aligned.passages.contains(&(vec![*line], vec![line + 1])));
    let sentences = (1..)
        .zip(SENTENCES)
        .flat_map(|(line, count)| (1..=count).map(move |sentence| (line, sentence)));
    let sentences = sentences.filter(|(line, sentence)| {
        aligned
            .sentences
            .contains(&(vec![(*line, *sentence)], vec![(line + 1, *sentence)]))
    });
    let alone = |own: fn(&Lines) -> &Vec<usize>, other: fn(&Lines) -> &Vec<usize>, expected: &[usize]| {
        let pairs = aligned.passages.iter().filter(|pair| other(pair).is_empty());
        pairs.flat_map(own).filter(|line| expected.contains(line)).count()
    };
    let alone = alone(|pair| &pair.0, |pair| &pair.1, ALONE[0]) + alone(|pair| &pair.1, |pair| &pair.0, ALONE[1]);
    (passages.count(), sentences.count(), alone)
}

fn tree() -> Tree {
    load(Path::new(env!("CARGO_MANIFEST_DIR"))).expect("the site can be read")
}

/// The record without what the editor set right.
fn without_corrections(mut tree: Tree) -> Tree {
    let text = tree.text(RECORD).expect("the record").to_owned();
    let mut inside = false;
    let kept = text.lines().filter(|line| {
        inside = line.starts_with("alignment:") || inside && line.starts_with([' ', '-']);
        !inside
    });
    let kept: Vec<&str> = kept.collect();
    tree.insert_text(RECORD, &kept.join("\n"));
    tree
}

/// All but the tail: the signature of the original is taken together with the first comment below it.
#[test]
fn the_program_alone() {
    assert_eq!(right(&aligned(&without_corrections(tree()))), (12, 24, 1));
}

#[test]
fn with_what_the_editor_set_right() {
    assert_eq!(right(&aligned(&tree())), (13, 25, 6));
}

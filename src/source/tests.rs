//! Passages and code points of seeds.

use super::*;

fn seed(text: &str, wrapped: bool) -> Seed {
    Seed::new(&"seeds/a.txt".into(), text, wrapped, None)
}

fn passages(seed: &Seed) -> Vec<(usize, &str)> {
    seed.passages
        .iter()
        .map(|passage| (passage.line, &seed.text[passage.span.clone()]))
        .collect()
}

#[test]
fn a_passage_is_a_line_that_is_not_empty() {
    let seed = seed("\u{feff}a\r\n\r\n \u{a0}\nb c\nd", false);
    assert_eq!(passages(&seed), [(1, "\u{feff}a"), (4, "b c"), (5, "d")]);
    assert_eq!(seed.folded.text, "\na\nb c\nd");
    assert_eq!(seed.passage(4), Some(1));
    assert_eq!(seed.passage(2), None);
}

#[test]
fn a_wrapped_passage_is_a_run_of_lines_numbered_by_its_first() {
    let seed = seed("\na\nb\n\nc\n", true);
    assert_eq!(passages(&seed), [(2, "a\nb"), (5, "c")]);
    assert_eq!(seed.passages[0].last_line, 3);
}

#[test]
fn code_points_are_counted_from_any_byte() {
    let text = "é😀x".repeat(1000);
    let seed = seed(&text, false);
    for (count, (byte, _)) in text.char_indices().enumerate() {
        assert_eq!(seed.code_point(byte), count);
    }
}

#[test]
fn a_passage_is_in_the_body_with_any_of_its_lines() {
    let body = [2..=5, 9..=9];
    let text = "a\nb\nc\n\nd\n\ne\n\nf\ng\n\nh\ni\n";
    let seed = Seed::new(&"seeds/a.txt".into(), text, true, Some(&body));
    let found: Vec<(usize, bool)> = seed.passages.iter().map(|it| (it.line, it.in_body)).collect();
    assert_eq!(found, [(1, true), (5, true), (7, false), (9, true), (12, false)]);
}

//! Front matter as an editor would have typed it with more care: texts set anew, keys in order, everything else byte for byte as it was.

use serde_yaml::Value;

use super::place::{lines_of_keys, scalars};
use crate::lang::{Change, applied};
use crate::text::Span;

/// Sets texts by `set` and puts keys in the order of `keys`; others follow in the order that they have. `texts` are ways such as `evidence.*.note`.
///
/// Comments above a key go with it. What cannot be done without changing what the YAML says is not done.
pub fn tidy(yaml: &str, keys: &[&str], texts: &[&str], set: &dyn Fn(&str) -> Vec<Change>) -> String {
    let mut text = yaml.to_owned();
    let retyped = retyped(yaml, texts, set);
    if means_the_same(yaml, &retyped, &|text| applied(text, &set(text)).into_owned()) {
        text = retyped;
    }
    match ordered(&text, keys) {
        Some(ordered) if means_the_same(&text, &ordered, &str::to_owned) => ordered,
        _ => text,
    }
}

/// Whether two YAML texts have the same value, where texts count as the same that `set` makes equal.
fn means_the_same(a: &str, b: &str, set: &dyn Fn(&str) -> String) -> bool {
    fn is_same(a: &Value, b: &Value, set: &dyn Fn(&str) -> String) -> bool {
        match (a, b) {
            (Value::String(a), Value::String(b)) => a == b || set(a) == set(b),
            (Value::Sequence(a), Value::Sequence(b)) => {
                a.len() == b.len() && a.iter().zip(b).all(|(a, b)| is_same(a, b, set))
            }
            (Value::Mapping(a), Value::Mapping(b)) => {
                let has = |(key, value): (&Value, &Value)| b.get(key).is_some_and(|other| is_same(value, other, set));
                a.len() == b.len() && a.iter().all(has)
            }
            (a, b) => a == b,
        }
    }
    let read = |text: &str| serde_yaml::from_str::<Value>(text).ok();
    a == b || matches!((read(a), read(b)), (Some(a), Some(b)) if is_same(&a, &b, set))
}

fn retyped(yaml: &str, texts: &[&str], set: &dyn Fn(&str) -> Vec<Change>) -> String {
    let mut changes = Vec::new();
    for (way, span) in scalars(yaml) {
        if !texts.contains(&way.as_str()) {
            continue;
        }
        let Some(scalar) = Scalar::read(yaml, &span) else {
            continue;
        };
        let moved = set(&scalar.text).into_iter().map(|change| Change {
            span: scalar.places[change.span.start]..scalar.places[change.span.end],
            text: change.text,
        });
        changes.extend(moved.filter(|change| !yaml[change.span.clone()].contains('\n')));
    }
    applied(yaml, &changes).into_owned()
}

/// A value's text with a map back to the YAML.
struct Scalar {
    text: String,
    /// For each byte of the text, and for its end, where it stands in the YAML.
    places: Vec<usize>,
}

impl Scalar {
    /// Reads the value at `span`. `None` where it runs over several lines, except for blocks, or has escapes other than of quotation marks.
    fn read(yaml: &str, span: &Span) -> Option<Self> {
        let raw = &yaml[span.clone()];
        // A block begins below its sign, which may say how it ends.
        let sign = yaml[..span.start].split_whitespace().next_back().unwrap_or_default();
        let is_block =
            sign.starts_with(['|', '>']) && sign[1..].bytes().all(|b| matches!(b, b'+' | b'-' | b'0'..=b'9'));
        let style = if is_block { '|' } else { raw.chars().next()? };
        let (from, to) = match style {
            '"' | '\'' => (1, raw.len().checked_sub(1).filter(|to| *to >= 1)?),
            '&' | '*' | '!' => return None,
            _ => (0, raw.len()),
        };
        let inside = raw.get(from..to)?;
        if !is_block && inside.contains('\n') {
            return None;
        }
        let mut scalar = Self {
            text: String::with_capacity(inside.len()),
            places: Vec::with_capacity(inside.len() + 1),
        };
        let mut chars = inside.char_indices().peekable();
        while let Some((at, c)) = chars.next() {
            let c = match (style, c) {
                ('"', '\\') => chars.next().map(|(_, c)| c).filter(|c| matches!(c, '"' | '\\' | '/'))?,
                ('\'', '\'') => chars.next().map(|(_, c)| c).filter(|c| *c == '\'')?,
                _ => c,
            };
            scalar.text.push(c);
            scalar
                .places
                .extend(std::iter::repeat_n(span.start + from + at, c.len_utf8()));
        }
        scalar.places.push(span.start + to);
        Some(scalar)
    }
}

/// The text with its keys in order; `None` where it is not written with one key a line.
fn ordered(yaml: &str, keys: &[&str]) -> Option<String> {
    let lines = lines_of_keys(yaml)?;
    let (_, first) = lines.first()?;
    // What stands above the first key's own comments, with a blank line between, belongs to the whole.
    let top = above(yaml, 0, *first);
    let top = yaml[top..*first].rfind("\n\n").map_or(top, |blank| top + blank + 2);
    let mut starts = vec![top];
    for pair in lines.windows(2) {
        starts.push(above(yaml, pair[0].1, pair[1].1));
    }
    let last = lines.last()?.1;
    starts.push(above(yaml, last, yaml.len()));
    let rank = |name: &str| keys.iter().position(|key| *key == name).unwrap_or(keys.len());
    let mut entries: Vec<(usize, &str)> = lines
        .iter()
        .zip(starts.windows(2))
        .map(|((name, _), start)| (rank(name), &yaml[start[0]..start[1]]))
        .collect();
    if entries.iter().any(|(_, text)| !text.ends_with('\n')) {
        return None;
    }
    entries.sort_by_key(|(rank, _)| *rank);
    let texts: String = entries.into_iter().map(|(_, text)| text).collect();
    let bottom = &yaml[*starts.last()?..];
    Some(format!("{}{texts}{bottom}", &yaml[..top]))
}

/// Where the comments and blank lines begin that stand right above `to`, not before the line after `from`.
fn above(yaml: &str, from: usize, to: usize) -> usize {
    let is_comment = |line: &str| line.starts_with('#') || line.trim().is_empty();
    let mut start = to;
    for line in yaml[from..to].split_inclusive('\n').rev() {
        if !is_comment(line) {
            break;
        }
        start -= line.len();
    }
    start
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lang::{Lang, changes};

    const KEYS: &[&str] = &["claim", "summary", "verdict", "evidence", "draft"];
    const TEXTS: &[&str] = &["claim", "summary", "evidence.*.note"];

    #[track_caller]
    fn check(yaml: &str, expected: &str) {
        let set = |text: &str| changes(&Lang::new("fr"), text);
        let once = tidy(yaml, KEYS, TEXTS, &set);
        let shown = once.replace('\u{202f}', "_").replace('\u{a0}', "~");
        assert_eq!(shown, expected);
        assert_eq!(tidy(&once, KEYS, TEXTS, &set), once, "twice");
    }

    #[test]
    fn keys_come_in_order_with_the_comments_above_them() {
        check(
            "# for all\n\n# of the verdict\nverdict: true\nother: 1\n# of the claim\n\n# still\nclaim: a\n# below\n",
            "# for all\n\n# of the claim\n\n# still\nclaim: a\n# of the verdict\nverdict: true\nother: 1\n# below\n",
        );
    }

    #[test]
    fn values_of_many_lines_move_whole() {
        check(
            "evidence:\n- title: x # why\n  # inside\n  note: Quoi ?\n\n- {note: \"Oui !\"}\nsummary: |\n  a\n\n  # no comment\n  b\nclaim: >-\n  c\n  d\n",
            "claim: >-\n  c\n  d\nsummary: |\n  a\n\n  # no comment\n  b\nevidence:\n- title: x # why\n  # inside\n  note: Quoi_?\n\n- {note: \"Oui_!\"}\n",
        );
    }

    #[test]
    fn texts_are_set_in_every_style() {
        check("claim: Quoi ?\n", "claim: Quoi_?\n");
        check("claim: 'L''un : \"deux\"'\n", "claim: 'L''un~: «_deux_»'\n");
        check(
            "claim: \"Un \\\"mot\\\" : \\\\ !\"\n",
            "claim: \"Un «_mot_»~: \\\\_!\"\n",
        );
        check("claim: >\n  Quoi ?\n  Oui !\n", "claim: >\n  Quoi_?\n  Oui_!\n");
        check("verdict: \"Quoi ?\"\n", "verdict: \"Quoi ?\"\n");
    }

    #[test]
    fn what_cannot_be_done_safely_is_left_alone() {
        for yaml in [
            "{summary: a, claim: b}\n",
            "  summary: a\n  claim: b\n",
            "summary: &a x\nclaim: *a\n",
            "summary: a\n? claim\n: b\n",
            "claim: \"a\\x21 ?\"\n",
            "claim: \"a\n  ?\"\n",
            "- a\n- b\n",
            "a text\n",
            "",
        ] {
            check(yaml, yaml);
        }
    }

    #[test]
    fn line_breaks_of_windows_stay() {
        check(
            "summary: a\r\n# c\r\nclaim: Quoi ?\r\n",
            "# c\r\nclaim: Quoi_?\r\nsummary: a\r\n",
        );
    }
}

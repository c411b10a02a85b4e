//! French typography: no-break spaces beside punctuation, and guillemets for straight quotation marks (*Lexique des règles typographiques en usage à
//! l'Imprimerie nationale*).

use std::borrow::Cow;
use std::ops::Range;

use super::Lang;

/// Narrow no-break space, before `; ! ? »` and after `«`.
const NARROW: &str = "\u{202f}";
/// No-break space, before `:`.
const WIDE: &str = "\u{a0}";

/// A change that a language's typography asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// The bytes of the text that are replaced, half-open; empty where something is put in.
    pub span: Range<usize>,
    /// What stands there instead.
    pub text: &'static str,
}

/// A whole text with the quotation marks and the spaces of its language.
pub fn space<'a>(lang: &Lang, text: &'a str) -> Cow<'a, str> {
    applied(text, &changes(lang, text))
}

/// A piece of a longer text with the spaces of its language; `before` is the character before the piece, where there is one.
pub fn space_piece<'a>(lang: &Lang, text: &'a str, before: Option<char>) -> Cow<'a, str> {
    applied(text, &space_changes(lang, text, before))
}

/// The changes that [`space`] makes, in order.
pub fn changes(lang: &Lang, text: &str) -> Vec<Change> {
    piece_changes(lang, text, None, &straight_marks(lang, text))
}

/// The changes that a piece of a longer text asks for, in order. `before` is the character before it; `marks` are straight quotation marks within
/// it, by [`straight_marks`].
pub fn piece_changes(lang: &Lang, text: &str, before: Option<char>, marks: &[Change]) -> Vec<Change> {
    if marks.is_empty() {
        return space_changes(lang, text, before);
    }
    // Guillemets are a byte longer than the straight marks that they replace.
    let marked = applied(text, marks);
    let shifted: Vec<usize> = marks.iter().enumerate().map(|(n, mark)| mark.span.start + n).collect();
    let place = |at: usize| at - shifted.partition_point(|start| *start < at);
    let spaces = space_changes(lang, &marked, before).into_iter().map(|change| Change {
        span: place(change.span.start)..place(change.span.end),
        ..change
    });
    let mut all: Vec<Change> = marks.iter().cloned().chain(spaces).collect();
    all.sort_by_key(|change| (change.span.start, change.span.end));
    all
}

/// A text with changes made to it; they are in order and do not overlap.
pub fn applied<'a>(text: &'a str, changes: &[Change]) -> Cow<'a, str> {
    if changes.is_empty() {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 2 * changes.len());
    let mut at = 0;
    for change in changes {
        out.push_str(&text[at..change.span.start]);
        out.push_str(change.text);
        at = change.span.end;
    }
    out.push_str(&text[at..]);
    Cow::Owned(out)
}

/// The spaces to be set, taken out or put in. A sign inside a word, as in `12:30` or `page?id=3`, is left as it is.
fn space_changes(lang: &Lang, text: &str, before: Option<char>) -> Vec<Change> {
    let mut changes = Vec::new();
    if !lang.is_french() {
        return changes;
    }
    let mut set = |span: Range<usize>, space: &'static str| {
        if text[span.clone()] != *space {
            changes.push(Change { span, text: space });
        }
    };
    // Up to where spaces have been set.
    let mut done = 0;
    let mut from = 0;
    while let Some(at) = next_sign(&text[from..]).map(|at| from + at) {
        let mut rest = text[at..].chars();
        let Some(sign) = rest.next() else { break };
        let after = at + sign.len_utf8();
        from = after;
        if sign == '«' {
            done = text.len() - text[after..].trim_start_matches(is_space).len();
            from = done;
            set(after..done, NARROW);
            continue;
        }
        let space = if sign == ':' { WIDE } else { NARROW };
        let word_end = done.max(text[..at].trim_end_matches(is_space).len());
        let last = match word_end {
            // The space that stands there belongs to the guillemet before it.
            _ if done == at && done > 0 => Some('«'),
            0 => before,
            end => text[..end].chars().next_back(),
        };
        if word_end < at {
            set(word_end..at, space);
        } else if takes_space(sign, last, rest.as_str()) {
            set(at..at, space);
        }
    }
    changes
}

/// Where the next sign stands that has a space of its own.
fn next_sign(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let high = memchr::memchr3(b'!', b'?', b':', bytes);
    let bytes = &bytes[..high.unwrap_or(bytes.len())];
    // Guillemets begin with the byte 0xC2 in UTF-8.
    let is_sign = |at: &usize| bytes[*at] == b';' || matches!(bytes.get(at + 1), Some(0xab | 0xbb));
    memchr::memchr2_iter(b';', 0xc2, bytes).find(is_sign).or(high)
}

/// The space that a language sets before a sign, where it sets one.
pub fn space_before(lang: &Lang, sign: char) -> Option<&'static str> {
    match sign {
        _ if !lang.is_french() => None,
        ':' => Some(WIDE),
        ';' | '!' | '?' | '»' => Some(NARROW),
        _ => None,
    }
}

/// Whether a sign without a space before it gets one: where it ends a word, or is the first of several that do. The space may stand in the piece
/// before, which is not ours to change.
fn takes_space(sign: char, last: Option<char>, rest: &str) -> bool {
    let next = rest.trim_start_matches([';', ':', '!', '?']).chars().next();
    let ends_word = next
        .is_none_or(|c| is_space(c) || matches!(c, '»' | ')' | ']' | '”' | '’' | '"' | '.' | ',' | '…' | '—' | '–'));
    match last {
        None | Some('«') => false,
        Some(c) if is_space(c) => false,
        _ if sign == '»' => true,
        Some(';' | ':' | '!' | '?' | '(' | '[') => false,
        Some(_) => ends_word,
    }
}

fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\n' | '\u{a0}' | '\u{202f}' | '\u{2009}')
}

/// The straight quotation marks of a text that are guillemets in its language, in order.
///
/// They must open and close words in turn, and hold no guillemets. Where one does not, as after a number of inches, no mark is touched. Marks within
/// guillemets stay as they are.
pub fn straight_marks(lang: &Lang, text: &str) -> Vec<Change> {
    if !lang.is_french() || memchr::memchr(b'"', text.as_bytes()).is_none() {
        return Vec::new();
    }
    let mut marks = Vec::new();
    let mut depth = 0usize;
    // Guillemets begin with the byte 0xC2 in UTF-8.
    for at in memchr::memchr2_iter(b'"', 0xc2, text.as_bytes()) {
        match text[at..].chars().next() {
            Some('«' | '»') if marks.len() % 2 == 1 => return Vec::new(),
            Some('«') => depth += 1,
            Some('»') => match depth.checked_sub(1) {
                Some(less) => depth = less,
                None => return Vec::new(),
            },
            Some('"') if depth == 0 => {
                let (before, after) = (text[..at].chars().next_back(), text[at + 1..].chars().next());
                let opens = marks.len() % 2 == 0;
                if !(if opens {
                    may_open(before, after)
                } else {
                    may_close(before, after)
                }) {
                    return Vec::new();
                }
                let text = if opens { "«" } else { "»" };
                marks.push(Change { span: at..at + 1, text });
            }
            _ => {}
        }
    }
    if depth > 0 || marks.len() % 2 == 1 {
        return Vec::new();
    }
    marks
}

fn may_open(before: Option<char>, after: Option<char>) -> bool {
    before.is_none_or(|c| c.is_whitespace() || matches!(c, '(' | '[' | '\'' | '’' | '—' | '–' | '-'))
        && after.is_some_and(|c| !c.is_whitespace() && c != '"')
}

fn may_close(before: Option<char>, after: Option<char>) -> bool {
    before.is_some_and(|c| !c.is_whitespace() && c != '"')
        && after.is_none_or(|c| !c.is_alphanumeric() && !matches!(c, '"' | '«' | '“'))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn fr() -> Lang {
        Lang::new("fr")
    }

    fn french(text: &str) -> String {
        space(&fr(), text).replace(NARROW, "_").replace(WIDE, "~")
    }

    #[test]
    fn spaces_stand_before_high_signs_and_inside_guillemets() {
        for (typed, set) in [
            ("Quoi ?", "Quoi_?"),
            ("Quoi?", "Quoi_?"),
            ("Oui ; non : si !", "Oui_; non~: si_!"),
            ("«mot»", "«_mot_»"),
            ("« mot »", "«_mot_»"),
            ("« mot »:", "«_mot_»~:"),
            ("Vraiment ?!", "Vraiment_?!"),
            (
                "à 12:30, voir http://x.org/?a=b;c=d",
                "à 12:30, voir http://x.org/?a=b;c=d",
            ),
            ("(quoi ?)", "(quoi_?)"),
            ("Quoi…?", "Quoi…_?"),
            ("Oui?… Non", "Oui_?… Non"),
            ("Ah!— dit-il", "Ah_!— dit-il"),
            ("‘Quoi?’ dit-il", "‘Quoi_?’ dit-il"),
            ("Quoi\u{202f}?", "Quoi_?"),
            ("ratio 3:1", "ratio 3:1"),
            ("« ?", "«_?"),
            ("Quoi  \u{a0}?", "Quoi_?"),
        ] {
            assert_eq!(french(typed), set, "{typed}");
            assert_eq!(french(&space(&fr(), typed)), set, "twice: {typed}");
        }
    }

    #[test]
    fn straight_marks_become_guillemets_where_they_stand_in_pairs() {
        for (typed, set) in [
            ("le \"mot\" juste", "le «_mot_» juste"),
            ("\"Quoi?\" (dit l’\"autre\")", "«_Quoi_?_» (dit l’«_autre_»)"),
            ("\"un\" et \"deux\".", "«_un_» et «_deux_»."),
            ("un écran de 24\" et un de 27\"", "un écran de 24\" et un de 27\""),
            ("un \"mot", "un \"mot"),
            ("\" mot \"", "\" mot \""),
            ("« un \"mot\" »", "«_un \"mot\"_»"),
            ("« un » et \"deux\"", "«_un_» et «_deux_»"),
            ("\"un « deux » trois\"", "\"un «_deux_» trois\""),
            ("un » et \"deux\"", "un_» et \"deux\""),
            ("\"a\"b\"", "\"a\"b\""),
            ("un \"\" vide", "un \"\" vide"),
        ] {
            assert_eq!(french(typed), set, "{typed}");
            assert_eq!(french(&space(&fr(), typed)), set, "twice: {typed}");
        }
    }

    #[test]
    fn other_languages_are_left_alone() {
        assert_eq!(space(&Lang::new("en"), "What ? « x » \"y\""), "What ? « x » \"y\"");
    }

    #[test]
    fn a_piece_knows_what_stood_before_it() {
        let piece = |text, before| space_piece(&fr(), text, before).into_owned();
        assert_eq!(piece(": suite", Some('s')), "\u{a0}: suite");
        assert_eq!(piece("? suite", Some(' ')), "? suite");
        assert_eq!(piece(" ? suite", Some('s')), "\u{202f}? suite");
    }

    fn text() -> impl Strategy<Value = String> {
        let part = prop::sample::select(vec![
            "a", "é", "1", " ", " ", "\n", "\u{a0}", "\u{202f}", "\u{2009}", "«", "»", "\"", "\"", "?", "!", ";", ":",
            ".", "(", ")", "…", "’",
        ]);
        prop::collection::vec(part, 0..16).prop_map(|parts| parts.concat())
    }

    fn bare(text: &str) -> String {
        text.chars()
            .filter(|c| !is_space(*c))
            .map(|c| if matches!(c, '«' | '»') { '"' } else { c })
            .collect()
    }

    proptest! {
        #[test]
        fn only_spaces_and_marks_change_and_a_second_time_nothing(text in text()) {
            let once = space(&fr(), &text).into_owned();
            prop_assert_eq!(bare(&once), bare(&text));
            prop_assert_eq!(space(&fr(), &once).into_owned(), once.clone());
            prop_assert_eq!(changes(&fr(), &once), Vec::new());
        }

        #[test]
        fn changes_are_in_order_and_apart(text in text()) {
            let mut end = 0;
            for change in changes(&fr(), &text) {
                prop_assert!(end <= change.span.start && change.span.start <= change.span.end, "{:?}", change);
                end = change.span.end;
            }
        }
    }
}

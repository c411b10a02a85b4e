//! French typography: no-break spaces beside punctuation (*Lexique des règles typographiques en usage à l'Imprimerie nationale*).

use std::borrow::Cow;

use super::Lang;

/// Narrow no-break space, before `; ! ? »` and after `«`.
const NARROW: char = '\u{202f}';
/// No-break space, before `:`.
const WIDE: char = '\u{a0}';

/// A whole text with the spaces of its language.
pub fn space<'a>(lang: &Lang, text: &'a str) -> Cow<'a, str> {
    space_piece(lang, text, None)
}

/// A piece of a longer text with the spaces of its language; `before` is the character before the piece, where there is one.
///
/// Only spaces change. A sign inside a word, as in `12:30` or `page?id=3`, is left as it is.
pub fn space_piece<'a>(lang: &Lang, text: &'a str, before: Option<char>) -> Cow<'a, str> {
    if !lang.is_french() || next_sign(text).is_none() {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 16);
    let mut last = before;
    let mut rest = text;
    while let Some(at) = next_sign(rest) {
        let (run, tail) = rest.split_at(at);
        out.push_str(run);
        last = run.chars().next_back().or(last);
        let mut tail = tail.chars();
        let Some(sign) = tail.next() else { break };
        rest = tail.as_str();
        if sign == '«' {
            out.push(sign);
            rest = rest.trim_start_matches(is_space);
            out.push(NARROW);
        } else {
            put_space_before(&mut out, sign, last, rest.chars().next());
            out.push(sign);
        }
        last = Some(sign);
    }
    out.push_str(rest);
    Cow::Owned(out)
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
pub fn space_before(lang: &Lang, sign: char) -> Option<char> {
    match sign {
        _ if !lang.is_french() => None,
        ':' => Some(WIDE),
        ';' | '!' | '?' | '»' => Some(NARROW),
        _ => None,
    }
}

/// Sets the space before a high sign: an existing one is replaced, a missing one added where the sign ends a word.
fn put_space_before(out: &mut String, sign: char, last: Option<char>, next: Option<char>) {
    let space = if sign == ':' { WIDE } else { NARROW };
    let spaced = last.is_some_and(is_space);
    if spaced {
        let kept = out.trim_end_matches(is_space).len();
        // The space may stand in the piece before, which is no longer ours to change.
        let ours = kept < out.len();
        out.truncate(kept);
        if ours {
            out.push(space);
        }
        return;
    }
    let ends_word = sign == '»'
        || next.is_none_or(|c| is_space(c) || matches!(c, '»' | ')' | ']' | '”' | '"' | '!' | '?' | '.' | ','));
    let after_word = last.is_some_and(|c| !matches!(c, '!' | '?' | '«' | '(' | '[' | '…') || sign == '»' && c != '«');
    if ends_word && after_word {
        out.push(space);
    }
}

fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\n' | '\u{a0}' | '\u{202f}' | '\u{2009}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn french(text: &str) -> String {
        space(&Lang::new("fr"), text).replace(NARROW, "_").replace(WIDE, "~")
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
            ("Quoi\u{202f}?", "Quoi_?"),
            ("ratio 3:1", "ratio 3:1"),
        ] {
            assert_eq!(french(typed), set, "{typed}");
            assert_eq!(french(&space(&Lang::new("fr"), typed)), set, "twice: {typed}");
        }
    }

    #[test]
    fn other_languages_are_left_alone() {
        assert_eq!(space(&Lang::new("en"), "What ? « x »"), "What ? « x »");
    }

    #[test]
    fn a_piece_knows_what_stood_before_it() {
        let piece = |text, before| space_piece(&Lang::new("fr"), text, before).into_owned();
        assert_eq!(piece(": suite", Some('s')), "\u{a0}: suite");
        assert_eq!(piece("? suite", Some(' ')), "? suite");
        assert_eq!(piece(" ? suite", Some('s')), "\u{202f}? suite");
    }
}

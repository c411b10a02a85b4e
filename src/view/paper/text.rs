//! Words as they are set on paper.

/// Words with single spaces, and with places to break where there are none.
pub(super) fn set(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            ' ' | '\n' | '\t' | '\r' => {
                if !out.ends_with(' ') {
                    out.push(' ');
                }
            }
            c => out.push(c),
        }
    }
    breakable(&out)
}

/// The longest run of letters that may stand unbroken: a column holds some sixty.
const LONGEST: usize = 24;

/// How long a word may be before it may break after the signs that divide addresses.
const LONG: usize = 16;

/// A text whose very long words may break: ZERO WIDTH SPACE stands where they may.
pub(super) fn breakable(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split_inclusive(char::is_whitespace) {
        if word.chars().count() <= LONG {
            out.push_str(word);
            continue;
        }
        let mut run = 0;
        let mut signs = word.chars().peekable();
        while let Some(sign) = signs.next() {
            out.push(sign);
            run += 1;
            let divides = matches!(sign, '/' | '.' | '?' | '&' | '=' | '_' | '-' | '#' | '+' | '%');
            let joined = signs
                .peek()
                .is_none_or(|next| next.is_whitespace() || crate::text::is_combining(*next));
            if divides {
                run = 0;
            }
            if !joined && (run >= LONGEST || divides && signs.peek().is_some_and(|next| next.is_alphanumeric())) {
                out.push('\u{200b}');
                run = 0;
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn white_space_is_single_and_long_words_may_break() {
        assert_eq!(set("a\nb  c\t d\u{a0}: "), "a b c d\u{a0}: ");
        let long = "x".repeat(60);
        assert_eq!(
            set(&long).split('\u{200b}').map(str::len).collect::<Vec<_>>(),
            [24, 24, 12]
        );
        let address = set("example.org/claims/grok-1/?a=b//c");
        assert_eq!(
            address.replace('\u{200b}', "|"),
            "example.|org/|claims/|grok-|1/?|a=|b//|c"
        );
        assert_eq!(set("short/address a.b"), "short/address a.b");
    }
}

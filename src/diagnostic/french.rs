//! What `kezako explain` prints in French: `explain.fr.md`, with a heading for each code.

const TEXTS: &str = include_str!("explain.fr.md");

/// Each heading and the text below it, without empty lines around.
fn sections() -> impl Iterator<Item = (&'static str, &'static str)> {
    TEXTS.split("\n# ").filter_map(|section| {
        let (heading, text) = section.split_once('\n')?;
        Some((heading.trim_start_matches("# "), text.trim_matches('\n')))
    })
}

/// What explains the code of a name.
pub(super) fn explanation(name: &str) -> Option<&'static str> {
    sections().find(|(heading, _)| *heading == name).map(|(_, text)| text)
}

#[cfg(test)]
mod tests {
    use std::borrow::Cow;

    use super::*;
    use crate::diagnostic::Code;
    use crate::lang::{Lang, space};
    use crate::tongue::Tongue;

    /// Texts in both languages, English first.
    fn both() -> impl Iterator<Item = (&'static str, [String; 2])> {
        Code::ALL.iter().map(|code| {
            let in_tongue = |tongue| code.explanation(tongue);
            (code.name(), [Tongue::English, Tongue::French].map(in_tongue))
        })
    }

    fn examples(text: &str) -> Vec<&str> {
        text.lines().filter(|line| line.starts_with("    ")).collect()
    }

    #[test]
    fn every_code_is_explained_once_and_nothing_else() {
        let headings: Vec<&str> = sections().map(|(heading, _)| heading).collect();
        let codes: Vec<&str> = Code::ALL.iter().map(|code| code.name()).collect();
        assert_eq!(headings, codes);
    }

    #[test]
    fn paragraphs_and_names_in_backticks_are_those_of_the_english() {
        for (code, [english, french]) in both() {
            let blocks =
                |text: &str| -> Vec<bool> { text.split("\n\n").map(|block| block.starts_with("    ")).collect() };
            assert_eq!(blocks(&french), blocks(&english), "{code}");
            let names = english.split('`').skip(1).step_by(2);
            // What stands for a name is a word, and put into French.
            for name in names.filter(|name| !name.contains("key: value") && !name.contains(char::is_uppercase)) {
                assert!(french.contains(&format!("`{name}`")), "{code}: {name}");
            }
        }
    }

    /// The code of an example: neither its comment, nor what is quoted, nor words, nor names of files that stand for any.
    fn code_of(line: &str) -> Vec<String> {
        let line = line.split("      # ").next().unwrap_or_default();
        let line: String = line.split('"').step_by(2).collect::<Vec<_>>().join(" ");
        let is_code = |word: &&str| {
            word.contains(|c: char| c.is_ascii_digit() || ":/@{}=~#*…".contains(c)) && !word.ends_with(".txt")
        };
        let words = line.split(|c: char| c.is_whitespace() || "<>[]()".contains(c));
        words.filter(is_code).map(str::to_owned).collect()
    }

    #[test]
    fn examples_hold_the_same_code() {
        for (code, [english, french]) in both() {
            let (english, french) = (examples(&english), examples(&french));
            assert_eq!(english.len(), french.len(), "{code}");
            for (english, french) in english.iter().zip(&french) {
                assert_eq!(code_of(english), code_of(french), "{code}");
            }
        }
    }

    #[test]
    fn it_is_set_as_french_is_set() {
        let lang = Lang::new("fr");
        for (heading, text) in sections() {
            for line in text.lines().filter(|line| !line.starts_with("    ")) {
                let prose = line.split('`').step_by(2).collect::<Vec<_>>().join("x");
                assert_eq!(space(&lang, &prose), Cow::Borrowed(prose.as_str()), "{heading}");
                assert!(!prose.contains('\''), "{heading}: {prose}");
            }
        }
    }
}

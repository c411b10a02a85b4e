//! The table by which a PDF's font tells which letters its codes stand for (PDF 32000-1:2008 §9.10.3; Adobe Technical Note 5014 §1.4).

use std::collections::BTreeMap;

/// Codes and the letters they stand for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct CMap {
    letters: BTreeMap<u32, String>,
    /// Lengths in bytes that codes may have, with the ranges of their values.
    spaces: Vec<(usize, u32, u32)>,
}

/// The longest run of codes that one line of the table may name: a whole plane of two bytes.
const LONGEST_RUN: u32 = 0x1_0000;

/// The most entries of one table.
const MOST_ENTRIES: usize = 200_000;

#[derive(Debug, Clone, PartialEq, Eq)]
enum Token {
    Hex(Vec<u8>),
    Open,
    Close,
    Word(String),
}

impl CMap {
    /// Reads a table; what cannot be read of it is passed over.
    pub(super) fn read(bytes: &[u8]) -> Self {
        let mut map = Self::default();
        let tokens = tokens(bytes);
        let mut at = 0;
        let mut section = String::new();
        while let Some(token) = tokens.get(at) {
            match token {
                Token::Word(word) => {
                    section.clone_from(word);
                    at += 1;
                }
                _ => at += map.entry(&section, &tokens[at..]).max(1),
            }
        }
        map
    }

    /// Reads one line of a section; how many tokens it has.
    fn entry(&mut self, section: &str, tokens: &[Token]) -> usize {
        match (section, tokens) {
            ("begincodespacerange", [Token::Hex(from), Token::Hex(to), ..]) => {
                self.spaces.push((from.len(), number(from), number(to)));
                2
            }
            ("beginbfchar", [Token::Hex(code), Token::Hex(letters), ..]) => {
                self.insert(number(code), utf16(letters));
                2
            }
            ("beginbfrange", [Token::Hex(from), Token::Hex(to), Token::Hex(letters), ..]) => {
                let (from, to) = (number(from), number(to));
                let Some((last, before)) = utf16_units(letters)
                    .split_last()
                    .map(|(last, before)| (*last, before.to_vec()))
                else {
                    return 3;
                };
                for (step, code) in (from..=to.min(from.saturating_add(LONGEST_RUN))).enumerate() {
                    let unit = last.wrapping_add(u16::try_from(step).unwrap_or(u16::MAX));
                    let units: Vec<u16> = before.iter().copied().chain([unit]).collect();
                    self.insert(code, String::from_utf16_lossy(&units));
                }
                3
            }
            ("beginbfrange", [Token::Hex(from), Token::Hex(_), Token::Open, rest @ ..]) => {
                let items = rest.iter().take_while(|token| **token != Token::Close);
                let mut count = 0;
                for (code, item) in (number(from)..=u32::MAX).zip(items) {
                    if let Token::Hex(letters) = item {
                        self.insert(code, utf16(letters));
                    }
                    count += 1;
                }
                count + 4
            }
            _ => 1,
        }
    }

    fn insert(&mut self, code: u32, letters: String) {
        if self.letters.len() < MOST_ENTRIES {
            self.letters.insert(code, letters);
        }
    }

    /// The letters of a code.
    pub(super) fn letters(&self, code: u32) -> Option<&str> {
        self.letters.get(&code).map(String::as_str)
    }

    /// How many bytes the code at the beginning of `bytes` has, where the table says so.
    pub(super) fn code_length(&self, bytes: &[u8]) -> Option<usize> {
        (1..=4.min(bytes.len())).find(|length| {
            let code = number(&bytes[..*length]);
            self.spaces
                .iter()
                .any(|(of, from, to)| of == length && (*from..=*to).contains(&code))
        })
    }
}

fn number(bytes: &[u8]) -> u32 {
    bytes
        .iter()
        .take(4)
        .fold(0, |number, byte| number << 8 | u32::from(*byte))
}

fn utf16_units(bytes: &[u8]) -> Vec<u16> {
    match bytes {
        [single] => vec![u16::from(*single)],
        _ => bytes
            .chunks_exact(2)
            .map(|pair| u16::from_be_bytes([pair[0], pair[1]]))
            .collect(),
    }
}

fn utf16(bytes: &[u8]) -> String {
    String::from_utf16_lossy(&utf16_units(bytes))
}

fn tokens(bytes: &[u8]) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        at += 1;
        match byte {
            b'%' => {
                at += bytes[at..]
                    .iter()
                    .take_while(|byte| !matches!(byte, b'\n' | b'\r'))
                    .count()
            }
            b'<' if bytes.get(at) == Some(&b'<') => at += 1,
            b'<' => {
                let length = bytes[at..].iter().take_while(|byte| **byte != b'>').count();
                tokens.push(Token::Hex(hex(&bytes[at..at + length])));
                at += length + 1;
            }
            b'[' => tokens.push(Token::Open),
            b']' => tokens.push(Token::Close),
            byte if byte.is_ascii_alphabetic() => {
                let length = bytes[at..]
                    .iter()
                    .take_while(|byte| byte.is_ascii_alphanumeric())
                    .count();
                tokens.push(Token::Word(
                    String::from_utf8_lossy(&bytes[at - 1..at + length]).into_owned(),
                ));
                at += length;
            }
            _ => {}
        }
    }
    tokens
}

fn hex(digits: &[u8]) -> Vec<u8> {
    let digits: Vec<u8> = digits
        .iter()
        .filter_map(|digit| char::from(*digit).to_digit(16))
        .map(|digit| digit as u8)
        .collect();
    digits
        .chunks(2)
        .map(|pair| pair[0] << 4 | pair.get(1).copied().unwrap_or(0))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn characters_ranges_and_lists_are_read() {
        let map = CMap::read(
            b"/CMapName /X def 1 begincodespacerange <0000> <FFFF> endcodespacerange\n2 beginbfchar <0003> <0020> <0005><D83DDE00> endbfchar\n\
              2 beginbfrange <0010> <0012> <0041> <0020> <0021> [<00660069> <00E9>] endbfrange % <0030> <0031>\n",
        );
        for (code, letters) in [(3, " "), (5, "😀"), (0x10, "A"), (0x12, "C"), (0x20, "fi"), (0x21, "é")] {
            assert_eq!(map.letters(code), Some(letters), "{code:x}");
        }
        assert_eq!(map.letters(0x13), None);
        assert_eq!(map.letters(0x30), None);
        assert_eq!(map.code_length(b"\x00\x03\x00"), Some(2));
        assert_eq!(map.code_length(b"\x00"), None);
    }

    #[test]
    fn a_run_without_end_ends() {
        let map = CMap::read(b"beginbfrange <00000000> <FFFFFFFF> <0041>");
        assert_eq!(map.letters.len(), LONGEST_RUN as usize + 1);
    }

    proptest! {
        #[test]
        fn no_bytes_make_it_panic(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
            CMap::read(&bytes);
        }

        #[test]
        fn no_tokens_make_it_panic(text in "(beginbfrange|beginbfchar|begincodespacerange|<[0-9a-f]{0,9}>|\\[|\\]| |%){0,20}") {
            CMap::read(text.as_bytes());
        }
    }
}

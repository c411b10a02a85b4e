//! A font of a PDF, as far as its text needs it: codes → letters and widths (PDF 32000-1:2008 §9.6 to §9.10).

use std::collections::BTreeMap;

use hayro_syntax::object::{Array, Dict, Name, Object, Stream};

use super::cmap::CMap;
use super::glyphs::{letters, standard, without_ligatures};

/// What a shown code is.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Shown {
    /// Its letters; none where the font does not tell.
    pub(super) letters: Option<String>,
    /// How far it moves on, in ems.
    pub(super) width: f64,
    /// Whether it is the single byte 32, which word spacing widens.
    pub(super) is_space: bool,
}

/// A font.
#[derive(Debug, Clone, Default)]
pub(super) struct Font {
    /// Name of the typeface, which tells bold from plain.
    pub(super) name: String,
    composite: bool,
    to_unicode: Option<CMap>,
    encoding: BTreeMap<u8, String>,
    widths: BTreeMap<u32, f64>,
    default_width: f64,
}

/// Width where nothing is said, in ems: about that of a small letter.
const WIDTH: f64 = 0.5;

/// The widths of a font are thousandths of an em.
const THOUSANDTH: f64 = 0.001;

/// The most widths of one font.
const MOST_WIDTHS: usize = 100_000;

impl Font {
    /// Reads a font's dictionary.
    pub(super) fn read(font: &Dict<'_>) -> Self {
        let composite = is(font, "Subtype", "Type0");
        let to_unicode = font
            .get::<Stream<'_>>("ToUnicode")
            .and_then(|stream| Some(CMap::read(&stream.decoded_data().ok()?)));
        let mut read = Self {
            name: name_of(font, "BaseFont").unwrap_or_default(),
            composite,
            to_unicode,
            default_width: if composite { 1.0 } else { WIDTH },
            ..Self::default()
        };
        if composite {
            let descendant = font
                .get::<Array<'_>>("DescendantFonts")
                .and_then(|fonts| fonts.iter::<Dict<'_>>().next());
            if let Some(descendant) = descendant {
                read.composite_widths(&descendant);
            }
        } else {
            read.simple_widths(font);
            read.encoding = encoding(font);
        }
        read
    }

    /// The codes of a string, one after the other.
    pub(super) fn show(&self, mut bytes: &[u8]) -> Vec<Shown> {
        let mut all = Vec::with_capacity(bytes.len());
        while !bytes.is_empty() {
            let length = if self.composite {
                let told = self.to_unicode.as_ref().and_then(|map| map.code_length(bytes));
                told.unwrap_or(2).min(bytes.len())
            } else {
                1
            };
            let (code, rest) = bytes.split_at(length);
            all.push(self.code(code));
            bytes = rest;
        }
        all
    }

    fn code(&self, bytes: &[u8]) -> Shown {
        let code = bytes.iter().fold(0, |code, byte| code << 8 | u32::from(*byte));
        let told = self
            .to_unicode
            .as_ref()
            .and_then(|map| map.letters(code))
            .map(str::to_owned);
        let encoded = || match bytes {
            [byte] if !self.composite => self.encoding.get(byte).cloned(),
            _ => None,
        };
        Shown {
            letters: told.or_else(encoded).map(|letters| without_ligatures(&letters)),
            width: self.widths.get(&code).copied().unwrap_or(self.default_width),
            is_space: bytes == b" ",
        }
    }

    fn simple_widths(&mut self, font: &Dict<'_>) {
        // The widths of a Type 3 font are in a space of its own.
        let scale = match font
            .get::<Array<'_>>("FontMatrix")
            .and_then(|matrix| matrix.iter::<f64>().next())
        {
            Some(scale) if is(font, "Subtype", "Type3") => scale,
            _ => THOUSANDTH,
        };
        let missing = font
            .get::<Dict<'_>>("FontDescriptor")
            .and_then(|descriptor| descriptor.get::<f64>("MissingWidth"));
        if let Some(missing) = missing.filter(|missing| *missing > 0.0) {
            self.default_width = missing * scale;
        }
        let first = font.get::<u32>("FirstChar").unwrap_or(0);
        if let Some(widths) = font.get::<Array<'_>>("Widths") {
            let widths = widths.iter::<f64>().take(256);
            self.widths = (first..=u32::MAX).zip(widths.map(|width| width * scale)).collect();
        }
    }

    /// `W` holds `code [width …]` and `first last width` in turn.
    fn composite_widths(&mut self, font: &Dict<'_>) {
        if let Some(width) = font.get::<f64>("DW") {
            self.default_width = width * THOUSANDTH;
        }
        let Some(widths) = font.get::<Array<'_>>("W") else {
            return;
        };
        let items: Vec<Object<'_>> = widths.iter::<Object<'_>>().take(MOST_WIDTHS).collect();
        let mut at = 0;
        while let Some(first) = items.get(at).and_then(number) {
            // Codes are at most two bytes.
            let first = first as u32;
            match items.get(at + 1) {
                Some(Object::Array(list)) => {
                    let list = list.iter::<f64>().take(MOST_WIDTHS);
                    self.widths
                        .extend((first..=u32::MAX).zip(list.map(|width| width * THOUSANDTH)));
                    at += 2;
                }
                Some(last) => {
                    let (Some(last), Some(width)) = (number(last), items.get(at + 2).and_then(number)) else {
                        return;
                    };
                    let last = (last as u32).min(first.saturating_add(0xffff));
                    self.widths
                        .extend((first..=last).map(|code| (code, width * THOUSANDTH)));
                    at += 3;
                }
                None => return,
            }
        }
    }
}

fn number(object: &Object<'_>) -> Option<f64> {
    match object {
        Object::Number(number) => Some(number.as_f64()),
        _ => None,
    }
}

fn name_of(dict: &Dict<'_>, key: &str) -> Option<String> {
    dict.get::<Name<'_>>(key).map(|name| name.as_str().to_owned())
}

fn is(dict: &Dict<'_>, key: &str, value: &str) -> bool {
    name_of(dict, key).is_some_and(|name| name == value)
}

/// The letters of the codes of a simple font.
fn encoding(font: &Dict<'_>) -> BTreeMap<u8, String> {
    let differing = font.get::<Dict<'_>>("Encoding");
    let base = match &differing {
        Some(dict) => name_of(dict, "BaseEncoding"),
        None => name_of(font, "Encoding"),
    };
    let symbolic = font
        .get::<Dict<'_>>("FontDescriptor")
        .and_then(|descriptor| descriptor.get::<u32>("Flags"))
        .is_some_and(|flags| flags & 4 != 0);
    let mut encoding: BTreeMap<u8, String> = match base.as_deref() {
        Some("WinAnsiEncoding") => of_bytes(encoding_rs::WINDOWS_1252),
        Some("MacRomanEncoding") => of_bytes(encoding_rs::MACINTOSH),
        // The codes of a symbolic font are its own.
        _ if symbolic => BTreeMap::new(),
        _ => (0..=255).filter_map(|code| Some((code, standard(code)?))).collect(),
    };
    let mut code = 0u8;
    for item in differing
        .and_then(|dict| dict.get::<Array<'_>>("Differences"))
        .iter()
        .flat_map(|list| list.iter::<Object<'_>>())
    {
        match item {
            Object::Number(number) => code = u8::try_from(number.as_i64()).unwrap_or(0),
            Object::Name(name) => {
                match letters(name.as_str()) {
                    Some(letters) => encoding.insert(code, letters),
                    None => encoding.remove(&code),
                };
                code = code.wrapping_add(1);
            }
            _ => {}
        }
    }
    encoding
}

fn of_bytes(encoding: &'static encoding_rs::Encoding) -> BTreeMap<u8, String> {
    (0x20..=255u8)
        .map(|code| (code, encoding.decode_without_bom_handling(&[code]).0.into_owned()))
        .collect()
}

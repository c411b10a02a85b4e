//! From words to glyphs.

use std::collections::HashMap;
use std::sync::{Arc, LazyLock, Mutex, PoisonError};

use rustybuzz::{BufferFlags, Direction, ShapePlan, UnicodeBuffer, script};
use typst::foundations::StyleChain;
use typst::layout::Abs;
use typst::text::{FontInstance, Lang, Region, TextElem, families, language, variant};

use super::super::world::{font_of, select};

/// A glyph and what it stands for. Lengths are in points.
#[derive(Debug, Clone)]
pub(super) struct Glyph {
    pub(super) id: u16,
    /// Where its signs begin and end in the paragraph's words.
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) advance: f64,
    pub(super) x_offset: f64,
    pub(super) y_offset: f64,
    /// The first of its signs.
    pub(super) sign: char,
    /// Whether the words can be cut before it without a change to any glyph.
    pub(super) is_safe: bool,
}

impl Glyph {
    /// Whether it gives way when a line is made wider or narrower.
    pub(super) fn is_space(&self) -> bool {
        matches!(self.sign, ' ' | '\u{a0}')
    }
}

/// How a font shapes a language.
#[derive(Clone)]
pub(super) struct Face {
    pub(super) font: FontInstance,
    language: rustybuzz::Language,
    plan: Arc<ShapePlan>,
}

/// Plans by the font's number and the language.
type Plans = HashMap<(usize, Lang, Option<Region>), Face>;

static PLANS: LazyLock<Mutex<Plans>> = LazyLock::new(Mutex::default);

impl Face {
    /// The first font that a style asks for.
    pub(super) fn of(styles: StyleChain) -> Option<Self> {
        let family = families(styles).next()?;
        let font = select(family.as_str(), variant(styles))?;
        let key = (font, styles.get(TextElem::lang), styles.get(TextElem::region));
        let mut plans = PLANS.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(face) = plans.get(&key) {
            return Some(face.clone());
        }
        let font = font_of(font)?;
        let language = language(styles);
        let plan = ShapePlan::new(
            font.rusty(),
            Direction::LeftToRight,
            Some(script::LATIN),
            Some(&language),
            &[],
        );
        let face = Face {
            font,
            language,
            plan: Arc::new(plan),
        };
        plans.insert(key, face.clone());
        Some(face)
    }

    /// Shapes words that begin at a place of the paragraph; nothing where the font lacks a sign.
    pub(super) fn shape(&self, words: &str, base: usize, size: Abs) -> Option<Vec<Glyph>> {
        let mut buffer = UnicodeBuffer::new();
        buffer.push_str(words);
        buffer.set_language(self.language.clone());
        buffer.set_script(script::LATIN);
        buffer.set_direction(Direction::LeftToRight);
        buffer.set_flags(BufferFlags::REMOVE_DEFAULT_IGNORABLES);
        let shaped = rustybuzz::shape_with_plan(self.font.rusty(), &self.plan, buffer);
        let (infos, positions) = (shaped.glyph_infos(), shaped.glyph_positions());
        let scale = size.to_pt() / self.font.units_per_em();
        let mut glyphs: Vec<Glyph> = Vec::with_capacity(infos.len());
        // From the last to the first, since a glyph's signs reach to those of the next.
        let (mut end, mut following) = (words.len(), None);
        for (info, position) in infos.iter().zip(positions).rev() {
            if info.glyph_id == 0 {
                return None;
            }
            let start = info.cluster as usize;
            if following.is_some_and(|following| following != start) {
                end = following.unwrap_or(end);
            }
            following = Some(start);
            glyphs.push(Glyph {
                id: u16::try_from(info.glyph_id).ok()?,
                start: base + start,
                end: base + end,
                advance: f64::from(position.x_advance) * scale,
                x_offset: f64::from(position.x_offset) * scale,
                y_offset: f64::from(position.y_offset) * scale,
                sign: words[start..].chars().next()?,
                is_safe: !info.unsafe_to_break(),
            });
        }
        glyphs.reverse();
        self.widen_like_spaces(&mut glyphs, size);
        Some(glyphs)
    }

    /// A space that may not break is as wide as one that may.
    fn widen_like_spaces(&self, glyphs: &mut [Glyph], size: Abs) {
        for glyph in glyphs.iter_mut().filter(|glyph| glyph.sign == '\u{a0}') {
            if let Some(space) = self.advance(' ', size)
                && let Some(own) = self.advance('\u{a0}', size)
            {
                glyph.advance += space - own;
            }
        }
    }

    /// The width of a sign that stands alone.
    fn advance(&self, sign: char, size: Abs) -> Option<f64> {
        let glyph = self.font.ttf().glyph_index(sign)?;
        Some(self.font.x_advance(glyph.0)?.at(size).to_pt())
    }

    /// A hyphen where a word is broken. What it stands for is no sign of the text.
    pub(super) fn hyphen(&self, at: usize, size: Abs) -> Option<Glyph> {
        Some(Glyph {
            id: self.font.ttf().glyph_index('-')?.0,
            start: at,
            end: at,
            advance: self.advance('-', size)?,
            x_offset: 0.0,
            y_offset: 0.0,
            sign: '\u{ad}',
            is_safe: true,
        })
    }
}

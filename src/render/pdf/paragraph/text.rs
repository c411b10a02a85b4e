//! A paragraph's parts as one text with its styles.

use std::ops::Range;

use typst::foundations::{Content, Smart, StyleChain};
use typst::introspection::{Tag, TagElem};
use typst::layout::{Abs, Dir};
use typst::model::ParElem;
use typst::syntax::Span;
use typst::text::{Lang, LinebreakElem, Region, SpaceElem, TextElem, features};

use super::shape::{Face, Glyph};

/// A paragraph as we can set it.
pub(super) struct Text<'a> {
    /// All of its words.
    pub(super) words: String,
    /// Pieces of the same style, in order. Forced ends of lines lie between them.
    pub(super) runs: Vec<Run<'a>>,
    /// Marks that say where elements begin and end, with their places in the words.
    pub(super) tags: Vec<(usize, &'a Tag)>,
    /// Whether its lines are as wide as the column.
    pub(super) justify: bool,
    /// The space between its lines.
    pub(super) leading: Abs,
}

/// A piece of text in one style.
pub(super) struct Run<'a> {
    /// Where it stands in the words.
    pub(super) range: Range<usize>,
    pub(super) face: Face,
    pub(super) size: Abs,
    pub(super) lang: Lang,
    pub(super) region: Option<Region>,
    /// Whether its words may be broken.
    pub(super) hyphenate: bool,
    pub(super) styles: StyleChain<'a>,
    pub(super) span: Span,
    pub(super) glyphs: Vec<Glyph>,
}

impl<'a> Text<'a> {
    /// Reads parts that Typst has realized; nothing where one of them is not for us.
    pub(super) fn read(parts: &[(&'a Content, StyleChain<'a>)], styles: StyleChain<'a>, justify: bool) -> Option<Self> {
        let mut text = Text {
            words: String::new(),
            runs: Vec::new(),
            tags: Vec::new(),
            justify,
            leading: styles.resolve(ParElem::leading),
        };
        for (part, styles) in parts {
            if let Some(tag) = part.to_packed::<TagElem>() {
                text.tags.push((text.words.len(), &tag.tag));
            } else if let Some(words) = part.to_packed::<TextElem>() {
                text.add(&words.text, *styles, part.span())?;
            } else if part.is::<SpaceElem>() {
                text.add(" ", *styles, part.span())?;
            } else if part.is::<LinebreakElem>() {
                text.words.push('\n');
            } else {
                return None;
            }
        }
        if text.words.contains("://") || text.words.contains("www.") || text.runs.is_empty() {
            return None;
        }
        for run in &mut text.runs {
            run.glyphs = run
                .face
                .shape(&text.words[run.range.clone()], run.range.start, run.size)?;
        }
        Some(text)
    }

    fn add(&mut self, words: &str, styles: StyleChain<'a>, span: Span) -> Option<()> {
        if !words.chars().all(is_plain) {
            return None;
        }
        let start = self.words.len();
        self.words.push_str(words);
        let range = start..self.words.len();
        let follows_tag = self.tags.last().is_some_and(|(at, _)| *at == start);
        if let Some(last) = self.runs.last_mut()
            && last.styles == styles
            && last.range.end == start
            && !follows_tag
        {
            last.range.end = range.end;
            return Some(());
        }
        if words.is_empty() {
            return Some(());
        }
        let (lang, region) = (styles.get(TextElem::lang), styles.get(TextElem::region));
        if !is_plainly_styled(styles) || repeats_hyphens(lang) {
            return None;
        }
        self.runs.push(Run {
            range,
            face: Face::of(styles)?,
            size: styles.resolve(TextElem::size),
            lang,
            region,
            hyphenate: match styles.get(TextElem::hyphenate) {
                Smart::Custom(choice) => choice,
                Smart::Auto => self.justify,
            },
            styles,
            span,
            glyphs: Vec::new(),
        });
        Some(())
    }
}

/// Whether a sign is written from left to right, stands alone, and breaks lines by the rules for Latin text.
fn is_plain(sign: char) -> bool {
    matches!(sign,
        ' '..='~' | '\u{a0}'..='\u{ac}' | '\u{ae}'..='\u{24f}' | '\u{1e00}'..='\u{1eff}' | '\u{2010}'..='\u{2027}' | '\u{202f}'..='\u{205e}'
        | '\u{20a0}'..='\u{20bf}' | '\u{2100}'..='\u{22ff}' | '\u{25a0}'..='\u{25ff}')
}

/// Whether a style needs nothing but a font, a size and a colour.
fn is_plainly_styled(styles: StyleChain) -> bool {
    styles.get_cloned(TextElem::deco).is_empty()
        && styles.get_ref(TextElem::shift_settings).is_none()
        && styles.get_ref(TextElem::stroke).is_none()
        && styles.get_ref(TextElem::case).is_none()
        && styles.resolve(TextElem::dir) == Dir::LTR
        && styles.resolve(TextElem::tracking) == Abs::zero()
        && styles.resolve(TextElem::baseline) == Abs::zero()
        && features(styles).is_empty()
}

/// Languages that write a hyphen at the end of a line again at the head of the next one.
fn repeats_hyphens(lang: Lang) -> bool {
    matches!(lang.as_str(), "cs" | "dsb" | "es" | "hr" | "pl" | "pt" | "sk")
}

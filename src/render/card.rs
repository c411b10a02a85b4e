//! Social cards: what a card says is laid out, written as SVG through the template `card.svg`, and drawn as PNG by resvg.

use std::sync::{Arc, LazyLock};

use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{self, fontdb};
use serde::Serialize;

use super::html::LanguageEngine;
use super::picture;
use crate::diagnostic::{Code, Diagnostic};
use crate::phrase::{Phrase, ToPart, say};
use crate::typeface::{BOLD, FAMILY, REGULAR, width};
use crate::view::{CARD_HEIGHT, CARD_WIDTH, CardView};

/// The typeface as resvg asks for it.
static FONTS: LazyLock<Arc<fontdb::Database>> = LazyLock::new(|| {
    let mut fonts = fontdb::Database::new();
    for font in [BOLD, REGULAR] {
        fonts.load_font_source(fontdb::Source::Binary(Arc::new(font)));
    }
    fonts.set_serif_family(FAMILY);
    Arc::new(fonts)
});

/// What turns a drawing into a picture: typeface, resvg, encoder. It must change when they give other bytes, or pictures of an older version would stay.
const DRAWN_BY: &[u8] = b"3\n";

/// Sizes of the claim in pixels: the largest that leaves it room is taken.
const SIZES: [u16; 9] = [72, 66, 60, 54, 48, 44, 40, 36, 32];

/// Width of the claim's lines in pixels.
const MEASURE: f32 = 984.0;

/// Where the room for the claim begins and ends, from the top of the card.
const ROOM: [f32; 2] = [112.0, 412.0];

/// Height that the byline takes of it.
const BYLINE: f32 = 56.0;

/// A card as its template sees it: what it says, cut to the room there is, and where that stands, in pixels.
#[derive(Debug, Serialize)]
struct Layout {
    /// What stands over the claim.
    heading: String,
    /// Its width.
    heading_width: u16,
    /// Size of the claim.
    size: u16,
    /// Lines of the claim.
    lines: Vec<Line>,
    /// Who made it and when.
    byline: Option<Line>,
    /// The verdict.
    verdict: String,
    /// Its width.
    verdict_width: u16,
    /// Its level, as stamps are drawn.
    level: u64,
    /// Name of the site.
    site: String,
    /// Where the site is.
    address: String,
}

/// A line of text.
#[derive(Debug, PartialEq, Eq, Serialize)]
struct Line {
    /// Its words.
    text: String,
    /// Its base line.
    y: u16,
}

/// The drawing: an SVG.
pub fn svg(engine: &LanguageEngine, card: &CardView) -> Result<Vec<u8>, Diagnostic> {
    engine.card(&layout(card))
}

/// A drawing as a PNG of [`CARD_WIDTH`] by [`CARD_HEIGHT`] pixels. The picture says what it was drawn from; a former one of the same drawing stays.
pub fn png(svg: &[u8], former: Option<Vec<u8>>) -> Result<Vec<u8>, Diagnostic> {
    let origin = blake3::Hasher::new().update(DRAWN_BY).update(svg).finalize().to_hex();
    match former.filter(|former| picture::origin(former).as_deref() == Some(origin.as_str())) {
        Some(same) => Ok(same),
        None => draw(svg, &origin),
    }
}

/// Draws, which takes some milliseconds.
fn draw(svg: &[u8], origin: &str) -> Result<Vec<u8>, Diagnostic> {
    let fault = |error: &dyn ToPart| {
        let message = say!("this drawing cannot be read: {error}", error);
        Diagnostic::new(Code::Template, &"templates/card.svg".into(), 0..0, message).help(say!(
            "mend the template, or delete the site's copy to get the built-in one back"
        ))
    };
    let options = usvg::Options {
        font_family: FAMILY.to_owned(),
        fontdb: Arc::clone(&FONTS),
        // A drawing names no files: nothing outside the site's folder is read.
        image_href_resolver: usvg::ImageHrefResolver {
            resolve_data: Box::new(|_, _, _| None),
            resolve_string: Box::new(|_, _| None),
        },
        ..usvg::Options::default()
    };
    let tree = usvg::Tree::from_data(svg, &options).map_err(|error| fault(&Phrase::others(error.to_string())))?;
    let (wide, high) = (u32::from(CARD_WIDTH), u32::from(CARD_HEIGHT));
    let mut pixels = Pixmap::new(wide, high).ok_or_else(|| fault(&say!("it has no size")))?;
    let size = tree.size();
    let scale = Transform::from_scale(wide as f32 / size.width(), high as f32 / size.height());
    resvg::render(&tree, scale, &mut pixels.as_mut());
    picture::png(pixels.data(), CARD_WIDTH, CARD_HEIGHT, origin)
        .map_err(|error| fault(&Phrase::others(error.to_string())))
}

/// Lays a card out: the claim as large as it has room, in the middle of its box.
fn layout(card: &CardView) -> Layout {
    let byline = card.byline.as_deref().map(|byline| shorten(byline, 30, MEASURE));
    let room = ROOM[1] - ROOM[0] - if byline.is_some() { BYLINE } else { 0.0 };
    let (size, lines) = fit(&card.claim, room);
    let leading = leading(size);
    let high = leading * lines.len() as f32;
    let top = ROOM[0] + (room - high) / 2.0;
    // Letters stand on a line about a quarter of their size above the end of their row.
    let base = |row: usize| (top + leading * (row as f32 + 1.0) - f32::from(size) * 0.28) as u16;
    let lines = lines.into_iter().enumerate();
    let (heading, verdict) = (shorten(&card.heading, 26, MEASURE), shorten(&card.verdict, 46, 860.0));
    Layout {
        heading_width: width(&heading, 26.0).ceil() as u16,
        heading,
        size,
        lines: lines.map(|(row, text)| Line { text, y: base(row) }).collect(),
        byline: byline.map(|text| Line {
            text,
            y: (top + high + 42.0) as u16,
        }),
        verdict_width: width(&verdict, 46.0).ceil() as u16,
        verdict,
        level: card.level,
        site: shorten(&card.site, 34, 620.0),
        address: shorten(&card.address, 28, 420.0),
    }
}

/// The distance from line to line.
fn leading(size: u16) -> f32 {
    f32::from(size) * 1.18
}

/// A word with its width at the size 1.
type Word<'a> = (&'a str, f32);

/// The size and the lines of a claim that has so much height. What does not fit at the smallest size is cut.
fn fit(claim: &str, room: f32) -> (u16, Vec<String>) {
    let words = claim.split([' ', '\n', '\t']).filter(|word| !word.is_empty());
    let words: Vec<Word<'_>> = words.map(|word| (word, width(word, 1.0))).collect();
    let widest = words.iter().map(|(_, width)| *width).fold(0.0, f32::max);
    for size in SIZES {
        let measure = MEASURE / f32::from(size);
        let most = (room / leading(size)) as usize;
        let lines = wrap(&words, measure);
        if lines.len() <= most && widest <= measure {
            return (size, text_of(even(&words, lines, widest, measure)));
        }
        if Some(&size) == SIZES.last() {
            return (size, cut(&text_of(lines), most, size));
        }
    }
    (0, Vec::new())
}

/// The words in lines no wider than the measure; a word that is wider has its own. No-break spaces hold words together.
fn wrap<'a, 'w>(words: &'w [Word<'a>], measure: f32) -> Vec<&'w [Word<'a>]> {
    let space = width(" ", 1.0);
    let mut lines = Vec::new();
    let (mut from, mut wide) = (0, 0.0);
    for (at, (_, width)) in words.iter().enumerate() {
        if at > from && wide + space + width > measure {
            lines.push(&words[from..at]);
            (from, wide) = (at, 0.0);
        }
        wide += if at > from { space + width } else { *width };
    }
    lines.push(&words[from..]);
    lines.retain(|line| !line.is_empty());
    lines
}

/// The same number of lines, as even as they can be.
fn even<'a, 'w>(words: &'w [Word<'a>], lines: Vec<&'w [Word<'a>]>, widest: f32, measure: f32) -> Vec<&'w [Word<'a>]> {
    let (mut low, mut high) = (widest, measure);
    let mut best = lines;
    while high - low > measure / 128.0 {
        let middle = (low + high) / 2.0;
        let tried = wrap(words, middle);
        if tried.len() > best.len() {
            low = middle;
        } else {
            (high, best) = (middle, tried);
        }
    }
    best
}

fn text_of(lines: Vec<&[Word<'_>]>) -> Vec<String> {
    let text = |line: &[Word<'_>]| line.iter().map(|(word, _)| *word).collect::<Vec<_>>().join(" ");
    lines.into_iter().map(text).collect()
}

/// The first lines, each within the measure, with a mark where something is cut.
fn cut(lines: &[String], most: usize, size: u16) -> Vec<String> {
    let kept = lines.iter().take(most).enumerate();
    let shortened = kept.map(|(row, line)| match row + 1 == most && lines.len() > most {
        true => shorten(&format!("{line} …"), size, MEASURE),
        false => shorten(line, size, MEASURE),
    });
    shortened.collect()
}

/// A text no wider than a measure, with a mark where it is cut.
fn shorten(text: &str, size: u16, measure: f32) -> String {
    if width(text, f32::from(size)) <= measure {
        return text.to_owned();
    }
    let room = measure - width("…", f32::from(size));
    let ends: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
    let fitting = ends.partition_point(|end| width(&text[..*end], f32::from(size)) <= room);
    let (kept, rest) = text.split_at(ends[fitting.max(1) - 1]);
    let mut short = kept.to_owned();
    // Half a word is left only where it is all there is.
    if !rest.starts_with(char::is_whitespace) {
        short.truncate(short.rfind(' ').unwrap_or(short.len()));
    }
    short.truncate(short.trim_end_matches([' ', ',', ';', ':', '.', '…']).len());
    short.push('…');
    short
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn card(claim: &str) -> CardView {
        CardView {
            claim: claim.to_owned(),
            byline: Some("Affirmé par RFI, mars 2024".to_owned()),
            verdict: "Trompeur".to_owned(),
            level: 2,
            site: "Kézako".to_owned(),
            address: "kezako.example".to_owned(),
            heading: "L’affirmation".to_owned(),
        }
    }

    fn lines(layout: &Layout) -> Vec<&str> {
        layout.lines.iter().map(|line| line.text.as_str()).collect()
    }

    #[test]
    fn a_short_claim_is_large_and_a_long_one_small_and_neither_loses_a_word() {
        let long = "Un mot après l’autre, la phrase devient si longue ".repeat(4);
        let (short, long_card) = (card("Grok est ouvert."), card(long.trim_end()));
        let (short, long_card) = (layout(&short), layout(&long_card));
        assert_eq!((short.size, lines(&short)), (SIZES[0], vec!["Grok est ouvert."]));
        assert!(long_card.size < short.size);
        assert_eq!(lines(&long_card).join(" "), long.trim_end());
    }

    #[test]
    fn lines_are_about_equally_long() {
        let claim =
            card("La Commission européenne a lancé une enquête sur l’investissement de Microsoft dans Mistral.");
        let layout = layout(&claim);
        let widths: Vec<f32> = lines(&layout)
            .iter()
            .map(|line| width(line, f32::from(layout.size)))
            .collect();
        let longest = widths.iter().copied().fold(0.0, f32::max);
        assert!(
            widths.len() > 1 && widths.iter().all(|width| *width > longest * 0.6),
            "{widths:?}"
        );
    }

    #[test]
    fn no_break_spaces_hold() {
        let claim = card(&"Est-ce\u{a0}vrai\u{202f}? ".repeat(12));
        let layout = layout(&claim);
        assert!(layout.lines.len() > 1);
        assert!(
            lines(&layout).iter().all(|line| line.ends_with('?')),
            "{:?}",
            lines(&layout)
        );
    }

    #[test]
    fn what_has_no_room_is_cut_where_it_shows() {
        let endless = card(&"Mot ".repeat(300));
        let endless = layout(&endless);
        assert!(
            endless.lines.last().is_some_and(|line| line.text.ends_with("Mot…")),
            "{:?}",
            lines(&endless)
        );
        let one_word = card(&"w".repeat(300_000));
        let one_word = layout(&one_word);
        assert!(one_word.lines[0].text.ends_with("w…") && one_word.lines.len() == 1);
        let mut wordy = card("Grok est ouvert.");
        wordy.site = "Observatoire ".repeat(20);
        wordy.verdict = "ni vrai ni faux ".repeat(20);
        wordy.byline = Some("Affirmé par quelqu’un ".repeat(20));
        let wordy = layout(&wordy);
        let byline = wordy.byline.expect("a byline").text;
        assert!(
            [&wordy.site, &wordy.verdict, &byline]
                .iter()
                .all(|text| text.ends_with('…'))
        );
    }

    const DRAWING: &str = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"1200\" height=\"630\" font-family=\"Libertinus Serif\"><rect width=\"1200\" height=\"630\" fill=\"#faf8f3\"/><text x=\"60\" y=\"200\" font-size=\"90\" font-weight=\"700\">Kézako, œuvre</text><g transform=\"rotate(-2)\"><rect x=\"60\" y=\"300\" rx=\"9\" width=\"500\" height=\"90\" fill=\"none\" stroke=\"#a8133a\" stroke-width=\"6\"/><text x=\"80\" y=\"360\" font-size=\"46\" fill=\"#a8133a\">Faux</text></g></svg>";

    /// Where this fails, drawings give other pictures than before. If that is meant, change `DRAWN_BY` and write the new digest here.
    #[test]
    fn the_same_drawing_gives_the_picture_that_it_always_gave() {
        let picture = png(DRAWING.as_bytes(), None).expect("a picture");
        let digest = blake3::hash(&picture).to_hex();
        assert_eq!(&digest[..16], "246a284c4a00bd46");
    }

    #[test]
    fn a_picture_of_the_same_drawing_stays_and_any_other_is_drawn_anew() {
        let picture = png(DRAWING.as_bytes(), None).expect("a picture");
        let mut marked = picture.clone();
        marked.extend(b"taken over");
        assert_eq!(
            png(DRAWING.as_bytes(), Some(marked.clone())).expect("a picture"),
            marked
        );
        let other = DRAWING.replace("Faux", "Vrai");
        let drawn = png(other.as_bytes(), None).expect("a picture");
        assert_ne!(drawn, picture);
        for former in [marked, b"no picture".to_vec(), Vec::new()] {
            assert_eq!(png(other.as_bytes(), Some(former)).expect("a picture"), drawn);
        }
    }

    proptest! {
        #[test]
        fn any_claim_has_room(claim in "[a-zA-ZéŒ’ .,\u{a0}-]{0,400}") {
            let card = card(&claim);
            let layout = layout(&card);
            for line in &layout.lines {
                prop_assert!(width(&line.text, f32::from(layout.size)) <= MEASURE + 0.1);
                prop_assert!(f32::from(line.y) > ROOM[0] && f32::from(line.y) < ROOM[1]);
            }
            let words = |text: &str| text.split(' ').filter(|word| !word.is_empty()).map(str::to_owned).collect::<Vec<_>>();
            let shown = lines(&layout).join(" ");
            if !shown.contains('…') {
                prop_assert_eq!(words(&shown), words(&claim));
            }
        }
    }
}

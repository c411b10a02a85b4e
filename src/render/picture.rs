//! Pictures of few colours as small PNG files (PNG specification, third edition, 2025).

use std::cmp::Reverse;
use std::io::Cursor;

use png::{BitDepth, ColorType, DeflateCompression, Encoder, EncodingError, Filter};

use crate::hash::Map;

/// The most colours that a palette holds (section 11.2.2).
const MOST_COLOURS: usize = 256;

/// Under what name a picture says what it was made from (section 11.3.3.1).
const ORIGIN: &str = "Source";

/// Red, green and blue.
type Colour = [u8; 3];

/// Encodes pixels in rows from the top, each of four bytes: red, green, blue, and opacity, which is ignored. Beyond 256 colours the rarest give way to the
/// nearest of the others. `made_from` is kept in the file, for [`origin`].
pub(super) fn png(pixels: &[u8], width: u16, height: u16, made_from: &str) -> Result<Vec<u8>, EncodingError> {
    let runs = runs(pixels);
    let mut counts: Map<Colour, usize> = Map::default();
    for (colour, length) in &runs {
        *counts.entry(*colour).or_default() += length;
    }
    let mut ranked: Vec<(Colour, usize)> = counts.into_iter().collect();
    ranked.sort_unstable_by_key(|(colour, count)| (Reverse(*count), *colour));
    let colours: Vec<Colour> = ranked.iter().map(|(colour, _)| *colour).collect();
    let palette = &colours[..colours.len().min(MOST_COLOURS)];
    let places: Map<Colour, u8> = colours
        .iter()
        .enumerate()
        .map(|(rank, colour)| {
            (
                *colour,
                if rank < palette.len() {
                    rank
                } else {
                    nearest(palette, *colour)
                } as u8,
            )
        })
        .collect();
    let mut indexed = Vec::with_capacity(pixels.len() / 4);
    for (colour, length) in runs {
        indexed.resize(indexed.len() + length, places[&colour]);
    }
    let mut bytes = Vec::with_capacity(32 * 1024);
    let mut encoder = Encoder::new(&mut bytes, u32::from(width), u32::from(height));
    encoder.set_color(ColorType::Indexed);
    encoder.set_depth(BitDepth::Eight);
    encoder.set_palette(palette.concat());
    encoder.set_deflate_compression(DeflateCompression::Level(2));
    encoder.set_filter(Filter::NoFilter);
    encoder.add_text_chunk(ORIGIN.to_owned(), made_from.to_owned())?;
    let mut writer = encoder.write_header()?;
    writer.write_image_data(&indexed)?;
    writer.finish()?;
    Ok(bytes)
}

/// What a picture was made from, where it says so. Its pixels are not looked at.
pub(super) fn origin(png: &[u8]) -> Option<String> {
    let reader = png::Decoder::new(Cursor::new(png)).read_info().ok()?;
    let mut texts = reader.info().uncompressed_latin1_text.iter();
    texts.find(|text| text.keyword == ORIGIN).map(|text| text.text.clone())
}

/// Neighbouring pixels of one colour, and how many they are.
fn runs(pixels: &[u8]) -> Vec<(Colour, usize)> {
    let mut runs: Vec<(Colour, usize)> = Vec::new();
    for [red, green, blue, _] in pixels.as_chunks().0 {
        let colour = [*red, *green, *blue];
        match runs.last_mut() {
            Some((last, length)) if *last == colour => *length += 1,
            _ => runs.push((colour, 1)),
        }
    }
    runs
}

/// The place in a palette of the colour that is nearest.
fn nearest(palette: &[Colour], wanted: Colour) -> usize {
    let distance = |colour: &Colour| -> u32 {
        let parts = colour.iter().zip(wanted);
        parts.map(|(a, b)| u32::from(a.abs_diff(b)).pow(2)).sum()
    };
    let nearest = palette.iter().enumerate().min_by_key(|(_, colour)| distance(colour));
    nearest.map_or(0, |(place, _)| place)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The colours of a PNG, pixel by pixel.
    fn decoded(bytes: &[u8]) -> (u32, u32, Vec<Colour>) {
        let mut decoder = png::Decoder::new(Cursor::new(bytes));
        decoder.set_transformations(png::Transformations::EXPAND);
        let mut reader = decoder.read_info().expect("a header");
        let mut pixels = vec![0; reader.output_buffer_size().expect("a size")];
        let info = reader.next_frame(&mut pixels).expect("a picture");
        let colours = pixels.chunks_exact(3).map(|pixel| [pixel[0], pixel[1], pixel[2]]);
        (info.width, info.height, colours.collect())
    }

    fn opaque(colours: &[Colour]) -> Vec<u8> {
        colours
            .iter()
            .flat_map(|[red, green, blue]| [*red, *green, *blue, 255])
            .collect()
    }

    #[test]
    fn a_picture_of_few_colours_comes_back_as_it_was() {
        let colours: Vec<Colour> = (0..40 * 30)
            .map(|at| [(at % 16) as u8 * 16, (at / 90) as u8, 7])
            .collect();
        let bytes = png(&opaque(&colours), 40, 30, "a drawing").expect("a picture");
        assert_eq!(decoded(&bytes), (40, 30, colours));
        assert_eq!(origin(&bytes).as_deref(), Some("a drawing"));
    }

    #[test]
    fn of_many_colours_the_frequent_stay_and_the_rare_change_little() {
        let ground = [250, 248, 243];
        let mut colours = vec![ground; 3000];
        colours.extend((0..1000).map(|at| [(at % 100) as u8, (at / 100) as u8, 0]));
        let bytes = png(&opaque(&colours), 100, 40, "").expect("a picture");
        let (_, _, after) = decoded(&bytes);
        assert_eq!(after[..3000], colours[..3000]);
        let far = |(a, b): (&Colour, &Colour)| a.iter().zip(b).map(|(a, b)| a.abs_diff(*b)).max();
        let worst = after.iter().zip(&colours).filter_map(far).max();
        assert!(worst > Some(0) && worst <= Some(100), "{worst:?}");
        let distinct: std::collections::BTreeSet<&Colour> = after.iter().collect();
        assert_eq!(distinct.len(), MOST_COLOURS);
    }
}

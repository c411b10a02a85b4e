//! The typeset glossary: PDF by Typst. The only room that knows Typst.
//!
//! The template (`glossary.typ`) is ours and fixed; what editors write reaches it as data, so that no word of theirs can act as code. Typst sees two
//! files and the images of the entries, all in memory, and the fonts inside the program: no disk, no network, no packages, no clock.

mod book;
mod content;
mod figures;
mod links;
mod paragraph;
mod signs;
mod world;

use std::sync::Arc;

use serde_json::Value;
use typst::foundations::Smart;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};

use crate::config;
use crate::diagnostic::{Checked, Code, Diagnostic};
use crate::phrase::say;
use crate::tree::Digest;
use crate::view::paper::{Booklet, Layout};
use book::Entry;
use world::{Data, World};

/// The template.
const TEMPLATE: &str = include_str!("glossary.typ");

/// Finds something by a path.
pub type Find<'a, T> = Box<dyn Fn(&str) -> Option<T> + 'a>;

/// What a glossary is set from beside its own words.
pub struct Files<'a> {
    /// The bytes of an image by its path.
    pub image: Find<'a, Arc<Vec<u8>>>,
    /// The text of a content file by its path, for the places of faults.
    pub text: Find<'a, &'a str>,
}

/// A glossary that is ready to be set.
pub struct Prepared {
    /// Its letters with their entries.
    letters: Value,
    /// Everything else, as JSON.
    front: Vec<u8>,
    /// The images that it shows, in the order of their numbers.
    images: Vec<Arc<Vec<u8>>>,
    /// What tells it from other documents.
    ident: String,
    layout: Layout,
    /// Its entries, in order.
    entries: Vec<Entry>,
}

/// Makes a glossary ready, and says what cannot be set as it is: signs that no font has, images that cannot be read, blocks that lie too deep. In
/// place of a sign stands □, in place of an image its description.
pub fn prepare(booklet: &Booklet, files: &Files<'_>) -> Checked<Prepared> {
    let mut diagnostics = booklet.faults.clone();
    let mut data = serde_json::to_value(booklet).unwrap_or_default();
    diagnostics.extend(signs::replace(&mut data, booklet, files));
    let mut images = Vec::new();
    let mut lost = Vec::new();
    for (at, picture) in booklet.images.iter().enumerate() {
        let bytes = (files.image)(&picture.path).unwrap_or_default();
        if let Err(reason) = world::try_image(&bytes) {
            lost.push(at);
            diagnostics.push(
                Diagnostic::new(
                    Code::Unprintable,
                    &picture.shown_by,
                    picture.span.clone(),
                    say!("the PDF cannot show this image: {reason}", reason),
                )
                .help(say!(
                    "save it as PNG, JPEG or plain SVG; until then the PDF has its description in its place"
                )),
            );
        }
        images.push(bytes);
    }
    if !lost.is_empty() {
        describe(&mut data, &lost);
    }
    Checked {
        value: Prepared {
            layout: booklet.layout,
            entries: entries(&data),
            letters: data["letters"].take(),
            front: json(&data),
            images,
            ident: format!("{} {}", booklet.url, booklet.lang),
        },
        diagnostics,
    }
}

fn json(value: &Value) -> Vec<u8> {
    serde_json::to_vec(value).unwrap_or_default()
}

/// What a book's heads name, as it will be set.
fn entries(data: &Value) -> Vec<Entry> {
    let entry = |entry: &Value| Entry {
        id: entry["id"].as_str().unwrap_or_default().to_owned(),
        term: entry["term"].as_str().unwrap_or_default().to_owned(),
        signs: signs::count(entry),
    };
    let letters = data["letters"].as_array().into_iter().flatten();
    let entries = letters.filter_map(|letter| letter["entries"].as_array()).flatten();
    entries.map(entry).collect()
}

/// Puts descriptions in the place of images that cannot be shown.
fn describe(data: &mut Value, lost: &[usize]) {
    match data {
        Value::Array(items) => items.iter_mut().for_each(|item| describe(item, lost)),
        Value::Object(fields) => {
            let image = fields.get("image").and_then(Value::as_u64);
            if image.is_some_and(|image| lost.iter().any(|at| *at as u64 == image)) {
                let words = fields.get("alt").and_then(Value::as_str).unwrap_or_default();
                let text = format!("[{words}]");
                *data = serde_json::json!({"kind": "text", "text": text});
            } else {
                fields.values_mut().for_each(|field| describe(field, lost));
            }
        }
        _ => {}
    }
}

impl Prepared {
    /// A digest of everything that it is set from: equal digests, equal bytes.
    pub fn digest(&self) -> Digest {
        let mut hasher = blake3::Hasher::new();
        let letters = json(&self.letters);
        let parts = [self.ident.as_bytes(), &self.front, &letters];
        for part in parts
            .into_iter()
            .chain(self.images.iter().map(|image| image.as_slice()))
        {
            hasher.update(&(part.len() as u64).to_le_bytes()).update(part);
        }
        *hasher.finalize().as_bytes()
    }

    /// Sets the glossary: a PDF that conforms to PDF/UA-1 (ISO 14289-1).
    pub fn pdf(self) -> Result<Vec<u8>, Diagnostic> {
        self.set().map_err(|reason| {
            let message = say!("the glossary cannot be set: {reason}", reason);
            Diagnostic::new(Code::Template, &config::FILE.into(), 0..0, message).help(say!(
                "this is a fault in Kézako; please report it with the glossary that shows it"
            ))
        })
    }

    /// The error is the first of Typst's.
    fn set(self) -> Result<Vec<u8>, String> {
        let data = Data {
            front: self.front,
            letters: content::letters(self.letters),
        };
        let mut world = World::new(TEMPLATE, data, self.images);
        let options = PdfOptions {
            ident: Smart::Custom(self.ident),
            creator: Smart::Custom(Some("Kézako".to_owned())),
            standards: PdfStandards::new(&[PdfStandard::Ua_1]).map_err(|error| error.message().to_string())?,
            ..PdfOptions::default()
        };
        let document = match self.layout {
            Layout::Book => book::set(&mut world, &self.entries),
            Layout::Cards => world.compile(),
        };
        // The template's world is no longer needed, nor what Typst remembers of it.
        drop(world);
        world::forget();
        let written = document.and_then(|document| world::write(&document, &options));
        world::forget();
        written
    }
}

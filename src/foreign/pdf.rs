//! A PDF → its text in paragraphs, by the operators that show text (PDF 32000-1:2008 §9.4) and where they show it.

use std::collections::BTreeMap;
use std::rc::Rc;

use hayro_syntax::content::UntypedIter;
use hayro_syntax::object::{Array, DateTime, Dict, Name, Object, ObjectIdentifier, Stream};
use hayro_syntax::page::{Page, Resources};
use hayro_syntax::{DecryptionError, LoadPdfError, Pdf};

use super::font::Font;
use super::layout::{self, Line, Paragraph, Run};
use super::{Block, Extract, Facts, Found, Origin, Refusal, Remark, Shape};
use crate::phrase::say;

/// The most pages that are read: the longest report fits.
const MOST_PAGES: usize = 3000;

/// How deep forms may be drawn in forms.
const DEEPEST_FORM: usize = 8;

/// Letters that a font does not tell, in hundredths, from which an editor is warned, and from which the text is refused.
const SOME_LOST: usize = 2;
/// See `SOME_LOST`.
const MOST_LOST: usize = 50;

/// Draws the text from a PDF.
pub(super) fn extract(bytes: &[u8]) -> Result<Extract, Refusal> {
    let pdf = Pdf::new(bytes.to_vec()).map_err(refusal)?;
    let mut reader = Reader::default();
    let mut pages: Vec<Vec<Line>> = pdf
        .pages()
        .iter()
        .take(MOST_PAGES)
        .map(|page| reader.page(page))
        .collect();
    let (letters, lost) = (reader.letters, reader.lost);
    if letters == 0 || lost * 100 > (letters + lost) * MOST_LOST {
        return Err(Refusal::new(
            say!("holds no text that can be read"),
            say!(
                "it may be a scan: run text recognition on it (OCRmyPDF does), or type the passages that you need into a text file"
            ),
        ));
    }
    let mut remarks = Vec::new();
    if lost * 100 > (letters + lost) * SOME_LOST {
        remarks.push(Remark::Lost(lost));
    }
    if pdf.pages().len() > MOST_PAGES {
        remarks.push(Remark::Pages(MOST_PAGES));
    }
    layout::mark_running(&mut pages);
    let paragraphs = layout::paragraphs(&pages);
    let body = body_size(&paragraphs);
    let blocks = paragraphs.into_iter().map(|paragraph| Block {
        shape: shape(&paragraph, body),
        text: paragraph.text,
    });
    Ok(Extract {
        blocks: blocks.collect(),
        facts: facts(&pdf),
        article_known: false,
        remarks,
    })
}

fn refusal(error: LoadPdfError) -> Refusal {
    match error {
        LoadPdfError::Decryption(DecryptionError::PasswordProtected) => Refusal::new(
            say!("is locked with a password"),
            say!("open it with its password and print it to a new PDF, or ask for an open one"),
        ),
        LoadPdfError::Decryption(_) => Refusal::new(
            say!("is encrypted in a way that cannot be read"),
            say!("open it in a viewer and print it to a new PDF"),
        ),
        LoadPdfError::Invalid => Refusal::new(
            say!("is not a PDF that can be read"),
            say!("it may be damaged: fetch it again"),
        ),
    }
}

/// The size of most of the text, in tenths of a point.
fn body_size(paragraphs: &[Paragraph]) -> i64 {
    let mut sizes: BTreeMap<i64, usize> = BTreeMap::new();
    for paragraph in paragraphs {
        *sizes.entry(tenths(paragraph.size)).or_default() += paragraph.text.len();
    }
    sizes
        .into_iter()
        .max_by_key(|(_, length)| *length)
        .map_or(0, |(size, _)| size)
}

fn tenths(size: f64) -> i64 {
    (size * 10.0).round() as i64
}

fn shape(paragraph: &Paragraph, body: i64) -> Shape {
    let short = paragraph.text.len() < 200 && !paragraph.text.ends_with('.');
    let bold = paragraph.face.to_lowercase().contains("bold");
    match () {
        () if paragraph.running => Shape::Running,
        () if short && (tenths(paragraph.size) * 10 > body * 11 || bold) => Shape::Heading,
        () => Shape::Plain,
    }
}

fn facts(pdf: &Pdf) -> Facts {
    let metadata = pdf.metadata();
    let text = |bytes: &Option<Box<[u8]>>| Found::new(&text_string(bytes.as_deref()?), Origin::Pdf);
    let day = |date: &Option<DateTime>| {
        let date = date.as_ref()?;
        let day = super::dates::iso_day(&format!("{:04}-{:02}-{:02}", date.year, date.month, date.day))?;
        Found::new(&day, Origin::Pdf)
    };
    Facts {
        title: text(&metadata.title),
        author: text(&metadata.author),
        made: day(&metadata.creation_date),
        ..Facts::default()
    }
}

/// A text string (§7.9.2.2): UTF-16 or UTF-8 after their marks, else an encoding like Latin-1.
fn text_string(bytes: &[u8]) -> String {
    match bytes {
        [0xfe, 0xff, rest @ ..] => encoding_rs::UTF_16BE.decode_without_bom_handling(rest).0.into_owned(),
        [0xff, 0xfe, rest @ ..] => encoding_rs::UTF_16LE.decode_without_bom_handling(rest).0.into_owned(),
        [0xef, 0xbb, 0xbf, rest @ ..] => String::from_utf8_lossy(rest).into_owned(),
        _ => encoding_rs::WINDOWS_1252
            .decode_without_bom_handling(bytes)
            .0
            .into_owned(),
    }
}

/// A matrix `a b c d e f` (§8.3.3).
type Matrix = [f64; 6];

const IDENTITY: Matrix = [1.0, 0.0, 0.0, 1.0, 0.0, 0.0];

/// First one, then the other.
fn then(first: Matrix, other: Matrix) -> Matrix {
    let [a, b, c, d, e, f] = first;
    let [g, h, i, j, k, l] = other;
    [
        a * g + b * i,
        a * h + b * j,
        c * g + d * i,
        c * h + d * j,
        e * g + f * i + k,
        e * h + f * j + l,
    ]
}

/// What graphics operators change and `q` and `Q` keep, as far as text needs it.
#[derive(Clone)]
struct State {
    matrix: Matrix,
    font: Rc<Font>,
    size: f64,
    letter_space: f64,
    word_space: f64,
    stretch: f64,
    leading: f64,
    rise: f64,
}

impl Default for State {
    fn default() -> Self {
        Self {
            matrix: IDENTITY,
            font: Rc::default(),
            size: 0.0,
            letter_space: 0.0,
            word_space: 0.0,
            stretch: 1.0,
            leading: 0.0,
            rise: 0.0,
        }
    }
}

/// Reads pages, and counts what it could read.
#[derive(Default)]
struct Reader {
    fonts: BTreeMap<ObjectIdentifier, Rc<Font>>,
    letters: usize,
    lost: usize,
    runs: Vec<Run>,
    state: State,
    saved: Vec<State>,
    /// Text matrix and text line matrix.
    text: Matrix,
    line: Matrix,
    /// For each marked content that is open, whether it is an artifact (§14.8.2.2).
    marks: Vec<bool>,
}

/// The most states that a page may keep at a time, and marks.
const MOST_SAVED: usize = 500;

impl Reader {
    fn page(&mut self, page: &Page<'_>) -> Vec<Line> {
        self.state = State::default();
        self.saved.clear();
        self.marks.clear();
        self.content(page.operations(), page.resources(), 0);
        layout::lines(&std::mem::take(&mut self.runs))
    }

    fn content(&mut self, mut operations: UntypedIter<'_>, resources: &Resources<'_>, depth: usize) {
        while let Some(instruction) = operations.next() {
            let operands: Vec<&Object<'_>> = instruction.operands().collect();
            let numbers: Vec<f64> = operands.iter().filter_map(|object| number(object)).collect();
            match (&**instruction.operator, &numbers[..], &operands[..]) {
                (b"q", ..) if self.saved.len() < MOST_SAVED => self.saved.push(self.state.clone()),
                (b"Q", ..) => self.state = self.saved.pop().unwrap_or_default(),
                (b"cm", &[a, b, c, d, e, f], _) => self.state.matrix = then([a, b, c, d, e, f], self.state.matrix),
                (b"Do", _, [Object::Name(name)]) => self.form(name, resources, depth),
                (b"BMC" | b"BDC", _, [Object::Name(tag), ..]) if self.marks.len() < MOST_SAVED => {
                    self.marks.push(tag.as_str() == "Artifact");
                }
                (b"EMC", ..) => {
                    self.marks.pop();
                }
                (b"Tf", [size, ..], [Object::Name(name), ..]) => {
                    self.state.size = *size;
                    self.state.font = self.font(name, resources);
                }
                (operator, ..) => self.text_operator(operator, &numbers, &operands),
            }
        }
    }

    fn text_operator(&mut self, operator: &[u8], numbers: &[f64], operands: &[&Object<'_>]) {
        match (operator, numbers, operands) {
            (b"BT", ..) => self.set_text(IDENTITY),
            (b"Tc", [space, ..], _) => self.state.letter_space = *space,
            (b"Tw", [space, ..], _) => self.state.word_space = *space,
            (b"Tz", [percent, ..], _) => self.state.stretch = percent / 100.0,
            (b"TL", [leading, ..], _) => self.state.leading = *leading,
            (b"Ts", [rise, ..], _) => self.state.rise = *rise,
            (b"Tm", &[a, b, c, d, e, f], _) => self.set_text([a, b, c, d, e, f]),
            (b"Td", [x, y], _) => self.next_line(*x, *y),
            (b"TD", [x, y], _) => {
                self.state.leading = -y;
                self.next_line(*x, *y);
            }
            (b"T*", ..) => self.next_line(0.0, -self.state.leading),
            (b"Tj", _, [Object::String(text)]) => self.show(text.as_bytes()),
            (b"'", _, [Object::String(text)]) => {
                self.next_line(0.0, -self.state.leading);
                self.show(text.as_bytes());
            }
            (b"\"", [word, letter], [.., Object::String(text)]) => {
                (self.state.word_space, self.state.letter_space) = (*word, *letter);
                self.next_line(0.0, -self.state.leading);
                self.show(text.as_bytes());
            }
            (b"TJ", _, [Object::Array(items)]) => self.show_all(items),
            _ => {}
        }
    }

    fn show_all(&mut self, items: &Array<'_>) {
        for item in items.iter::<Object<'_>>() {
            match item {
                Object::String(text) => self.show(text.as_bytes()),
                Object::Number(number) => {
                    self.advance(-number.as_f64() / 1000.0 * self.state.size * self.state.stretch);
                }
                _ => {}
            }
        }
    }

    fn set_text(&mut self, matrix: Matrix) {
        self.text = matrix;
        self.line = matrix;
    }

    fn next_line(&mut self, x: f64, y: f64) {
        self.set_text(then([1.0, 0.0, 0.0, 1.0, x, y], self.line));
    }

    fn advance(&mut self, by: f64) {
        self.text = then([1.0, 0.0, 0.0, 1.0, by, 0.0], self.text);
    }

    fn font(&mut self, name: &Name<'_>, resources: &Resources<'_>) -> Rc<Font> {
        let Some(dict) = resources.get_font(name) else {
            return Rc::default();
        };
        match dict.obj_id() {
            Some(id) => Rc::clone(self.fonts.entry(id).or_insert_with(|| Rc::new(Font::read(&dict)))),
            None => Rc::new(Font::read(&dict)),
        }
    }

    /// Draws a form (§8.10), which has its own place and, mostly, its own resources.
    fn form(&mut self, name: &Name<'_>, resources: &Resources<'_>, depth: usize) {
        let Some(form) = resources.get_x_object(name).filter(|_| depth < DEEPEST_FORM) else {
            return;
        };
        let dict = form.dict();
        let is_form = dict
            .get::<Name<'_>>("Subtype")
            .is_some_and(|kind| kind.as_str() == "Form");
        let Some(content) = content_of(&form).filter(|_| is_form) else {
            return;
        };
        let matrix: Vec<f64> = dict
            .get::<Array<'_>>("Matrix")
            .iter()
            .flat_map(|matrix| matrix.iter::<f64>())
            .collect();
        let kept = (self.state.clone(), std::mem::take(&mut self.saved));
        if let [a, b, c, d, e, f] = matrix[..] {
            self.state.matrix = then([a, b, c, d, e, f], self.state.matrix);
        }
        match dict.get::<Dict<'_>>("Resources") {
            Some(own) => self.content(UntypedIter::new(&content), &Resources::new(own), depth + 1),
            None => self.content(UntypedIter::new(&content), resources, depth + 1),
        }
        (self.state, self.saved) = kept;
    }

    /// Shows a string: each code moves the text matrix on (§9.4.4).
    fn show(&mut self, bytes: &[u8]) {
        let state = self.state.clone();
        let start = then(self.text, state.matrix);
        let mut text = String::new();
        for shown in state.font.show(bytes) {
            match &shown.letters {
                Some(letters) => {
                    self.letters += letters.chars().filter(|c| !c.is_whitespace()).count();
                    text.push_str(letters);
                }
                None => self.lost += 1,
            }
            let word = if shown.is_space { state.word_space } else { 0.0 };
            self.advance((shown.width * state.size + state.letter_space + word) * state.stretch);
        }
        let end = then(self.text, state.matrix);
        let upright = start[0].abs() >= start[1].abs();
        // Letters that stand on their side are labels of charts and stamps: each string is a line of its own.
        let (from, to) = if upright {
            (start[4], end[4])
        } else {
            (start[4], start[4])
        };
        self.runs.push(Run {
            from: from.min(to),
            to: to.max(from),
            y: start[5] + state.rise * start[3],
            size: (state.size * start[2].hypot(start[3])).abs(),
            text,
            face: state.font.name.clone(),
            artifact: self.marks.contains(&true),
        });
    }
}

fn number(object: &Object<'_>) -> Option<f64> {
    match object {
        Object::Number(number) => Some(number.as_f64()),
        _ => None,
    }
}

fn content_of(form: &Stream<'_>) -> Option<Vec<u8>> {
    form.decoded_data().ok().map(std::borrow::Cow::into_owned)
}

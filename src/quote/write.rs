//! Writes a quotation as Markdown: as a block of its own and within running text. Each text is read back and verified before it is given out.

use std::sync::Arc;

use crate::diagnostic::Checked;
use crate::lang::Lang;
use crate::markdown::{self, Anchors, Gap, Role, Setting};
use crate::site::Source;
use crate::source::Seed;
use crate::verify::{Outcome, Verified, VerifiedParagraph, verify};

/// A quotation ready to be pasted into a content file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// The citation alone: `[@rfi-grok]`, or `[@rfi-grok:14]` where the words stand in more than one passage.
    pub citation: String,
    /// A quoted block with its attribution, without a line break at its end.
    pub block: String,
    /// Quoted words with their citation, for running text; `None` where the quotation has more than one paragraph.
    pub inline: Option<String>,
}

/// Writes a quotation of a source. `lang` is the language of the text that it goes into.
///
/// `None` where Markdown cannot hold the words, as with control characters.
pub fn write(verified: &Verified, source: &Source, lang: &Lang, role: Role) -> Option<Written> {
    let seed = source.seed.as_deref()?;
    let scribe = Scribe {
        verified,
        id: &source.id,
        seed,
        lang,
    };
    let line = seed.passages.get(verified.passage())?.line;
    let citations = [format!("[@{}]", source.id), format!("[@{}:{line}]", source.id)];
    citations.into_iter().find_map(|citation| {
        let block = scribe.block(&citation, role)?;
        let inline = scribe.inline(&citation);
        Some(Written {
            citation,
            block,
            inline,
        })
    })
}

/// The ways to write words, the plainest first.
const ESCAPES: [fn(&str) -> String; 2] = [str::to_owned, escaped];

struct Scribe<'a> {
    verified: &'a Verified,
    id: &'a str,
    seed: &'a Seed,
    lang: &'a Lang,
}

impl Scribe<'_> {
    fn block(&self, citation: &str, role: Role) -> Option<String> {
        let blocks = ESCAPES.iter().map(|escape| {
            let mut block = String::new();
            for paragraph in self.verified.paragraphs() {
                if paragraph.follows_gap {
                    block.push_str("> […]\n>\n");
                }
                block.push_str(&format!("> {}\n>\n", self.paragraph(paragraph, *escape)));
            }
            format!("{block}> — {citation} {}", role.name())
        });
        blocks.into_iter().find(|block| self.proves(block))
    }

    fn inline(&self, citation: &str) -> Option<String> {
        let [paragraph] = self.verified.paragraphs() else {
            return None;
        };
        let mut marks = [("“", "”"), ("«\u{202f}", "\u{202f}»"), ("„", "“")];
        if self.lang.is_french() {
            marks.swap(0, 1);
        }
        ESCAPES.iter().find_map(|escape| {
            let words = self.paragraph(paragraph, *escape);
            let texts = marks
                .iter()
                .map(|(open, close)| format!("{open}{words}{close} {citation}"));
            texts.into_iter().find(|text| self.proves(text))
        })
    }

    /// The source's own words, with what the editor put between them.
    fn paragraph(&self, paragraph: &VerifiedParagraph, escape: fn(&str) -> String) -> String {
        let mut text = String::new();
        let mut touches = true;
        let gaps = paragraph.parts.iter().map(|part| (&part.before, Some(part)));
        for (gap, part) in gaps.chain([(&paragraph.after, None)]) {
            match gap {
                Gap::Edge => {}
                Gap::LeftOut => {
                    text.push_str(if text.is_empty() { "[…]" } else { " […]" });
                    touches = false;
                }
                Gap::Inserted {
                    words,
                    touches_before,
                    touches_after,
                } => {
                    let space = if *touches_before || text.is_empty() { "" } else { " " };
                    text.push_str(&format!("{space}[{}]", escape(words)));
                    touches = *touches_after;
                }
            }
            if let Some(part) = part {
                let words = on_one_line(&self.seed.text[part.span.clone()]);
                text.push_str(if touches { "" } else { " " });
                text.push_str(&escape(&words));
            }
        }
        text
    }

    /// Whether a text, read as an editor's, is this very quotation.
    fn proves(&self, text: &str) -> bool {
        let path: Arc<str> = "".into();
        let setting = Setting {
            path: &path,
            lang: self.lang,
            prefix: "",
            reserved: Anchors::default(),
        };
        let Checked {
            value: body,
            diagnostics,
        } = markdown::read(setting, text, 0);
        let ([quotation], [citation]) = (&body.quotations[..], &body.citations[..]) else {
            return false;
        };
        let named = match &citation.passage {
            None => None,
            Some(line) => match line.parse().ok().and_then(|line| self.seed.passage(line)) {
                None => return false,
                passage => passage,
            },
        };
        let Outcome::Found(read) = verify(quotation, self.seed, named) else {
            return false;
        };
        let places = |verified: &Verified| {
            let place = |paragraph: &VerifiedParagraph| {
                let parts = paragraph.parts.iter().map(|part| part.span.clone());
                (paragraph.passage, parts.collect::<Vec<_>>())
            };
            verified.paragraphs().iter().map(place).collect::<Vec<_>>()
        };
        diagnostics.is_empty()
            && citation.source == self.id
            && !read.typography_differs()
            && places(&read) == places(self.verified)
    }
}

/// A text of several lines on one.
fn on_one_line(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    for c in text
        .trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}')
        .chars()
    {
        match c {
            '\n' | '\r' | '\t' | ' ' if line.ends_with(' ') => {}
            '\n' | '\r' | '\t' => line.push(' '),
            c => line.push(c),
        }
    }
    line
}

/// Words with a backslash before what Markdown would take for markup (CommonMark 0.31, 2.4).
fn escaped(words: &str) -> String {
    let mut text = String::with_capacity(words.len() + 8);
    let digits = words.len() - words.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    for (at, c) in words.char_indices() {
        let anywhere = matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '&' | '~' | '|');
        // At the beginning of a paragraph these begin a heading, a list or a definition.
        let at_start = at == 0 && matches!(c, '#' | '+' | '-' | '=' | ':');
        let in_number = digits > 0 && at == digits && matches!(c, '.' | ')');
        if anywhere || at_start || in_number {
            text.push('\\');
        }
        text.push(c);
    }
    text
}

//! The parts of a definition as the typesetter gets them.

use serde::Serialize;

/// A part of a definition. What holds others has them in `inner`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Node {
    /// Words as they are to be read.
    Text {
        /// The words.
        text: String,
    },
    /// A block or span that its name says all of.
    Plain {
        /// Which.
        name: Name,
        /// What it holds.
        inner: Vec<Node>,
    },
    /// A list with numbers.
    Numbers {
        /// Its first number.
        start: u64,
        /// Its items.
        inner: Vec<Node>,
    },
    /// A heading below the entry's own.
    Heading {
        /// How far below, from 1; none is left out.
        depth: usize,
        /// Its words.
        inner: Vec<Node>,
    },
    /// A cell of a table.
    Cell {
        /// `start`, `center` or `end`.
        align: &'static str,
        /// What it holds.
        inner: Vec<Node>,
    },
    /// Code, in running text or as a block.
    Code {
        /// Whether it is a block.
        block: bool,
        /// The code.
        text: String,
    },
    /// The mark of a footnote.
    NoteMark {
        /// The footnote's number in the definition.
        number: usize,
        /// The footnote itself, at its first mark.
        inner: Option<Vec<Node>>,
    },
    /// A link.
    Link {
        /// Where it leads.
        url: String,
        /// The same as readers type it, where the words do not say it.
        address: Option<String>,
        /// Its words.
        inner: Vec<Node>,
    },
    /// A source's name after words of it.
    Citation {
        /// Where the site shows the words.
        url: String,
        /// The source and the passage.
        text: String,
    },
    /// A link to an entry of this glossary.
    Entry {
        /// The entry's id.
        entry: String,
        /// Whether the page is named too.
        page: bool,
        /// Its words.
        inner: Vec<Node>,
    },
    /// Words in another language.
    Foreign {
        /// Its tag.
        lang: String,
        /// The words.
        inner: Vec<Node>,
    },
    /// An image.
    Image {
        /// Its place in the booklet's list of images.
        image: usize,
        /// What it shows; nothing where it only adorns.
        alt: String,
    },
    /// A source's own words.
    Quotation(Box<Quoted>),
}

/// The blocks and spans that have no values of their own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Name {
    /// A paragraph.
    Paragraph,
    /// A blockquote that is no quotation of a source.
    BlockQuote,
    /// A list with bullets.
    Bullets,
    /// An item of a list.
    Item,
    /// A list of words and what they mean.
    Definitions,
    /// A word of such a list.
    Defined,
    /// What the word means.
    Meaning,
    /// A table.
    Table,
    /// The row at its head.
    Head,
    /// A row below it.
    Row,
    /// Stressed words.
    Emphasis,
    /// Strongly stressed words.
    Strong,
    /// Words struck out.
    Deleted,
    /// A footnote that nothing refers to.
    Note,
    /// The line ends here.
    Break,
    /// A rule across the column.
    Rule,
}

/// A source's own words, and where they stand.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Quoted {
    /// Tag of their language.
    pub lang: String,
    /// The quoted paragraphs.
    pub paragraphs: Vec<String>,
    /// The site's own translation, by paragraph.
    pub translation: Vec<String>,
    /// Who published the source, or what it is called.
    pub source: String,
    /// Where the site shows it.
    pub url: String,
    /// Its headline, where `source` is not that.
    pub headline: Option<String>,
    /// When it was published, and what kind of text it is.
    pub facts: Vec<String>,
}

impl Node {
    /// Words, or nothing where there are none.
    pub(super) fn text(text: impl Into<String>) -> Self {
        Self::Text { text: text.into() }
    }

    /// A block or span by its name.
    pub(super) fn plain(name: Name, inner: Vec<Self>) -> Self {
        Self::Plain { name, inner }
    }

    /// The words of nodes, in order.
    pub(super) fn words(nodes: &[Self]) -> String {
        nodes.iter().map(Self::own_words).collect()
    }

    /// What it holds, where it holds others.
    pub(super) fn inner_mut(&mut self) -> Option<&mut Vec<Self>> {
        match self {
            Self::Plain { inner, .. }
            | Self::Numbers { inner, .. }
            | Self::Heading { inner, .. }
            | Self::Cell { inner, .. }
            | Self::Link { inner, .. }
            | Self::Entry { inner, .. }
            | Self::Foreign { inner, .. } => Some(inner),
            Self::NoteMark { inner, .. } => inner.as_mut(),
            Self::Text { .. } | Self::Code { .. } | Self::Citation { .. } | Self::Image { .. } | Self::Quotation(_) => {
                None
            }
        }
    }

    fn own_words(&self) -> String {
        match self {
            Self::Text { text } | Self::Code { text, .. } | Self::Citation { text, .. } => text.clone(),
            Self::Plain { inner, .. }
            | Self::Numbers { inner, .. }
            | Self::Heading { inner, .. }
            | Self::Cell { inner, .. }
            | Self::Link { inner, .. }
            | Self::Entry { inner, .. }
            | Self::Foreign { inner, .. } => Self::words(inner),
            Self::NoteMark { .. } | Self::Image { .. } | Self::Quotation(_) => String::new(),
        }
    }
}

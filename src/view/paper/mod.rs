//! The glossary as it is typeset: data for the typesetter, with bodies as trees of blocks and spans instead of markup.

mod card;
mod node;
mod text;
mod tree;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use serde::Serialize;

use super::print::typed;
use super::{Here, Viewer};
use crate::diagnostic::{Code, Diagnostic};
use crate::document::Kind;
use crate::lang::{Alphabet, Lang, space};
use crate::phrase::say;
use crate::plan;
use crate::term::Term;
use crate::text::Span;

pub use node::{Name, Node, Quoted};

/// How the glossary is laid out.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Layout {
    /// A book: title page, two columns.
    #[default]
    Book,
    /// Cards to cut out, eight on a page.
    Cards,
}

/// The glossary as the typesetter gets it.
#[derive(Debug, Clone, Serialize)]
pub struct Booklet {
    /// How it is laid out.
    pub layout: Layout,
    /// `a4` or `letter`.
    pub paper: &'static str,
    /// What it is called.
    pub title: String,
    /// The site's name.
    pub site: String,
    /// Who publishes it.
    pub publisher: String,
    /// Tag of its language.
    pub lang: String,
    /// Its language's own name.
    pub language: String,
    /// Which edition it is, with its day; `None` where nothing names one.
    pub edition: Option<String>,
    /// The same day: year, month, day.
    pub day: Option<(u16, u8, u8)>,
    /// Where the glossary is on the site.
    pub url: String,
    /// The same as readers type it.
    pub address: String,
    /// Words of the interface by their keys.
    pub words: BTreeMap<&'static str, String>,
    /// Letters with their entries, in order.
    pub letters: Vec<Letter>,
    /// The images that entries show; an entry names each by its place in this list.
    #[serde(skip)]
    pub images: Vec<Picture>,
    /// What cannot be set as it is.
    #[serde(skip)]
    pub faults: Vec<Diagnostic>,
}

/// An image that an entry shows.
#[derive(Debug, Clone)]
pub struct Picture {
    /// Path of its file.
    pub path: Arc<str>,
    /// Path of the content file that shows it first.
    pub shown_by: Arc<str>,
    /// Where that file names it.
    pub span: Span,
}

/// A letter of the glossary.
#[derive(Debug, Clone, Serialize)]
pub struct Letter {
    /// The letter, or `#` for figures and signs.
    pub letter: String,
    /// Its entries.
    pub entries: Vec<Entry>,
}

/// An entry.
#[derive(Debug, Clone, Serialize)]
pub struct Entry {
    /// Path of its content file.
    #[serde(skip)]
    pub path: Arc<str>,
    /// Its id.
    pub id: String,
    /// The term.
    pub term: String,
    /// A gloss that tells it from homonyms.
    pub sense: Option<String>,
    /// Other written forms.
    pub aliases: Vec<String>,
    /// Whether its meaning is disputed.
    pub disputed: bool,
    /// Its definition.
    pub body: Vec<Node>,
    /// Related terms.
    pub see: Vec<See>,
    /// Where it is on the site.
    pub url: String,
    /// The same as readers type it.
    pub address: String,
}

/// A related term.
#[derive(Debug, Clone, Serialize)]
pub struct See {
    /// The term.
    pub title: String,
    /// Its id, where it has an entry in this glossary.
    pub entry: Option<String>,
    /// Where it is on the site.
    pub url: String,
}

/// The words of the interface that the typesetter sets.
const WORDS: [&str; 8] = [
    "also",
    "disputed",
    "disputed_note",
    "nothing_yet",
    "page_at",
    "promise",
    "see",
    "translation",
];

impl Viewer<'_> {
    /// The glossary of chosen terms (indices of the site's terms, in order) for the typesetter.
    pub fn booklet(&self, lang: &Lang, terms: &[usize], layout: Layout) -> Booklet {
        let here = Here::new(lang, "", &self.words[lang]);
        let config = self.read.config();
        let day = self.edition_day_of(terms);
        let url = self.absolute(&plan::list(config, lang, "glossary"));
        let mut booklet = Booklet {
            layout,
            paper: config.paper,
            title: here.words.get("glossary").to_owned(),
            site: self.site_title(lang),
            publisher: self.publisher(lang),
            lang: lang.tag().to_owned(),
            language: here.words.get("language_name").to_owned(),
            edition: day.map(|day| here.words.fill("edition", &[("date", &here.words.point(&day))])),
            day: day.and_then(|day| Some((day.year, day.month?, day.day?))),
            address: typed(&url),
            url,
            words: WORDS.map(|key| (key, here.words.get(key).to_owned())).into(),
            letters: Vec::new(),
            images: Vec::new(),
            faults: Vec::new(),
        };
        let shown: BTreeSet<usize> = terms.iter().copied().collect();
        let alphabet = Alphabet::of(here.lang);
        let initial = |at: &usize| alphabet.letter(self.read.document::<Term>(*at).entry.front.name());
        for chunk in terms.chunk_by(|a, b| initial(a) == initial(b)) {
            let entries = chunk
                .iter()
                .map(|at| self.entry(here, *at, &shown, &mut booklet))
                .collect();
            booklet.letters.push(Letter {
                letter: initial(&chunk[0]),
                entries,
            });
        }
        booklet
    }

    fn entry(&self, here: Here<'_>, at: usize, shown: &BTreeSet<usize>, booklet: &mut Booklet) -> Entry {
        let entry = self.read.document::<Term>(at).entry;
        let (id, term) = (&entry.identity.id, &entry.front);
        let text = |text: &str| space(here.lang, text).into_owned();
        let url = self.absolute(&plan::of_document(self.read.config(), here.lang, Kind::Term, id));
        let tree = self.tree(here, at, shown, &mut booklet.images);
        if tree.too_deep {
            booklet.faults.push(too_deep(&entry.identity.path));
        }
        let mut body = tree.nodes;
        if booklet.layout == Layout::Cards {
            let path = &entry.identity.path;
            body = card::opening(body, path, &mut booklet.faults);
            booklet
                .faults
                .extend(card::head(term.name(), term.sense.as_deref(), path));
        }
        Entry {
            path: Arc::clone(&entry.identity.path),
            id: id.to_string(),
            term: text(term.name()),
            sense: term.sense.as_deref().map(text),
            aliases: term.aliases.iter().map(|alias| text(alias)).collect(),
            disputed: term.disputed == Some(true),
            body,
            see: term
                .see
                .iter()
                .filter_map(|id| self.see_entry(here, id, shown))
                .collect(),
            address: typed(&url),
            url,
        }
    }

    fn see_entry(&self, here: Here<'_>, id: &str, shown: &BTreeSet<usize>) -> Option<See> {
        let at = self.read.find_index::<Term>(id, here.lang)?;
        Some(See {
            title: space(here.lang, self.read.document::<Term>(at).entry.front.name()).into_owned(),
            entry: shown.contains(&at).then(|| id.to_owned()),
            url: self.absolute(&plan::of_document(self.read.config(), here.lang, Kind::Term, id)),
        })
    }
}

fn too_deep(path: &Arc<str>) -> Diagnostic {
    Diagnostic::new(
        Code::Unprintable,
        path,
        0..0,
        say!("lists or quotations lie in one another too deep for the PDF, which sets the deepest as plain lines"),
    )
    .help(say!("write the definition with fewer levels"))
}

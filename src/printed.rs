//! The printable glossary as a file of its own: the whole of it, or chosen terms.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::diagnostic::{Diagnostic, Report};
use crate::document::Kind;
use crate::edition::{Edition, Memo, edit};
use crate::lang::Lang;
use crate::link::{Names, Target};
use crate::phrase::{Phrase, say};
use crate::render::data::image_address;
#[cfg(feature = "pdf")]
use crate::render::pdf;
use crate::site::{Options, Site};
use crate::tree::Tree;
#[cfg(feature = "pdf")]
pub use crate::view::paper::Layout;

/// What is to be printed.
#[derive(Debug, Clone, Default)]
pub struct Order {
    /// Names of terms; all terms where there is none.
    pub terms: Vec<String>,
    /// Tag of the language; the site's own where there is none.
    pub lang: Option<String>,
    /// How.
    pub format: Format,
}

/// What the glossary is printed as.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Format {
    /// A page that needs no other file.
    #[default]
    Html,
    /// PDF.
    #[cfg(feature = "pdf")]
    Pdf(Layout),
}

/// What became of an order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// The glossary.
    Made {
        /// A name for its file: `glossary.html`, and `glossary.en.html` of another language than the site's own, as content files are named.
        name: String,
        /// The file.
        bytes: Vec<u8>,
    },
    /// The site has errors, which are in the report.
    Problems,
    /// The order names what the site does not have.
    Refused(Refusal),
}

/// Why an order cannot be met.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// What is wrong: one clause, lower case.
    pub message: Phrase,
    /// What to do about it.
    pub help: Phrase,
}

/// Prints the glossary of a site, and says what there is to say about the site.
pub fn print(tree: &Tree, options: &Options, order: &Order) -> (Report, Outcome) {
    let mut diagnostics = Vec::new();
    let edition = edit(tree, options, &mut Memo::default(), &mut diagnostics, &|_| {});
    let report = Report::new(diagnostics);
    let Some(edition) = edition.filter(|_| !report.has_errors()) else {
        return (report, Outcome::Problems);
    };
    let chosen = language(&edition, order).and_then(|lang| Ok((choose(&edition, lang, order)?, lang)));
    let (terms, lang) = match chosen {
        Ok(chosen) => chosen,
        Err(refusal) => return (report, Outcome::Refused(refusal)),
    };
    let mut diagnostics = report.diagnostics().to_vec();
    let made = match order.format {
        Format::Html => page(&edition, tree, lang, &terms),
        #[cfg(feature = "pdf")]
        Format::Pdf(layout) => {
            let booklet = edition.viewer(None).booklet(lang, &terms, layout);
            let prepared = pdf::prepare(&booklet, &edition.files(Some(tree))).unpack(&mut diagnostics);
            prepared.pdf()
        }
    };
    let outcome = match made {
        Ok(bytes) => Outcome::Made {
            name: file_name(&edition, lang, order.format),
            bytes,
        },
        Err(fault) => {
            diagnostics.push(fault);
            Outcome::Problems
        }
    };
    (Report::new(diagnostics), outcome)
}

fn file_name(edition: &Edition, lang: &Lang, format: Format) -> String {
    let ending = match format {
        Format::Html => "html",
        #[cfg(feature = "pdf")]
        Format::Pdf(Layout::Book) => "pdf",
        #[cfg(feature = "pdf")]
        Format::Pdf(Layout::Cards) => "cards.pdf",
    };
    if *lang == edition.whole().site.config.lang {
        format!("glossary.{ending}")
    } else {
        format!("glossary.{lang}.{ending}")
    }
}

fn page(edition: &Edition, tree: &Tree, lang: &Lang, terms: &[usize]) -> Result<Vec<u8>, Diagnostic> {
    let mut pictures = BTreeMap::new();
    for linked in terms.iter().map(|at| &edition.whole().links.terms[*at]) {
        for target in linked.links.iter().flatten() {
            if let Target::Asset(path) = target
                && let Some(file) = tree.get(path)
            {
                let address = || image_address(path, &file.bytes);
                pictures.entry(Arc::clone(path)).or_insert_with(address);
            }
        }
    }
    edition.page_alone(lang, &edition.viewer(None).print_alone(lang, terms, &pictures))
}

fn language<'e>(edition: &'e Edition, order: &Order) -> Result<&'e Lang, Refusal> {
    let config = &edition.whole().site.config;
    let Some(wanted) = &order.lang else {
        return Ok(&config.lang);
    };
    let known: Vec<&str> = config.languages.iter().map(Lang::tag).collect();
    let found = config.languages.iter().find(|lang| lang.tag() == wanted);
    found.ok_or_else(|| Refusal {
        message: say!("`{wanted}` is not one of the site's languages", wanted),
        help: say!("give --lang one of {list}", list = crate::yaml::list(&known)),
    })
}

/// The terms that an order names, in the order of the glossary and each once. A refusal tells all names that name nothing.
fn choose(edition: &Edition, lang: &Lang, order: &Order) -> Result<Vec<usize>, Refusal> {
    let whole = edition.whole();
    let names = Names::new(whole.site, lang);
    let mut chosen = BTreeSet::new();
    let mut unknown = Vec::new();
    for word in &order.terms {
        let found = names.find(word);
        if found.is_empty() {
            unknown.push(word.as_str());
        }
        chosen.extend(found);
    }
    if unknown.is_empty() {
        let all = whole.index.orders[lang].terms.iter().copied();
        return Ok(all.filter(|at| order.terms.is_empty() || chosen.contains(at)).collect());
    }
    let quoted = Phrase::lacking(unknown.iter().map(|word| format!("`{word}`")));
    let helps = unknown.iter().map(|word| advice(whole.site, lang, &names, word));
    Err(Refusal {
        message: say!("the glossary in `{lang}` has no {quoted}", lang = lang.tag(), quoted),
        help: Phrase::joined(helps).unwrap_or_default(),
    })
}

/// What somebody may have meant by a name that names nothing.
fn advice(site: &Site, lang: &Lang, names: &Names<'_>, word: &str) -> Phrase {
    let others = site.config.languages.iter().filter(|other| *other != lang);
    let elsewhere = others
        .into_iter()
        .find(|other| !Names::new(site, other).find(word).is_empty());
    if let Some(other) = elsewhere {
        return say!(
            "`{word}` has an entry in `{other}`: print it with --lang {other}",
            word,
            other = other.tag()
        );
    }
    if site.holes.contains(&(Kind::Term, word.into())) {
        return say!("`{word}` is a draft: print it with --drafts", word);
    }
    match names.nearest(word) {
        Some(near) => say!("instead of `{word}`, did you mean `{near}`?", word, near),
        None => say!(
            "nothing is called like `{word}`; leave --terms out to print all terms",
            word
        ),
    }
}

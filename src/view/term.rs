//! A glossary entry and every page that uses the term.

use serde::Serialize;

use super::cards::{EvidenceView, LinkView, Pager};
use super::{Here, Segment, Viewer};
use crate::claim::Claim;
use crate::document::Kind;
use crate::event::Event;
use crate::lang::space;
use crate::link::{DocumentRef, Use};
use crate::markdown::Body;
use crate::page::Page;
use crate::plan::{self, PER_PAGE};
use crate::reader::Document;
use crate::source::Record;
use crate::term::Term;
use crate::text::sentences;

/// A glossary entry.
#[derive(Debug, Clone, Serialize)]
pub struct TermView {
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
    /// The beginning of its definition, without markup.
    pub excerpt: String,
    /// Its definition without markup; empty from the second page of uses on.
    #[serde(skip)]
    pub definition: String,
    /// Its definition; empty from the second page of uses on.
    pub body: Vec<Segment>,
    /// Related terms.
    pub see: Vec<LinkView>,
    /// What the definition rests on; empty from the second page of uses on.
    pub evidence: Vec<EvidenceView>,
    /// Pages that use it.
    pub uses: Vec<UseView>,
    /// The way through the list of uses.
    pub pager: Pager,
}

/// A page that uses a term.
#[derive(Debug, Clone, Serialize)]
pub struct UseView {
    /// What kind of page: what readers see.
    pub kind_label: String,
    /// Its title.
    pub title: String,
    /// Where it is.
    pub path: String,
}

/// The longest excerpt of a definition, in code points; but a first sentence may be so long.
const EXCERPT: usize = 160;
const FIRST_SENTENCE: usize = 280;

/// So many code points behind a sentence tell at most whether it ends there.
const BEHIND: usize = 40;

/// The beginning of a body without markup: whole sentences, or a part of the first one, cut after a word, where that one is long.
pub(super) fn excerpt(body: &Body) -> String {
    beginning(body.beginning(FIRST_SENTENCE + BEHIND))
}

fn beginning(text: String) -> String {
    if text.chars().count() <= EXCERPT {
        return text;
    }
    let (mut whole, mut length) = (0, 0);
    for (number, sentence) in sentences(&text).into_iter().enumerate() {
        length += sentence.chars().count();
        if length > if number == 0 { FIRST_SENTENCE } else { EXCERPT } {
            break;
        }
        whole += sentence.len();
    }
    if whole > 0 {
        return text[..whole].to_owned();
    }
    let cut: String = text.chars().take(EXCERPT).collect();
    let end = cut.rfind(' ').unwrap_or(cut.len());
    format!("{}…", cut[..end].trim_end_matches([',', ';', ':', '.', ' ']))
}

impl Viewer<'_> {
    /// The view of a term; `number` is the page of its list of uses.
    pub(super) fn term(&self, here: Here<'_>, at: usize, number: usize) -> TermView {
        let Document { entry, linked } = self.read.document::<Term>(at);
        let term = &entry.front;
        let text = |text: &str| space(here.lang, text).into_owned();
        let uses = self.read.uses(at);
        let list = plan::of_document(self.read.config(), here.lang, Kind::Term, &entry.identity.id);
        // The later pages of a long list of uses do not define the term again.
        let (definition, body, evidence) = if number <= 1 {
            (
                entry.body.plain_text(),
                self.body(here, &entry.body, linked),
                self.evidence_list(here, &term.evidence),
            )
        } else {
            Default::default()
        };
        TermView {
            id: entry.identity.id.to_string(),
            term: text(term.name()),
            sense: term.sense.as_deref().map(text),
            aliases: term.aliases.iter().map(|alias| text(alias)).collect(),
            disputed: term.disputed == Some(true),
            excerpt: excerpt(&entry.body),
            definition,
            body,
            see: self.term_links(here, &term.see),
            evidence,
            uses: uses
                .iter()
                .skip(plan::offset(number))
                .take(PER_PAGE)
                .map(|used| self.use_view(here, used))
                .collect(),
            pager: Pager::new(&list, number, uses.len()),
        }
    }

    fn use_view(&self, here: Here<'_>, used: &Use) -> UseView {
        let label = match used.document.kind {
            Kind::Home => "home",
            Kind::Source => "source",
            Kind::Claim => "claim",
            Kind::Term => "term",
            Kind::Event => "event",
            Kind::Page => "page",
        };
        let title = space(here.lang, &self.title_of(&used.document)).into_owned();
        UseView {
            kind_label: here.words.label("document", label),
            title: match used.beside_original {
                true => here.words.fill("translation_title", &[("title", &title)]),
                false => title,
            },
            path: self.path_of_use(used),
        }
    }

    /// The path of a page that uses a term.
    pub fn path_of_use(&self, used: &Use) -> String {
        let DocumentRef { kind, id, lang } = &used.document;
        match used.beside_original {
            true => plan::of_translation(self.read.config(), lang, id),
            false => self.path_of(*kind, id, lang),
        }
    }

    /// What a document is called.
    pub fn title_of(&self, reference: &DocumentRef) -> String {
        let (id, lang) = (&*reference.id, &reference.lang);
        let read = self.read;
        let title = match reference.kind {
            Kind::Home => read.config().title.get(lang).map(str::to_owned),
            Kind::Source => read
                .find::<Record>(id, lang)
                .and_then(|found| found.entry.front.title.clone()),
            Kind::Claim => read
                .find::<Claim>(id, lang)
                .map(|found| found.entry.front.text().to_owned()),
            Kind::Term => read
                .find::<Term>(id, lang)
                .map(|found| found.entry.front.name().to_owned()),
            Kind::Event => read
                .find::<Event>(id, lang)
                .map(|found| found.entry.front.name().to_owned()),
            Kind::Page => read
                .find::<Page>(id, lang)
                .map(|found| found.entry.front.name().to_owned()),
        };
        title.unwrap_or_else(|| id.to_owned())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::lang::Lang;
    use crate::markdown::{Anchors, Setting, read};

    fn body(markdown: &str) -> Body {
        let setting = Setting {
            path: &"content/glossary/a.md".into(),
            lang: &Lang::new("fr"),
            prefix: "",
            reserved: Anchors::default(),
        };
        read(setting, markdown, 0).value
    }

    fn markdown() -> impl Strategy<Value = String> {
        let parts = [
            "Un programme ",
            "*qui* répond",
            ". ",
            " ? ",
            "… ",
            "... ",
            "« dit-il. » ",
            "(Oui.) ",
            "M. A. Turing ",
            "que ",
            "l’on ",
            "\n\n",
            "\n\n- ",
            "`un mot` ",
            "[un lien](https://a.example/) ",
            "Il répond à tout ce qu’on lui écrit, et à rien d’autre qui soit ",
        ];
        prop::collection::vec(prop::sample::select(parts.to_vec()), 0..60).prop_map(|parts| parts.concat())
    }

    proptest! {
        /// Only the beginning of a body is read for it.
        #[test]
        fn an_excerpt_is_that_of_the_whole_text(markdown in markdown()) {
            let body = body(&markdown);
            prop_assert_eq!(excerpt(&body), beginning(body.plain_text()));
        }
    }

    #[test]
    fn an_excerpt_is_of_whole_sentences() {
        let long = "Un programme qui répond. ".repeat(20);
        let short = beginning(long.clone());
        assert!(short.ends_with("répond.") && long.starts_with(&short) && short.chars().count() <= EXCERPT);
        let first = format!("Un programme {}répond. Et voilà.", "qui ".repeat(50));
        assert!(beginning(first).ends_with("qui répond."));
        let endless = "qui ".repeat(200);
        assert!(beginning(endless).ends_with("qui…"));
        assert_eq!(beginning("Un programme".to_owned()), "Un programme");
    }
}

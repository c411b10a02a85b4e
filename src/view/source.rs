//! A source seen by the checker: its record, how much of it is checked, and its passages.

use serde::Serialize;

use super::cards::{DateView, LinkView};
use super::coverage::{SentenceView, UncheckedView, unchecked};
use super::passages::PassageView;
use super::{Here, Segment, Viewer};
use crate::document::Kind;
use crate::lang::space;
use crate::link::QuotedBy;
use crate::plan::of_translation;
use crate::source::Record;
use crate::verify::Verified;

/// A source with its record and its quoted passages.
#[derive(Debug, Clone, Serialize)]
pub struct SourceView {
    /// Its id.
    pub id: String,
    /// Title of the article, or the id.
    pub title: String,
    /// Who published it.
    pub publisher: Option<String>,
    /// Who wrote it.
    pub author: Option<String>,
    /// Where it is.
    pub url: Option<String>,
    /// Where a copy is kept.
    pub archive_url: Option<String>,
    /// On what terms it may be used.
    pub licence: Option<String>,
    /// Its language tag.
    pub lang: String,
    /// Whether that is another language than the page's.
    pub foreign: bool,
    /// When it was published.
    pub published: Option<DateView>,
    /// When it was fetched.
    pub retrieved: Option<DateView>,
    /// One of the kinds, such as `news`.
    pub kind: Option<&'static str>,
    /// What readers see for it.
    pub kind_label: Option<String>,
    /// The source that it translates.
    pub translation_of: Option<LinkView>,
    /// The sources that translate it.
    pub translations: Vec<LinkView>,
    /// Pages that show it beside a source that it translates, or that translates it.
    pub comparisons: Vec<LinkView>,
    /// File name of the seed.
    pub file: String,
    /// SHA-256 of the seed.
    pub sha256: String,
    /// Whether an editor made a record of it.
    pub recorded: bool,
    /// The editor's note.
    pub note: Vec<Segment>,
    /// Passages of the article proper.
    pub passages_total: usize,
    /// Of those, how many hold something that can be checked.
    pub checkable: usize,
    /// Of those, how many a claim quotes.
    pub checked: usize,
    /// The sentences that can be checked, without their words.
    pub sentences: Vec<SentenceView>,
    /// Of those, how many a claim quotes.
    pub sentences_checked: usize,
    /// Where the others stand.
    pub unchecked: Vec<UncheckedView>,
    /// All passages in order; words only of those that may be shown.
    pub passages: Vec<PassageView>,
    /// Whether the whole text may be shown.
    pub full: bool,
}

impl Viewer<'_> {
    /// The quotations of claims from a source: which, the passages, and the quoted bytes.
    pub(super) fn quotations_of(&self, at: usize) -> impl Iterator<Item = (&QuotedBy, &Verified)> {
        let quoted = self.read.quoted(at).iter();
        quoted.filter_map(|quoted| Some((quoted, &self.read.proven(quoted)?.verified)))
    }

    /// The view of a source.
    pub(super) fn source(&self, here: Here<'_>, at: usize) -> SourceView {
        let source = self.read.source(at);
        let record = &source.record;
        let record_here = self.read.find::<Record>(&source.id, here.lang);
        let covered = self.covered(at);
        let coverage = self.coverage_of(at, &covered);
        let sentences = self.sentences(at, &covered);
        let full = record.republish == Some("full");
        let date = |date: Option<crate::date::Date>| date.map(|date| DateView::moment(&date, here.words));
        SourceView {
            id: source.id.to_string(),
            title: self.source_title(here, at),
            publisher: record.publisher.clone(),
            author: record.author.clone(),
            url: record.url.clone(),
            archive_url: record.archive_url.clone(),
            licence: record.licence.clone(),
            lang: source.lang().tag().to_owned(),
            foreign: source.lang() != *here.lang,
            published: date(record.published),
            retrieved: date(record.retrieved),
            kind: record.kind,
            kind_label: record.kind.map(|kind| here.words.label("kind", kind)),
            translation_of: record
                .translation_of
                .as_deref()
                .and_then(|id| self.read.source_index(id))
                .map(|at| self.source_link(at, here.lang)),
            translations: self
                .read
                .translations(at)
                .iter()
                .map(|at| self.source_link(*at, here.lang))
                .collect(),
            comparisons: self.comparisons(here, at),
            file: record.file.clone().unwrap_or_default(),
            sha256: source
                .seed
                .as_ref()
                .map_or_else(String::new, |seed| seed.sha256.clone()),
            recorded: source.recorded,
            note: record_here.map_or_else(Vec::new, |record| self.source_note(here, at, record)),
            passages_total: coverage.passages,
            checkable: coverage.checkable,
            checked: coverage.checked,
            sentences_checked: sentences.iter().filter(|sentence| sentence.checked).count(),
            unchecked: unchecked(&sentences),
            sentences,
            passages: source
                .seed
                .as_ref()
                .map_or_else(Vec::new, |seed| self.passages(here, at, seed, full)),
            full,
        }
    }

    fn comparisons(&self, here: Here<'_>, at: usize) -> Vec<LinkView> {
        let translations = std::iter::once(at).chain(self.read.translations(at).iter().copied());
        let with_page = translations.filter(|at| self.read.translation(*at).is_some());
        with_page
            .map(|translation| {
                let id = &self.read.source(translation).id;
                let lang = self.read.lang_of(Kind::Source, id, here.lang);
                LinkView {
                    title: self.source_title(here, translation),
                    path: of_translation(self.read.config(), lang, id),
                }
            })
            .collect()
    }

    /// The title of a source for readers of the page, or its id. A translated record may translate it.
    pub(super) fn source_title(&self, here: Here<'_>, at: usize) -> String {
        let source = self.read.source(at);
        let record = self.read.find::<Record>(&source.id, here.lang);
        let own = record.and_then(|record| record.entry.front.title.as_deref());
        match own.or(source.record.title.as_deref()) {
            Some(title) => space(here.lang, title).into_owned(),
            None => source.id.to_string(),
        }
    }
}

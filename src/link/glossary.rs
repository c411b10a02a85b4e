//! Glossary terms link themselves: the first mention in each section, longest form first, whole words.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::hash::{Hash, Hasher};
use std::ops::Range;

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};
use unicode_normalization::UnicodeNormalization as _;

use super::Target;
use super::whole::{Composed, in_address, is_word};
use crate::diagnostic::{Checked, Code, Diagnostic};
use crate::document::Kind;
use crate::hash::digester;
use crate::lang::{Lang, plurals};
use crate::markdown::{Body, Piece};
use crate::phrase::say;
use crate::site::{Entry, Site};
use crate::term::Term;
use crate::tree::Tree;
use crate::yaml::{Step, place_in_front_matter};

/// Words of a body that link to a term.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Mention {
    /// Index of the piece, a [`Piece::Text`].
    pub piece: usize,
    /// Bytes of the piece's text.
    pub range: Range<usize>,
    /// Index of the term in [`Site::terms`].
    pub term: usize,
}

/// The written forms of all terms of one language.
#[derive(Debug)]
pub struct Glossary {
    search: Option<AhoCorasick>,
    /// For each pattern of the search its term, or `None` where homonyms share it.
    terms: Vec<Option<usize>>,
    digest: u64,
}

/// Up to how many bytes of forms the search is a table for each state: the fastest kind, and a few hundred bytes for each byte of a form.
const LARGEST_TABLE: usize = 128 * 1024;

/// How many documents it takes until that table, which is slow to make, is worth it.
const MANY_DOCUMENTS: usize = 1000;

/// A form with the place in its term's file that gives it.
struct Form {
    term: usize,
    place: FormPlace,
}

#[derive(Clone, Copy)]
pub(super) enum FormPlace {
    Term,
    Alias(usize),
}

impl Glossary {
    /// Gathers the forms of a language's terms; two terms that claim one form are reported unless both have a sense.
    pub fn new(site: &Site, lang: &Lang, tree: &Tree) -> Checked<Self> {
        let mut forms: BTreeMap<String, Vec<Form>> = BTreeMap::new();
        for (term, entry) in site
            .terms
            .iter()
            .enumerate()
            .filter(|(_, entry)| entry.identity.lang == *lang && !entry.broken)
        {
            for (written, place) in written_forms(entry) {
                let forms_of = std::iter::once(written.to_owned()).chain(plurals(lang, written));
                for form in forms_of.map(|form| fold(&form)) {
                    let holders = forms.entry(form).or_default();
                    if holders.iter().all(|holder| holder.term != term) {
                        holders.push(Form { term, place });
                    }
                }
            }
        }
        let mut diagnostics = Vec::new();
        let mut reported = BTreeSet::new();
        for (form, holders) in forms.iter().filter(|(_, holders)| holders.len() > 1) {
            let without_sense = holders
                .iter()
                .any(|holder| site.terms[holder.term].front.sense.is_none());
            let pair = (holders[0].term, holders[1].term);
            if without_sense && reported.insert(pair) {
                diagnostics.push(conflict(site, tree, form, &holders[0], &holders[1]));
            }
        }
        Checked {
            value: Self::search(forms, site.bodies().count()),
            diagnostics,
        }
    }

    fn search(forms: BTreeMap<String, Vec<Form>>, documents: usize) -> Self {
        let mut patterns = Vec::new();
        let mut terms = Vec::new();
        for (form, holders) in forms {
            let term = if holders.len() == 1 {
                holders.first().map(|holder| holder.term)
            } else {
                None
            };
            for variant in variants(&form) {
                patterns.push(variant);
                terms.push(term);
            }
        }
        let mut hasher = digester();
        (&patterns, &terms).hash(&mut hasher);
        let digest = hasher.finish();
        let size: usize = patterns.iter().map(String::len).sum();
        let kind = if size <= LARGEST_TABLE && documents >= MANY_DOCUMENTS {
            AhoCorasickKind::DFA
        } else {
            AhoCorasickKind::ContiguousNFA
        };
        // Overlapping search needs the standard match kind. A pattern set too large for the automaton links nothing rather than failing.
        let search = AhoCorasick::builder()
            .match_kind(MatchKind::Standard)
            .ascii_case_insensitive(true)
            .kind(Some(kind))
            .build(&patterns);
        Self {
            search: search.ok().filter(|_| !patterns.is_empty()),
            terms,
            digest,
        }
    }

    /// A digest of the forms and of the terms that they stand for.
    pub(super) fn digest(&self) -> u64 {
        self.digest
    }

    /// The mentions of terms in a body, in order. `own` is the id of the term whose page it is.
    pub fn mentions(&self, site: &Site, body: &Body, links: &[Option<Target>], own: Option<&str>) -> Vec<Mention> {
        let Some(search) = &self.search else { return Vec::new() };
        let mut linked: BTreeSet<usize> = BTreeSet::new();
        let mut mentions = Vec::new();
        for (at, piece) in body.pieces.iter().enumerate() {
            match piece {
                Piece::Section => linked.clear(),
                Piece::LinkOpen(link) => {
                    if let Some(Some(Target::Document(reference, _))) = links.get(*link)
                        && reference.kind == Kind::Term
                    {
                        linked.extend(site.terms.find_index(&reference.id, &reference.lang));
                    }
                }
                Piece::Text(text) => {
                    for (range, term) in self.in_text(search, text) {
                        let Some(term) = term else { continue };
                        let is_own = own.is_some_and(|own| *site.terms[term].identity.id == *own);
                        if !is_own && linked.insert(term) {
                            mentions.push(Mention { piece: at, range, term });
                        }
                    }
                }
                _ => {}
            }
        }
        mentions
    }

    /// Whole-word forms in a text, in order, the longest first where several overlap, none in a bare address.
    fn in_text(&self, search: &AhoCorasick, text: &str) -> Vec<(Range<usize>, Option<usize>)> {
        let composed = Composed::new(text);
        let sought = composed.as_ref().map_or(text, |composed| &composed.text);
        let folded = fold_in_place(sought);
        let mut found: Vec<(Range<usize>, Option<usize>)> = search
            .find_overlapping_iter(&*folded)
            .map(|hit| {
                let range = hit.start()..hit.end();
                let range = composed.as_ref().map_or(range.clone(), |composed| composed.raw(&range));
                (range, self.terms[hit.pattern().as_usize()])
            })
            .filter(|(range, _)| is_word(text, range) && !in_address(text, range))
            .collect();
        found.sort_by_key(|(range, _)| (std::cmp::Reverse(range.len()), range.start));
        // By where they begin: those that are kept do not overlap.
        let mut kept: BTreeMap<usize, (usize, Option<usize>)> = BTreeMap::new();
        for (range, term) in found {
            let before = kept.range(..range.end).next_back();
            if before.is_none_or(|(_, (end, _))| *end <= range.start) {
                kept.insert(range.start, (range.end, term));
            }
        }
        kept.into_iter()
            .map(|(start, (end, term))| (start..end, term))
            .collect()
    }
}

pub(super) fn written_forms(entry: &Entry<Term>) -> impl Iterator<Item = (&str, FormPlace)> {
    let aliases = entry
        .front
        .aliases
        .iter()
        .enumerate()
        .map(|(at, alias)| (alias.as_str(), FormPlace::Alias(at)));
    std::iter::once((entry.front.name(), FormPlace::Term))
        .chain(aliases)
        .filter(|(form, _)| !form.trim().is_empty())
}

fn conflict(site: &Site, tree: &Tree, form: &str, first: &Form, second: &Form) -> Diagnostic {
    let place = |form: &Form| {
        let path = &site.terms[form.term].identity.path;
        let trail = match form.place {
            FormPlace::Term => vec![Step::Key("term")],
            FormPlace::Alias(at) => vec![Step::Key("aliases"), Step::Item(at)],
        };
        (path, place_in_front_matter(tree.text(path).unwrap_or_default(), &trail))
    };
    let ((path, span), (other, other_span)) = (place(second), place(first));
    let id = &site.terms[first.term].identity.id;
    Diagnostic::new(
        Code::TermConflict,
        path,
        span,
        say!("the term `{id}` has the written form `{form}` too", id, form),
    )
    .also(other, other_span, say!("here"))
    .help(say!(
        "take the form out of one of the two, or give both a `sense` and link by hand"
    ))
}

/// A form as it is searched: composed, lower case, plain apostrophes, single plain spaces.
pub(super) fn fold(form: &str) -> String {
    let words: Vec<&str> = form.split_whitespace().collect();
    let composed: String = words.join(" ").nfc().collect();
    fold_in_place(&composed).to_ascii_lowercase().replace(['’', 'ʼ'], "'")
}

/// A text in lower case, byte for byte as long as before: the few letters whose lower case has another length stay as they are.
///
/// Plain capitals may stay too: the search does not tell them from small letters.
fn fold_in_place(text: &str) -> Cow<'_, str> {
    // Line breaks, and capitals beyond ASCII; those of Latin begin with 0xC3, 0xC4 or 0xC5, other alphabets are always folded.
    let bytes = text.as_bytes();
    let foreign = bytes.iter().fold(false, |found, byte| {
        found | matches!(byte, b'\n' | 0xc4..=0xe1 | 0xea..=0xf4)
    });
    let accented = memchr::memchr_iter(0xc3, bytes).any(|at| bytes.get(at + 1).is_some_and(|second| *second < 0x9f));
    if !foreign && !accented {
        return Cow::Borrowed(text);
    }
    let folded: String = text
        .chars()
        .map(|c| match c {
            '\n' => ' ',
            // It is another form of the same letter, which capitals do not tell apart.
            'ς' => 'σ',
            _ if c.is_lowercase() => c,
            _ => {
                let mut lower = c.to_lowercase();
                match (lower.next(), lower.next()) {
                    (Some(single), None) if single.len_utf8() == c.len_utf8() => single,
                    _ => c,
                }
            }
        })
        .collect();
    Cow::Owned(folded)
}

/// The ways in which a folded form may be typed: `ss` for `ß` as in capitals, either apostrophe, plain or no-break spaces.
fn variants(form: &str) -> Vec<String> {
    let mut all = vec![form.to_owned()];
    if form.contains('ß') {
        all.push(form.replace('ß', "ss"));
    }
    if form.contains('\'') {
        let curly: Vec<String> = all.iter().map(|form| form.replace('\'', "’")).collect();
        all.extend(curly);
    }
    if form.contains(' ') {
        let spaced: Vec<String> = all.iter().map(|form| form.replace(' ', "\u{a0}")).collect();
        all.extend(spaced);
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What a glossary of these forms, each a term of its own, finds in a text; the same whichever kind of search it has.
    fn found<'t>(forms: &[&str], text: &'t str) -> Vec<&'t str> {
        let all: [Vec<&str>; 2] = [0, MANY_DOCUMENTS].map(|documents| {
            let forms = forms.iter().enumerate().map(|(term, form)| {
                let place = FormPlace::Term;
                (fold(form), vec![Form { term, place }])
            });
            let glossary = Glossary::search(forms.collect(), documents);
            let search = glossary.search.as_ref().expect("a search");
            let found = glossary.in_text(search, text);
            found.into_iter().map(|(range, _)| &text[range]).collect()
        });
        let [few, many] = all;
        assert_eq!(few, many);
        few
    }

    #[test]
    fn the_longest_form_wins_wherever_it_begins() {
        let text = "un modèle de langue naturelle";
        assert_eq!(
            found(&["modèle de", "de langue naturelle"], text),
            ["de langue naturelle"]
        );
        assert_eq!(
            found(&["a b", "b c d", "d e", "e f g h"], "a b c d e f g h"),
            ["b c d", "e f g h"]
        );
    }

    #[test]
    fn an_address_in_the_text_is_no_mention() {
        let text = "Voir https://grok.com/ (ou www.grok.com, grok@x.ai, moi@grok.com) : Grok, /grok/.";
        assert_eq!(found(&["grok"], text), ["Grok", "grok"]);
    }

    #[test]
    fn letters_with_combining_marks_are_found() {
        let text = "Une E\u{301}cole, des e\u{301}coles : l’e\u{301}cole e\u{301}";
        assert_eq!(found(&["école"], text), ["E\u{301}cole", "e\u{301}cole"]);
        assert_eq!(found(&["e\u{301}cole"], "une école"), ["école"]);
    }

    #[test]
    fn capitals_that_are_written_otherwise_are_the_same_letters() {
        assert_eq!(found(&["λόγος"], "ΛΌΓΟΣ, λόγος, Λόγοσ"), ["ΛΌΓΟΣ", "λόγος", "Λόγοσ"]);
        assert_eq!(found(&["Straße"], "STRASSE, Straße"), ["STRASSE", "Straße"]);
    }

    #[test]
    fn folding_keeps_every_offset() {
        for text in ["İstanbul ẞ É ꭓ", "L’IA\nouverte", "ΑΣ"] {
            let folded = fold_in_place(text);
            assert_eq!(folded.len(), text.len());
            assert!(text.char_indices().all(|(at, _)| folded.is_char_boundary(at)));
        }
    }
}

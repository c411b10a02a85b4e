//! What an editor sets right in the alignment of a translation with its original.

use super::{Lines, ranges};
use crate::document::Restated;
use crate::phrase::say;
use crate::yaml::Fields;

const KEYS: &[&str] = &["passage", "of", "note"];

/// Passages of a source and passages of its original that belong together. Where one of the two is empty, the other has nothing there.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Alignment {
    /// Passages of the source; not yet known to be there.
    pub passage: Vec<Lines>,
    /// Passages of the original; not yet known to be there.
    pub of: Vec<Lines>,
    /// Why, for readers.
    pub note: Option<String>,
}

impl Alignment {
    fn read(fields: &Fields<'_>, is_translation: bool) -> Self {
        fields.only(KEYS);
        if !is_translation && !fields.has("passage") && !fields.has("of") {
            fields.missing(
                "passage",
                say!("this names no passage"),
                say!("write `{{passage: 4, of: 3}}`; leave out `of` where the original has nothing, `passage` where the translation has nothing"),
            );
        }
        Self {
            passage: ranges(fields, "passage"),
            of: ranges(fields, "of"),
            note: fields.text("note"),
        }
    }

    /// Reads the list under `alignment`.
    pub(super) fn read_list(fields: &Fields<'_>, is_translation: bool) -> Vec<Self> {
        let items = fields.nested_list("alignment", "{passage: …, of: …}");
        items.iter().map(|item| Self::read(item, is_translation)).collect()
    }
}

impl Restated for Alignment {
    /// Notes are language.
    fn conflict(&self, original: &Self) -> Option<&'static str> {
        let differs = |ours: &[Lines], theirs: &[Lines]| !ours.is_empty() && ours != theirs;
        let conflicts = [
            ("passage", differs(&self.passage, &original.passage)),
            ("of", differs(&self.of, &original.of)),
        ];
        conflicts.into_iter().find(|(_, differs)| *differs).map(|(key, _)| key)
    }

    fn inherit(&mut self, original: &Self) {
        let own = std::mem::replace(self, original.clone());
        self.note = own.note.or(self.note.take());
    }
}

//! The scale of verdicts.

use super::Localized;
use crate::phrase::say;
use crate::text::is_id;
use crate::yaml::Fields;

/// One step of the scale of verdicts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verdict {
    /// The word that claims use.
    pub id: String,
    /// Its number, higher is truer; `None` where nothing can be said.
    pub rating: Option<u64>,
    /// What readers see.
    pub labels: Localized,
}

/// The scale of sites that set none. The words of the interface have its labels in each language (`verdict_true`); those here are for programs that
/// know no such words.
pub(super) fn default() -> Vec<Verdict> {
    let scale = [
        ("true", Some(5), "Vrai", "True"),
        ("mostly-true", Some(4), "Plutôt vrai", "Mostly true"),
        ("needs-context", Some(3), "Manque de contexte", "Needs context"),
        ("misleading", Some(2), "Trompeur", "Misleading"),
        ("false", Some(1), "Faux", "False"),
        ("unverifiable", None, "Invérifiable", "Unverifiable"),
    ];
    let verdict = |(id, rating, fr, en): (&str, Option<u64>, &str, &str)| Verdict {
        id: id.to_owned(),
        rating,
        labels: Localized {
            any: Some(en.to_owned()),
            by_lang: [("fr", fr), ("en", en)]
                .map(|(lang, label)| (lang.to_owned(), label.to_owned()))
                .into(),
        },
    };
    scale.into_iter().map(verdict).collect()
}

/// A step of the scale as an editor writes it.
const MODEL: &str = "{id: …, rating: …, labels: {en: \"…\"}}";

/// Reads the site's own scale. `None` where it has none that can be used.
pub(super) fn read(fields: &Fields<'_>) -> Option<Vec<Verdict>> {
    fields.has("verdicts").then_some(())?;
    let mut scale: Vec<Verdict> = Vec::new();
    for verdict in fields.nested_list("verdicts", MODEL) {
        verdict.only(&["id", "rating", "labels"]);
        let Some(id) = verdict.required("id") else { continue };
        if !is_id(&id) {
            verdict.bad_value(
                "id",
                say!("`{id}` cannot be a verdict's id", id),
                say!("use lower-case letters, digits and hyphens"),
            );
            continue;
        }
        if scale.iter().any(|known| known.id == id) {
            verdict.bad_value(
                "id",
                say!("the verdict `{id}` stands twice in the scale", id),
                say!("keep one of the two"),
            );
            continue;
        }
        let labels = Localized::read(&verdict, "labels");
        let labels = if labels == Localized::default() {
            Localized {
                any: Some(id.clone()),
                ..labels
            }
        } else {
            labels
        };
        scale.push(Verdict {
            id,
            rating: verdict.number("rating"),
            labels,
        });
    }
    (!scale.is_empty()).then_some(scale)
}

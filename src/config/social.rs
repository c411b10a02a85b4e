//! How the site appears elsewhere: the key `social`.

use crate::yaml::Fields;

/// A profile of the publisher on another site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Profile {
    /// Name of the other site.
    pub name: String,
    /// Address of the profile.
    pub url: String,
}

/// A profile as an editor writes it.
const MODEL: &str = "{name: \"…\", url: \"https://…\"}";

/// Reads `social`: the profiles, and whether cards are drawn. It may be `false` (no cards), a list of profiles, or a mapping with both. Where it says
/// nothing of cards, `cards` holds.
pub(super) fn read(fields: &Fields<'_>, cards: bool) -> (Vec<Profile>, bool) {
    let Some(value) = fields.get("social") else {
        return (Vec::new(), cards);
    };
    if let Some(cards) = value.as_bool() {
        return (Vec::new(), cards);
    }
    if !value.is_mapping() {
        return (profiles(fields, "social"), cards);
    }
    let Some(both) = fields.nested("social") else {
        return (Vec::new(), cards);
    };
    both.only(&["cards", "profiles"]);
    (profiles(&both, "profiles"), both.flag("cards").unwrap_or(cards))
}

fn profiles(fields: &Fields<'_>, key: &'static str) -> Vec<Profile> {
    let mut all = Vec::new();
    for item in fields.nested_list(key, MODEL) {
        item.only(&["name", "url"]);
        if let (Some(name), Some(url)) = (item.required("name"), item.url("url")) {
            all.push(Profile { name, url });
        }
    }
    all
}

//! Addresses of pages, from the site's root without the first `/`.

use crate::config::Config;
use crate::document::Kind;
use crate::lang::Lang;

/// A path under the folder of its language; the default language has none.
pub fn with_lang(config: &Config, lang: &Lang, path: &str) -> String {
    in_lang(config, lang, [path])
}

/// The home page.
pub fn home(config: &Config, lang: &Lang) -> String {
    with_lang(config, lang, "")
}

/// A list: `claims`, `sources`, `glossary`, `timeline`, `corrections`.
pub fn list(config: &Config, lang: &Lang, name: &str) -> String {
    in_lang(config, lang, [name, "/"])
}

/// The glossary on one page, for paper.
pub fn print(config: &Config, lang: &Lang) -> String {
    with_lang(config, lang, "glossary/print/")
}

/// The glossary as PDF, where this program can make it.
pub fn pdf(config: &Config, lang: &Lang) -> Option<String> {
    cfg!(feature = "pdf").then(|| with_lang(config, lang, "glossary.pdf"))
}

/// The n-th page (from 1) of a list.
pub fn page_of(list: &str, page: usize) -> String {
    if page <= 1 {
        list.to_owned()
    } else {
        format!("{list}page/{page}/")
    }
}

/// The file that says what the entries of a list can be found by.
pub fn index_of(list: &str) -> String {
    format!("{list}index.json")
}

/// A document's own page. Events have none: see [`of_event`].
pub fn of_document(config: &Config, lang: &Lang, kind: Kind, id: &str) -> String {
    let (folder, end) = match kind {
        Kind::Home => return home(config, lang),
        Kind::Source => ("sources/", "/"),
        Kind::Claim => ("claims/", "/"),
        Kind::Term => ("glossary/", "/"),
        Kind::Event => ("timeline/#", ""),
        Kind::Page => ("", "/"),
    };
    in_lang(config, lang, [folder, id, end])
}

/// A path made of parts, under the folder of its language.
fn in_lang<const N: usize>(config: &Config, lang: &Lang, parts: [&str; N]) -> String {
    let own = if *lang == config.lang { "" } else { lang.tag() };
    let length: usize = own.len() + 1 + parts.iter().map(|part| part.len()).sum::<usize>();
    let mut path = String::with_capacity(length);
    if !own.is_empty() {
        path.extend([own, "/"]);
    }
    path.extend(parts);
    path
}

/// The page of a source beside the original that it translates.
pub fn of_translation(config: &Config, lang: &Lang, id: &str) -> String {
    format!("{}translation/", of_document(config, lang, Kind::Source, id))
}

/// The social card of a claim.
pub fn of_card(config: &Config, lang: &Lang, id: &str) -> String {
    format!("{}card.png", of_document(config, lang, Kind::Claim, id))
}

/// The place of an event on its timeline, or on that of its year where each year has a page.
pub fn of_event(config: &Config, lang: &Lang, id: &str, year: Option<u16>) -> String {
    match year {
        Some(year) => with_lang(config, lang, &format!("timeline/{year}/#{id}")),
        None => of_document(config, lang, Kind::Event, id),
    }
}

/// The page of a person or an organization.
pub fn of_entity(config: &Config, lang: &Lang, slug: &str) -> String {
    in_lang(config, lang, ["entities/", slug, "/"])
}

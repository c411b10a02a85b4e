//! The templates, styles, assets and words that Kézako brings along, and a site's own over them.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::tree::Tree;

macro_rules! files {
    ($($path:literal),+ $(,)?) => {
        /// The built-in files: path below `templates/` → text.
        pub const BUILT_IN: &[(&str, &str)] = &[$( ($path, include_str!(concat!("../templates/", $path))) ),+];
    };
}

files! {
    "404.html",
    "api.html",
    "assets/early.js",
    "assets/favicon.svg",
    "assets/filters.js",
    "assets/search.js",
    "assets/site.js",
    "base.html",
    "card.svg",
    "claim.html",
    "claims.html",
    "components.html",
    "corrections.html",
    "entities.html",
    "entity.html",
    "glossary.html",
    "home.html",
    "i18n/en.yaml",
    "i18n/fr.yaml",
    "menus.html",
    "page.html",
    "print-alone.html",
    "print.html",
    "redirect.html",
    "search.html",
    "source.html",
    "sources.html",
    "styles/base.css",
    "styles/claim.css",
    "styles/components.css",
    "styles/custom.css",
    "styles/glossary.css",
    "styles/layout.css",
    "styles/print.css",
    "styles/search.css",
    "styles/site.css",
    "styles/translation.css",
    "term.html",
    "timeline.html",
    "translation.html",
}

/// The built-in file at a path below `templates/`.
pub fn built_in(path: &str) -> Option<&'static str> {
    BUILT_IN
        .iter()
        .find(|(built_in, _)| *built_in == path)
        .map(|(_, text)| *text)
}

/// A file of the template folder as a site sees it.
#[derive(Debug, Clone)]
pub struct TemplateFile<'a> {
    /// Path relative to the site's root.
    pub path: Arc<str>,
    /// Its bytes.
    pub bytes: &'a [u8],
}

impl<'a> TemplateFile<'a> {
    /// Its text without a byte order mark, which neither templates nor style sheets know; or how many bytes of it are text.
    pub fn text(&self) -> Result<&'a str, usize> {
        match std::str::from_utf8(self.bytes) {
            Ok(text) => Ok(text.trim_start_matches('\u{feff}')),
            Err(error) => Err(error.valid_up_to()),
        }
    }

    /// How many bytes stand before its text.
    pub fn mark(&self) -> usize {
        self.text().map_or(0, |text| self.bytes.len() - text.len())
    }
}

/// All files below a folder of `templates/` (given with its final `/`, or empty for all), the site's own over the built-in ones; by path below `templates/`.
pub fn files<'a>(tree: &'a Tree, folder: &str) -> BTreeMap<String, TemplateFile<'a>> {
    let mut all = BTreeMap::new();
    for (path, text) in BUILT_IN.iter().filter(|(path, _)| path.starts_with(folder)) {
        all.insert(
            (*path).to_owned(),
            TemplateFile {
                path: format!("templates/{path}").into(),
                bytes: text.as_bytes(),
            },
        );
    }
    for (path, file) in tree.below("templates") {
        let below = path.strip_prefix("templates/").unwrap_or(path);
        if below.starts_with(folder) {
            all.insert(
                below.to_owned(),
                TemplateFile {
                    path: Arc::clone(path),
                    bytes: &file.bytes,
                },
            );
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_of_the_template_folder_is_built_in() {
        let root = concat!(env!("CARGO_MANIFEST_DIR"), "/templates");
        let mut on_disk: Vec<String> = walkdir::WalkDir::new(root)
            .into_iter()
            .filter_map(Result::ok)
            .filter(|entry| entry.file_type().is_file())
            .filter_map(|entry| Some(entry.path().strip_prefix(root).ok()?.to_str()?.replace('\\', "/")))
            .collect();
        on_disk.sort();
        let built_in: Vec<&str> = BUILT_IN.iter().map(|(path, _)| *path).collect();
        assert_eq!(on_disk, built_in);
    }
}

//! The site that `kezako init` writes: small, complete, in our own words.

use std::collections::BTreeMap;

/// A list of files: path in the site → path below `src/example/LANG/`, whose text it has.
macro_rules! files {
    ($lang:literal: $($path:literal = $file:literal),+ $(,)?) => {
        &[$( ($path, include_str!(concat!("example/", $lang, "/", $file))) ),+]
    };
}

const ENGLISH: &[(&str, &str)] = files! {"en":
    ".gitattributes" = "gitattributes",
    ".gitignore" = "gitignore",
    "README.md" = "README.md",
    "content/claims/every-fourth-year.md" = "content/claims/every-fourth-year.md",
    "content/glossary/leap-year.md" = "content/glossary/leap-year.md",
    "content/index.md" = "content/index.md",
    "content/pages/about.md" = "content/pages/about.md",
    "content/sources/leaflet.md" = "content/sources/leaflet.md",
    "content/timeline/gregorian-calendar.md" = "content/timeline/gregorian-calendar.md",
    "kezako.yaml" = "kezako.yaml",
    "seeds/leaflet.txt" = "seeds/leaflet.txt",
};

const FRENCH: &[(&str, &str)] = files! {"fr":
    ".gitattributes" = "gitattributes",
    ".gitignore" = "gitignore",
    "README.md" = "README.md",
    "content/claims/une-annee-sur-quatre.md" = "content/claims/une-annee-sur-quatre.md",
    "content/glossary/annee-bissextile.md" = "content/glossary/annee-bissextile.md",
    "content/index.md" = "content/index.md",
    "content/pages/a-propos.md" = "content/pages/a-propos.md",
    "content/sources/depliant.md" = "content/sources/depliant.md",
    "content/timeline/calendrier-gregorien.md" = "content/timeline/calendrier-gregorien.md",
    "kezako.yaml" = "kezako.yaml",
    "seeds/depliant.txt" = "seeds/depliant.txt",
};

/// The languages that the example is written in.
pub const LANGUAGES: [&str; 2] = ["en", "fr"];

/// The files of the example in one of [`LANGUAGES`], path → text.
pub fn files(lang: &str) -> BTreeMap<&'static str, &'static str> {
    let files = if lang == "fr" { FRENCH } else { ENGLISH };
    files.iter().copied().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Named, identify};
    use crate::tidy::tidy;

    #[test]
    fn its_files_need_no_putting_right() {
        for lang in LANGUAGES {
            let files = files(lang);
            let config = crate::config::read(&"kezako.yaml".into(), files["kezako.yaml"])
                .value
                .unwrap_or_default();
            assert_eq!(config.lang.tag(), lang);
            for (path, text) in files {
                if let Named::Document(identity) = identify(&path.into(), &config) {
                    assert_eq!(tidy(&identity, text).as_deref(), Ok(text), "{path}");
                }
            }
        }
    }
}

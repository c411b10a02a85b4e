//! What comes from `templates/`: words, styles, assets, and the templates themselves.

use std::collections::BTreeMap;
use std::hash::{Hash, Hasher};
use std::sync::Arc;

use crate::diagnostic::Diagnostic;
use crate::hash::digester;
use crate::lang::Lang;
use crate::render::{html, style};
use crate::templates;
use crate::tree::Tree;
use crate::words::Words;

/// All that comes from `templates/`.
#[derive(Debug)]
pub(super) struct Design {
    /// Of the files in it, and of the languages they were read for.
    pub(super) digest: u64,
    pub(super) words: BTreeMap<Lang, Words>,
    pub(super) style: style::Style,
    /// Paths of assets by their names.
    pub(super) assets: BTreeMap<String, String>,
    /// Bytes of assets by their names.
    pub(super) asset_bytes: BTreeMap<String, Vec<u8>>,
    /// `None` where a template cannot be used.
    pub(super) engine: Option<html::Engine>,
    pub(super) diagnostics: Vec<Diagnostic>,
}

/// The templates, read anew where the memo has others.
pub(super) fn design(tree: &Tree, languages: &[Lang], memo: &mut Option<Arc<Design>>) -> Arc<Design> {
    let mut hasher = digester();
    languages.hash(&mut hasher);
    for (path, file) in tree.below("templates") {
        (path, file.digest).hash(&mut hasher);
    }
    let digest = hasher.finish();
    if let Some(known) = memo.as_ref().filter(|known| known.digest == digest) {
        return Arc::clone(known);
    }
    let mut diagnostics = Vec::new();
    let words = languages
        .iter()
        .map(|lang| (lang.clone(), Words::read(lang, tree).unpack(&mut diagnostics)))
        .collect();
    let asset_bytes = asset_bytes(tree);
    let (style, engine) = rayon::join(|| style::style(tree), || html::read(tree));
    let design = Arc::new(Design {
        digest,
        words,
        style: style.unpack(&mut diagnostics),
        assets: asset_bytes
            .iter()
            .map(|(name, bytes)| (name.clone(), asset_path(name, bytes)))
            .collect(),
        asset_bytes,
        engine: engine.unpack(&mut diagnostics),
        diagnostics,
    });
    *memo = Some(Arc::clone(&design));
    design
}

/// Assets of the templates by name.
fn asset_bytes(tree: &Tree) -> BTreeMap<String, Vec<u8>> {
    let named = |(name, file): (String, templates::TemplateFile<'_>)| {
        let name = name.strip_prefix("assets/").unwrap_or(&name).to_owned();
        (name, file.bytes.to_vec())
    };
    templates::files(tree, "assets/").into_iter().map(named).collect()
}

/// The path of an asset carries a hash of its content, so that browsers may keep it.
fn asset_path(name: &str, bytes: &[u8]) -> String {
    let hash = blake3::hash(bytes).to_hex();
    match name.rsplit_once('.') {
        Some((stem, ending)) => format!("assets/{stem}.{}.{ending}", &hash[..10]),
        None => format!("assets/{name}.{}", &hash[..10]),
    }
}

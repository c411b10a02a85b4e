//! Sites that are built in memory, and what stands on their pages.

use std::collections::BTreeMap;

use kezako::build::{Memory, build};
use kezako::site::Options;
use kezako::tree::Tree;

/// The text of each page of a site without fault.
#[track_caller]
pub(crate) fn pages_of(tree: &Tree) -> BTreeMap<String, String> {
    let memory = Memory::default();
    let report = build(tree, &Options::default(), &memory, &|_| {}).report;
    assert_eq!(report.diagnostics().len(), 0, "{:?}", report.diagnostics());
    let text = |(path, bytes): (String, Vec<u8>)| Some((path, String::from_utf8(bytes).ok()?));
    memory.into_files().into_iter().filter_map(text).collect()
}

/// What stands between two marks, for each time that they stand in a text.
pub(crate) fn between<'t>(text: &'t str, open: &str, close: &str) -> Vec<&'t str> {
    text.split(open)
        .skip(1)
        .filter_map(|rest| rest.split_once(close).map(|(inside, _)| inside))
        .collect()
}

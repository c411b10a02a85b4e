//! `_headers` and `_redirects`, which Netlify and Cloudflare Pages read; docs/deploy.md says how other hosts are told the same.
//!
//! Their paths are those that browsers ask for, so they begin with the path of `base_url`.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::fmt::Write as _;

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};

use crate::plan::{SEARCH_FOLDER, with_lang};
use crate::view::{INDEX_POLICY, POLICY, Viewer};

/// What has a meaning in these files: white space ends a path, `:` begins a placeholder, `*` stands for anything.
const SPECIAL: &AsciiSet = &CONTROLS.add(b' ').add(b':').add(b'*').add(b'%').add(b'#');

/// A year, in seconds: the longest that caches heed.
const LONG: u32 = 31_536_000;

/// The most rules that Cloudflare Pages heeds, less those that every site has.
const MOST_SECTIONS: usize = 95;

/// `_headers`. Both hosts join the values of a header that several rules set, so each header of a file is set by one rule alone. Neither lets browsers
/// keep a page unasked if no rule says otherwise, which is right: a correction must be seen at once.
pub fn headers(viewer: &Viewer<'_>) -> Vec<u8> {
    let config = viewer.read.config();
    let prefix = config.prefix();
    let policy = |path: &str, policy: &str| {
        format!("{prefix}{path}\n  Content-Security-Policy: {policy}; frame-ancestors 'none'\n")
    };
    let mut lines = match config.search {
        // A policy for all files would bind the worker of the index too.
        true => format!("{prefix}*\n"),
        false => policy("*", POLICY),
    };
    lines.push_str(&format!(
        "  Permissions-Policy: browsing-topics=(), camera=(), geolocation=(), microphone=(), payment=(), usb=()
  Referrer-Policy: strict-origin-when-cross-origin
  X-Content-Type-Options: nosniff
{prefix}assets/*
  Cache-Control: public, max-age={LONG}, immutable
"
    ));
    for lang in &config.languages {
        let path = with_lang(config, lang, "api/*");
        lines.push_str(&format!("{prefix}{path}\n  Access-Control-Allow-Origin: *\n"));
    }
    if config.search {
        lines.push_str(&policy(&format!("{SEARCH_FOLDER}*"), INDEX_POLICY));
        lines.extend(sections(viewer).iter().map(|path| policy(path, POLICY)));
    }
    lines.into_bytes()
}

/// Patterns of the paths of all pages: the home page, and each folder beside it, those with most pages first. What goes beyond the number that hosts
/// heed has the policy that each page states itself.
fn sections(viewer: &Viewer<'_>) -> Vec<String> {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for page in &viewer.read.everything().plan.pages {
        let section = page.path.split_once('/').map(|(folder, _)| format!("{folder}/*"));
        *counts.entry(section.unwrap_or_else(|| page.path.clone())).or_default() += 1;
    }
    let mut sections: Vec<(String, usize)> = counts.into_iter().collect();
    sections.sort_by_key(|(_, pages)| Reverse(*pages));
    sections.truncate(MOST_SECTIONS);
    sections.into_iter().map(|(section, _)| section).collect()
}

/// `_redirects`, for pages that had other addresses.
pub fn redirects(viewer: &Viewer<'_>) -> Vec<u8> {
    let prefix = viewer.read.config().prefix();
    let mut lines = String::new();
    for redirect in &viewer.read.everything().plan.redirects {
        let path = |path| utf8_percent_encode(path, SPECIAL);
        // Writing to a text cannot fail.
        let _ = writeln!(
            lines,
            "{prefix}{} {prefix}{} 301",
            path(&redirect.from),
            path(&redirect.to)
        );
    }
    lines.into_bytes()
}

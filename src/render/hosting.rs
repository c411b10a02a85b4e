//! `_headers` and `_redirects`, which Netlify and Cloudflare Pages read; docs/deploy.md says how other hosts are told the same.
//!
//! Their paths are those that browsers ask for, so they begin with the path of `base_url`.

use std::fmt::Write as _;

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};

use crate::plan::with_lang;
use crate::view::{POLICY, Viewer};

/// What has a meaning in these files: white space ends a path, `:` begins a placeholder, `*` stands for anything.
const SPECIAL: &AsciiSet = &CONTROLS.add(b' ').add(b':').add(b'*').add(b'%').add(b'#');

/// A year, in seconds: the longest that caches heed.
const LONG: u32 = 31_536_000;

/// `_headers`. Both hosts join the values of a header that several rules set, so each header is set by one rule alone. Neither lets browsers keep
/// a page unasked if no rule says otherwise, which is right: a correction must be seen at once.
pub fn headers(viewer: &Viewer<'_>) -> Vec<u8> {
    let config = viewer.read.config();
    let prefix = config.prefix();
    let mut lines = format!(
        "{prefix}*
  Content-Security-Policy: {POLICY}; frame-ancestors 'none'
  Permissions-Policy: browsing-topics=(), camera=(), geolocation=(), microphone=(), payment=(), usb=()
  Referrer-Policy: strict-origin-when-cross-origin
  X-Content-Type-Options: nosniff
{prefix}assets/*
  Cache-Control: public, max-age={LONG}, immutable
"
    );
    for lang in &config.languages {
        let path = with_lang(config, lang, "api/*");
        // Writing to a text cannot fail.
        let _ = writeln!(lines, "{prefix}{path}\n  Access-Control-Allow-Origin: *");
    }
    lines.into_bytes()
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

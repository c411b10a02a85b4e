//! Files that every site has beside its pages.

/// Files that a site has once; paths from its root.
pub const ONCE: &[&str] = &[
    "_headers",
    "_redirects",
    "manifest.json",
    "sitemap.xml",
    "robots.txt",
    "api/claims.json",
    "api/glossary.json",
    "api/timeline.json",
    "api/sources.json",
    "api/claimreview.json",
    "api/schema/claims.json",
    "api/schema/glossary.json",
    "api/schema/timeline.json",
    "api/schema/sources.json",
    "api/schema/claimreview.json",
    "api/schema/timelinejs.json",
    "api/schema/common.json",
];

/// Files and folders of the search index whose names do not depend on the site.
pub const OF_SEARCH: &[&str] = &[
    "pagefind/contents.txt",
    "pagefind/filter",
    "pagefind/fragment",
    "pagefind/index",
    "pagefind/pagefind-entry.json",
    "pagefind/pagefind-worker.js",
    "pagefind/pagefind.js",
];

/// Files that a site has for each language; paths from the root of the language.
pub const FOR_EACH_LANGUAGE: &[&str] = &[
    "feed.xml",
    "claims/feed.xml",
    "corrections/feed.xml",
    "claims/index.json",
    "timeline/index.json",
    "timeline.ics",
    "api/timelinejs.json",
];

//! Kézako builds sites of fact-checked explainers: a quotation that is not in its source does not build.
//!
//! The rooms from the ground up; each uses only rooms of its own group, without circles, and of the groups above it. ARCHITECTURE.md says why.

// Values, no site.
pub mod align;
pub mod date;
pub mod fold;
pub mod hash;
pub mod lang;
pub mod phrase;
pub mod text;
pub mod tongue;
pub mod typeface;

// What there is to say, and the files it is about.
pub mod diagnostic;
pub mod tree;

// Reports for people and programs.
pub mod frame;

// Formats: bytes to values with places; what comes from outside, as text.
pub mod foreign;
pub mod markdown;
pub mod templates;
pub mod yaml;

// Documents: one kind each.
pub mod config;
pub mod document;

pub mod claim;
pub mod event;
pub mod page;
pub mod source;
pub mod term;
pub mod words;

// The heart: quotations held against sources.
pub mod checkable;
pub mod intake;
pub mod verify;

// The site as one value, and how its documents lead to each other.
pub mod coverage;
pub mod example;
pub mod link;
pub mod quote;
pub mod site;
pub mod skeleton;
pub mod tidy;

// Pages: addresses, what they show, bytes.
pub mod plan;
pub mod reader;
pub mod render;
pub mod view;

// From a tree of files to a site.
pub mod build;
pub mod deploy;
pub mod desk;
pub mod edition;
pub mod live;
pub mod printed;

// The machine, and the command line.
pub mod cli;
pub mod shell;

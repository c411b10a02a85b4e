//! What a deploy needs beside the pages: compressed copies, and a list of all files with their digests.
//!
//! Both are sinks before a sink, so that a build knows nothing of them.

mod compress;
mod manifest;

pub use compress::{COPIES, Compressed};
pub use manifest::{Entry, Listed, MANIFEST, listed, manifest};

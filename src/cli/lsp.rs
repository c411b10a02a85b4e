//! `kezako lsp`: the language server, which editors of text start.

use std::io::{self, IsTerminal};

use super::args::Arguments;
use super::commands::{options, say, tongue};
use crate::phrase::say;
use crate::shell::{Failure, serve_editor};

/// Serves until the editor ends it; false where it went without a word.
pub(super) fn lsp(all: &Arguments) -> Result<bool, Failure> {
    if io::stdin().is_terminal() {
        say(&say!(
            "editors of text start this and talk to it; docs/editors.md says how to set yours up. Ctrl-C ends it."
        ))?;
    }
    serve_editor(&options(all)?, all.root.as_deref(), tongue())
}

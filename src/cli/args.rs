//! What can be written after `kezako`.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

/// Checks what sources say, word for word, and builds a site from it.
///
/// Write claims, glossary terms and events as Markdown in `content/`, put the articles they quote into `seeds/`, and run `kezako build`. A
/// quotation that is not in its source does not build.
#[derive(Debug, Parser)]
#[command(name = "kezako", version, max_term_width = 90, arg_required_else_help = true)]
pub(super) struct Arguments {
    /// The site's folder [default: the nearest one upwards that holds kezako.yaml]
    #[arg(long, global = true, value_name = "DIR")]
    pub(super) root: Option<PathBuf>,

    /// Treat warnings as errors
    #[arg(long, global = true)]
    pub(super) deny_warnings: bool,

    /// Today's date, for what depends on it, such as claims due to be checked again [default: SOURCE_DATE_EPOCH, else the clock]
    #[arg(long, global = true, value_name = "DATE")]
    pub(super) today: Option<String>,

    /// Include drafts
    #[arg(long, global = true)]
    pub(super) drafts: bool,

    /// What to do.
    #[command(subcommand)]
    pub(super) command: Command,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Write the site to a folder; with any error, write nothing
    Build(Build),
    /// Report every problem of the site, and write nothing
    Check(Check),
    /// Say what a problem's code means and how to mend it
    Explain(Explain),
}

/// Arguments of `build`.
#[derive(Debug, Args)]
pub(super) struct Build {
    /// The folder to write [default: public, in the site's folder]
    #[arg(long, value_name = "DIR")]
    pub(super) out: Option<PathBuf>,

    /// Where the site will be published [default: base_url of kezako.yaml]
    #[arg(long, value_name = "URL")]
    pub(super) base_url: Option<String>,

    /// Put compressed copies (.br and .gz) beside text files, for servers that send what is ready
    #[arg(long)]
    pub(super) compress: bool,
}

/// Arguments of `check`.
#[derive(Debug, Args)]
pub(super) struct Check {
    /// How to write the problems
    #[arg(long, value_enum, default_value_t = Format::Full)]
    pub(super) format: Format,
}

/// Arguments of `explain`.
#[derive(Debug, Args)]
pub(super) struct Explain {
    /// The code, as it stands in brackets in a report: quote-not-found. Without one, all codes are listed
    pub(super) code: Option<String>,
}

/// How to write a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// With the lines and the very words
    Full,
    /// One line each
    Short,
    /// One JSON object a line
    Json,
    /// Annotations for GitHub
    Github,
}

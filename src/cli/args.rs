//! What can be written after `kezako`.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;

use crate::example::LANGUAGES;
use crate::markdown::Role;

/// What `--help` and the manual end with.
const AFTER: &str = "\
Exit codes: 0 good, 1 problems in the site (or words that stand in no source), 2 wrong usage or a failing machine.

Environment: NO_COLOR turns colours off. SOURCE_DATE_EPOCH, in seconds since 1970, stands in for today where --today is absent.";

/// Checks what sources say, word for word, and builds a site from it.
///
/// Write claims, glossary terms and events as Markdown in `content/`, put the articles they quote into `seeds/`, and run `kezako build`. A
/// quotation that is not in its source does not build.
#[derive(Debug, Parser)]
#[command(name = "kezako", version, max_term_width = 90, arg_required_else_help = true, after_long_help = AFTER)]
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
    /// Show the site in a browser while it is written: each save is on the page at once
    Serve(Serve),
    /// Report every problem of the site, and write nothing
    Check(Check),
    /// Say what a problem's code means and how to mend it
    Explain(Explain),
    /// Find words in the sources, and print them as a quotation ready to be pasted
    ///
    /// Words that stand in a source are printed as they stand there, as a quoted block and for running text. If they stand nowhere, the nearest
    /// sentence is printed, standard error says so, and the exit code is 1.
    Quote(Quote),
    /// Begin a site: a small one that builds at once, to be changed into yours
    Init(Init),
    /// Begin a content file: a draft that builds, with comments that teach the format
    ///
    /// The path of the new file is printed. What is already there is never overwritten.
    New(New),
    /// Put spaces, quotation marks and the order of keys right in content files
    ///
    /// In French text: no-break spaces beside punctuation, and guillemets for straight quotation marks. In all languages: the keys of the front
    /// matter in their usual order, comments with them. No word changes and no quotation, and the site that is built is the same. The paths of files
    /// that were changed are printed.
    Fmt(Fmt),
    /// List what is left to check: by source, the checkable sentences without a claim, most checkable first, and those with one
    ///
    /// A sentence can be checked if it has a figure, a sum, a date, a quotation, an attribution, a superlative, somebody with a name who does
    /// something, or a definition. It has a claim if a claim quotes some of its words.
    Coverage(Coverage),
    /// Print a script that completes commands in a shell
    ///
    /// For bash: kezako completions bash > ~/.local/share/bash-completion/completions/kezako
    ///
    /// For fish: kezako completions fish > ~/.config/fish/completions/kezako.fish
    ///
    /// For zsh: kezako completions zsh > DIR/_kezako, where DIR is a folder of $fpath
    Completions(Completions),
    /// Print a manual page, or write them all to a folder
    ///
    /// To read the program's page: kezako man | man -l -
    ///
    /// To read that of a command: kezako man quote | man -l -
    Man(Man),
    /// Write the glossary, or some of its terms, for print
    Glossary(Glossary),
    /// Help your text editor: problems as you type, quotations completed, passages and definitions shown
    ///
    /// Your editor starts this command and talks to it over standard input and output (the Language Server Protocol); there is nothing to type.
    /// docs/editors.md says how to set up VS Code, Neovim, Helix and Zed. Drafts are always included. Each file belongs to the nearest site
    /// upwards of it.
    Lsp,
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

    /// Go on, and write what differs whenever a file is saved
    #[arg(long)]
    pub(super) watch: bool,

    /// With --watch, look through the folders every half-second, where the disk does not tell of changes
    #[arg(long, requires = "watch")]
    pub(super) poll: bool,
}

/// Arguments of `serve`.
#[derive(Debug, Args)]
pub(super) struct Serve {
    /// The port, on this machine alone [default: 4321, or the next free one]
    #[arg(long, value_name = "NUMBER")]
    pub(super) port: Option<u16>,

    /// Open the site in a browser
    #[arg(long)]
    pub(super) open: bool,

    /// Look through the folders every half-second, where the disk does not tell of changes
    #[arg(long)]
    pub(super) poll: bool,
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

/// Arguments of `quote`.
#[derive(Debug, Args)]
pub(super) struct Quote {
    /// The words; `[…]` stands for words left out, `[word]` for words of your own
    #[arg(required = true, value_name = "WORDS")]
    pub(super) words: Vec<String>,

    /// Look in this source alone
    #[arg(long, value_name = "ID")]
    pub(super) source: Option<String>,

    /// Quote the whole sentences that hold the words
    #[arg(long)]
    pub(super) sentence: bool,

    /// What the quotation does for its claim
    #[arg(long, value_name = "ROLE", value_parser = Role::NAMES, default_value = "states")]
    pub(super) role: String,

    /// Print one JSON object
    #[arg(long)]
    pub(super) json: bool,
}

/// Arguments of `init`.
#[derive(Debug, Args)]
pub(super) struct Init {
    /// A new folder, or an empty one
    pub(super) dir: PathBuf,

    /// The language of the site [default: that of messages]
    #[arg(long, value_name = "LANG", value_parser = LANGUAGES)]
    pub(super) lang: Option<String>,
}

/// Arguments of `new`.
#[derive(Debug, Args)]
pub(super) struct New {
    /// What to begin.
    #[command(subcommand)]
    pub(super) what: NewFile,
}

/// What `new` begins.
#[derive(Debug, Subcommand)]
pub(super) enum NewFile {
    /// A claim, to be checked: content/claims/ID.md
    Claim(NewDocument),
    /// A glossary term: content/glossary/ID.md
    Term(NewDocument),
    /// A dated event: content/timeline/ID.md
    Event(NewDocument),
    /// A page: content/pages/ID.md
    Page(NewDocument),
    /// A source, from an article's text, saved page or PDF: seeds/ID.txt and content/sources/ID.md
    ///
    /// The file is kept as it is in `seeds/`; of a page or a PDF, its text is kept beside it. The record has what could be found, and says in its
    /// comments where, and why lines were left out of the body.
    Source(NewSource),
}

/// Arguments of `new source`.
#[derive(Debug, Args)]
pub(super) struct NewSource {
    /// The article: .txt, .md, .html or .pdf; or an id, to begin the record of a text that lies in seeds/ or is yet to come
    pub(super) file: PathBuf,

    /// The source's id: lower-case letters, digits and hyphens [default: from the file's name]
    #[arg(long)]
    pub(super) id: Option<String>,
}

/// Arguments of `coverage`.
#[derive(Debug, Args)]
pub(super) struct Coverage {
    /// This source alone
    #[arg(long, value_name = "ID")]
    pub(super) source: Option<String>,

    /// How to write it
    #[arg(long, value_enum, default_value_t = CoverageFormat::Text)]
    pub(super) format: CoverageFormat,
}

/// How to write coverage.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum CoverageFormat {
    /// For a terminal
    Text,
    /// One JSON object
    Json,
    /// A page for the desk
    Html,
}

/// Arguments of `new claim`, `new term`, `new event` and `new page`.
#[derive(Debug, Args)]
pub(super) struct NewDocument {
    /// The file's name and a part of its address: lower-case letters, digits and hyphens
    pub(super) id: String,

    /// Begin with a quotation of this passage, for instance rfi-grok:14
    #[arg(long, value_name = "SOURCE:PASSAGE")]
    pub(super) from: Option<String>,
}

/// Arguments of `fmt`.
#[derive(Debug, Args)]
pub(super) struct Fmt {
    /// Files or folders below content/; without any, all content files
    pub(super) files: Vec<PathBuf>,

    /// Write nothing, print the paths of files to put right, and end with 1 if there are any
    #[arg(long)]
    pub(super) check: bool,
}

/// Arguments of `completions`.
#[derive(Debug, Args)]
pub(super) struct Completions {
    /// The shell
    pub(super) shell: Shell,
}

/// Arguments of `man`.
#[derive(Debug, Args)]
pub(super) struct Man {
    /// The command whose page to print; without one, the program's
    #[arg(value_name = "COMMAND", conflicts_with = "out")]
    pub(super) command: Vec<String>,

    /// Write all pages to this folder, for instance `~/.local/share/man/man1`
    #[arg(long, value_name = "DIR")]
    pub(super) out: Option<PathBuf>,
}

/// Arguments of `glossary`.
#[derive(Debug, Args)]
pub(super) struct Glossary {
    /// Only these terms, by id or by any written form: grok,"open source" [default: all]
    #[arg(long, value_name = "TERM,…", value_delimiter = ',')]
    pub(super) terms: Vec<String>,

    /// The language [default: the site's own]
    #[arg(long, value_name = "LANG")]
    pub(super) lang: Option<String>,

    /// What to write [default: as FILE ends, else pdf where this program can make it, else html]
    #[arg(long, value_enum)]
    pub(super) format: Option<GlossaryFormat>,

    /// How the PDF is laid out [default: book]
    #[arg(long, value_enum)]
    pub(super) layout: Option<GlossaryLayout>,

    /// The file to write; - is standard output [default: glossary.pdf or glossary.html in the current folder]
    #[arg(short, long = "output", value_name = "FILE")]
    pub(super) output: Option<PathBuf>,
}

/// How the glossary is laid out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum GlossaryLayout {
    /// A title page, and entries in two columns
    Book,
    /// Eight cards a page to cut out, each with a term and the beginning of its definition
    Cards,
}

/// What the glossary is written as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum GlossaryFormat {
    /// Typeset, for paper
    Pdf,
    /// One page that needs no other file
    Html,
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

//! `kezako glossary`: the printable glossary as a file.

use std::env;
use std::io::{self, IsTerminal, Write as _};
use std::path::Path;

use super::args::{Arguments, Format, Glossary, GlossaryFormat, GlossaryLayout};
use super::commands::{edition_day, options, root, say, tell, unwritten};
use crate::phrase::say;

use crate::frame;
use crate::printed::{self, Order, Outcome};
use crate::shell::{Failure, load, write_file};
use crate::site::Options;

/// `kezako glossary`: whether it was written.
pub(super) fn print(arguments: &Glossary, all: &Arguments) -> Result<bool, Failure> {
    let format = format(arguments)?;
    let terms = terms(arguments)?;
    let root = root(all)?;
    let tree = load(&root)?;
    let order = Order {
        terms,
        lang: arguments.lang.clone(),
        format,
    };
    let options = Options {
        edition_day: edition_day(all)?,
        ..options(all)?
    };
    let (report, outcome) = printed::print(&tree, &options, &order);
    let report = report.denying(all.deny_warnings);
    let color = io::stderr().is_terminal();
    tell(&report, &tree, Format::Full, &mut io::stderr(), color)?;
    if report.has_errors() {
        if let Some(count) = frame::summary(&report) {
            say(&say!("{count}: {what}", count, what = say!("nothing was written")))?;
        }
        return Ok(false);
    }
    match outcome {
        Outcome::Made { name, bytes } => write(arguments.output.as_deref(), &name, &bytes, &root).map(|()| true),
        Outcome::Refused(refusal) => Err(Failure::new(refusal.message, refusal.help)),
        Outcome::Problems => Ok(false),
    }
}

/// What is asked for: by name, else by the ending of the file, else the best that this program can make.
fn format(arguments: &Glossary) -> Result<printed::Format, Failure> {
    let ending = arguments.output.as_deref().and_then(Path::extension);
    let by_ending = match ending.map(|ending| ending.to_ascii_lowercase()) {
        Some(ending) if ending == "pdf" => Some(GlossaryFormat::Pdf),
        Some(ending) if ending == "html" || ending == "htm" => Some(GlossaryFormat::Html),
        _ => None,
    };
    let by_layout = arguments.layout.map(|_| GlossaryFormat::Pdf);
    match arguments.format.or(by_ending).or(by_layout) {
        Some(GlossaryFormat::Html) if arguments.layout == Some(GlossaryLayout::Cards) => Err(Failure::new(
            say!("cards are a layout of the PDF"),
            say!("leave --layout out, or give --format pdf"),
        )),
        Some(GlossaryFormat::Html) => Ok(printed::Format::Html),
        Some(GlossaryFormat::Pdf) => pdf(arguments.layout),
        None => Ok(pdf(None).unwrap_or_default()),
    }
}

#[cfg(feature = "pdf")]
fn pdf(layout: Option<GlossaryLayout>) -> Result<printed::Format, Failure> {
    Ok(printed::Format::Pdf(match layout {
        Some(GlossaryLayout::Cards) => printed::Layout::Cards,
        Some(GlossaryLayout::Book) | None => printed::Layout::Book,
    }))
}

#[cfg(not(feature = "pdf"))]
fn pdf(_: Option<GlossaryLayout>) -> Result<printed::Format, Failure> {
    Err(Failure::new(
        say!("this program was built without PDF; `cargo run --release --features pdf -- glossary` makes it"),
        say!("or print the page that `--format html` writes"),
    ))
}

fn terms(arguments: &Glossary) -> Result<Vec<String>, Failure> {
    let named = arguments.terms.iter().map(|term| term.trim());
    let terms: Vec<String> = named.filter(|term| !term.is_empty()).map(str::to_owned).collect();
    if terms.is_empty() && !arguments.terms.is_empty() {
        return Err(Failure::new(
            say!("--terms names no term"),
            say!("name some, such as --terms grok,chatbot, or leave it out to print them all"),
        ));
    }
    Ok(terms)
}

/// Writes to the file that was asked for, to standard output, or under a name of its own to the current folder.
fn write(asked: Option<&Path>, name: &str, bytes: &[u8], root: &Path) -> Result<(), Failure> {
    let path = match asked {
        Some(path) if path.as_os_str() == "-" => return write_out(bytes),
        Some(path) => path,
        None => Path::new(name),
    };
    write_file(path, root, bytes)?;
    let here = env::current_dir().unwrap_or_default();
    say(&say!("wrote {what}", what = here.join(path).display()))
}

fn write_out(bytes: &[u8]) -> Result<(), Failure> {
    let mut out = io::stdout();
    match out.write_all(bytes).and_then(|()| out.flush()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(unwritten(&error)),
        _ => Ok(()),
    }
}

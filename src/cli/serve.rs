//! `kezako serve`: the site in a browser while it is written.

use std::io;

use super::args::{Arguments, Serve};
use super::commands::{options, pages, print, root, say, tongue, verified};
use super::session::{Outcome, Round, Session};
use crate::config;
use crate::diagnostic::Severity;
use crate::frame;
use crate::live::{Live, Watched};
use crate::phrase::say;
use crate::shell::{Failure, Server};
use crate::tree::Tree;

/// The width of code frames on a page, in columns.
const WIDTH: usize = 100;

/// Serves until the user ends it.
pub(super) fn serve(arguments: &Serve, all: &Arguments) -> Result<bool, Failure> {
    let root = root(all)?;
    let mut preview = Preview {
        server: Server::bind(arguments.port, tongue())?,
        shows: false,
    };
    let mut session = Session::begin(&root, arguments.poll, Live::new(options(all)?, Watched::Shown), all)?;
    build(&mut preview, &mut session)?;
    preview.server.start()?;
    let url = preview.server.url();
    print(&mut io::stdout(), &format!("{url}\n"))?;
    if arguments.open
        && let Err(failure) = preview.server.open_browser()
    {
        say(&failure.told())?;
    }
    while session.wait() {
        build(&mut preview, &mut session)?;
    }
    Ok(true)
}

/// What the pages show.
struct Preview {
    server: Server,
    /// Whether a site is shown.
    shows: bool,
}

/// Builds once, and shows what has come of it: first on the pages, then in the terminal.
fn build(preview: &mut Preview, session: &mut Session<'_>) -> Result<(), Failure> {
    let round = session.build();
    let outcome = preview.show(&round, session);
    let texts = frame::Texts::new(session.tree(), tongue()).denying(round.report.denies_warnings());
    let problems = frame::problems(&round.report, &texts, WIDTH);
    let text = if preview.shows {
        String::new()
    } else {
        frames(&round, &texts)
    };
    preview.server.report(&problems, &text, &prefix(session.tree()));
    session.tell(
        round.report,
        &say!("serving {url}", url = preview.server.url()),
        &outcome,
    )
}

impl Preview {
    /// Shows the site of a build, if it has one; in words, what that is.
    fn show(&mut self, round: &Round, session: &mut Session<'_>) -> Outcome {
        let Some(site) = &round.site else {
            let outcome = if self.shows {
                say!("the pages stay as they were")
            } else {
                say!("there is nothing to show yet")
            };
            return Outcome::Refused(outcome);
        };
        let news = session.take();
        self.server
            .show(site.clone(), &prefix(session.tree()), &news.changed, news.style_alone);
        let first = !std::mem::replace(&mut self.shows, true);
        let fresh = news.changed.iter().filter(|path| path.ends_with(".html")).count();
        if first {
            let (pages, quotations) = (pages(round.pages), verified(round.quotations));
            return Outcome::Done(say!("built {pages} with {quotations}", pages, quotations));
        }
        Outcome::Done(say!("brought {pages} up to date", pages = pages(fresh)))
    }
}

/// The path of the site's address, in whose place it is served.
fn prefix(tree: &Tree) -> String {
    let settings = tree.text(config::FILE).unwrap_or_default();
    config::read(&config::FILE.into(), settings)
        .value
        .unwrap_or_default()
        .prefix()
        .to_owned()
}

/// What keeps the site from being shown, as a terminal tells it.
fn frames(round: &Round, texts: &frame::Texts<'_>) -> String {
    let blocks = round
        .report
        .diagnostics()
        .iter()
        .filter(|it| round.report.severity(it) == Severity::Error);
    let frames: Vec<String> = blocks.map(|it| frame::full(it, texts, false, WIDTH)).collect();
    frames.join("\n\n")
}

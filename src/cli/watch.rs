//! `kezako build --watch`: the site in a folder, kept up to date.

use super::args::{Arguments, Build};
use super::commands::{base_url, files, options, pages, root, verified};
use super::session::{News, Outcome, Session};
use crate::live::{Live, Watched};
use crate::phrase::say;
use crate::shell::{Failure, Published};
use crate::site::Options;

/// Builds, and again whenever a file is saved, until the user ends it.
pub(super) fn watch(arguments: &Build, all: &Arguments) -> Result<bool, Failure> {
    let root = root(all)?;
    let options = Options {
        base_url: arguments.base_url.as_deref().map(base_url).transpose()?,
        ..options(all)?
    };
    let target = arguments.out.clone().unwrap_or_else(|| root.join("public"));
    let mut published = Published::begin(&target, &root, arguments.compress)?;
    let mut session = Session::begin(&root, arguments.poll, Live::new(options, Watched::All), all)?;
    let mut first = true;
    loop {
        let round = session.build();
        let outcome = match &round.site {
            None => Outcome::Refused(say!(
                "nothing was written, and `{target}` is as it was",
                target = target.display()
            )),
            Some(site) => {
                let News { changed, .. } = session.take();
                let shown = published.update(&**site, &changed)?;
                // The pages are there by now; the index follows.
                let index = published.update(&**site, &session.index(site)?)?;
                let done = shown + index;
                Outcome::Done(if std::mem::take(&mut first) {
                    let (pages, quotations) = (pages(round.pages), verified(round.quotations));
                    say!("built {pages} with {quotations}", pages, quotations)
                } else {
                    let written = files(done.written);
                    say!("wrote {written} and removed {removed}", written, removed = done.removed)
                })
            }
        };
        session.tell(
            round.report,
            &say!("writing {target}", target = target.display()),
            &outcome,
        )?;
        if !session.wait() {
            return Ok(true);
        }
    }
}

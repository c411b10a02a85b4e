//! What `serve` and `build --watch` share: builds that follow the editor, and what the terminal says of them.

use std::collections::BTreeSet;
use std::io::{self, IsTerminal};
use std::path::Path;
use std::sync::Arc;
use std::time::Instant;

use super::args::{Arguments, Format};
use super::commands::{print, say, tell, time, tongue};
use crate::diagnostic::Report;
use crate::frame;
use crate::live::{Live, Snapshot};
use crate::phrase::{Phrase, say};
use crate::shell::{Failure, Follow, Paths, on_stop};
use crate::tree::Tree;

/// Clears a terminal and begins at its top (ECMA-48: CUP, ED).
const CLEAR: &str = "\x1b[H\x1b[2J";

/// A site that is built again whenever its files change.
pub(super) struct Session<'a> {
    all: &'a Arguments,
    follow: Follow,
    live: Live,
    /// The site's files that were edited since the site was last taken.
    edited: Paths,
    /// The built files that differ from those last taken.
    changed: BTreeSet<String>,
    began: Instant,
    /// The report that was last told.
    told: Option<Report>,
}

/// One build.
pub(super) struct Round {
    /// What there is to say.
    pub(super) report: Report,
    /// The site, where nothing forbids to show it.
    pub(super) site: Option<Arc<Snapshot>>,
    /// How many pages it has.
    pub(super) pages: usize,
    /// How many quotations were verified.
    pub(super) quotations: usize,
}

/// What has become of a build, in words.
pub(super) enum Outcome {
    /// What was made.
    Done(Phrase),
    /// What happens instead, since there are problems.
    Refused(Phrase),
}

/// What there is to take of a build.
pub(super) struct News {
    /// Paths of built files that are new, gone, or other than when the site was last taken.
    pub(super) changed: BTreeSet<String>,
    /// Whether only styles were edited since.
    pub(super) style_alone: bool,
}

impl<'a> Session<'a> {
    /// Reads a site and follows it. From now on Ctrl-C ends [`wait`](Self::wait).
    pub(super) fn begin(root: &Path, poll: bool, live: Live, all: &'a Arguments) -> Result<Self, Failure> {
        let began = Instant::now();
        let follow = Follow::begin(root, poll)?;
        on_stop(follow.stopper())?;
        Ok(Self {
            all,
            follow,
            live,
            edited: Paths::new(),
            changed: BTreeSet::new(),
            began,
            told: None,
        })
    }

    /// The site's files as last read.
    pub(super) fn tree(&self) -> &Tree {
        self.follow.tree()
    }

    /// Builds the site as it is now.
    pub(super) fn build(&mut self) -> Round {
        let update = self.live.update(self.follow.tree());
        self.changed.extend(update.changed);
        self.changed.extend(update.gone);
        let report = update.report.denying(self.all.deny_warnings);
        let fails = report.has_errors();
        Round {
            site: update.site.filter(|_| !fails),
            report,
            pages: update.pages,
            quotations: update.quotations,
        }
    }

    /// The files of the search index that differ from those that were last asked for.
    pub(super) fn index(&mut self, site: &Snapshot) -> Result<BTreeSet<String>, Failure> {
        let differ = self
            .live
            .index(site)
            .map_err(|fault| Failure::new(fault.message, Phrase::joined(fault.help).unwrap_or_default()))?;
        Ok(differ.into_iter().collect())
    }

    /// What differs from the site that was last taken; the one at hand is thereby taken.
    pub(super) fn take(&mut self) -> News {
        let edited = std::mem::take(&mut self.edited);
        News {
            changed: std::mem::take(&mut self.changed),
            style_alone: !edited.is_empty() && edited.iter().all(|path| path.starts_with("templates/styles/")),
        }
    }

    /// Waits until a file is changed; false where the user wants to end.
    pub(super) fn wait(&mut self) -> bool {
        let Some(edited) = self.follow.wait() else {
            return false;
        };
        self.edited.extend(edited);
        self.began = Instant::now();
        true
    }

    /// Says on standard error what a build has come to. A terminal is cleared before, so that it shows one report at a time, below
    /// `head`; elsewhere a report is not repeated.
    pub(super) fn tell(&mut self, report: Report, head: &Phrase, outcome: &Outcome) -> Result<(), Failure> {
        let terminal = io::stderr().is_terminal();
        if terminal && self.told.is_some() {
            print(&mut io::stderr(), &format!("{CLEAR}{}\n\n", head.in_tongue(tongue())))?;
        }
        if let Some(notice) = self.follow.notice() {
            say(&say!("note: {notice}", notice))?;
        }
        if terminal || self.told.as_ref() != Some(&report) {
            tell(&report, self.tree(), Format::Full, &mut io::stderr(), terminal)?;
        }
        let time = time(self.began.elapsed());
        let found = frame::summary(&report);
        self.told = Some(report);
        say(&match (outcome, found) {
            (Outcome::Done(what), None) => say!("{what} in {time}", what, time),
            (Outcome::Done(what), Some(found)) => say!("{what} in {time}, with {found}", what, time, found),
            (Outcome::Refused(what), None) => say!("{what} ({time})", what, time),
            (Outcome::Refused(what), Some(found)) => say!("{found}: {what} ({time})", found, what, time),
        })
    }
}

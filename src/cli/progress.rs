//! One line on a terminal while a build takes long.

use std::io::{IsTerminal, Write};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use super::commands::tongue;
use crate::build::Sink;
use crate::edition::Phase;
use crate::phrase::{Phrase, say};

/// How long a build may take before it says what it is doing.
const PATIENCE: Duration = Duration::from_secs(1);

/// How often the line changes.
const STEP: Duration = Duration::from_millis(100);

/// Shows how far a build has come; nothing where standard error is no terminal.
pub(super) struct Progress {
    started: Instant,
    shows: bool,
    files: AtomicUsize,
    done: AtomicUsize,
    /// Milliseconds after the start at which the line last changed.
    last: AtomicUsize,
}

impl Progress {
    /// Starts the clock.
    pub(super) fn new() -> Self {
        Self {
            started: Instant::now(),
            shows: std::io::stderr().is_terminal(),
            files: AtomicUsize::new(0),
            done: AtomicUsize::new(0),
            last: AtomicUsize::new(0),
        }
    }

    /// Time since the start.
    pub(super) fn elapsed(&self) -> Duration {
        self.started.elapsed()
    }

    /// A phase begins.
    pub(super) fn phase(&self, phase: Phase) {
        match phase {
            Phase::Reading => {}
            Phase::Linking => self.line(&say!("verifying quotations …")),
            Phase::Rendering { files } => self.files.store(files, Ordering::Relaxed),
        }
    }

    fn one_more(&self) {
        let done = self.done.fetch_add(1, Ordering::Relaxed) + 1;
        if self.shows && self.elapsed() >= PATIENCE {
            self.line(&say!(
                "writing pages … {done} of {all}",
                done,
                all = self.files.load(Ordering::Relaxed)
            ));
        }
    }

    fn line(&self, text: &Phrase) {
        let now = self.elapsed();
        if !self.shows || now < PATIENCE {
            return;
        }
        // Milliseconds of a build fit a word on every machine that can build.
        let (now, last) = (now.as_millis() as usize, self.last.load(Ordering::Relaxed));
        let due = now.saturating_sub(last) >= STEP.as_millis() as usize;
        if due
            && self
                .last
                .compare_exchange(last, now, Ordering::Relaxed, Ordering::Relaxed)
                .is_ok()
        {
            let _ = write!(std::io::stderr(), "\r\x1b[K{}", text.in_tongue(tongue()));
        }
    }

    /// Takes the line away.
    pub(super) fn clear(&self) {
        if self.shows && self.elapsed() >= PATIENCE {
            let _ = write!(std::io::stderr(), "\r\x1b[K");
        }
    }
}

/// A sink that counts what passes through it.
pub(super) struct Counted<'a, S> {
    /// Where files go.
    pub(super) sink: S,
    /// Who counts.
    pub(super) progress: &'a Progress,
}

impl<S: Sink> Sink for Counted<'_, S> {
    fn put(&self, path: &str, bytes: &[u8]) {
        self.sink.put(path, bytes);
        self.progress.one_more();
    }

    fn former(&self, path: &str) -> Option<Vec<u8>> {
        self.sink.former(path)
    }
}

//! Follows a site's files while people change them: what a watcher tells, or what looking through the folders every
//! half-second shows, becomes one set of changed files at a time.
//!
//! A folder is watched before it is looked at. So what comes into it meanwhile is seen by the one or told by the other.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::{Duration, Instant};

use notify::{Config, ErrorKind, Event, RecommendedWatcher, RecursiveMode, Watcher};

use super::batch::Batch;
use super::disk::{Disk, Paths};
use super::failure::Failure;
use super::survey::ROOMS;
use crate::phrase::{Phrase, say};
use crate::tree::Tree;

/// How often the folders are looked through where nothing tells of changes. Where that takes long, more rarely.
const INTERVAL: Duration = Duration::from_millis(500);
const SHARE_OF_TIME: u32 = 20;

/// An editor that saves takes the old file away before it puts the new one there. What is gone or empty is given so much time.
const GRACE: Duration = Duration::from_millis(60);
/// And looked at so often, where nothing tells of changes.
const GLANCE: Duration = Duration::from_millis(20);

/// How often a root that is gone is looked for.
const RETURN: Duration = Duration::from_millis(500);

enum Message {
    Event(notify::Result<Event>),
    Stop,
}

/// A site's files, followed.
pub struct Follow {
    disk: Disk,
    /// None where the folders are looked through instead.
    watcher: Option<RecommendedWatcher>,
    /// The folders that are watched at our wish, with the way.
    watched: BTreeSet<(PathBuf, bool)>,
    inbox: Receiver<Message>,
    outbox: Sender<Message>,
    interval: Duration,
    notice: Option<Phrase>,
}

impl Follow {
    /// Reads a site and watches it from then on; with `poll`, by looking through its folders.
    pub fn begin(root: &Path, poll: bool) -> Result<Self, Failure> {
        let (outbox, inbox) = channel();
        let mut follow = Self {
            disk: Disk::open(root)?,
            watcher: None,
            watched: BTreeSet::new(),
            inbox,
            outbox,
            interval: INTERVAL,
            notice: None,
        };
        if !poll {
            let tell = follow.outbox.clone();
            // Only the end of the program closes the channel.
            let handler = move |event| drop(tell.send(Message::Event(event)));
            // Links are followed by ourselves, since they might lead out of the site.
            match RecommendedWatcher::new(handler, Config::default().with_follow_symlinks(false)) {
                Ok(watcher) => follow.watcher = Some(watcher),
                Err(error) => follow.give_up_watching(&error),
            }
            follow.watch();
            follow.disk.rescan();
        }
        Ok(follow)
    }

    /// The files as last seen.
    pub fn tree(&self) -> &Tree {
        self.disk.tree()
    }

    /// What the user should know about the watching, said once.
    pub fn notice(&mut self) -> Option<Phrase> {
        self.notice.take()
    }

    /// Makes a function that ends [`wait`](Self::wait) from another thread.
    pub fn stopper(&self) -> impl Fn() + Send + 'static {
        let outbox = self.outbox.clone();
        move || drop(outbox.send(Message::Stop))
    }

    /// Waits until files have changed, and tells which. Nothing where it was stopped.
    pub fn wait(&mut self) -> Option<Paths> {
        loop {
            let mut changed = Paths::new();
            let batch = self.gather(None)?;
            self.look(&batch, &mut changed);
            let end = Instant::now() + GRACE;
            while changed.iter().any(|path| !self.disk.is_whole(path)) && Instant::now() < end {
                let batch = self.gather(Some(end))?;
                self.look(&batch, &mut changed);
            }
            if !changed.is_empty() {
                return Some(changed);
            }
        }
    }

    /// Waits for changes that belong together, or until `end`. Nothing where it was stopped.
    fn gather(&mut self, end: Option<Instant>) -> Option<Batch> {
        let mut batch = Batch::default();
        let glance = self.glance(end).map(|wait| Instant::now() + wait);
        loop {
            let until = [batch.due(), end, glance].into_iter().flatten().min();
            let message = match until {
                Some(until) => self.inbox.recv_timeout(until.saturating_duration_since(Instant::now())),
                None => self.inbox.recv().map_err(|_| RecvTimeoutError::Disconnected),
            };
            match message {
                Ok(Message::Event(Ok(event))) => {
                    batch.take(event, Instant::now(), |place| self.disk.concerns(place));
                }
                Ok(Message::Event(Err(error))) if matches!(error.kind, ErrorKind::MaxFilesWatch) => {
                    self.give_up_watching(&error);
                    batch.anywhere = true;
                    return Some(batch);
                }
                // Such as a folder that went while it was to be watched; its own event tells of that.
                Ok(Message::Event(Err(_))) => {}
                Ok(Message::Stop) | Err(RecvTimeoutError::Disconnected) => return None,
                Err(RecvTimeoutError::Timeout) => {
                    batch.anywhere |= glance.is_some_and(|glance| Instant::now() >= glance);
                    return Some(batch);
                }
            }
        }
    }

    /// After how long to look without being told: where nothing tells, and where the root is gone and its watch with it.
    fn glance(&self, end: Option<Instant>) -> Option<Duration> {
        match (&self.watcher, end) {
            (None, Some(_)) => Some(GLANCE),
            (None, None) => Some(self.interval),
            (Some(_), _) => (!self.watches(self.disk.root())).then_some(RETURN),
        }
    }

    /// Looks at the places of a batch.
    fn look(&mut self, batch: &Batch, changed: &mut Paths) {
        for place in &batch.left {
            self.forget(place);
        }
        if batch.anywhere {
            self.watched.clear();
        }
        self.watch();
        let begin = Instant::now();
        if batch.anywhere {
            changed.append(&mut self.disk.rescan());
            self.interval = INTERVAL.max(begin.elapsed() * SHARE_OF_TIME);
        } else {
            self.watch_folders(&batch.places);
            changed.append(&mut self.disk.refresh(&batch.places));
        }
        // New links may lead to places that were not watched when they were looked at.
        if self.watch() {
            changed.append(&mut self.disk.rescan());
        }
    }

    fn watches(&self, place: &Path) -> bool {
        [true, false]
            .iter()
            .any(|deep| self.watched.contains(&(place.to_owned(), *deep)))
    }

    /// What was watched there, or below, is there no more.
    fn forget(&mut self, place: &Path) {
        let (gone, kept) = std::mem::take(&mut self.watched)
            .into_iter()
            .partition::<BTreeSet<_>, _>(|(watched, _)| watched.starts_with(place));
        self.watched = kept;
        let Some(watcher) = &mut self.watcher else { return };
        for (place, _) in gone {
            // The system has mostly done so by itself.
            let _ = watcher.unwatch(&place);
        }
    }

    /// Watches what is not watched yet; true where there was such.
    fn watch(&mut self) -> bool {
        let mut fresh = false;
        for (place, deep) in self.wanted() {
            if self.watched.contains(&(place.clone(), deep)) {
                continue;
            }
            if self.watch_one(&place, deep) {
                self.watched.insert((place, deep));
                fresh = true;
            }
        }
        fresh
    }

    /// What to watch: the root, its folders with all that is in them, and the places that links lead to.
    fn wanted(&self) -> Vec<(PathBuf, bool)> {
        let root = self.disk.root();
        let is_folder = |place: &Path| fs::symlink_metadata(place).is_ok_and(|found| found.is_dir());
        let rooms = ROOMS.iter().map(|room| root.join(room));
        let deep: Vec<PathBuf> = rooms
            .chain(self.disk.links().iter().cloned())
            .filter(|place| is_folder(place))
            .collect();
        let beside = self.disk.links().iter().filter_map(|target| target.parent());
        let beside: BTreeSet<&Path> = beside.chain([root]).collect();
        let beside = beside
            .into_iter()
            .filter(|place| !deep.iter().any(|deep| place.starts_with(deep)) && is_folder(place));
        let beside: Vec<_> = beside.map(|place| (place.to_owned(), false)).collect();
        beside
            .into_iter()
            .chain(deep.into_iter().map(|place| (place, true)))
            .collect()
    }

    /// Watches the folders that have come. The watcher does so by itself, but perhaps only after we have looked at them.
    fn watch_folders(&mut self, places: &BTreeSet<PathBuf>) {
        if !cfg!(any(target_os = "linux", target_os = "android")) {
            return;
        }
        for place in places {
            let is_folder = fs::symlink_metadata(place).is_ok_and(|found| found.is_dir());
            if is_folder && !self.watches(place) {
                self.watch_one(place, true);
            }
        }
    }

    fn watch_one(&mut self, place: &Path, deep: bool) -> bool {
        let Some(watcher) = &mut self.watcher else { return false };
        let mode = if deep {
            RecursiveMode::Recursive
        } else {
            RecursiveMode::NonRecursive
        };
        match watcher.watch(place, mode) {
            Ok(()) => true,
            Err(error) if matches!(error.kind, ErrorKind::MaxFilesWatch) => {
                self.give_up_watching(&error);
                false
            }
            // It went in this moment, which will be told.
            Err(_) => false,
        }
    }

    fn give_up_watching(&mut self, error: &notify::Error) {
        self.watcher = None;
        let reason = match error.kind {
            ErrorKind::MaxFilesWatch => say!("it watches as many folders as it may already"),
            _ => Phrase::others(error.to_string()),
        };
        self.notice = Some(say!(
            "the system does not tell of changes here ({reason}), so the folders are looked through every half-second",
            reason
        ));
    }
}

//! Gathers what a watcher tells until an editor seems to have finished, so that one save is one build.
//!
//! A save is several events within a millisecond or two: emptied, written, closed; or written beside, renamed. Where the
//! system tells of files being closed, a file that was written is waited for; elsewhere a short silence must do.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use notify::event::{AccessKind, AccessMode, Event, EventKind, ModifyKind};

/// Nothing has happened for so long: the editor has finished.
const SILENCE: Duration = Duration::from_millis(5);

/// While events keep coming, a few files are waited for so long after the first event.
const PATIENCE: Duration = Duration::from_millis(50);

/// A file that is being written is waited for so long, after the first event.
const WRITING: Duration = Duration::from_millis(250);

/// So many changed places are more than an editor's save: a checkout or a copy, which is waited for to its end, up to a limit.
const MANY: usize = 20;
const PATIENCE_WITH_MANY: Duration = Duration::from_secs(1);

/// Whether the system tells when a file that was written is closed.
const TELLS_OF_CLOSING: bool = cfg!(any(target_os = "linux", target_os = "android"));

/// Changes that are looked at together.
#[derive(Debug, Default)]
pub(super) struct Batch {
    /// Where something has changed.
    pub(super) places: BTreeSet<PathBuf>,
    /// Whether the watcher has lost count, so that something may have changed anywhere.
    pub(super) anywhere: bool,
    /// Places from which something was taken away. A folder there is no longer watched.
    pub(super) left: BTreeSet<PathBuf>,
    /// Files that were written and are not yet closed.
    open: BTreeSet<PathBuf>,
    /// When the first and the last event came.
    times: Option<(Instant, Instant)>,
}

impl Batch {
    /// Takes up an event; `concerns` tells which places matter.
    pub(super) fn take(&mut self, event: Event, now: Instant, concerns: impl Fn(&Path) -> bool) {
        if event.need_rescan() {
            self.anywhere = true;
            self.touch(now);
        }
        let closed = event.kind == EventKind::Access(AccessKind::Close(AccessMode::Write));
        if matches!(event.kind, EventKind::Access(_)) && !closed {
            return;
        }
        let written = TELLS_OF_CLOSING && matches!(event.kind, EventKind::Modify(ModifyKind::Data(_)));
        let left = matches!(
            event.kind,
            EventKind::Remove(_) | EventKind::Modify(ModifyKind::Name(_))
        );
        for place in event.paths.into_iter().filter(|place| concerns(place)) {
            if closed || left {
                self.open.remove(&place);
            } else if written {
                self.open.insert(place.clone());
            }
            if left {
                self.left.insert(place.clone());
            }
            self.places.insert(place);
            self.touch(now);
        }
    }

    fn touch(&mut self, now: Instant) {
        self.times = Some(self.times.map_or((now, now), |(first, _)| (first, now)));
    }

    /// When to look at what has come together; nothing as long as nothing has.
    pub(super) fn due(&self) -> Option<Instant> {
        let (first, last) = self.times?;
        let patience = if self.places.len() > MANY {
            PATIENCE_WITH_MANY
        } else if self.open.is_empty() {
            PATIENCE
        } else {
            WRITING
        };
        let silence = if self.open.is_empty() { SILENCE } else { WRITING };
        Some((last + silence).min(first + patience))
    }
}

#[cfg(test)]
mod tests {
    use notify::event::{CreateKind, DataChange, Flag, MetadataKind, RemoveKind, RenameMode};

    use super::*;

    const WRITE: EventKind = EventKind::Modify(ModifyKind::Data(DataChange::Any));
    const CLOSE: EventKind = EventKind::Access(AccessKind::Close(AccessMode::Write));
    const CREATE: EventKind = EventKind::Create(CreateKind::File);

    /// The milliseconds after which a batch of events (when, what, where) is due.
    fn due(events: &[(u64, EventKind, &str)]) -> Option<u64> {
        let start = Instant::now();
        let batch = batch(start, events);
        batch.due().map(|due| u64::try_from((due - start).as_millis()).unwrap())
    }

    fn batch(start: Instant, events: &[(u64, EventKind, &str)]) -> Batch {
        let mut batch = Batch::default();
        for (at, kind, place) in events {
            let event = Event::new(*kind).add_path(PathBuf::from(place));
            batch.take(event, start + Duration::from_millis(*at), |place| {
                !place.ends_with("other")
            });
        }
        batch
    }

    #[test]
    fn a_save_is_due_shortly_after_its_last_event() {
        assert_eq!(due(&[]), None);
        assert_eq!(due(&[(0, CREATE, "a")]), Some(5));
        assert_eq!(due(&[(0, CREATE, "a"), (3, WRITE, "a"), (4, CLOSE, "a")]), Some(9));
        let renamed = EventKind::Modify(ModifyKind::Name(RenameMode::To));
        assert_eq!(due(&[(0, CREATE, "a~"), (2, renamed, "a")]), Some(7));
    }

    #[test]
    fn reading_and_other_places_do_not_count() {
        let opened = EventKind::Access(AccessKind::Open(AccessMode::Any));
        let read = EventKind::Access(AccessKind::Close(AccessMode::Read));
        assert_eq!(due(&[(0, opened, "a"), (0, read, "a"), (0, WRITE, "other")]), None);
        assert_eq!(due(&[(0, CREATE, "a"), (4, WRITE, "other")]), Some(5));
        let permissions = EventKind::Modify(ModifyKind::Metadata(MetadataKind::Any));
        assert_eq!(due(&[(0, permissions, "a")]), Some(5));
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn a_file_that_is_being_written_is_waited_for() {
        assert_eq!(due(&[(0, WRITE, "a")]), Some(250));
        assert_eq!(
            due(&[(0, WRITE, "a"), (90, WRITE, "a"), (91, CLOSE, "a")]),
            Some(50),
            "at once"
        );
        assert_eq!(due(&[(0, WRITE, "a"), (1, CLOSE, "b")]), Some(250));
        let removed = EventKind::Remove(RemoveKind::File);
        assert_eq!(due(&[(0, WRITE, "a"), (1, removed, "a")]), Some(6));
    }

    #[test]
    fn events_that_keep_coming_are_not_waited_for_without_end() {
        let few: Vec<_> = (0..30).map(|at| (at * 4, CREATE, "a")).collect();
        assert_eq!(due(&few), Some(50));
        let names: Vec<String> = (0..400).map(|at| at.to_string()).collect();
        let many = |step: u64| {
            let events = names
                .iter()
                .zip(0..)
                .map(|(name, at)| (at * step, CREATE, name.as_str()));
            due(&events.collect::<Vec<_>>())
        };
        assert_eq!(many(1), Some(399 + 5));
        assert_eq!(many(4), Some(1000));
    }

    #[test]
    fn a_watcher_that_lost_count_is_heard() {
        let start = Instant::now();
        let mut batch = Batch::default();
        batch.take(Event::new(EventKind::Other).set_flag(Flag::Rescan), start, |_| true);
        assert!(batch.anywhere);
        assert_eq!(batch.due(), Some(start + SILENCE));
    }

    #[test]
    fn places_that_something_left_are_noted() {
        let removed = EventKind::Remove(RemoveKind::Folder);
        let batch = batch(Instant::now(), &[(0, removed, "a"), (0, CREATE, "b")]);
        assert_eq!(batch.left.into_iter().collect::<Vec<_>>(), [PathBuf::from("a")]);
    }
}

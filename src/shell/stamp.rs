//! By what a file is known again without being read.

use std::fs::Metadata;
use std::time::{Duration, SystemTime};

/// What the system says of a file beside its bytes. While it is the same, so are they.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Stamp {
    length: u64,
    modified: Option<SystemTime>,
    /// When anything about the file last changed, in seconds and nanoseconds since 1970, and which file it is. A copy that
    /// takes over the time of its original (`cp -p`, `rsync -t`) differs in these.
    file: (i64, i64, u64, u64),
}

/// File systems keep times in steps, the coarsest of two seconds (FAT). Two writes within a step have the same time.
const COARSEST: Duration = Duration::from_secs(2);

impl Stamp {
    /// The stamp of a file.
    pub(super) fn of(found: &Metadata) -> Self {
        Self {
            length: found.len(),
            modified: found.modified().ok(),
            file: identity(found),
        }
    }

    /// Whether a write at `now` or later is sure to get another stamp.
    pub(super) fn is_settled(&self, now: SystemTime) -> bool {
        let changed = u64::try_from(self.file.0)
            .ok()
            .and_then(|seconds| SystemTime::UNIX_EPOCH.checked_add(Duration::from_secs(seconds)));
        let old = |time: SystemTime| now.duration_since(time).is_ok_and(|age| age > COARSEST);
        self.modified.is_some_and(old) && changed.is_some_and(old)
    }
}

#[cfg(unix)]
fn identity(found: &Metadata) -> (i64, i64, u64, u64) {
    use std::os::unix::fs::MetadataExt;
    (found.ctime(), found.ctime_nsec(), found.dev(), found.ino())
}

#[cfg(not(unix))]
fn identity(_: &Metadata) -> (i64, i64, u64, u64) {
    (0, 0, 0, 0)
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn a_stamp_is_relied_on_once_its_time_is_past() {
        let folder = tempfile::tempdir().unwrap();
        let place = folder.path().join("a");
        fs::write(&place, "one").unwrap();
        let stamp = Stamp::of(&fs::metadata(&place).unwrap());
        let now = SystemTime::now();
        assert!(!stamp.is_settled(now));
        assert!(!stamp.is_settled(now - Duration::from_secs(60)), "from the future");
        assert!(stamp.is_settled(now + Duration::from_secs(5)));
    }

    #[cfg(unix)]
    #[test]
    fn another_file_with_the_same_length_and_time_has_another_stamp() {
        let folder = tempfile::tempdir().unwrap();
        let (one, other) = (folder.path().join("a"), folder.path().join("b"));
        fs::write(&one, "one").unwrap();
        fs::write(&other, "two").unwrap();
        let stamp = |place| Stamp::of(&fs::metadata(place).unwrap());
        let time = fs::metadata(&one).unwrap().modified().unwrap();
        let before = stamp(&one);
        fs::File::options()
            .write(true)
            .open(&other)
            .unwrap()
            .set_modified(time)
            .unwrap();
        fs::rename(&other, &one).unwrap();
        assert_eq!(fs::metadata(&one).unwrap().modified().unwrap(), time);
        assert_ne!(stamp(&one), before);
    }
}

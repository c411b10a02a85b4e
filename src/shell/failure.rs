//! What goes wrong with the machine or the call, in words for a person: exit code 2.

use std::fmt;
use std::io::{Error, ErrorKind};
use std::path::Path;

use crate::foreign::Refusal;
use crate::phrase::{Phrase, say};

/// A failing machine or a wrong call, as opposed to a problem in the site, which is a diagnostic.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// What is wrong, naming the path.
    pub message: Phrase,
    /// What to do about it.
    pub help: Phrase,
}

impl Failure {
    /// A failure in its own words.
    pub fn new(message: Phrase, help: Phrase) -> Self {
        Self { message, help }
    }

    /// A file that was given and cannot be taken in.
    pub fn refusal(name: &str, refusal: &Refusal) -> Self {
        Self::new(
            say!("`{name}` {reason}", name, reason = &refusal.reason),
            refusal.help.clone(),
        )
    }

    /// What the system refused: `action` is a verb, as in "cannot *write* `public/index.html`: the disk is full".
    pub fn io(action: Phrase, path: impl AsRef<Path>, error: &Error) -> Self {
        let path = path.as_ref().display();
        Self::io_at(action, Phrase::verbatim(path.to_string()), error)
    }

    /// The same of what is no path.
    pub fn io_at(action: Phrase, place: Phrase, error: &Error) -> Self {
        let (reason, help) = explain(error);
        Self::new(say!("cannot {action} `{place}`: {reason}", action, place, reason), help)
    }
}

impl Failure {
    /// The failure as a terminal shows it.
    pub fn told(&self) -> Phrase {
        Phrase::lines([
            say!("error: {message}", message = &self.message),
            say!("  = help: {help}", help = &self.help),
        ])
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.told().fmt(f)
    }
}

impl std::error::Error for Failure {}

/// The system's error as a clause without its number.
pub(super) fn reason(error: &Error) -> Phrase {
    explain(error).0
}

fn explain(error: &Error) -> (Phrase, Phrase) {
    let (reason, help) = match error.kind() {
        ErrorKind::StorageFull => (say!("the disk is full"), make_room()),
        ErrorKind::QuotaExceeded => (say!("the disk is full, as far as your quota goes"), make_room()),
        ErrorKind::PermissionDenied => (
            say!("no permission"),
            say!("ask for access to it, or name another folder"),
        ),
        ErrorKind::ReadOnlyFilesystem => (
            say!("no permission, because the disk is read-only"),
            say!("name a folder on another disk"),
        ),
        ErrorKind::NotFound => (say!("there is no such file or folder"), say!("check the path")),
        ErrorKind::AlreadyExists => (
            say!("something of that name is already there"),
            say!("move it away, or name another folder"),
        ),
        ErrorKind::DirectoryNotEmpty => (
            say!("the folder is not empty"),
            say!("move it away, or name another folder"),
        ),
        ErrorKind::NotADirectory => (
            say!("a part of the path is a file, not a folder"),
            say!("check the path"),
        ),
        ErrorKind::IsADirectory => (say!("it is a folder, not a file"), say!("check the path")),
        ErrorKind::InvalidFilename => (
            say!("the name is too long or not allowed here"),
            say!("choose a shorter or simpler name"),
        ),
        ErrorKind::FileTooLarge => (
            say!("the file is larger than this system allows"),
            say!("raise the limit on file sizes"),
        ),
        ErrorKind::ResourceBusy | ErrorKind::CrossesDevices => (
            say!("the system does not let it be moved; it may be a mount point or part of a container's image"),
            say!("name a folder inside it that does not exist yet, or remove it first"),
        ),
        _ => {
            return (
                unnamed(error),
                say!("run the command again; if it fails again, look at the disk and its log"),
            );
        }
    };
    (reason, help)
}

fn make_room() -> Phrase {
    say!("free some space and run the command again; the former site is untouched")
}

/// Words for the errors that the standard library has no kind for.
fn unnamed(error: &Error) -> Phrase {
    #[cfg(unix)]
    if let Some(errno) = rustix::io::Errno::from_io_error(error) {
        use rustix::io::Errno;
        match errno {
            Errno::LOOP => return say!("it is a symbolic link that leads to itself"),
            Errno::MFILE | Errno::NFILE => return say!("too many files are open"),
            Errno::IO => return say!("the disk reports a fault"),
            _ => {}
        }
    }
    let text = error.to_string();
    let words = text.split(" (os error").next().unwrap_or(&text);
    Phrase::others(words.to_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(error: impl Into<Error>, message: &str, help: &str) {
        let failure = Failure::io(say!("write"), "public/index.html", &error.into());
        assert_eq!(
            failure.message.to_string(),
            format!("cannot write `public/index.html`: {message}")
        );
        assert!(failure.help.to_string().contains(help), "{}", failure.help);
        assert!(!failure.to_string().contains("os error"), "{failure}");
    }

    #[test]
    fn the_systems_errors_are_put_in_plain_words() {
        check(ErrorKind::StorageFull, "the disk is full", "free some space");
        check(ErrorKind::PermissionDenied, "no permission", "access");
        check(Error::other("Odd Thing"), "odd thing", "again");
    }

    #[cfg(unix)]
    #[test]
    fn error_numbers_are_put_in_plain_words() {
        use rustix::io::Errno;
        check(Errno::NOSPC, "the disk is full", "the former site is untouched");
        check(
            Errno::DQUOT,
            "the disk is full, as far as your quota goes",
            "free some space",
        );
        check(Errno::ACCESS, "no permission", "access");
        check(Errno::PERM, "no permission", "access");
        check(
            Errno::ROFS,
            "no permission, because the disk is read-only",
            "another disk",
        );
        check(
            Errno::NAMETOOLONG,
            "the name is too long or not allowed here",
            "shorter",
        );
        check(Errno::LOOP, "it is a symbolic link that leads to itself", "again");
        check(Errno::MFILE, "too many files are open", "again");
        check(Errno::IO, "the disk reports a fault", "again");
        check(Errno::NODEV, "no such device", "again");
        for moved in [Errno::BUSY, Errno::XDEV] {
            check(moved, &explain(&moved.into()).0.to_string(), "remove it first");
        }
    }

    #[test]
    fn display_has_the_message_and_the_help() {
        let failure = Failure::new(Phrase::verbatim("`x` is odd"), Phrase::verbatim("make it even"));
        assert_eq!(failure.to_string(), "error: `x` is odd\n  = help: make it even");
    }
}

//! What goes wrong with the machine or the call, in words for a person: exit code 2.

use std::fmt;
use std::io::{Error, ErrorKind};
use std::path::Path;

use crate::foreign::Refusal;

/// A failing machine or a wrong call, as opposed to a problem in the site, which is a diagnostic.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// What is wrong, naming the path.
    pub message: String,
    /// What to do about it.
    pub help: String,
}

impl Failure {
    /// A failure in its own words.
    pub fn new(message: impl Into<String>, help: impl Into<String>) -> Self {
        Self {
            message: message.into(),
            help: help.into(),
        }
    }

    /// A file that was given and cannot be taken in.
    pub fn refusal(name: &str, refusal: &Refusal) -> Self {
        Self::new(format!("`{name}` {}", refusal.reason), refusal.help.clone())
    }

    /// What the system refused: `action` is a verb, as in "cannot *write* `public/index.html`: the disk is full".
    pub fn io(action: &str, path: impl AsRef<Path>, error: &Error) -> Self {
        let (reason, help) = explain(error);
        Self::new(format!("cannot {action} `{}`: {reason}", path.as_ref().display()), help)
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "error: {}\n  = help: {}", self.message, self.help)
    }
}

impl std::error::Error for Failure {}

/// The system's error as a clause without its number.
pub(super) fn reason(error: &Error) -> String {
    explain(error).0
}

fn explain(error: &Error) -> (String, &'static str) {
    let (reason, help) = match error.kind() {
        ErrorKind::StorageFull => ("the disk is full", MAKE_ROOM),
        ErrorKind::QuotaExceeded => ("the disk is full, as far as your quota goes", MAKE_ROOM),
        ErrorKind::PermissionDenied => ("no permission", "ask for access to it, or name another folder"),
        ErrorKind::ReadOnlyFilesystem => (
            "no permission, because the disk is read-only",
            "name a folder on another disk",
        ),
        ErrorKind::NotFound => ("there is no such file or folder", "check the path"),
        ErrorKind::AlreadyExists => (
            "something of that name is already there",
            "move it away, or name another folder",
        ),
        ErrorKind::DirectoryNotEmpty => ("the folder is not empty", "move it away, or name another folder"),
        ErrorKind::NotADirectory => ("a part of the path is a file, not a folder", "check the path"),
        ErrorKind::IsADirectory => ("it is a folder, not a file", "check the path"),
        ErrorKind::InvalidFilename => (
            "the name is too long or not allowed here",
            "choose a shorter or simpler name",
        ),
        ErrorKind::FileTooLarge => (
            "the file is larger than this system allows",
            "raise the limit on file sizes",
        ),
        ErrorKind::ResourceBusy | ErrorKind::CrossesDevices => (
            "the system does not let it be moved; it may be a mount point or part of a container's image",
            "name a folder inside it that does not exist yet, or remove it first",
        ),
        _ => {
            return (
                unnamed(error),
                "run the command again; if it fails again, look at the disk and its log",
            );
        }
    };
    (reason.to_owned(), help)
}

const MAKE_ROOM: &str = "free some space and run the command again; the former site is untouched";

/// Words for the errors that the standard library has no kind for.
fn unnamed(error: &Error) -> String {
    #[cfg(unix)]
    if let Some(errno) = rustix::io::Errno::from_io_error(error) {
        use rustix::io::Errno;
        match errno {
            Errno::LOOP => return "it is a symbolic link that leads to itself".to_owned(),
            Errno::MFILE | Errno::NFILE => return "too many files are open".to_owned(),
            Errno::IO => return "the disk reports a fault".to_owned(),
            _ => {}
        }
    }
    let text = error.to_string();
    let words = text.split(" (os error").next().unwrap_or(&text);
    words.to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(error: impl Into<Error>, message: &str, help: &str) {
        let failure = Failure::io("write", "public/index.html", &error.into());
        assert_eq!(failure.message, format!("cannot write `public/index.html`: {message}"));
        assert!(failure.help.contains(help), "{}", failure.help);
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
            check(moved, explain(&moved.into()).0.as_str(), "remove it first");
        }
    }

    #[test]
    fn display_has_the_message_and_the_help() {
        let failure = Failure::new("`x` is odd", "make it even");
        assert_eq!(failure.to_string(), "error: `x` is odd\n  = help: make it even");
    }
}

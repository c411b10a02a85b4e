//! Reading pages and PDFs of strangers in a process apart, with limits on its time and memory. Whatever such a file does to a library that reads it,
//! a panic, an endless loop, a stack or a memory that runs full, ends that process alone.
//!
//! The process is this program, called with a word that no command has. It gets the bytes on standard input and answers in JSON.

use std::env;
use std::io::{self, Read, Write};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::thread;
use std::time::Duration;

use super::failure::Failure;
use crate::foreign::{Extract, Format, Refusal, extract};
use crate::phrase::say;

/// The word that asks for it.
const WORD: &str = "__extract";

/// How long reading one file may take.
const TIME: Duration = Duration::from_secs(30);

/// How much memory it may take, in bytes of address space.
#[cfg(unix)]
const MEMORY: u64 = 4 << 30;

/// The longest answer: more than the text of any file that is small enough to be given.
const LONGEST: u64 = 256 << 20;

/// Draws the text from a file's bytes. `name` is what the file is called in a failure.
pub fn extract_apart(format: Format, bytes: Vec<u8>, name: &str) -> Result<Extract, Failure> {
    let mut child = start(format).map_err(|error| {
        Failure::new(
            say!(
                "cannot start a process to read `{name}`: {reason}",
                name,
                reason = super::failure::reason(&error)
            ),
            say!("run the command again"),
        )
    })?;
    let answer = talk(&mut child, bytes);
    // It has ended, or is to end: nothing else may hold it.
    let _ = child.kill();
    let _ = child.wait();
    let help = match format {
        Format::Html => say!("open it in a browser, and copy the article into a text file, or print it to a PDF"),
        Format::Pdf => {
            say!(
                "open it in a viewer, and print the pages that you need to a new PDF, or copy their text into a text file"
            )
        }
    };
    let bad = || {
        Failure::new(
            say!(
                "`{name}` cannot be read: reading it took too much memory, or failed within",
                name
            ),
            help.clone(),
        )
    };
    match answer {
        Ok(Some(answer)) => match serde_json::from_slice::<Result<Extract, Refusal>>(&answer) {
            Ok(Ok(extract)) => Ok(extract),
            Ok(Err(refusal)) => Err(Failure::refusal(name, &refusal)),
            Err(_) => Err(bad()),
        },
        Ok(None) => Err(Failure::new(
            say!(
                "`{name}` takes longer than {seconds} seconds to read",
                name,
                seconds = TIME.as_secs()
            ),
            help,
        )),
        Err(_) => Err(bad()),
    }
}

fn start(format: Format) -> io::Result<Child> {
    Command::new(env::current_exe()?)
        .args([WORD, format.name()])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
}

/// Hands over the bytes and waits for the answer; none where time runs out.
fn talk(child: &mut Child, bytes: Vec<u8>) -> io::Result<Option<Vec<u8>>> {
    let gone = || io::Error::from(io::ErrorKind::BrokenPipe);
    let mut to = child.stdin.take().ok_or_else(gone)?;
    let from = child.stdout.take().ok_or_else(gone)?;
    // A process that dies before it has read everything breaks the pipe, which its answer will tell.
    thread::spawn(move || to.write_all(&bytes));
    let (send, receive) = channel();
    thread::spawn(move || {
        let mut answer = Vec::new();
        let read = from.take(LONGEST).read_to_end(&mut answer);
        // Nobody listens any more once time has run out.
        let _ = send.send(read.map(|_| answer));
    });
    match receive.recv_timeout(TIME) {
        Ok(answer) => answer.map(Some),
        Err(RecvTimeoutError::Timeout) => Ok(None),
        Err(RecvTimeoutError::Disconnected) => Err(gone()),
    }
}

/// The format, where this process was started to read a file apart.
pub fn asked_apart() -> Option<Format> {
    let mut arguments = env::args().skip(1);
    let format = arguments
        .next()
        .filter(|word| word == WORD)
        .and_then(|_| arguments.next())?;
    Format::from_name(&format)
}

/// Reads standard input and answers on standard output.
pub fn answer_apart(format: Format) -> io::Result<()> {
    limit();
    let mut bytes = Vec::new();
    io::stdin().read_to_end(&mut bytes)?;
    let answer = serde_json::to_vec(&extract(format, &bytes))?;
    io::stdout().write_all(&answer)
}

/// Lowers what this process may use. Where the system refuses, the time limit of the one who asked still holds.
#[cfg(unix)]
fn limit() {
    use rustix::process::{Resource, Rlimit, setrlimit};
    let seconds = 2 * TIME.as_secs();
    for (resource, most) in [(Resource::As, MEMORY), (Resource::Cpu, seconds), (Resource::Core, 0)] {
        let _ = setrlimit(
            resource,
            Rlimit {
                current: Some(most),
                maximum: Some(most),
            },
        );
    }
}

#[cfg(not(unix))]
fn limit() {}

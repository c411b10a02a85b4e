//! The user's browser, by the programs with which a system opens addresses.

use std::io::ErrorKind;
use std::process::{Command, Stdio};
use std::sync::mpsc::channel;
use std::thread;
use std::time::{Duration, Instant};

use crate::phrase::{Phrase, say};
use crate::shell::failure::reason;

/// How long such a program has to say that it cannot. One that runs longer has taken the address over: some run as long as the browser does.
const MOMENT: Duration = Duration::from_millis(500);

/// Opens an address, and waits a moment for what hinders it.
///
/// `open::that_detached` does the same on a thread with 64 KiB of stack, in which jemalloc has not room enough: where no such program was there, ours ended with a
/// segmentation fault.
pub(super) fn open_address(address: &str) -> Result<(), Phrase> {
    let commands = open::commands(address);
    let (tell, told) = channel();
    thread::spawn(move || {
        // After the moment nobody listens.
        let _ = tell.send(by_the_first_that_can(commands));
    });
    told.recv_timeout(MOMENT).unwrap_or(Ok(()))
}

fn by_the_first_that_can(commands: Vec<Command>) -> Result<(), Phrase> {
    let mut fault = say!("this system has no program that opens addresses");
    for mut command in commands {
        let begin = Instant::now();
        match apart(&mut command).status() {
            // What Windows opens addresses with says nothing by its exit code.
            Ok(status) if status.success() || cfg!(windows) || begin.elapsed() >= MOMENT => return Ok(()),
            Ok(status) => fault = Phrase::others(status.to_string()),
            Err(error) if error.kind() == ErrorKind::NotFound => {}
            Err(error) => fault = reason(&error),
        }
    }
    Err(fault)
}

/// Takes a command out of the terminal, so that Ctrl-C ends the preview and not the browser.
fn apart(command: &mut Command) -> &mut Command {
    #[cfg(unix)]
    std::os::unix::process::CommandExt::process_group(command, 0);
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null())
}

//! The wish to end: Ctrl-C, and what service managers send.

use std::io;
use std::thread;
use std::time::Duration;

use super::failure::Failure;
use crate::phrase::{Phrase, say};

/// What is being done may be finished within this time.
const GRACE: Duration = Duration::from_millis(700);

/// Calls `stop` when the user wants the program to end, and ends it with exit code 0 if it then goes on for too long.
pub fn on_stop(stop: impl FnOnce() + Send + 'static) -> Result<(), Failure> {
    let failed = |error: io::Error| {
        Failure::new(
            say!(
                "cannot listen for Ctrl-C: {error}",
                error = Phrase::others(error.to_string())
            ),
            say!("run the command again"),
        )
    };
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_io()
        .build()
        .map_err(failed)?;
    let wait = {
        let _context = runtime.enter();
        signal().map_err(failed)?
    };
    let end = move || {
        runtime.block_on(wait);
        stop();
        thread::sleep(GRACE);
        std::process::exit(0);
    };
    thread::Builder::new()
        .name("stop".to_owned())
        .spawn(end)
        .map_err(failed)?;
    Ok(())
}

/// Listens from now on; the result is ready when a signal has come.
#[cfg(unix)]
fn signal() -> io::Result<impl Future<Output = ()> + Send> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut interrupt = signal(SignalKind::interrupt())?;
    let mut terminate = signal(SignalKind::terminate())?;
    Ok(async move {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
    })
}

#[cfg(not(unix))]
fn signal() -> io::Result<impl Future<Output = ()> + Send> {
    Ok(async {
        let _ = tokio::signal::ctrl_c().await;
    })
}

//! Serves the last good site to this machine alone, and tells open pages what has changed.
//!
//! One thread serves all connections, none of which can hold up another: what takes time is done aside, and a page that
//! does not read what it is told is cut off.

mod answer;
mod body;
mod browser;
mod host;
mod kind;
mod live;
mod news;

use std::collections::BTreeSet;
use std::io::{self, ErrorKind};
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::sync::{Arc, PoisonError, RwLock};
use std::thread;
use std::time::Duration;

use hyper::body::Bytes;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::TcpStream;
use tokio::sync::broadcast;

use super::failure::Failure;
use super::files::Files;
use crate::phrase::{Phrase, say};
use crate::tongue::Tongue;
use browser::open_address;

/// Where to serve if nobody says.
const PORT: u16 = 4321;

/// So many ports are tried from there on.
const PORTS: u16 = 100;

/// Pages are made on so many threads beside the one that serves.
const MAKERS: usize = 4;

/// A server of the last good site.
pub struct Server {
    listener: TcpListener,
    address: SocketAddr,
    shared: Arc<Shared>,
}

/// What the server's thread and the building one have in common.
struct Shared {
    tongue: Tongue,
    state: RwLock<Arc<State>>,
    news: broadcast::Sender<Bytes>,
}

/// What is served now.
#[derive(Clone)]
struct State {
    /// None until there was a site without errors.
    site: Option<Arc<Shown>>,
    /// The problems as JSON.
    problems: Arc<str>,
    /// The problems as a terminal shows them.
    text: Arc<str>,
    /// The path of the site's address, where there is no site yet.
    prefix: Arc<str>,
}

/// A site at its place.
struct Shown {
    files: Arc<dyn Files>,
    /// The path of its address: `/` or `/…/`.
    prefix: String,
}

impl Shared {
    fn state(&self) -> Arc<State> {
        Arc::clone(&self.state.read().unwrap_or_else(PoisonError::into_inner))
    }

    fn set(&self, state: State) {
        *self.state.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(state);
    }

    fn tell(&self, news: Bytes) {
        // That nobody listens is no fault.
        let _ = self.news.send(news);
    }
}

impl Server {
    /// Takes a port: the one asked for, or the first free one. What is said on pages is said in `tongue`.
    pub fn bind(asked: Option<u16>, tongue: Tongue) -> Result<Self, Failure> {
        let listen = |port| TcpListener::bind((Ipv4Addr::LOCALHOST, port));
        let listener = match asked {
            Some(port) => listen(port),
            None => (PORT..PORT + PORTS)
                .map(listen)
                .find(|tried| !is_taken(tried))
                .unwrap_or_else(|| listen(0)),
        };
        let bound = listener.and_then(|listener| Ok((listener.local_addr()?, listener)));
        let (address, listener) = bound.map_err(|error| refused(asked.unwrap_or(PORT), &error))?;
        let state = State {
            site: None,
            problems: "[]".into(),
            text: "".into(),
            prefix: "/".into(),
        };
        let (news, _) = broadcast::channel(news::MOST_WAITING);
        let shared = Arc::new(Shared {
            tongue,
            state: RwLock::new(Arc::new(state)),
            news,
        });
        Ok(Self {
            listener,
            address,
            shared,
        })
    }

    /// Begins to answer, on a thread of its own, until the program ends. Whoever has asked before gets an answer now.
    pub fn start(&self) -> Result<(), Failure> {
        let failed = |error: io::Error| {
            Failure::new(
                say!("cannot serve: {error}", error = Phrase::others(error.to_string())),
                say!("run the command again"),
            )
        };
        let listener = self.listener.try_clone().map_err(failed)?;
        listener.set_nonblocking(true).map_err(failed)?;
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_io()
            .enable_time()
            .max_blocking_threads(MAKERS)
            .build()
            .map_err(failed)?;
        let shared = Arc::clone(&self.shared);
        let serve = move || runtime.block_on(serve(listener, shared));
        thread::Builder::new()
            .name("server".to_owned())
            .spawn(serve)
            .map_err(failed)?;
        Ok(())
    }

    /// Where the site is found.
    pub fn url(&self) -> String {
        let state = self.shared.state();
        let prefix = state.site.as_ref().map_or(&*state.prefix, |shown| &shown.prefix);
        format!("http://{}{prefix}", self.address)
    }

    /// Opens the site in the user's browser, without waiting for it.
    pub fn open_browser(&self) -> Result<(), Failure> {
        open_address(&self.url()).map_err(|error| {
            Failure::new(
                say!("no browser can be opened: {error}", error),
                say!("open the address by hand"),
            )
        })
    }

    /// Shows a site, and tells the pages whose files differ: `changed` holds the paths of the files that are new, gone or
    /// other than those last shown. `style_alone` says that nothing but styles was edited.
    pub fn show(&self, files: Arc<dyn Files>, prefix: &str, changed: &BTreeSet<String>, style_alone: bool) {
        let before = self.shared.state();
        let shown = Arc::new(Shown {
            files,
            prefix: prefix.to_owned(),
        });
        let news = news::news(before.site.as_deref(), &shown, changed, style_alone);
        self.shared.set(State {
            site: Some(shown),
            ..State::clone(&before)
        });
        if let Some(news) = news {
            self.shared.tell(news);
        }
    }

    /// Takes the problems of the last build, as JSON and as a terminal shows them, and tells all pages. `prefix` is where
    /// the site will be if there is none yet.
    pub fn report(&self, problems: &str, text: &str, prefix: &str) {
        self.shared.set(State {
            problems: problems.into(),
            text: text.into(),
            prefix: prefix.into(),
            ..State::clone(&self.shared.state())
        });
        self.shared.tell(news::event("problems", problems));
    }
}

fn is_taken(tried: &io::Result<TcpListener>) -> bool {
    tried.as_ref().is_err_and(|error| error.kind() == ErrorKind::AddrInUse)
}

fn refused(port: u16, error: &io::Error) -> Failure {
    match error.kind() {
        ErrorKind::AddrInUse => Failure::new(
            say!("port {port} is taken by another program", port),
            say!("choose another with --port, or leave --port out to get the next free one"),
        ),
        ErrorKind::PermissionDenied => Failure::new(
            say!("port {port} is reserved by the system", port),
            say!("choose one above 1023 with --port"),
        ),
        _ => Failure::new(
            say!(
                "cannot serve on port {port}: {error}",
                port,
                error = Phrase::others(error.to_string())
            ),
            say!("choose another with --port"),
        ),
    }
}

/// Answers until the program ends.
async fn serve(listener: TcpListener, shared: Arc<Shared>) {
    let Ok(listener) = tokio::net::TcpListener::from_std(listener) else {
        return;
    };
    loop {
        match listener.accept().await {
            Ok((stream, _)) => {
                tokio::spawn(attend(stream, Arc::clone(&shared)));
            }
            // Too many files are open, or the other end is gone already.
            Err(_) => tokio::time::sleep(Duration::from_millis(50)).await,
        }
    }
}

/// Answers the requests of one connection.
async fn attend(stream: TcpStream, shared: Arc<Shared>) {
    // Events are small, and not to be held back until there are more of them.
    let _ = stream.set_nodelay(true);
    let service = service_fn(move |request| answer::answer(Arc::clone(&shared), request));
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .serve_connection(TokioIo::new(stream), service);
    // Whoever goes away in the middle of an answer is not missed.
    let _ = connection.await;
}

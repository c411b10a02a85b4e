//! A run of the binary that goes on until it is ended, and the server's answers and events.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::Value;

/// What has not happened by then never will. Generous, for a debug build on a busy machine.
pub(crate) const PATIENCE: Duration = Duration::from_secs(60);

/// A run that goes on; it is killed when it is dropped.
pub(crate) struct Running {
    child: Child,
    /// Lines of standard output.
    pub(crate) out: Lines,
    /// Lines of standard error.
    pub(crate) err: Lines,
}

/// Lines as they come.
pub(crate) struct Lines {
    coming: Receiver<String>,
    /// Those that came.
    pub(crate) all: Vec<String>,
}

impl Lines {
    fn of(from: impl Read + Send + 'static) -> Self {
        let (send, coming) = channel();
        thread::spawn(move || {
            for line in BufReader::new(from).lines().map_while(Result::ok) {
                if send.send(line).is_err() {
                    return;
                }
            }
        });
        let all = Vec::new();
        Self { coming, all }
    }

    /// Waits for the next line that holds these words.
    #[track_caller]
    pub(crate) fn wait(&mut self, words: &str) -> String {
        let end = Instant::now() + PATIENCE;
        loop {
            match self.coming.recv_timeout(end.saturating_duration_since(Instant::now())) {
                Ok(line) => {
                    self.all.push(line.clone());
                    if line.contains(words) {
                        return line;
                    }
                }
                Err(error) => panic!("no line with `{words}` ({error}) after\n{}", self.all.join("\n")),
            }
        }
    }
}

impl Running {
    /// Starts a command.
    pub(crate) fn start(command: &mut Command) -> Self {
        let mut child = command
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the binary starts");
        let out = Lines::of(child.stdout.take().expect("standard output is piped"));
        let err = Lines::of(child.stderr.take().expect("standard error is piped"));
        Self { child, out, err }
    }

    /// Sends a signal, such as `INT`, and waits for the end: the exit code, and how long it took.
    #[track_caller]
    pub(crate) fn end(mut self, signal: &str) -> (Option<i32>, Duration) {
        let begin = Instant::now();
        let kill = format!("kill -{signal} {}", self.child.id());
        let killed = Command::new("sh").args(["-c", &kill]).status();
        assert!(killed.is_ok_and(|status| status.success()), "{kill}");
        loop {
            if let Some(status) = self.child.try_wait().expect("the child can be waited for") {
                return (status.code(), begin.elapsed());
            }
            assert!(begin.elapsed() < PATIENCE, "it goes on after SIG{signal}");
            thread::sleep(Duration::from_millis(3));
        }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// An answer over HTTP.
#[derive(Debug, Clone)]
pub(crate) struct Answer {
    /// The status code.
    pub(crate) status: u16,
    /// The lines before the body.
    pub(crate) head: String,
    /// The body.
    pub(crate) body: Vec<u8>,
}

impl Answer {
    /// A header's value.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let lines = self.head.lines().filter_map(|line| line.split_once(": "));
        let mut found = lines.filter(|(header, _)| header.eq_ignore_ascii_case(name));
        found.next().map(|(_, value)| value)
    }

    /// The body as text.
    pub(crate) fn text(&self) -> &str {
        std::str::from_utf8(&self.body).expect("the body is UTF-8")
    }
}

/// Asks a server on this machine. `request` is everything up to the empty line.
#[track_caller]
pub(crate) fn ask(port: u16, request: &str) -> Answer {
    let mut stream = connect(port);
    write!(stream, "{request}\r\nConnection: close\r\n\r\n").expect("the request is taken");
    let mut bytes = Vec::new();
    stream.read_to_end(&mut bytes).expect("the answer can be read");
    let at = bytes
        .windows(4)
        .position(|four| four == b"\r\n\r\n")
        .expect("the headers end");
    let head = String::from_utf8(bytes[..at].to_vec()).expect("headers are UTF-8");
    let status = head.split(' ').nth(1).and_then(|status| status.parse().ok());
    Answer {
        status: status.expect("there is a status"),
        head,
        body: bytes[at + 4..].to_vec(),
    }
}

/// A connection that fails after a while rather than hang.
#[track_caller]
pub(crate) fn connect(port: u16) -> TcpStream {
    let stream = TcpStream::connect(("127.0.0.1", port)).expect("somebody listens");
    stream.set_read_timeout(Some(PATIENCE)).expect("it can be limited");
    stream
}

/// The events of a server as an open page gets them.
pub(crate) struct Events {
    coming: Receiver<(String, Value)>,
    /// Those that came.
    pub(crate) all: Vec<(String, Value)>,
}

impl Events {
    /// Listens from now on. The present problems have been told when this returns.
    #[track_caller]
    pub(crate) fn of(port: u16) -> Self {
        let mut stream = connect(port);
        write!(stream, "GET /_kezako/events HTTP/1.1\r\nHost: localhost\r\n\r\n").expect("the request is taken");
        stream.set_read_timeout(None).expect("it can wait");
        let (send, coming) = channel();
        thread::spawn(move || {
            let mut name = String::new();
            for line in BufReader::new(stream).lines().map_while(Result::ok) {
                if let Some(event) = line.strip_prefix("event: ") {
                    name = event.to_owned();
                } else if let Some(data) = line.strip_prefix("data: ") {
                    let data = serde_json::from_str(data).expect("data is JSON");
                    if send.send((name.clone(), data)).is_err() {
                        return;
                    }
                }
            }
        });
        let all = Vec::new();
        let mut events = Self { coming, all };
        events.wait("problems", |_| true);
        events
    }

    /// Waits for the next event of this name whose data is as wanted.
    #[track_caller]
    pub(crate) fn wait(&mut self, name: &str, wanted: impl Fn(&Value) -> bool) -> Value {
        let end = Instant::now() + PATIENCE;
        loop {
            match self.coming.recv_timeout(end.saturating_duration_since(Instant::now())) {
                Ok((event, data)) => {
                    self.all.push((event.clone(), data.clone()));
                    if event == name && wanted(&data) {
                        return data;
                    }
                }
                Err(RecvTimeoutError::Timeout) => panic!("no such `{name}` among {:#?}", self.all),
                Err(RecvTimeoutError::Disconnected) => panic!("cut off while waiting for `{name}`"),
            }
        }
    }

    /// Waits until pages are told to load this URL anew.
    #[track_caller]
    pub(crate) fn reload(&mut self, url: &str) -> Value {
        self.wait("reload", |urls| has(urls, url))
    }
}

/// Whether a list holds a text.
pub(crate) fn has(list: &Value, text: &str) -> bool {
    list.as_array().is_some_and(|list| list.iter().any(|it| it == text))
}

/// Waits until something holds.
#[track_caller]
pub(crate) fn until(what: &str, mut holds: impl FnMut() -> bool) {
    let begin = Instant::now();
    while !holds() {
        assert!(begin.elapsed() < PATIENCE, "not even after {PATIENCE:?}: {what}");
        thread::sleep(Duration::from_millis(10));
    }
}

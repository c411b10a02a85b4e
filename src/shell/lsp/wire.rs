//! Messages over standard input and output (Language Server Protocol 3.17, "Base Protocol").

use std::io::{self, BufRead, Read, Write};

use lsp_server::{Message, RequestId, Response};

/// Larger messages are passed over: no content file comes near this, and memory is finite.
const LARGEST: u64 = 256 << 20;

/// Longer header lines are none.
const LONGEST_HEADER: u64 = 4096;

/// What comes in.
#[derive(Debug)]
pub(super) enum Incoming {
    /// A message.
    Message(Message),
    /// Something that is none, and why.
    Malformed(String),
}

/// Reads the next message; `None` at the end of the input. What is no message is passed over, and reading goes on behind it.
pub(super) fn read(input: &mut impl BufRead) -> io::Result<Option<Incoming>> {
    let malformed = |why: &str| Ok(Some(Incoming::Malformed(why.to_owned())));
    let mut length = None;
    let mut lines = 0usize;
    loop {
        let mut line = Vec::new();
        if input.take(LONGEST_HEADER).read_until(b'\n', &mut line)? == 0 {
            return Ok(None);
        }
        let line = line.trim_ascii();
        match line {
            [] if length.is_some() => break,
            [] if lines > 0 => return malformed("the header has no Content-Length"),
            [] => {}
            _ => {
                lines += 1;
                length = content_length(line).or(length);
            }
        }
    }
    let length = length.unwrap_or_default();
    if length > LARGEST {
        io::copy(&mut input.take(length), &mut io::sink())?;
        return malformed("the message is larger than 256 MiB");
    }
    let mut bytes = Vec::new();
    input.take(length).read_to_end(&mut bytes)?;
    match serde_json::from_slice(&bytes) {
        Ok(message) => Ok(Some(Incoming::Message(message))),
        Err(error) => malformed(&format!("this is no message: {error}")),
    }
}

fn content_length(line: &[u8]) -> Option<u64> {
    let (name, value) = std::str::from_utf8(line).ok()?.split_once(':')?;
    let is_length = name.trim().eq_ignore_ascii_case("content-length");
    is_length.then(|| value.trim().parse().ok())?
}

/// Writes messages.
#[derive(Debug)]
pub(super) struct Output<W> {
    to: W,
}

impl<W: Write> Output<W> {
    pub(super) fn new(to: W) -> Self {
        Self { to }
    }

    /// Sends a message.
    pub(super) fn send(&mut self, message: impl Into<Message>) -> io::Result<()> {
        message.into().write(&mut self.to)
    }

    /// Answers a request.
    pub(super) fn answer(&mut self, id: RequestId, result: Result<serde_json::Value, (i32, String)>) -> io::Result<()> {
        self.send(match result {
            Ok(value) => Response::new_ok(id, value),
            Err((code, message)) => Response::new_err(id, code, message),
        })
    }

    /// Tells that something came in that is no message (JSON-RPC 2.0, 5.1).
    pub(super) fn malformed(&mut self, why: &str) -> io::Result<()> {
        let error = serde_json::json!({
            "jsonrpc": "2.0",
            "id": null,
            "error": {"code": lsp_server::ErrorCode::ParseError as i32, "message": why},
        });
        let text = error.to_string();
        write!(self.to, "Content-Length: {}\r\n\r\n{text}", text.len())?;
        self.to.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is read from some bytes: methods of messages, `!` for each that is none.
    fn all(bytes: &[u8]) -> Vec<String> {
        let mut input = bytes;
        let mut said = Vec::new();
        while let Some(incoming) = read(&mut input).expect("memory can be read") {
            said.push(match incoming {
                Incoming::Message(Message::Notification(note)) => note.method,
                Incoming::Message(other) => format!("{other:?}"),
                Incoming::Malformed(_) => "!".to_owned(),
            });
        }
        said
    }

    fn framed(text: &str) -> String {
        format!("Content-Length: {}\r\n\r\n{text}", text.len())
    }

    #[test]
    fn reading_goes_on_behind_what_is_no_message() {
        let good = framed(r#"{"jsonrpc":"2.0","method":"a"}"#);
        for (bad, marks) in [
            (framed("{"), 1),
            (framed("[]"), 1),
            (framed("{}"), 1),
            (framed(""), 1),
            ("Content-Type: x\r\n\r\n".to_owned(), 1),
            ("\r\n\r\n".to_owned(), 0),
            ("Content-Length: -1\r\n\r\n".to_owned(), 1),
            ("nonsense\n".to_owned(), 0),
        ] {
            let mut expected = vec!["!"; marks];
            expected.push("a");
            assert_eq!(all(format!("{bad}{good}").as_bytes()), expected, "{bad:?}");
        }
    }

    #[test]
    fn an_input_that_breaks_off_ends() {
        assert_eq!(all(b""), Vec::<String>::new());
        assert_eq!(all(b"Content-Length: 10\r\n\r\n{"), ["!"]);
        assert_eq!(all(b"Content-Length: 18446744073709551615\r\n\r\n{}"), ["!"]);
        assert_eq!(all(&vec![b'x'; 100_000]), Vec::<String>::new());
    }
}

//! Requests and what they are answered.

use std::convert::Infallible;
use std::sync::Arc;

use hyper::body::Incoming;
use hyper::header::{self, HeaderMap, HeaderValue};
use hyper::{Method, Request, Response, StatusCode};
use percent_encoding::percent_decode_str;

use super::body::Body;
use super::host::is_local;
use super::kind::{HTML, content_type};
use super::live::{ROOM, enliven, no_site, own_file, url};
use super::news::subscribe;
use super::{Shared, Shown, State};
use crate::phrase::{Phrase, say};
use crate::tongue::Tongue;

/// The site's page for addresses that lead nowhere.
const MISSING: &str = "404.html";

const PLAIN: &str = "text/plain; charset=utf-8";
const JSON: &str = "application/json";

/// Answers one request.
pub(super) async fn answer(shared: Arc<Shared>, request: Request<Incoming>) -> Result<Response<Body>, Infallible> {
    let (head, _) = request.into_parts();
    let named = head.uri.authority().map(|authority| authority.as_str());
    let tongue = shared.tongue;
    if !is_for_us(&head.headers, named) {
        let why = say!("Kézako answers only at localhost and at loopback addresses.");
        return Ok(refusal(StatusCode::FORBIDDEN, &why, tongue));
    }
    if head.method != Method::GET && head.method != Method::HEAD {
        let why = say!("Only GET and HEAD are answered.");
        let mut response = refusal(StatusCode::METHOD_NOT_ALLOWED, &why, tongue);
        response
            .headers_mut()
            .insert(header::ALLOW, HeaderValue::from_static("GET, HEAD"));
        return Ok(response);
    }
    let known = head.headers.get(header::IF_NONE_MATCH).cloned();
    if let Some(name) = head.uri.path().strip_prefix(ROOM) {
        return Ok(own(&shared, name, known.as_ref()));
    }
    let state = shared.state();
    // Some pages are made only now, and nobody else shall wait for that.
    let made =
        tokio::task::spawn_blocking(move || site(&state, tongue, head.uri.path(), head.uri.query(), known.as_ref()));
    Ok(made.await.unwrap_or_else(|_| {
        let why = say!("The page could not be made.");
        refusal(StatusCode::INTERNAL_SERVER_ERROR, &why, tongue)
    }))
}

/// Whether a request names this machine, and nothing else, as the one that it is meant for.
fn is_for_us(headers: &HeaderMap, authority: Option<&str>) -> bool {
    let hosts: Vec<_> = headers.get_all(header::HOST).iter().collect();
    let [host] = hosts[..] else { return false };
    host.to_str().is_ok_and(is_local) && authority.is_none_or(is_local)
}

/// Answers for what is not the site's own.
fn own(shared: &Arc<Shared>, name: &str, known: Option<&HeaderValue>) -> Response<Body> {
    match name {
        "events" => response(StatusCode::OK, "text/event-stream", subscribe(shared)),
        "problems" => response(StatusCode::OK, JSON, shared.state().problems.as_bytes().to_vec().into()),
        _ => match own_file(name, shared.tongue) {
            Some(text) => {
                let tag = tag(text.as_bytes());
                tagged(&tag, known, content_type(name), || text.into_owned().into_bytes())
            }
            None => refusal(StatusCode::NOT_FOUND, &say!("There is nothing here."), shared.tongue),
        },
    }
}

/// Answers for the site.
fn site(state: &State, tongue: Tongue, path: &str, query: Option<&str>, known: Option<&HeaderValue>) -> Response<Body> {
    let Some(shown) = &state.site else {
        return response(
            StatusCode::INTERNAL_SERVER_ERROR,
            HTML,
            no_site(&state.text, tongue).into(),
        );
    };
    match find(shown, path) {
        Found::File(file) => match shown.files.file(&file) {
            Some(bytes) => whole(shown, &file, bytes, known),
            None => missing(shown, tongue),
        },
        Found::Moved(status, to) => {
            let query = query.map_or(String::new(), |query| format!("?{query}"));
            let Ok(to) = HeaderValue::from_str(&format!("{to}{query}")) else {
                return missing(shown, tongue);
            };
            let mut response = response(status, PLAIN, Vec::new().into());
            response.headers_mut().insert(header::LOCATION, to);
            response
        }
        Found::Nothing => missing(shown, tongue),
    }
}

/// What is at a path.
#[derive(Debug, PartialEq, Eq)]
enum Found {
    File(String),
    /// It is elsewhere on this host.
    Moved(StatusCode, String),
    Nothing,
}

/// Looks a path of a URL up among the site's files. No other files are asked, so no path leads out of the site.
fn find(shown: &Shown, path: &str) -> Found {
    let decoded = |text: &str| percent_decode_str(text).decode_utf8().map(std::borrow::Cow::into_owned);
    let (Ok(path), Ok(prefix)) = (decoded(path), decoded(&shown.prefix)) else {
        return Found::Nothing;
    };
    if prefix != "/" && (path == "/" || format!("{path}/") == prefix) {
        return Found::Moved(StatusCode::TEMPORARY_REDIRECT, shown.prefix.clone());
    }
    let Some(inner) = path.strip_prefix(&prefix) else {
        return Found::Nothing;
    };
    if inner.is_empty() || inner.ends_with('/') {
        let file = format!("{inner}index.html");
        return if shown.files.has(&file) {
            Found::File(file)
        } else {
            Found::Nothing
        };
    }
    if shown.files.has(inner) {
        return Found::File(inner.to_owned());
    }
    let index = format!("{inner}/index.html");
    if shown.files.has(&index) {
        return Found::Moved(StatusCode::PERMANENT_REDIRECT, url(&shown.prefix, &index));
    }
    Found::Nothing
}

fn whole(shown: &Shown, file: &str, bytes: Vec<u8>, known: Option<&HeaderValue>) -> Response<Body> {
    let (tag, kind) = (tag(&bytes), content_type(file));
    tagged(&tag, known, kind, || match kind {
        HTML => enliven(&bytes, &url(&shown.prefix, file), &tag),
        _ => bytes,
    })
}

/// The site's page for what is not there.
fn missing(shown: &Shown, tongue: Tongue) -> Response<Body> {
    match shown.files.file(MISSING) {
        Some(page) => {
            let mut response = whole(shown, MISSING, page, None);
            *response.status_mut() = StatusCode::NOT_FOUND;
            response
        }
        None => refusal(StatusCode::NOT_FOUND, &say!("There is no such page."), tongue),
    }
}

/// By what a file's bytes are known. A page has the tag of what is built, without the element that makes it live.
fn tag(bytes: &[u8]) -> String {
    blake3::hash(bytes).to_hex()[..32].to_owned()
}

/// A file, or word that the one who asks has it already.
fn tagged(
    tag: &str,
    known: Option<&HeaderValue>,
    kind: &'static str,
    bytes: impl FnOnce() -> Vec<u8>,
) -> Response<Body> {
    let known = known.and_then(|known| known.to_str().ok()).unwrap_or_default();
    let mut tags = known.split(',').map(|known| known.trim().trim_start_matches("W/"));
    let tag = format!("\"{tag}\"");
    let mut response = if tags.any(|known| known == "*" || known == tag) {
        response(StatusCode::NOT_MODIFIED, kind, Body::Whole(None))
    } else {
        response(StatusCode::OK, kind, bytes().into())
    };
    // Digits and letters between quotation marks are a header's value.
    if let Ok(tag) = HeaderValue::from_str(&tag) {
        response.headers_mut().insert(header::ETAG, tag);
    }
    response
}

/// One line, for whoever asks what is not answered.
fn refusal(status: StatusCode, why: &Phrase, tongue: Tongue) -> Response<Body> {
    let line = format!("{}\n", why.in_tongue(tongue));
    response(status, PLAIN, line.into_bytes().into())
}

fn response(status: StatusCode, kind: &'static str, body: Body) -> Response<Body> {
    let mut response = Response::new(body);
    *response.status_mut() = status;
    let headers = [
        (header::CONTENT_TYPE, kind),
        // The browser keeps files, and asks each time whether they are still the same.
        (header::CACHE_CONTROL, "no-cache"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    ];
    for (name, value) in headers {
        response.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    // No page from elsewhere may take in what is served here.
    response
        .headers_mut()
        .insert("cross-origin-resource-policy", HeaderValue::from_static("same-origin"));
    response
}

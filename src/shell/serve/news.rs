//! What open pages are told: server-sent events (html.spec.whatwg.org, "Server-sent events").

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

use hyper::body::Bytes;
use tokio::sync::broadcast::error::RecvError;
use tokio::sync::mpsc;

use super::body::Body;
use super::live::url;
use super::{Shared, Shown};

/// After so long without news a comment is sent, by which both ends see that the other is still there.
const HEARTBEAT: Duration = Duration::from_secs(15);

/// So many events wait for a page that does not read. One that falls behind further is cut off; it comes back and asks
/// whether it is still up to date.
pub(super) const MOST_WAITING: usize = 32;

/// One event; `data` is one line.
pub(super) fn event(name: &str, data: &str) -> Bytes {
    format!("event: {name}\ndata: {data}\n\n").into()
}

/// What pages are told when a site takes the place of another: nothing if no file differs; `style` if pages differ by the
/// style sheet's name alone; else `reload`. The data is a JSON array of the URLs of all files that are new, gone or other;
/// with `style`, of the style sheets.
///
/// `changed` are the paths of those files, and `style_alone` says that nothing but styles was edited.
pub(super) fn news(
    before: Option<&Shown>,
    now: &Shown,
    changed: &BTreeSet<String>,
    style_alone: bool,
) -> Option<Bytes> {
    if changed.is_empty() {
        return None;
    }
    let is_style = |path: &&String| path.ends_with(".css");
    if style_alone && changed.iter().all(|path| path.ends_with(".html") || is_style(&path)) {
        let styles = changed.iter().filter(is_style).filter(|path| now.files.has(path));
        let styles: Vec<String> = styles.map(|path| url(&now.prefix, path)).collect();
        return Some(event("style", &json(&styles)));
    }
    let mut urls: BTreeSet<String> = changed.iter().map(|path| url(&now.prefix, path)).collect();
    if let Some(before) = before.filter(|before| before.prefix != now.prefix) {
        urls.extend(before.files.paths().into_iter().map(|path| url(&before.prefix, path)));
    }
    Some(event("reload", &json(&urls)))
}

fn json(urls: &impl serde::Serialize) -> String {
    // A list of texts always serializes.
    serde_json::to_string(urls).unwrap_or_default()
}

/// The stream of events for one page, which begins with the present problems.
pub(super) fn subscribe(shared: &Arc<Shared>) -> Body {
    let mut news = shared.news.subscribe();
    let begin = event("problems", &shared.state().problems);
    let (page, body) = mpsc::channel(1);
    tokio::spawn(async move {
        let mut next = [Bytes::from_static(b"retry: 1000\n\n"), begin].concat().into();
        while page.send(next).await.is_ok() {
            next = tokio::select! {
                news = news.recv() => match news {
                    Ok(news) => news,
                    Err(RecvError::Lagged(_) | RecvError::Closed) => return,
                },
                () = tokio::time::sleep(HEARTBEAT) => Bytes::from_static(b": still here\n\n"),
                () = page.closed() => return,
            };
        }
    });
    Body::Stream(body)
}

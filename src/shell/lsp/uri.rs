//! Paths of files as URIs (RFC 8089).

use std::path::{Path, PathBuf};

use gen_lsp_types::Uri;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

/// What is escaped: all but the unreserved characters (RFC 3986, 2.3) and the slash.
const ESCAPED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~')
    .remove(b'/');

/// The path of a file on this machine; `None` for what is no such file, as a text that was never saved.
pub(super) fn path(uri: &Uri) -> Option<PathBuf> {
    let rest = uri.0.strip_prefix("file://")?;
    let path = rest.strip_prefix("localhost").unwrap_or(rest);
    if !path.starts_with('/') {
        return None;
    }
    let bytes: Vec<u8> = percent_decode_str(path).collect();
    native(bytes).filter(|path| path.is_absolute())
}

#[cfg(unix)]
fn native(bytes: Vec<u8>) -> Option<PathBuf> {
    use std::os::unix::ffi::OsStringExt;
    Some(std::ffi::OsString::from_vec(bytes).into())
}

#[cfg(not(unix))]
fn native(bytes: Vec<u8>) -> Option<PathBuf> {
    // `/C:/site` is `C:/site` there.
    let text = String::from_utf8(bytes).ok()?;
    Some(PathBuf::from(text.strip_prefix('/')?))
}

/// The URI of a path in a folder; the path has `/` between its parts.
pub(super) fn of(folder: &Path, path: &str) -> Uri {
    let folder = folder
        .to_string_lossy()
        .replace('\\', if cfg!(windows) { "/" } else { "\\" });
    let slash = if folder.starts_with('/') { "" } else { "/" };
    let whole = format!("{slash}{}/{path}", folder.trim_end_matches('/'));
    Uri(format!("file://{}", utf8_percent_encode(&whole, ESCAPED)))
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn a_uri_leads_back_to_its_path() {
        for folder in ["/", "/a b/é#?%", "/x/[y]"] {
            let uri = of(Path::new(folder), "content/l’ours.md");
            assert_eq!(path(&uri), Some(Path::new(folder).join("content/l’ours.md")), "{uri:?}");
        }
        assert_eq!(path(&Uri("file:///a%20b".into())), Some("/a b".into()));
        assert_eq!(path(&Uri("file://localhost/a".into())), Some("/a".into()));
        for other in [
            "untitled:Untitled-1",
            "https://example.org/a",
            "file:a",
            "file://host/a",
            "",
        ] {
            assert_eq!(path(&Uri(other.into())), None, "{other}");
        }
    }
}

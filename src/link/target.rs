//! Where the links of a body lead.

use std::sync::Arc;

use percent_encoding::percent_decode_str;

use super::address::document_at;
use super::places::anchor;
use crate::diagnostic::{Checked, Code, Diagnostic};
use crate::document::{Identity, Kind, Named, identify};
use crate::lang::Lang;
use crate::markdown::{Body, Link};
use crate::phrase::{Phrase, say};
use crate::site::Site;
use crate::text::{nearest, slug};

/// A document in one language.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DocumentRef {
    /// Its kind.
    pub kind: Kind,
    /// Its id.
    pub id: Arc<str>,
    /// The language in which readers get it.
    pub lang: Lang,
}

impl From<&Identity> for DocumentRef {
    fn from(identity: &Identity) -> Self {
        Self {
            kind: identity.kind,
            id: Arc::clone(&identity.id),
            lang: identity.lang.clone(),
        }
    }
}

/// Where a link leads.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Target {
    /// Another site, a mailbox, a telephone.
    External(String),
    /// A place on the same page, without `#`.
    Anchor(String),
    /// A document, and a place on its page.
    Document(DocumentRef, Option<String>),
    /// A file beside the content; path relative to the root.
    Asset(Arc<str>),
    /// A path of this site that begins with `/`; whether it exists is known when all pages are planned.
    SitePath(String),
}

/// Resolves every link and image of a body.
pub(super) fn targets(site: &Site, identity: &Identity, body: &Body) -> Checked<Vec<Option<Target>>> {
    let mut diagnostics = Vec::new();
    let value = body
        .links
        .iter()
        .map(|link| match resolve(site, identity, body, link) {
            Ok(target) => Some(target),
            Err(fault) => {
                diagnostics.extend(fault.map(|fault| fault.diagnostic(identity, link)));
                None
            }
        })
        .collect();
    Checked { value, diagnostics }
}

/// What is wrong with a link, in words.
struct Fault {
    code: Code,
    message: Phrase,
    help: Phrase,
    /// What was meant, where something is near.
    meant: Option<Meant>,
}

/// The part of a target that was mistyped, and what was meant.
enum Meant {
    /// Another file of the same folder: its name.
    File(String),
    /// Another place on the same page.
    Place(String),
}

impl Meant {
    /// The target with what was meant.
    fn target(&self, written: &str) -> String {
        let (path, place) = written.split_at(written.find('#').unwrap_or(written.len()));
        let path = path.trim_end_matches('/');
        match self {
            Self::File(name) => format!("{}{name}{place}", &path[..path.rfind('/').map_or(0, |end| end + 1)]),
            Self::Place(near) => format!("{path}#{near}"),
        }
    }
}

impl Fault {
    fn broken(message: Phrase, help: Phrase) -> Option<Self> {
        Some(Self {
            code: Code::BrokenLink,
            message,
            help,
            meant: None,
        })
    }

    /// Asks whether what is near was meant; where nothing is, says what to do otherwise.
    fn meant(message: Phrase, meant: Option<Meant>, otherwise: Phrase) -> Option<Self> {
        let help = match &meant {
            Some(Meant::File(name)) => say!("did you mean `{name}`?", name),
            Some(Meant::Place(near)) => say!("did you mean `#{near}`?", near),
            None => otherwise,
        };
        Self::broken(message, help).map(|fault| Self { meant, ..fault })
    }

    fn diagnostic(self, identity: &Identity, link: &Link) -> Diagnostic {
        Diagnostic::new(self.code, &identity.path, link.span.clone(), self.message)
            .help(self.help)
            .instead(self.meant.map(|meant| meant.target(&link.target)))
    }
}

/// The scheme of an absolute address, in lower case.
fn scheme(target: &str) -> Option<String> {
    let clean: String = target
        .chars()
        .filter(|c| !c.is_control() && !c.is_whitespace())
        .collect();
    let (scheme, _) = clean.split_once(':')?;
    let good = scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'-' | b'.'));
    good.then(|| scheme.to_ascii_lowercase())
}

/// The error is empty where the fault was reported before.
fn resolve(site: &Site, identity: &Identity, body: &Body, link: &Link) -> Result<Target, Option<Fault>> {
    let target = link.target.as_str();
    let refuse = |message: Phrase, help: Phrase| {
        Err(Some(Fault {
            code: Code::BadValue,
            message,
            help,
            meant: None,
        }))
    };
    match scheme(target).as_deref() {
        Some("http" | "https") if link.image => {
            return refuse(
                say!("an image of another site would be loaded from there"),
                say!("put the image beside the content file, where its licence allows"),
            );
        }
        Some("http" | "https" | "mailto" | "tel") => return Ok(Target::External(target.to_owned())),
        Some(other) => {
            return refuse(
                say!("links of the kind `{other}:` are not allowed", other),
                say!("link to a web page (`https://…`), a mailbox (`mailto:…`) or a content file"),
            );
        }
        None => {}
    }
    if target.starts_with("//") {
        return refuse(
            say!("`{target}` does not say how to get there", target),
            say!("write `https:` before it"),
        );
    }
    let (path, fragment) = match target.split_once('#') {
        Some((path, fragment)) => (path, Some(decode(fragment))),
        None => (target, None),
    };
    if target.starts_with('/') {
        let document = document_at(site, path).filter(|_| !link.image);
        return match document {
            Some(reference) => place_on(site, reference, fragment, Some(path)),
            None => Ok(Target::SitePath(target.to_owned())),
        };
    }
    if path.is_empty() {
        let Some(fragment) = fragment.filter(|fragment| !fragment.is_empty()) else {
            return Err(Fault::broken(say!("this link is empty"), say!("write where it leads")));
        };
        let place = anchor(site, &DocumentRef::from(identity), body, &fragment);
        return match place {
            Some(anchor) => Ok(Target::Anchor(anchor)),
            None => Err(no_anchor(body, &fragment, say!("this page"))),
        };
    }
    relative(site, identity, path, fragment, link.image)
}

fn decode(text: &str) -> String {
    percent_decode_str(text).decode_utf8_lossy().into_owned()
}

fn relative(
    site: &Site,
    identity: &Identity,
    path: &str,
    fragment: Option<String>,
    image: bool,
) -> Result<Target, Option<Fault>> {
    let path = decode(path.split('?').next().unwrap_or(path));
    let Some(full) = join(&identity.path, &path) else {
        return Err(Fault::broken(
            say!("`{path}` leads out of content/", path),
            say!("link to files below content/"),
        ));
    };
    if !full.ends_with(".md") {
        return match site.assets.get(full.as_str()) {
            Some(asset) => Ok(Target::Asset(Arc::clone(asset))),
            None => {
                let document = as_document(site, &format!("{full}.md")).filter(|_| !image);
                if document.is_some() {
                    let message = say!("there is no file `{full}`", full);
                    return Err(Fault::meant(message, document, Phrase::default()));
                }
                let near = nearest(&full, site.assets.iter().map(|asset| &**asset));
                Err(Fault::broken(
                    if image {
                        say!("there is no image `{full}`", full)
                    } else {
                        say!("there is no file `{full}`", full)
                    },
                    near.map_or_else(
                        || say!("check the path from the file you write in"),
                        |near| say!("did you mean `{near}`?", near),
                    ),
                ))
            }
        };
    }
    if image {
        return Err(Fault::broken(
            say!("`{full}` is not an image", full),
            say!("take the `!` away to make a link of it"),
        ));
    }
    // It is there, and that it is no document was reported.
    if site.assets.contains(full.as_str()) {
        return Err(None);
    }
    let path: Arc<str> = full.as_str().into();
    let Named::Document(found) = identify(&path, &site.config) else {
        return Err(Fault::meant(
            say!("there is no file `{full}`", full),
            as_document(site, &full),
            say!("link to a content file by its name on disk"),
        ));
    };
    let known = site.knows(found.kind, &found.id);
    // A link to `ID.md` leads to the reader's own language; one to `ID.en.md` to that language.
    let wanted = if found.is_translation {
        &found.lang
    } else {
        &identity.lang
    };
    if !known || found.is_translation && !site.has(found.kind, &found.id, &found.lang) {
        return Err(Fault::meant(
            say!("there is no file `{full}`", full),
            near_file(site, found.kind, &found.id),
            say!("check the path from the file you write in"),
        ));
    }
    if !site.has(found.kind, &found.id, &site.config.lang) {
        return Err(None);
    }
    let lang = site.lang_of(found.kind, &found.id, wanted).clone();
    let reference = DocumentRef {
        kind: found.kind,
        id: found.id,
        lang,
    };
    place_on(site, reference, fragment, None)
}

/// A document's page, or the place on it that a link names; `address` is what the link calls the page where it does not name the file.
fn place_on(
    site: &Site,
    reference: DocumentRef,
    fragment: Option<String>,
    address: Option<&str>,
) -> Result<Target, Option<Fault>> {
    let fragment = fragment.filter(|fragment| !fragment.is_empty());
    let body = site.body(reference.kind, &reference.id, &reference.lang);
    let (Some(fragment), Some((file, body))) = (&fragment, body) else {
        return Ok(Target::Document(reference, fragment));
    };
    match anchor(site, &reference, body, fragment) {
        Some(anchor) => Ok(Target::Document(reference, Some(anchor))),
        None => {
            let page = Phrase::verbatim(format!("`{}`", address.unwrap_or(file)));
            Err(no_anchor(body, fragment, page))
        }
    }
}

/// A path from the folder of a content file, with `.` and `..` worked in; `None` where it leaves content/.
fn join(from: &str, path: &str) -> Option<String> {
    let mut parts: Vec<&str> = from.split('/').collect();
    parts.pop();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." if parts.len() > 1 => {
                parts.pop();
            }
            ".." => return None,
            _ => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

/// The document that a path names but for capitals and accents.
fn as_document(site: &Site, path: &str) -> Option<Meant> {
    let below = path.strip_prefix("content/")?.strip_suffix(".md")?;
    let (folder, name) = below.rsplit_once('/')?;
    let top = folder.split('/').next()?;
    let (_, kind) = Kind::FOLDERS.iter().find(|(folder, _)| *folder == top)?;
    // `.en` of a translation stays.
    let (name, tag) = name.split_at(name.find('.').unwrap_or(name.len()));
    let is_lang = |tag: &str| site.config.languages.iter().any(|lang| lang.tag() == tag);
    let tag = if tag.strip_prefix('.').is_some_and(is_lang) {
        tag
    } else {
        ""
    };
    let id = slug(name);
    site.knows(*kind, &id).then(|| Meant::File(format!("{id}{tag}.md")))
}

fn near_file(site: &Site, kind: Kind, id: &str) -> Option<Meant> {
    let ids: Vec<&str> = match kind {
        Kind::Source => site.sources.iter().map(|source| &*source.id).collect(),
        Kind::Claim => crate::site::ids(&site.claims).collect(),
        Kind::Term => crate::site::ids(&site.terms).collect(),
        Kind::Event => crate::site::ids(&site.events).collect(),
        Kind::Page => crate::site::ids(&site.pages).collect(),
        Kind::Home => Vec::new(),
    };
    nearest(id, ids).map(|near| Meant::File(format!("{near}.md")))
}

fn no_anchor(body: &Body, fragment: &str, page: Phrase) -> Option<Fault> {
    let near = nearest(fragment, body.headings.iter().map(|heading| heading.id.as_str()));
    Fault::meant(
        say!("{page} has no place `#{fragment}`", page, fragment),
        near.map(|near| Meant::Place(near.to_owned())),
        say!("the part after `#` is the name of a heading, in lower case, with hyphens"),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_joined_within_content() {
        for (path, joined) in [
            ("b.md", Some("content/claims/b.md")),
            ("../glossary/grok.md", Some("content/glossary/grok.md")),
            ("./x/../b.md", Some("content/claims/b.md")),
            ("../../seeds/a.txt", None),
            ("../../../etc/passwd", None),
        ] {
            assert_eq!(join("content/claims/a.md", path).as_deref(), joined, "{path}");
        }
    }

    #[test]
    fn schemes_are_seen_through_white_space() {
        assert_eq!(scheme("java\nscript:alert(1)").as_deref(), Some("javascript"));
        assert_eq!(scheme("JAVASCRIPT:x").as_deref(), Some("javascript"));
        assert_eq!(scheme("a/b:c"), None);
        assert_eq!(scheme("../x.md"), None);
    }
}

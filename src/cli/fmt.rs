//! `kezako fmt`: puts content files right without changing a word.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::args::{Arguments, Fmt, Format};
use super::commands::{files, options, print, root, say, tell};
use super::new::from_here;
use crate::diagnostic::{Code, Diagnostic, Report};
use crate::document::{Identity, Named, identify};
use crate::phrase::{Phrase, say};
use crate::shell::{Failure, load, put};
use crate::site::{Memo, gather};
use crate::tidy::tidy;
use crate::tree::Tree;

/// Puts files right, or says which are not; whether all are, and could be read.
pub(super) fn fmt(arguments: &Fmt, all: &Arguments) -> Result<bool, Failure> {
    let root = root(all)?;
    let tree = load(&root)?;
    let config = gather(&tree, &options(all)?, &mut Memo::default()).value.config;
    let paths = match &arguments.files[..] {
        [] => tree.below("content").map(|(path, _)| Arc::clone(path)).collect(),
        files => chosen(files, &root, &tree)?,
    };
    let mut problems = Vec::new();
    let (mut wrong, mut right) = (0, 0);
    for path in paths {
        let identity = match identify(&path, &config) {
            Named::Document(identity) => identity,
            Named::Asset => continue,
            Named::Fault(fault) => {
                problems.push(fault);
                continue;
            }
        };
        match tidied(&identity, &tree) {
            Err(faults) => problems.extend(faults),
            Ok((before, after)) if before == after => right += 1,
            Ok((before, after)) => {
                let place = root.join(&*path);
                if !arguments.check {
                    replace(&place, before, &after)?;
                }
                wrong += 1;
                print(&mut io::stdout(), &format!("{}\n", from_here(&place).display()))?;
            }
        }
    }
    let readable = problems.is_empty();
    tell(&Report::new(problems), &tree, Format::Full, &mut io::stderr(), false)?;
    let wrong_files = files(wrong);
    say(&match (arguments.check, wrong) {
        (_, 0) => Phrase::counted(
            right,
            say!("{right} file is right already", right),
            say!("{right} files are right already", right),
        ),
        (true, _) => say!(
            "{files} to put right, {right} right already: run `kezako fmt`",
            files = wrong_files,
            right
        ),
        (false, _) => say!("{files} put right, {right} right already", files = wrong_files, right),
    })?;
    Ok(readable && (wrong == 0 || !arguments.check))
}

/// A file's text, and the same put right.
fn tidied<'t>(identity: &Identity, tree: &'t Tree) -> Result<(&'t str, String), Vec<Diagnostic>> {
    let Some(text) = tree.text(&identity.path) else {
        let message = say!("this file is not UTF-8 text, so it was left as it is");
        let fault = Diagnostic::new(Code::UnreadableFile, &identity.path, 0..0, message);
        return Err(vec![fault.help(say!("save it as UTF-8 in your editor"))]);
    };
    Ok((text, tidy(identity, text)?))
}

/// Writes a file unless somebody else has in the meantime.
fn replace(place: &Path, before: &str, after: &str) -> Result<(), Failure> {
    let now = fs::read(place).map_err(|error| Failure::io(say!("read"), place, &error))?;
    if now != before.as_bytes() {
        return Err(Failure::new(
            say!(
                "`{place}` was changed by someone else just now, and was left as it is",
                place = place.display()
            ),
            say!("run the command again"),
        ));
    }
    put(place, after.as_bytes())
}

/// The content files that the user named, in order of path; of a folder, all that are in it.
fn chosen(files: &[PathBuf], root: &Path, tree: &Tree) -> Result<Vec<Arc<str>>, Failure> {
    let real_root = fs::canonicalize(root).map_err(|error| Failure::io(say!("read"), root, &error))?;
    let mut paths = Vec::new();
    for file in files {
        let place = std::path::absolute(file).map_err(|error| Failure::io(say!("read"), file, &error))?;
        let real = fs::canonicalize(file).map_err(|error| Failure::io(say!("read"), file, &error))?;
        // A link within the site is known by its own name.
        let below = [&place, &real]
            .into_iter()
            .find_map(|place| place.strip_prefix(&real_root).ok())
            .and_then(Path::to_str)
            .map(|path| path.replace(std::path::MAIN_SEPARATOR, "/"));
        let is_chosen = |path: &str| match below.as_deref() {
            None => false,
            // The root itself.
            Some("") => true,
            Some(below) => path
                .strip_prefix(below)
                .is_some_and(|rest| rest.is_empty() || rest.starts_with('/')),
        };
        let count = paths.len();
        paths.extend(
            tree.below("content")
                .map(|(path, _)| Arc::clone(path))
                .filter(|path| is_chosen(path)),
        );
        if paths.len() == count {
            return Err(Failure::new(
                say!("`{file}` is not a content file of this site", file = file.display()),
                say!("name files or folders below `content/`, or none for all of them"),
            ));
        }
    }
    paths.sort();
    paths.dedup();
    Ok(paths)
}

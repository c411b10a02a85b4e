//! `kezako new source`: an article in, a seed and its record out; or the record alone, of a text that is yet to come.

use std::ffi::OsStr;
use std::fs;
use std::io::{self, IsTerminal};
use std::path::{Path, PathBuf};

use super::args::{Arguments, Format, NewSource};
use super::commands::{options, print, root, say, tell, today};
use super::new::{bad_id, from_here, refuse_harm};
use crate::diagnostic::{Code, Diagnostic, Report};
use crate::document::Kind;
use crate::intake::{self, Draft, Given};
use crate::lang::Lang;
use crate::phrase::{Phrase, say};
use crate::shell::{Failure, extract_apart, is_litter, load, put_all_new, put_new, read_given};
use crate::site::{Memo, Options, Site, Source, gather};
use crate::skeleton::{Outline, skeleton};
use crate::text::{is_id, slug};
use crate::tree::Tree;

/// The largest page or PDF that is taken in, in MiB: they hold their pictures, and come near it.
const MOST_MIB: u64 = 32;

/// The largest text, in MiB: the longest novels have less.
const MOST_MIB_OF_TEXT: u64 = 8;

/// The longest id that is made of a file's name.
const LONGEST_ID: usize = 60;

/// Takes a file in, and prints the path of its record.
pub(super) fn source(arguments: &NewSource, all: &Arguments) -> Result<bool, Failure> {
    let root = root(all)?;
    let file = or_seed(&arguments.file, &root);
    if let Some(id) = file
        .to_str()
        .filter(|id| is_id(id) && arguments.id.is_none() && !file.exists())
    {
        return begin_record(id, &root, all);
    }
    let name = file_name(&file)?;
    let id = id(arguments, name)?;
    let options = Options {
        drafts: true,
        ..options(all)?
    };
    let mut tree = load(&root)?;
    // What else may be wrong with the site is for `check`.
    let site = gather(&tree, &options, &mut Memo::default()).value;
    let bytes = read_given(&file, most_mib(name))?;
    let names = Names::new(&root, &file, name, &id);
    refuse_taken(&tree, &site, &names, &id)?;
    let langs: Vec<Lang> = [&site.config.lang]
        .into_iter()
        .chain(&site.config.languages)
        .cloned()
        .collect();
    let draft = draft(name, &bytes, &names, &langs)?;
    refuse_known(&site, &draft)?;
    if draft.made && names.is_seed {
        return Err(Failure::new(
            say!("`{name}` is not in UTF-8, so it cannot stay in `seeds/` as it is", name),
            say!("move it out of there, and give it from its new place"),
        ));
    }
    let record = format!("content/sources/{id}.md");
    let seed = format!("seeds/{}", names.seed);
    let brought = refuse_harm(&mut tree, &options, &[(&seed, &draft.seed), (&record, &draft.record)])?;
    write(&root, &names, &record, &bytes, &draft)?;
    report(&names, &draft, &tree, brought)?;
    print(
        &mut io::stdout(),
        &format!("{}\n", from_here(&root.join(&record)).display()),
    )?;
    Ok(true)
}

/// Begins the record of a text that is yet to come, and prints its path.
fn begin_record(id: &str, root: &Path, all: &Arguments) -> Result<bool, Failure> {
    let options = Options {
        drafts: true,
        ..options(all)?
    };
    let mut tree = load(root)?;
    let site = gather(&tree, &options, &mut Memo::default()).value;
    let outline = Outline {
        kind: Kind::Source,
        id,
        today: today(all)?,
        quotation: None,
    };
    let text = skeleton(outline, &site.config).unwrap_or_default();
    let (record, seed) = (format!("content/sources/{id}.md"), format!("seeds/{id}.txt"));
    if tree.get(&record).is_none() {
        // Its text is what it will lack, and that is said below.
        refuse_harm(&mut tree, &options, &[(&seed, "…\n"), (&record, &text)])?;
    }
    let place = root.join(&record);
    put_new(&place, text.as_bytes())?;
    say(&say!(
        "now put the article's text, as you received it, into {seed}: until it is there, the site does not build",
        seed
    ))?;
    print(&mut io::stdout(), &format!("{}\n", from_here(&place).display()))?;
    Ok(true)
}

/// The file; where there is none, and its name is that of a text in `seeds/`, that text.
fn or_seed(file: &Path, root: &Path) -> PathBuf {
    let is_name = file.to_str().is_some_and(is_id) && !file.exists();
    let seed = root.join("seeds").join(file).with_extension("txt");
    if is_name && seed.is_file() {
        seed
    } else {
        file.to_owned()
    }
}

fn file_name(file: &Path) -> Result<&str, Failure> {
    let shown = file.display();
    let name = file
        .file_name()
        .ok_or_else(|| Failure::new(say!("`{shown}` is a folder, not a file", shown), say!("name one file")))?;
    if is_litter(name) {
        return Err(Failure::new(
            say!("`{shown}` is what a program left beside a file, not the file", shown),
            say!("give the file itself"),
        ));
    }
    let plain = |name: &&str| !name.contains(char::is_control);
    name.to_str().filter(plain).ok_or_else(|| {
        Failure::new(
            say!("the name of `{shown}` is not plain text", shown),
            say!("give the file another name"),
        )
    })
}

fn most_mib(name: &str) -> u64 {
    match intake::named(name) {
        Some(intake::Kind::Foreign(_)) => MOST_MIB,
        _ => MOST_MIB_OF_TEXT,
    }
}

/// The id that was asked for, or one made of the file's name.
fn id(arguments: &NewSource, name: &str) -> Result<String, Failure> {
    if let Some(id) = &arguments.id {
        return if is_id(id) {
            Ok(id.clone())
        } else {
            Err(bad_id(Kind::Source, id))
        };
    }
    let stem = Path::new(name).file_stem().and_then(OsStr::to_str).unwrap_or(name);
    let slug = slug(stem);
    let mut short = slug.get(..LONGEST_ID).unwrap_or(&slug);
    if short.len() < slug.len() {
        short = short.rsplit_once('-').map_or(short, |(whole, _)| whole);
    }
    match is_id(short) {
        true => Ok(short.to_owned()),
        false => Err(Failure::new(
            say!("no id can be made of the name `{name}`", name),
            say!("give one with --id"),
        )),
    }
}

/// Under what names a file goes into `seeds/`.
struct Names {
    /// Name of the seed.
    seed: String,
    /// Name of the file itself, where it is not the seed.
    original: String,
    /// Whether it lies in `seeds/` under that name already.
    is_seed: bool,
    /// Whether it lies there and is no text.
    is_original: bool,
}

impl Names {
    fn new(root: &Path, file: &Path, name: &str, id: &str) -> Self {
        let folder = |path: PathBuf| fs::canonicalize(path).ok();
        let lies_in = file.parent().map(|parent| {
            if parent.as_os_str().is_empty() {
                Path::new(".")
            } else {
                parent
            }
        });
        let inside = lies_in
            .and_then(|parent| folder(parent.to_owned()))
            .is_some_and(|parent| folder(root.join("seeds")) == Some(parent));
        let is_text = name.ends_with(".txt");
        let ending = Path::new(name)
            .extension()
            .and_then(OsStr::to_str)
            .unwrap_or_default()
            .to_ascii_lowercase();
        let original = match (inside && !is_text, ending.as_str()) {
            (true, _) => name.to_owned(),
            // A seed ends in `.txt`; what is none must not.
            (_, "txt") => format!("{id}.txt.original"),
            (_, ending) => format!("{id}.{ending}"),
        };
        Self {
            seed: if inside && is_text {
                name.to_owned()
            } else {
                format!("{id}.txt")
            },
            original,
            is_seed: inside && is_text,
            is_original: inside && !is_text,
        }
    }
}

/// Refuses an id that is taken, and a seed that has its record.
fn refuse_taken(tree: &Tree, site: &Site, names: &Names, id: &str) -> Result<(), Failure> {
    let has_it = |source: &&Source| source.recorded && source.record.file.as_deref() == Some(names.seed.as_str());
    if let Some(source) = site.sources.iter().find(has_it).filter(|_| names.is_seed) {
        return Err(Failure::new(
            say!(
                "`seeds/{seed}` has its record: source `{id}`",
                seed = names.seed,
                id = source.id
            ),
            say!("edit that one"),
        ));
    }
    let seed = format!("seeds/{}", names.seed);
    let path = [format!("content/sources/{id}.md"), seed.clone()]
        .into_iter()
        .find(|path| tree.get(path).is_some());
    match path {
        Some(path) if !(names.is_seed && path == seed) => Err(Failure::new(
            say!("`{path}` is already there, and is not overwritten", path),
            say!("give this source another id with --id"),
        )),
        _ => Ok(()),
    }
}

/// Refuses a text that is a source already.
fn refuse_known(site: &Site, draft: &Draft) -> Result<(), Failure> {
    let same = site
        .sources
        .iter()
        .find(|source| source.recorded && source.seed.as_ref().is_some_and(|seed| *seed.text == *draft.seed));
    same.map_or(Ok(()), |source| {
        Err(Failure::new(
            say!("this text is already source `{id}`", id = source.id),
            say!("edit its record, content/sources/{id}.md", id = source.id),
        ))
    })
}

fn draft(name: &str, bytes: &[u8], names: &Names, langs: &[Lang]) -> Result<Draft, Failure> {
    let refused = |refusal| Failure::refusal(name, &refusal);
    let given = Given {
        name,
        bytes,
        seed: &names.seed,
        original: &names.original,
        langs,
    };
    match intake::kind(name, bytes).map_err(refused)? {
        intake::Kind::Text => intake::of_text(&given).map_err(refused),
        intake::Kind::Foreign(format) => Ok(intake::of_extract(&given, extract_apart(format, bytes.to_vec(), name)?)),
    }
}

fn write(root: &Path, names: &Names, record: &str, bytes: &[u8], draft: &Draft) -> Result<(), Failure> {
    // The seed is the file itself, byte for byte, unless its text had to be drawn from it.
    let text = if draft.made { draft.seed.as_bytes() } else { bytes };
    let mut files: Vec<(String, &[u8])> = Vec::new();
    if draft.made && !names.is_original {
        files.push((format!("seeds/{}", names.original), bytes));
    }
    if !names.is_seed {
        files.push((format!("seeds/{}", names.seed), text));
    }
    files.push((record.to_owned(), draft.record.as_bytes()));
    put_all_new(root, &files)
}

/// Says what was done, what is left to do, and what the site has to say of the new files.
fn report(names: &Names, draft: &Draft, tree: &Tree, mut brought: Vec<Diagnostic>) -> Result<(), Failure> {
    // It is yet to be quoted.
    brought.retain(|fault| fault.code != Code::UnusedSource);
    tell(
        &Report::new(brought),
        tree,
        Format::Full,
        &mut io::stderr(),
        io::stderr().is_terminal(),
    )?;
    let text = match draft.made {
        true => say!(
            "the file is kept as seeds/{original}, its text as seeds/{seed}",
            original = &names.original,
            seed = &names.seed
        ),
        false => say!("the text is kept as seeds/{seed}", seed = &names.seed),
    };
    let body = match draft.body.is_empty() {
        true => say!("no body was told apart: all lines count as the article"),
        false => {
            let n = draft.left_out;
            let passages = Phrase::counted(n, say!("{n} passage", n), say!("{n} passages", n));
            let body = &draft.body;
            say!(
                "suggested body: {body} ({passages} left out, for reasons that the record names)",
                body,
                passages
            )
        }
    };
    let open = say!(
        "left to you: {open}, and a note for readers",
        open = draft.open.join(", ")
    );
    say(&Phrase::lines([text, body, open]))
}

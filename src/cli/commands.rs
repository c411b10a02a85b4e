//! What each command does.

use std::env;
use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use super::args::{Arguments, Build, Check, Explain, Format};
use super::progress::{Counted, Progress};
use crate::build::{self, Built, Nowhere, Sink};
use crate::config;
use crate::date::{Date, Point, day_from_epoch};
use crate::deploy::{Compressed, Listed};
use crate::diagnostic::{Code, Report};
use crate::frame;
use crate::phrase::{Phrase, say};
use crate::shell::{Failure, Former, Staging, find_root, load};
use crate::site::Options;
use crate::tongue::Tongue;
use crate::tree::Tree;

/// The width of code frames where the terminal's is not known, in columns.
pub(super) const WIDTH: usize = 140;

/// `kezako build`: whether the site was written.
pub(super) fn build(arguments: &Build, all: &Arguments) -> Result<bool, Failure> {
    let progress = Progress::new();
    let root = root(all)?;
    let options = Options {
        base_url: arguments.base_url.as_deref().map(base_url).transpose()?,
        ..options(all)?
    };
    let target = arguments.out.clone().unwrap_or_else(|| root.join("public"));
    let tree = load(&root)?;
    let staging = Staging::begin(&target, &root)?;
    let sink = Counted {
        sink: Compressed {
            sink: Listed::new(Disk {
                former: Former::open(&target),
                staging,
                failure: Mutex::default(),
            }),
            wanted: arguments.compress,
        },
        progress: &progress,
    };
    let mut built = build::build(&tree, &options, &sink, &|phase| progress.phase(phase));
    built.report = built.report.denying(all.deny_warnings);
    progress.clear();
    let Disk { staging, failure, .. } = sink.sink.sink.finish();
    if let Some(failure) = failure.into_inner().unwrap_or_else(|poisoned| poisoned.into_inner()) {
        return Err(failure);
    }
    tell(
        &built.report,
        &tree,
        Format::Full,
        &mut io::stderr(),
        io::stderr().is_terminal(),
    )?;
    if built.report.has_errors() {
        if let Some(count) = frame::summary(&built.report) {
            let nothing = say!(
                "nothing was written, and `{target}` is as it was",
                target = target.display()
            );
            say(&say!("{count}: {what}", count, what = nothing))?;
        }
        return Ok(false);
    }
    staging.commit()?;
    say(&closing(&built, &target, &progress))?;
    Ok(true)
}

fn closing(built: &Built, target: &Path, progress: &Progress) -> Phrase {
    let time = time(progress.elapsed());
    let what = say!(
        "built {pages} with {quotations}",
        pages = pages(built.pages),
        quotations = verified(built.quotations)
    );
    let target = target.display();
    match frame::summary(&built.report) {
        None => say!("{what} in {time}: {target}", what, time, target),
        Some(warnings) => say!(
            "{what} in {time}, with {warnings}: {target}",
            what,
            time,
            warnings,
            target
        ),
    }
}

/// A time as people say it.
pub(super) fn time(time: Duration) -> Phrase {
    let seconds = time.as_secs_f64();
    if seconds < 1.0 {
        say!("{number} ms", number = format!("{:.0}", seconds * 1000.0))
    } else {
        let number = format!("{seconds:.1}");
        let (whole, tenths) = number.split_once('.').unwrap_or((&number, "0"));
        say!("{whole}.{tenths} s", whole, tenths)
    }
}

/// So many pages.
pub(super) fn pages(n: usize) -> Phrase {
    Phrase::counted(n, say!("{n} page", n), say!("{n} pages", n))
}

/// So many files.
pub(super) fn files(n: usize) -> Phrase {
    Phrase::counted(n, say!("{n} file", n), say!("{n} files", n))
}

/// So many quotations.
pub(super) fn verified(n: usize) -> Phrase {
    Phrase::counted(n, say!("{n} verified quotation", n), say!("{n} verified quotations", n))
}

/// Writes files to disk and keeps the first failure, after which nothing more is written.
struct Disk {
    former: Former,
    staging: Staging,
    failure: Mutex<Option<Failure>>,
}

impl Sink for Disk {
    fn put(&self, path: &str, bytes: &[u8]) {
        let failed = || self.failure.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
        if failed().is_some() {
            return;
        }
        if let Err(failure) = self.staging.write(path, bytes) {
            failed().get_or_insert(failure);
        }
    }

    fn former(&self, path: &str) -> Option<Vec<u8>> {
        self.former.file(path)
    }
}

/// `kezako check`: whether the site may be built.
pub(super) fn check(arguments: &Check, all: &Arguments) -> Result<bool, Failure> {
    let root = root(all)?;
    let tree = load(&root)?;
    let mut built = build::build(&tree, &options(all)?, &Nowhere, &|_| {});
    built.report = built.report.denying(all.deny_warnings);
    let color = io::stdout().is_terminal();
    tell(&built.report, &tree, arguments.format, &mut io::stdout(), color)?;
    if arguments.format == Format::Full {
        let found = frame::summary(&built.report);
        say(&found.unwrap_or_else(|| {
            let n = built.quotations;
            let quotations = Phrase::counted(
                n,
                say!("{n} quotation stands in its source", n),
                say!("{n} quotations stand in their sources", n),
            );
            say!("no problems: {quotations}", quotations)
        }))?;
    }
    Ok(!built.report.has_errors())
}

/// `kezako explain`: whether there is such a code.
pub(super) fn explain(arguments: &Explain) -> Result<bool, Failure> {
    let mut out = io::stdout();
    let tongue = tongue();
    let Some(name) = &arguments.code else {
        for code in Code::ALL {
            let text = code.explanation(tongue);
            let first = text.lines().next().unwrap_or_default();
            print(&mut out, &format!("{:<26}{first}\n", code.name()))?;
        }
        return Ok(true);
    };
    let Some(code) = Code::from_name(name) else {
        let begins: Vec<&str> = Code::ALL
            .iter()
            .map(|code| code.name())
            .filter(|code| code.starts_with(name.as_str()))
            .collect();
        let near = crate::text::nearest(name, Code::ALL.iter().map(|code| code.name()));
        let help = match (near, &begins[..]) {
            (Some(near), _) => say!("did you mean `{near}`?", near),
            (None, []) => say!("`kezako explain` lists them all"),
            (None, _) => say!("did you mean {codes}?", codes = crate::yaml::either(&begins)),
        };
        return Err(Failure::new(say!("there is no code `{name}`", name), help));
    };
    print(
        &mut out,
        &format!(
            "{}[{}]\n\n{}\n",
            code.severity().word().in_tongue(tongue),
            code.name(),
            code.explanation(tongue)
        ),
    )?;
    Ok(true)
}

pub(super) fn root(all: &Arguments) -> Result<PathBuf, Failure> {
    if let Some(root) = &all.root {
        return Ok(root.clone());
    }
    let here = env::current_dir().map_err(|error| Failure::io(say!("find"), ".", &error))?;
    find_root(&here).ok_or_else(|| {
        Failure::new(
            say!("there is no kezako.yaml in `{here}` or above it", here = here.display()),
            say!("go into a site's folder, or name it with --root"),
        )
    })
}

pub(super) fn options(all: &Arguments) -> Result<Options, Failure> {
    Ok(Options {
        base_url: None,
        drafts: all.drafts,
        today: Some(today(all)?),
        edition_day: None,
    })
}

pub(super) fn base_url(url: &str) -> Result<String, Failure> {
    if crate::yaml::is_web_address(url) {
        return match config::is_folder(url) {
            true => Ok(url.to_owned()),
            false => Err(Failure::new(
                say!("`{url}` is not the address of a folder", url),
                say!("leave away what begins with `?` or `#`"),
            )),
        };
    }
    Err(Failure::new(
        say!("`{url}` is not a web address", url),
        say!("write the whole address: --base-url https://example.org/"),
    ))
}

/// The day that a glossary printed by itself names: only one that was given, so that the same input gives the same bytes. A site does not name it.
pub(super) fn edition_day(all: &Arguments) -> Result<Option<Point>, Failure> {
    let given = all.today.is_some() || source_date_epoch().is_some();
    given.then(|| today(all)).transpose()
}

/// The value of SOURCE_DATE_EPOCH, where it has one.
fn source_date_epoch() -> Option<String> {
    let value = env::var_os("SOURCE_DATE_EPOCH")?;
    Some(value.to_string_lossy().into_owned()).filter(|value| !value.is_empty())
}

/// The day of the run: `--today`, else SOURCE_DATE_EPOCH (reproducible-builds.org), else the clock's.
pub(super) fn today(all: &Arguments) -> Result<Point, Failure> {
    if let Some(text) = &all.today {
        let day = Date::parse(text).ok().and_then(|date| date.as_day());
        return day.ok_or_else(|| {
            Failure::new(
                say!("`{text}` is not a day", text),
                say!("write year, month and day: --today 2023-11-17"),
            )
        });
    }
    let seconds = match source_date_epoch() {
        Some(text) => text.parse::<i64>().map_err(|_| {
            Failure::new(
                say!("SOURCE_DATE_EPOCH is `{text}`, which is not a number of seconds", text),
                say!("unset it, or give it seconds since 1970"),
            )
        })?,
        None => SystemTime::now()
            .duration_since(UNIX_EPOCH)
            .map_or(0, |since| i64::try_from(since.as_secs()).unwrap_or(0)),
    };
    day_from_epoch(seconds.div_euclid(86_400)).ok_or_else(|| {
        Failure::new(
            say!("today is outside the years 0 to 9999"),
            say!("set the clock, or give --today"),
        )
    })
}

/// Writes a report.
pub(super) fn tell(
    report: &Report,
    tree: &Tree,
    format: Format,
    out: &mut dyn Write,
    terminal: bool,
) -> Result<(), Failure> {
    let color = terminal && env::var_os("NO_COLOR").is_none_or(|value| value.is_empty());
    let texts = frame::Texts::new(tree, tongue()).denying(report.denies_warnings());
    let mut text = String::new();
    for diagnostic in report.diagnostics() {
        match format {
            Format::Full => {
                text.push_str(&frame::full(diagnostic, &texts, color, WIDTH));
                text.push('\n');
            }
            Format::Short => text.push_str(&frame::short(diagnostic, &texts)),
            Format::Json => text.push_str(&frame::json(diagnostic, &texts)),
            Format::Github => text.push_str(&frame::github(diagnostic, &texts)),
        }
        text.push('\n');
    }
    print(out, &text)
}

/// Writes a message to standard error.
pub(super) fn say(message: &Phrase) -> Result<(), Failure> {
    print(&mut io::stderr(), &format!("{}\n", message.in_tongue(tongue())))
}

/// The language that the environment asks for.
pub(super) fn tongue() -> Tongue {
    let value = |name: &str| env::var(name).ok();
    let (all, messages, lang) = (value("LC_ALL"), value("LC_MESSAGES"), value("LANG"));
    Tongue::of_locale(all.as_deref(), messages.as_deref(), lang.as_deref())
}

/// What is said where results cannot be written.
pub(super) fn unwritten(error: &io::Error) -> Failure {
    let failure = Failure::io_at(say!("write"), say!("the output"), error);
    match error.kind() {
        // No site is at stake.
        io::ErrorKind::StorageFull => Failure {
            help: say!("free some space, and run the command again"),
            ..failure
        },
        _ => failure,
    }
}

/// Writes text. A reader that has gone away, as `head` does, is no failure.
pub(super) fn print(out: &mut dyn Write, text: &str) -> Result<(), Failure> {
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(unwritten(&error)),
        _ => Ok(()),
    }
}

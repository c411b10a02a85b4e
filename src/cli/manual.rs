//! `kezako completions` and `kezako man`: both are made from the description of the command line itself.

use std::io;
use std::path::PathBuf;

use clap::{Command, CommandFactory as _};
use clap_mangen::Man as Page;

use super::args::{Arguments, Completions, Man};
use super::commands::{pages as counted, print, say, tongue};
use super::french;
use crate::phrase::say;
use crate::shell::{Failure, put};
use crate::tongue::Tongue;

/// Prints a script for a shell.
pub(super) fn completions(arguments: &Completions) -> Result<bool, Failure> {
    let mut script = Vec::new();
    let mut command = Arguments::command();
    if tongue() == Tongue::French {
        command.build();
        command = french::described(command);
    }
    clap_complete::generate(arguments.shell, &mut command, "kezako", &mut script);
    print(&mut io::stdout(), &String::from_utf8_lossy(&script))?;
    Ok(true)
}

/// Prints one manual page, or writes them all.
pub(super) fn man(arguments: &Man) -> Result<bool, Failure> {
    // `help` repeats every command.
    let mut root = Arguments::command().disable_help_subcommand(true);
    root.build();
    if tongue() == Tongue::French {
        root = french::described(root);
    }
    let Some(out) = &arguments.out else {
        let page = named(&root, &arguments.command)?;
        print(&mut io::stdout(), &rendered(&page))?;
        return Ok(true);
    };
    let pages = pages(&root);
    for page in &pages {
        let path: PathBuf = out.join(page.get_filename());
        put(&path, rendered(page).as_bytes())?;
    }
    say(&say!(
        "wrote {pages} to `{out}`",
        pages = counted(pages.len()),
        out = out.display()
    ))?;
    Ok(true)
}

/// The page of a command that is named by its words: `new`, `claim`.
fn named(root: &Command, words: &[String]) -> Result<Page, Failure> {
    let mut command = root;
    for word in words {
        command = command.find_subcommand(word).ok_or_else(|| {
            let known: Vec<&str> = command.get_subcommands().map(Command::get_name).collect();
            let help = match (crate::text::nearest(word, known.iter().copied()), &known[..]) {
                (Some(near), _) => say!("did you mean `{near}`?", near),
                (None, []) => say!("leave that word out"),
                (None, _) => say!("there are {list}", list = crate::yaml::list(&known)),
            };
            Failure::new(say!("there is no command `{word}`", word), help)
        })?;
    }
    Ok(Page::new(command.clone()))
}

/// The pages of a command and of all below it.
fn pages(command: &Command) -> Vec<Page> {
    let below = command.get_subcommands().flat_map(pages);
    below.chain([Page::new(command.clone())]).collect()
}

fn rendered(page: &Page) -> String {
    let mut text = Vec::new();
    // Writing to memory does not fail.
    let _ = page.render(&mut text);
    let text = String::from_utf8_lossy(&text);
    match tongue() {
        Tongue::English => text.into_owned(),
        Tongue::French => french::page(&text),
    }
}

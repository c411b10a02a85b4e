//! The command line: arguments in, exit code out.

mod args;
mod commands;
mod coverage;
mod fmt;
mod french;
mod glossary;
mod init;
mod intake;
mod lsp;
mod manual;
mod new;
mod progress;
mod quote;
mod serve;
mod session;
mod watch;

use std::process::ExitCode;

use clap::Parser as _;
use clap::error::ErrorKind;

use args::{Arguments, Command};

use crate::shell::{self, Failure};
use crate::tongue::Tongue;

/// The site has no error.
const GOOD: u8 = 0;
/// The site has problems.
const PROBLEMS: u8 = 1;
/// The command was used wrongly, or the machine failed.
const FAILURE: u8 = 2;

/// Runs the program with the process's arguments.
pub fn run() -> ExitCode {
    if let Some(format) = shell::asked_apart() {
        return ExitCode::from(if shell::answer_apart(format).is_ok() {
            GOOD
        } else {
            FAILURE
        });
    }
    let tongue = commands::tongue();
    let parsed = match tongue {
        Tongue::English => Arguments::try_parse(),
        Tongue::French => french::parse(),
    };
    let arguments = match parsed {
        Ok(arguments) => arguments,
        Err(error) => {
            // Help and version are answers; everything else is wrong usage. A closed pipe is no reason to complain.
            let asked = matches!(error.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion);
            let _ = match tongue {
                Tongue::English => error.print(),
                Tongue::French => error.apply::<french::Mistake>().print(),
            };
            return ExitCode::from(if asked { GOOD } else { FAILURE });
        }
    };
    let done = match &arguments.command {
        Command::Build(build) if build.watch => watch::watch(build, &arguments),
        Command::Serve(serve) => serve::serve(serve, &arguments),
        Command::Build(build) => commands::build(build, &arguments),
        Command::Check(check) => commands::check(check, &arguments),
        Command::Explain(explain) => commands::explain(explain),
        Command::Quote(quote) => quote::quote(quote, &arguments),
        Command::New(new) => new::new(new, &arguments),
        Command::Init(init) => init::init(init),
        Command::Fmt(fmt) => fmt::fmt(fmt, &arguments),
        Command::Coverage(coverage) => coverage::coverage(coverage, &arguments),
        Command::Completions(completions) => manual::completions(completions),
        Command::Man(man) => manual::man(man),
        Command::Lsp => lsp::lsp(&arguments),
        Command::Glossary(glossary) => glossary::print(glossary, &arguments),
    };
    match done {
        Ok(true) => ExitCode::from(GOOD),
        Ok(false) => ExitCode::from(PROBLEMS),
        Err(failure) => {
            report_failure(&failure);
            ExitCode::from(FAILURE)
        }
    }
}

fn report_failure(failure: &Failure) {
    use std::io::Write;
    let _ = writeln!(std::io::stderr(), "{}", failure.told().in_tongue(commands::tongue()));
}

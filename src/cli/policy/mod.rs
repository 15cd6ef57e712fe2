//! `referral-guide policy`: makes, checks, tests, builds, compares and prints packs, without a Rust toolchain.

mod diff;
mod docs;
mod lint;
mod scaffold;
mod test;
mod why;
mod words;

use super::pack;
use clap::Subcommand;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Work on a policy pack
#[derive(Subcommand)]
pub enum Command {
    /// Makes the folder of a new pack, with comments that say what goes where
    New(scaffold::Arguments),
    /// Says everything that is wrong with a pack, at its file and line
    Check {
        /// Folder of the pack
        dir: PathBuf,
        /// Warns of what was to be read again by this day (YYYY-MM-DD)
        #[arg(long, value_name = "DATE")]
        as_of: Option<String>,
    },
    /// Runs the pack's own cases, and those of the pack that it extends
    Test(test::Arguments),
    /// Builds a pack into the one JSON file that hosts load
    Build {
        /// Folder of the pack
        dir: PathBuf,
        /// Where to write it (default: beside the folder)
        #[arg(long, short)]
        out: Option<PathBuf>,
        /// As it is embedded for the web: without what only people read of it
        #[arg(long)]
        embedded: bool,
        /// Build although examples fail; for work in progress, never for release
        #[arg(long, hide = true)]
        force: bool,
    },
    /// Says what differs between two packs, in words and in verdicts
    Diff(diff::Arguments),
    /// Makes the whole pack one page to read, print and sign
    Docs(docs::Arguments),
    Why(why::Arguments),
}

pub fn run(command: &Command) -> Result<ExitCode, String> {
    match command {
        Command::New(arguments) => scaffold::run(arguments),
        Command::Check { dir, as_of } => check(dir, as_of.as_deref()),
        Command::Test(arguments) => test::run(arguments),
        Command::Build { dir, out, embedded, force } => build(dir, out.as_deref(), *embedded, *force),
        Command::Diff(arguments) => diff::run(arguments),
        Command::Docs(arguments) => docs::run(arguments),
        Command::Why(arguments) => why::run(arguments),
    }
}

fn check(dir: &Path, as_of: Option<&str>) -> Result<ExitCode, String> {
    let loaded = pack::load(dir)?;
    let policy = loaded.compile()?;
    let problems = lint::problems(&loaded);
    if !problems.is_empty() {
        return Err(loaded.explain(&referral_guide::policy::PolicyError { problems }));
    }
    let overdue = match as_of {
        None => Vec::new(),
        Some(day) => lint::overdue(&loaded.pack, day)?,
    };
    for problem in &overdue {
        anstream::println!("warning: {}{}: {}", loaded.place(&problem.place), problem.place, problem.message);
    }
    let base = loaded.pack.policy.extends.as_deref().map(|base| format!(", over {base}")).unwrap_or_default();
    let warned = match overdue.len() {
        0 => String::new(),
        1 => ", 1 warning".to_owned(),
        more => format!(", {more} warnings"),
    };
    anstream::println!("{}: no problems{warned} ({} concepts, {} indicators{base})", dir.display(), policy.concepts.len(), policy.indicators.len());
    Ok(ExitCode::SUCCESS)
}

fn build(dir: &Path, out: Option<&Path>, embedded: bool, force: bool) -> Result<ExitCode, String> {
    let loaded = pack::load(dir)?;
    if !force {
        loaded.compile()?;
    }
    let out = out.map_or_else(|| dir.with_extension("json"), Path::to_owned);
    let pack = if embedded { pack::embedded(&loaded.pack) } else { pack::compact(&loaded.pack) };
    let json = serde_json::to_string(&pack).map_err(|error| error.to_string())?;
    std::fs::write(&out, json + "\n").map_err(|error| format!("{}: {error}", out.display()))?;
    anstream::println!("{}", out.display());
    Ok(ExitCode::SUCCESS)
}

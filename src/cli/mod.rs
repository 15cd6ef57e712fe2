//! Arguments, files, printing, exit codes.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "printing is what a command line is for")]

mod audit;
mod check;
mod explain;
mod extend;
mod features;
mod feedback;
mod few;
mod html;
mod join;
mod pack;
mod pack_schema;
mod policy;
mod print;
mod receipt;
mod schema;
mod score;
mod stats;
mod whole;
mod words;

use clap::{Parser, Subcommand};
use std::path::PathBuf;
use std::process::ExitCode;

/// Guides police officers as they write child-protection referrals.
#[derive(Parser)]
#[command(name = "referral-guide", version, about, after_help = "Exit codes of check: 0 complete, 1 something required is open, 2 bad input.")]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    Check(check::Arguments),
    Print(print::Arguments),
    Verify(receipt::Arguments),
    Audit(audit::Arguments),
    Feedback(feedback::Arguments),
    Explain(explain::Arguments),
    #[command(subcommand)]
    Policy(policy::Command),
    Score(score::Arguments),
    Schema(schema::Arguments),
    #[command(hide = true)]
    Features(features::Arguments),
}

/// Which policy to judge by.
#[derive(clap::Args, Clone, Debug)]
struct PolicyArguments {
    /// A policy pack: a folder of TOML files or a built JSON file. Default: England's, built in
    #[arg(long, value_name = "DIR|FILE")]
    policy: Option<PathBuf>,
    /// Language of the messages, where the pack has it (cy for Welsh)
    #[arg(long, value_name = "TAG")]
    locale: Option<String>,
}

impl PolicyArguments {
    fn guide(&self) -> Result<referral_guide::Guide, String> {
        let guide = match &self.policy {
            None => referral_guide::Guide::new(),
            Some(path) => {
                let pack = pack::load(path)?;
                referral_guide::Guide::with_pack(pack.pack.clone()).map_err(|error| pack.explain(&error))?
            }
        };
        Ok(guide.in_language(self.locale.as_deref()))
    }
}

/// Runs the command that the arguments name.
pub fn run() -> ExitCode {
    let arguments = Arguments::parse();
    let done = match arguments.command {
        Command::Check(arguments) => check::run(&arguments),
        Command::Print(arguments) => print::run(&arguments),
        Command::Verify(arguments) => receipt::run(&arguments),
        Command::Audit(arguments) => audit::run(&arguments),
        Command::Feedback(arguments) => feedback::run(&arguments),
        Command::Explain(arguments) => explain::run(&arguments),
        Command::Policy(command) => policy::run(&command),
        Command::Score(arguments) => score::run(&arguments),
        Command::Schema(arguments) => schema::run(&arguments),
        Command::Features(arguments) => features::run(&arguments),
    };
    match done {
        Ok(code) => code,
        Err(message) => {
            anstream::eprintln!("referral-guide: {message}");
            ExitCode::from(2)
        }
    }
}

/// The text of a file, or of standard input for `-`.
fn read(path: &std::path::Path) -> Result<String, String> {
    let bytes = if path.as_os_str() == "-" {
        let mut bytes = Vec::new();
        std::io::Read::read_to_end(&mut std::io::stdin().lock(), &mut bytes).map(|_| bytes)
    } else {
        std::fs::read(path)
    }
    .map_err(|error| format!("{}: {error}", path.display()))?;
    String::from_utf8(bytes).map_err(|_| format!("{}: is not UTF-8 text", path.display()))
}

//! `referral-guide feedback`: what children's social care decided, joined to receipts.

mod cases;
mod days;
mod learn;
mod outcome;
mod text;

pub use outcome::Outcome;

use super::PolicyArguments;
use super::join::Key;
use cases::Cases;
use days::Calendar;
use std::path::PathBuf;
use std::process::ExitCode;

/// Joins decisions to receipts: what to chase, what was missed, what led to help
#[derive(clap::Args)]
#[command(after_help = "Examples:
  referral-guide audit forms.ndjson --out audit --key key.txt
  referral-guide feedback outcomes.ndjson --receipts audit/receipts.ndjson --key key.txt --as-of 2026-11-23

An outcome a line: {\"reference\": \"22/004512/26\", \"receivedAt\": \"2026-11-20\", \"decision\": \"section-47\", \"decidedAt\": \"2026-11-23\"};
schemas/outcome.schema.json says the rest. It proposes, and never changes a policy.
Exit codes: 0 every line was read, 2 a line or a file was not.")]
pub struct Arguments {
    /// Decisions as NDJSON, one a line; - reads standard input
    outcomes: PathBuf,
    /// Receipts of `audit --key`
    #[arg(long, required = true, num_args = 1.., value_name = "FILE")]
    receipts: Vec<PathBuf>,
    /// The key that the receipts were marked with
    #[arg(long, value_name = "FILE")]
    key: PathBuf,
    /// The day to count working days to: 2026-11-23
    #[arg(long, value_name = "DATE")]
    as_of: String,
    /// Bank holidays: a date a line, or the file at gov.uk/bank-holidays.json. Without it only weekends count
    #[arg(long, value_name = "FILE")]
    bank_holidays: Option<PathBuf>,
    /// How to print
    #[arg(long, value_parser = ["text", "json"], default_value = "text")]
    format: String,
    #[command(flatten)]
    policy: PolicyArguments,
}

pub fn run(arguments: &Arguments) -> Result<ExitCode, String> {
    let as_of = days::day(&arguments.as_of).ok_or("--as-of is no date; write it as 2026-11-23")?;
    let calendar = arguments.bank_holidays.as_deref().map_or_else(|| Ok(Calendar::default()), Calendar::load)?;
    let cases = Cases::read(&arguments.receipts, &arguments.outcomes, &Key::load(&arguments.key)?)?;
    let guide = arguments.policy.guide()?;
    let found = learn::learn(&cases, &guide.policy().pack, as_of, &calendar);
    if arguments.format == "json" {
        anstream::println!("{}", serde_json::to_string_pretty(&found).map_err(|error| error.to_string())?);
    } else {
        anstream::print!("{}", text::text(&found));
    }
    Ok(ExitCode::from(if cases.bad == 0 { 0 } else { 2 }))
}

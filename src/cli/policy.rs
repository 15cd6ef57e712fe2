//! `referral-guide policy`: checks and builds packs, without a Rust toolchain.

use super::pack;
use clap::Subcommand;
use referral_guide::policy::Policy;
use std::path::PathBuf;
use std::process::ExitCode;

/// Work on a policy pack
#[derive(Subcommand)]
pub enum Command {
    /// Says everything that is wrong with a pack, at its file and line
    Check {
        /// Folder of the pack
        dir: PathBuf,
    },
    /// Builds a pack into the one JSON file that hosts load
    Build {
        /// Folder of the pack
        dir: PathBuf,
        /// Where to write it (default: beside the folder)
        #[arg(long, short)]
        out: Option<PathBuf>,
        /// Build although examples fail; for work in progress, never for release
        #[arg(long, hide = true)]
        force: bool,
    },
}

pub fn run(command: &Command) -> Result<ExitCode, String> {
    match command {
        Command::Check { dir } => {
            let loaded = pack::load(dir)?;
            let policy = Policy::compile(loaded.pack.clone()).map_err(|error| loaded.explain(&error))?;
            let problems = referral_guide::check_examples(&policy);
            if !problems.is_empty() {
                return Err(loaded.explain(&referral_guide::policy::PolicyError { problems }));
            }
            anstream::println!("{}: no problems ({} concepts, {} indicators)", dir.display(), policy.concepts.len(), policy.indicators.len());
            Ok(ExitCode::SUCCESS)
        }
        Command::Build { dir, out, force } => {
            let loaded = pack::load(dir)?;
            let policy = Policy::compile(loaded.pack.clone()).map_err(|error| loaded.explain(&error))?;
            let problems = referral_guide::check_examples(&policy);
            if !problems.is_empty() && !force {
                return Err(loaded.explain(&referral_guide::policy::PolicyError { problems }));
            }
            let out = out.clone().unwrap_or_else(|| dir.with_extension("json"));
            let json = serde_json::to_string(&pack::compact(&loaded.pack)).map_err(|error| error.to_string())?;
            std::fs::write(&out, json + "\n").map_err(|error| format!("{}: {error}", out.display()))?;
            anstream::println!("{}", out.display());
            Ok(ExitCode::SUCCESS)
        }
    }
}

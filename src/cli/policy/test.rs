//! `referral-guide policy test`: the pack's own cases.

use crate::cli::pack::{self, Loaded};
use crate::cli::score::{Item, wrong};
use referral_guide::{Guide, form};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Runs the pack's own cases, and those of the pack that it extends
#[derive(clap::Args)]
#[command(after_help = "Cases are lines of cases/*.ndjson in the folder of the pack, each a form or a text with what is expected of it.
Exit codes: 0 every case as expected, 1 some not, 2 the pack or a case cannot be read.")]
pub struct Arguments {
    /// Folder of the pack
    dir: PathBuf,
    /// Case files to run beside its own
    #[arg(long, value_name = "FILE", num_args = 1..)]
    cases: Vec<PathBuf>,
}

pub fn run(arguments: &Arguments) -> Result<ExitCode, String> {
    let loaded = pack::load(&arguments.dir)?;
    let guide = Guide::by(loaded.compile()?);
    let mut files = case_files(&arguments.dir)?;
    let own = files.len();
    let mut below = loaded.base.as_deref();
    while let Some(base) = below {
        files.extend(folder(base).map_or(Ok(Vec::new()), case_files)?);
        below = base.base.as_deref();
    }
    files.extend(arguments.cases.iter().cloned());
    let (mut cases, mut failed) = (0, 0);
    for file in &files {
        for (number, line) in crate::cli::read(file)?.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
            let place = format!("{}:{}", file.display(), number + 1);
            let item = Item::read(line).map_err(|error| format!("{place}: {error}"))?;
            let (form, problems) = form::decode_value(item.form.clone());
            let wrong = wrong(&item, &guide.check(&form, problems));
            cases += 1;
            if !wrong.is_empty() {
                failed += 1;
                anstream::println!("{place}: {}: {}", item.id, wrong.join("; "));
            }
        }
    }
    if own == 0 {
        anstream::println!("{}: has no cases of its own; put some into cases/", arguments.dir.display());
    }
    anstream::println!("{}: {} of {cases} cases as expected", arguments.dir.display(), cases - failed);
    Ok(ExitCode::from(u8::from(failed > 0)))
}

/// The folder that a pack was read from.
fn folder(loaded: &Loaded) -> Option<&Path> {
    loaded.file("policy.id").and_then(Path::parent)
}

fn case_files(dir: &Path) -> Result<Vec<PathBuf>, String> {
    pack::files(&dir.join("cases"), "ndjson")
}

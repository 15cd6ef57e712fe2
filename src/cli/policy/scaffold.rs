//! `referral-guide policy new`: a folder to start from.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Makes the folder of a new pack, with comments that say what goes where
#[derive(clap::Args)]
#[command(after_help = "Example:
  referral-guide policy new policies/westshire --extends england")]
pub struct Arguments {
    /// Folder to make; its name becomes the pack's id
    dir: PathBuf,
    /// The pack to add to: a folder or a built file beside the new folder, or england, which is built in
    #[arg(long, value_name = "PACK", default_value = "england")]
    extends: String,
}

/// What a new pack holds: file, and text with `{id}` and `{base}` to fill.
const FILES: &[(&str, &str)] = &[
    ("policy.toml", include_str!("scaffold/policy.toml")),
    ("settings.toml", include_str!("scaffold/settings.toml")),
    ("sources.toml", include_str!("scaffold/sources.toml")),
    ("findings.toml", include_str!("scaffold/findings.toml")),
    ("concepts/local.toml", include_str!("scaffold/concepts.toml")),
    ("indicators/local.toml", include_str!("scaffold/indicators.toml")),
    ("cases/local.ndjson", include_str!("scaffold/cases.ndjson")),
];

pub fn run(arguments: &Arguments) -> Result<ExitCode, String> {
    let dir = &arguments.dir;
    let id = dir.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    if id.is_empty() || !id.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-') {
        return Err(format!("{}: a pack's name is small letters, digits and hyphens", dir.display()));
    }
    if dir.exists() {
        return Err(format!("{}: is there already; nothing was written", dir.display()));
    }
    for (name, text) in FILES {
        let file = dir.join(name);
        let write = |file: &Path| -> std::io::Result<()> {
            std::fs::create_dir_all(file.parent().unwrap_or(dir))?;
            std::fs::write(file, text.replace("{id}", &id).replace("{base}", &arguments.extends))
        };
        write(&file).map_err(|error| format!("{}: {error}", file.display()))?;
        anstream::println!("{}", file.display());
    }
    anstream::println!("\nNext: change them, then `referral-guide policy check {0}` and `referral-guide policy test {0}`.", dir.display());
    Ok(ExitCode::SUCCESS)
}

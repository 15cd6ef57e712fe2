//! Where a run stands, so that one that was interrupted can go on.

use super::count::Totals;
use super::lines::Mark;
use crate::cli::whole;
use serde::{Deserialize, Serialize};
use std::path::Path;

/// What a run was asked to do. Only the same run can go on.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Task {
    /// Version of the engine.
    pub engine: String,
    /// Hash of the policy.
    pub policy: String,
    /// The files, as named.
    pub files: Vec<String>,
    /// Whether officers' themes were asked for.
    pub officers: bool,
    /// The print of the key that marks references.
    pub key: Option<String>,
}

/// How far it came.
#[derive(Serialize, Deserialize)]
pub struct Saved {
    /// What it does.
    pub task: Task,
    /// Where it is in the files.
    pub mark: Mark,
    /// Bytes of receipts that are on the disk.
    pub receipts: u64,
    /// What it counted.
    pub totals: Totals,
}

impl Saved {
    /// Reads it.
    pub fn load(path: &Path, task: &Task) -> Result<Saved, String> {
        let text = std::fs::read_to_string(path).map_err(|error| match error.kind() {
            std::io::ErrorKind::NotFound => format!("{}: there is no interrupted run to go on with; start without --resume", path.display()),
            _ => format!("{}: {error}", path.display()),
        })?;
        let saved: Saved = serde_json::from_str(&text).map_err(|_| format!("{}: cannot be read; start anew with --restart", path.display()))?;
        if saved.task != *task {
            return Err(
                "the interrupted run had other files, another policy, key or version, or other options; give the same, or start anew with --restart".into()
            );
        }
        Ok(saved)
    }

    /// Writes it, whole or not at all.
    pub fn save(&self, path: &Path) -> std::io::Result<()> {
        whole::write(path, &serde_json::to_vec(self)?)
    }
}

//! Files that are whole or not there: written beside their name, synced, and only then given it.

use std::fs::File;
use std::io::{Result, Write as _};
use std::path::{Path, PathBuf};

/// The name under which a file is written until it is whole.
pub fn part(path: &Path) -> PathBuf {
    let mut part = path.as_os_str().to_owned();
    part.push(".part");
    part.into()
}

/// Writes a file so that it is never seen half-written, by a reader or after a loss of power.
pub fn write(path: &Path, bytes: &[u8]) -> Result<()> {
    // A pipe or a device cannot be replaced.
    if path.metadata().is_ok_and(|data| !data.is_file()) {
        return std::fs::write(path, bytes);
    }
    let part = part(path);
    let mut file = File::create(&part)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    finish(&part, path)
}

/// Gives a file that is whole and synced its name.
pub fn finish(part: &Path, path: &Path) -> Result<()> {
    std::fs::rename(part, path)?;
    // The new name itself has to reach the disk too; not every system can sync a folder.
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    if let Ok(folder) = File::open(folder) {
        let _ = folder.sync_all();
    }
    Ok(())
}

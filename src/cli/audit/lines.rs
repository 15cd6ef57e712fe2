//! Forms, one a line, read from several files a block at a time, from the start or from where a run stopped.

use crate::cli::receipt;
use serde::{Deserialize, Serialize};
use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};

/// Lines that are read before they are checked together.
const BLOCK_LINES: usize = 1_000;
/// A block ends earlier at so many bytes, so that long lines cost no more memory.
const BLOCK_BYTES: u64 = 16 << 20;
/// Longest line that is read.
const LONGEST_LINE: usize = 64 << 20;

/// A place between two lines of the files, with what is needed to find it again and to know that it is the same place.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Mark {
    /// Index of the file.
    pub file: usize,
    /// Bytes of it that were read.
    offset: u64,
    /// Lines of it that were read.
    lines: usize,
    /// Length and hash of the last of them.
    last: (u64, String),
}

/// Lines that are checked together; all of one file.
#[derive(Default)]
pub struct Block {
    /// Number and text of each line that is not blank, or why it cannot be read.
    pub lines: Vec<(usize, Result<String, String>)>,
    /// Bytes read for them.
    pub bytes: u64,
    /// Where they end.
    pub end: Mark,
}

type Source = Box<dyn BufRead + Send>;

/// The lines of all files, in order.
pub struct Lines {
    paths: Vec<PathBuf>,
    sources: std::vec::IntoIter<Source>,
    source: Option<Source>,
    at: Mark,
    /// Bytes in all files together, where that is known.
    pub length: Option<u64>,
}

impl Lines {
    /// Opens every file first: one that is not there is known before an hour is spent on the others.
    pub fn open(paths: &[PathBuf]) -> Result<Lines, String> {
        let (mut sources, mut length) = (Vec::new(), Some(0));
        for path in paths {
            let (source, bytes) = open(path)?;
            sources.push(source);
            length = length.zip(bytes).map(|(sum, bytes)| sum + bytes);
        }
        let mut sources = sources.into_iter();
        let source = sources.next();
        Ok(Lines { paths: paths.to_vec(), sources, source, at: Mark::default(), length })
    }

    /// Goes to where an earlier run stopped, and makes sure that it is the same place of the same file. Returns the bytes gone past.
    pub fn go_to(&mut self, mark: &Mark) -> Result<u64, String> {
        let mut gone = 0;
        while self.at.file < mark.file {
            gone += self.paths[self.at.file].metadata().map_or(0, |data| data.len());
            self.next_file();
        }
        let Some(path) = self.paths.get(mark.file) else { return Ok(gone) };
        let changed = || format!("{}: is not the file that the interrupted run read; start anew without --resume", path.display());
        let source = self.source.as_mut().ok_or_else(changed)?;
        let say = |error: std::io::Error| format!("{}: {error}", path.display());
        let before = mark.offset.saturating_sub(mark.last.0);
        if std::io::copy(&mut source.take(before), &mut std::io::sink()).map_err(say)? != before {
            return Err(changed());
        }
        let mut last = Vec::new();
        source.take(mark.last.0).read_to_end(&mut last).map_err(say)?;
        if mark.last.0 > 0 && receipt::hash(&String::from_utf8_lossy(&last)) != mark.last.1 {
            return Err(changed());
        }
        self.at = mark.clone();
        Ok(gone + mark.offset)
    }

    fn next_file(&mut self) {
        self.source = self.sources.next();
        self.at = Mark { file: self.at.file + 1, ..Mark::default() };
    }

    /// Up to a block of lines with their numbers, blank ones left out; no bytes at the end of the last file.
    pub fn block(&mut self) -> Result<Block, String> {
        while self.source.is_some() {
            let block = self.block_of_file().map_err(|error| format!("{}: {error}", self.paths[self.at.file].display()))?;
            if block.bytes > 0 {
                return Ok(block);
            }
            self.next_file();
        }
        Ok(Block { end: self.at.clone(), ..Block::default() })
    }

    fn block_of_file(&mut self) -> std::io::Result<Block> {
        let mut block = Block::default();
        let Some(source) = &mut self.source else { return Ok(block) };
        self.at.last = (0, String::new());
        while block.lines.len() < BLOCK_LINES && block.bytes < BLOCK_BYTES {
            let mut line = Vec::new();
            let mut read = source.take(LONGEST_LINE as u64).read_until(b'\n', &mut line)?;
            if read == 0 {
                break;
            }
            let mut text = Ok(());
            if read == LONGEST_LINE && line.last() != Some(&b'\n') {
                line = Vec::new();
                read += skip_line(source)?;
                text = Err(format!("is longer than {} MB", LONGEST_LINE >> 20));
            }
            block.bytes += read as u64;
            self.at.lines += 1;
            if text.is_ok() && line.iter().all(u8::is_ascii_whitespace) {
                continue;
            }
            block.lines.push((self.at.lines, text.and_then(|()| String::from_utf8(line).map_err(|_| "is not UTF-8 text".to_owned()))));
        }
        self.at.offset += block.bytes;
        // Where the last line is blank or no text, the number of bytes has to do.
        if let Some((_, Ok(text))) = block.lines.last().filter(|(number, _)| *number == self.at.lines) {
            self.at.last = (text.len() as u64, receipt::hash(text));
        }
        block.end = self.at.clone();
        Ok(block)
    }
}

fn open(path: &Path) -> Result<(Source, Option<u64>), String> {
    if path.as_os_str() == "-" {
        return Ok((Box::new(BufReader::new(std::io::stdin())), None));
    }
    let say = |error: std::io::Error| format!("{}: {error}", path.display());
    let file = File::open(path).map_err(say)?;
    let data = file.metadata().map_err(say)?;
    if data.is_dir() {
        return Err(format!("{}: is a folder, not a file of forms", path.display()));
    }
    Ok((Box::new(BufReader::with_capacity(1 << 18, file)), data.is_file().then_some(data.len())))
}

fn skip_line(source: &mut dyn BufRead) -> std::io::Result<usize> {
    let mut skipped = 0;
    loop {
        let buffer = source.fill_buf()?;
        let (length, end) = match buffer.iter().position(|byte| *byte == b'\n') {
            Some(at) => (at + 1, true),
            None => (buffer.len(), buffer.is_empty()),
        };
        source.consume(length);
        skipped += length;
        if end {
            return Ok(skipped);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &str) -> Lines {
        let source: Source = Box::new(std::io::Cursor::new(text.as_bytes().to_vec()));
        Lines { paths: vec!["forms".into()], sources: vec![].into_iter(), source: Some(source), at: Mark::default(), length: None }
    }

    #[test]
    fn goes_on_where_it_stopped_and_only_there() {
        let text: String = (1..=2_500).map(|at| if at % 7 == 0 { "\n".to_owned() } else { format!("{{\"reference\":\"{at}\"}}\n") }).collect();
        let mut first = lines(&text);
        let end = first.block().expect("memory").end;
        let mut second = lines(&text);
        second.go_to(&end).expect("the same file");
        let (a, b) = (first.block().expect("memory"), second.block().expect("memory"));
        assert_eq!(a.lines, b.lines);
        assert_eq!(a.end, b.end);
        assert!(b.lines[0].1.as_ref().is_ok_and(|line| line.contains(&format!("\"{}\"", b.lines[0].0))), "numbers are of the file's lines");
        assert!(lines(&text.replace("reference", "referense")).go_to(&end).is_err() && lines("{}").go_to(&end).is_err());
    }
}

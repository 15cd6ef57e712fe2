//! `referral-guide audit`: a backlog of forms in, receipts and a page of counts out; never a typed word of a case.

mod count;
mod lines;
mod officers;
mod page;
mod saved;

use super::join::Key;
use super::{PolicyArguments, receipt, whole};
use count::{Group, Totals};
use indicatif::{ProgressBar, ProgressStyle};
use lines::{Block, Lines};
use officers::{Mark, Officers};
use rayon::prelude::*;
use referral_guide::Guide;
use referral_guide::form;
use saved::{Saved, Task};
use std::fs::{File, OpenOptions};
use std::io::{BufWriter, IsTerminal, Seek, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::{Duration, Instant};

/// How often it is written down how far the run came.
const SAVE_EVERY: Duration = Duration::from_secs(5);

/// Checks many forms: a receipt for each, and a page of counts for supervisors
#[derive(clap::Args)]
#[command(after_help = "Examples:
  referral-guide audit forms.ndjson --out audit
  zcat forms.ndjson.gz | referral-guide audit - --out audit
  referral-guide audit forms.ndjson --out audit --resume     after an interruption

Writes DIR/receipts.ndjson and DIR/report.html. Neither holds typed text, except the names of teams with five forms or more.
Both are there only once the whole run is done. With --officers also DIR/officers.html, which holds names and references.
Exit codes: 0 every line was read, 2 a line or a file was not.")]
pub struct Arguments {
    /// Forms as NDJSON, one a line; - reads standard input
    #[arg(required = true)]
    files: Vec<PathBuf>,
    /// Folder for the receipts and the report
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    /// Goes on with a run that was interrupted
    #[arg(long, conflicts_with = "restart")]
    resume: bool,
    /// Starts anew where a run was interrupted
    #[arg(long)]
    restart: bool,
    /// Marks each receipt with a hash of its reference, keyed with this file, so that `feedback` can join it to a decision
    #[arg(long, value_name = "FILE")]
    key: Option<PathBuf>,
    /// Also writes DIR/officers.html: what officers could learn, with forms to read; for their own sergeant
    #[arg(long)]
    officers: bool,
    /// Threads to check on. Default: one a core
    #[arg(long, value_name = "N")]
    threads: Option<usize>,
    #[command(flatten)]
    policy: PolicyArguments,
}

pub fn run(arguments: &Arguments) -> Result<ExitCode, String> {
    let guide = arguments.policy.guide()?;
    let key = arguments.key.as_deref().map(Key::load).transpose()?;
    let job = Job { hash: receipt::policy_hash(&guide.policy().pack), guide, key, officers: arguments.officers };
    let pool = rayon::ThreadPoolBuilder::new().num_threads(arguments.threads.unwrap_or(0)).build().map_err(|error| error.to_string())?;
    let mut lines = Lines::open(&arguments.files)?;
    std::fs::create_dir_all(&arguments.out).map_err(|error| say(&arguments.out, error))?;
    let task = Task {
        engine: env!("CARGO_PKG_VERSION").into(),
        policy: job.hash.clone(),
        files: arguments.files.iter().map(|path| path.display().to_string()).collect(),
        officers: job.officers,
        key: job.key.as_ref().map(Key::print),
    };
    let mut out = Output::open(arguments, task)?;
    let gone = lines.go_to(&out.saved.mark)?;
    let bar = progress(lines.length);
    bar.set_position(gone);

    // While one block is checked, the one before it is written and the next is read.
    let (mut ready, mut done) = (lines.block()?, None);
    while ready.bytes > 0 || done.is_some() {
        let (texts, file) = (std::mem::take(&mut ready.lines), ready.end.file);
        let check = || texts.into_par_iter().map(|(line, text)| (line, text.and_then(|text| job.check(&text, file, line)))).collect();
        let mut write = || done.take().map_or(Ok(()), |(block, results)| out.add(&block, results, &arguments.files, &bar));
        let (results, next): (Results, _) = pool.install(|| rayon::join(check, || write().and_then(|()| lines.block())));
        let next = next?;
        let block = std::mem::replace(&mut ready, next);
        done = (block.bytes > 0).then_some((block, results));
    }
    bar.finish_and_clear();
    out.finish(&job)
}

fn say(path: &Path, error: std::io::Error) -> String {
    format!("{}: {error}", path.display())
}

fn progress(length: Option<u64>) -> ProgressBar {
    if !std::io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    match length {
        Some(length) => {
            let style = ProgressStyle::with_template("{bar:40} {percent}% of {total_bytes}, {eta} left").unwrap_or_else(|_| ProgressStyle::default_bar());
            ProgressBar::new(length).with_style(style)
        }
        None => {
            ProgressBar::new_spinner().with_style(ProgressStyle::with_template("{spinner} {bytes} read").unwrap_or_else(|_| ProgressStyle::default_spinner()))
        }
    }
}

/// What is done with each form.
struct Job {
    guide: Guide,
    /// Of the policy.
    hash: String,
    key: Option<Key>,
    officers: bool,
}

/// A form that was checked.
struct Checked {
    receipt: String,
    /// Of the form.
    hash: String,
    /// Where it stands, without a word of it.
    place: String,
    month: Option<String>,
    team: String,
    group: Group,
    officer: Option<Mark>,
}

type Results = Vec<(usize, Result<Checked, String>)>;

impl Job {
    fn check(&self, text: &str, file: usize, line: usize) -> Result<Checked, String> {
        // A byte-order mark is common at the head of exported files.
        let text = text.trim_start_matches('\u{feff}');
        let (form, problems) = form::decode(text);
        if let Some(problem) = problems.iter().find(|problem| problem.path.is_empty()) {
            // "line 1, column 7" is of the form: its column helps, its line misleads.
            return Err(format!("the form {}", problem.message.replace("line 1, ", "")));
        }
        let report = self.guide.check(&form, problems);
        let mut receipt = receipt::of(&form, text, &report, &self.hash);
        receipt["source"] = serde_json::json!({ "file": file + 1, "line": line });
        if let Some(mark) = self.key.as_ref().and_then(|key| key.mark(form.reference.as_deref()?)) {
            receipt["referenceHmac"] = mark.into();
        }
        let place = format!("file {}, line {line}", file + 1);
        Ok(Checked {
            hash: receipt["form"]["sha256"].as_str().unwrap_or_default().to_owned(),
            receipt: receipt.to_string(),
            month: form.now().and_then(form::Moment::day).map(|day| format!("{:04}-{:02}", day.year(), u8::from(day.month()))),
            team: form.officer.team.as_deref().unwrap_or("").split_whitespace().collect::<Vec<_>>().join(" ").chars().take(60).collect(),
            group: Group::of(&form, &report),
            officer: self.officers.then(|| Mark::of(&form, &report, &place)).flatten(),
            place,
        })
    }
}

/// The folder that a run writes: under names of their own until all is whole.
struct Output<'a> {
    folder: &'a Path,
    part: PathBuf,
    state: PathBuf,
    receipts: BufWriter<File>,
    saved: Saved,
    last_save: Option<Instant>,
}

impl<'a> Output<'a> {
    fn open(arguments: &'a Arguments, task: Task) -> Result<Output<'a>, String> {
        let folder = arguments.out.as_path();
        let (part, state) = (whole::part(&folder.join("receipts.ndjson")), folder.join("interrupted.json"));
        let (file, saved) = if arguments.resume {
            let saved = Saved::load(&state, &task)?;
            let mut file = OpenOptions::new().write(true).open(&part).map_err(|error| format!("{}; start anew with --restart", say(&part, error)))?;
            if file.metadata().map_err(|error| say(&part, error))?.len() < saved.receipts {
                return Err(format!("{}: is shorter than it was; start anew with --restart", part.display()));
            }
            // What came after the last time that it was written down is made again.
            file.set_len(saved.receipts).and_then(|()| file.seek(std::io::SeekFrom::End(0))).map_err(|error| say(&part, error))?;
            (file, saved)
        } else {
            if state.exists() && !arguments.restart {
                return Err(format!("{}: a run was interrupted here; add --resume to go on with it, or --restart to start anew", folder.display()));
            }
            remove(&state)?;
            let file = File::create(&part).map_err(|error| say(&part, error))?;
            let totals = Totals { officers: task.officers.then(Officers::default), ..Totals::default() };
            (file, Saved { task, mark: lines::Mark::default(), receipts: 0, totals })
        };
        Ok(Output { folder, part, state, receipts: BufWriter::with_capacity(1 << 18, file), saved, last_save: None })
    }

    fn add(&mut self, block: &Block, results: Results, files: &[PathBuf], bar: &ProgressBar) -> Result<(), String> {
        for (line, checked) in results {
            match checked {
                Ok(checked) => {
                    writeln!(self.receipts, "{}", checked.receipt).map_err(|error| say(&self.part, error))?;
                    self.saved.receipts += checked.receipt.len() as u64 + 1;
                    self.saved.totals.add(&checked);
                }
                Err(message) => {
                    self.saved.totals.bad += 1;
                    bar.suspend(|| anstream::eprintln!("{}:{line}: {message}; skipped", files[block.end.file].display()));
                }
            }
        }
        bar.inc(block.bytes);
        self.saved.mark = block.end.clone();
        if self.last_save.is_none_or(|last| last.elapsed() >= SAVE_EVERY) {
            self.sync()?;
            self.saved.save(&self.state).map_err(|error| say(&self.state, error))?;
            self.last_save = Some(Instant::now());
        }
        Ok(())
    }

    fn sync(&mut self) -> Result<(), String> {
        self.receipts.flush().and_then(|()| self.receipts.get_ref().sync_all()).map_err(|error| say(&self.part, error))
    }

    fn finish(mut self, job: &Job) -> Result<ExitCode, String> {
        self.sync()?;
        let totals = &self.saved.totals;
        let write = |name: &str, page: maud::Markup| {
            let path = self.folder.join(name);
            whole::write(&path, page.into_string().as_bytes()).map_err(|error| say(&path, error))
        };
        // Receipts last: where they are, the rest is.
        match &totals.officers {
            Some(officers) => write("officers.html", page::officers(officers))?,
            // One of an earlier run would pass for this one's.
            None => remove(&self.folder.join("officers.html"))?,
        }
        write("report.html", page::report(&job.guide, &job.hash, totals))?;
        whole::finish(&self.part, &self.folder.join("receipts.ndjson")).map_err(|error| say(&self.part, error))?;
        remove(&self.state)?;
        anstream::eprintln!("{} forms checked, {} lines skipped; see {}", totals.all.forms, totals.bad, self.folder.join("report.html").display());
        Ok(ExitCode::from(if totals.bad == 0 { 0 } else { 2 }))
    }
}

fn remove(path: &Path) -> Result<(), String> {
    match std::fs::remove_file(path) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(say(path, error)),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn typed_text_reaches_neither_page_nor_receipt() {
        let job = Job { guide: Guide::new(), hash: "hash".into(), key: None, officers: false };
        let form = |at: usize| {
            format!(
                r#"{{"formType":"child-concern","createdAt":"2026-11-20","reference":"zqref","officer":{{"id":"zqofficer","team":"<b>Zq{}</b>"}},"children":[{{"id":"zqid","name":"Zqname","impact":"Zqimpact crying"}}]}}"#,
                if at < 3 { "small" } else { "Team" }
            )
        };
        let mut totals = Totals::default();
        let mut out = String::new();
        for at in 0..9 {
            let checked = job.check(&form(at), 0, at + 1).expect("a form");
            out.push_str(&checked.receipt);
            totals.add(&checked);
        }
        let broken = job.check("{\"zqbroken\":\n", 0, 10).err().expect("broken");
        out.push_str(&broken);
        out.push_str(&page::report(&job.guide, "hash", &totals).into_string());
        for word in ["zqofficer", "zqref", "zqid", "Zqname", "Zqimpact", "Zqsmall", "<b>", "zqbroken"] {
            assert!(!out.contains(word), "{word}");
        }
        assert!(out.contains("&lt;b&gt;ZqTeam") || out.contains("Other teams"));
        assert!(out.contains("November 2026"));
    }
}

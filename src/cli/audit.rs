//! `referral-guide audit`: a backlog of forms in, receipts and one page of counts out; never a typed word, never an officer.

use super::{PolicyArguments, receipt};
use indicatif::{ProgressBar, ProgressStyle};
use maud::{DOCTYPE, Markup, PreEscaped, html};
use rayon::prelude::*;
use referral_guide::facts::{DashState, ImpactStatus, Likely};
use referral_guide::form::{self, Referral};
use referral_guide::policy::Facet;
use referral_guide::{Guide, Report};
use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::{BufRead, BufReader, BufWriter, IsTerminal, Read, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Lines that are read before they are checked together.
const BLOCK_LINES: usize = 1_000;
/// A block ends earlier at so many bytes, so that long lines cost no more memory.
const BLOCK_BYTES: usize = 16 << 20;
/// Longest line that is read.
const LONGEST_LINE: usize = 64 << 20;
/// Counts under this are not shown.
const FEW: u64 = 5;
/// Teams kept apart; forms of any more are counted together, so that memory stays flat.
const MOST_TEAMS: usize = 2_000;
/// Months kept apart.
const MOST_MONTHS: usize = 1_200;

/// Checks many forms: a receipt for each, and a page of counts for supervisors
#[derive(clap::Args)]
#[command(after_help = "Examples:
  referral-guide audit forms.ndjson --out audit
  zcat forms.ndjson.gz | referral-guide audit - --out audit

Writes DIR/receipts.ndjson and DIR/report.html. Neither holds typed text, except the names of teams with five forms or more.
Exit codes: 0 every line was read, 2 a line or a file was not.")]
pub struct Arguments {
    /// Forms as NDJSON, one a line; - reads standard input
    #[arg(required = true)]
    files: Vec<PathBuf>,
    /// Folder for the receipts and the report
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    /// Threads to check on. Default: one a core
    #[arg(long, value_name = "N")]
    threads: Option<usize>,
    #[command(flatten)]
    policy: PolicyArguments,
}

pub fn run(arguments: &Arguments) -> Result<ExitCode, String> {
    let guide = arguments.policy.guide()?;
    let hash = receipt::policy_hash(&guide.policy().pack);
    let pool = rayon::ThreadPoolBuilder::new().num_threads(arguments.threads.unwrap_or(0)).build().map_err(|error| error.to_string())?;
    // Every file is opened first: one that is not there is known before an hour is spent on the others.
    let mut sources = Vec::new();
    for path in &arguments.files {
        sources.push(open(path)?);
    }
    let say = |path: &Path, error: std::io::Error| format!("{}: {error}", path.display());
    std::fs::create_dir_all(&arguments.out).map_err(|error| say(&arguments.out, error))?;
    let part = arguments.out.join("receipts.ndjson.part");
    let mut receipts = BufWriter::new(File::create(&part).map_err(|error| say(&part, error))?);
    let bar = progress(&sources);

    let mut totals = Totals::default();
    for (number, (path, (source, _))) in arguments.files.iter().zip(sources).enumerate() {
        let mut lines = Lines { source, next: 1 };
        loop {
            let (block, bytes) = lines.block().map_err(|error| say(path, error))?;
            if bytes == 0 {
                break;
            }
            let done: Vec<(usize, Result<Checked, String>)> = pool
                .install(|| block.into_par_iter().map(|(line, text)| (line, text.and_then(|text| check(&guide, &hash, &text, number + 1, line)))).collect());
            for (line, checked) in done {
                match checked {
                    Ok(checked) => {
                        writeln!(receipts, "{}", checked.receipt).map_err(|error| say(&part, error))?;
                        totals.add(&checked);
                    }
                    Err(message) => {
                        totals.bad += 1;
                        bar.suspend(|| anstream::eprintln!("{}:{line}: {message}; skipped", path.display()));
                    }
                }
            }
            bar.inc(bytes as u64);
        }
    }
    bar.finish_and_clear();

    receipts.into_inner().map_err(|error| say(&part, error.into_error()))?.sync_all().map_err(|error| say(&part, error))?;
    let page = page(&guide, &hash, &totals).into_string();
    let page_part = arguments.out.join("report.html.part");
    let written = File::create(&page_part).and_then(|mut file| file.write_all(page.as_bytes()).and_then(|()| file.sync_all()));
    written.map_err(|error| say(&page_part, error))?;
    for (from, to) in [(&part, "receipts.ndjson"), (&page_part, "report.html")] {
        std::fs::rename(from, arguments.out.join(to)).map_err(|error| say(from, error))?;
    }
    anstream::eprintln!("{} forms checked, {} lines skipped; see {}", totals.all.forms, totals.bad, arguments.out.join("report.html").display());
    Ok(ExitCode::from(if totals.bad == 0 { 0 } else { 2 }))
}

type Source = (Box<dyn BufRead>, Option<u64>);

fn open(path: &Path) -> Result<Source, String> {
    if path.as_os_str() == "-" {
        return Ok((Box::new(std::io::stdin().lock()), None));
    }
    let say = |error: std::io::Error| format!("{}: {error}", path.display());
    let file = File::open(path).map_err(say)?;
    let data = file.metadata().map_err(say)?;
    if data.is_dir() {
        return Err(format!("{}: is a folder, not a file of forms", path.display()));
    }
    Ok((Box::new(BufReader::with_capacity(1 << 18, file)), data.is_file().then_some(data.len())))
}

fn progress(sources: &[Source]) -> ProgressBar {
    if !std::io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    match sources.iter().map(|(_, length)| *length).sum::<Option<u64>>() {
        Some(length) => {
            let style = ProgressStyle::with_template("{bar:40} {percent}% of {total_bytes}, {eta} left").unwrap_or_else(|_| ProgressStyle::default_bar());
            ProgressBar::new(length).with_style(style)
        }
        None => {
            ProgressBar::new_spinner().with_style(ProgressStyle::with_template("{spinner} {bytes} read").unwrap_or_else(|_| ProgressStyle::default_spinner()))
        }
    }
}

struct Lines {
    source: Box<dyn BufRead>,
    next: usize,
}

type Block = Vec<(usize, Result<String, String>)>;

impl Lines {
    /// Up to a block of lines with their numbers, blank ones left out, and the bytes read: none at the end.
    fn block(&mut self) -> std::io::Result<(Block, usize)> {
        let (mut block, mut bytes) = (Vec::new(), 0);
        while block.len() < BLOCK_LINES && bytes < BLOCK_BYTES {
            let mut line = Vec::new();
            let mut read = (&mut self.source).take(LONGEST_LINE as u64).read_until(b'\n', &mut line)?;
            if read == 0 {
                break;
            }
            let mut text = Ok(());
            if read == LONGEST_LINE && line.last() != Some(&b'\n') {
                line = Vec::new();
                read += self.skip_line()?;
                text = Err(format!("is longer than {} MB", LONGEST_LINE >> 20));
            }
            bytes += read;
            let number = self.next;
            self.next += 1;
            if text.is_ok() && line.iter().all(u8::is_ascii_whitespace) {
                continue;
            }
            block.push((number, text.and_then(|()| String::from_utf8(line).map_err(|_| "is not UTF-8 text".to_owned()))));
        }
        Ok((block, bytes))
    }

    fn skip_line(&mut self) -> std::io::Result<usize> {
        let mut skipped = 0;
        loop {
            let buffer = self.source.fill_buf()?;
            let (length, end) = match buffer.iter().position(|byte| *byte == b'\n') {
                Some(at) => (at + 1, true),
                None => (buffer.len(), buffer.is_empty()),
            };
            self.source.consume(length);
            skipped += length;
            if end {
                return Ok(skipped);
            }
        }
    }
}

/// A form that was checked.
struct Checked {
    receipt: String,
    month: Option<(i32, u8)>,
    team: String,
    group: Group,
}

fn check(guide: &Guide, hash: &str, text: &str, file: usize, line: usize) -> Result<Checked, String> {
    // A byte-order mark is common at the head of exported files.
    let text = text.trim_start_matches('\u{feff}');
    let (form, problems) = form::decode(text);
    if let Some(problem) = problems.iter().find(|problem| problem.path.is_empty()) {
        // "line 1, column 7" is of the form: its column helps, its line misleads.
        return Err(format!("the form {}", problem.message.replace("line 1, ", "")));
    }
    let report = guide.check(&form, problems);
    let mut receipt = receipt::of(&form, text, &report, hash);
    receipt["source"] = serde_json::json!({ "file": file, "line": line });
    let team = form.officer.team.as_deref().unwrap_or("").split_whitespace().collect::<Vec<_>>().join(" ").chars().take(60).collect();
    Ok(Checked { receipt: receipt.to_string(), month: month(&form), team, group: Group::of(&report) })
}

fn month(form: &Referral) -> Option<(i32, u8)> {
    let at = form.now()?.at()?;
    Some((at.year(), u8::from(at.month())))
}

/// Counts over forms.
#[derive(Clone, Default)]
struct Group {
    forms: u64,
    complete: u64,
    children: u64,
    /// Missing, inadequate, described.
    impact: [u64; 3],
    /// Children for whom nothing of a facet is written.
    without: [u64; 6],
    /// Not required, not started, declined, incomplete, complete.
    dash: [u64; 5],
    /// Forms with a contradiction.
    contradicted: u64,
    /// Below, uncertain, meets, significant harm.
    threshold: [u64; 4],
    /// By question: open, contradicted; of the forms that need the questions.
    questions: BTreeMap<String, [u64; 2]>,
    /// By code: forms with it, findings open, findings overridden.
    codes: BTreeMap<String, [u64; 3]>,
}

impl Group {
    fn of(report: &Report) -> Group {
        let mut out = Group { forms: 1, complete: u64::from(report.complete), children: report.children.len() as u64, ..Group::default() };
        for child in &report.children {
            out.impact[match child.impact.status {
                ImpactStatus::Missing => 0,
                ImpactStatus::Inadequate => 1,
                ImpactStatus::Described => 2,
            }] += 1;
            for (at, facet) in Facet::ALL.iter().enumerate() {
                out.without[at] += u64::from(child.impact.facets.get(facet).is_none_or(Vec::is_empty));
            }
        }
        out.dash[match report.dash.status {
            DashState::NotRequired => 0,
            DashState::NotStarted => 1,
            DashState::Declined => 2,
            DashState::Incomplete => 3,
            DashState::Complete => 4,
        }] += 1;
        out.contradicted = u64::from(!report.dash.contradictions.is_empty());
        out.threshold[match report.threshold.likely {
            Likely::Below => 0,
            Likely::Uncertain => 1,
            Likely::Meets => 2,
            Likely::SignificantHarm => 3,
        }] += 1;
        if report.dash.status == DashState::Incomplete {
            for question in &report.dash.unanswered {
                out.questions.entry(question.clone()).or_default()[0] += 1;
            }
        }
        for found in report.dash.contradictions.iter().filter(|_| report.dash.status != DashState::NotRequired) {
            out.questions.entry(found.question.clone()).or_default()[1] = 1;
        }
        for finding in &report.findings {
            let counts = out.codes.entry(finding.code.clone()).or_default();
            counts[0] = 1;
            counts[if finding.overridden { 2 } else { 1 }] += 1;
        }
        out
    }

    fn add(&mut self, other: &Group) {
        fn sum<const N: usize>(to: &mut [u64; N], from: &[u64; N]) {
            to.iter_mut().zip(from).for_each(|(to, from)| *to += from);
        }
        self.forms += other.forms;
        self.complete += other.complete;
        self.children += other.children;
        self.contradicted += other.contradicted;
        sum(&mut self.impact, &other.impact);
        sum(&mut self.without, &other.without);
        sum(&mut self.dash, &other.dash);
        sum(&mut self.threshold, &other.threshold);
        for (key, counts) in &other.questions {
            sum(self.questions.entry(key.clone()).or_default(), counts);
        }
        for (key, counts) in &other.codes {
            sum(self.codes.entry(key.clone()).or_default(), counts);
        }
    }

    fn dash_needed(&self) -> u64 {
        self.dash[1..].iter().sum()
    }
}

#[derive(Default)]
struct Totals {
    all: Group,
    bad: u64,
    months: BTreeMap<(i32, u8), Group>,
    teams: BTreeMap<String, Group>,
    /// No date, no team, or more of them than are kept apart.
    other_months: Group,
    other_teams: Group,
}

impl Totals {
    fn add(&mut self, checked: &Checked) {
        self.all.add(&checked.group);
        let room = self.months.len() < MOST_MONTHS;
        match checked.month {
            Some(month) if room || self.months.contains_key(&month) => self.months.entry(month).or_default().add(&checked.group),
            _ => self.other_months.add(&checked.group),
        }
        let room = self.teams.len() < MOST_TEAMS;
        if !checked.team.is_empty() && (room || self.teams.contains_key(&checked.team)) {
            self.teams.entry(checked.team.clone()).or_default().add(&checked.group);
        } else {
            self.other_teams.add(&checked.group);
        }
    }
}

/// Groups with their names; those with few forms are put together, and with one more where they would still be few.
fn named(groups: Vec<(String, Group)>, other: &Group, other_name: &str) -> Vec<(String, Group)> {
    let (mut out, small): (Vec<_>, Vec<_>) = groups.into_iter().partition(|(_, group)| group.forms >= FEW);
    let mut rest = other.clone();
    small.iter().for_each(|(_, group)| rest.add(group));
    if rest.forms > 0
        && rest.forms < FEW
        && let Some(at) = (0..out.len()).min_by_key(|&at| out[at].1.forms)
    {
        rest.add(&out.remove(at).1);
    }
    if rest.forms > 0 {
        out.push((other_name.to_owned(), rest));
    }
    out
}

// ---- what is shown of a count

#[derive(Clone, Copy, Debug, PartialEq)]
enum Shown {
    /// As it is.
    Count(u64),
    /// Under five.
    Few,
    /// The rest is under five.
    AllButFew,
    /// Left out so that a few cannot be worked out from a total.
    Withheld,
}

/// A column of counts, each out of its own number, that add up to a total shown elsewhere.
fn column(cells: &[(u64, u64)]) -> Vec<Shown> {
    let mut out: Vec<Shown> = cells.iter().map(|&(count, of)| part_of(count, of)).collect();
    let hidden = out.iter().filter(|shown| !matches!(shown, Shown::Count(_))).count();
    if hidden == 1
        && let Some(at) = (0..out.len()).filter(|&at| matches!(out[at], Shown::Count(_))).min_by_key(|&at| cells[at].0)
    {
        out[at] = Shown::Withheld;
    }
    out
}

fn part_of(count: u64, of: u64) -> Shown {
    if count < FEW {
        Shown::Few
    } else if of - count.min(of) < FEW {
        Shown::AllButFew
    } else {
        Shown::Count(count)
    }
}

/// Counts that make up a whole: never only one left out.
fn parts(counts: &[u64]) -> Vec<Shown> {
    let mut out: Vec<Shown> = counts.iter().map(|&count| if count < FEW { Shown::Few } else { Shown::Count(count) }).collect();
    if out.iter().filter(|shown| **shown == Shown::Few).count() == 1
        && let Some(at) = (0..out.len()).filter(|&at| out[at] != Shown::Few).min_by_key(|&at| counts[at])
    {
        out[at] = Shown::Withheld;
    }
    out
}

fn number(count: u64) -> String {
    let digits = count.to_string();
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

fn words(shown: Shown, of: u64) -> Markup {
    match shown {
        Shown::Count(count) => html! { (number(count)) @if of > 0 { " " span.share { "(" (count * 100 / of) "%)" } } },
        Shown::Few => html! { span.few { "fewer than 5" } },
        Shown::AllButFew => html! { span.few { "all but fewer than 5" } },
        Shown::Withheld => html! { span.few { "withheld" } },
    }
}

fn plain(count: u64) -> Markup {
    words(if count < FEW { Shown::Few } else { Shown::Count(count) }, 0)
}

/// A bar beside its number, which says the same in words.
fn bar(shown: Shown, of: u64) -> Markup {
    let share = match shown {
        Shown::Count(count) if of > 0 => Some(count as f64 * 160.0 / of as f64),
        Shown::AllButFew => Some(160.0),
        _ => None,
    };
    let width = share.map(|share| format!("{share:.0}"));
    html! {
        svg.bar width="160" height="12" viewBox="0 0 160 12" aria-hidden="true" focusable="false" {
            rect.track x="0.5" y="0.5" width="159" height="11" {}
            @if let Some(width) = width { rect.fill x="0" y="0" width=(width) height="12" {} }
        }
    }
}

// ---- the page

const STYLE: &str = "@page{size:A4;margin:14mm}*{box-sizing:border-box}body{font:16px/1.45 system-ui,'Segoe UI',Arial,sans-serif;color:#111;background:#fff;max-width:72rem;margin:0 auto;padding:1rem}\
h1{font-size:1.6rem;margin:0 0 .3rem}h2{font-size:1.2rem;margin:2rem 0 .3rem;border-bottom:2px solid #1d3f72}h3{font-size:1rem;margin:1.2rem 0 .2rem}p{margin:.3rem 0;max-width:46rem}\
.scroll{overflow-x:auto}table{border-collapse:collapse;margin:.5rem 0;font-variant-numeric:tabular-nums}caption{text-align:left;font-weight:600;padding:.3rem 0}\
th,td{border-bottom:1px solid #999;padding:.25rem .6rem;text-align:left;vertical-align:top;overflow-wrap:anywhere}thead th{border-bottom:2px solid #333;vertical-align:bottom;overflow-wrap:normal}\
tbody th{font-weight:400}.share,.few{color:#444}.few{font-style:italic}.bar{display:block;margin-top:.3rem}.track{fill:#fff;stroke:#777}.fill{fill:#1d3f72}summary{cursor:pointer;font-weight:600;padding:.3rem 0}\
a{color:#1d3f72}@media print{body{font-size:9pt;padding:0;max-width:none}.scroll{overflow:visible}table{page-break-inside:auto}tr,h2,h3,caption{break-inside:avoid;break-after:auto}h2,h3,caption{break-after:avoid}\
thead{display:table-header-group}.fill,.track{print-color-adjust:exact;-webkit-print-color-adjust:exact}details::details-content{content-visibility:visible;display:block}}";

const IMPACT: [&str; 3] = ["Nothing written", "Written, not described", "Described"];
const DASH: [&str; 5] = ["Not needed", "Not started", "Declined", "Some questions open", "All answered"];
const THRESHOLD: [&str; 4] = ["Likely below", "Uncertain as written", "Child in need, section 17", "Significant harm, section 47"];

fn facet_name(facet: Facet) -> &'static str {
    match facet {
        Facet::Exposure => "What the child saw or heard",
        Facet::Presentation => "How the child looked and behaved",
        Facet::Voice => "What the child said",
        Facet::Physical => "Injury, health, physical care",
        Facet::Functioning => "Sleep, school, eating, development",
        Facet::Safety => "Who keeps the child safe now",
    }
}

fn month_name(&(year, month): &(i32, u8)) -> String {
    const NAMES: [&str; 12] = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];
    format!("{} {year}", NAMES[usize::from(month.clamp(1, 12)) - 1])
}

fn page(guide: &Guide, hash: &str, totals: &Totals) -> Markup {
    let all = &totals.all;
    let months = named(totals.months.iter().map(|(key, group)| (month_name(key), group.clone())).collect(), &totals.other_months, "Other months, or no date");
    let teams = named(totals.teams.iter().map(|(key, group)| (key.clone(), group.clone())).collect(), &totals.other_teams, "Other teams, or none given");
    let policy = &guide.policy().pack.policy;
    html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'";
                title { "Referral Guide: audit" }
                style { (PreEscaped(STYLE)) }
            }
            body {
                header {
                    h1 { "Audit of referrals" }
                    p { (plain(all.forms)) " forms with " (plain(all.children)) " children. "
                        @if totals.bad > 0 { (number(totals.bad)) " lines could not be read and are not counted." } }
                    p { "Policy " (policy.id) " " (policy.version) ", SHA-256 " code { (hash.chars().take(16).collect::<String>()) "…" } ", engine " (env!("CARGO_PKG_VERSION")) ". "
                        "Each count reads what is written on the form, not what was done. For learning: no officer is named, and a team's numbers "
                        "depend on the calls it goes to. Read a sample of forms before drawing anything from a number." }
                    p { "Counts under five are shown as \u{201c}fewer than 5\u{201d}. \u{201c}Withheld\u{201d}: left out so that a small count cannot be worked out." }
                }
                nav aria-label="Contents" { p {
                    a href="#all" { "All forms" } " · " a href="#months" { "By month" } " · " a href="#teams" { "By team" } " · " a href="#codes-months" { "Each month" } " · " a href="#codes-teams" { "Each team" }
                } }
                main {
                    section aria-labelledby="all" {
                        h2 id="all" { "All forms" }
                        (overview(guide, all))
                        (questions(guide, all, "Risk questions, all forms", &BTreeSet::new()))
                        (codes(all, "Findings, all forms", &BTreeSet::new()))
                    }
                    (by("months", "By month", "Month", &months))
                    (by("teams", "By team", "Team", &teams))
                    (each(guide, "codes-months", "Each month: questions and findings", &months))
                    (each(guide, "codes-teams", "Each team: questions and findings", &teams))
                }
            }
        }
    }
}

fn overview(guide: &Guide, group: &Group) -> Markup {
    let labels = &guide.policy().pack.settings.local_levels;
    let local = |at: usize| match at {
        2 | 3 => labels.get(at).map(String::as_str),
        _ => None,
    };
    let threshold = THRESHOLD.iter().enumerate().map(|(at, name)| local(at).map_or_else(|| (*name).to_owned(), |local| format!("{name}: {local}"))).collect();
    let strings = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
    let without: Vec<Shown> = group.without.iter().map(|&count| part_of(count, group.children)).collect();
    html! {
        (bars("Impact on each child", "Of children", strings(&IMPACT), &parts(&group.impact), group.children))
        (bars("Children for whom nothing of this is written", "Of children", Facet::ALL.map(|facet| facet_name(facet).to_owned()).to_vec(), &without, group.children))
        (bars("Risk questions", "Of forms", strings(&DASH), &parts(&group.dash), group.forms))
        (bars("Level as written", "Of forms", threshold, &parts(&group.threshold), group.forms))
        (bars("The form as a whole", "Of forms", vec!["Nothing required is open".into(), "An answer speaks against the texts".into()],
            &[part_of(group.complete, group.forms), part_of(group.contradicted, group.forms)], group.forms))
    }
}

fn bars(caption: &str, of_name: &str, names: Vec<String>, shown: &[Shown], of: u64) -> Markup {
    html! {
        div.scroll { table {
            caption { (caption) }
            thead { tr { th scope="col" { "What" } th scope="col" { (of_name) } } }
            tbody { @for (name, shown) in names.iter().zip(shown) { tr { th scope="row" { (name) } td { (words(*shown, of)) (bar(*shown, of)) } } } }
        } }
    }
}

/// Groups side by side.
fn by(id: &str, title: &str, head: &str, groups: &[(String, Group)]) -> Markup {
    let count = |what: &dyn Fn(&Group) -> (u64, u64)| column(&groups.iter().map(|(_, group)| what(group)).collect::<Vec<_>>());
    let matrix = |caption: &str, of_name: &str, of: &dyn Fn(&Group) -> u64, columns: Vec<(&str, Vec<Shown>)>, bar_at: Option<usize>| {
        html! {
            div.scroll tabindex="0" role="region" aria-label=(format!("{title}: {caption}")) { table {
                caption { (caption) }
                thead { tr { th scope="col" { (head) } th scope="col" { (of_name) } @for (name, _) in &columns { th scope="col" { (name) } } } }
                tbody { @for (row, (name, group)) in groups.iter().enumerate() { tr {
                    th scope="row" { (name) }
                    td { (plain(of(group))) }
                    @for (at, (_, cells)) in columns.iter().enumerate() {
                        td { (words(cells[row], of(group))) @if bar_at == Some(at) { (bar(cells[row], of(group))) } }
                    }
                } } }
            } }
        }
    };
    let partition = |counts: &dyn Fn(&Group) -> Vec<u64>, names: &[&'static str]| -> Vec<(&'static str, Vec<Shown>)> {
        let rows: Vec<Vec<u64>> = groups.iter().map(|(_, group)| counts(group)).collect();
        let shown = table(&rows);
        names.iter().enumerate().map(|(at, name)| (*name, shown.iter().map(|row| row[at]).collect())).collect()
    };
    html! {
        section aria-labelledby=(id) {
            h2 id=(id) { (title) }
            @if groups.is_empty() { p { "No forms." } } @else {
                (matrix("Impact on each child", "Children", &|group| group.children, partition(&|group| group.impact.to_vec(), &IMPACT), Some(2)))
                (matrix("Children for whom nothing of this is written", "Children", &|group| group.children,
                    Facet::ALL.iter().enumerate().map(|(at, facet)| (facet_name(*facet), count(&|group| (group.without[at], group.children)))).collect(), None))
                (matrix("Risk questions, of forms that need them", "Forms that need them", &Group::dash_needed, partition(&|group| group.dash[1..].to_vec(), &DASH[1..]), Some(3)))
                (matrix("Contradictions and completeness", "Forms", &|group| group.forms, vec![
                    ("An answer speaks against the texts", count(&|group| (group.contradicted, group.forms))),
                    ("Nothing required is open", count(&|group| (group.complete, group.forms)))], None))
                (matrix("Level as written", "Forms", &|group| group.forms, partition(&|group| group.threshold.to_vec(), &THRESHOLD), None))
            }
        }
    }
}

/// Rows that each make up a whole and columns that each add up to a total: nowhere is only one cell left out.
fn table(rows: &[Vec<u64>]) -> Vec<Vec<Shown>> {
    let mut out: Vec<Vec<Shown>> = rows.iter().map(|row| parts(row)).collect();
    let seen = |shown: &Shown| matches!(shown, Shown::Count(_));
    let width = rows.first().map_or(0, Vec::len);
    loop {
        let mut change = None;
        for (row, cells) in out.iter().enumerate() {
            if cells.iter().filter(|shown| !seen(shown)).count() == 1 {
                change = (0..width).filter(|&at| seen(&cells[at])).min_by_key(|&at| rows[row][at]).map(|at| (row, at));
            }
        }
        for at in 0..width {
            if change.is_none() && out.iter().filter(|cells| !seen(&cells[at])).count() == 1 {
                change = (0..out.len()).filter(|&row| seen(&out[row][at])).min_by_key(|&row| rows[row][at]).map(|row| (row, at));
            }
        }
        match change {
            Some((row, at)) => out[row][at] = Shown::Withheld,
            None => return out,
        }
    }
}

/// Each group by itself.
fn each(guide: &Guide, id: &str, title: &str, groups: &[(String, Group)]) -> Markup {
    let questions_of: Vec<_> = groups.iter().map(|(_, group)| (group.dash_needed(), &group.questions)).collect();
    let codes_of: Vec<_> = groups.iter().map(|(_, group)| (group.forms, &group.codes)).collect();
    let (withheld_questions, withheld_codes) = (withheld(&questions_of), withheld(&codes_of));
    html! {
        section aria-labelledby=(id) {
            h2 id=(id) { (title) }
            @for (at, (name, group)) in groups.iter().enumerate() { details {
                summary { (name) }
                (questions(guide, group, &format!("Risk questions, {name}"), &withheld_questions[at]))
                (codes(group, &format!("Findings, {name}"), &withheld_codes[at]))
            } }
        }
    }
}

/// Rows and columns of a group that are left out.
type Withheld<'a> = BTreeSet<(&'a str, usize)>;

/// Which counts of which group to leave out, so that nowhere only one group's is: the totals of all forms are shown too.
fn withheld<'a, const N: usize>(groups: &[(u64, &'a BTreeMap<String, [u64; N]>)]) -> Vec<Withheld<'a>> {
    let mut out = vec![Withheld::new(); groups.len()];
    let keys: BTreeSet<&str> = groups.iter().flat_map(|(_, counts)| counts.keys().map(String::as_str)).collect();
    for key in keys {
        for at in 0..N {
            let count = |group: usize| groups[group].1.get(key).map_or(0, |counts| counts[at]);
            let (few, shown): (Vec<usize>, Vec<usize>) = (0..groups.len())
                .filter(|&group| count(group) > 0)
                .partition(|&group| count(group) < FEW || groups[group].0.saturating_sub(count(group)) < FEW);
            if few.len() == 1
                && let Some(group) = shown.into_iter().min_by_key(|&group| count(group))
                && let Some((key, _)) = groups[group].1.get_key_value(key)
            {
                out[group].insert((key.as_str(), at));
            }
        }
    }
    out
}

fn unless(withheld: &Withheld, key: &str, at: usize, shown: Shown) -> Shown {
    if withheld.contains(&(key, at)) { Shown::Withheld } else { shown }
}

fn questions(guide: &Guide, group: &Group, caption: &str, withheld: &Withheld) -> Markup {
    let of = group.dash_needed();
    let set = guide.policy().questions();
    let label = |key: &str| set.and_then(|set| set.questions.get(key)).map_or("", |question| question.label.as_str());
    let mut rows: Vec<(&String, &[u64; 2])> = group.questions.iter().collect();
    rows.sort_by_key(|(key, _)| key.trim_start_matches(|c: char| !c.is_ascii_digit()).parse::<u32>().unwrap_or(u32::MAX));
    html! {
        div.scroll { table {
            caption { (caption) ": of " (plain(of)) " forms that need them" }
            thead { tr { th scope="col" { "Question" } th scope="col" { "About" } th scope="col" { "Open on forms that were begun" } th scope="col" { "Answered no, and the form says otherwise" } } }
            tbody {
                @if rows.is_empty() { tr { td colspan="4" { "None open, none contradicted." } } }
                @for (key, [open, contradicted]) in rows { tr {
                    th scope="row" { (key) } td { (label(key)) }
                    @let contradicted = unless(withheld, key, 1, part_of(*contradicted, of));
                    td { (words(unless(withheld, key, 0, part_of(*open, of)), of)) } td { (words(contradicted, of)) (bar(contradicted, of)) }
                } }
            }
        } }
    }
}

fn codes(group: &Group, caption: &str, withheld: &Withheld) -> Markup {
    let mut rows: Vec<(&String, &[u64; 3])> = group.codes.iter().collect();
    rows.sort_by(|a, b| b.1[0].cmp(&a.1[0]).then(a.0.cmp(b.0)));
    html! {
        div.scroll { table {
            caption { (caption) ": of " (plain(group.forms)) " forms" }
            thead { tr { th scope="col" { "Finding" } th scope="col" { "Forms with it" } th scope="col" { "Times open" } th scope="col" { "Times answered with a reason" } } }
            tbody {
                @if rows.is_empty() { tr { td colspan="4" { "None." } } }
                @for (code, [forms, open, answered]) in rows { tr {
                    th scope="row" { (code) }
                    @let forms = unless(withheld, code, 0, part_of(*forms, group.forms));
                    td { (words(forms, group.forms)) (bar(forms, group.forms)) }
                    @for (at, count) in [(1, *open), (2, *answered)] { td { (words(unless(withheld, code, at, if count < FEW { Shown::Few } else { Shown::Count(count) }), 0)) } }
                } }
            }
        } }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn few_are_never_shown_and_cannot_be_worked_out() {
        assert_eq!(parts(&[3, 40, 50]), [Shown::Few, Shown::Withheld, Shown::Count(50)]);
        assert_eq!(part_of(98, 100), Shown::AllButFew);
        assert_eq!(column(&[(2, 40), (20, 40), (30, 60)]), [Shown::Few, Shown::Withheld, Shown::Count(30)]);
        for row in table(&[vec![3, 40, 50], vec![10, 20, 30], vec![12, 14, 16]]) {
            assert_ne!(row.iter().filter(|shown| !matches!(shown, Shown::Count(_))).count(), 1, "{row:?}");
        }
        assert_eq!(number(1_234_567), "1,234,567");
    }

    #[test]
    fn small_groups_are_put_together() {
        let group = |forms| Group { forms, ..Group::default() };
        let out = named(vec![("A".into(), group(9)), ("B".into(), group(2)), ("C".into(), group(20))], &Group::default(), "Other");
        assert_eq!(out.iter().map(|(name, group)| (name.as_str(), group.forms)).collect::<Vec<_>>(), [("C", 20), ("Other", 11)]);
    }

    #[test]
    fn lines_keep_their_numbers_and_typed_text_reaches_nothing() {
        let guide = Guide::new();
        let form = |at: usize| {
            format!(
                r#"{{"formType":"child-concern","createdAt":"2026-11-20","officer":{{"id":"zqofficer","team":"<b>Zq{}</b>"}},"children":[{{"id":"zqid","name":"Zqname","impact":"Zqimpact crying"}}]}}"#,
                if at < 3 { "small" } else { "Team" }
            )
        };
        let text = (0..9).map(form).collect::<Vec<_>>().join("\n\n") + "\n{\"zqbroken\":\n";
        let mut lines = Lines { source: Box::new(std::io::Cursor::new(text.into_bytes())), next: 1 };
        let (block, _) = lines.block().expect("memory");
        let mut totals = Totals::default();
        let mut bad = Vec::new();
        let mut out = String::new();
        for (line, text) in block {
            match text.and_then(|text| check(&guide, "hash", &text, 1, line)) {
                Ok(checked) => {
                    out.push_str(&checked.receipt);
                    totals.add(&checked);
                }
                Err(message) => bad.push((line, message)),
            }
        }
        assert_eq!(bad.len(), 1);
        assert_eq!(bad[0].0, 18);
        assert!(!bad[0].1.contains("zq"));
        out.push_str(&page(&guide, "hash", &totals).into_string());
        for word in ["zqofficer", "zqid", "Zqname", "Zqimpact", "Zqsmall", "<b>", "zqbroken"] {
            assert!(!out.contains(word), "{word}");
        }
        assert!(out.contains("&lt;b&gt;ZqTeam") || out.contains("Other teams"));
        assert!(out.contains("November 2026"));
    }
}

//! `referral-guide check`: findings for a person, the report for a program, a stream of forms.

use super::PolicyArguments;
use anstyle::{AnsiColor, Style};
use referral_guide::form::{self, Referral};
use referral_guide::report::{Evidence, Finding, Severity};
use referral_guide::{Guide, Report};
use serde_json::json;
use std::fmt::Write as _;
use std::io::{BufRead, Write as _};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Checks forms and says what is open
#[derive(clap::Args)]
#[command(after_help = "Examples:
  referral-guide check referral.json
  referral-guide check --format json referral.json
  cat forms.ndjson | referral-guide check --lines -
  referral-guide check --policy policies/herefordshire referral.json

Exit codes: 0 complete, 1 something required is open, 2 bad input.")]
pub struct Arguments {
    /// Forms as JSON; - reads standard input
    #[arg(required = true)]
    files: Vec<PathBuf>,
    /// For a person, or the report as JSON. Default: text on a terminal and otherwise
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// One form a line in, one report a line out, in order
    #[arg(long)]
    lines: bool,
    #[command(flatten)]
    policy: PolicyArguments,
}

#[derive(Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    Text,
    Json,
}

pub fn run(arguments: &Arguments) -> Result<ExitCode, String> {
    let guide = arguments.policy.guide()?;
    let mut worst = 0;
    for file in &arguments.files {
        worst = worst.max(if arguments.lines { lines(&guide, file)? } else { whole(&guide, file, arguments.format)? });
    }
    Ok(ExitCode::from(worst))
}

fn whole(guide: &Guide, file: &Path, format: Format) -> Result<u8, String> {
    let json = super::read(file)?;
    let (form, problems) = form::decode(&json);
    let unreadable = problems.iter().any(|problem| problem.path.is_empty());
    let report = guide.check(&form, problems);
    match format {
        Format::Json => anstream::println!("{}", serde_json::to_string_pretty(&report).map_err(|error| error.to_string())?),
        Format::Text => anstream::print!("{}", text(&file.display().to_string(), &form, &report)),
    }
    Ok(if unreadable { 2 } else { u8::from(!report.complete) })
}

fn lines(guide: &Guide, file: &Path) -> Result<u8, String> {
    let from: Box<dyn BufRead> = if file.as_os_str() == "-" {
        Box::new(std::io::stdin().lock())
    } else {
        Box::new(std::io::BufReader::new(std::fs::File::open(file).map_err(|error| format!("{}: {error}", file.display()))?))
    };
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    let mut worst = 0;
    for (number, line) in from.split(b'\n').enumerate() {
        let line = line.map_err(|error| format!("{}: {error}", file.display()))?;
        if line.iter().all(u8::is_ascii_whitespace) {
            continue;
        }
        let bad = |message: String| json!({ "line": number + 1, "error": message }).to_string();
        let answer = match std::str::from_utf8(&line) {
            Err(_) => {
                worst = 2;
                bad("is not UTF-8 text".into())
            }
            Ok(text) => {
                let (form, problems) = form::decode(text);
                match problems.iter().find(|problem| problem.path.is_empty()) {
                    Some(problem) => {
                        worst = 2;
                        bad(format!("the form {}", problem.message))
                    }
                    None => {
                        let report = guide.check(&form, problems);
                        worst = worst.max(u8::from(!report.complete));
                        serde_json::to_string(&report).map_err(|error| error.to_string())?
                    }
                }
            }
        };
        writeln!(out, "{answer}").map_err(|error| error.to_string())?;
    }
    Ok(worst)
}

fn style(severity: Severity) -> Style {
    match severity {
        Severity::Required => AnsiColor::Red.on_default().bold(),
        Severity::Warning => AnsiColor::Yellow.on_default().bold(),
        Severity::Prompt => AnsiColor::Cyan.on_default().bold(),
        Severity::Info => Style::new().bold(),
    }
}

fn text(name: &str, form: &Referral, report: &Report) -> String {
    let mut out = String::new();
    let dim = Style::new().dimmed();
    let value = serde_json::to_value(form).unwrap_or_default();
    for finding in &report.findings {
        let style = if finding.overridden { dim } else { style(finding.severity) };
        let answered = if finding.overridden { " (answered with a reason)" } else { "" };
        let _ = writeln!(out, "{style}{}{style:#} {}{answered}", finding.severity.name(), finding.message);
        let _ = writeln!(out, "  {dim}{} at {}{dim:#}", finding.code, if finding.path.is_empty() { "the form" } else { &finding.path });
        for evidence in finding.evidence.iter().take(3) {
            quote(&mut out, &value, evidence, finding);
        }
        if !finding.why.is_empty() {
            let _ = writeln!(out, "  Why: {}", finding.why);
        }
        if !finding.source.is_empty() {
            let _ = writeln!(out, "  {dim}Source: {}{dim:#}", finding.source);
        }
        out.push('\n');
    }
    let open = report.findings.iter().filter(|finding| finding.severity == Severity::Required && !finding.overridden).count();
    let verdict = match open {
        0 if report.findings.is_empty() => "nothing noticed. Your own judgement decides.".to_owned(),
        0 => "nothing required is open. Your own judgement decides.".to_owned(),
        1 => "1 required item is open. You can still send it at any time.".to_owned(),
        more => format!("{more} required items are open. You can still send it at any time."),
    };
    let level = match (&report.threshold.local_level, report.threshold.route.as_deref()) {
        (Some(level), Some(route)) => format!("reads as {level} ({route})"),
        _ => "level uncertain as written".to_owned(),
    };
    let _ = writeln!(out, "{name}: {verdict}");
    let _ = writeln!(out, "  {level}; policy {} {}", report.policy.id, report.policy.version);
    out
}

/// The line of the text that holds the evidence, with carets under it.
fn quote(out: &mut String, form: &serde_json::Value, evidence: &Evidence, finding: &Finding) {
    let Some(text) = form.pointer(&evidence.path).and_then(serde_json::Value::as_str) else { return };
    let units: Vec<u16> = text.encode_utf16().collect();
    let (start, end) = (evidence.start as usize, (evidence.end as usize).min(units.len()));
    if start >= end {
        return;
    }
    let before = String::from_utf16_lossy(&units[..start]);
    let words = String::from_utf16_lossy(&units[start..end]).replace(['\n', '\r'], " ");
    let after = String::from_utf16_lossy(&units[end..]);
    let lead: String = before.rsplit(['\n', '\r']).next().unwrap_or("").chars().rev().take(36).collect::<Vec<_>>().into_iter().rev().collect();
    let tail: String = after.split(['\n', '\r']).next().unwrap_or("").chars().take(30).collect();
    let style = style(finding.severity);
    let _ = writeln!(out, "    | {lead}{words}{tail}");
    let _ = writeln!(out, "    | {}{style}{}{style:#} {}", " ".repeat(lead.chars().count()), "^".repeat(words.chars().count().max(1)), evidence.indicator);
    if evidence.path != finding.path {
        let dim = Style::new().dimmed();
        let _ = writeln!(out, "    {dim}in {}{dim:#}", evidence.path);
    }
}

//! `referral-guide policy diff`: what differs between two packs, in words and in verdicts.

use crate::cli::pack;
use crate::cli::score::Item;
use referral_guide::facts::Likely;
use referral_guide::{Guide, Report, form};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::process::ExitCode;

/// Says what differs between two packs, in words and in verdicts
#[derive(clap::Args)]
#[command(after_help = "Examples:
  referral-guide policy diff policies/england policies/herefordshire
  referral-guide policy diff old.json policies/england --cases tests/cases/*.ndjson")]
pub struct Arguments {
    /// The pack as it was: a folder or a built file
    before: PathBuf,
    /// The pack as it is
    after: PathBuf,
    /// Forms to judge by both
    #[arg(long, value_name = "FILE", num_args = 1..)]
    cases: Vec<PathBuf>,
}

pub fn run(arguments: &Arguments) -> Result<ExitCode, String> {
    let (before, after) = (pack::load(&arguments.before)?, pack::load(&arguments.after)?);
    let title = |pack: &pack::Loaded| format!("{} {}", pack.pack.policy.id, pack.pack.policy.version);
    anstream::println!("{} → {}", title(&before), title(&after));
    // Examples and notes change no verdict, and built packs have none.
    let value = |loaded: &pack::Loaded| serde_json::to_value(pack::compact(&loaded.pack)).unwrap_or_default();
    let changes = changes(&value(&before), &value(&after));
    anstream::println!("\nIn words: {}", counted(changes.len(), "change"));
    let mut part = "";
    for change in &changes {
        if change.part() != part {
            part = change.part();
            anstream::println!("\n  {part}");
        }
        anstream::println!("    {change}");
    }
    if !arguments.cases.is_empty() {
        let (before, after) = (Guide::by(before.compile()?), Guide::by(after.compile()?));
        verdicts(&arguments.cases, &before, &after)?;
    }
    Ok(ExitCode::SUCCESS)
}

fn counted(count: usize, what: &str) -> String {
    match count {
        0 => format!("no {what}"),
        1 => format!("1 {what}"),
        more => format!("{more} {what}s"),
    }
}

/// One change, at a path of keys.
#[derive(Debug, PartialEq)]
pub struct Change {
    path: Vec<String>,
    what: What,
}

#[derive(Debug, PartialEq)]
enum What {
    Added(String),
    Removed(String),
    Changed(String, String),
    /// In a list: what came and what went.
    List(Vec<String>, Vec<String>),
}

impl Change {
    /// The part of the pack that it is in.
    pub fn part(&self) -> &str {
        self.path.first().map_or("", String::as_str)
    }
}

impl std::fmt::Display for Change {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let path = self.path.get(1..).unwrap_or_default().join(" · ");
        match &self.what {
            What::Added(new) => write!(out, "{path}: new{}", after_colon(new)),
            What::Removed(old) => write!(out, "{path}: no longer there{}", after_colon(old)),
            What::Changed(old, new) => write!(out, "{path}: {old} → {new}"),
            What::List(came, went) => {
                write!(out, "{path}:")?;
                came.iter().try_for_each(|item| write!(out, "\n      + {item}"))?;
                went.iter().try_for_each(|item| write!(out, "\n      - {item}"))
            }
        }
    }
}

fn after_colon(text: &str) -> String {
    if text.is_empty() { String::new() } else { format!(": {text}") }
}

/// Every difference of two packs as data, in the order of the pack.
pub fn changes(before: &Value, after: &Value) -> Vec<Change> {
    let mut out = Vec::new();
    walk(before, after, &mut Vec::new(), &mut out);
    out
}

fn walk(before: &Value, after: &Value, path: &mut Vec<String>, out: &mut Vec<Change>) {
    if before == after {
        return;
    }
    match (before, after) {
        (Value::Object(old), Value::Object(new)) => {
            let keys: Vec<&String> = old.keys().chain(new.keys().filter(|key| !old.contains_key(*key))).collect();
            for key in keys {
                path.push(key.clone());
                match (old.get(key), new.get(key)) {
                    (Some(old), Some(new)) => walk(old, new, path, out),
                    (None, Some(new)) => added(new, path, out, &What::Added),
                    (Some(old), None) => added(old, path, out, &What::Removed),
                    (None, None) => {}
                }
                path.pop();
            }
        }
        (Value::Array(old), Value::Array(new))
            if old.iter().chain(new).all(Value::is_string) && path.last().is_none_or(|key| !ORDERED.contains(&key.as_str())) =>
        {
            let came = new.iter().filter(|item| !old.contains(item)).map(plain).collect::<Vec<_>>();
            let went = old.iter().filter(|item| !new.contains(item)).map(plain).collect::<Vec<_>>();
            if !came.is_empty() || !went.is_empty() {
                out.push(Change { path: path.clone(), what: What::List(came, went) });
            }
        }
        (old, new) => out.push(Change { path: path.clone(), what: What::Changed(plain(old), plain(new)) }),
    }
}

/// Lists in which the place of an item says what it is.
const ORDERED: &[&str] = &["local-levels", "routes", "numbers"];

/// An entry that came or went: a whole part or table of entries one by one, an entry by what it says.
fn added(value: &Value, path: &mut Vec<String>, out: &mut Vec<Change>, what: &dyn Fn(String) -> What) {
    match value {
        Value::Object(fields) if path.len() < 2 || fields.values().all(Value::is_object) && !fields.is_empty() => {
            for (key, value) in fields {
                path.push(key.clone());
                added(value, path, out, what);
                path.pop();
            }
        }
        value => out.push(Change { path: path.clone(), what: what(summary(value)) }),
    }
}

fn summary(value: &Value) -> String {
    let Value::Object(fields) = value else { return plain(value) };
    let text = |name: &str| fields.get(name).map(plain);
    match (text("level"), text("use"), text("when")) {
        (Some(level), Some(weight), Some(when)) => format!("{} (level {level}, {weight}, when {when})", text("name").unwrap_or_default()),
        _ => ["name", "title", "message", "label", "why"].iter().find_map(|name| text(name)).unwrap_or_default(),
    }
}

fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Array(items) => items.iter().map(plain).collect::<Vec<_>>().join(" | "),
        other => other.to_string(),
    }
}

/// What two packs make of the same forms.
fn verdicts(files: &[PathBuf], before: &Guide, after: &Guide) -> Result<(), String> {
    let mut cases = 0;
    let mut levels: BTreeMap<(Likely, Likely), u32> = BTreeMap::new();
    let mut called: BTreeMap<(String, String), u32> = BTreeMap::new();
    let mut lines = Vec::new();
    for file in files {
        for (number, line) in crate::cli::read(file)?.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
            let item = Item::read(line).map_err(|error| format!("{}:{}: {error}", file.display(), number + 1))?;
            let (form, problems) = form::decode_value(item.form.clone());
            let (old, new) = (before.check(&form, problems.clone()), after.check(&form, problems));
            cases += 1;
            let (was, is) = (old.threshold.likely, new.threshold.likely);
            if was != is {
                *levels.entry((was, is)).or_default() += 1;
            } else if let (Some(was), Some(is)) = (&old.threshold.local_level, &new.threshold.local_level)
                && was != is
            {
                *called.entry((was.clone(), is.clone())).or_default() += 1;
            }
            let differs = differences(&old, &new);
            if !differs.is_empty() {
                lines.push(format!("    {}: {}", item.id, differs.join("; ")));
            }
        }
    }
    anstream::println!("\nIn verdicts: {} of {} differ", lines.len(), counted(cases, "case"));
    for ((was, is), count) in &levels {
        anstream::println!("  {} → {}: {count}{}", was.name(), is.name(), if is < was { "  (lower: read each)" } else { "" });
    }
    for line in &lines {
        anstream::println!("{line}");
    }
    if !called.is_empty() {
        anstream::println!("\nThe same level by another name:");
    }
    for ((was, is), count) in &called {
        anstream::println!("  {was} → {is}: {}", counted(*count as usize, "case"));
    }
    Ok(())
}

/// What differs for an officer; wording is told above, once.
fn differences(old: &Report, new: &Report) -> Vec<String> {
    let mut out = Vec::new();
    let (was, is) = (old.threshold.likely, new.threshold.likely);
    if was != is {
        out.push(format!("{} → {}", was.name(), is.name()));
    }
    let signs = |report: &Report| -> BTreeSet<String> { report.threshold.indicators.iter().map(|shown| shown.indicator.clone()).collect() };
    let codes =
        |report: &Report| -> BTreeSet<String> { report.findings.iter().map(|finding| format!("{} {}", finding.severity.name(), finding.code)).collect() };
    for (old, new) in [(signs(old), signs(new)), (codes(old), codes(new))] {
        out.extend(new.difference(&old).map(|name| format!("+ {name}")));
        out.extend(old.difference(&new).map(|name| format!("- {name}")));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn lines(before: Value, after: Value) -> Vec<String> {
        changes(&before, &after).iter().map(|change| format!("{}/{change}", change.part())).collect()
    }

    #[test]
    fn says_what_came_what_went_and_what_became_of_it() {
        let before = json!({ "settings": { "below-words": 12, "local-levels": ["1", "2"] }, "concepts": { "a": { "name": "A", "phrases": ["x", "y"] } } });
        let after = json!({ "settings": { "below-words": 20, "local-levels": ["2", "1"] }, "concepts": { "a": { "name": "A", "phrases": ["y", "z"] }, "b": { "name": "B", "phrases": [] } } });
        assert_eq!(
            lines(before.clone(), after),
            ["settings/below-words: 12 → 20", "settings/local-levels: 1 | 2 → 2 | 1", "concepts/a · phrases:\n      + z\n      - x", "concepts/b: new: B"]
        );
        assert_eq!(lines(before.clone(), before), Vec::<String>::new());
    }

    #[test]
    fn a_part_that_came_is_told_entry_by_entry() {
        let sign = json!({ "name": "A bite", "level": 4, "use": "red-flag", "when": "bite" });
        assert_eq!(lines(json!({}), json!({ "indicators": { "bite": sign } })), ["indicators/bite: new: A bite (level 4, red-flag, when bite)"]);
    }
}

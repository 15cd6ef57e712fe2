//! `referral-guide score`: how well labelled cases are judged, as `case-format` defines it.

use super::PolicyArguments;
use referral_guide::facts::ImpactStatus;
use referral_guide::policy::Facet;
use referral_guide::{Report, form};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::process::ExitCode;

/// Scores labelled cases (NDJSON), printed as measured
#[derive(clap::Args)]
pub struct Arguments {
    /// Case files
    #[arg(required = true)]
    files: Vec<PathBuf>,
    /// Show every error
    #[arg(long)]
    show: bool,
    /// Per question and per code
    #[arg(long)]
    each: bool,
    /// Only cases whose number is (or is not) a multiple of three, to keep a third unread: third or rest
    #[arg(long)]
    part: Option<String>,
    /// Print the numbers as JSON
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    policy: PolicyArguments,
}

/// A labelled case, as a whole form.
pub struct Item {
    /// Its id.
    pub id: String,
    /// The form.
    pub form: Value,
    /// Its labels, as for a whole form.
    pub expect: Value,
}

impl Item {
    /// Reads a case, or a short labelled text, which is put in a form.
    pub fn read(line: &str) -> Result<Item, String> {
        let value: Value = serde_json::from_str(line).map_err(|error| error.to_string())?;
        let id = value["id"].as_str().unwrap_or("?").to_owned();
        if value.get("form").is_some() {
            return Ok(Item { id, form: value["form"].clone(), expect: value["expect"].clone() });
        }
        let text = value["text"].as_str().ok_or("a case needs a form or a text")?;
        let mut child = value.get("child").cloned().unwrap_or_else(|| json!({}));
        child["id"] = json!("c1");
        let expect = &value["expect"];
        if let Some(questions) = expect.get("questions") {
            let answers: BTreeMap<String, Value> = (1..=27).map(|number| (format!("q{number}"), json!({ "answer": "no" }))).collect();
            let children = if value.get("child").is_some() { vec![child] } else { Vec::new() };
            let form = json!({
                "formType": "domestic-abuse", "incident": { "narrative": text, "domesticAbuse": true }, "children": children,
                "dash": { "status": "completed", "answers": answers }
            });
            return Ok(Item { id, form, expect: json!({ "dash": { "contradictions": questions } }) });
        }
        if let Some(threshold) = expect.get("threshold") {
            let form = json!({ "formType": "child-concern", "incident": { "narrative": text }, "children": [child] });
            return Ok(Item { id, form, expect: json!({ "threshold": threshold }) });
        }
        child["impact"] = json!(text);
        let form = json!({ "formType": "child-concern", "children": [child] });
        Ok(Item { id, form, expect: json!({ "children": { "c1": expect } }) })
    }
}

#[derive(Default)]
struct Counts {
    hit: u32,
    missed: u32,
    false_hit: u32,
}

impl Counts {
    fn add(&mut self, expected: bool, found: bool) {
        match (expected, found) {
            (true, true) => self.hit += 1,
            (true, false) => self.missed += 1,
            (false, true) => self.false_hit += 1,
            (false, false) => {}
        }
    }

    fn precision(&self) -> f64 {
        ratio(self.hit, self.hit + self.false_hit)
    }

    fn recall(&self) -> f64 {
        ratio(self.hit, self.hit + self.missed)
    }
}

fn ratio(part: u32, whole: u32) -> f64 {
    if whole == 0 { f64::NAN } else { f64::from(part) / f64::from(whole) }
}

#[derive(Default)]
struct Score {
    cases: u32,
    impact: Counts,
    confusion: BTreeMap<(String, String), u32>,
    facets: Counts,
    by_facet: BTreeMap<&'static str, Counts>,
    dash: Counts,
    by_question: BTreeMap<String, Counts>,
    dash_status: (u32, u32),
    unanswered: (u32, u32),
    threshold: BTreeMap<(String, String), u32>,
    present: (u32, u32),
    absent: (u32, u32),
    by_code: BTreeMap<String, [u32; 4]>,
    errors: Vec<String>,
}

pub fn run(arguments: &Arguments) -> Result<ExitCode, String> {
    let guide = arguments.policy.guide()?;
    let mut score = Score::default();
    for file in &arguments.files {
        for (number, line) in super::read(file)?.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
            let third = number % 3 == 2;
            if arguments.part.as_deref().is_some_and(|part| third != (part == "third")) {
                continue;
            }
            let item = Item::read(line).map_err(|error| format!("{}:{}: {error}", file.display(), number + 1))?;
            let (form, problems) = form::decode_value(item.form.clone());
            let report = guide.check(&form, problems);
            score.case(&item, &report);
        }
    }
    if arguments.json {
        anstream::println!("{}", score.json());
    } else {
        score.print(arguments.each);
    }
    if arguments.show {
        for error in &score.errors {
            anstream::println!("{error}");
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// What differs from the labels of a case.
pub fn wrong(item: &Item, report: &Report) -> Vec<String> {
    Score::default().compare(item, report)
}

fn texts(value: &Value) -> BTreeSet<String> {
    value.as_array().into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect()
}

impl Score {
    fn case(&mut self, item: &Item, report: &Report) {
        self.cases += 1;
        let wrong = self.compare(item, report);
        if !wrong.is_empty() {
            let text =
                item.form.pointer("/children/0/impact").filter(|_| item.form.get("incident").is_none()).or_else(|| item.form.pointer("/incident/narrative"));
            let text = if item.expect.get("codes").is_some() { "" } else { text.and_then(Value::as_str).unwrap_or("") };
            self.errors.push(format!("{}: {}\n    {text}", item.id, wrong.join("; ")));
        }
    }

    fn compare(&mut self, item: &Item, report: &Report) -> Vec<String> {
        let expect = &item.expect;
        let mut wrong = Vec::new();
        for (id, label) in expect["children"].as_object().into_iter().flatten() {
            let Some(child) = report.children.iter().find(|child| child.id == *id) else { continue };
            let status = match child.impact.status {
                ImpactStatus::Missing => "missing",
                ImpactStatus::Inadequate => "inadequate",
                ImpactStatus::Described => "described",
            };
            if let Some(wanted) = label["impact"].as_str() {
                self.impact.add(wanted != "described", status != "described");
                *self.confusion.entry((wanted.to_owned(), status.to_owned())).or_default() += 1;
                if wanted != status {
                    wrong.push(format!("{id} impact {wanted} reported {status}"));
                }
            }
            if label.get("facets").is_some() {
                let wanted = texts(&label["facets"]);
                for facet in Facet::ALL {
                    let own = child.impact.facets.get(&facet).into_iter().flatten().any(|evidence| evidence.path.starts_with("/children/"));
                    self.facets.add(wanted.contains(facet.name()), own);
                    self.by_facet.entry(facet.name()).or_default().add(wanted.contains(facet.name()), own);
                    if wanted.contains(facet.name()) != own {
                        wrong.push(format!("{id} facet {} {}", facet.name(), if own { "too many" } else { "missed" }));
                    }
                }
            }
        }
        let dash = &expect["dash"];
        if let Some(wanted) = dash["status"].as_str() {
            let found = serde_json::to_value(report.dash.status).unwrap_or_default();
            self.dash_status.1 += 1;
            if found.as_str() == Some(wanted) {
                self.dash_status.0 += 1;
            } else {
                wrong.push(format!("dash status {wanted} reported {found}"));
            }
        }
        if dash.get("unanswered").is_some() {
            self.unanswered.1 += 1;
            if texts(&dash["unanswered"]) == report.dash.unanswered.iter().cloned().collect() {
                self.unanswered.0 += 1;
            } else {
                wrong.push(format!("unanswered {} reported {:?}", dash["unanswered"], report.dash.unanswered));
            }
        }
        if dash.get("contradictions").is_some() {
            let mut wanted = texts(&dash["contradictions"]);
            let mut found: BTreeSet<String> = report.dash.contradictions.iter().map(|found| found.question.clone()).collect();
            // q3 is free text and is never labelled.
            wanted.remove("q3");
            found.remove("q3");
            for question in wanted.union(&found) {
                self.dash.add(wanted.contains(question), found.contains(question));
                self.by_question.entry(question.clone()).or_default().add(wanted.contains(question), found.contains(question));
                if wanted.contains(question) != found.contains(question) {
                    let indicators: Vec<&str> = report
                        .dash
                        .contradictions
                        .iter()
                        .filter(|one| one.question == *question)
                        .flat_map(|one| &one.evidence)
                        .map(|evidence| evidence.indicator.as_str())
                        .collect();
                    wrong.push(format!("{question} {} {indicators:?}", if found.contains(question) { "too many" } else { "missed" }));
                }
            }
        }
        if let Some(wanted) = expect["threshold"].as_str() {
            let found = report.threshold.likely.name();
            *self.threshold.entry((wanted.to_owned(), found.to_owned())).or_default() += 1;
            if wanted != found {
                let why: Vec<String> = report.threshold.indicators.iter().map(|one| format!("{}:{}", one.level, one.indicator)).collect();
                wrong.push(format!("threshold {wanted} reported {found} {why:?}"));
            }
        }
        let codes: BTreeSet<&str> = report.findings.iter().map(|finding| finding.code.as_str()).collect();
        for code in texts(&expect["codes"]["present"]) {
            let found = codes.contains(code.as_str());
            self.present.0 += u32::from(found);
            self.present.1 += 1;
            let counts = self.by_code.entry(code.clone()).or_default();
            counts[0] += u32::from(found);
            counts[1] += 1;
            if !found {
                wrong.push(format!("code {code} missed"));
            }
        }
        for code in texts(&expect["codes"]["absent"]) {
            let absent = !codes.contains(code.as_str());
            self.absent.0 += u32::from(absent);
            self.absent.1 += 1;
            let counts = self.by_code.entry(code.clone()).or_default();
            counts[2] += u32::from(absent);
            counts[3] += 1;
            if !absent {
                wrong.push(format!("code {code} not wanted"));
            }
        }
        wrong
    }

    fn share(&self, wanted: &str, found: &[&str]) -> (u32, u32) {
        let of: u32 = self.threshold.iter().filter(|((label, _), _)| label == wanted).map(|(_, count)| count).sum();
        let hit: u32 = self.threshold.iter().filter(|((label, got), _)| label == wanted && found.contains(&got.as_str())).map(|(_, count)| count).sum();
        (hit, of)
    }

    fn rows(&self) -> Vec<(&'static str, (u32, u32))> {
        let exact: u32 = self.confusion.iter().filter(|((wanted, found), _)| wanted == found).map(|(_, count)| count).sum();
        let all: u32 = self.confusion.values().sum();
        let grave: u32 = ["meets", "significant-harm"].iter().map(|label| self.share(label, &["below"]).0).sum();
        let of_grave: u32 = ["meets", "significant-harm"].iter().map(|label| self.share(label, &[]).1).sum();
        vec![
            ("impact exact", (exact, all)),
            ("impact precision (inadequate, missing)", (self.impact.hit, self.impact.hit + self.impact.false_hit)),
            ("impact recall (inadequate, missing)", (self.impact.hit, self.impact.hit + self.impact.missed)),
            ("facets precision", (self.facets.hit, self.facets.hit + self.facets.false_hit)),
            ("facets recall", (self.facets.hit, self.facets.hit + self.facets.missed)),
            ("dash contradictions precision", (self.dash.hit, self.dash.hit + self.dash.false_hit)),
            ("dash contradictions recall", (self.dash.hit, self.dash.hit + self.dash.missed)),
            ("dash status exact", self.dash_status),
            ("dash unanswered exact", self.unanswered),
            ("threshold level 4 reported below", self.share("significant-harm", &["below"])),
            ("threshold level 3 or 4 reported below", (grave, of_grave)),
            ("threshold level 4 reported significant-harm", self.share("significant-harm", &["significant-harm"])),
            ("threshold below reported below", self.share("below", &["below"])),
            ("threshold below reported meets or higher", self.share("below", &["meets", "significant-harm"])),
            ("threshold level 3 reported meets", self.share("meets", &["meets"])),
            ("codes present", self.present),
            ("codes absent", self.absent),
        ]
    }

    fn json(&self) -> Value {
        let rows: serde_json::Map<String, Value> = self
            .rows()
            .into_iter()
            .filter(|(_, (_, of))| *of > 0)
            .map(|(name, (part, of))| (name.to_owned(), json!({ "share": ratio(part, of), "part": part, "of": of })))
            .collect();
        json!({ "cases": self.cases, "scores": rows })
    }

    fn print(&self, each: bool) {
        anstream::println!("{} cases", self.cases);
        for (name, (part, of)) in self.rows().into_iter().filter(|(_, (_, of))| *of > 0) {
            anstream::println!("  {name:<46} {:.3}  ({part} of {of})", ratio(part, of));
        }
        for ((wanted, found), count) in self.confusion.iter().chain(&self.threshold) {
            anstream::println!("    labelled {wanted:<17} reported {found:<17} {count}");
        }
        for (facet, counts) in &self.by_facet {
            anstream::println!(
                "    {facet:<14} precision {:.3} recall {:.3}  ({} right, {} too many, {} missed)",
                counts.precision(),
                counts.recall(),
                counts.hit,
                counts.false_hit,
                counts.missed
            );
        }
        if each {
            for (question, counts) in &self.by_question {
                anstream::println!(
                    "    {question:<6} precision {:.3} recall {:.3}  ({} right, {} too many, {} missed)",
                    counts.precision(),
                    counts.recall(),
                    counts.hit,
                    counts.false_hit,
                    counts.missed
                );
            }
            for (code, [present, of, absent, of_absent]) in &self.by_code {
                anstream::println!("    {code:<54} present {present} of {of}, absent {absent} of {of_absent}");
            }
        }
    }
}

//! What the second readers see of labelled texts, for `training/train.py`.

use super::{PolicyArguments, score::Item};
use referral_guide::facts::{
    Contradiction, Facts, ImpactStatus, Part,
    features::{Feature, Features},
    training,
};
use referral_guide::form::{self, AnswerValue};
use referral_guide::policy::{CompiledQuestion, Facet};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

/// Prints the features of labelled texts as NDJSON, for training
#[derive(clap::Args)]
pub struct Arguments {
    /// impact, threshold or dash
    task: String,
    /// NDJSON files of labelled texts
    files: Vec<PathBuf>,
    #[command(flatten)]
    policy: PolicyArguments,
}

pub fn run(arguments: &Arguments) -> Result<ExitCode, String> {
    let guide = arguments.policy.guide()?;
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    for file in &arguments.files {
        for (number, line) in super::read(file)?.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
            let item = Item::read(line).map_err(|error| format!("{}:{}: {error}", file.display(), number + 1))?;
            let (form, problems) = form::decode_value(item.form.clone());
            let facts = Facts::gather(&form, problems, guide.policy());
            if arguments.task == "stated" {
                let mut stated: Vec<&str> = Vec::new();
                for field in &facts.fields {
                    for mention in &field.reading.mentions {
                        let entry = &guide.policy().entries[mention.entry as usize];
                        if facts.counts(field, mention) {
                            stated.push(&entry.id);
                        }
                    }
                }
                stated.sort_unstable();
                stated.dedup();
                let row = json!({ "id": item.id, "expect": item.expect, "stated": stated });
                writeln!(out, "{row}").map_err(|error| error.to_string())?;
                continue;
            }
            // `found` is what the rules say, so that a reader can be trained to stand beside them.
            let mut write = |label: Value, found: Vec<&str>, features: Vec<Features>| -> Result<(), String> {
                let sentences: Vec<[Vec<(u32, u32)>; 3]> = features.iter().map(|one| [&one.words, &one.parts, &one.rules].map(|group| count(group))).collect();
                let row = json!({ "id": item.id, "found": found, "label": label, "sentences": sentences });
                writeln!(out, "{row}").map_err(|error| error.to_string())
            };
            match arguments.task.as_str() {
                "impact" => {
                    for (at, child) in form.children.iter().enumerate() {
                        if let Some(label) = item.expect.pointer(&format!("/children/{}", form::escape(&child.id))) {
                            let own = training::impact(&facts, at as u16);
                            if own.iter().any(|features| !features.words.is_empty()) {
                                let child = &facts.children[at];
                                let described = (child.status == ImpactStatus::Described).then_some("described");
                                let facets = Facet::ALL.into_iter().filter(|facet| {
                                    child.facet(*facet).iter().any(|place| matches!(facts.fields[place.field].part, Part::Impact(_) | Part::Voice(_)))
                                });
                                write(label.clone(), described.into_iter().chain(facets.map(Facet::name)).collect(), own)?;
                            }
                        }
                    }
                }
                "threshold" => {
                    // What contradicts a grave answer is no level, but nothing of which `below` may be said.
                    if let Some(label) = item.expect.get("threshold").or_else(|| item.expect.pointer("/dash/contradictions")) {
                        write(label.clone(), vec![], training::threshold(&facts))?;
                    }
                }
                "dash" => {
                    if let Some(label) = item.expect.pointer("/dash/contradictions") {
                        let found: Vec<String> = facts.dash.contradictions.iter().flat_map(|one| sentences_of(&facts, one)).collect();
                        let no = |question: &&CompiledQuestion| {
                            form.dash.as_ref().and_then(|dash| dash.answers.get(&question.key)).and_then(|answer| answer.answer) == Some(AnswerValue::No)
                        };
                        let asked: Vec<&String> = facts.questions().iter().filter(no).map(|question| &question.key).collect();
                        let label = json!({ "shown": label, "answered no": asked });
                        write(label, found.iter().map(String::as_str).collect(), training::dash(&facts))?;
                    }
                }
                other => return Err(format!("\"{other}\" is no task; the tasks are impact, threshold and dash")),
            }
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// A question with the sentence of the account where the rules found it, "q18@2"; "q18@" where they found it elsewhere.
fn sentences_of(facts: &Facts, found: &Contradiction) -> Vec<String> {
    let question = &found.question;
    let mut out: Vec<String> = Vec::new();
    for place in &found.places {
        let sentence = facts.account.iter().position(|sentence| sentence.field == place.field && sentence.words.contains(&place.start));
        out.push(format!("{question}@{}", sentence.map(|at| at.to_string()).unwrap_or_default()));
    }
    if found.fact.is_some() {
        out.push(format!("{question}@"));
    }
    out
}

fn count(features: &[Feature]) -> Vec<(u32, u32)> {
    let mut out: BTreeMap<u32, u32> = BTreeMap::new();
    features.iter().for_each(|feature| *out.entry(feature.hash).or_default() += 1);
    out.into_iter().collect()
}

//! The labelled cases. Floors stand a little under what was measured and only rise.

use serde_json::Value;
use std::collections::BTreeMap;
use std::process::Command;

fn score(files: &[&str]) -> BTreeMap<String, f64> {
    let root = env!("CARGO_MANIFEST_DIR");
    let files: Vec<String> = files.iter().map(|file| format!("{root}/tests/cases/{file}.ndjson")).collect();
    let run = Command::new(env!("CARGO_BIN_EXE_referral-guide")).arg("score").arg("--json").args(&files).output().expect("the command line runs");
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    let value: Value = serde_json::from_slice(&run.stdout).expect("score prints JSON");
    value["scores"].as_object().expect("scores by name").iter().map(|(name, score)| (name.clone(), score["share"].as_f64().expect("a share"))).collect()
}

const FORMS: &[&str] = &["dev-domestic-abuse", "dev-child-concern", "dev-missing", "dev-custody", "dev-strategy"];

#[track_caller]
fn at_least(scores: &BTreeMap<String, f64>, name: &str, floor: f64) {
    let found = scores.get(name).copied().unwrap_or(0.0);
    assert!(found >= floor, "{name} is {found:.3}, below {floor}");
}

#[track_caller]
fn at_most(scores: &BTreeMap<String, f64>, name: &str, ceiling: f64) {
    let found = scores.get(name).copied().unwrap_or(1.0);
    assert!(found <= ceiling, "{name} is {found:.3}, above {ceiling}");
}

#[test]
fn forms_are_judged_as_labelled() {
    let scores = score(FORMS);
    at_least(&scores, "impact exact", 0.94);
    at_least(&scores, "facets precision", 0.92);
    at_least(&scores, "dash contradictions recall", 0.70);
    at_least(&scores, "dash status exact", 1.0);
    at_least(&scores, "dash unanswered exact", 1.0);
    at_most(&scores, "threshold level 4 reported below", 0.0);
    at_most(&scores, "threshold level 3 or 4 reported below", 0.0);
    at_least(&scores, "codes present", 0.88);
    at_least(&scores, "codes absent", 0.93);
}

#[test]
fn short_texts_are_judged_as_labelled() {
    at_least(&score(&["dev-sentences"]), "impact exact", 0.93);
    let scores = score(&["dev-dash-sentences"]);
    at_least(&scores, "dash contradictions precision", 0.80);
    at_least(&scores, "dash contradictions recall", 0.70);
    let scores = score(&["dev-threshold-sentences"]);
    at_most(&scores, "threshold level 4 reported below", 0.0);
    at_most(&scores, "threshold level 3 or 4 reported below", 0.0);
}

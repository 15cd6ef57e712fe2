//! Hazards of docs/safety.md that have no other home, each by its number.

use referral_guide::facts::Likely;
use referral_guide::policy::Weight;
use referral_guide::{Guide, Report};
use serde_json::{Value, json};

fn root() -> &'static std::path::Path {
    std::path::Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn report(form: &Value) -> Report {
    Guide::new().check_json(&form.to_string())
}

/// H1: each red flag has a case of its own in the pack, and the case shows it.
#[test]
fn h1_every_red_flag_is_shown_by_its_own_case() {
    let guide = Guide::new();
    let cases = std::fs::read_to_string(root().join("policies/england/cases/red-flags.ndjson")).expect("the pack's cases");
    let cases: Vec<Value> = cases.lines().map(|line| serde_json::from_str(line).expect("a case a line")).collect();
    for (key, _) in guide.policy().pack.indicators.iter().filter(|(_, sign)| sign.weight == Weight::RedFlag) {
        let case = cases.iter().find(|case| case["id"] == key.as_str()).unwrap_or_else(|| panic!("{key} has no case in red-flags.ndjson"));
        let report = guide.check_json(&case["form"].to_string());
        assert!(report.threshold.indicators.iter().any(|shown| shown.indicator == *key && shown.level == 4), "{key} is not shown by its own case");
        assert_eq!(report.threshold.likely, Likely::SignificantHarm, "{key}");
        // Kind sentences around it take nothing from it.
        let mut kind = case["form"].clone();
        let account = kind["incident"]["narrative"].as_str().expect("an account").to_owned();
        kind["incident"]["narrative"] = json!(format!("House clean and tidy. {account} Parents polite and helpful, food in the fridge, no concerns."));
        assert_eq!(guide.check_json(&kind.to_string()).threshold.likely, Likely::SignificantHarm, "{key}, reassured");
    }
}

/// H16: an unborn child or a baby raises, and an unborn child is never below.
#[test]
fn h16_an_unborn_child_or_a_baby_is_not_overlooked() {
    let quarrel = "Verbal argument about money between the parents, no violence, no threats. House clean, food in the fridge. Neighbour called it in, all calm on arrival.";
    let of = |child: Value| report(&json!({ "formType": "child-concern", "incident": { "narrative": quarrel }, "children": [child] })).threshold.likely;
    assert_ne!(of(json!({ "id": "c1", "unborn": true })), Likely::Below);
    let hit = |age: f64| {
        report(
            &json!({ "formType": "domestic-abuse", "incident": { "narrative": "He punched her in the face.", "domesticAbuse": true }, "children": [{ "id": "c1", "name": "Ava", "ageYears": age, "presence": "in-home" }] }),
        )
    };
    let shown = |report: &Report| report.threshold.indicators.iter().any(|shown| shown.indicator == "da-under1-present");
    assert!(shown(&hit(0.5)) && !shown(&hit(9.0)));
    let bruise = |age: f64| {
        report(
            &json!({ "formType": "child-concern", "incident": { "narrative": "The child has a red patch on her face." }, "children": [{ "id": "c1", "name": "Ava", "ageYears": age }] }),
        )
    };
    let shown = |report: &Report| report.threshold.indicators.iter().any(|shown| shown.indicator == "bruise-non-mobile");
    assert!(shown(&bruise(0.3)) && !shown(&bruise(9.0)));
}

/// H19: the suspect's denial takes nothing from what is alleged.
#[test]
fn h19_a_denial_does_not_cancel_the_allegation() {
    for denial in ["He denies everything.", "He denies it.", "Suspect denied the offence and says nothing happened.", "No admissions made in interview."] {
        for order in [format!("He strangled her. {denial}"), format!("{denial} She says he strangled her.")] {
            let report = report(
                &json!({ "formType": "domestic-abuse", "incident": { "narrative": order, "domesticAbuse": true }, "children": [{ "id": "c1", "name": "Ava", "ageYears": 7 }], "dash": { "answers": { "q18": { "answer": "no" } } } }),
            );
            assert_eq!(report.threshold.likely, Likely::SignificantHarm, "{order}");
            assert!(report.dash.contradictions.iter().any(|found| found.question == "q18"), "{order}");
        }
    }
}

/// The tests that docs/safety.md names exist: what shows a control must not be gone while the log still rests on it.
#[test]
fn the_hazard_log_names_tests_that_exist() {
    fn all(folder: &std::path::Path, out: &mut String) {
        for entry in std::fs::read_dir(folder).expect("a folder of the project").filter_map(Result::ok) {
            let path = entry.path();
            if path.is_dir() {
                if !path.ends_with("node_modules") && !path.ends_with("wasm") && !path.ends_with("output") {
                    all(&path, out);
                }
            } else if path.extension().is_some_and(|ending| ending == "rs" || ending == "mjs" || ending == "js") {
                out.push_str(&format!("\n<{}>\n", path.file_name().unwrap_or_default().to_string_lossy()));
                out.push_str(&std::fs::read_to_string(&path).unwrap_or_default());
            }
        }
    }
    let mut tests = String::new();
    for folder in ["src", "tests/it", "www/test"] {
        all(&root().join(folder), &mut tests);
    }
    let log = std::fs::read_to_string(root().join("docs/safety.md")).expect("the hazard log");
    let mut named = 0;
    for row in log.lines().filter(|line| line.starts_with("| H")) {
        // `file.rs` and `name_of_a_test`; "the name of a test" of the page.
        let shown_by = row.split('|').nth(5).expect("a column of what shows it");
        for part in shown_by.split('`').skip(1).step_by(2) {
            let there = match part {
                file if file.ends_with(".rs") || file.ends_with(".mjs") => tests.contains(&format!("<{}>", file.rsplit('/').next().unwrap_or(file))),
                name if name.contains('_') => tests.contains(&format!("fn {name}(")),
                _ => continue,
            };
            assert!(there, "{part} is named in docs/safety.md and is not there: {row}");
            named += 1;
        }
        for part in shown_by.split('"').skip(1).step_by(2) {
            assert!(tests.contains(part), "no test is called \"{part}\": {row}");
            named += 1;
        }
    }
    assert!(named > 30, "only {named} tests are named");
}

//! The risk questions beyond the labelled cases: other sets, and the questions that a yes opens.

use referral_guide::report::Finding;
use referral_guide::{Guide, Report};
use serde_json::{Value, json};
use std::sync::LazyLock;

static GUIDE: LazyLock<Guide> = LazyLock::new(Guide::new);

fn report(narrative: &str, dash: &Value) -> Report {
    let form = json!({ "formType": "domestic-abuse", "incident": { "narrative": narrative }, "children": [{ "id": "c1", "name": "Isla", "ageYears": 9 }], "dash": dash });
    GUIDE.check_json(&form.to_string())
}

/// All answered no, but for those given.
fn answers(prefix: &str, count: u32, other: &[(&str, &str)]) -> Value {
    let mut all: serde_json::Map<String, Value> = (1..=count).map(|number| (format!("{prefix}{number}"), json!({ "answer": "no" }))).collect();
    all.extend(other.iter().map(|(key, answer)| ((*key).to_owned(), json!({ "answer": answer, "detail": "as she told it" }))));
    Value::Object(all)
}

fn found<'r>(report: &'r Report, code: &str) -> Vec<&'r Finding> {
    report.findings.iter().filter(|finding| finding.code == code).collect()
}

#[test]
fn the_24_question_form_is_read_in_its_own_numbers_and_what_it_leaves_out_is_no_no() {
    let dash =
        json!({ "status": "completed", "questionSet": "safelives", "answers": answers("s", 24, &[]), "grade": "standard", "rationale": "First report." });
    let report = report("He strangled her in the kitchen and hit Isla with a belt.", &dash);
    assert_eq!((report.dash.of, report.dash.answered, report.dash.unanswered.len()), (24, 24, 0));
    assert_eq!(report.dash.not_asked, ["q10", "q11", "q12"]);
    let contradicted: Vec<&str> = report.dash.contradictions.iter().map(|found| found.question.as_str()).collect();
    assert!(contradicted.contains(&"s15") && !contradicted.contains(&"q11"), "{contradicted:?}");
    // A child was hurt: the form does not ask, and the text tells.
    assert!(found(&report, "dash.settled-by-text").iter().any(|finding| finding.path == "/dash/answers/q11"));
    assert!(found(&report, "form.invalid").is_empty());
}

#[test]
fn a_grade_is_checked_whatever_the_numbering() {
    for (set, prefix, count, key) in [("dash", "q", 27, "q18"), ("safelives", "s", 24, "s15")] {
        let dash = json!({ "status": "completed", "questionSet": set, "answers": answers(prefix, count, &[(key, "yes")]), "grade": "standard", "rationale": "First report." });
        assert_eq!(found(&report("", &dash), "dash.grade-mismatch").len(), 1, "{set}");
    }
}

#[test]
fn a_set_that_is_not_ready_is_said_to_be_and_the_form_is_read_all_the_same() {
    for set in ["dara", "stalking", "none such"] {
        let dash = json!({ "status": "completed", "questionSet": set, "answers": answers("q", 27, &[]) });
        let report = report("He strangled her.", &dash);
        assert_eq!(found(&report, "form.invalid").iter().map(|finding| finding.path.as_str()).collect::<Vec<_>>(), ["/dash/questionSet"], "{set}");
        assert!(report.dash.contradictions.iter().any(|found| found.question == "q18"), "{set}");
    }
}

#[test]
fn a_yes_to_stalking_opens_the_further_questions_until_they_are_answered() {
    let open = |narrative: &str, other: &[(&str, &str)]| {
        let report = report(narrative, &json!({ "status": "completed", "answers": answers("q", 27, other) }));
        found(&report, "dash.follow-up").into_iter().cloned().collect::<Vec<Finding>>()
    };
    assert!(open("", &[]).is_empty());
    let opened = open("", &[("q8", "yes")]);
    assert_eq!(opened.len(), 1);
    assert_eq!((opened[0].path.as_str(), opened[0].related.len()), ("/dash/answers/q8", 11));
    assert!(opened[0].message.contains("11"), "{}", opened[0].message);
    let keys: Vec<String> = (1..=11).map(|number| format!("stalking-{number}")).collect();
    let mut given: Vec<(&str, &str)> = keys.iter().map(|key| (key.as_str(), "no")).collect();
    given.push(("q8", "yes"));
    assert!(open("", &given).is_empty(), "all answered");
    // The narrative opens them where the question is not answered; a no is contradicted first.
    const STALKED: &str = "He follows her home from work and waits outside her gym.";
    assert!(open(STALKED, &[]).is_empty());
    assert_eq!(open(STALKED, &[("q8", "unknown")]).len(), 1);
}

#[test]
fn questions_that_the_pack_does_not_hold_are_said_to_be_missing() {
    let report = report("", &json!({ "status": "completed", "answers": answers("q", 27, &[("q20", "yes")]) }));
    let opened = found(&report, "dash.follow-up");
    assert_eq!(opened.len(), 1);
    assert!(opened[0].message.contains("does not hold") && opened[0].related.is_empty(), "{}", opened[0].message);
}

/// England's pack with a reader that takes every sentence alike for the question on strangulation: above its limits or below.
fn with_reader_at(value: f32) -> Guide {
    let mut pack = GUIDE.policy().pack.clone();
    let reader = json!({
        "bits": 8, "words-only": true, "weights": "A".repeat(256),
        "outputs": [{ "name": "q18", "bias": value, "scale": 0.001, "yes": 1.0, "no": -1.0 }]
    });
    pack.readers = [("dash".to_owned(), serde_json::from_value(reader).expect("a reader"))].into_iter().collect();
    Guide::with_pack(pack).expect("a sound pack")
}

fn told(guide: &Guide, narrative: &str) -> Report {
    let dash = json!({ "status": "completed", "answers": answers("q", 27, &[]), "grade": "standard" });
    let form = json!({
        "formType": "domestic-abuse", "incident": { "narrative": narrative }, "dash": dash,
        "children": [{ "id": "c1", "name": "Isla", "ageYears": 9, "seen": true, "impact": "Isla was asleep in bed, warm and settled." }]
    });
    guide.check_json(&form.to_string())
}

#[test]
fn the_second_reader_says_yes_where_the_rules_are_silent_but_not_where_they_understood_a_denial() {
    let sure = with_reader_at(4.0);
    let report = told(&sure, "He did it again with the cord.");
    let found = &report.dash.contradictions;
    assert_eq!((found.len(), found[0].question.as_str()), (1, "q18"), "{found:?}");
    let evidence = &self::found(&report, "dash.contradiction")[0].evidence;
    assert!(evidence.iter().any(|place| place.indicator == "reads like a yes" && place.path == "/incident/narrative"), "{evidence:?}");
    for denied in ["He did not strangle her.", "He has never strangled her.", "No strangulation."] {
        assert!(told(&sure, denied).dash.contradictions.is_empty(), "{denied}");
    }
    // Among many sentences one looks like a yes by chance.
    let quiet = "They had tea. ".repeat(200);
    assert!(told(&sure, &quiet).dash.contradictions.is_empty());
}

#[test]
fn the_second_reader_takes_a_contradiction_back_and_never_lowers_a_level_by_it() {
    let grave = "They argued about the bins. Both were calm and sober. She is not afraid of him. He strangled her. First call. Isla was asleep upstairs.";
    let (unsure, against) = (with_reader_at(0.0), with_reader_at(-4.0));
    assert_eq!(told(&unsure, grave).dash.contradictions.len(), 1);
    assert!(told(&against, grave).dash.contradictions.is_empty());
    assert_ne!(told(&against, grave).threshold.likely, referral_guide::facts::Likely::Below);
}

//! Missing episodes: exploitation and words that make light of them.

use referral_guide::Guide;
use serde_json::{Value, json};

fn codes(form: &Value) -> Vec<String> {
    Guide::new().check_json(&form.to_string()).findings.into_iter().map(|finding| finding.code).collect()
}

fn missing(narrative: &str, action: &str) -> Value {
    json!({
        "formType": "missing-child",
        "incident": { "narrative": narrative },
        "children": [{ "id": "c1", "name": "Ava", "ageYears": 14 }],
        "missing": { "episodes": [{ "from": "2026-01-02T20:00:00Z", "to": "2026-01-03T03:00:00Z", "returnInterview": "done" }], "furtherAction": action },
    })
}

#[test]
fn signs_of_exploitation_want_somebody_to_look() {
    const SIGN: &str = "Ava was found at a hotel with a new phone and two men in their twenties who gave her vodka.";
    let has = |form: &Value| codes(form).iter().any(|code| code == "missing.exploitation-signs");
    assert!(has(&missing(SIGN, "Returned home.")));
    assert!(!has(&missing(SIGN, "Referred to the exploitation team, to be seen tomorrow.")));
    assert!(!has(&missing("Ava was late back from her cousin's, missed the bus and rang her mum.", "None needed.")));
}

#[test]
fn words_that_make_light_of_it_are_asked_about() {
    let has = |narrative: &str| codes(&missing(narrative, "")).iter().any(|code| code == "missing.dismissive");
    assert!(has("Frequent absconder, always comes back by morning."));
    assert!(!has("Mum fears Ava will not come back this time."));
}

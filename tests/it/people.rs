//! Who did it: on a form that lists its people, what somebody else did is no answer about the suspect.

use referral_guide::Guide;
use serde_json::{Value, json};
use std::sync::LazyLock;

static GUIDE: LazyLock<Guide> = LazyLock::new(Guide::new);

fn form(narrative: &str) -> Value {
    let answers: serde_json::Map<String, Value> = (1..=27).map(|number| (format!("q{number}"), json!({ "answer": "no" }))).collect();
    json!({
        "formType": "domestic-abuse",
        "incident": { "narrative": narrative, "domesticAbuse": true },
        "adults": [
            { "name": "Steph Hall", "role": "victim", "relationship": "mother" },
            { "name": "Jordan Hall", "role": "suspect", "relationship": "father" },
        ],
        "children": [{ "id": "c1", "name": "Isla", "ageYears": 9, "relationship": "daughter of both" }],
        "dash": { "status": "complete", "answers": answers },
    })
}

/// Whether the texts are said to speak against an answer of no.
fn contradicts(form: &Value, question: &str) -> bool {
    let path = format!("/dash/answers/{question}");
    GUIDE.check_json(&form.to_string()).findings.iter().any(|finding| finding.code == "dash.contradiction" && finding.path == path)
}

#[test]
fn what_the_suspect_did_contradicts_and_what_somebody_else_did_does_not() {
    for (question, suspect, others) in [
        ("q27", "Jordan is on tag.", &["Jordans brother is on tag.", "Jordan's brother Selim is on tag.", "Her dad is on tag."][..]),
        (
            "q24",
            "Jordan smelled of cannabis.",
            &["Stephs friend smelled of cannabis.", "Steph's new partner Lewis stayed in the car, smelled of cannabis."][..],
        ),
        (
            "q18",
            "Jordan strangled her.",
            &["Her former husband, who lives in Spain, strangled her.", "A lad called Dean, who strangled her in 2016, lives in Leeds."][..],
        ),
        ("q16", "He hit her with a bottle.", &["She hit him with a bottle.", "Her brother hit him with a bottle."][..]),
    ] {
        assert!(contradicts(&form(suspect), question), "{suspect}");
        for other in others {
            assert!(!contradicts(&form(other), question), "{other}");
        }
    }
}

#[test]
fn somebody_else_only_mentioned_takes_nothing_from_what_the_suspect_did() {
    for text in [
        "Jordan came to her mum's and strangled her.",
        "She was at her sister's when he strangled her.",
        "Her brother saw that Jordan strangled her.",
        "Her mum was in the kitchen. He strangled her.",
        "She was strangled by him.",
    ] {
        assert!(contradicts(&form(text), "q18"), "{text}");
    }
}

#[test]
fn a_denial_is_one_though_a_phrase_passes_over_it() {
    for text in ["He did not strangle her.", "He has never strangled her.", "He didn't hit her with a bottle.", "He has not threatened to kill her."] {
        let report = GUIDE.check_json(&form(text).to_string());
        assert!(report.dash.contradictions.is_empty(), "{text}");
    }
    assert!(contradicts(&form("He did strangle her."), "q18"));
    assert!(contradicts(&form("He would not stop and strangled her."), "q18"));
}

#[test]
fn a_childs_own_words_speak_of_what_was_done_to_the_child_and_to_the_mother() {
    let mut told = form("Called by a neighbour to shouting.");
    told["children"][0]["voice"] = json!("Told me 'He whacked mum with the hoover pipe. Then he shoved me into the door.'");
    assert!(contradicts(&told, "q11") && contradicts(&told, "q16"));
    // The same words as the victim's are no harm to a child.
    assert!(!contradicts(&form("Steph said 'he shoved me into the door'."), "q11"));
}

#[test]
fn a_written_reason_answers_why_a_child_was_not_heard() {
    let asked = |impact: &str| {
        let form = json!({ "formType": "child-concern", "children": [{ "id": "c1", "name": "Isla", "ageYears": 9, "impact": impact }] });
        GUIDE.check_json(&form.to_string()).findings.iter().any(|finding| finding.code == "child-impact.no-voice")
    };
    assert!(asked("Pale and shaking, hiding behind the sofa."));
    assert!(!asked("Pale and shaking, hiding behind the sofa. Not spoken to as too upset, school will see her in the morning."));
}

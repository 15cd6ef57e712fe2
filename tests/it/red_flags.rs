//! Red flags, in plain words: none may ever read as "below", whoever it happened to.

use referral_guide::Guide;
use referral_guide::facts::Likely;
use serde_json::json;

/// Short, flat accounts of what alone suffices for level 4.
const FLAGS: &[&str] = &[
    "He strangled her in front of {name}.",
    "Dad had his hands round mum's throat, {name} was in the room.",
    "He held a knife to her throat while {name} watched.",
    "He slapped {name} across the face and left a hand print.",
    "{name} says mum's boyfriend hits them with a belt.",
    "He said he would kill her and the kids.",
    "Bruise to the ear of {name}, no explanation from parents.",
    "{name} told the teacher that grandad touches them under their clothes.",
    "Baby shaken by father, {name} taken to hospital.",
    "{name} has cigarette burns on both hands.",
    "Indecent images of children found on dad's laptop, {name} lives at the address.",
    "{name} found with wraps of crack in a trap house 80 miles from home.",
    "{name} was stabbed in the leg outside school.",
    "Mum passed out drunk, nobody else in the house to look after {name}.",
    "Needles and heroin on the floor in reach of {name}.",
    "{name} is to be taken abroad next week to be cut.",
    "Parents plan to marry {name} to a cousin against their will.",
    "A man online has been sending {name} nude pictures and wants to meet.",
];

/// Names of several communities, and one that is an ordinary word.
const NAMES: &[&str] = &["Ava", "Mohammed", "Oluwaseun", "Siân", "Agnieszka", "Grace", "Xiu Ying", "T'Shaun"];
const AGES: &[f64] = &[0.5, 4.0, 9.0, 15.0];

#[test]
fn a_red_flag_is_never_below_whatever_the_name_or_age() {
    let guide = Guide::new();
    let mut variants = 0;
    for flag in FLAGS {
        for name in NAMES {
            for age in AGES {
                let account = flag.replace("{name}", name);
                let reassured = format!("{account} House clean and tidy, food in the fridge, parents polite, {name} playing happily, no concerns.");
                for narrative in [account, reassured] {
                    let form = json!({ "formType": "child-concern", "incident": { "narrative": narrative }, "children": [{ "id": "c1", "name": name, "ageYears": age, "seen": true, "impact": "Seen safe and well." }] });
                    let report = guide.check_json(&form.to_string());
                    assert_ne!(report.threshold.likely, Likely::Below, "{narrative} ({age})");
                    assert!(!report.findings.iter().any(|finding| finding.code == "threshold.likely-below"));
                    variants += 1;
                }
            }
        }
    }
    assert!(variants >= 500, "{variants} variants");
}

#[test]
fn the_same_facts_with_another_name_read_the_same() {
    let guide = Guide::new();
    for flag in FLAGS {
        let verdicts: Vec<Likely> = NAMES
            .iter()
            .map(|name| {
                let form = json!({ "formType": "child-concern", "incident": { "narrative": flag.replace("{name}", name) }, "children": [{ "id": "c1", "name": name, "ageYears": 9 }] });
                guide.check_json(&form.to_string()).threshold.likely
            })
            .collect();
        assert!(verdicts.iter().all(|verdict| *verdict == verdicts[0]), "{flag}: {verdicts:?}");
    }
}

/// What is said around a grave thing when all else is well.
const KIND: &[(&str, &str)] = &[
    ("House clean and tidy, food in the fridge, parents polite.", "Playing happily, no concerns."),
    ("School aware and supportive. Mum has accepted early help.", "Settled and smiling when we left."),
];

#[test]
fn kind_words_around_it_never_make_a_level_3_or_4_account_below() {
    let guide = Guide::new();
    let mut variants = 0;
    for file in ["tests/cases/dev-threshold-sentences.ndjson", "training/threshold-mixed.ndjson"] {
        for line in std::fs::read_to_string(file).unwrap().lines() {
            let item: serde_json::Value = serde_json::from_str(line).unwrap();
            if !matches!(item["expect"]["threshold"].as_str(), Some("meets" | "significant-harm")) {
                continue;
            }
            let text = item["text"].as_str().unwrap().trim_end_matches('.');
            let child = json!({ "id": "c1", "name": item["child"]["name"], "ageYears": item["child"]["ageYears"] });
            for (first, last) in KIND {
                for narrative in [format!("{first} {text}. {last}"), format!("{text}. {first} {last}"), format!("{first} {last} {text}.")] {
                    let form = json!({ "formType": "child-concern", "incident": { "narrative": narrative }, "children": [child] });
                    assert_ne!(guide.check_json(&form.to_string()).threshold.likely, Likely::Below, "{narrative}");
                    variants += 1;
                }
            }
        }
    }
    assert!(variants >= 1000, "{variants} variants");
}

#[test]
fn a_denial_ends_where_somebody_does_something_else() {
    let guide = Guide::new();
    let likely = |narrative: &str| {
        let form = json!({ "formType": "child-concern", "incident": { "narrative": narrative }, "children": [{ "id": "c1", "name": "Ava", "ageYears": 5 }] });
        guide.check_json(&form.to_string()).threshold.likely
    };
    for account in [
        "No drink taken, he strangled her in front of Ava.",
        "Not injured herself, dad hit Ava with a belt.",
        "Denies drinking, he held a knife to Ava's throat.",
    ] {
        assert_eq!(likely(account), Likely::SignificantHarm, "{account}");
    }
    for account in ["Nobody was hit, punched or strangled.", "No knives, belts or strangulation."] {
        assert_ne!(likely(account), Likely::SignificantHarm, "{account}");
    }
}

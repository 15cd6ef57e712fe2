//! What must hold for any text.

use proptest::prelude::*;
use referral_guide::Guide;
use referral_guide::facts::ImpactStatus;
use serde_json::{Value, json};
use std::sync::LazyLock;

static GUIDE: LazyLock<Guide> = LazyLock::new(Guide::new);

fn form(impact: &str, narrative: &str) -> Value {
    json!({ "formType": "domestic-abuse", "createdAt": "2026-11-20T22:15", "incident": { "narrative": narrative },
            "children": [{ "id": "c1", "name": "Ava", "ageYears": 7, "relationship": "daughter", "impact": impact }],
            "dash": { "status": "completed", "answers": { "q18": { "answer": "no" } } } })
}

fn status(impact: &str) -> ImpactStatus {
    GUIDE.check_json(&form(impact, "").to_string()).children[0].impact.status
}

fn words() -> impl Strategy<Value = String> {
    let word = prop::sample::select(vec![
        "crying",
        "not",
        "Ava",
        "mum",
        "he",
        "said",
        "\"I hid\"",
        "asleep",
        "upstairs",
        "throat",
        "hands",
        "round",
        "her",
        "if",
        "and",
        "but",
        ".",
        ",",
        "😀",
        "é",
        "\n",
        "?",
        "no",
        "injuries",
        "8yo",
        "s.47",
        "’",
        "—",
        "shaking",
        "safe and well",
        "strangled",
        "previously",
        "Unborn",
        "\u{200b}",
        "🇬🇧",
        "ﬁ",
        "İ",
        "ß",
    ]);
    prop::collection::vec(word, 0..40).prop_map(|words| words.join(" "))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(120))]

    #[test]
    fn every_span_slices_the_typed_text(impact in prop_oneof![words(), any::<String>()], narrative in prop_oneof![words(), any::<String>()]) {
        let form = form(&impact, &narrative);
        let report = GUIDE.check_json(&form.to_string());
        let places = report.findings.iter().flat_map(|finding| &finding.evidence)
            .chain(report.children.iter().flat_map(|child| child.impact.facets.values().flatten()))
            .chain(report.dash.contradictions.iter().flat_map(|found| &found.evidence))
            .chain(report.threshold.indicators.iter().flat_map(|found| &found.evidence));
        for place in places {
            let text = form.pointer(&place.path).and_then(Value::as_str).expect("evidence points at typed text");
            let units: Vec<u16> = text.encode_utf16().collect();
            prop_assert!(place.start < place.end && place.end as usize <= units.len());
            prop_assert!(String::from_utf16(&units[place.start as usize..place.end as usize]).is_ok(), "a span splits a character");
        }
    }

    #[test]
    fn a_blank_text_is_never_better_than_a_written_one(impact in words()) {
        if status(&impact) == ImpactStatus::Missing {
            prop_assert!(!impact.chars().any(char::is_alphanumeric));
        }
        prop_assert_eq!(status("  "), ImpactStatus::Missing);
    }

    #[test]
    fn adding_a_sentence_never_makes_a_description_missing(impact in words()) {
        let before = status(&impact);
        let after = status(&format!("{impact}. The house was tidy."));
        prop_assert!(before == ImpactStatus::Missing || after != ImpactStatus::Missing);
    }

    #[test]
    fn the_same_form_gives_the_same_report(impact in words(), narrative in words()) {
        let form = form(&impact, &narrative).to_string();
        prop_assert_eq!(GUIDE.check_json(&form), GUIDE.check_json(&form));
    }

    #[test]
    fn unknown_keys_change_nothing(key in "[a-zA-Z_]{1,12}", value in any::<i64>()) {
        let plain = form("Crying, would not let go of mum.", "He shouted.");
        let mut more = plain.clone();
        more[format!("x{key}")] = json!(value);
        prop_assert_eq!(GUIDE.check_json(&plain.to_string()), GUIDE.check_json(&more.to_string()));
    }
}

#[test]
fn case_and_spacing_do_not_change_the_status() {
    for text in ["Crying and shaking, would not let go of her sister.", "In bed upstairs asleep.", "Safe and well, no concerns."] {
        assert_eq!(status(text), status(&text.replace(' ', "   ")), "{text}");
    }
}

#[test]
fn no_check_of_a_hostile_text_takes_forever() {
    for text in ["a".repeat(200_000), "not ".repeat(50_000), "he hit her ".repeat(18_000), "(".repeat(200_000), "\"".repeat(200_000)] {
        let report = GUIDE.check_json(&form(&text, &text).to_string());
        assert_eq!(report.children.len(), 1);
    }
}

//! Bad input gets a clear finding, and the rest is still checked.

use referral_guide::Guide;

#[test]
fn whatever_comes_in_a_report_comes_out() {
    let guide = Guide::new();
    let long = format!(r#"{{"formType":"child-concern","incident":{{"narrative":"{}"}}}}"#, "He hit her. ".repeat(90_000));
    let deep = "[".repeat(100_000);
    for form in
        ["", "null", "[]", "{", "\u{0}", "{\"children\":{}}", "{\"children\":[[[]]]}", "{\"formType\":{}}", "{\"dash\":{\"answers\":[1]}}", &long, &deep]
    {
        let report = guide.check_json(form);
        assert!(!report.complete, "a form with trouble is not complete");
        assert!(report.findings.iter().any(|finding| finding.code == "form.invalid") || form.len() > 1000);
    }
}

#[test]
fn the_rest_of_the_form_is_still_checked() {
    let report = Guide::new().check_json(
        r#"{"formType":"domestic-abuse","createdAt":"2026-02-31","children":[{"id":"c1","name":"Ava","ageYears":7,"presence":"on the moon","impact":"Asleep upstairs."}]}"#,
    );
    let codes: Vec<&str> = report.findings.iter().map(|finding| finding.code.as_str()).collect();
    assert_eq!(codes.iter().filter(|code| **code == "form.invalid").count(), 2, "{codes:?}");
    assert!(codes.contains(&"child-impact.inadequate"), "{codes:?}");
    let text = serde_json::to_string(&report).expect("a report is plain data");
    assert!(!text.contains("on the moon") && !text.contains("2026-02-31"), "a message shows what was typed");
}

#[test]
fn an_override_with_a_reason_answers_a_finding_and_one_without_does_not() {
    let form = |reason: &str| {
        format!(
            r#"{{"formType":"child-concern","incident":{{"narrative":"Called to a report of a lost child."}},"children":[{{"id":"c1","name":"Ava","ageYears":7,"impact":"Asleep upstairs."}}],
            "overrides":[{{"code":"child-impact.inadequate","path":"/children/0/impact","reason":"{reason}"}}]}}"#
        )
    };
    let guide = Guide::new();
    let answered = |reason| guide.check_json(&form(reason)).findings.iter().any(|finding| finding.code == "child-impact.inadequate" && finding.overridden);
    assert!(answered("Not seen tonight; day shift will visit."));
    assert!(!answered("  "));
}

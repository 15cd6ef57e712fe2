//! `records.duplicate-text`: the same text kept in two records.
//!
//! Why: copies drift apart, and the next reader finds one of them. Source: `hmic-2013`.
use crate::facts::{Cast, Facts, Owner, Reading, likeness};
use crate::rules::{Finding, Rule};

pub(super) const RULE: Rule = Rule::new("records.duplicate-text", check).fills(&["first", "second"]);

fn check(facts: &Facts) -> Vec<Finding> {
    let settings = &facts.policy.pack.settings;
    let records = &facts.form.records;
    if records.len() < 2 {
        return Vec::new();
    }
    let cast = Cast::new(facts.form, facts.policy);
    let read: Vec<(usize, Reading)> = records
        .iter()
        .enumerate()
        .filter_map(|(at, record)| record.text.as_ref().map(|text| (at, Reading::new(text, Owner::Nobody, &cast, facts.policy))))
        .filter(|(_, reading)| reading.tokens.words.len() >= settings.record_words as usize)
        .collect();
    let mut out = Vec::new();
    for (number, (second, later)) in read.iter().enumerate() {
        for (first, earlier) in &read[..number] {
            if likeness(earlier, later, usize::MAX) >= settings.copied_likeness {
                let name = |at: usize| records[at].system.map_or_else(|| format!("record {}", at + 1), |system| system.name().replace('-', " "));
                out.push(
                    Finding::new(RULE.code, format!("/records/{second}/text"))
                        .fill("first", name(*first))
                        .fill("second", name(*second))
                        .related(format!("/records/{first}/text")),
                );
                break;
            }
        }
    }
    out
}

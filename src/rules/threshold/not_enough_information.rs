//! `threshold.not-enough-information`: the text does not carry the answer, and what would settle it.
//!
//! Why: a duty social worker can only decide on what is written. Source: the pack's threshold documents.
use crate::facts::{Facts, Likely};
use crate::rules::{Finding, Rule};

pub(super) const RULE: Rule = Rule::new("threshold.not-enough-information", check).fills(&["change"]);

fn check(facts: &Facts) -> Vec<Finding> {
    // A form with nothing in it yet has enough findings of its own.
    if facts.threshold.likely != Likely::Uncertain || facts.fields.is_empty() {
        return Vec::new();
    }
    let change = facts
        .threshold
        .open
        .iter()
        .filter_map(|key| facts.policy.pack.asks.get("threshold").and_then(|asks| asks.get(key)))
        .cloned()
        .collect::<Vec<_>>()
        .join(" ");
    let places = facts.threshold.doubts().flat_map(|shown| shown.places.iter().take(2)).take(4).cloned();
    vec![Finding::new(RULE.code, "/incident/narrative").fill("change", change).places(places)]
}

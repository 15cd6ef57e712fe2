//! `custody.secure-without-need`: secure accommodation asked for a child too young for it, or nothing else tried.
//!
//! Why: secure is for those of 12 and over, to protect the public from serious harm; any other accommodation
//! must be accepted by the authority. Source: `pace-1984-s38`.
use super::refused;
use crate::facts::Facts;
use crate::form::{AccommodationKind, AccommodationOutcome};
use crate::rules::{Finding, Rule};

pub(super) const RULE: Rule = Rule::new("custody.secure-without-need", check).fills(&["age"]).variants(&["none-available"]);

fn check(facts: &Facts) -> Vec<Finding> {
    let Some(accommodation) = refused(facts).and_then(|custody| custody.accommodation.as_ref()) else { return Vec::new() };
    if accommodation.kind != Some(AccommodationKind::Secure) {
        return Vec::new();
    }
    let least = facts.policy.pack.settings.secure_accommodation_age;
    let finding = Finding::new(RULE.code, "/custody/accommodation/kind").fill("age", least.to_string());
    if facts.children.iter().any(|child| child.age.is_some_and(|age| age < f64::from(least))) {
        vec![finding]
    } else if accommodation.outcome == Some(AccommodationOutcome::NoneAvailable) {
        vec![finding.variant("none-available")]
    } else {
        Vec::new()
    }
}

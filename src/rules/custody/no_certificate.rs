//! `custody.no-certificate`: bail refused after charge, the child not moved, and no certificate for the court.
//!
//! Why: the certificate tells the court why the child stayed in a cell. Source: `pace-1984-s38`.
use super::refused;
use crate::facts::Facts;
use crate::form::AccommodationOutcome;
use crate::rules::{Finding, Rule};

pub(super) const RULE: Rule = Rule::new("custody.no-certificate", check);

fn check(facts: &Facts) -> Vec<Finding> {
    let Some(custody) = refused(facts) else { return Vec::new() };
    let moved = custody.accommodation.as_ref().and_then(|accommodation| accommodation.outcome) == Some(AccommodationOutcome::Transferred);
    if !moved && custody.certificate != Some(true) { vec![Finding::new(RULE.code, "/custody/certificate")] } else { Vec::new() }
}

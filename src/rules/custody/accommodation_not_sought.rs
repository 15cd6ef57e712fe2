//! `custody.accommodation-not-sought`: bail refused after charge, and no local authority accommodation asked for.
//!
//! Why: a child refused bail is moved to local authority accommodation unless that is impracticable, and the
//! authority must accept. Source: `pace-1984-s38`.
use super::{refused, sought};
use crate::facts::Facts;
use crate::rules::{Finding, Rule};

pub(super) const RULE: Rule = Rule::new("custody.accommodation-not-sought", check);

fn check(facts: &Facts) -> Vec<Finding> {
    match refused(facts) {
        Some(custody) if !sought(custody) => vec![Finding::new(RULE.code, "/custody/accommodation")],
        _ => Vec::new(),
    }
}

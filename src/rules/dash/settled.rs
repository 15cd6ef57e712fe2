//! `dash.settled-by-text`: a question left open or not known that the officer's own text settles.
//!
//! Why: the work is done, only the tick is missing. Source: `dash-2009`.
use super::{called, path};
use crate::facts::{DashState, Facts};
use crate::rules::{Finding, Rule};

pub(super) const RULE: Rule = Rule::new("dash.settled-by-text", check).fills(&["quote", "question"]);

fn check(facts: &Facts) -> Vec<Finding> {
    if matches!(facts.dash.state, DashState::NotRequired | DashState::NotStarted) {
        return Vec::new();
    }
    facts
        .dash
        .settled
        .iter()
        .filter(|found| !found.places.is_empty())
        .take(facts.policy.pack.settings.contradictions_shown as usize)
        .map(|found| {
            Finding::new(RULE.code, path(&found.question))
                .fill("question", called(facts, &found.question))
                .fill("quote", facts.quote(&found.places[0]))
                .places(found.places.iter().cloned())
        })
        .collect()
}

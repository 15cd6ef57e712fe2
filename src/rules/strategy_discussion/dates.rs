//! `strategy-discussion.date-order`: an action due before the discussion was held.
//!
//! Why: a date that cannot be right will not be kept. Source: `hmic-2013`.
use super::record;
use crate::facts::Facts;
use crate::rules::{Finding, Rule};

pub(super) const RULE: Rule = Rule::new("strategy-discussion.date-order", check);

fn check(facts: &Facts) -> Vec<Finding> {
    let Some(record) = record(facts) else { return Vec::new() };
    let Some(held) = record.held_at.as_ref().and_then(|moment| moment.at()) else { return Vec::new() };
    record
        .actions
        .iter()
        .enumerate()
        .filter(|(_, action)| action.due.as_ref().and_then(|due| due.at()).is_some_and(|due| due.date() < held.date()))
        .map(|(at, _)| Finding::new(RULE.code, format!("/strategyDiscussion/actions/{at}/due")).related("/strategyDiscussion/heldAt"))
        .collect()
}

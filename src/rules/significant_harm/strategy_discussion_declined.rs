//! `significant-harm.strategy-discussion-declined`: asked for, declined, and no reason or next step written.
//!
//! Why: a refusal without its reason cannot be escalated. Source: `working-together-2023`.
use super::is_significant;
use crate::facts::Facts;
use crate::form::StrategyStatus;
use crate::rules::{Finding, Rule, filled};

pub(super) const RULE: Rule = Rule::new("significant-harm.strategy-discussion-declined", check);

fn check(facts: &Facts) -> Vec<Finding> {
    let Some(referral) = &facts.form.referral else { return Vec::new() };
    let declined = referral.strategy_discussion == Some(StrategyStatus::Declined);
    if declined && is_significant(facts) && !filled(referral.actions_taken.as_ref()) {
        vec![Finding::new(RULE.code, "/referral/actionsTaken")]
    } else {
        Vec::new()
    }
}

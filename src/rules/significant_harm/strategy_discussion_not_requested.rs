//! `significant-harm.strategy-discussion-not-requested`: significant harm, and no strategy discussion asked for.
//!
//! Why: one is held whenever significant harm is suspected, crime or not. Source: `children-act-1989-s47`.
use super::{evidence, is_significant};
use crate::facts::Facts;
use crate::form::StrategyStatus;
use crate::rules::{Finding, Rule};

pub(super) const RULE: Rule = Rule::new("significant-harm.strategy-discussion-not-requested", check);

fn check(facts: &Facts) -> Vec<Finding> {
    let status = facts.form.referral.as_ref().and_then(|referral| referral.strategy_discussion);
    let asked = matches!(status, Some(StrategyStatus::Requested | StrategyStatus::Held | StrategyStatus::Declined));
    if is_significant(facts) && !asked && !super::is_record(facts) {
        vec![Finding::new(RULE.code, "/referral/strategyDiscussion").places(evidence(facts))]
    } else {
        Vec::new()
    }
}

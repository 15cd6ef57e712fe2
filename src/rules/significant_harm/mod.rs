//! Significant harm: said so, told to the specialists, and discussed.

mod specialist_not_notified;
mod strategy_discussion_declined;
mod strategy_discussion_not_requested;
mod understated;

pub(super) const RULES: &[super::Rule] =
    &[understated::RULE, specialist_not_notified::RULE, strategy_discussion_not_requested::RULE, strategy_discussion_declined::RULE];

use crate::facts::{Facts, Likely};
use crate::form::{Concern, FormType};

/// Significant harm is chosen, or found.
fn is_significant(facts: &Facts) -> bool {
    facts.threshold.likely == Likely::SignificantHarm || chosen(facts) == Some(Concern::SignificantHarm)
}

fn chosen(facts: &Facts) -> Option<Concern> {
    facts.form.referral.as_ref().and_then(|referral| referral.concern)
}

/// The record of a discussion is itself the answer to whether one was asked for.
fn is_record(facts: &Facts) -> bool {
    facts.form.kind() == FormType::StrategyDiscussion
}

/// What the finding rests on: the gravest signs.
fn evidence(facts: &Facts) -> Vec<crate::facts::Place> {
    facts.threshold.shown.iter().filter(|shown| shown.level == 4).flat_map(|shown| shown.places.iter().take(2)).take(4).cloned().collect()
}

/// The gravest sign, in the pack's words.
fn named(facts: &Facts) -> String {
    facts.threshold.level_4().next().and_then(|shown| shown.indicator).map(|at| facts.policy.indicator(at).name.clone()).unwrap_or_default()
}

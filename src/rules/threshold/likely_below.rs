//! `threshold.likely-below`: as written, this may be below the level at which children's social care acts.
//!
//! Why: the serious referrals hide among many that lead to nothing. Source: the pack's threshold documents.
//! Leaves to judgement: whether to send it. It never stops anything and counts against nobody.
use crate::facts::{Facts, Likely};
use crate::rules::{Finding, Rule};

pub(super) const RULE: Rule = Rule::new("threshold.likely-below", check).fills(&["change", "help"]);

fn check(facts: &Facts) -> Vec<Finding> {
    if facts.threshold.likely != Likely::Below {
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
    let help = facts.policy.pack.settings.other_help.join(" ");
    let places = facts.threshold.shown.iter().flat_map(|shown| shown.places.iter().take(1)).take(3).cloned();
    vec![Finding::new(RULE.code, "/referral/concern").fill("change", change).fill("help", help).places(places)]
}

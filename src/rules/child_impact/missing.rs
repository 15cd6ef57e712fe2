//! `child-impact.missing`: nothing says what the incident meant for this child.
//!
//! Why: children's social care decides on the effect on the child, and few referrals gave any sign of it.
//! Source: `hmic-2013`.
use crate::facts::{Facts, ImpactStatus};
use crate::rules::{Finding, Rule};

pub(super) const RULE: Rule = Rule::new("child-impact.missing", check).fills(&["child", "ask"]);

fn check(facts: &Facts) -> Vec<Finding> {
    facts
        .children
        .iter()
        .filter(|child| child.status == ImpactStatus::Missing)
        .map(|child| Finding::new(RULE.code, child.path("impact")).about(child).fill("ask", facts.asks(child).into_iter().next().unwrap_or_default()))
        .collect()
}

//! `dash.unanswered`: some risk questions are open.
//!
//! Why: a blank is read as a no. Source: `dash-2009`.
use super::{called, path};
use crate::facts::{DashState, Facts};
use crate::rules::{Finding, Rule};

pub(super) const RULE: Rule = Rule::new("dash.unanswered", check).fills(&["questions", "count"]).variants(&["many"]);

fn check(facts: &Facts) -> Vec<Finding> {
    let open = &facts.dash.unanswered;
    if facts.dash.state != DashState::Incomplete || open.is_empty() {
        return Vec::new();
    }
    let named = open.iter().take(5).map(|key| called(facts, key)).collect::<Vec<_>>().join(", ");
    let mut finding = Finding::new(RULE.code, path(&open[0])).fill("questions", named).fill("count", open.len().to_string());
    finding.related.extend(open.iter().map(|key| path(key)));
    vec![if open.len() > 5 { finding.variant("many") } else { finding }]
}

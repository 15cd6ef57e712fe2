//! `dash.no-detail`: a marker question answered yes, and nothing says what happened.
//!
//! Why: the detail is what the next officer and the conference work with. Source: `dash-2009`.
use super::{called, path};
use crate::facts::{DashState, Facts};
use crate::rules::{Finding, Rule};

pub(super) const RULE: Rule = Rule::new("dash.no-detail", check).fills(&["questions"]);

fn check(facts: &Facts) -> Vec<Finding> {
    let open = &facts.dash.without_detail;
    if matches!(facts.dash.state, DashState::NotRequired | DashState::NotStarted) || open.is_empty() {
        return Vec::new();
    }
    let named = open.iter().take(3).map(|key| called(facts, key)).collect::<Vec<_>>().join(", ");
    let mut finding = Finding::new(RULE.code, format!("{}/detail", path(&open[0]))).fill("questions", named);
    finding.related.extend(open.iter().map(|key| format!("{}/detail", path(key))));
    vec![finding]
}

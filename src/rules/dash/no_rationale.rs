//! `dash.no-rationale`: a grade, and nothing says why.
//!
//! Why: the grade is a judgement, and a supervisor can only check one that is explained. Source: `app-domestic-abuse`.
use crate::facts::{DashState, Facts};
use crate::rules::{Finding, Rule, filled};

pub(super) const RULE: Rule = Rule::new("dash.no-rationale", check).fills(&["grade"]);

fn check(facts: &Facts) -> Vec<Finding> {
    let Some(dash) = &facts.form.dash else { return Vec::new() };
    match dash.grade {
        Some(grade) if !filled(dash.rationale.as_ref()) && facts.dash.state != DashState::NotRequired => {
            vec![Finding::new(RULE.code, "/dash/rationale").fill("grade", grade.name())]
        }
        _ => Vec::new(),
    }
}

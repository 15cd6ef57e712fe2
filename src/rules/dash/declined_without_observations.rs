//! `dash.declined-without-observations`: the victim declined, and nothing says what the officer saw.
//!
//! Why: a refusal may itself show fear, and the risk is still the officer's to judge. Source: `app-domestic-abuse`.
use crate::facts::{DashState, Facts};
use crate::rules::{Finding, Rule, filled};

pub(super) const RULE: Rule = Rule::new("dash.declined-without-observations", check);

fn check(facts: &Facts) -> Vec<Finding> {
    let observed = facts.form.dash.as_ref().is_some_and(|dash| filled(dash.observations.as_ref()));
    if facts.dash.state == DashState::Declined && !observed { vec![Finding::new(RULE.code, "/dash/observations")] } else { Vec::new() }
}

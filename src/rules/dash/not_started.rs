//! `dash.not-started`: domestic abuse, and no risk question answered.
//!
//! Why: the questions are for every case of domestic abuse. Source: `dash-2009`.
use crate::facts::{DashState, Facts};
use crate::rules::{Finding, Rule};

pub(super) const RULE: Rule = Rule::new("dash.not-started", check);

fn check(facts: &Facts) -> Vec<Finding> {
    if facts.dash.state == DashState::NotStarted { vec![Finding::new(RULE.code, "/dash")] } else { Vec::new() }
}

//! `form.invalid`: a value breaks the form's own shape.
//!
//! Why: a date that does not exist or a value nobody knows is lost on its way to another agency.
//! The message never shows the value.
use crate::facts::Facts;
use crate::rules::{Finding, Rule};

pub(super) const RULE: Rule = Rule::new("form.invalid", check).fills(&["field", "problem"]);

fn check(facts: &Facts) -> Vec<Finding> {
    facts
        .problems
        .iter()
        .map(|problem| {
            let field = if problem.path.is_empty() { "The form".to_owned() } else { problem.path.clone() };
            Finding::new(RULE.code, problem.path.clone()).fill("field", field).fill("problem", problem.message.clone())
        })
        .collect()
}

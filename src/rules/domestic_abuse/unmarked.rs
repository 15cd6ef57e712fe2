//! `domestic-abuse.unmarked`: the narrative describes domestic abuse, the form does not say so.
//!
//! Why: a child who sees or hears it is a victim in their own right. Source: `da-act-2021-s3`.
use crate::facts::Facts;
use crate::rules::{Finding, Rule};

pub(super) const RULE: Rule = Rule::new("domestic-abuse.unmarked", check).fills(&["quote"]);

fn check(facts: &Facts) -> Vec<Finding> {
    if facts.is_domestic_abuse() {
        return Vec::new();
    }
    match facts.domestic_abuse.first() {
        Some(place) => {
            vec![Finding::new(RULE.code, "/incident/domesticAbuse").fill("quote", facts.quote(place)).places(facts.domestic_abuse.iter().take(3).cloned())]
        }
        None => Vec::new(),
    }
}

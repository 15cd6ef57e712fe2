//! `missing.dismissive`: words that make light of a missing child ("always comes back").
//!
//! Why: the more often a child is missing, the greater the concern, and such words hide it. Source: `liverpool-missing`.
use crate::facts::Facts;
use crate::rules::{Finding, Rule};

pub(super) const RULE: Rule = Rule::new("missing.dismissive", check).fills(&["quote"]);

fn check(facts: &Facts) -> Vec<Finding> {
    if facts.form.missing.is_none() {
        return Vec::new();
    }
    let words = facts.stating(&["dismissive-of-missing"], |_| true).next();
    words.map(|place| Finding::new(RULE.code, facts.fields[place.field].path.clone()).fill("quote", facts.quote(&place)).places([place])).into_iter().collect()
}

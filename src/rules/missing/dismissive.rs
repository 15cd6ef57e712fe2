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
    let wanted = facts.policy.concept("dismissive-of-missing");
    facts
        .fields
        .iter()
        .enumerate()
        .find_map(|(at, field)| {
            let (_, mention) = facts.concepts(field).find(|(concept, mention)| Some(*concept) == wanted && mention.assertion.stated())?;
            let place = facts.place(at, mention);
            Some(Finding::new(RULE.code, field.path.clone()).fill("quote", facts.quote(&place)).places([place]))
        })
        .into_iter()
        .collect()
}

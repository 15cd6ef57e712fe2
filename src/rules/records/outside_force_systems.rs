//! `records.outside-force-systems`: a record on paper or a personal drive.
//!
//! Why: such records could not be seen out of hours. Source: `hmic-2013`.
use crate::facts::Facts;
use crate::rules::{Finding, Rule};

pub(super) const RULE: Rule = Rule::new("records.outside-force-systems", check).fills(&["system"]).variants(&["mentioned"]);

fn check(facts: &Facts) -> Vec<Finding> {
    let outside = &facts.policy.pack.settings.outside_systems;
    let mut out: Vec<Finding> = facts
        .form
        .records
        .iter()
        .enumerate()
        .filter_map(|(at, record)| record.system.filter(|system| outside.iter().any(|one| one == system.name())).map(|system| (at, system)))
        .map(|(at, system)| Finding::new(RULE.code, format!("/records/{at}/system")).fill("system", system.name().replace('-', " ")))
        .collect();
    if out.is_empty() {
        let wanted = facts.policy.concept("kept-outside-systems");
        for (at, field) in facts.fields.iter().enumerate() {
            if let Some((_, mention)) = facts.concepts(field).find(|(concept, mention)| Some(*concept) == wanted && mention.assertion.stated()) {
                out.push(Finding::new(RULE.code, field.path.clone()).variant("mentioned").places([facts.place(at, mention)]));
                break;
            }
        }
    }
    out
}

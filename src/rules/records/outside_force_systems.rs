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
        let said = facts.stating(&["kept-outside-systems"], |_| true).next();
        out.extend(said.map(|place| Finding::new(RULE.code, facts.fields[place.field].path.clone()).variant("mentioned").places([place])));
    }
    out
}

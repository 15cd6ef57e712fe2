//! `child-impact.copied`: the same text for two children, or pasted from the narrative.
//!
//! Why: each child has an impact of their own. Source: `hmic-2013`.
//! Leaves to judgement: two children who really did the same thing together.
use crate::facts::Facts;
use crate::rules::{Finding, Rule};

pub(super) const RULE: Rule = Rule::new("child-impact.copied", check).fills(&["child", "other"]).variants(&["narrative"]);

fn check(facts: &Facts) -> Vec<Finding> {
    let mut out = Vec::new();
    for child in &facts.children {
        let finding = Finding::new(RULE.code, child.path("impact")).about(child);
        match child.copied_from_child {
            // One of the two is enough: the later one.
            Some((other, _)) if other < child.index => {
                let other = &facts.children[usize::from(other)];
                out.push(finding.fill("other", facts.call(other)).related(other.path("impact")));
            }
            None if child.copied_from_narrative => out.push(finding.variant("narrative").related("/incident/narrative")),
            _ => {}
        }
    }
    out
}

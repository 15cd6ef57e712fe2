//! `child-impact.inadequate`: there is text, and it does not say what the incident meant for this child.
//!
//! Why: presence, a welfare tick or another person's state tell nobody how the child is.
//! Source: `hmic-2013`. Leaves to judgement: everything that is described.
use crate::facts::{Facts, ImpactStatus};
use crate::rules::{Finding, Rule};

pub(super) const RULE: Rule = Rule::new("child-impact.inadequate", check).fills(&["child", "ask", "quote", "why"]).variants(&["phrase", "same-as-another"]);

fn check(facts: &Facts) -> Vec<Finding> {
    facts
        .children
        .iter()
        .filter(|child| child.status == ImpactStatus::Inadequate)
        .map(|child| {
            let path = if facts.field(&child.path("impact")).is_some() { child.path("impact") } else { child.path("voice") };
            let next = facts.asks(child).into_iter().next().unwrap_or_default();
            let finding = Finding::new(RULE.code, path).about(child);
            if child.copied_from_child.is_some() {
                return finding.variant("same-as-another").fill("ask", next);
            }
            match child.empty.first() {
                Some(place) => {
                    let family = facts.policy.pack.empty.get(&place.indicator);
                    let ask = family.map(|family| family.ask.clone()).filter(|ask| !ask.is_empty()).unwrap_or(next);
                    let why = family.map(|family| family.why.clone()).unwrap_or_default();
                    finding.variant("phrase").fill("quote", facts.quote(place)).fill("why", why).fill("ask", ask).places([place.clone()])
                }
                None => finding.fill("ask", next),
            }
        })
        .collect()
}

//! `significant-harm.understated`: signs of significant harm, and a lower concern chosen.
//!
//! Why: a referral is read at the level it claims. Source: `children-act-1989-s47`.
//! Leaves to judgement: the level; an override with a reason keeps it.
use super::{chosen, evidence, named};
use crate::facts::{Facts, Likely};
use crate::form::Concern;
use crate::rules::{Finding, Rule};

pub(super) const RULE: Rule = Rule::new("significant-harm.understated", check).fills(&["sign"]).variants(&["reads-like"]);

fn check(facts: &Facts) -> Vec<Finding> {
    match chosen(facts) {
        Some(concern) if concern < Concern::SignificantHarm && facts.threshold.likely == Likely::SignificantHarm => {
            let finding = Finding::new(RULE.code, "/referral/concern").places(evidence(facts));
            let sign = named(facts);
            vec![if sign.is_empty() { finding.variant("reads-like") } else { finding.fill("sign", sign) }]
        }
        _ => Vec::new(),
    }
}

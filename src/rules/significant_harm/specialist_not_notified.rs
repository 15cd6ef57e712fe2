//! `significant-harm.specialist-not-notified`: significant harm, and the specialist investigators do not know.
//!
//! Why: referrals of significant harm did not reach them, and children were left at risk. Source: `hmic-2013`.
use super::{evidence, is_significant};
use crate::facts::Facts;
use crate::rules::{Finding, Rule};

pub(super) const RULE: Rule = Rule::new("significant-harm.specialist-not-notified", check);

fn check(facts: &Facts) -> Vec<Finding> {
    let told = facts.form.referral.as_ref().and_then(|referral| referral.specialist_notified);
    // On the record of a discussion only a plain "no" is worth a word.
    let open = if super::is_record(facts) { told == Some(false) } else { told != Some(true) };
    if is_significant(facts) && open { vec![Finding::new(RULE.code, "/referral/specialistNotified").places(evidence(facts))] } else { Vec::new() }
}

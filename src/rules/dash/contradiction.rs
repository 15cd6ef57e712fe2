//! `dash.contradiction`: a text or a fact of the form states what an answer of no denies.
//!
//! Why: the answers are what the next officer reads. Source: `dash-2009`.
//! Leaves to judgement: which of the two is right, or why both stand.
use super::{called, path};
use crate::facts::Facts;
use crate::rules::{Finding, Rule};

pub(super) const RULE: Rule = Rule::new("dash.contradiction", check).fills(&["quote", "question", "fact"]).variants(&["fact"]);

fn check(facts: &Facts) -> Vec<Finding> {
    facts
        .dash
        .contradictions
        .iter()
        .map(|found| {
            let finding = Finding::new(RULE.code, path(&found.question)).fill("question", called(facts, &found.question)).places(found.places.iter().cloned());
            // Of several the longest says most: "his forearm across her windpipe" before "croaky".
            let fullest = found.places.iter().min_by_key(|place| std::cmp::Reverse(place.end - place.start));
            match (fullest, &found.fact) {
                (Some(place), _) => finding.fill("quote", facts.quote(place)).related(facts.fields[place.field].path.clone()),
                (None, fact) => finding.variant("fact").fill("fact", facts.fact_in_words(fact.as_deref().unwrap_or(""))).related("/children"),
            }
        })
        .collect()
}

//! `dash.follow-up`: an answer or the narrative opens further questions, and they are not answered.
//!
//! Why: stalking and so-called honour-based abuse carry risks that one yes does not show. Sources: the pack's follow-up sets.
//! A set that the pack names and does not hold is said to be missing; nothing is made up for it.
use super::{called, path};
use crate::facts::Facts;
use crate::rules::{Finding, Rule};

pub(super) const RULE: Rule =
    Rule::new("dash.follow-up", check).fills(&["question", "topic", "questions", "count"]).variants(&["written", "not-held", "not-held-written"]);

/// As many as a message names.
const NAMED: usize = 4;

fn check(facts: &Facts) -> Vec<Finding> {
    let of = |name: &String| facts.policy.pack.questions.get(name);
    let found = facts.dash.follow_ups.iter().filter_map(|further| {
        let set = of(&further.set)?;
        let label = |key: &String| set.questions.get(key).map_or_else(|| key.clone(), |question| question.label.clone());
        let mut named: Vec<String> = further.open.iter().take(NAMED).map(label).collect();
        if further.open.len() > NAMED {
            named.push("…".into());
        }
        let mut finding = Finding::new(RULE.code, path(&further.question))
            .fill("question", called(facts, &further.question))
            .fill("topic", set.meta.topic.clone())
            .fill("questions", named.join("; "))
            .fill("count", further.open.len().to_string())
            .places(further.places.iter().cloned());
        finding.related.extend(further.open.iter().map(|key| path(key)));
        if !set.meta.source.is_empty() {
            finding = finding.source(set.meta.source.clone());
        }
        Some(match (set.questions.is_empty(), further.answered) {
            (false, true) => finding,
            (false, false) => finding.variant("written"),
            (true, true) => finding.variant("not-held"),
            (true, false) => finding.variant("not-held-written"),
        })
    });
    found.collect()
}

//! `strategy-discussion.vague-decision`: a decision that nobody can act on ("monitor", "NFA" alone).
//!
//! Why: decisions and actions are to be clearly outlined. Source: `hmic-2013`.
use crate::facts::{Facts, Place};
use crate::policy::Kind;
use crate::rules::{Finding, Rule};

pub(super) const RULE: Rule = Rule::new("strategy-discussion.vague-decision", check).fills(&["quote"]);

fn check(facts: &Facts) -> Vec<Finding> {
    let mut out = Vec::new();
    for (at, field) in facts.fields.iter().enumerate() {
        if !field.path.starts_with("/strategyDiscussion/decisions/") {
            continue;
        }
        // Vague only where the vague phrase is most of what was written.
        let words = field.reading.tokens.words.len() as u32;
        let vague = field
            .reading
            .mentions
            .iter()
            .find(|mention| facts.policy.entries[mention.entry as usize].kind == Kind::Vague && words <= (mention.end - mention.start) + 3);
        if let Some(mention) = vague {
            let place = Place { field: at, start: mention.start, end: mention.end, indicator: "vague decision".into() };
            out.push(Finding::new(RULE.code, field.path.clone()).fill("quote", facts.quote(&place)).places([place]));
        }
    }
    out
}

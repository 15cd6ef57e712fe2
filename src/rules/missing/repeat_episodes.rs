//! `missing.repeat-episodes`: more than three episodes, and no further assessment or action to reduce harm.
//!
//! Why: children missing more than three times were not assessed further. Source: `hmic-2013`.
//! Episodes are counted from their dates as well as from the number typed.
use crate::facts::{Facts, episodes};
use crate::rules::{Finding, Rule, filled};

pub(super) const RULE: Rule = Rule::new("missing.repeat-episodes", check).fills(&["count", "most"]);

fn check(facts: &Facts) -> Vec<Finding> {
    let Some(missing) = &facts.form.missing else { return Vec::new() };
    let count = episodes(facts);
    let most = facts.policy.pack.settings.missing_episodes;
    if count > i64::from(most) && (!filled(missing.further_action.as_ref()) || empty(facts)) {
        return vec![Finding::new(RULE.code, "/missing/furtherAction").fill("count", count.to_string()).fill("most", most.to_string())];
    }
    Vec::new()
}

/// "None", "closed": filled in, and says that nothing is done.
fn empty(facts: &Facts) -> bool {
    facts.field("/missing/furtherAction").is_some_and(|(_, field)| {
        let words = field.reading.tokens.words.len() as u32;
        let covered: u32 =
            field.reading.mentions.iter().filter(|mention| facts.is_empty_phrase(mention)).map(|mention| mention.end - mention.start).max().unwrap_or(0);
        words <= covered + 1
    })
}

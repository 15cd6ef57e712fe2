//! `missing.no-return-interview`: a returned child, and no return interview offered.
//!
//! Why: the interview is where harm and reasons come out; it is offered within 72 hours. Source: `missing-guidance-2014`.
use crate::facts::Facts;
use crate::form::ReturnInterview;
use crate::rules::{Finding, Rule, dated};

pub(super) const RULE: Rule = Rule::new("missing.no-return-interview", check).fills(&["hours"]);

fn check(facts: &Facts) -> Vec<Finding> {
    let Some(missing) = &facts.form.missing else { return Vec::new() };
    let hours = facts.policy.pack.settings.return_interview_hours;
    missing
        .episodes
        .iter()
        .enumerate()
        .filter(|(_, episode)| dated(episode.to.as_ref()) && matches!(episode.return_interview, None | Some(ReturnInterview::NotOffered)))
        .map(|(at, _)| Finding::new(RULE.code, format!("/missing/episodes/{at}/returnInterview")).fill("hours", hours.to_string()))
        .collect()
}

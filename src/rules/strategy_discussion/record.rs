//! `strategy-discussion.*`: what a record needs so that nobody has to ask later what was decided.
//!
//! Why: some discussions had no record, others none that said what was decided. Source: `hmic-2013`.
use super::record;
use crate::facts::Facts;
use crate::form::{Agency, StrategyOutcome};
use crate::rules::{Finding, Rule, dated, filled};

pub(super) const AGENCY_MISSING: Rule = Rule::new("strategy-discussion.agency-missing", |facts| {
    let Some(record) = record(facts) else { return Vec::new() };
    let missing: Vec<String> = facts
        .policy
        .pack
        .settings
        .core_agencies
        .iter()
        .filter(|agency| !record.attendees.iter().any(|attendee| attendee.agency.map(Agency::name) == Some(agency)))
        .map(|agency| agency.replace('-', " "))
        .collect();
    if missing.is_empty() {
        Vec::new()
    } else {
        vec![Finding::new("strategy-discussion.agency-missing", "/strategyDiscussion/attendees").fill("agencies", missing.join(", "))]
    }
})
.fills(&["agencies"]);

pub(super) const NO_INFORMATION: Rule = Rule::new("strategy-discussion.no-information", |facts| {
    one(facts, "strategy-discussion.no-information", "informationShared", |record| !filled(record.information_shared.as_ref()))
});

pub(super) const NO_DECISION: Rule = Rule::new("strategy-discussion.no-decision", |facts| {
    one(facts, "strategy-discussion.no-decision", "decisions", |record| !record.decisions.iter().any(|decision| filled(decision.decision.as_ref())))
});

pub(super) const NO_REASON: Rule = Rule::new("strategy-discussion.no-reason", |facts| {
    each(facts, "strategy-discussion.no-reason", |record| {
        record
            .decisions
            .iter()
            .enumerate()
            .filter(|(_, decision)| filled(decision.decision.as_ref()) && !filled(decision.reason.as_ref()))
            .map(|(at, _)| format!("decisions/{at}/reason"))
            .collect()
    })
});

pub(super) const NO_ACTION: Rule = Rule::new("strategy-discussion.no-action", |facts| {
    one(facts, "strategy-discussion.no-action", "actions", |record| {
        record.outcome != Some(StrategyOutcome::NoEnquiry) && !record.actions.iter().any(|action| filled(action.action.as_ref()))
    })
});

pub(super) const ACTION_WITHOUT_OWNER: Rule = Rule::new("strategy-discussion.action-without-owner", |facts| {
    each(facts, "strategy-discussion.action-without-owner", |record| {
        record
            .actions
            .iter()
            .enumerate()
            .filter(|(_, action)| filled(action.action.as_ref()) && !filled(action.owner.as_ref()))
            .map(|(at, _)| format!("actions/{at}/owner"))
            .collect()
    })
});

pub(super) const ACTION_WITHOUT_DATE: Rule = Rule::new("strategy-discussion.action-without-date", |facts| {
    each(facts, "strategy-discussion.action-without-date", |record| {
        record
            .actions
            .iter()
            .enumerate()
            .filter(|(_, action)| filled(action.action.as_ref()) && !dated(action.due.as_ref()))
            .map(|(at, _)| format!("actions/{at}/due"))
            .collect()
    })
});

pub(super) const NO_OUTCOME: Rule =
    Rule::new("strategy-discussion.no-outcome", |facts| one(facts, "strategy-discussion.no-outcome", "outcome", |record| record.outcome.is_none()));

fn one(facts: &Facts, code: &'static str, field: &str, open: impl Fn(&crate::form::StrategyDiscussion) -> bool) -> Vec<Finding> {
    match record(facts) {
        Some(record) if open(&record) => vec![Finding::new(code, format!("/strategyDiscussion/{field}"))],
        _ => Vec::new(),
    }
}

fn each(facts: &Facts, code: &'static str, open: impl Fn(&crate::form::StrategyDiscussion) -> Vec<String>) -> Vec<Finding> {
    record(facts).map(|record| open(&record)).unwrap_or_default().into_iter().map(|field| Finding::new(code, format!("/strategyDiscussion/{field}"))).collect()
}

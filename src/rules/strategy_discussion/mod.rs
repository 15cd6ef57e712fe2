//! The record of a strategy discussion: who, what was shared, what was decided and why, who does what by when.

mod dates;
mod record;
mod vague;

pub(super) const RULES: &[super::Rule] = &[
    record::AGENCY_MISSING,
    record::NO_INFORMATION,
    record::NO_DECISION,
    record::NO_REASON,
    record::NO_ACTION,
    record::ACTION_WITHOUT_OWNER,
    record::ACTION_WITHOUT_DATE,
    record::NO_OUTCOME,
    vague::RULE,
    dates::RULE,
];

use crate::facts::Facts;
use crate::form::{FormType, StrategyDiscussion};

/// The record, where the form holds one or is one.
fn record<'f>(facts: &'f Facts<'_>) -> Option<std::borrow::Cow<'f, StrategyDiscussion>> {
    match &facts.form.strategy_discussion {
        Some(record) => Some(std::borrow::Cow::Borrowed(record)),
        None if facts.form.kind() == FormType::StrategyDiscussion => Some(std::borrow::Cow::Owned(StrategyDiscussion::default())),
        None => None,
    }
}

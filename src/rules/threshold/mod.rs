//! The level at which children's social care acts.

mod likely_below;
mod not_enough_information;

pub(super) const RULES: &[super::Rule] = &[likely_below::RULE, not_enough_information::RULE];

//! Which children the form lists.

mod count_mismatch;
mod none_listed;

pub(super) const RULES: &[super::Rule] = &[none_listed::RULE, count_mismatch::RULE];

//! Domestic abuse that the form does not name.

mod unmarked;

pub(super) const RULES: &[super::Rule] = &[unmarked::RULE];

//! The form's own shape.

mod invalid;

pub(super) const RULES: &[super::Rule] = &[invalid::RULE];

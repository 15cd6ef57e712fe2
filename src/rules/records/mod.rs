//! Where the case is recorded.

mod duplicate_text;
mod outside_force_systems;

pub(super) const RULES: &[super::Rule] = &[outside_force_systems::RULE, duplicate_text::RULE];

//! Missing episodes.

mod no_return_interview;
mod repeat_episodes;

pub(super) const RULES: &[super::Rule] = &[repeat_episodes::RULE, no_return_interview::RULE];

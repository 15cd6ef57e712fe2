//! Missing episodes.

mod dismissive;
mod exploitation_signs;
mod no_return_interview;
mod repeat_episodes;

pub(super) const RULES: &[super::Rule] = &[repeat_episodes::RULE, exploitation_signs::RULE, no_return_interview::RULE, dismissive::RULE];

//! What the incident meant for each child.

mod copied;
mod inadequate;
mod missing;
mod no_voice;

pub(super) const RULES: &[super::Rule] = &[missing::RULE, inadequate::RULE, copied::RULE, no_voice::RULE];

//! The risk questions: complete, consistent with the story, and the grade explained.

mod contradiction;
mod declined_without_observations;
mod follow_up;
mod grade_mismatch;
mod no_detail;
mod no_rationale;
mod not_started;
mod settled;
mod unanswered;

pub(super) const RULES: &[super::Rule] = &[
    contradiction::RULE,
    grade_mismatch::RULE,
    not_started::RULE,
    unanswered::RULE,
    settled::RULE,
    declined_without_observations::RULE,
    no_rationale::RULE,
    no_detail::RULE,
    follow_up::RULE,
];

/// Number and label of a question, as a message names it.
fn called(facts: &crate::facts::Facts, key: &str) -> String {
    let number = key.trim_start_matches(|c: char| !c.is_ascii_digit());
    let own = facts.question_set().and_then(|set| set.questions.get(key));
    match own.or_else(|| facts.policy.pack.questions.values().find_map(|set| set.questions.get(key))) {
        Some(question) if !question.label.is_empty() => format!("{number} ({})", question.label),
        _ => number.to_owned(),
    }
}

/// JSON Pointer of an answer.
fn path(key: &str) -> String {
    format!("/dash/answers/{}", crate::form::escape(key))
}

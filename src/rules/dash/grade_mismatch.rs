//! `dash.grade-mismatch`: the grade is lower than the answers support.
//!
//! Why: nearly nine in ten repeat attacks had been graded standard or medium. Sources: the pack's grade checks.
//! Leaves to judgement: the grade. Nothing is regraded, no total is shown.
use super::called;
use crate::facts::Facts;
use crate::rules::{Finding, Rule};

pub(super) const RULE: Rule = Rule::new("dash.grade-mismatch", check).fills(&["grade", "reason", "questions"]);

fn check(facts: &Facts) -> Vec<Finding> {
    let Some(set) = facts.question_set() else { return Vec::new() };
    let Some(grade) = facts.form.dash.as_ref().and_then(|dash| dash.grade) else { return Vec::new() };
    // One finding with the first reason: the officer looks at the grade once.
    let Some(doubt) = facts.dash.grade_doubts.first() else { return Vec::new() };
    let check = &set.grade_checks[doubt.check];
    let questions = doubt.questions.iter().map(|key| called(facts, key)).collect::<Vec<_>>().join(", ");
    let mut finding = Finding::new(RULE.code, "/dash/grade").fill("grade", grade.name()).fill("reason", check.text.clone()).fill("questions", questions);
    if !check.source.is_empty() {
        finding = finding.source(check.source.clone());
    }
    vec![finding]
}

//! `children.none-listed`: the form is about children, or its narrative mentions one, and none is listed.
//!
//! Why: a child who is not listed is not referred. Source: the pack's `findings.toml`.
use crate::facts::{Facts, Place};
use crate::form::FormType;
use crate::rules::{Finding, Rule};

pub(super) const RULE: Rule = Rule::new("children.none-listed", check).variants(&["mentioned"]);

fn check(facts: &Facts) -> Vec<Finding> {
    if !facts.form.children.is_empty() {
        return Vec::new();
    }
    let mentioned = mentioned(facts);
    if facts.form.kind() == FormType::DomesticAbuse {
        return mentioned.map(|place| Finding::new(RULE.code, "/children").variant("mentioned").places([place])).into_iter().collect();
    }
    vec![Finding::new(RULE.code, "/children").places(mentioned)]
}

/// Where the narrative mentions a child that it does not say is none.
fn mentioned(facts: &Facts) -> Option<Place> {
    let (at, field) = facts.field("/incident/narrative")?;
    let reading = &field.reading;
    (0..reading.tokens.words.len()).find(|&word| reading.who[word].is_some_and(|who| who.is_child()) && !reading.meant[word].negated).map(|word| Place {
        field: at,
        start: word as u32,
        end: word as u32 + 1,
        indicator: "a child".into(),
    })
}

//! `child-impact.no-voice`: a child who can speak was not heard, and nothing says why; for a baby, no observation.
//!
//! Why: what the child said is the part of the record nobody can supply later.
//! Source: `working-together-2023`, child-centred approach. Never asks an officer to interview a child.
use crate::facts::{ChildFacts, Facts, ImpactStatus};
use crate::policy::Facet;
use crate::rules::{Finding, Rule, filled};

pub(super) const RULE: Rule = Rule::new("child-impact.no-voice", check).fills(&["child"]).variants(&["baby"]);

fn check(facts: &Facts) -> Vec<Finding> {
    let mut out = Vec::new();
    for child in &facts.children {
        let typed = &facts.form.children[usize::from(child.index)];
        if child.unborn
            || child.status == ImpactStatus::Missing
            || child.reason_not_heard
            || !child.facet(Facet::Voice).is_empty()
            || filled(typed.voice.as_ref())
        {
            continue;
        }
        if child.can_speak {
            out.push(Finding::new(RULE.code, child.path("voice")).about(child));
        } else if child.status != ImpactStatus::Described || !observed(child) {
            out.push(Finding::new(RULE.code, child.path("voice")).about(child).variant("baby"));
        }
    }
    out
}

fn observed(child: &ChildFacts) -> bool {
    [Facet::Presentation, Facet::Physical, Facet::Functioning].into_iter().any(|facet| !child.facet(facet).is_empty())
}

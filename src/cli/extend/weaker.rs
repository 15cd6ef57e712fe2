//! Holding a merged pack against the one it extends.

use super::guard::{Guarded, grave};
use referral_guide::policy::{Pack, Policy, Problem, When};
use referral_guide::{Guide, Report};
use serde_json::json;
use std::collections::BTreeSet;

/// Where the merged pack says less of a child in danger than the pack below: no rule of this file knows how, so it
/// catches what the refusals do not foresee.
///
/// Every grave sign must still be there at its level and weight, and every sentence that the pack below gives as an
/// example of one must show it still, for a baby and for a child at school.
pub fn weaker(base: &Pack, merged: &Pack) -> Vec<Problem> {
    let mut problems = Vec::new();
    for (key, old) in base.indicators.iter().filter(|(_, old)| grave(old)) {
        let kept = merged.indicators.get(key).is_some_and(|new| new.level >= old.level && new.weight >= old.weight && When::parse(&new.when).is_ok());
        if !kept {
            problems.push(Problem { place: format!("indicators.{key}"), message: format!("\"{}\" is weaker than in \"{}\"", old.name, base.policy.id) });
        }
    }
    // A pack that does not compile is explained by whoever compiles it.
    let (Some(before), Some(after)) = (guide(base), guide(merged)) else { return problems };
    for (concept, sign) in Guarded::of(base).shows {
        for (at, example) in base.concepts.get(&concept).into_iter().flat_map(|concept| concept.matches.iter().enumerate()) {
            for age in [0.3, 8.0] {
                let form = json!({
                    "formType": "domestic-abuse", "incident": { "narrative": example, "domesticAbuse": true },
                    "children": [{ "id": "c1", "name": "Ava", "ageYears": age, "presence": "in-room" }],
                })
                .to_string();
                let (before, after) = (before.check_json(&form), after.check_json(&form));
                let (old, new) = (signs(&before, base), signs(&after, base));
                if after.threshold.likely < before.threshold.likely || !old.is_subset(&new) {
                    problems.push(Problem {
                        place: format!("concepts.{concept}.match[{at}]"),
                        message: format!(
                            "\"{example}\" no longer shows what it shows in \"{}\" ({sign}); something in \"{}\" silences it",
                            base.policy.id, merged.policy.id
                        ),
                    });
                    break;
                }
            }
        }
    }
    problems
}

fn guide(pack: &Pack) -> Option<Guide> {
    Policy::compile(pack.clone()).ok().map(Guide::by)
}

fn signs<'a>(report: &'a Report, base: &Pack) -> BTreeSet<&'a str> {
    report.threshold.indicators.iter().map(|shown| shown.indicator.as_str()).filter(|key| base.indicators.get(key).is_some_and(grave)).collect()
}

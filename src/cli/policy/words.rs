//! Parts of a pack in words, for people who read no rule notation.

use referral_guide::policy::{About, Pack, Weight, When};

/// A rule in words: "“Strangulation, choking or suffocation” is written, and the child was at home or may have been".
pub fn rule(pack: &Pack, when: &When) -> String {
    match when {
        When::Concept(name, about) => format!("{}{} is written", concept(pack, name), about.map(whose).unwrap_or_default()),
        When::Fact(name) => fact(name).unwrap_or(name).to_owned(),
        When::Answer(key) => format!("question {} is answered yes", key.trim_start_matches('q')),
        When::All(parts) => joined(pack, parts, ", and "),
        // Things that are only to be written need no "is written" each.
        When::Any(parts) if parts.iter().all(|part| matches!(part, When::Concept(_, None))) => {
            format!(
                "{} is written",
                parts
                    .iter()
                    .map(|part| match part {
                        When::Concept(name, _) => concept(pack, name),
                        _ => String::new(),
                    })
                    .collect::<Vec<_>>()
                    .join(" or ")
            )
        }
        When::Any(parts) => joined(pack, parts, "; or "),
        When::Not(part) => match &**part {
            When::Concept(name, _) => format!("{} is not written", concept(pack, name)),
            other => format!("it is not so that {}", rule(pack, other)),
        },
        When::Count(parts, least) => format!("at least {least} of these: {}", parts.iter().map(|part| rule(pack, part)).collect::<Vec<_>>().join("; ")),
    }
}

fn joined(pack: &Pack, parts: &[When], between: &str) -> String {
    parts
        .iter()
        .map(|part| match part {
            When::Any(_) | When::All(_) => format!("({})", rule(pack, part)),
            _ => rule(pack, part),
        })
        .collect::<Vec<_>>()
        .join(between)
}

fn concept(pack: &Pack, key: &str) -> String {
    format!("\u{201c}{}\u{201d}", pack.concepts.get(key).map_or(key, |concept| concept.name.as_str()))
}

fn whose(about: About) -> &'static str {
    match about {
        About::Any => "",
        About::Child => " of the child",
        About::Victim => " of the victim",
        About::Suspect => " of the suspect",
        About::Adult => " of an adult",
    }
}

/// Whom a concept must be about.
pub fn about(about: About) -> &'static str {
    match about {
        About::Any => "anybody",
        About::Child => "the child",
        About::Victim => "the victim",
        About::Suspect => "the suspect",
        About::Adult => "an adult",
    }
}

/// What a sign weighs.
pub fn weight(weight: Weight) -> &'static str {
    match weight {
        Weight::RedFlag => "Red flag: enough alone, and nothing lowers it",
        Weight::Enough => "Enough alone",
        Weight::Context => "Needs others beside it",
        Weight::Doubt => "Raises nothing; unless explained, the level is not called below",
    }
}

/// A fact of the form in words.
pub fn fact(name: &str) -> Option<&'static str> {
    Some(match name {
        "child-in-home" => "the form does not say that the child was elsewhere",
        "child-in-room" => "the child was in the room",
        "child-under-1" => "the child is under 1",
        "child-under-2" => "the child is under 2",
        "child-under-5" => "the child is under 5",
        "child-under-8" => "the child is under 8",
        "child-under-11" => "the child is under 11",
        "child-under-13" => "the child is under 13",
        "child-13-15" => "the child is 13 to 15",
        "child-16-17" => "the child is 16 or 17",
        "child-non-mobile" => "the child does not yet move about alone",
        "child-disabled" => "the child is disabled",
        "child-unborn" => "the child is not yet born",
        "child-on-plan" => "the child has a plan or is looked after",
        "child-looked-after" => "the child is looked after",
        "domestic-abuse" => "it is domestic abuse",
        "dash-high" => "the risk is graded high, or 14 or more risk questions are answered yes",
        "missing-over-3" => "the child was missing more often than the settings allow",
        "missing-form" => "the form is about a missing child",
        "custody-form" => "the form is about a child in custody",
        "suspect-has-access" => "the suspect has access to the child",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use referral_guide::policy::{FACTS, source::Concept};

    #[test]
    fn every_fact_has_words() {
        for name in FACTS {
            assert!(fact(name).is_some(), "{name}");
        }
    }

    #[test]
    fn a_rule_reads_as_a_sentence() {
        let mut pack = Pack::default();
        for (key, name) in [("bruise", "Bruise"), ("account", "A fitting account")] {
            pack.concepts.insert(key, Concept { name: name.into(), ..Concept::default() });
        }
        let words = |text: &str| rule(&pack, &When::parse(text).expect("it is a rule"));
        assert_eq!(words("bruise and not account"), "\u{201c}Bruise\u{201d} is written, and \u{201c}A fitting account\u{201d} is not written");
        assert_eq!(words("bruise or account"), "\u{201c}Bruise\u{201d} or \u{201c}A fitting account\u{201d} is written");
        assert_eq!(
            words("bruise about child and (fact:child-under-1 or answer:q18)"),
            "\u{201c}Bruise\u{201d} of the child is written, and (the child is under 1; or question 18 is answered yes)"
        );
        assert_eq!(
            words("count(bruise, account) >= 2"),
            "at least 2 of these: \u{201c}Bruise\u{201d} is written; \u{201c}A fitting account\u{201d} is written"
        );
    }
}

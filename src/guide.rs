//! The whole pipeline.

use crate::facts::{Cast, Facts, Owner, Reading};
use crate::form::{self, Problem, Referral};
use crate::policy::{Kind, Pack, Policy, PolicyError};
use crate::report::Report;
use crate::rules;

/// The policy embedded in this build: for the command line as it is built, else without what only people read of it.
#[cfg(feature = "cli")]
const ENGLAND: &str = include_str!("../policies/england.json");
#[cfg(not(feature = "cli"))]
const ENGLAND: &str = include_str!("policy/embedded.json");

/// Reads referrals by a policy.
///
/// ```
/// let guide = referral_guide::Guide::new();
/// let report = guide.check_json(r#"{"formType":"child-concern","children":[{"id":"c1","name":"Ava","ageYears":7,"impact":"In bed upstairs."}]}"#);
/// assert!(!report.complete);
/// assert_eq!(report.findings[0].code, "child-impact.inadequate");
/// ```
#[derive(Debug)]
pub struct Guide {
    policy: Policy,
    locale: Option<String>,
}

impl Default for Guide {
    fn default() -> Guide {
        Guide::new()
    }
}

impl Guide {
    /// By the policy for England that is embedded in this build. Its examples were run when it was built.
    pub fn new() -> Guide {
        Guide::by(Policy::from_json(ENGLAND).expect("the embedded policy is read by a test"))
    }

    /// By a built policy pack, given as JSON. A pack whose examples fail is refused.
    ///
    /// # Errors
    /// Every problem of the pack, with its place and what to do.
    pub fn with_policy(json: &str) -> Result<Guide, PolicyError> {
        Guide::checked(Policy::from_json(json)?)
    }

    /// By a pack that is already parsed.
    ///
    /// # Errors
    /// Every problem of the pack, with its place and what to do.
    pub fn with_pack(pack: Pack) -> Result<Guide, PolicyError> {
        Guide::checked(Policy::compile(pack)?)
    }

    fn checked(policy: Policy) -> Result<Guide, PolicyError> {
        let problems = check_examples(&policy);
        if problems.is_empty() { Ok(Guide::by(policy)) } else { Err(PolicyError { problems }) }
    }

    /// By a pack that is already compiled; its examples are not run.
    pub fn by(policy: Policy) -> Guide {
        Guide { policy, locale: None }
    }

    /// Messages in another language of the pack, where it has one; what it lacks stays in the pack's own.
    #[must_use]
    pub fn in_language(mut self, locale: Option<&str>) -> Guide {
        self.locale = locale.map(str::to_owned);
        let pack = &mut self.policy.pack;
        if let Some(local) = locale.and_then(|locale| pack.locales.get(locale)) {
            for (facet, asks) in &local.asks {
                let whole = pack.asks.entry(facet);
                asks.iter().for_each(|(stage, ask)| whole.insert(stage.as_str(), ask.clone()));
            }
            for (key, ask) in &local.empty {
                if let Some(family) = pack.empty.get_mut(key) {
                    family.ask.clone_from(ask);
                }
            }
            for (key, title) in &local.sources {
                if let Some(source) = pack.sources.get_mut(key) {
                    source.title.clone_from(title);
                }
            }
            if !local.levels.is_empty() {
                pack.settings.local_levels.clone_from(&local.levels);
            }
            if !local.help.is_empty() {
                pack.settings.other_help.clone_from(&local.help);
            }
        }
        self
    }

    /// The policy.
    pub fn policy(&self) -> &Policy {
        &self.policy
    }

    /// Checks a form given as JSON. Never fails: trouble in the form is a finding.
    pub fn check_json(&self, json: &str) -> Report {
        let (form, problems) = form::decode(json); // what can be read, and what cannot
        self.check(&form, problems)
    }

    /// Checks a form.
    pub fn check(&self, form: &Referral, problems: Vec<Problem>) -> Report {
        let facts = Facts::gather(form, problems, &self.policy); // what the form says
        let findings = rules::check(&facts); // what is open
        Report::new(&facts, findings, self.locale.as_deref()) // in words, with places, in order
    }
}

/// Runs every example of a pack: `match` must be found as stated, `ignore` must not.
pub fn check_examples(policy: &Policy) -> Vec<crate::policy::Problem> {
    let form = Referral::default();
    let cast = Cast::new(&form, policy);
    let mut problems = Vec::new();
    let mut run = |kind: &Kind, place: String, matches: &[String], ignore: &[String]| {
        let found = |text: &str| {
            let reading = Reading::new(text, Owner::Nobody, &cast, policy);
            reading.mentions.iter().any(|mention| {
                let entry = &policy.entries[mention.entry as usize];
                entry.kind == *kind
                    && place.ends_with(&entry.id)
                    && (matches!(kind, Kind::Empty(_)) || mention.assertion.stated() && reading.is_about(mention, entry.about))
            })
        };
        for (at, example) in matches.iter().enumerate() {
            if !found(example) {
                problems.push(crate::policy::Problem {
                    place: format!("{place}.match[{at}]"),
                    message: format!("nothing is found in \"{example}\"; add a phrase or correct the example"),
                });
            }
        }
        for (at, example) in ignore.iter().enumerate() {
            if found(example) {
                problems.push(crate::policy::Problem {
                    place: format!("{place}.ignore[{at}]"),
                    message: format!("\"{example}\" is taken for it; make a phrase narrower or add an exception"),
                });
            }
        }
    };
    for (number, (key, concept)) in policy.pack.concepts.iter().enumerate() {
        run(&Kind::Concept(number), format!("concepts.{key}"), &concept.matches, &concept.ignore);
    }
    for (name, families) in &policy.pack.facets {
        let Some(facet) = crate::policy::Facet::named(name) else { continue };
        for (key, family) in families {
            run(&Kind::Facet(facet), format!("facets.{name}.{key}"), &family.matches, &family.ignore);
        }
    }
    for (number, (key, family)) in policy.pack.empty.iter().enumerate() {
        run(&Kind::Empty(number), format!("empty.{key}"), &family.matches, &family.ignore);
    }
    problems
}

//! What children's social care decided: one referral a line.

use referral_guide::form::{Moment, Prose};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What became of a referral, as children's social care told the force. A later line on the same reference adds to an earlier one.
#[derive(Clone, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Outcome {
    /// The force's reference, as on the form.
    pub reference: Prose,
    /// When social care received it. Without it, the day on the form counts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub received_at: Option<Moment>,
    /// What they decided; absent while they have not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decision: Option<Decision>,
    /// When they decided.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decided_at: Option<Moment>,
    /// Whether the concern was borne out, then or later, where it is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub concern_confirmed: Option<bool>,
}

/// A decision of children's social care.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Decision {
    /// No further action.
    NoFurtherAction,
    /// Early help.
    EarlyHelp,
    /// A child in need, section 17.
    #[serde(rename = "section-17")]
    Section17,
    /// A strategy discussion.
    StrategyDiscussion,
    /// An enquiry, section 47.
    #[serde(rename = "section-47")]
    Section47,
}

impl Decision {
    /// All, gravest last.
    pub const ALL: [Decision; 5] = [Decision::NoFurtherAction, Decision::EarlyHelp, Decision::Section17, Decision::StrategyDiscussion, Decision::Section47];

    /// In words.
    pub fn words(self) -> &'static str {
        match self {
            Decision::NoFurtherAction => "no further action",
            Decision::EarlyHelp => "early help",
            Decision::Section17 => "section 17",
            Decision::StrategyDiscussion => "strategy discussion",
            Decision::Section47 => "section 47",
        }
    }

    /// Somebody helps the family.
    pub fn helps(self) -> bool {
        self != Decision::NoFurtherAction
    }

    /// A social worker acts.
    pub fn social_work(self) -> bool {
        self >= Decision::Section17
    }

    /// It is looked at as significant harm.
    pub fn grave(self) -> bool {
        self >= Decision::StrategyDiscussion
    }
}

impl Outcome {
    /// A line of the file; the message on a bad one holds no word of it.
    pub fn read(line: &str) -> Result<Outcome, String> {
        let out: Outcome = serde_json::from_str(line).map_err(|error| match error.classify() {
            serde_json::error::Category::Data => "is not an outcome; schemas/outcome.schema.json says what one holds".to_owned(),
            _ => format!("is not JSON at column {}", error.column()),
        })?;
        if out.reference.trim().is_empty() {
            return Err("has no reference".into());
        }
        for (name, moment) in [("receivedAt", &out.received_at), ("decidedAt", &out.decided_at)] {
            if moment.as_ref().is_some_and(|moment| moment.day().is_none()) {
                return Err(format!("{name} is not a date that exists"));
            }
        }
        Ok(out)
    }

    /// Adds what a later line on the same referral says.
    pub fn update(&mut self, later: Outcome) {
        self.received_at = self.received_at.take().or(later.received_at);
        self.decision = later.decision.or(self.decision);
        self.decided_at = later.decided_at.or(self.decided_at.take());
        self.concern_confirmed = later.concern_confirmed.or(self.concern_confirmed);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bad_line_is_refused_without_its_words() {
        for line in [r#"{"reference":"zq","decision":"zqnothing"}"#, r#"{"reference":"zq","decidedAt":"zq"}"#, r#"{"reference":" "}"#, "{\"zq"] {
            let error = Outcome::read(line).expect_err("it is bad");
            assert!(!error.contains("zq"), "{error}");
        }
    }

    #[test]
    fn a_later_line_adds_and_takes_nothing_away() {
        let mut outcome = Outcome::read(r#"{"reference":"1","receivedAt":"2026-11-20","decision":"early-help"}"#).expect("an outcome");
        outcome.update(Outcome::read(r#"{"reference":"1","decision":"section-47","concernConfirmed":true}"#).expect("an outcome"));
        outcome.update(Outcome::read(r#"{"reference":"1"}"#).expect("an outcome"));
        assert_eq!((outcome.decision, outcome.concern_confirmed, outcome.received_at.is_some()), (Some(Decision::Section47), Some(true), true));
    }
}

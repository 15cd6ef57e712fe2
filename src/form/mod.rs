//! The referral as plain types. Every field is optional; a bad value is a [`Problem`], never a failure.

mod decode;
mod prose;
mod when;

pub use crate::place::escape;
pub use decode::{Problem, decode, decode_value};
pub use prose::Prose;
pub use when::Moment;

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use validator::Validate;

/// Most UTF-16 units of a long text.
pub const LONGEST_TEXT: u64 = 1_000_000;
/// Most UTF-16 units of a name, a reference and the like.
pub const LONGEST_LINE: u64 = 2_000;

macro_rules! terms {
    ($(#[$doc:meta])* $name:ident { $($(#[$variant_doc:meta])* $variant:ident = $word:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
        #[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
        pub enum $name { $($(#[$variant_doc])* #[serde(rename = $word)] $variant),+ }

        impl $name {
            /// As the form writes it.
            pub fn name(self) -> &'static str {
                match self { $($name::$variant => $word),+ }
            }
        }
    };
}

terms! {
    /// Which form it is.
    FormType {
        /// A domestic-abuse referral.
        DomesticAbuse = "domestic-abuse",
        /// A concern for a child.
        ChildConcern = "child-concern",
        /// A missing child.
        MissingChild = "missing-child",
        /// A child in custody.
        ChildInCustody = "child-in-custody",
        /// The record of a strategy discussion.
        StrategyDiscussion = "strategy-discussion",
    }
}
terms! {
    /// Where the child was.
    Presence {
        /// In the same room.
        InRoom = "in-room",
        /// In the home.
        InHome = "in-home",
        /// Somewhere else.
        Elsewhere = "elsewhere",
        /// Not known.
        Unknown = "unknown",
    }
}
terms! {
    /// The child's plan with children's social care.
    Plan {
        /// None.
        None = "none",
        /// Early help.
        EarlyHelp = "early-help",
        /// Child in need, section 17.
        ChildInNeed = "child-in-need",
        /// Child protection plan.
        ChildProtection = "child-protection",
        /// Looked after.
        LookedAfter = "looked-after",
        /// Not known.
        Unknown = "unknown",
    }
}
terms! {
    /// An adult's part in the incident.
    AdultRole {
        /// The person harmed.
        Victim = "victim",
        /// The person said to have done it.
        Suspect = "suspect",
        /// A parent, neither.
        Parent = "parent",
        /// Anyone else.
        Other = "other",
    }
}
terms! {
    /// How far the risk questions were gone through.
    DashStatus {
        /// All through.
        Completed = "completed",
        /// In part.
        Partial = "partial",
        /// The victim declined.
        Declined = "declined",
        /// Not done.
        NotDone = "not-done",
    }
}
terms! {
    /// An answer.
    AnswerValue {
        /// Yes.
        Yes = "yes",
        /// No.
        No = "no",
        /// Not known.
        Unknown = "unknown",
        /// Not asked.
        NotAsked = "not-asked",
    }
}
terms! {
    /// The officer's grade of risk.
    Grade {
        /// Nothing now points to serious harm.
        Standard = "standard",
        /// Signs of serious harm, unlikely unless something changes.
        Medium = "medium",
        /// Serious harm could happen at any time.
        High = "high",
    }
}
terms! {
    /// The level of concern chosen.
    Concern {
        /// For information.
        Information = "information",
        /// Early help.
        EarlyHelp = "early-help",
        /// Child in need, section 17.
        ChildInNeed = "child-in-need",
        /// Significant harm, section 47.
        SignificantHarm = "significant-harm",
    }
}
terms! {
    /// Where the strategy discussion stands.
    StrategyStatus {
        /// Asked for.
        Requested = "requested",
        /// Held.
        Held = "held",
        /// Not asked for.
        NotRequested = "not-requested",
        /// Asked for and declined.
        Declined = "declined",
    }
}
terms! {
    /// Where a return interview stands.
    ReturnInterview {
        /// Done.
        Completed = "completed",
        /// Offered.
        Offered = "offered",
        /// Offered and declined.
        Declined = "declined",
        /// Not offered.
        NotOffered = "not-offered",
    }
}
terms! {
    /// Bail after charge.
    Bail {
        /// Granted.
        Granted = "granted",
        /// Refused.
        Refused = "refused",
    }
}
terms! {
    /// The accommodation asked for.
    AccommodationKind {
        /// Secure.
        Secure = "secure",
        /// Any other.
        NonSecure = "non-secure",
    }
}
terms! {
    /// What came of asking for accommodation.
    AccommodationOutcome {
        /// The child was moved.
        Transferred = "transferred",
        /// There was none.
        NoneAvailable = "none-available",
        /// The authority refused.
        Refused = "refused",
        /// It was not asked for.
        NotRequested = "not-requested",
    }
}
terms! {
    /// An agency at a strategy discussion.
    Agency {
        /// The police.
        Police = "police",
        /// Children's social care.
        ChildrenSocialCare = "children-social-care",
        /// Health.
        Health = "health",
        /// Education.
        Education = "education",
        /// Any other.
        Other = "other",
    }
}
terms! {
    /// What a strategy discussion came to.
    StrategyOutcome {
        /// No enquiry.
        NoEnquiry = "no-enquiry",
        /// One agency enquires.
        SingleAgencyEnquiry = "single-agency-enquiry",
        /// A joint section 47 enquiry.
        JointEnquiry = "joint-enquiry",
    }
}
terms! {
    /// Where a record is kept.
    RecordSystem {
        /// Crime recording.
        Crime = "crime",
        /// Non-crime occurrence.
        NonCrime = "non-crime",
        /// Missing persons.
        Missing = "missing",
        /// Custody.
        Custody = "custody",
        /// Paper.
        Paper = "paper",
        /// A personal drive.
        PersonalDrive = "personal-drive",
        /// Any other.
        Other = "other",
    }
}

/// A referral, as `contract` names its fields.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", default)]
pub struct Referral {
    /// Which form it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub form_type: Option<FormType>,
    /// The force's reference.
    #[validate(custom(function = "prose::line"))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reference: Option<Prose>,
    /// "Now", for ages and delays: RFC 3339, offset optional.
    #[validate(custom(function = "when::moment"))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub created_at: Option<Moment>,
    /// Who writes.
    #[validate(nested)]
    pub officer: Officer,
    /// What happened.
    #[validate(nested)]
    pub incident: Incident,
    /// The children.
    #[validate(nested)]
    pub children: Vec<Child>,
    /// The adults.
    #[validate(nested)]
    pub adults: Vec<Adult>,
    /// The risk questions.
    #[validate(nested)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub dash: Option<Dash>,
    /// The referral to children's social care.
    #[validate(nested)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub referral: Option<Concerns>,
    /// Missing episodes.
    #[validate(nested)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub missing: Option<Missing>,
    /// Custody.
    #[validate(nested)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub custody: Option<Custody>,
    /// The record of a strategy discussion.
    #[validate(nested)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub strategy_discussion: Option<StrategyDiscussion>,
    /// Where the case is recorded.
    #[validate(nested)]
    pub records: Vec<Record>,
    /// Findings answered with a reason.
    #[validate(nested)]
    pub overrides: Vec<Override>,
}

/// Who writes.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", default)]
pub struct Officer {
    /// Collar number or the like.
    #[validate(custom(function = "prose::line"))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<Prose>,
    /// Team.
    #[validate(custom(function = "prose::line"))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub team: Option<Prose>,
}

/// What happened.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", default)]
pub struct Incident {
    /// When.
    #[validate(custom(function = "when::moment"))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub occurred_at: Option<Moment>,
    /// The form says it is domestic abuse.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub domestic_abuse: Option<bool>,
    /// The officer's account.
    #[validate(custom(function = "prose::text"))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub narrative: Option<Prose>,
}

/// A child.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", default)]
pub struct Child {
    /// Unique in the form.
    #[validate(custom(function = "prose::line"))]
    pub id: Prose,
    /// Name.
    #[validate(custom(function = "prose::line"))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<Prose>,
    /// Other names.
    #[validate(nested)]
    pub also_known_as: Vec<prose::Line>,
    /// Date of birth.
    #[validate(custom(function = "when::day"))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date_of_birth: Option<Moment>,
    /// Age in years, where the date of birth is not known.
    #[validate(range(min = 0.0, max = 25.0))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub age_years: Option<f64>,
    /// Not yet born.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unborn: Option<bool>,
    /// To the adults.
    #[validate(custom(function = "prose::line"))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub relationship: Option<Prose>,
    /// Where the child was.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub presence: Option<Presence>,
    /// Seen by an officer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub seen: Option<bool>,
    /// Spoken to by an officer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub spoken_to: Option<bool>,
    /// The plan with children's social care.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub plan: Option<Plan>,
    /// Disabled.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub disabled: Option<bool>,
    /// Moves about unaided.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mobile: Option<bool>,
    /// School, for Operation Encompass.
    #[validate(nested)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub school: Option<School>,
    /// What this meant for this child, in the officer's words.
    #[validate(custom(function = "prose::text"))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub impact: Option<Prose>,
    /// What the child said, or how a child too young to speak presented.
    #[validate(custom(function = "prose::text"))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub voice: Option<Prose>,
}

/// A school.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", default)]
pub struct School {
    /// Its name.
    #[validate(custom(function = "prose::line"))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<Prose>,
    /// It was told.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub informed: Option<bool>,
}

/// An adult.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", default)]
pub struct Adult {
    /// Unique in the form.
    #[validate(custom(function = "prose::line"))]
    pub id: Prose,
    /// Name.
    #[validate(custom(function = "prose::line"))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<Prose>,
    /// Part in the incident.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub role: Option<AdultRole>,
    /// To the children.
    #[validate(custom(function = "prose::line"))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub relationship: Option<Prose>,
}

/// The risk questions.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", default)]
pub struct Dash {
    /// How far they were gone through.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<DashStatus>,
    /// The question set, where it is not the policy's own.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub question_set: Option<String>,
    /// By key.
    #[validate(nested)]
    pub answers: BTreeMap<String, Answer>,
    /// The officer's grade.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub grade: Option<Grade>,
    /// Why this grade.
    #[validate(custom(function = "prose::text"))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rationale: Option<Prose>,
    /// What the officer saw.
    #[validate(custom(function = "prose::text"))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub observations: Option<Prose>,
}

/// An answer with its detail.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", default)]
pub struct Answer {
    /// The answer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub answer: Option<AnswerValue>,
    /// Its detail.
    #[validate(custom(function = "prose::text"))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub detail: Option<Prose>,
}

/// The referral to children's social care.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", default)]
pub struct Concerns {
    /// The level chosen.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub concern: Option<Concern>,
    /// Why.
    #[validate(custom(function = "prose::text"))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<Prose>,
    /// What was done.
    #[validate(custom(function = "prose::text"))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub actions_taken: Option<Prose>,
    /// The specialist child-abuse investigators know of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub specialist_notified: Option<bool>,
    /// Where the strategy discussion stands.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub strategy_discussion: Option<StrategyStatus>,
}

/// Missing episodes.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", default)]
pub struct Missing {
    /// How many in all.
    #[validate(range(min = 0, max = 10_000))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub total_episodes: Option<i64>,
    /// Those with dates.
    #[validate(nested)]
    pub episodes: Vec<Episode>,
    /// What else is being done.
    #[validate(custom(function = "prose::text"))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub further_action: Option<Prose>,
}

/// One missing episode.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", default)]
pub struct Episode {
    /// Missing from.
    #[validate(custom(function = "when::moment"))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<Moment>,
    /// Returned.
    #[validate(custom(function = "when::moment"))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub to: Option<Moment>,
    /// The return interview.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub return_interview: Option<ReturnInterview>,
}

/// A child in custody.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", default)]
pub struct Custody {
    /// Arrested.
    #[validate(custom(function = "when::moment"))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub arrested_at: Option<Moment>,
    /// Released.
    #[validate(custom(function = "when::moment"))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub released_at: Option<Moment>,
    /// Charged.
    #[validate(custom(function = "when::moment"))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub charged_at: Option<Moment>,
    /// Bail after charge.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bail: Option<Bail>,
    /// The appropriate adult.
    #[validate(nested)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub appropriate_adult: Option<AppropriateAdult>,
    /// Local authority accommodation.
    #[validate(nested)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub accommodation: Option<Accommodation>,
    /// A certificate under PACE section 38(7) was made.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub certificate: Option<bool>,
}

/// The appropriate adult.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", default)]
pub struct AppropriateAdult {
    /// Asked to come.
    #[validate(custom(function = "when::moment"))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub requested_at: Option<Moment>,
    /// Came.
    #[validate(custom(function = "when::moment"))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub arrived_at: Option<Moment>,
}

/// Local authority accommodation.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", default)]
pub struct Accommodation {
    /// Asked for.
    #[validate(custom(function = "when::moment"))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub requested_at: Option<Moment>,
    /// Of what kind.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kind: Option<AccommodationKind>,
    /// What came of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub outcome: Option<AccommodationOutcome>,
    /// Why.
    #[validate(custom(function = "prose::text"))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<Prose>,
}

/// The record of a strategy discussion.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", default)]
pub struct StrategyDiscussion {
    /// When.
    #[validate(custom(function = "when::moment"))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub held_at: Option<Moment>,
    /// Who was there.
    #[validate(nested)]
    pub attendees: Vec<Attendee>,
    /// What each agency shared.
    #[validate(custom(function = "prose::text"))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub information_shared: Option<Prose>,
    /// What was decided.
    #[validate(nested)]
    pub decisions: Vec<Decision>,
    /// Who does what by when.
    #[validate(nested)]
    pub actions: Vec<Action>,
    /// What it came to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub outcome: Option<StrategyOutcome>,
}

/// Somebody at a strategy discussion.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", default)]
pub struct Attendee {
    /// For which agency.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub agency: Option<Agency>,
    /// Name.
    #[validate(custom(function = "prose::line"))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<Prose>,
}

/// A decision.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", default)]
pub struct Decision {
    /// The decision.
    #[validate(custom(function = "prose::text"))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub decision: Option<Prose>,
    /// Why.
    #[validate(custom(function = "prose::text"))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<Prose>,
}

/// An action.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", default)]
pub struct Action {
    /// What.
    #[validate(custom(function = "prose::text"))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub action: Option<Prose>,
    /// Who.
    #[validate(custom(function = "prose::line"))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub owner: Option<Prose>,
    /// By when.
    #[validate(custom(function = "when::moment"))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub due: Option<Moment>,
}

/// Where the case is recorded.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", default)]
pub struct Record {
    /// In which system.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub system: Option<RecordSystem>,
    /// Its reference.
    #[validate(custom(function = "prose::line"))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reference: Option<Prose>,
    /// Its text.
    #[validate(custom(function = "prose::text"))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<Prose>,
}

/// A finding answered with a reason.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", default)]
pub struct Override {
    /// The finding's code.
    #[validate(custom(function = "prose::line"))]
    pub code: Prose,
    /// Where.
    #[validate(custom(function = "prose::line"))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub path: Option<Prose>,
    /// Why.
    #[validate(custom(function = "prose::text"))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<Prose>,
}

impl Referral {
    /// Which form it is; a concern for a child where it does not say.
    pub fn kind(&self) -> FormType {
        self.form_type.unwrap_or(FormType::ChildConcern)
    }

    /// The moment that ages are counted to: written, or happened.
    pub fn now(&self) -> Option<&Moment> {
        self.created_at.as_ref().filter(|moment| moment.at().is_some()).or(self.incident.occurred_at.as_ref())
    }
}

impl Child {
    /// Age in years, from the date of birth where there is one and `now` is known.
    ///
    /// ```
    /// use referral_guide::form::{Child, Moment};
    /// let child = Child { date_of_birth: Some(Moment::new("2019-03-02")), ..Child::default() };
    /// let age = child.age(Some(&Moment::new("2026-11-20T22:15"))).unwrap();
    /// assert_eq!(age.floor(), 7.0);
    /// ```
    pub fn age(&self, now: Option<&Moment>) -> Option<f64> {
        let born = self.date_of_birth.as_ref().and_then(Moment::at);
        match (born, now.and_then(Moment::at)) {
            (Some(born), Some(now)) if now >= born => Some(years(born, now)),
            _ => self.age_years,
        }
    }

    /// Not yet born: ticked, or due after now.
    pub fn is_unborn(&self, now: Option<&Moment>) -> bool {
        self.unborn == Some(true)
            || match (self.date_of_birth.as_ref().and_then(Moment::at), now.and_then(Moment::at)) {
                (Some(born), Some(now)) => self.unborn != Some(false) && self.age_years.is_none() && born > now,
                _ => false,
            }
    }
}

/// Whole years, and the days over as a fraction.
fn years(born: time::PrimitiveDateTime, now: time::PrimitiveDateTime) -> f64 {
    let (from, to) = (born.date(), now.date());
    let mut whole = to.year() - from.year();
    if (to.month() as u8, to.day()) < (from.month() as u8, from.day()) {
        whole -= 1;
    }
    let days = (to - from).whole_days() as f64;
    let fraction = (days / 365.25 - f64::from(whole)).clamp(0.0, 0.999);
    f64::from(whole) + fraction
}

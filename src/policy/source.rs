//! A policy pack as data: what `policy build` writes, what is embedded and what `loadGuide({ policy })` takes.

use crate::table::Table;
use crate::text::{CueKind, Direction};
use serde::{Deserialize, Serialize};

/// A whole pack.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Pack {
    /// `policy.toml`.
    pub policy: Meta,
    /// `sources.toml`: every document cited, once.
    #[serde(default)]
    pub sources: Table<Source>,
    /// `settings.toml`: the numbers and lists that rules read.
    #[serde(default)]
    pub settings: Settings,
    /// `words.toml`, and the `[classes]` of every other file.
    #[serde(default)]
    pub words: Words,
    /// `concepts/*.toml`: things that happened.
    #[serde(default)]
    pub concepts: Table<Concept>,
    /// `facets/*.toml`: families of phrases, by facet.
    #[serde(default)]
    pub facets: Table<Table<Family>>,
    /// `empty.toml`: what is not a description of impact.
    #[serde(default)]
    pub empty: Table<Empty>,
    /// `questions/*.toml`: question sets.
    #[serde(default)]
    pub questions: Table<QuestionSet>,
    /// `indicators/*.toml`: levels of need.
    #[serde(default)]
    pub indicators: Table<Indicator>,
    /// `findings.toml`: wording for each code.
    #[serde(default)]
    pub findings: Table<Wording>,
    /// `asks.toml`: the open questions that fit a facet and an age.
    #[serde(default)]
    pub asks: Table<Table<String>>,
    /// `locales/*.toml`: the same wording in another language.
    #[serde(default, skip_serializing_if = "Table::is_empty")]
    pub locales: Table<Locale>,
    /// `readers/*.json`: the learned second readers.
    #[serde(default, skip_serializing_if = "Table::is_empty")]
    pub readers: Table<Reader>,
}

/// Who made the pack, and which it is.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Meta {
    /// Short name, as reports give it.
    pub id: String,
    /// Version, as `2026.11.0`.
    pub version: String,
    /// Name for people.
    #[serde(default)]
    pub name: String,
    /// Language of the wording, as a BCP 47 tag.
    #[serde(default)]
    pub language: String,
    /// Who answers for it.
    #[serde(default)]
    pub owner: String,
    /// The pack that this one adds to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub extends: Option<String>,
    /// The day by which somebody should read it again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub review_by: Option<String>,
}

/// A document.
#[derive(Clone, Debug, Default, Serialize, Deserialize, PartialEq)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// Its title.
    pub title: String,
    /// Who published it.
    #[serde(default)]
    pub publisher: String,
    /// When.
    #[serde(default)]
    pub year: Year,
    /// Where.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub link: Option<String>,
    /// How far it was read: `seen`, `summary` or `general-knowledge`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<String>,
    /// Anything a reader should know.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// The day by which somebody should look whether it still stands.
    #[serde(default, rename = "review-by", skip_serializing_if = "Option::is_none")]
    pub review_by: Option<String>,
}

/// A year, or a span of years in words.
#[derive(Clone, Debug, Serialize, PartialEq)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(untagged)]
pub enum Year {
    /// 2026.
    Number(u32),
    /// "2013, updated 2016".
    Words(String),
}

impl Default for Year {
    fn default() -> Year {
        Year::Words(String::new())
    }
}

/// By hand: an untagged enum would bring serde's buffer for values of every kind into the browser's module.
impl<'de> Deserialize<'de> for Year {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Year, D::Error> {
        struct Either;
        impl serde::de::Visitor<'_> for Either {
            type Value = Year;

            fn expecting(&self, out: &mut std::fmt::Formatter) -> std::fmt::Result {
                out.write_str("a year, or years in words")
            }

            fn visit_u64<E: serde::de::Error>(self, year: u64) -> Result<Year, E> {
                u32::try_from(year).map(Year::Number).map_err(|_| E::invalid_value(serde::de::Unexpected::Unsigned(year), &self))
            }

            fn visit_str<E>(self, words: &str) -> Result<Year, E> {
                Ok(Year::Words(words.to_owned()))
            }
        }
        deserializer.deserialize_any(Either)
    }
}

impl std::fmt::Display for Year {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Year::Number(year) => write!(out, "{year}"),
            Year::Words(words) => out.write_str(words),
        }
    }
}

/// Numbers and lists. Each has its source in `settings.toml`'s comments and `[sources]`.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct Settings {
    /// The question set in use.
    pub questions: String,
    /// More episodes than this need a further assessment.
    pub missing_episodes: u32,
    /// Hours within which a return interview is offered.
    pub return_interview_hours: u32,
    /// Hours to ask for an appropriate adult.
    pub appropriate_adult_request_hours: f64,
    /// Hours from the request to the appropriate adult's arrival.
    pub appropriate_adult_arrival_hours: f64,
    /// Hours from arrest to the appropriate adult's arrival.
    pub appropriate_adult_total_hours: f64,
    /// Youngest age at which secure accommodation may be asked for.
    pub secure_accommodation_age: u32,
    /// Under this age a person is a child.
    pub child_until: u32,
    /// From this age a child is expected to be heard in words.
    pub speaks_from: u32,
    /// Texts at least this alike are the same text, from 0 to 1.
    pub copied_likeness: f64,
    /// Fewest words for two impact texts to be compared.
    pub copied_words: u32,
    /// Fewest words for two records to be compared.
    pub record_words: u32,
    /// Fewest words on the child and the incident for a verdict of `below`.
    pub below_words: u32,
    /// Most contradictions shown at once.
    pub contradictions_shown: u32,
    /// Concepts that show domestic abuse in a narrative.
    pub domestic_abuse: Vec<String>,
    /// Concepts that, with missing episodes, may be exploitation.
    pub exploitation: Vec<String>,
    /// Concepts that say the possible exploitation was acted on.
    pub exploitation_acted_on: Vec<String>,
    /// Concepts that say why a child was not heard.
    pub not_heard: Vec<String>,
    /// Phrases in a relationship that show the couple has parted ("ex").
    pub relationship_ex: Vec<String>,
    /// Phrases in a child's relationship that show the child is not the suspect's.
    pub relationship_not_suspects: Vec<String>,
    /// Agencies that a strategy discussion needs.
    pub core_agencies: Vec<String>,
    /// Systems outside the force's own.
    pub outside_systems: Vec<String>,
    /// Decisions too vague to act on (phrases).
    pub vague_decisions: Vec<String>,
    /// Names of the levels 1 to 4 here.
    pub local_levels: Vec<String>,
    /// What the levels 1 to 4 lead to, where it is not `universal`, `early-help`, `section-17` and `section-47`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub routes: Vec<String>,
    /// Who can help below the threshold (plain sentences).
    pub other_help: Vec<String>,
    /// Months for which a past event still counts as "the past year".
    pub year_months: u32,
    /// The source of each setting above.
    pub sources: Table<String>,
}

impl Default for Settings {
    fn default() -> Settings {
        Settings {
            questions: "dash".into(),
            missing_episodes: 3,
            return_interview_hours: 72,
            appropriate_adult_request_hours: 1.0,
            appropriate_adult_arrival_hours: 3.0,
            appropriate_adult_total_hours: 6.0,
            secure_accommodation_age: 12,
            child_until: 18,
            speaks_from: 3,
            copied_likeness: 0.8,
            copied_words: 6,
            record_words: 20,
            below_words: 12,
            contradictions_shown: 3,
            domestic_abuse: Vec::new(),
            exploitation: Vec::new(),
            exploitation_acted_on: Vec::new(),
            not_heard: Vec::new(),
            relationship_ex: Vec::new(),
            relationship_not_suspects: Vec::new(),
            core_agencies: ["police", "children-social-care", "health"].map(String::from).to_vec(),
            outside_systems: ["paper", "personal-drive"].map(String::from).to_vec(),
            vague_decisions: Vec::new(),
            local_levels: ["Level 1", "Level 2", "Level 3", "Level 4"].map(String::from).to_vec(),
            routes: Vec::new(),
            other_help: Vec::new(),
            year_months: 12,
            sources: Table::new(),
        }
    }
}

/// Words of the language.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, default)]
pub struct Words {
    /// `{name}` in a phrase.
    pub classes: Table<Vec<String>>,
    /// Cues of negation, doubt and so on.
    pub cues: Table<CueFamily>,
    /// Words for people.
    pub people: People,
    /// Where a sentence does not end.
    pub sentence: SentenceWords,
    /// Words for one, two, three and so on, in order.
    pub numbers: Vec<String>,
}

/// A family of cues.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct CueFamily {
    /// What they do.
    pub kind: CueKind,
    /// Where the phrases they act on stand.
    #[serde(default)]
    pub direction: Direction,
    /// How many words they reach.
    #[serde(default = "six")]
    pub reach: u32,
    /// The cues.
    pub phrases: Vec<String>,
    /// Why, for whoever edits the list.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub why: Option<String>,
}

fn six() -> u32 {
    6
}

// A map rather than a struct: each field of a struct adds a kilobyte of decoder to what travels to a phone.
/// Words for people, each a list of single words.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
pub struct People(#[cfg_attr(feature = "cli", schemars(with = "PeopleLists"))] pub Table<Vec<String>>);

/// Names the lists once: for the engine, and for editors.
macro_rules! people {
    ($($(#[doc = $doc:literal])* $name:ident)*) => {
        /// The lists of words for people.
        pub const PEOPLE: &[&str] = &[$(stringify!($name)),*];

        #[cfg(feature = "cli")]
        #[derive(schemars::JsonSchema)]
        #[schemars(deny_unknown_fields, default)]
        #[allow(dead_code, reason = "for its schema alone")]
        #[derive(Default, Serialize)]
        struct PeopleLists {
            $($(#[doc = $doc])* $name: Vec<String>,)*
        }
    };
}

people! {
    child_words
    children_words
    sibling_words
    mother_words
    father_words
    victim_words
    suspect_words
    adult_words
    professional_words
    male_words
    female_words
    male_pronouns
    female_pronouns
    neutral_pronouns
    first_pronouns
    /// Words with which, behind a comma, a clause of its own begins.
    subject_pronouns
    /// Names that are also ordinary words.
    word_names
    /// Words that show that a capitalised first word is not a name ("Will be").
    not_after_name
    /// Words that follow or go before an age: "Kai, 6 yrs", "Kai aged 6".
    age_words
    /// Words that say whose somebody is: "his" brother.
    possessive_pronouns
    /// Words that make of a partner another one: the "new" partner.
    other_words
    /// Words that make of a partner one from before: a "former" husband.
    former_words
    /// Words behind which a name is brought in: a lad "called" Dean.
    naming_words
    /// Words behind which whoever comes next is the one who acts: "and" her brother hit him.
    opening_words
    /// Words that say more of the one before: her brother, "who" is on tag.
    relative_words
    /// Words behind which the one who acts stands: strangled "by" him.
    agent_words
}

/// Sentence ends.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, default)]
pub struct SentenceWords {
    /// Words after which a full stop ends no sentence.
    pub abbreviations: Vec<String>,
    /// Ordinary words, spelt as meant, that are one slip away from a word of the phrases.
    pub ordinary: Vec<String>,
}

/// Whom a concept must be about.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum About {
    /// Anybody.
    #[default]
    Any,
    /// A listed child, or a child.
    Child,
    /// The victim.
    Victim,
    /// The suspect.
    Suspect,
    /// A grown-up.
    Adult,
}

/// Something that happened.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Concept {
    /// What an officer or a social worker would call it.
    pub name: String,
    /// Key of the document it rests on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// Whom it must be about.
    #[serde(default, skip_serializing_if = "is_any")]
    pub about: About,
    /// Phrases that show it.
    pub phrases: Vec<String>,
    /// Phrases that look like it and are something else.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub except: Vec<String>,
    /// Sentences in which it must be found, as stated.
    #[serde(default, rename = "match", skip_serializing_if = "Vec::is_empty")]
    pub matches: Vec<String>,
    /// Sentences in which it must not.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub ignore: Vec<String>,
    /// Why it is there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub why: Option<String>,
}

fn is_any(about: &About) -> bool {
    *about == About::Any
}

/// Phrases that show a facet.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Family {
    /// Why these show it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub why: String,
    /// The phrases.
    pub phrases: Vec<String>,
    /// Phrases that look like them and are something else.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub except: Vec<String>,
    /// Ages for which the family makes sense; empty for all.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub ages: Vec<String>,
    /// Key of the document it rests on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// Sentences in which it must be found.
    #[serde(default, rename = "match", skip_serializing_if = "Vec::is_empty")]
    pub matches: Vec<String>,
    /// Sentences in which it must not.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub ignore: Vec<String>,
}

/// Phrases that are not a description of impact.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Empty {
    /// `presence`, `boilerplate`, `procedure`, `conclusion`, `context`, `hearsay` or `speculation`.
    pub kind: String,
    /// Why it is not impact.
    #[serde(default)]
    pub why: String,
    /// One open question that would mend it.
    #[serde(default)]
    pub ask: String,
    /// The phrases.
    pub phrases: Vec<String>,
    /// Phrases that look like them and are something else.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub except: Vec<String>,
    /// Key of the document it rests on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// Sentences in which it must be found.
    #[serde(default, rename = "match", skip_serializing_if = "Vec::is_empty")]
    pub matches: Vec<String>,
    /// Sentences in which it must not.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub ignore: Vec<String>,
}

/// A set of questions.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
pub struct QuestionSet {
    /// Which it is.
    #[serde(default)]
    pub meta: QuestionMeta,
    /// How answers sit with the grade.
    #[serde(default, rename = "grade_check", skip_serializing_if = "Vec::is_empty")]
    pub grade_checks: Vec<GradeCheck>,
    /// The questions, by key. In a file they stand at its top.
    #[serde(default)]
    pub questions: Table<Question>,
}

/// About a question set.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
pub struct QuestionMeta {
    /// Short name.
    #[serde(default)]
    pub id: String,
    /// Name for people.
    #[serde(default)]
    pub name: String,
    /// `false` while too little of the set is confirmed for it to be used.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ready: Option<bool>,
    /// Source of the set.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub source: String,
    /// The set whose questions these are in another numbering; its grade checks hold here too.
    #[serde(default, rename = "maps-to", skip_serializing_if = "String::is_empty")]
    pub maps_to: String,
    /// Questions of that set which this one does not ask: open, and never a no.
    #[serde(default, rename = "not-asked", skip_serializing_if = "Vec::is_empty")]
    pub not_asked: Vec<String>,
    /// Makes the set one of follow-up questions, opened by a yes to any of these.
    #[serde(default, rename = "opened-by", skip_serializing_if = "Vec::is_empty")]
    pub opened_by: Vec<String>,
    /// Concepts in the narrative that open it too, unless all of those are answered no.
    #[serde(default, rename = "shown-by", skip_serializing_if = "Vec::is_empty")]
    pub shown_by: Vec<String>,
    /// What follow-up questions are about, as a message names it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub topic: String,
}

impl QuestionSet {
    /// Follow-up questions rather than a questionnaire of its own.
    pub fn follows_up(&self) -> bool {
        !self.meta.opened_by.is_empty()
    }

    /// Whether a form may be answered by it.
    pub fn is_ready(&self) -> bool {
        self.meta.ready != Some(false) && !self.questions.is_empty() && !self.follows_up()
    }
}

/// A question.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
pub struct Question {
    /// Short label of our own.
    #[serde(default)]
    pub label: String,
    /// What it covers.
    #[serde(default)]
    pub covers: String,
    /// The question of the set that it maps to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub maps_to: Option<String>,
    /// `now`, `ever` or `year`.
    #[serde(default)]
    pub timeframe: String,
    /// A yes wants its detail.
    #[serde(default)]
    pub needs_detail: bool,
    /// `high`, `medium` or `none`.
    #[serde(default)]
    pub marker: String,
    /// Concepts that show a yes.
    #[serde(default)]
    pub shown_by: Vec<String>,
    /// Concepts that show a yes in a child's own words: there "he pushed me" is done to the child.
    #[serde(default)]
    pub shown_by_child: Vec<String>,
    /// An open question for when it is unanswered.
    #[serde(default)]
    pub ask: String,
    /// It is about children.
    #[serde(default)]
    pub children: bool,
    /// It is about people other than the couple, so what "his brother" does counts.
    #[serde(default)]
    pub others: bool,
    /// It is about what the suspect does, so that what is done to the suspect does not count.
    #[serde(default)]
    pub suspect_acts: bool,
    /// It is about somebody other than the victim, so that harm done to the victim does not count.
    #[serde(default)]
    pub not_victim: bool,
    /// Facts of the form that show a yes.
    #[serde(default)]
    pub facts: Vec<String>,
}

/// When a grade sits badly with the answers.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
pub struct GradeCheck {
    /// Short name.
    pub id: String,
    /// All of these answered yes.
    #[serde(default)]
    pub yes: Vec<String>,
    /// And any of these, when there are some.
    #[serde(default)]
    pub any: Vec<String>,
    /// At least so many yes answers, when given.
    #[serde(default)]
    pub at_least_yes: Option<u32>,
    /// At least so many unanswered, when given.
    #[serde(default)]
    pub at_least_unanswered: Option<u32>,
    /// Only without a rationale.
    #[serde(default)]
    pub without_rationale: bool,
    /// The grades that it questions.
    pub grade: Vec<String>,
    /// What to say.
    pub text: String,
    /// Key of the document it rests on.
    #[serde(default)]
    pub source: String,
}

/// A sign of a level of need.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Indicator {
    /// Plain words.
    pub name: String,
    /// 1 universal, 2 early help, 3 child in need, 4 significant harm.
    pub level: u8,
    /// How much it takes.
    #[serde(rename = "use")]
    pub weight: Weight,
    /// Area of the threshold document.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub category: String,
    /// Key of the document it rests on.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub source: String,
    /// When it is shown.
    #[serde(default)]
    pub when: String,
    /// Facts and concepts that make it weightier.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub raises: Vec<String>,
    /// Facts and concepts that make it lighter; never for a red flag.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub lowers: Vec<String>,
    /// Anything an editor should know.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// The day by which somebody should read it again.
    #[serde(default, rename = "review-by", skip_serializing_if = "Option::is_none")]
    pub review_by: Option<String>,
}

/// How much an indicator says alone.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Weight {
    /// Raises no level; unless another sign explains the words, it keeps the form from being called below.
    Doubt,
    /// Needs others beside it.
    #[default]
    Context,
    /// Usually enough alone for its level.
    Enough,
    /// Enough alone, and nothing lowers it.
    RedFlag,
}

/// What a finding says.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Wording {
    /// `required`, `warning`, `prompt` or `info`.
    pub severity: String,
    /// One plain sentence: what to do.
    pub message: String,
    /// Why it matters.
    pub why: String,
    /// Key of the document it rests on.
    pub source: String,
    /// Other messages under the same code, by name.
    #[serde(default, skip_serializing_if = "Table::is_empty")]
    pub variants: Table<String>,
}

/// The wording of a pack in another language.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, default)]
pub struct Locale {
    /// By code.
    pub findings: Table<LocalWording>,
    /// By facet and age.
    pub asks: Table<Table<String>>,
    /// The open question of a family of empty phrases, by key.
    #[serde(skip_serializing_if = "Table::is_empty")]
    pub empty: Table<String>,
    /// Question labels, by set and key.
    pub questions: Table<Table<String>>,
    /// Titles of sources, by key.
    pub sources: Table<String>,
    /// Names of the levels 1 to 4.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub levels: Vec<String>,
    /// Who can help below the threshold.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub help: Vec<String>,
}

/// A finding's wording in another language.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct LocalWording {
    /// One plain sentence: what to do.
    pub message: String,
    /// Why it matters.
    pub why: String,
    /// Other messages under the same code.
    #[serde(default, skip_serializing_if = "Table::is_empty")]
    pub variants: Table<String>,
}

/// A learned second reader: a linear model over word and letter features.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Reader {
    /// What it was trained on and how, for whoever checks it.
    #[serde(default)]
    pub about: String,
    /// Number of hash bits of a feature.
    pub bits: u32,
    /// It does not see what the rules found, so that it judges without them.
    #[serde(default, rename = "words-only", skip_serializing_if = "std::ops::Not::not")]
    pub words_only: bool,
    /// Its outputs, in order.
    pub outputs: Vec<ReaderOutput>,
    /// How an output is weighed against what the rules found; without one it stands alone.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub blends: Vec<Blend>,
    /// Which features have weights: for each the gap to the one before, in letters with 26 digits, of which the last is small ("c" is 2,
    /// "Bc" is 28). Empty where all have.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub features: String,
    /// Their weights: a letter for each output of each feature in turn, "." for none, "A" for 1, "B" for 2, "a" for -1 and so on.
    pub weights: String,
}

/// One output of a reader.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct ReaderOutput {
    /// Its name.
    pub name: String,
    /// Constant.
    pub bias: f32,
    /// What one unit of weight is worth.
    pub scale: f32,
    /// At or above this it is confident of a yes.
    pub yes: f32,
    /// At or below this it is confident of a no.
    pub no: f32,
}

/// How a reader and the rules are weighed against each other: a second, very small linear model, so that
/// neither overrules the other by fiat.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Blend {
    /// The output that it is for.
    pub output: String,
    /// Constant.
    pub bias: f32,
    /// Weight of the reader's output.
    pub reader: f32,
    /// Weight of the rules having found it.
    pub rules: f32,
    /// Weight of the reader's output where the rules found it.
    #[serde(default)]
    pub both: f32,
    /// Weights of other outputs, each for the sentence where it is highest.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub peaks: Vec<(String, f32)>,
}

//! What the form says: read once, judged by the policy, before any rule speaks.
//!
//! What a mention *means* (a facet, a level, a contradiction) is decided here and nowhere else.

mod dash;
pub mod features;
mod impact;
mod people;
mod reading;
mod similar;
mod threshold;

pub use dash::{Contradiction, DashFacts, DashState, FollowUp, GradeDoubt, Settled};
pub use impact::{ChildFacts, ImpactStatus};
pub use people::{Cast, Other, Owner, Who};
pub use reading::{Mention, Reading};
pub use similar::likeness;
pub(crate) use threshold::episodes;
pub use threshold::{Likely, Shown, ThresholdFacts};

use crate::form::{FormType, Problem, Prose, Referral};
use crate::policy::source::QuestionSet;
use crate::policy::{CompiledQuestion, Facet, Kind, Policy};

/// A place in a text that the officer typed: words `start..end` of a field.
#[derive(Clone, Debug, PartialEq)]
pub struct Place {
    /// Number in [`Facts::fields`].
    pub field: usize,
    /// First word.
    pub start: u32,
    /// One past the last word.
    pub end: u32,
    /// What it shows: a key of the pack, or "reads like" for a second reader.
    pub indicator: String,
}

/// A text of the form with its JSON Pointer.
#[derive(Debug)]
pub struct Field<'a> {
    /// Where it stands in the form.
    pub path: String,
    /// What part it plays.
    pub part: Part,
    /// The text, read.
    pub reading: Reading<'a>,
}

/// What part a text plays.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// The officer's account.
    Narrative,
    /// What it meant for a child.
    Impact(u16),
    /// What a child said.
    Voice(u16),
    /// Why it is referred, and what was done.
    Reason,
    /// A text of the risk questions.
    Dash,
    /// Any other text.
    Other,
}

/// All that is concluded before any rule.
#[derive(Debug)]
pub struct Facts<'a> {
    /// The form.
    pub form: &'a Referral,
    /// The policy.
    pub policy: &'a Policy,
    /// Values of the form that cannot be used.
    pub problems: Vec<Problem>,
    /// Its texts.
    pub fields: Vec<Field<'a>>,
    /// The sentences of the account, as second readers see them; empty ones are left out.
    pub account: Vec<features::Sentence>,
    /// Its children.
    pub children: Vec<ChildFacts>,
    /// The narrative describes domestic abuse, and where.
    pub domestic_abuse: Vec<Place>,
    /// The risk questions.
    pub dash: DashFacts,
    /// The level of need.
    pub threshold: ThresholdFacts,
}

impl<'a> Facts<'a> {
    /// Reads a form by a policy.
    pub fn gather(form: &'a Referral, mut problems: Vec<Problem>, policy: &'a Policy) -> Facts<'a> {
        problems.extend(unknown_set(form, policy));
        let cast = Cast::new(form, policy);
        let mut facts = Facts {
            form,
            policy,
            problems,
            fields: fields(form, &cast, policy),
            account: Vec::new(),
            children: Vec::new(),
            domestic_abuse: Vec::new(),
            dash: DashFacts::default(),
            threshold: ThresholdFacts::default(),
        };
        facts.account = features::sentences(&facts, |part| (part == Part::Narrative).then_some(None));
        facts.children = impact::children(&facts);
        facts.domestic_abuse = dash::domestic_abuse(&facts);
        facts.dash = dash::dash(&facts);
        facts.threshold = threshold::threshold(&facts);
        facts
    }

    /// The questions that the form is answered by.
    pub fn question_set(&self) -> Option<&'a QuestionSet> {
        self.policy.questions_of(self.form)
    }

    /// The same, with the concepts that show a yes.
    pub fn questions(&self) -> &'a [CompiledQuestion] {
        self.policy.sets.get(self.policy.set_of(self.form)).map(Vec::as_slice).unwrap_or_default()
    }

    /// The form says it is domestic abuse.
    pub fn is_domestic_abuse(&self) -> bool {
        self.form.kind() == FormType::DomesticAbuse || self.form.incident.domestic_abuse == Some(true)
    }

    /// The field at a JSON Pointer.
    pub fn field(&self, path: &str) -> Option<(usize, &Field<'a>)> {
        self.fields.iter().enumerate().find(|(_, field)| field.path == path)
    }

    /// Mentions of concepts in a field, with the concept's number.
    pub fn concepts<'f>(&'f self, field: &'f Field<'a>) -> impl Iterator<Item = (usize, &'f Mention)> {
        field.reading.mentions.iter().filter_map(|mention| match self.policy.entries[mention.entry as usize].kind {
            Kind::Concept(number) => Some((number, mention)),
            _ => None,
        })
    }

    /// Where one of the concepts is stated, in the fields that `read` chooses, in their order.
    pub fn stating<'f>(&'f self, wanted: &'f [impl AsRef<str>], read: impl Fn(Part) -> bool + 'f) -> impl Iterator<Item = Place> + 'f {
        let is_wanted = |concept: usize| wanted.iter().any(|name| name.as_ref() == self.policy.concepts[concept]);
        self.fields.iter().enumerate().filter(move |(_, field)| read(field.part)).flat_map(move |(at, field)| {
            let found = self.concepts(field).filter(move |(concept, mention)| is_wanted(*concept) && self.counts(field, mention));
            found.map(move |(_, mention)| self.place(at, mention))
        })
    }

    /// Whether a mention of a concept counts: stated, and about whom the concept must be about.
    pub fn counts(&self, field: &Field, mention: &Mention) -> bool {
        let entry = &self.policy.entries[mention.entry as usize];
        mention.assertion.stated() && field.reading.is_about(mention, entry.about)
    }
}

/// A question set that the pack does not hold ready: the form is read by the pack's own.
fn unknown_set(form: &Referral, policy: &Policy) -> Option<Problem> {
    let named = form.dash.as_ref()?.question_set.as_ref()?;
    if named == policy.set_of(form) {
        return None;
    }
    let ready: Vec<&str> = policy.pack.questions.iter().filter(|(_, set)| set.is_ready()).map(|(name, _)| name.as_str()).collect();
    Some(Problem { path: "/dash/questionSet".into(), message: format!("is no question set that this policy holds ready; it has {}", ready.join(", ")) })
}

fn fields<'a>(form: &'a Referral, cast: &Cast, policy: &Policy) -> Vec<Field<'a>> {
    let mut out = Vec::new();
    let mut add = |path: String, part: Part, owner: Owner, text: &'a Option<Prose>| {
        if let Some(text) = text
            && !text.trim().is_empty()
        {
            out.push(Field { path, part, reading: Reading::new(text, owner, cast, policy) });
        }
    };
    let nobody = Owner::Nobody;
    add("/incident/narrative".into(), Part::Narrative, nobody, &form.incident.narrative);
    for (at, child) in form.children.iter().enumerate().take(usize::from(u16::MAX)) {
        let number = at as u16;
        add(format!("/children/{at}/impact"), Part::Impact(number), Owner::Child(number), &child.impact);
        add(format!("/children/{at}/voice"), Part::Voice(number), Owner::Child(number), &child.voice);
    }
    if let Some(referral) = &form.referral {
        add("/referral/reason".into(), Part::Reason, nobody, &referral.reason);
        add("/referral/actionsTaken".into(), Part::Reason, nobody, &referral.actions_taken);
    }
    if let Some(dash) = &form.dash {
        for (key, answer) in &dash.answers {
            // "Bruise to hip" behind an answer about the victim is the victim's, though nobody is named.
            let owner = if policy.asks_about_victim(key) { Owner::Victim } else { nobody };
            add(format!("/dash/answers/{}/detail", crate::form::escape(key)), Part::Dash, owner, &answer.detail);
        }
        add("/dash/rationale".into(), Part::Dash, nobody, &dash.rationale);
        add("/dash/observations".into(), Part::Dash, nobody, &dash.observations);
    }
    if let Some(missing) = &form.missing {
        add("/missing/furtherAction".into(), Part::Other, nobody, &missing.further_action);
    }
    if let Some(accommodation) = form.custody.as_ref().and_then(|custody| custody.accommodation.as_ref()) {
        add("/custody/accommodation/reason".into(), Part::Other, nobody, &accommodation.reason);
    }
    if let Some(discussion) = &form.strategy_discussion {
        add("/strategyDiscussion/informationShared".into(), Part::Other, nobody, &discussion.information_shared);
        for (at, decision) in discussion.decisions.iter().enumerate() {
            add(format!("/strategyDiscussion/decisions/{at}/decision"), Part::Other, nobody, &decision.decision);
        }
    }
    out
}

impl Place {
    fn of(field: usize, mention: &Mention, policy: &Policy) -> Place {
        Place { field, start: mention.start, end: mention.end, indicator: policy.entries[mention.entry as usize].id.clone() }
    }
}

/// The number of a facet in lists of six.
pub fn facet_number(facet: Facet) -> usize {
    Facet::ALL.iter().position(|one| *one == facet).expect("ALL holds every facet")
}

impl Facts<'_> {
    /// The officer's words at a place, shortened.
    pub fn quote(&self, place: &Place) -> String {
        let reading = &self.fields[place.field].reading;
        shortened(&reading.text[reading.bytes(place.start, place.end)])
    }

    /// A mention as a place.
    pub fn place(&self, field: usize, mention: &Mention) -> Place {
        Place::of(field, mention, self.policy)
    }

    /// Whether a mention is of an empty phrase, or of one that decides nothing.
    pub fn is_empty_phrase(&self, mention: &Mention) -> bool {
        matches!(self.policy.entries[mention.entry as usize].kind, Kind::Empty(_) | Kind::Vague)
    }

    /// What to call a child in a message.
    pub fn call(&self, child: &ChildFacts) -> String {
        child.name.as_deref().map_or_else(|| format!("child {}", child.index + 1), shortened)
    }

    /// At most two open questions that fit the child's age and what is already written.
    pub fn asks(&self, child: &ChildFacts) -> Vec<String> {
        if child.status == ImpactStatus::Described {
            return Vec::new();
        }
        let asks = &self.policy.pack.asks;
        let name = self.call(child);
        // What was said comes after what was seen; exposure and safety are no description alone.
        [Facet::Presentation, Facet::Voice, Facet::Functioning, Facet::Physical]
            .into_iter()
            .filter(|facet| child.facet(*facet).is_empty() && (*facet != Facet::Voice || child.can_speak))
            .filter_map(|facet| {
                let by_age = asks.get(facet.name())?;
                by_age.get(child.stage()).or_else(|| by_age.get("child")).map(|ask| ask.replace("{child}", &name))
            })
            .take(2)
            .collect()
    }

    /// A fact of the form in words.
    pub fn fact_in_words(&self, fact: &str) -> String {
        self.policy.pack.asks.get("facts").and_then(|facts| facts.get(fact)).cloned().unwrap_or_else(|| fact.replace('-', " "))
    }
}

/// What the second readers see of a form, for training.
pub mod training {
    use super::Facts;
    use super::features::Features;

    /// Of a child's own texts.
    pub fn impact(facts: &Facts, child: u16) -> Vec<Features> {
        super::impact::own_features(facts, child)
    }

    /// Of the account.
    pub fn dash(facts: &Facts) -> Vec<Features> {
        facts.account.iter().map(|sentence| sentence.features.clone()).collect()
    }

    /// Of everything written about the children.
    pub fn threshold(facts: &Facts) -> Vec<Features> {
        super::threshold::all_features(facts)
    }
}

/// What a message says of a text: its first 80 characters, whole words, on one line.
fn shortened(text: &str) -> String {
    const MOST: usize = 80;
    if text.chars().nth(MOST).is_none() {
        return text.split_whitespace().collect::<Vec<_>>().join(" ");
    }
    let cut: String = text.chars().take(MOST).collect();
    format!("{}…", cut.rsplit_once(' ').map_or(cut.as_str(), |(start, _)| start))
}

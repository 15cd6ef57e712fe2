//! The risk questions: how far they were answered, what the texts say against an answer, and how the grade
//! sits with both.

use super::features::{Features, Sums, features, weighed_most};
use super::people::Who;
use super::{Facts, Part, Place};
use crate::form::{AnswerValue, Dash, DashStatus, Grade};
use crate::policy::SecondReader;
use crate::policy::source::{GradeCheck, Question};

/// How far the questions were gone through.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum DashState {
    /// Not domestic abuse.
    #[default]
    NotRequired,
    /// Required, and nothing answered.
    NotStarted,
    /// The victim declined.
    Declined,
    /// Some questions are open.
    Incomplete,
    /// All answered.
    Complete,
}

/// An answer that a text or a fact of the form speaks against.
#[derive(Clone, Debug, PartialEq)]
pub struct Contradiction {
    /// Key of the question.
    pub question: String,
    /// Where it is said.
    pub places: Vec<Place>,
    /// The fact of the form that says it, where one does.
    pub fact: Option<String>,
    /// How grave the question is: 2 high, 1 medium, 0 none.
    pub marker: u8,
}

/// An open question that a text settles.
pub type Settled = Contradiction;

/// A grade that sits badly with the answers.
#[derive(Clone, Debug, PartialEq)]
pub struct GradeDoubt {
    /// Number in the set's `grade_check`.
    pub check: usize,
    /// The answers that say so.
    pub questions: Vec<String>,
}

/// The risk questions of a form.
#[derive(Clone, Debug, Default)]
pub struct DashFacts {
    /// How far they were gone through.
    pub state: DashState,
    /// Questions answered.
    pub answered: usize,
    /// Questions there are.
    pub of: usize,
    /// Keys of the open ones.
    pub unanswered: Vec<String>,
    /// Questions answered yes.
    pub yes: usize,
    /// Answers of no that something speaks against, gravest first.
    pub contradictions: Vec<Contradiction>,
    /// Open or unknown questions that a text settles.
    pub settled: Vec<Settled>,
    /// Why the grade may be too low.
    pub grade_doubts: Vec<GradeDoubt>,
    /// Keys of questions answered yes that want a detail and have none.
    pub without_detail: Vec<String>,
}

/// Where the form's texts describe domestic abuse.
pub(super) fn domestic_abuse(facts: &Facts) -> Vec<Place> {
    let Some((at, field)) = facts.field("/incident/narrative") else { return Vec::new() };
    let shows = &facts.policy.pack.settings.domestic_abuse;
    facts
        .concepts(field)
        .filter(|(number, mention)| shows.contains(&facts.policy.concepts[*number]) && facts.counts(field, mention))
        .map(|(_, mention)| Place::of(at, mention, facts.policy))
        .collect()
}

/// The whole of it.
pub(super) fn dash(facts: &Facts) -> DashFacts {
    let mut out = DashFacts::default();
    let Some(set) = facts.policy.questions() else { return out };
    let required = facts.is_domestic_abuse();
    let dash = facts.form.dash.as_ref();
    out.of = facts.policy.questions.len();
    for question in &facts.policy.questions {
        match dash.and_then(|dash| answer(dash, &question.key)) {
            None | Some(AnswerValue::NotAsked) => out.unanswered.push(question.key.clone()),
            Some(value) => {
                out.answered += 1;
                if value == AnswerValue::Yes {
                    out.yes += 1;
                    let detail = dash.and_then(|dash| dash.answers.get(&question.key)).and_then(|answer| answer.detail.as_ref());
                    let wants = set.questions.get(&question.key).is_some_and(|question| question.needs_detail && question.marker == "high");
                    if wants && detail.is_none_or(|detail| detail.trim().is_empty()) {
                        out.without_detail.push(question.key.clone());
                    }
                }
            }
        }
    }
    out.state = if !required {
        DashState::NotRequired
    } else {
        match dash.and_then(|dash| dash.status) {
            Some(DashStatus::Declined) => DashState::Declined,
            Some(DashStatus::NotDone) => DashState::NotStarted,
            _ if out.answered == 0 => DashState::NotStarted,
            _ if out.unanswered.is_empty() => DashState::Complete,
            _ => DashState::Incomplete,
        }
    };
    if let Some(dash) = dash {
        spoken_against(facts, dash, &mut out);
        for (number, check) in set.grade_checks.iter().enumerate() {
            if let Some(questions) = doubted(check, dash, &out) {
                out.grade_doubts.push(GradeDoubt { check: number, questions });
            }
        }
    }
    out
}

fn answer(dash: &Dash, key: &str) -> Option<AnswerValue> {
    let answer = dash.answers.get(key)?;
    // A question of free text is answered by its text.
    answer.answer.or_else(|| answer.detail.as_ref().filter(|detail| !detail.trim().is_empty()).map(|_| AnswerValue::Yes))
}

fn spoken_against(facts: &Facts, dash: &Dash, out: &mut DashFacts) {
    let Some(set) = facts.policy.questions() else { return };
    let scores = Scores::new(facts);
    for (number, compiled) in facts.policy.questions.iter().enumerate() {
        let Some(question) = set.questions.get(&compiled.key) else { continue };
        let value = answer(dash, &compiled.key);
        if value == Some(AnswerValue::Yes) || (question.shown_by.is_empty() && question.facts.is_empty()) {
            continue;
        }
        let mut places = shown(facts, number, question);
        scores.second(&compiled.key, &mut places);
        let fact = question.facts.iter().find(|fact| form_shows(facts, fact)).cloned();
        if places.is_empty() && fact.is_none() {
            continue;
        }
        let found = Contradiction {
            question: compiled.key.clone(),
            places,
            fact,
            marker: match question.marker.as_str() {
                "high" => 2,
                "medium" => 1,
                _ => 0,
            },
        };
        if value == Some(AnswerValue::No) { out.contradictions.push(found) } else { out.settled.push(found) }
    }
    out.contradictions.sort_by_key(|found| std::cmp::Reverse(found.marker));
}

/// Where texts state a yes.
fn shown(facts: &Facts, number: usize, question: &Question) -> Vec<Place> {
    let compiled = &facts.policy.questions[number];
    let mut out = Vec::new();
    for (at, field) in facts.fields.iter().enumerate() {
        if matches!(field.part, Part::Other | Part::Reason | Part::Dash) && field.path != "/dash/observations" {
            continue;
        }
        let own_box = matches!(field.part, Part::Impact(_) | Part::Voice(_));
        for (concept, mention) in facts.concepts(field) {
            if !compiled.shown_by.contains(&concept) || !facts.counts(field, mention) {
                continue;
            }
            // A child's box speaks of the child, unless it names a grown-up.
            if own_box && !question.children && !mention.subject.is_some_and(|who| matches!(who, Who::Victim | Who::Suspect | Who::Mother | Who::Father)) {
                continue;
            }
            if question.timeframe == "now" && mention.assertion.past {
                continue;
            }
            out.push(Place::of(at, mention, facts.policy));
        }
    }
    out
}

/// Whether a fact of the form shows a yes.
fn form_shows(facts: &Facts, fact: &str) -> bool {
    let children = &facts.children;
    match fact {
        "child-unborn" => children.iter().any(|child| child.unborn),
        "child-under-18-months" => children.iter().any(|child| !child.unborn && child.age.is_some_and(|age| age < 1.5)),
        "child-not-suspects" => {
            facts.form.children.iter().any(|child| child.relationship.as_deref().is_some_and(|words| facts.policy.not_suspects_child(words)))
        }
        "child-injured" => false,
        "relationship-ex" => facts.form.adults.iter().any(|adult| adult.relationship.as_deref().is_some_and(|words| facts.policy.says_ex(words))),
        _ => false,
    }
}

fn doubted(check: &GradeCheck, dash: &Dash, out: &DashFacts) -> Option<Vec<String>> {
    let grade = dash.grade.map(Grade::name)?;
    if !check.grade.iter().any(|one| one == grade) {
        return None;
    }
    if check.without_rationale && dash.rationale.as_ref().is_some_and(|rationale| !rationale.trim().is_empty()) {
        return None;
    }
    if check.yes.is_empty() && check.any.is_empty() && check.at_least_yes.is_none() && check.at_least_unanswered.is_none() {
        return None;
    }
    let yes = |key: &String| answer(dash, key) == Some(AnswerValue::Yes);
    if !check.yes.iter().all(yes) || !(check.any.is_empty() || check.any.iter().any(yes)) {
        return None;
    }
    if check.at_least_yes.is_some_and(|least| out.yes < least as usize) || check.at_least_unanswered.is_some_and(|least| out.unanswered.len() < least as usize)
    {
        return None;
    }
    Some(check.yes.iter().chain(check.any.iter().filter(|key| yes(key))).cloned().collect())
}

/// The learned reading of the narrative, in runs of a few sentences.
struct Scores<'f> {
    reader: Option<&'f SecondReader>,
    field: usize,
    sentences: Vec<Features>,
    /// Per run: its first sentence, and the outputs.
    runs: Vec<(usize, Vec<f32>)>,
    length: usize,
}

/// Sentences read together: about as many as in the texts that the readers were trained on.
const RUN: usize = 3;

impl<'f> Scores<'f> {
    fn new(facts: &'f Facts) -> Scores<'f> {
        let mut out = Scores { reader: facts.policy.readers.get("dash"), field: 0, sentences: Vec::new(), runs: Vec::new(), length: 0 };
        let (Some(reader), Some((at, field))) = (out.reader, facts.field("/incident/narrative")) else { return out };
        out.field = at;
        out.sentences = features(&field.reading, facts.policy, None, true);
        let sums: Vec<Sums> = out
            .sentences
            .iter()
            .map(|sentence| {
                let mut sums = Sums::new(reader);
                sums.add(reader, sentence);
                sums
            })
            .collect();
        out.length = if sums.len() <= RUN + 1 { sums.len().max(1) } else { RUN };
        for run in sums.windows(out.length) {
            let mut all = Sums::new(reader);
            run.iter().for_each(|sums| all.join(sums));
            out.runs.push((out.runs.len(), all.outputs(reader)));
        }
        out
    }

    /// Lets the reader confirm, add or take away what the phrases show of a question.
    fn second(&self, key: &str, places: &mut Vec<Place>) {
        let Some((reader, output)) = self.reader.and_then(|reader| reader.output(key).map(|output| (reader, output))) else { return };
        let limits = &reader.outputs()[output];
        let sentence_of = |word: u32| self.sentences.iter().position(|features| features.words.iter().any(|feature| feature.word == word)).unwrap_or(0);
        places.retain(|place| {
            if place.field != self.field {
                return true;
            }
            let sentence = sentence_of(place.start);
            let most = self
                .runs
                .iter()
                .filter(|(first, _)| (*first..first + self.length).contains(&sentence))
                .map(|(_, outputs)| outputs[output])
                .fold(f32::MIN, f32::max);
            most > limits.no
        });
        if !places.is_empty() {
            return;
        }
        let Some((first, outputs)) = self.runs.iter().max_by(|a, b| a.1[output].total_cmp(&b.1[output])) else { return };
        if outputs[output] < limits.yes {
            return;
        }
        let best = (*first..first + self.length)
            .filter(|&at| !self.sentences[at].words.is_empty())
            .map(|at| {
                let mut sums = Sums::new(reader);
                sums.add(reader, &self.sentences[at]);
                (sums.outputs(reader)[output], at)
            })
            .max_by(|a, b| a.0.total_cmp(&b.0));
        if let Some((_, at)) = best {
            let words = weighed_most(reader, &self.sentences[at], output);
            let sentence = &self.sentences[at].words;
            let (first, last) = (sentence[0].word, sentence[sentence.len() - 1].word);
            places.push(Place {
                field: self.field,
                start: words.first().copied().unwrap_or(first),
                end: words.last().copied().unwrap_or(last) + 1,
                indicator: "reads like it".into(),
            });
        }
    }
}

/// Features of the narrative, for training.
pub fn narrative_features(facts: &Facts) -> Vec<Features> {
    facts.field("/incident/narrative").map(|(_, field)| features(&field.reading, facts.policy, None, true)).unwrap_or_default()
}

//! The risk questions: how far they were answered, what the texts say against an answer, and how the grade
//! sits with both.

use super::features::{Sums, weighed_most};
use super::people::{Other, Who};
use super::{Facts, Mention, Part, Place, Reading};
use crate::form::{AdultRole, AnswerValue, Dash, DashStatus, Grade};
use crate::policy::source::{GradeCheck, Question};
use crate::policy::{CompiledQuestion, SecondReader};

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
    /// The rules found words against a no to a grave question, and the second reader did not take them so. Nothing is said of the answer,
    /// but "below" is not said either: a reader never lowers a level.
    pub grave_taken_back: bool,
    /// Open or unknown questions that a text settles.
    pub settled: Vec<Settled>,
    /// Why the grade may be too low.
    pub grade_doubts: Vec<GradeDoubt>,
    /// Keys of questions answered yes that want a detail and have none.
    pub without_detail: Vec<String>,
    /// Keys of questions that the form's set leaves out of the whole one: neither open nor a no.
    pub not_asked: Vec<String>,
    /// Further questions that an answer or the narrative opens.
    pub follow_ups: Vec<FollowUp>,
}

/// Further questions that are open.
#[derive(Clone, Debug, PartialEq)]
pub struct FollowUp {
    /// Name of their set.
    pub set: String,
    /// The question to which they belong.
    pub question: String,
    /// That question is answered yes.
    pub answered: bool,
    /// Where the narrative calls for them.
    pub places: Vec<Place>,
    /// Keys of those not answered.
    pub open: Vec<String>,
}

/// Where the form's texts describe domestic abuse.
pub(super) fn domestic_abuse(facts: &Facts) -> Vec<Place> {
    facts.stating(&facts.policy.pack.settings.domestic_abuse, |part| part == Part::Narrative).collect()
}

/// The whole of it.
pub(super) fn dash(facts: &Facts) -> DashFacts {
    let mut out = DashFacts::default();
    let Some(set) = facts.question_set() else { return out };
    let required = facts.is_domestic_abuse();
    let dash = facts.form.dash.as_ref();
    out.of = facts.questions().len();
    for question in facts.questions() {
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
    out.not_asked.clone_from(&set.meta.not_asked);
    out.not_asked.retain(|key| !dash.is_some_and(|dash| matches!(answer(dash, key), Some(value) if value != AnswerValue::NotAsked)));
    if let Some(dash) = dash {
        if matches!(out.state, DashState::Incomplete | DashState::Complete) {
            out.follow_ups = follow_ups(facts, dash);
        }
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

/// The further questions that a yes or the narrative opens and that are not all answered.
fn follow_ups(facts: &Facts, dash: &Dash) -> Vec<FollowUp> {
    let mut out = Vec::new();
    for (name, set) in facts.policy.pack.questions.iter().filter(|(_, set)| set.follows_up()) {
        // In the numbering that the form is answered by.
        let opening: Vec<&String> = set.meta.opened_by.iter().filter(|key| facts.questions().iter().any(|question| question.key == **key)).collect();
        let is = |key: &&&String, value| answer(dash, key) == Some(value);
        let yes = opening.iter().find(|key| is(key, AnswerValue::Yes));
        let places: Vec<Place> = if opening.iter().all(|key| is(&key, AnswerValue::No)) {
            Vec::new()
        } else {
            facts.stating(&set.meta.shown_by, |part| part == Part::Narrative).collect()
        };
        let Some(question) = yes.or(opening.first()).filter(|_| yes.is_some() || !places.is_empty()) else { continue };
        let compiled = facts.policy.sets.get(name).map(Vec::as_slice).unwrap_or_default();
        let open: Vec<String> = compiled.iter().filter(|one| answer(dash, &one.key).is_none()).map(|one| one.key.clone()).collect();
        if compiled.is_empty() || !open.is_empty() {
            out.push(FollowUp { set: name.clone(), question: (*question).clone(), answered: yes.is_some(), places, open });
        }
    }
    out
}

fn spoken_against(facts: &Facts, dash: &Dash, out: &mut DashFacts) {
    let Some(set) = facts.question_set() else { return };
    let second = Second::read(facts);
    for compiled in facts.questions() {
        let Some(question) = set.questions.get(&compiled.key) else { continue };
        let value = answer(dash, &compiled.key);
        if value == Some(AnswerValue::Yes) || (question.shown_by.is_empty() && question.facts.is_empty()) {
            continue;
        }
        let (mut places, refused) = shown(facts, compiled, question);
        let stated = !places.is_empty();
        if let Some(second) = &second {
            second.weigh(facts, compiled, question, &mut places, &refused);
        }
        out.grave_taken_back |= stated && places.is_empty() && value == Some(AnswerValue::No) && question.marker == "high";
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
    // What this form does not ask stays open: a text that tells it is worth saying.
    let whole = facts.policy.pack.questions.get(&set.meta.maps_to);
    let compiled = facts.policy.sets.get(&set.meta.maps_to);
    for key in &set.meta.not_asked {
        if let Some(question) = whole.and_then(|whole| whole.questions.get(key))
            && let Some(compiled) = compiled.and_then(|all| all.iter().find(|one| one.key == *key))
            && matches!(answer(dash, key), None | Some(AnswerValue::NotAsked | AnswerValue::Unknown))
        {
            let (mut places, refused) = shown(facts, compiled, question);
            if let Some(second) = &second {
                second.weigh(facts, compiled, question, &mut places, &refused);
            }
            if !places.is_empty() {
                out.settled.push(Settled { question: key.clone(), places, fact: None, marker: 0 });
            }
        }
    }
    out.contradictions.sort_by_key(|found| std::cmp::Reverse(found.marker));
}

/// Where texts state a yes by the rules; then where the words stand, but denied, of somebody else or of another time.
fn shown(facts: &Facts, compiled: &CompiledQuestion, question: &Question) -> (Vec<Place>, Vec<Place>) {
    let mut out = Vec::new();
    let mut refused: Vec<Place> = Vec::new();
    for (at, field) in facts.fields.iter().enumerate() {
        if matches!(field.part, Part::Other | Part::Reason | Part::Dash) && field.path != "/dash/observations" {
            continue;
        }
        let own_box = matches!(field.part, Part::Impact(_) | Part::Voice(_));
        for (concept, mention) in facts.concepts(field) {
            let own_words = matches!(field.part, Part::Voice(_)) && compiled.shown_by_child.contains(&concept);
            if !(own_words || compiled.shown_by.contains(&concept)) {
                continue;
            }
            if !facts.counts(field, mention) {
                if mention.assertion.negated || outside(facts, &field.reading, mention, question) {
                    refused.push(Place::of(at, mention, facts.policy));
                }
                continue;
            }
            // A child's box speaks of the child, unless it names a grown-up.
            if own_box && !question.children && !mention.subject.is_some_and(|who| matches!(who, Who::Victim | Who::Suspect | Who::Mother | Who::Father)) {
                continue;
            }
            if outside(facts, &field.reading, mention, question) {
                refused.push(Place::of(at, mention, facts.policy));
                continue;
            }
            out.push(Place::of(at, mention, facts.policy));
        }
    }
    (out, refused)
}

/// What the learned second reader makes of the account.
///
/// Words can be right by themselves and wrong as they stand, and no list holds all the words: where the reader is sure of a no, words
/// that the rules found in that sentence do not count, and where it is sure of a yes, it is one without them.
struct Second<'f> {
    reader: &'f SecondReader,
    /// By sentence of the account: the outputs for it alone, and their highest for it alone or beside a neighbour.
    sentences: Vec<(Vec<f32>, Vec<f32>)>,
}

impl<'f> Second<'f> {
    fn read(facts: &Facts<'f>) -> Option<Second<'f>> {
        let reader = facts.policy.readers.get("dash")?;
        let sums: Vec<Sums> = facts.account.iter().map(|sentence| Sums::of(reader, &sentence.features)).collect();
        let mut sentences: Vec<(Vec<f32>, Vec<f32>)> = Vec::with_capacity(sums.len());
        for (at, sum) in sums.iter().enumerate() {
            let alone = sum.outputs(reader);
            let mut highest = alone.clone();
            if let Some(previous) = at.checked_sub(1) {
                let mut pair = sums[previous].clone();
                pair.join(sum);
                let pair = pair.outputs(reader);
                raise(&mut highest, &pair);
                raise(&mut sentences[previous].1, &pair);
            }
            sentences.push((alone, highest));
        }
        Some(Second { reader, sentences })
    }

    /// Takes away what the reader is sure is none, and adds what it is sure of, but not where the rules understood the words and `refused` them.
    fn weigh(&self, facts: &Facts, compiled: &CompiledQuestion, question: &Question, places: &mut Vec<Place>, refused: &[Place]) {
        let key = question.maps_to.as_ref().unwrap_or(&compiled.key);
        let Some(output) = self.reader.output(key) else { return };
        let limits = &self.reader.outputs()[output];
        // The account is in order.
        let sentence_of = |place: &Place| {
            let at = facts.account.partition_point(|sentence| (sentence.field, sentence.words.end) <= (place.field, place.start));
            facts.account.get(at).filter(|sentence| sentence.field == place.field && sentence.words.contains(&place.start)).map(|_| at)
        };
        places.retain(|place| sentence_of(place).is_none_or(|at| self.sentences[at].1[output] > limits.no));
        if !places.is_empty() {
            return;
        }
        let mut refused: Vec<usize> = refused.iter().filter_map(sentence_of).collect();
        refused.sort_unstable();
        let open = self.sentences.iter().enumerate().filter(|(at, _)| refused.binary_search(at).is_err());
        // Of equals, the first.
        let Some((at, (_, highest))) = open.rev().max_by(|a, b| a.1.0[output].total_cmp(&b.1.0[output])) else { return };
        // Among many sentences one looks like a yes by chance.
        let sure = limits.yes + PER_DOUBLING * (self.sentences.len() as f32 / LEARNT_LENGTH).max(1.0).log2();
        if highest[output] >= sure {
            places.extend(self.most(facts, question, at, output));
        }
    }

    /// The words of a sentence that look most like a yes; none where that is denied, feared, done by somebody else or too long ago.
    fn most(&self, facts: &Facts, question: &Question, at: usize, output: usize) -> Option<Place> {
        let sentence = &facts.account[at];
        let words = weighed_most(self.reader, &sentence.features, output);
        let (first, last) = (*words.first()?, *words.last()?);
        let reading = &facts.fields[sentence.field].reading;
        let says_so = |word: &u32| {
            let assertion = reading.meant[*word as usize];
            assertion.stated() && !outside(facts, reading, &Mention { entry: 0, start: *word, end: *word + 1, assertion, subject: None }, question)
        };
        words.iter().any(says_so).then_some(())?;
        Some(Place { field: sentence.field, start: first, end: last + 1, indicator: "reads like a yes".into() })
    }
}

/// The reader learnt from texts of up to so many sentences, and must be so much surer of a yes for each time that an account doubles that.
const LEARNT_LENGTH: f32 = 3.0;
const PER_DOUBLING: f32 = 0.7;

fn raise(highest: &mut [f32], values: &[f32]) {
    highest.iter_mut().zip(values).for_each(|(highest, value)| *highest = highest.max(*value));
}

/// Whether a mention is outside what the question asks: too long ago, or in somebody else's life.
fn outside(facts: &Facts, reading: &Reading, mention: &Mention, question: &Question) -> bool {
    let how = mention.assertion;
    if !question.others && (how.elsewhere || somebody_else_does_it(facts, reading, mention.start as usize)) {
        return true;
    }
    if !question.children && (a_child_does_it(reading, mention) || question.suspect_acts && done_to_suspect(facts, reading, mention))
        || question.not_victim && names_victim(reading, mention)
        || names_older_child(facts, reading, mention, question)
    {
        return true;
    }
    match question.timeframe.as_str() {
        "now" => how.past || how.long_ago || names_old_year(facts, reading, mention),
        "year" => how.long_ago || names_old_year(facts, reading, mention),
        _ => false,
    }
}

/// Whether a listed child stands where the one who acts would: "Jayden had Kai in a headlock".
fn a_child_does_it(reading: &Reading, mention: &Mention) -> bool {
    let start = mention.start as usize;
    let near = start.saturating_sub(3).max(reading.sentence_of(start).start);
    (near..start)
        .rev()
        .find_map(|at| reading.who[at].map(|who| (at, who)))
        .is_some_and(|(at, who)| matches!(who, Who::Child(_)) && !reading.tokens.words[at].possessive)
}

/// Whether it is the life or the doing of somebody else: "Jordan's brother is on tag".
fn somebody_else_does_it(facts: &Facts, reading: &Reading, start: usize) -> bool {
    // Words back; whoever stands farther off in a sentence without end is not looked for.
    const FARTHEST: usize = 40;
    let marked = |at: usize, mark| facts.policy.lexicon.word_has_mark(mark, reading.tokens.folded(at));
    let marks = facts.policy.marks;
    // "Her" and "him" act in nothing.
    let acted_on = |at: usize| (marked(at, marks.he) || marked(at, marks.she)) && !marked(at, marks.subject);
    let acts = |at: &usize| match reading.other[*at] {
        Other::Acts => true,
        Other::Stands => false,
        Other::No => reading.who[*at].is_some_and(|who| who != Who::Speaker) && !reading.tokens.words[*at].possessive && !acted_on(*at),
    };
    (reading.sentence_of(start).start.max(start.saturating_sub(FARTHEST))..=start).rev().find(acts).is_some_and(|at| reading.other[at] == Other::Acts)
}

/// Whether the suspect is the one to whom it is done: "she slapped him", but not "she was slapped by him".
///
/// Only where the form says who is who: else "he" is the suspect by habit alone.
fn done_to_suspect(facts: &Facts, reading: &Reading, mention: &Mention) -> bool {
    if !facts.form.adults.iter().any(|adult| matches!(adult.role, Some(AdultRole::Victim | AdultRole::Suspect))) {
        return false;
    }
    const NEAR: usize = 3;
    let start = mention.start as usize;
    let sentence = reading.sentence_of(start);
    let whole = |at: &usize| !reading.tokens.words[*at].possessive;
    let by = |at: usize| facts.policy.lexicon.word_has_mark(facts.policy.marks.agent, reading.tokens.folded(at));
    let before = (start.saturating_sub(NEAR).max(sentence.start)..start).rev().filter(whole).find_map(|at| reading.who[at]);
    let behind = (start + 1..(mention.end as usize + 1).min(sentence.end)).filter(whole).find_map(|at| reading.who[at].map(|who| (at, who)));
    before.is_some_and(|who| !matches!(who, Who::Suspect | Who::Speaker)) && behind.is_some_and(|(at, who)| who == Who::Suspect && !by(at - 1))
}

/// Whether the victim stands among the words.
fn names_victim(reading: &Reading, mention: &Mention) -> bool {
    let is_person = |at: usize| reading.other.get(at).is_some_and(|other| *other != Other::No) || reading.who.get(at).is_some_and(Option::is_some);
    (mention.start as usize..mention.end as usize).any(|at| reading.who[at] == Some(Who::Victim) && reading.other[at] == Other::No && !is_person(at + 1))
}

/// Whether a question about babies is answered with a listed child who is older. Behind an age ("baby is 5 weeks") it takes the
/// child's name: else the baby is another than the one who is listed.
fn names_older_child(facts: &Facts, reading: &Reading, mention: &Mention, question: &Question) -> bool {
    let words = || mention.start as usize..mention.end as usize;
    let has_age = || words().any(|at| reading.tokens.folded(at).as_bytes()[0].is_ascii_digit());
    let is_older = |child: u16| facts.children.get(usize::from(child)).is_some_and(|child| !child.unborn && child.age.is_some_and(|age| age >= BABY_YEARS));
    question.facts.iter().any(|fact| fact == "child-under-18-months")
        && words().any(|at| matches!(reading.who[at], Some(Who::Child(child)) if is_older(child) && (reading.named[at] || !has_age())))
}

/// Up to this age a child counts as a baby: 18 months.
const BABY_YEARS: f64 = 1.5;

/// Whether the sentence names a year that ended more than the policy's `year-months` before the form was written.
fn names_old_year(facts: &Facts, reading: &Reading, mention: &Mention) -> bool {
    let Some(now) = facts.form.now().and_then(|moment| moment.at()) else { return false };
    let months = i64::from(facts.policy.pack.settings.year_months);
    reading.sentence_of(mention.start as usize).any(|at| {
        let word = reading.tokens.folded(at);
        let year = if word.len() == 4 { word.parse::<i64>().ok() } else { None };
        let since_its_end = |year: i64| (i64::from(now.year()) - year - 1) * 12 + i64::from(u8::from(now.month())) - 1;
        year.is_some_and(|year| (1950..=2100).contains(&year) && since_its_end(year) >= months)
    })
}

/// Whether a fact of the form shows a yes.
fn form_shows(facts: &Facts, fact: &str) -> bool {
    let children = &facts.children;
    match fact {
        "child-unborn" => children.iter().any(|child| child.unborn),
        "child-under-18-months" => children.iter().any(|child| !child.unborn && child.age.is_some_and(|age| age < BABY_YEARS)),
        "child-not-suspects" => {
            facts.form.children.iter().any(|child| child.relationship.as_deref().is_some_and(|words| facts.policy.not_suspects_child(words)))
        }
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

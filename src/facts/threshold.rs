//! The level of need that the form shows, by the policy's indicators, and when to say nothing.
//!
//! `below` needs support of its own: enough text, signs of levels 1 or 2, nothing of levels 3 or 4, and no
//! second reader that is uneasy. The reader may raise a level or make it uncertain; it never lowers one.

use super::features::{Sums, features, sentences};
use super::{Facts, Part, Place};
use crate::facts::people::Who;
use crate::form::{Concern, FormType, Grade, Plan, Presence};
use crate::policy::{About, SecondReader, Weight, When};
use rustc_hash::FxHashSet;
use std::collections::BTreeSet;

/// The likely level, the gravest last.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Likely {
    /// Levels 1 and 2.
    Below,
    /// Too little, or conflicting.
    #[default]
    Uncertain,
    /// Level 3: child in need, section 17.
    Meets,
    /// Level 4: significant harm, section 47.
    SignificantHarm,
}

impl Likely {
    /// As the report writes it.
    pub fn name(self) -> &'static str {
        match self {
            Likely::Below => "below",
            Likely::Uncertain => "uncertain",
            Likely::Meets => "meets",
            Likely::SignificantHarm => "significant-harm",
        }
    }
}

/// An indicator that the form shows.
#[derive(Clone, Debug, PartialEq)]
pub struct Shown {
    /// Number in [`crate::policy::Policy::indicators`]; `None` for a second reader.
    pub indicator: Option<usize>,
    /// Its level here, after what raises it.
    pub level: u8,
    /// What it weighs.
    pub weight: Weight,
    /// Numbers of the children it is about.
    pub children: Vec<u16>,
    /// Where it is said.
    pub places: Vec<Place>,
}

/// The level of need.
#[derive(Clone, Debug, Default)]
pub struct ThresholdFacts {
    /// The likely level.
    pub likely: Likely,
    /// What shows it, gravest first.
    pub shown: Vec<Shown>,
    /// What would settle an uncertain one: keys of the pack's `asks.threshold`.
    pub open: Vec<&'static str>,
}

impl ThresholdFacts {
    /// Signs of significant harm that stand on their own.
    pub fn level_4(&self) -> impl Iterator<Item = &Shown> {
        self.shown.iter().filter(|shown| shown.level == 4 && shown.weight >= Weight::Enough)
    }

    /// What may be grave and is neither shown nor explained: why an uncertain level is not called below.
    pub fn doubts(&self) -> impl Iterator<Item = &Shown> {
        self.shown.iter().filter(|shown| shown.weight == Weight::Doubt)
    }
}

pub(super) fn threshold(facts: &Facts) -> ThresholdFacts {
    let mut out = ThresholdFacts { shown: shown(facts), ..ThresholdFacts::default() };
    let strongest = |level: u8, weight: Weight| out.shown.iter().filter(|shown| shown.level == level && shown.weight >= weight).count();
    let mut likely = if strongest(4, Weight::Enough) > 0 {
        Likely::SignificantHarm
    } else if strongest(3, Weight::Enough) > 0 || strongest(3, Weight::Context) + strongest(4, Weight::Context) >= 2 {
        Likely::Meets
    } else {
        Likely::Uncertain
    };
    let mut doubt = None;
    if let Some(second) = second_reading(facts) {
        if second.significant_harm && likely != Likely::SignificantHarm {
            likely = Likely::SignificantHarm;
            out.shown.push(Second::shown(4, Weight::Context, second.place));
        } else if second.meets && likely == Likely::Uncertain {
            likely = Likely::Meets;
            out.shown.push(Second::shown(3, Weight::Context, second.place));
        }
        doubt = second.doubt;
    }
    if likely == Likely::Uncertain {
        out.open = open(facts);
        let support = out.shown.iter().any(|shown| shown.level <= 2);
        let grave = out.shown.iter().any(|shown| shown.level >= 3);
        if support && !grave && may_be_below(facts) {
            match doubt {
                Some(place) => out.shown.push(Second::shown(3, Weight::Doubt, Some(place))),
                None => likely = Likely::Below,
            }
        }
        if out.doubts().next().is_some() {
            out.open.insert(0, "grave-words");
            out.open.truncate(2);
        }
    } else {
        out.shown.retain(|shown| shown.weight > Weight::Doubt);
    }
    out.likely = likely;
    out.shown.sort_by_key(|shown| (std::cmp::Reverse(shown.level), std::cmp::Reverse(shown.weight)));
    out
}

/// The exclusions: forms about which `below` is never said.
fn may_be_below(facts: &Facts) -> bool {
    let form = facts.form;
    let words: usize = facts
        .fields
        .iter()
        .filter(|field| matches!(field.part, Part::Narrative | Part::Impact(_) | Part::Voice(_) | Part::Reason))
        .map(|field| field.reading.tokens.words.len())
        .sum();
    if words < facts.policy.pack.settings.below_words as usize {
        return false;
    }
    if form.referral.as_ref().and_then(|referral| referral.concern) == Some(Concern::SignificantHarm) {
        return false;
    }
    if form.dash.as_ref().and_then(|dash| dash.grade) == Some(Grade::High) || facts.dash.yes >= 14 {
        return false;
    }
    if facts.children.iter().any(|child| child.unborn)
        || form.children.iter().any(|child| matches!(child.plan, Some(Plan::ChildProtection | Plan::LookedAfter | Plan::ChildInNeed)))
    {
        return false;
    }
    // A grave answer or a grave contradiction stands in the way even where the story is mild.
    let grave = |key: &str| form.dash.as_ref().and_then(|dash| dash.answers.get(key)).and_then(|answer| answer.answer) == Some(crate::form::AnswerValue::Yes);
    let set = facts.question_set();
    if set.is_some_and(|set| {
        set.questions.iter().any(|(key, question)| question.children && question.marker == "high" && key != "q9" && key != "q7" && grave(key))
    }) {
        return false;
    }
    !facts.dash.grave_taken_back && facts.dash.contradictions.iter().all(|found| found.marker < 2 || found.places.is_empty())
}

fn open(facts: &Facts) -> Vec<&'static str> {
    let mut out = Vec::new();
    if facts.children.iter().any(|child| child.age.is_none() && !child.unborn) {
        out.push("age");
    }
    if facts.form.children.iter().any(|child| child.seen != Some(true)) {
        out.push("seen");
    }
    if facts.children.iter().any(|child| child.status != super::ImpactStatus::Described) {
        out.push("impact");
    }
    if out.len() < 2 {
        out.push("history");
    }
    out.truncate(2);
    out
}

fn shown(facts: &Facts) -> Vec<Shown> {
    let mut out: Vec<Shown> = Vec::new();
    let children: Vec<Option<u16>> = if facts.children.is_empty() { vec![None] } else { facts.children.iter().map(|child| Some(child.index)).collect() };
    let stated = Stated::new(facts, |field, mention| facts.counts(field, mention));
    // What is only supposed, feared or half said shows nothing, but is not known to be mild either.
    let said =
        Stated::new(facts, |field, mention| !mention.assertion.negated && field.reading.is_about(mention, facts.policy.entries[mention.entry as usize].about));
    for number in 0..facts.policy.indicators.len() {
        let source = facts.policy.indicator(number);
        let found = match source.weight {
            Weight::Doubt => shows(number, &said, &children, Weight::Doubt),
            weight => shows(number, &stated, &children, weight)
                .or_else(|| (source.level >= 3 && weight >= Weight::Enough).then(|| shows(number, &said, &children, Weight::Doubt)).flatten()),
        };
        out.extend(found);
    }
    unexplained(&mut out);
    out
}

/// An indicator that holds for one of the children or more.
fn shows(number: usize, stated: &Stated, children: &[Option<u16>], weight: Weight) -> Option<Shown> {
    let facts = stated.facts;
    let source = facts.policy.indicator(number);
    let mut found: Option<Shown> = None;
    let mut seen: FxHashSet<(usize, u32, u32, String)> = FxHashSet::default();
    for &child in children {
        let mut places = Vec::new();
        // A rule that needs a concept nobody mentions cannot hold; most rules end here.
        if !stated.holds(&facts.policy.indicators[number].when, child, &mut places) {
            continue;
        }
        let raised = source
            .raises
            .iter()
            .any(|fact| holds(facts, fact.trim_start_matches("fact:"), child) || facts.policy.concept(fact).is_some_and(|concept| stated.is(concept)));
        let level = (source.level + u8::from(raised && source.level < 4 && weight > Weight::Context)).min(4);
        let shown = found.get_or_insert(Shown { indicator: Some(number), level, weight, children: Vec::new(), places: Vec::new() });
        shown.level = shown.level.max(level);
        shown.children.extend(child);
        places.retain(|place: &Place| seen.insert((place.field, place.start, place.end, place.indicator.clone())));
        shown.places.append(&mut places);
    }
    found
}

/// Leaves of the doubts what nothing explains: a grave word inside the words of a mild sign is explained.
fn unexplained(shown: &mut Vec<Shown>) {
    let mild: Vec<Place> = shown.iter().filter(|shown| shown.level <= 2).flat_map(|shown| shown.places.iter().cloned()).collect();
    for doubt in shown.iter_mut().filter(|shown| shown.weight == Weight::Doubt) {
        doubt.places.retain(|place| !mild.iter().any(|mild| mild.field == place.field && mild.start <= place.start && place.end <= mild.end));
    }
    shown.retain(|shown| shown.weight != Weight::Doubt || !shown.places.is_empty());
}

/// Which concepts are stated where, gathered once for all indicators.
struct Stated<'f, 'a> {
    facts: &'f Facts<'a>,
    by_concept: Vec<Vec<(usize, &'f super::Mention)>>,
}

impl<'f, 'a> Stated<'f, 'a> {
    fn new(facts: &'f Facts<'a>, counts: impl Fn(&super::Field, &super::Mention) -> bool) -> Stated<'f, 'a> {
        let mut by_concept = vec![Vec::new(); facts.policy.concepts.len()];
        for (at, field) in facts.fields.iter().enumerate() {
            if field.part == Part::Other {
                continue;
            }
            for (concept, mention) in facts.concepts(field) {
                if counts(field, mention) {
                    by_concept[concept].push((at, mention));
                }
            }
        }
        Stated { facts, by_concept }
    }

    fn is(&self, concept: usize) -> bool {
        !self.by_concept[concept].is_empty()
    }

    fn holds(&self, when: &When, child: Option<u16>, places: &mut Vec<Place>) -> bool {
        match when {
            When::Concept(name, about) => {
                let Some(concept) = self.facts.policy.concept(name) else { return false };
                let before = places.len();
                for &(at, mention) in &self.by_concept[concept] {
                    let field = &self.facts.fields[at];
                    if about.is_some_and(|about| !field.reading.is_about(mention, about)) {
                        continue;
                    }
                    // What is said of another child, or in another child's box, is not said of this one.
                    let owner = match field.part {
                        Part::Impact(number) | Part::Voice(number) => Some(number),
                        _ => None,
                    };
                    let of_other = match mention.subject {
                        Some(Who::Child(other)) => child.is_some_and(|child| child != other),
                        _ => owner.is_some() && child.is_some() && owner != child && matches!(about, Some(About::Child)),
                    };
                    if !of_other {
                        places.push(Place::of(at, mention, self.facts.policy));
                    }
                }
                places.len() > before
            }
            When::Fact(name) => holds(self.facts, name, child),
            When::Answer(key) => {
                self.facts.form.dash.as_ref().and_then(|dash| dash.answers.get(key)).and_then(|answer| answer.answer) == Some(crate::form::AnswerValue::Yes)
            }
            When::All(parts) => {
                let before = places.len();
                let all = parts.iter().all(|part| self.holds(part, child, places));
                if !all {
                    places.truncate(before);
                }
                all
            }
            When::Any(parts) => {
                let mut any = false;
                for part in parts {
                    any |= self.holds(part, child, places);
                }
                any
            }
            When::Not(part) => !self.holds(part, child, &mut Vec::new()),
            When::Count(parts, least) => {
                let before = places.len();
                let count = parts.iter().filter(|part| self.holds(part, child, places)).count();
                if count < *least as usize {
                    places.truncate(before);
                }
                count >= *least as usize
            }
        }
    }
}

/// Whether a fact of the form holds for a child.
fn holds(facts: &Facts, name: &str, child: Option<u16>) -> bool {
    let form = facts.form;
    let listed = child.and_then(|at| form.children.get(usize::from(at)));
    let known = child.and_then(|at| facts.children.get(usize::from(at)));
    let age = known.filter(|child| !child.unborn).and_then(|child| child.age);
    let under = |years: f64| age.is_some_and(|age| age < years);
    let between = |from: f64, to: f64| age.is_some_and(|age| age >= from && age < to);
    match name {
        // Where the form does not say, a child is taken to have been there: that only ever raises.
        "child-in-home" => listed.is_none_or(|child| child.presence != Some(Presence::Elsewhere)),
        "child-in-room" => listed.is_some_and(|child| child.presence == Some(Presence::InRoom)),
        "child-under-1" => under(1.0),
        "child-under-2" => under(2.0),
        "child-under-5" => under(5.0),
        "child-under-8" => under(8.0),
        "child-under-11" => under(11.0),
        "child-under-13" => under(13.0),
        "child-13-15" => between(13.0, 16.0),
        "child-16-17" => between(16.0, 18.0),
        "child-non-mobile" => match listed.and_then(|child| child.mobile) {
            Some(mobile) => !mobile,
            None => under(0.75),
        },
        "child-disabled" => listed.is_some_and(|child| child.disabled == Some(true)),
        "child-unborn" => known.is_some_and(|child| child.unborn),
        "child-on-plan" => listed.is_some_and(|child| matches!(child.plan, Some(Plan::ChildInNeed | Plan::ChildProtection | Plan::LookedAfter))),
        "child-looked-after" => listed.is_some_and(|child| child.plan == Some(Plan::LookedAfter)),
        "domestic-abuse" => facts.is_domestic_abuse() || !facts.domestic_abuse.is_empty(),
        "dash-high" => form.dash.as_ref().and_then(|dash| dash.grade) == Some(Grade::High) || facts.dash.yes >= 14,
        "missing-over-3" => episodes(facts) > i64::from(facts.policy.pack.settings.missing_episodes),
        "missing-form" => form.kind() == FormType::MissingChild,
        "custody-form" => form.kind() == FormType::ChildInCustody || form.custody.is_some(),
        _ => false,
    }
}

/// Missing episodes: the larger of the number typed and the number dated.
pub(crate) fn episodes(facts: &Facts) -> i64 {
    facts.form.missing.as_ref().map_or(0, |missing| {
        let dated: BTreeSet<&str> =
            missing.episodes.iter().filter_map(|episode| episode.from.as_ref()).map(|from| from.as_str()).filter(|from| !from.trim().is_empty()).collect();
        missing.total_episodes.unwrap_or(0).max(dated.len() as i64)
    })
}

struct Second {
    significant_harm: bool,
    meets: bool,
    /// Where it reads as something that may be grave.
    doubt: Option<Place>,
    place: Option<Place>,
}

impl Second {
    fn shown(level: u8, weight: Weight, place: Option<Place>) -> Shown {
        Shown { indicator: None, level, weight, children: Vec::new(), places: place.into_iter().collect() }
    }
}

/// Sentences read together.
const RUN: usize = 5;

fn second_reading(facts: &Facts) -> Option<Second> {
    let reader = facts.policy.readers.get("threshold")?;
    let (four, three, doubt) = (reader.output("level-4")?, reader.output("level-3")?, reader.output("doubt")?);
    // The reader learnt from accounts; a child's own box is read by it only where there is no account.
    let has_account = facts.fields.iter().any(|field| field.part == Part::Narrative);
    let boxes = if has_account {
        Vec::new()
    } else {
        sentences(facts, |part| match part {
            Part::Impact(child) | Part::Voice(child) => Some(Some(child)),
            _ => None,
        })
    };
    let sums: Vec<(usize, u32, u32, Sums)> = facts
        .account
        .iter()
        .chain(&boxes)
        .map(|sentence| (sentence.field, sentence.words.start, sentence.words.end, Sums::of(reader, &sentence.features)))
        .collect();
    if sums.is_empty() {
        return None;
    }
    let limits = reader.outputs();
    let mut whole = Sums::new(reader);
    sums.iter().for_each(|(_, _, _, sum)| whole.join(sum));
    let mut best = whole.outputs(reader);
    let longer = PER_DOUBLING * (sums.len() as f32 / LEARNT_LENGTH).max(1.0).log2();
    // A grave sentence stays grave however many kind ones stand around it.
    for length in [1, 2, RUN] {
        for run in sums.windows(length) {
            let mut part = Sums::new(reader);
            run.iter().for_each(|(_, _, _, sum)| part.join(sum));
            let outputs = part.outputs(reader);
            // A part alone must be surer than the whole to raise a level, since there are many. Doubt is learnt from
            // parts, and one doubtful part is enough.
            best[four] = best[four].max(outputs[four] - PART_RAISES);
            best[three] = best[three].max(outputs[three] - PART_RAISES);
            if length < RUN {
                best[doubt] = best[doubt].max(outputs[doubt]);
            }
        }
    }
    let place = most(reader, four, &sums);
    Some(Second {
        significant_harm: best[four] >= limits[four].yes + longer,
        meets: best[three] >= limits[three].yes + longer && best[doubt] >= limits[doubt].yes,
        doubt: (best[doubt] > limits[doubt].no).then(|| most(reader, doubt, &sums)).flatten(),
        place,
    })
}

/// The reader learnt from texts of about so many sentences. In longer ones more of everything is told, so it must be surer there to raise a
/// level, by so much for each time that they double. Of doubt, which keeps "below" from being said, nothing more is asked.
const LEARNT_LENGTH: f32 = 3.0;
const PER_DOUBLING: f32 = 1.0;

/// How much surer a part of a form must be to raise its level.
const PART_RAISES: f32 = 2.5;

/// The sentence in which an output is highest.
fn most(reader: &SecondReader, output: usize, sums: &[(usize, u32, u32, Sums)]) -> Option<Place> {
    sums.iter()
        .map(|(field, start, end, sum)| (sum.outputs(reader)[output], Place { field: *field, start: *start, end: *end, indicator: "reads like it".into() }))
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(_, place)| place)
}

/// Features of all texts that the threshold reader sees, for training.
pub fn all_features(facts: &Facts) -> Vec<super::features::Features> {
    facts
        .fields
        .iter()
        .filter_map(|field| match field.part {
            Part::Narrative | Part::Reason => Some(features(&field.reading, facts.policy, None, true)),
            Part::Impact(child) | Part::Voice(child) => Some(features(&field.reading, facts.policy, Some(child), true)),
            _ => None,
        })
        .flatten()
        .collect()
}

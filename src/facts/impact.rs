//! What the texts say of each child: the six facets, and whether they describe the impact.

use super::features::{Features, Sums, features, weighed_most};
use super::{Facts, Part, Place, facet_number, similar};
use crate::facts::people::Who;
use crate::facts::reading::{Mention, Reading};
use crate::policy::{Facet, Kind};
use std::ops::Range;

/// Whether the impact on a child is described.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum ImpactStatus {
    /// Nothing is written.
    Missing,
    /// What is written does not describe it.
    Inadequate,
    /// It is described.
    Described,
}

/// What is known of a child.
#[derive(Clone, Debug)]
pub struct ChildFacts {
    /// Number in the form.
    pub index: u16,
    /// Its id.
    pub id: String,
    /// Its name, or what to call it.
    pub name: Option<String>,
    /// Age in years.
    pub age: Option<f64>,
    /// Not yet born.
    pub unborn: bool,
    /// Old enough to be heard in words.
    pub can_speak: bool,
    /// The status.
    pub status: ImpactStatus,
    /// Evidence for each facet, in the order of [`Facet::ALL`].
    pub facets: [Vec<Place>; 6],
    /// Empty phrases in the child's boxes.
    pub empty: Vec<Place>,
    /// The texts are the same as another child's: its number, and how alike.
    pub copied_from_child: Option<(u16, f64)>,
    /// The impact text is pasted from the narrative.
    pub copied_from_narrative: bool,
    /// A reason is given why the child was not heard.
    pub reason_not_heard: bool,
}

impl ChildFacts {
    /// JSON Pointer of a field of this child.
    pub fn path(&self, field: &str) -> String {
        format!("/children/{}/{field}", self.index)
    }

    /// Evidence for a facet.
    pub fn facet(&self, facet: Facet) -> &[Place] {
        &self.facets[facet_number(facet)]
    }

    /// `unborn`, `baby`, `toddler`, `school` or `teen`; `child` where the age is not known.
    pub fn stage(&self) -> &'static str {
        match self.age {
            _ if self.unborn => "unborn",
            Some(age) if age < 1.5 => "baby",
            Some(age) if age < 5.0 => "toddler",
            Some(age) if age < 12.0 => "school",
            Some(_) => "teen",
            None => "child",
        }
    }
}

/// All children of the form.
pub(super) fn children(facts: &Facts) -> Vec<ChildFacts> {
    let now = facts.form.now();
    let mut out: Vec<ChildFacts> = facts
        .form
        .children
        .iter()
        .enumerate()
        .map(|(at, child)| {
            let index = at as u16;
            let age = child.age(now);
            let unborn = child.is_unborn(now);
            let mut this = ChildFacts {
                index,
                id: child.id.0.clone(),
                name: child.name.as_ref().map(|name| name.trim().to_owned()).filter(|name| !name.is_empty()),
                age,
                unborn,
                can_speak: !unborn && age.is_none_or(|age| age >= f64::from(facts.policy.pack.settings.speaks_from)),
                status: ImpactStatus::Missing,
                facets: Default::default(),
                empty: Vec::new(),
                copied_from_child: None,
                copied_from_narrative: false,
                reason_not_heard: false,
            };
            judge(facts, &mut this);
            this
        })
        .collect();
    copies(facts, &mut out);
    out
}

fn judge(facts: &Facts, child: &mut ChildFacts) {
    let own: Vec<usize> =
        (0..facts.fields.len()).filter(|&at| matches!(facts.fields[at].part, Part::Impact(number) | Part::Voice(number) if number == child.index)).collect();
    for &at in &own {
        let field = &facts.fields[at];
        gather_mentions(facts, at, child);
        for quote in quotes(&field.reading) {
            if spoken_by_child(&field.reading, &quote) {
                child.facets[facet_number(Facet::Voice)].push(Place {
                    field: at,
                    start: quote.start as u32,
                    end: quote.end as u32,
                    indicator: "quoted words".into(),
                });
            }
        }
    }
    let reasons = &facts.policy.pack.settings.not_heard;
    child.reason_not_heard = facts.stating(reasons, |part| part == Part::Impact(child.index)).next().is_some();
    let written = own.iter().any(|&at| !facts.fields[at].reading.is_blank());
    let lexicon_describes = Facet::ALL.into_iter().any(|facet| facet.describes() && !child.facet(facet).is_empty());
    let described = if written { second_reading(facts, child, &own).unwrap_or(lexicon_describes) } else { false };
    if described {
        child.status = ImpactStatus::Described;
    } else {
        child.status = if written { ImpactStatus::Inadequate } else { ImpactStatus::Missing };
        for facet in Facet::ALL.into_iter().filter(|facet| facet.describes()) {
            child.facets[facet_number(facet)].clear();
        }
        if narrative_describes(facts, child) {
            child.status = ImpactStatus::Described;
        }
    }
    child.facets.iter_mut().for_each(|places| {
        places.sort_by_key(|place| (place.field, place.start, place.end));
        places.dedup_by(|b, a| a.field == b.field && b.start < a.end);
    });
}

fn gather_mentions(facts: &Facts, at: usize, child: &mut ChildFacts) {
    let field = &facts.fields[at];
    for mention in &field.reading.mentions {
        match &facts.policy.entries[mention.entry as usize].kind {
            Kind::Facet(facet) if mention.assertion.stated() && own_subject(mention, child.index) => {
                child.facets[facet_number(*facet)].push(Place::of(at, mention, facts.policy));
            }
            Kind::Empty(_) => child.empty.push(Place::of(at, mention, facts.policy)),
            _ => {}
        }
    }
}

/// Whether a mention in a child's own box is about that child.
fn own_subject(mention: &Mention, child: u16) -> bool {
    match mention.subject {
        None | Some(Who::Children | Who::SomeChild | Who::Speaker) => true,
        Some(Who::Child(other)) => other == child,
        Some(_) => false,
    }
}

/// Quoted runs of words.
pub(super) fn quotes(reading: &Reading) -> Vec<Range<usize>> {
    let words = &reading.tokens.words;
    let mut out: Vec<Range<usize>> = Vec::new();
    for at in 0..words.len() {
        if words[at].quote == 0 {
            continue;
        }
        match out.last_mut() {
            Some(last) if last.end == at && words[at - 1].quote == words[at].quote => last.end = at + 1,
            _ => out.push(at..at + 1),
        }
    }
    out
}

/// In a child's own box a quotation is the child's unless a grown-up is named as its speaker.
fn spoken_by_child(reading: &Reading, quote: &Range<usize>) -> bool {
    let sentence = reading.sentence_of(quote.start);
    let before = (sentence.start..quote.start).rev().find_map(|at| reading.who[at].filter(|who| *who != Who::Speaker && !reading.tokens.words[at].possessive));
    if let Some(who) = before {
        return who.is_child();
    }
    let after = (quote.end..reading.tokens.words.len().min(quote.end + 4))
        .take_while(|&at| at == quote.end || reading.tokens.words[at].before < crate::text::Break::Clause)
        .find_map(|at| reading.who[at]);
    !after.is_some_and(Who::is_adult)
}

/// The learned reading of a child's own texts: the status, and the facets it is sure of. `None` without a reader.
fn second_reading(facts: &Facts, child: &mut ChildFacts, own: &[usize]) -> Option<bool> {
    let reader = facts.policy.readers.get("impact")?;
    let mut sums = Sums::new(reader);
    let mut peaks = vec![f32::MIN; reader.outputs().len()];
    let mut read: Vec<Sentence> = Vec::new();
    for &field in own {
        for features in features(&facts.fields[field].reading, facts.policy, Some(child.index), true) {
            if features.words.is_empty() {
                continue;
            }
            let mut alone = Sums::new(reader);
            alone.add(reader, &features);
            sums.join(&alone);
            let outputs = alone.outputs(reader);
            peaks.iter_mut().zip(&outputs).for_each(|(peak, value)| *peak = peak.max(*value));
            read.push(Sentence { field, features, outputs });
        }
    }
    let outputs = sums.outputs(reader);
    let judge = |name: &str, found: bool| {
        let output = reader.output(name)?;
        let value = reader.blend(output, &outputs, &peaks, found);
        Some((output, value, value >= reader.outputs()[output].yes))
    };
    let lexicon = Facet::ALL.into_iter().any(|facet| facet.describes() && !child.facet(facet).is_empty());
    let (_, _, described) = judge("described", lexicon)?;
    let mut best: Option<(usize, f32, Facet)> = None;
    for facet in Facet::ALL {
        let places = &mut child.facets[facet_number(facet)];
        let Some((output, value, found)) = judge(facet.name(), !places.is_empty()) else { continue };
        if !found {
            places.clear();
        } else if places.is_empty() {
            places.extend(read_like(reader, &read, output, facet));
        }
        if facet.describes() && best.is_none_or(|(_, most, _)| value > most) {
            best = Some((output, value, facet));
        }
    }
    if described
        && !Facet::ALL.into_iter().any(|facet| facet.describes() && !child.facet(facet).is_empty())
        && let Some((output, _, facet)) = best
    {
        child.facets[facet_number(facet)].extend(read_like(reader, &read, output, facet));
    }
    Some(described)
}

/// A sentence as the reader saw it alone.
struct Sentence {
    field: usize,
    features: Features,
    outputs: Vec<f32>,
}

/// The sentence that weighed most towards an output, as evidence.
fn read_like(reader: &crate::policy::SecondReader, read: &[Sentence], output: usize, facet: Facet) -> Option<Place> {
    // Of equals, the first.
    let best = read.iter().rev().max_by(|a, b| a.outputs[output].total_cmp(&b.outputs[output]))?;
    let (field, sentence) = (best.field, &best.features);
    let words = weighed_most(reader, sentence, output);
    let (first, last) = (sentence.words.first()?.word, sentence.words.last()?.word);
    let (start, end) = (words.first().copied().unwrap_or(first), words.last().copied().unwrap_or(last) + 1);
    Some(Place { field, start, end, indicator: format!("reads like {}", facet.name()) })
}

/// Whether the narrative plainly describes this child, with the evidence added.
fn narrative_describes(facts: &Facts, child: &mut ChildFacts) -> bool {
    let Some((at, field)) = facts.field("/incident/narrative") else { return false };
    let reading = &field.reading;
    let mut describes = false;
    for mention in &reading.mentions {
        let Kind::Facet(facet) = facts.policy.entries[mention.entry as usize].kind else { continue };
        if mention.assertion.current() && mention.subject == Some(Who::Child(child.index)) {
            child.facets[facet_number(facet)].push(Place::of(at, mention, facts.policy));
            describes |= facet.describes();
        }
    }
    for quote in quotes(reading) {
        let sentence = reading.sentence_of(quote.start);
        let speaker = (sentence.start..quote.start).rev().find_map(|word| reading.who[word].filter(|_| !reading.tokens.words[word].possessive));
        if speaker == Some(Who::Child(child.index)) && quote.len() > 1 {
            child.facets[facet_number(Facet::Voice)].push(Place {
                field: at,
                start: quote.start as u32,
                end: quote.end as u32,
                indicator: "quoted words".into(),
            });
            describes = true;
        }
    }
    describes
}

fn copies(facts: &Facts, children: &mut [ChildFacts]) {
    let settings = &facts.policy.pack.settings;
    let least = settings.copied_words as usize;
    let impact = |child: u16| facts.fields.iter().find(|field| field.part == Part::Impact(child)).map(|field| &field.reading);
    for at in 0..children.len() {
        let Some(mine) = impact(at as u16).filter(|reading| reading.tokens.words.len() >= least) else { continue };
        for other in 0..at {
            let Some(theirs) = impact(other as u16).filter(|reading| reading.tokens.words.len() >= least) else { continue };
            if same_length(mine, theirs, settings.copied_likeness) {
                let alike = similar::likeness(mine, theirs, 2_000);
                if alike >= settings.copied_likeness {
                    children[at].copied_from_child.get_or_insert((other as u16, alike));
                    children[other].copied_from_child.get_or_insert((at as u16, alike));
                }
            }
        }
        if let Some((_, narrative)) = facts.field("/incident/narrative")
            && mine.tokens.words.len() >= least * 2
            && similar::likeness(mine, &narrative.reading, usize::MAX) >= settings.copied_likeness
            && narrative.reading.tokens.words.len() >= mine.tokens.words.len()
        {
            children[at].copied_from_narrative = true;
        }
    }
    for child in children.iter_mut() {
        if child.copied_from_child.is_some() && child.status == ImpactStatus::Described {
            child.status = ImpactStatus::Inadequate;
        }
    }
}

fn same_length(a: &Reading, b: &Reading, likeness: f64) -> bool {
    let (small, large) = (a.tokens.words.len().min(b.tokens.words.len()), a.tokens.words.len().max(b.tokens.words.len()));
    small as f64 >= large as f64 * likeness * 0.75
}

/// Features of a child's own texts, for training.
pub fn own_features(facts: &Facts, child: u16) -> Vec<Features> {
    facts
        .fields
        .iter()
        .filter(|field| matches!(field.part, Part::Impact(number) | Part::Voice(number) if number == child))
        .flat_map(|field| features(&field.reading, facts.policy, Some(child), true))
        .collect()
}

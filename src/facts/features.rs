//! What the second readers see of a text: hashed words, pairs of words, parts of words, and what the rules
//! found. Additive by sentence, so that any run of sentences can be summed without reading it again.

use super::people::Who;
use super::reading::Reading;
use super::{Facts, Part};
use crate::policy::{Kind, Policy, SecondReader};
use std::ops::Range;

/// A hashed feature and the word it comes from.
#[derive(Clone, Copy, Debug)]
pub struct Feature {
    /// Hash.
    pub hash: u32,
    /// Word of the reading.
    pub word: u32,
}

/// How the three groups are weighed against each other. The same numbers serve training.
pub const WORDS: f32 = 1.0;
/// Parts of words.
pub const PARTS: f32 = 1.0;
/// What the rules found; each counts fully.
pub const RULES: f32 = 0.5;

/// Features of one sentence.
#[derive(Clone, Debug, Default)]
pub struct Features {
    /// Words and pairs.
    pub words: Vec<Feature>,
    /// Parts of words.
    pub parts: Vec<Feature>,
    /// What the rules found.
    pub rules: Vec<Feature>,
}

/// A sentence of the form with its features.
#[derive(Debug)]
pub struct Sentence {
    /// Number in [`Facts::fields`].
    pub field: usize,
    /// Its words.
    pub words: Range<u32>,
    /// What a reader sees of it.
    pub features: Features,
}

/// The sentences of the texts that `read` chooses, each seen for the child that it names; empty ones are left out.
pub(super) fn sentences(facts: &Facts, read: impl Fn(Part) -> Option<Option<u16>>) -> Vec<Sentence> {
    let mut out = Vec::new();
    for (field, text) in facts.fields.iter().enumerate() {
        let Some(focus) = read(text.part) else { continue };
        for features in features(&text.reading, facts.policy, focus, true) {
            if let (Some(first), Some(last)) = (features.words.first(), features.words.last()) {
                out.push(Sentence { field, words: first.word..last.word + 1, features });
            }
        }
    }
    out
}

const BASIS: u32 = 0x811c_9dc5;
const PRIME: u32 = 0x0100_0193;

fn hash(from: u32, text: &[u8]) -> u32 {
    text.iter().fold(from, |hash, byte| (hash ^ u32::from(*byte)).wrapping_mul(PRIME))
}

/// Spreads the last bits, which FNV leaves poor, over the whole number.
fn finish(mut hash: u32) -> u32 {
    hash ^= hash >> 16;
    hash = hash.wrapping_mul(0x7feb_352d);
    hash ^= hash >> 15;
    hash
}

/// Features of each sentence of a text, seen for the child `focus`.
pub fn features(reading: &Reading, policy: &Policy, focus: Option<u16>, parts: bool) -> Vec<Features> {
    let mut out: Vec<Features> = vec![Features::default(); reading.sentences.len()];
    for (number, sentence) in reading.sentences.iter().enumerate() {
        let features = &mut out[number];
        let mut previous = hash(BASIS, b"w^");
        for at in sentence.clone() {
            let place = placeholder(reading, policy, at, focus);
            let word = place.unwrap_or_else(|| reading.tokens.folded(at));
            let at32 = at as u32;
            let this = hash(hash(BASIS, b"w"), word.as_bytes());
            features.words.push(Feature { hash: finish(if reading.meant[at].negated { hash(this, b"!") } else { this }), word: at32 });
            features.words.push(Feature { hash: finish(hash(hash(previous, b" "), word.as_bytes())), word: at32 });
            previous = this;
            if parts && place.is_none() {
                parts_of(word.as_bytes(), at32, &mut features.parts);
            }
        }
    }
    for mention in &reading.mentions {
        let sentence = reading.tokens.words[mention.start as usize].sentence as usize;
        let entry = &policy.entries[mention.entry as usize];
        let kind: &[u8] = match &entry.kind {
            Kind::Concept(_) => b"c",
            Kind::Facet(facet) => facet.name().as_bytes(),
            Kind::Empty(_) => b"e",
            Kind::Vague | Kind::Ex | Kind::NotSuspects => continue,
        };
        let about = match (focus, mention.subject) {
            (Some(child), Some(Who::Child(other))) if child == other => b'c',
            (_, Some(who)) if who.is_child() => b'o',
            (_, Some(who)) if who.is_adult() => b'a',
            _ => b'?',
        };
        let how = if mention.assertion.negated {
            b'n'
        } else if mention.assertion.hypothetical || mention.assertion.doubted {
            b'h'
        } else if mention.assertion.past {
            b'p'
        } else {
            b's'
        };
        let base = hash(hash(BASIS, b"r"), kind);
        let rules = &mut out[sentence].rules;
        let mut push = |value: u32| rules.push(Feature { hash: finish(value), word: mention.start });
        if !matches!(entry.kind, Kind::Concept(_)) {
            push(hash(base, &[b'#', about, how]));
        }
        let family = hash(hash(base, b"/"), entry.id.as_bytes());
        push(hash(family, &[how]));
        push(hash(family, &[about, how]));
    }
    out
}

fn parts_of(word: &[u8], at: u32, out: &mut Vec<Feature>) {
    if word.len() < 3 || word.len() > 24 {
        return;
    }
    let mut framed = [b'<'; 26];
    framed[1..=word.len()].copy_from_slice(word);
    framed[word.len() + 1] = b'>';
    let framed = &framed[..word.len() + 2];
    for size in 3..=5 {
        for part in framed.windows(size) {
            out.push(Feature { hash: finish(hash(hash(BASIS, b"p"), part)), word: at });
        }
    }
}

/// What stands for a name, a parent or a number, so that no reader learns a name, or "mam" as other than "mother".
fn placeholder(reading: &Reading, policy: &Policy, at: usize, focus: Option<u16>) -> Option<&'static str> {
    if reading.named[at] {
        return Some(match reading.who[at] {
            Some(Who::Child(child)) if Some(child) == focus || focus.is_none() => "@c",
            Some(who) if who.is_child() => "@o",
            Some(Who::Victim) => "@v",
            Some(Who::Suspect) => "@s",
            _ => "@a",
        });
    }
    let word = reading.tokens.folded(at);
    if word.as_bytes()[0].is_ascii_digit() {
        return Some("#");
    }
    if matches!(reading.who[at], Some(Who::Victim | Who::Suspect | Who::Mother | Who::Father)) {
        let is = |mark| policy.lexicon.word_has_mark(mark, word);
        if is(policy.marks.mother) {
            return Some("@m");
        }
        if is(policy.marks.father) {
            return Some("@f");
        }
    }
    let token = &reading.tokens.words[at];
    let first = at == 0 || reading.tokens.words[at - 1].sentence != token.sentence;
    (token.capital && !first && reading.who[at].is_none() && word.len() > 2 && !reading.shouted && !reading.known[at]).then_some("@n")
}

/// Sums of a reader over runs of sentences.
#[derive(Clone, Debug, Default)]
pub struct Sums {
    words: Vec<f32>,
    parts: Vec<f32>,
    rules: Vec<f32>,
    counts: (u32, u32),
}

impl Sums {
    /// Of nothing yet.
    pub fn new(reader: &SecondReader) -> Sums {
        let zero = vec![0.0; reader.outputs().len()];
        Sums { words: zero.clone(), parts: zero.clone(), rules: zero, counts: (0, 0) }
    }

    /// Of one sentence.
    pub fn of(reader: &SecondReader, features: &Features) -> Sums {
        let mut sums = Sums::new(reader);
        sums.add(reader, features);
        sums
    }

    /// Adds a sentence.
    pub fn add(&mut self, reader: &SecondReader, features: &Features) {
        features.words.iter().for_each(|feature| reader.add(feature.hash, &mut self.words));
        features.parts.iter().for_each(|feature| reader.add(feature.hash, &mut self.parts));
        if !reader.words_only {
            features.rules.iter().for_each(|feature| reader.add(feature.hash, &mut self.rules));
        }
        self.counts.0 += features.words.len() as u32;
        self.counts.1 += features.parts.len() as u32;
    }

    /// Adds the sums of a neighbouring run.
    pub fn join(&mut self, other: &Sums) {
        for (mine, theirs) in [(&mut self.words, &other.words), (&mut self.parts, &other.parts), (&mut self.rules, &other.rules)] {
            mine.iter_mut().zip(theirs).for_each(|(mine, theirs)| *mine += theirs);
        }
        self.counts.0 += other.counts.0;
        self.counts.1 += other.counts.1;
    }

    /// The reader's outputs for the run.
    pub fn outputs(&self, reader: &SecondReader) -> Vec<f32> {
        let words = WORDS / (self.counts.0.max(1) as f32).sqrt();
        let parts = PARTS / (self.counts.1.max(1) as f32).sqrt();
        (0..self.words.len())
            .map(|at| {
                let output = &reader.outputs()[at];
                output.bias + output.scale * (self.words[at] * words + self.parts[at] * parts + self.rules[at] * RULES)
            })
            .collect()
    }
}

/// The words of a sentence that weighed most towards an output: at most three, in the order of the text.
pub fn weighed_most(reader: &SecondReader, features: &Features, output: usize) -> Vec<u32> {
    let Some(first) = features.words.first().map(|feature| feature.word) else { return Vec::new() };
    let mut by_word: Vec<(u32, f32)> = Vec::new();
    let rules: &[Feature] = if reader.words_only { &[] } else { &features.rules };
    for feature in features.words.iter().chain(&features.parts).chain(rules) {
        let at = (feature.word - first) as usize;
        while by_word.len() <= at {
            by_word.push((first + by_word.len() as u32, 0.0));
        }
        by_word[at].1 += reader.weight(feature.hash, output);
    }
    by_word.retain(|entry| entry.1 > 0.0);
    by_word.sort_by(|a, b| b.1.total_cmp(&a.1));
    by_word.truncate(3);
    let mut words: Vec<u32> = by_word.into_iter().map(|entry| entry.0).collect();
    words.sort_unstable();
    words
}

//! `children.count-mismatch`: the narrative speaks of more children than are listed.
//!
//! Why: the child left out is the one nobody asks about.
//! Leaves to judgement: whether the others live elsewhere or are grown up.
use crate::facts::{Facts, Place, Who};
use crate::rules::{Finding, Rule};

pub(super) const RULE: Rule = Rule::new("children.count-mismatch", check).fills(&["said", "listed"]);

fn check(facts: &Facts) -> Vec<Finding> {
    let listed = facts.form.children.len();
    let Some((at, field)) = facts.field("/incident/narrative") else { return Vec::new() };
    if listed == 0 {
        return Vec::new();
    }
    let reading = &field.reading;
    let numbers = &facts.policy.pack.words.numbers;
    let value = |word: &str| word.parse::<usize>().ok().or_else(|| numbers.iter().position(|number| number == word).map(|place| place + 1));
    let mut most: Option<(usize, Place)> = None;
    for word in 1..reading.tokens.words.len() {
        if reading.who[word] != Some(Who::Children) || reading.meant[word].negated {
            continue;
        }
        // "three children", "her two young kids": a number at most two words before, in the same breath.
        for back in 1..=2.min(word) {
            let joined = (word - back + 1..=word).all(|at| reading.tokens.words[at].before == crate::text::Break::None);
            let Some(said) = value(reading.tokens.folded(word - back)).filter(|said| joined && (2..=12).contains(said)) else { continue };
            if said > listed && most.as_ref().is_none_or(|(before, _)| said > *before) {
                most = Some((said, Place { field: at, start: (word - back) as u32, end: word as u32 + 1, indicator: "number of children".into() }));
            }
            break;
        }
    }
    let named = named(facts, at);
    if named.len() > listed && most.as_ref().is_none_or(|(said, _)| named.len() > *said) {
        most = named.last().cloned().map(|last| (named.len(), last));
    }
    most.map(|(said, place)| Finding::new(RULE.code, "/children").fill("said", said.to_string()).fill("listed", listed.to_string()).places([place]))
        .into_iter()
        .collect()
}

/// Names with a child's age in brackets, each once: "Ava (7), Ben (4) and Cal (1)".
fn named(facts: &Facts, at: usize) -> Vec<Place> {
    let reading = &facts.fields[at].reading;
    let words = &reading.tokens.words;
    let until = facts.policy.pack.settings.child_until;
    let mut out: Vec<Place> = Vec::new();
    for word in 1..words.len() {
        let bracketed = reading.text[..words[word].start as usize].ends_with('(') && reading.text[words[word].end as usize..].starts_with([')', ' ']);
        let young = reading.tokens.folded(word).parse::<u32>().is_ok_and(|age| age < until);
        let name = &words[word - 1];
        let seen = out.iter().any(|place| reading.tokens.folded(place.start as usize) == reading.tokens.folded(word - 1));
        if bracketed && young && name.capital && reading.who[word - 1].is_none_or(|who| who.is_child()) && !seen {
            out.push(Place { field: at, start: word as u32 - 1, end: word as u32 + 1, indicator: "number of children".into() });
        }
    }
    out
}

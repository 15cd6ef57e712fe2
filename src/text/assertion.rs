//! Is a phrase stated, or denied, doubted, feared, past or somebody's account? The ConText design: cues
//! with a direction, a reach and terminators.

use super::lexicon::Hit;
use super::token::{Break, Tokens};

/// What a cue does to the phrases within its reach.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[derive(serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CueKind {
    /// "no", "denies".
    Negation,
    /// "possibly", "?".
    Doubt,
    /// "if", "might", "worried that".
    Hypothetical,
    /// "previously", "in 2019".
    Past,
    /// "ten years ago": so long that it answers no question about the past year.
    LongAgo,
    /// "her previous husband": in somebody else's life, or from another cause.
    Elsewhere,
    /// "mum says".
    Hearsay,
    /// Looks like a cue and is none: "not only".
    Pseudo,
    /// Ends the reach of cues: "but".
    Terminator,
}

/// On which side of the cue its phrases stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[derive(serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Direction {
    /// After it.
    #[default]
    Forward,
    /// Before it.
    Backward,
    /// On either side.
    Both,
}

/// A cue as the policy describes it.
#[derive(Clone, Copy, Debug)]
pub struct Cue {
    /// What it does.
    pub kind: CueKind,
    /// Where its phrases stand.
    pub direction: Direction,
    /// How many words it reaches.
    pub reach: u32,
}

/// How a phrase is meant. All false: it is stated.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Assertion {
    /// Said not to be so.
    pub negated: bool,
    /// Said to be possible.
    pub doubted: bool,
    /// Feared, conditional or planned.
    pub hypothetical: bool,
    /// Was so, some time ago.
    pub past: bool,
    /// Longer ago than the past year.
    pub long_ago: bool,
    /// In somebody else's life, or from another cause.
    pub elsewhere: bool,
    /// On somebody's word.
    pub hearsay: bool,
}

impl Assertion {
    /// Stated as a fact, now or at some time.
    pub fn stated(self) -> bool {
        !self.negated && !self.hypothetical && !self.doubted
    }

    /// Stated as a fact of now.
    pub fn current(self) -> bool {
        self.stated() && !self.past
    }
}

/// The assertion of each of `hits`, given the cues found in the same text, both in the order of the text. `consumes` says which hits
/// may take a cue inside them away from their neighbours ("has not been sleeping" keeps its "not"); `person` which words stand for
/// somebody, as a new clause begins with ("no marks seen, he strangled her").
pub fn assertions(tokens: &Tokens, hits: &[Hit], cues: &[(Hit, Cue)], consumes: impl Fn(&Hit) -> bool, person: impl Fn(usize) -> bool) -> Vec<Assertion> {
    let words = tokens.words.len();
    // Which words are spoken for by a phrase, and which by a look-alike cue.
    let mut taken = vec![false; words];
    for hit in hits.iter().filter(|hit| consumes(hit) && hit.end - hit.start > 1) {
        // What the phrase does not name is no part of its meaning: "he (_)? (_)? hit her" may pass over "did not".
        (hit.start..hit.end).filter(|at| !is_open(hit, *at)).for_each(|at| taken[at as usize] = true);
    }
    let mut barrier = vec![false; words + 1];
    let mut pseudo = vec![false; words];
    let longest = cues.iter().map(|(hit, _)| hit.end - hit.start).max().unwrap_or(0);
    for (hit, cue) in cues {
        match cue.kind {
            CueKind::Terminator => barrier[hit.start as usize] = true,
            // "no one" is no "no", yet "no one scared" denies: the longer of the two is meant.
            CueKind::Pseudo if !outdone(hit, from(cues, (hit.start + 1).saturating_sub(longest))) => pseudo[hit.start as usize..hit.end as usize].fill(true),
            _ => {}
        }
    }
    let mut marks = vec![Assertion::default(); words];
    for (hit, cue) in cues {
        if matches!(cue.kind, CueKind::Terminator | CueKind::Pseudo) {
            continue;
        }
        let range = hit.start as usize..hit.end as usize;
        // A time stays a time inside a phrase ("separated in 2019").
        let is_time = cue.kind == CueKind::LongAgo;
        if range.clone().any(|at| pseudo[at]) || !is_time && range.clone().all(|at| taken[at]) {
            continue;
        }
        if is_time {
            marks[range.clone()].iter_mut().for_each(|word| mark(word, cue.kind));
        }
        if cue.direction != Direction::Backward {
            let mut at = range.end;
            while at < words && at < range.end + cue.reach as usize {
                if tokens.words[at].before >= Break::Clause && at > range.end || tokens.words[at].before >= Break::Stop || barrier[at] {
                    break;
                }
                // What is denied ends where somebody does something else; what is supposed goes on ("if he drinks, he hits her").
                if cue.kind == CueKind::Negation && tokens.words[at].before == Break::Comma && at > range.end && person(at) {
                    break;
                }
                mark(&mut marks[at], cue.kind);
                at += 1;
            }
        }
        if cue.direction != Direction::Forward {
            let mut at = range.start;
            while at > 0 && range.start - at < cue.reach as usize {
                if tokens.words[at].before >= Break::Stop
                    || (tokens.words[at].before >= Break::Clause && at != range.start)
                    || (barrier[at] && at != range.start)
                {
                    break;
                }
                at -= 1;
                mark(&mut marks[at], cue.kind);
                if barrier[at] {
                    break;
                }
            }
        }
    }
    hits.iter()
        .map(|hit| {
            // A phrase is meant as its first word is; a cue inside it is part of its meaning.
            let first = hit.start as usize;
            let mut out = marks[first];
            let last = marks[hit.end as usize - 1];
            out.past |= last.past;
            out.long_ago |= last.long_ago;
            out.elsewhere |= last.elsewhere;
            out.doubted |= tokens.words[first].queried;
            if hit.open != 0 {
                let passed = |cue: &Hit| cue.start > hit.start && (cue.start..cue.end).all(|at| is_open(hit, at)) && !pseudo[cue.start as usize];
                let inside = from(cues, hit.start).iter().take_while(|(cue, _)| cue.start < hit.end);
                out.negated |= inside.clone().any(|(cue, kind)| kind.kind == CueKind::Negation && kind.direction != Direction::Backward && passed(cue));
            }
            if hit.end - hit.start > 1 && last.negated && !out.negated {
                // "(hit her) denied": a cue behind the phrase reaches its last word.
                let mut inside = from(cues, hit.start).iter().take_while(|(cue, _)| cue.start < hit.end);
                out.negated = !inside.any(|(cue, kind)| kind.kind == CueKind::Negation && cue.end <= hit.end);
            }
            out
        })
        .collect()
}

/// Whether a hit passes over a word that its phrase does not name.
fn is_open(hit: &Hit, at: u32) -> bool {
    (hit.start..hit.end).contains(&at) && hit.open >> (at - hit.start) & 1 == 1
}

/// The cues from a word on.
fn from(cues: &[(Hit, Cue)], start: u32) -> &[(Hit, Cue)] {
    &cues[cues.partition_point(|(hit, _)| hit.start < start)..]
}

/// Whether a longer cue, itself no look-alike, covers a look-alike; `near` begins with the first that could.
fn outdone(pseudo: &Hit, near: &[(Hit, Cue)]) -> bool {
    let longer = |hit: &Hit| hit.end >= pseudo.end && hit.end - hit.start > pseudo.end - pseudo.start;
    near.iter().take_while(|(hit, _)| hit.start <= pseudo.start).any(|(hit, cue)| cue.kind == CueKind::Negation && longer(hit))
}

fn mark(assertion: &mut Assertion, kind: CueKind) {
    match kind {
        CueKind::Negation => assertion.negated = true,
        CueKind::Doubt => assertion.doubted = true,
        CueKind::Hypothetical => assertion.hypothetical = true,
        CueKind::Past => assertion.past = true,
        CueKind::LongAgo => assertion.long_ago = true,
        CueKind::Elsewhere => assertion.elsewhere = true,
        CueKind::Hearsay => assertion.hearsay = true,
        CueKind::Pseudo | CueKind::Terminator => {}
    }
}

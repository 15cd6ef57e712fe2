//! One text of the form, read: its words, who they stand for, and which phrases stand where, as what.

use super::people::{Cast, Other, Owner, Who};
use crate::policy::{About, Kind, Policy};
use crate::text::{Assertion, Break, Cue, Hit, Tokens, assertions};
use std::ops::Range;

/// A phrase of the pack where it stands.
#[derive(Clone, Copy, Debug)]
pub struct Mention {
    /// Number in [`Policy::entries`].
    pub entry: u32,
    /// First word.
    pub start: u32,
    /// One past the last word.
    pub end: u32,
    /// How it is meant.
    pub assertion: Assertion,
    /// About whom, as far as the words tell.
    pub subject: Option<Who>,
}

/// A text of the form, read once.
#[derive(Debug)]
pub struct Reading<'a> {
    /// The text.
    pub text: &'a str,
    /// Its words.
    pub tokens: Tokens,
    /// Whom each word stands for.
    pub who: Vec<Option<Who>>,
    /// Which words are names of the form.
    pub named: Vec<bool>,
    /// Which words stand for somebody told apart from the victim and the suspect.
    pub other: Vec<Other>,
    /// Which words the pack's phrases know.
    pub known: Vec<bool>,
    /// Typed in capitals throughout.
    pub shouted: bool,
    /// The phrases, in order.
    pub mentions: Vec<Mention>,
    /// How each word is meant, for the second readers.
    pub meant: Vec<Assertion>,
    /// The cues, for `explain`.
    pub cues: Vec<(Hit, Cue)>,
    /// Word ranges of the sentences.
    pub sentences: Vec<Range<usize>>,
    /// In whose box it stands.
    pub owner: Owner,
}

impl<'a> Reading<'a> {
    /// Reads a text.
    pub fn new(text: &'a str, owner: Owner, cast: &Cast, policy: &Policy) -> Reading<'a> {
        let mut tokens = Tokens::new(text);
        tokens.settle_stops(|_, word| policy.lexicon.word_has_mark(policy.marks.abbreviation, word));
        let mut annotator = cast.annotator(policy, owner);
        let symbols = policy.lexicon.symbols(&tokens, |at, word, symbols, classes| annotator.word(&tokens, at, word, symbols, classes));
        let (who, named, other) = (annotator.who, annotator.named, annotator.other);
        annotator.possessive.iter().for_each(|&at| tokens.words[at].possessive = true);
        let known = (0..tokens.words.len()).map(|at| symbols.is_known(at)).collect();
        let capitals = tokens.words.iter().filter(|token| token.capital).count();
        let shouted = capitals * 2 > tokens.words.len();
        let mut cues = Vec::new();
        let mut hits = Vec::new();
        let mut excepted = Vec::new();
        for hit in policy.lexicon.find(&tokens, &symbols) {
            if hit.tag >= policy.first_cue {
                cues.push((hit, policy.cues[(hit.tag - policy.first_cue) as usize]));
            } else if hit.tag % 2 == 1 {
                excepted.push(hit);
            } else {
                hits.push(hit);
            }
        }
        // Those of one tag do not overlap, so that the first that ends behind a hit's start is the only one to look at.
        excepted.sort_unstable_by_key(|except: &Hit| (except.tag, except.start));
        hits.retain(|hit| {
            let tag = hit.tag + 1;
            let at = excepted.partition_point(|except| (except.tag, except.end) <= (tag, hit.start));
            !excepted.get(at).is_some_and(|except| except.tag == tag && except.start < hit.end)
        });
        let person = |at: usize| {
            let is = |mark| policy.lexicon.word_has_mark(mark, tokens.folded(at));
            let (pronoun, marks) = ([policy.marks.he, policy.marks.she, policy.marks.first], policy.marks);
            is(marks.subject) || who[at].is_some() && !tokens.words[at].possessive && !pronoun.into_iter().any(is)
        };
        // A cue inside a longer cue of another kind yields to it ("not only" is no "not").
        let assertion = assertions(&tokens, &hits, &cues, |hit| !matches!(policy.entries[(hit.tag / 2) as usize].kind, Kind::Empty(_)), person);
        let meant = meant(&tokens, &cues, person);
        let sentences = tokens.sentences();
        let mut out = Reading { text, who, named, other, known, shouted, mentions: Vec::with_capacity(hits.len()), meant, cues, sentences, owner, tokens };
        for (hit, assertion) in hits.into_iter().zip(assertion) {
            let subject = out.subject(hit.start as usize, hit.end as usize);
            out.mentions.push(Mention { entry: hit.tag / 2, start: hit.start, end: hit.end, assertion, subject });
        }
        out
    }

    /// Whom words `start..end` are about: the nearest person before them in the sentence, or the one they
    /// begin with, or the one the text is about.
    fn subject(&self, start: usize, end: usize) -> Option<Who> {
        if let Some(who) = self.who[start]
            && !self.tokens.words[start].possessive
        {
            return Some(who);
        }
        let sentence = self.tokens.words[start].sentence;
        let mut at = start;
        let mut skipped_possessive = None;
        while at > 0 && self.tokens.words[at - 1].sentence == sentence {
            at -= 1;
            if let Some(who) = self.who[at]
                && who != Who::Speaker
            {
                if self.tokens.words[at].possessive {
                    skipped_possessive.get_or_insert(who);
                    continue;
                }
                return Some(who);
            }
            if self.tokens.words[at].before >= Break::Clause && skipped_possessive.is_some() {
                break;
            }
        }
        if skipped_possessive.is_some() {
            return skipped_possessive;
        }
        match self.owner {
            Owner::Child(child) => return Some(Who::Child(child)),
            Owner::Victim => return Some(Who::Victim),
            Owner::Nobody => {}
        }
        // A sentence without a person goes on about the person of the one before.
        if let Some(who) = (start..end).find_map(|at| self.who[at]) {
            return Some(who);
        }
        let before = self.sentences.get((sentence as usize).checked_sub(1)?)?.clone();
        before.rev().find_map(|at| self.who[at].filter(|who| !matches!(who, Who::Speaker | Who::Professional)))
    }

    /// Whether a mention is about somebody of this kind.
    pub fn is_about(&self, mention: &Mention, about: About) -> bool {
        match (about, mention.subject) {
            (About::Any, _) | (_, None) => true,
            (About::Child, Some(who)) => who.is_child(),
            // Whoever treats or speaks to the victim may stand before what ails the victim.
            (About::Victim, Some(who)) => !(who.is_child() || who == Who::Suspect),
            (About::Suspect, Some(who)) => !(who.is_child() || matches!(who, Who::Victim | Who::Professional)),
            (About::Adult, Some(who)) => !who.is_child(),
        }
    }

    /// Bytes of words `start..end`.
    pub fn bytes(&self, start: u32, end: u32) -> Range<usize> {
        self.tokens.bytes(start as usize..end as usize)
    }

    /// Sentence that a word stands in.
    pub fn sentence_of(&self, word: usize) -> Range<usize> {
        self.sentences[self.tokens.words[word].sentence as usize].clone()
    }

    /// Nothing but punctuation and space.
    pub fn is_blank(&self) -> bool {
        self.tokens.words.is_empty()
    }
}

fn meant(tokens: &Tokens, cues: &[(Hit, Cue)], person: impl Fn(usize) -> bool) -> Vec<Assertion> {
    if cues.is_empty() {
        return vec![Assertion::default(); tokens.words.len()];
    }
    let singles: Vec<Hit> = (0..tokens.words.len() as u32).map(|at| Hit { tag: 0, start: at, end: at + 1, open: 0 }).collect();
    assertions(tokens, &singles, cues, |_| false, person)
}

//! The phrase notation: `words`, `stem*`, `(a|b c)`, `opt?`, `{class}`, `...`, `_`, `#`.
//!
//! A phrase is parsed into [`Step`]s. Alternatives that are single words stay together as one set, so that
//! a phrase with three groups of thirty words is still three steps.

use rustc_hash::FxHashMap;
use std::rc::Rc;

/// One place in a phrase.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Item {
    /// Any of these words, stems or classes, in order and without repeats.
    Set(Vec<Atom>),
    /// Any one word.
    Any,
    /// Up to so many words of any kind.
    Gap(u8),
}

/// What a word can be compared with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Atom {
    Word(Name),
    Stem(Name),
    Class(Name),
    Number,
}

/// A word or a class's name, by number: a pack says the same few thousand over and over.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Name(u32);

/// The words and names met so far.
#[derive(Debug, Default)]
pub(crate) struct Names {
    numbers: FxHashMap<Rc<str>, Name>,
    all: Vec<Rc<str>>,
}

impl Names {
    pub(crate) fn of(&mut self, text: &str) -> Name {
        if let Some(&name) = self.numbers.get(text) {
            return name;
        }
        let (name, text): (Name, Rc<str>) = (Name(self.all.len() as u32), text.into());
        self.numbers.insert(Rc::clone(&text), name);
        self.all.push(text);
        name
    }

    pub(crate) fn text(&self, name: Name) -> &str {
        &self.all[name.0 as usize]
    }
}

/// How many words `...` may pass over.
const GAP: u8 = 4;
/// How many words any gap may pass over, however it is written.
const LONGEST_GAP: u8 = 6;
/// The fewest letters before a `*`.
const SHORTEST_STEM: usize = 2;

/// A part of a phrase.
#[derive(Clone, Debug)]
pub(crate) enum Step {
    /// One place.
    One(Item),
    /// Words one after the other.
    Words(Vec<Atom>),
    /// Any of these.
    Either(Vec<Vec<Step>>),
    /// This or nothing.
    Maybe(Box<Step>),
}

/// Reads a phrase; the error says what is wrong with the notation.
pub(crate) fn parse(phrase: &str, names: &mut Names) -> Result<Vec<Step>, String> {
    let mut parser = Parser { rest: phrase.trim(), depth: 0, names };
    let mut steps = parser.steps()?;
    if !parser.rest.is_empty() {
        return Err(format!("there is a \"{}\" too many", &parser.rest[..1]));
    }
    // Words that may or may not stand at either end say nothing.
    while matches!(steps.first(), Some(Step::One(Item::Gap(_)))) {
        steps.remove(0);
    }
    while matches!(steps.last(), Some(Step::One(Item::Gap(_)))) {
        steps.pop();
    }
    if steps.is_empty() {
        return Err("an empty phrase".into());
    }
    if !begins_with_a_word(&steps) {
        return Err("a phrase must begin with a word, a group or a class, in every way it can be read".into());
    }
    Ok(steps)
}

/// Whether a phrase begins with a word however its optional parts are read.
fn begins_with_a_word(steps: &[Step]) -> bool {
    for step in steps {
        match step {
            Step::One(Item::Set(_)) | Step::Words(_) => return true,
            Step::One(Item::Any | Item::Gap(_)) => return false,
            Step::Either(options) => return options.iter().all(|option| begins_with_a_word(option)),
            Step::Maybe(inner) => {
                if !begins_with_a_word(std::slice::from_ref(inner)) {
                    return false;
                }
            }
        }
    }
    false
}

struct Parser<'a> {
    rest: &'a str,
    depth: usize,
    names: &'a mut Names,
}

/// Adds a step; gaps beside each other are one gap.
fn join(steps: &mut Vec<Step>, step: Step) {
    if let (Some(Step::One(Item::Gap(words))), Step::One(Item::Gap(more))) = (steps.last_mut(), &step) {
        *words = (*words + more).min(LONGEST_GAP);
        return;
    }
    steps.push(step);
}

impl<'a> Parser<'a> {
    fn steps(&mut self) -> Result<Vec<Step>, String> {
        let mut out: Vec<Step> = Vec::new();
        loop {
            self.rest = self.rest.trim_start();
            let Some(first) = self.rest.chars().next() else {
                break;
            };
            // "(she)? ?was": a question mark before a word makes the space optional, which it is anyway.
            if first == '?' && self.rest[1..].starts_with(|c: char| c.is_alphanumeric() || "({#_.".contains(c)) {
                self.rest = &self.rest[1..];
                continue;
            }
            let step = match first {
                ')' | '|' if self.depth > 0 => break,
                ')' | '|' | '}' | '?' | '*' => {
                    return Err(format!("a \"{first}\" has nothing to belong to"));
                }
                '(' => self.group()?,
                '{' => self.class()?,
                '#' => {
                    self.rest = &self.rest[1..];
                    Step::One(Item::Set(vec![Atom::Number]))
                }
                '_' => {
                    self.rest = &self.rest[1..];
                    Step::One(Item::Any)
                }
                '.' if self.rest.starts_with("...") => {
                    self.rest = &self.rest[3..];
                    Step::One(Item::Gap(GAP))
                }
                '…' => {
                    self.rest = &self.rest['…'.len_utf8()..];
                    Step::One(Item::Gap(GAP))
                }
                _ => self.word()?,
            };
            if self.rest.starts_with('?') {
                self.rest = &self.rest[1..];
                // One word or none is a gap of one; a run of them joins into a longer gap.
                let any_word = match &step {
                    Step::One(Item::Any) => true,
                    Step::Either(options) => matches!(options.as_slice(), [only] if matches!(only.as_slice(), [Step::One(Item::Any)])),
                    _ => false,
                };
                let step = match step {
                    _ if any_word => Step::One(Item::Gap(1)),
                    Step::One(Item::Gap(words)) => Step::One(Item::Gap(words)),
                    other => Step::Maybe(Box::new(other)),
                };
                join(&mut out, step);
            } else {
                join(&mut out, step);
            }
        }
        Ok(out)
    }

    fn group(&mut self) -> Result<Step, String> {
        self.rest = &self.rest[1..];
        self.depth += 1;
        let mut options = Vec::new();
        let mut empty = false;
        loop {
            let before = self.rest.len();
            let mut option = self.steps()?;
            let written = before != self.rest.len();
            // A sign ("&", "£") is no word, and so no alternative.
            option.retain(|step| !matches!(step, Step::Words(atoms) if atoms.is_empty()));
            if !option.is_empty() {
                options.push(option);
            } else if !written {
                empty = true;
            }
            match self.rest.chars().next() {
                Some('|') => self.rest = &self.rest[1..],
                Some(')') => {
                    self.rest = &self.rest[1..];
                    break;
                }
                _ => return Err("a \"(\" is not closed".into()),
            }
        }
        self.depth -= 1;
        if options.is_empty() {
            return Err("an empty group".into());
        }
        // Alternatives of one word become one set.
        let mut single = Vec::new();
        let mut longer = Vec::new();
        for option in options {
            match option.as_slice() {
                [Step::Words(atoms)] if atoms.len() == 1 => single.push(atoms[0]),
                [Step::One(Item::Set(set))] => single.extend(set),
                _ => longer.push(option),
            }
        }
        single.sort();
        single.dedup();
        let either = if longer.is_empty() {
            Step::One(Item::Set(single))
        } else {
            if !single.is_empty() {
                longer.push(vec![Step::One(Item::Set(single))]);
            }
            Step::Either(longer)
        };
        Ok(if empty { Step::Maybe(Box::new(either)) } else { either })
    }

    fn class(&mut self) -> Result<Step, String> {
        let Some(end) = self.rest.find('}') else {
            return Err("a \"{\" is not closed".into());
        };
        let name = self.rest[1..end].trim();
        self.rest = &self.rest[end + 1..];
        if name.is_empty() {
            return Err("an empty class".into());
        }
        Ok(Step::One(Item::Set(vec![Atom::Class(self.names.of(name))])))
    }

    fn word(&mut self) -> Result<Step, String> {
        let end = end_of_word(self.rest);
        let written = &self.rest[..end];
        self.rest = &self.rest[end..];
        let (written, stem) = match written.strip_suffix('*') {
            Some(stem) => (stem, true),
            None => (written, false),
        };
        if written.contains('*') {
            return Err(format!("in \"{written}\" the * may only stand at the end of a word"));
        }
        let mut words = self.folded(written);
        let Some(last) = words.last().copied() else {
            if self.depth > 0 {
                return Ok(Step::Words(Vec::new()));
            }
            return Err(format!("\"{written}\" holds no word"));
        };
        // "non ?stop" is one word or two.
        if !stem
            && let Some(rest) = self.rest.strip_prefix(" ?")
            && rest.starts_with(char::is_alphanumeric)
        {
            self.rest = rest;
            let Step::Words(second) = self.word()? else { return Err(format!("\"{written} ?\" must be followed by one word")) };
            let joined = match second.first() {
                Some(Atom::Word(next)) => Atom::Word(self.together(last, *next)),
                Some(Atom::Stem(next)) => Atom::Stem(self.together(last, *next)),
                _ => return Err(format!("\"{written} ?\" must be followed by one word")),
            };
            words.pop();
            let before = || words.iter().map(|&word| Atom::Word(word));
            let joined = before().chain([joined]).chain(second[1..].iter().copied()).collect();
            let both = before().chain([Atom::Word(last)]).chain(second.iter().copied()).collect();
            return Ok(Step::Either(vec![vec![Step::Words(both)], vec![Step::Words(joined)]]));
        }
        let mut atoms: Vec<Atom> = words.into_iter().map(Atom::Word).collect();
        if stem {
            let letters = self.names.text(last);
            if letters.len() < SHORTEST_STEM {
                return Err(format!("\"{letters}*\" would match too much; write at least {SHORTEST_STEM} letters before the *"));
            }
            atoms.pop();
            atoms.push(Atom::Stem(last));
        }
        Ok(Step::Words(atoms))
    }

    /// The words of what is written without a space ("self-harm"), as texts are folded.
    fn folded(&mut self, written: &str) -> Vec<Name> {
        if written.bytes().all(|byte| byte.is_ascii_lowercase()) {
            return if written.is_empty() { Vec::new() } else { vec![self.names.of(written)] };
        }
        let tokens = super::Tokens::new(written);
        (0..tokens.words.len()).map(|at| self.names.of(tokens.folded(at))).collect()
    }

    fn together(&mut self, first: Name, second: Name) -> Name {
        let joined = format!("{}{}", self.names.text(first), self.names.text(second));
        self.names.of(&joined)
    }
}

/// Where the first word ends, in bytes.
fn end_of_word(text: &str) -> usize {
    let bytes = text.as_bytes();
    bytes
        .iter()
        .enumerate()
        .position(|(at, byte)| match byte {
            b'a'..=b'z' => false,
            b'(' | b')' | b'{' | b'}' | b'|' | b'?' | b'#' => true,
            b'.' => at > 0 && bytes[at..].starts_with(b"..."),
            0xe2 => text[at..].starts_with('…'),
            byte => byte.is_ascii_whitespace(),
        })
        .unwrap_or(bytes.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set(names: &Names, atoms: &[Atom]) -> String {
        let mut words: Vec<String> = atoms
            .iter()
            .map(|atom| match *atom {
                Atom::Word(word) => names.text(word).to_owned(),
                Atom::Stem(stem) => format!("{}*", names.text(stem)),
                Atom::Class(class) => format!("{{{}}}", names.text(class)),
                Atom::Number => "#".into(),
            })
            .collect();
        words.sort();
        words.join("|")
    }

    fn show(names: &Names, steps: &[Step]) -> String {
        steps
            .iter()
            .map(|step| match step {
                Step::One(Item::Set(atoms)) => set(names, atoms),
                Step::One(Item::Any) => "_".into(),
                Step::One(Item::Gap(words)) => format!("..{words}"),
                Step::Words(atoms) => atoms.iter().map(|atom| set(names, std::slice::from_ref(atom))).collect::<Vec<_>>().join(" "),
                Step::Either(options) => format!("({})", options.iter().map(|option| show(names, option)).collect::<Vec<_>>().join("/")),
                Step::Maybe(step) => format!("[{}]", show(names, std::slice::from_ref(step))),
            })
            .collect::<Vec<_>>()
            .join(" ")
    }

    #[track_caller]
    fn reads(phrase: &str, as_steps: &str) {
        let mut names = Names::default();
        let steps = parse(phrase, &mut names).expect("a good phrase");
        assert_eq!(show(&names, &steps), as_steps);
    }

    #[test]
    fn single_words_of_a_group_are_one_set_and_longer_ones_branch() {
        reads("(hand|hands|arm) (round|around) {whose}? throat*", "arm|hand|hands around|round [{whose}] throat*");
        reads("(could not|couldnt) ... breathe", "(could not/couldnt) ..4 breathe");
    }

    #[test]
    fn a_word_that_may_be_two_and_words_that_may_be_any() {
        reads("over ?night", "(over night/overnight)");
        reads("hit (_)? _? {child}", "hit ..2 {child}");
        reads("(and|&)? goes (_)?", "[and] goes");
    }

    #[test]
    fn mistakes_are_named() {
        for wrong in ["(a|b", "a)", "{who", "* a", "a b*c", "()", "a ? b", "a|b"] {
            assert!(parse(wrong, &mut Names::default()).is_err(), "{wrong} should be refused");
        }
    }
}

//! The phrase notation: `words`, `stem*`, `(a|b c)`, `opt?`, `{class}`, `...`, `_`, `#`.
//!
//! A phrase is parsed into [`Step`]s. Alternatives that are single words stay together as one set, so that
//! a phrase with three groups of thirty words is still three steps.

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
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Atom {
    Word(String),
    Stem(String),
    Class(String),
    Number,
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
pub(crate) fn parse(phrase: &str) -> Result<Vec<Step>, String> {
    let mut parser = Parser { rest: phrase.trim(), depth: 0 };
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
                [Step::Words(atoms)] if atoms.len() == 1 => single.push(atoms[0].clone()),
                [Step::One(Item::Set(set))] => single.extend(set.iter().cloned()),
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
        let name = self.rest[1..end].trim().to_owned();
        self.rest = &self.rest[end + 1..];
        if name.is_empty() {
            return Err("an empty class".into());
        }
        Ok(Step::One(Item::Set(vec![Atom::Class(name)])))
    }

    fn word(&mut self) -> Result<Step, String> {
        let end = self.rest.find(|c: char| c.is_whitespace() || "(){}|?…#".contains(c)).unwrap_or(self.rest.len());
        let end = self.rest.find("...").map_or(end, |dots| end.min(dots.max(1)));
        let written = &self.rest[..end];
        self.rest = &self.rest[end..];
        let (written, stem) = match written.strip_suffix('*') {
            Some(stem) => (stem, true),
            None => (written, false),
        };
        if written.contains('*') {
            return Err(format!("in \"{written}\" the * may only stand at the end of a word"));
        }
        let tokens = super::Tokens::new(written);
        let mut atoms: Vec<Atom> = (0..tokens.words.len()).map(|at| Atom::Word(tokens.folded(at).to_owned())).collect();
        if atoms.is_empty() {
            if self.depth > 0 {
                return Ok(Step::Words(atoms));
            }
            return Err(format!("\"{written}\" holds no word"));
        }
        // "non ?stop" is one word or two.
        if !stem
            && let Some(rest) = self.rest.strip_prefix(" ?")
            && rest.starts_with(char::is_alphanumeric)
        {
            self.rest = rest;
            let Step::Words(second) = self.word()? else { return Err(format!("\"{written} ?\" must be followed by one word")) };
            let mut joined = second.clone();
            match (atoms.last(), joined.first_mut()) {
                (Some(Atom::Word(first)), Some(Atom::Word(next) | Atom::Stem(next))) => *next = format!("{first}{next}"),
                _ => return Err(format!("\"{written} ?\" must be followed by one word")),
            }
            let both = atoms.iter().cloned().chain(second).collect();
            let joined = atoms[..atoms.len() - 1].iter().cloned().chain(joined).collect();
            return Ok(Step::Either(vec![vec![Step::Words(both)], vec![Step::Words(joined)]]));
        }
        if stem {
            let Some(Atom::Word(last)) = atoms.pop() else { unreachable!("atoms holds only words here and is not empty") };
            if last.len() < SHORTEST_STEM {
                return Err(format!("\"{last}*\" would match too much; write at least {SHORTEST_STEM} letters before the *"));
            }
            atoms.push(Atom::Stem(last));
        }
        Ok(Step::Words(atoms))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set(atoms: &[Atom]) -> String {
        atoms
            .iter()
            .map(|atom| match atom {
                Atom::Word(word) => word.clone(),
                Atom::Stem(stem) => format!("{stem}*"),
                Atom::Class(class) => format!("{{{class}}}"),
                Atom::Number => "#".into(),
            })
            .collect::<Vec<_>>()
            .join("|")
    }

    fn show(steps: &[Step]) -> String {
        steps
            .iter()
            .map(|step| match step {
                Step::One(Item::Set(atoms)) => set(atoms),
                Step::One(Item::Any) => "_".into(),
                Step::One(Item::Gap(words)) => format!("..{words}"),
                Step::Words(atoms) => atoms.iter().map(|atom| set(std::slice::from_ref(atom))).collect::<Vec<_>>().join(" "),
                Step::Either(options) => format!("({})", options.iter().map(|option| show(option)).collect::<Vec<_>>().join("/")),
                Step::Maybe(step) => format!("[{}]", show(std::slice::from_ref(step))),
            })
            .collect::<Vec<_>>()
            .join(" ")
    }

    #[track_caller]
    fn reads(phrase: &str, as_steps: &str) {
        assert_eq!(show(&parse(phrase).expect("a good phrase")), as_steps);
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
            assert!(parse(wrong).is_err(), "{wrong} should be refused");
        }
    }
}

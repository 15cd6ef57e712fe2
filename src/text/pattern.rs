//! The phrase notation: `words`, `stem*`, `(a|b c)`, `opt?`, `{class}`, `...`, `_`, `#`.
//!
//! A phrase is parsed into [`Step`]s and spread into plain sequences of [`Item`]s. Alternatives that are
//! single words stay together as one set, so that a phrase with three groups of thirty words is still
//! one sequence of three sets.

use std::collections::BTreeSet;

/// One place in a phrase.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Item {
    /// Any of these words, stems or classes.
    Set(BTreeSet<Atom>),
    /// Any one word.
    Any,
    /// Up to so many words of any kind.
    Gap(u8),
}

/// What a word can be compared with.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
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
/// A phrase that spreads into more sequences than this is refused: it should be two phrases.
const MOST_SEQUENCES: usize = 2048;
/// The fewest letters before a `*`.
const SHORTEST_STEM: usize = 2;

#[derive(Clone, Debug)]
enum Step {
    One(Item),
    Words(Vec<Atom>),
    Either(Vec<Vec<Step>>),
    Maybe(Box<Step>),
}

/// Spreads a phrase into plain sequences; the error says what is wrong with the notation.
pub(crate) fn sequences(phrase: &str) -> Result<Vec<Vec<Item>>, String> {
    let mut parser = Parser { rest: phrase.trim(), depth: 0 };
    let steps = parser.steps()?;
    if !parser.rest.is_empty() {
        return Err(format!("there is a \"{}\" too many", &parser.rest[..1]));
    }
    let mut out = vec![Vec::new()];
    for step in &steps {
        spread(step, &mut out)?;
    }
    for sequence in &mut out {
        while matches!(sequence.first(), Some(Item::Gap(_))) {
            sequence.remove(0);
        }
        while matches!(sequence.last(), Some(Item::Gap(_))) {
            sequence.pop();
        }
        sequence.dedup_by(|next, gap| match (gap, next) {
            (Item::Gap(words), Item::Gap(more)) => {
                *words = (*words + *more).min(LONGEST_GAP);
                true
            }
            _ => false,
        });
        if !matches!(sequence.first(), Some(Item::Set(_))) {
            return Err("a phrase must begin with a word, a group or a class, and one of its readings does not".into());
        }
        if sequence.iter().filter(|item| matches!(item, Item::Gap(_))).count() > 4 {
            return Err("more than four gaps in one phrase".into());
        }
    }
    out.sort();
    out.dedup();
    Ok(out)
}

fn spread(step: &Step, out: &mut Vec<Vec<Item>>) -> Result<(), String> {
    match step {
        Step::One(item) => out.iter_mut().for_each(|sequence| sequence.push(item.clone())),
        Step::Words(atoms) => {
            for atom in atoms {
                out.iter_mut().for_each(|sequence| sequence.push(Item::Set(BTreeSet::from([atom.clone()]))));
            }
        }
        Step::Maybe(inner) => {
            let without = out.clone();
            spread(inner, out)?;
            out.extend(without);
        }
        Step::Either(options) => {
            let mut single = BTreeSet::new();
            let mut longer: Vec<&Vec<Step>> = Vec::new();
            for option in options {
                match option.as_slice() {
                    [Step::Words(atoms)] if atoms.len() == 1 => {
                        single.insert(atoms[0].clone());
                    }
                    [Step::One(Item::Set(set))] => single.extend(set.iter().cloned()),
                    _ => longer.push(option),
                }
            }
            let before = std::mem::take(out);
            if !single.is_empty() {
                let item = Item::Set(single);
                out.extend(before.iter().map(|sequence| sequence.iter().cloned().chain([item.clone()]).collect::<Vec<_>>()));
            }
            for option in longer {
                let mut branch = before.clone();
                for step in option {
                    spread(step, &mut branch)?;
                }
                out.extend(branch);
            }
        }
    }
    if out.len() > MOST_SEQUENCES {
        return Err(format!("this phrase has more than {MOST_SEQUENCES} readings; write it as several"));
    }
    Ok(())
}

struct Parser<'a> {
    rest: &'a str,
    depth: usize,
}

impl<'a> Parser<'a> {
    fn steps(&mut self) -> Result<Vec<Step>, String> {
        let mut out: Vec<Step> = Vec::new();
        loop {
            self.rest = self.rest.trim_start();
            let Some(first) = self.rest.chars().next() else {
                break;
            };
            let step = match first {
                ')' | '|' if self.depth > 0 => break,
                ')' | '|' | '}' | '?' | '*' => {
                    return Err(format!("a \"{first}\" has nothing to belong to"));
                }
                '(' => self.group()?,
                '{' => self.class()?,
                '#' => {
                    self.rest = &self.rest[1..];
                    Step::One(Item::Set(BTreeSet::from([Atom::Number])))
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
                out.push(if any_word { Step::One(Item::Gap(1)) } else { Step::Maybe(Box::new(step)) });
            } else {
                out.push(step);
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
        let either = Step::Either(options);
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
        Ok(Step::One(Item::Set(BTreeSet::from([Atom::Class(name)]))))
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

    fn read(phrase: &str) -> Vec<String> {
        sequences(phrase)
            .expect("a good phrase")
            .iter()
            .map(|sequence| {
                sequence
                    .iter()
                    .map(|item| match item {
                        Item::Gap(words) => format!("..{words}"),
                        Item::Any => "_".into(),
                        Item::Set(set) => set
                            .iter()
                            .map(|atom| match atom {
                                Atom::Word(w) => w.clone(),
                                Atom::Stem(s) => format!("{s}*"),
                                Atom::Class(c) => format!("{{{c}}}"),
                                Atom::Number => "#".into(),
                            })
                            .collect::<Vec<_>>()
                            .join("|"),
                    })
                    .collect::<Vec<_>>()
                    .join(" ")
            })
            .collect()
    }

    #[test]
    fn single_words_of_a_group_stay_one_set() {
        assert_eq!(
            read("(hand|hands|arm) (round|around) {whose}? throat*"),
            ["arm|hand|hands around|round throat*", "arm|hand|hands around|round {whose} throat*"]
        );
    }

    #[test]
    fn longer_alternatives_become_their_own_sequences() {
        assert_eq!(read("(could not|couldnt) ... breathe"), ["could not ..4 breathe", "couldnt ..4 breathe"]);
    }

    #[test]
    fn a_word_that_may_be_two_and_words_that_may_be_any() {
        assert_eq!(read("over ?night"), ["over night", "overnight"]);
        assert_eq!(read("hit (_)? _? {child}"), ["hit ..2 {child}"]);
        assert_eq!(read("(and|&)? goes"), ["and goes", "goes"]);
    }

    #[test]
    fn mistakes_are_named() {
        for wrong in ["(a|b", "a)", "{who", "* a", "_ a", "a b*c", "()"] {
            assert!(sequences(wrong).is_err(), "{wrong} should be refused");
        }
    }
}

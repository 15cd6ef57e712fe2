//! Who a word stands for: the form's names, the pack's words for people, and pronouns.

use crate::form::{AdultRole, Child, FormType, Prose, Referral};
use crate::policy::Policy;
use crate::text::{Break, Symbol, Tokens};
use rustc_hash::{FxHashMap, FxHashSet};

/// Whom a word stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Who {
    /// A listed child, by number.
    Child(u16),
    /// A child that cannot be told apart: "the baby", where several are listed.
    SomeChild,
    /// A brother or sister of the child whose box it is, or of somebody.
    Sibling,
    /// All the children: "the kids".
    Children,
    /// The victim.
    Victim,
    /// The suspect.
    Suspect,
    /// The mother, where she is neither.
    Mother,
    /// The father, where he is neither.
    Father,
    /// Another grown-up.
    Adult,
    /// A police officer, teacher, doctor: somebody at work.
    Professional,
    /// The speaker: "I".
    Speaker,
}

/// Whether a word stands for somebody else than the two adults of domestic abuse, as far as words tell.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Other {
    /// Nothing says so.
    #[default]
    No,
    /// It does, and may be the one who acts: "Jordan's brother is on tag".
    Acts,
    /// It does, as whoever is acted on or only mentioned: "at her sister's".
    Stands,
}

impl Who {
    /// A child of any sort.
    pub fn is_child(self) -> bool {
        matches!(self, Who::Child(_) | Who::SomeChild | Who::Sibling | Who::Children)
    }

    /// A grown-up of any sort.
    pub fn is_adult(self) -> bool {
        matches!(self, Who::Victim | Who::Suspect | Who::Mother | Who::Father | Who::Adult | Who::Professional)
    }
}

/// Male or female, as far as words tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Gender {
    Male,
    Female,
}

/// The people of a form.
#[derive(Debug)]
pub struct Cast {
    names: FxHashMap<String, Name>,
    /// Later words of names, with the word before each: in "Gethin ap Rhys" the second is no suspect.
    later: FxHashMap<String, Vec<(String, Who)>>,
    children: Vec<Option<Gender>>,
    mother: Who,
    father: Who,
    victim: Gender,
    suspect: Gender,
    /// On such a form "he" and "she" are the two adults until somebody else is named.
    two_adults: bool,
    /// The suspect or the victim is listed by name, so that another name is somebody else's.
    knows_names: bool,
    /// Whether the couple has parted, where the form lists a suspect: else a "former" partner is somebody before.
    parted: Option<bool>,
}

#[derive(Clone, Copy, Debug)]
struct Name {
    who: Who,
    /// Also an ordinary word: counts only with a capital.
    word: bool,
}

/// The most words of a name: what is longer is no name.
const LONGEST_NAME: usize = 8;

/// The age at which one is no longer a child (Children Act 1989, section 105).
const ADULT_YEARS: u32 = 18;

/// In whose text a word stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Owner {
    /// A child's own box.
    Child(u16),
    /// What explains an answer about the victim.
    Victim,
    /// Anything else.
    Nobody,
}

impl Cast {
    /// The people that the form lists.
    pub fn new(form: &Referral, policy: &Policy) -> Cast {
        let mut cast = Cast {
            names: FxHashMap::default(),
            later: FxHashMap::default(),
            children: form.children.iter().map(|child| child.relationship.as_deref().and_then(|words| gender(words, policy))).collect(),
            mother: Who::Mother,
            father: Who::Father,
            victim: Gender::Female,
            suspect: Gender::Male,
            knows_names: false,
            parted: None,
            two_adults: form.kind() == FormType::DomesticAbuse
                || form.incident.domestic_abuse == Some(true)
                || form.adults.iter().any(|adult| matches!(adult.role, Some(AdultRole::Victim | AdultRole::Suspect))),
        };
        for adult in &form.adults {
            let words = adult.relationship.as_deref().unwrap_or("");
            let marks = marks_of(words, policy);
            let who = match adult.role {
                Some(AdultRole::Victim) => Who::Victim,
                Some(AdultRole::Suspect) => Who::Suspect,
                _ if marks.mother => Who::Mother,
                _ if marks.father => Who::Father,
                _ => Who::Adult,
            };
            let gender = if marks.mother {
                Some(Gender::Female)
            } else if marks.father {
                Some(Gender::Male)
            } else {
                gender(words, policy)
            };
            match (who, gender) {
                (Who::Victim, Some(Gender::Male)) => {
                    cast.victim = Gender::Male;
                    cast.suspect = Gender::Female;
                }
                (Who::Suspect, Some(gender)) => cast.suspect = gender,
                _ => {}
            }
            if marks.mother {
                cast.mother = who;
            }
            if marks.father {
                cast.father = who;
            }
            if who == Who::Suspect || who == Who::Victim && cast.parted.is_some() {
                cast.parted = Some(cast.parted == Some(true) || policy.says_ex(words));
            }
            if let Some(name) = &adult.name {
                cast.knows_names |= matches!(who, Who::Victim | Who::Suspect);
                cast.name(name, who, policy);
            }
        }
        if form.adults.is_empty() {
            cast.mother = Who::Victim;
            cast.father = Who::Suspect;
        }
        // Children last: where a child has an adult's first name, the child's box speaks of the child.
        for (at, child) in form.children.iter().enumerate() {
            for name in names(child) {
                cast.name(name, Who::Child(at as u16), policy);
            }
        }
        cast
    }

    fn name(&mut self, name: &Prose, who: Who, policy: &Policy) {
        let tokens = Tokens::new(name);
        let surname_from = if who.is_child() { 1 } else { 2 };
        for at in 1..tokens.words.len().min(LONGEST_NAME) {
            self.later.entry(tokens.folded(at).to_owned()).or_default().push((tokens.folded(at - 1).to_owned(), who));
        }
        for at in 0..tokens.words.len().min(surname_from) {
            let word = tokens.folded(at);
            if word.chars().count() < 2 || word.bytes().all(|byte| byte.is_ascii_digit()) {
                continue;
            }
            let marks = policy.marks;
            let person_word = [marks.child, marks.children, marks.mother, marks.father, marks.victim, marks.suspect, marks.he, marks.she]
                .into_iter()
                .any(|mark| policy.lexicon.word_has_mark(mark, word));
            if person_word {
                continue;
            }
            let is_word = policy.lexicon.word_has_mark(marks.word_names, word);
            self.names.insert(word.to_owned(), Name { who, word: is_word });
        }
    }

    /// Whom each word stands for. `classes` is told the numbers of the people classes that a word joins.
    pub fn annotator<'a>(&'a self, policy: &'a Policy, owner: Owner) -> Annotator<'a> {
        let mut out = Annotator {
            cast: self,
            policy,
            owner,
            male: None,
            female: None,
            introduced: FxHashSet::default(),
            who: Vec::new(),
            named: Vec::new(),
            possessive: Vec::new(),
            other: Vec::new(),
            others: FxHashSet::default(),
            quote: 0,
            outside: (None, None),
            other_male: false,
            other_female: false,
        };
        if let Owner::Child(child) = owner {
            let this = Some(Who::Child(child));
            match self.children.get(usize::from(child)).copied().flatten() {
                Some(Gender::Male) => out.male = this,
                Some(Gender::Female) => out.female = this,
                None => (out.male, out.female) = (this, this),
            }
        }
        if self.two_adults {
            let (male, female) = self.couple();
            out.male = out.male.or(male);
            out.female = out.female.or(female);
        }
        out
    }

    /// Whom "he" and "she" stand for on a form of two adults, until somebody else is named.
    fn couple(&self) -> (Option<Who>, Option<Who>) {
        let male = if self.suspect == Gender::Male { Who::Suspect } else { Who::Victim };
        let female = if self.victim == Gender::Female { Who::Victim } else { Who::Suspect };
        (Some(male), Some(female))
    }

    fn gender(&self, who: Who) -> Option<Gender> {
        match who {
            Who::Child(at) => self.children.get(usize::from(at)).copied().flatten(),
            Who::Victim => Some(self.victim),
            Who::Suspect => Some(self.suspect),
            Who::Mother => Some(Gender::Female),
            Who::Father => Some(Gender::Male),
            _ => None,
        }
    }
}

/// A child's names.
fn names(child: &Child) -> impl Iterator<Item = &Prose> {
    child.name.iter().chain(child.also_known_as.iter().map(|line| &line.text))
}

#[derive(Default)]
struct Marks {
    mother: bool,
    father: bool,
}

fn marks_of(words: &str, policy: &Policy) -> Marks {
    let tokens = Tokens::new(words);
    let mut out = Marks::default();
    // "Mother of the victim" is about the first word for a person.
    for at in 0..tokens.words.len() {
        out.mother = policy.lexicon.word_has_mark(policy.marks.mother, tokens.folded(at));
        out.father = policy.lexicon.word_has_mark(policy.marks.father, tokens.folded(at));
        if out.mother || out.father {
            break;
        }
    }
    out
}

fn gender(words: &str, policy: &Policy) -> Option<Gender> {
    let tokens = Tokens::new(words);
    (0..tokens.words.len()).find_map(|at| {
        let word = tokens.folded(at);
        if policy.lexicon.word_has_mark(policy.marks.male, word) {
            Some(Gender::Male)
        } else if policy.lexicon.word_has_mark(policy.marks.female, word) {
            Some(Gender::Female)
        } else {
            None
        }
    })
}

/// Walks a text and says whom each word stands for.
pub struct Annotator<'a> {
    cast: &'a Cast,
    policy: &'a Policy,
    owner: Owner,
    male: Option<Who>,
    female: Option<Who>,
    /// Names of children that the form does not list and the text brings in with their age.
    introduced: FxHashSet<String>,
    /// One entry a word.
    pub who: Vec<Option<Who>>,
    /// Which words are names of the form.
    pub named: Vec<bool>,
    /// Names typed as possessives, but without an apostrophe: "Jordans brother".
    pub possessive: Vec<usize>,
    /// Which words stand for somebody whom the text tells apart from the two adults: "his brother", "a lad called Dean".
    pub other: Vec<Other>,
    /// Names of such people.
    others: FxHashSet<String>,
    /// The quote that the last word stands in, and whom "he" and "she" stand for outside it.
    quote: u16,
    outside: (Option<Who>, Option<Who>),
    /// In this sentence "he" or "she" is such a person.
    other_male: bool,
    other_female: bool,
}

impl Annotator<'_> {
    /// The next word: finds whom it stands for and adds its classes.
    pub fn word(&mut self, tokens: &Tokens, at: usize, word: &str, symbols: &[Symbol], classes: &mut Vec<usize>) {
        if self.named_without_apostrophe(tokens, at, word).is_some() {
            self.possessive.push(at);
        }
        self.turn_to(tokens.words[at].quote);
        let who = self.find(tokens, at, word, symbols).or_else(|| self.introduce(tokens, at, word, symbols).then_some((Who::SomeChild, false)));
        self.who.push(who.map(|(who, _)| who));
        let other = self.other(tokens, at, word, symbols);
        self.other.push(other);
        self.named.push(self.cast.names.contains_key(word));
        let Some((who, pronoun)) = who else { return };
        let all = self.policy.classes;
        classes.push(all.person);
        classes.push(all.whose);
        if who.is_child() && !pronoun {
            classes.push(all.child);
        }
        if who == Who::Victim {
            classes.push(all.victim);
        }
        if who == Who::Suspect {
            classes.push(all.suspect);
        }
        if who.is_adult() {
            classes.push(all.adult);
        }
        // Without listed adults a mother or father is as likely as not the one who matters.
        if !pronoun {
            match self.cast.gender(who) {
                Some(Gender::Male) => self.male = Some(who),
                Some(Gender::Female) => self.female = Some(who),
                None if matches!(who, Who::Child(_)) => {
                    self.male = Some(who);
                    self.female = Some(who);
                }
                None => {}
            }
        }
    }

    /// In a quote in a child's own box it is the child who speaks, so that "he" and "she" are other people.
    fn turn_to(&mut self, quote: u16) {
        if quote == self.quote || !self.cast.two_adults || !matches!(self.owner, Owner::Child(_)) {
            return;
        }
        if quote == 0 {
            (self.male, self.female) = self.outside;
        } else {
            if self.quote == 0 {
                self.outside = (self.male, self.female);
            }
            (self.male, self.female) = self.cast.couple();
        }
        self.quote = quote;
    }

    fn find(&self, tokens: &Tokens, at: usize, word: &str, symbols: &[Symbol]) -> Option<(Who, bool)> {
        let token = &tokens.words[at];
        if let Some(later) = self.cast.later.get(word)
            && token.before == Break::None
            && at > 0
            && let Some(person) = self.who[at - 1]
            && later.iter().any(|(first, who)| first == tokens.folded(at - 1) && *who == person)
        {
            return Some((person, false));
        }
        if let Some(name) = self.cast.names.get(word)
            && (!name.word || token.capital && self.reads_as_name(tokens, at))
        {
            return Some((name.who, false));
        }
        if let Some(name) = self.named_without_apostrophe(tokens, at, word) {
            return Some((name.who, false));
        }
        if symbols.is_empty() {
            return None;
        }
        let marks = self.policy.marks;
        let has = |mark| self.policy.lexicon.mark(mark, symbols);
        let listed = self.cast.children.len();
        if has(marks.he) {
            return self.male.map(|who| (who, true));
        }
        if has(marks.she) {
            return self.female.map(|who| (who, true));
        }
        if has(marks.victim) {
            return Some((Who::Victim, false));
        }
        if has(marks.suspect) {
            return Some((Who::Suspect, false));
        }
        if has(marks.mother) {
            return Some((self.cast.mother, false));
        }
        if has(marks.father) {
            return Some((self.cast.father, false));
        }
        if has(marks.sibling) {
            return Some((Who::Sibling, false));
        }
        if has(marks.children) {
            return Some((Who::Children, false));
        }
        if has(marks.child) {
            return Some((if listed == 1 { Who::Child(0) } else { self.by_gender(symbols) }, false));
        }
        if has(marks.professional) {
            return Some((Who::Professional, false));
        }
        if has(marks.adult) {
            return Some((Who::Adult, false));
        }
        if has(marks.first) {
            return Some((Who::Speaker, true));
        }
        None
    }

    /// "Jordans": a name of the form and an `s`, where the name is no ordinary word ("Roses") or kin follow.
    fn named_without_apostrophe(&self, tokens: &Tokens, at: usize, word: &str) -> Option<Name> {
        let name = self.cast.names.get(word.strip_suffix('s').filter(|_| tokens.words[at].capital)?)?;
        let marks = self.policy.marks;
        let is_kin = |at: usize| {
            let has = |mark| self.policy.lexicon.word_has_mark(mark, tokens.folded(at));
            [marks.mother, marks.father, marks.sibling, marks.adult, marks.suspect].into_iter().any(has)
        };
        let followed_by_kin = || (at + 1..tokens.words.len().min(at + 3)).any(is_kin);
        (!name.word || followed_by_kin()).then_some(*name)
    }

    /// Whether a word stands for somebody else than the victim and the suspect: their kin and friends ("her brother", "Jordans
    /// new partner"), by name where one follows, and the pronouns behind them in the sentence.
    fn other(&mut self, tokens: &Tokens, at: usize, word: &str, symbols: &[Symbol]) -> Other {
        if at == 0 || tokens.words[at].sentence != tokens.words[at - 1].sentence {
            (self.other_male, self.other_female) = (false, false);
        }
        if !self.cast.two_adults || matches!(self.owner, Owner::Child(_)) {
            return Other::No;
        }
        let marks = self.policy.marks;
        let has = |mark| !symbols.is_empty() && self.policy.lexicon.mark(mark, symbols);
        if has(marks.he) || has(marks.she) {
            return if has(marks.he) && self.other_male || has(marks.she) && self.other_female { Other::Acts } else { Other::No };
        }
        if self.cast.names.contains_key(word) {
            match self.who[at].and_then(|who| self.cast.gender(who)) {
                Some(Gender::Male) => self.other_male = false,
                Some(Gender::Female) => self.other_female = false,
                None => {}
            }
            return Other::No;
        }
        let from = if has(marks.suspect) {
            // His partner is the victim, and hers the suspect, unless it is another one.
            self.owner_of(tokens, at).filter(|&(of, is_another)| is_another || self.other[of] != Other::No).map(|(of, _)| of)
        } else if [marks.mother, marks.father, marks.sibling, marks.adult].into_iter().any(has) {
            self.owner_of(tokens, at).map(|(of, _)| of)
        } else {
            self.brought_in(tokens, at, word, symbols)
        };
        let Some(from) = from else { return Other::No };
        let opens = from == 0 || tokens.words[from].before >= Break::Comma || self.policy.lexicon.word_has_mark(marks.opening, tokens.folded(from - 1));
        let related = tokens.words.get(at + 1).is_some_and(|_| self.policy.lexicon.word_has_mark(marks.relative, tokens.folded(at + 1)));
        let went_on = at > 0 && from == at && self.other[at - 1] == Other::Acts;
        if tokens.words[at].possessive || !(opens || related || went_on) {
            return Other::Stands;
        }
        self.other_male |= has(marks.male) || has(marks.father);
        self.other_female |= has(marks.female) || has(marks.mother);
        Other::Acts
    }

    /// The grown-up whose kin or partner a word is, "his older brother": where the owner stands, and whether a word between says
    /// that it is another than before.
    fn owner_of(&self, tokens: &Tokens, at: usize) -> Option<(usize, bool)> {
        const FARTHEST: usize = 3;
        let lexicon = &self.policy.lexicon;
        let mut is_another = false;
        for of in (at.saturating_sub(FARTHEST)..at).rev() {
            if tokens.words[of + 1].before > Break::None {
                return None;
            }
            let word = tokens.folded(of);
            if let Some(who) = self.who[of] {
                let owns =
                    tokens.words[of].possessive || self.possessive.binary_search(&of).is_ok() || lexicon.word_has_mark(self.policy.marks.possessive, word);
                return (owns && matches!(who, Who::Victim | Who::Suspect | Who::Mother | Who::Father | Who::Adult)).then_some((of, is_another));
            }
            is_another |= lexicon.word_has_mark(self.policy.marks.other, word)
                || self.cast.parted == Some(false) && lexicon.word_has_mark(self.policy.marks.former, word);
        }
        None
    }

    /// Whether a name that the form does not list is somebody else's: behind one of them ("her brother Selim"), behind "called", or
    /// named so before. Gives the word where the mention of that person begins.
    fn brought_in(&mut self, tokens: &Tokens, at: usize, word: &str, symbols: &[Symbol]) -> Option<usize> {
        let lexicon = &self.policy.lexicon;
        if !self.cast.knows_names || !tokens.words[at].capital || self.who[at].is_some_and(Who::is_child) {
            return None;
        }
        if self.others.contains(word) {
            return Some(at);
        }
        if at == 0 || !symbols.is_empty() && !lexicon.mark(self.policy.marks.word_names, symbols) {
            return None;
        }
        let from = if tokens.words[at].before <= Break::Comma && self.other[at - 1] != Other::No && !tokens.words[at - 1].possessive {
            at
        } else if at > 1 && lexicon.word_has_mark(self.policy.marks.naming, tokens.folded(at - 1)) {
            at - 2
        } else {
            return None;
        };
        self.others.insert(word.to_owned());
        Some(from)
    }

    /// Whether a name that the form does not list is a child's: brought in with an age, "Kai (6)" or "Kai, 6 yrs," here
    /// or earlier in the text.
    fn introduce(&mut self, tokens: &Tokens, at: usize, word: &str, symbols: &[Symbol]) -> bool {
        let lexicon = &self.policy.lexicon;
        if !tokens.words[at].capital || !symbols.is_empty() && !lexicon.mark(self.policy.marks.word_names, symbols) {
            return false;
        }
        if self.introduced.contains(word) {
            return true;
        }
        let marked = |at: usize| at < tokens.words.len() && lexicon.word_has_mark(self.policy.marks.age_words, tokens.folded(at));
        // A surname may stand between: "Kai Doyle (6)".
        let Some(number) = (at + 1..tokens.words.len().min(at + 4)).find(|&next| tokens.folded(next).as_bytes()[0].is_ascii_digit()) else {
            return false;
        };
        let words = at + 1..number;
        let aged = marked(number - 1) && number > at + 1;
        let surname = words.len() - usize::from(aged);
        if surname > 1 || words.clone().any(|next| tokens.words[next].before > Break::Comma) || surname == 1 && !tokens.words[at + 1].capital {
            return false;
        }
        let set_off = tokens.words[number].before >= Break::Comma && tokens.words[number].before < Break::Sentence;
        let closed = marked(number + 1) || tokens.words.get(number + 1).is_none_or(|after| after.before >= Break::Comma);
        let is_child = tokens.folded(number).parse::<u32>().is_ok_and(|age| age < ADULT_YEARS);
        if is_child && (aged || set_off && closed) {
            self.introduced.insert(word.to_owned());
            return true;
        }
        false
    }

    /// "The boy" where one boy is listed.
    fn by_gender(&self, symbols: &[Symbol]) -> Who {
        let wanted = if self.policy.lexicon.mark(self.policy.marks.male, symbols) {
            Gender::Male
        } else if self.policy.lexicon.mark(self.policy.marks.female, symbols) {
            Gender::Female
        } else {
            return match self.owner {
                Owner::Child(child) => Who::Child(child),
                Owner::Victim | Owner::Nobody => Who::SomeChild,
            };
        };
        let mut fitting = self.cast.children.iter().enumerate().filter(|(_, gender)| **gender == Some(wanted));
        match (fitting.next(), fitting.next()) {
            (Some((at, _)), None) => Who::Child(at as u16),
            _ => Who::SomeChild,
        }
    }

    fn reads_as_name(&self, tokens: &Tokens, at: usize) -> bool {
        let first = at == 0 || tokens.words[at].sentence != tokens.words[at - 1].sentence;
        if !first {
            return true;
        }
        // "Will be seen by…" opens with a verb, "Will was…" with a name.
        at + 1 >= tokens.words.len() || !self.policy.lexicon.word_has_mark(self.policy.marks.not_after_name, tokens.folded(at + 1))
    }
}

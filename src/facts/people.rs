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
            if let Some(name) = &adult.name {
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
        let mut out = Annotator { cast: self, policy, owner, male: None, female: None, introduced: FxHashSet::default(), who: Vec::new(), named: Vec::new() };
        if let Owner::Child(child) = owner {
            let this = Some(Who::Child(child));
            match self.children.get(usize::from(child)).copied().flatten() {
                Some(Gender::Male) => out.male = this,
                Some(Gender::Female) => out.female = this,
                None => (out.male, out.female) = (this, this),
            }
        }
        if out.male.is_none() && self.two_adults {
            out.male = Some(if self.suspect == Gender::Male { Who::Suspect } else { Who::Victim });
        }
        if out.female.is_none() && self.two_adults {
            out.female = Some(if self.victim == Gender::Female { Who::Victim } else { Who::Suspect });
        }
        out
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
}

impl Annotator<'_> {
    /// The next word: finds whom it stands for and adds its classes.
    pub fn word(&mut self, tokens: &Tokens, at: usize, word: &str, symbols: &[Symbol], classes: &mut Vec<usize>) {
        let who = self.find(tokens, at, word, symbols).or_else(|| self.introduce(tokens, at, word, symbols).then_some((Who::SomeChild, false)));
        self.who.push(who.map(|(who, _)| who));
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

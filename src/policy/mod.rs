//! A policy pack, checked and compiled once.
//!
//! The pack is data ([`source::Pack`]); [`Policy`] is the same with its phrases in one automaton, its rules
//! parsed and its references resolved. Every problem is listed, none is guessed around.

pub mod reader;
pub mod source;
pub mod when;

pub use reader::SecondReader;
pub use source::{About, Pack, Weight};
pub use when::When;

use crate::table::Table;
use crate::text::{Cue, Lexicon, LexiconBuilder};
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};
use std::fmt;

/// A side of what an incident meant for a child.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Facet {
    /// What the child saw, heard or was caught up in.
    Exposure,
    /// How the child looked and behaved.
    Presentation,
    /// What the child said.
    Voice,
    /// Injury, illness, hunger, physical care.
    Physical,
    /// Sleep, school, eating, play, development, harm building up.
    Functioning,
    /// Who keeps the child safe now, and how.
    Safety,
}

impl Facet {
    /// All six, in the order of the report.
    pub const ALL: [Facet; 6] = [Facet::Exposure, Facet::Presentation, Facet::Voice, Facet::Physical, Facet::Functioning, Facet::Safety];

    /// As the pack and the report write it.
    pub fn name(self) -> &'static str {
        match self {
            Facet::Exposure => "exposure",
            Facet::Presentation => "presentation",
            Facet::Voice => "voice",
            Facet::Physical => "physical",
            Facet::Functioning => "functioning",
            Facet::Safety => "safety",
        }
    }

    /// The facet of this name.
    pub fn named(name: &str) -> Option<Facet> {
        Facet::ALL.into_iter().find(|facet| facet.name() == name)
    }

    /// Whether it alone makes a description of impact.
    pub fn describes(self) -> bool {
        !matches!(self, Facet::Exposure | Facet::Safety)
    }
}

/// What a phrase belongs to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A concept, by number.
    Concept(usize),
    /// A family of a facet.
    Facet(Facet),
    /// A family of empty phrases, by number.
    Empty(usize),
    /// Vague decisions of a strategy discussion.
    Vague,
    /// "Ex", in an adult's relationship.
    Ex,
    /// "Stepson", in a child's relationship.
    NotSuspects,
}

/// A named list of phrases.
#[derive(Clone, Debug)]
pub struct Entry {
    /// What it belongs to.
    pub kind: Kind,
    /// Its key in the pack.
    pub id: String,
    /// Whom it must be about.
    pub about: About,
}

/// Marks of words for people, as numbers of [`Lexicon::mark`].
#[derive(Clone, Copy, Debug, Default)]
#[allow(missing_docs, reason = "each is the list that its name says")]
pub struct PeopleMarks {
    pub child: usize,
    pub children: usize,
    pub sibling: usize,
    pub mother: usize,
    pub father: usize,
    pub victim: usize,
    pub suspect: usize,
    pub adult: usize,
    pub professional: usize,
    pub male: usize,
    pub female: usize,
    pub he: usize,
    pub she: usize,
    pub they: usize,
    pub first: usize,
    pub subject: usize,
    pub word_names: usize,
    pub not_after_name: usize,
    pub age_words: usize,
    pub possessive: usize,
    pub other: usize,
    pub former: usize,
    pub naming: usize,
    pub agent: usize,
    pub opening: usize,
    pub relative: usize,
    pub abbreviation: usize,
}

/// Numbers of the classes that each form fills.
#[derive(Clone, Copy, Debug, Default)]
#[allow(missing_docs, reason = "each is the class that its name says")]
pub struct PeopleClasses {
    pub child: usize,
    pub victim: usize,
    pub suspect: usize,
    pub adult: usize,
    pub person: usize,
    pub whose: usize,
}

/// A compiled pack.
#[derive(Debug)]
pub struct Policy {
    /// The pack as data.
    pub pack: Pack,
    /// All phrases.
    pub lexicon: Lexicon,
    /// What phrase tags stand for: `tag / 2`, odd tags being exceptions.
    pub entries: Vec<Entry>,
    /// Cues, by tag from [`Policy::first_cue`].
    pub cues: Vec<Cue>,
    /// The first tag that is a cue.
    pub first_cue: u32,
    /// Words for people.
    pub marks: PeopleMarks,
    /// Classes filled per form.
    pub classes: PeopleClasses,
    /// Concept keys, in number order.
    pub concepts: Vec<String>,
    /// Empty-family keys, in number order.
    pub empty: Vec<String>,
    /// Indicators with their rules parsed.
    pub indicators: Vec<CompiledIndicator>,
    /// The question set of forms that name none.
    pub question_set: String,
    /// By set: the question keys in the set's order, with the concepts that show a yes.
    pub sets: Table<Vec<CompiledQuestion>>,
    /// Second readers, by task.
    pub readers: Table<SecondReader>,
    by_concept: FxHashMap<String, usize>,
}

/// An indicator, ready.
#[derive(Clone, Debug)]
pub struct CompiledIndicator {
    /// Its key.
    pub id: String,
    /// Its rule.
    pub when: When,
}

/// A question, ready.
#[derive(Clone, Debug)]
pub struct CompiledQuestion {
    /// Its key.
    pub key: String,
    /// Numbers of the concepts that show a yes.
    pub shown_by: Vec<usize>,
    /// Numbers of those that show it in a child's own words.
    pub shown_by_child: Vec<usize>,
}

/// A set in another numbering takes over the grade checks of the set that it maps to, as far as it asks what they ask.
fn adopt_checks(pack: &mut Pack) {
    let adopted: Vec<(String, Vec<source::GradeCheck>)> = pack
        .questions
        .iter()
        .filter(|(_, set)| set.grade_checks.is_empty())
        .filter_map(|(name, set)| {
            let whole = pack.questions.get(&set.meta.maps_to)?;
            let here = |key: &String| set.questions.iter().find(|(_, question)| question.maps_to.as_ref() == Some(key)).map(|(own, _)| own.clone());
            let checks = whole.grade_checks.iter().filter_map(|check| {
                let yes: Vec<String> = check.yes.iter().filter_map(here).collect();
                let any: Vec<String> = check.any.iter().filter_map(here).collect();
                let asks_all = yes.len() == check.yes.len() && any.is_empty() == check.any.is_empty();
                asks_all.then(|| source::GradeCheck { yes, any, ..check.clone() })
            });
            Some((name.clone(), checks.collect()))
        })
        .collect();
    for (name, checks) in adopted {
        if let Some(set) = pack.questions.get_mut(&name) {
            set.grade_checks = checks;
        }
    }
}

/// Everything wrong with a pack.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PolicyError {
    /// Each with where it is and what to do.
    pub problems: Vec<Problem>,
}

/// One thing wrong with a pack.
#[derive(Clone, Debug, PartialEq)]
pub struct Problem {
    /// Path of keys, as `concepts.strangulation.phrases[2]`.
    pub place: String,
    /// What is wrong and what to do.
    pub message: String,
}

impl fmt::Display for PolicyError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "the policy pack has {} problem{}:", self.problems.len(), if self.problems.len() == 1 { "" } else { "s" })?;
        for problem in &self.problems {
            write!(out, "\n  {}: {}", problem.place, problem.message)?;
        }
        Ok(())
    }
}

impl std::error::Error for PolicyError {}

/// Facts of the form that a rule may name.
pub const FACTS: &[&str] = &[
    "child-in-home",
    "child-in-room",
    "child-under-1",
    "child-under-2",
    "child-under-5",
    "child-under-8",
    "child-under-11",
    "child-under-13",
    "child-13-15",
    "child-16-17",
    "child-non-mobile",
    "child-disabled",
    "child-unborn",
    "child-on-plan",
    "child-looked-after",
    "domestic-abuse",
    "dash-high",
    "missing-over-3",
    "missing-form",
    "custody-form",
    "suspect-has-access",
];

/// Facts of the form that can show a yes to a question.
pub const QUESTION_FACTS: &[&str] = &["child-unborn", "child-under-18-months", "child-not-suspects", "relationship-ex"];

impl Policy {
    /// Reads a built pack and compiles it; its examples are run by [`crate::Guide::with_policy`].
    ///
    /// # Errors
    /// Every problem of the pack, with its place.
    pub fn from_json(json: &str) -> Result<Policy, PolicyError> {
        let refused = |place: &str, message: String| PolicyError { problems: vec![Problem { place: place.into(), message }] };
        let value = serde_json::from_str(json).map_err(|error| refused("pack", format!("is not JSON that can be read: {error}")))?;
        let pack = crate::place::read(&value).map_err(|misfit| refused(&misfit.path, format!("it should be {}", misfit.expected)))?;
        Policy::compile(pack)
    }

    /// Compiles a pack, without running its examples.
    ///
    /// # Errors
    /// Every problem of the pack, with its place.
    pub fn compile(pack: Pack) -> Result<Policy, PolicyError> {
        Compiler { problems: Vec::new(), builder: LexiconBuilder::default(), entries: Vec::new() }.run(pack)
    }

    /// Number of the concept with this key.
    pub fn concept(&self, key: &str) -> Option<usize> {
        self.by_concept.get(key).copied()
    }

    /// The set of questions of forms that name none.
    pub fn questions(&self) -> Option<&source::QuestionSet> {
        self.pack.questions.get(&self.question_set)
    }

    /// The set of questions that a form is answered by: the one that it names, where the pack holds it ready, or else the pack's own.
    pub fn set_of(&self, form: &crate::form::Referral) -> &str {
        let named = form.dash.as_ref().and_then(|dash| self.pack.questions.get_key_value(dash.question_set.as_ref()?));
        named.filter(|(_, set)| set.is_ready()).map_or(&self.question_set, |(name, _)| name)
    }

    /// The questions that a form is answered by.
    pub fn questions_of(&self, form: &crate::form::Referral) -> Option<&source::QuestionSet> {
        self.pack.questions.get(self.set_of(form))
    }

    /// Whether a yes to a question says something of the victim ("injured", "frightened"), so that its detail does too.
    pub fn asks_about_victim(&self, key: &str) -> bool {
        let about = |concept: &usize| self.pack.concepts.get(&self.concepts[*concept]).is_some_and(|concept| concept.about == About::Victim);
        self.sets.values().flatten().any(|question| question.key == key && question.shown_by.iter().any(about))
    }

    /// What an indicator is called and weighs.
    pub fn indicator(&self, at: usize) -> &source::Indicator {
        &self.pack.indicators[&self.indicators[at].id]
    }

    /// Whether an adult's relationship says that the couple has parted.
    pub fn says_ex(&self, relationship: &str) -> bool {
        self.holds(relationship, &Kind::Ex)
    }

    /// Whether a child's relationship says that the child is not the suspect's.
    pub fn not_suspects_child(&self, relationship: &str) -> bool {
        self.holds(relationship, &Kind::NotSuspects)
    }

    /// Whether a short text holds a phrase of this kind.
    fn holds(&self, text: &str, kind: &Kind) -> bool {
        let tokens = crate::text::Tokens::new(text);
        let symbols = self.lexicon.symbols(&tokens, |_, _, _, _| {});
        self.lexicon
            .find(&tokens, &symbols)
            .iter()
            .any(|hit| hit.tag < self.first_cue && hit.tag % 2 == 0 && self.entries[(hit.tag / 2) as usize].kind == *kind)
    }

    /// A source in words: title, publisher, year.
    pub fn cite(&self, key: &str) -> String {
        let Some(source) = self.pack.sources.get(key) else {
            return key.to_owned();
        };
        let mut out = source.title.clone();
        if !source.publisher.is_empty() {
            out.push_str(", ");
            out.push_str(&source.publisher);
        }
        let year = source.year.to_string();
        if !year.is_empty() {
            out.push_str(", ");
            out.push_str(&year);
        }
        out
    }
}

struct Compiler {
    problems: Vec<Problem>,
    builder: LexiconBuilder,
    entries: Vec<Entry>,
}

impl Compiler {
    fn run(mut self, mut pack: Pack) -> Result<Policy, PolicyError> {
        let classes = PeopleClasses {
            child: self.builder.dynamic_class("child"),
            victim: self.builder.dynamic_class("victim"),
            suspect: self.builder.dynamic_class("suspect"),
            adult: self.builder.dynamic_class("adult"),
            person: self.builder.dynamic_class("person"),
            whose: self.builder.dynamic_class("whose"),
        };
        for (name, members) in &pack.words.classes {
            if let Err(message) = self.builder.class(name, members.iter().map(String::as_str)) {
                self.problem(format!("words.classes.{name}"), message);
            }
        }
        let concepts: Vec<String> = pack.concepts.keys().cloned().collect();
        let by_concept = concepts.iter().enumerate().map(|(number, key)| (key.clone(), number)).collect();
        for (number, (key, concept)) in pack.concepts.iter().enumerate() {
            self.entry(Kind::Concept(number), key, concept.about, &format!("concepts.{key}"), &concept.phrases, &concept.except);
        }
        for (name, families) in &pack.facets {
            let Some(facet) = Facet::named(name) else {
                self.problem(format!("facets.{name}"), "is no facet; the six are exposure, presentation, voice, physical, functioning and safety".into());
                continue;
            };
            for (key, family) in families {
                self.entry(Kind::Facet(facet), key, About::Any, &format!("facets.{name}.{key}"), &family.phrases, &family.except);
            }
        }
        let empty: Vec<String> = pack.empty.keys().cloned().collect();
        for (number, (key, family)) in pack.empty.iter().enumerate() {
            self.entry(Kind::Empty(number), key, About::Any, &format!("empty.{key}"), &family.phrases, &family.except);
        }
        self.entry(Kind::Vague, "vague-decisions", About::Any, "settings.vague-decisions", &pack.settings.vague_decisions, &[]);
        self.entry(Kind::Ex, "relationship-ex", About::Any, "settings.relationship-ex", &pack.settings.relationship_ex, &[]);
        self.entry(
            Kind::NotSuspects,
            "relationship-not-suspects",
            About::Any,
            "settings.relationship-not-suspects",
            &pack.settings.relationship_not_suspects,
            &[],
        );
        let settings = &pack.settings;
        for (name, wanted) in [
            ("domestic-abuse", &settings.domestic_abuse),
            ("exploitation", &settings.exploitation),
            ("exploitation-acted-on", &settings.exploitation_acted_on),
            ("not-heard", &settings.not_heard),
        ] {
            for concept in wanted.iter().filter(|concept| !concepts.contains(concept)) {
                self.problem(format!("settings.{name}"), format!("there is no concept \"{concept}\""));
            }
        }
        let first_cue = self.entries.len() as u32 * 2;
        let mut cues = Vec::new();
        for (key, family) in &pack.words.cues {
            let tag = first_cue + cues.len() as u32;
            cues.push(Cue { kind: family.kind, direction: family.direction, reach: family.reach });
            for (at, phrase) in family.phrases.iter().enumerate() {
                if let Err(message) = self.builder.phrase(phrase, tag) {
                    self.problem(format!("words.cues.{key}.phrases[{at}]"), message);
                }
            }
        }
        let marks = self.marks(&pack);
        self.builder.numbers(pack.words.numbers.iter().map(String::as_str));
        self.builder.ordinary(pack.words.sentence.ordinary.iter().map(String::as_str));
        let indicators = self.indicators(&pack, &concepts);
        let question_set = pack.settings.questions.clone();
        if !pack.questions.is_empty() && !pack.questions.contains_key(&question_set) {
            self.problem("settings.questions".into(), format!("there is no question set \"{question_set}\""));
        }
        adopt_checks(&mut pack);
        let sets = pack.questions.iter().map(|(name, set)| (name.clone(), self.questions(name, set, &pack, &concepts))).collect();
        self.references(&pack);
        let mut readers = Table::new();
        for (task, reader) in &pack.readers {
            match SecondReader::new(reader) {
                Ok(reader) => {
                    readers.insert(task.clone(), reader);
                }
                Err(message) => self.problem(format!("readers.{task}"), message),
            }
        }
        let lexicon = match self.builder.build() {
            Ok(lexicon) => lexicon,
            Err(message) => {
                self.problems.push(Problem { place: "words.classes".into(), message });
                return Err(PolicyError { problems: self.problems });
            }
        };
        if !self.problems.is_empty() {
            return Err(PolicyError { problems: self.problems });
        }
        Ok(Policy {
            pack,
            lexicon,
            entries: self.entries,
            cues,
            first_cue,
            marks,
            classes,
            concepts,
            empty,
            indicators,
            question_set,
            sets,
            readers,
            by_concept,
        })
    }

    fn problem(&mut self, place: String, message: String) {
        self.problems.push(Problem { place, message });
    }

    fn entry(&mut self, kind: Kind, key: &str, about: About, place: &str, phrases: &[String], except: &[String]) {
        let tag = self.entries.len() as u32 * 2;
        self.entries.push(Entry { kind, id: key.to_owned(), about });
        for (list, phrases, tag) in [("phrases", phrases, tag), ("except", except, tag + 1)] {
            for (at, phrase) in phrases.iter().enumerate() {
                if let Err(message) = self.builder.phrase(phrase, tag) {
                    self.problem(format!("{place}.{list}[{at}]"), format!("\"{phrase}\": {message}"));
                }
            }
        }
    }

    fn marks(&mut self, pack: &Pack) -> PeopleMarks {
        let people = &pack.words.people.0;
        for name in people.keys().filter(|name| !source::PEOPLE.contains(&name.as_str())) {
            self.problem(format!("words.people.{name}"), format!("is no list of words for people; the lists are {}", source::PEOPLE.join(", ")));
        }
        let mut mark = |name: &str, words: &[String]| match self.builder.mark(words.iter().map(String::as_str)) {
            Ok(mark) => mark,
            Err(message) => {
                self.problems.push(Problem { place: format!("words.people.{name}"), message });
                0
            }
        };
        let abbreviation = mark("abbreviations", &pack.words.sentence.abbreviations);
        let mut of = |name: &str| mark(name, people.get(name).map(Vec::as_slice).unwrap_or_default());
        PeopleMarks {
            child: of("child_words"),
            children: of("children_words"),
            sibling: of("sibling_words"),
            mother: of("mother_words"),
            father: of("father_words"),
            victim: of("victim_words"),
            suspect: of("suspect_words"),
            adult: of("adult_words"),
            professional: of("professional_words"),
            male: of("male_words"),
            female: of("female_words"),
            he: of("male_pronouns"),
            she: of("female_pronouns"),
            they: of("neutral_pronouns"),
            first: of("first_pronouns"),
            subject: of("subject_pronouns"),
            word_names: of("word_names"),
            not_after_name: of("not_after_name"),
            age_words: of("age_words"),
            possessive: of("possessive_pronouns"),
            other: of("other_words"),
            former: of("former_words"),
            naming: of("naming_words"),
            agent: of("agent_words"),
            opening: of("opening_words"),
            relative: of("relative_words"),
            abbreviation,
        }
    }

    fn indicators(&mut self, pack: &Pack, concepts: &[String]) -> Vec<CompiledIndicator> {
        let mut out = Vec::new();
        for (key, indicator) in &pack.indicators {
            let place = format!("indicators.{key}.when");
            if !(1..=4).contains(&indicator.level) {
                self.problem(format!("indicators.{key}.level"), format!("{} is no level; the levels are 1 to 4", indicator.level));
            }
            if indicator.weight == Weight::RedFlag && !indicator.lowers.is_empty() {
                self.problem(format!("indicators.{key}.lowers"), "nothing may lower a red flag; remove the list".into());
            }
            if indicator.when.trim().is_empty() {
                self.problem(place, "says when the indicator is shown; it is empty".into());
                continue;
            }
            match When::parse(&indicator.when) {
                Ok(when) => {
                    when.concepts(&mut |name| {
                        if !concepts.iter().any(|concept| concept == name) {
                            self.problems.push(Problem { place: place.clone(), message: format!("there is no concept \"{name}\"") });
                        }
                    });
                    when.facts(&mut |name| {
                        if !FACTS.contains(&name) {
                            self.problems
                                .push(Problem { place: place.clone(), message: format!("there is no fact \"{name}\"; the facts are {}", FACTS.join(", ")) });
                        }
                    });
                    out.push(CompiledIndicator { id: key.clone(), when });
                }
                Err(message) => self.problem(place, message),
            }
        }
        out
    }

    fn questions(&mut self, set: &str, questions: &source::QuestionSet, pack: &Pack, concepts: &[String]) -> Vec<CompiledQuestion> {
        let known = |key: &String| pack.questions.values().any(|set| !set.follows_up() && set.questions.contains_key(key));
        let meta = &questions.meta;
        for (list, keys) in [("opened-by", &meta.opened_by), ("not-asked", &meta.not_asked)] {
            for key in keys.iter().filter(|key| !known(key)) {
                self.problem(format!("questions.{set}.meta.{list}"), format!("there is no question \"{key}\""));
            }
        }
        for name in meta.shown_by.iter().filter(|name| !concepts.contains(name)) {
            self.problem(format!("questions.{set}.meta.shown-by"), format!("there is no concept \"{name}\""));
        }
        if !meta.maps_to.is_empty() && !pack.questions.contains_key(&meta.maps_to) {
            self.problem(format!("questions.{set}.meta.maps-to"), format!("there is no question set \"{}\"", meta.maps_to));
        }
        let mut out = Vec::new();
        for (key, question) in &questions.questions {
            let mut numbers = |list: &str, names: &[String]| {
                let mut out = Vec::new();
                for name in names {
                    match concepts.iter().position(|concept| concept == name) {
                        Some(number) => out.push(number),
                        None => self.problem(format!("questions.{set}.questions.{key}.{list}"), format!("there is no concept \"{name}\"")),
                    }
                }
                out
            };
            let shown_by = numbers("shown_by", &question.shown_by);
            let shown_by_child = numbers("shown_by_child", &question.shown_by_child);
            for fact in &question.facts {
                if !QUESTION_FACTS.contains(&fact.as_str()) {
                    self.problem(
                        format!("questions.{set}.questions.{key}.facts"),
                        format!("there is no fact \"{fact}\"; the facts are {}", QUESTION_FACTS.join(", ")),
                    );
                }
            }
            out.push(CompiledQuestion { key: key.clone(), shown_by, shown_by_child });
        }
        // q2 before q10.
        out.sort_by_key(|question| (question.key.trim_start_matches(|c: char| !c.is_ascii_digit()).parse::<u32>().unwrap_or(u32::MAX), question.key.clone()));
        for check in &questions.grade_checks {
            for key in check.yes.iter().chain(&check.any) {
                if !questions.questions.contains_key(key) {
                    self.problem(format!("questions.{set}.grade_check.{}", check.id), format!("there is no question \"{key}\""));
                }
            }
        }
        out
    }

    fn references(&mut self, pack: &Pack) {
        let mut need = |place: String, key: &str| {
            if !key.is_empty() && !pack.sources.contains_key(key) {
                self.problems.push(Problem { place, message: format!("the source \"{key}\" is not in sources.toml; add it or correct the key") });
            }
        };
        for (key, concept) in &pack.concepts {
            need(format!("concepts.{key}.source"), concept.source.as_deref().unwrap_or(""));
        }
        for (key, indicator) in &pack.indicators {
            need(format!("indicators.{key}.source"), &indicator.source);
        }
        for (facet, families) in &pack.facets {
            for (key, family) in families {
                need(format!("facets.{facet}.{key}.source"), family.source.as_deref().unwrap_or(""));
            }
        }
        for (key, family) in &pack.empty {
            need(format!("empty.{key}.source"), family.source.as_deref().unwrap_or(""));
        }
        for (set, questions) in &pack.questions {
            for check in &questions.grade_checks {
                need(format!("questions.{set}.grade_check.{}.source", check.id), &check.source);
            }
        }
        for (setting, key) in &pack.settings.sources {
            need(format!("settings.sources.{setting}"), key);
        }
        for (code, wording) in &pack.findings {
            need(format!("findings.{code}.source"), &wording.source);
        }
        for (code, wording) in &pack.findings {
            if !["required", "warning", "prompt", "info"].contains(&wording.severity.as_str()) {
                self.problems.push(Problem {
                    place: format!("findings.{code}.severity"),
                    message: format!("\"{}\" is no severity; the four are required, warning, prompt and info", wording.severity),
                });
            }
        }
    }
}

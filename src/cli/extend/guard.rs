//! What a local pack may not do.

use referral_guide::policy::source::{Indicator, Settings};
use referral_guide::policy::{Pack, Problem, Weight, When};
use serde_json::{Map, Value};
use std::collections::{BTreeMap, BTreeSet};

/// Findings that a host must never count as open, since that would hold back a referral.
const ADVICE: &[&str] = &["threshold.likely-below", "threshold.not-enough-information"];

/// Everything in a local pack that would remove, weaken or silence what the pack below says of a child in danger.
pub fn refusals(base: &Pack, local: &Map<String, Value>) -> Vec<Problem> {
    let mut guard = Guard { base, guarded: Guarded::of(base), problems: Vec::new() };
    for (part, value) in local {
        guard.removals(part, value);
    }
    for (key, fields) in entries(local, "indicators") {
        guard.indicator(key, fields);
    }
    for (key, fields) in entries(local, "concepts") {
        guard.concept(key, fields);
    }
    for (set, questions) in entries(local, "questions") {
        guard.questions(set, questions);
    }
    for (code, fields) in entries(local, "findings") {
        guard.finding(code, fields);
    }
    for (tag, locale) in entries(local, "locales") {
        for (code, fields) in locale.get("findings").and_then(Value::as_object).into_iter().flatten() {
            guard.wording(code, fields, &format!("locales.{tag}.findings.{code}"));
        }
    }
    if local.get("policy").and_then(|policy| policy.get("id")).and_then(Value::as_str) == Some(&base.policy.id) {
        guard.refuse("policy.id".into(), format!("is that of the pack below; reports would name \"{}\" for what this pack says", base.policy.id));
    }
    guard.settings(local.get("settings"));
    guard.words(local.get("words"));
    guard.problems
}

fn entries<'a>(pack: &'a Map<String, Value>, part: &str) -> impl Iterator<Item = (&'a String, &'a Value)> {
    pack.get(part).and_then(Value::as_object).into_iter().flatten()
}

/// What the grave signs of a pack rest on.
pub(super) struct Guarded {
    /// Concepts that show one, each with the sign's key.
    pub shows: BTreeMap<String, String>,
    /// Concepts that speak against one.
    pub hides: BTreeMap<String, String>,
}

impl Guarded {
    pub fn of(pack: &Pack) -> Guarded {
        let mut out = Guarded { shows: BTreeMap::new(), hides: BTreeMap::new() };
        for (key, indicator) in pack.indicators.iter().filter(|(_, indicator)| grave(indicator)) {
            let Ok(when) = When::parse(&indicator.when) else { continue };
            polarity(&when, true, &mut |name, shows| {
                let place = if shows { &mut out.shows } else { &mut out.hides };
                // A red flag is named before another sign that rests on the same concept.
                if indicator.weight == Weight::RedFlag || !place.contains_key(name) {
                    place.insert(name.to_owned(), key.clone());
                }
            });
        }
        out
    }
}

/// A sign of levels 3 or 4, or a red flag.
pub(super) fn grave(indicator: &Indicator) -> bool {
    indicator.level >= 3 || indicator.weight == Weight::RedFlag
}

fn polarity(when: &When, shows: bool, visit: &mut impl FnMut(&str, bool)) {
    match when {
        When::Concept(name, _) => visit(name, shows),
        When::Fact(_) | When::Answer(_) => {}
        When::All(parts) | When::Any(parts) | When::Count(parts, _) => parts.iter().for_each(|part| polarity(part, shows, visit)),
        When::Not(part) => polarity(part, !shows, visit),
    }
}

/// Whether `new` holds wherever `old` does, as far as its shape tells.
fn covers(new: &When, old: &When) -> bool {
    let alternatives = |when: &When| match when {
        When::Any(parts) => parts.clone(),
        other => vec![other.clone()],
    };
    let new = alternatives(new);
    alternatives(old).iter().all(|part| new.contains(part))
}

/// Whether a rule can hold only where something is said.
fn needs_words(when: &When) -> bool {
    match when {
        When::Concept(..) => true,
        When::Fact(_) | When::Answer(_) | When::Not(_) => false,
        When::All(parts) => parts.iter().any(needs_words),
        When::Any(parts) => parts.iter().all(needs_words),
        When::Count(parts, least) => *least > 0 && parts.iter().all(needs_words),
    }
}

struct Guard<'a> {
    base: &'a Pack,
    guarded: Guarded,
    problems: Vec<Problem>,
}

impl Guard<'_> {
    fn refuse(&mut self, place: String, message: String) {
        self.problems.push(Problem { place, message });
    }

    /// "the red flag "A bite mark" (phys-bite-mark)".
    fn sign(&self, key: &str) -> String {
        let indicator = &self.base.indicators[key];
        let what = if indicator.weight == Weight::RedFlag { "red flag".to_owned() } else { format!("level {} sign", indicator.level) };
        format!("the {what} \"{}\" ({key})", indicator.name)
    }

    fn removals(&mut self, path: &str, value: &Value) {
        let Value::Object(fields) = value else { return };
        for (key, value) in fields {
            let path = format!("{path}.{key}");
            if matches!(key.as_str(), "remove" | "disabled" | "delete") {
                self.refuse(path, "a local pack removes nothing: it adds and tightens. Remove this line".into());
            } else {
                self.removals(&path, value);
            }
        }
    }

    fn indicator(&mut self, key: &str, fields: &Value) {
        let place = |field: &str| format!("indicators.{key}.{field}");
        let when = fields.get("when").and_then(Value::as_str).map(|text| (text, When::parse(text)));
        let level = fields.get("level").and_then(Value::as_u64);
        let Some(old) = self.base.indicators.get(key) else {
            let low = level.is_some_and(|level| level < 3) && fields.get("use").and_then(Value::as_str) != Some("red-flag");
            if let Some((_, Ok(when))) = when
                && low
                && !needs_words(&when)
            {
                self.refuse(
                    place("when"),
                    "a sign of levels 1 or 2 supports \"likely below\", so it must rest on something that is said; name a concept".into(),
                );
            }
            return;
        };
        let sign = self.sign(key);
        if level.is_some_and(|level| level < u64::from(old.level)) {
            self.refuse(place("level"), format!("lowers {sign} from {}; a local pack may raise a level, never lower one", old.level));
        }
        if let Some(Ok(new)) = fields.get("use").map(|weight| serde_json::from_value::<Weight>(weight.clone()))
            && new < old.weight
        {
            self.refuse(place("use"), format!("weakens {sign}; a local pack may make a sign weightier, never lighter"));
        }
        if let Some((text, Ok(new))) = when {
            let kept = When::parse(&old.when).is_ok_and(|old| if old_is_low(self.base, key) { new == old } else { covers(&new, &old) });
            if !kept && text.trim() != old.when.trim() {
                let hint = if grave(old) { format!("write `{} or …`", old.when) } else { "add a sign of its own instead".into() };
                self.refuse(place("when"), format!("would silence {sign} where it speaks today; {hint}"));
            }
        } else if let Some((text, Err(_))) = when
            && text.trim().is_empty()
        {
            self.refuse(place("when"), format!("would silence {sign}; remove the line"));
        }
        if fields.get("lowers").is_some() && grave(old) {
            self.refuse(place("lowers"), format!("nothing may lower {sign}; remove the list"));
        }
    }

    fn concept(&mut self, key: &str, fields: &Value) {
        let Some(old) = self.base.concepts.get(key) else { return };
        let place = |field: &str| format!("concepts.{key}.{field}");
        let shows = self.guarded.shows.get(key).map(|sign| self.sign(sign));
        let hides = self.guarded.hides.get(key).map(|sign| self.sign(sign));
        if let Some(sign) = shows {
            if has_items(fields, "except") {
                self.refuse(
                    place("except"),
                    format!("an exception would silence {sign}; remove it, or ask the owner of \"{}\" to make it", self.base.policy.id),
                );
            }
            if fields.get("about").and_then(Value::as_str).is_some_and(|about| about != "any" && Some(about) != name_of(old.about).as_deref()) {
                self.refuse(place("about"), format!("would silence {sign} where it is said of somebody else; remove the line"));
            }
        }
        if let Some(sign) = hides
            && has_items(fields, "phrases")
        {
            self.refuse(place("phrases"), format!("speak against {sign}; a local pack cannot add to them"));
        }
    }

    fn questions(&mut self, set: &str, fields: &Value) {
        let Some(old) = self.base.questions.get(set) else { return };
        if fields.pointer("/meta/ready").is_some() {
            self.refuse(
                format!("questions.{set}.meta.ready"),
                format!("whether a set is ready to use is said in \"{}\"; remove the line", self.base.policy.id),
            );
        }
        let questions = fields.get("questions").and_then(Value::as_object);
        for (key, fields) in questions.into_iter().flatten().filter_map(|(key, fields)| Some((key, fields.as_object()?))) {
            let Some(old) = old.questions.get(key) else { continue };
            let place = |field: &str| format!("questions.{set}.questions.{key}.{field}");
            let rank = |marker: &str| ["none", "medium", "high"].iter().position(|name| *name == marker).unwrap_or(0);
            if fields.get("marker").and_then(Value::as_str).is_some_and(|marker| rank(marker) < rank(&old.marker)) {
                self.refuse(place("marker"), format!("lowers a question that is marked {}; remove the line", old.marker));
            }
            for (flag, was) in [("needs_detail", old.needs_detail), ("children", old.children)] {
                if was && fields.get(flag) == Some(&Value::Bool(false)) {
                    self.refuse(place(flag), "takes a safeguard from a question; remove the line".into());
                }
            }
        }
    }

    fn finding(&mut self, code: &str, fields: &Value) {
        let Some(old) = self.base.findings.get(code) else {
            return self.refuse(format!("findings.{code}"), "no rule speaks under this code; correct it".into());
        };
        let order = ["info", "prompt", "warning", "required"];
        let rank = |name: &str| order.iter().position(|severity| *severity == name);
        if let Some(new) = fields.get("severity").and_then(Value::as_str)
            && let (Some(new), Some(old)) = (rank(new), rank(&old.severity))
        {
            let place = format!("findings.{code}.severity");
            if ADVICE.contains(&code) && new > old {
                self.refuse(place, format!("is {} so that it never holds back a referral; it cannot be raised", order[old]));
            } else if !ADVICE.contains(&code) && new < old {
                self.refuse(place, format!("lowers a safeguard from {}; a local pack may raise a severity, never lower one", order[old]));
            }
        }
        self.wording(code, fields, &format!("findings.{code}"));
    }

    /// Wording, here or in another language, says what the original says: no unknown place to fill, none lost that matters.
    fn wording(&mut self, code: &str, fields: &Value, path: &str) {
        let Some(old) = self.base.findings.get(code) else {
            return self.refuse(path.to_owned(), "no rule speaks under this code; correct it".into());
        };
        let known: BTreeSet<&str> = old.variants.values().chain([&old.message, &old.why]).flat_map(|text| fills(text)).chain(["child"]).collect();
        let mut texts: Vec<(String, &str, &str)> = Vec::new();
        for (field, was) in [("message", &old.message), ("why", &old.why)] {
            texts.extend(fields.get(field).and_then(Value::as_str).map(|text| (format!("{path}.{field}"), text, was.as_str())));
        }
        for (name, text) in fields.get("variants").and_then(Value::as_object).into_iter().flatten() {
            match old.variants.get(name) {
                Some(was) => texts.extend(text.as_str().map(|text| (format!("{path}.variants.{name}"), text, was.as_str()))),
                None => self.refuse(format!("{path}.variants.{name}"), format!("{code} has no message \"{name}\"; correct it")),
            }
        }
        for (place, text, was) in texts {
            if text.trim().is_empty() {
                self.refuse(place, "says nothing; write the sentence or remove the line".into());
                continue;
            }
            if let Some(name) = fills(text).find(|name| !known.contains(name)) {
                self.refuse(place.clone(), format!("{{{name}}} is never filled here; it may hold {}", list(&known)));
            }
            if ADVICE.contains(&code)
                && let Some(name) = fills(was).find(|name| !fills(text).any(|here| here == *name))
            {
                self.refuse(place, format!("{{{name}}} is missing: the officer must hear what would change it and who can help"));
            }
        }
    }

    fn settings(&mut self, settings: Option<&Value>) {
        let Some(Value::Object(settings)) = settings else { return };
        let old: &Settings = &self.base.settings;
        let (up, down) = ("may only be raised", "may only be lowered");
        for (name, was, rule) in [
            ("child-until", old.child_until, up),
            ("below-words", old.below_words, up),
            ("contradictions-shown", old.contradictions_shown, up),
            ("year-months", old.year_months, up),
            ("missing-episodes", old.missing_episodes, down),
            ("return-interview-hours", old.return_interview_hours, down),
            ("speaks-from", old.speaks_from, down),
        ] {
            let Some(new) = settings.get(name).and_then(Value::as_f64) else { continue };
            if (rule == up && new < f64::from(was)) || (rule == down && new > f64::from(was)) {
                self.refuse(format!("settings.{name}"), format!("is a safeguard and {rule}; it is {was} in \"{}\"", self.base.policy.id));
            }
        }
        for name in ["local-levels", "routes"] {
            let Some(list) = settings.get(name).and_then(Value::as_array) else { continue };
            if list.len() != 4 || list.iter().any(|item| item.as_str().is_none_or(|text| text.trim().is_empty())) {
                self.refuse(format!("settings.{name}"), format!("names the four canonical levels, in order; it has {} names", list.len()));
            }
        }
        if let Some(set) = settings.get("questions").and_then(Value::as_str)
            && self.base.questions.get(set).is_some_and(|set| set.questions.is_empty() || set.meta.ready == Some(false))
        {
            self.refuse("settings.questions".into(), format!("\"{set}\" is a frame with holes, not a set to use: answers would go unchecked"));
        }
    }

    fn words(&mut self, words: Option<&Value>) {
        let Some(Value::Object(words)) = words else { return };
        for part in ["cues", "numbers"] {
            if words.contains_key(part) {
                self.refuse(
                    format!("words.{part}"),
                    "decides what is read as denied or doubted, and could silence a red flag; it belongs to the pack below".into(),
                );
            }
        }
        if words.get("sentence").is_some_and(|sentence| has_items(sentence, "ordinary")) {
            self.refuse("words.sentence.ordinary".into(), "would stop a misspelt red flag from being read; it belongs to the pack below".into());
        }
        for class in words.get("classes").and_then(Value::as_object).into_iter().flat_map(Map::keys) {
            if let Some(sign) = self.excepted_by(class) {
                self.refuse(
                    format!("words.classes.{class}"),
                    format!("is used in an exception to {sign}, which more words would silence; use a class of another name"),
                );
            }
        }
    }

    /// The sign that an exception, or a concept that speaks against it, reads by this class.
    fn excepted_by(&self, class: &str) -> Option<String> {
        let mut names = vec![class.to_owned()];
        // A class may stand in another.
        for _ in 0..self.base.words.classes.len() {
            let more: Vec<String> = self
                .base
                .words
                .classes
                .iter()
                .filter(|(name, members)| !names.contains(name) && members.iter().any(|member| uses(member, &names)))
                .map(|(name, _)| name.clone())
                .collect();
            if more.is_empty() {
                break;
            }
            names.extend(more);
        }
        let in_list = |list: &[String]| list.iter().any(|phrase| uses(phrase, &names));
        self.guarded
            .shows
            .iter()
            .find(|(key, _)| self.base.concepts.get(key).is_some_and(|concept| in_list(&concept.except)))
            .or_else(|| self.guarded.hides.iter().find(|(key, _)| self.base.concepts.get(key).is_some_and(|concept| in_list(&concept.phrases))))
            .map(|(_, sign)| self.sign(sign))
    }
}

fn old_is_low(base: &Pack, key: &str) -> bool {
    base.indicators.get(key).is_some_and(|indicator| !grave(indicator))
}

fn uses(phrase: &str, classes: &[String]) -> bool {
    classes.iter().any(|class| phrase.contains(&format!("{{{class}}}")))
}

fn has_items(fields: &Value, name: &str) -> bool {
    fields.get(name).and_then(Value::as_array).is_some_and(|list| !list.is_empty())
}

fn name_of(value: impl serde::Serialize) -> Option<String> {
    serde_json::to_value(value).ok()?.as_str().map(str::to_owned)
}

fn fills(text: &str) -> impl Iterator<Item = &str> {
    text.split('{').skip(1).filter_map(|part| part.split_once('}').map(|(name, _)| name))
}

fn list(names: &BTreeSet<&str>) -> String {
    names.iter().map(|name| format!("{{{name}}}")).collect::<Vec<_>>().join(", ")
}

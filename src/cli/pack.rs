//! Builds a policy pack from its folder of TOML files, and finds the file and line of every problem.

use super::extend;
use referral_guide::Guide;
use referral_guide::policy::{Pack, Policy, PolicyError, Problem, source::Reader};
use serde_json::{Map, Value};
use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::{Path, PathBuf};
use toml::de::{DeTable, DeValue};

/// The file and line of every path of keys.
pub type Lines = BTreeMap<String, (PathBuf, usize)>;

/// A pack with the places its parts came from.
#[derive(Debug, Default)]
pub struct Loaded {
    /// The pack, whole: with everything of the one it extends.
    pub pack: Pack,
    /// The pack that it extends.
    pub base: Option<Box<Loaded>>,
    whole: Map<String, Value>,
    lines: Lines,
}

impl Loaded {
    /// The pack compiled, and its examples run.
    ///
    /// # Errors
    /// Every problem at its file and line.
    pub fn compile(&self) -> Result<Policy, String> {
        let policy = Policy::compile(self.pack.clone()).map_err(|error| self.explain(&error))?;
        let problems = referral_guide::check_examples(&policy);
        if problems.is_empty() { Ok(policy) } else { Err(self.explain(&PolicyError { problems })) }
    }

    /// The file that a path of keys came from.
    pub fn file(&self, path: &str) -> Option<&Path> {
        self.lines.get(path).map(|(file, _)| file.as_path())
    }

    /// Every problem at its file and line.
    pub fn explain(&self, error: &PolicyError) -> String {
        let mut out = format!("the policy pack has {} problem{}:", error.problems.len(), if error.problems.len() == 1 { "" } else { "s" });
        for problem in &error.problems {
            let _ = write!(out, "\n  {}{}: {}", self.place(&problem.place), problem.place, problem.message);
        }
        out
    }

    /// `file:line: ` of a path of keys, or of the nearest part that has one.
    pub fn place(&self, path: &str) -> String {
        let mut path = path.to_owned();
        loop {
            if let Some((file, line)) = self.lines.get(&path) {
                return format!("{}:{line}: ", file.display());
            }
            match path.rfind(['.', '[']) {
                Some(at) => path.truncate(at),
                None => return String::new(),
            }
        }
    }
}

/// Reads a built pack or a folder; one that extends another comes back merged with it and checked against it.
///
/// # Errors
/// What cannot be read, and every attempt to weaken the pack that is extended, at its file and line.
pub fn load(path: &Path) -> Result<Loaded, String> {
    load_over(path, &mut Vec::new())
}

fn load_over(path: &Path, above: &mut Vec<PathBuf>) -> Result<Loaded, String> {
    if !path.is_dir() {
        let text = super::read(path)?;
        return built(serde_json::from_str(&text).map_err(|error| format!("{}: {error}", path.display()))?);
    }
    let here = path.canonicalize().map_err(|error| format!("{}: {error}", path.display()))?;
    if above.contains(&here) {
        return Err(format!("{}: extends itself, by way of the packs between", path.display()));
    }
    above.push(here);
    let local = folder(path)?;
    let Some(name) = local.whole.get("policy").and_then(|policy| policy.get("extends")).and_then(Value::as_str).map(str::to_owned) else {
        return finish(local);
    };
    let base = base(path, &name, above).map_err(|error| format!("{}{error}", local.place("policy.extends")))?;
    extended(local, base)
}

/// The pack that `extends` names: a folder beside this one, a built file beside it, or England's, which is built in.
fn base(path: &Path, name: &str, above: &mut Vec<PathBuf>) -> Result<Loaded, String> {
    let folder = match path.parent() {
        Some(parent) if path.file_name().is_some() && parent != Path::new("") => parent.to_owned(),
        _ => path.canonicalize().map_err(|error| error.to_string())?.parent().unwrap_or(path).to_owned(),
    };
    let beside = folder.join(name);
    let file = beside.with_file_name(format!("{name}.json"));
    let guide = || Guide::new().policy().pack.clone();
    match () {
        () if beside.join("policy.toml").is_file() => load_over(&beside, above),
        () if file.is_file() => load_over(&file, above),
        () if name == "england" => built(guide()),
        () => Err(format!("there is no pack \"{name}\" to extend: neither a folder {name} nor a file {name}.json stands beside this pack")),
    }
}

fn built(pack: Pack) -> Result<Loaded, String> {
    let Ok(Value::Object(whole)) = serde_json::to_value(&pack) else { return Err("the built pack is no object".into()) };
    Ok(Loaded { pack, base: None, whole, lines: Lines::new() })
}

fn extended(local: Loaded, base: Loaded) -> Result<Loaded, String> {
    let refuse = |loaded: &Loaded, problems: Vec<Problem>| Err(loaded.explain(&PolicyError { problems }));
    let refused = extend::refusals(&base.pack, &local.whole);
    if !refused.is_empty() {
        return refuse(&local, refused);
    }
    let (whole, lines) = extend::merge(&base, &local);
    let mut loaded = finish(Loaded { pack: Pack { readers: base.pack.readers.clone(), ..Pack::default() }, base: Some(Box::new(base)), whole, lines })?;
    let base = loaded.base.as_ref().expect("it was put there");
    let version = &base.pack.policy;
    loaded.pack.policy.extends = Some(format!("{} {}", version.id, version.version));
    let weaker = extend::weaker(&base.pack, &loaded.pack);
    if weaker.is_empty() { Ok(loaded) } else { refuse(&loaded, weaker) }
}

/// Reads the parts into their types.
fn finish(mut loaded: Loaded) -> Result<Loaded, String> {
    let readers = std::mem::take(&mut loaded.pack.readers);
    match serde_path_to_error::deserialize::<_, Pack>(&Value::Object(loaded.whole.clone())) {
        Ok(pack) => {
            loaded.pack = Pack { readers, ..pack };
            Ok(loaded)
        }
        Err(error) => {
            let path = error.path().to_string();
            Err(format!("the policy pack cannot be read:\n  {}{path}: {}", loaded.place(&path), error.inner()))
        }
    }
}

impl Loaded {
    /// The parts as they were read.
    pub fn whole(&self) -> &Map<String, Value> {
        &self.whole
    }

    /// Where they were read.
    pub fn lines(&self) -> &Lines {
        &self.lines
    }
}

fn folder(root: &Path) -> Result<Loaded, String> {
    let mut builder = Builder { out: Map::new(), lines: BTreeMap::new(), problems: Vec::new() };
    if !root.join("policy.toml").is_file() {
        return Err(format!("{}: has no policy.toml, so it is no policy pack", root.display()));
    }
    for (file, part) in [
        ("policy.toml", "policy"),
        ("sources.toml", "sources"),
        ("settings.toml", "settings"),
        ("words.toml", "words"),
        ("empty.toml", "empty"),
        ("findings.toml", "findings"),
        ("asks.toml", "asks"),
    ] {
        let file = root.join(file);
        if file.is_file() {
            builder.file(&file, &[part]);
        }
    }
    for (name, part) in [("concepts", "concepts"), ("indicators", "indicators")] {
        for file in files(&root.join(name), "toml")? {
            builder.file(&file, &[part]);
        }
    }
    for part in ["facets", "questions", "locales"] {
        for file in files(&root.join(part), "toml")? {
            let stem = stem(&file);
            builder.file(&file, &[part, &stem]);
        }
    }
    let Builder { out, lines, mut problems } = builder;
    let mut loaded = Loaded { whole: out, lines, ..Loaded::default() };
    for file in files(&root.join("readers"), "json")? {
        let text = std::fs::read_to_string(&file).map_err(|error| format!("{}: {error}", file.display()))?;
        let reader: Reader = serde_json::from_str(&text).map_err(|error| format!("{}: {error}", file.display()))?;
        if loaded.whole.get("policy").is_some_and(|policy| policy.get("extends").is_some()) {
            problems.push(format!("{}:1: a pack that extends another keeps its second readers; remove this file", file.display()));
        }
        loaded.pack.readers.insert(stem(&file), reader);
    }
    if problems.is_empty() { Ok(loaded) } else { Err(format!("the policy pack cannot be read:\n  {}", problems.join("\n  "))) }
}

fn stem(file: &Path) -> String {
    file.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default()
}

/// Files of a folder with this ending, by name; none where there is no folder.
pub fn files(folder: &Path, ending: &str) -> Result<Vec<PathBuf>, String> {
    if !folder.is_dir() {
        return Ok(Vec::new());
    }
    let mut out: Vec<PathBuf> = std::fs::read_dir(folder)
        .map_err(|error| format!("{}: {error}", folder.display()))?
        .filter_map(Result::ok)
        .map(|entry| entry.path())
        .filter(|path| path.extension().is_some_and(|extension| extension == ending))
        .collect();
    out.sort();
    Ok(out)
}

struct Builder {
    out: Map<String, Value>,
    lines: BTreeMap<String, (PathBuf, usize)>,
    problems: Vec<String>,
}

impl Builder {
    fn file(&mut self, file: &Path, place: &[&str]) {
        let text = match std::fs::read_to_string(file) {
            Ok(text) => text,
            Err(error) => return self.problems.push(format!("{}: {error}", file.display())),
        };
        let table = match DeTable::parse(&text) {
            Ok(table) => table,
            Err(error) => {
                let line = error.span().map_or(1, |span| line_of(&text, span.start));
                return self.problems.push(format!("{}:{line}: {}", file.display(), error.message()));
            }
        };
        for (key, value) in table.get_ref() {
            let name: &str = key.get_ref();
            // Classes may stand beside the phrases that use them; a file of questions has them at its top.
            let place: Vec<&str> = match place {
                _ if name == "classes" => vec!["words"],
                ["questions", set] if !["meta", "grade_check"].contains(&name) => vec!["questions", set, "questions"],
                _ => place.to_vec(),
            };
            let path = format!("{}.{name}", place.join("."));
            self.lines.insert(path.clone(), (file.to_owned(), line_of(&text, key.span().start)));
            self.note(file, &text, &path, value.get_ref());
            let json = to_json(value.get_ref());
            let mut target = &mut self.out;
            for part in &place {
                let Value::Object(inner) = target.entry((*part).to_owned()).or_insert_with(|| Value::Object(Map::new())) else {
                    unreachable!("only objects are put here")
                };
                target = inner;
            }
            match (target.get_mut(name), json) {
                (Some(Value::Object(before)), Value::Object(more)) if name == "classes" => {
                    for (class, members) in more {
                        if let Some(Value::Array(list)) = before.get_mut(&class) {
                            if let Value::Array(members) = members {
                                list.extend(members.into_iter().filter(|member| !list.contains(member)).collect::<Vec<_>>());
                            }
                        } else {
                            before.insert(class, members);
                        }
                    }
                }
                (Some(_), _) => self.problems.push(format!("{}:{}: {path} is there twice; keep one", file.display(), line_of(&text, key.span().start))),
                (None, json) => {
                    target.insert(name.to_owned(), json);
                }
            }
        }
    }

    fn note(&mut self, file: &Path, text: &str, path: &str, value: &DeValue) {
        match value {
            DeValue::Table(table) => {
                for (key, value) in table {
                    let path = format!("{path}.{}", key.get_ref());
                    self.lines.insert(path.clone(), (file.to_owned(), line_of(text, key.span().start)));
                    self.note(file, text, &path, value.get_ref());
                }
            }
            DeValue::Array(items) => {
                for (at, item) in items.iter().enumerate() {
                    let path = format!("{path}[{at}]");
                    self.lines.insert(path.clone(), (file.to_owned(), line_of(text, item.span().start)));
                    self.note(file, text, &path, item.get_ref());
                }
            }
            _ => {}
        }
    }
}

fn line_of(text: &str, byte: usize) -> usize {
    text.as_bytes()[..byte.min(text.len())].iter().filter(|byte| **byte == b'\n').count() + 1
}

fn to_json(value: &DeValue) -> Value {
    match value {
        DeValue::String(text) => Value::String(text.to_string()),
        DeValue::Integer(number) => i64::from_str_radix(number.as_str(), number.radix()).map(Value::from).unwrap_or(Value::Null),
        DeValue::Float(number) => number.as_str().parse::<f64>().map(Value::from).unwrap_or(Value::Null),
        DeValue::Boolean(truth) => Value::Bool(*truth),
        DeValue::Datetime(moment) => Value::String(moment.to_string()),
        DeValue::Array(items) => Value::Array(items.iter().map(|item| to_json(item.get_ref())).collect()),
        DeValue::Table(table) => Value::Object(table.iter().map(|(key, value)| (key.get_ref().to_string(), to_json(value.get_ref()))).collect()),
    }
}

/// A compact pack as it is embedded for the web: without what only the page for the partnership and `diff` say of it. Reports are the same.
pub fn embedded(pack: &Pack) -> Pack {
    let mut out = compact(pack);
    for concept in out.concepts.values_mut() {
        concept.name.clear();
        concept.source = None;
    }
    for family in out.facets.values_mut().flat_map(|families| families.values_mut()) {
        family.ages.clear();
        family.source = None;
    }
    for set in out.questions.values_mut() {
        set.meta.name.clear();
        for question in set.questions.values_mut() {
            question.covers.clear();
            question.ask.clear();
        }
    }
    // What nothing that is left cites.
    let kept = serde_json::to_string(&(&out.indicators, &out.findings, &out.questions, &out.settings, &out.empty)).unwrap_or_default();
    out.sources.retain(|key, _| kept.contains(&format!("\"{key}\"")));
    for source in out.sources.values_mut() {
        source.link = None;
        source.status = None;
        source.note = None;
    }
    out
}

/// A pack as it is shipped: without examples and the notes that only editors read, and with phrases in order. What is alike then stands
/// together, which compresses by a further 2 %.
pub fn compact(pack: &Pack) -> Pack {
    let mut out = pack.clone();
    for concept in out.concepts.values_mut() {
        concept.matches.clear();
        concept.ignore.clear();
        concept.why = None;
        in_order(&mut concept.phrases);
        in_order(&mut concept.except);
    }
    for family in out.facets.values_mut().flat_map(|families| families.values_mut()) {
        family.matches.clear();
        family.ignore.clear();
        family.why.clear();
        in_order(&mut family.phrases);
        in_order(&mut family.except);
    }
    for family in out.empty.values_mut() {
        family.matches.clear();
        family.ignore.clear();
        in_order(&mut family.phrases);
        in_order(&mut family.except);
    }
    for cue in out.words.cues.values_mut() {
        cue.why = None;
    }
    for indicator in out.indicators.values_mut() {
        indicator.note = None;
        indicator.review_by = None;
    }
    for source in out.sources.values_mut() {
        source.review_by = None;
    }
    out.words.classes.values_mut().for_each(in_order);
    out
}

/// Sorts phrases, and the alternatives in each; neither means anything by its order.
fn in_order(phrases: &mut Vec<String>) {
    phrases.iter_mut().for_each(|phrase| *phrase = alternatives_in_order(&mut phrase.chars().peekable()).join("|"));
    phrases.sort_unstable();
    phrases.dedup();
}

/// The alternatives up to the end of a group or of the phrase, each with its own groups in order.
fn alternatives_in_order(rest: &mut std::iter::Peekable<std::str::Chars>) -> Vec<String> {
    let (mut out, mut one) = (Vec::new(), String::new());
    while let Some(letter) = rest.next_if(|&letter| letter != ')') {
        match letter {
            '|' => out.push(std::mem::take(&mut one)),
            '(' => {
                let mut inner = alternatives_in_order(rest);
                inner.sort_unstable();
                inner.dedup();
                one += &format!("({})", inner.join("|"));
                rest.next();
            }
            _ => one.push(letter),
        }
    }
    out.push(one);
    out.iter().map(|one| one.split_whitespace().collect::<Vec<_>>().join(" ")).collect()
}

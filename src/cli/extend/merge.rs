//! Laying a local pack over the one it extends.

use crate::cli::pack::{Lines, Loaded};
use serde_json::{Map, Value};

/// Lists that a local pack gives anew; every other list is added to.
fn given_anew(path: &str) -> bool {
    matches!(path, "settings.local-levels" | "settings.routes" | "settings.other-help")
        || path.starts_with("locales.") && (path.ends_with(".levels") || path.ends_with(".help"))
}

/// Both packs as one. An entry of the same key has its fields replaced and its lists added to; every other entry is new.
pub fn merge(base: &Loaded, local: &Loaded) -> (Map<String, Value>, Lines) {
    let mut lines = base.lines().clone();
    let mut whole = base.whole().clone();
    if let Some(Value::Object(policy)) = whole.get_mut("policy") {
        // The day by which to read England's again is not the day for this one.
        policy.remove("review-by");
    }
    let mut laid = Laid { lines: &mut lines, local: local.lines() };
    for (part, value) in local.whole() {
        laid.over(whole.entry(part.clone()).or_insert(Value::Null), value, part, part);
    }
    (whole, lines)
}

struct Laid<'a> {
    lines: &'a mut Lines,
    local: &'a Lines,
}

impl Laid<'_> {
    /// Lays `value`, from `from` in the local pack, over what is at `to` in the merged one.
    fn over(&mut self, under: &mut Value, value: &Value, from: &str, to: &str) {
        match (under, value) {
            (Value::Object(under), Value::Object(over)) => {
                self.note(from, to);
                for (key, value) in over {
                    self.over(under.entry(key.clone()).or_insert(Value::Null), value, &format!("{from}.{key}"), &format!("{to}.{key}"));
                }
            }
            (Value::Array(under), Value::Array(over)) if !given_anew(to) => {
                for (at, item) in over.iter().enumerate() {
                    if !under.contains(item) {
                        self.note(&format!("{from}[{at}]"), &format!("{to}[{}]", under.len()));
                        under.push(item.clone());
                    }
                }
            }
            (under, value) => {
                *under = value.clone();
                self.note(from, to);
                let below: Vec<String> = self.local.range(from.to_owned()..).map(|(path, _)| path).take_while(|path| path.starts_with(from)).cloned().collect();
                for path in below {
                    if path[from.len()..].starts_with(['.', '[']) {
                        self.note(&path, &format!("{to}{}", &path[from.len()..]));
                    }
                }
            }
        }
    }

    fn note(&mut self, from: &str, to: &str) {
        if let Some(place) = self.local.get(from) {
            self.lines.insert(to.to_owned(), place.clone());
        }
    }
}

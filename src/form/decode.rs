//! Reads untrusted JSON: what can be read is read, what cannot becomes a [`Problem`] with its place.

use super::Referral;
use crate::place::{self, Misfit};
use serde_json::Value;
use validator::{Validate, ValidationErrors, ValidationErrorsKind};

/// Something in the form that breaks its shape.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// JSON Pointer of the value.
    pub path: String,
    /// What is wrong, as the end of a sentence that begins with the place; never the value itself.
    pub message: String,
}

/// Values that cannot be read are blanked one at a time; after so many the rest of the form is given up.
const MOST_BLANKED: usize = 200;

/// Reads a form. Never fails: trouble is in the problems.
///
/// ```
/// let (form, problems) = referral_guide::form::decode(r#"{"formType":"domestic-abuse","createdAt":"2026-02-31"}"#);
/// assert_eq!(problems[0].path, "/createdAt");
/// assert!(form.form_type.is_some());
/// ```
pub fn decode(json: &str) -> (Referral, Vec<Problem>) {
    match serde_json::from_str::<Value>(json) {
        Ok(value) => decode_value(value),
        Err(error) => {
            let message = match error.classify() {
                serde_json::error::Category::Eof => "is cut short: the JSON ends too early".to_owned(),
                _ => format!("is not JSON that can be read (line {}, column {})", error.line(), error.column()),
            };
            (Referral::default(), vec![Problem { path: String::new(), message }])
        }
    }
}

/// The same for a value that is already parsed.
pub fn decode_value(mut value: Value) -> (Referral, Vec<Problem>) {
    let mut problems = Vec::new();
    if !value.is_object() {
        return (Referral::default(), vec![Problem { path: String::new(), message: "is not an object".into() }]);
    }
    for _ in 0..MOST_BLANKED {
        match place::read(&value) {
            Ok(form) => {
                problems.extend(shape(&form));
                problems.sort_by(|a: &Problem, b| a.path.cmp(&b.path));
                return (form, problems);
            }
            Err(Misfit { path, expected }) => {
                let problem = Problem { message: expectation(&expected), path };
                blank(&mut value, &problem.path);
                if !problems.contains(&problem) {
                    problems.push(problem);
                }
            }
        }
    }
    problems.push(Problem { path: String::new(), message: format!("has more than {MOST_BLANKED} values that cannot be read") });
    (Referral::default(), problems)
}

/// What to write instead, as the end of a sentence.
fn expectation(expected: &str) -> String {
    match expected {
        "" => "cannot be used as it is".into(),
        "f64" | "i64" => "cannot be used as it is: it should be a number".into(),
        other => format!("cannot be used as it is: it should be {other}"),
    }
}

/// Makes the value at `path` harmless: absent in an object, empty in a list.
fn blank(value: &mut Value, path: &str) {
    let Some((parent, key)) = path.rsplit_once('/') else {
        *value = Value::Object(serde_json::Map::new());
        return;
    };
    let key = key.replace("~1", "/").replace("~0", "~");
    match value.pointer_mut(parent) {
        Some(Value::Object(fields)) => {
            fields.remove(&key);
        }
        Some(Value::Array(items)) => {
            if let Some(item) = key.parse::<usize>().ok().and_then(|at| items.get_mut(at)) {
                // An empty object keeps the numbers of the items after it; an empty text where even that fails.
                *item = if *item == Value::Object(serde_json::Map::new()) { Value::String(String::new()) } else { Value::Object(serde_json::Map::new()) };
            }
        }
        _ => *value = Value::Object(serde_json::Map::new()),
    }
}

/// The structural rules that `validator` keeps, and those across fields.
fn shape(form: &Referral) -> Vec<Problem> {
    let mut problems = Vec::new();
    if let Err(errors) = form.validate() {
        collect(&errors, "", &mut problems);
    }
    if form.form_type.is_none() {
        problems.push(Problem { path: "/formType".into(), message: "is missing: say which form it is".into() });
    }
    let mut seen: Vec<&str> = Vec::new();
    for (at, child) in form.children.iter().enumerate() {
        let path = format!("/children/{at}/id");
        let id: &str = &child.id;
        if id.trim().is_empty() {
            problems.push(Problem { path, message: "is missing: each child needs an id of its own".into() });
        } else if seen.contains(&id) {
            problems.push(Problem { path, message: "is used for two children: each needs an id of its own".into() });
        } else {
            seen.push(id);
        }
    }
    problems
}

fn collect(errors: &ValidationErrors, path: &str, out: &mut Vec<Problem>) {
    for (field, kind) in errors.errors() {
        let path = if field == "text" && path.contains("/alsoKnownAs/") { path.to_owned() } else { format!("{path}/{}", camel(field)) };
        match kind {
            ValidationErrorsKind::Struct(inner) => collect(inner, &path, out),
            ValidationErrorsKind::List(items) => items.iter().for_each(|(at, inner)| collect(inner, &format!("{path}/{at}"), out)),
            ValidationErrorsKind::Field(found) => {
                for error in found {
                    let message = error.message.as_deref().map_or_else(|| "is outside the range that the form allows".to_owned(), str::to_owned);
                    out.push(Problem { path: path.clone(), message });
                }
            }
        }
    }
}

/// `validator` names fields as Rust does.
fn camel(field: &str) -> String {
    let mut out = String::with_capacity(field.len());
    let mut upper = false;
    for c in field.chars() {
        if c == '_' {
            upper = true;
        } else {
            out.push(if std::mem::take(&mut upper) { c.to_ascii_uppercase() } else { c });
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn problems(json: &str) -> Vec<String> {
        let (_, found) = decode(json);
        for problem in &found {
            assert!(!problem.message.contains("secret"), "a message shows a value: {}", problem.message);
        }
        found.into_iter().map(|problem| problem.path).collect()
    }

    #[test]
    fn one_bad_value_loses_nothing_else() {
        let (form, found) =
            decode(r#"{"formType":"domestic-abuse","children":[{"id":"c1","presence":"secret","impact":"Crying"}],"incident":{"narrative":5}}"#);
        assert_eq!(form.children[0].impact.as_deref(), Some("Crying"));
        assert_eq!(found.iter().map(|p| p.path.as_str()).collect::<Vec<_>>(), ["/children/0/presence", "/incident/narrative"]);
        assert!(found[0].message.contains("in-room"), "{}", found[0].message);
    }

    #[test]
    fn every_kind_of_trouble_has_its_place() {
        assert_eq!(problems("secret"), [""]);
        assert_eq!(problems("[1]"), [""]);
        assert_eq!(problems(r#"{"formType":"secret"}"#), ["/formType", "/formType"]);
        assert_eq!(problems(r#"{"formType":"child-concern","createdAt":"2026-02-31"}"#), ["/createdAt"]);
        assert_eq!(problems(r#"{"formType":"child-concern","children":[{"id":"a"},{"id":"a"},{}]}"#), ["/children/1/id", "/children/2/id"]);
        let listed = problems(r#"{"formType":"child-concern","children":[null,"secret",{"id":"c"}]}"#);
        assert_eq!(listed, ["/children/0", "/children/0/id", "/children/1", "/children/1/id"]);
        assert_eq!(problems(r#"{"formType":"child-concern","children":[{"id":"c","ageYears":99}]}"#), ["/children/0/ageYears"]);
        assert_eq!(problems(r#"{"formType":"child-concern","dash":{"answers":{"q1":{"answer":"secret, expected nothing"}}}}"#), ["/dash/answers/q1/answer"]);
        assert_eq!(problems(&("{\"a\":".repeat(100) + "1" + &"}".repeat(100))), ["/formType"]);
        assert_eq!(problems(&("{\"a\":".repeat(200) + "1" + &"}".repeat(200))), [""]);
        assert_eq!(problems(&("{\"children\":".to_owned() + &"[".repeat(200) + &"]".repeat(200) + "}")), [""]);
    }
}

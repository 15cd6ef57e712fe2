//! JSON Schemas of the TOML files of a pack, for editors that complete and check as one types.

use referral_guide::policy::source::{
    Concept, CueFamily, Empty, Family, GradeCheck, Indicator, Locale, Meta, People, Question, QuestionMeta, SentenceWords, Settings, Source, Wording,
};
use schemars::{JsonSchema, Schema, generate::SchemaSettings};
use serde_json::Value;
use std::collections::BTreeMap;

/// `words.toml`; classes may stand in any file, so this is no part of a pack of its own.
#[derive(JsonSchema)]
#[expect(dead_code, reason = "only its schema is used")]
#[schemars(deny_unknown_fields)]
struct Words {
    /// `{name}` in a phrase.
    classes: BTreeMap<String, Vec<String>>,
    /// Cues of negation, doubt and so on.
    cues: BTreeMap<String, CueFamily>,
    /// Words for people.
    people: People,
    /// Where a sentence does not end.
    sentence: SentenceWords,
    /// Words for one, two, three and so on, in order.
    numbers: Vec<String>,
}

/// `questions/*.toml`: in a file the questions stand at its top.
#[derive(JsonSchema)]
#[expect(dead_code, reason = "only its schema is used")]
struct Questions {
    /// Which set it is.
    meta: QuestionMeta,
    /// How answers sit with the grade.
    grade_check: Vec<GradeCheck>,
    /// The questions, by key.
    #[serde(flatten)]
    questions: BTreeMap<String, Question>,
}

/// Kinds of files, as `schema` takes them.
pub const KINDS: [&str; 12] = [
    "pack/policy",
    "pack/settings",
    "pack/sources",
    "pack/words",
    "pack/concepts",
    "pack/facets",
    "pack/empty",
    "pack/questions",
    "pack/indicators",
    "pack/findings",
    "pack/asks",
    "pack/locales",
];

/// The schema of one kind of file.
pub fn schema(kind: &str) -> String {
    let mut value = match kind {
        "policy" => of::<Meta>(),
        "settings" => of::<Settings>(),
        "sources" => of::<BTreeMap<String, Source>>(),
        "words" => of::<Words>(),
        "concepts" => with_classes(of::<BTreeMap<String, Concept>>()),
        "facets" => with_classes(of::<BTreeMap<String, Family>>()),
        "empty" => with_classes(of::<BTreeMap<String, Empty>>()),
        "questions" => of::<Questions>(),
        "indicators" => of::<BTreeMap<String, Indicator>>(),
        "findings" => of::<BTreeMap<String, Wording>>(),
        "asks" => of::<BTreeMap<String, BTreeMap<String, String>>>(),
        _ => of::<Locale>(),
    }
    .to_value();
    // A local pack names only what differs; `policy check` says what is missing from the whole.
    unrequired(&mut value);
    value["title"] = Value::String(format!("{kind}.toml of a policy pack"));
    serde_json::to_string_pretty(&value).expect("a schema is plain data")
}

fn of<T: JsonSchema>() -> Schema {
    SchemaSettings::draft07().into_generator().into_root_schema_for::<T>()
}

/// Classes may stand beside the phrases that use them.
fn with_classes(mut schema: Schema) -> Schema {
    schema.insert(
        "properties".into(),
        serde_json::json!({ "classes": { "type": "object", "additionalProperties": { "type": "array", "items": { "type": "string" } } } }),
    );
    schema
}

fn unrequired(value: &mut Value) {
    match value {
        Value::Object(fields) => {
            // A property may be called so as well.
            if fields.get("required").is_some_and(Value::is_array) {
                fields.remove("required");
            }
            fields.values_mut().for_each(unrequired);
        }
        Value::Array(items) => items.iter_mut().for_each(unrequired),
        _ => {}
    }
}

//! Receipts: what a check found, without a word of the case. `referral-guide verify` runs one again.
//!
//! A hash of a name or a date can be undone by trying every name, so only texts of some length are hashed one by one; the
//! rest is covered by the hash of the whole form, which nobody can try out without holding the form.

use super::PolicyArguments;
use referral_guide::Report;
use referral_guide::form::{self, Referral};
use referral_guide::policy::Pack;
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;
use std::path::PathBuf;
use std::process::ExitCode;

/// Texts with fewer UTF-16 units are not hashed by themselves: names, references, dates, "n/a".
const SHORTEST: usize = 32;
/// Layout of the receipt.
const LAYOUT: u32 = 1;

/// Checks a form again and says whether it still gives the same receipt
#[derive(clap::Args)]
#[command(after_help = "Examples:
  referral-guide verify audit/receipts.ndjson referral.json
  referral-guide verify receipt.json referral.json --policy policies/herefordshire

Exit codes: 0 the same, 1 it differs, 2 bad input.")]
pub struct Arguments {
    /// A receipt, or a file with one a line: the one for this form is found by its hash
    receipt: PathBuf,
    /// The form as JSON; - reads standard input
    form: PathBuf,
    #[command(flatten)]
    policy: PolicyArguments,
}

pub fn run(arguments: &Arguments) -> Result<ExitCode, String> {
    let guide = arguments.policy.guide()?;
    let form_json = super::read(&arguments.form)?;
    let before = find(&super::read(&arguments.receipt)?, &form_json).map_err(|message| format!("{}: {message}", arguments.receipt.display()))?;
    let (form, problems) = form::decode(&form_json);
    if let Some(problem) = problems.iter().find(|problem| problem.path.is_empty()) {
        return Err(format!("{}: the form {}", arguments.form.display(), problem.message));
    }
    let report = guide.check(&form, problems);
    let differences = compare(&before, &receipt(&form_json, &report, &policy_hash(&guide.policy().pack)));
    if differences.is_empty() {
        anstream::println!("same: the form, the policy and every finding are as the receipt says");
        return Ok(ExitCode::SUCCESS);
    }
    anstream::println!("differs:");
    for difference in differences {
        anstream::println!("  {difference}");
    }
    Ok(ExitCode::from(1))
}

/// What a check found, without a word of the case.
pub fn receipt(form_json: &str, report: &Report, policy_hash: &str) -> Value {
    of(&form::decode(form_json).0, form_json, report, policy_hash)
}

/// The same for a form that is already read.
pub fn of(form: &Referral, form_json: &str, report: &Report, policy_hash: &str) -> Value {
    let keys = Keys::new(form);
    let mut texts = Map::new();
    hash_texts(&serde_json::to_value(form).unwrap_or_default(), "", &keys, &mut texts);
    let findings: Vec<Value> = report
        .findings
        .iter()
        .map(|finding| {
            let evidence: Vec<Value> =
                finding.evidence.iter().map(|place| json!({ "path": keys.safe(&place.path), "start": place.start, "end": place.end })).collect();
            let mut out = json!({
                "code": finding.code,
                "severity": finding.severity.name(),
                "path": keys.safe(&finding.path),
                "evidence": evidence,
                "overridden": finding.overridden,
            });
            if finding.overridden
                && let Some(reason) = reason(form, &finding.code, &finding.path)
            {
                out["reasonSha256"] = if long(reason) { hash(reason).into() } else { Value::Null };
            }
            out
        })
        .collect();
    let impact: Vec<Value> = report
        .children
        .iter()
        .map(|child| {
            let facets: Vec<&str> = child.impact.facets.iter().filter(|(_, places)| !places.is_empty()).map(|(facet, _)| facet.name()).collect();
            json!({ "status": child.impact.status, "facets": facets })
        })
        .collect();
    json!({
        "receipt": LAYOUT,
        "engine": env!("CARGO_PKG_VERSION"),
        "policy": { "id": report.policy.id, "version": report.policy.version, "sha256": policy_hash },
        "form": { "type": form.form_type, "sha256": hash(form_json.trim()) },
        "texts": texts,
        "complete": report.complete,
        "findings": findings,
        "impact": impact,
        "dash": {
            "status": report.dash.status,
            "answered": report.dash.answered,
            "of": report.dash.of,
            "contradictions": report.dash.contradictions.iter().map(|found| found.question.as_str()).collect::<Vec<_>>(),
        },
        "threshold": report.threshold.likely,
        "indicators": report.threshold.indicators.iter().map(|shown| shown.indicator.as_str()).collect::<Vec<_>>(),
        "writtenOn": form.created_at.as_ref().and_then(|at| at.day()).map(|day| day.to_string()),
        "concern": form.referral.as_ref().and_then(|referral| referral.concern),
        "strategyDiscussion": form.referral.as_ref().and_then(|referral| referral.strategy_discussion),
    })
}

/// SHA-256 of a pack as it is shipped, so that its folder and its built file have the same.
pub fn policy_hash(pack: &Pack) -> String {
    hash(&serde_json::to_string(&super::pack::compact(pack)).unwrap_or_default())
}

/// SHA-256 of a text, in hexadecimal.
pub fn hash(text: &str) -> String {
    hex(&Sha256::digest(text.as_bytes()))
}

/// Bytes in hexadecimal.
pub fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::with_capacity(2 * bytes.len()), |mut out, byte| {
        let _ = write!(out, "{byte:02x}");
        out
    })
}

fn long(text: &str) -> bool {
    text.len() >= SHORTEST && text.encode_utf16().count() >= SHORTEST
}

/// The reason that answers a finding, found as the report finds it.
pub fn reason<'a>(form: &'a Referral, code: &str, path: &str) -> Option<&'a str> {
    form.overrides
        .iter()
        .filter(|answer| answer.code.trim() == code && answer.path.as_deref().is_none_or(|at| at.trim().is_empty() || at.trim() == path))
        .filter_map(|answer| answer.reason.as_deref())
        .find(|reason| !reason.trim().is_empty())
}

/// The keys of answers are the one place where a pointer could hold typed words.
struct Keys(Vec<String>);

const ANSWERS: &str = "/dash/answers/";

impl Keys {
    fn new(form: &Referral) -> Keys {
        Keys(form.dash.iter().flat_map(|dash| dash.answers.keys()).filter(|key| !Keys::plain(key)).map(|key| form::escape(key)).collect())
    }

    /// A short code and a number, as question sets use: `q18`.
    fn plain(key: &str) -> bool {
        let digits = key.trim_start_matches(|c: char| c.is_ascii_lowercase());
        let letters = key.len() - digits.len();
        (1..=2).contains(&letters) && (1..=2).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit())
    }

    /// A pointer in which a key that is no plain code is replaced by its number.
    fn safe(&self, path: &str) -> String {
        let Some(rest) = path.strip_prefix(ANSWERS) else { return path.to_owned() };
        let (key, tail) = rest.split_once('/').unwrap_or((rest, ""));
        if Keys::plain(key) {
            return path.to_owned();
        }
        // Only the fields of an answer can follow.
        let tail = if matches!(tail, "answer" | "detail") { format!("/{tail}") } else { String::new() };
        match self.0.iter().position(|known| known == key) {
            Some(at) => format!("{ANSWERS}*{at}{tail}"),
            None => format!("{ANSWERS}*{tail}"),
        }
    }
}

fn hash_texts(value: &Value, path: &str, keys: &Keys, out: &mut Map<String, Value>) {
    match value {
        Value::String(text) if long(text) && !path.starts_with("/officer/") => {
            out.insert(keys.safe(path), hash(text).into());
        }
        Value::Array(items) => items.iter().enumerate().for_each(|(at, item)| hash_texts(item, &format!("{path}/{at}"), keys, out)),
        Value::Object(fields) => fields.iter().for_each(|(key, field)| hash_texts(field, &format!("{path}/{}", form::escape(key)), keys, out)),
        _ => {}
    }
}

/// The receipt in a file: the only one, or of several the one with this form's hash.
fn find(file: &str, form_json: &str) -> Result<Value, &'static str> {
    let is_receipt = |value: &Value| value["receipt"].is_u64() && value["findings"].is_array();
    if let Ok(value) = serde_json::from_str::<Value>(file) {
        return if is_receipt(&value) { Ok(value) } else { Err("is not a receipt") };
    }
    let wanted = hash(form_json.trim());
    let mut any = false;
    for line in file.lines() {
        let Ok(value) = serde_json::from_str::<Value>(line) else { continue };
        any |= is_receipt(&value);
        if is_receipt(&value) && value["form"]["sha256"] == wanted.as_str() {
            return Ok(value);
        }
    }
    Err(if any { "none of its receipts is for this form, letter for letter" } else { "is not a receipt, and holds none" })
}

/// What differs, in words, most basic first.
fn compare(before: &Value, now: &Value) -> Vec<String> {
    let mut out = Vec::new();
    if before["receipt"] != now["receipt"] {
        out.push(format!("layout: the receipt has layout {}, this build writes {}", before["receipt"], now["receipt"]));
    }
    for (name, path) in [("engine", "/engine"), ("policy", "/policy/id"), ("policy version", "/policy/version"), ("policy hash", "/policy/sha256")] {
        let (was, is) = (before.pointer(path), now.pointer(path));
        if was != is {
            out.push(format!("{name}: the receipt says {}, this run has {}", plain(was), plain(is)));
        }
    }
    if before["form"] != now["form"] {
        let (was, is) = (before["texts"].as_object(), now["texts"].as_object());
        let paths: BTreeSet<&String> = was.into_iter().chain(is).flat_map(Map::keys).collect();
        let changed: Vec<&String> = paths.into_iter().filter(|path| was.and_then(|texts| texts.get(*path)) != is.and_then(|texts| texts.get(*path))).collect();
        for path in &changed {
            out.push(format!("text at {path}: it is not what was checked"));
        }
        if changed.is_empty() {
            out.push("form: every long text is the same; a short field, an answer or the layout of the file differs".into());
        }
    }
    let empty = Vec::new();
    let (was, is) = (before["findings"].as_array().unwrap_or(&empty), now["findings"].as_array().unwrap_or(&empty));
    let mut left: Vec<&Value> = is.iter().collect();
    for finding in was {
        let key = |other: &Value| other["code"] == finding["code"] && other["path"] == finding["path"];
        let place = format!("{} at {}", plain(finding.get("code")), plain(finding.get("path")));
        // The same finding where there is one, else one of the same code and place.
        let at = left.iter().position(|other| *other == finding).or_else(|| left.iter().position(|other| key(other)));
        let Some(at) = at else {
            out.push(format!("finding {place}: not found any more"));
            continue;
        };
        let other = left.remove(at);
        for field in ["severity", "evidence", "overridden", "reasonSha256"] {
            if other.get(field) != finding.get(field) {
                out.push(format!("finding {place}: {field} differs"));
            }
        }
    }
    for finding in left {
        out.push(format!("finding {} at {}: new", plain(finding.get("code")), plain(finding.get("path"))));
    }
    for part in ["complete", "impact", "dash", "threshold", "indicators", "writtenOn", "concern", "strategyDiscussion"] {
        if before[part] != now[part] {
            out.push(format!("{part}: the receipt says {}, this run has {}", before[part], now[part]));
        }
    }
    out
}

fn plain(value: Option<&Value>) -> String {
    match value {
        Some(Value::String(text)) if text.is_empty() => "the form".into(),
        Some(Value::String(text)) => text.clone(),
        Some(other) => other.to_string(),
        None => "nothing".into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use referral_guide::Guide;

    fn run(json: &str) -> Value {
        let guide = Guide::new();
        receipt(json, &guide.check_json(json), &policy_hash(&guide.policy().pack))
    }

    /// Puts a canary word into every text of a form, keys of answers and unknown keys among them.
    const CANARY: &str = r#"{
        "formType": "domestic-abuse", "reference": "zqcanary1", "createdAt": "zqcanary2", "zqcanary3": "zqcanary4",
        "officer": { "id": "zqcanary5", "team": "zqcanary6 with a name that is long enough to be hashed" },
        "incident": { "domesticAbuse": true, "occurredAt": "zqcanary7", "narrative": "He strangled Zqcanary8 in front of Zqcanary9, who was crying and shaking." },
        "children": [
            { "id": "zqcanary10", "name": "Zqcanary9", "alsoKnownAs": ["Zqcanary11"], "dateOfBirth": "zqcanary12", "relationship": "zqcanary13",
              "school": { "name": "zqcanary14" }, "impact": "Safe and well. zqcanary15", "voice": "zqcanary16", "presence": "zqcanary17" },
            { "id": "zqcanary10", "impact": "Safe and well. zqcanary15" }],
        "adults": [{ "id": "zqcanary18", "name": "Zqcanary8", "role": "zqcanary19", "relationship": "zqcanary20" }],
        "dash": { "status": "partial", "questionSet": "zqcanary21", "grade": "standard", "rationale": "zqcanary22", "observations": "zqcanary23",
            "answers": { "q18": { "answer": "no", "detail": "zqcanary24" }, "zqcanary25": { "answer": "zqcanary26", "detail": "He strangled zqcanary27 and it is long enough" },
                         "zqcanary/~28": { "answer": 5 }, "zq99": { "detail": 3 } } },
        "referral": { "concern": "information", "reason": "zqcanary29", "actionsTaken": "zqcanary30" },
        "missing": { "episodes": [{ "from": "zqcanary31" }], "furtherAction": "zqcanary32" },
        "custody": { "arrestedAt": "zqcanary33", "accommodation": { "reason": "zqcanary34" } },
        "strategyDiscussion": { "heldAt": "zqcanary35", "attendees": [{ "agency": "police", "name": "zqcanary36" }], "informationShared": "zqcanary37",
            "decisions": [{ "decision": "zqcanary38", "reason": "zqcanary39" }], "actions": [{ "action": "zqcanary40", "owner": "zqcanary41", "due": "zqcanary42" }] },
        "records": [{ "system": "paper", "reference": "zqcanary43", "text": "zqcanary44" }],
        "overrides": [{ "code": "child-impact.inadequate", "reason": "zqcanary45: seen at length by the night social worker" },
                      { "code": "zqcanary46", "path": "/zqcanary47", "reason": "zqcanary48" }] }"#;

    #[test]
    fn no_typed_word_reaches_a_receipt() {
        let out = run(CANARY).to_string();
        assert!(!out.to_lowercase().contains("zqcanary"), "{out}");
        for word in ["strangled", "crying", "Safe and", "partial", "night"] {
            assert!(!out.contains(word), "{word}: {out}");
        }
        assert!(out.contains("\"start\":") && out.contains("form.invalid") && out.contains("\"overridden\":true") && out.contains("/dash/answers/*"), "{out}");
    }

    #[test]
    fn short_texts_are_not_hashed_alone() {
        let out = run(r#"{"formType":"child-concern","children":[{"id":"c1","name":"Ava","impact":"asleep upstairs"}],"officer":{"id":"1234"}}"#);
        assert_eq!(out["texts"], json!({}));
        for guess in ["Ava", "c1", "asleep upstairs", "1234"] {
            assert!(!out.to_string().contains(&hash(guess)));
        }
    }

    #[test]
    fn says_what_differs_and_where() {
        let form =
            r#"{"formType":"child-concern","children":[{"id":"c1","name":"Ava","ageYears":7,"impact":"Crying and shaking, would not let go of her mother."}]}"#;
        assert_eq!(compare(&run(form), &run(&format!("{form}\n"))), Vec::<String>::new());
        let other =
            compare(&run(form), &run(&form.replace("Crying and shaking, would not let go of her mother.", "In bed upstairs the whole time, safe and well.")));
        assert!(other.iter().any(|line| line.starts_with("text at /children/0/impact")), "{other:?}");
        assert!(other.iter().any(|line| line.contains("child-impact.inadequate") && line.ends_with("new")), "{other:?}");
        let layout = compare(&run(form), &run(&form.replace(",", ", ")));
        assert!(layout.iter().any(|line| line.contains("/children/0/impact")) || layout[0].starts_with("form:"), "{layout:?}");
    }

    #[test]
    fn finds_the_receipt_of_a_form_among_others() {
        let forms = [r#"{"formType":"child-concern"}"#, r#"{"formType":"missing-child"}"#];
        let file = forms.map(|form| run(form).to_string()).join("\n");
        assert_eq!(find(&file, forms[1]).expect("it is there")["form"]["type"], "missing-child");
        assert!(find(&file, "{}").is_err() && find("{}", "{}").is_err());
    }
}

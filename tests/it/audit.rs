//! The supervisor's side of the command line: what it writes, what it must never write, and what happens when it is stopped.

use serde_json::{Value, json};
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

const KEY: &str = "0123456789abcdef0123456789abcdef";

/// An empty folder of its own for a test.
fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).expect("a folder can be made");
    fs::write(folder.join("key.txt"), KEY).expect("a file can be written");
    folder
}

fn command(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_referral-guide"));
    command.current_dir(folder).args(arguments);
    command
}

fn run(folder: &Path, arguments: &[&str]) -> Output {
    command(folder, arguments).output().expect("the command runs")
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr)
}

fn receipts(folder: &Path) -> Vec<Value> {
    let text = fs::read_to_string(folder.join("out/receipts.ndjson")).expect("receipts");
    text.lines().map(|line| serde_json::from_str(line).expect("a receipt a line")).collect()
}

/// A form whose every text holds the canary, but for one team that is large enough to be named.
fn canary(at: usize) -> String {
    let text = |name: &str| format!("zqcanary {name} {at}: he strangled zqcanary in front of zqcanary, who was crying and shaking");
    json!({
        "formType": "domestic-abuse", "reference": format!("zqcanary/{at}"), "createdAt": "2026-11-20T22:15",
        "officer": { "id": "zqcanary-officer", "team": match at { 0..3 => "zqcanary small team", 3..6 => "zqcanary other", _ => "Response A" } },
        "incident": { "narrative": text("narrative"), "domesticAbuse": true, "occurredAt": "zqcanary" },
        "children": [{ "id": "zqcanary-c", "name": "Zqcanary", "alsoKnownAs": ["zqcanary"], "dateOfBirth": "zqcanary", "relationship": "zqcanary",
            "school": { "name": "zqcanary" }, "impact": text("impact"), "voice": text("voice"), "presence": "zqcanary" }],
        "adults": [{ "id": "zqcanary-a", "name": "Zqcanary", "role": "zqcanary", "relationship": "zqcanary" }],
        "dash": { "status": "partial", "rationale": text("rationale"), "observations": text("observations"),
            "answers": { "q18": { "answer": "no", "detail": text("detail") }, "zqcanary-q": { "answer": "zqcanary", "detail": text("detail") } } },
        "referral": { "concern": "significant-harm", "reason": text("reason"), "actionsTaken": text("actions") },
        "missing": { "totalEpisodes": 5, "episodes": [{ "from": "zqcanary" }], "furtherAction": "zqcanary" },
        "custody": { "arrestedAt": "zqcanary", "bail": "refused", "accommodation": { "reason": text("accommodation") } },
        "strategyDiscussion": { "heldAt": "zqcanary", "attendees": [{ "agency": "police", "name": "zqcanary" }], "informationShared": text("shared"),
            "decisions": [{ "decision": "zqcanary", "reason": "zqcanary" }], "actions": [{ "action": "zqcanary", "owner": "zqcanary", "due": "zqcanary" }] },
        "records": [{ "system": "paper", "reference": "zqcanary", "text": text("record") }],
        "overrides": [{ "code": "child-impact.inadequate", "path": "/zqcanary", "reason": text("override") }],
        "zqcanary-key": "zqcanary",
    })
    .to_string()
}

fn plain(at: usize) -> String {
    json!({
        "formType": "child-concern", "reference": format!("22/{at:06}/26"), "createdAt": "2026-11-20T22:15",
        "officer": { "id": format!("{}", 1000 + at % 2), "team": "Response A" },
        "children": [{ "id": "c1", "name": "Ava", "ageYears": 7, "impact": if at.is_multiple_of(2) { "In bed upstairs." } else { "Crying and shaking, said \"I was scared\"." } }],
        "referral": { "concern": "significant-harm" },
    })
    .to_string()
}

#[test]
fn no_typed_text_reaches_receipts_report_messages_or_feedback() {
    let folder = folder("canary");
    let mut forms: Vec<String> = (0..12).map(canary).collect();
    forms.push("{\"zqcanary\": ".into());
    fs::write(folder.join("forms.ndjson"), forms.join("\n")).expect("a file can be written");
    let audit = run(&folder, &["audit", "forms.ndjson", "--out", "out", "--key", "key.txt"]);
    assert_eq!(audit.status.code(), Some(2), "{}", said(&audit));
    // The outcomes name other references, so that none typed on a form may come back from anywhere.
    fs::write(folder.join("outcomes.ndjson"), "{\"reference\":\"another\",\"decision\":\"section-47\"}\n{\"zqcanary\n").expect("a file can be written");
    let mut written = said(&audit);
    for format in ["text", "json"] {
        let arguments = ["feedback", "outcomes.ndjson", "--receipts", "out/receipts.ndjson", "--key", "key.txt", "--as-of", "2026-12-24", "--format", format];
        let feedback = said(&run(&folder, &arguments));
        assert!(feedback.contains("2026-11-23"), "every form waits for a decision: {feedback}");
        written += &feedback;
    }
    for file in fs::read_dir(folder.join("out")).expect("a folder") {
        written += &fs::read_to_string(file.expect("a file").path()).expect("text");
    }
    let lower = written.to_lowercase();
    assert!(lower.contains("referencehmac") && lower.contains("response a"));
    for word in ["zqcanary", "strangled", "crying and", "in front of", "2026-11-20t22"] {
        assert!(!lower.contains(word), "{word}");
    }
}

#[test]
fn officers_and_references_are_written_only_where_asked_for() {
    let folder = folder("officers");
    fs::write(folder.join("forms.ndjson"), (0..80).map(plain).collect::<Vec<_>>().join("\n")).expect("a file can be written");
    assert!(run(&folder, &["audit", "forms.ndjson", "--out", "out", "--officers"]).status.success());
    let page = fs::read_to_string(folder.join("out/officers.html")).expect("the officers' page");
    assert!(page.contains(">1000<") && page.contains("22/0000"), "the officer who only places children has a theme, with forms to read: {page}");
    let report = fs::read_to_string(folder.join("out/report.html")).expect("the report");
    assert!(!report.contains(">1000<") && !report.contains("22/0000"));
    assert!(receipts(&folder).iter().all(|receipt| receipt["referenceHmac"].is_null()), "no key, no mark");

    assert!(run(&folder, &["audit", "forms.ndjson", "--out", "out"]).status.success());
    assert!(!folder.join("out/officers.html").exists(), "an earlier page would pass for this run's");
}

#[test]
fn bad_lines_are_named_and_skipped_and_the_rest_goes_on() {
    let folder = folder("bad-lines");
    let mut forms: Vec<Vec<u8>> = (0..6).map(|at| plain(at).into_bytes()).collect();
    forms.insert(2, b"{\"formType\":".to_vec());
    forms.insert(4, vec![0xff, 0xfe]);
    forms.insert(5, Vec::new());
    fs::write(folder.join("forms.ndjson"), forms.join(&b'\n')).expect("a file can be written");
    let audit = run(&folder, &["audit", "forms.ndjson", "--out", "out"]);
    assert_eq!(audit.status.code(), Some(2));
    let said = said(&audit);
    assert!(said.contains("forms.ndjson:3:") && said.contains("forms.ndjson:5:") && said.contains("6 forms checked, 2 lines skipped"), "{said}");
    assert_eq!(receipts(&folder).iter().map(|receipt| receipt["source"]["line"].as_u64()).collect::<Vec<_>>(), [1, 2, 4, 7, 8, 9].map(Some));
}

#[test]
fn an_unreadable_file_leaves_nothing_that_passes_for_whole() {
    let folder = folder("unreadable");
    fs::write(folder.join("forms.ndjson"), plain(1)).expect("a file can be written");
    for other in ["missing.ndjson", "."] {
        let audit = run(&folder, &["audit", "forms.ndjson", other, "--out", "out"]);
        assert_eq!(audit.status.code(), Some(2));
        assert!(!folder.join("out/receipts.ndjson").exists() && !folder.join("out/report.html").exists());
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_leaves_nothing_that_passes_for_whole() {
    let folder = folder("full");
    fs::write(folder.join("forms.ndjson"), (0..2_000).map(plain).collect::<Vec<_>>().join("\n")).expect("a file can be written");
    fs::create_dir(folder.join("out")).expect("a folder can be made");
    std::os::unix::fs::symlink("/dev/full", folder.join("out/receipts.ndjson.part")).expect("a link can be made");
    let audit = run(&folder, &["audit", "forms.ndjson", "--out", "out"]);
    assert_eq!(audit.status.code(), Some(2));
    assert!(said(&audit).contains("receipts.ndjson.part"), "{}", said(&audit));
    assert!(!folder.join("out/receipts.ndjson").exists() && !folder.join("out/report.html").exists());
}

#[test]
fn an_interrupted_run_goes_on_and_gives_the_same_bytes() {
    let folder = folder("resume");
    let forms: Vec<String> = (0..3_500).map(|at| if at == 700 { "{".into() } else { plain(at) }).collect();
    let text = forms.join("\n") + "\n";
    fs::write(folder.join("whole.ndjson"), &text).expect("a file can be written");
    assert_eq!(run(&folder, &["audit", "whole.ndjson", "--out", "once"]).status.code(), Some(2));

    // Fed by hand, so that it is surely in the middle when it is killed.
    let mut child = command(&folder, &["audit", "-", "--out", "out"]).stdin(Stdio::piped()).stderr(Stdio::null()).spawn().expect("the command runs");
    let mut input = child.stdin.take().expect("a pipe");
    let state = folder.join("out/interrupted.json");
    input.write_all((forms[..2_500].join("\n") + "\n").as_bytes()).expect("it reads");
    while !state.exists() {
        assert!(child.try_wait().expect("it can be asked").is_none(), "it ended");
        std::thread::sleep(std::time::Duration::from_millis(20));
    }
    child.kill().expect("it can be killed");
    child.wait().expect("it ends");
    assert!(!folder.join("out/receipts.ndjson").exists() && !folder.join("out/report.html").exists());

    let feed = |arguments: &[&str], text: &str| {
        let mut child = command(&folder, arguments).stdin(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("the command runs");
        // It may end before it has read all: that is for its exit code to say.
        let _ = child.stdin.take().expect("a pipe").write_all(text.as_bytes());
        child.wait_with_output().expect("it ends")
    };
    let again = feed(&["audit", "-", "--out", "out"], &text);
    assert!(said(&again).contains("--resume"), "an interrupted run is not overwritten: {}", said(&again));
    let other = feed(&["audit", "-", "--out", "out", "--resume"], &text.replace("Ava", "Eva"));
    assert!(said(&other).contains("is not the file"), "{}", said(&other));
    let other = feed(&["audit", "-", "--out", "out", "--resume", "--officers"], &text);
    assert!(said(&other).contains("other options"), "{}", said(&other));

    let resumed = feed(&["audit", "-", "--out", "out", "--resume"], &text);
    assert_eq!(resumed.status.code(), Some(2), "{}", said(&resumed));
    for name in ["receipts.ndjson", "report.html"] {
        let read = |of: &str| fs::read(folder.join(of).join(name)).expect("it is written");
        assert!(read("once") == read("out"), "{name} differs from that of a run in one go");
    }
    assert!(!state.exists() && !folder.join("out/receipts.ndjson.part").exists());
}

#[test]
fn threads_and_order_do_not_change_the_output() {
    let folder = folder("threads");
    fs::write(folder.join("forms.ndjson"), (0..2_200).map(plain).collect::<Vec<_>>().join("\n")).expect("a file can be written");
    for threads in ["1", "3"] {
        assert!(run(&folder, &["audit", "forms.ndjson", "--out", threads, "--threads", threads, "--officers"]).status.success());
    }
    for name in ["receipts.ndjson", "report.html", "officers.html"] {
        let read = |of: &str| fs::read(folder.join(of).join(name)).expect("it is written");
        assert!(read("1") == read("3"), "{name}");
    }
}

#[test]
fn a_receipt_verifies_against_its_form_and_not_against_another() {
    let folder = folder("verify");
    fs::write(folder.join("forms.ndjson"), (0..3).map(plain).collect::<Vec<_>>().join("\n")).expect("a file can be written");
    assert!(run(&folder, &["audit", "forms.ndjson", "--out", "out", "--key", "key.txt"]).status.success());
    fs::write(folder.join("form.json"), plain(1)).expect("a file can be written");
    fs::write(folder.join("receipt.json"), receipts(&folder)[1].to_string()).expect("a file can be written");
    assert!(run(&folder, &["verify", "out/receipts.ndjson", "form.json"]).status.success());
    fs::write(folder.join("form.json"), plain(1).replace("scared", "fine")).expect("a file can be written");
    assert_eq!(run(&folder, &["verify", "receipt.json", "form.json"]).status.code(), Some(1));
}

/// Referrals on which decisions came, and those on which they did not.
fn feedback(name: &str, outcomes: &[Value], as_of: &str, more: &[&str]) -> Value {
    let folder = folder(name);
    fs::write(folder.join("forms.ndjson"), (0..40).map(plain).collect::<Vec<_>>().join("\n")).expect("a file can be written");
    assert!(run(&folder, &["audit", "forms.ndjson", "--out", "out", "--key", "key.txt"]).status.success());
    let lines: Vec<String> = outcomes.iter().map(Value::to_string).collect();
    fs::write(folder.join("outcomes.ndjson"), lines.join("\n")).expect("a file can be written");
    fs::write(folder.join("holidays.txt"), "2026-11-23 # a made-up holiday\n").expect("a file can be written");
    let mut arguments = vec!["feedback", "outcomes.ndjson", "--receipts", "out/receipts.ndjson", "--key", "key.txt", "--format", "json", "--as-of", as_of];
    arguments.extend(more);
    let out = run(&folder, &arguments);
    assert!(out.status.success(), "{}", said(&out));
    serde_json::from_slice(&out.stdout).expect("JSON")
}

#[test]
fn the_chaser_list_counts_working_days() {
    // Written on Friday 20 November 2026, so a decision is due by the end of Monday 23.
    let decided: Vec<Value> = (0..38).map(|at| json!({ "reference": format!("22/{at:06}/26"), "decision": "section-47", "decidedAt": "2026-11-23" })).collect();
    let waiting = |as_of: &str, more: &[&str]| feedback("chase", &decided, as_of, more)["chase"].as_array().map_or(0, Vec::len);
    assert_eq!(waiting("2026-11-23", &[]), 0, "still the day on which it is due");
    assert_eq!(waiting("2026-11-24", &[]), 2);
    assert_eq!(waiting("2026-11-24", &["--bank-holidays", "holidays.txt"]), 0, "Monday was a holiday");
    let received = [decided.clone(), vec![json!({ "reference": "22/000038/26", "receivedAt": "2026-11-24" })]].concat();
    let out = feedback("chase-received", &received, "2026-11-25", &[]);
    assert_eq!(out["chase"].as_array().map(Vec::len), Some(1), "one was received later");
    assert_eq!(out["chase"][0]["form"]["line"], 40, "no outcome, so no reference: where the form stood");
}

#[test]
fn small_numbers_are_held_back_and_missed_harm_is_named_to_be_read() {
    let outcomes: Vec<Value> = (0..40)
        .map(|at| {
            let decision = if at % 2 == 1 { "section-17" } else { "no-further-action" };
            json!({ "reference": format!("22/{at:06}/26"), "decision": decision, "decidedAt": "2026-11-23", "concernConfirmed": at == 2 })
        })
        .collect();
    let out = feedback("rates", &outcomes, "2026-11-24", &[]);
    assert_eq!(out["missed"][0]["share"], "fewer-than-5");
    assert_eq!(out["missed"][0]["read"], json!(["22/000002/26"]));
    let described = &out["written"][0];
    assert_eq!((&described["with"], &described["without"], &described["clear"]), (&json!("all-but-fewer-than-5"), &json!("fewer-than-5"), &json!(false)));
    let row = out["byChoice"].as_array().expect("rows").iter().find(|row| row["decided"] == 40).expect("all chose significant harm");
    assert_eq!(row["help"]["count"], 20);
    assert!(row["help"]["low"].as_f64() < Some(0.5) && row["help"]["high"].as_f64() > Some(0.5));
    assert!(out["propose"].as_array().is_some_and(|all| !all.is_empty()));
}

#[test]
fn another_key_joins_nothing() {
    let folder = folder("other-key");
    fs::write(folder.join("forms.ndjson"), plain(1)).expect("a file can be written");
    assert!(run(&folder, &["audit", "forms.ndjson", "--out", "out", "--key", "key.txt"]).status.success());
    fs::write(folder.join("other.txt"), KEY.replace('0', "9")).expect("a file can be written");
    fs::write(folder.join("outcomes.ndjson"), "{\"reference\":\"22/000001/26\",\"decision\":\"section-17\"}").expect("a file can be written");
    for (key, decided) in [("key.txt", 1), ("other.txt", 0)] {
        let out =
            run(&folder, &["feedback", "outcomes.ndjson", "--receipts", "out/receipts.ndjson", "--key", key, "--as-of", "2026-11-20", "--format", "json"]);
        let found: Value = serde_json::from_slice(&out.stdout).expect("JSON");
        assert_eq!(found["joined"]["decided"], decided, "{key}");
    }
}

//! The commands for policy packs, and what a local pack may not do.

use serde_json::{Value, json};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::atomic::{AtomicUsize, Ordering};

/// A folder of its own for each test, gone when it ends.
struct Scratch(PathBuf);

impl Scratch {
    fn new() -> Scratch {
        static NEXT: AtomicUsize = AtomicUsize::new(0);
        let at = std::env::temp_dir().join(format!("referral-guide-packs-{}-{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed)));
        fs::create_dir_all(&at).expect("a folder for temporary files");
        Scratch(at)
    }

    /// A pack over England's, as it is in this repository, with these files.
    fn pack(&self, files: &[(&str, &str)]) -> PathBuf {
        let base = self.0.join("england");
        if !base.exists() {
            copy(&root().join("policies/england"), &base);
        }
        let dir = self.0.join("local");
        let policy = ("policy.toml", "id = \"local\"\nversion = \"1\"\nextends = \"england\"\n");
        for (name, text) in [policy].iter().chain(files) {
            let file = dir.join(name);
            fs::create_dir_all(file.parent().expect("inside the pack")).expect("a folder");
            fs::write(file, text).expect("a file of the pack");
        }
        dir
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder");
    for entry in fs::read_dir(from).expect("the pack is there").filter_map(Result::ok) {
        let to = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &to)
        } else {
            let _ = fs::copy(entry.path(), to).expect("a copy");
        }
    }
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn run(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_referral-guide")).args(arguments).output().expect("the command line runs")
}

fn out(done: &Output) -> String {
    String::from_utf8_lossy(&done.stdout).into_owned()
}

fn err(done: &Output) -> String {
    String::from_utf8_lossy(&done.stderr).into_owned()
}

fn text(path: &Path) -> &str {
    path.to_str().expect("a plain path")
}

fn policy(arguments: &[&str]) -> Output {
    run(&[&["policy"], arguments].concat())
}

/// Checking the pack fails, at this place, with these words.
#[track_caller]
fn refused(files: &[(&str, &str)], place: &str, words: &[&str]) {
    let scratch = Scratch::new();
    let done = policy(&["check", text(&scratch.pack(files))]);
    let said = err(&done);
    assert_eq!(done.status.code(), Some(2), "it was not refused: {}", out(&done));
    assert!(said.contains(&format!("local/{place}: ")), "not at {place}: {said}");
    for word in words {
        assert!(said.contains(word), "\"{word}\" is not said: {said}");
    }
}

#[test]
fn what_is_refused_in_checking_is_refused_wherever_a_pack_is_read() {
    let scratch = Scratch::new();
    let dir = scratch.pack(&[("indicators/a.toml", "[da-strangulation-child-present]\nlevel = 2\n")]);
    let form = scratch.0.join("form.json");
    fs::write(&form, "{\"formType\":\"child-concern\"}").expect("a form");
    let (dir, form) = (text(&dir), text(&form));
    for command in
        [&["policy", "build", dir][..], &["policy", "docs", dir], &["policy", "test", dir], &["policy", "diff", dir, dir], &["check", "--policy", dir, form]]
    {
        let done = run(command);
        assert!(done.status.code() == Some(2) && err(&done).contains("lowers the red flag"), "{command:?}: {}", err(&done));
    }
    assert!(!scratch.0.join("local.json").exists(), "a refused pack was built");
}

#[test]
fn a_red_flag_cannot_be_lowered_weakened_or_silenced() {
    let sign = "[da-strangulation-child-present]\n";
    let named = ["red flag", "An adult strangled", "da-strangulation-child-present"];
    refused(&[("indicators/a.toml", &format!("# ours\n{sign}level = 2\n"))], "indicators/a.toml:3", &named);
    refused(&[("indicators/a.toml", &format!("{sign}use = \"context\"\n"))], "indicators/a.toml:2", &named);
    refused(&[("indicators/a.toml", &format!("{sign}when = \"strangulation and fact:child-in-room\"\n"))], "indicators/a.toml:2", &named);
    refused(&[("indicators/a.toml", &format!("{sign}when = \"\"\n"))], "indicators/a.toml:2", &named);
    refused(&[("indicators/a.toml", &format!("{sign}lowers = [\"fact:child-13-15\"]\n"))], "indicators/a.toml:2", &named);
}

#[test]
fn nothing_can_be_removed() {
    refused(&[("indicators/a.toml", "[da-strangulation-child-present]\nremove = true\n")], "indicators/a.toml:2", &["removes nothing"]);
    refused(&[("concepts/a.toml", "[strangulation]\nphrases = []\ndisabled = true\n")], "concepts/a.toml:3", &["removes nothing"]);
    refused(
        &[("policy.toml", "id = \"local\"\nversion = \"1\"\nextends = \"england\"\nremove = [\"strangulation\"]\n")],
        "policy.toml:4",
        &["removes nothing"],
    );
}

#[test]
fn words_that_show_a_red_flag_cannot_be_excepted() {
    refused(
        &[("concepts/a.toml", "[strangulation]\nexcept = [\"strangl*\"]\n")],
        "concepts/a.toml:2",
        &["exception would silence", "da-strangulation-child-present"],
    );
    refused(&[("concepts/a.toml", "[strangulation]\nabout = \"suspect\"\n")], "concepts/a.toml:2", &["would silence"]);
    refused(&[("concepts/a.toml", "[account-fits-accident]\nphrases = [\"he said\"]\n")], "concepts/a.toml:2", &["speak against", "phys-burn-scald"]);
    refused(&[("words.toml", "[cues.local]\nkind = \"negated\"\nphrases = [\"in the kitchen\"]\n")], "words.toml:1", &["could silence a red flag"]);
    refused(&[("words.toml", "[sentence]\nordinary = [\"strangeld\"]\n")], "words.toml:2", &["misspelt"]);
}

#[test]
fn a_class_that_excepts_from_a_red_flag_cannot_grow() {
    let england: Value = serde_json::from_str(&fs::read_to_string(root().join("policies/england.json")).expect("built")).expect("JSON");
    let guarded = |class: &str| {
        let done = Scratch::new();
        let file = format!("[classes]\n{class} = [\"zzz\"]\n");
        let said = policy(&["check", text(&done.pack(&[("words.toml", &file)]))]);
        (said.status.success(), err(&said))
    };
    let used: Vec<&str> = england["concepts"]["strangulation"]["except"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .filter_map(|phrase| phrase.split_once('{')?.1.split_once('}').map(|(name, _)| name))
        .collect();
    if let Some(class) = used.first() {
        let (passed, said) = guarded(class);
        assert!(!passed && said.contains("more words would silence"), "{class}: {said}");
    }
    let (passed, said) = guarded("local_streets");
    assert!(passed, "{said}");
}

#[test]
fn safeguards_in_settings_and_findings_only_tighten() {
    refused(&[("settings.toml", "below-words = 2\n")], "settings.toml:1", &["may only be raised"]);
    refused(&[("settings.toml", "child-until = 16\n")], "settings.toml:1", &["may only be raised"]);
    refused(&[("settings.toml", "missing-episodes = 9\n")], "settings.toml:1", &["may only be lowered"]);
    refused(&[("settings.toml", "return-interview-hours = 96\n")], "settings.toml:1", &["may only be lowered"]);
    refused(&[("settings.toml", "local-levels = [\"One\", \"Two\"]\n")], "settings.toml:1", &["four canonical levels"]);
    refused(&[("settings.toml", "questions = \"dara\"\n")], "settings.toml:1", &["frame with holes"]);
    refused(&[("findings.toml", "[\"significant-harm.understated\"]\nseverity = \"info\"\n")], "findings.toml:2", &["never lower one"]);
    refused(&[("findings.toml", "[\"threshold.likely-below\"]\nseverity = \"required\"\n")], "findings.toml:2", &["never holds back a referral"]);
    refused(&[("findings.toml", "[\"threshold.likely-below\"]\nmessage = \"This is below.\"\n")], "findings.toml:2", &["{change} is missing"]);
    refused(&[("findings.toml", "[\"child-impact.missing\"]\nmessage = \"Write about {kid}.\"\n")], "findings.toml:2", &["{kid} is never filled"]);
    refused(&[("findings.toml", "[\"child-impact.nonsense\"]\nmessage = \"x\"\n")], "findings.toml:1", &["no rule speaks"]);
    refused(
        &[("locales/cy.toml", "[findings.\"threshold.likely-below\"]\nmessage = \"Islaw.\"\nwhy = \"{help}\"\n")],
        "locales/cy.toml:2",
        &["{change} is missing"],
    );
    refused(&[("questions/dash.toml", "[q18]\nmarker = \"none\"\n")], "questions/dash.toml:2", &["marked high"]);
    refused(&[("readers/threshold.json", "{\"bits\":4,\"outputs\":[],\"weights\":\"\"}")], "readers/threshold.json:1", &["keeps its second readers"]);
}

#[test]
fn a_slip_is_told_at_its_file_and_line() {
    let sign = "[quarry]\nname = \"Q\"\nlevel = 3\nuse = \"enough\"\n";
    refused(&[("indicators/a.toml", &format!("{sign}wehn = \"strangulation\"\n"))], "indicators/a.toml:5", &["unknown field `wehn`"]);
    refused(&[("indicators/a.toml", &format!("{sign}when = \"strangulaton\"\n"))], "indicators/a.toml:5", &["no concept \"strangulaton\""]);
    refused(&[("indicators/a.toml", &format!("{sign}when = \"strangulation and\"\n"))], "indicators/a.toml:5", &[]);
    refused(&[("indicators/a.toml", &format!("{sign}when = \"strangulation\"\nsource = \"nowhere\"\n"))], "indicators/a.toml:6", &["not in sources.toml"]);
    refused(&[("concepts/a.toml", "[quarry]\nname = \"Q\"\nphrases = [\"at the (quarry\"]\n")], "concepts/a.toml:3", &[]);
    refused(&[("settings.toml", "below-words = \n")], "settings.toml:1", &[]);
}

#[test]
fn a_local_pack_has_a_name_of_its_own() {
    refused(&[("policy.toml", "id = \"england\"\nversion = \"1\"\nextends = \"england\"\n")], "policy.toml:1", &["that of the pack below"]);
}

#[test]
fn likely_below_needs_more_than_silence() {
    refused(
        &[("indicators/a.toml", "[quiet]\nname = \"Nothing is said\"\nlevel = 1\nuse = \"context\"\nwhen = \"not strangulation\"\n")],
        "indicators/a.toml:5",
        &["must rest on something that is said"],
    );
}

/// What no refusal foresees: words of a local pack that change how a sentence is read.
#[test]
fn the_merged_pack_is_held_against_the_one_below() {
    let scratch = Scratch::new();
    let dir = scratch.pack(&[("words.toml", "[people]\nsuspect_words = [\"child\", \"baby\", \"boy\", \"girl\"]\n")]);
    let done = policy(&["check", text(&dir)]);
    assert_eq!(done.status.code(), Some(2));
    assert!(
        err(&done).contains(
            "\"Baby has a skull fracture.\" no longer shows what it shows in \"england\" (phys-head-injury-infant); something in \"local\" silences it"
        ),
        "{}",
        err(&done)
    );
}

#[test]
fn a_local_pack_adds_and_tightens() {
    let scratch = Scratch::new();
    let dir = scratch.pack(&[
        ("settings.toml", "return-interview-hours = 48\nlocal-levels = [\"Green\", \"Early help plus\", \"Tier three\", \"Tier four\"]\nroutes = [\"a\", \"b\", \"c\", \"d\"]\n"),
        ("sources.toml", "[local-guide]\ntitle = \"Levels of need\"\nreview-by = 2027-01-31\n"),
        (
            "concepts/a.toml",
            "[strangulation]\nphrases = [\"put the quarry hold on\"]\nmatch = [\"He put the quarry hold on her.\"]\nignore = [\"He works at the quarry.\"]\n\
             [left-at-quarry]\nname = \"Left at the quarry\"\nphrases = [\"(left|alone) at the quarry\"]\nmatch = [\"Jamie was left at the quarry.\"]\nignore = [\"Dad works at the quarry.\"]\n",
        ),
        (
            "indicators/a.toml",
            "[quarry]\nname = \"A child left at the quarry\"\nlevel = 3\nuse = \"enough\"\nwhen = \"left-at-quarry\"\nsource = \"local-guide\"\n\
             [da-strangulation-child-present]\nwhen = \"(strangulation and fact:child-in-home) or left-at-quarry\"\n",
        ),
        ("findings.toml", "[\"child-impact.no-voice\"]\nseverity = \"warning\"\n"),
    ]);
    // A rule that holds wherever the old one did may be wider.
    let done = policy(&["check", text(&dir)]);
    assert!(done.status.success(), "{}", err(&done));
    assert!(out(&done).contains("over england"), "{}", out(&done));

    let form = scratch.0.join("form.json");
    fs::write(&form, json!({ "formType": "domestic-abuse", "incident": { "narrative": "He put the quarry hold on her. Ava saw it." }, "children": [{ "id": "c1", "name": "Ava", "ageYears": 7 }] }).to_string()).expect("a form");
    let built = scratch.0.join("local.json");
    assert!(policy(&["build", text(&dir)]).status.success());
    for pack in [&dir, &built] {
        let report: Value = serde_json::from_str(&out(&run(&["check", "--format", "json", "--policy", text(pack), text(&form)]))).expect("a report");
        assert_eq!(report["threshold"]["likely"], "significant-harm");
        assert_eq!(report["threshold"]["localLevel"], "Tier four");
        assert_eq!(report["threshold"]["route"], "d");
        assert_eq!(report["policy"]["id"], "local");
    }
    let whole: Value = serde_json::from_str(&fs::read_to_string(&built).expect("built")).expect("JSON");
    assert!(whole["policy"]["extends"].as_str().is_some_and(|base| base.starts_with("england 20")), "the base's version is kept");
    assert!(whole["readers"]["threshold"].is_object(), "the second readers come along");
    assert_eq!(whole["findings"]["child-impact.no-voice"]["severity"], "warning");
    // Lists are added to, not replaced.
    assert!(whole["concepts"]["strangulation"]["phrases"].as_array().is_some_and(|phrases| phrases.len() > 3));
}

#[test]
fn a_pack_can_extend_a_pack_that_extends_and_never_itself() {
    let scratch = Scratch::new();
    let middle = scratch.pack(&[("settings.toml", "return-interview-hours = 48\n")]);
    let top = scratch.0.join("town");
    fs::create_dir_all(&top).expect("a folder");
    fs::write(top.join("policy.toml"), "id = \"town\"\nversion = \"1\"\nextends = \"local\"\n").expect("a file");
    fs::write(top.join("settings.toml"), "return-interview-hours = 60\n").expect("a file");
    let said = err(&policy(&["check", text(&top)]));
    assert!(said.contains("town/settings.toml:1: ") && said.contains("48"), "the middle pack is guarded too: {said}");
    fs::write(top.join("settings.toml"), "return-interview-hours = 24\n").expect("a file");
    assert!(policy(&["check", text(&top)]).status.success());
    fs::write(middle.join("policy.toml"), "id = \"local\"\nversion = \"1\"\nextends = \"town\"\n").expect("a file");
    assert!(err(&policy(&["check", text(&top)])).contains("extends itself"));
    fs::write(top.join("policy.toml"), "id = \"town\"\nversion = \"1\"\nextends = \"nowhere\"\n").expect("a file");
    let said = err(&policy(&["check", text(&top)]));
    assert!(said.contains("town/policy.toml:3: ") && said.contains("no pack \"nowhere\""), "{said}");
}

#[test]
fn a_new_pack_checks_tests_and_builds_as_it_stands() {
    let scratch = Scratch::new();
    let dir = scratch.0.join("westshire");
    assert!(policy(&["new", text(&dir), "--extends", "england"]).status.success());
    for (command, says) in [("check", "no problems"), ("test", "1 of 1 cases as expected"), ("build", "westshire.json")] {
        let done = policy(&[command, text(&dir)]);
        assert!(done.status.success() && out(&done).contains(says), "{command}: {}{}", out(&done), err(&done));
    }
    let again = policy(&["new", text(&dir)]);
    assert!(!again.status.success() && err(&again).contains("is there already"), "{}", err(&again));
    assert!(err(&policy(&["new", text(&scratch.0.join("West Shire"))])).contains("small letters"));
    // What is commented out there is right as well.
    for file in ["concepts/local.toml", "indicators/local.toml", "sources.toml", "settings.toml"] {
        let path = dir.join(file);
        let shown: String = fs::read_to_string(&path)
            .expect("a file of the new pack")
            .lines()
            .filter_map(|line| match line.strip_prefix("# ") {
                Some(rest)
                    if rest.starts_with('[') || rest.split_once('=').is_some_and(|(key, _)| key.trim().chars().all(|c| c.is_ascii_lowercase() || c == '-')) =>
                {
                    Some(format!("{rest}\n"))
                }
                _ => None,
            })
            .collect();
        assert!(!shown.is_empty(), "{file} shows nothing");
        fs::write(path, shown).expect("a file");
    }
    let done = policy(&["check", text(&dir)]);
    assert!(done.status.success(), "{}", err(&done));
}

#[test]
fn every_entry_has_an_example_and_a_near_miss() {
    let entry = |extra: &str| format!("[quarry]\nname = \"Quarry\"\nphrases = [\"at the quarry\"]\n{extra}");
    refused_examples(&entry("match = [\"Left at the quarry.\"]\n"), "`ignore` example");
    refused_examples(&entry("ignore = [\"Left at home.\"]\n"), "`match` example");
    // Phrases added to an entry of the pack below want examples of their own.
    refused_examples("[strangulation]\nphrases = [\"the quarry hold\"]\n", "`match` example");
}

#[track_caller]
fn refused_examples(concepts: &str, words: &str) {
    let scratch = Scratch::new();
    let done = policy(&["check", text(&scratch.pack(&[("concepts/a.toml", concepts)]))]);
    assert!(err(&done).contains("local/concepts/a.toml:1: ") && err(&done).contains(words), "{}", err(&done));
}

#[test]
fn warns_of_what_was_to_be_read_again() {
    let scratch = Scratch::new();
    let dir = scratch.pack(&[("sources.toml", "[local-guide]\ntitle = \"Levels of need\"\nreview-by = 2027-01-31\n")]);
    let said = |day: &str| {
        let done = policy(&["check", text(&dir), "--as-of", day]);
        (done.status.code(), out(&done), err(&done))
    };
    assert!(!said("2027-01-31").1.contains("warning:"));
    let (code, warned, _) = said("2027-02-01");
    assert_eq!(code, Some(0), "a warning fails nothing");
    assert!(warned.contains("sources.toml:3: sources.local-guide.review-by: was to be read again by 2027-01-31"), "{warned}");
    assert!(said("soon").2.contains("is no day"));
    fs::write(dir.join("sources.toml"), "[local-guide]\ntitle = \"Levels of need\"\nreview-by = \"next year\"\n").expect("a file");
    assert!(err(&policy(&["check", text(&dir)])).contains("\"next year\" is no day"));
}

#[test]
fn runs_the_packs_own_cases() {
    let scratch = Scratch::new();
    let wrong = json!({ "id": "too-high", "form": { "formType": "child-concern", "children": [{ "id": "c1", "name": "Ava", "ageYears": 7 }] }, "expect": { "threshold": "meets" } });
    let dir = scratch.pack(&[("cases/own.ndjson", &format!("{wrong}\n"))]);
    let done = policy(&["test", text(&dir)]);
    assert_eq!(done.status.code(), Some(1));
    assert!(out(&done).contains("own.ndjson:1: too-high: threshold meets reported uncertain"), "{}", out(&done));
    fs::write(dir.join("cases/own.ndjson"), "{").expect("a file");
    let done = policy(&["test", text(&dir)]);
    assert!(done.status.code() == Some(2) && err(&done).contains("own.ndjson:1"), "{}", err(&done));
}

#[test]
fn says_what_differs_in_words_and_in_verdicts() {
    let scratch = Scratch::new();
    let dir = scratch.pack(&[
        ("settings.toml", "return-interview-hours = 48\n"),
        (
            "concepts/a.toml",
            "[strangulation]\nphrases = [\"the quarry hold\"]\nmatch = [\"He used the quarry hold.\"]\nignore = [\"He works at the quarry.\"]\n\
             [left-at-quarry]\nname = \"Left at the quarry\"\nphrases = [\"left at the quarry\"]\nmatch = [\"Left at the quarry.\"]\nignore = [\"Dad works at the quarry.\"]\n",
        ),
        ("indicators/a.toml", "[quarry]\nname = \"A child left at the quarry\"\nlevel = 3\nuse = \"enough\"\nwhen = \"left-at-quarry\"\n"),
    ]);
    let cases = scratch.0.join("cases.ndjson");
    let form = json!({ "formType": "domestic-abuse", "incident": { "narrative": "Ava was left at the quarry." }, "children": [{ "id": "c1", "name": "Ava", "ageYears": 7 }] });
    fs::write(&cases, format!("{}\n", json!({ "id": "quarry", "form": form, "expect": {} }))).expect("a file");
    let england = scratch.0.join("england");
    let said = out(&policy(&["diff", text(&england), text(&dir), "--cases", text(&cases)]));
    for line in [
        "return-interview-hours: 72 → 48",
        "strangulation · phrases:\n      + the quarry hold",
        "quarry: new: A child left at the quarry (level 3, enough, when left-at-quarry)",
        "1 of 1 case differ",
        "uncertain → meets",
        "+ quarry",
    ] {
        assert!(said.contains(line), "\"{line}\" is not in {said}");
    }
    assert!(!said.contains("match"), "examples are no difference");
    let same = out(&policy(&["diff", text(&england), text(&england), "--cases", text(&cases)]));
    assert!(same.contains("no change") && same.contains("0 of 1 case"), "{same}");
    let lower = out(&policy(&["diff", text(&dir), text(&england), "--cases", text(&cases)]));
    assert!(lower.contains("lower: read each"), "{lower}");
}

#[test]
fn the_page_to_sign_holds_everything_and_runs_nothing() {
    let scratch = Scratch::new();
    let dir = scratch.pack(&[("sources.toml", "[local-guide]\ntitle = \"Levels <b>of</b> need\"\nreview-by = 2027-01-31\n")]);
    let page = scratch.0.join("page.html");
    assert!(policy(&["docs", text(&dir), "-o", text(&page), "--as-of", "2028-01-01"]).status.success());
    let page = fs::read_to_string(page).expect("written");
    let england: Value = serde_json::from_str(&fs::read_to_string(root().join("policies/england.json")).expect("built")).expect("JSON");
    for part in ["indicators", "concepts", "sources", "findings"] {
        for key in england[part].as_object().expect("a table").keys() {
            let name = england[part][key]["name"].as_str().or(england[part][key]["title"].as_str()).unwrap_or(key);
            let name = name.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;");
            assert!(page.contains(&name), "{part} {key} is missing");
        }
    }
    for text in ["Level 4 because:", "Sign-off", "(overdue)", "Levels &lt;b&gt;of&lt;/b&gt; need", "@media print", "What this pack adds", "Not found in"] {
        assert!(page.contains(text), "\"{text}\" is missing");
    }
    for never in ["<script", "http-equiv=\"refresh\"", "<link", "<img", " onclick"] {
        assert!(!page.contains(never), "{never}");
    }
    let links = page.matches("href=\"").count();
    assert_eq!(links, page.matches("href=\"#").count(), "it links outside itself");
}

#[test]
fn every_pack_here_is_whole() {
    for entry in fs::read_dir(root().join("policies")).expect("packs").filter_map(Result::ok).filter(|entry| entry.path().is_dir()) {
        for command in ["check", "test"] {
            let done = policy(&[command, text(&entry.path())]);
            assert!(done.status.success(), "{command} {}: {}{}", entry.path().display(), out(&done), err(&done));
        }
    }
}

#[test]
fn wales_speaks_welsh_beside_english() {
    let form = json!({ "formType": "child-concern", "children": [{ "id": "c1", "name": "Nia", "ageYears": 7, "impact": "In bed upstairs." }] }).to_string();
    let scratch = Scratch::new();
    let file = scratch.0.join("form.json");
    fs::write(&file, form).expect("a form");
    let wales = root().join("policies/wales");
    let report = |locale: &[&str]| -> Value {
        let done = run(&[&["check", "--format", "json", "--policy", text(&wales), text(&file)], locale].concat());
        serde_json::from_str(&out(&done)).expect("a report")
    };
    let (english, welsh) = (report(&[]), report(&["--locale", "cy"]));
    let codes = |report: &Value| -> Vec<(Value, Value)> {
        report["findings"].as_array().expect("findings").iter().map(|one| (one["code"].clone(), one["severity"].clone())).collect()
    };
    assert_eq!(codes(&english), codes(&welsh), "the language changes no finding");
    assert!(codes(&english).len() >= 3);
    for (en, cy) in english["findings"].as_array().expect("findings").iter().zip(welsh["findings"].as_array().expect("findings")) {
        assert_ne!(en["message"], cy["message"], "{}", en["code"]);
    }
    assert!(
        welsh["children"][0]["impact"]["ask"][0].as_str().is_some_and(|ask| ask.starts_with("Beth") || ask.starts_with("Sut")),
        "questions are in Welsh too: {welsh}"
    );
}

/// A finding with English words only would stand alone among Welsh ones.
#[test]
fn wales_has_every_message_in_both_languages() {
    let scratch = Scratch::new();
    let built = scratch.0.join("wales.json");
    assert!(policy(&["build", text(&root().join("policies/wales")), "--out", text(&built)]).status.success());
    let pack: Value = serde_json::from_str(&fs::read_to_string(built).expect("built")).expect("JSON");
    let local = &pack["locales"]["cy"];
    for (code, wording) in pack["findings"].as_object().expect("findings") {
        assert!(local["findings"][code]["message"].is_string(), "{code}");
        for name in wording["variants"].as_object().into_iter().flat_map(|variants| variants.keys()) {
            assert!(local["findings"][code]["variants"][name].is_string(), "{code} {name}");
        }
    }
    for part in ["asks", "empty"] {
        for key in pack[part].as_object().expect("a table").keys() {
            assert!(!local[part][key].is_null(), "{part} {key}");
        }
    }
}

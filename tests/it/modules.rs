//! Modules stand in a line: each may use those before it, none after.

use std::fs;
use std::path::{Path, PathBuf};

const LINE: &[&str] = &["text", "form", "policy", "facts", "rules", "report", "guide", "wasm"];

fn sources(folder: &Path, out: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("the source folder is there").filter_map(Result::ok) {
        let path = entry.path();
        if path.is_dir() {
            sources(&path, out);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            out.push(path);
        }
    }
}

#[test]
fn no_module_uses_one_after_it() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    sources(&root, &mut files);
    let mut checked = 0;
    for file in files {
        let inside = file.strip_prefix(&root).expect("found below it");
        let module = inside.components().next().expect("a file has a name").as_os_str().to_string_lossy().trim_end_matches(".rs").to_owned();
        let Some(place) = LINE.iter().position(|name| *name == module) else { continue };
        let text = fs::read_to_string(&file).expect("a source file is text");
        for later in &LINE[place + 1..] {
            assert!(!text.contains(&format!("crate::{later}::")), "{} uses {later}, which comes after {module}", inside.display());
        }
        checked += 1;
    }
    assert!(checked > 40, "only {checked} files were found");
}

#[test]
fn every_rule_has_its_words_and_every_wording_its_rule() {
    let guide = referral_guide::Guide::new();
    let pack = &guide.policy().pack;
    let mut codes = Vec::new();
    for rule in referral_guide::rules::RULES.iter().flat_map(|area| area.iter()) {
        let wording = pack.findings.get(rule.code).unwrap_or_else(|| panic!("{} has no wording in findings.toml", rule.code));
        for variant in rule.variants {
            assert!(wording.variants.contains_key(variant), "{} has no message \"{variant}\"", rule.code);
        }
        let messages = wording.variants.values().chain([&wording.message, &wording.why]);
        for message in messages {
            for part in message.split('{').skip(1) {
                let name = part.split('}').next().unwrap_or("");
                assert!(name == "child" || rule.fills.contains(&name), "{} cannot fill {{{name}}}", rule.code);
            }
        }
        codes.push(rule.code);
    }
    for code in pack.findings.keys() {
        assert!(codes.contains(&code.as_str()), "{code} has words and no rule");
    }
}

/// A prompt cites, asks openly and allows "not known"; it puts no state into a child.
#[test]
fn no_message_leads_the_officer() {
    let guide = referral_guide::Guide::new();
    let pack = &guide.policy().pack;
    let leading = [
        "was frightened",
        "was scared",
        "were they scared",
        "was upset",
        "is distressed",
        "must have been",
        "did the child cry",
        "was the child crying",
        "safe to say",
        "no risk",
        "probability",
        "score",
    ];
    let asks = pack.asks.iter().filter(|(name, _)| name.as_str() != "facts").flat_map(|(_, asks)| asks.values());
    let messages = pack.findings.values().flat_map(|wording| wording.variants.values().chain([&wording.message]));
    for message in asks.chain(pack.empty.values().map(|family| &family.ask)).chain(messages) {
        let lower = message.to_lowercase();
        for phrase in leading {
            assert!(!lower.contains(phrase), "\"{message}\" leads: \"{phrase}\"");
        }
    }
}

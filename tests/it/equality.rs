//! The same facts, told of another family and in other words, read as the same level.
//!
//! Each account is told many times over with one thing changed that says nothing of the child's safety: the names, how a
//! word is spelt, who looks after the child, a word of dialect. The verdict must be that of the plain telling.

use referral_guide::Guide;
use referral_guide::facts::Likely;
use serde_json::json;
use std::collections::BTreeMap;

/// Accounts of every level. `{child}`, `{mum}` (who looks after the child) and `{man}` (the suspect) are filled.
const ACCOUNTS: &[&str] = &[
    // Significant harm.
    "{man} strangled {mum} while {child} was in the room. {child} was crying.",
    "{man} held a knife to her throat and {child} saw it.",
    "{child} told the teacher that {man} hits them with a belt.",
    "{man} said he would kill her and the kids. {child} heard this.",
    "{child} was slapped across the face by {man} and has a hand print on the cheek.",
    "{mum} was passed out drunk and nobody else was there to look after {child}.",
    // A child in need.
    "{child} has not been to school since March. {mum} says that they will not go.",
    "{man} and {mum} argued again, the third time this month. {child} was hiding under the bed and shaking.",
    "{child} was hungry and there was no food in the house again.",
    // Likely below.
    "{mum} and {man} had a verbal argument about money. No violence. {child} was asleep and did not hear it. House clean, food in the fridge, {child} seen well and happy in the morning.",
    "{child} got lost at the market for ten minutes while shopping. {mum} was looking for them, found them and took them home. {child} was happy and well.",
];

/// Given names and family names of many communities; some are ordinary words, some have marks or hyphens.
const NAMES: &[(&str, &str)] = &[
    ("Emily", "Smith"),
    ("Siân", "Llewelyn"),
    ("Gethin", "ap Rhys"),
    ("Llŷr", "Hughes"),
    ("Agnieszka", "Wójcik"),
    ("Łukasz", "Dąbrowski"),
    ("Abdirahman", "Warsame"),
    ("Hodan", "Cabdi"),
    ("Mohammed", "Iqbal"),
    ("Zainab", "al-Sayed"),
    ("Oluwaseun", "Adeyemi"),
    ("T'Shaun", "Campbell"),
    ("Xiu Ying", "Chen"),
    ("Anh", "Nguyễn"),
    ("Răzvan", "Popescu"),
    ("Yılmaz", "Öztürk"),
    ("Kateryna", "Шевченко"),
    ("Priya", "Patel"),
    ("Niamh", "O'Connor"),
    ("Grace", "Hope"),
    ("Summer", "Brown"),
    ("Mary-Jane", "Lee"),
    ("Bo", "Li"),
    ("Tiernan", "Ward"),
];

/// Who looks after the child, and who the suspect is to them.
const FAMILIES: &[(&str, &str)] = &[
    ("mum", "dad"),
    ("mother", "father"),
    ("mum", "stepdad"),
    ("mum", "her boyfriend"),
    ("mum", "mum's partner"),
    ("mum", "uncle"),
    ("nan", "grandad"),
    ("the foster carer", "the foster carer's husband"),
];

/// The same word in another part of the country, or as a tired thumb types it.
const WORDINGS: &[(&str, &[(&str, &str)])] = &[
    ("capitals", &[]),
    ("no punctuation", &[(".", ""), (",", "")]),
    ("curly quotes", &[("'", "\u{2019}")]),
    ("wide spaces", &[(" ", "  ")]),
    ("line breaks", &[(". ", ".\n")]),
    ("north", &[("mum", "mam"), ("nothing", "nowt"), ("crying", "bawling"), ("slapped", "slapped")]),
    ("Scots", &[("crying", "greeting"), ("kids", "bairns"), ("mum", "maw")]),
    ("Midlands", &[("mum", "mom"), ("crying", "roaring")]),
    ("Wales", &[("mum", "mam"), ("nan", "nain"), ("grandad", "taid")]),
    ("slips", &[("strangled", "strangeld"), ("slapped", "slaped"), ("argument", "arguement"), ("school", "shcool"), ("hungry", "hungrey")]),
    ("shorthand", &[(" and ", " & "), (" with ", " w ")]),
];

fn verdict(guide: &Guide, account: &str, child: &str, surname: &str) -> Likely {
    let form = json!({
        "formType": "child-concern",
        "incident": { "narrative": account },
        "children": [{ "id": "c1", "name": format!("{child} {surname}"), "ageYears": 8, "seen": true }],
    });
    guide.check_json(&form.to_string()).threshold.likely
}

fn told(account: &str, child: &str, (mum, man): (&str, &str)) -> String {
    let text = account.replace("{child}", child).replace("{mum}", mum).replace("{man}", man);
    // A sentence starts with a capital.
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

#[test]
fn the_same_facts_of_another_family_in_other_words_read_the_same() {
    let guide = Guide::new();
    let mut variants = 0;
    let mut unequal: BTreeMap<(&str, &str, String), String> = BTreeMap::new();
    for account in ACCOUNTS {
        let (plain_name, plain_family) = (NAMES[0], FAMILIES[0]);
        let plain = verdict(&guide, &told(account, plain_name.0, plain_family), plain_name.0, plain_name.1);
        let mut compare = |kind: &'static str, what: &str, text: &str, child: &str, surname: &str| {
            variants += 1;
            let found = verdict(&guide, text, child, surname);
            if found != plain {
                unequal.insert((account, kind, what.to_owned()), format!("{found:?}, not {plain:?}"));
            }
        };
        for (name, surname) in NAMES {
            compare("name", name, &told(account, name, plain_family), name, surname);
            // By the whole name, as a second officer would write it.
            compare("whole name", name, &told(account, &format!("{name} {surname}"), plain_family), name, surname);
        }
        for family in FAMILIES {
            compare("family", &format!("{family:?}"), &told(account, plain_name.0, *family), plain_name.0, plain_name.1);
        }
        for (wording, changes) in WORDINGS {
            for (name, surname) in [NAMES[0], NAMES[2], NAMES[4], NAMES[6]] {
                let mut text = told(account, name, plain_family);
                for (from, to) in *changes {
                    text = text.replace(from, to);
                }
                if *wording == "capitals" {
                    text = text.to_uppercase();
                }
                compare("wording", wording, &text, name, surname);
            }
        }
    }
    assert!(variants >= 500, "only {variants} variants");
    let new: Vec<String> = unequal.iter().map(|((account, kind, what), how)| format!("\n  {kind} {what}: {how}\n    {account}")).collect();
    assert!(new.is_empty(), "of {variants} variants these differ:{}", new.join(""));
}

//! `referral-guide policy why`: what the guide says of the pack's own examples, as a table.

use crate::cli::pack;
use referral_guide::Guide;
use referral_guide::facts::ImpactStatus;
use referral_guide::policy::Facet;
use serde_json::json;
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::PathBuf;
use std::process::ExitCode;

/// Shows what is said of the pack's examples in a child's box, and why
#[derive(clap::Args)]
#[command(after_help = "Example:
  referral-guide policy why policies/england -o why.md")]
pub struct Arguments {
    /// Folder of the pack
    dir: PathBuf,
    /// Where to write. Default: standard output
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

pub fn run(arguments: &Arguments) -> Result<ExitCode, String> {
    let loaded = pack::load(&arguments.dir)?;
    let guide = Guide::by(loaded.compile()?);
    let pack = &loaded.pack;
    let mut out = format!(
        "<!-- Made by `referral-guide policy why` from the examples in the pack. Change those, then `make gen`. -->\n\n# Why it says so\n\nEach text is an \
         example from the pack `{}` {}, read as what a form holds on one child of seven, and nothing else.\n",
        pack.policy.id, pack.policy.version
    );
    out.push_str("\n## What describes the impact on a child\n");
    table(
        &mut out,
        &guide,
        false,
        Facet::ALL.into_iter().filter_map(|facet| Some((facet.name(), pack.facets.get(facet.name())?))).flat_map(|(facet, families)| {
            families.iter().filter_map(move |(key, family)| Some((format!("{facet}: {}", spoken(key)), family.matches.first()?)))
        }),
    );
    out.push_str("\n## What does not\n");
    table(&mut out, &guide, true, pack.empty.iter().filter_map(|(key, family)| Some((format!("{}: {}", family.kind, spoken(key)), family.matches.first()?))));
    match &arguments.output {
        None => anstream::print!("{out}"),
        Some(path) => std::fs::write(path, out).map_err(|error| format!("{}: {error}", path.display()))?,
    }
    Ok(ExitCode::SUCCESS)
}

fn table<'e>(out: &mut String, guide: &Guide, with_why: bool, examples: impl Iterator<Item = (String, &'e String)>) {
    out.push_str("\n| family | in the box | read as | said |\n| --- | --- | --- | --- |\n");
    for (family, text) in examples {
        let form = json!({ "formType": "child-concern", "children": [{ "id": "c1", "name": "Ava", "ageYears": 7, "impact": text }] });
        let report = guide.check_json(&form.to_string());
        let impact = &report.children[0].impact;
        let mut read = vec![match impact.status {
            ImpactStatus::Described => "described".to_owned(),
            ImpactStatus::Inadequate => "not described".to_owned(),
            ImpactStatus::Missing => "missing".to_owned(),
        }];
        for (facet, places) in impact.facets.iter().filter(|(_, places)| !places.is_empty()) {
            let units: Vec<u16> = text.encode_utf16().collect();
            let words: BTreeSet<String> = places.iter().map(|place| String::from_utf16_lossy(&units[place.start as usize..place.end as usize])).collect();
            read.push(format!("{}: \u{201c}{}\u{201d}", facet.name(), words.into_iter().collect::<Vec<_>>().join("\u{201d}, \u{201c}")));
        }
        let said: Vec<String> = report
            .findings
            .iter()
            .filter(|finding| finding.code.starts_with("child-impact.") && finding.code != "child-impact.no-voice")
            .map(|finding| if with_why { format!("{} *{}* ({})", finding.message, finding.why, finding.source) } else { finding.message.clone() })
            .collect();
        let _ = writeln!(out, "| {} | {} | {} | {} |", cell(&family), cell(text), cell(&read.join("; ")), cell(&said.join(" ")));
    }
}

/// A key as people say it.
fn spoken(key: &str) -> String {
    key.replace(['_', '-'], " ")
}

fn cell(text: &str) -> String {
    text.replace('|', "\\|").replace('\n', " ").replace('<', "&lt;")
}

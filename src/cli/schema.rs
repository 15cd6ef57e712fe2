//! `referral-guide schema`: the JSON Schemas, from the Rust types.

use super::pack_schema;
use std::process::ExitCode;

/// Prints a JSON Schema made from the types
#[derive(clap::Args)]
#[command(after_help = "Of a pack's folder: pack/policy, pack/settings, pack/sources, pack/words, pack/concepts, pack/facets, pack/empty,
pack/questions, pack/indicators, pack/findings, pack/asks and pack/locales, one for each kind of TOML file.")]
pub struct Arguments {
    /// Which one: referral, report, policy (a built pack), outcome or a kind of file in a pack's folder
    #[arg(value_parser = clap::builder::PossibleValuesParser::new(names()))]
    of: String,
}

fn names() -> Vec<&'static str> {
    ["referral", "report", "policy", "outcome"].into_iter().chain(pack_schema::KINDS).collect()
}

pub fn run(arguments: &Arguments) -> Result<ExitCode, String> {
    anstream::println!("{}", text(&arguments.of));
    Ok(ExitCode::SUCCESS)
}

fn text(of: &str) -> String {
    if let Some(kind) = of.strip_prefix("pack/") {
        return pack_schema::schema(kind);
    }
    let schema = match of {
        "referral" => schemars::schema_for!(referral_guide::form::Referral),
        "report" => schemars::schema_for!(referral_guide::Report),
        "outcome" => schemars::schema_for!(super::feedback::Outcome),
        _ => schemars::schema_for!(referral_guide::policy::Pack),
    };
    serde_json::to_string_pretty(&schema).expect("a schema is plain data")
}

#[cfg(test)]
mod tests {
    #[test]
    fn committed_schemas_are_fresh() {
        for of in super::names() {
            let path = format!("{}/schemas/{of}.schema.json", env!("CARGO_MANIFEST_DIR"));
            let committed = std::fs::read_to_string(&path).unwrap_or_default();
            assert_eq!(committed.trim_end(), super::text(of), "schemas/{of}.schema.json is stale; run `make gen`");
        }
    }
}

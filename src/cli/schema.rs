//! `referral-guide schema`: the JSON Schemas, from the Rust types.

use std::process::ExitCode;

/// Prints a JSON Schema made from the types
#[derive(clap::Args)]
pub struct Arguments {
    /// Which one
    #[arg(value_parser = ["referral", "report", "policy", "outcome"])]
    of: String,
}

pub fn run(arguments: &Arguments) -> Result<ExitCode, String> {
    anstream::println!("{}", text(&arguments.of));
    Ok(ExitCode::SUCCESS)
}

fn text(of: &str) -> String {
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
        for of in ["referral", "report", "policy", "outcome"] {
            let path = format!("{}/schemas/{of}.schema.json", env!("CARGO_MANIFEST_DIR"));
            let committed = std::fs::read_to_string(&path).unwrap_or_default();
            assert_eq!(committed.trim_end(), super::text(of), "schemas/{of}.schema.json is stale; run `make gen`");
        }
    }
}

//! `referral-guide explain`: words, people, cues and phrases of one text, for whoever edits a pack.

use super::PolicyArguments;
use referral_guide::facts::{Cast, Owner, Reading};
use referral_guide::form::{Child, Referral};
use referral_guide::policy::Kind;
use std::process::ExitCode;

/// Shows how a text is read: words, people, cues and phrases
#[derive(clap::Args)]
pub struct Arguments {
    /// The text
    #[arg(long)]
    text: String,
    /// Name of a child: the text is read as that child's own box
    #[arg(long)]
    child: Option<String>,
    #[command(flatten)]
    policy: PolicyArguments,
}

pub fn run(arguments: &Arguments) -> Result<ExitCode, String> {
    let guide = arguments.policy.guide()?;
    let policy = guide.policy();
    let mut form = Referral::default();
    let owner = match &arguments.child {
        None => Owner::Nobody,
        Some(name) => {
            form.children.push(Child { id: "c1".into(), name: Some(name.as_str().into()), ..Child::default() });
            Owner::Child(0)
        }
    };
    let cast = Cast::new(&form, policy);
    let reading = Reading::new(&arguments.text, owner, &cast, policy);
    for (number, sentence) in reading.sentences.iter().enumerate() {
        anstream::println!("sentence {}: {}", number + 1, &arguments.text[reading.tokens.bytes(sentence.clone())]);
        for at in sentence.clone() {
            let who = reading.who[at].map(|who| format!("  {who:?}")).unwrap_or_default();
            let not = if reading.meant[at].negated { "  negated" } else { "" };
            anstream::println!("    {}{who}{not}", reading.tokens.folded(at));
        }
    }
    for (hit, cue) in &reading.cues {
        anstream::println!("cue     \"{}\": {:?} {:?}, {} words", &arguments.text[reading.bytes(hit.start, hit.end)], cue.kind, cue.direction, cue.reach);
    }
    for mention in &reading.mentions {
        let entry = &policy.entries[mention.entry as usize];
        let kind = match &entry.kind {
            Kind::Concept(_) => "concept".to_owned(),
            Kind::Facet(facet) => facet.name().to_owned(),
            Kind::Empty(_) => "empty".to_owned(),
            Kind::Vague | Kind::Ex | Kind::NotSuspects => "setting".to_owned(),
        };
        let how = mention.assertion;
        let said: Vec<&str> = [
            (how.negated, "negated"),
            (how.doubted, "doubted"),
            (how.hypothetical, "hypothetical"),
            (how.past, "past"),
            (how.long_ago, "long ago"),
            (how.elsewhere, "elsewhere"),
            (how.hearsay, "hearsay"),
        ]
        .into_iter()
        .filter_map(|(is, name)| is.then_some(name))
        .collect();
        let said = if said.is_empty() { "stated".to_owned() } else { said.join(", ") };
        let subject = mention.subject.map_or_else(|| "nobody named".to_owned(), |who| format!("{who:?}"));
        anstream::println!("phrase  \"{}\": {kind} {} ({said}; about {subject})", &arguments.text[reading.bytes(mention.start, mention.end)], entry.id);
    }
    Ok(ExitCode::SUCCESS)
}

//! What comes out: findings in words, with UTF-16 places, overrides honoured, in order.

use crate::facts::{ChildFacts, DashState, Facts, ImpactStatus, Likely, Place, facet_number};
use crate::policy::{Facet, Weight};
use crate::rules::Finding as Open;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The report on a form.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Report {
    /// Which policy judged.
    pub policy: PolicyName,
    /// No open finding of severity `required`.
    pub complete: bool,
    /// What is open, most pressing first.
    pub findings: Vec<Finding>,
    /// Each child of the form.
    pub children: Vec<ChildReport>,
    /// The risk questions.
    pub dash: DashReport,
    /// The likely level of need.
    pub threshold: ThresholdReport,
}

/// Which policy judged.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
pub struct PolicyName {
    /// Short name.
    pub id: String,
    /// Version.
    pub version: String,
}

/// How pressing a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Severity {
    /// The form is not complete without it; an override with a reason answers it.
    Required,
    /// Likely wrong.
    Warning,
    /// Worth a look.
    Prompt,
    /// For information.
    Info,
}

impl Severity {
    /// As the pack and the report write it.
    pub fn name(self) -> &'static str {
        match self {
            Severity::Required => "required",
            Severity::Warning => "warning",
            Severity::Prompt => "prompt",
            Severity::Info => "info",
        }
    }

    fn named(name: &str) -> Severity {
        [Severity::Required, Severity::Warning, Severity::Prompt].into_iter().find(|severity| severity.name() == name).unwrap_or(Severity::Info)
    }
}

/// Something to look at.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Finding {
    /// Stable, dotted, kebab-case.
    pub code: String,
    /// How pressing it is.
    pub severity: Severity,
    /// JSON Pointer into the form.
    pub path: String,
    /// Id of the child that it is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub child_id: Option<String>,
    /// One plain sentence to the officer: what to do.
    pub message: String,
    /// Why it matters.
    pub why: String,
    /// The guidance it rests on.
    pub source: String,
    /// The text that it rests on.
    pub evidence: Vec<Evidence>,
    /// Other fields that it concerns, as JSON Pointers: the other end of a contradiction.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub related: Vec<String>,
    /// The officer answered it with a reason.
    pub overridden: bool,
}

/// A place in a text that the officer typed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
pub struct Evidence {
    /// JSON Pointer of the text.
    pub path: String,
    /// First UTF-16 code unit.
    pub start: u32,
    /// One past the last UTF-16 code unit.
    pub end: u32,
    /// What it shows.
    pub indicator: String,
}

/// A child.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
pub struct ChildReport {
    /// Its id in the form.
    pub id: String,
    /// What is written of the impact on it.
    pub impact: ImpactReport,
}

/// The impact on a child.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
pub struct ImpactReport {
    /// Whether it is described.
    pub status: ImpactStatus,
    /// Evidence for each facet.
    pub facets: BTreeMap<Facet, Vec<Evidence>>,
    /// At most two open questions that fit the child and what is already written; none once it is described.
    pub ask: Vec<String>,
}

/// The risk questions.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
pub struct DashReport {
    /// How far they were gone through.
    pub status: DashState,
    /// Questions answered.
    pub answered: u32,
    /// Questions there are.
    pub of: u32,
    /// Keys of the open ones.
    pub unanswered: Vec<String>,
    /// Questions answered yes. A count of answers, not a measure of risk.
    pub yes: u32,
    /// Answers of no that something speaks against.
    pub contradictions: Vec<ContradictionReport>,
    /// Keys of questions that the form's question set leaves out: not asked, and never a no.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub not_asked: Vec<String>,
}

/// An answer of no that something speaks against.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
pub struct ContradictionReport {
    /// Key of the question.
    pub question: String,
    /// What the texts say; empty where the form's own facts do.
    pub evidence: Vec<Evidence>,
    /// The fact of the form that says it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fact: Option<String>,
}

/// The likely level of need.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct ThresholdReport {
    /// The likely level.
    pub likely: Likely,
    /// `universal`, `early-help`, `section-17` or `section-47`, or what the pack calls these; absent when uncertain.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub route: Option<String>,
    /// What the local partnership calls it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub local_level: Option<String>,
    /// What shows it, gravest first.
    pub indicators: Vec<IndicatorReport>,
}

/// An indicator that the form shows.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct IndicatorReport {
    /// Its key in the pack.
    pub indicator: String,
    /// In plain words.
    pub name: String,
    /// It shows no level: something that may be grave is said and not explained, so the form is not called below.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub doubt: bool,
    /// Its canonical level, 1 to 4.
    pub level: u8,
    /// Ids of the children that it is about.
    pub child_ids: Vec<String>,
    /// The document that it rests on.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub source: String,
    /// What the texts say.
    pub evidence: Vec<Evidence>,
}

impl Report {
    /// Puts findings into words.
    pub fn new(facts: &Facts, open: Vec<Open>, locale: Option<&str>) -> Report {
        let places = Utf16::new(facts);
        let mut findings: Vec<Finding> = open.into_iter().map(|open| word(facts, &places, open, locale)).collect();
        findings.sort_by_key(|finding| (finding.overridden, finding.severity));
        let complete = !findings.iter().any(|finding| finding.severity == Severity::Required && !finding.overridden);
        Report {
            policy: PolicyName { id: facts.policy.pack.policy.id.clone(), version: facts.policy.pack.policy.version.clone() },
            complete,
            findings,
            children: facts.children.iter().map(|child| child_report(facts, &places, child)).collect(),
            dash: dash_report(facts, &places),
            threshold: threshold_report(facts, &places),
        }
    }
}

fn word(facts: &Facts, places: &Utf16, open: Open, locale: Option<&str>) -> Finding {
    let pack = &facts.policy.pack;
    let wording = pack.findings.get(open.code);
    let local = locale.and_then(|locale| pack.locales.get(locale)).and_then(|locale| locale.findings.get(open.code));
    let (message, why) = match (local, wording) {
        (Some(local), _) => (open.variant.and_then(|variant| local.variants.get(variant)).unwrap_or(&local.message).as_str(), local.why.as_str()),
        (None, Some(wording)) => (open.variant.and_then(|variant| wording.variants.get(variant)).unwrap_or(&wording.message).as_str(), wording.why.as_str()),
        // A pack without wording for a code still says that something is open.
        (None, None) => (open.code, ""),
    };
    let child = open.child.and_then(|child| facts.children.get(usize::from(child)));
    let mut fills: Vec<(&str, String)> = open.fills;
    if let Some(child) = child {
        fills.push(("child", facts.call(child)));
    }
    let source = open.source.or_else(|| wording.map(|wording| wording.source.clone())).unwrap_or_default();
    Finding {
        code: open.code.to_owned(),
        severity: wording.map_or(Severity::Info, |wording| Severity::named(&wording.severity)),
        overridden: overridden(facts, open.code, &open.path),
        path: open.path,
        child_id: child.map(|child| child.id.clone()),
        message: fill(message, &fills),
        why: fill(why, &fills),
        source: facts.policy.cite(&source),
        evidence: places.evidence(facts, &open.places),
        related: open.related,
    }
}

/// Replaces `{name}`; what is filled in is never read for placeholders again.
fn fill(template: &str, fills: &[(&str, String)]) -> String {
    let mut out = String::with_capacity(template.len());
    let mut rest = template;
    while let Some(open) = rest.find('{') {
        out.push_str(&rest[..open]);
        rest = &rest[open..];
        let Some(close) = rest.find('}') else { break };
        match fills.iter().find(|(name, _)| *name == &rest[1..close]) {
            Some((_, value)) => out.push_str(value),
            None => out.push_str(&rest[..=close]),
        }
        rest = &rest[close + 1..];
    }
    out.push_str(rest);
    // An empty filling leaves two spaces behind.
    while let Some(at) = out.find("  ") {
        out.remove(at);
    }
    out.trim_end().to_owned()
}

fn overridden(facts: &Facts, code: &str, path: &str) -> bool {
    facts.form.overrides.iter().any(|answer| {
        answer.code.trim() == code
            && answer.path.as_deref().is_none_or(|at| at.trim().is_empty() || at.trim() == path)
            && answer.reason.as_deref().is_some_and(|reason| !reason.trim().is_empty())
    })
}

fn child_report(facts: &Facts, places: &Utf16, child: &ChildFacts) -> ChildReport {
    let facets = Facet::ALL.into_iter().map(|facet| (facet, places.evidence(facts, &child.facets[facet_number(facet)]))).collect();
    ChildReport { id: child.id.clone(), impact: ImpactReport { status: child.status, facets, ask: facts.asks(child) } }
}

fn dash_report(facts: &Facts, places: &Utf16) -> DashReport {
    let dash = &facts.dash;
    DashReport {
        status: dash.state,
        answered: dash.answered as u32,
        of: dash.of as u32,
        unanswered: dash.unanswered.clone(),
        yes: dash.yes as u32,
        contradictions: dash
            .contradictions
            .iter()
            .map(|found| ContradictionReport {
                question: found.question.clone(),
                evidence: places.evidence(facts, &found.places),
                fact: found.fact.clone().filter(|_| found.places.is_empty()),
            })
            .collect(),
        not_asked: dash.not_asked.clone(),
    }
}

fn threshold_report(facts: &Facts, places: &Utf16) -> ThresholdReport {
    let likely = facts.threshold.likely;
    let universal = facts.threshold.shown.iter().all(|shown| shown.level <= 1);
    let (route, level) = match likely {
        Likely::Uncertain => (None, None),
        Likely::Below if universal => (Some("universal"), Some(0)),
        Likely::Below => (Some("early-help"), Some(1)),
        Likely::Meets => (Some("section-17"), Some(2)),
        Likely::SignificantHarm => (Some("section-47"), Some(3)),
    };
    let local = |names: &[String]| level.and_then(|level: usize| names.get(level).cloned());
    let settings = &facts.policy.pack.settings;
    ThresholdReport {
        likely,
        route: local(&settings.routes).or(route.map(str::to_owned)),
        local_level: local(&settings.local_levels),
        indicators: facts
            .threshold
            .shown
            .iter()
            .map(|shown| {
                let (id, name, source) = match shown.indicator {
                    Some(at) => {
                        let indicator = facts.policy.indicator(at);
                        (facts.policy.indicators[at].id.clone(), indicator.name.clone(), facts.policy.cite(&indicator.source))
                    }
                    None => ("second-reader".to_owned(), facts.fact_in_words("second-reader"), String::new()),
                };
                IndicatorReport {
                    indicator: id,
                    name,
                    doubt: shown.weight == Weight::Doubt,
                    level: shown.level,
                    child_ids: shown.children.iter().map(|&child| facts.children[usize::from(child)].id.clone()).collect(),
                    source,
                    evidence: places.evidence(facts, &shown.places),
                }
            })
            .collect(),
    }
}

/// UTF-16 offsets of every word, counted once a text and only where somebody asks.
struct Utf16 {
    words: Vec<std::cell::OnceCell<Vec<(u32, u32)>>>,
}

impl Utf16 {
    fn new(facts: &Facts) -> Utf16 {
        Utf16 { words: facts.fields.iter().map(|_| std::cell::OnceCell::new()).collect() }
    }

    /// The first places: a text that says the same a thousand times is no better shown by a thousand.
    fn evidence(&self, facts: &Facts, places: &[Place]) -> Vec<Evidence> {
        const MOST: usize = 24;
        let one = |place: &Place| {
            let field = &facts.fields[place.field];
            let words = self.words[place.field].get_or_init(|| offsets(field.reading.text, &field.reading.tokens));
            let (start, end) = (words[place.start as usize].0, words[place.end as usize - 1].1);
            Evidence { path: field.path.clone(), start, end, indicator: place.indicator.clone() }
        };
        places.iter().take(MOST).map(one).collect()
    }
}

fn offsets(text: &str, tokens: &crate::text::Tokens) -> Vec<(u32, u32)> {
    let mut units = 0u32;
    let mut byte = 0usize;
    let mut reach = |to: usize| {
        let part = &text[byte..to];
        units += if part.is_ascii() { part.len() as u32 } else { part.chars().map(|c| c.len_utf16() as u32).sum() };
        byte = to;
        units
    };
    tokens.words.iter().map(|token| (reach(token.start as usize), reach(token.end as usize))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fills_once_and_only_what_it_knows() {
        assert_eq!(
            fill("You wrote \"{quote}\" of {child}. {ask}", &[("quote", "{child}".into()), ("child", "Ava".into()), ("ask", String::new())]),
            "You wrote \"{child}\" of Ava."
        );
        assert_eq!(fill("{unknown} {", &[]), "{unknown} {");
    }

    #[test]
    fn offsets_count_utf16_units() {
        let text = "😀 é crying";
        let tokens = crate::text::Tokens::new(text);
        assert_eq!(offsets(text, &tokens), [(3, 4), (5, 11)]);
    }
}

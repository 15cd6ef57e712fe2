//! What the decisions say about what was written and about the guidance. It counts and compares; it decides and changes nothing.

use super::cases::{Case, Cases, Source};
use super::days::{Calendar, day};
use super::outcome::Decision;
use crate::cli::few::{FEW, Shown, part_of, table};
use crate::cli::stats::Rate;
use crate::cli::words;
use referral_guide::facts::{DashState, ImpactStatus, Likely};
use referral_guide::form::Concern;
use referral_guide::policy::{Facet, Pack};
use serde::{Serialize, Serializer};
use std::collections::BTreeSet;
use time::Date;

/// References given with what was missed, to be read.
const READ: usize = 5;

/// The whole answer.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Feedback {
    /// The day that it is about.
    pub as_of: String,
    /// What could be joined.
    pub joined: Joined,
    /// Help that came although the words or the choice pointed lower, and help that did not come although the concern was borne out.
    pub missed: Vec<Missed>,
    /// Explicit child-protection concerns that wait for a decision, longest first.
    pub chase: Vec<Chase>,
    /// Explicit concerns without any date, which cannot be followed.
    pub undated: u64,
    /// Of explicit concerns with two dates: decided by the end of the next working day.
    pub in_time: Share,
    /// Decisions by the level that the texts were read as.
    pub by_guidance: Vec<Row>,
    /// Decisions by the level that the officer chose.
    pub by_choice: Vec<Row>,
    /// Help, with and without something written.
    pub written: Vec<Contrast>,
    /// No further action, with and without a sign of level 3 or 4.
    pub high_signs: Vec<Contrast>,
    /// Looked at as significant harm, with and without a sign of level 1 or 2.
    pub low_signs: Vec<Contrast>,
    /// What somebody might look at.
    pub propose: Vec<String>,
}

/// What could be joined.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Joined {
    /// Receipts, one a reference.
    pub receipts: u64,
    /// Of these, with a decision.
    pub decided: u64,
    /// Receipts that hold no marked reference.
    pub unmarked: u64,
    /// Receipts that a later one of the same reference replaced.
    pub replaced: u64,
    /// References in the outcomes without a receipt.
    pub unknown: u64,
    /// Lines that could not be read.
    pub bad_lines: u64,
}

/// A share that is shown only where no few can be told apart.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Share {
    /// Nothing to take a share of, or too little.
    TooFew,
    /// Under five of them.
    Few,
    /// All but under five.
    AllButFew,
    /// Enough.
    Rate(Rate),
}

impl Share {
    fn new(count: u64, of: u64) -> Share {
        match Rate::new(count, of) {
            Some(rate) if of >= FEW => match part_of(count, of) {
                Shown::Few => Share::Few,
                Shown::AllButFew => Share::AllButFew,
                _ => Share::Rate(rate),
            },
            _ => Share::TooFew,
        }
    }
}

impl Serialize for Share {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        match self {
            Share::TooFew => to.serialize_str("too-few"),
            Share::Few => to.serialize_str("fewer-than-5"),
            Share::AllButFew => to.serialize_str("all-but-fewer-than-5"),
            Share::Rate(rate) => rate.serialize(to),
        }
    }
}

/// Harm that somebody missed, or may have.
#[derive(Serialize)]
pub struct Missed {
    /// What it is.
    pub what: &'static str,
    /// How often.
    pub share: Share,
    /// A few to read.
    pub read: Vec<String>,
}

/// An explicit concern that waits.
#[derive(Debug, PartialEq, Serialize)]
pub struct Chase {
    /// The reference, where the outcomes hold it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reference: Option<String>,
    /// Where the form stood in the audit.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub form: Option<Source>,
    /// Received, or written.
    pub since: String,
    /// A decision was due by the end of this day.
    pub due: String,
}

/// Decisions on referrals of one kind.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Row {
    /// The kind.
    pub name: &'static str,
    /// Decided.
    #[serde(serialize_with = "shown")]
    pub decided: Shown,
    /// By decision, least grave first; as in [`Decision::ALL`].
    #[serde(serialize_with = "all_shown")]
    pub decisions: Vec<Shown>,
    /// Led to help of any kind.
    pub help: Share,
    /// Looked at as significant harm.
    pub grave: Share,
}

/// Cases with something and without it.
#[derive(Serialize)]
pub struct Contrast {
    /// What.
    pub name: String,
    /// With it.
    pub with: Share,
    /// Without it.
    pub without: Share,
    /// The intervals do not meet.
    pub clear: bool,
}

fn shown<S: Serializer>(shown: &Shown, to: S) -> Result<S::Ok, S::Error> {
    match shown {
        Shown::Count(count) => to.serialize_u64(*count),
        Shown::Few => to.serialize_str("fewer-than-5"),
        _ => to.serialize_str("withheld"),
    }
}

fn all_shown<S: Serializer>(all: &[Shown], to: S) -> Result<S::Ok, S::Error> {
    struct One(Shown);
    impl Serialize for One {
        fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
            shown(&self.0, to)
        }
    }
    to.collect_seq(all.iter().map(|shown| One(*shown)))
}

/// A case that is decided.
struct Decided<'a> {
    case: &'a Case,
    decision: Decision,
}

/// Learns from the cases, as of a day.
pub fn learn(cases: &Cases, pack: &Pack, as_of: Date, calendar: &Calendar) -> Feedback {
    let decided: Vec<Decided> = cases.cases.values().filter_map(|case| case.outcome.as_ref()?.decision.map(|decision| Decided { case, decision })).collect();
    let (chase, undated, in_time) = chase(cases, as_of, calendar);
    let mut out = Feedback {
        as_of: as_of.to_string(),
        joined: Joined {
            receipts: cases.cases.len() as u64,
            decided: decided.len() as u64,
            unmarked: cases.unmarked,
            replaced: cases.replaced,
            unknown: cases.unknown,
            bad_lines: cases.bad,
        },
        missed: missed(&decided),
        chase,
        undated,
        in_time,
        by_guidance: rows(
            &decided,
            &[Likely::Below, Likely::Uncertain, Likely::Meets, Likely::SignificantHarm]
                .map(|likely| (words::likely(likely), Box::new(move |case: &Case| case.receipt.threshold == likely) as Test)),
        ),
        by_choice: rows(
            &decided,
            &[Concern::Information, Concern::EarlyHelp, Concern::ChildInNeed, Concern::SignificantHarm]
                .map(|concern| (words::concern(concern), Box::new(move |case: &Case| case.receipt.concern == Some(concern)) as Test)),
        ),
        written: written(&decided),
        high_signs: signs(&decided, pack, &|level| level >= 3, &|decision| !decision.helps()),
        low_signs: signs(&decided, pack, &|level| level < 3, &Decision::grave),
        propose: Vec::new(),
    };
    out.propose = propose(&out, &decided);
    out
}

type Test = Box<dyn Fn(&Case) -> bool>;

fn reference(case: &Case) -> Option<String> {
    let reference = case.outcome.as_ref()?.reference.split_whitespace().collect::<Vec<_>>().join(" ");
    Some(reference.chars().filter(|c| !c.is_control()).take(60).collect())
}

fn missed(decided: &[Decided]) -> Vec<Missed> {
    let row = |what, of: &dyn Fn(&Decided) -> bool, hit: &dyn Fn(&Decided) -> bool| {
        let of: Vec<&Decided> = decided.iter().filter(|one| of(one)).collect();
        let hits: Vec<&&Decided> = of.iter().filter(|one| hit(one)).collect();
        // A list to act on, not a statistic: even a single missed child has to be read.
        Missed { what, share: Share::new(hits.len() as u64, of.len() as u64), read: hits.iter().filter_map(|one| reference(one.case)).take(READ).collect() }
    };
    let confirmed = |one: &Decided| one.case.outcome.as_ref().and_then(|outcome| outcome.concern_confirmed);
    vec![
        row("no further action, and the concern was borne out", &|one| !one.decision.helps() && confirmed(one).is_some(), &|one| confirmed(one) == Some(true)),
        row("read as below, and social workers acted", &|one| one.case.receipt.threshold == Likely::Below, &|one| one.decision.social_work()),
        row(
            "chosen as information or early help, and looked at as significant harm",
            &|one| matches!(one.case.receipt.concern, Some(Concern::Information | Concern::EarlyHelp)),
            &|one| one.decision.grave(),
        ),
        row("read as uncertain, and looked at as significant harm", &|one| one.case.receipt.threshold == Likely::Uncertain, &|one| one.decision.grave()),
    ]
}

fn chase(cases: &Cases, as_of: Date, calendar: &Calendar) -> (Vec<Chase>, u64, Share) {
    let (mut waiting, mut undated, mut decided, mut in_time) = (Vec::new(), 0, 0, 0);
    for case in cases.cases.values().filter(|case| case.receipt.explicit()) {
        let outcome = case.outcome.as_ref();
        let since = outcome.and_then(|outcome| outcome.received_at.as_ref()?.day()).or_else(|| day(case.receipt.written_on.as_deref()?));
        let (Some(since), done) = (since, outcome.and_then(|outcome| outcome.decision)) else {
            undated += u64::from(outcome.is_none_or(|outcome| outcome.decision.is_none()));
            continue;
        };
        let due = calendar.next(since);
        if done.is_some() {
            if let Some(on) = outcome.and_then(|outcome| outcome.decided_at.as_ref()?.day()) {
                decided += 1;
                in_time += u64::from(on <= due);
            }
        } else if as_of > due {
            waiting.push((since, Chase { reference: reference(case), form: case.receipt.source, since: since.to_string(), due: due.to_string() }));
        }
    }
    waiting.sort_by_key(|(since, _)| *since);
    (waiting.into_iter().map(|(_, chase)| chase).collect(), undated, Share::new(in_time, decided))
}

fn rows(decided: &[Decided], kinds: &[(&'static str, Test)]) -> Vec<Row> {
    let groups: Vec<Vec<Decision>> = kinds.iter().map(|(_, is)| decided.iter().filter(|one| is(one.case)).map(|one| one.decision).collect()).collect();
    let count = |group: &[Decision], is: &dyn Fn(Decision) -> bool| group.iter().filter(|decision| is(**decision)).count() as u64;
    let counts: Vec<Vec<u64>> = groups.iter().map(|group| Decision::ALL.map(|decision| count(group, &|one| one == decision)).to_vec()).collect();
    kinds
        .iter()
        .zip(&groups)
        .zip(table(&counts))
        .map(|(((name, _), group), decisions)| Row {
            name,
            decided: if (group.len() as u64) < FEW { Shown::Few } else { Shown::Count(group.len() as u64) },
            decisions,
            help: Share::new(count(group, &Decision::helps), group.len() as u64),
            grave: Share::new(count(group, &Decision::grave), group.len() as u64),
        })
        .collect()
}

/// How often something came of the cases with a mark, and of those without.
fn contrast(decided: &[Decided], name: String, has: &dyn Fn(&Case) -> bool, came: &dyn Fn(Decision) -> bool) -> Contrast {
    let (with, without): (Vec<&Decided>, Vec<&Decided>) = decided.iter().partition(|one| has(one.case));
    let share = |group: &[&Decided]| Share::new(group.iter().filter(|one| came(one.decision)).count() as u64, group.len() as u64);
    let (with, without) = (share(&with), share(&without));
    let clear = matches!((with, without), (Share::Rate(with), Share::Rate(without)) if with.low > without.high || without.low > with.high);
    Contrast { name, with, without, clear }
}

fn written(decided: &[Decided]) -> Vec<Contrast> {
    let help = |decision: Decision| decision.helps();
    let about: Vec<Decided> =
        decided.iter().filter(|one| !one.case.receipt.impact.is_empty()).map(|one| Decided { case: one.case, decision: one.decision }).collect();
    let mut out = vec![contrast(
        &about,
        "the impact on every child described".into(),
        &|case| case.receipt.impact.iter().all(|child| child.status == ImpactStatus::Described),
        &help,
    )];
    for facet in Facet::ALL {
        out.push(contrast(
            &about,
            format!("{}, for a child", words::facet(facet)),
            &|case| case.receipt.impact.iter().any(|child| child.facets.contains(&facet)),
            &help,
        ));
    }
    let dash: Vec<Decided> = decided
        .iter()
        .filter(|one| one.case.receipt.dash.status != DashState::NotRequired)
        .map(|one| Decided { case: one.case, decision: one.decision })
        .collect();
    out.push(contrast(&dash, "every risk question answered".into(), &|case| case.receipt.dash.status == DashState::Complete, &help));
    out.push(contrast(&dash, "no answer that the texts speak against".into(), &|case| case.receipt.dash.contradictions.is_empty(), &help));
    out
}

/// Signs of some levels that are seen often enough, with how often something came of them; those that mislead most clearly first.
/// A sign that the policy does not know is left out.
fn signs(decided: &[Decided], pack: &Pack, is: &dyn Fn(u8) -> bool, came: &dyn Fn(Decision) -> bool) -> Vec<Contrast> {
    let keys: BTreeSet<&String> = decided.iter().flat_map(|one| &one.case.receipt.indicators).collect();
    let mut out: Vec<Contrast> = keys
        .into_iter()
        .filter(|key| pack.indicators.get(key).is_some_and(|sign| is(sign.level)))
        .map(|key| contrast(decided, key.clone(), &|case| case.receipt.indicators.contains(key), came))
        .collect();
    out.retain(|one| matches!(one.with, Share::Rate(_)));
    out.sort_by(|a, b| low(b.with).total_cmp(&low(a.with)).then(a.name.cmp(&b.name)));
    out
}

fn low(share: Share) -> f64 {
    if let Share::Rate(rate) = share { rate.low } else { 0.0 }
}

fn rate(share: Share) -> f64 {
    if let Share::Rate(rate) = share { rate.rate } else { 0.0 }
}

fn propose(found: &Feedback, decided: &[Decided]) -> Vec<String> {
    let mut out = Vec::new();
    for missed in found.missed.iter().filter(|missed| !missed.read.is_empty()) {
        out.push(format!("Read the referrals named under \"{}\": what in them should have been seen, and what words said it?", missed.what));
    }
    // Signs that were there, and did not lift the reading, where social care then saw significant harm.
    let quiet: Vec<&Decided> =
        decided.iter().filter(|one| one.decision.grave() && matches!(one.case.receipt.threshold, Likely::Below | Likely::Uncertain)).collect();
    let keys: BTreeSet<&String> = quiet.iter().flat_map(|one| &one.case.receipt.indicators).collect();
    for key in keys {
        if quiet.iter().filter(|one| one.case.receipt.indicators.contains(key)).count() as u64 >= FEW {
            out.push(format!("{key}: seen in referrals that were read as below or uncertain and then looked at as significant harm; does it weigh enough?"));
        }
    }
    let stands_out = |one: &&Contrast| one.clear && rate(one.with) > rate(one.without);
    for one in found.low_signs.iter().filter(stands_out) {
        out.push(format!("{}: a sign of a low level, and with it significant harm is clearly more often looked at; is its level right?", one.name));
    }
    for one in found.high_signs.iter().filter(stands_out) {
        out.push(format!(
            "{}: with it, no further action is clearly more common; does it read what it means to? Look at examples before changing anything.",
            one.name
        ));
    }
    for one in found.written.iter().filter(stands_out) {
        out.push(format!("Help is clearly more common where this is written: {}; worth showing in training.", one.name));
    }
    if !found.chase.is_empty() {
        out.push("Ask children's social care for the decisions on the chaser list.".into());
    }
    out
}

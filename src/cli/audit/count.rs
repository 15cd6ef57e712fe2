//! What is counted of the forms. Numbers alone, but for names of teams and, where asked for, of officers.

use super::Checked;
use super::officers::Officers;
use crate::cli::few::FEW;
use referral_guide::Report;
use referral_guide::facts::{DashState, ImpactStatus, Likely};
use referral_guide::form::{Concern, FormType, Referral};
use referral_guide::policy::Facet;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Teams kept apart; forms of any more are counted together, so that memory stays flat.
const MOST_TEAMS: usize = 2_000;
/// Months kept apart.
const MOST_MONTHS: usize = 1_200;

/// Forms kept of each kind to read.
const READ: usize = 5;

/// The duties, as findings name their area, and in words.
pub const DUTIES: [(&str, &str); 5] = [
    ("significant-harm", "Significant harm: specialists told, strategy discussion asked for"),
    ("strategy-discussion", "Strategy discussion: a full record"),
    ("missing", "Missing: what follows repeat episodes and returns"),
    ("custody", "Custody: accommodation, certificate, appropriate adult"),
    ("records", "Records: kept once, in the force's systems"),
];

/// Counts over forms.
#[derive(Clone, Default, Serialize, Deserialize)]
pub struct Group {
    /// Forms.
    pub forms: u64,
    /// With nothing required open.
    pub complete: u64,
    /// Children on them.
    pub children: u64,
    /// Missing, inadequate, described.
    pub impact: [u64; 3],
    /// Children for whom nothing of a facet is written.
    pub without: [u64; 6],
    /// Not required, not started, declined, incomplete, complete.
    pub dash: [u64; 5],
    /// Forms with a contradiction.
    pub contradicted: u64,
    /// Below, uncertain, meets, significant harm.
    pub threshold: [u64; 4],
    /// Duties: forms that they apply to, and of these, forms with something open.
    pub duties: [[u64; 2]; DUTIES.len()],
    /// By question: open, contradicted; of the forms that need the questions.
    pub questions: BTreeMap<String, [u64; 2]>,
    /// By code: forms with it, findings open, findings overridden.
    pub codes: BTreeMap<String, [u64; 3]>,
}

impl Group {
    /// Of one form.
    pub fn of(form: &Referral, report: &Report) -> Group {
        let mut out = Group { forms: 1, complete: u64::from(report.complete), children: report.children.len() as u64, ..Group::default() };
        for child in &report.children {
            out.impact[match child.impact.status {
                ImpactStatus::Missing => 0,
                ImpactStatus::Inadequate => 1,
                ImpactStatus::Described => 2,
            }] += 1;
            for (at, facet) in Facet::ALL.iter().enumerate() {
                out.without[at] += u64::from(child.impact.facets.get(facet).is_none_or(Vec::is_empty));
            }
        }
        out.dash[match report.dash.status {
            DashState::NotRequired => 0,
            DashState::NotStarted => 1,
            DashState::Declined => 2,
            DashState::Incomplete => 3,
            DashState::Complete => 4,
        }] += 1;
        out.contradicted = u64::from(!report.dash.contradictions.is_empty());
        out.threshold[report.threshold.likely as usize] += 1;
        for (at, (area, _)) in DUTIES.iter().enumerate() {
            let open = report.findings.iter().any(|finding| !finding.overridden && finding.code.split('.').next() == Some(area));
            out.duties[at] = [u64::from(open || applies(area, form, report)), u64::from(open)];
        }
        if report.dash.status == DashState::Incomplete {
            for question in &report.dash.unanswered {
                out.questions.entry(question.clone()).or_default()[0] += 1;
            }
        }
        for found in report.dash.contradictions.iter().filter(|_| report.dash.status != DashState::NotRequired) {
            out.questions.entry(found.question.clone()).or_default()[1] = 1;
        }
        for finding in &report.findings {
            let counts = out.codes.entry(finding.code.clone()).or_default();
            counts[0] = 1;
            counts[if finding.overridden { 2 } else { 1 }] += 1;
        }
        out
    }

    /// Adds another group to this one.
    pub fn add(&mut self, other: &Group) {
        fn sum<const N: usize>(to: &mut [u64; N], from: &[u64; N]) {
            to.iter_mut().zip(from).for_each(|(to, from)| *to += from);
        }
        self.forms += other.forms;
        self.complete += other.complete;
        self.children += other.children;
        self.contradicted += other.contradicted;
        sum(&mut self.impact, &other.impact);
        sum(&mut self.without, &other.without);
        sum(&mut self.dash, &other.dash);
        sum(&mut self.threshold, &other.threshold);
        self.duties.iter_mut().zip(&other.duties).for_each(|(to, from)| sum(to, from));
        for (key, counts) in &other.questions {
            sum(self.questions.entry(key.clone()).or_default(), counts);
        }
        for (key, counts) in &other.codes {
            sum(self.codes.entry(key.clone()).or_default(), counts);
        }
    }

    /// Forms that need the risk questions.
    pub fn dash_needed(&self) -> u64 {
        self.dash[1..].iter().sum()
    }
}

/// Whether a duty may arise on a form.
fn applies(area: &str, form: &Referral, report: &Report) -> bool {
    match area {
        "significant-harm" => {
            report.threshold.likely == Likely::SignificantHarm
                || form.referral.as_ref().is_some_and(|referral| referral.concern == Some(Concern::SignificantHarm))
        }
        "strategy-discussion" => form.strategy_discussion.is_some() || form.kind() == FormType::StrategyDiscussion,
        "missing" => form.missing.is_some() || form.kind() == FormType::MissingChild,
        "custody" => form.custody.is_some() || form.kind() == FormType::ChildInCustody,
        _ => !form.records.is_empty(),
    }
}

/// A few forms to read, the same ones however the work was shared out: those whose hash is lowest.
#[derive(Clone, Default, Serialize, Deserialize)]
pub struct Sample(BTreeMap<String, String>);

impl Sample {
    /// Keeps a form, named by where it stands or by its reference, if its hash is among the lowest.
    pub fn add(&mut self, hash: &str, name: &str, most: usize) {
        if self.0.len() < most || self.0.last_key_value().is_some_and(|(last, _)| hash < last.as_str()) {
            self.0.insert(hash.to_owned(), name.to_owned());
            while self.0.len() > most {
                self.0.pop_last();
            }
        }
    }

    /// The forms.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.0.values().map(String::as_str)
    }
}

/// Counts over all forms, months and teams.
#[derive(Default, Serialize, Deserialize)]
pub struct Totals {
    /// All forms.
    pub all: Group,
    /// Lines that could not be read.
    pub bad: u64,
    /// By month, `2026-11`.
    pub months: BTreeMap<String, Group>,
    /// By team.
    pub teams: BTreeMap<String, Group>,
    /// No date, or more months than are kept apart.
    pub other_months: Group,
    /// No team, or more than are kept apart.
    pub other_teams: Group,
    /// Where to find a few forms of each level to read, below first.
    pub read: [Sample; 4],
    /// Officers' themes, where they were asked for.
    pub officers: Option<Officers>,
}

impl Totals {
    /// Adds a form.
    pub fn add(&mut self, checked: &Checked) {
        self.all.add(&checked.group);
        let room = self.months.len() < MOST_MONTHS;
        match &checked.month {
            Some(month) if room || self.months.contains_key(month) => self.months.entry(month.clone()).or_default().add(&checked.group),
            _ => self.other_months.add(&checked.group),
        }
        let room = self.teams.len() < MOST_TEAMS;
        if !checked.team.is_empty() && (room || self.teams.contains_key(&checked.team)) {
            self.teams.entry(checked.team.clone()).or_default().add(&checked.group);
        } else {
            self.other_teams.add(&checked.group);
        }
        if let Some(level) = checked.group.threshold.iter().position(|count| *count > 0) {
            self.read[level].add(&checked.hash, &checked.place, READ);
        }
        if let (Some(officers), Some(mark)) = (&mut self.officers, &checked.officer) {
            officers.add(mark, &checked.hash);
        }
    }
}

/// Groups with their names; those with few forms are put together, and with one more where they would still be few.
pub fn named(groups: Vec<(String, Group)>, other: &Group, other_name: &str) -> Vec<(String, Group)> {
    let (mut out, small): (Vec<_>, Vec<_>) = groups.into_iter().partition(|(_, group)| group.forms >= FEW);
    let mut rest = other.clone();
    small.iter().for_each(|(_, group)| rest.add(group));
    if rest.forms > 0
        && rest.forms < FEW
        && let Some(at) = (0..out.len()).min_by_key(|&at| out[at].1.forms)
    {
        rest.add(&out.remove(at).1);
    }
    if rest.forms > 0 {
        out.push((other_name.to_owned(), rest));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_groups_are_put_together() {
        let group = |forms| Group { forms, ..Group::default() };
        let out = named(vec![("A".into(), group(9)), ("B".into(), group(2)), ("C".into(), group(20))], &Group::default(), "Other");
        assert_eq!(out.iter().map(|(name, group)| (name.as_str(), group.forms)).collect::<Vec<_>>(), [("C", 20), ("Other", 11)]);
    }

    #[test]
    fn a_sample_does_not_depend_on_the_order() {
        let keep = |hashes: &[&str]| {
            let mut out = Sample::default();
            hashes.iter().for_each(|hash| out.add(hash, hash, 2));
            out.names().map(str::to_owned).collect::<Vec<_>>()
        };
        assert_eq!(keep(&["c", "a", "b", "d"]), ["a", "b"]);
        assert_eq!(keep(&["d", "b", "a", "c"]), ["a", "b"]);
    }
}

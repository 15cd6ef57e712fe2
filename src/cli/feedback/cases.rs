//! Receipts joined to what became of their referrals.

use super::outcome::Outcome;
use crate::cli::join::Key;
use referral_guide::facts::{DashState, ImpactStatus, Likely};
use referral_guide::form::{Concern, StrategyStatus};
use referral_guide::policy::Facet;
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};

/// What is taken of a receipt.
#[derive(Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Receipt {
    reference_hmac: Option<String>,
    /// The day on the form.
    pub written_on: Option<String>,
    /// The level that the officer chose.
    pub concern: Option<Concern>,
    strategy_discussion: Option<StrategyStatus>,
    /// The level that the texts were read as.
    pub threshold: Likely,
    /// Each child.
    pub impact: Vec<Impact>,
    /// The risk questions.
    pub dash: Dash,
    /// Signs of need, by their key in the policy.
    #[serde(default)]
    pub indicators: BTreeSet<String>,
    /// Where the form stood.
    pub source: Option<Source>,
}

/// A child of a receipt.
#[derive(Clone, Deserialize)]
pub struct Impact {
    /// Whether the impact is described.
    pub status: ImpactStatus,
    /// Which sides of it.
    pub facets: Vec<Facet>,
}

/// The risk questions of a receipt.
#[derive(Clone, Deserialize)]
pub struct Dash {
    /// How far they were gone through.
    pub status: DashState,
    /// Questions answered no that the texts speak against.
    pub contradictions: Vec<String>,
}

/// Where a form stood when it was audited.
#[derive(Clone, Copy, Debug, PartialEq, serde::Serialize, Deserialize)]
pub struct Source {
    /// Number of the file.
    pub file: u64,
    /// Number of the line.
    pub line: u64,
}

impl Receipt {
    /// The officer said that a child is at risk of significant harm.
    pub fn explicit(&self) -> bool {
        self.concern == Some(Concern::SignificantHarm) || self.strategy_discussion == Some(StrategyStatus::Requested)
    }
}

/// A receipt and its outcome, where there is one.
pub struct Case {
    /// What was checked.
    pub receipt: Receipt,
    /// What became of it.
    pub outcome: Option<Outcome>,
}

/// All of them, in the order of their marks, and what was left over.
#[derive(Default)]
pub struct Cases {
    /// Receipts with a mark, one a reference: the latest.
    pub cases: BTreeMap<String, Case>,
    /// Receipts without a mark.
    pub unmarked: u64,
    /// Receipts that a later one of the same reference replaced.
    pub replaced: u64,
    /// References in the outcomes for which there is no receipt.
    pub unknown: u64,
    /// Lines that could not be read.
    pub bad: u64,
}

impl Cases {
    /// Reads receipts and outcomes. Bad lines are named on standard error and skipped.
    pub fn read(receipts: &[PathBuf], outcomes: &Path, key: &Key) -> Result<Cases, String> {
        let mut out = Cases::default();
        for path in receipts {
            let bad = each_line(path, |line| {
                let receipt: Receipt = serde_json::from_str(line).map_err(|_| "is not a receipt".to_owned())?;
                out.add(receipt);
                Ok(())
            })?;
            out.bad += bad;
        }
        let mut unknown = BTreeSet::new();
        let bad = each_line(outcomes, |line| {
            let outcome = Outcome::read(line)?;
            let mark = key.mark(&outcome.reference).unwrap_or_default();
            match out.cases.get_mut(&mark).map(|case| &mut case.outcome) {
                None => drop(unknown.insert(mark)),
                Some(Some(known)) => known.update(outcome),
                Some(none) => *none = Some(outcome),
            }
            Ok(())
        })?;
        out.bad += bad;
        out.unknown = unknown.len() as u64;
        Ok(out)
    }

    fn add(&mut self, receipt: Receipt) {
        let Some(mark) = receipt.reference_hmac.clone() else {
            self.unmarked += 1;
            return;
        };
        match self.cases.get_mut(&mark) {
            None => drop(self.cases.insert(mark, Case { receipt, outcome: None })),
            Some(case) => {
                self.replaced += 1;
                if receipt.written_on >= case.receipt.written_on {
                    case.receipt = receipt;
                }
            }
        }
    }
}

fn each_line(path: &Path, mut take: impl FnMut(&str) -> Result<(), String>) -> Result<u64, String> {
    let say = |error: std::io::Error| format!("{}: {error}", path.display());
    let source: Box<dyn std::io::Read> = if path.as_os_str() == "-" { Box::new(std::io::stdin()) } else { Box::new(std::fs::File::open(path).map_err(say)?) };
    let (mut bad, mut line) = (0, Vec::new());
    let mut source = BufReader::with_capacity(1 << 18, source);
    for number in 1.. {
        line.clear();
        if source.read_until(b'\n', &mut line).map_err(say)? == 0 {
            break;
        }
        let taken = match std::str::from_utf8(&line).map(|text| text.trim_start_matches('\u{feff}').trim()) {
            Ok("") => Ok(()),
            Ok(text) => take(text),
            Err(_) => Err("is not UTF-8 text".to_owned()),
        };
        if let Err(message) = taken {
            bad += 1;
            anstream::eprintln!("{}:{number}: {message}; skipped", path.display());
        }
    }
    Ok(bad)
}

//! What an officer could learn, for the sergeant who talks with them: themes, each with forms to read. Never a score or a rank.
//!
//! An officer who goes to other calls writes other forms. So a theme is held against all forms of the same kinds in the run, over
//! enough forms, and is shown only where chance hardly explains the difference. No number of an officer is shown.

use super::count::Sample;
use crate::cli::stats::Rate;
use referral_guide::Report;
use referral_guide::facts::{DashState, ImpactStatus};
use referral_guide::form::Referral;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Forms that a theme has to apply to before anything is said of it.
pub const ENOUGH: u64 = 20;
/// Forms with the theme, at the least.
const LEAST: u64 = 5;
/// Forms to read with each theme.
const READ: usize = 3;
/// Officers kept apart; of any more nothing is said.
const MOST_OFFICERS: usize = 50_000;

/// The themes; the first is one to show to others.
pub const THEMES: [(&str, &str); 5] = [
    ("Describes the impact on every child", "Good examples: with the officer's agreement, worth showing to others."),
    ("Impact on a child left undescribed", "What did this child see, say and do, and how were they? Where a child was says little."),
    ("A child who could speak is not heard", "What the child said, or how they were if they said nothing, and why they could not be spoken to."),
    ("Risk questions left open", "Were they asked? \u{201c}Not asked\u{201d} and \u{201c}declined\u{201d}, with what was seen, are answers too."),
    ("An answer of no where the account says otherwise", "Which is right? A question that was misheard, or an account written later, explains many."),
];

/// For each theme: forms that it applies to, forms that show it.
type Counts = [[u64; 2]; THEMES.len()];

/// A theme by its number, and forms to read with it.
pub type Theme<'a> = (usize, Vec<&'a str>);

/// What one form adds.
pub struct Mark {
    officer: String,
    /// How the form is named to whoever reads it.
    form: String,
    kind: &'static str,
    counts: Counts,
}

impl Mark {
    /// Of a form with an officer; `place` names the form where it has no reference.
    pub fn of(form: &Referral, report: &Report, place: &str) -> Option<Mark> {
        let officer = form.officer.id.as_deref().map(line).filter(|officer| !officer.is_empty())?;
        let open = |code: &str| report.findings.iter().any(|finding| finding.code == code && !finding.overridden);
        let described = report.children.iter().all(|child| child.impact.status == ImpactStatus::Described);
        let (children, dash) = (!report.children.is_empty(), report.dash.status != DashState::NotRequired);
        let undescribed = open("child-impact.missing") || open("child-impact.inadequate");
        let partly = matches!(report.dash.status, DashState::NotStarted | DashState::Incomplete);
        let of = |applies: bool, shows: bool| [u64::from(applies), u64::from(applies && shows)];
        let counts = [
            of(children, described),
            of(children, undescribed),
            of(children, open("child-impact.no-voice")),
            of(dash, partly),
            of(dash, !report.dash.contradictions.is_empty()),
        ];
        let form_name = form.reference.as_deref().map(line).filter(|reference| !reference.is_empty()).unwrap_or_else(|| place.to_owned());
        Some(Mark { officer, form: form_name, kind: form.kind().name(), counts })
    }
}

fn line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").chars().filter(|c| !c.is_control()).take(60).collect()
}

#[derive(Default, Serialize, Deserialize)]
struct Officer {
    kinds: BTreeMap<String, Counts>,
    read: [Sample; THEMES.len()],
}

/// Counts of all officers.
#[derive(Default, Serialize, Deserialize)]
pub struct Officers {
    all: BTreeMap<String, Counts>,
    each: BTreeMap<String, Officer>,
}

fn sum(to: &mut Counts, from: &Counts) {
    for (to, from) in to.iter_mut().zip(from) {
        to.iter_mut().zip(from).for_each(|(to, from)| *to += from);
    }
}

impl Officers {
    /// Adds a form.
    pub fn add(&mut self, mark: &Mark, hash: &str) {
        sum(self.all.entry(mark.kind.to_owned()).or_default(), &mark.counts);
        if self.each.len() >= MOST_OFFICERS && !self.each.contains_key(&mark.officer) {
            return;
        }
        let officer = self.each.entry(mark.officer.clone()).or_default();
        sum(officer.kinds.entry(mark.kind.to_owned()).or_default(), &mark.counts);
        for (theme, [_, shows]) in mark.counts.iter().enumerate() {
            if *shows > 0 {
                officer.read[theme].add(hash, &mark.form, READ);
            }
        }
    }

    /// Officers with a theme, by name; each theme by its number, with forms to read.
    pub fn themes(&self) -> Vec<(&str, Vec<Theme<'_>>)> {
        let mut out = Vec::new();
        for (name, officer) in &self.each {
            let themes: Vec<Theme> =
                (0..THEMES.len()).filter(|&theme| self.stands_out(officer, theme)).map(|theme| (theme, officer.read[theme].names().collect())).collect();
            if !themes.is_empty() {
                out.push((name.as_str(), themes));
            }
        }
        out
    }

    fn stands_out(&self, officer: &Officer, theme: usize) -> bool {
        let (mut applies, mut shows, mut expected) = (0, 0, 0.0);
        for (kind, counts) in &officer.kinds {
            let [of, hits] = counts[theme];
            // Against the others' forms of the kind, so that nobody is held against themselves.
            let others = self.all.get(kind).map_or([0, 0], |all| [all[theme][0] - of, all[theme][1] - hits]);
            if others[0] < ENOUGH {
                continue;
            }
            applies += of;
            shows += hits;
            expected += of as f64 * others[1] as f64 / others[0] as f64;
        }
        applies >= ENOUGH && shows >= LEAST && Rate::new(shows, applies).is_some_and(|rate| rate.low > expected / applies as f64)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn officers(marks: &[(&str, &'static str, u64, u64)]) -> Officers {
        let mut out = Officers::default();
        for &(officer, kind, forms, shows) in marks {
            for at in 0..forms {
                let counts = [[1, 0], [1, u64::from(at < shows)], [0, 0], [0, 0], [0, 0]];
                out.add(&Mark { officer: officer.into(), form: format!("{officer}/{at}"), kind, counts }, &format!("{officer}{at:03}"));
            }
        }
        out
    }

    #[test]
    fn a_theme_needs_enough_forms_and_a_difference_from_like_forms() {
        let some = officers(&[("a", "x", 40, 30), ("b", "x", 200, 40), ("few", "x", 10, 10), ("custody", "y", 40, 30), ("d", "y", 200, 150)]);
        let themes = some.themes();
        assert_eq!(themes.iter().map(|(name, _)| *name).collect::<Vec<_>>(), ["a"], "the others write few, or what everyone writes on such forms");
        assert_eq!(themes[0].1[0].0, 1);
        assert_eq!(themes[0].1[0].1.len(), READ);
    }

    #[test]
    fn the_only_officer_of_a_kind_is_compared_with_nobody() {
        assert!(officers(&[("a", "x", 100, 100)]).themes().is_empty());
    }
}

//! The checks. A rule reads [`Facts`] and says which findings are open; its words, severity and source are
//! in the pack under the same code, so that code and path of its file mirror each other.

mod child_impact;
mod children;
mod custody;
mod dash;
mod domestic_abuse;
mod form;
mod missing;
mod records;
mod significant_harm;
mod strategy_discussion;
mod threshold;

use crate::facts::{ChildFacts, Facts, Place};

/// A check.
#[derive(Clone, Copy)]
pub struct Rule {
    /// Code of its findings.
    pub code: &'static str,
    /// Placeholders that it fills in the pack's wording.
    pub fills: &'static [&'static str],
    /// Names of the pack's other messages that it may choose.
    pub variants: &'static [&'static str],
    /// Finds what is open.
    pub check: fn(&Facts) -> Vec<Finding>,
}

/// Something open, not yet in words.
#[derive(Clone, Debug, Default)]
pub struct Finding {
    /// Code.
    pub code: &'static str,
    /// JSON Pointer of the field to look at.
    pub path: String,
    /// The child that it is about, by number.
    pub child: Option<u16>,
    /// The text that it rests on.
    pub places: Vec<Place>,
    /// The pack's message to use, where there are several.
    pub variant: Option<&'static str>,
    /// Values of placeholders.
    pub fills: Vec<(&'static str, String)>,
    /// A source other than the code's own.
    pub source: Option<String>,
    /// The question that it is about, with the other end of a contradiction.
    pub related: Vec<String>,
}

/// Every rule, in the order of the report.
pub const RULES: &[&[Rule]] = &[
    form::RULES,
    children::RULES,
    significant_harm::RULES,
    child_impact::RULES,
    dash::RULES,
    domestic_abuse::RULES,
    threshold::RULES,
    strategy_discussion::RULES,
    missing::RULES,
    custody::RULES,
    records::RULES,
];

/// All findings of a form.
pub fn check(facts: &Facts) -> Vec<Finding> {
    RULES.iter().flat_map(|area| area.iter()).flat_map(|rule| (rule.check)(facts)).collect()
}

impl Rule {
    const fn new(code: &'static str, check: fn(&Facts) -> Vec<Finding>) -> Rule {
        Rule { code, fills: &[], variants: &[], check }
    }

    const fn fills(mut self, fills: &'static [&'static str]) -> Rule {
        self.fills = fills;
        self
    }

    const fn variants(mut self, variants: &'static [&'static str]) -> Rule {
        self.variants = variants;
        self
    }
}

impl Finding {
    /// Of a code, at a place of the form.
    fn new(code: &'static str, path: impl Into<String>) -> Finding {
        Finding { code, path: path.into(), ..Finding::default() }
    }

    fn about(mut self, child: &ChildFacts) -> Finding {
        self.child = Some(child.index);
        self
    }

    fn places(mut self, places: impl IntoIterator<Item = Place>) -> Finding {
        self.places.extend(places);
        self
    }

    fn variant(mut self, variant: &'static str) -> Finding {
        self.variant = Some(variant);
        self
    }

    fn fill(mut self, name: &'static str, value: impl Into<String>) -> Finding {
        self.fills.push((name, value.into()));
        self
    }

    fn source(mut self, key: impl Into<String>) -> Finding {
        self.source = Some(key.into());
        self
    }

    fn related(mut self, path: impl Into<String>) -> Finding {
        self.related.push(path.into());
        self
    }
}

/// Typed and not blank.
fn filled(text: Option<&crate::form::Prose>) -> bool {
    text.is_some_and(|text| !text.trim().is_empty())
}

/// Typed and a moment.
fn dated(moment: Option<&crate::form::Moment>) -> bool {
    moment.is_some_and(|moment| moment.at().is_some())
}

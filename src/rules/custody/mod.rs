//! Children in custody.

mod accommodation_not_sought;
mod appropriate_adult_delay;
mod no_certificate;
mod secure_without_need;

pub(super) const RULES: &[super::Rule] = &[accommodation_not_sought::RULE, no_certificate::RULE, secure_without_need::RULE, appropriate_adult_delay::RULE];

use crate::facts::Facts;
use crate::form::{AccommodationOutcome, Bail, Custody};

/// Custody, where bail was refused after charge.
fn refused<'f>(facts: &'f Facts) -> Option<&'f Custody> {
    facts.form.custody.as_ref().filter(|custody| custody.bail == Some(Bail::Refused))
}

/// Local authority accommodation was asked for.
fn sought(custody: &Custody) -> bool {
    custody.accommodation.as_ref().is_some_and(|accommodation| {
        !matches!(accommodation.outcome, Some(AccommodationOutcome::NotRequested))
            && (accommodation.outcome.is_some() || accommodation.requested_at.as_ref().is_some_and(|at| !at.is_blank()))
    })
}

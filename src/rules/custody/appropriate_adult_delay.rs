//! `custody.appropriate-adult-delay`: the appropriate adult not asked for, or not there, in the policy's time.
//!
//! Why: once the first mention of one was over 15 hours after arrival. Source: `hmic-2013`.
//! The hours are the force's own; no statute names any.
use crate::facts::Facts;
use crate::form::{FormType, Moment};
use crate::rules::{Finding, Rule, dated};

pub(super) const RULE: Rule =
    Rule::new("custody.appropriate-adult-delay", check).fills(&["hours", "most"]).variants(&["not-requested", "late-request", "not-arrived"]);

fn check(facts: &Facts) -> Vec<Finding> {
    let Some(custody) = &facts.form.custody else { return Vec::new() };
    if facts.form.kind() != FormType::ChildInCustody && custody.arrested_at.is_none() {
        return Vec::new();
    }
    let settings = &facts.policy.pack.settings;
    let adult = custody.appropriate_adult.as_ref();
    let requested = adult.and_then(|adult| adult.requested_at.as_ref()).filter(|at| dated(Some(at)));
    let arrived = adult.and_then(|adult| adult.arrived_at.as_ref()).filter(|at| dated(Some(at)));
    let arrested = custody.arrested_at.as_ref().filter(|at| dated(Some(at)));
    let until = [custody.released_at.as_ref(), facts.form.now()].into_iter().flatten().find(|at| dated(Some(at)));
    let finding = |variant: Option<&'static str>, field: &str, hours: f64, most: f64| {
        let finding = Finding::new(RULE.code, format!("/custody/appropriateAdult/{field}")).fill("hours", whole(hours)).fill("most", whole(most));
        vec![match variant {
            Some(variant) => finding.variant(variant),
            None => finding,
        }]
    };
    let between = |from: Option<&Moment>, to: Option<&Moment>| from.zip(to).and_then(|(from, to)| from.hours_to(to));
    let Some(requested) = requested else {
        if arrived.is_some() {
            return match between(arrested, arrived) {
                Some(hours) if hours > settings.appropriate_adult_total_hours => finding(None, "arrivedAt", hours, settings.appropriate_adult_total_hours),
                _ => Vec::new(),
            };
        }
        return match between(arrested, until) {
            Some(hours) if hours <= settings.appropriate_adult_request_hours => Vec::new(),
            Some(hours) => finding(Some("not-requested"), "requestedAt", hours, settings.appropriate_adult_request_hours),
            None => finding(Some("not-requested"), "requestedAt", 0.0, settings.appropriate_adult_request_hours),
        };
    };
    if let Some(hours) = between(Some(requested), arrived).filter(|hours| *hours > settings.appropriate_adult_arrival_hours) {
        return finding(None, "arrivedAt", hours, settings.appropriate_adult_arrival_hours);
    }
    if let Some(hours) = between(arrested, arrived).filter(|hours| *hours > settings.appropriate_adult_total_hours) {
        return finding(None, "arrivedAt", hours, settings.appropriate_adult_total_hours);
    }
    if arrived.is_none()
        && let Some(hours) = between(Some(requested), until).filter(|hours| *hours > settings.appropriate_adult_arrival_hours)
    {
        return finding(Some("not-arrived"), "arrivedAt", hours, settings.appropriate_adult_arrival_hours);
    }
    match between(arrested, Some(requested)) {
        Some(hours) if hours > settings.appropriate_adult_request_hours + LEEWAY => {
            finding(Some("late-request"), "requestedAt", hours, settings.appropriate_adult_request_hours)
        }
        _ => Vec::new(),
    }
}

/// Arrest to cell takes a while; the request is counted from arrest, which is what the form holds.
const LEEWAY: f64 = 2.0;

fn whole(hours: f64) -> String {
    let hours = hours.max(0.0);
    if (hours - hours.round()).abs() < 0.05 { format!("{}", hours.round()) } else { format!("{hours:.1}") }
}

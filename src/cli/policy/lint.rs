//! What a pack is held to beyond being readable: examples of both kinds, and days to read it again.

use crate::cli::pack::Loaded;
use referral_guide::form::Moment;
use referral_guide::policy::{Pack, Problem};
use std::collections::BTreeMap;

/// Every entry with phrases needs a sentence in which it must be found and a near miss in which it must not; so does
/// every entry to which a local pack adds phrases.
pub fn problems(loaded: &Loaded) -> Vec<Problem> {
    let pack = &loaded.pack;
    let mut problems = Vec::new();
    let below = loaded.base.as_deref().map(|base| counts(&base.pack)).unwrap_or_default();
    for (place, now) in counts(pack) {
        let was = below.get(&place).copied().unwrap_or_default();
        // Built packs carry no examples, so what comes from one is not asked for them.
        if now.phrases == was.phrases || loaded.file(&place).is_none() {
            continue;
        }
        for (field, now, was, what) in [
            ("match", now.matches, was.matches, "a sentence in which it must be found"),
            ("ignore", now.ignore, was.ignore, "a near miss, a sentence in which it must not"),
        ] {
            if now <= was {
                problems.push(Problem { place: place.clone(), message: format!("has no `{field}` example: add {what}") });
            }
        }
    }
    for (place, day) in review_days(pack) {
        if parse(day).is_none() {
            problems.push(Problem { place, message: format!("\"{day}\" is no day; write it as 2027-05-31") });
        }
    }
    problems
}

#[derive(Clone, Copy, Default)]
struct Counts {
    phrases: usize,
    matches: usize,
    ignore: usize,
}

/// How many phrases and examples every entry has.
fn counts(pack: &Pack) -> BTreeMap<String, Counts> {
    let count = |phrases: &[String], matches: &[String], ignore: &[String]| Counts { phrases: phrases.len(), matches: matches.len(), ignore: ignore.len() };
    let concepts = pack.concepts.iter().map(|(key, entry)| (format!("concepts.{key}"), count(&entry.phrases, &entry.matches, &entry.ignore)));
    let facets = pack.facets.iter().flat_map(|(facet, families)| {
        families.iter().map(move |(key, entry)| (format!("facets.{facet}.{key}"), count(&entry.phrases, &entry.matches, &entry.ignore)))
    });
    let empty = pack.empty.iter().map(|(key, entry)| (format!("empty.{key}"), count(&entry.phrases, &entry.matches, &entry.ignore)));
    concepts.chain(facets).chain(empty).collect()
}

/// What was to be read again by `day`.
///
/// # Errors
/// Where `day` is none.
pub fn overdue(pack: &Pack, day: &str) -> Result<Vec<Problem>, String> {
    let today = parse(day).ok_or_else(|| format!("\"{day}\" is no day; write it as 2027-05-31"))?;
    Ok(review_days(pack)
        .filter(|(_, due)| parse(due).is_some_and(|due| due < today))
        .map(|(place, due)| Problem { place, message: format!("was to be read again by {due}") })
        .collect())
}

fn review_days(pack: &Pack) -> impl Iterator<Item = (String, &str)> {
    let whole = pack.policy.review_by.as_deref().map(|day| ("policy.review-by".to_owned(), day));
    let sources = pack.sources.iter().filter_map(|(key, source)| Some((format!("sources.{key}.review-by"), source.review_by.as_deref()?)));
    let indicators = pack.indicators.iter().filter_map(|(key, indicator)| Some((format!("indicators.{key}.review-by"), indicator.review_by.as_deref()?)));
    whole.into_iter().chain(sources).chain(indicators)
}

fn parse(day: &str) -> Option<time::PrimitiveDateTime> {
    let moment = Moment::new(day);
    moment.at().filter(|_| !moment.has_time())
}

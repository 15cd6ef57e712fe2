//! Working days: not Saturdays, Sundays or the bank holidays of a list.

use std::collections::BTreeSet;
use std::path::Path;
use time::{Date, Weekday};

/// The calendar.
#[derive(Default)]
pub struct Calendar {
    holidays: BTreeSet<Date>,
}

impl Calendar {
    /// Reads bank holidays: one date a line (`2026-12-25`, `#` begins a comment), or the file at gov.uk/bank-holidays.json, of
    /// which England and Wales is taken.
    pub fn load(path: &Path) -> Result<Calendar, String> {
        let text = crate::cli::read(path)?;
        Calendar::read(&text).map_err(|message| format!("{}: {message}", path.display()))
    }

    fn read(text: &str) -> Result<Calendar, String> {
        let mut holidays = BTreeSet::new();
        if text.trim_start().starts_with('{') {
            let file: serde_json::Value = serde_json::from_str(text).map_err(|_| "is not JSON".to_owned())?;
            let events = file["england-and-wales"]["events"].as_array().ok_or("holds no england-and-wales")?;
            for event in events {
                holidays.insert(event["date"].as_str().and_then(day).ok_or("holds an event without a date")?);
            }
        } else {
            for (number, line) in text.lines().enumerate() {
                let line = line.split('#').next().unwrap_or("").trim();
                if !line.is_empty() {
                    holidays.insert(day(line).ok_or_else(|| format!("line {} is no date", number + 1))?);
                }
            }
        }
        Ok(Calendar { holidays })
    }

    fn is_working(&self, date: Date) -> bool {
        !matches!(date.weekday(), Weekday::Saturday | Weekday::Sunday) && !self.holidays.contains(&date)
    }

    /// The working day after a day: by its end a decision is due.
    pub fn next(&self, from: Date) -> Date {
        let mut date = from;
        while let Some(next) = date.next_day() {
            date = next;
            if self.is_working(date) {
                break;
            }
        }
        date
    }
}

/// A day as it is written: `2026-11-20`.
pub fn day(text: &str) -> Option<Date> {
    referral_guide::form::Moment::new(text).day()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weekends_and_bank_holidays_do_not_count() {
        let calendar = Calendar::read("2026-12-25 # Christmas Day\n\n2026-12-28\n").expect("dates");
        let next = |text: &str| calendar.next(day(text).expect("a day")).to_string();
        assert_eq!(next("2026-11-19"), "2026-11-20", "Thursday to Friday");
        assert_eq!(next("2026-11-20"), "2026-11-23", "Friday to Monday");
        assert_eq!(next("2026-11-21"), "2026-11-23", "sent on a Saturday");
        assert_eq!(next("2026-12-24"), "2026-12-29", "over Christmas");
    }

    #[test]
    fn reads_the_published_list_and_refuses_what_is_none() {
        let calendar = Calendar::read(r#"{"england-and-wales":{"division":"england-and-wales","events":[{"title":"Christmas Day","date":"2026-12-25"}]}}"#);
        assert_eq!(calendar.expect("the list").holidays.len(), 1);
        for bad in ["{}", "{", "25/12/2026"] {
            assert!(Calendar::read(bad).is_err(), "{bad}");
        }
    }
}

//! A moment as the form writes it: RFC 3339, with or without seconds, offset or time.

use serde::{Deserialize, Serialize};
use std::fmt;
use time::{Date, Month, PrimitiveDateTime, Time};
use validator::ValidationError;

/// A date, or a date and time, as typed.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct Moment(String);

impl fmt::Debug for Moment {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "Moment({} bytes)", self.0.len())
    }
}

impl Moment {
    /// From text.
    pub fn new(text: &str) -> Moment {
        Moment(text.to_owned())
    }

    /// As typed.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Nothing was typed.
    pub fn is_blank(&self) -> bool {
        self.0.trim().is_empty()
    }

    /// The moment; in UTC where an offset is given, else as the clock on the wall said. `None` where the
    /// text is no moment.
    pub fn at(&self) -> Option<PrimitiveDateTime> {
        parse(self.0.trim())
    }

    /// The day, as the calendar on the wall said: an offset does not move it. `None` where the text is no moment.
    ///
    /// ```
    /// use referral_guide::form::Moment;
    /// let day = Moment::new("2026-07-01T00:30+01:00").day().unwrap();
    /// assert_eq!((day.year(), day.day()), (2026, 1));
    /// ```
    pub fn day(&self) -> Option<Date> {
        let text = self.0.trim();
        parse(text)?;
        Some(parse(text.get(..10)?)?.date())
    }

    /// Whether a time of day was given.
    pub fn has_time(&self) -> bool {
        self.0.trim().len() > 10
    }

    /// Hours from this moment to a later one; `None` where either is no moment with a time.
    pub fn hours_to(&self, later: &Moment) -> Option<f64> {
        if !self.has_time() || !later.has_time() {
            return None;
        }
        Some((later.at()? - self.at()?).as_seconds_f64() / 3600.0)
    }
}

fn parse(text: &str) -> Option<PrimitiveDateTime> {
    if !text.is_ascii() {
        return None;
    }
    let (day, clock) = match text.as_bytes().get(10) {
        None => (text, None),
        Some(b'T' | b't' | b' ') => (&text[..10], Some(&text[11..])),
        Some(_) => return None,
    };
    let mut parts = day.split('-');
    let (year, month, date) = (parts.next()?, parts.next()?, parts.next()?);
    if parts.next().is_some() || year.len() != 4 || month.len() != 2 || date.len() != 2 {
        return None;
    }
    let day = Date::from_calendar_date(number(year)? as i32, Month::try_from(number(month)? as u8).ok()?, number(date)? as u8).ok()?;
    let Some(clock) = clock else {
        return Some(day.midnight());
    };
    let (clock, offset) = match clock.find(['Z', 'z', '+', '-']) {
        Some(at) => (&clock[..at], Some(&clock[at..])),
        None => (clock, None),
    };
    let mut parts = clock.split(':');
    let (hour, minute, second) = (parts.next()?, parts.next()?, parts.next());
    if parts.next().is_some() || hour.len() != 2 || minute.len() != 2 {
        return None;
    }
    let second = match second {
        None => 0,
        Some(second) => {
            let (whole, fraction) = second.split_once('.').unwrap_or((second, "0"));
            number(fraction)?;
            if whole.len() != 2 {
                return None;
            }
            number(whole)?
        }
    };
    let local = PrimitiveDateTime::new(day, Time::from_hms(number(hour)? as u8, number(minute)? as u8, second as u8).ok()?);
    let minutes = match offset {
        None | Some("Z" | "z") => 0,
        Some(offset) => {
            let (hours, minutes) = offset[1..].split_once(':')?;
            if hours.len() != 2 || minutes.len() != 2 {
                return None;
            }
            let (hours, minutes) = (number(hours)?, number(minutes)?);
            if hours > 23 || minutes > 59 {
                return None;
            }
            let total = i64::from(hours * 60 + minutes);
            if offset.starts_with('-') { -total } else { total }
        }
    };
    local.checked_sub(time::Duration::minutes(minutes))
}

fn number(text: &str) -> Option<u32> {
    if text.is_empty() || text.len() > 9 || !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    text.parse().ok()
}

/// Refuses what is no moment; an empty text is no answer, not a wrong one.
pub(super) fn moment(moment: &Moment) -> Result<(), ValidationError> {
    if moment.is_blank() || moment.at().is_some() {
        return Ok(());
    }
    Err(ValidationError::new("date").with_message("is not a date that exists; write it as 2026-11-20 or 2026-11-20T22:15".into()))
}

/// Refuses what is no day.
pub(super) fn day(day: &Moment) -> Result<(), ValidationError> {
    moment(day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_moments_with_and_without_offset() {
        let hours = Moment::new("2026-11-20T22:15+01:00").hours_to(&Moment::new("2026-11-20T23:15:30Z"));
        assert!((hours.expect("two moments") - 2.008_333).abs() < 1e-4);
        assert_eq!(Moment::new("2026-11-20").hours_to(&Moment::new("2026-11-21T00:00")), None);
    }

    #[test]
    fn refuses_days_that_do_not_exist() {
        for wrong in ["2026-02-31", "2026-13-01", "31/02/2026", "2026-11-20T24:15", "2026-11-20T2:15", "x", "2026-11-20T10:00+1", "２０２６-11-20"] {
            assert!(moment(&Moment::new(wrong)).is_err(), "{wrong}");
        }
        assert!(moment(&Moment::new(" ")).is_ok());
        assert!(moment(&Moment::new("2024-02-29")).is_ok());
    }
}

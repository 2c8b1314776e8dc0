//! Days, years and periods of validity; and the legal day, which is Rome's.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use crate::fault::{FaultKind, Refused};

/// The day it is in Italy at an instant: "by 31 January" ends at midnight of Rome, not of Greenwich.
#[must_use]
pub fn legal_day(instant: DateTime<Utc>) -> NaiveDate {
    instant.with_timezone(&chrono_tz::Europe::Rome).date_naive()
}

/// The instant a day begins in Italy. There is always one: clocks are moved later in the night.
#[must_use]
pub fn legal_start(day: NaiveDate) -> Option<DateTime<Utc>> {
    let midnight = day.and_time(chrono::NaiveTime::MIN);
    midnight.and_local_timezone(chrono_tz::Europe::Rome).earliest().map(|start| start.with_timezone(&Utc))
}

const FIRST_YEAR: i32 = 1861;
const LAST_YEAR: i32 = 2200;

/// A year a plan can be of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(into = "i16", try_from = "i32")]
pub struct Year(i16);

impl Year {
    /// The first year with a performance cycle of law (legislative decree 150 of 2009).
    pub const MIN: i16 = 2009;
    /// A bound against slips of the keyboard.
    pub const MAX: i16 = 2100;

    /// Reads a year.
    ///
    /// # Errors
    /// When it lies outside [`Year::MIN`] and [`Year::MAX`].
    pub fn parse(number: i32) -> Result<Self, Refused> {
        i16::try_from(number).ok().filter(|year| (Self::MIN..=Self::MAX).contains(year)).map(Self).ok_or_else(
            || {
                let (min, max) = (Self::MIN, Self::MAX);
                Refused::new(FaultKind::OutOfBounds, format!("L'anno va dal {min} al {max}."))
            },
        )
    }

    /// The number.
    #[must_use]
    pub const fn number(self) -> i16 {
        self.0
    }
}

impl From<Year> for i16 {
    fn from(year: Year) -> Self {
        year.0
    }
}

impl TryFrom<i32> for Year {
    type Error = Refused;

    fn try_from(number: i32) -> Result<Self, Refused> {
        Self::parse(number)
    }
}

/// A day within the centuries a comune has records of.
///
/// # Errors
/// When it lies outside them.
pub fn credible(day: NaiveDate) -> Result<NaiveDate, Refused> {
    if (FIRST_YEAR..=LAST_YEAR).contains(&chrono::Datelike::year(&day)) {
        return Ok(day);
    }
    Err(Refused::new(FaultKind::OutOfBounds, format!("Le date vanno dal {FIRST_YEAR} al {LAST_YEAR}.")))
}

/// From a day, to a day or until further notice; both days belong to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Written")]
pub struct Period {
    #[serde(rename = "valid_from")]
    from: NaiveDate,
    #[serde(rename = "valid_to", skip_serializing_if = "Option::is_none")]
    to: Option<NaiveDate>,
}

/// A period as it is written, not checked yet.
#[derive(Deserialize)]
struct Written {
    valid_from: NaiveDate,
    #[serde(default)]
    valid_to: Option<NaiveDate>,
}

impl TryFrom<Written> for Period {
    type Error = Refused;

    fn try_from(written: Written) -> Result<Self, Refused> {
        Self::parse(written.valid_from, written.valid_to)
    }
}

impl Period {
    /// Reads a period.
    ///
    /// # Errors
    /// When it ends before it begins, or lies outside the centuries a comune has records of.
    pub fn parse(from: NaiveDate, to: Option<NaiveDate>) -> Result<Self, Refused> {
        if to.is_some_and(|to| to < from) {
            return Err(Refused::new(FaultKind::Inconsistent, "Il periodo finisce prima di cominciare."));
        }
        credible(from)?;
        to.map(credible).transpose()?;
        Ok(Self { from, to })
    }

    /// From the first day of a year on.
    #[must_use]
    pub fn since(year: Year) -> Self {
        let from = NaiveDate::from_ymd_opt(i32::from(year.0), 1, 1).unwrap_or_default();
        Self { from, to: None }
    }

    /// The first day.
    #[must_use]
    pub const fn from(&self) -> NaiveDate {
        self.from
    }

    /// The last day, when there is one.
    #[must_use]
    pub const fn to(&self) -> Option<NaiveDate> {
        self.to
    }

    /// Whether a day belongs to it.
    #[must_use]
    pub fn holds(&self, day: NaiveDate) -> bool {
        self.from <= day && self.to.is_none_or(|last| day <= last)
    }

    /// Whether every day of `self` is a day of `other`.
    #[must_use]
    pub fn lies_within(&self, other: &Self) -> bool {
        let ends_in_time = other.to.is_none_or(|limit| self.to.is_some_and(|to| to <= limit));
        self.from >= other.from && ends_in_time
    }

    /// Whether a day belongs to both.
    #[must_use]
    pub fn overlaps(&self, other: &Self) -> bool {
        other.to.is_none_or(|to| self.from <= to) && self.to.is_none_or(|to| other.from <= to)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn period(from: &str, to: Option<&str>) -> Period {
        Period::parse(day(from), to.map(day)).unwrap()
    }

    #[test]
    fn the_last_hour_of_the_year_in_greenwich_is_already_next_year_in_rome() {
        let instant = "2025-12-31T23:30:00Z".parse().unwrap();
        assert_eq!(legal_day(instant), day("2026-01-01"));
        let summer = "2025-06-30T21:59:59Z".parse().unwrap();
        assert_eq!(legal_day(summer), day("2025-06-30"));
    }

    #[test]
    fn an_open_period_lies_only_within_an_open_one() {
        let open = period("2024-01-01", None);
        let year = period("2024-01-01", Some("2024-12-31"));
        assert!(open.lies_within(&open) && year.lies_within(&open) && !open.lies_within(&year));
    }

    #[test]
    fn periods_that_share_one_day_overlap() {
        let first = period("2024-01-01", Some("2024-06-30"));
        assert!(first.overlaps(&period("2024-06-30", None)));
        assert!(!first.overlaps(&period("2024-07-01", None)));
    }

    #[test]
    fn absurd_days_and_years_are_refused() {
        assert!(Period::parse(day("0001-01-01"), None).is_err());
        assert!(Period::parse(day("2024-01-01"), Some(day("9999-12-31"))).is_err());
        assert!(Period::parse(day("2024-02-01"), Some(day("2024-01-31"))).is_err());
        assert!(Year::parse(2008).is_err() && Year::parse(2043).is_ok() && Year::parse(i32::MAX).is_err());
    }
}

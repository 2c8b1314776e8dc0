//! The quarters of a year: the days values are about, and the days they are collected.

use chrono::NaiveDate;

/// A quarter of the year of a plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Quarter {
    First,
    Second,
    Third,
    Fourth,
}

impl Quarter {
    pub(super) const ALL: [Self; 4] = [Self::First, Self::Second, Self::Third, Self::Fourth];

    pub(super) const fn number(self) -> u8 {
        match self {
            Self::First => 1,
            Self::Second => 2,
            Self::Third => 3,
            Self::Fourth => 4,
        }
    }

    pub(super) const fn title(self) -> &'static str {
        match self {
            Self::First => "Primo trimestre",
            Self::Second => "Secondo trimestre",
            Self::Third => "Terzo trimestre",
            Self::Fourth => "Consuntivo",
        }
    }

    /// How much of the year's work is done by its end, in hundredths.
    pub(super) const fn progress(self) -> i64 {
        match self {
            Self::First => 25,
            Self::Second => 55,
            Self::Third => 80,
            Self::Fourth => 100,
        }
    }

    /// Its last day.
    pub(super) fn end(self, year: i32) -> NaiveDate {
        match self {
            Self::First => day(year, 3, 31),
            Self::Second => day(year, 6, 30),
            Self::Third => day(year, 9, 30),
            Self::Fourth => day(year, 12, 31),
        }
    }

    /// The first and the last day its values are collected.
    pub(super) fn window(self, year: i32) -> (NaiveDate, NaiveDate) {
        let next = year.saturating_add(1);
        match self {
            Self::First => (day(year, 4, 1), day(year, 4, 30)),
            Self::Second => (day(year, 7, 1), day(year, 7, 31)),
            Self::Third => (day(year, 10, 1), day(year, 10, 31)),
            Self::Fourth => (day(next, 1, 1), day(next, 2, 28)),
        }
    }
}

/// A day that exists.
pub(super) fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap_or_default()
}

//! Deadlines: by when, in every way real plans say it.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::said::Words;
use crate::vocabulary::vocabulary;

vocabulary! {
    /// How often something recurs.
    Recurrence, "Ricorrenza: giornaliera, settimanale, quindicinale, mensile, bimestrale, trimestrale, quadrimestrale, semestrale, annuale." {
        /// Every day.
        Daily = "daily",
        /// Every week.
        Weekly = "weekly",
        /// Every two weeks.
        Fortnightly = "fortnightly",
        /// Every month.
        Monthly = "monthly",
        /// Every two months.
        Bimonthly = "bimonthly",
        /// Every three months.
        Quarterly = "quarterly",
        /// Every four months.
        FourMonthly = "four_monthly",
        /// Every six months.
        HalfYearly = "half_yearly",
        /// Every year.
        Yearly = "yearly",
    }
}

/// By when.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Deadline {
    /// By a day: `31/12/2025`, `entro il 30 settembre 2025`, `31-dic-25`.
    Date {
        /// The day.
        day: NaiveDate,
    },
    /// By the end of a month: `Novembre`, `entro febbraio 2024`.
    Month {
        /// 1 to 12.
        month: u8,
        /// Its year, when it was said.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        year: Option<i32>,
    },
    /// From a day to a day: `Novembre Dicembre 2024 Gennaio Marzo 2025`, `anno 2024`.
    Span {
        /// The first day.
        from: NaiveDate,
        /// The last day.
        to: NaiveDate,
    },
    /// When the law says: `Termini di legge`.
    LegalTerm,
    /// When something happens, or some days before (negative) or after it: `scadenze elettorali`.
    Event {
        /// How many days after it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        days: Option<i32>,
    },
    /// Days after another part of the same objective: `punto 1 + 60gg`.
    Relative {
        /// How many days after it.
        days: i32,
        /// The number of the part it counts from.
        after_part: u8,
    },
    /// Again and again: `trimestrale`, `semestrale 30/06 31/12`.
    Recurring {
        /// How often.
        every: Recurrence,
        /// The days it falls on, when they were said.
        #[serde(rename = "on", default, skip_serializing_if = "Vec::is_empty")]
        days: Vec<NaiveDate>,
    },
    /// All the time, with no end: `Continuo`, `per tutta la validità del piano`.
    Continuous,
    /// A date that does not exist: `31.06.2024`. Kept as it was written, with the day it may stand for.
    Impossible {
        /// The day as written.
        #[serde(rename = "written_day")]
        day: u8,
        /// The month as written.
        #[serde(rename = "written_month")]
        month: u8,
        /// The year as written.
        #[serde(rename = "written_year")]
        year: i32,
        /// The last day of that month, when the month exists.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        suggested: Option<NaiveDate>,
    },
    /// Several, numbered or separated in one cell: `1) 28/02/2024 2) 01/03/2024`.
    Parts {
        /// One by one, in their order; none of them has parts itself.
        parts: Vec<DeadlinePart>,
    },
    /// Words that were not understood as anything else.
    Text,
}

/// One of several deadlines written together.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct DeadlinePart {
    /// Its own words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub words: Option<Words>,
    /// What they mean.
    pub value: Deadline,
}

impl Deadline {
    /// The most parts one deadline has.
    pub const MOST_PARTS: usize = 50;

    /// Every stretch of days it can fall on: those of its parts, and each day it recurs on, one by one.
    #[must_use]
    pub fn windows(&self, plan_year: i32) -> Vec<(NaiveDate, NaiveDate)> {
        match self {
            Self::Parts { parts } => parts.iter().flat_map(|part| part.value.windows(plan_year)).collect(),
            Self::Recurring { days, .. } => days.iter().map(|day| (*day, *day)).collect(),
            Self::Date { .. }
            | Self::Month { .. }
            | Self::Span { .. }
            | Self::LegalTerm
            | Self::Event { .. }
            | Self::Relative { .. }
            | Self::Continuous
            | Self::Impossible { .. }
            | Self::Text => self.window(plan_year).into_iter().collect(),
        }
    }

    /// The first and the last day it can fall on, when days can be told. A month without a year is one of `plan_year`.
    #[must_use]
    pub fn window(&self, plan_year: i32) -> Option<(NaiveDate, NaiveDate)> {
        match self {
            Self::Date { day } => Some((*day, *day)),
            Self::Month { month, year } => month_window(year.unwrap_or(plan_year), *month),
            Self::Span { from, to } => Some((*from, *to)),
            Self::Recurring { days, .. } => Some((*days.iter().min()?, *days.iter().max()?)),
            Self::Impossible { suggested, .. } => suggested.map(|day| (day, day)),
            Self::Parts { parts } => parts
                .iter()
                .filter_map(|part| part.value.window(plan_year))
                .reduce(|one, other| (one.0.min(other.0), one.1.max(other.1))),
            Self::LegalTerm | Self::Event { .. } | Self::Relative { .. } | Self::Continuous | Self::Text => {
                None
            }
        }
    }
}

/// The first and the last day of a month.
fn month_window(year: i32, month: u8) -> Option<(NaiveDate, NaiveDate)> {
    let first = NaiveDate::from_ymd_opt(year, u32::from(month), 1)?;
    let next = first.checked_add_months(chrono::Months::new(1))?;
    Some((first, next.pred_opt()?))
}

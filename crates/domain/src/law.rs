//! What the law asks in figures and days, by year.
//!
//! Hours of training, thresholds, shares and deadlines change with a directive or a decree, and a plan is judged by those of its
//! own year: so they are dated data with the words of their source, and no rule of the product holds a number of its own. A year
//! is always the year of the plan: the report on the plan of 2025 is due by the deadline of 2025, which falls in 2026.

mod calendar;
pub mod compliance;
mod name;
mod payments;
mod performance;
mod size;
mod transparency;

use chrono::{Days, NaiveDate};

pub use name::ParameterName;

use crate::figure::Figure;
use crate::vocabulary::vocabulary;

vocabulary! {
    /// How sure it is that a parameter is what the law says.
    Certainty, "Grado di certezza: verificato su una fonte, da conoscenza generale, incerto, regola del prodotto." {
        /// Read in a source.
        Confirmed = "confirmed",
        /// From general knowledge, not checked again.
        Unchecked = "unchecked",
        /// Sources differ, or are silent.
        Unsure = "unsure",
        /// No law says it: the product does.
        ProductRule = "product_rule",
    }
}

vocabulary! {
    /// What an amount counts.
    AmountUnit, "Unità di misura del parametro." {
        /// Hundredths.
        Percent = "percent",
        /// Calendar days.
        Days = "days",
        /// Months.
        Months = "months",
        /// Years.
        Years = "years",
        /// Hours for each person.
        Hours = "hours",
        /// Inhabitants.
        Inhabitants = "inhabitants",
        /// Employees.
        Employees = "employees",
        /// Comuni.
        Comuni = "comuni",
    }
}

/// A day that comes every year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DayOfYear {
    /// 1 to 12.
    pub month: u32,
    /// 1 to 31, and never one that some years lack.
    pub day: u32,
    /// How many years after that of the plan it falls; negative before it.
    pub years_after: i16,
}

impl DayOfYear {
    /// The day it is for the plan of a year.
    #[must_use]
    pub fn of(self, year: i32) -> Option<NaiveDate> {
        NaiveDate::from_ymd_opt(year.checked_add(i32::from(self.years_after))?, self.month, self.day)
    }
}

/// What follows for whoever is between two whole numbers of days, both included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Band {
    /// The fewest days; none below which the band has no end.
    pub at_least: Option<i32>,
    /// The most days; none above which the band has no end.
    pub at_most: Option<i32>,
    /// The share that follows, in hundredths.
    pub percent: i32,
}

impl Band {
    fn holds(&self, days: i32) -> bool {
        self.at_least.is_none_or(|least| days >= least) && self.at_most.is_none_or(|most| days <= most)
    }
}

/// What a parameter is in some years.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Value {
    /// So many of something.
    Amount {
        /// How many.
        number: i32,
        /// Of what.
        unit: AmountUnit,
    },
    /// A day of the year.
    Day(DayOfYear),
    /// A share that grows with the days.
    Bands(&'static [Band]),
}

/// A value and the years it holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Dated {
    /// The first year it holds.
    pub from: i16,
    /// The last year it holds, when there is one.
    pub to: Option<i16>,
    /// The value.
    pub value: Value,
    /// Where it is written, as Italian lawyers cite.
    pub reference: &'static str,
    /// How sure it is.
    pub certainty: Certainty,
    /// What else there is to know, in Italian.
    pub note: Option<&'static str>,
}

impl Dated {
    const fn since(from: i16, value: Value, reference: &'static str, certainty: Certainty) -> Self {
        Self { from, to: None, value, reference, certainty, note: None }
    }

    const fn until(mut self, year: i16) -> Self {
        self.to = Some(year);
        self
    }

    const fn noted(mut self, note: &'static str) -> Self {
        self.note = Some(note);
        self
    }

    /// Whether it holds in a year.
    #[must_use]
    pub fn holds_in(&self, year: i32) -> bool {
        i32::from(self.from) <= year && self.to.is_none_or(|last| year <= i32::from(last))
    }

    /// The amount as a figure, when it is an amount.
    #[must_use]
    pub fn figure(&self) -> Option<Figure> {
        match self.value {
            Value::Amount { number, .. } => Some(Figure::whole(number)),
            Value::Day(_) | Value::Bands(_) => None,
        }
    }
}

const fn amount(number: i32, unit: AmountUnit) -> Value {
    Value::Amount { number, unit }
}

const fn day(day: u32, month: u32, years_after: i16) -> Value {
    Value::Day(DayOfYear { month, day, years_after })
}

/// A parameter through the years.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Parameter {
    /// Its name.
    pub name: ParameterName,
    /// What it is, in Italian.
    pub title: &'static str,
    /// What it was and is, the oldest first; no two hold in one year.
    pub dated: &'static [Dated],
}

const TABLES: &[&[Parameter]] = &[
    performance::PARAMETERS,
    calendar::PARAMETERS,
    payments::PARAMETERS,
    transparency::PARAMETERS,
    size::PARAMETERS,
];

/// Every parameter, by subject.
pub fn parameters() -> impl Iterator<Item = &'static Parameter> {
    TABLES.iter().flat_map(|table| table.iter())
}

/// What a parameter is for the plans of a year; none when the law said nothing yet, or says nothing any more.
#[must_use]
pub fn figure(parameter: ParameterName, year: i32) -> Option<&'static Dated> {
    let known = parameters().find(|known| known.name == parameter)?;
    known.dated.iter().find(|dated| dated.holds_in(year))
}

/// The number a parameter is for the plans of a year, when it is a number.
#[must_use]
pub fn number_of(parameter: ParameterName, year: i32) -> Option<Figure> {
    figure(parameter, year)?.figure()
}

/// The day a parameter is for the plan of a year, when it is a day.
#[must_use]
pub fn deadline_of(parameter: ParameterName, year: i32) -> Option<NaiveDate> {
    match figure(parameter, year)?.value {
        Value::Day(day) => day.of(year),
        Value::Amount { .. } | Value::Bands(_) => None,
    }
}

/// The last day to adopt the plan of a year. When a decree has moved the deadline of the budget, the plan has some days more than
/// the budget; it is never due before its ordinary day.
#[must_use]
pub fn plan_deadline(year: i32, moved_budget_deadline: Option<NaiveDate>) -> Option<NaiveDate> {
    let ordinary = deadline_of(ParameterName::PlanDeadline, year)?;
    let Some(moved) = moved_budget_deadline else { return Some(ordinary) };
    let Some(dated) = figure(ParameterName::PlanDaysAfterMovedBudget, year) else { return Some(ordinary) };
    match dated.value {
        Value::Amount { number, .. } => {
            let days = Days::new(u64::try_from(number).ok()?);
            moved.checked_add_days(days).map(|day| day.max(ordinary))
        }
        Value::Day(_) | Value::Bands(_) => Some(ordinary),
    }
}

/// The share of its spending on goods and services a comune sets aside for so many whole days of delay in paying, in hundredths.
/// How a delay with decimals becomes whole days is not written in the law: whoever asks decides, and says so.
#[must_use]
pub fn guarantee_fund_share(year: i32, days_of_delay: i32) -> Option<Figure> {
    match figure(ParameterName::GuaranteeFundBands, year)?.value {
        Value::Bands(bands) => {
            bands.iter().find(|band| band.holds(days_of_delay)).map(|band| Figure::whole(band.percent))
        }
        Value::Amount { .. } | Value::Day(_) => None,
    }
}

#[cfg(test)]
mod tests;

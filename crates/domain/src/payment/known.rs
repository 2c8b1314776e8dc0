//! What the register of bills knows of the things the guarantee fund depends on.

use chrono::{Datelike as _, NaiveDate};

use super::delay::{Counted, yearly};
use super::left::{Place, place};
use super::stock::Stock;
use crate::feeder::{Asked, Outcome, SettingsFacts, Within};
use crate::figure::Figure;
use crate::invoice::{Bill, Cents};
use crate::measurement::Span;

/// One pass over the bills for the fund of a year.
#[derive(Debug, Clone)]
pub struct Known {
    before: Stock,
    last: Stock,
    asked: Asked,
    received: Cents,
    any_received: bool,
    first: Option<NaiveDate>,
    yearly: Counted,
}

/// What is known; what the register has no facts of is not known, and never nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FundKnown {
    /// Overdue debt at the end of the second year before; known when the register has bills of that time.
    pub debt_before: Option<Cents>,
    /// Overdue debt at the end of the year before, or on the day it is seen from.
    pub debt: Option<Cents>,
    /// What the bills received in the year before come to.
    pub received: Option<Cents>,
    /// The delay of the year before, with every decimal a figure has: which band it is in is not decided by how it is told.
    pub delay: Option<Figure>,
    /// The day the first bill was received.
    pub first: Option<NaiveDate>,
}

impl Known {
    /// For the fund of a year, seen from a day; none where the calendar ends.
    #[must_use]
    pub fn new(year: i32, on: NaiveDate, settings: &SettingsFacts) -> Option<Self> {
        let end = |back: i32| NaiveDate::from_ymd_opt(year.checked_sub(back)?, 12, 31);
        let from = NaiveDate::from_ymd_opt(year.checked_sub(1)?, 1, 1)?;
        let stock = |day: NaiveDate| Stock::on(day.min(on), settings.contested_debt_counts);
        Some(Self {
            before: stock(end(2)?),
            last: stock(end(1)?),
            asked: Asked { period: Span { from, to: end(1)? }, on },
            received: Cents::ZERO,
            any_received: false,
            first: None,
            yearly: Counted::default(),
        })
    }

    /// The first day whose bills matter.
    #[must_use]
    pub fn since(&self) -> NaiveDate {
        let first = |day: NaiveDate| day.with_ordinal(1);
        first(self.before.on.min(self.asked.period.from)).unwrap_or(self.before.on)
    }

    /// Takes one bill; each is given once.
    pub fn take(&mut self, bill: &Bill) {
        let received = bill.facts.received;
        if received <= self.asked.on {
            self.first = Some(self.first.map_or(received, |first| first.min(received)));
        }
        self.before.take(bill, Within::Comune);
        self.last.take(bill, Within::Comune);
        yearly(&mut self.yearly, bill, self.asked);
        let of_the_year = self.asked.period.from <= received && received <= self.last.on;
        if of_the_year && place(bill) == Place::Counts {
            self.any_received = true;
            self.received = self.received.plus(bill.owed(self.last.on).max(Cents::ZERO));
        }
    }

    /// What is known after the last bill.
    #[must_use]
    pub fn known(&self) -> FundKnown {
        let had_begun = |day: NaiveDate| self.first.is_some_and(|first| first <= day);
        let at = |stock: &Stock| had_begun(stock.on).then_some(stock.overdue.amount);
        let delay = match self.yearly.mean.outcome() {
            Outcome::Ratio { numerator, denominator } => {
                let mean = numerator.checked_div(denominator);
                mean.and_then(|mean| Figure::rounded(mean, Figure::DECIMALS))
            }
            Outcome::Number(_) | Outcome::NotComputable(_) => None,
        };
        FundKnown {
            debt_before: at(&self.before),
            debt: at(&self.last),
            received: self.any_received.then_some(self.received),
            delay,
            first: self.first,
        }
    }
}

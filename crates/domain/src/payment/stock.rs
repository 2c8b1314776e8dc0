//! What is still to be paid on a day, and to how many: all of it, and the part that is overdue.

use std::collections::HashSet;

use chrono::NaiveDate;

use super::days::days_late;
use super::left::{Place, place};
use crate::feeder::Within;
use crate::invoice::{Bill, Cents, Dispute};
use crate::text::Line;

/// An amount to be paid, of how many bills, to how many.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Debt {
    /// How much.
    pub amount: Cents,
    /// How many bills.
    pub bills: u64,
    suppliers: HashSet<Line<28>>,
}

impl Debt {
    /// To how many suppliers.
    #[must_use]
    pub fn creditors(&self) -> usize {
        self.suppliers.len()
    }

    fn add(&mut self, bill: &Bill, open: Cents) {
        self.amount = self.amount.plus(open);
        self.bills = self.bills.saturating_add(1);
        if !self.suppliers.contains(&bill.facts.reference.supplier) {
            self.suppliers.insert(bill.facts.reference.supplier.clone());
        }
    }
}

/// Commercial debt as it stands at the end of a day.
#[derive(Debug, Clone)]
pub struct Stock {
    /// The day.
    pub on: NaiveDate,
    /// Everything received and not paid.
    pub outstanding: Debt,
    /// The part that was due by that day, days it was contested not counted; with what is contested only where the comune counts it.
    pub overdue: Debt,
    /// The part of what was due that is contested on that day, counted or not.
    pub contested: Debt,
    contested_counts: bool,
}

impl Stock {
    /// No debt yet.
    #[must_use]
    pub fn on(on: NaiveDate, contested_counts: bool) -> Self {
        let none = Debt::default;
        Self { on, outstanding: none(), overdue: none(), contested: none(), contested_counts }
    }

    /// Takes a bill.
    pub fn take(&mut self, bill: &Bill, within: Within<'_>) {
        let open = bill.open(self.on);
        let there = bill.facts.received <= self.on && open > Cents::ZERO && within.holds(bill.facts.unit);
        if !there || place(bill) != Place::Counts {
            return;
        }
        self.outstanding.add(bill, open);
        if bill.facts.due > self.on {
            return;
        }
        let contested = bill.facts.disputes.iter().any(|dispute| self.falls_in(*dispute));
        if !contested && days_late(bill, self.on) < 0 {
            return;
        }
        if contested {
            self.contested.add(bill, open);
        }
        if !contested || self.contested_counts {
            self.overdue.add(bill, open);
        }
    }

    fn falls_in(&self, dispute: Dispute) -> bool {
        dispute.from <= self.on && dispute.until.is_none_or(|until| self.on < until)
    }
}

//! The two figures of the bills received (TMP and TMR), and how much of those bills they cover.

use chrono::{Datelike as _, NaiveDate};

use super::delay::Counted;
use super::left::Why;
use super::paid::Settled;
use crate::feeder::Asked;
use crate::invoice::Bill;
use crate::measurement::Span;

/// Mean time and mean delay of the same bills.
#[derive(Debug, Clone, Default)]
pub(super) struct Received {
    /// From receipt.
    pub(super) time: Counted,
    /// From the day they are due.
    pub(super) delay: Counted,
    /// What was paid of them, in cents.
    pub(super) paid: i128,
    /// What they come to, in cents.
    pub(super) owed: i128,
}

impl Received {
    /// Takes a bill, if it was received in the days.
    pub(super) fn take(&mut self, bill: &Bill, asked: Asked) {
        let received = bill.facts.received;
        let of_the_days = asked.period.from <= received && received <= asked.period.to.min(asked.on);
        if !of_the_days || !self.both(|counted| counted.admits(bill)) {
            return;
        }
        let on = observed_until(asked.period).map_or(asked.on, |last| last.min(asked.on));
        let settled = Settled::of(bill, on);
        let paid: i128 =
            settled.payments.iter().map(|paid| i128::from(paid.cents)).fold(0, i128::saturating_add);
        self.paid = self.paid.saturating_add(paid);
        self.owed = self.owed.saturating_add(paid).saturating_add(settled.open.into());
        for payment in &settled.payments {
            self.time.add(bill, payment.cents, (received, payment.day));
            self.delay.add(bill, payment.cents, (bill.facts.due, payment.day));
        }
        if settled.overpaid_since(NaiveDate::MIN) {
            self.both(|counted| counted.left.push(Why::Overpaid));
        }
        match (settled.payments.is_empty(), settled.open) {
            (false, _) => self.both(Counted::count),
            (true, 0) => self.both(|counted| counted.left.push(Why::NothingOwed)),
            (true, _) => self.both(|counted| counted.left.push(Why::Unpaid)),
        }
    }

    fn both<T>(&mut self, mut each: impl FnMut(&mut Counted) -> T) -> T {
        each(&mut self.time);
        each(&mut self.delay)
    }
}

/// The last day whose payments count for bills received in some days: the end of March after their year.
pub(super) fn observed_until(period: Span) -> Option<NaiveDate> {
    NaiveDate::from_ymd_opt(period.to.year().checked_add(1)?, 3, 31)
}

//! The two figures of delay with bills of their own: the timeliness of what was paid (ITP), and the yearly delay of what was due (IRP).

use chrono::NaiveDate;

use super::days::{between, contested, days_late};
use super::left::{Left, Place, Why, place};
use super::mean::Mean;
use super::paid::Settled;
use crate::feeder::Asked;
use crate::invoice::Bill;

/// A mean with how many bills it is of, and which it left out.
#[derive(Debug, Clone, Default)]
pub(super) struct Counted {
    /// The mean.
    pub(super) mean: Mean,
    /// How many bills.
    pub(super) bills: u64,
    /// Those left out.
    pub(super) left: Left,
}

impl Counted {
    /// One bill more.
    pub(super) fn count(&mut self) {
        self.bills = self.bills.saturating_add(1);
    }

    /// Adds an amount of a bill with its days from one to another, without the contested ones.
    pub(super) fn add(&mut self, bill: &Bill, cents: i64, (from, to): (NaiveDate, NaiveDate)) {
        let contested = contested(&bill.facts.disputes, bill.facts.received, to);
        self.mean.add(cents, between(from, to).saturating_sub(contested), contested);
    }

    /// Whether a document of these days counts; one that does not is remembered.
    pub(super) fn admits(&mut self, bill: &Bill) -> bool {
        match place(bill) {
            Place::Counts => true,
            Place::Out(why) => {
                self.left.push(why);
                false
            }
            Place::InItsBill => false,
        }
    }
}

/// The timeliness of payments: what was paid in the days, whatever bill it is of.
pub(super) fn timeliness(counted: &mut Counted, bill: &Bill, asked: Asked) {
    let (from, last) = (asked.period.from, asked.period.to.min(asked.on));
    let any_paid = bill.payments.iter().any(|(day, _)| (from..=last).contains(day));
    if bill.facts.received > asked.on || !any_paid || !counted.admits(bill) {
        return;
    }
    let settled = Settled::of(bill, last);
    let mut any = false;
    for paid in settled.since(from) {
        counted.add(bill, paid.cents, (bill.facts.due, paid.day));
        any = true;
    }
    if any {
        counted.count();
    }
    if settled.overpaid_since(from) {
        counted.left.push(Why::Overpaid);
    }
}

/// The yearly delay: bills due in the days, paid or not, and bills due later that were paid in them.
pub(super) fn yearly(counted: &mut Counted, bill: &Bill, asked: Asked) {
    let (from, last) = (asked.period.from, asked.period.to.min(asked.on));
    let (received, due) = (bill.facts.received, bill.facts.due);
    if last < from || received > asked.on || due < from {
        return;
    }
    let due_later = due > asked.period.to;
    let early = bill.payments.iter().any(|(day, _)| (from..=last).contains(day));
    if due_later && !early || !counted.admits(bill) {
        return;
    }
    let settled = Settled::of(bill, last);
    let first = if due_later { from } else { NaiveDate::MIN };
    let mut any = false;
    for paid in settled.since(first) {
        counted.add(bill, paid.cents, (due, paid.day));
        any = true;
    }
    if settled.overpaid_since(first) {
        counted.left.push(Why::Overpaid);
    }
    if settled.open == 0 && !any {
        counted.left.push(Why::NothingOwed);
    }
    any |= !due_later && unpaid(counted, bill, settled.open, last);
    if any {
        counted.count();
    }
}

/// What is not paid is late from the day it is due to the day it is seen from; before it could be asked it is not late at all.
fn unpaid(counted: &mut Counted, bill: &Bill, open: i64, on: NaiveDate) -> bool {
    if open == 0 {
        return false;
    }
    let days = days_late(bill, on);
    if days < 0 {
        counted.left.push(Why::NotYetDue);
        return false;
    }
    counted.mean.add(open, days, contested(&bill.facts.disputes, bill.facts.received, on));
    true
}

//! What was paid of a bill up to a day, as far as it was owed.

use chrono::NaiveDate;

use crate::invoice::Bill;

/// What was paid on one day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Paid {
    /// The day.
    pub(super) day: NaiveDate,
    /// In cents.
    pub(super) cents: i64,
}

/// A bill as it stands on a day.
#[derive(Debug, Clone)]
pub(super) struct Settled {
    /// What was paid, the earliest first, until nothing was owed any more.
    pub(super) payments: Vec<Paid>,
    /// What is still owed, in cents; never less than nothing.
    pub(super) open: i64,
    /// The days on which more was paid than was owed.
    overpaid: Vec<NaiveDate>,
}

impl Settled {
    /// A bill as it stands on a day: what came later has not happened.
    pub(super) fn of(bill: &Bill, on: NaiveDate) -> Self {
        let mut known: Vec<_> = bill.payments.iter().filter(|(day, _)| *day <= on).collect();
        known.sort_unstable();
        let mut settled =
            Self { payments: Vec::new(), open: bill.owed(on).number().max(0), overpaid: Vec::new() };
        for (day, amount) in known {
            let cents = amount.number().min(settled.open);
            settled.open = settled.open.saturating_sub(cents);
            if cents < amount.number() {
                settled.overpaid.push(*day);
            }
            if cents > 0 {
                settled.payments.push(Paid { day: *day, cents });
            }
        }
        settled
    }

    /// What was paid from a day on.
    pub(super) fn since(&self, day: NaiveDate) -> impl Iterator<Item = &Paid> {
        self.payments.iter().filter(move |paid| day <= paid.day)
    }

    /// Whether more was paid than was owed, from a day on.
    pub(super) fn overpaid_since(&self, from: NaiveDate) -> bool {
        self.overpaid.iter().any(|day| from <= *day)
    }
}

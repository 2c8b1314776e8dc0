//! What if: payments that were not made, supposed for bills that are there. The same figures are told of the bills with them.

use std::collections::HashMap;

use chrono::NaiveDate;

use crate::fault::{Fault, FaultKind, Refused};
use crate::invoice::{Bill, Cents, InvoiceId, InvoiceKind, paid_before_issue};

/// A payment somebody supposes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Supposed {
    /// Of which bill.
    pub invoice: InvoiceId,
    /// On which day.
    pub day: NaiveDate,
    /// How much; all that is left to pay when it is not said.
    pub amount: Option<Cents>,
}

/// Payments supposed together, and what is wrong with them as the bills they are of come by.
#[derive(Debug, Clone, Default)]
pub struct Supposition {
    by_bill: HashMap<InvoiceId, Vec<(usize, Supposed)>>,
    faults: Vec<(usize, Refused, &'static str)>,
}

impl Supposition {
    /// The most payments supposed together.
    pub const MOST: usize = 1_000;

    /// Payments in the order they were said.
    #[must_use]
    pub fn of(payments: Vec<Supposed>) -> Self {
        let mut by_bill: HashMap<_, Vec<_>> = HashMap::new();
        for (place, payment) in payments.into_iter().enumerate() {
            by_bill.entry(payment.invoice).or_default().push((place, payment));
        }
        for payments in by_bill.values_mut() {
            payments.sort_by_key(|(place, payment)| (payment.day, *place));
        }
        Self { by_bill, faults: Vec::new() }
    }

    /// The bill with what is supposed to be paid of it; none when nothing is, so that the bill is as it was.
    pub fn applied(&mut self, bill: &Bill) -> Option<Bill> {
        if self.by_bill.is_empty() {
            return None;
        }
        let payments = self.by_bill.remove(&bill.facts.reference.id())?;
        let mut supposed = bill.clone();
        for (place, payment) in payments {
            match amount(&supposed, &payment) {
                Ok(amount) => supposed.payments.push((payment.day, amount)),
                Err((refused, member)) => self.faults.push((place, refused, member)),
            }
        }
        Some(supposed)
    }

    /// What was wrong, after the last bill: with each payment where it was said, below `pointer`.
    #[must_use]
    pub fn faults(self, pointer: &str) -> Vec<Fault> {
        let unmet = self.by_bill.into_values().flatten().map(|(place, _)| {
            (
                place,
                Refused::new(
                    FaultKind::UnknownReference,
                    "Il registro non ha questa fattura, o non conta nei giorni chiesti.",
                ),
                "",
            )
        });
        let mut faults: Vec<_> = self.faults.into_iter().chain(unmet).collect();
        faults.sort_by_key(|(place, _, _)| *place);
        faults
            .into_iter()
            .map(|(place, refused, member)| refused.at(&format!("{pointer}/{place}{member}")))
            .collect()
    }
}

/// How much a supposed payment is of a bill.
fn amount(bill: &Bill, payment: &Supposed) -> Result<Cents, (Refused, &'static str)> {
    let inconsistent = |detail: String| Refused::new(FaultKind::Inconsistent, detail);
    if bill.facts.kind == InvoiceKind::CreditNote {
        return Err((inconsistent("È una nota di credito: non si paga.".to_owned()), ""));
    }
    if let Some(early) = paid_before_issue(payment.day, &bill.facts.reference) {
        return Err((early, "/day"));
    }
    let left = bill.open(NaiveDate::MAX);
    if left <= Cents::ZERO {
        return Err((inconsistent("Non resta nulla da pagare.".to_owned()), ""));
    }
    match payment.amount {
        None => Ok(left),
        Some(amount) if amount <= Cents::ZERO => {
            Err((Refused::new(FaultKind::OutOfBounds, "Più di zero."), "/amount"))
        }
        Some(amount) if amount > left => {
            let left = left.to_string().replace('.', ",");
            Err((inconsistent(format!("Restano da pagare {left} euro.")), "/amount"))
        }
        Some(amount) => Ok(amount),
    }
}

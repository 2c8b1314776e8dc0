//! The worked example of the reference, to the cent, and what every figure holds by.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::*;
use crate::feeder::{Asked, Computed, NotComputable, Outcome, SettingsFacts, Within};
use crate::invoice::{Bill, Cents, Dispute, InvoiceFacts, InvoiceKind, InvoiceRef};
use crate::measurement::Span;
use crate::text::Line;

mod example;
mod left_out;
mod properties;
mod stock;
mod supposed;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// Days with their figures seen from a day.
fn asked(from: &str, to: &str, on: &str) -> Asked {
    Asked { period: Span { from: day(from), to: day(to) }, on: day(on) }
}

fn year(on: &str) -> Asked {
    asked("2025-01-01", "2025-12-31", on)
}

fn first_quarter() -> Asked {
    asked("2025-01-01", "2025-03-31", "2026-04-01")
}

/// A bill of so many euro, received, due, and paid whole on a day if at all.
fn bill(number: &str, euro: i64, received: &str, due: &str, paid: &str) -> Bill {
    let amount = Cents::new(euro.saturating_mul(100));
    Bill {
        facts: InvoiceFacts {
            reference: InvoiceRef {
                supplier: InvoiceRef::supplier("01234567890").unwrap(),
                number: Line::parse(number).unwrap(),
                issued: day(received),
            },
            kind: InvoiceKind::Invoice,
            received: day(received),
            due: day(due),
            total: amount,
            split_vat: Cents::ZERO,
            excluded: None,
            disputes: Vec::new(),
            unit: None,
            liquidated: None,
            credits: None,
        },
        credits: Vec::new(),
        payments: if paid.is_empty() { Vec::new() } else { vec![(day(paid), amount)] },
        credits_known_bill: false,
    }
}

fn disputed(mut bill: Bill, from: &str, until: Option<&str>) -> Bill {
    bill.facts.disputes.push(Dispute { from: day(from), until: until.map(day) });
    bill
}

/// The four paid bills of the worked example; the fourth was contested for twenty days.
fn paid() -> Vec<Bill> {
    let fourth = bill("F4", 2_500, "2025-02-05", "2025-03-07", "2025-03-25");
    vec![
        bill("F1", 10_000, "2025-01-10", "2025-02-09", "2025-02-04"),
        bill("F2", 4_000, "2025-01-20", "2025-02-19", "2025-03-06"),
        bill("F3", 1_500, "2025-02-01", "2025-03-03", "2025-03-03"),
        disputed(fourth, "2025-02-10", Some("2025-03-02")),
    ]
}

/// The same with the fifth, which nobody paid.
fn all() -> Vec<Bill> {
    let mut bills = paid();
    bills.push(bill("F5", 3_000, "2025-10-02", "2025-11-01", ""));
    bills
}

fn tally(bills: &[Bill], asked: Asked) -> Tally<'static> {
    let mut tally = Tally::new(Within::Comune, asked, &SettingsFacts::default());
    for bill in bills {
        tally.take(bill);
    }
    tally
}

fn told(bills: &[Bill], asked: Asked, indicator: &str) -> Told {
    tally(bills, asked).told().into_iter().find(|told| told.computed.indicator == indicator).unwrap()
}

fn computed(bills: &[Bill], asked: Asked, indicator: &str) -> Computed {
    told(bills, asked, indicator).computed
}

fn value(bills: &[Bill], asked: Asked, indicator: &str) -> Option<String> {
    computed(bills, asked, indicator).value().map(|figure| figure.to_string())
}

fn ratio(numerator: i64, denominator: i64) -> Outcome {
    Outcome::Ratio { numerator: Decimal::from(numerator), denominator: Decimal::from(denominator) }
}

fn left_out(computed: &Computed) -> Vec<(&'static str, u64)> {
    computed.left_out.iter().map(|left| (left.why, left.count)).collect()
}

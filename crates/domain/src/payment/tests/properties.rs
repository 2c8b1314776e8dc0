use std::collections::BTreeMap;

use proptest::prelude::*;

use super::*;
use crate::invoice::InvoiceId;

fn later(day: NaiveDate, days: u64) -> NaiveDate {
    day.checked_add_days(chrono::Days::new(days)).unwrap()
}

fn some_bill() -> impl Strategy<Value = Bill> {
    let days = |most: u64| (0..most).prop_map(|days| later(day("2024-10-01"), days));
    let payments = proptest::collection::vec((0_u64..300, 1_i64..400_000), 0..4);
    let disputes = proptest::collection::vec((0_u64..120, proptest::option::of(0_u64..60)), 0..3);
    (0_u32..1_000, days(600), 0_u64..60, 1_i64..900_000, payments, disputes).prop_map(
        |(number, received, term, cents, payments, disputes)| {
            let text = received.to_string();
            let mut one = bill(&number.to_string(), 0, &text, &text, "");
            one.facts.due = later(received, term);
            one.facts.total = Cents::new(cents);
            one.facts.liquidated = (number % 3 == 0).then(|| later(received, term / 2));
            one.payments = payments
                .into_iter()
                .map(|(after, cents)| (later(received, after), Cents::new(cents)))
                .collect();
            one.facts.disputes = disputes
                .into_iter()
                .map(|(after, lasting)| {
                    let from = later(received, after);
                    Dispute { from, until: lasting.map(|days| later(from, days)) }
                })
                .collect();
            one
        },
    )
}

/// The bills as a register keeps them: one for each that is known, however often it is sent.
fn kept(bills: Vec<Bill>) -> BTreeMap<InvoiceId, Bill> {
    bills.into_iter().map(|bill| (bill.facts.reference.id(), bill)).collect()
}

fn everything(bills: &[Bill]) -> (Vec<Told>, Coverage, Debt) {
    let tally = tally(bills, year("2026-01-20"));
    (tally.told(), tally.coverage(), tally.stock().overdue.clone())
}

proptest! {
    #[test]
    fn splitting_a_payment_in_two_on_the_same_day_changes_nothing(
        mut bills in proptest::collection::vec(some_bill(), 1..8), which in any::<prop::sample::Index>(), part in 0_i64..400_000,
    ) {
        let before = everything(&bills);
        let split = which.index(bills.len());
        if let Some((day, amount)) = bills[split].payments.pop() {
            let part = Cents::new(part.min(amount.number()));
            bills[split].payments.extend([(day, amount.less(part)), (day, part)]);
        }
        prop_assert_eq!(before, everything(&bills));
    }

    #[test]
    fn the_order_bills_and_payments_arrive_in_changes_nothing(
        bills in proptest::collection::vec(some_bill(), 1..8).prop_flat_map(|bills| (Just(bills.clone()), Just(bills).prop_shuffle())),
    ) {
        let (first, mut second) = bills;
        for bill in &mut second {
            bill.payments.reverse();
        }
        prop_assert_eq!(everything(&first), everything(&second));
    }

    #[test]
    fn a_bill_sent_twice_is_the_same_bill(bills in proptest::collection::vec(some_bill(), 1..8)) {
        let once: Vec<_> = kept(bills).into_values().collect();
        let twice: Vec<_> = kept([once.clone(), once.clone()].concat()).into_values().collect();
        prop_assert_eq!(everything(&once), everything(&twice));
    }

    #[test]
    fn the_quarters_of_payments_add_up_to_their_year(bills in proptest::collection::vec(some_bill(), 1..8)) {
        let quarters = [("01-01", "03-31"), ("04-01", "06-30"), ("07-01", "09-30"), ("10-01", "12-31")];
        let sums = |asked| match computed(&bills, asked, "T1.itp").outcome {
            Outcome::Ratio { numerator, denominator } => (numerator, denominator),
            Outcome::Number(_) | Outcome::NotComputable(_) => (Decimal::ZERO, Decimal::ZERO),
        };
        let added = quarters.iter().fold((Decimal::ZERO, Decimal::ZERO), |sum, (from, to)| {
            let quarter = sums(asked(&format!("2025-{from}"), &format!("2025-{to}"), "2026-04-01"));
            (sum.0.saturating_add(quarter.0), sum.1.saturating_add(quarter.1))
        });
        prop_assert_eq!(added, sums(year("2026-04-01")));
    }

    #[test]
    fn what_happens_later_has_not_happened(bills in proptest::collection::vec(some_bill(), 1..8)) {
        let on = day("2025-08-15");
        let seen_then: Vec<_> = bills.iter().filter(|bill| bill.facts.received <= on).map(|bill| {
            let mut bill = bill.clone();
            bill.payments.retain(|(day, _)| *day <= on);
            bill.facts.liquidated = bill.facts.liquidated.filter(|day| *day <= on);
            bill.facts.disputes.retain(|dispute| dispute.from <= on);
            bill
        }).collect();
        let told = |bills: &[Bill]| tally(bills, year("2025-08-15")).told();
        prop_assert_eq!(told(&bills), told(&seen_then));
    }
}

use super::*;
use crate::figure::Figure;

fn other_supplier(mut bill: Bill) -> Bill {
    bill.facts.reference.supplier = InvoiceRef::supplier("99999999999").unwrap();
    bill
}

#[test]
fn debt_is_what_is_due_and_unpaid_on_the_day_and_creditors_are_suppliers() {
    let mut bills = all();
    bills.push(bill("F6", 500, "2025-12-20", "2026-01-19", ""));
    bills.push(other_supplier(bill("F7", 700, "2025-11-20", "2025-12-31", "2026-01-02")));
    let tally = tally(&bills, year("2026-04-01"));
    let stock = tally.stock();
    assert_eq!(stock.on, day("2025-12-31"));
    assert_eq!((stock.outstanding.amount, stock.outstanding.bills), (Cents::new(420_000), 3));
    assert_eq!((stock.overdue.amount, stock.overdue.creditors()), (Cents::new(370_000), 2));
}

#[test]
fn contested_debt_counts_only_where_the_comune_says_so() {
    let bills = [disputed(bill("F5", 3_000, "2025-10-02", "2025-11-01", ""), "2025-12-01", None)];
    let stock = |contested_debt_counts: bool| {
        let mut stock = Stock::on(day("2025-12-31"), contested_debt_counts);
        for bill in &bills {
            stock.take(bill, Within::Comune);
        }
        (stock.overdue.amount, stock.contested.amount)
    };
    assert_eq!(stock(false), (Cents::ZERO, Cents::new(300_000)));
    assert_eq!(stock(true), (Cents::new(300_000), Cents::new(300_000)));
}

#[test]
fn what_could_not_be_asked_yet_is_neither_late_nor_overdue() {
    let suspended =
        |until: &str| [disputed(bill("G", 3_000, "2025-11-01", "2025-12-01", ""), "2025-11-01", Some(until))];
    let told = |bills: &[Bill]| {
        let tally = tally(bills, year("2025-12-31"));
        let delay = tally.yearly_delay().and_then(|delay| delay.exact());
        (tally.stock().overdue.amount, delay)
    };
    assert_eq!(told(&suspended("2025-12-15")), (Cents::ZERO, None), "44 days contested, 30 days past due");
    assert_eq!(told(&suspended("2025-11-11")), (Cents::new(300_000), Some(Figure::whole(20))));
}

fn known(bills: &[Bill], on: &str) -> FundKnown {
    let mut known = Known::new(2026, day(on), &SettingsFacts::default()).unwrap();
    for bill in bills {
        known.take(bill);
    }
    known.known()
}

#[test]
fn what_the_fund_depends_on_is_known_from_the_register() {
    let mut bills = all();
    bills.push(bill("OLD", 2_000, "2024-10-02", "2024-11-01", ""));
    let known = known(&bills, "2026-01-15");
    assert_eq!(known.debt_before, Some(Cents::new(200_000)));
    assert_eq!(known.debt, Some(Cents::new(500_000)));
    assert_eq!(known.received, Some(Cents::new(2_100_000)));
    assert_eq!(known.delay, Some(Figure::parse("8.809524").unwrap()));
}

#[test]
fn what_the_register_has_no_facts_of_is_not_nothing() {
    let late_register = known(&all(), "2026-01-15");
    assert_eq!((late_register.debt_before, late_register.debt), (None, Some(Cents::new(300_000))));
    let empty = known(&[], "2026-01-15");
    assert_eq!((empty.debt, empty.received, empty.delay), (None, None, None));
}

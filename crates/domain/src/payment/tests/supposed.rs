use super::*;
use crate::fault::FaultKind;
use crate::invoice::InvoiceId;

fn id(number: &str) -> InvoiceId {
    all().iter().find(|bill| bill.facts.reference.number.as_str() == number).unwrap().facts.reference.id()
}

fn payment(invoice: InvoiceId, on: &str, amount: Option<i64>) -> Supposed {
    Supposed { invoice, day: day(on), amount: amount.map(Cents::new) }
}

fn after(payments: Vec<Supposed>) -> (Vec<Bill>, Vec<crate::fault::Fault>) {
    let mut supposition = Supposition::of(payments);
    let bills = all().iter().map(|bill| supposition.applied(bill).unwrap_or_else(|| bill.clone())).collect();
    (bills, supposition.faults("/payments"))
}

#[test]
fn paying_the_last_bill_sooner_would_leave_less_delay() {
    let (bills, faults) = after(vec![payment(id("F5"), "2025-11-06", None)]);
    assert!(faults.is_empty());
    assert_eq!(computed(&bills, year("2026-04-01"), "T1.irp").outcome, ratio(20_000, 21_000));
    assert_eq!(tally(&bills, year("2026-04-01")).stock().overdue.bills, 0);
}

#[test]
fn a_part_may_be_supposed_and_the_rest_another_day() {
    let parts = vec![payment(id("F5"), "2025-12-01", None), payment(id("F5"), "2025-11-11", Some(100_000))];
    let (bills, faults) = after(parts);
    assert!(faults.is_empty());
    let outcome = computed(&bills, year("2026-04-01"), "T1.irp").outcome;
    assert_eq!(outcome, ratio(5_000 + 1_000 * 10 + 2_000 * 30, 21_000));
}

#[test]
fn what_cannot_be_supposed_is_said_where_it_stands() {
    let unknown = InvoiceId(uuid::Uuid::from_u128(7));
    let (_, faults) = after(vec![
        payment(unknown, "2025-11-06", None),
        payment(id("F1"), "2025-11-06", None),
        payment(id("F5"), "2025-11-06", Some(300_001)),
        payment(id("F5"), "2025-01-06", None),
    ]);
    let found: Vec<_> = faults.iter().map(|fault| (fault.pointer.as_str(), fault.kind)).collect();
    assert_eq!(
        found,
        [
            ("/payments/0", FaultKind::UnknownReference),
            ("/payments/1", FaultKind::Inconsistent),
            ("/payments/2/amount", FaultKind::Inconsistent),
            ("/payments/3/day", FaultKind::Inconsistent),
        ]
    );
}

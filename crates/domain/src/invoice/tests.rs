use super::*;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn reference(number: &str) -> InvoiceRef {
    InvoiceRef {
        supplier: InvoiceRef::supplier("01234567890").unwrap(),
        number: Line::parse(number).unwrap(),
        issued: day("2025-01-08"),
    }
}

fn facts() -> InvoiceFacts {
    InvoiceFacts {
        reference: reference("1"),
        kind: InvoiceKind::Invoice,
        received: day("2025-01-10"),
        due: day("2025-02-09"),
        total: Cents::new(122_000),
        split_vat: Cents::new(22_000),
        excluded: None,
        disputes: Vec::new(),
        unit: None,
        liquidated: None,
        credits: None,
    }
}

fn places(facts: &InvoiceFacts) -> Vec<String> {
    facts.faults().into_iter().map(|fault| fault.pointer).collect()
}

#[test]
fn everything_that_contradicts_itself_is_told_at_once() {
    assert!(facts().faults().is_empty());
    let backwards = Dispute { from: day("2025-03-01"), until: Some(day("2025-02-28")) };
    let open = Dispute { from: day("2025-01-20"), until: None };
    let wrong = InvoiceFacts {
        received: day("2025-01-07"),
        total: Cents::ZERO,
        disputes: vec![open, backwards],
        liquidated: Some(day("2025-01-06")),
        credits: Some(reference("2")),
        ..facts()
    };
    let expected = ["/received", "/total", "/split_vat", "/liquidated", "/disputes/1/until", "/credits"];
    assert_eq!(places(&wrong), expected);
}

#[test]
fn a_credit_note_takes_off_another_bill_of_its_supplier() {
    let note = |credits| InvoiceFacts { kind: InvoiceKind::CreditNote, credits, ..facts() };
    let elsewhere = InvoiceRef { supplier: InvoiceRef::supplier("99999999999").unwrap(), ..reference("2") };
    assert!(places(&note(None)).is_empty() && places(&note(Some(reference("2")))).is_empty());
    assert_eq!(places(&note(Some(reference("1")))), ["/credits"]);
    assert_eq!(places(&note(Some(elsewhere))), ["/credits"]);
}

#[test]
fn what_is_owed_is_without_the_vat_and_the_credit_known_that_day() {
    let bill = Bill {
        facts: facts(),
        credits: vec![(day("2025-02-01"), Cents::new(10_000))],
        payments: vec![(day("2025-02-04"), Cents::new(40_000)), (day("2025-03-04"), Cents::new(60_000))],
        credits_known_bill: false,
    };
    let owed = |on| bill.owed(day(on)).number();
    assert_eq!((owed("2025-01-31"), owed("2025-02-01")), (100_000, 90_000));
    let open = |on| bill.open(day(on)).number();
    assert_eq!((open("2025-01-31"), open("2025-02-04"), open("2025-03-04")), (100_000, 50_000, -10_000));
}

#[test]
fn without_agreement_a_bill_is_due_after_thirty_days() {
    assert_eq!(InvoiceFacts::due_by_law(day("2025-01-10")), day("2025-02-09"));
}

use traguardo_domain::invoice::{InvoiceKind, InvoiceRef};

use super::*;

fn reference(number: &str) -> InvoiceRef {
    InvoiceRef {
        supplier: InvoiceRef::supplier("01234567890").unwrap(),
        number: Line::parse(number).unwrap(),
        issued: "2025-01-08".parse().unwrap(),
    }
}

fn bill(number: &str, total: i64) -> InvoiceFacts {
    InvoiceFacts {
        reference: reference(number),
        kind: InvoiceKind::Invoice,
        received: "2025-01-10".parse().unwrap(),
        due: "2025-02-09".parse().unwrap(),
        total: Cents::new(total),
        split_vat: Cents::ZERO,
        excluded: None,
        disputes: Vec::new(),
        unit: None,
        liquidated: None,
        credits: None,
    }
}

fn payment(order: &str, amount: i64) -> PaymentFacts {
    let (reference_of_order, day) = (Line::parse(order).unwrap(), "2025-02-04".parse().unwrap());
    PaymentFacts { invoice: reference("1"), reference: reference_of_order, day, amount: Cents::new(amount) }
}

fn books() -> Books {
    let mut books = Books::default();
    let known = Known { facts: bill("1", 500), version: Version::FIRST, entered: None };
    books.bills.insert(reference("1").id(), known);
    let paid = (Line::parse("7").unwrap(), ("2025-02-04".parse().unwrap(), Cents::new(200)));
    books.payments.insert(reference("1").id(), [paid].into());
    books
}

#[test]
fn what_is_there_as_it_is_said_is_left() {
    let mut books = books();
    let entered = books.enter(Some(bill("1", 500)), vec![payment("7", 200), payment("8", 0)]);
    assert_eq!(entered, Ok(Entered::Unchanged));
    assert!(books.paid.is_empty() && books.affected.is_empty());
    assert_eq!(books.version(reference("1").id()), Some(Version::FIRST));
    let unchanged = |unchanged| Counted { unchanged, ..Counted::default() };
    assert_eq!(books.counted(), (unchanged(1), unchanged(2)));
}

#[test]
fn a_payment_is_a_change_of_its_bill_and_so_is_taking_it_back() {
    let mut taken = books();
    assert_eq!(taken.enter(None, vec![payment("7", 0)]), Ok(Entered::Changed));
    assert_eq!(taken.version(reference("1").id()), Some(Version::FIRST.next()));
    let mut more = books();
    assert_eq!(more.enter(Some(bill("1", 501)), vec![payment("8", 300)]), Ok(Entered::Changed));
    assert_eq!(more.version(reference("1").id()), Some(Version::FIRST.next()));
}

#[test]
fn what_comes_twice_is_one_and_what_comes_otherwise_is_refused() {
    let mut books = books();
    assert_eq!(books.enter(Some(bill("2", 10)), Vec::new()), Ok(Entered::Created));
    assert_eq!(books.enter(Some(bill("2", 10)), Vec::new()), Ok(Entered::Unchanged));
    assert!(books.enter(Some(bill("2", 11)), Vec::new()).is_err());
    assert_eq!(books.enter(None, vec![payment("8", 300)]), Ok(Entered::Created));
    assert_eq!(books.enter(None, vec![payment("8", 300)]), Ok(Entered::Unchanged));
    assert_eq!(books.counted().1, Counted { created: 1, ..Counted::default() });
    let place = |entered: Result<Entered, Misfit>| entered.unwrap_err().payment;
    assert_eq!(place(books.enter(None, vec![payment("9", 1), payment("8", 301)])), Some(1));
    assert_eq!(place(books.enter(None, vec![payment("9", 1), payment("9", 2)])), Some(1));
}

#[test]
fn what_is_refused_leaves_nothing_behind() {
    let mut books = books();
    books.enter(None, vec![payment("8", 300)]).unwrap();
    assert!(books.enter(Some(bill("1", 900)), vec![payment("9", 5), payment("8", 1)]).is_err());
    assert_eq!((books.paid.len(), books.counted().0), (1, Counted::default()));
}

#[test]
fn a_bill_has_so_many_payments_and_no_more() {
    let mut books = books();
    let many = (1..InvoiceFacts::MOST_PAYMENTS).map(|order| payment(&format!("M{order}"), 1));
    let many: Vec<_> = many.collect();
    let mut more = many.clone();
    more.push(payment("last", 1));
    assert!(books.enter(None, more).is_err());
    assert_eq!(books.enter(None, many), Ok(Entered::Created));
    assert!(books.enter(None, vec![payment("last", 1)]).is_err());
    assert_eq!(books.enter(None, vec![payment("7", 1)]), Ok(Entered::Changed));
}

use super::*;
use crate::invoice::Exclusion;
use crate::unit::UnitId;

fn excluded(exclusion: Exclusion) -> Bill {
    let mut bill = bill("X", 90_000, "2025-01-10", "2025-02-09", "2025-12-30");
    bill.facts.excluded = Some(exclusion);
    bill
}

#[test]
fn what_is_not_commercial_or_taken_out_by_law_is_out_and_counted() {
    let mut bills = all();
    bills.extend([excluded(Exclusion::NonCommercial), excluded(Exclusion::SpecialLaw)]);
    for (indicator, expected) in
        [("T1.itp", "0.28"), ("T1.tmp", "30.28"), ("T1.tmr", "0.28"), ("T1.irp", "8.81")]
    {
        let computed = computed(&bills, year("2026-04-01"), indicator);
        assert_eq!(computed.value().unwrap().to_string(), expected);
        let left = left_out(&computed);
        assert!(left.starts_with(&[("non_commercial", 1), ("special_law", 1)]), "{left:?}");
    }
    let only = computed(&[excluded(Exclusion::SpecialLaw)], year("2026-04-01"), "T1.itp");
    assert_eq!(only.outcome, Outcome::NotComputable(NotComputable::ZeroDenominator));
}

#[test]
fn split_payment_vat_and_credit_notes_are_no_debt() {
    let mut bill = bill("F", 1_220, "2025-01-10", "2025-02-09", "");
    bill.facts.split_vat = Cents::new(22_000);
    bill.credits = vec![(day("2025-03-01"), Cents::new(30_000))];
    bill.payments = vec![(day("2025-02-19"), Cents::new(50_000))];
    let irp = computed(&[bill.clone()], asked("2025-01-01", "2025-12-31", "2025-02-28"), "T1.irp");
    assert_eq!(irp.outcome, ratio(500 * 10 + 500 * 19, 1_000));
    let later = computed(&[bill], asked("2025-01-01", "2025-12-31", "2025-03-01"), "T1.irp");
    assert_eq!(later.outcome, ratio(500 * 10 + 200 * 20, 700));
}

#[test]
fn what_is_paid_over_what_is_owed_does_not_weigh() {
    let mut bill = bill("F", 1_000, "2025-01-10", "2025-02-09", "");
    bill.payments = vec![(day("2025-03-01"), Cents::new(60_000)), (day("2025-02-04"), Cents::new(80_000))];
    let itp = computed(&[bill], year("2026-04-01"), "T1.itp");
    assert_eq!((itp.outcome, left_out(&itp)), (ratio(-800 * 5 + 200 * 20, 1_000), vec![("overpaid", 1)]));
}

#[test]
fn a_credit_note_counts_in_its_bill_and_one_of_no_bill_is_out_and_counted() {
    let note = |credits: bool, known: bool| {
        let mut note = bill("N", 100, "2025-03-01", "2025-03-01", "");
        note.facts.kind = InvoiceKind::CreditNote;
        note.facts.credits = credits.then(|| note.facts.reference.clone());
        note.credits_known_bill = known;
        note
    };
    let left = |note: Bill| left_out(&computed(&[note], year("2026-04-01"), "T1.irp"));
    assert_eq!(left(note(false, false)), [("unbound_credit_note", 1)]);
    assert_eq!(left(note(true, false)), [("unknown_credited", 1)]);
    assert_eq!(left(note(true, true)), []);
    assert_eq!(tally(&[note(false, false)], year("2026-04-01")).stock().outstanding.bills, 0);
}

#[test]
fn what_is_contested_and_unpaid_is_late_only_for_the_days_it_could_be_asked() {
    let unpaid = || bill("F", 1_000, "2025-10-02", "2025-11-01", "");
    let irp = |bill: Bill| computed(&[bill], year("2026-04-01"), "T1.irp");
    let since_receipt = irp(disputed(unpaid(), "2025-10-02", None));
    assert_eq!(since_receipt.outcome, Outcome::NotComputable(NotComputable::ZeroDenominator));
    assert_eq!(left_out(&since_receipt), [("not_yet_due", 1)]);
    assert_eq!(irp(disputed(unpaid(), "2025-12-01", None)).outcome, ratio(30_000, 1_000));
    assert_eq!(irp(disputed(unpaid(), "2025-12-01", Some("2025-12-11"))).outcome, ratio(50_000, 1_000));
}

#[test]
fn bills_found_payable_are_counted_by_number_and_contested_ones_on_neither_side() {
    let liquidated = |number: &str, on: &str| {
        let mut bill = bill(number, 1_000, "2025-03-01", "2025-03-31", "");
        bill.facts.liquidated = (!on.is_empty()).then(|| day(on));
        bill
    };
    let bills = [
        liquidated("1", "2025-03-16"),
        liquidated("2", "2025-03-17"),
        liquidated("3", ""),
        disputed(liquidated("4", "2025-05-01"), "2025-03-05", Some("2025-03-09")),
        bill("5", 9_000, "2025-03-01", "2025-03-31", "2025-03-10"),
        bill("6", 9_000, "2025-03-01", "2025-03-31", "2025-04-10"),
    ];
    let share = computed(&bills, year("2025-12-31"), "T1.liquidated_15");
    assert_eq!((share.outcome, share.value().unwrap().to_string()), (ratio(2, 5), "40".to_owned()));
    assert_eq!(left_out(&share), [("contested", 1)]);
    let paid_first =
        [Bill { payments: vec![(day("2025-03-10"), Cents::new(100))], ..liquidated("7", "2025-04-01") }];
    assert_eq!(computed(&paid_first, year("2025-12-31"), "T1.liquidated_15").outcome, ratio(1, 1));
    let soon = computed(&bills, year("2025-03-16"), "T1.liquidated_15");
    assert_eq!(soon.outcome, ratio(2, 2));
    assert_eq!(left_out(&soon), [("contested", 1), ("too_early", 3)]);
}

#[test]
fn a_register_that_never_says_when_bills_were_found_payable_tells_no_share() {
    let share = computed(&all(), year("2025-12-31"), "T1.liquidated_15");
    assert_eq!(share.outcome, Outcome::NotComputable(NotComputable::NoFacts));
    assert!(tally(&all(), year("2025-12-31")).liquidated_by_unit().is_empty());
}

#[test]
fn a_structure_is_told_its_own_bills() {
    let [one, other] = [1, 2].map(|number| UnitId(uuid::Uuid::from_u128(number)));
    let mut bills = all();
    bills[0].facts.unit = Some(one);
    bills[0].facts.liquidated = Some(day("2025-01-12"));
    bills[1].facts.unit = Some(other);
    let units = std::collections::HashSet::from([one]);
    let mut tally = Tally::new(Within::Units(&units), year("2026-04-01"), &SettingsFacts::default());
    for bill in &bills {
        tally.take(bill);
    }
    assert_eq!(tally.figures()[0].outcome, ratio(-50_000, 10_000));
    assert_eq!(tally.liquidated_by_unit(), [(Some(one), LiquidatedShare { in_time: 1, of: 1 })]);
}

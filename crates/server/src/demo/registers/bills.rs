//! Invented bills, and what was paid of them.

use chrono::NaiveDate;
use traguardo_domain::invoice::{
    Cents, Dispute, Exclusion, InvoiceFacts, InvoiceId, InvoiceKind, InvoiceRef, PaymentFacts,
};
use traguardo_domain::text::Line;
use traguardo_persistence::TenantTx;
use traguardo_persistence::invoices::Books;

use super::{Comune, YEAR, seen_from};
use crate::demo::dice::{Dice, after};
use crate::demo::{day, unfit, unfit_if_any};
use crate::failure::Failure;

/// How many days after its term a bill is paid as a rule, less so many: each comune has its own habits.
const HABITS: [u64; 5] = [14, 23, 18, 10, 26];
/// As many days before the term as the most punctual pays.
const EARLY: u64 = 20;

/// Writes them, all in one go.
pub(super) fn keep(tx: &mut TenantTx<'_>, comune: &Comune) -> Result<(), Failure> {
    let made = made(comune)?;
    let ids: Vec<InvoiceId> = made.iter().map(|(bill, _)| bill.reference.id()).collect();
    let mut books = Books::open(tx, ids.iter().copied(), ids.iter().copied())?;
    for (bill, payments) in made {
        unfit_if_any(bill.faults())?;
        books.enter(Some(bill), payments).map_err(|misfit| unfit(misfit.refused))?;
    }
    Ok(books.store(tx)?)
}

type Made = Vec<(InvoiceFacts, Vec<PaymentFacts>)>;

/// The bills of the year and of the weeks before it, and every payment up to the day the year is seen from.
fn made(comune: &Comune) -> Result<Made, Failure> {
    let mut dice = Dice::of(comune.number, 1);
    let count = comune.residents.checked_div(150).unwrap_or_default().saturating_add(60);
    let mut made = Made::new();
    for number in 0..count {
        let bill = bill(comune, &mut dice, (number, count))?;
        let credit = (number > 0 && number.is_multiple_of(40)).then(|| credit(&bill)).transpose()?;
        let credited = credit.as_ref().map_or(Cents::ZERO, InvoiceFacts::payable);
        let payments = paid(comune, &mut dice, (&bill, bill.payable().less(credited)), number)?;
        made.push((bill, payments));
        made.extend(credit.map(|credit| (credit, Vec::new())));
    }
    Ok(made)
}

/// One of so many bills, received one after the other.
fn bill(comune: &Comune, dice: &mut Dice, (number, count): (u64, u64)) -> Result<InvoiceFacts, Failure> {
    let far = number.saturating_mul(400).checked_div(count).unwrap_or_default();
    let received = dice.within(after(day(YEAR.saturating_sub(1), 11, 20), far), 5);
    let issued = received.checked_sub_days(chrono::Days::new(dice.below(4))).unwrap_or(received);
    let total = amount(dice);
    let supplier = format!("DEMO{:04}", dice.below(40));
    let contested =
        dice.happens(4).then(|| Dispute { from: after(received, 6), until: Some(after(received, 26)) });
    Ok(InvoiceFacts {
        reference: InvoiceRef {
            supplier: InvoiceRef::supplier(&supplier).map_err(unfit)?,
            number: Line::parse(&format!("{}/{}", number.saturating_add(1), comune.number)).map_err(unfit)?,
            issued,
        },
        kind: InvoiceKind::Invoice,
        received,
        due: InvoiceFacts::due_by_law(received),
        total: Cents::new(total),
        split_vat: Cents::new(total.saturating_mul(22).checked_div(122).unwrap_or_default()),
        excluded: dice.happens(3).then_some(Exclusion::NonCommercial),
        disputes: contested.into_iter().collect(),
        unit: comune.unit(number),
        liquidated: dice.happens(95).then(|| dice.within(after(received, 2), 20)),
        credits: None,
    })
}

/// Whole cents: many small amounts, a few large ones.
fn amount(dice: &mut Dice) -> i64 {
    let most = if dice.happens(8) { 6_000_000 } else { 600_000 };
    i64::try_from(dice.below(most).saturating_add(12_200)).unwrap_or(12_200)
}

/// What was paid of a bill of which so much is owed: whole, in two parts, or nothing yet.
fn paid(
    comune: &Comune,
    dice: &mut Dice,
    (bill, whole): (&InvoiceFacts, Cents),
    number: u64,
) -> Result<Vec<PaymentFacts>, Failure> {
    let habit = usize::try_from(comune.number).ok().and_then(|number| HABITS.get(number)).copied();
    let late = habit.unwrap_or(EARLY).saturating_add(dice.below(24));
    let term = bill.due.checked_sub_days(chrono::Days::new(EARLY.saturating_add(12))).unwrap_or(bill.due);
    let (first, in_parts, unpaid) = (after(term, late).max(bill.received), dice.happens(10), dice.happens(2));
    if unpaid {
        return Ok(Vec::new());
    }
    let half = Cents::new(whole.number().checked_div(2).unwrap_or_default());
    let parts = if in_parts {
        vec![(first, half), (after(first, 15), whole.less(half))]
    } else {
        vec![(first, whole)]
    };
    let known = parts.into_iter().zip(1_u64..).filter(|((day, _), _)| *day <= seen_from());
    let payment = |((day, amount), part): ((NaiveDate, Cents), u64)| {
        let order = number.saturating_mul(10).saturating_add(part);
        let reference = Line::parse(&format!("M-{order}")).map_err(unfit)?;
        Ok(PaymentFacts { invoice: bill.reference.clone(), reference, day, amount })
    };
    known.map(payment).collect()
}

/// A note that takes a tenth off a bill.
fn credit(bill: &InvoiceFacts) -> Result<InvoiceFacts, Failure> {
    let tenth = |cents: Cents| Cents::new(cents.number().checked_div(10).unwrap_or_default());
    let (total, split_vat) = (tenth(bill.total), tenth(bill.split_vat));
    let number = Line::parse(&format!("NC-{}", bill.reference.number)).map_err(unfit)?;
    let received = after(bill.received, 3);
    Ok(InvoiceFacts {
        reference: InvoiceRef { number, issued: received, ..bill.reference.clone() },
        kind: InvoiceKind::CreditNote,
        received,
        due: received,
        total,
        split_vat,
        excluded: bill.excluded,
        disputes: Vec::new(),
        unit: bill.unit,
        liquidated: None,
        credits: Some(bill.reference.clone()),
    })
}

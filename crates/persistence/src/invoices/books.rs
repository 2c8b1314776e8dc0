//! Writing bills and payments, many at once: what is there as it is said is left, and however many come, the statements are the same few.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use chrono::NaiveDate;
use diesel::prelude::*;
use traguardo_domain::Version;
use traguardo_domain::digest::Digest;
use traguardo_domain::fault::{FaultKind, Refused};
use traguardo_domain::invoice::{Cents, InvoiceFacts, InvoiceId, InvoiceRef, PaymentFacts};
use traguardo_domain::register::Register;
use traguardo_domain::text::Line;
use uuid::Uuid;

use super::rows::InvoiceRow;
use super::statements;
use crate::error::Error;
use crate::registers;
use crate::schema::invoices;
use crate::tenant::TenantTx;

#[cfg(test)]
mod tests;

/// How many rows go in one statement: what the largest file holds would take longer than a statement may.
const AT_ONCE: usize = 10_000;

/// What entering something comes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Entered {
    /// It was not there.
    Created,
    /// It was there otherwise.
    Changed,
    /// It was there as it is.
    Unchanged,
}

/// What could not be entered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Misfit {
    /// Which of the payments, from zero; none when it is the bill.
    pub payment: Option<usize>,
    /// Why.
    pub refused: Refused,
}

/// How many were entered with each outcome.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counted {
    /// That were not there.
    pub created: usize,
    /// That were there otherwise.
    pub changed: usize,
    /// That were there as they are.
    pub unchanged: usize,
}

/// A bill in the books: as it was found, and as it becomes.
struct Known {
    facts: InvoiceFacts,
    version: Version,
    /// Whether it was entered, and with what outcome.
    entered: Option<Entered>,
}

/// The payments of a bill, by their references.
type Payments = BTreeMap<Line<60>, (NaiveDate, Cents)>;

/// The books while bills and payments are entered: what they were about before, and what is to be stored.
#[derive(Default)]
pub struct Books {
    bills: HashMap<InvoiceId, Known>,
    payments: HashMap<InvoiceId, Payments>,
    paid: Vec<PaymentFacts>,
    entered_payments: HashMap<(InvoiceId, Line<60>), Entered>,
    /// Bills whose payments or credits changed.
    affected: BTreeSet<InvoiceId>,
}

impl Books {
    /// The books open at these bills, and at the payments of those.
    ///
    /// # Errors
    /// When the database fails.
    pub fn open(
        tx: &mut TenantTx<'_>,
        bills: impl IntoIterator<Item = InvoiceId>,
        paid: impl IntoIterator<Item = InvoiceId>,
    ) -> Result<Self, Error> {
        let mut books = Self::default();
        let bills: Vec<Uuid> = bills.into_iter().map(|id| id.0).collect();
        if !bills.is_empty() {
            let rows = invoices::table
                .filter(invoices::comune.eq(tx.comune().to_owned()))
                .filter(invoices::id.eq_any(bills))
                .select(InvoiceRow::as_select())
                .load::<InvoiceRow>(tx.connection())?;
            for row in rows {
                let (id, version) = (InvoiceId(row.id), Version::stored(row.version));
                let facts = InvoiceFacts::try_from(row)?;
                books.bills.insert(id, Known { facts, version, entered: None });
            }
        }
        let paid: Vec<Uuid> = paid.into_iter().map(|id| id.0).collect();
        if !paid.is_empty() {
            for (bill, payments) in super::paid_of(tx, &paid)? {
                let by_reference = payments.into_iter().map(|one| (one.reference, (one.day, one.amount)));
                books.payments.insert(InvoiceId(bill), by_reference.collect());
            }
        }
        Ok(books)
    }

    /// Enters a bill with payments of it, or payments alone: whole, or not at all.
    ///
    /// # Errors
    /// When one of them was entered before otherwise, or the bill has too many payments.
    pub fn enter(
        &mut self,
        bill: Option<InvoiceFacts>,
        payments: Vec<PaymentFacts>,
    ) -> Result<Entered, Misfit> {
        if let Some(bill) = &bill {
            self.admits(bill).map_err(|refused| Misfit { payment: None, refused })?;
        }
        self.admit_payments(&payments)?;
        let bill = bill.map(|bill| self.bill(bill));
        let paid = payments.into_iter().map(|payment| self.payment(payment)).last();
        Ok(bill.or(paid).unwrap_or(Entered::Unchanged))
    }

    fn admits(&self, facts: &InvoiceFacts) -> Result<(), Refused> {
        let known = self.bills.get(&facts.reference.id()).filter(|known| known.entered.is_some());
        if known.is_some_and(|known| known.facts != *facts) { Err(otherwise()) } else { Ok(()) }
    }

    fn admit_payments(&self, payments: &[PaymentFacts]) -> Result<(), Misfit> {
        let mut fresh: HashMap<InvoiceId, BTreeMap<&Line<60>, &PaymentFacts>> = HashMap::new();
        for (place, facts) in payments.iter().enumerate() {
            let misfit = |refused| Misfit { payment: Some(place), refused };
            let id = facts.invoice.id();
            let there = self.payments.get(&id);
            let known = there.and_then(|all| all.get(&facts.reference)).copied();
            let was_entered = self.entered_payments.contains_key(&(id, facts.reference.clone()));
            if was_entered && known != wanted(facts) {
                return Err(misfit(otherwise()));
            }
            let new = fresh.entry(id).or_default();
            if new.insert(&facts.reference, facts).is_some_and(|before| before != facts) {
                return Err(misfit(otherwise()));
            }
            let added = new.values().filter(|one| {
                wanted(one).is_some() && there.is_none_or(|all| !all.contains_key(&one.reference))
            });
            let count = there.map_or(0, BTreeMap::len).saturating_add(added.count());
            if count > InvoiceFacts::MOST_PAYMENTS {
                let detail = format!("Una fattura ha al massimo {} pagamenti.", InvoiceFacts::MOST_PAYMENTS);
                return Err(misfit(Refused::new(FaultKind::OutOfBounds, detail)));
            }
        }
        Ok(())
    }

    fn bill(&mut self, facts: InvoiceFacts) -> Entered {
        let id = facts.reference.id();
        let Some(known) = self.bills.get_mut(&id) else {
            self.affected.extend(facts.credits.as_ref().map(InvoiceRef::id));
            let created = Some(Entered::Created);
            self.bills.insert(id, Known { facts, version: Version::FIRST, entered: created });
            return Entered::Created;
        };
        if known.facts == facts {
            known.entered.get_or_insert(Entered::Unchanged);
            return Entered::Unchanged;
        }
        // What a credit note takes off, and of which bill, may be another.
        let credited = [&known.facts.credits, &facts.credits].into_iter().flatten();
        self.affected.extend(credited.map(InvoiceRef::id));
        *known = Known { facts, version: known.version.next(), entered: Some(Entered::Changed) };
        Entered::Changed
    }

    /// One payment; one of nothing takes back what was said under its reference.
    fn payment(&mut self, facts: PaymentFacts) -> Entered {
        let id = facts.invoice.id();
        let payments = self.payments.entry(id).or_default();
        let before = payments.get(&facts.reference).copied();
        let wanted = wanted(&facts);
        let key = (id, facts.reference.clone());
        if before == wanted {
            self.entered_payments.entry(key).or_insert(Entered::Unchanged);
            return Entered::Unchanged;
        }
        match wanted {
            Some(wanted) => drop(payments.insert(facts.reference.clone(), wanted)),
            None => drop(payments.remove(&facts.reference)),
        }
        let entered = if before.is_some() { Entered::Changed } else { Entered::Created };
        self.entered_payments.insert(key, entered);
        self.affected.insert(id);
        self.paid.push(facts);
        entered
    }

    /// How many bills were entered with each outcome, and how many payments.
    #[must_use]
    pub fn counted(&self) -> (Counted, Counted) {
        let bills = self.bills.values().filter_map(|known| known.entered);
        (Counted::of(bills), Counted::of(self.entered_payments.values().copied()))
    }

    /// The version a bill that was entered will have.
    #[must_use]
    pub fn version(&self, id: InvoiceId) -> Option<Version> {
        let known = self.bills.get(&id)?;
        let stays = known.entered == Some(Entered::Unchanged) || known.entered.is_none();
        Some(if stays && self.affected.contains(&id) { known.version.next() } else { known.version })
    }

    /// Stores what was entered and is otherwise than it was: of a call's worth a constant number of statements, of a file's one more for
    /// each ten thousand.
    ///
    /// # Errors
    /// When the database fails.
    pub fn store(self, tx: &mut TenantTx<'_>) -> Result<(), Error> {
        let is_written = |known: &Known| matches!(known.entered, Some(Entered::Created | Entered::Changed));
        let written = self.bills.iter().filter(|(_, known)| is_written(known));
        let written: BTreeMap<InvoiceId, &Known> = written.map(|(id, known)| (*id, known)).collect();
        if written.is_empty() && self.paid.is_empty() {
            tx.leave_unchanged();
            return Ok(());
        }
        let told: Vec<&InvoiceFacts> = written.values().map(|known| &known.facts).collect();
        let change = Digest::of_object(&(told, &self.paid));
        let change = change.map_err(|error| Error::inconsistent("invoices", error))?;
        registers::tell(tx, Register::Invoices, change)?;
        let rows: Vec<_> = written.iter().map(|(id, known)| (*id, &known.facts, known.version)).collect();
        for part in rows.chunks(AT_ONCE) {
            statements::put_bills(tx, part)?;
        }
        let (kept, taken_back): (Vec<_>, Vec<_>) =
            self.paid.iter().partition(|payment| payment.amount > Cents::ZERO);
        for part in kept.chunks(AT_ONCE) {
            statements::put_payments(tx, part)?;
        }
        for part in taken_back.chunks(AT_ONCE) {
            statements::take_back(tx, part)?;
        }
        let affected = self.affected.iter().filter(|id| !written.contains_key(id));
        count_a_change(tx, &affected.map(|id| id.0).collect::<Vec<_>>())
    }
}

/// One more version for bills of which something else than themselves changed.
pub(super) fn count_a_change(tx: &mut TenantTx<'_>, bills: &[Uuid]) -> Result<(), Error> {
    if !bills.is_empty() {
        let changed = invoices::table
            .filter(invoices::comune.eq(tx.comune().to_owned()))
            .filter(invoices::id.eq_any(bills.to_vec()));
        #[expect(
            clippy::arithmetic_side_effects,
            reason = "an expression of SQL: the database adds, and refuses what does not fit"
        )]
        let next = invoices::version.eq(invoices::version + 1);
        diesel::update(changed).set(next).execute(tx.connection())?;
    }
    Ok(())
}

/// What a payment says is to be kept under its reference.
fn wanted(facts: &PaymentFacts) -> Option<(NaiveDate, Cents)> {
    (facts.amount > Cents::ZERO).then_some((facts.day, facts.amount))
}

impl Counted {
    fn of(outcomes: impl Iterator<Item = Entered>) -> Self {
        outcomes.fold(Self::default(), |mut counted, outcome| {
            let count = match outcome {
                Entered::Created => &mut counted.created,
                Entered::Changed => &mut counted.changed,
                Entered::Unchanged => &mut counted.unchanged,
            };
            *count = count.saturating_add(1);
            counted
        })
    }
}

fn otherwise() -> Refused {
    Refused::new(FaultKind::Inconsistent, "Lo stesso torna due volte, e dice altro.")
}

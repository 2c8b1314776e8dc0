//! Writing bills and payments, many at once: what is there as it is said is left, and however many come, the statements are the same few.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use chrono::NaiveDate;
use diesel::prelude::*;
use traguardo_domain::Version;
use traguardo_domain::digest::Digest;
use traguardo_domain::fault::{FaultKind, Refused};
use traguardo_domain::invoice::{Cents, InvoiceFacts, InvoiceId, PaymentFacts};
use traguardo_domain::register::Register;
use traguardo_domain::text::Line;
use uuid::Uuid;

use super::rows::InvoiceRow;
use super::statements;
use crate::error::Error;
use crate::registers;
use crate::schema::invoices;
use crate::tenant::TenantTx;

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

    /// Enters a bill.
    ///
    /// # Errors
    /// When the same bill was entered before, otherwise.
    pub fn bill(&mut self, facts: InvoiceFacts) -> Result<Entered, Refused> {
        let id = facts.reference.id();
        let Some(known) = self.bills.get_mut(&id) else {
            self.affected.extend(facts.credits.as_ref().map(|bill| bill.id()));
            let created = Some(Entered::Created);
            self.bills.insert(id, Known { facts, version: Version::FIRST, entered: created });
            return Ok(Entered::Created);
        };
        if known.entered.is_some() {
            return if known.facts == facts { Ok(Entered::Unchanged) } else { Err(otherwise()) };
        }
        if known.facts == facts {
            known.entered = Some(Entered::Unchanged);
            return Ok(Entered::Unchanged);
        }
        // What a credit note takes off, and of which bill, may be another.
        let credited = [&known.facts.credits, &facts.credits].into_iter().flatten();
        self.affected.extend(credited.map(|bill| bill.id()));
        *known = Known { facts, version: known.version.next(), entered: Some(Entered::Changed) };
        Ok(Entered::Changed)
    }

    /// Enters a payment; one of nothing takes back what was said under its reference.
    ///
    /// # Errors
    /// When it was entered before, otherwise; when its bill has too many.
    pub fn payment(&mut self, facts: PaymentFacts) -> Result<Entered, Refused> {
        let id = facts.invoice.id();
        let payments = self.payments.entry(id).or_default();
        let before = payments.get(&facts.reference).copied();
        let wanted = (facts.amount > Cents::ZERO).then_some((facts.day, facts.amount));
        let key = (id, facts.reference.clone());
        if self.entered_payments.contains_key(&key) {
            return if before == wanted { Ok(Entered::Unchanged) } else { Err(otherwise()) };
        }
        if before.is_none() && wanted.is_some() && payments.len() >= InvoiceFacts::MOST_PAYMENTS {
            let detail = format!("Una fattura ha al massimo {} pagamenti.", InvoiceFacts::MOST_PAYMENTS);
            return Err(Refused::new(FaultKind::OutOfBounds, detail));
        }
        let entered = match (before, wanted) {
            (before, wanted) if before == wanted => Entered::Unchanged,
            (None, _) => Entered::Created,
            (Some(_), _) => Entered::Changed,
        };
        match wanted {
            Some(wanted) => drop(payments.insert(facts.reference.clone(), wanted)),
            None => drop(payments.remove(&facts.reference)),
        }
        self.entered_payments.insert(key, entered);
        if entered != Entered::Unchanged {
            self.affected.insert(id);
            self.paid.push(facts);
        }
        Ok(entered)
    }

    /// The version a bill that was entered will have.
    #[must_use]
    pub fn version(&self, id: InvoiceId) -> Option<Version> {
        let known = self.bills.get(&id)?;
        let stays = known.entered == Some(Entered::Unchanged) || known.entered.is_none();
        Some(if stays && self.affected.contains(&id) { known.version.next() } else { known.version })
    }

    /// Stores what was entered and is otherwise than it was: a constant number of statements.
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
        if !written.is_empty() {
            let rows = written.iter().map(|(id, known)| (*id, &known.facts, known.version));
            statements::put_bills(tx, rows)?;
        }
        let (kept, taken_back): (Vec<_>, Vec<_>) =
            self.paid.iter().partition(|payment| payment.amount > Cents::ZERO);
        if !kept.is_empty() {
            statements::put_payments(tx, &kept)?;
        }
        if !taken_back.is_empty() {
            statements::take_back(tx, &taken_back)?;
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
        let next = invoices::version.eq(invoices::version + 1);
        diesel::update(changed).set(next).execute(tx.connection())?;
    }
    Ok(())
}

fn otherwise() -> Refused {
    Refused::new(FaultKind::Inconsistent, "Lo stesso torna due volte, e dice altro.")
}

#[cfg(test)]
mod tests {
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
        PaymentFacts {
            invoice: reference("1"),
            reference: reference_of_order,
            day,
            amount: Cents::new(amount),
        }
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
        assert_eq!(books.bill(bill("1", 500)), Ok(Entered::Unchanged));
        assert_eq!(books.payment(payment("7", 200)), Ok(Entered::Unchanged));
        assert_eq!(books.payment(payment("8", 0)), Ok(Entered::Unchanged));
        assert!(books.paid.is_empty() && books.affected.is_empty());
        assert_eq!(books.version(reference("1").id()), Some(Version::FIRST));
    }

    #[test]
    fn a_payment_is_a_change_of_its_bill_and_so_is_taking_it_back() {
        let mut taken = books();
        assert_eq!(taken.payment(payment("7", 0)), Ok(Entered::Changed));
        assert_eq!(taken.version(reference("1").id()), Some(Version::FIRST.next()));
        let mut more = books();
        assert_eq!(more.payment(payment("8", 300)), Ok(Entered::Created));
        assert_eq!(more.bill(bill("1", 501)), Ok(Entered::Changed));
        assert_eq!(more.version(reference("1").id()), Some(Version::FIRST.next()));
    }

    #[test]
    fn what_comes_twice_is_one_and_what_comes_otherwise_is_refused() {
        let mut books = books();
        assert_eq!(books.bill(bill("2", 10)), Ok(Entered::Created));
        assert_eq!(books.bill(bill("2", 10)), Ok(Entered::Unchanged));
        assert!(books.bill(bill("2", 11)).is_err());
        assert_eq!(books.payment(payment("8", 300)), Ok(Entered::Created));
        assert_eq!(books.payment(payment("8", 300)), Ok(Entered::Unchanged));
        assert!(books.payment(payment("8", 301)).is_err());
    }

    #[test]
    fn a_bill_has_so_many_payments_and_no_more() {
        let mut books = books();
        for order in 0..InvoiceFacts::MOST_PAYMENTS - 1 {
            assert!(books.payment(payment(&format!("M{order}"), 1)).is_ok());
        }
        assert!(books.payment(payment("last", 1)).is_err());
        assert_eq!(books.payment(payment("7", 1)), Ok(Entered::Changed));
    }
}

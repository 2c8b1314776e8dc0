//! Bills as they are kept, each with what was credited and paid of it. Payments are kept by what their bill is known by, and may
//! be there before it.

use std::collections::HashMap;

use chrono::NaiveDate;
use diesel::dsl::sql;
use diesel::prelude::*;
use diesel::sql_types::Bool;
use traguardo_domain::Version;
use traguardo_domain::digest::Digest;
use traguardo_domain::invoice::{Cents, Invoice, InvoiceFacts, InvoiceId, Payment};
use traguardo_domain::register::Register;
use traguardo_domain::text::Line;
use uuid::Uuid;

use crate::error::Error;
use crate::page::{Cursor, Page, PageRequest};
use crate::registers;
use crate::schema::{invoices, payments};
use crate::tenant::TenantTx;

mod books;
mod rows;
mod statements;
mod stream;

pub use books::{Books, Counted, Entered, Misfit};
pub use stream::{Mattering, bills, payments_without_bill};

use rows::InvoiceRow;

/// What of a bill is left to pay, whatever its kind, after what was paid and credited.
const OPEN: &str = "invoices.kind = 'invoice' and invoices.total - invoices.split_vat > coalesce((select sum(p.amount) \
    from payments p where p.comune = invoices.comune and p.invoice = invoices.id), 0) + coalesce((select sum(c.total - c.split_vat) \
    from invoices c where c.comune = invoices.comune and c.credits = invoices.id), 0)";

/// Which bills to list.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// Of this supplier.
    pub supplier: Option<Line<28>>,
    /// With this number.
    pub number: Option<Line<60>>,
    /// In the charge of these structures.
    pub units: Option<Vec<Uuid>>,
    /// Received on this day or later.
    pub received_from: Option<NaiveDate>,
    /// Received on this day or earlier.
    pub received_to: Option<NaiveDate>,
    /// Only those of which something is left to pay, or only the others.
    pub open: Option<bool>,
}

/// The bill with this id.
///
/// # Errors
/// When the database fails.
pub fn look_up(tx: &mut TenantTx<'_>, id: InvoiceId) -> Result<Option<Invoice>, Error> {
    let row = invoices::table
        .find((tx.comune().to_owned(), id.0))
        .select(InvoiceRow::as_select())
        .first::<InvoiceRow>(tx.connection())
        .optional()?;
    Ok(completed(tx, row.into_iter().collect())?.pop())
}

/// A page of bills, the first received first. A constant number of statements.
///
/// # Errors
/// When the database fails.
pub fn list(tx: &mut TenantTx<'_>, filter: &Filter, page: &PageRequest<()>) -> Result<Page<Invoice>, Error> {
    let mut query = invoices::table
        .filter(invoices::comune.eq(tx.comune().to_owned()))
        .order((invoices::received.asc(), invoices::id.asc()))
        .limit(page.probe())
        .select(InvoiceRow::as_select())
        .into_boxed();
    if let Some(supplier) = &filter.supplier {
        query = query.filter(invoices::supplier.eq(supplier.as_str().to_owned()));
    }
    if let Some(number) = &filter.number {
        query = query.filter(invoices::number.eq(number.as_str().to_owned()));
    }
    if let Some(units) = &filter.units {
        query = query.filter(invoices::unit.eq_any(units.clone()));
    }
    if let Some(from) = filter.received_from {
        query = query.filter(invoices::received.ge(from));
    }
    if let Some(to) = filter.received_to {
        query = query.filter(invoices::received.le(to));
    }
    if let Some(open) = filter.open {
        query = query.filter(sql::<Bool>("(").sql(OPEN).sql(if open { ")" } else { ") is not true" }));
    }
    if let Some(cursor) = &page.after {
        let (day, id) = cursor.read::<NaiveDate, Uuid>()?;
        let later = invoices::received.gt(day).or(invoices::received.eq(day).and(invoices::id.gt(id)));
        query = query.filter(later);
    }
    let rows = query.load::<InvoiceRow>(tx.connection())?;
    let found = completed(tx, rows)?;
    let place = |one: &Invoice| {
        let id = one.facts.reference.id().0;
        Cursor { key: one.facts.received.to_string(), id: id.to_string() }
    };
    Ok(Page::cut(found, page, place))
}

/// Takes a bill away, with what was paid of it.
///
/// # Errors
/// When the database fails.
pub fn remove(tx: &mut TenantTx<'_>, invoice: &Invoice) -> Result<(), Error> {
    let change = Digest::of_object(&("removed", &invoice.facts));
    registers::tell(tx, Register::Invoices, change.map_err(|error| Error::inconsistent("invoice", error))?)?;
    let (comune, id) = (tx.comune().to_owned(), invoice.facts.reference.id());
    let paid = payments::table.filter(payments::comune.eq(comune.clone())).filter(payments::invoice.eq(id.0));
    diesel::delete(paid).execute(tx.connection())?;
    diesel::delete(invoices::table.find((comune, id.0))).execute(tx.connection())?;
    let credited = invoice.facts.credits.as_ref().map(|bill| bill.id().0);
    books::count_a_change(tx, &Vec::from_iter(credited))
}

/// These bills, with what was credited and paid of each: two statements more.
fn completed(tx: &mut TenantTx<'_>, rows: Vec<InvoiceRow>) -> Result<Vec<Invoice>, Error> {
    let ids: Vec<Uuid> = rows.iter().map(|row| row.id).collect();
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let mut paid = paid_of(tx, &ids)?;
    let mut credited: HashMap<Uuid, Vec<(NaiveDate, Cents)>> = HashMap::new();
    let notes = invoices::table
        .filter(invoices::comune.eq(tx.comune().to_owned()))
        .filter(invoices::credits.eq_any(ids.iter().map(|id| Some(*id)).collect::<Vec<_>>()))
        .order((invoices::received.asc(), invoices::id.asc()))
        .select((invoices::credits, invoices::received, invoices::total, invoices::split_vat))
        .load::<(Option<Uuid>, NaiveDate, i64, i64)>(tx.connection())?;
    for (bill, day, total, vat) in notes {
        let note = Cents::new(total.saturating_sub(vat));
        credited.entry(bill.unwrap_or_default()).or_default().push((day, note));
    }
    let whole = |row: InvoiceRow| {
        let (id, version) = (row.id, Version::stored(row.version));
        let (payments, credits) =
            (paid.remove(&id).unwrap_or_default(), credited.remove(&id).unwrap_or_default());
        Ok(Invoice { facts: InvoiceFacts::try_from(row)?, credits, payments, version })
    };
    rows.into_iter().map(whole).collect()
}

/// What was paid of each of these bills, in order of time.
fn paid_of(tx: &mut TenantTx<'_>, ids: &[Uuid]) -> Result<HashMap<Uuid, Vec<Payment>>, Error> {
    let rows = payments::table
        .filter(payments::comune.eq(tx.comune().to_owned()))
        .filter(payments::invoice.eq_any(ids.to_vec()))
        .order((payments::invoice, payments::day, payments::reference))
        .select((payments::invoice, payments::reference, payments::day, payments::amount))
        .load::<(Uuid, String, NaiveDate, i64)>(tx.connection())?;
    let mut paid: HashMap<Uuid, Vec<Payment>> = HashMap::new();
    for (bill, reference, day, cents) in rows {
        let reference = Line::parse(&reference).map_err(|error| Error::inconsistent("payment", error))?;
        paid.entry(bill).or_default().push(Payment { reference, day, amount: Cents::new(cents) });
    }
    Ok(paid)
}

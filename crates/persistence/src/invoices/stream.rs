//! Bills one after the other, each with what was credited and paid of it: what figures are folded from, in the memory of one bill.

use chrono::NaiveDate;
use diesel::pg::PgRowByRowLoadingMode;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bool, Date, Nullable, Text};
use traguardo_domain::invoice::{Bill, Cents, InvoiceFacts};

use super::rows::InvoiceRow;
use crate::error::Error;
use crate::tenant::TenantTx;

/// Which bills can matter to a figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mattering {
    /// The first day the figure is about: a bill that was received, due, paid and credited whole before it is passed over.
    pub from: NaiveDate,
    /// The day it is seen from: a bill received later is passed over.
    pub on: NaiveDate,
}

/// The bills received by a day, by id, each as many times as it was paid and credited; `$1` the comune, `$2` the day. Gathering the
/// payments of a bill here takes PostgreSQL twice as long as reading them in their order.
const BILLS: &str = "select i.id, i.supplier, i.number, i.issued, i.kind, i.received, i.due, i.total, i.split_vat, i.excluded, \
    i.disputes, i.unit, i.liquidated, i.credits_number, i.credits_issued, i.version, m.day, m.amount, m.is_credit, \
    i.credits is not null and exists (select from invoices o where o.comune = i.comune and o.id = i.credits) as credits_known_bill \
    from invoices i left join (select invoice, day, amount, false as is_credit from payments where comune = $1 \
    union all select credits, received, total - split_vat, true from invoices where comune = $1 and credits is not null) m \
    on m.invoice = i.id where i.comune = $1 and i.received <= $2 order by i.id";

#[derive(QueryableByName)]
struct BillRow {
    #[diesel(embed)]
    invoice: InvoiceRow,
    #[diesel(sql_type = Nullable<Date>)]
    day: Option<NaiveDate>,
    #[diesel(sql_type = Nullable<BigInt>)]
    amount: Option<i64>,
    #[diesel(sql_type = Nullable<Bool>)]
    is_credit: Option<bool>,
    #[diesel(sql_type = Bool)]
    credits_known_bill: bool,
}

/// A bill while its rows come.
struct Gathered {
    invoice: InvoiceRow,
    credits: Vec<(NaiveDate, Cents)>,
    payments: Vec<(NaiveDate, Cents)>,
    credits_known_bill: bool,
}

impl Gathered {
    fn of(row: BillRow) -> Self {
        let BillRow { invoice, day, amount, is_credit, credits_known_bill } = row;
        let mut gathered = Self { invoice, credits: Vec::new(), payments: Vec::new(), credits_known_bill };
        gathered.add(day, amount, is_credit);
        gathered
    }

    fn add(&mut self, day: Option<NaiveDate>, amount: Option<i64>, is_credit: Option<bool>) {
        if let Some(moved) = day.zip(amount.map(Cents::new)) {
            let moves = if is_credit == Some(true) { &mut self.credits } else { &mut self.payments };
            moves.push(moved);
        }
    }

    /// Whether it was received, due, paid or credited on the first day or later, or is not whole paid yet.
    fn matters(&self, from: NaiveDate) -> bool {
        let InvoiceRow { received, due, total, split_vat, .. } = &self.invoice;
        let moves = || self.payments.iter().chain(&self.credits);
        let settled: Cents = moves().map(|(_, amount)| *amount).sum();
        *received >= from
            || *due >= from
            || moves().any(|(day, _)| *day >= from)
            || settled < Cents::new(*total).less(Cents::new(*split_vat))
    }

    fn bill(self) -> Result<Bill, Error> {
        let Self { invoice, credits, payments, credits_known_bill } = self;
        Ok(Bill { facts: InvoiceFacts::try_from(invoice)?, credits, payments, credits_known_bill })
    }
}

/// Hands on, one at a time and in the order of their ids, the bills that can matter.
///
/// # Errors
/// When the database fails.
pub fn bills(tx: &mut TenantTx<'_>, mattering: Mattering, mut each: impl FnMut(Bill)) -> Result<(), Error> {
    let rows = diesel::sql_query(BILLS)
        .bind::<Text, _>(tx.comune().to_owned())
        .bind::<Date, _>(mattering.on)
        .load_iter::<BillRow, PgRowByRowLoadingMode>(tx.connection())?;
    let mut gathered: Option<Gathered> = None;
    let mut hand_on = |one: Option<Gathered>| {
        if let Some(one) = one.filter(|one| one.matters(mattering.from)) {
            each(one.bill()?);
        }
        Ok::<_, Error>(())
    };
    for row in rows {
        let row = row?;
        match &mut gathered {
            Some(same) if same.invoice.id == row.invoice.id => same.add(row.day, row.amount, row.is_credit),
            Some(_) | None => hand_on(gathered.replace(Gathered::of(row)))?,
        }
    }
    hand_on(gathered)
}

/// How many payments up to a day, of this day or later, are of bills that are not here.
///
/// # Errors
/// When the database fails.
pub fn payments_without_bill(tx: &mut TenantTx<'_>, mattering: Mattering) -> Result<u64, Error> {
    #[derive(QueryableByName)]
    struct Counted {
        #[diesel(sql_type = BigInt)]
        count: i64,
    }
    let question = "select count(*) as count from payments p where p.comune = $1 and p.day between $2 and $3 \
        and not exists (select from invoices i where i.comune = p.comune and i.id = p.invoice)";
    let counted = diesel::sql_query(question)
        .bind::<Text, _>(tx.comune().to_owned())
        .bind::<Date, _>(mattering.from)
        .bind::<Date, _>(mattering.on)
        .get_result::<Counted>(tx.connection())?;
    Ok(u64::try_from(counted.count).unwrap_or_default())
}

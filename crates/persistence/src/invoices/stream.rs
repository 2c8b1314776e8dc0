//! Bills one after the other, each with what was credited and paid of it: what figures are folded from, in the memory of one bill.

use chrono::NaiveDate;
use diesel::pg::PgRowByRowLoadingMode;
use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Bool, Date, Nullable, Text};
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

/// The bills that can matter, by id, with their payments and credits; `$1` the comune, `$2` and `$3` the days. What is gathered of a
/// bill is put in order here: PostgreSQL would take half as long again.
const BILLS: &str = "select i.id, i.supplier, i.number, i.issued, i.kind, i.received, i.due, i.total, i.split_vat, i.excluded, \
    i.disputes, i.unit, i.liquidated, i.credits_number, i.credits_issued, i.version, \
    p.days as paid_days, p.amounts as paid_amounts, c.days as credit_days, c.amounts as credit_amounts, \
    i.credits is not null and exists (select from invoices o where o.comune = i.comune and o.id = i.credits) as credits_known_bill \
    from invoices i \
    left join (select invoice, array_agg(day) as days, array_agg(amount) as amounts, \
        max(day) as last, sum(amount) as paid from payments where comune = $1 group by invoice) p on p.invoice = i.id \
    left join (select credits, array_agg(received) as days, array_agg(total - split_vat) as amounts, \
        max(received) as last, sum(total - split_vat) as credited from invoices \
        where comune = $1 and credits is not null group by credits) c on c.credits = i.id \
    where i.comune = $1 and i.received <= $3 and (i.received >= $2 or i.due >= $2 or p.last >= $2 or c.last >= $2 \
        or coalesce(p.paid, 0) + coalesce(c.credited, 0) < i.total - i.split_vat) \
    order by i.id";

#[derive(QueryableByName)]
struct BillRow {
    #[diesel(embed)]
    invoice: InvoiceRow,
    #[diesel(sql_type = Nullable<Array<Date>>)]
    paid_days: Option<Vec<NaiveDate>>,
    #[diesel(sql_type = Nullable<Array<BigInt>>)]
    paid_amounts: Option<Vec<i64>>,
    #[diesel(sql_type = Nullable<Array<Date>>)]
    credit_days: Option<Vec<NaiveDate>>,
    #[diesel(sql_type = Nullable<Array<BigInt>>)]
    credit_amounts: Option<Vec<i64>>,
    #[diesel(sql_type = Bool)]
    credits_known_bill: bool,
}

/// Hands on, one at a time and in the order of their ids, the bills that can matter.
///
/// # Errors
/// When the database fails.
pub fn bills(tx: &mut TenantTx<'_>, mattering: Mattering, mut each: impl FnMut(Bill)) -> Result<(), Error> {
    let rows = diesel::sql_query(BILLS)
        .bind::<Text, _>(tx.comune().to_owned())
        .bind::<Date, _>(mattering.from)
        .bind::<Date, _>(mattering.on)
        .load_iter::<BillRow, PgRowByRowLoadingMode>(tx.connection())?;
    for row in rows {
        each(Bill::try_from(row?)?);
    }
    Ok(())
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

impl TryFrom<BillRow> for Bill {
    type Error = Error;

    fn try_from(row: BillRow) -> Result<Self, Error> {
        Ok(Self {
            facts: InvoiceFacts::try_from(row.invoice)?,
            credits: dated(row.credit_days, row.credit_amounts),
            payments: dated(row.paid_days, row.paid_amounts),
            credits_known_bill: row.credits_known_bill,
        })
    }
}

fn dated(days: Option<Vec<NaiveDate>>, amounts: Option<Vec<i64>>) -> Vec<(NaiveDate, Cents)> {
    let amounts = amounts.unwrap_or_default().into_iter().map(Cents::new);
    let mut dated: Vec<_> = days.unwrap_or_default().into_iter().zip(amounts).collect();
    dated.sort_unstable();
    dated
}

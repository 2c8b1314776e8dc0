//! The statements that store bills and payments: one for however many, its rows as columns of arrays.

use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Date, Integer, Nullable, Text, Uuid as SqlUuid};
use traguardo_domain::invoice::{Dispute, InvoiceFacts, InvoiceId, PaymentFacts};
use traguardo_domain::{Version, Vocabulary};
use uuid::Uuid;

use crate::error::Error;
use crate::tenant::TenantTx;

const PUT_BILLS: &str = "insert into invoices (comune, id, supplier, number, issued, kind, received, due, total, split_vat, excluded, \
    disputes, unit, liquidated, credits, credits_number, credits_issued, version) \
    select $1, b.id, b.supplier, b.number, b.issued, b.kind, b.received, b.due, b.total, b.split_vat, b.excluded, \
    b.disputes::json, b.unit, b.liquidated, b.credits, b.credits_number, b.credits_issued, b.version \
    from unnest($2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18) as b (id, supplier, number, issued, \
    kind, received, due, total, split_vat, excluded, disputes, unit, liquidated, credits, credits_number, credits_issued, version) \
    on conflict (comune, id) do update set kind = excluded.kind, received = excluded.received, due = excluded.due, \
    total = excluded.total, split_vat = excluded.split_vat, excluded = excluded.excluded, disputes = excluded.disputes, \
    unit = excluded.unit, liquidated = excluded.liquidated, credits = excluded.credits, \
    credits_number = excluded.credits_number, credits_issued = excluded.credits_issued, version = excluded.version";

const PUT_PAYMENTS: &str = "insert into payments (comune, invoice, reference, day, amount) \
    select $1, p.invoice, p.reference, p.day, p.amount from unnest($2, $3, $4, $5) as p (invoice, reference, day, amount) \
    on conflict (comune, invoice, reference) do update set day = excluded.day, amount = excluded.amount";

const TAKE_BACK: &str = "delete from payments p using unnest($2, $3) as gone (invoice, reference) \
    where p.comune = $1 and p.invoice = gone.invoice and p.reference = gone.reference";

/// Stores bills, each at a version.
pub(super) fn put_bills(
    tx: &mut TenantTx<'_>,
    bills: &[(InvoiceId, &InvoiceFacts, Version)],
) -> Result<(), Error> {
    let facts = || bills.iter().map(|(_, facts, _)| *facts);
    let credited = || facts().map(|one| one.credits.as_ref());
    let disputes = facts().map(|one| written(&one.disputes)).collect::<Result<Vec<_>, Error>>()?;
    diesel::sql_query(PUT_BILLS)
        .bind::<Text, _>(tx.comune().to_owned())
        .bind::<Array<SqlUuid>, _>(bills.iter().map(|(id, ..)| id.0).collect::<Vec<_>>())
        .bind::<Array<Text>, _>(facts().map(|one| one.reference.supplier.as_str()).collect::<Vec<_>>())
        .bind::<Array<Text>, _>(facts().map(|one| one.reference.number.as_str()).collect::<Vec<_>>())
        .bind::<Array<Date>, _>(facts().map(|one| one.reference.issued).collect::<Vec<_>>())
        .bind::<Array<Text>, _>(facts().map(|one| one.kind.word()).collect::<Vec<_>>())
        .bind::<Array<Date>, _>(facts().map(|one| one.received).collect::<Vec<_>>())
        .bind::<Array<Date>, _>(facts().map(|one| one.due).collect::<Vec<_>>())
        .bind::<Array<BigInt>, _>(facts().map(|one| one.total.number()).collect::<Vec<_>>())
        .bind::<Array<BigInt>, _>(facts().map(|one| one.split_vat.number()).collect::<Vec<_>>())
        .bind::<Array<Nullable<Text>>, _>(
            facts().map(|one| one.excluded.map(Vocabulary::word)).collect::<Vec<_>>(),
        )
        .bind::<Array<Nullable<Text>>, _>(disputes)
        .bind::<Array<Nullable<SqlUuid>>, _>(
            facts().map(|one| one.unit.map(|unit| unit.0)).collect::<Vec<_>>(),
        )
        .bind::<Array<Nullable<Date>>, _>(facts().map(|one| one.liquidated).collect::<Vec<_>>())
        .bind::<Array<Nullable<SqlUuid>>, _>(credited().map(|bill| Some(bill?.id().0)).collect::<Vec<_>>())
        .bind::<Array<Nullable<Text>>, _>(
            credited().map(|bill| Some(bill?.number.as_str())).collect::<Vec<_>>(),
        )
        .bind::<Array<Nullable<Date>>, _>(credited().map(|bill| Some(bill?.issued)).collect::<Vec<_>>())
        .bind::<Array<Integer>, _>(bills.iter().map(|(.., version)| version.number()).collect::<Vec<_>>())
        .execute(tx.connection())?;
    Ok(())
}

/// Disputes as they are kept; nothing where there are none.
fn written(disputes: &[Dispute]) -> Result<Option<String>, Error> {
    if disputes.is_empty() {
        return Ok(None);
    }
    serde_json::to_string(disputes).map(Some).map_err(|error| Error::inconsistent("disputes", error))
}

/// Stores payments, each in the place of what was said under its reference.
pub(super) fn put_payments(tx: &mut TenantTx<'_>, payments: &[&PaymentFacts]) -> Result<(), Error> {
    diesel::sql_query(PUT_PAYMENTS)
        .bind::<Text, _>(tx.comune().to_owned())
        .bind::<Array<SqlUuid>, _>(bills_of(payments))
        .bind::<Array<Text>, _>(references_of(payments))
        .bind::<Array<Date>, _>(payments.iter().map(|one| one.day).collect::<Vec<_>>())
        .bind::<Array<BigInt>, _>(payments.iter().map(|one| one.amount.number()).collect::<Vec<_>>())
        .execute(tx.connection())?;
    Ok(())
}

/// Takes payments back.
pub(super) fn take_back(tx: &mut TenantTx<'_>, payments: &[&PaymentFacts]) -> Result<(), Error> {
    diesel::sql_query(TAKE_BACK)
        .bind::<Text, _>(tx.comune().to_owned())
        .bind::<Array<SqlUuid>, _>(bills_of(payments))
        .bind::<Array<Text>, _>(references_of(payments))
        .execute(tx.connection())?;
    Ok(())
}

fn bills_of(payments: &[&PaymentFacts]) -> Vec<Uuid> {
    payments.iter().map(|one| one.invoice.id().0).collect()
}

fn references_of<'p>(payments: &[&'p PaymentFacts]) -> Vec<&'p str> {
    payments.iter().map(|one| one.reference.as_str()).collect()
}

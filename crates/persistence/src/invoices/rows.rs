//! A bill as a row.

use chrono::NaiveDate;
use diesel::prelude::*;
use traguardo_domain::Vocabulary as _;
use traguardo_domain::invoice::{Cents, Dispute, Exclusion, InvoiceFacts, InvoiceKind, InvoiceRef};
use traguardo_domain::text::Line;
use traguardo_domain::unit::UnitId;
use uuid::Uuid;

use crate::error::Error;
use crate::json::Json;
use crate::schema::invoices;

/// What is kept of a bill.
#[derive(Queryable, Selectable, QueryableByName)]
#[diesel(table_name = invoices)]
pub(super) struct InvoiceRow {
    pub(super) id: Uuid,
    pub(super) supplier: String,
    pub(super) number: String,
    pub(super) issued: NaiveDate,
    pub(super) kind: String,
    pub(super) received: NaiveDate,
    pub(super) due: NaiveDate,
    pub(super) total: i64,
    pub(super) split_vat: i64,
    pub(super) excluded: Option<String>,
    pub(super) disputes: Option<Json<Vec<Dispute>>>,
    pub(super) unit: Option<Uuid>,
    pub(super) liquidated: Option<NaiveDate>,
    pub(super) credits_number: Option<String>,
    pub(super) credits_issued: Option<NaiveDate>,
    pub(super) version: i32,
}

impl TryFrom<InvoiceRow> for InvoiceFacts {
    type Error = Error;

    fn try_from(row: InvoiceRow) -> Result<Self, Error> {
        let bad = |error| Error::inconsistent("invoice", error);
        let unknown = |word: &str| Error::inconsistent("invoice", word);
        let supplier = Line::parse(&row.supplier).map_err(bad)?;
        let number = row.credits_number.as_deref().map(Line::parse).transpose().map_err(bad)?;
        let credits = number.zip(row.credits_issued).map(|(number, issued)| InvoiceRef {
            supplier: supplier.clone(),
            number,
            issued,
        });
        let exclusion = |word: &str| Exclusion::from_word(word).ok_or_else(|| unknown(word));
        Ok(Self {
            reference: InvoiceRef {
                supplier,
                number: Line::parse(&row.number).map_err(bad)?,
                issued: row.issued,
            },
            kind: InvoiceKind::from_word(&row.kind).ok_or_else(|| unknown(&row.kind))?,
            received: row.received,
            due: row.due,
            total: Cents::new(row.total),
            split_vat: Cents::new(row.split_vat),
            excluded: row.excluded.as_deref().map(exclusion).transpose()?,
            disputes: row.disputes.map(|Json(disputes)| disputes).unwrap_or_default(),
            unit: row.unit.map(UnitId),
            liquidated: row.liquidated,
            credits,
        })
    }
}

//! Payments as they travel: within their bill, or with its name.

use chrono::NaiveDate;
use serde::Deserialize;
use traguardo_documents::Reader;
use traguardo_domain::invoice::{Cents, InvoiceRef, PaymentFacts};
use traguardo_domain::period::credible;
use traguardo_domain::text::Line;
use utoipa::ToSchema;

use super::wire;

/// Un pagamento, dentro la sua fattura.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"reference": "118", "day": "2025-02-04", "amount": "1000.00"}))]
pub(crate) struct PaymentBody {
    /// Numero del mandato, unico fra i pagamenti della fattura.
    #[schema(min_length = 1, max_length = 60, pattern = "^.*\\S.*$", example = "118")]
    reference: String,
    /// Giorno in cui il mandato è trasmesso al tesoriere.
    #[serde(deserialize_with = "crate::day::one")]
    #[schema(example = "2025-02-04")]
    day: NaiveDate,
    /// Quanto è pagato al fornitore, senza l'IVA in scissione; zero se il mandato è stato ritirato.
    #[schema(
        min_length = 1,
        max_length = 13,
        pattern = "^[0-9]{1,10}([.][0-9]{1,2})?$",
        example = "1000.00"
    )]
    amount: String,
}

/// Un pagamento, che nomina la sua fattura; può arrivare prima di lei.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "supplier": "01234567890", "number": "12/A", "issued": "2025-01-08", "reference": "118", "day": "2025-02-04", "amount": "1000.00"
}))]
pub(crate) struct PaymentItem {
    /// Partita IVA o codice fiscale del fornitore.
    #[schema(
        min_length = 1,
        max_length = 40,
        pattern = "^[A-Za-z0-9][A-Za-z0-9 ]*$",
        example = "01234567890"
    )]
    supplier: String,
    /// Numero della fattura.
    #[schema(min_length = 1, max_length = 60, pattern = "^.*\\S.*$", example = "12/A")]
    number: String,
    /// Giorno di emissione della fattura.
    #[serde(deserialize_with = "crate::day::one")]
    #[schema(example = "2025-01-08")]
    issued: NaiveDate,
    /// Numero del mandato, unico fra i pagamenti della fattura.
    #[schema(min_length = 1, max_length = 60, pattern = "^.*\\S.*$", example = "118")]
    reference: String,
    /// Giorno in cui il mandato è trasmesso al tesoriere.
    #[serde(deserialize_with = "crate::day::one")]
    #[schema(example = "2025-02-04")]
    day: NaiveDate,
    /// Quanto è pagato al fornitore, senza l'IVA in scissione; zero se il mandato è stato ritirato.
    #[schema(
        min_length = 1,
        max_length = 13,
        pattern = "^[0-9]{1,10}([.][0-9]{1,2})?$",
        example = "1000.00"
    )]
    amount: String,
}

impl PaymentBody {
    /// Reads it; what is wrong with it is told to the reader.
    pub(super) fn read(self, at: &mut Reader<'_>, invoice: Option<&InvoiceRef>) -> Option<PaymentFacts> {
        let reference = at.take("reference", Line::parse(&self.reference));
        let day = at.take("day", credible(self.day));
        let amount = at.take("amount", Cents::parse(&self.amount));
        let facts =
            PaymentFacts { invoice: invoice?.clone(), reference: reference?, day: day?, amount: amount? };
        match facts.too_early() {
            Some(refused) => at.take("day", Err(refused)),
            None => Some(facts),
        }
    }
}

impl PaymentItem {
    /// Reads it; what is wrong with it is told to the reader.
    pub(super) fn read(self, at: &mut Reader<'_>) -> Option<PaymentFacts> {
        let invoice = wire::reference(at, &self.supplier, &self.number, self.issued);
        PaymentBody { reference: self.reference, day: self.day, amount: self.amount }
            .read(at, invoice.as_ref())
    }
}

//! Bills as they are answered.

use chrono::NaiveDate;
use serde::Serialize;
use traguardo_domain::invoice::{Dispute, Invoice, Payment};
use utoipa::ToSchema;
use uuid::Uuid;

use super::wire::{DisputeBody, ExclusionWord, InvoiceKindWord};
use crate::pages::listing;
use crate::words::Word;

/// La fattura che una nota di credito riduce.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = CreditedInvoiceRead, example = json!({"id": "3f6f9c2e-1d2a-8c3b-9e4f-0123456789ab", "number": "12/A", "issued": "2025-01-08"}))]
pub(crate) struct CreditedResponse {
    /// Il suo identificativo, che c'è anche prima che arrivi.
    id: Uuid,
    /// Il suo numero.
    #[schema(max_length = 60, pattern = "^.*\\S.*$")]
    number: String,
    /// Il giorno di emissione.
    issued: NaiveDate,
}

/// Un pagamento.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = InvoicePayment, example = json!({"reference": "118", "day": "2025-02-04", "amount": "1000.00"}))]
pub(crate) struct PaymentResponse {
    /// Numero del mandato.
    #[schema(max_length = 60, pattern = "^.*\\S.*$")]
    reference: String,
    /// Giorno in cui il mandato è trasmesso al tesoriere.
    day: NaiveDate,
    /// Quanto è pagato al fornitore.
    #[schema(max_length = 13, pattern = "^[0-9]{1,10}[.][0-9]{2}$")]
    amount: String,
}

/// Una fattura o una nota di credito, con ciò che ne è stato pagato e ridotto.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Invoice, example = json!({
    "id": "3f6f9c2e-1d2a-8c3b-9e4f-0123456789ab", "supplier": "01234567890", "number": "12/A", "issued": "2025-01-08",
    "kind": "invoice", "received": "2025-01-10", "due": "2025-02-09", "total": "1220.00", "split_vat": "220.00", "disputes": [],
    "payable": "1000.00", "credited": "0.00", "paid": "1000.00", "open": "0.00",
    "payments": [{"reference": "118", "day": "2025-02-04", "amount": "1000.00"}], "version": 2
}))]
pub(crate) struct InvoiceResponse {
    /// Identificativo: deriva da fornitore, numero e giorno di emissione.
    id: Uuid,
    /// Partita IVA o codice fiscale del fornitore.
    #[schema(max_length = 28, pattern = "^[A-Z0-9]+$")]
    supplier: String,
    /// Numero dato dal fornitore.
    #[schema(max_length = 60, pattern = "^.*\\S.*$")]
    number: String,
    /// Giorno di emissione.
    issued: NaiveDate,
    /// Tipo di documento.
    kind: InvoiceKindWord,
    /// Giorno di ricezione.
    received: NaiveDate,
    /// Giorno di scadenza.
    due: NaiveDate,
    /// Importo totale, imposte comprese.
    #[schema(max_length = 13, pattern = "^[0-9]{1,10}[.][0-9]{2}$")]
    total: String,
    /// La parte che è IVA in scissione dei pagamenti.
    #[schema(max_length = 13, pattern = "^[0-9]{1,10}[.][0-9]{2}$")]
    split_vat: String,
    /// Perché non conta nei tempi di pagamento.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    excluded: Option<ExclusionWord>,
    /// I periodi di contestazione o contenzioso.
    #[schema(min_items = 0, max_items = 20, value_type = Vec<DisputeBody>)]
    disputes: Vec<Dispute>,
    /// La struttura che l'ha in carico.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    unit: Option<Uuid>,
    /// Giorno della liquidazione.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    liquidated: Option<NaiveDate>,
    /// Per una nota di credito, la fattura che riduce.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    credits: Option<CreditedResponse>,
    /// Quanto spetta al fornitore: il totale senza l'IVA in scissione.
    #[schema(max_length = 13, pattern = "^[0-9]{1,10}[.][0-9]{2}$")]
    payable: String,
    /// Quanto hanno tolto le note di credito.
    #[schema(max_length = 20, pattern = "^[0-9]{1,16}[.][0-9]{2}$")]
    credited: String,
    /// Quanto è stato pagato.
    #[schema(max_length = 20, pattern = "^[0-9]{1,16}[.][0-9]{2}$")]
    paid: String,
    /// Quanto resta da pagare; negativo se si è pagato di più.
    #[schema(max_length = 20, pattern = "^-?[0-9]{1,16}[.][0-9]{2}$")]
    open: String,
    /// I pagamenti, nell'ordine del tempo.
    #[schema(min_items = 0, max_items = 100)]
    payments: Vec<PaymentResponse>,
    /// Versione, la stessa dell'ETag: cresce anche con i pagamenti e le note di credito.
    #[schema(minimum = 1, maximum = 2_147_483_647)]
    version: i32,
}

listing! {
    /// Una pagina di fatture.
    InvoiceList of InvoiceResponse
}

impl From<Payment> for PaymentResponse {
    fn from(payment: Payment) -> Self {
        Self { reference: payment.reference.into(), day: payment.day, amount: payment.amount.to_string() }
    }
}

impl From<Invoice> for InvoiceResponse {
    fn from(invoice: Invoice) -> Self {
        let (credited, paid, open) = (invoice.credited(), invoice.paid(), invoice.open());
        let facts = invoice.facts;
        let payable = facts.payable().to_string();
        let id = facts.reference.id().0;
        let credits = facts.credits.map(|bill| CreditedResponse {
            id: bill.id().0,
            number: bill.number.into(),
            issued: bill.issued,
        });
        Self {
            id,
            supplier: facts.reference.supplier.into(),
            number: facts.reference.number.into(),
            issued: facts.reference.issued,
            kind: Word(facts.kind),
            received: facts.received,
            due: facts.due,
            total: facts.total.to_string(),
            split_vat: facts.split_vat.to_string(),
            excluded: facts.excluded.map(Word),
            disputes: facts.disputes,
            unit: facts.unit.map(|unit| unit.0),
            liquidated: facts.liquidated,
            credits,
            payable,
            credited: credited.to_string(),
            paid: paid.to_string(),
            open: open.to_string(),
            payments: invoice.payments.into_iter().map(PaymentResponse::from).collect(),
            version: invoice.version.number(),
        }
    }
}

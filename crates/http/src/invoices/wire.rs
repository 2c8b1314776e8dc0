//! Bills and payments as they travel.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use traguardo_documents::context::UnitNames;
use traguardo_documents::{Reader, Word};
use traguardo_domain::fault::FaultKind;
use traguardo_domain::invoice::{
    Cents, Dispute, Exclusion, InvoiceFacts, InvoiceKind, InvoiceRef, PaymentFacts,
};
use traguardo_domain::period::credible;
use traguardo_domain::text::Line;
use utoipa::ToSchema;
use validator::Validate;

use super::payments::PaymentBody;

/// What a document asks for.
pub(crate) type InvoiceKindWord = Word<InvoiceKind>;
/// Why a document does not count.
pub(crate) type ExclusionWord = Word<Exclusion>;

/// Giorni in cui la fattura non era esigibile perché contestata o in contenzioso: il primo conta, l'ultimo no.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = Dispute, example = json!({"from": "2025-03-10", "until": "2025-03-30"}))]
pub(crate) struct DisputeBody {
    /// Il primo giorno.
    #[serde(deserialize_with = "crate::day::one")]
    #[schema(example = "2025-03-10")]
    from: NaiveDate,
    /// Il giorno in cui torna esigibile; assente finché non lo è.
    #[serde(default, deserialize_with = "crate::day::maybe", skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    until: Option<NaiveDate>,
}

/// Un'altra fattura dello stesso fornitore.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = CreditedInvoice, example = json!({"number": "12/A", "issued": "2025-01-08"}))]
pub(crate) struct CreditedBody {
    /// Il suo numero.
    #[schema(min_length = 1, max_length = 60, pattern = "^.*\\S.*$", example = "12/A")]
    number: String,
    /// Il giorno di emissione.
    #[serde(deserialize_with = "crate::day::one")]
    #[schema(example = "2025-01-08")]
    issued: NaiveDate,
}

/// Una fattura o una nota di credito, come la dice il gestionale.
#[derive(Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "supplier": "01234567890", "number": "12/A", "issued": "2025-01-08", "received": "2025-01-10", "total": "1220.00",
    "split_vat": "220.00", "unit": "ext:AREA-1"
}))]
pub(crate) struct NewInvoice {
    /// Partita IVA o codice fiscale del fornitore; mai il nome. `IT` davanti a undici cifre non conta.
    #[schema(
        min_length = 1,
        max_length = 40,
        pattern = "^[A-Za-z0-9][A-Za-z0-9 ]*$",
        example = "01234567890"
    )]
    #[validate(length(min = 1, max = 40))]
    supplier: String,
    /// Numero dato dal fornitore.
    #[schema(min_length = 1, max_length = 60, pattern = "^.*\\S.*$", example = "12/A")]
    #[validate(length(min = 1, max = 60))]
    number: String,
    /// Giorno di emissione.
    #[serde(deserialize_with = "crate::day::one")]
    #[schema(example = "2025-01-08")]
    issued: NaiveDate,
    /// Tipo di documento; fattura, se non è detto.
    #[schema(nullable = false)]
    kind: Option<InvoiceKindWord>,
    /// Giorno di ricezione (consegna del sistema di interscambio, o protocollo).
    #[serde(deserialize_with = "crate::day::one")]
    #[schema(example = "2025-01-10")]
    received: NaiveDate,
    /// Giorno di scadenza; trenta giorni dopo la ricezione, se non è detto (D.Lgs. 231/2002, art. 4).
    #[serde(default, deserialize_with = "crate::day::maybe")]
    #[schema(nullable = false)]
    due: Option<NaiveDate>,
    /// Importo totale, imposte comprese; maggiore di zero anche per le note di credito.
    #[schema(
        min_length = 1,
        max_length = 13,
        pattern = "^[0-9]{1,10}([.][0-9]{1,2})?$",
        example = "1220.00"
    )]
    #[validate(length(min = 1, max = 13))]
    total: String,
    /// La parte che è IVA versata all'erario in scissione dei pagamenti; zero, se non è detta.
    #[schema(
        nullable = false,
        min_length = 1,
        max_length = 13,
        pattern = "^[0-9]{1,10}([.][0-9]{1,2})?$",
        example = "220.00"
    )]
    #[validate(length(min = 1, max = 13))]
    split_vat: Option<String>,
    /// Perché non conta nei tempi di pagamento, se non conta.
    #[schema(nullable = false)]
    excluded: Option<ExclusionWord>,
    /// I periodi di contestazione o contenzioso.
    #[schema(nullable = false, min_items = 0, max_items = 20)]
    disputes: Option<Vec<DisputeBody>>,
    /// La struttura che l'ha in carico: identificativo, oppure `ext:` seguito dalla chiave esterna.
    #[schema(
        nullable = false,
        max_length = 104,
        pattern = "^(ext:[A-Za-z0-9._:~@+-]+|[0-9a-fA-F-]{36})$",
        example = "ext:AREA-1"
    )]
    unit: Option<String>,
    /// Giorno della liquidazione.
    #[serde(default, deserialize_with = "crate::day::maybe")]
    #[schema(nullable = false)]
    liquidated: Option<NaiveDate>,
    /// Per una nota di credito, la fattura che riduce; può non essere ancora arrivata.
    #[schema(nullable = false)]
    credits: Option<CreditedBody>,
}

/// Una fattura con i suoi pagamenti.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "invoice": {"supplier": "01234567890", "number": "12/A", "issued": "2025-01-08", "received": "2025-01-10", "total": "1220.00",
        "split_vat": "220.00"},
    "payments": [{"reference": "118", "day": "2025-02-04", "amount": "1000.00"}]
}))]
pub(crate) struct InvoiceItem {
    /// La fattura.
    invoice: NewInvoice,
    /// Pagamenti da aggiungere, o da scrivere al posto di quelli con lo stesso numero; quelli non nominati restano.
    #[schema(nullable = false, min_items = 0, max_items = 100)]
    payments: Option<Vec<PaymentBody>>,
}

/// What a bill is known by, as it is written.
pub(super) fn reference(
    at: &mut Reader<'_>,
    supplier: &str,
    number: &str,
    issued: NaiveDate,
) -> Option<InvoiceRef> {
    let supplier = at.take("supplier", InvoiceRef::supplier(supplier));
    let number = at.take("number", Line::parse(number));
    let issued = at.take("issued", credible(issued));
    Some(InvoiceRef { supplier: supplier?, number: number?, issued: issued? })
}

impl NewInvoice {
    /// Reads it; what is wrong with it is told to the reader.
    pub(super) fn read(self, at: &mut Reader<'_>, units: &UnitNames) -> Option<InvoiceFacts> {
        let reference = reference(at, &self.supplier, &self.number, self.issued);
        let received = at.take("received", credible(self.received));
        let due = self.due.map(|day| at.take("due", credible(day)));
        let total = at.take("total", Cents::parse(&self.total));
        let split_vat = self.split_vat.map(|text| at.take("split_vat", Cents::parse(&text)));
        let disputes = at.each(
            "disputes",
            self.disputes.unwrap_or_default(),
            InvoiceFacts::MOST_DISPUTES,
            |one: DisputeBody, at| one.read(at),
        );
        let unit = at.maybe("unit", self.unit.as_ref(), |text| units.named(text));
        let liquidated = self.liquidated.map(|day| at.take("liquidated", credible(day)));
        let credits =
            self.credits.map(|credited| credited.read(&mut at.member("credits"), reference.as_ref()));
        let (reference, received) = (reference?, received?);
        let mut disputes = disputes;
        disputes.sort();
        let facts = InvoiceFacts {
            reference,
            kind: self.kind.map_or(InvoiceKind::Invoice, |kind| kind.0),
            received,
            due: due.unwrap_or_else(|| Some(InvoiceFacts::due_by_law(received)))?,
            total: total?,
            split_vat: split_vat.unwrap_or(Some(Cents::ZERO))?,
            excluded: self.excluded.map(|why| why.0),
            disputes,
            unit,
            liquidated: liquidated.map_or(Some(None), |day| Some(Some(day?)))?,
            credits: credits.map_or(Some(None), |bill| Some(Some(bill?)))?,
        };
        // Of disputes everything was told at its own place.
        let faults = facts.faults().into_iter().filter(|fault| !fault.pointer.starts_with("/disputes"));
        for fault in faults {
            at.fault(fault.pointer.trim_start_matches('/'), fault.kind, &fault.detail);
        }
        Some(facts)
    }
}

impl DisputeBody {
    fn read(self, at: &mut Reader<'_>) -> Option<Dispute> {
        let from = at.take("from", credible(self.from));
        let until = self.until.map(|day| at.take("until", credible(day)));
        let until = until.map_or(Some(None), |day| Some(Some(day?)))?;
        if until.is_some_and(|until| until < self.from) {
            at.fault("until", FaultKind::Inconsistent, "Il periodo finisce prima di cominciare.");
        }
        Some(Dispute { from: from?, until })
    }
}

impl CreditedBody {
    fn read(self, at: &mut Reader<'_>, note: Option<&InvoiceRef>) -> Option<InvoiceRef> {
        let number = at.take("number", Line::parse(&self.number));
        let issued = at.take("issued", credible(self.issued));
        Some(InvoiceRef { supplier: note?.supplier.clone(), number: number?, issued: issued? })
    }
}

impl InvoiceItem {
    /// Reads it; what is wrong with it is told to the reader.
    pub(super) fn read(
        self,
        at: &mut Reader<'_>,
        units: &UnitNames,
    ) -> Option<(InvoiceFacts, Vec<PaymentFacts>)> {
        let facts = self.invoice.read(&mut at.member("invoice"), units);
        let invoice = facts.as_ref().map(|facts| &facts.reference);
        let payments = at.each(
            "payments",
            self.payments.unwrap_or_default(),
            InvoiceFacts::MOST_PAYMENTS,
            |one: PaymentBody, at| one.read(at, invoice),
        );
        Some((facts?, payments))
    }
}

//! Many bills at once, and many payments: each with its outcome; what is there as it is said is left, so that sending twice
//! changes nothing.

use actix_web::post;
use actix_web::web::Bytes;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::value::RawValue;
use traguardo_documents::Reader;
use traguardo_domain::Faults;
use traguardo_domain::access::Action;
use traguardo_domain::invoice::{InvoiceFacts, InvoiceId, InvoiceRef, PaymentFacts};
use traguardo_persistence::TenantTx;
use traguardo_persistence::invoices::{Books, Entered};
use utoipa::ToSchema;
use validator::Validate;

use super::misfit;
use super::payments::PaymentItem;
use super::wire::InvoiceItem;
use crate::answer::Answer;
use crate::body;
use crate::bulk::outcomes::{self, BulkQuery, BulkResponse, Manner, Outcomes, Written};
use crate::call::{Call, ComunePath};
use crate::keyed::Confidence;
use crate::problem::Problem;

/// Fatture, ciascuna con i suoi pagamenti.
#[derive(Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"items": [{
    "invoice": {"supplier": "01234567890", "number": "12/A", "issued": "2025-01-08", "received": "2025-01-10", "total": "1220.00",
        "split_vat": "220.00"},
    "payments": [{"reference": "118", "day": "2025-02-04", "amount": "1000.00"}]
}]}))]
#[expect(dead_code, reason = "only its description is published")]
pub(crate) struct InvoicesRequest {
    /// Le fatture.
    #[schema(min_items = 1, max_items = 1_000)]
    items: Vec<InvoiceItem>,
}

/// Pagamenti, ciascuno con il nome della sua fattura.
#[derive(Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"items": [{
    "supplier": "01234567890", "number": "12/A", "issued": "2025-01-08", "reference": "118", "day": "2025-02-04", "amount": "1000.00"
}]}))]
#[expect(dead_code, reason = "only its description is published")]
pub(crate) struct PaymentsRequest {
    /// I pagamenti.
    #[schema(min_items = 1, max_items = 1_000)]
    items: Vec<PaymentItem>,
}

/// Una fattura per riga, ciascuna un oggetto JSON intero.
#[derive(ToSchema)]
#[schema(
    max_length = 8_388_608,
    pattern = "^[\\s\\S]*$",
    example = "{\"invoice\":{\"supplier\":\"01234567890\",\"number\":\"12/A\",\"issued\":\"2025-01-08\",\"received\":\"2025-01-10\",\"total\":\"1220.00\"}}\n"
)]
#[expect(dead_code, reason = "only its description is published")]
pub(crate) struct InvoiceLines(String);

/// Un pagamento per riga, ciascuno un oggetto JSON intero.
#[derive(ToSchema)]
#[schema(
    max_length = 8_388_608,
    pattern = "^[\\s\\S]*$",
    example = "{\"supplier\":\"01234567890\",\"number\":\"12/A\",\"issued\":\"2025-01-08\",\"reference\":\"118\",\"day\":\"2025-02-04\",\"amount\":\"1000.00\"}\n"
)]
#[expect(dead_code, reason = "only its description is published")]
pub(crate) struct PaymentLines(String);

/// The items of a bulk, each still to be read.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Items {
    items: Vec<Box<RawValue>>,
}

/// What an item says it is of, whatever else it says.
#[derive(Deserialize, Default)]
#[serde(default)]
struct Named {
    supplier: String,
    number: String,
    issued: String,
    reference: Option<String>,
    invoice: Option<Box<Self>>,
}

impl Named {
    /// How its outcome calls it; nothing when it says nothing of what it is of.
    fn path(bytes: &[u8]) -> String {
        let named: Self = serde_json::from_slice(bytes).unwrap_or_default();
        let bill = named.invoice.as_deref().unwrap_or(&named);
        let parts = [Some(&bill.supplier), Some(&bill.issued), Some(&bill.number), named.reference.as_ref()];
        let parts: Vec<&str> = parts.into_iter().flatten().map(String::as_str).collect();
        let named = parts.iter().any(|part| !part.is_empty());
        if named { parts.join("/").chars().take(400).collect() } else { String::new() }
    }
}

/// What an item asks for, when it can be read.
struct Wanted {
    bill: Option<InvoiceFacts>,
    payments: Vec<PaymentFacts>,
}

impl Wanted {
    fn id(&self) -> Option<InvoiceId> {
        let bill = self.bill.as_ref().map(|facts| &facts.reference);
        bill.or_else(|| self.payments.first().map(|payment| &payment.invoice)).map(InvoiceRef::id)
    }
}

/// An item that was sent: how it is called, and what it asks for.
struct Item {
    path: String,
    wanted: Result<Wanted, Problem>,
}

/// The items, from one JSON object or from a line each.
fn items_of<T: DeserializeOwned>(
    bytes: &Bytes,
    lines: bool,
    read: impl Fn(T, &mut Reader<'_>) -> Option<Wanted>,
) -> Result<Vec<Item>, Problem> {
    let understood = |bytes: &[u8]| {
        let mut faults = Faults::new();
        let wanted = body::parse::<T>(bytes)
            .and_then(|item| read_whole(item, &mut faults, &read).map_err(Problem::invalid));
        Item { path: Named::path(bytes), wanted }
    };
    let items: Vec<Item> = if lines {
        outcomes::lines_of(bytes)?.into_iter().map(understood).collect()
    } else {
        let request = body::parse::<Items>(bytes)?;
        outcomes::check_count(request.items.len())?;
        request.items.iter().map(|item| understood(item.get().as_bytes())).collect()
    };
    outcomes::check_count(items.len())?;
    Ok(items)
}

fn read_whole<T>(
    item: T,
    faults: &mut Faults,
    read: impl Fn(T, &mut Reader<'_>) -> Option<Wanted>,
) -> Result<Wanted, Vec<traguardo_domain::Fault>> {
    let wanted = read(item, &mut Reader::new(faults));
    std::mem::take(faults).finish(wanted)
}

/// Enters the items in the books, and stores them unless it is a trial.
fn carry_out(tx: &mut TenantTx<'_>, items: Vec<Item>, manner: &Manner) -> Result<Answer, Problem> {
    let readable = || items.iter().filter_map(|item| item.wanted.as_ref().ok());
    let bills: Vec<InvoiceId> = readable().filter(|one| one.bill.is_some()).filter_map(Wanted::id).collect();
    let paid: Vec<InvoiceId> =
        readable().filter(|one| !one.payments.is_empty()).filter_map(Wanted::id).collect();
    let mut books = Books::open(tx, bills, paid)?;
    let (mut paths, mut entered) = (Vec::new(), Vec::new());
    for Item { path, wanted } in items {
        paths.push(path);
        entered.push(wanted.and_then(|wanted| {
            let id = wanted.id();
            let outcome = books.enter(wanted.bill, wanted.payments).map_err(misfit)?;
            Ok((id, outcome))
        }));
    }
    let written = |(id, outcome): (Option<InvoiceId>, Entered)| {
        let status = if outcome == Entered::Created { 201 } else { 200 };
        let version = id.and_then(|id| books.version(id));
        Written { status, id: id.map(|id| id.0), version }
    };
    let written = entered.into_iter().map(|one| one.map(written)).collect();
    let outcomes = Outcomes::decide(written, manner)?;
    if manner.is_trial {
        tx.leave_unchanged();
    } else {
        books.store(tx)?;
    }
    Answer::ok(&outcomes.response(paths))
}

/// Invia molte fatture
///
/// Fino a mille, ciascuna con i suoi periodi di contestazione e, se ci sono, i suoi pagamenti; ogni fattura ha il suo esito, e chi
/// è già registrata com'è risponde 200 e non cambia, chi lo è diversa è sostituita per intero, senza chiederne la versione, e tiene i
/// pagamenti che aveva. L'ordine non conta. Il corpo è un oggetto JSON con `items`, oppure una
/// fattura per riga (`application/x-ndjson`). Con `mode=atomic` un rifiuto annulla tutto e si riceve 422 con ogni errore.
#[utoipa::path(tag = "invoices", params(ComunePath, BulkQuery, crate::call::IdempotencyKey), request_body(
    content((InvoicesRequest = "application/json"), (InvoiceLines = "application/x-ndjson"))
), responses(
    (status = 200, description = "Gli esiti.", body = BulkResponse),
))]
#[post("/invoices-bulk")]
pub(crate) async fn write_invoices(call: Call<ComunePath, BulkQuery>) -> Result<Answer, Problem> {
    let permit = call.authorize(Action::KeepRegisters)?.large();
    let manner = permit.manner();
    let lines = permit.body.is_declared("application/x-ndjson");
    let received = permit.receive_bytes(&["application/json", "application/x-ndjson"]).await?;
    let work = move |tx: &mut TenantTx<'_>, bytes: Bytes| {
        let names = super::names(tx)?;
        let read = |item: InvoiceItem, at: &mut Reader<'_>| {
            let (facts, payments) = item.read(at, &names)?;
            Some(Wanted { bill: Some(facts), payments })
        };
        carry_out(tx, items_of(&bytes, lines, read)?, &manner)
    };
    received.run(Confidence::Open, work).await
}

/// Invia molti pagamenti
///
/// Fino a mille, ciascuno con il nome della sua fattura, che può arrivare dopo. Un pagamento è quello del suo numero di mandato:
/// inviato di nuovo non cambia nulla, inviato con altro importo o giorno prende il posto del primo, con importo zero lo ritira.
#[utoipa::path(tag = "invoices", params(ComunePath, BulkQuery, crate::call::IdempotencyKey), request_body(
    content((PaymentsRequest = "application/json"), (PaymentLines = "application/x-ndjson"))
), responses(
    (status = 200, description = "Gli esiti.", body = BulkResponse),
))]
#[post("/payments-bulk")]
pub(crate) async fn write_payments(call: Call<ComunePath, BulkQuery>) -> Result<Answer, Problem> {
    let permit = call.authorize(Action::KeepRegisters)?.large();
    let manner = permit.manner();
    let lines = permit.body.is_declared("application/x-ndjson");
    let received = permit.receive_bytes(&["application/json", "application/x-ndjson"]).await?;
    let work = move |tx: &mut TenantTx<'_>, bytes: Bytes| {
        let read = |item: PaymentItem, at: &mut Reader<'_>| {
            Some(Wanted { bill: None, payments: vec![item.read(at)?] })
        };
        carry_out(tx, items_of(&bytes, lines, read)?, &manner)
    };
    received.run(Confidence::Open, work).await
}

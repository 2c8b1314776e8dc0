//! Bills and what was paid of them, over HTTP.

use actix_web::{HttpRequest, delete, get, put};
use chrono::NaiveDate;
use serde::Deserialize;
use traguardo_documents::Reader;
use traguardo_documents::context::UnitNames;
use traguardo_domain::access::Action;
use traguardo_domain::invoice::{Invoice, InvoiceFacts, InvoiceId, InvoiceRef};
use traguardo_domain::period::credible;
use traguardo_domain::text::Line;
use traguardo_domain::unit::UnitId;
use traguardo_domain::version::NamedBy;
use traguardo_domain::{FaultKind, Faults, Violation};
use traguardo_persistence::invoices::{Books, Filter, Misfit};
use traguardo_persistence::{TenantTx, invoices, units};
use utoipa::IntoParams;
use utoipa_actix_web::service_config::ServiceConfig;
use uuid::Uuid;

use crate::answer::Answer;
use crate::call::{Call, ComunePath, PathOf, segment};
use crate::pages::Asked;
use crate::problem::{Kind, Problem};
use crate::put::{Put, Ways};
use crate::query::{in_order, parsed, refused};

mod answers;
mod bulk;
mod csv;
mod payments;
mod wire;

use answers::{InvoiceList, InvoiceResponse};
use wire::NewInvoice;

/// Adds the routes.
pub(crate) fn configure(config: &mut ServiceConfig) {
    config.service(list_invoices).service(read_invoice).service(write_invoice).service(remove_invoice);
}

/// Adds the routes that stand beside.
pub(crate) fn configure_beside(config: &mut ServiceConfig) {
    config.service(bulk::write_invoices).service(bulk::write_payments).service(csv::load_invoices);
}

/// What a path to a bill names.
#[derive(IntoParams)]
#[into_params(parameter_in = Path)]
pub(crate) struct InvoicePath {
    /// Codice catastale del comune.
    #[param(value_type = String, pattern = "^[A-Z][0-9]{3}$", max_length = 4, example = "L454")]
    #[expect(dead_code, reason = "documents the segment that the call reads itself")]
    comune: (),
    /// Identificativo della fattura.
    #[param(value_type = String, format = "uuid", max_length = 36, example = "3f6f9c2e-1d2a-8c3b-9e4f-0123456789ab")]
    invoice: InvoiceId,
}

impl PathOf for InvoicePath {
    fn read(request: &HttpRequest) -> Option<Self> {
        Some(Self { comune: (), invoice: InvoiceId(segment(request, "invoice")?.parse().ok()?) })
    }
}

/// Which bills to list.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct InvoicesQuery {
    /// Solo quelle di questo fornitore.
    #[param(
        nullable = false,
        min_length = 1,
        max_length = 40,
        pattern = "^[A-Za-z0-9][A-Za-z0-9 ]*$",
        example = "01234567890"
    )]
    supplier: Option<String>,
    /// Solo quelle con questo numero.
    #[param(nullable = false, min_length = 1, max_length = 60, pattern = "^.*\\S.*$", example = "12/A")]
    number: Option<String>,
    /// Solo quelle in carico a questa struttura o a una che ne fa parte.
    #[param(nullable = false)]
    unit: Option<Uuid>,
    /// Solo quelle ricevute in questo giorno o dopo.
    #[serde(default, deserialize_with = "crate::day::maybe")]
    #[param(nullable = false)]
    received_from: Option<NaiveDate>,
    /// Solo quelle ricevute in questo giorno o prima.
    #[serde(default, deserialize_with = "crate::day::maybe")]
    #[param(nullable = false)]
    received_to: Option<NaiveDate>,
    /// Solo le fatture di cui resta qualcosa da pagare; se falso, solo gli altri documenti.
    #[param(nullable = false)]
    open: Option<bool>,
    /// Il `next_cursor` della pagina precedente.
    #[param(nullable = false, max_length = 2000, pattern = "^[A-Za-z0-9_-]+$")]
    cursor: Option<String>,
    /// Quanti elementi al massimo.
    #[param(nullable = false, minimum = 1, maximum = 200, default = 50)]
    limit: Option<i32>,
}

impl InvoicesQuery {
    fn filter(&self) -> Result<Filter, Problem> {
        for (name, day) in [("received_from", self.received_from), ("received_to", self.received_to)] {
            day.map(credible).transpose().map_err(|error| refused(error.kind, name, &error.detail))?;
        }
        in_order("received_from", self.received_from, self.received_to)?;
        Ok(Filter {
            supplier: parsed("supplier", self.supplier.as_ref(), InvoiceRef::supplier)?,
            number: parsed("number", self.number.as_ref(), Line::parse)?,
            units: None,
            received_from: self.received_from,
            received_to: self.received_to,
            open: self.open,
        })
    }
}

/// The structures bills may name.
fn names(tx: &mut TenantTx<'_>) -> Result<UnitNames, Problem> {
    Ok(UnitNames::new(&units::all(tx)?))
}

/// What could not be entered, at its place.
fn misfit(Misfit { payment, refused }: Misfit) -> Problem {
    let place = payment.map_or_else(String::new, |place| format!("/payments/{place}"));
    Problem::invalid(vec![refused.at(&place)])
}

/// Elenca le fatture
///
/// Fatture e note di credito, dalla prima ricevuta, una pagina alla volta, ciascuna con i suoi pagamenti.
#[utoipa::path(tag = "invoices", params(ComunePath, InvoicesQuery), responses(
    (status = 200, description = "Una pagina di fatture.", body = InvoiceList),
))]
#[get("")]
pub(crate) async fn list_invoices(call: Call<ComunePath, InvoicesQuery>) -> Result<Answer, Problem> {
    let permit = call.authorize(Action::ReadRegisters)?;
    let query = &permit.query;
    let asked = Asked { list: "invoices:received", cursor: query.cursor.as_ref(), limit: query.limit };
    let request = asked.page(())?;
    let (mut filter, unit) = (query.filter()?, query.unit);
    let work = move |tx: &mut TenantTx<'_>| {
        if let Some(unit) = unit {
            let below = units::tree(tx)?.at_or_below(UnitId(unit));
            filter.units = Some(below.into_iter().map(|unit| unit.0).collect());
        }
        Ok(invoices::list(tx, &filter, &request)?)
    };
    let page = permit.tenant(work).await?;
    Answer::ok(&InvoiceList::from(asked.answer(&permit.app, &permit.request, page, InvoiceResponse::from)))
}

/// Legge una fattura
///
/// Con i suoi pagamenti, ciò che le note di credito ne hanno tolto e ciò che resta da pagare.
#[utoipa::path(tag = "invoices", params(InvoicePath, crate::call::IfNoneMatch), responses(
    (status = 200, description = "La fattura.", body = InvoiceResponse),
    (status = 304, description = "Chi chiede ha già questa versione."),
))]
#[get("/{invoice}")]
pub(crate) async fn read_invoice(call: Call<InvoicePath>) -> Result<Answer, Problem> {
    let permit = call.authorize(Action::ReadRegisters)?;
    let id = permit.path.invoice;
    let work = move |tx: &mut TenantTx<'_>| Ok(invoices::look_up(tx, id)?.ok_or(Violation::NotFound)?);
    let invoice = permit.tenant(work).await?;
    permit.found(invoice.version, &InvoiceResponse::from(invoice))
}

/// Scrive una fattura
///
/// La crea se non c'è; per cambiarla serve `If-Match`. L'identificativo è quello che deriva da fornitore, numero e giorno di
/// emissione (lo dicono l'elenco e gli esiti di `invoices-bulk`). I pagamenti non cambiano: si mandano a `payments-bulk`.
#[utoipa::path(tag = "invoices", params(InvoicePath, crate::call::Preconditions), request_body = NewInvoice, responses(
    (status = 200, description = "La fattura com'è ora.", body = InvoiceResponse),
    (status = 201, description = "La fattura creata.", body = InvoiceResponse),
))]
#[put("/{invoice}")]
pub(crate) async fn write_invoice(call: Call<InvoicePath>) -> Result<Answer, Problem> {
    let permit = call.authorize(Action::KeepRegisters)?;
    let condition = permit.condition()?;
    let id = permit.path.invoice;
    let location = permit.link(permit.request.path());
    let (permit, body) = permit.read::<NewInvoice>().await?;
    let work = move |tx: &mut TenantTx<'_>| {
        let facts = understood(tx, body, id)?;
        let before = invoices::look_up(tx, id)?;
        let put = Put { condition, named_by: NamedBy::TheirKey, location };
        let ways =
            Ways { create: stored, change: |tx: &mut TenantTx<'_>, _: &Invoice, facts| stored(tx, facts) };
        put.carry_out::<Invoice, InvoiceResponse, _, _>(tx, before, facts, ways)
    };
    permit.tenant(work).await
}

/// The bill a body says, when it is the one of the path.
fn understood(tx: &mut TenantTx<'_>, body: NewInvoice, id: InvoiceId) -> Result<InvoiceFacts, Problem> {
    let mut faults = Faults::new();
    let mut at = Reader::new(&mut faults);
    let facts = body.read(&mut at, &names(tx)?);
    if facts.as_ref().is_some_and(|facts| facts.reference.id() != id) {
        let detail = "Di un'altra fattura: l'identificativo del percorso deriva da fornitore, numero e giorno di emissione.";
        at.fault("number", FaultKind::Inconsistent, detail);
    }
    faults.finish(facts).map_err(Problem::invalid)
}

fn stored(tx: &mut TenantTx<'_>, facts: InvoiceFacts) -> Result<Invoice, Problem> {
    let id = facts.reference.id();
    let mut books = Books::open(tx, [id], [])?;
    books.enter(Some(facts), Vec::new()).map_err(misfit)?;
    books.store(tx)?;
    invoices::look_up(tx, id)?.ok_or_else(|| Problem::of(Kind::Internal))
}

/// Cancella una fattura
///
/// Con i suoi pagamenti. Serve per ciò che è stato inviato per errore: una fattura pagata o stornata resta.
#[utoipa::path(tag = "invoices", params(InvoicePath, crate::call::IfMatch), responses(
    (status = 204, description = "Cancellata."),
))]
#[delete("/{invoice}")]
pub(crate) async fn remove_invoice(call: Call<InvoicePath>) -> Result<Answer, Problem> {
    let permit = call.authorize(Action::KeepRegisters)?;
    let (condition, id) = (permit.condition()?, permit.path.invoice);
    let work = move |tx: &mut TenantTx<'_>| {
        let invoice = invoices::look_up(tx, id)?.ok_or(Violation::NotFound)?;
        condition.expected.check(invoice.version)?;
        Ok(invoices::remove(tx, &invoice)?)
    };
    permit.tenant(work).await?;
    Ok(Answer::done())
}

//! Procedures and their terms, over HTTP: kept one by one or a thousand together.

use actix_web::{delete, get, post, put};
use utoipa_actix_web::service_config::ServiceConfig;

use crate::answer::Answer;
use crate::bulk::outcomes::{BulkQuery, BulkResponse};
use crate::call::{Call, ComunePath};
use crate::entries::{self, EntriesQuery, EntryPath, Narrowed, Noun};
use crate::problem::Problem;

mod wire;

use wire::{ProcedureBody, ProcedureLines, ProcedureList, ProcedureResponse, Procedures};

/// Adds the routes.
pub(crate) fn configure(config: &mut ServiceConfig) {
    config
        .service(list_procedures)
        .service(read_procedure)
        .service(write_procedure)
        .service(remove_procedure);
}

/// Adds the routes that stand beside.
pub(crate) fn configure_beside(config: &mut ServiceConfig) {
    config.service(write_procedures);
}

/// Elenca i procedimenti
///
/// Dal primo avviato, una pagina alla volta.
#[utoipa::path(tag = "procedures", params(ComunePath, EntriesQuery), responses(
    (status = 200, description = "Una pagina di procedimenti.", body = ProcedureList),
))]
#[get("")]
pub(crate) async fn list_procedures(call: Call<ComunePath, EntriesQuery>) -> Result<Answer, Problem> {
    let permit = call.authorize(ProcedureBody::READ)?;
    let page = entries::list::<ProcedureBody, _>(&permit, Narrowed::to::<ProcedureBody>(&permit.query));
    Answer::ok(&ProcedureList::from(page.await?))
}

/// Legge un procedimento
///
/// Con la scadenza che risulta dalle sospensioni e, se è chiuso, i giorni che ha richiesto.
#[utoipa::path(tag = "procedures", params(EntryPath, crate::call::IfNoneMatch), responses(
    (status = 200, description = "Il procedimento.", body = ProcedureResponse),
    (status = 304, description = "Chi chiede ha già questa versione."),
))]
#[get("/{key}")]
pub(crate) async fn read_procedure(call: Call<EntryPath>) -> Result<Answer, Problem> {
    entries::read::<ProcedureBody>(call).await
}

/// Scrive un procedimento
///
/// Lo crea, o lo sostituisce; mandarlo due volte non cambia nulla, e per cambiarlo serve `If-Match`. Non tiene dati personali.
#[utoipa::path(tag = "procedures", params(EntryPath, crate::call::Preconditions), request_body = ProcedureBody, responses(
    (status = 200, description = "Il procedimento com'è ora.", body = ProcedureResponse),
    (status = 201, description = "Il procedimento, registrato.", body = ProcedureResponse),
))]
#[put("/{key}")]
pub(crate) async fn write_procedure(call: Call<EntryPath>) -> Result<Answer, Problem> {
    entries::write::<ProcedureBody>(call).await
}

/// Toglie un procedimento
///
/// Quello registrato per errore.
#[utoipa::path(tag = "procedures", params(EntryPath, crate::call::IfMatch), responses(
    (status = 204, description = "Tolto."),
))]
#[delete("/{key}")]
pub(crate) async fn remove_procedure(call: Call<EntryPath>) -> Result<Answer, Problem> {
    entries::remove::<ProcedureBody>(call).await
}

/// Scrive molti procedimenti insieme
///
/// Fino a mille, ciascuno con la sua chiave e il suo esito; quelli che ci sono già così non cambiano, quelli che ci
/// sono diversi sono sostituiti per intero, senza chiederne la versione. Il corpo è un oggetto JSON con
/// `items`, oppure un procedimento per riga (`application/x-ndjson`).
#[utoipa::path(
    tag = "procedures",
    params(ComunePath, BulkQuery, crate::call::IdempotencyKey),
    request_body(content((Procedures = "application/json"), (ProcedureLines = "application/x-ndjson"))),
    responses((status = 200, description = "Gli esiti.", body = BulkResponse))
)]
#[post("/procedures-bulk")]
pub(crate) async fn write_procedures(call: Call<ComunePath, BulkQuery>) -> Result<Answer, Problem> {
    entries::write_many::<ProcedureBody>(call).await
}

//! Requests to see acts and data, over HTTP: kept one by one or a thousand together, and the register that is published of them.

use actix_web::{delete, get, post, put};
use utoipa_actix_web::service_config::ServiceConfig;

use crate::answer::Answer;
use crate::bulk::outcomes::{BulkQuery, BulkResponse};
use crate::call::{Call, ComunePath};
use crate::entries::{self, EntriesQuery, EntryPath, Narrowed, Noun};
use crate::problem::Problem;

mod register;
mod wire;

use wire::{AccessRequestBody, AccessRequestLines, AccessRequestList, AccessRequestResponse, AccessRequests};

/// Adds the routes.
pub(crate) fn configure(config: &mut ServiceConfig) {
    config
        .service(list_access_requests)
        .service(read_access_request)
        .service(write_access_request)
        .service(remove_access_request);
}

/// Adds the routes that stand beside.
pub(crate) fn configure_beside(config: &mut ServiceConfig) {
    config.service(write_access_requests).service(register::read_access_register);
}

/// Elenca le richieste di accesso
///
/// Dalla prima arrivata, una pagina alla volta.
#[utoipa::path(tag = "access-requests", params(ComunePath, EntriesQuery), responses(
    (status = 200, description = "Una pagina di richieste.", body = AccessRequestList),
))]
#[get("")]
pub(crate) async fn list_access_requests(call: Call<ComunePath, EntriesQuery>) -> Result<Answer, Problem> {
    let permit = call.authorize(AccessRequestBody::READ)?;
    let page =
        entries::list::<AccessRequestBody, _>(&permit, Narrowed::to::<AccessRequestBody>(&permit.query));
    Answer::ok(&AccessRequestList::from(page.await?))
}

/// Legge una richiesta di accesso
///
/// Con la scadenza che risulta dalle sospensioni e, se è chiusa, i giorni che ha richiesto.
#[utoipa::path(tag = "access-requests", params(EntryPath, crate::call::IfNoneMatch), responses(
    (status = 200, description = "La richiesta.", body = AccessRequestResponse),
    (status = 304, description = "Chi chiede ha già questa versione."),
))]
#[get("/{key}")]
pub(crate) async fn read_access_request(call: Call<EntryPath>) -> Result<Answer, Problem> {
    entries::read::<AccessRequestBody>(call).await
}

/// Scrive una richiesta di accesso
///
/// La crea, o la sostituisce; mandarla due volte non cambia nulla, e per cambiarla serve `If-Match`. Non tiene dati personali: ciò che
/// nell'oggetto ha la forma di un codice fiscale, di un indirizzo di posta o di un IBAN è rifiutato, e chi la scrive bada ai nomi.
#[utoipa::path(
    tag = "access-requests",
    params(EntryPath, crate::call::Preconditions),
    request_body = AccessRequestBody,
    responses(
        (status = 200, description = "La richiesta com'è ora.", body = AccessRequestResponse),
        (status = 201, description = "La richiesta, registrata.", body = AccessRequestResponse),
    )
)]
#[put("/{key}")]
pub(crate) async fn write_access_request(call: Call<EntryPath>) -> Result<Answer, Problem> {
    entries::write::<AccessRequestBody>(call).await
}

/// Toglie una richiesta di accesso
///
/// Quella registrata per errore.
#[utoipa::path(tag = "access-requests", params(EntryPath, crate::call::IfMatch), responses(
    (status = 204, description = "Tolta."),
))]
#[delete("/{key}")]
pub(crate) async fn remove_access_request(call: Call<EntryPath>) -> Result<Answer, Problem> {
    entries::remove::<AccessRequestBody>(call).await
}

/// Scrive molte richieste di accesso insieme
///
/// Fino a mille, ciascuna con la sua chiave e il suo esito; quelle che ci sono già così non cambiano, quelle che ci
/// sono diverse sono sostituite per intero, senza chiederne la versione. Il corpo è un oggetto JSON con
/// `items`, oppure una richiesta per riga (`application/x-ndjson`).
#[utoipa::path(
    tag = "access-requests",
    params(ComunePath, BulkQuery, crate::call::IdempotencyKey),
    request_body(content((AccessRequests = "application/json"), (AccessRequestLines = "application/x-ndjson"))),
    responses((status = 200, description = "Gli esiti.", body = BulkResponse))
)]
#[post("/access-requests-bulk")]
pub(crate) async fn write_access_requests(call: Call<ComunePath, BulkQuery>) -> Result<Answer, Problem> {
    entries::write_many::<AccessRequestBody>(call).await
}

//! What users think of services, over HTTP: surveys kept one by one or a thousand together.

use actix_web::{delete, get, post, put};
use utoipa_actix_web::service_config::ServiceConfig;

use crate::answer::Answer;
use crate::bulk::outcomes::{BulkQuery, BulkResponse};
use crate::call::{Call, ComunePath};
use crate::entries::{self, EntriesQuery, EntryPath, Narrowed, Noun};
use crate::problem::Problem;

mod wire;

use wire::{SurveyBody, SurveyLines, SurveyList, SurveyResponse, Surveys};

/// Adds the routes.
pub(crate) fn configure(config: &mut ServiceConfig) {
    config.service(list_surveys).service(read_survey).service(write_survey).service(remove_survey);
}

/// Adds the routes that stand beside.
pub(crate) fn configure_beside(config: &mut ServiceConfig) {
    config.service(write_surveys);
}

/// Elenca le rilevazioni di soddisfazione
///
/// Dalla prima cominciata, una pagina alla volta.
#[utoipa::path(tag = "surveys", params(ComunePath, EntriesQuery), responses(
    (status = 200, description = "Una pagina di rilevazioni.", body = SurveyList),
))]
#[get("")]
pub(crate) async fn list_surveys(call: Call<ComunePath, EntriesQuery>) -> Result<Answer, Problem> {
    let permit = call.authorize(SurveyBody::READ)?;
    let page = entries::list::<SurveyBody, _>(&permit, Narrowed::to::<SurveyBody>(&permit.query));
    Answer::ok(&SurveyList::from(page.await?))
}

/// Legge una rilevazione di soddisfazione
///
/// Con quante risposte ha avuto ciascun punteggio.
#[utoipa::path(tag = "surveys", params(EntryPath, crate::call::IfNoneMatch), responses(
    (status = 200, description = "La rilevazione.", body = SurveyResponse),
    (status = 304, description = "Chi chiede ha già questa versione."),
))]
#[get("/{key}")]
pub(crate) async fn read_survey(call: Call<EntryPath>) -> Result<Answer, Problem> {
    entries::read::<SurveyBody>(call).await
}

/// Scrive una rilevazione di soddisfazione
///
/// La crea, o la sostituisce; mandarla due volte non cambia nulla, e per cambiarla serve `If-Match`. Le risposte sono solo contate, per
/// punteggio del giudizio complessivo: chi le ha date non si registra.
#[utoipa::path(
    tag = "surveys",
    params(EntryPath, crate::call::Preconditions),
    request_body = SurveyBody,
    responses(
        (status = 200, description = "La rilevazione com'è ora.", body = SurveyResponse),
        (status = 201, description = "La rilevazione, registrata.", body = SurveyResponse),
    )
)]
#[put("/{key}")]
pub(crate) async fn write_survey(call: Call<EntryPath>) -> Result<Answer, Problem> {
    entries::write::<SurveyBody>(call).await
}

/// Toglie una rilevazione di soddisfazione
///
/// Quella registrata per errore.
#[utoipa::path(tag = "surveys", params(EntryPath, crate::call::IfMatch), responses(
    (status = 204, description = "Tolta."),
))]
#[delete("/{key}")]
pub(crate) async fn remove_survey(call: Call<EntryPath>) -> Result<Answer, Problem> {
    entries::remove::<SurveyBody>(call).await
}

/// Scrive molte rilevazioni di soddisfazione insieme
///
/// Fino a mille, ciascuna con la sua chiave e il suo esito; quelle che ci sono già così non cambiano, quelle che ci
/// sono diverse sono sostituite per intero, senza chiederne la versione. Il corpo è un oggetto JSON con
/// `items`, oppure una rilevazione per riga (`application/x-ndjson`).
#[utoipa::path(
    tag = "surveys",
    params(ComunePath, BulkQuery, crate::call::IdempotencyKey),
    request_body(content((Surveys = "application/json"), (SurveyLines = "application/x-ndjson"))),
    responses((status = 200, description = "Gli esiti.", body = BulkResponse))
)]
#[post("/surveys-bulk")]
pub(crate) async fn write_surveys(call: Call<ComunePath, BulkQuery>) -> Result<Answer, Problem> {
    entries::write_many::<SurveyBody>(call).await
}

//! Hours of training, over HTTP: kept under pseudonyms, one by one or a thousand together, for the few who may see them; and what
//! they come to, for whoever sees registers.

use actix_web::{delete, get, post, put};
use utoipa_actix_web::service_config::ServiceConfig;

use crate::answer::Answer;
use crate::bulk::outcomes::{BulkQuery, BulkResponse};
use crate::call::{Call, ComunePath};
use crate::entries::{self, EntriesQuery, EntryPath, Narrowed, Noun};
use crate::problem::Problem;

mod figures;
mod wire;

use wire::{TrainingBody, TrainingEntries, TrainingLines, TrainingList, TrainingResponse};

/// Adds the routes.
pub(crate) fn configure(config: &mut ServiceConfig) {
    config.service(list_training).service(read_training).service(write_training).service(remove_training);
}

/// Adds the routes that stand beside.
pub(crate) fn configure_beside(config: &mut ServiceConfig) {
    config.service(write_training_entries).service(figures::read_training_figures);
}

/// Elenca la formazione delle persone
///
/// Una registrazione per persona e anno, dall'anno più vecchio, una pagina alla volta.
#[utoipa::path(tag = "training", params(ComunePath, EntriesQuery), responses(
    (status = 200, description = "Una pagina di registrazioni.", body = TrainingList),
))]
#[get("")]
pub(crate) async fn list_training(call: Call<ComunePath, EntriesQuery>) -> Result<Answer, Problem> {
    let permit = call.authorize(TrainingBody::READ)?;
    let page = entries::list::<TrainingBody, _>(&permit, Narrowed::to::<TrainingBody>(&permit.query));
    Answer::ok(&TrainingList::from(page.await?))
}

/// Legge la formazione di una persona in un anno
///
/// Di chi sia la registrazione lo sa soltanto il comune, che ha dato lo pseudonimo.
#[utoipa::path(tag = "training", params(EntryPath, crate::call::IfNoneMatch), responses(
    (status = 200, description = "La registrazione.", body = TrainingResponse),
    (status = 304, description = "Chi chiede ha già questa versione."),
))]
#[get("/{key}")]
pub(crate) async fn read_training(call: Call<EntryPath>) -> Result<Answer, Problem> {
    entries::read::<TrainingBody>(call).await
}

/// Scrive la formazione di una persona in un anno
///
/// La crea, o la sostituisce; mandarla due volte non cambia nulla, e per cambiarla serve `If-Match`. Chi non ha seguito corsi si
/// registra lo stesso, senza corsi: conta fra i dipendenti. Chi cambia struttura ha una registrazione per ciascuna. Nomi, codici
/// fiscali e indirizzi di posta sono rifiutati ovunque se ne riconosce la forma.
#[utoipa::path(
    tag = "training",
    params(EntryPath, crate::call::Preconditions),
    request_body = TrainingBody,
    responses(
        (status = 200, description = "La registrazione com'è ora.", body = TrainingResponse),
        (status = 201, description = "La registrazione, creata.", body = TrainingResponse),
    )
)]
#[put("/{key}")]
pub(crate) async fn write_training(call: Call<EntryPath>) -> Result<Answer, Problem> {
    entries::write::<TrainingBody>(call).await
}

/// Toglie la formazione di una persona in un anno
///
/// Quella registrata per errore.
#[utoipa::path(tag = "training", params(EntryPath, crate::call::IfMatch), responses(
    (status = 204, description = "Tolta."),
))]
#[delete("/{key}")]
pub(crate) async fn remove_training(call: Call<EntryPath>) -> Result<Answer, Problem> {
    entries::remove::<TrainingBody>(call).await
}

/// Scrive la formazione di molte persone insieme
///
/// Fino a mille registrazioni, ciascuna con la sua chiave e il suo esito; quelle che ci sono già così non cambiano, quelle che ci
/// sono diverse sono sostituite per intero, senza chiederne la versione. Il corpo è un
/// oggetto JSON con `items`, oppure una registrazione per riga (`application/x-ndjson`).
#[utoipa::path(
    tag = "training",
    params(ComunePath, BulkQuery, crate::call::IdempotencyKey),
    request_body(content((TrainingEntries = "application/json"), (TrainingLines = "application/x-ndjson"))),
    responses((status = 200, description = "Gli esiti.", body = BulkResponse))
)]
#[post("/training-bulk")]
pub(crate) async fn write_training_entries(call: Call<ComunePath, BulkQuery>) -> Result<Answer, Problem> {
    entries::write_many::<TrainingBody>(call).await
}

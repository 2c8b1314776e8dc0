//! Whether what must be published is, over HTTP.

use actix_web::{delete, get, post, put};
use chrono::NaiveDate;
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_actix_web::service_config::ServiceConfig;
use uuid::Uuid;

use crate::answer::Answer;
use crate::bulk::outcomes::{BulkQuery, BulkResponse};
use crate::call::{Call, ComunePath};
use crate::entries::{self, EntryPath, Narrowed, Noun};
use crate::pages::Asked;
use crate::problem::Problem;

mod wire;

use wire::{CheckBody, CheckLines, ChecksRequest, PublicationCheckList};
pub(crate) use wire::{CheckResponse, PointsBody};

/// Adds the routes.
pub(crate) fn configure(config: &mut ServiceConfig) {
    config
        .service(list_publication_checks)
        .service(read_publication_check)
        .service(write_publication_check)
        .service(remove_publication_check);
}

/// Adds the routes that stand beside.
pub(crate) fn configure_beside(config: &mut ServiceConfig) {
    config.service(write_publication_checks);
}

/// Which checks, and which page of them.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct ChecksQuery {
    /// Solo le verifiche di campagne non finite prima di questo giorno: una campagna finisce con il suo anno.
    #[serde(default, deserialize_with = "crate::day::maybe")]
    #[param(nullable = false)]
    from: Option<NaiveDate>,
    /// Solo le verifiche sullo stato di questo giorno o di uno precedente.
    #[serde(default, deserialize_with = "crate::day::maybe")]
    #[param(nullable = false)]
    to: Option<NaiveDate>,
    /// Solo le verifiche di questa struttura o di una che ne fa parte.
    #[param(nullable = false)]
    unit: Option<Uuid>,
    /// Il `next_cursor` della pagina precedente.
    #[param(nullable = false, max_length = 2000, pattern = "^[A-Za-z0-9_-]+$")]
    cursor: Option<String>,
    /// Quanti elementi al massimo.
    #[param(nullable = false, minimum = 1, maximum = 200, default = 50)]
    limit: Option<i32>,
}

/// Elenca le verifiche sulle pubblicazioni
///
/// Per giorno di cui dicono lo stato, e poi per chiave.
#[utoipa::path(tag = "transparency", params(ComunePath, ChecksQuery), responses(
    (status = 200, description = "Una pagina di verifiche.", body = PublicationCheckList),
))]
#[get("")]
pub(crate) async fn list_publication_checks(call: Call<ComunePath, ChecksQuery>) -> Result<Answer, Problem> {
    let permit = call.authorize(CheckBody::READ)?;
    let query = &permit.query;
    let narrowed = Narrowed {
        asked: Asked { list: CheckBody::LIST, cursor: query.cursor.as_ref(), limit: query.limit },
        from: query.from,
        to: query.to,
        unit: query.unit,
    };
    let page = entries::list::<CheckBody, _>(&permit, narrowed).await?;
    Answer::ok(&PublicationCheckList::from(page))
}

/// Legge una verifica sulle pubblicazioni
///
/// Per la chiave con cui è stata inviata.
#[utoipa::path(tag = "transparency", params(EntryPath, crate::call::IfNoneMatch), responses(
    (status = 200, description = "La verifica.", body = CheckResponse),
    (status = 304, description = "Chi chiede ha già questa versione."),
))]
#[get("/{key}")]
pub(crate) async fn read_publication_check(call: Call<EntryPath>) -> Result<Answer, Problem> {
    entries::read::<CheckBody>(call).await
}

/// Scrive una verifica sulle pubblicazioni
///
/// Che cosa si è trovato di un obbligo, per tutto il comune o per una struttura: i punti di ogni criterio nella scala della campagna
/// di quell'anno, se è pienamente aggiornato, o perché non si applica. La crea, se non c'è; per cambiarla serve `If-Match`.
#[utoipa::path(tag = "transparency", params(EntryPath, crate::call::Preconditions), request_body = CheckBody, responses(
    (status = 200, description = "La verifica com'è ora.", body = CheckResponse),
    (status = 201, description = "La verifica creata.", body = CheckResponse),
))]
#[put("/{key}")]
pub(crate) async fn write_publication_check(call: Call<EntryPath>) -> Result<Answer, Problem> {
    entries::write::<CheckBody>(call).await
}

/// Toglie una verifica sulle pubblicazioni
///
/// Per quelle inviate per errore: una verifica superata da un'altra resta dov'è, e non conta.
#[utoipa::path(tag = "transparency", params(EntryPath, crate::call::IfMatch), responses(
    (status = 204, description = "Tolta."),
))]
#[delete("/{key}")]
pub(crate) async fn remove_publication_check(call: Call<EntryPath>) -> Result<Answer, Problem> {
    entries::remove::<CheckBody>(call).await
}

/// Scrive molte verifiche insieme
///
/// Fino a mille, ciascuna con la sua chiave e il suo esito: quelle che ci sono già così rispondono 200 e non cambiano, quelle che
/// ci sono diverse sono sostituite per intero, senza chiederne la versione. Il corpo è un oggetto
/// JSON con `items`, oppure una verifica per riga (`application/x-ndjson`). Con `mode=atomic` un rifiuto annulla tutto.
#[utoipa::path(tag = "transparency", params(ComunePath, BulkQuery, crate::call::IdempotencyKey), request_body(
    content((ChecksRequest = "application/json"), (CheckLines = "application/x-ndjson"))
), responses(
    (status = 200, description = "Gli esiti.", body = BulkResponse),
))]
#[post("/publication-checks-bulk")]
pub(crate) async fn write_publication_checks(call: Call<ComunePath, BulkQuery>) -> Result<Answer, Problem> {
    entries::write_many::<CheckBody>(call).await
}

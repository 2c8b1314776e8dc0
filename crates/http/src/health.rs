//! Whether the service lives, whether it is ready, and what it says of itself to whoever uses it.

use actix_web::http::header;
use actix_web::{HttpResponse, get, web};
use serde::Serialize;
use serde_json::json;
use utoipa::ToSchema;
use utoipa_actix_web::service_config::ServiceConfig;

use crate::answer::Answer;
use crate::app::App;
use crate::problem::{Kind, Problem};

/// Adds the routes inside the API.
pub(crate) fn configure(config: &mut ServiceConfig) {
    config.service(read_status);
}

/// Lo stato del servizio.
#[derive(Debug, Serialize, ToSchema)]
#[schema(example = json!({"status": "ok", "version": "0.1.0"}))]
pub(crate) struct StatusResponse {
    /// `ok` quando il servizio risponde.
    #[schema(max_length = 10, pattern = "^ok$")]
    status: &'static str,
    /// La versione di queste API.
    #[schema(max_length = 20, pattern = "^[0-9]+\\.[0-9]+\\.[0-9]+$")]
    version: &'static str,
}

/// Dice lo stato del servizio
///
/// Senza token. Risponde 200 quando il servizio può lavorare, 503 quando la base dati non risponde.
#[utoipa::path(tag = "status", security(()), responses(
    (status = 200, description = "Il servizio può lavorare.", body = StatusResponse),
))]
#[get("/status")]
pub(crate) async fn read_status(app: web::Data<App>) -> Result<Answer, Problem> {
    ready(&app).await?;
    Answer::ok(&StatusResponse { status: "ok", version: env!("CARGO_PKG_VERSION") })
}

/// The process lives: nothing else is asked.
#[get("/health/live")]
pub(crate) async fn live() -> HttpResponse {
    HttpResponse::Ok().insert_header((header::CACHE_CONTROL, "no-store")).json(json!({ "status": "ok" }))
}

/// The process can work: the database answers, at the schema this program knows, and nobody has asked it to stop.
#[get("/health/ready")]
pub(crate) async fn ready_now(app: web::Data<App>) -> Result<HttpResponse, Problem> {
    if app.is_draining() {
        return Err(Problem::of(Kind::Unavailable).retry_after(5));
    }
    ready(&app).await?;
    Ok(HttpResponse::Ok().json(json!({ "status": "ok" })))
}

async fn ready(app: &App) -> Result<(), Problem> {
    let database = app.database().clone();
    let version = move || match database.schema_version() {
        // Never migrated: the database answers, and is at no version at all.
        Err(traguardo_persistence::Error::Query(_)) => Ok(String::new()),
        other => other,
    };
    let found = app.asking(version).await?;
    let wanted = traguardo_persistence::migrations::latest()?;
    // A newer schema serves an older program too: migrations expand first and contract a release later.
    if found >= wanted {
        return Ok(());
    }
    log::error!("the schema is at {found:?} and this program wants {wanted:?}: run `traguardo migrate`");
    Err(Problem::of(Kind::Unavailable).retry_after(30))
}

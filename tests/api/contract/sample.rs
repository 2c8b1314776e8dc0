//! A small API with one operation of each kind, for the rules to be tried on.

use actix_web::{HttpResponse, Responder, delete, get, post, put};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::openapi::OpenApi;
use utoipa::{IntoParams, ToSchema};
use utoipa_actix_web::service_config::ServiceConfig;

#[derive(Serialize, ToSchema)]
#[schema(example = json!({ "status": "ok" }))]
struct ServiceStatus {
    /// Lo stato.
    #[schema(max_length = 20, pattern = "^[a-z]+$")]
    status: String,
}

#[derive(Serialize, ToSchema)]
#[schema(example = json!({ "name": "Area tecnica", "version": 1, "closed_on": null }))]
struct Unit {
    /// La denominazione.
    #[schema(max_length = 200, pattern = "^.+$")]
    name: String,
    /// La versione.
    #[schema(minimum = 1, maximum = 2_147_483_647)]
    version: i32,
    /// Il giorno di chiusura.
    #[schema(format = "date", max_length = 10)]
    closed_on: Option<String>,
}

#[derive(Serialize, ToSchema)]
#[schema(example = json!({ "items": [], "next_cursor": null }))]
struct UnitPage {
    /// Le strutture della pagina.
    #[schema(max_items = 200)]
    items: Vec<Unit>,
    /// Il segno della pagina successiva.
    #[schema(max_length = 400, pattern = "^[A-Za-z0-9_-]+$")]
    next_cursor: Option<String>,
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "name": "Area tecnica", "kind": "area" }))]
struct UnitDraft {
    /// La denominazione.
    #[schema(max_length = 200, pattern = "^.+$")]
    #[expect(dead_code, reason = "only its description is published")]
    name: String,
    /// Il genere.
    #[expect(dead_code, reason = "only its description is published")]
    kind: UnitKind,
}

#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum UnitKind {
    Area,
    Office,
}

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
#[expect(dead_code, reason = "only its description is published")]
struct InComune {
    /// Il codice catastale del comune.
    #[param(pattern = "^[A-Z][0-9]{3}$", max_length = 4, example = "L454")]
    comune: String,
}

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "only its description is published")]
struct UnitFilter {
    /// Il segno di pagina.
    #[param(pattern = "^[A-Za-z0-9_-]+$", max_length = 400, nullable = false)]
    cursor: Option<String>,
    /// Quanti elementi per pagina.
    #[param(minimum = 1, maximum = 200, default = 50, nullable = false)]
    limit: Option<i32>,
}

/// Leggi lo stato
///
/// Dice se il servizio risponde.
#[utoipa::path(operation_id = "read_status", tag = "status", security(()), responses(
    (status = 200, description = "Lo stato.", body = ServiceStatus),
))]
#[get("/status")]
async fn read_status() -> impl Responder {
    HttpResponse::Ok()
}

/// Elenca le strutture
///
/// Restituisce una pagina delle strutture del comune.
#[utoipa::path(operation_id = "list_units", tag = "units", params(InComune, UnitFilter), responses(
    (status = 200, description = "Una pagina.", body = UnitPage),
))]
#[get("/comuni/{comune}/units")]
async fn list_units() -> impl Responder {
    HttpResponse::Ok()
}

/// Crea una struttura
///
/// Aggiunge una struttura al comune.
#[utoipa::path(
    operation_id = "create_unit", tag = "units", request_body = UnitDraft,
    params(InComune, ("Idempotency-Key" = Option<String>, Header)),
    responses(
        (status = 201, description = "La struttura creata.", body = Unit),
        (status = 409, description = "Il codice è già in uso."),
    ),
)]
#[post("/comuni/{comune}/units")]
async fn create_unit() -> impl Responder {
    HttpResponse::Ok()
}

/// Leggi una struttura
///
/// Restituisce una struttura del comune.
#[utoipa::path(
    operation_id = "read_unit", tag = "units",
    params(InComune, ("unit" = i64, Path, description = "Il numero della struttura.", minimum = 1, maximum = 9_007_199_254_740_991i64),
        ("If-None-Match" = Option<String>, Header)),
    responses((status = 200, description = "La struttura.", body = Unit)),
)]
#[get("/comuni/{comune}/units/{unit}")]
async fn read_unit() -> impl Responder {
    HttpResponse::Ok()
}

/// Sostituisci una struttura
///
/// Scrive la struttura per intero.
#[utoipa::path(
    operation_id = "replace_unit", tag = "units", request_body = UnitDraft,
    params(InComune, ("unit" = i64, Path, description = "Il numero della struttura.", minimum = 1, maximum = 9_007_199_254_740_991i64),
        ("If-Match" = String, Header)),
    responses((status = 200, description = "La struttura.", body = Unit)),
)]
#[put("/comuni/{comune}/units/{unit}")]
async fn replace_unit() -> impl Responder {
    HttpResponse::Ok()
}

/// Elimina una struttura
///
/// Toglie la struttura dal comune.
#[utoipa::path(
    operation_id = "remove_unit", tag = "units",
    params(InComune, ("unit" = i64, Path, description = "Il numero della struttura.", minimum = 1, maximum = 9_007_199_254_740_991i64),
        ("If-Match" = String, Header)),
    responses((status = 204, description = "Eliminata.")),
)]
#[delete("/comuni/{comune}/units/{unit}")]
async fn remove_unit() -> impl Responder {
    HttpResponse::Ok()
}

pub(crate) fn configure(config: &mut ServiceConfig) {
    config
        .service(read_status)
        .service(list_units)
        .service(create_unit)
        .service(read_unit)
        .service(replace_unit)
        .service(remove_unit);
}

mod namesake {
    use super::{HttpResponse, Responder, Serialize, ToSchema, get};

    #[derive(Serialize, ToSchema)]
    pub(super) struct Unit {
        other: bool,
    }

    /// Leggi altro
    #[utoipa::path(operation_id = "read_other", tag = "units", responses((status = 200, body = Unit)))]
    #[get("/other")]
    pub(super) async fn read_other() -> impl Responder {
        HttpResponse::Ok().json(Unit { other: true })
    }
}

/// The same API with a second struct that goes by the name of another.
pub(crate) fn configure_with_a_namesake(config: &mut ServiceConfig) {
    configure(config);
    config.service(namesake::read_other);
}

pub(crate) fn api() -> OpenApi {
    traguardo_http::document::build(configure).expect("the sample is complete")
}

pub(crate) fn document() -> Value {
    serde_json::to_value(api()).expect("the sample is JSON")
}

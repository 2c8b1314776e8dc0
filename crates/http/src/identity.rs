//! Whose token this is.

use actix_web::get;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_actix_web::service_config::ServiceConfig;
use uuid::Uuid;

use crate::answer::Answer;
use crate::call::{Call, NoPath};
use crate::problem::Problem;
use crate::words::{RoleWord, Word};

/// Adds the route.
pub(crate) fn configure(config: &mut ServiceConfig) {
    config.service(read_identity);
}

/// Chi chiama, come lo conosce il servizio.
#[derive(Debug, Serialize, ToSchema)]
#[schema(example = json!({
    "member": "0193a5c0-0000-7000-8000-000000000003", "comune": "L454", "roles": ["segretario"], "requests_a_minute": 6000
}))]
pub(crate) struct IdentityResponse {
    /// Il membro.
    member: Uuid,
    /// Il suo comune; `Z000` è la piattaforma.
    #[schema(max_length = 4, pattern = "^[A-Z][0-9]{3}$")]
    comune: String,
    /// I ruoli con cui agisce.
    #[schema(min_items = 0, max_items = 14)]
    roles: Vec<RoleWord>,
    /// La struttura di cui risponde o in cui lavora.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    unit: Option<Uuid>,
    /// Quante richieste può fare in un minuto.
    #[schema(minimum = 1, maximum = 2_147_483_647)]
    requests_a_minute: i32,
}

/// Dice chi è chi chiama
///
/// Il membro, il comune e i ruoli che valgono per questo token, e il limite di richieste.
#[utoipa::path(tag = "tokens", responses((status = 200, description = "Chi chiama.", body = IdentityResponse)))]
#[get("/identity")]
pub(crate) async fn read_identity(call: Call<NoPath>) -> Result<Answer, Problem> {
    call.query()?;
    let actor = call.actor();
    Answer::ok(&IdentityResponse {
        member: actor.member,
        comune: actor.comune.to_string(),
        roles: actor.roles.iter().copied().map(Word).collect(),
        unit: actor.unit.map(|unit| unit.0),
        requests_a_minute: i32::try_from(call.app().settings().requests_a_minute).unwrap_or(i32::MAX),
    })
}

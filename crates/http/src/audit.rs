//! The audit trail over HTTP.

use actix_web::get;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use traguardo_domain::access::Action;
use traguardo_domain::audit::Entry;
use traguardo_domain::{FaultKind, Vocabulary as _};
use traguardo_persistence::audit::{self, NewestFirst};
use utoipa::{IntoParams, ToSchema};
use utoipa_actix_web::service_config::ServiceConfig;
use uuid::Uuid;

use crate::answer::Answer;
use crate::call::{Call, ComunePath};
use crate::pages::{Asked, listing};
use crate::problem::Problem;
use crate::query::refused;
use crate::words::ObjectKindWord;

/// Adds the routes of the audit trail.
pub(crate) fn configure(config: &mut ServiceConfig) {
    config.service(list_audit_entries);
}

/// Una voce del registro: che cosa è stato fatto, da chi, a che cosa.
#[derive(Debug, Serialize, ToSchema)]
#[schema(example = json!({
    "seq": 1, "at": "2026-01-31T09:00:00.000000Z", "actor": "member", "member": "0193a5c0-0000-7000-8000-000000000003",
    "action": "edit_plans", "object": "plan", "object_id": "0193a5c0-0000-7000-8000-000000000002",
    "after": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08", "request_id": "0193a5c0-0000-7000-8000-000000000009",
    "previous": "0000000000000000000000000000000000000000000000000000000000000000",
    "digest": "60303ae22b998861bce3b28f33eec1be758a213c86c93c076dbe9f558c11c752"
}))]
pub(crate) struct AuditEntry {
    /// Numero della voce nel registro del comune, da 1 e senza salti.
    #[schema(minimum = 1, maximum = 9_223_372_036_854_775_807_i64)]
    seq: i64,
    /// Quando.
    at: DateTime<Utc>,
    /// `member`, oppure `operator` o `service` quando agisce il servizio.
    #[schema(max_length = 20, pattern = "^[a-z]+$")]
    actor: String,
    /// Quale membro.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    member: Option<Uuid>,
    /// L'azione permessa.
    #[schema(max_length = 60, pattern = "^[a-z_]+$")]
    action: String,
    /// Il tipo di oggetto toccato.
    #[schema(max_length = 40, pattern = "^[a-z_]+$")]
    object: String,
    /// Quale oggetto.
    #[schema(max_length = 100, pattern = "^.*\\S.*$")]
    object_id: String,
    /// SHA-256 dello stato prima; assente se l'oggetto è stato creato.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, max_length = 64, pattern = "^[0-9a-f]{64}$")]
    before: Option<String>,
    /// SHA-256 dello stato dopo; assente se l'oggetto è stato cancellato.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, max_length = 64, pattern = "^[0-9a-f]{64}$")]
    after: Option<String>,
    /// La richiesta, come nei registri del servizio.
    #[schema(max_length = 64, pattern = "^[A-Za-z0-9-]*$")]
    request_id: String,
    /// SHA-256 della voce precedente.
    #[schema(max_length = 64, pattern = "^[0-9a-f]{64}$")]
    previous: String,
    /// SHA-256 di questa voce, precedente compresa.
    #[schema(max_length = 64, pattern = "^[0-9a-f]{64}$")]
    digest: String,
}

listing! {
    /// Una pagina del registro, dalla voce più recente.
    AuditEntryList of AuditEntry
}

/// Which entries to read.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct AuditQuery {
    /// Solo le voci su questo tipo di oggetto.
    #[param(inline, nullable = false)]
    object: Option<ObjectKindWord>,
    /// Solo le voci su questo oggetto.
    #[param(nullable = false, max_length = 100, pattern = "^[A-Za-z0-9-]+$")]
    object_id: Option<String>,
    /// Solo le voci di questo membro.
    #[param(nullable = false)]
    member: Option<Uuid>,
    /// Il `next_cursor` della pagina precedente.
    #[param(nullable = false, max_length = 2000, pattern = "^[A-Za-z0-9_-]+$")]
    cursor: Option<String>,
    /// Quanti elementi al massimo.
    #[param(nullable = false, minimum = 1, maximum = 200, default = 50)]
    limit: Option<i32>,
}

impl From<Entry> for AuditEntry {
    fn from(entry: Entry) -> Self {
        Self {
            seq: entry.seq,
            at: entry.at,
            actor: entry.actor,
            member: entry.member,
            action: entry.action,
            object: entry.object,
            object_id: entry.object_id,
            before: entry.before.map(|digest| digest.to_string()),
            after: entry.after.map(|digest| digest.to_string()),
            request_id: entry.request_id,
            previous: entry.previous.to_string(),
            digest: entry.digest.to_string(),
        }
    }
}

/// Legge il registro delle scritture
///
/// Ogni scrittura nel comune, dalla più recente. Ogni voce contiene l'impronta della precedente: chi conserva una voce può
/// verificare che nessuna prima di lei sia cambiata.
#[utoipa::path(tag = "audit", params(ComunePath, AuditQuery), responses(
    (status = 200, description = "Una pagina del registro.", body = AuditEntryList),
))]
#[get("/audit")]
pub(crate) async fn list_audit_entries(call: Call<ComunePath, AuditQuery>) -> Result<Answer, Problem> {
    let permit = call.authorize(Action::ReadAudit)?;
    let query = &permit.query;
    let asked = Asked { list: "audit", cursor: query.cursor.as_ref(), limit: query.limit };
    let request = asked.page(NewestFirst)?;
    let harmless = |id: &String| id.len() <= 100 && !id.contains('\0');
    if !query.object_id.as_ref().is_none_or(harmless) {
        return Err(refused(FaultKind::Malformed, "object_id", "L'identificativo di un oggetto."));
    }
    let filter = audit::Filter {
        object: query.object.map(|object| object.0.word().to_owned()),
        object_id: query.object_id.clone(),
        member: query.member,
    };
    let page = permit.tenant(move |tx| Ok(audit::list(tx, &filter, &request)?)).await?;
    Answer::ok(&AuditEntryList::from(asked.answer(&permit.app, &permit.request, page, AuditEntry::from)))
}

//! Secrets of clients over HTTP.

use actix_web::{HttpRequest, get, post};
use aws_lc_rs::rand::{SecureRandom as _, SystemRandom};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use traguardo_domain::Violation;
use traguardo_domain::access::Action;
use traguardo_domain::member::{Secret, SecretDraft};
use traguardo_persistence::{TenantTx, secrets};
use utoipa::{IntoParams, ToSchema};
use utoipa_actix_web::service_config::ServiceConfig;
use uuid::Uuid;
use validator::Validate;

use crate::answer::Answer;
use crate::call::{Call, Key, PathOf, segment};
use crate::keyed::Confidence;
use crate::members::{self, MemberPath};
use crate::oauth::{client_id, hashed};
use crate::problem::{Kind, Problem};

/// Adds the routes of secrets.
pub(crate) fn configure(config: &mut ServiceConfig) {
    config.service(list_secrets).service(issue_secret).service(revoke_secret);
}

/// What a path to a secret names.
#[derive(IntoParams)]
#[into_params(parameter_in = Path)]
pub(crate) struct SecretPath {
    /// Codice catastale del comune; `Z000` per la piattaforma.
    #[param(value_type = String, pattern = "^[A-Z][0-9]{3}$", max_length = 4, example = "L454")]
    #[expect(dead_code, reason = "documents the segment that the call reads itself")]
    comune: (),
    /// Identificativo del membro, oppure `ext:` seguito dalla chiave esterna.
    #[param(value_type = String, pattern = "^(ext:[A-Za-z0-9._:~@+-]+|[0-9a-fA-F-]{36})$", max_length = 104, example = "ext:ERP")]
    member: Key,
    /// Identificativo del segreto.
    credential: Uuid,
}

impl PathOf for SecretPath {
    fn read(request: &HttpRequest) -> Option<Self> {
        let member = Key::parse(segment(request, "member")?)?;
        Some(Self { comune: (), member, credential: segment(request, "credential")?.parse().ok()? })
    }
}

/// La richiesta di un segreto: non dice nulla.
#[derive(Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({}))]
pub(crate) struct NewSecret {}

/// Un segreto, senza il segreto.
#[derive(Debug, Serialize, ToSchema)]
#[schema(example = json!({
    "id": "0193a5c0-0000-7000-8000-000000000004", "created_at": "2026-01-01T00:00:00Z", "expires_at": "2027-01-01T00:00:00Z"
}))]
pub(crate) struct SecretResponse {
    /// Identificativo.
    id: Uuid,
    /// Quando è stato dato.
    created_at: DateTime<Utc>,
    /// Quando finisce da sé.
    expires_at: DateTime<Utc>,
    /// Quando è stato revocato.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    revoked_at: Option<DateTime<Utc>>,
}

/// Un segreto appena dato: è l'unica volta che si vede.
#[derive(Debug, Serialize, ToSchema)]
#[schema(example = json!({
    "id": "0193a5c0-0000-7000-8000-000000000004", "client_id": "L454.0193a5c0-0000-7000-8000-000000000003",
    "client_secret": "trg_b0dqXo3JmSxWvTn5kH6yLd2RfPzQe8UaIcVgMtK1wEs", "expires_at": "2027-01-01T00:00:00Z"
}))]
pub(crate) struct IssuedSecret {
    /// Identificativo.
    id: Uuid,
    /// Con questo il programma si presenta all'emissione dei token.
    #[schema(max_length = 60, pattern = "^[A-Z][0-9]{3}\\.[0-9a-f-]{36}$")]
    client_id: String,
    /// Il segreto.
    #[schema(max_length = 60, pattern = "^trg_[A-Za-z0-9_-]{43}$")]
    client_secret: String,
    /// Quando finisce da sé.
    expires_at: DateTime<Utc>,
}

/// I segreti di un programma.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SecretList {
    /// Dal più recente, al massimo cinquanta.
    #[schema(min_items = 0, max_items = 50)]
    items: Vec<SecretResponse>,
}

impl From<Secret> for SecretResponse {
    fn from(secret: Secret) -> Self {
        Self {
            id: secret.id,
            created_at: secret.created_at,
            expires_at: secret.expires_at,
            revoked_at: secret.revoked_at,
        }
    }
}

/// Elenca i segreti di un programma
///
/// Quando sono stati dati e quando finiscono; mai il segreto.
#[utoipa::path(tag = "members", params(MemberPath), responses(
    (status = 200, description = "I segreti.", body = SecretList),
))]
#[get("/{member}/secrets")]
pub(crate) async fn list_secrets(call: Call<MemberPath>) -> Result<Answer, Problem> {
    let permit = call.authorize(Action::ReadMembers)?;
    let key = permit.path.member.clone();
    let work = move |tx: &mut TenantTx<'_>| {
        let member = members::look_up(tx, &key)?.ok_or(Violation::NotFound)?;
        Ok(secrets::list(tx, member.id)?)
    };
    let items = permit.tenant(work).await?.into_iter().map(SecretResponse::from).collect();
    Answer::ok(&SecretList { items })
}

/// Dà un segreto a un programma
///
/// Il segreto si vede solo in questa risposta (e in quelle della stessa `Idempotency-Key`). Un programma ne ha al massimo due validi
/// insieme, per cambiarlo senza interruzione.
#[utoipa::path(tag = "members", params(MemberPath, crate::call::IdempotencyKey), request_body = NewSecret, responses(
    (status = 201, description = "Il segreto.", body = IssuedSecret),
))]
#[post("/{member}/secrets")]
pub(crate) async fn issue_secret(call: Call<MemberPath>) -> Result<Answer, Problem> {
    let permit = call.authorize(Action::KeepMembers)?;
    let (key, id, comune) = (permit.path.member.clone(), permit.app.new_id(), permit.grant.comune());
    let base = permit.link(&format!("/v1/comuni/{comune}/members"));
    let app = permit.app.clone();
    let received = permit.receive::<NewSecret>().await?;
    let plain = random_secret()?;
    let attempt = plain.clone();
    let verifier = app.hashing(move || hashed(&attempt)).await??;
    let work = move |tx: &mut TenantTx<'_>, _: NewSecret| {
        let member = members::look_up(tx, &key)?.ok_or(Violation::NotFound)?;
        let now = tx.occasion().at;
        let existing = secrets::valid(tx, member.id, now)?;
        let secret = member.new_secret(SecretDraft { id, verifier, now }, &existing, tx.grant())?;
        secrets::insert(tx, &secret)?;
        let issued = IssuedSecret {
            id,
            client_id: client_id(comune, member.id),
            client_secret: plain,
            expires_at: secret.expires_at,
        };
        Answer::created_without_version(format!("{base}/{}/secrets/{id}", member.id.0), &issued)
    };
    received.run(Confidence::Sealed, work).await
}

/// Revoca un segreto
///
/// Da subito non dà più token. Quelli già dati durano al massimo dieci minuti: per finirli prima si revoca il programma. Revocarlo due
/// volte non cambia nulla.
#[utoipa::path(tag = "members", params(SecretPath), responses(
    (status = 200, description = "Il segreto, revocato.", body = SecretResponse),
))]
#[post("/{member}/secrets/{credential}/revocation")]
pub(crate) async fn revoke_secret(call: Call<SecretPath>) -> Result<Answer, Problem> {
    let permit = call.authorize(Action::KeepMembers)?;
    let (key, id) = (permit.path.member.clone(), permit.path.credential);
    let work = move |tx: &mut TenantTx<'_>| {
        let member = members::look_up(tx, &key)?.ok_or(Violation::NotFound)?;
        let before = secrets::look_up(tx, member.id, id)?.ok_or(Violation::NotFound)?;
        let after = before.revoke(tx.occasion().at);
        if after == before {
            tx.leave_unchanged();
        } else {
            secrets::revoke(tx, &before, &after)?;
        }
        Answer::ok(&SecretResponse::from(after))
    };
    permit.tenant(work).await
}

/// 256 bits of the system's randomness, with a prefix that scanners of leaked secrets can know it by.
fn random_secret() -> Result<String, Problem> {
    let mut bytes = [0_u8; 32];
    SystemRandom::new().fill(&mut bytes).map_err(|_| {
        log::error!("the system gives no randomness");
        Problem::of(Kind::Internal)
    })?;
    Ok(format!("trg_{}", URL_SAFE_NO_PAD.encode(bytes)))
}

//! Seals as they travel.

use chrono::{DateTime, Utc};
use serde::Serialize;
use traguardo_domain::act::Act;
use traguardo_persistence::versions::Sealed;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::transitions::ActBody;

/// Il sigillo di una versione approvata.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Seal, example = json!({
    "plan": "0193a5c0-0000-7000-8000-000000000002", "number": 1, "sealed_at": "2025-01-31T10:00:00Z", "algorithm": "sha-256",
    "canonical_form": "rfc8785", "digest": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08", "size": 1024,
    "act": {"kind": "giunta_resolution", "number": "12", "date": "2025-01-31"}
}))]
pub(crate) struct SealResponse {
    /// Il piano.
    plan: Uuid,
    /// Il numero della versione.
    #[schema(minimum = 1, maximum = 2_147_483_647)]
    number: i32,
    /// Quando è stata sigillata.
    sealed_at: DateTime<Utc>,
    /// L'algoritmo dell'impronta.
    #[schema(max_length = 20, pattern = "^[a-z0-9-]+$")]
    algorithm: &'static str,
    /// La forma canonica su cui è calcolata: membri in ordine, senza spazi (RFC 8785). È quella in cui il documento è servito.
    #[schema(max_length = 20, pattern = "^[a-z0-9-]+$")]
    canonical_form: &'static str,
    /// L'impronta.
    #[schema(max_length = 64, pattern = "^[0-9a-f]{64}$")]
    digest: String,
    /// I byte del documento.
    #[schema(minimum = 1, maximum = 2_147_483_647)]
    size: i32,
    /// L'atto.
    #[schema(value_type = ActBody)]
    act: Act,
    /// Il motivo della variazione, dalla seconda in poi.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, max_length = 4000, pattern = "^[\\s\\S]+$")]
    reason: Option<String>,
}

/// Le versioni approvate di un piano, dall'ultima.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SealList {
    /// I sigilli.
    #[schema(min_items = 0, max_items = 10_000)]
    pub(super) items: Vec<SealResponse>,
}

/// Se un documento è una versione pubblicata di un piano.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = SealCheck, example = json!({"matches": false, "digest": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"}))]
pub(crate) struct SealCheckResponse {
    /// Se lo è.
    pub(super) matches: bool,
    /// L'impronta del documento inviato.
    #[schema(max_length = 64, pattern = "^[0-9a-f]{64}$")]
    pub(super) digest: String,
    /// Il sigillo che corrisponde.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub(super) seal: Option<SealResponse>,
}

impl From<Sealed> for SealResponse {
    fn from(sealed: Sealed) -> Self {
        Self {
            plan: sealed.plan.0,
            number: sealed.number,
            sealed_at: sealed.sealed_at,
            algorithm: "sha-256",
            canonical_form: "rfc8785",
            digest: sealed.digest.to_string(),
            size: sealed.size,
            act: sealed.act,
            reason: sealed.reason,
        }
    }
}

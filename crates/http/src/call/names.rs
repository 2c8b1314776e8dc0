//! What paths and headers name: comuni, objects by our id or by the caller's own key, versions, keys of retries.

use actix_web::HttpRequest;
use traguardo_domain::fault::{FaultKind, Refused};
use traguardo_domain::text::ExternalId;
use traguardo_domain::version::NamedBy;
use utoipa::IntoParams;
use uuid::Uuid;

use crate::call::PathOf;

/// An object as a path names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Key {
    /// By the id it has here.
    Ours(Uuid),
    /// By the key it has in the caller's own program.
    Theirs(ExternalId),
}

impl Key {
    pub(crate) fn parse(segment: &str) -> Option<Self> {
        match segment.strip_prefix("ext:") {
            Some(external_id) => ExternalId::parse(external_id).ok().map(Self::Theirs),
            None => segment.parse().ok().map(Self::Ours),
        }
    }

    pub(crate) const fn named_by(&self) -> NamedBy {
        match self {
            Self::Ours(_) => NamedBy::OurId,
            Self::Theirs(_) => NamedBy::TheirKey,
        }
    }

    pub(crate) const fn theirs(&self) -> Option<&ExternalId> {
        match self {
            Self::Ours(_) => None,
            Self::Theirs(external_id) => Some(external_id),
        }
    }

    /// The external id of an object put, when path and body agree on it: the body may leave it to the path.
    pub(crate) fn agree(
        in_path: Option<&ExternalId>,
        in_body: Option<&str>,
    ) -> Result<Option<ExternalId>, Refused> {
        let in_body = in_body.map(ExternalId::parse).transpose()?;
        match (in_path, in_body) {
            (Some(path), Some(body)) if *path != body => {
                Err(Refused::new(FaultKind::Inconsistent, "La chiave esterna non è quella del percorso."))
            }
            (Some(path), _) => Ok(Some(path.clone())),
            (None, body) => Ok(body),
        }
    }
}

/// A path that names a comune and nothing below it.
#[derive(IntoParams)]
#[into_params(parameter_in = Path)]
pub(crate) struct ComunePath {
    /// Codice catastale del comune.
    #[param(value_type = String, pattern = "^[A-Z][0-9]{3}$", max_length = 4, example = "L454")]
    #[expect(dead_code, reason = "documents the segment that the call reads itself")]
    comune: (),
}

impl PathOf for ComunePath {
    fn read(_: &HttpRequest) -> Option<Self> {
        Some(Self { comune: () })
    }
}

/// A path that names nothing.
pub(crate) struct NoPath;

impl PathOf for NoPath {
    fn read(_: &HttpRequest) -> Option<Self> {
        Some(Self)
    }
}

/// Documents `Idempotency-Key`.
#[derive(IntoParams)]
#[into_params(parameter_in = Header)]
#[expect(dead_code, reason = "documents a header; nothing builds it")]
pub(crate) struct IdempotencyKey {
    /// Chiave della richiesta: ripetendola entro 72 ore si riceve la stessa risposta e l'effetto avviene una volta sola.
    #[param(
        rename = "Idempotency-Key",
        nullable = false,
        min_length = 1,
        max_length = 255,
        pattern = "^[ -~]+$"
    )]
    idempotency_key: Option<String>,
}

/// Documents `If-Match`.
#[derive(IntoParams)]
#[into_params(parameter_in = Header)]
#[expect(dead_code, reason = "documents a header; nothing builds it")]
pub(crate) struct IfMatch {
    /// L'ETag della versione letta, oppure `*` per qualunque versione. Obbligatorio per cambiare ciò che esiste.
    #[param(rename = "If-Match", nullable = false, max_length = 200, pattern = "^(\\*|.*\".*\".*)$")]
    if_match: Option<String>,
}

/// Documents `If-None-Match` on a read.
#[derive(IntoParams)]
#[into_params(parameter_in = Header)]
#[expect(dead_code, reason = "documents a header; nothing builds it")]
pub(crate) struct IfNoneMatch {
    /// L'ETag che si ha già: se la risorsa è ancora quella si riceve 304.
    #[param(rename = "If-None-Match", nullable = false, max_length = 200, pattern = "^(\\*|.*\".*\".*)$")]
    if_none_match: Option<String>,
}

/// Documents the two preconditions of a PUT.
#[derive(IntoParams)]
#[into_params(parameter_in = Header)]
#[expect(dead_code, reason = "documents headers; nothing builds it")]
pub(crate) struct Preconditions {
    /// L'ETag della versione letta, oppure `*` per qualunque versione. Obbligatorio per cambiare ciò che esiste.
    #[param(rename = "If-Match", nullable = false, max_length = 200, pattern = "^(\\*|.*\".*\".*)$")]
    if_match: Option<String>,
    /// `*` per creare soltanto, e ricevere 412 se la risorsa esiste.
    #[param(rename = "If-None-Match", nullable = false, max_length = 200, pattern = "^(\\*|.*\".*\".*)$")]
    if_none_match: Option<String>,
}

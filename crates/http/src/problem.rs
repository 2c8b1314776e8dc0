//! Every refusal a caller can meet, in one file: which rule, which status, which stable type, which Italian words.
//!
//! The kinds and their pages stand in [`catalogue`]; how a violation of the domain becomes one stands in `refusal`.

use std::fmt;

use actix_web::http::{StatusCode, header};
use actix_web::{HttpResponse, ResponseError};
use serde::Serialize;
use traguardo_domain::{Fault, FaultKind, Version, Vocabulary as _};
use traguardo_persistence::Error as PersistenceError;
use utoipa::ToSchema;

pub mod catalogue;
mod refusal;

pub use catalogue::Kind;

/// How many faults an answer lists; whoever sent more mends these first.
const MOST_FAULTS: usize = 1_000;

/// A refusal, on its way to the caller.
#[derive(Debug, Clone)]
pub struct Problem {
    kind: Kind,
    detail: Option<String>,
    faults: Vec<Fault>,
    current: Option<Version>,
    retry_after: Option<u64>,
    oauth: Option<&'static str>,
}

/// What went wrong (RFC 9457).
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Problem)]
pub(crate) struct ProblemBody {
    /// Indirizzo stabile del genere di rifiuto; la pagina lo spiega.
    #[serde(rename = "type")]
    #[schema(max_length = 200, format = "uri-reference", example = "/problems/invalid")]
    kind: String,
    /// Il rifiuto in poche parole.
    #[schema(max_length = 200, pattern = "^.+$", example = "Dati non validi")]
    title: String,
    /// Lo stato HTTP.
    #[schema(minimum = 400, maximum = 599, example = 422)]
    status: i32,
    /// Che cosa è successo questa volta.
    #[schema(max_length = 2000, pattern = "^[\\s\\S]*$", example = "Un valore non è valido.")]
    detail: String,
    /// La richiesta, con l'identificativo che sta anche nei registri.
    #[schema(max_length = 200, format = "uri-reference", example = "urn:traguardo:request:0190")]
    instance: String,
    /// Gli errori nei dati inviati, tutti insieme.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(min_items = 0, max_items = 1000)]
    errors: Vec<FaultBody>,
    /// Il codice che la RFC 6749 assegna all'errore; solo dall'emissione dei token.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, max_length = 40, pattern = "^[a-z_]+$")]
    error: Option<&'static str>,
}

/// One fault in what was sent.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Fault)]
pub(crate) struct FaultBody {
    /// Dove: un puntatore JSON (RFC 6901) nei dati inviati, oppure il nome del parametro o dell'intestazione.
    #[schema(max_length = 1000, pattern = "^[\\s\\S]*$", example = "/code")]
    pointer: String,
    /// Che cosa non va.
    #[schema(max_length = 2000, pattern = "^[\\s\\S]*$", example = "Al massimo 40 caratteri.")]
    detail: String,
    /// Il genere di errore, stabile.
    #[serde(rename = "type")]
    #[schema(max_length = 40, pattern = "^[a-z_]+$", example = "out_of_bounds")]
    kind: &'static str,
}

impl Problem {
    /// A refusal of this kind, in the words of the catalogue.
    #[must_use]
    pub const fn of(kind: Kind) -> Self {
        Self { kind, detail: None, faults: Vec::new(), current: None, retry_after: None, oauth: None }
    }

    /// The same, saying what happened this time.
    #[must_use]
    pub fn because(mut self, detail: impl Into<String>) -> Self {
        self.detail = Some(detail.into());
        self
    }

    /// The same, saying in how many seconds to try again.
    #[must_use]
    pub const fn retry_after(mut self, seconds: u64) -> Self {
        self.retry_after = Some(seconds);
        self
    }

    /// The same, with the code RFC 6749 gives it.
    #[must_use]
    pub const fn with_oauth_code(mut self, code: &'static str) -> Self {
        self.oauth = Some(code);
        self
    }

    /// A refusal of what was sent, fault by fault.
    #[must_use]
    pub fn invalid(faults: Vec<Fault>) -> Self {
        Self { faults, ..Self::of(Kind::Invalid) }
    }

    /// The same refusal with these faults.
    #[must_use]
    pub fn with_faults(mut self, faults: Vec<Fault>) -> Self {
        self.faults = faults;
        self
    }

    /// Its kind.
    #[must_use]
    pub const fn kind(&self) -> Kind {
        self.kind
    }

    /// The same refusal of something that stands below a place.
    #[must_use]
    pub(crate) fn below(mut self, place: &str) -> Self {
        for fault in &mut self.faults {
            fault.pointer.insert_str(0, place);
        }
        self
    }

    /// Its faults below a place; one that says what it is when it has none.
    #[must_use]
    pub(crate) fn as_faults(&self, place: &str) -> Vec<Fault> {
        let entry = self.kind.entry();
        if self.faults.is_empty() {
            let words = self.detail.clone().unwrap_or_else(|| entry.explanation.to_owned());
            let detail = format!("{} ({}): {words}", entry.title, entry.slug);
            return vec![Fault { pointer: place.to_owned(), kind: FaultKind::Inconsistent, detail }];
        }
        self.clone().below(place).faults
    }

    /// What the caller reads of it.
    pub(crate) fn body(&self, request_id: &str) -> ProblemBody {
        let entry = self.kind.entry();
        ProblemBody {
            kind: format!("/problems/{}", entry.slug),
            title: entry.title.to_owned(),
            status: i32::from(entry.status),
            detail: self.detail.clone().unwrap_or_else(|| entry.explanation.to_owned()),
            instance: format!("urn:traguardo:request:{request_id}"),
            errors: self.faults.iter().take(MOST_FAULTS).map(FaultBody::from).collect(),
            error: self.oauth,
        }
    }

    /// The answer, naming the request it refuses.
    #[must_use]
    pub fn to_response(&self, request_id: &str) -> HttpResponse {
        let mut response = HttpResponse::build(self.status_code());
        if let Some(version) = self.current {
            response.insert_header((header::ETAG, crate::precondition::etag(version)));
        }
        if let Some(seconds) = self.retry_after {
            response.insert_header((header::RETRY_AFTER, seconds.to_string()));
        }
        if self.kind == Kind::Unauthorized {
            response.insert_header((header::WWW_AUTHENTICATE, "Bearer realm=\"traguardo\""));
        }
        if matches!(self.kind, Kind::BodyTimeout | Kind::TooLarge) {
            // What is left of the body is not waited for.
            response.force_close();
        }
        response.insert_header((header::CONTENT_TYPE, "application/problem+json"));
        match serde_json::to_vec(&self.body(request_id)) {
            Ok(bytes) => response.body(bytes),
            Err(_) => response.finish(),
        }
    }
}

impl ProblemBody {
    /// The HTTP status it says.
    pub(crate) const fn status(&self) -> i32 {
        self.status
    }
}

impl From<&Fault> for FaultBody {
    fn from(fault: &Fault) -> Self {
        // As long as the document says: a caller's own text comes back here, and may be as long as its body.
        let cut = |text: &str, most: usize| text.chars().take(most).collect();
        Self {
            pointer: cut(&fault.pointer, 1_000),
            detail: cut(&fault.detail, 2_000),
            kind: fault.kind.word(),
        }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.kind.entry().slug)
    }
}

impl ResponseError for Problem {
    fn status_code(&self) -> StatusCode {
        StatusCode::from_u16(self.kind.entry().status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
    }

    fn error_response(&self) -> HttpResponse {
        let mut response = self.to_response("");
        // The envelope names the request, which an error alone does not know; it finds the refusal here.
        response.extensions_mut().insert(self.clone());
        response
    }
}

impl From<PersistenceError> for Problem {
    fn from(error: PersistenceError) -> Self {
        match error {
            PersistenceError::Violation(violation) => violation.into(),
            PersistenceError::Unavailable(cause) => {
                log::warn!("the database is unavailable: {cause}");
                Self::of(Kind::Unavailable).retry_after(1)
            }
            PersistenceError::Inconsistent(cause) | PersistenceError::Setup(cause) => {
                log::error!("{cause}");
                Self::of(Kind::Internal)
            }
            PersistenceError::Query(cause) => {
                log::error!("a query failed: {cause}");
                Self::of(Kind::Internal)
            }
        }
    }
}

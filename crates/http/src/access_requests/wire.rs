//! Requests of access as they travel.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use traguardo_documents::Reader;
use traguardo_documents::context::UnitNames;
use traguardo_domain::access_request::{
    AccessKind, AccessOutcome, AccessRequest, AccessReviewOutcome, Closing, Review,
};
use traguardo_domain::register::Kept;
use traguardo_domain::text::{ExternalId, Line};
use utoipa::ToSchema;
use uuid::Uuid;
use validator::Validate;

use crate::entries::{Noun, many};
use crate::pages::listing;
use crate::suspensions::{self, SuspensionBody};
use crate::words::Word;

/// By which right something is asked.
pub(super) type AccessKindWord = Word<AccessKind>;
/// What became of a request.
pub(super) type AccessOutcomeWord = Word<AccessOutcome>;
/// What became of a re-examination.
pub(super) type AccessReviewOutcomeWord = Word<AccessReviewOutcome>;

/// Come e quando una richiesta è stata chiusa.
#[derive(Debug, Clone, Copy, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"on": "2025-03-28", "outcome": "granted"}))]
pub(crate) struct AccessClosing {
    /// Il giorno.
    #[serde(deserialize_with = "crate::day::one")]
    #[schema(example = "2025-03-28")]
    on: NaiveDate,
    /// L'esito.
    outcome: AccessOutcomeWord,
}

/// Come e quando è stato deciso un riesame.
#[derive(Debug, Clone, Copy, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"on": "2025-04-22", "outcome": "confirmed"}))]
pub(crate) struct AccessReviewClosing {
    /// Il giorno.
    #[serde(deserialize_with = "crate::day::one")]
    #[schema(example = "2025-04-22")]
    on: NaiveDate,
    /// L'esito.
    outcome: AccessReviewOutcomeWord,
}

/// Il riesame di una richiesta di accesso civico: il termine è di venti giorni.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"asked": "2025-04-04", "closed": {"on": "2025-04-22", "outcome": "confirmed"}}))]
pub(crate) struct AccessReviewBody {
    /// Il giorno in cui è stato chiesto.
    #[serde(deserialize_with = "crate::day::one")]
    #[schema(example = "2025-04-04")]
    asked: NaiveDate,
    /// Le sospensioni del suo termine.
    #[schema(nullable = false, min_items = 0, max_items = 50)]
    suspensions: Option<Vec<SuspensionBody>>,
    /// Come è stato deciso; assente finché è aperto.
    #[schema(nullable = false)]
    closed: Option<AccessReviewClosing>,
}

/// Una richiesta di accesso, senza dati di chi la fa.
#[derive(Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "kind": "generalised", "object": "Spese per manifestazioni 2022-2024", "received": "2025-02-20",
    "suspensions": [{"from": "2025-03-03", "until": "2025-03-13", "reason": "counter_interested"}],
    "closed": {"on": "2025-03-28", "outcome": "partly"},
    "review": {"asked": "2025-04-04", "closed": {"on": "2025-04-22", "outcome": "confirmed"}}
}))]
pub(crate) struct AccessRequestBody {
    /// La chiave della richiesta nel programma che la tiene, come il numero di protocollo con `-` al posto di `/`. Da sola la dice il percorso; fra molte serve.
    #[schema(
        nullable = false,
        min_length = 1,
        max_length = 100,
        pattern = "^[A-Za-z0-9][A-Za-z0-9._:~@+-]*$"
    )]
    #[validate(length(min = 1, max = 100))]
    key: Option<String>,
    /// Il tipo di accesso.
    kind: AccessKindWord,
    /// Che cosa si chiede, senza dati personali: è ciò che si pubblica.
    #[schema(
        min_length = 1,
        max_length = 500,
        pattern = "^.*\\S.*$",
        example = "Spese per manifestazioni 2022-2024"
    )]
    #[validate(length(min = 1, max = 500))]
    object: String,
    /// Il giorno in cui è arrivata.
    #[serde(deserialize_with = "crate::day::one")]
    #[schema(example = "2025-02-20")]
    received: NaiveDate,
    /// Le sospensioni del termine.
    #[schema(nullable = false, min_items = 0, max_items = 50)]
    suspensions: Option<Vec<SuspensionBody>>,
    /// Come è stata chiusa; assente finché è aperta.
    #[schema(nullable = false)]
    closed: Option<AccessClosing>,
    /// Il riesame, se è stato chiesto.
    #[schema(nullable = false)]
    review: Option<AccessReviewBody>,
    /// La struttura che risponde: identificativo, oppure `ext:` seguito dalla chiave esterna.
    #[schema(
        nullable = false,
        max_length = 104,
        pattern = "^(ext:[A-Za-z0-9._:~@+-]+|[0-9a-fA-F-]{36})$",
        example = "ext:AREA-1"
    )]
    #[validate(length(max = 104))]
    unit: Option<String>,
}

/// Il riesame di una richiesta, con il suo termine.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = AccessReview, example = json!({
    "asked": "2025-04-04", "due": "2025-04-24", "closed": {"on": "2025-04-22", "outcome": "confirmed"}, "in_term": true
}))]
pub(crate) struct AccessReviewResponse {
    /// Il giorno in cui è stato chiesto.
    asked: NaiveDate,
    /// Le sospensioni del suo termine.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(required = false, min_items = 0, max_items = 50)]
    suspensions: Vec<SuspensionBody>,
    /// L'ultimo giorno del termine; assente finché è sospeso senza una fine.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    due: Option<NaiveDate>,
    /// Come è stato deciso.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    closed: Option<AccessReviewClosing>,
    /// Se è stato deciso nel termine.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    in_term: Option<bool>,
}

/// Una richiesta di accesso, con il suo termine.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = AccessRequest, example = json!({
    "key": "PROT-2025-0123", "kind": "generalised", "object": "Spese per manifestazioni 2022-2024", "received": "2025-02-20",
    "suspensions": [{"from": "2025-03-03", "until": "2025-03-13", "reason": "counter_interested"}], "due": "2025-04-01",
    "closed": {"on": "2025-03-28", "outcome": "partly"}, "days": 26, "in_term": true, "version": 1
}))]
pub(crate) struct AccessRequestResponse {
    /// La chiave della richiesta nel programma che la tiene.
    #[schema(max_length = 100, pattern = "^[A-Za-z0-9][A-Za-z0-9._:~@+-]*$")]
    key: String,
    /// Il tipo di accesso.
    kind: AccessKindWord,
    /// Che cosa si chiede.
    #[schema(max_length = 500, pattern = "^.*\\S.*$")]
    object: String,
    /// Il giorno in cui è arrivata.
    received: NaiveDate,
    /// Le sospensioni del termine.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(required = false, min_items = 0, max_items = 50)]
    suspensions: Vec<SuspensionBody>,
    /// L'ultimo giorno del termine; assente finché è sospeso senza una fine.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    due: Option<NaiveDate>,
    /// Come è stata chiusa.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    closed: Option<AccessClosing>,
    /// I giorni di calendario che ha richiesto, tolte le sospensioni; quando è chiusa.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, minimum = 0, maximum = 200_000)]
    days: Option<i32>,
    /// Se la risposta è venuta nel termine; quando c'è una risposta.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    in_term: Option<bool>,
    /// Il riesame, se è stato chiesto.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    review: Option<AccessReviewResponse>,
    /// La struttura che risponde.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    unit: Option<Uuid>,
    /// Versione, la stessa dell'ETag.
    #[schema(minimum = 1, maximum = 2_147_483_647)]
    version: i32,
}

listing! {
    /// Una pagina di richieste di accesso.
    AccessRequestList of AccessRequestResponse
}

many! {
    /// Richieste di accesso da scrivere insieme.
    #[schema(example = json!({"items": [{"key": "PROT-2025-0123", "kind": "simple", "object": "Bilancio di previsione 2025", "received": "2025-02-20"}]}))]
    AccessRequests,
    /// Una richiesta di accesso per riga, ciascuna un oggetto JSON intero.
    AccessRequestLines of AccessRequestBody,
    "{\"key\":\"PROT-2025-0123\",\"kind\":\"simple\",\"object\":\"Bilancio di previsione 2025\",\"received\":\"2025-02-20\"}\n"
}

impl From<Closing<AccessOutcome>> for AccessClosing {
    fn from(closing: Closing<AccessOutcome>) -> Self {
        Self { on: closing.on, outcome: Word(closing.outcome) }
    }
}

impl From<Closing<AccessReviewOutcome>> for AccessReviewClosing {
    fn from(closing: Closing<AccessReviewOutcome>) -> Self {
        Self { on: closing.on, outcome: Word(closing.outcome) }
    }
}

impl AccessReviewBody {
    fn read(self, at: &mut Reader<'_>) -> Review {
        let closed = self.closed.map(|closing| Closing { on: closing.on, outcome: closing.outcome.0 });
        Review { asked: self.asked, suspensions: suspensions::read(at, self.suspensions), closed }
    }
}

impl Noun for AccessRequestBody {
    type Entry = AccessRequest;
    type Response = AccessRequestResponse;
    const LIST: &'static str = "access_requests";

    fn key(&self) -> Option<&str> {
        self.key.as_deref()
    }

    fn read(self, at: &mut Reader<'_>, key: ExternalId, units: &UnitNames) -> Option<AccessRequest> {
        let object = at.take("object", Line::parse(&self.object));
        let suspensions = suspensions::read(at, self.suspensions);
        let review = self.review.map(|review| review.read(&mut at.member("review")));
        let unit = at.maybe("unit", self.unit.as_ref(), |unit| units.named(unit));
        let closed = self.closed.map(|closing| Closing { on: closing.on, outcome: closing.outcome.0 });
        let (kind, received) = (self.kind.0, self.received);
        Some(AccessRequest { key, kind, object: object?, received, suspensions, closed, review, unit })
    }
}

impl From<Review> for AccessReviewResponse {
    fn from(review: Review) -> Self {
        Self {
            asked: review.asked,
            due: review.term().due(),
            in_term: review.closed.map(|closing| review.term().is_kept_on(closing.on)),
            closed: review.closed.map(AccessReviewClosing::from),
            suspensions: suspensions::shown(review.suspensions),
        }
    }
}

impl From<Kept<AccessRequest>> for AccessRequestResponse {
    fn from(kept: Kept<AccessRequest>) -> Self {
        let entry = kept.entry;
        let answered = entry.closed.filter(|closing| closing.outcome.is_answer());
        Self {
            kind: Word(entry.kind),
            received: entry.received,
            due: entry.term().due(),
            closed: entry.closed.map(AccessClosing::from),
            days: entry.closed.and_then(|closing| i32::try_from(entry.term().taken_by(closing.on)).ok()),
            in_term: answered.map(|closing| entry.term().is_kept_on(closing.on)),
            key: entry.key.into(),
            object: entry.object.into(),
            suspensions: suspensions::shown(entry.suspensions),
            review: entry.review.map(AccessReviewResponse::from),
            unit: entry.unit.map(|unit| unit.0),
            version: kept.version.number(),
        }
    }
}

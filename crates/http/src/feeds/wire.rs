//! Feeds as they travel.

use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;
use traguardo_documents::Word;
use traguardo_documents::measurement::StandingWord;
use traguardo_documents::span::SpanBody;
use traguardo_documents::value::ValueBody;
use traguardo_domain::feeder::feed::{FedForecast, Feed, FeedItem, FeedOutcome, FeedReason, Stands};
use traguardo_domain::figure::Figure;
use traguardo_domain::measurement::{Span, Value};
use traguardo_domain::register::{Register, RegisterState};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::pages::listing;

/// What became of an indicator.
type FeedOutcomeWord = Word<FeedOutcome>;
/// Why nothing was recorded.
type FeedReasonWord = Word<FeedReason>;
/// A register.
pub(crate) type RegisterWord = Word<Register>;

/// Dove sta un registro: quante volte è stato scritto, e l'impronta di tutto ciò che gli è stato detto.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = RegisterState, example = json!({
    "register": "invoices", "revision": 12, "digest": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
    "changed_at": "2026-01-15T09:00:00Z"
}))]
pub(crate) struct RegisterStateResponse {
    /// Quale.
    register: RegisterWord,
    /// Quante volte è stato scritto.
    #[schema(minimum = 0, maximum = 9_223_372_036_854_775_807_i64)]
    revision: i64,
    /// L'impronta di tutto ciò che gli è stato detto, in ordine.
    #[schema(min_length = 64, max_length = 64, pattern = "^[0-9a-f]{64}$")]
    digest: String,
    /// Quando è stato scritto l'ultima volta.
    changed_at: DateTime<Utc>,
}

/// La misurazione che valeva prima.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = FeedStood, example = json!({
    "measurement": "0193a5c0-0000-7000-8000-000000000008", "value": {"type": "number", "figure": "0.28"}, "standing": "final"
}))]
pub(crate) struct StoodResponse {
    /// Quale.
    measurement: Uuid,
    /// Che cosa dice.
    #[schema(value_type = ValueBody)]
    value: Value,
    /// Se può ancora cambiare.
    standing: StandingWord,
}

/// Che cosa ne è stato di un indicatore, in un luogo.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = FeedItem, example = json!({
    "indicator": "T1.itp", "objective": "0193a5c0-0000-7000-8000-000000000003", "subject": "0193a5c0-0000-7000-8000-000000000006",
    "outcome": "recorded", "value": {"type": "number", "figure": "0.28"}, "measurement": "0193a5c0-0000-7000-8000-000000000009",
    "explanation": "Registro delle fatture e dei pagamenti, revisione 12: dal 01/01/2025 al 31/12/2025, visto il 20/01/2026. Valore 0,28."
}))]
pub(crate) struct FeedItemResponse {
    /// L'indicatore condiviso.
    #[schema(max_length = 40, pattern = "^[A-Za-z0-9][A-Za-z0-9._/-]*$", example = "T1.itp")]
    indicator: String,
    /// L'obiettivo del piano.
    objective: Uuid,
    /// Il suo indicatore.
    subject: Uuid,
    /// L'assegnazione; assente quando il dato è uno solo per tutto il comune.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    assignment: Option<Uuid>,
    /// Che cosa ne è stato.
    outcome: FeedOutcomeWord,
    /// Perché nulla è stato registrato.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    why: Option<FeedReasonWord>,
    /// Il perché, a parole.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, max_length = 200, pattern = "^.+$")]
    words: Option<&'static str>,
    /// Il valore da registrare, registrato o no.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, value_type = ValueBody)]
    value: Option<Value>,
    /// Ciò che dà il registro, dove gli va avanti un dato certificato.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, max_length = 23, pattern = "^-?[0-9]{1,15}([.][0-9]{1,6})?$")]
    computed: Option<String>,
    /// La misurazione registrata.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    measurement: Option<Uuid>,
    /// Ciò che valeva prima, e se nulla è stato registrato vale ancora.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    stood: Option<StoodResponse>,
    /// Come si arriva al valore: registro, numeratore e denominatore, di chi, metodo, ciò che è rimasto fuori.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, max_length = 4000, pattern = "^[\\s\\S]+$")]
    explanation: Option<String>,
}

/// Che cosa ne è stato della previsione dei tempi di pagamento del piano.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = FeedForecast, example = json!({
    "outcome": "recorded", "delay_days": "8.81", "period": {"from": "2025-01-01", "to": "2025-12-31"},
    "source": "Registro delle fatture e dei pagamenti, metodo irp, versione 1"
}))]
pub(crate) struct ForecastResponse {
    /// Che cosa ne è stato.
    outcome: FeedOutcomeWord,
    /// Perché non è stata registrata.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    why: Option<FeedReasonWord>,
    /// Il perché, a parole.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, max_length = 200, pattern = "^.+$")]
    words: Option<&'static str>,
    /// Il ritardo annuale, come lo dà il registro.
    #[schema(max_length = 23, pattern = "^-?[0-9]{1,15}([.][0-9]{1,6})?$")]
    delay_days: String,
    /// I giorni da cui viene.
    #[schema(value_type = SpanBody)]
    period: Span,
    /// Il registro e il metodo.
    #[schema(max_length = 300, pattern = "^.*\\S.*$")]
    source: String,
    /// Il ritardo previsto prima.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, max_length = 23, pattern = "^-?[0-9]{1,15}([.][0-9]{1,6})?$")]
    stood: Option<String>,
}

/// Un'alimentazione: dai registri agli indicatori condivisi di un piano.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Feed, example = json!({
    "plan": "0193a5c0-0000-7000-8000-000000000002", "number": 3, "kept": true, "recorded_at": "2026-01-20T09:00:00Z",
    "period": {"from": "2025-01-01", "to": "2025-12-31"}, "on": "2026-01-20", "registers": [], "items": []
}))]
pub(crate) struct FeedResponse {
    /// Il piano.
    plan: Uuid,
    /// Il numero, da 1; di ciò che non è conservato, quello che avrebbe.
    #[schema(minimum = 1, maximum = 2_147_483_647)]
    number: i32,
    /// Se è conservata: non lo è una prova, né ciò che non registra e non dice nulla di nuovo.
    kept: bool,
    /// Quando.
    recorded_at: DateTime<Utc>,
    /// Il membro che ha alimentato il piano.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    member: Option<Uuid>,
    /// I giorni degli indicatori.
    #[schema(value_type = SpanBody)]
    period: Span,
    /// Il giorno da cui si sono guardati i fatti.
    on: NaiveDate,
    /// Dove stavano i registri.
    #[schema(min_items = 0, max_items = 6)]
    registers: Vec<RegisterStateResponse>,
    /// Che cosa ne è stato di ogni indicatore, nell'ordine del piano.
    #[schema(min_items = 0, max_items = 100_000)]
    items: Vec<FeedItemResponse>,
    /// Che cosa ne è stato della previsione dei tempi di pagamento.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    forecast: Option<ForecastResponse>,
}

/// Un'alimentazione, in breve.
#[derive(Debug, Serialize, ToSchema)]
#[schema(example = json!({
    "number": 3, "recorded_at": "2026-01-20T09:00:00Z", "period": {"from": "2025-01-01", "to": "2025-12-31"}, "on": "2026-01-20",
    "recorded": 7, "unchanged": 4, "not_computable": 1, "refused": 0, "flagged": 0
}))]
pub(crate) struct FeedSummary {
    /// Il numero, da 1.
    #[schema(minimum = 1, maximum = 2_147_483_647)]
    number: i32,
    /// Quando.
    recorded_at: DateTime<Utc>,
    /// Il membro che ha alimentato il piano.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    member: Option<Uuid>,
    /// I giorni degli indicatori.
    #[schema(value_type = SpanBody)]
    period: Span,
    /// Il giorno da cui si sono guardati i fatti.
    on: NaiveDate,
    /// Quanti indicatori sono stati registrati.
    #[schema(minimum = 0, maximum = 100_000, value_type = i32)]
    recorded: usize,
    /// Quanti erano già così.
    #[schema(minimum = 0, maximum = 100_000, value_type = i32)]
    unchanged: usize,
    /// Quanti non si calcolano.
    #[schema(minimum = 0, maximum = 100_000, value_type = i32)]
    not_computable: usize,
    /// Quanti non si possono registrare.
    #[schema(minimum = 0, maximum = 100_000, value_type = i32)]
    refused: usize,
    /// Quanti differiscono da ciò che è certificato.
    #[schema(minimum = 0, maximum = 100_000, value_type = i32)]
    flagged: usize,
}

listing! {
    /// Una pagina di alimentazioni.
    FeedList of FeedSummary
}

impl From<RegisterState> for RegisterStateResponse {
    fn from(state: RegisterState) -> Self {
        Self {
            register: Word(state.register),
            revision: state.revision,
            digest: state.digest.to_string(),
            changed_at: state.changed_at,
        }
    }
}

impl From<Stands> for StoodResponse {
    fn from(stood: Stands) -> Self {
        Self { measurement: stood.measurement.0, value: stood.value, standing: Word(stood.standing) }
    }
}

impl From<FeedItem> for FeedItemResponse {
    fn from(item: FeedItem) -> Self {
        Self {
            indicator: item.indicator.into(),
            objective: item.objective.0,
            subject: item.subject.0,
            assignment: item.assignment.map(|assignment| assignment.0),
            outcome: Word(item.outcome),
            why: item.why.map(Word),
            words: item.why.map(FeedReason::sentence),
            value: item.value,
            computed: item.computed.map(String::from),
            measurement: item.measurement.map(|measurement| measurement.0),
            stood: item.stood.map(StoodResponse::from),
            explanation: item.explanation.map(String::from),
        }
    }
}

impl From<FedForecast> for ForecastResponse {
    fn from(forecast: FedForecast) -> Self {
        Self {
            outcome: Word(forecast.outcome),
            why: forecast.why.map(Word),
            words: forecast.why.map(FeedReason::sentence),
            delay_days: forecast.facts.delay.to_string(),
            period: forecast.facts.period,
            source: forecast.facts.source.into(),
            stood: forecast.stood.map(|delay: Figure| delay.to_string()),
        }
    }
}

impl FeedResponse {
    /// A feed, kept or not.
    pub(crate) fn of(feed: Feed, kept: bool) -> Self {
        Self {
            plan: feed.plan.0,
            number: feed.number,
            kept,
            recorded_at: feed.recorded_at,
            member: feed.member,
            period: feed.asked.period,
            on: feed.asked.on,
            registers: feed.registers.into_iter().map(RegisterStateResponse::from).collect(),
            items: feed.items.into_iter().map(FeedItemResponse::from).collect(),
            forecast: feed.forecast.map(ForecastResponse::from),
        }
    }
}

impl From<Feed> for FeedSummary {
    fn from(feed: Feed) -> Self {
        let count = |outcome| feed.items.iter().filter(|item| item.outcome == outcome).count();
        Self {
            number: feed.number,
            recorded_at: feed.recorded_at,
            member: feed.member,
            period: feed.asked.period,
            on: feed.asked.on,
            recorded: count(FeedOutcome::Recorded),
            unchanged: count(FeedOutcome::Unchanged),
            not_computable: count(FeedOutcome::NotComputable),
            refused: count(FeedOutcome::Refused),
            flagged: count(FeedOutcome::Flagged),
        }
    }
}

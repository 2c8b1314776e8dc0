//! The register of requests of access that is published: what was asked, when, and what became of it; nobody who asked.

use actix_web::get;
use chrono::{DateTime, Datelike as _, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use traguardo_domain::FaultKind;
use traguardo_domain::access::Action;
use traguardo_domain::access_request::{AccessRequest, Published, Summary, published, summary};
use traguardo_domain::feeder::Asked;
use traguardo_domain::measurement::Span;
use traguardo_domain::register::{Register, RegisterState};
use traguardo_persistence::{TenantTx, entries, registers};
use utoipa::{IntoParams, ToSchema};

use super::wire::{AccessClosing, AccessKindWord, AccessOutcomeWord, AccessReviewClosing};
use crate::answer::Answer;
use crate::call::{Call, ComunePath};
use crate::problem::Problem;
use crate::query::refused;
use crate::words::Word;

/// The most requests of one register.
const MOST_LINES: usize = 5_000;
/// The longest time one register is of, in days.
const LONGEST: i64 = 366;

/// Of which days the register is.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct AccessRegisterQuery {
    /// Dal giorno; se manca, dal primo gennaio dell'anno dell'ultimo giorno.
    #[serde(default, deserialize_with = "crate::day::maybe")]
    #[param(nullable = false, example = "2025-01-01")]
    from: Option<NaiveDate>,
    /// Al giorno, al massimo un anno dopo; se manca, fino a oggi.
    #[serde(default, deserialize_with = "crate::day::maybe")]
    #[param(nullable = false, example = "2025-06-30")]
    to: Option<NaiveDate>,
}

/// Una riga del registro degli accessi.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = AccessRegisterLine, example = json!({
    "kind": "generalised", "object": "Spese per manifestazioni 2022-2024", "received": "2025-02-20",
    "closed": {"on": "2025-03-28", "outcome": "partly"}, "review_asked": "2025-04-04",
    "reviewed": {"on": "2025-04-22", "outcome": "confirmed"}
}))]
pub(crate) struct AccessRegisterLineResponse {
    /// Il tipo di accesso.
    kind: AccessKindWord,
    /// Che cosa si chiedeva.
    #[schema(max_length = 500, pattern = "^.*\\S.*$")]
    object: String,
    /// Il giorno in cui è arrivata.
    received: NaiveDate,
    /// Come e quando è stata chiusa; assente se alla fine del periodo era aperta.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    closed: Option<AccessClosing>,
    /// Il giorno in cui è stato chiesto il riesame.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    review_asked: Option<NaiveDate>,
    /// Come e quando è stato deciso il riesame.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    reviewed: Option<AccessReviewClosing>,
}

/// Quante richieste hanno avuto un esito.
#[derive(Debug, Serialize, ToSchema)]
#[schema(example = json!({"outcome": "granted", "requests": 12}))]
pub(crate) struct AccessOutcomeCount {
    /// L'esito.
    outcome: AccessOutcomeWord,
    /// Quante.
    #[schema(minimum = 0, maximum = 2_147_483_647)]
    requests: i32,
}

/// Il registro in numeri.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = AccessRegisterSummary, example = json!({
    "received": 14, "outcomes": [{"outcome": "granted", "requests": 12}], "refusals": 0, "open": 2, "overdue": 0,
    "reviews_asked": 1, "reviews_closed": 1, "reviews_in_term": 1, "reviews_overdue": 0
}))]
pub(crate) struct AccessSummaryResponse {
    /// Richieste arrivate nel periodo.
    #[schema(minimum = 0, maximum = 2_147_483_647)]
    received: i32,
    /// Richieste chiuse nel periodo, per esito.
    #[schema(min_items = 0, max_items = 6)]
    outcomes: Vec<AccessOutcomeCount>,
    /// Richieste respinte, con una risposta o con il silenzio che vale rifiuto.
    #[schema(minimum = 0, maximum = 2_147_483_647)]
    refusals: i32,
    /// Richieste aperte alla fine del periodo.
    #[schema(minimum = 0, maximum = 2_147_483_647)]
    open: i32,
    /// Richieste aperte alla fine del periodo con il termine scaduto.
    #[schema(minimum = 0, maximum = 2_147_483_647)]
    overdue: i32,
    /// Riesami chiesti nel periodo.
    #[schema(minimum = 0, maximum = 2_147_483_647)]
    reviews_asked: i32,
    /// Riesami decisi nel periodo.
    #[schema(minimum = 0, maximum = 2_147_483_647)]
    reviews_closed: i32,
    /// Riesami decisi nel periodo entro il loro termine.
    #[schema(minimum = 0, maximum = 2_147_483_647)]
    reviews_in_term: i32,
    /// Riesami aperti alla fine del periodo con il termine scaduto.
    #[schema(minimum = 0, maximum = 2_147_483_647)]
    reviews_overdue: i32,
}

/// Il registro degli accessi di un periodo, come si pubblica: nessun dato di chi ha chiesto.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = AccessRegister, example = json!({
    "from": "2025-01-01", "to": "2025-06-30", "on": "2025-07-10", "updated_at": "2025-07-08T09:00:00Z",
    "summary": {"received": 1, "outcomes": [{"outcome": "granted", "requests": 1}], "refusals": 0, "open": 0, "overdue": 0,
        "reviews_asked": 0, "reviews_closed": 0, "reviews_in_term": 0, "reviews_overdue": 0},
    "items": [{"kind": "simple", "object": "Bilancio di previsione 2025", "received": "2025-02-20",
        "closed": {"on": "2025-03-01", "outcome": "granted"}}]
}))]
pub(crate) struct AccessRegisterResponse {
    /// Il primo giorno del periodo.
    from: NaiveDate,
    /// L'ultimo.
    to: NaiveDate,
    /// Il giorno da cui si guarda: ciò che accade dopo non c'è ancora.
    on: NaiveDate,
    /// Quando il registro è stato scritto l'ultima volta; assente se non lo è stato mai.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    updated_at: Option<DateTime<Utc>>,
    /// Il registro in numeri.
    summary: AccessSummaryResponse,
    /// Le richieste che nel periodo sono arrivate, erano aperte o sono state chiuse, dalla prima arrivata.
    #[schema(min_items = 0, max_items = 5_000)]
    items: Vec<AccessRegisterLineResponse>,
}

impl From<Published> for AccessRegisterLineResponse {
    fn from(line: Published) -> Self {
        Self {
            kind: Word(line.kind),
            object: line.object.into(),
            received: line.received,
            closed: line.closed.map(AccessClosing::from),
            review_asked: line.review_asked,
            reviewed: line.reviewed.map(AccessReviewClosing::from),
        }
    }
}

impl From<Summary> for AccessSummaryResponse {
    fn from(summary: Summary) -> Self {
        let number = |count: u64| i32::try_from(count).unwrap_or(i32::MAX);
        let outcome =
            |(outcome, count)| AccessOutcomeCount { outcome: Word(outcome), requests: number(count) };
        Self {
            received: number(summary.received),
            outcomes: summary.outcomes.into_iter().map(outcome).collect(),
            refusals: number(summary.refusals),
            open: number(summary.open),
            overdue: number(summary.overdue),
            reviews_asked: number(summary.reviews_asked),
            reviews_closed: number(summary.reviews_closed),
            reviews_in_term: number(summary.reviews_in_term),
            reviews_overdue: number(summary.reviews_overdue),
        }
    }
}

impl AccessRegisterQuery {
    /// The days that are asked for, seen from today.
    fn asked(&self, today: NaiveDate) -> Result<Asked, Problem> {
        let to = self.to.unwrap_or(today);
        let first = NaiveDate::from_ymd_opt(to.year(), 1, 1).unwrap_or(to);
        let period = Span::parse(self.from.unwrap_or(first), to)
            .map_err(|error| refused(error.kind, "from", &error.detail))?;
        if period.to.signed_duration_since(period.from).num_days() >= LONGEST {
            let detail = "Al massimo un anno alla volta.";
            return Err(refused(FaultKind::OutOfBounds, "from", detail));
        }
        Ok(Asked { period, on: today })
    }
}

impl AccessRegisterResponse {
    fn of(requests: &[AccessRequest], state: RegisterState, asked: Asked) -> Result<Self, Problem> {
        let lines = published(requests, asked);
        if lines.len() > MOST_LINES {
            let detail = format!("Più di {MOST_LINES} richieste: chiedere un periodo più breve.");
            return Err(refused(FaultKind::OutOfBounds, "from", &detail));
        }
        Ok(Self {
            from: asked.period.from,
            to: asked.period.to,
            on: asked.on,
            updated_at: (state.revision > 0).then_some(state.changed_at),
            summary: summary(requests, asked).into(),
            items: lines.into_iter().map(AccessRegisterLineResponse::from).collect(),
        })
    }
}

/// Legge il registro degli accessi
///
/// Quello che si pubblica almeno ogni sei mesi: oggetto, date ed esito delle richieste di un periodo, com'erano alla sua fine, e i
/// numeri che se ne ricavano. Non dice chi ha chiesto, e chi scrive gli oggetti bada che non lo dicano essi.
#[utoipa::path(tag = "access-requests", params(ComunePath, AccessRegisterQuery), responses(
    (status = 200, description = "Il registro.", body = AccessRegisterResponse),
))]
#[get("/access-requests-register")]
pub(crate) async fn read_access_register(
    call: Call<ComunePath, AccessRegisterQuery>,
) -> Result<Answer, Problem> {
    let permit = call.authorize(Action::ReadRegisters)?;
    let asked = permit.query.asked(permit.app.today())?;
    let work = move |tx: &mut TenantTx<'_>| {
        let requests = entries::mattering::<AccessRequest>(tx, asked.period)?;
        Ok((requests, registers::state(tx, Register::AccessRequests)?))
    };
    let (requests, state) = permit.tenant(work).await?;
    Answer::ok(&AccessRegisterResponse::of(&requests, state, asked)?)
}

//! Evaluations as they travel.

use chrono::{DateTime, Utc};
use serde::Serialize;
use serde_json::Value;
use traguardo_documents::Word;
use traguardo_domain::evaluation::Move;
use traguardo_domain::score::Judgement;
use utoipa::ToSchema;
use uuid::Uuid;

use super::EvaluationStateWord;
use super::judgement::{EvaluationAnswer, EvaluationMove, JudgementBody, JudgementKind};
use crate::measurements::MeasurementResponse;
use crate::scores::PercentResponse;

mod made;

/// L'obiettivo di un'assegnazione.
#[derive(Debug, Serialize, ToSchema)]
#[schema(example = json!({"id": "0193a5c0-0000-7000-8000-000000000003", "code": "4/SF", "title": "Rispettare i tempi di pagamento"}))]
pub(crate) struct EvaluatedObjective {
    /// Identificativo.
    id: Uuid,
    /// Codice.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, max_length = 100, pattern = "^[\\s\\S]+$")]
    code: Option<String>,
    /// Titolo.
    #[schema(max_length = 2000, pattern = "^[\\s\\S]+$")]
    title: String,
}

/// La struttura di un'assegnazione.
#[derive(Debug, Serialize, ToSchema)]
#[schema(example = json!({"id": "0193a5c0-0000-7000-8000-000000000001", "code": "AREA-1", "name": "Area amministrativa"}))]
pub(crate) struct EvaluatedUnit {
    /// Identificativo.
    pub(super) id: Uuid,
    /// Codice.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, max_length = 40, pattern = "^[A-Za-z0-9][A-Za-z0-9._/-]*$")]
    code: Option<String>,
    /// Nome.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, max_length = 200, pattern = "^.*\\S.*$")]
    name: Option<String>,
}

/// Un risultato: una percentuale, oppure perché non c'è.
#[derive(Debug, Serialize, ToSchema)]
#[schema(example = json!({"percent": {"percent": "83.333333333333", "shown": "83.33"}}))]
pub(crate) struct EvaluatedOutcome {
    /// Quanto.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    percent: Option<PercentResponse>,
    /// Perché non c'è: `missing`, `not_due`, `not_applicable`, `sterilised`, `nothing_counts`, oppure `not_evaluable: ` e la ragione.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, max_length = 60, pattern = "^[a-z_]+(: [a-z_]+)?$", example = "missing")]
    why: Option<String>,
}

/// Una valutazione in breve.
#[derive(Debug, Serialize, ToSchema)]
#[schema(example = json!({
    "assignment": "0193a5c0-0000-7000-8000-000000000005", "objective": {"id": "0193a5c0-0000-7000-8000-000000000003", "title": "Rispettare i tempi di pagamento"},
    "unit": {"id": "0193a5c0-0000-7000-8000-000000000001"}, "state": "decided", "decision": "certified",
    "computed": {"percent": {"percent": "100", "shown": "100.00"}}, "outcome": {"percent": {"percent": "100", "shown": "100.00"}}
}))]
pub(crate) struct EvaluationSummary {
    /// L'assegnazione.
    pub(super) assignment: Uuid,
    /// Il suo obiettivo.
    objective: EvaluatedObjective,
    /// La sua struttura.
    pub(super) unit: EvaluatedUnit,
    /// A che punto è.
    pub(super) state: EvaluationStateWord,
    /// Che cosa è deciso.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    decision: Option<JudgementKind>,
    /// Il risultato calcolato.
    computed: EvaluatedOutcome,
    /// Il risultato che vale.
    outcome: EvaluatedOutcome,
}

/// Un passo fatto dall'organo di valutazione o da chi risponde.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = EvaluationStep, example = json!({
    "id": "0193a5c0-0000-7000-8000-000000000011", "at": "2026-02-01T09:00:00Z", "by": "0193a5c0-0000-7000-8000-000000000012",
    "type": "decide", "move": {"type": "decide", "judgement": {"type": "certified"}}
}))]
pub(crate) struct StepResponse {
    /// Identificativo.
    id: Uuid,
    /// Quando.
    at: DateTime<Utc>,
    /// Da quale membro.
    by: Uuid,
    /// Che cosa è stato fatto: `open`, `ask_evidence`, `answer`, `decide`, `reopen`.
    #[schema(max_length = 20, pattern = "^[a-z_]+$", example = "decide")]
    r#type: &'static str,
    /// Ciò che ha fatto l'organo di valutazione; assente in una risposta.
    #[serde(rename = "move", skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, value_type = EvaluationMove)]
    made: Option<Move>,
    /// Ciò che è stato risposto; assente in ciò che fa l'organo di valutazione.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, value_type = EvaluationAnswer)]
    answer: Option<Value>,
}

/// Una valutazione intera.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Evaluation, example = json!({
    "assignment": "0193a5c0-0000-7000-8000-000000000005", "objective": {"id": "0193a5c0-0000-7000-8000-000000000003", "title": "Rispettare i tempi di pagamento"},
    "unit": {"id": "0193a5c0-0000-7000-8000-000000000001"}, "state": "unopened", "steps": [], "values": [],
    "computed": {"why": "missing"}, "outcome": {"why": "missing"}, "rulebook": {"year": 2025, "edition": 1}
}))]
pub(crate) struct EvaluationResponse {
    /// L'assegnazione.
    assignment: Uuid,
    /// Il suo obiettivo.
    objective: EvaluatedObjective,
    /// La sua struttura.
    unit: EvaluatedUnit,
    /// A che punto è.
    state: EvaluationStateWord,
    /// I passi, dal primo.
    #[schema(min_items = 0, max_items = 10_000)]
    steps: Vec<StepResponse>,
    /// I valori su cui poggia, anche quelli di cui un altro ha preso il posto, dal primo registrato.
    #[schema(min_items = 0, max_items = 10_000)]
    values: Vec<MeasurementResponse>,
    /// Il risultato calcolato.
    computed: EvaluatedOutcome,
    /// Il risultato che vale.
    outcome: EvaluatedOutcome,
    /// La fascia in cui il risultato che vale cade.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, max_length = 40, pattern = "^[A-Za-z0-9][A-Za-z0-9._/-]*$")]
    band: Option<String>,
    /// Ciò che è deciso.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, value_type = JudgementBody)]
    decision: Option<Judgement>,
    /// Il sistema di valutazione con cui è calcolato.
    rulebook: EvaluatedBy,
}

/// Il sistema di valutazione con cui si calcola: un'edizione del comune, oppure uno già pronto.
#[derive(Debug, Serialize, ToSchema)]
#[schema(example = json!({"year": 2025, "edition": 1}))]
pub(crate) struct EvaluatedBy {
    /// L'anno.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, minimum = 2009, maximum = 2100)]
    year: Option<i32>,
    /// L'edizione.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, minimum = 1, maximum = 2_147_483_647)]
    edition: Option<i32>,
    /// Quello già pronto, se il comune non ne ha uno per l'anno.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    shipped: Option<ShippedWord>,
}

/// A rulebook that comes with the program.
type ShippedWord = Word<traguardo_domain::rulebook::Shipped>;

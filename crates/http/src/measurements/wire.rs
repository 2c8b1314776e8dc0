//! Measurements as they are answered.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;
use traguardo_documents::Word;
use traguardo_documents::measurement::{EvidenceBody, OriginWord, StandingWord};
use traguardo_documents::span::SpanBody;
use traguardo_documents::value::ValueBody;
use traguardo_domain::measurement::{Evidence, Measurement, MeasurementId, Span, Subject, Value, standing};
use traguardo_domain::plan::PlanId;
use traguardo_persistence::{TenantTx, measurements};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::pages::listing;
use crate::problem::Problem;

/// Il genere di ciò che è misurato.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(example = "indicator")]
pub(crate) enum SubjectType {
    /// Un indicatore.
    Indicator,
    /// Una fase intera.
    Phase,
    /// Un obiettivo intero.
    Objective,
}

/// Ciò che è misurato.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Subject, example = json!({"type": "indicator", "id": "0193a5c0-0000-7000-8000-000000000006"}))]
pub(crate) struct SubjectResponse {
    /// Il genere.
    #[serde(rename = "type")]
    kind: SubjectType,
    /// L'identificativo.
    id: Uuid,
}

impl From<Subject> for SubjectResponse {
    fn from(subject: Subject) -> Self {
        match subject {
            Subject::Indicator(id) => Self { kind: SubjectType::Indicator, id: id.0 },
            Subject::Phase(id) => Self { kind: SubjectType::Phase, id: id.0 },
            Subject::Objective(id) => Self { kind: SubjectType::Objective, id: id.0 },
        }
    }
}

/// Una misurazione, com'è stata registrata, e come sta oggi fra le altre.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = MeasurementRead, example = json!({
    "id": "0193a5c0-0000-7000-8000-000000000008", "external_id": "PCC-2025-12",
    "subject": {"type": "indicator", "id": "0193a5c0-0000-7000-8000-000000000006"},
    "objective": "0193a5c0-0000-7000-8000-000000000004", "assignment": "0193a5c0-0000-7000-8000-000000000005",
    "period": {"from": "2025-01-01", "to": "2025-12-31"}, "value": {"type": "number", "figure": "-3.2"},
    "standing": "final", "origin": "entered", "source": "PCC", "evidence": [], "stands": true,
    "recorded_at": "2026-01-15T09:00:00Z", "recorded_by": "0193a5c0-0000-7000-8000-000000000001"
}))]
pub(crate) struct MeasurementResponse {
    /// Identificativo.
    id: Uuid,
    /// Chiave nel programma che l'ha inviata.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, max_length = 100, pattern = "^[A-Za-z0-9][A-Za-z0-9._:~@+-]*$")]
    external_id: Option<String>,
    /// Di che cosa.
    subject: SubjectResponse,
    /// L'obiettivo a cui appartiene.
    objective: Uuid,
    /// In quale assegnazione; se manca, in tutte.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    assignment: Option<Uuid>,
    /// I giorni a cui si riferisce.
    #[schema(value_type = SpanBody)]
    period: Span,
    /// Il valore.
    #[schema(value_type = ValueBody)]
    value: Value,
    /// Se può ancora cambiare.
    standing: StandingWord,
    /// Da dove viene.
    origin: OriginWord,
    /// Il registro, la rilevazione o il programma da cui è tratta.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, max_length = 300, pattern = "^.*\\S.*$")]
    source: Option<String>,
    /// Annotazioni.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, max_length = 4000, pattern = "^[\\s\\S]+$")]
    note: Option<String>,
    /// Su che cosa poggia.
    #[schema(min_items = 0, max_items = 20, value_type = Vec<EvidenceBody>)]
    evidence: Vec<Evidence>,
    /// La misurazione di cui ha preso il posto.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    supersedes: Option<Uuid>,
    /// La misurazione che ha preso il suo posto.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    superseded_by: Option<Uuid>,
    /// Se oggi è quella che dice come stanno le cose.
    stands: bool,
    /// Quando è stata registrata.
    recorded_at: DateTime<Utc>,
    /// Il membro che l'ha registrata.
    recorded_by: Uuid,
}

listing! {
    /// Una pagina di misurazioni.
    MeasurementList of MeasurementResponse
}

/// How measurements stand among all those of the same things.
pub(crate) struct Standings {
    superseded: HashMap<MeasurementId, MeasurementId>,
    standing: HashSet<MeasurementId>,
}

impl Standings {
    /// How some measurements stand on a day: one statement, however many they are.
    pub(super) fn of(
        tx: &mut TenantTx<'_>,
        plan: PlanId,
        these: &[Measurement],
        today: NaiveDate,
    ) -> Result<Self, Problem> {
        let subjects = these.iter().map(|one| one.facts.subject);
        let all = if these.is_empty() { Vec::new() } else { measurements::about(tx, plan, subjects)? };
        Ok(Self::among(&all, today))
    }

    /// How measurements stand on a day among all those there are.
    pub(crate) fn among(all: &[Measurement], today: NaiveDate) -> Self {
        let superseded = all.iter().filter_map(|one| Some((one.facts.supersedes?, one.id))).collect();
        let standing = standing(all, today).into_values().map(|one| one.id).collect();
        Self { superseded, standing }
    }

    /// The measurement, as it is answered.
    pub(crate) fn show(&self, measurement: Measurement) -> MeasurementResponse {
        let Measurement { id, facts, recorded_at, recorded_by } = measurement;
        MeasurementResponse {
            id: id.0,
            external_id: facts.external_id.map(String::from),
            subject: facts.subject.into(),
            objective: facts.objective.0,
            assignment: facts.assignment.map(|assignment| assignment.0),
            period: facts.period,
            value: facts.value,
            standing: Word(facts.standing),
            origin: Word(facts.origin),
            source: facts.source.map(String::from),
            note: facts.note.map(String::from),
            evidence: facts.evidence,
            supersedes: facts.supersedes.map(|other| other.0),
            superseded_by: self.superseded.get(&id).map(|other| other.0),
            stands: self.standing.contains(&id),
            recorded_at,
            recorded_by,
        }
    }
}

//! Progress as it travels.

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;
use serde::Serialize;
use traguardo_domain::progress::{Advance, Heed, Progress, Warning};
use traguardo_domain::score::NodeKind;
use traguardo_domain::unit::UnitId;
use traguardo_persistence::results::Inputs;
use utoipa::ToSchema;
use uuid::Uuid;

use super::WarningKindWord;
use crate::measurements::SubjectResponse;
use crate::scores::{PercentResponse, RulebookUsed};
use crate::words::Word;

/// A che punto qualcosa dovrebbe essere, e a che punto è.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Advance, example = json!({
    "id": "0193a5c0-0000-7000-8000-000000000005", "label": "Rispettare i tempi di pagamento",
    "expected": {"percent": "50", "shown": "50.00"}, "done": {"percent": "25", "shown": "25.00"}
}))]
pub(crate) struct AdvanceResponse {
    /// La struttura o l'assegnazione; assente per il comune.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    id: Option<Uuid>,
    /// Come si chiama.
    #[schema(max_length = 1000, pattern = "^.*\\S.*$")]
    label: String,
    /// Quanto ne è atteso; assente se non vi conta nulla.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    expected: Option<PercentResponse>,
    /// Quanto ne è fatto.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    done: Option<PercentResponse>,
}

/// Qualcosa da guardare prima che sia tardi.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = EarlyWarning, example = json!({
    "kind": "late", "objective": "0193a5c0-0000-7000-8000-000000000003", "assignment": "0193a5c0-0000-7000-8000-000000000005",
    "unit": "0193a5c0-0000-7000-8000-000000000001", "subject": {"type": "phase", "id": "0193a5c0-0000-7000-8000-000000000006"},
    "due": "2025-03-31", "words": "«Pubblicare il bando» era atteso entro il 31/3/2025, 10 giorni fa: non c'è alcun dato."
}))]
pub(crate) struct EarlyWarningResponse {
    /// Che cosa è.
    kind: WarningKindWord,
    /// Di quale obiettivo.
    objective: Uuid,
    /// In quale assegnazione.
    assignment: Uuid,
    /// In quale struttura.
    unit: Uuid,
    /// Di che cosa dell'obiettivo; assente se dell'obiettivo intero.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    subject: Option<SubjectResponse>,
    /// Il giorno della scadenza, dove ce n'è una sola.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    due: Option<NaiveDate>,
    /// Quanto ne è atteso.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    expected: Option<PercentResponse>,
    /// Quanto ne è fatto, se si sa.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    done: Option<PercentResponse>,
    /// Perché, con i numeri.
    #[schema(max_length = 600, pattern = "^[\\s\\S]+$")]
    words: String,
}

/// A che punto è un piano.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Progress, example = json!({
    "at": "2025-07-01", "days": 30, "points": "20", "rulebook": {"shipped": "three_levels", "title": "Tre livelli"},
    "comune": {"label": "Piano della performance 2025-2027", "expected": {"percent": "50", "shown": "50.00"},
        "done": {"percent": "25", "shown": "25.00"}},
    "units": [], "assignments": [], "warnings": []
}))]
pub(crate) struct ProgressResponse {
    /// Il giorno a cui si guarda.
    at: NaiveDate,
    /// Da quanti giorni prima della scadenza si è a rischio.
    #[schema(minimum = 0, maximum = 366)]
    days: u16,
    /// Oltre quanti punti sotto l'atteso si è indietro.
    #[schema(max_length = 23, pattern = "^[0-9]{1,15}([.][0-9]{1,6})?$")]
    points: String,
    /// La versione approvata a cui si guarda; assente se è la bozza.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, minimum = 1, maximum = 2_147_483_647)]
    plan_version: Option<i32>,
    /// Il sistema di valutazione con cui si è pesato.
    rulebook: RulebookUsed,
    /// Il comune; assente se si è chiesta una struttura.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    comune: Option<AdvanceResponse>,
    /// Le strutture in cui qualcosa è assegnato, a loro o a quelle che ne fanno parte.
    #[schema(min_items = 0, max_items = 10_000)]
    units: Vec<AdvanceResponse>,
    /// Le assegnazioni, nell'ordine del piano.
    #[schema(min_items = 0, max_items = 100_000)]
    assignments: Vec<AdvanceResponse>,
    /// Che cosa guardare: prima ciò che è in ritardo.
    #[schema(min_items = 0, max_items = 100_000)]
    warnings: Vec<EarlyWarningResponse>,
}

impl From<Advance> for AdvanceResponse {
    fn from(advance: Advance) -> Self {
        Self {
            id: advance.node.id,
            label: advance.node.label,
            expected: advance.expected.map(PercentResponse::from),
            done: advance.done.map(PercentResponse::from),
        }
    }
}

impl From<Warning<'_>> for EarlyWarningResponse {
    fn from(warning: Warning<'_>) -> Self {
        Self {
            kind: Word(warning.kind),
            objective: warning.objective.id.0,
            assignment: warning.assignment.id.0,
            unit: warning.assignment.facts.unit.0,
            subject: warning.thing.map(|thing| thing.subject().into()),
            due: warning.due,
            expected: warning.expected.map(PercentResponse::from),
            done: warning.done.map(PercentResponse::from),
            words: warning.words,
        }
    }
}

impl ProgressResponse {
    pub(super) fn of(
        inputs: &Inputs,
        progress: Progress<'_>,
        (at, heed): (NaiveDate, Heed),
        units: Option<&HashSet<UnitId>>,
    ) -> Self {
        let within = |unit: UnitId| units.is_none_or(|units| units.contains(&unit));
        let assignments = inputs.document.objectives.iter().flat_map(|one| &one.facts.assignments);
        let unit_of: HashMap<Uuid, UnitId> = assignments.map(|one| (one.id.0, one.facts.unit)).collect();
        let (mut comune, mut of_units, mut of_assignments) = (None, Vec::new(), Vec::new());
        for advance in progress.advances {
            let id = advance.node.id;
            match advance.node.kind {
                NodeKind::Comune if units.is_none() => comune = Some(advance.into()),
                NodeKind::Unit if id.is_some_and(|id| within(UnitId(id))) => of_units.push(advance.into()),
                NodeKind::Assignment
                    if id.and_then(|id| unit_of.get(&id)).is_some_and(|unit| within(*unit)) =>
                {
                    of_assignments.push(advance.into());
                }
                NodeKind::Comune
                | NodeKind::Unit
                | NodeKind::Assignment
                | NodeKind::Phase
                | NodeKind::Indicator => {}
            }
        }
        let warnings = progress.warnings.into_iter().filter(|one| within(one.assignment.facts.unit));
        Self {
            at,
            days: heed.days,
            points: heed.points.to_string(),
            plan_version: inputs.sealed.as_ref().map(|sealed| sealed.number),
            rulebook: RulebookUsed::of(inputs),
            comune,
            units: of_units,
            assignments: of_assignments,
            warnings: warnings.map(EarlyWarningResponse::from).collect(),
        }
    }
}

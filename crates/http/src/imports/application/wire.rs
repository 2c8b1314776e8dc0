//! Applications as they travel.

use std::collections::HashMap;

use serde::Serialize;
use traguardo_domain::objective::{Objective, ObjectiveId};
use traguardo_domain::plan::Plan;
use traguardo_domain::plan::diff::{Change, ChangeKind};
use traguardo_domain::plan::document::PlanDocument;
use traguardo_domain::plan::merge::{Match, MatchedBy, Merged};
use traguardo_domain::{Fault, FaultKind};
use utoipa::ToSchema;
use uuid::Uuid;

use super::onto::Onto;
use crate::plans::PlanResponse;
use crate::problem::Problem;
use crate::versions::ChangeResponse;
use crate::words::{PlanStateWord, Word};

/// How an object of a file was found again.
type MatchedByWord = Word<MatchedBy>;

/// The fault of a plan that is not there.
pub(super) fn unknown_plan() -> Fault {
    let detail = "Il piano non esiste in questo comune.".to_owned();
    Fault { pointer: "/plan".to_owned(), kind: FaultKind::UnknownReference, detail }
}

/// Il piano in cui andrebbe una bozza.
#[derive(Debug, Serialize, ToSchema)]
#[schema(example = json!({"id": "0193a5c0-0000-7000-8000-000000000002", "title": "Piano 2025", "state": "draft", "revision": 4}))]
pub(crate) struct ApplicationTarget {
    /// Identificativo.
    id: Uuid,
    /// Titolo.
    #[schema(max_length = 300, pattern = "^.*\\S.*$")]
    title: String,
    /// Stato nel ciclo: si modifica in bozza o in variazione.
    state: PlanStateWord,
    /// La revisione, da ripetere per applicare a questo piano e non a un altro.
    #[schema(minimum = 1, maximum = 2_147_483_647)]
    revision: i32,
}

/// Un obiettivo, come lo si chiama.
#[derive(Debug, Serialize, ToSchema)]
#[schema(example = json!({"id": "0193a5c0-0000-7000-8000-000000000004", "code": "4/SF", "title": "Rispettare i tempi di pagamento"}))]
pub(crate) struct NamedObjective {
    /// Identificativo.
    id: Uuid,
    /// Codice stampato.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, max_length = 100, pattern = "^.+$")]
    code: Option<String>,
    /// Titolo.
    #[schema(max_length = 1000, pattern = "^[\\s\\S]+$")]
    title: String,
}

/// Che cosa è, nel piano, un obiettivo del file.
#[derive(Debug, Serialize, ToSchema)]
#[schema(example = json!({
    "pointer": "/objectives/3", "title": "Rispettare i tempi di pagamento", "by": "likeness", "score": 940,
    "existing": {"id": "0193a5c0-0000-7000-8000-000000000004", "title": "Rispettare i tempi dei pagamenti"}
}))]
pub(crate) struct ObjectiveMatch {
    /// Dove sta nel documento della bozza.
    #[schema(max_length = 1000, format = "json-pointer")]
    pointer: String,
    /// Codice stampato.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, max_length = 100, pattern = "^.+$")]
    code: Option<String>,
    /// Titolo.
    #[schema(max_length = 1000, pattern = "^[\\s\\S]+$")]
    title: String,
    /// Come è stato riconosciuto.
    by: MatchedByWord,
    /// Quanto i titoli si somigliano, in millesimi.
    #[schema(minimum = 0, maximum = 1000)]
    score: u16,
    /// L'obiettivo del piano che è; assente se è nuovo.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    existing: Option<NamedObjective>,
}

/// Che cosa cambierebbe mettendo una bozza in un piano.
#[derive(Debug, Serialize, ToSchema)]
#[schema(example = json!({"unchanged": false, "changes": [], "objectives": [], "absent": []}))]
pub(crate) struct ApplicationPreview {
    /// Il piano; assente se sarebbe cominciato.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    plan: Option<ApplicationTarget>,
    /// Se non cambierebbe nulla.
    unchanged: bool,
    /// I cambiamenti, nell'ordine del piano.
    #[schema(min_items = 0, max_items = 100_000)]
    changes: Vec<ChangeResponse>,
    /// Che cosa è, nel piano, ogni obiettivo del file, nell'ordine del file.
    #[schema(min_items = 0, max_items = 2_000)]
    objectives: Vec<ObjectiveMatch>,
    /// Gli obiettivi del piano che il file non ha: restano, se non si chiede di toglierli.
    #[schema(min_items = 0, max_items = 2_000)]
    absent: Vec<NamedObjective>,
}

/// Il piano dopo che vi è stata messa una bozza.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ApplicationOutcome, example = json!({
    "unchanged": false, "created": true, "revision": 2, "added": 18, "removed": 0, "changed": 0, "moved": 0,
    "plan": {
        "id": "0193a5c0-0000-7000-8000-000000000002", "year": 2025, "horizon_end": 2027, "kind": "piao_performance",
        "title": "Piano della performance 2025-2027", "state": "draft", "version": 1
    }
}))]
pub(crate) struct ApplicationResponse {
    /// Se non è cambiato nulla.
    unchanged: bool,
    /// Se il piano è stato cominciato.
    created: bool,
    /// L'intestazione del piano.
    plan: PlanResponse,
    /// La revisione: l'`ETag` del suo documento.
    #[schema(minimum = 1, maximum = 2_147_483_647)]
    revision: i32,
    /// Quanti oggetti sono stati aggiunti.
    #[schema(minimum = 0, maximum = 2_147_483_647)]
    added: i32,
    /// Quanti sono stati tolti.
    #[schema(minimum = 0, maximum = 2_147_483_647)]
    removed: i32,
    /// Quanti sono stati cambiati.
    #[schema(minimum = 0, maximum = 2_147_483_647)]
    changed: i32,
    /// Quanti sono stati spostati.
    #[schema(minimum = 0, maximum = 2_147_483_647)]
    moved: i32,
}

impl NamedObjective {
    fn of(objective: &Objective) -> Self {
        let facts = &objective.facts;
        Self {
            id: objective.id.0,
            code: facts.code.as_ref().map(|code| code.as_str().to_owned()),
            title: facts.title.as_str().to_owned(),
        }
    }
}

impl ApplicationPreview {
    /// What a merge would change.
    pub(super) fn new(onto: &Onto, incoming: &PlanDocument, merged: &Merged) -> Result<Self, Problem> {
        let changes = onto.changes(&merged.document)?;
        let objectives = onto.there().map(|(_, document)| document.objectives.as_slice()).unwrap_or_default();
        let known: HashMap<ObjectiveId, &Objective> = objectives.iter().map(|one| (one.id, one)).collect();
        let named = |id: &ObjectiveId| known.get(id).map(|objective| NamedObjective::of(objective));
        let matched = |found: &Match<ObjectiveId>| {
            let objective = incoming.objectives.get(found.index).map(NamedObjective::of)?;
            Some(ObjectiveMatch {
                pointer: format!("/objectives/{}", found.index),
                code: objective.code,
                title: objective.title,
                by: Word(found.by),
                score: found.score,
                existing: found.existing.as_ref().and_then(named),
            })
        };
        Ok(Self {
            plan: onto.plan().map(ApplicationTarget::of),
            unchanged: onto.plan().is_some() && changes.is_empty(),
            changes: changes.into_iter().map(ChangeResponse::from).collect(),
            objectives: merged.matches.iter().filter_map(matched).collect(),
            absent: merged.absent.iter().filter_map(named).collect(),
        })
    }
}

impl ApplicationTarget {
    fn of(plan: &Plan) -> Self {
        Self {
            id: plan.id.0,
            title: plan.facts.title.as_str().to_owned(),
            state: Word(plan.state),
            revision: plan.revision.number(),
        }
    }
}

impl ApplicationResponse {
    /// What was done.
    pub(super) fn new(unchanged: bool, created: bool, plan: Plan, changes: &[Change]) -> Self {
        let count = |kind: ChangeKind| {
            i32::try_from(changes.iter().filter(|change| change.kind == kind).count()).unwrap_or(i32::MAX)
        };
        Self {
            unchanged,
            created,
            revision: plan.revision.number(),
            plan: PlanResponse::from(plan),
            added: count(ChangeKind::Added),
            removed: count(ChangeKind::Removed),
            changed: count(ChangeKind::Changed),
            moved: count(ChangeKind::Moved),
        }
    }
}

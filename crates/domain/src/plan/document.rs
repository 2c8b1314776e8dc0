//! The whole plan as one document: what is exported, put, reviewed, sealed and compared.

use std::collections::{HashMap, HashSet};

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::Faults;
use crate::comune::ComuneCode;
use crate::fault::{FaultKind, Refused};
use crate::objective::Objective;
use crate::plan::{PlanFacts, PlanId};
use crate::section::Section;
use crate::text::ExternalId;
use crate::unit::Unit;
use crate::violation::Violation;
use crate::vocabulary::vocabulary;

vocabulary! {
    /// The form of a document: grows when a reader of the one before could not read it.
    Format, "Forma del documento di piano." {
        /// The first.
        V1 = "traguardo.plan.v1",
    }
}

/// The header of a plan in its document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Header {
    /// The plan's id.
    pub id: PlanId,
    /// What is said of it.
    #[serde(flatten)]
    pub facts: PlanFacts,
}

/// A plan, whole: its header, the structures of its year, its narrative and its objectives, each in its order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlanDocument {
    /// Its form.
    pub format: Format,
    /// Whose it is.
    pub comune: ComuneCode,
    /// Its header.
    pub plan: Header,
    /// The structures of the comune in the plan's year.
    #[serde(default)]
    pub units: Vec<Unit>,
    /// Its narrative.
    #[serde(default)]
    pub sections: Vec<Section>,
    /// Its objectives.
    #[serde(default)]
    pub objectives: Vec<Objective>,
}

impl PlanDocument {
    /// Every object in it can be told from every other of its kind.
    ///
    /// # Errors
    /// [`Violation::Invalid`] with every id and external id that two objects share.
    pub fn check(&self) -> Result<(), Violation> {
        let mut faults = Faults::new();
        told_apart(
            &mut faults,
            "/units",
            self.units.iter().map(|one| (one.id.0, one.facts.external_id.as_ref())),
        );
        let sections = self.sections.iter().map(|one| (one.id.0, one.facts.external_id.as_ref()));
        told_apart(&mut faults, "/sections", sections);
        let objectives = self.objectives.iter().map(|one| (one.id.0, one.facts.external_id.as_ref()));
        told_apart(&mut faults, "/objectives", objectives);
        // External ids of parts are unique in their objective, which sees to that itself; their ids are so in the plan.
        let assignments = self.objectives.iter().flat_map(|one| one.facts.assignments.iter());
        told_apart(&mut faults, "/objectives", assignments.map(|one| (one.id.0, None)));
        let phases = self.objectives.iter().flat_map(|one| one.facts.phases.iter());
        told_apart(&mut faults, "/objectives", phases.map(|one| (one.id.0, None)));
        let indicators = self.objectives.iter().flat_map(|one| one.facts.every_indicator());
        told_apart(&mut faults, "/objectives", indicators.map(|one| (one.id.0, None)));
        faults.finish(Some(())).map_err(Violation::Invalid)
    }
}

impl PlanDocument {
    /// The same plan with its structures in the order of their codes, as they are read: the order they are written in says
    /// nothing.
    #[must_use]
    pub fn with_units_as_read(&self) -> Self {
        let mut document = self.clone();
        document.units.sort_by(|one, other| (&one.facts.code, one.id).cmp(&(&other.facts.code, other.id)));
        document
    }

    /// The same plan with its objectives in this order.
    ///
    /// # Errors
    /// [`Violation::Invalid`] when they are not all there, each once.
    pub fn ordered(&self, objectives: &[Uuid]) -> Result<Self, Violation> {
        let mut known: HashMap<Uuid, &Objective> =
            self.objectives.iter().map(|objective| (objective.id.0, objective)).collect();
        let ordered: Vec<Objective> = objectives.iter().filter_map(|id| known.remove(id)).cloned().collect();
        if ordered.len() != objectives.len() || !known.is_empty() {
            let detail = "Servono tutti gli obiettivi del piano, ciascuno una volta.";
            return Err(Violation::Invalid(vec![
                Refused::new(FaultKind::Inconsistent, detail).at("/objectives"),
            ]));
        }
        Ok(Self { objectives: ordered, ..self.clone() })
    }
}

/// Notes a fault for every id or external id that two objects of one kind share.
pub(crate) fn told_apart<'p>(
    faults: &mut Faults,
    at: &str,
    objects: impl Iterator<Item = (Uuid, Option<&'p ExternalId>)>,
) {
    let (mut ids, mut keys) = (HashSet::new(), HashSet::new());
    let mut repeated = |detail: String| faults.push(Refused::new(FaultKind::Inconsistent, detail).at(at));
    for (id, key) in objects {
        if !ids.insert(id) {
            repeated(format!("L'identificativo {id} è di due oggetti."));
        }
        if let Some(key) = key
            && !keys.insert(key)
        {
            repeated(format!("La chiave esterna {} è di due oggetti.", key.as_str()));
        }
    }
}

//! The document seen from where the rules stand: by structure, and by everything that is measured or dated in it.

use std::collections::HashMap;

use crate::assignment::Assignment;
use crate::indicator::Indicator;
use crate::objective::Objective;
use crate::plan::document::PlanDocument;
use crate::unit::UnitId;

/// A document, with its objectives gathered by structure.
pub(super) struct Outline<'a> {
    /// The document.
    pub(super) document: &'a PlanDocument,
    /// The plan's year.
    pub(super) year: i32,
    /// The structures that have objectives, in the order of the document.
    pub(super) structures: Vec<Structure<'a>>,
}

/// A structure with the objectives assigned to it.
pub(super) struct Structure<'a> {
    /// Its id.
    pub(super) unit: UnitId,
    /// Where it stands; the first of its assignments, when the document does not have the structure itself.
    pub(super) pointer: String,
    /// What it is called.
    pub(super) name: &'a str,
    /// Its objectives, in the order of the document.
    pub(super) tasks: Vec<Task<'a>>,
}

/// An objective as one structure has it.
#[derive(Clone, Copy)]
pub(super) struct Task<'a> {
    /// Where the objective stands among those of the plan.
    pub(super) at: usize,
    /// The objective.
    pub(super) objective: &'a Objective,
    /// Where the assignment stands among those of the objective.
    pub(super) assigned_at: usize,
    /// The assignment.
    pub(super) assignment: &'a Assignment,
}

impl Task<'_> {
    /// The pointer to the assignment.
    pub(super) fn pointer(&self) -> String {
        format!("/objectives/{}/assignments/{}", self.at, self.assigned_at)
    }
}

impl<'a> Outline<'a> {
    /// The outline of a document.
    pub(super) fn of(document: &'a PlanDocument) -> Self {
        let year = i32::from(document.plan.facts.year.number());
        let mut by_unit: HashMap<UnitId, Vec<Task<'a>>> = HashMap::new();
        let mut strangers: Vec<UnitId> = Vec::new();
        let known: std::collections::HashSet<UnitId> = document.units.iter().map(|unit| unit.id).collect();
        for task in tasks(document) {
            let unit = task.assignment.facts.unit;
            let tasks = by_unit.entry(unit).or_default();
            if tasks.is_empty() && !known.contains(&unit) {
                strangers.push(unit);
            }
            tasks.push(task);
        }
        let mut structures = Vec::new();
        for (at, unit) in document.units.iter().enumerate() {
            let Some(tasks) = by_unit.remove(&unit.id) else { continue };
            let (pointer, name) = (format!("/units/{at}"), unit.facts.name.as_str());
            structures.push(Structure { unit: unit.id, pointer, name, tasks });
        }
        for unit in strangers {
            let tasks = by_unit.remove(&unit).unwrap_or_default();
            let pointer = tasks.first().map(Task::pointer).unwrap_or_default();
            structures.push(Structure { unit, pointer, name: "struttura non descritta", tasks });
        }
        Self { document, year, structures }
    }

    /// Every objective with where it stands.
    pub(super) fn objectives(&self) -> impl Iterator<Item = (usize, &'a Objective)> {
        self.document.objectives.iter().enumerate()
    }

    /// Every assignment of every objective.
    pub(super) fn tasks(&self) -> impl Iterator<Item = Task<'a>> {
        tasks(self.document)
    }
}

fn tasks(document: &PlanDocument) -> impl Iterator<Item = Task<'_>> {
    document.objectives.iter().enumerate().flat_map(|(at, objective)| {
        let assignments = objective.facts.assignments.iter().enumerate();
        assignments.map(move |(assigned_at, assignment)| Task { at, objective, assigned_at, assignment })
    })
}

/// Every indicator of an objective and of its phases, with where it stands.
pub(super) fn indicators(at: usize, objective: &Objective) -> impl Iterator<Item = (String, &Indicator)> {
    let phases = objective.facts.phases.iter().enumerate().flat_map(move |(phase_at, phase)| {
        let of_phase = phase.facts.indicators.iter().enumerate();
        of_phase.map(move |(number, indicator)| {
            (format!("/objectives/{at}/phases/{phase_at}/indicators/{number}"), indicator)
        })
    });
    let own = objective.facts.indicators.iter().enumerate();
    phases.chain(
        own.map(move |(number, indicator)| (format!("/objectives/{at}/indicators/{number}"), indicator)),
    )
}

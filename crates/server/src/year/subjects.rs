//! What is measured of a plan: every indicator, every phase and objective that has none, in each structure that keeps its own.

use std::collections::HashSet;

use chrono::NaiveDate;
use traguardo_domain::assignment::{Assignment, AssignmentId};
use traguardo_domain::deadline::Deadline;
use traguardo_domain::indicator::Indicator;
use traguardo_domain::objective::{Objective, ObjectiveId};
use traguardo_domain::plan::document::PlanDocument;
use traguardo_domain::said::Said;
use traguardo_domain::unit::{Unit, UnitId};
use uuid::Uuid;

/// Something that is measured.
pub(super) struct Subject<'d> {
    /// Its place in the plan, from 0: what becomes of it in the year depends on it.
    pub(super) number: usize,
    /// How measurements name it.
    pub(super) path: String,
    /// Of which objective.
    pub(super) objective: ObjectiveId,
    /// In which structure in particular.
    pub(super) assignment: Option<AssignmentId>,
    /// The indicator; none for a phase or an objective as a whole.
    pub(super) indicator: Option<&'d Indicator>,
    /// By when.
    pub(super) due: Option<&'d Deadline>,
    /// Whether the head of the structure measures it, and not the comune's program.
    pub(super) is_of_head: bool,
}

impl Subject<'_> {
    /// The day it is due in a plan's year; its last, where the plan names none.
    pub(super) fn due_day(&self, year: i32) -> Option<NaiveDate> {
        let said = self.due.and_then(|due| due.window(year)).map(|(_, last)| last);
        said.or_else(|| NaiveDate::from_ymd_opt(year, 12, 31))
    }
}

/// Everything that is measured of a plan, in its order.
pub(super) fn subjects<'d>(document: &'d PlanDocument, of_head: &HashSet<UnitId>) -> Vec<Subject<'d>> {
    let mut all = Vec::new();
    for (place, objective) in document.objectives.iter().enumerate() {
        let facts = &objective.facts;
        let is_of_head = is_within(objective, of_head);
        // Where several structures share an objective, every second one has a result for all of them, the others one for each.
        let own = facts.assignments.len() > 1 && place.is_multiple_of(2);
        let assignments: Vec<Option<&Assignment>> =
            if own { facts.assignments.iter().map(Some).collect() } else { vec![None] };
        for assignment in assignments {
            for (path, indicator, due) in parts(objective) {
                all.push(Subject {
                    number: all.len(),
                    path,
                    objective: objective.id,
                    assignment: assignment.map(|assignment| assignment.id),
                    indicator,
                    due,
                    is_of_head,
                });
            }
        }
    }
    all
}

/// The parts of an objective that are measured: itself, where it has none.
fn parts(objective: &Objective) -> Vec<(String, Option<&Indicator>, Option<&Deadline>)> {
    let facts = &objective.facts;
    let whole = objective.id.0;
    let mut parts = Vec::new();
    let indicator = |path: String, indicator| (path, Some(indicator), term(indicator));
    for phase in &facts.phases {
        let path = format!("{whole}/phases/{}", phase.id.0);
        if phase.facts.indicators.is_empty() {
            parts.push((path, None, value(phase.facts.deadline.as_ref())));
        } else {
            let named = |one: &'_ Indicator| indicators(&path, one.id.0);
            parts.extend(phase.facts.indicators.iter().map(|one| indicator(named(one), one)));
        }
    }
    let path = whole.to_string();
    parts.extend(facts.indicators.iter().map(|one| indicator(indicators(&path, one.id.0), one)));
    if parts.is_empty() {
        parts.push((path, None, value(facts.deadline.as_ref())));
    }
    parts
}

fn indicators(above: &str, id: Uuid) -> String {
    format!("{above}/indicators/{id}")
}

/// The term of an indicator: the one its target is, else its own.
fn term(indicator: &Indicator) -> Option<&Deadline> {
    use traguardo_domain::target::Target;
    let target = indicator.facts.target.as_ref().map(|said| &said.value);
    match target {
        Some(Target::By { deadline }) => Some(deadline),
        Some(
            Target::Bound { .. }
            | Target::Range { .. }
            | Target::Fraction { .. }
            | Target::Change { .. }
            | Target::Done
            | Target::Parts { .. }
            | Target::Text,
        )
        | None => value(indicator.facts.deadline.as_ref()),
    }
}

fn value(said: Option<&Said<Deadline>>) -> Option<&Deadline> {
    said.map(|said| &said.value)
}

/// Whether an objective is of these structures alone.
pub(super) fn is_within(objective: &Objective, units: &HashSet<UnitId>) -> bool {
    let assignments = &objective.facts.assignments;
    !assignments.is_empty() && assignments.iter().all(|one| units.contains(&one.facts.unit))
}

/// A structure and those below it.
pub(super) fn at_or_below(units: &[Unit], top: UnitId) -> HashSet<UnitId> {
    let mut within = HashSet::from([top]);
    // Each round adds a level; there are never more levels than structures.
    for _ in units {
        let below = units.iter().filter(|unit| unit.facts.parent.is_some_and(|up| within.contains(&up)));
        let below: Vec<UnitId> = below.map(|unit| unit.id).collect();
        within.extend(below);
    }
    within
}

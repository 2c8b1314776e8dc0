//! What is measured of a plan: everything a value is expected of, in each structure its objective is assigned to, with the kind
//! of value that is expected and the days it is expected on. Work lists, freshness and expected progress all look at these.

use crate::assignment::Assignment;
use crate::deadline::Deadline;
use crate::indicator::Indicator;
use crate::measurement::Subject;
use crate::objective::Objective;
use crate::phase::Phase;
use crate::plan::document::PlanDocument;
use crate::said::Said;
use crate::target::Target;

mod kind;
mod known;
mod schedule;
#[cfg(test)]
pub(crate) mod tests;

pub use kind::ValueKind;
pub use known::{Known, Told};
pub use schedule::Schedule;

/// Which part of an objective a value is of.
#[derive(Debug, Clone, Copy)]
pub enum Part<'p> {
    /// An indicator of the objective, or of one of its phases.
    Indicator(&'p Indicator, Option<&'p Phase>),
    /// A phase as a whole.
    Phase(&'p Phase),
    /// The objective as a whole.
    Objective,
}

/// Something a value is expected of, in one structure.
#[derive(Debug, Clone, Copy)]
pub struct Measurable<'p> {
    /// Of which objective.
    pub objective: &'p Objective,
    /// In which structure.
    pub assignment: &'p Assignment,
    /// Which part of the objective.
    pub part: Part<'p>,
}

/// Everything a plan expects a value of: objective by objective, structure by structure, its indicators first and then its
/// phases. A phase with indicators is told by them, and an objective with phases or indicators by these.
pub fn measurables(plan: &PlanDocument) -> impl Iterator<Item = Measurable<'_>> {
    plan.objectives.iter().flat_map(|objective| {
        let assignments = objective.facts.assignments.iter();
        assignments.flat_map(move |assignment| measurables_in(objective, assignment))
    })
}

/// Everything an objective expects a value of, in one structure.
#[must_use]
pub fn measurables_in<'p>(objective: &'p Objective, assignment: &'p Assignment) -> Vec<Measurable<'p>> {
    let mut parts: Vec<Part<'p>> =
        objective.facts.indicators.iter().map(|one| Part::Indicator(one, None)).collect();
    for phase in &objective.facts.phases {
        if phase.facts.indicators.is_empty() {
            parts.push(Part::Phase(phase));
        }
        parts.extend(phase.facts.indicators.iter().map(|one| Part::Indicator(one, Some(phase))));
    }
    if parts.is_empty() {
        parts.push(Part::Objective);
    }
    parts.into_iter().map(|part| Measurable { objective, assignment, part }).collect()
}

impl<'p> Measurable<'p> {
    /// What a value of it names.
    #[must_use]
    pub const fn subject(&self) -> Subject {
        match self.part {
            Part::Indicator(indicator, _) => Subject::Indicator(indicator.id),
            Part::Phase(phase) => Subject::Phase(phase.id),
            Part::Objective => Subject::Objective(self.objective.id),
        }
    }

    /// What people call it.
    #[must_use]
    pub fn label(&self) -> &'p str {
        match self.part {
            Part::Indicator(indicator, _) => indicator.facts.name.as_str(),
            Part::Phase(phase) => phase.facts.title.as_str(),
            Part::Objective => self.objective.facts.title.as_str(),
        }
    }

    /// The days it is expected on, in a plan of this year: its own deadline, else that of the phase it belongs to, else the
    /// objective's, else the last day of the year.
    #[must_use]
    pub fn schedule(&self, year: i32) -> Schedule {
        let of_phase = |phase: &'p Phase| phase.facts.deadline.as_ref();
        let (own, above) = match self.part {
            Part::Indicator(indicator, phase) => {
                let by = match indicator.facts.target.as_ref().map(|said| &said.value) {
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
                    | None => None,
                };
                let own = indicator.facts.deadline.as_ref().map(|said| &said.value);
                (vec![by, own], phase.and_then(of_phase))
            }
            Part::Phase(phase) => (vec![], of_phase(phase)),
            Part::Objective => (vec![], None),
        };
        let value = |said: Option<&'p Said<Deadline>>| said.map(|said| &said.value);
        let above = [value(above), value(self.objective.facts.deadline.as_ref())];
        let said: Vec<&Deadline> = own.into_iter().chain(above).flatten().collect();
        Schedule::of(&said, year, self.grows())
    }

    /// Whether it is a figure that comes together during the year, rather than something done on a day.
    fn grows(&self) -> bool {
        let Part::Indicator(..) = self.part else { return false };
        match self.kind() {
            ValueKind::Number | ValueKind::Ratio | ValueKind::Point | ValueKind::Parts => true,
            ValueKind::Done | ValueKind::Day | ValueKind::Judgement | ValueKind::Text => false,
        }
    }
}

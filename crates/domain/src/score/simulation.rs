//! What-if: the same scorer on changed inputs, with nothing stored, and what became different.

use std::collections::{HashMap, HashSet};

use rust_decimal::Decimal;
use uuid::Uuid;

use super::plan::{Overview, Results};
use super::tree::{Node, Outcome, Scored};
use crate::Faults;
use crate::assignment::AssignmentId;
use crate::fault::{FaultKind, Refused};
use crate::indicator::{Indicator, IndicatorId};
use crate::measurement::{Subject, Value};
use crate::objective::Objective;
use crate::plan::document::PlanDocument;
use crate::rulebook::Rulebook;
use crate::said::Said;
use crate::target::Target;
use crate::text::Code;
use crate::violation::Violation;
use crate::weight::Weight;

/// What is supposed to be other than it is.
#[derive(Debug, Clone, Default)]
pub struct Changes {
    /// What assignments would weigh.
    pub weights: HashMap<AssignmentId, Weight>,
    /// What would be expected of indicators.
    pub targets: HashMap<IndicatorId, Target>,
    /// What would have been measured; of one assignment, or of all that have no value of their own.
    pub values: HashMap<(Subject, Option<AssignmentId>), Value>,
    /// The rulebook that would be used.
    pub rulebook: Option<Rulebook>,
}

/// What a score would be made of.
#[derive(Debug, Clone)]
pub struct Supposed {
    /// The plan.
    pub plan: PlanDocument,
    /// The rulebook.
    pub rulebook: Rulebook,
    /// The results.
    pub results: Results,
}

/// What became of a node.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delta {
    /// Which node.
    pub node: Node,
    /// What it is.
    pub before: Outcome,
    /// What it would be.
    pub after: Outcome,
    /// By how much it would be more; none where there is no result on one side.
    pub difference: Option<Decimal>,
    /// The degree of achievement it has.
    pub band_before: Option<Code>,
    /// The one it would have.
    pub band_after: Option<Code>,
}

impl Changes {
    /// What a score is made of, changed as supposed.
    ///
    /// # Errors
    /// [`Violation::Invalid`] with every change that names nothing in the plan.
    pub fn applied(
        &self,
        plan: &PlanDocument,
        rulebook: &Rulebook,
        results: &Results,
    ) -> Result<Supposed, Violation> {
        self.name_what_is_there(plan)?;
        let mut plan = plan.clone();
        for objective in &mut plan.objectives {
            self.change(objective);
        }
        let mut results = results.clone();
        results.values.extend(self.values.iter().map(|(key, value)| (*key, value.clone())));
        let rulebook = self.rulebook.as_ref().unwrap_or(rulebook).clone();
        Ok(Supposed { plan, rulebook, results })
    }

    fn change(&self, objective: &mut Objective) {
        let facts = &mut objective.facts;
        for assignment in &mut facts.assignments {
            if let Some(weight) = self.weights.get(&assignment.id) {
                assignment.facts.weight = Some(Said::plainly(weight.clone()));
            }
        }
        let below = facts.phases.iter_mut().flat_map(|phase| phase.facts.indicators.iter_mut());
        for Indicator { id, facts } in below.chain(facts.indicators.iter_mut()) {
            if let Some(target) = self.targets.get(id) {
                facts.target = Some(Said::plainly(target.clone()));
            }
        }
    }

    /// Every change has its object.
    fn name_what_is_there(&self, plan: &PlanDocument) -> Result<(), Violation> {
        let mut faults = Faults::new();
        let (mut assignments, mut measured) = (HashSet::new(), HashSet::new());
        for objective in &plan.objectives {
            let subjects = subjects(objective);
            for of in &objective.facts.assignments {
                assignments.insert(of.id);
                measured.extend(subjects.iter().map(|subject| (*subject, Some(of.id))));
            }
            measured.extend(subjects.iter().map(|subject| (*subject, None)));
        }
        let mut unknown = |place: String, what: &str| {
            let detail = format!("{what} non è nel piano.");
            faults.push(Refused::new(FaultKind::UnknownReference, detail).at(&place));
        };
        for id in self.weights.keys().filter(|id| !assignments.contains(id)) {
            unknown(format!("/weights/{}", id.0), "L'assegnazione");
        }
        let is_there = |id: &IndicatorId| measured.contains(&(Subject::Indicator(*id), None));
        for id in self.targets.keys().filter(|id| !is_there(id)) {
            unknown(format!("/targets/{}", id.0), "L'indicatore");
        }
        for (subject, of) in self.values.keys().filter(|key| !measured.contains(key)) {
            let what = if of.is_some() {
                "Ciò che si misura, in quell'assegnazione,"
            } else {
                "Ciò che si misura"
            };
            unknown(format!("/values/{}", id_of(*subject)), what);
        }
        faults.finish(Some(())).map_err(Violation::Invalid)
    }
}

/// Everything of an objective that can be measured.
fn subjects(objective: &Objective) -> Vec<Subject> {
    let indicators = objective.facts.every_indicator().map(|one| Subject::Indicator(one.id));
    let phases = objective.facts.phases.iter().map(|one| Subject::Phase(one.id));
    indicators.chain(phases).chain([Subject::Objective(objective.id)]).collect()
}

const fn id_of(subject: Subject) -> Uuid {
    match subject {
        Subject::Indicator(id) => id.0,
        Subject::Phase(id) => id.0,
        Subject::Objective(id) => id.0,
    }
}

/// What became different: the comune and every structure in any case, assignments where their result or their band did.
#[must_use]
pub fn deltas(before: &Overview<'_>, after: &Overview<'_>) -> Vec<Delta> {
    let units: HashMap<Option<Uuid>, &Scored> =
        after.units.iter().map(|(_, scored)| (scored.node.id, scored)).collect();
    let assignments: HashMap<Option<Uuid>, &Scored> =
        after.assignments.iter().map(|one| (one.scored.node.id, &one.scored)).collect();
    let mut all = vec![delta(&before.comune, &after.comune)];
    let of_units = before.units.iter().map(|(_, scored)| scored);
    all.extend(of_units.filter_map(|one| Some(delta(one, units.get(&one.node.id)?))));
    let of_assignments = before.assignments.iter().map(|one| &one.scored);
    let both = of_assignments.filter_map(|one| Some(delta(one, assignments.get(&one.node.id)?)));
    all.extend(both.filter(|one| one.before != one.after || one.band_before != one.band_after));
    all
}

fn delta(before: &Scored, after: &Scored) -> Delta {
    let numbers = before.percent().zip(after.percent());
    Delta {
        node: before.node.clone(),
        before: before.outcome,
        after: after.outcome,
        difference: numbers.and_then(|(before, after)| after.number().checked_sub(before.number())),
        band_before: before.band.clone(),
        band_after: after.band.clone(),
    }
}

#[cfg(test)]
mod tests;

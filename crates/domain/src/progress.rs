//! Progress: how much of a plan is expected to be there on a day, by its own deadlines, beside how much is; and what to look at
//! before it is too late.

use std::collections::HashMap;

use chrono::NaiveDate;
use rust_decimal::Decimal;
use uuid::Uuid;

use crate::assignment::AssignmentId;
use crate::measurable::{Known, Measurable, Part, Schedule, measurables_in};
use crate::measurement::Measurement;
use crate::plan::document::PlanDocument;
use crate::rulebook::Rulebook;
use crate::score::{How, Judgement, Node, Outcome, Percent, Results, Scored, Scorer, Sterilisation, Why};

mod warnings;

#[cfg(test)]
mod tests;

pub use warnings::{Heed, Warning, WarningKind};

/// A plan whose year is followed.
#[derive(Debug, Clone, Copy)]
pub struct Followed<'p> {
    /// The plan.
    pub plan: &'p PlanDocument,
    /// What it is scored by.
    pub rulebook: &'p Rulebook,
    /// Everything that was measured of it.
    pub measurements: &'p [Measurement],
    /// What was decided of its assignments.
    pub judgements: &'p HashMap<AssignmentId, Judgement>,
}

/// How far something should be on a day, and how far it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Advance {
    /// The comune, a structure or an objective in a structure.
    pub node: Node,
    /// How much of it is expected by then; none where nothing in it counts.
    pub expected: Option<Percent>,
    /// How much is done by then; none where nothing in it counts.
    pub done: Option<Percent>,
}

/// The progress of a plan.
#[derive(Debug, Clone)]
pub struct Progress<'p> {
    /// Of the comune first, then of each structure something is assigned to, then of each assignment in the order of the plan.
    pub advances: Vec<Advance>,
    /// What to look at: what is late first.
    pub warnings: Vec<Warning<'p>>,
}

/// How far a plan is, as it was known at the end of a day.
///
/// Expected and done are weighed as scores are, along the same tree. Expected of a phase or an indicator is what its [`Schedule`]
/// says, whatever is known of it: it comes from the plan alone, so that telling nothing is no way of being on time. Done is
/// what it scores, a hundred at most, and nothing while no value is known. What does not apply, cannot be judged or was
/// sterilised is in neither.
#[must_use]
pub fn progress(followed: Followed<'_>, at: NaiveDate, heed: Heed) -> Progress<'_> {
    let Followed { plan, rulebook, measurements, judgements } = followed;
    let known = Known::on(measurements, at);
    let results = Results { values: known.values(), judgements: judgements.clone() };
    let by_rulebook = Scorer::new(plan, rulebook, &results, at);
    let schedules = Schedules::of(plan);
    let advance = |scored: Scored| {
        let far = schedules.far(&scored, at);
        Advance { node: scored.node, expected: far.map(|far| far.expected), done: far.map(|far| far.done) }
    };
    let mut advances = vec![advance(by_rulebook.comune())];
    advances.extend(plan.units.iter().filter_map(|unit| by_rulebook.unit(unit)).map(advance));
    let mut warnings = Vec::new();
    for objective in &plan.objectives {
        for assignment in &objective.facts.assignments {
            let scored = by_rulebook.assignment(objective, assignment);
            let things = measurables_in(objective, assignment);
            warnings.extend(warnings::of(&schedules, &known, (&things, &scored), at, heed));
            advances.push(advance(scored));
        }
    }
    warnings.sort_by_key(|warning| (warning.kind, warning.due));
    Progress { advances, warnings }
}

/// How far something is, in hundredths.
#[derive(Debug, Clone, Copy)]
struct Far {
    expected: Percent,
    done: Percent,
}

/// When everything that can carry a value is expected, by the id it has in the tree of a score.
struct Schedules {
    year: i32,
    of: HashMap<Uuid, Schedule>,
}

impl Schedules {
    fn of(plan: &PlanDocument) -> Self {
        let year = i32::from(plan.plan.facts.year.number());
        let mut schedules = HashMap::new();
        for objective in &plan.objectives {
            for assignment in &objective.facts.assignments {
                let schedule = |part| Measurable { objective, assignment, part }.schedule(year);
                schedules.insert(assignment.id.0, schedule(Part::Objective));
                for indicator in &objective.facts.indicators {
                    schedules.insert(indicator.id.0, schedule(Part::Indicator(indicator, None)));
                }
                for phase in &objective.facts.phases {
                    schedules.insert(phase.id.0, schedule(Part::Phase(phase)));
                    for indicator in &phase.facts.indicators {
                        schedules.insert(indicator.id.0, schedule(Part::Indicator(indicator, Some(phase))));
                    }
                }
            }
        }
        Self { year, of: schedules }
    }

    fn schedule(&self, leaf: &Scored) -> Option<&Schedule> {
        self.of.get(&leaf.node.id?)
    }

    /// How far a node is; none where nothing in it counts.
    fn far(&self, scored: &Scored, at: NaiveDate) -> Option<Far> {
        if scored.judged.as_ref().is_some_and(|judged| sets_aside(&judged.judgement)) {
            return None;
        }
        if let How::Mean { parts, .. } = &scored.how {
            return mean(parts.iter().filter_map(|part| Some((part.weight?, self.far(&part.scored, at)?))));
        }
        let computed = scored.judged.as_ref().map_or(scored.outcome, |judged| judged.computed);
        let expected = || self.schedule(scored).map(|schedule| schedule.expected(at));
        match computed {
            Outcome::Reached { percent } => {
                Some(Far { expected: expected()?, done: percent.within(Percent::FULL) })
            }
            Outcome::Absent { why: Why::Missing | Why::NotDue } => {
                Some(Far { expected: expected()?, done: Percent::ZERO })
            }
            Outcome::Absent {
                why: Why::NotApplicable | Why::NotEvaluable { .. } | Why::Sterilised | Why::NothingCounts,
            } => None,
        }
    }
}

/// Whether a judgement takes an assignment out of everything it is part of.
const fn sets_aside(judgement: &Judgement) -> bool {
    match judgement {
        Judgement::NotEvaluable { .. }
        | Judgement::Sterilised { effect: Sterilisation::Redistributed, .. } => true,
        Judgement::Sterilised {
            effect: Sterilisation::Frozen { .. } | Sterilisation::Exogenous { .. },
            ..
        }
        | Judgement::Certified
        | Judgement::Override { .. } => false,
    }
}

fn mean(parts: impl Iterator<Item = (Decimal, Far)>) -> Option<Far> {
    let (mut weights, mut expected, mut done) = (Decimal::ZERO, Decimal::ZERO, Decimal::ZERO);
    for (weight, far) in parts {
        weights = weights.saturating_add(weight);
        expected = expected.saturating_add(weight.saturating_mul(far.expected.number()));
        done = done.saturating_add(weight.saturating_mul(far.done.number()));
    }
    let share = |sum: Decimal| sum.checked_div(weights).map(|mean| Percent::of(mean).within(Percent::FULL));
    Some(Far { expected: share(expected)?, done: share(done)? })
}

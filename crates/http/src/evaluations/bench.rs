//! A plan's results on the bench: the assignment a name stands for, the values it is about, what was computed and what stands.

use chrono::NaiveDate;
use traguardo_domain::Violation;
use traguardo_domain::access::Reach;
use traguardo_domain::assignment::Assignment;
use traguardo_domain::evaluation::{Evaluation, EvaluationStep, concerning};
use traguardo_domain::measurement::Measurement;
use traguardo_domain::objective::Objective;
use traguardo_domain::score::{Assigned, Scored, Scorer};
use traguardo_persistence::results::{self, Inputs};
use traguardo_persistence::{TenantTx, evaluations, units};

use super::wire::{EvaluationResponse, EvaluationSummary};
use crate::call::Key;
use crate::plans;
use crate::problem::Problem;

/// An objective in one structure.
#[derive(Clone, Copy)]
pub(super) struct Place<'b> {
    pub(super) objective: &'b Objective,
    pub(super) assignment: &'b Assignment,
}

/// Everything a plan's results are made of, as known on a day.
pub(super) struct Bench {
    pub(super) inputs: Inputs,
    pub(super) at: NaiveDate,
}

impl Bench {
    /// The plan a key names, with everything known of it: until today, or until the day its results were certified.
    ///
    /// # Errors
    /// 404.
    pub(super) fn open(tx: &mut TenantTx<'_>, key: &Key, today: NaiveDate) -> Result<Self, Problem> {
        let plan = plans::look_up(tx, key)?.ok_or(Violation::NotFound)?;
        let certified = if plan.state.is_certified() { results::certified(tx, plan.id)? } else { None };
        let at = certified.map_or(today, |certified| certified.at);
        Ok(Self { inputs: results::inputs(tx, &plan, at)?, at })
    }

    /// Every assignment, in the order of the plan.
    pub(super) fn places(&self) -> impl Iterator<Item = Place<'_>> {
        self.inputs.document.objectives.iter().flat_map(|objective| {
            objective.facts.assignments.iter().map(move |assignment| Place { objective, assignment })
        })
    }

    /// The assignment a name stands for.
    ///
    /// # Errors
    /// 404 when there is none, or more than one of that key: keys of assignments are unique in their objective only.
    pub(super) fn find(&self, key: &Key) -> Result<Place<'_>, Violation> {
        let mut named = self.places().filter(|place| match key {
            Key::Ours(id) => place.assignment.id.0 == *id,
            Key::Theirs(key) => place.assignment.facts.external_id.as_ref() == Some(key),
        });
        match (named.next(), named.next()) {
            (Some(place), None) => Ok(place),
            (None | Some(_), _) => Err(Violation::NotFound),
        }
    }

    /// Whether evaluations of the plan are carried on.
    ///
    /// # Errors
    /// 409 when they are not.
    pub(super) fn collects(&self) -> Result<(), Violation> {
        let state = self.inputs.plan.state;
        if state.collects() { Ok(()) } else { Err(Violation::NothingCollected { state }) }
    }

    /// Whether somebody whose reach is the transaction's may answer for an assignment.
    ///
    /// # Errors
    /// 403 when it is of another structure.
    pub(super) fn reached(tx: &mut TenantTx<'_>, place: Place<'_>) -> Result<(), Problem> {
        let inside = match tx.grant().reach() {
            Reach::Everywhere => true,
            Reach::Within(None) => false,
            Reach::Within(Some(unit)) => {
                units::tree(tx)?.at_or_below(unit).contains(&place.assignment.facts.unit)
            }
        };
        if inside { Ok(()) } else { Err(Violation::OutsideYourUnit.into()) }
    }

    /// The evaluation of an assignment, unopened when nobody took a step.
    pub(super) fn evaluation(&self, place: Place<'_>) -> Evaluation {
        let assignment = place.assignment.id;
        let unopened = || Evaluation { assignment, steps: Vec::new() };
        self.inputs.evaluations.get(&assignment).cloned().unwrap_or_else(unopened)
    }

    /// The values it is about.
    pub(super) fn values(&self, place: Place<'_>) -> Vec<&Measurement> {
        concerning(place.objective.id, place.assignment.id, &self.inputs.measurements)
    }

    /// The evaluation of an assignment with one step more, kept.
    ///
    /// # Errors
    /// 409 when the step does not lead on, or is not whoever makes it to make.
    pub(super) fn take(
        &self,
        tx: &mut TenantTx<'_>,
        place: Place<'_>,
        step: EvaluationStep,
    ) -> Result<Evaluation, Problem> {
        let before = self.evaluation(place);
        let after = before.step(step, &self.values(place)).map_err(Violation::EvaluationRefused)?;
        evaluations::add(tx, self.inputs.plan.id, &before, &after)?;
        Ok(after)
    }

    /// Every assignment in short.
    pub(super) fn summaries(&self) -> Vec<EvaluationSummary> {
        let known = self.inputs.known(self.at);
        let scorer = Scorer::new(&self.inputs.document, self.inputs.by.rulebook(), &known, self.at);
        let summary = |one: Assigned<'_>| {
            let place = Place { objective: one.objective, assignment: one.assignment };
            EvaluationSummary::new(&self.inputs.document.units, place, &self.evaluation(place), &one.scored)
        };
        scorer.all().assignments.into_iter().map(summary).collect()
    }

    /// An evaluation whole.
    pub(super) fn told(&self, place: Place<'_>) -> EvaluationResponse {
        self.told_as(place, self.evaluation(place))
    }

    /// An evaluation whole, as it is now, whatever it was when it was loaded.
    pub(super) fn told_as(&self, place: Place<'_>, evaluation: Evaluation) -> EvaluationResponse {
        let scored = self.scored(place, &evaluation);
        EvaluationResponse::new(self, place, evaluation, &scored)
    }

    fn scored(&self, place: Place<'_>, evaluation: &Evaluation) -> Scored {
        let mut known = self.inputs.known(self.at);
        match evaluation.known(self.at).decision() {
            Some(judgement) => drop(known.judgements.insert(place.assignment.id, judgement.clone())),
            None => drop(known.judgements.remove(&place.assignment.id)),
        }
        let rulebook = self.inputs.by.rulebook();
        Scorer::new(&self.inputs.document, rulebook, &known, self.at)
            .assignment(place.objective, place.assignment)
    }
}

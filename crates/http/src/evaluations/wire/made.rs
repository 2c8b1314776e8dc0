//! What is known of an evaluation, made into what travels.

use traguardo_documents::Word;
use traguardo_domain::evaluation::{Evaluation, EvaluationStep, Move};
use traguardo_domain::score::{Judgement, Outcome, Scored};
use traguardo_domain::unit::Unit;
use traguardo_persistence::results::ScoredBy;

use super::{
    EvaluatedBy, EvaluatedObjective, EvaluatedOutcome, EvaluatedUnit, EvaluationResponse, EvaluationSummary,
    StepResponse,
};
use crate::evaluations::bench::{Bench, Place};
use crate::evaluations::judgement::JudgementKind;
use crate::measurements::Standings;

impl EvaluatedBy {
    fn new(by: &ScoredBy) -> Self {
        let edition = by.reference();
        let shipped = match by {
            ScoredBy::Edition(_) => None,
            ScoredBy::Shipped(which, _) => Some(Word(*which)),
        };
        let year = edition.map(|of| of.year.number().into());
        Self { year, edition: edition.map(|of| of.edition), shipped }
    }
}

impl From<Outcome> for EvaluatedOutcome {
    fn from(outcome: Outcome) -> Self {
        match outcome {
            Outcome::Reached { percent } => Self { percent: Some(percent.into()), why: None },
            Outcome::Absent { why } => Self { percent: None, why: Some(why.word()) },
        }
    }
}

impl From<&Judgement> for JudgementKind {
    fn from(judgement: &Judgement) -> Self {
        match judgement {
            Judgement::Certified => Self::Certified,
            Judgement::Override { .. } => Self::Override,
            Judgement::NotEvaluable { .. } => Self::NotEvaluable,
            Judgement::Sterilised { .. } => Self::Sterilised,
        }
    }
}

impl From<EvaluationStep> for StepResponse {
    fn from(step: EvaluationStep) -> Self {
        let r#type = match step.made {
            Move::Open => "open",
            Move::AskEvidence { .. } => "ask_evidence",
            Move::Answer { .. } => "answer",
            Move::Decide { .. } => "decide",
            Move::Reopen { .. } => "reopen",
        };
        let (made, answer) = if step.made.is_of_the_body() {
            (Some(step.made), None)
        } else {
            // The type stands beside it: what is shown has the form of what was sent.
            let mut sent = serde_json::to_value(&step.made).unwrap_or_default();
            if let Some(members) = sent.as_object_mut() {
                members.remove("type");
            }
            (None, Some(sent))
        };
        Self { id: step.id.0, at: step.at, by: step.by, r#type, made, answer }
    }
}

fn objective_of(place: Place<'_>) -> EvaluatedObjective {
    let facts = &place.objective.facts;
    EvaluatedObjective {
        id: place.objective.id.0,
        code: facts.code.clone().map(String::from),
        title: facts.title.as_str().to_owned(),
    }
}

fn unit_of(units: &[Unit], place: Place<'_>) -> EvaluatedUnit {
    let id = place.assignment.facts.unit;
    let found = units.iter().find(|unit| unit.id == id);
    EvaluatedUnit {
        id: id.0,
        code: found.map(|unit| unit.facts.code.as_str().to_owned()),
        name: found.map(|unit| unit.facts.name.as_str().to_owned()),
    }
}

/// The result as computed, before anything was decided of it.
fn computed(scored: &Scored) -> EvaluatedOutcome {
    scored.judged.as_ref().map_or(scored.outcome, |judged| judged.computed).into()
}

impl EvaluationSummary {
    pub(in crate::evaluations) fn new(
        units: &[Unit],
        place: Place<'_>,
        evaluation: &Evaluation,
        scored: &Scored,
    ) -> Self {
        Self {
            assignment: place.assignment.id.0,
            objective: objective_of(place),
            unit: unit_of(units, place),
            state: Word(evaluation.state()),
            decision: evaluation.decision().map(JudgementKind::from),
            computed: computed(scored),
            outcome: scored.outcome.into(),
        }
    }
}

impl EvaluationResponse {
    pub(in crate::evaluations) fn new(
        bench: &Bench,
        place: Place<'_>,
        evaluation: Evaluation,
        scored: &Scored,
    ) -> Self {
        let values = bench.values(place);
        let standings = Standings::among(&bench.inputs.measurements, bench.at);
        Self {
            assignment: place.assignment.id.0,
            objective: objective_of(place),
            unit: unit_of(&bench.inputs.document.units, place),
            state: Word(evaluation.state()),
            computed: computed(scored),
            outcome: scored.outcome.into(),
            band: scored.band.as_ref().map(|code| code.as_str().to_owned()),
            decision: evaluation.decision().cloned(),
            values: values.into_iter().map(|one| standings.show(one.clone())).collect(),
            steps: evaluation.steps.into_iter().map(StepResponse::from).collect(),
            rulebook: EvaluatedBy::new(&bench.inputs.by),
        }
    }
}

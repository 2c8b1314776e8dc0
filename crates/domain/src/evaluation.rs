//! Evaluations: what the evaluation body decides of an objective in a structure, step by step. Nothing is written over: what
//! was asked, answered and decided stays, and the computed result stays beside what was decided.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use thiserror::Error;
use uuid::Uuid;

use crate::assignment::AssignmentId;
use crate::figure::Figure;
use crate::measurement::{Evidence, Measurement};
use crate::said::Words;
use crate::score::{Judgement, Sterilisation, SterilisationCause};
use crate::vocabulary::vocabulary;

pub mod about;

pub use about::concerning;

/// The id of a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct EvaluationStepId(pub Uuid);

/// What is done in an evaluation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Move {
    /// The body opens it.
    Open,
    /// The body asks for evidence.
    AskEvidence {
        /// Which.
        words: Words,
    },
    /// The head of the structure answers, or asks for something: a cause to be recognised, another result.
    Answer {
        /// What.
        words: Words,
        /// What it rests on.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        evidence: Vec<Evidence>,
        /// What the body is asked to decide.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        proposal: Option<Proposal>,
    },
    /// The body decides.
    Decide {
        /// What.
        judgement: Judgement,
        /// What is to be said of it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        note: Option<Words>,
    },
    /// The body takes its decision back, to decide again.
    Reopen {
        /// Why.
        reason: Words,
    },
}

/// What the head of a structure asks the body to decide; why, and on what, is told in the answer it stands in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Proposal {
    /// Another result in place of the computed one.
    Override {
        /// Which.
        percent: Figure,
    },
    /// That it cannot be judged.
    NotEvaluable,
    /// That something nobody here answers for be recognised.
    Sterilised {
        /// What should follow from it.
        effect: Sterilisation,
        /// What kind of thing it was.
        code: SterilisationCause,
    },
}

/// A step of an evaluation as it was made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EvaluationStep {
    /// Its id.
    pub id: EvaluationStepId,
    /// What was done.
    #[serde(rename = "move")]
    pub made: Move,
    /// When.
    pub at: DateTime<Utc>,
    /// By which member.
    pub by: Uuid,
}

vocabulary! {
    /// Where an evaluation stands.
    EvaluationState, "Stato di una valutazione: da aprire, aperta, in attesa di riscontro, con riscontro, decisa." {
        /// Nobody opened it.
        Unopened = "unopened",
        /// The body looks at it.
        Open = "open",
        /// Evidence was asked for.
        Waiting = "waiting",
        /// The head of the structure answered.
        Answered = "answered",
        /// It is decided.
        Decided = "decided",
    }
}

/// Why a step cannot be made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum EvaluationRefusal {
    /// Not from the state it is in.
    #[error("not from {}", crate::vocabulary::Vocabulary::word(*.0))]
    NotFromHere(EvaluationState),
    /// Who entered a value never certifies it.
    #[error("who entered a value does not certify it")]
    OwnValue,
}

/// The evaluation of one assignment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Evaluation {
    /// Of which assignment.
    pub assignment: AssignmentId,
    /// What was done, in order.
    pub steps: Vec<EvaluationStep>,
}

impl Evaluation {
    /// Where it stands.
    #[must_use]
    pub fn state(&self) -> EvaluationState {
        self.steps.last().map_or(EvaluationState::Unopened, |step| match step.made {
            Move::Open | Move::Reopen { .. } => EvaluationState::Open,
            Move::AskEvidence { .. } => EvaluationState::Waiting,
            Move::Answer { .. } => EvaluationState::Answered,
            Move::Decide { .. } => EvaluationState::Decided,
        })
    }

    /// The evaluation certified as computed by who makes the step, opened first where nobody opened it: the steps that takes.
    ///
    /// # Errors
    /// When it is decided already, or whoever certifies entered one of the `values` it is about.
    pub fn certified(
        &self,
        mut step: impl FnMut(Move) -> EvaluationStep,
        values: &[&Measurement],
    ) -> Result<Vec<Self>, EvaluationRefusal> {
        let decide = Move::Decide { judgement: Judgement::Certified, note: None };
        if self.state() != EvaluationState::Unopened {
            return Ok(vec![self.step(step(decide), values)?]);
        }
        let open = self.step(step(Move::Open), values)?;
        let decided = open.step(step(decide), values)?;
        Ok(vec![open, decided])
    }

    /// What stands decided.
    #[must_use]
    pub fn decision(&self) -> Option<&Judgement> {
        match self.steps.last().map(|step| &step.made) {
            Some(Move::Decide { judgement, .. }) => Some(judgement),
            Some(Move::Open | Move::AskEvidence { .. } | Move::Answer { .. } | Move::Reopen { .. })
            | None => None,
        }
    }

    /// The evaluation with one step more.
    ///
    /// # Errors
    /// When such a step does not lead on from where it stands, or whoever decides entered one of the `values` it is about.
    pub fn step(&self, step: EvaluationStep, values: &[&Measurement]) -> Result<Self, EvaluationRefusal> {
        let state = self.state();
        let leads_on = match step.made {
            Move::Open => state == EvaluationState::Unopened,
            Move::AskEvidence { .. } | Move::Decide { .. } => {
                matches!(state, EvaluationState::Open | EvaluationState::Waiting | EvaluationState::Answered)
            }
            Move::Answer { .. } => {
                matches!(state, EvaluationState::Open | EvaluationState::Waiting | EvaluationState::Answered)
            }
            Move::Reopen { .. } => state == EvaluationState::Decided,
        };
        if !leads_on {
            return Err(EvaluationRefusal::NotFromHere(state));
        }
        let decides = matches!(step.made, Move::Decide { .. });
        if decides && values.iter().any(|value| value.recorded_by == step.by) {
            return Err(EvaluationRefusal::OwnValue);
        }
        let mut steps = self.steps.clone();
        steps.push(step);
        Ok(Self { assignment: self.assignment, steps })
    }
}

impl Move {
    /// Whether the evaluation body makes it; the head of the structure makes the others.
    #[must_use]
    pub const fn is_of_the_body(&self) -> bool {
        match self {
            Self::Open | Self::AskEvidence { .. } | Self::Decide { .. } | Self::Reopen { .. } => true,
            Self::Answer { .. } => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    const BODY: u128 = 1;

    fn step(made: &serde_json::Value, by: u128) -> EvaluationStep {
        serde_json::from_value(json!({
            "id": Uuid::from_u128(7), "move": made, "at": "2025-03-01T09:00:00Z", "by": Uuid::from_u128(by),
        }))
        .unwrap()
    }

    fn unopened() -> Evaluation {
        Evaluation { assignment: AssignmentId(Uuid::from_u128(5)), steps: Vec::new() }
    }

    #[test]
    fn a_decision_comes_after_the_opening_and_is_taken_back_only_with_a_reason() {
        let decide = || step(&json!({"type": "decide", "judgement": {"type": "certified"}}), BODY);
        let refused = unopened().step(decide(), &[]);
        assert_eq!(refused, Err(EvaluationRefusal::NotFromHere(EvaluationState::Unopened)));
        let open = unopened().step(step(&json!({"type": "open"}), BODY), &[]).unwrap();
        let asked = step(&json!({"type": "ask_evidence", "words": "Il registro degli accessi"}), BODY);
        let answer = step(&json!({"type": "answer", "words": "Eccolo"}), 2);
        let answered = open.step(asked, &[]).unwrap().step(answer, &[]).unwrap();
        assert_eq!(answered.state(), EvaluationState::Answered);
        let decided = answered.step(decide(), &[]).unwrap();
        assert_eq!(decided.decision(), Some(&Judgement::Certified));
        assert!(decided.step(decide(), &[]).is_err());
        let again = decided.step(step(&json!({"type": "reopen", "reason": "Errore materiale"}), BODY), &[]);
        assert_eq!(again.unwrap().decision(), None);
    }

    #[test]
    fn certifying_opens_what_nobody_opened_and_never_decides_twice() {
        let made = |made: Move| step(&serde_json::to_value(made).unwrap(), BODY);
        let steps = unopened().certified(made, &[]).unwrap();
        let states: Vec<_> = steps.iter().map(Evaluation::state).collect();
        assert_eq!(states, [EvaluationState::Open, EvaluationState::Decided]);
        let again = steps[1].certified(made, &[]);
        assert_eq!(again, Err(EvaluationRefusal::NotFromHere(EvaluationState::Decided)));
        assert_eq!(steps[0].certified(made, &[]).unwrap().len(), 1);
    }

    #[test]
    fn who_entered_a_value_does_not_certify_it() {
        let value: Measurement = serde_json::from_value(json!({
            "id": Uuid::from_u128(3), "subject": {"type": "indicator", "id": Uuid::from_u128(4)},
            "objective": Uuid::from_u128(6), "period": {"from": "2024-01-01", "to": "2024-12-31"}, "value": {"type": "done", "done": true},
            "standing": "final", "origin": "entered", "recorded_at": "2025-01-10T09:00:00Z",
            "recorded_by": Uuid::from_u128(BODY),
        }))
        .unwrap();
        let open = unopened().step(step(&json!({"type": "open"}), BODY), &[]).unwrap();
        let decide = step(&json!({"type": "decide", "judgement": {"type": "certified"}}), BODY);
        assert_eq!(open.step(decide, &[&value]), Err(EvaluationRefusal::OwnValue));
    }
}

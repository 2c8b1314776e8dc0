//! The life of a sheet, step by step: shared, accepted or objected to, answered, final. Nothing is written over.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use serde::{Deserialize, Serialize};
use thiserror::Error;
use uuid::Uuid;

use super::content::Change;
use super::{Sheet, Standing};
use crate::fault::Fault;
use crate::period::legal_day;
use crate::said::Words;
use crate::text::Code;
use crate::violation::Violation;
use crate::vocabulary::{Vocabulary as _, vocabulary};

/// What is done with a sheet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Move {
    /// The evaluator signs it and shows it to the person.
    Share,
    /// The person accepts it.
    Accept,
    /// The person objects.
    Object {
        /// Why.
        reason: Words,
    },
    /// The evaluator or the body answers the objection: what was said is confirmed, or points take the place of others.
    Answer {
        /// Why.
        reason: Words,
        /// The points that change; none when everything is confirmed.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        changes: Vec<Change>,
    },
    /// It becomes final.
    Finish,
}

vocabulary! {
    /// The name of what is done with a sheet.
    SheetMove, "Passo di una scheda: condividere, accettare, contestare, rispondere, rendere definitiva." {
        /// The evaluator shows it to the person.
        Share = "share",
        /// The person accepts it.
        Accept = "accept",
        /// The person objects.
        Object = "object",
        /// The objection is answered.
        Answer = "answer",
        /// It becomes final.
        Finish = "finish",
    }
}

/// A step as it was made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Made {
    /// What was done.
    #[serde(rename = "move")]
    pub made: Move,
    /// When.
    pub at: DateTime<Utc>,
    /// By which member.
    pub by: Uuid,
}

vocabulary! {
    /// Where a sheet stands.
    SheetState, "Stato di una scheda: bozza, condivisa, accettata, contestata, con risposta, definitiva." {
        /// Its evaluator writes it.
        Draft = "draft",
        /// The person may accept or object.
        Shared = "shared",
        /// The person accepted.
        Accepted = "accepted",
        /// The person objected.
        Objected = "objected",
        /// The objection was answered.
        Answered = "answered",
        /// Nothing changes any more.
        Final = "final",
    }
}

/// Why a step cannot be made.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum SheetRefusal {
    /// It is somebody else's to make.
    #[error("the step is somebody else's")]
    NotYours,
    /// Not from the state it is in.
    #[error("not from {}", .0.word())]
    NotFromHere(SheetState),
    /// Components or behaviours have no points.
    #[error("{} points are missing", .0.len())]
    Incomplete(Vec<Code>),
    /// The term to accept or object is over.
    #[error("the term ended on {until}")]
    TermOver {
        /// Its last day.
        until: NaiveDate,
    },
    /// The person may still accept or object.
    #[error("the term ends on {until}")]
    TermRunning {
        /// Its last day.
        until: NaiveDate,
    },
    /// The points that change are not of the sheet, or out of bounds.
    #[error("{} faults in the changes", .0.len())]
    Changes(Vec<Fault>),
}

impl Move {
    /// Its name.
    #[must_use]
    pub const fn kind(&self) -> SheetMove {
        match self {
            Self::Share => SheetMove::Share,
            Self::Accept => SheetMove::Accept,
            Self::Object { .. } => SheetMove::Object,
            Self::Answer { .. } => SheetMove::Answer,
            Self::Finish => SheetMove::Finish,
        }
    }

    /// Whether it is for whoever has this standing. The person never moves its own sheet as anybody else, whatever it is besides.
    const fn is_for(&self, who: Standing) -> bool {
        match self {
            Self::Share => who.evaluator && !who.person,
            Self::Accept | Self::Object { .. } => who.person,
            Self::Answer { .. } | Self::Finish => (who.evaluator || who.body) && !who.person,
        }
    }
}

impl From<SheetRefusal> for Violation {
    fn from(refusal: SheetRefusal) -> Self {
        match refusal {
            SheetRefusal::Changes(faults) => Self::Invalid(faults),
            SheetRefusal::NotYours
            | SheetRefusal::NotFromHere(_)
            | SheetRefusal::Incomplete(_)
            | SheetRefusal::TermOver { .. }
            | SheetRefusal::TermRunning { .. } => Self::SheetRefused(refusal),
        }
    }
}

impl Sheet {
    /// Where it stands.
    #[must_use]
    pub fn state(&self) -> SheetState {
        self.steps.last().map_or(SheetState::Draft, |step| match step.made {
            Move::Share => SheetState::Shared,
            Move::Accept => SheetState::Accepted,
            Move::Object { .. } => SheetState::Objected,
            Move::Answer { .. } => SheetState::Answered,
            Move::Finish => SheetState::Final,
        })
    }

    /// The last day the person may accept or object on, once it is shared.
    #[must_use]
    pub fn term(&self) -> Option<NaiveDate> {
        let shared = self.steps.iter().find(|step| step.made == Move::Share)?;
        let days = TimeDelta::days(i64::from(self.content.scheme.objection_days));
        legal_day(shared.at).checked_add_signed(days)
    }

    /// The sheet with one step more.
    ///
    /// # Errors
    /// When the step is not the caller's, does not lead on from where the sheet stands, comes too late or too early, or the sheet is not complete.
    pub fn step(&self, step: Made, who: Standing) -> Result<Self, SheetRefusal> {
        if !step.made.is_for(who) {
            return Err(SheetRefusal::NotYours);
        }
        self.leads_on(&step.made, legal_day(step.at))?;
        let finished_at = if step.made == Move::Finish { Some(step.at) } else { None };
        let mut after = Self { finished_at, version: self.version.next(), ..self.clone() };
        after.steps.push(step);
        Ok(after)
    }

    /// Whether a move leads on from where it stands, on a day.
    fn leads_on(&self, made: &Move, today: NaiveDate) -> Result<(), SheetRefusal> {
        let state = self.state();
        let over = self.term().filter(|until| *until < today);
        match (made, state) {
            (Move::Share, SheetState::Draft) => match self.content.without_points() {
                missing if missing.is_empty() => Ok(()),
                missing => Err(SheetRefusal::Incomplete(missing)),
            },
            (Move::Accept | Move::Object { .. }, SheetState::Shared) => {
                over.map_or(Ok(()), |until| Err(SheetRefusal::TermOver { until }))
            }
            (Move::Answer { changes, .. }, SheetState::Objected) => {
                self.content.check_changes(changes).map_err(SheetRefusal::Changes)
            }
            (Move::Finish, SheetState::Accepted | SheetState::Answered) => Ok(()),
            (Move::Finish, SheetState::Shared) => match (over, self.term()) {
                (None, Some(until)) => Err(SheetRefusal::TermRunning { until }),
                (None | Some(_), None | Some(_)) => Ok(()),
            },
            (
                Move::Share | Move::Accept | Move::Object { .. } | Move::Answer { .. } | Move::Finish,
                SheetState::Draft
                | SheetState::Shared
                | SheetState::Accepted
                | SheetState::Objected
                | SheetState::Answered
                | SheetState::Final,
            ) => Err(SheetRefusal::NotFromHere(state)),
        }
    }
}

//! Measurements: what was measured of a plan, for a period, by whom and on what evidence. They are only ever added; what was
//! wrong is superseded by what is right, and both stay.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::assignment::AssignmentId;
use crate::digest::Digest;
use crate::fault::{FaultKind, Refused};
use crate::indicator::IndicatorId;
use crate::objective::ObjectiveId;
use crate::phase::PhaseId;
use crate::text::{ExternalId, Line, Text};
use crate::vocabulary::vocabulary;

mod kind;
mod recording;
mod standing;
mod value;

pub use kind::{Expectation, ValueKind};
pub use recording::{Ground, Measured};
pub use standing::standing;
pub use value::Value;

/// The id of a measurement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct MeasurementId(pub Uuid);

/// What is measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(tag = "type", content = "id", rename_all = "snake_case")]
pub enum Subject {
    /// An indicator.
    Indicator(IndicatorId),
    /// A phase as a whole: whether and when it was done.
    Phase(PhaseId),
    /// An objective as a whole, where nothing of it is measured by itself.
    Objective(ObjectiveId),
}

vocabulary! {
    /// Whether a value may still change.
    Standing, "Se un valore può ancora cambiare: provvisorio, definitivo." {
        /// It may.
        Provisional = "provisional",
        /// It is what the year came to.
        Final = "final",
    }
}

vocabulary! {
    /// Where a value comes from.
    Origin, "Da dove viene un valore: inserito, inviato da un programma, calcolato da fatti, certificato altrove." {
        /// A person entered it.
        Entered = "entered",
        /// A program of the comune sent it.
        Integration = "integration",
        /// It was computed here from facts.
        Feeder = "feeder",
        /// Somebody outside certified it.
        External = "external",
    }
}

/// The days a value is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Span {
    /// The first.
    pub from: NaiveDate,
    /// The last.
    pub to: NaiveDate,
}

impl Span {
    /// From a day to the same or a later one.
    ///
    /// # Errors
    /// When it ends before it begins.
    pub fn parse(from: NaiveDate, to: NaiveDate) -> Result<Self, Refused> {
        if to < from {
            return Err(Refused::new(FaultKind::Inconsistent, "Il periodo finisce prima di cominciare."));
        }
        Ok(Self { from, to })
    }
}

/// The id of a file kept as evidence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct EvidenceFileId(pub Uuid);

/// What a value rests on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Evidence {
    /// What it is.
    pub title: Line<300>,
    /// Where it is kept.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub link: Option<Line<2000>>,
    /// The file kept here.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub file: Option<EvidenceFileId>,
    /// The digest of what is kept there, so that it cannot change unnoticed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub digest: Option<Digest>,
}

/// What is said of a measurement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MeasurementFacts {
    /// The key an integrating program has for it, unique in the plan.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub external_id: Option<ExternalId>,
    /// Of what.
    pub subject: Subject,
    /// Of which objective it is, or is a part.
    pub objective: ObjectiveId,
    /// In which structure, when it is not the same in all the objective is assigned to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub assignment: Option<AssignmentId>,
    /// For which days; a value tells how things stand at their end.
    pub period: Span,
    /// What.
    pub value: Value,
    /// Whether it may still change.
    pub standing: Standing,
    /// Where it comes from.
    pub origin: Origin,
    /// Which register, survey or program it was taken from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<Line<300>>,
    /// What is to be said of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Text<4000>>,
    /// What it rests on.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub evidence: Vec<Evidence>,
    /// The measurement it takes the place of.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub supersedes: Option<MeasurementId>,
}

impl MeasurementFacts {
    /// The most things a value rests on.
    pub const MOST_EVIDENCE: usize = 20;
}

/// A measurement as it was recorded.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Measurement {
    /// Its id.
    pub id: MeasurementId,
    /// What was said.
    #[serde(flatten)]
    pub facts: MeasurementFacts,
    /// When.
    pub recorded_at: DateTime<Utc>,
    /// By which member.
    pub recorded_by: Uuid,
}

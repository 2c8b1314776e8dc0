//! Phases: the steps of an objective, weighed inside it.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::deadline::Deadline;
use crate::indicator::Indicator;
use crate::said::Said;
use crate::text::{ExternalId, Line, Text};
use crate::weight::Weight;

/// The id of a phase.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct PhaseId(pub Uuid);

/// What a caller says of a phase.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PhaseFacts {
    /// The key an integrating program has for it, unique in its objective.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub external_id: Option<ExternalId>,
    /// The label people use: `1.1`, `4.1.`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<Line<60>>,
    /// What is done.
    pub title: Text<2000>,
    /// What it weighs in the objective.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub weight: Option<Said<Weight>>,
    /// By when.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deadline: Option<Said<Deadline>>,
    /// What it is expected to bring.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expected_result: Option<Text<4000>>,
    /// What else is to be said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub notes: Option<Text<4000>>,
    /// What is measured of it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub indicators: Vec<Indicator>,
}

/// A step of an objective.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Phase {
    /// Its id.
    pub id: PhaseId,
    /// What is said of it.
    #[serde(flatten)]
    pub facts: PhaseFacts,
}

//! Assignments: an objective in one unit, with what it weighs there and who answers for it. An objective assigned to several
//! units (*trasversale*) is one objective with several of these.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::said::Said;
use crate::text::{ExternalId, Line, Text};
use crate::unit::UnitId;
use crate::weight::Weight;

/// The id of an assignment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct AssignmentId(pub Uuid);

/// What a caller says of an assignment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AssignmentFacts {
    /// The key an integrating program has for it, unique in its objective.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub external_id: Option<ExternalId>,
    /// The unit it is assigned to; an objective has one assignment for each unit.
    pub unit: UnitId,
    /// What it weighs there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub weight: Option<Said<Weight>>,
    /// What it weighs on its own card, where a plan prints weights twice: in the summary of the unit and on the card.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub card_weight: Option<Said<Weight>>,
    /// The title in the summary of the unit, where it differs from the card's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub summary_title: Option<Line<500>>,
    /// Who answers for it: a role, never a person's name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub responsible: Option<Line<200>>,
    /// Who holds the delegated post (*elevata qualificazione*): a role, `tutte le EQ`, or nobody.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub delegate: Option<Line<200>>,
    /// What else is to be said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub notes: Option<Text<4000>>,
}

/// An objective in one unit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Assignment {
    /// Its id.
    pub id: AssignmentId,
    /// What is said of it.
    #[serde(flatten)]
    pub facts: AssignmentFacts,
}

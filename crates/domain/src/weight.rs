//! Weights: a percentage, a class of the comune's own scale, or none.

use serde::{Deserialize, Serialize};

use crate::figure::Figure;
use crate::text::{Code, Line};

/// What an objective weighs in a unit, or a phase in its objective.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Weight {
    /// A percentage. Real plans have some that are zero or over a hundred: they are kept, and found at review.
    Percent {
        /// The figure.
        percent: Figure,
    },
    /// A class of the plan's scale.
    Class {
        /// Its code in the scale.
        class: Code,
    },
    /// Words that name no weight, or two at once: `2 - rilevante operativo` where 2 is the strategic class.
    Unclear,
}

/// A class of a plan's scale of weights.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct WeightClass {
    /// Its code, unique in the scale.
    pub code: Code,
    /// What people call it.
    pub label: Line<100>,
    /// How much it counts beside the other classes.
    pub coefficient: Figure,
}

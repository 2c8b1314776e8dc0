//! Targets: the value an indicator is expected to reach, typed.

use serde::{Deserialize, Serialize};

use crate::deadline::Deadline;
use crate::figure::Figure;
use crate::measure::{Comparison, Measure};
use crate::said::Words;

/// The expected value of an indicator.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Target {
    /// A figure and how the result must stand to it: `<= 0`, `almeno 15`, `almeno 3,5 su 5`.
    Bound {
        /// How the result must stand to the figure.
        comparison: Comparison,
        /// The figure.
        figure: Figure,
        /// What the figure is of a scale that ends here (`su 5`).
        #[serde(default, skip_serializing_if = "Option::is_none")]
        out_of: Option<Figure>,
        /// Its unit, when it was said.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        measure: Option<Measure>,
    },
    /// Between two figures: `90% <= x <= 100%`.
    Range {
        /// The lower one.
        low: Figure,
        /// Whether reaching the lower one is enough.
        low_included: bool,
        /// The upper one.
        high: Figure,
        /// Whether the upper one is still inside.
        high_included: bool,
        /// Their unit, when it was said.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        measure: Option<Measure>,
    },
    /// A part of a whole: `1/3`.
    Fraction {
        /// How the result must stand to it.
        comparison: Comparison,
        /// The parts.
        numerator: Figure,
        /// Of how many; never zero.
        denominator: Figure,
    },
    /// A change against the baseline: `60% in più`, `-5% rispetto al 2023`. The figure carries the sign.
    Change {
        /// How the result must stand to it.
        comparison: Comparison,
        /// The change; negative when it is to decrease.
        figure: Figure,
        /// Its unit, when it was said.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        measure: Option<Measure>,
    },
    /// Done or not done: `Raggiunto / non raggiunto`, `sì`, `sì/no`.
    Done,
    /// Done by a time: `entro il 31/12/2025`, `Novembre`.
    By {
        /// The time.
        deadline: Deadline,
    },
    /// Several, numbered or separated in one cell: `1) 22 2) 21 3) 43`.
    Parts {
        /// One by one, in their order; none of them has parts itself.
        parts: Vec<TargetPart>,
    },
    /// Words that were not understood as anything else.
    Text,
}

/// One of several targets written together.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct TargetPart {
    /// Its own words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub words: Option<Words>,
    /// What they mean.
    pub value: Target,
}

impl Target {
    /// The most parts one target has.
    pub const MOST_PARTS: usize = 50;

    /// Whether something is there to measure a result against.
    #[must_use]
    pub fn is_measurable(&self) -> bool {
        match self {
            Self::Bound { .. }
            | Self::Range { .. }
            | Self::Fraction { .. }
            | Self::Change { .. }
            | Self::Done
            | Self::By { .. } => true,
            Self::Parts { parts } => parts.iter().all(|part| part.value.is_measurable()),
            Self::Text => false,
        }
    }
}

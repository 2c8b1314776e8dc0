//! Measurements: what was measured of a plan, for a period, by whom and on what evidence. They are only ever added.

use serde::{Deserialize, Serialize};

use crate::indicator::IndicatorId;
use crate::objective::ObjectiveId;
use crate::phase::PhaseId;

mod value;

pub use value::Value;

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

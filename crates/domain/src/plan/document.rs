//! The whole plan as one document: what is exported, put, reviewed, sealed and compared.

use serde::{Deserialize, Serialize};

use crate::comune::ComuneCode;
use crate::objective::Objective;
use crate::plan::{PlanFacts, PlanId};
use crate::section::Section;
use crate::unit::Unit;
use crate::vocabulary::vocabulary;

vocabulary! {
    /// The form of a document: grows when a reader of the one before could not read it.
    Format, "Forma del documento di piano." {
        /// The first.
        V1 = "traguardo.plan.v1",
    }
}

/// The header of a plan in its document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Header {
    /// The plan's id.
    pub id: PlanId,
    /// What is said of it.
    #[serde(flatten)]
    pub facts: PlanFacts,
}

/// A plan, whole: its header, the structures of its year, its narrative and its objectives, each in its order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlanDocument {
    /// Its form.
    pub format: Format,
    /// Whose it is.
    pub comune: ComuneCode,
    /// Its header.
    pub plan: Header,
    /// The structures of the comune in the plan's year.
    #[serde(default)]
    pub units: Vec<Unit>,
    /// Its narrative.
    #[serde(default)]
    pub sections: Vec<Section>,
    /// Its objectives.
    #[serde(default)]
    pub objectives: Vec<Objective>,
}

//! Rulebooks (*SMVP*): how a comune measures and values performance in a year. All of it is data: no band, no formula and no
//! policy is anywhere else.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::figure::Figure;
use crate::indicator::Formula;
use crate::review::FindingCode;
use crate::text::{Code, Line};
use crate::vocabulary::vocabulary;

mod bands;
mod change;
mod check;
mod edition;
mod individual;
mod shipped;

#[cfg(test)]
mod tests;

pub use bands::{Band, Bands, Effect};
pub use change::RulebookChange;
pub use check::RulebookRemark;
pub use edition::{Edition, EditionRef, Opinion, OpinionFacts, Verdict};
pub use individual::{Category, ComponentKind, Mix, Share};
pub use shipped::{Shipped, shipped};

vocabulary! {
    /// Whether bands look at the result as computed or as shown.
    BandOn, "Su quale risultato si decide la fascia: come è calcolato, o arrotondato a due decimali." {
        /// As computed.
        Computed = "computed",
        /// As shown, rounded to two places.
        Shown = "shown",
    }
}

vocabulary! {
    /// What is done with a result there is none of.
    Absence, "Che cosa si fa di un risultato che non c'è: conta zero, oppure esce dal denominatore." {
        /// It counts nothing achieved.
        Zero = "zero",
        /// It leaves the denominator.
        Excluded = "excluded",
    }
}

vocabulary! {
    /// How the parts of a whole are weighed.
    RollUp, "Come si pesano le strutture nel comune: in parti uguali, secondo il personale, secondo i pesi stabiliti." {
        /// All alike.
        Equal = "equal",
        /// By the posts of their staff tables.
        ByStaff = "by_staff",
        /// By weights that are set.
        Set = "set",
    }
}

vocabulary! {
    /// What the result of an objective is made of.
    ObjectiveMix, "Da che cosa viene il risultato di un obiettivo: dalle fasi se ne hanno uno di peso, altrimenti dagli indicatori; solo dagli indicatori; da entrambi." {
        /// From the phases when one of them has a weight, else from the indicators.
        PhasesFirst = "phases_first",
        /// From the indicators only.
        Indicators = "indicators",
        /// From both, with the share the rulebook says.
        Both = "both",
    }
}

vocabulary! {
    /// What happens above the upper end of a range.
    AboveRange, "Oltre l'estremo superiore di un intervallo: vale come dentro, cala in proporzione, vale zero." {
        /// As inside.
        Full = "full",
        /// It falls in proportion.
        Inverse = "inverse",
        /// Nothing.
        Zero = "zero",
    }
}

vocabulary! {
    /// How several parts make one result.
    PartsRule, "Come più parti fanno un risultato: media, oppure tutte o niente." {
        /// Their mean.
        Mean = "mean",
        /// All of them in full, or nothing.
        All = "all",
    }
}

vocabulary! {
    /// How a result below the top of a scale counts.
    ScaleRule, "Come conta un punteggio di una scala: in rapporto al valore atteso, oppure contando dal minimo della scala." {
        /// In proportion to the target.
        OfTarget = "of_target",
        /// In proportion, counted from the least point.
        FromLeast = "from_least",
    }
}

/// Up to so many days late, so much.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct LateStep {
    /// The most days late.
    pub days: u16,
    /// The percentage.
    pub percent: Figure,
}

/// How single results are computed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Formulas {
    /// Above which percentage nothing counts more; a hundred unless over-achievement counts.
    pub cap: Figure,
    /// Days late and what is left; later than the last, nothing.
    pub late: Vec<LateStep>,
    /// By how much a figure that should be low may be over its target until nothing is left; in proportion when not said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub low_tolerance: Option<Figure>,
    /// Above the upper end of a range.
    pub above_range: AboveRange,
    /// The least point of scales.
    pub least_point: Figure,
    /// How points of scales count.
    pub scale: ScaleRule,
    /// How parts make one result.
    pub parts: PartsRule,
    /// Formulas that are computed as another: a comune may want payment times all or nothing.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub instead: BTreeMap<Formula, Formula>,
}

/// What is done with results there are none of: five different things.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Absences {
    /// It was due, and nobody entered it.
    pub missing: Absence,
    /// It is not due yet.
    pub not_due: Absence,
    /// It does not apply.
    pub not_applicable: Absence,
    /// It cannot be judged.
    pub not_evaluable: Absence,
}

/// How the parts of an objective, the objectives of a structure and the structures of a comune make one result.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RollUps {
    /// What the result of an objective is made of.
    pub objective: ObjectiveMix,
    /// The share of the phases, where both count.
    pub phases_share: Figure,
    /// How structures make the comune's result.
    pub comune: RollUp,
    /// The weights that are set, by code of structure.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub set: BTreeMap<Code, Figure>,
    /// Coefficients of classes of weights, where they are not those of the plan's scale.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub classes: BTreeMap<Code, Figure>,
}

/// How a comune measures and values performance in a year.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rulebook {
    /// What it is called.
    pub title: Line<300>,
    /// How single results are computed.
    pub formulas: Formulas,
    /// What is done with results there are none of.
    pub absences: Absences,
    /// How results make a result.
    pub roll_ups: RollUps,
    /// The degrees of achievement.
    pub bands: Bands,
    /// Which result they look at.
    pub band_on: BandOn,
    /// What individual evaluations are made of, by category.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub individual: BTreeMap<Category, Mix>,
    /// The last month in which the plan may be varied.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub variations_until: Option<u8>,
    /// The findings a plan may not be approved with.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub blocking: BTreeSet<FindingCode>,
}

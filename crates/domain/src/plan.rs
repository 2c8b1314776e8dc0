//! Plans: one comune, one year, a three-year horizon. Here is the header; what a plan contains hangs from it.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

mod baseline;
pub mod canonical;
mod carry;
pub mod cycle;
pub mod diff;
pub mod document;
pub mod merge;

use crate::period::Year;
use crate::text::{ExternalId, Line};
use crate::version::{Version, Versioned};
use crate::vocabulary::vocabulary;
use crate::weight::WeightClass;

/// The id of a plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct PlanId(pub Uuid);

vocabulary! {
    /// Under which law the plan stands.
    PlanKind, "Natura del piano: sottosezione 2.2 del PIAO, piano della performance autonomo, PEG con piano dettagliato degli obiettivi." {
        /// Sub-section 2.2 of the PIAO (decree 132 of 2022).
        PiaoPerformance = "piao_performance",
        /// A performance plan of its own, as the comuni of at most fifty employees write (legislative decree 150 of 2009, art. 10).
        Standalone = "standalone",
        /// Piano esecutivo di gestione with its detailed plan of objectives (TUEL, art. 169).
        PegPdo = "peg_pdo",
    }
}

vocabulary! {
    /// Where a plan stands in its cycle.
    PlanState, "Stato del piano nel ciclo: bozza, proposto, in esame all'organo di valutazione, approvato, pubblicato, in corso, in variazione, in consuntivazione, valutato, relazione adottata, relazione validata, chiuso." {
        /// Bozza: being written.
        Draft = "draft",
        /// Proposto: written, waiting to be looked at.
        Proposed = "proposed",
        /// In esame: the evaluation body looks at it.
        UnderReview = "under_review",
        /// Approvato: official, and sealed.
        Approved = "approved",
        /// Pubblicato: anybody may read it.
        Published = "published",
        /// In corso: the year is being followed.
        InProgress = "in_progress",
        /// In variazione: open again, its last version still the official one.
        InVariation = "in_variation",
        /// In consuntivazione: the year is over, its last values are collected and judged.
        Reporting = "reporting",
        /// Valutato: the evaluation body certified the results.
        Evaluated = "evaluated",
        /// Relazione adottata: the Giunta adopted the report.
        ReportAdopted = "report_adopted",
        /// Relazione validata: the evaluation body validated it; only now is anything payable.
        ReportValidated = "report_validated",
        /// Chiuso: nothing changes any more.
        Closed = "closed",
    }
}

impl PlanState {
    /// Whether values are collected, and evaluations carried on.
    #[must_use]
    pub const fn collects(self) -> bool {
        match self {
            Self::InProgress | Self::InVariation | Self::Reporting => true,
            Self::Draft
            | Self::Proposed
            | Self::UnderReview
            | Self::Approved
            | Self::Published
            | Self::Evaluated
            | Self::ReportAdopted
            | Self::ReportValidated
            | Self::Closed => false,
        }
    }

    /// Whether anybody may read the plan.
    #[must_use]
    pub const fn is_public(self) -> bool {
        match self {
            Self::Draft | Self::Proposed | Self::UnderReview | Self::Approved => false,
            Self::Published
            | Self::InProgress
            | Self::InVariation
            | Self::Reporting
            | Self::Evaluated
            | Self::ReportAdopted
            | Self::ReportValidated
            | Self::Closed => true,
        }
    }

    /// Whether the results were certified, and stand as they were then.
    #[must_use]
    pub const fn is_certified(self) -> bool {
        match self {
            Self::Evaluated | Self::ReportAdopted | Self::ReportValidated | Self::Closed => true,
            Self::Draft
            | Self::Proposed
            | Self::UnderReview
            | Self::Approved
            | Self::Published
            | Self::InProgress
            | Self::InVariation
            | Self::Reporting => false,
        }
    }

    /// Whether rewards may be paid: only once the report is validated (legislative decree 150 of 2009, art. 14, paragraph 6).
    #[must_use]
    pub const fn pays(self) -> bool {
        match self {
            Self::ReportValidated | Self::Closed => true,
            Self::Draft
            | Self::Proposed
            | Self::UnderReview
            | Self::Approved
            | Self::Published
            | Self::InProgress
            | Self::InVariation
            | Self::Reporting
            | Self::Evaluated
            | Self::ReportAdopted => false,
        }
    }
}

/// What a caller says of a plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlanFacts {
    /// The key an integrating program has for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub external_id: Option<ExternalId>,
    /// The year it is of, the first of its horizon.
    pub year: Year,
    /// Under which law it stands.
    pub kind: PlanKind,
    /// Its title.
    pub title: Line<300>,
    /// The classes its weights are of, where they are no percentages.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub scale: Vec<WeightClass>,
}

/// The header of a plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Plan {
    /// Its id.
    pub id: PlanId,
    /// What is said of it.
    pub facts: PlanFacts,
    /// Where it stands.
    pub state: PlanState,
    /// The number of the version sealed last.
    pub sealed: Option<i32>,
    /// Grows at every change of the header.
    pub version: Version,
    /// Grows at every change of anything the plan contains: the version of its document.
    #[serde(skip)]
    pub revision: Version,
}

impl Versioned for Plan {
    type Facts = PlanFacts;

    fn facts(&self) -> &PlanFacts {
        &self.facts
    }

    fn version(&self) -> Version {
        self.version
    }
}

impl Plan {
    /// A new plan, as a draft.
    #[must_use]
    pub const fn draft(id: PlanId, facts: PlanFacts) -> Self {
        Self {
            id,
            facts,
            state: PlanState::Draft,
            sealed: None,
            version: Version::FIRST,
            revision: Version::FIRST,
        }
    }

    /// The same plan with another header.
    #[must_use]
    pub fn change(&self, facts: PlanFacts) -> Self {
        Self { facts, version: self.version.next(), ..self.clone() }
    }

    /// The number of the version it would seal next.
    #[must_use]
    pub fn next_seal(&self) -> i32 {
        self.sealed.unwrap_or_default().saturating_add(1)
    }

    /// The last year of the three the plan looks at.
    #[must_use]
    pub const fn horizon_end(&self) -> i16 {
        self.facts.year.number().saturating_add(2)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plan_looks_three_years_ahead_and_grows_by_one_at_each_change() {
        let facts = PlanFacts {
            external_id: None,
            year: Year::parse(2025).unwrap(),
            kind: PlanKind::PiaoPerformance,
            title: Line::parse("Piano della performance 2025").unwrap(),
            scale: Vec::new(),
        };
        let plan = Plan::draft(PlanId(Uuid::nil()), facts.clone());
        assert_eq!(plan.horizon_end(), 2027);
        assert_eq!(plan.change(facts).version, Version::FIRST.next());
    }
}

//! Plans: one comune, one year, a three-year horizon. Here is the header; what a plan contains hangs from it.

use serde::Serialize;
use uuid::Uuid;

use crate::period::Year;
use crate::text::{ExternalId, Line};
use crate::version::Version;

/// The id of a plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct PlanId(pub Uuid);

/// Under which law the plan stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum PlanKind {
    /// Sub-section 2.2 of the PIAO (decree 132 of 2022).
    PiaoPerformance,
    /// A performance plan of its own, as the comuni of at most fifty employees write (legislative decree 150 of 2009, art. 10).
    Standalone,
    /// Piano esecutivo di gestione with its detailed plan of objectives (TUEL, art. 169).
    PegPdo,
}

impl PlanKind {
    /// Every kind.
    pub const ALL: [Self; 3] = [Self::PiaoPerformance, Self::Standalone, Self::PegPdo];

    /// The word, as stored and as it travels.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::PiaoPerformance => "piao_performance",
            Self::Standalone => "standalone",
            Self::PegPdo => "peg_pdo",
        }
    }

    /// The kind a word names.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == word)
    }
}

/// Where a plan stands in its cycle.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum PlanState {
    /// Bozza: being written, nothing sealed.
    Draft,
}

impl PlanState {
    /// Every state.
    pub const ALL: [Self; 1] = [Self::Draft];

    /// The word, as stored and as it travels.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Draft => "draft",
        }
    }

    /// The state a word names.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == word)
    }
}

/// What a caller says of a plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PlanFacts {
    /// The key an integrating program has for it.
    pub external_id: Option<ExternalId>,
    /// The year it is of, the first of its horizon.
    pub year: Year,
    /// Under which law it stands.
    pub kind: PlanKind,
    /// Its title.
    pub title: Line<300>,
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
    /// Grows at every change.
    pub version: Version,
}

impl Plan {
    /// A new plan, as a draft.
    #[must_use]
    pub const fn draft(id: PlanId, facts: PlanFacts) -> Self {
        Self { id, facts, state: PlanState::Draft, version: Version::FIRST }
    }

    /// The same plan with another header.
    #[must_use]
    pub fn change(&self, facts: PlanFacts) -> Self {
        Self { id: self.id, facts, state: self.state, version: self.version.next() }
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
        };
        let plan = Plan::draft(PlanId(Uuid::nil()), facts.clone());
        assert_eq!(plan.horizon_end(), 2027);
        assert_eq!(plan.change(facts).version, Version::FIRST.next());
    }
}

//! Rounds: the windows in which values are collected (monitoring during the year, *consuntivazione* at its end).

use chrono::{Datelike as _, NaiveDate};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::fault::{Fault, FaultKind, Refused};
use crate::measurement::Span;
use crate::plan::Plan;
use crate::text::{ExternalId, Line};
use crate::version::{Version, Versioned};
use crate::violation::Violation;

/// The id of a round.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct RoundId(pub Uuid);

/// What is said of a round.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoundFacts {
    /// The key an integrating program has for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub external_id: Option<ExternalId>,
    /// What it is called.
    pub title: Line<200>,
    /// The days its values are about.
    pub period: Span,
    /// The days in which they are collected.
    pub window: Span,
}

impl RoundFacts {
    /// The most rounds a plan has.
    pub const MOST: usize = 100;

    /// What is wrong with it in a plan: its period is one the plan has values of, and nothing is collected of a period that has
    /// not begun, nor years after the last the plan looks at.
    #[must_use]
    pub fn faults(&self, plan: &Plan) -> Vec<Fault> {
        let mut faults = plan.faults_of_period(self.period);
        for fault in &mut faults {
            fault.pointer.insert_str(0, "/period");
        }
        let mut push = |kind, detail: String, at| faults.push(Refused::new(kind, detail).at(at));
        if self.window.from < self.period.from {
            let detail = "La raccolta si apre prima che il periodo cominci.".to_owned();
            push(FaultKind::Inconsistent, detail, "/window/from");
        }
        let last = i32::from(plan.horizon_end()).saturating_add(1);
        if self.window.to.year() > last {
            let detail = format!("Al più tardi nel {last}, l'anno dopo l'ultimo del piano.");
            push(FaultKind::OutOfBounds, detail, "/window/to");
        }
        faults
    }
}

impl Plan {
    /// Its rounds may be written: until its results are certified.
    ///
    /// # Errors
    /// [`Violation::PlanNotEditable`].
    pub const fn rounds_open(&self) -> Result<(), Violation> {
        if self.state.is_certified() { Err(Violation::PlanNotEditable { state: self.state }) } else { Ok(()) }
    }
}

/// A round of collection.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Round {
    /// Its id.
    pub id: RoundId,
    /// What is said of it.
    #[serde(flatten)]
    pub facts: RoundFacts,
    /// How often it was written.
    #[serde(skip, default = "Version::first")]
    pub version: Version,
}

impl Versioned for Round {
    type Facts = RoundFacts;

    fn facts(&self) -> &RoundFacts {
        &self.facts
    }

    fn version(&self) -> Version {
        self.version
    }
}

/// Whether values of a period are collected on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Collection {
    /// They are.
    Open,
    /// They will be, from that day.
    OpensOn(NaiveDate),
    /// They were, until that day.
    ClosedOn(NaiveDate),
    /// No round is about such a period.
    NoRound,
}

/// Whether values of a period are collected on a day: a plan without rounds collects them always.
#[must_use]
pub fn collection(rounds: &[Round], period: Span, today: NaiveDate) -> Collection {
    if rounds.is_empty() {
        return Collection::Open;
    }
    let windows: Vec<Span> =
        rounds.iter().filter(|round| round.facts.period == period).map(|round| round.facts.window).collect();
    if windows.iter().any(|window| (window.from..=window.to).contains(&today)) {
        return Collection::Open;
    }
    let opens = windows.iter().map(|window| window.from).filter(|from| *from > today).min();
    let closed = windows.iter().map(|window| window.to).filter(|to| *to < today).max();
    match (opens, closed) {
        (Some(opens), _) => Collection::OpensOn(opens),
        (None, Some(closed)) => Collection::ClosedOn(closed),
        (None, None) => Collection::NoRound,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn span(from: &str, to: &str) -> Span {
        Span::parse(from.parse().unwrap(), to.parse().unwrap()).unwrap()
    }

    #[test]
    fn a_value_outside_its_window_is_told_when_it_opens() {
        let facts = RoundFacts {
            external_id: None,
            title: Line::parse("Primo semestre").unwrap(),
            period: span("2024-01-01", "2024-06-30"),
            window: span("2024-07-01", "2024-07-31"),
        };
        let round = Round { id: RoundId(Uuid::nil()), facts, version: Version::FIRST };
        let on =
            |day: &str| collection(std::slice::from_ref(&round), round.facts.period, day.parse().unwrap());
        assert_eq!(on("2024-06-30"), Collection::OpensOn("2024-07-01".parse().unwrap()));
        assert_eq!(on("2024-07-01"), Collection::Open);
        assert_eq!(on("2024-07-31"), Collection::Open);
        assert_eq!(on("2024-08-01"), Collection::ClosedOn("2024-07-31".parse().unwrap()));
        let other = span("2024-07-01", "2024-12-31");
        assert_eq!(
            collection(std::slice::from_ref(&round), other, "2024-07-10".parse().unwrap()),
            Collection::NoRound
        );
        assert_eq!(collection(&[], other, "2024-07-10".parse().unwrap()), Collection::Open);
    }
}

//! Recording: what a value must be to be added to those of a plan.

use std::collections::{BTreeSet, HashSet};

use chrono::{Datelike as _, NaiveDate};

use super::{Expectation, Measurement, MeasurementFacts, Origin, Span, Subject};
use crate::access::Reach;
use crate::assignment::Assignment;
use crate::fault::{Fault, FaultKind, Refused};
use crate::indicator::Indicator;
use crate::objective::Objective;
use crate::phase::Phase;
use crate::plan::Plan;
use crate::role::Role;
use crate::round::{Collection, Round, collection};
use crate::target::Target;
use crate::unit::UnitId;
use crate::violation::Violation;

/// Something that is measured, found in its objective.
#[derive(Debug, Clone, Copy)]
pub enum Measured<'o> {
    /// The objective as a whole.
    Objective(&'o Objective),
    /// One of its phases as a whole.
    Phase(&'o Phase),
    /// An indicator of it, or of one of its phases.
    Indicator(&'o Indicator),
}

impl<'o> Measured<'o> {
    /// How measurements name it.
    #[must_use]
    pub const fn subject(self) -> Subject {
        match self {
            Self::Objective(objective) => Subject::Objective(objective.id),
            Self::Phase(phase) => Subject::Phase(phase.id),
            Self::Indicator(indicator) => Subject::Indicator(indicator.id),
        }
    }

    /// What the plan expects of it.
    #[must_use]
    pub fn expectation(self) -> Expectation<'o> {
        let Self::Indicator(indicator) = self else { return Expectation::Done };
        let target = indicator.facts.target.as_ref().map(|said| &said.value);
        let has_term = indicator.facts.deadline.is_some() || matches!(target, Some(Target::By { .. }));
        Expectation::Result { formula: indicator.facts.formula, target, has_term }
    }
}

impl Origin {
    /// Where a value comes from when whoever sends it does not say: a program sends, a person enters.
    #[must_use]
    pub fn of_a(roles: &BTreeSet<Role>) -> Self {
        if roles.contains(&Role::Integratore) { Self::Integration } else { Self::Entered }
    }
}

impl Plan {
    /// Values of it are collected.
    ///
    /// # Errors
    /// [`Violation::NothingCollected`].
    pub const fn collecting(&self) -> Result<(), Violation> {
        if self.state.collects() { Ok(()) } else { Err(Violation::NothingCollected { state: self.state }) }
    }

    /// What is wrong with a period values of it are said to be about: they are about the year before it at the earliest, where
    /// it begins from, and about the last of its three years at the latest.
    #[must_use]
    pub fn faults_of_period(&self, period: Span) -> Vec<Fault> {
        let first = i32::from(self.facts.year.number()).saturating_sub(1);
        let last = i32::from(self.horizon_end());
        let fits = |day: NaiveDate| (first..=last).contains(&day.year());
        let days = [("/from", period.from), ("/to", period.to)];
        let outside = days.into_iter().filter(|(_, day)| !fits(*day));
        let fault = |(place, _)| {
            let detail = format!("I valori di questo piano riguardano giorni dal {first} al {last}.");
            Refused::new(FaultKind::OutOfBounds, detail).at(place)
        };
        outside.map(fault).collect()
    }
}

/// What decides whether a value may be recorded now and by whoever asks.
#[derive(Debug, Clone, Copy)]
pub struct Ground<'g> {
    /// The windows in which values of the plan are collected.
    pub rounds: &'g [Round],
    /// The day it is.
    pub today: NaiveDate,
    /// How far the grant of whoever records goes.
    pub reach: Reach,
    /// The structures it reaches, when it does not go everywhere.
    pub below: &'g HashSet<UnitId>,
}

impl Ground<'_> {
    /// Whoever records may do it for this assignment; for all of them, when it is none in particular.
    ///
    /// # Errors
    /// [`Violation::OutsideYourUnit`].
    pub fn reaches(&self, objective: &Objective, assignment: Option<&Assignment>) -> Result<(), Violation> {
        match (self.reach, assignment) {
            (Reach::Within(Some(_)), Some(assignment)) if self.below.contains(&assignment.facts.unit) => {
                Ok(())
            }
            (Reach::Within(Some(_)), Some(_)) => Err(Violation::OutsideYourUnit),
            (Reach::Everywhere | Reach::Within(_), _) => objective.facts.within(self.reach, self.below),
        }
    }

    /// Values of a period are collected today.
    ///
    /// # Errors
    /// [`Violation::WindowClosed`], with when it opens.
    pub fn collects(&self, period: Span) -> Result<(), Violation> {
        match collection(self.rounds, period, self.today) {
            Collection::Open => Ok(()),
            window @ (Collection::OpensOn(_) | Collection::ClosedOn(_) | Collection::NoRound) => {
                Err(Violation::WindowClosed { window })
            }
        }
    }

    /// A value may be recorded, perhaps in the place of another. What takes the place of a value collected in another period
    /// alters that one as well: both must be collected today.
    ///
    /// # Errors
    /// [`Violation::WindowClosed`]; [`Violation::Invalid`] when the other is a value of something else.
    pub fn admits(&self, facts: &MeasurementFacts, before: Option<&Measurement>) -> Result<(), Violation> {
        self.collects(facts.period)?;
        let Some(before) = before.map(|before| &before.facts) else { return Ok(()) };
        if (before.subject, before.assignment) != (facts.subject, facts.assignment) {
            let detail = "È una misurazione di altro: una correzione riguarda lo stesso soggetto e la stessa assegnazione.";
            return Err(Violation::Invalid(vec![
                Refused::new(FaultKind::Inconsistent, detail).at("/supersedes"),
            ]));
        }
        self.collects(before.period)
    }
}

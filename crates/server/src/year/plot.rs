//! The plot: what becomes of which objective in the year. It follows from the plan alone, so that every telling is the same.

use std::collections::HashSet;

use traguardo_domain::assignment::AssignmentId;
use traguardo_domain::indicator::Formula;
use traguardo_domain::objective::{Objective, ObjectiveId};
use traguardo_domain::plan::document::PlanDocument;
use traguardo_domain::unit::UnitId;

use super::quarter::Quarter;
use super::subjects::{Subject, is_within};
use super::values::{mistaken, value};

/// What became of something by the end of the year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fate {
    /// What was expected.
    Reached,
    /// More than was expected.
    Exceeded,
    /// A little less, or a few days late.
    Nearly,
    /// A part of it, or some weeks late.
    Partly,
    /// Half of it.
    Half,
    /// Little or nothing.
    Missed,
    /// Nobody ever measured it.
    NeverMeasured,
    /// There was nothing to measure it on: so many of none.
    OutOfNone,
    /// It did not apply.
    NotApplicable,
}

impl Fate {
    /// How much of what was expected was reached at the end, in hundredths.
    pub(super) const fn percent(self) -> i64 {
        match self {
            Self::Exceeded => 108,
            Self::Reached => 100,
            Self::Nearly => 95,
            Self::Partly => 70,
            Self::Half => 50,
            Self::Missed => 20,
            Self::NeverMeasured | Self::OutOfNone | Self::NotApplicable => 0,
        }
    }
}

/// An objective on which the evaluation body decides something else than what was computed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Case {
    pub(super) objective: ObjectiveId,
    pub(super) assignment: AssignmentId,
}

impl Case {
    fn of(objective: &Objective) -> Option<Self> {
        let [assignment] = objective.facts.assignments.as_slice() else { return None };
        Some(Self { objective: objective.id, assignment: assignment.id })
    }
}

/// What becomes of which objective.
#[derive(Debug)]
pub(super) struct Plot {
    /// A cause nobody here answers for: its weight goes to the others.
    pub(super) redistributed: Case,
    /// A cause nobody here answers for, in part: half of what is missing is forgiven.
    pub(super) exogenous: Case,
    /// Another result than the computed one.
    pub(super) overridden: Case,
    /// It cannot be judged.
    pub(super) not_evaluable: Case,
    /// So many of none: the first ratio of the plan.
    out_of_none: Option<usize>,
    /// The one that does not apply.
    not_applicable: Option<usize>,
    /// The one of which a wrong value is sent in the third quarter, and corrected.
    pub(super) mistaken: Option<usize>,
}

impl Plot {
    /// The plot of a plan: the first four objectives of the head's own structure come before the evaluation body; none when
    /// there are no four.
    pub(super) fn of(
        document: &PlanDocument,
        of_head: &HashSet<UnitId>,
        subjects: &[Subject<'_>],
    ) -> Option<Self> {
        let own = document.objectives.iter().filter(|objective| is_within(objective, of_head));
        let mut cases = own.filter_map(Case::of);
        let mut plot = Self {
            redistributed: cases.next()?,
            exogenous: cases.next()?,
            overridden: cases.next()?,
            not_evaluable: cases.next()?,
            out_of_none: None,
            not_applicable: None,
            mistaken: None,
        };
        let decided = |subject: &&Subject<'_>| plot.decided(subject).is_none();
        let free: Vec<&Subject<'_>> = subjects.iter().filter(decided).collect();
        let is_ratio = |subject: &&&Subject<'_>| {
            let indicator = subject.indicator.filter(|one| one.facts.target.is_some());
            indicator.is_some_and(|one| one.facts.formula == Some(Formula::Ratio))
        };
        let usual = |subject: &&&Subject<'_>| usual(subject.number) == Fate::Reached;
        plot.out_of_none = free.iter().find(is_ratio).map(|subject| subject.number);
        let mut others = free.iter().rev().filter(usual);
        plot.not_applicable = others.next().map(|subject| subject.number);
        let year = i32::from(document.plan.facts.year.number());
        let can_be_mistaken = |subject: &&Subject<'_>| {
            let value = value(subject, Fate::Reached, year, Quarter::Third);
            value.is_some_and(|value| mistaken(&value).is_some())
        };
        plot.mistaken = others.find(|subject| can_be_mistaken(subject)).map(|subject| subject.number);
        Some(plot)
    }

    fn decided(&self, subject: &Subject<'_>) -> Option<Fate> {
        let of = |case: Case| case.objective == subject.objective;
        if of(self.redistributed) {
            Some(Fate::Missed)
        } else if of(self.exogenous) {
            Some(Fate::Half)
        } else if of(self.overridden) {
            Some(Fate::Partly)
        } else if of(self.not_evaluable) {
            Some(Fate::NeverMeasured)
        } else {
            None
        }
    }

    /// What becomes of something that is measured.
    pub(super) fn fate(&self, subject: &Subject<'_>) -> Fate {
        let number = Some(subject.number);
        if self.out_of_none == number {
            Fate::OutOfNone
        } else if self.not_applicable == number {
            Fate::NotApplicable
        } else if self.mistaken == number {
            Fate::Reached
        } else {
            self.decided(subject).unwrap_or_else(|| usual(subject.number))
        }
    }
}

/// What becomes of most things: most are reached, some in part, a few missed, and one in twenty nobody ever measures.
fn usual(number: usize) -> Fate {
    if number % 20 == 19 {
        return Fate::NeverMeasured;
    }
    match number % 11 {
        3 => Fate::Nearly,
        5 => Fate::Exceeded,
        7 => Fate::Partly,
        10 => Fate::Missed,
        0..=2 | 4 | 6 | 8..=9 | 11.. => Fate::Reached,
    }
}

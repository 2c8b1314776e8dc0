//! Which kind of value something expects.

use super::{Measurable, Part};
use crate::deadline::Deadline;
use crate::indicator::{Formula, Indicator};
use crate::said::Said;
use crate::target::Target;
use crate::vocabulary::vocabulary;

vocabulary! {
    /// What kind of value something expects; other kinds are understood where they can be.
    ValueKind, "Tipo di valore atteso: numero, rapporto (numeratore e denominatore), fatto o non fatto, giorno, punto di una scala, giudizio, più parti, parole." {
        /// A number.
        Number = "number",
        /// So many of so many.
        Ratio = "ratio",
        /// Done, or not.
        Done = "done",
        /// The day it was done.
        Day = "day",
        /// A point of a scale.
        Point = "point",
        /// What somebody judges.
        Judgement = "judgement",
        /// A value for each part.
        Parts = "parts",
        /// Words.
        Text = "text",
    }
}

impl Measurable<'_> {
    /// The kind of value expected: what the target can be compared with, else what the formula asks for. Of a phase or an
    /// objective as a whole the day it was done, where there is a day to compare it with, else whether it was.
    #[must_use]
    pub fn kind(&self) -> ValueKind {
        let Part::Indicator(indicator, _) = self.part else { return self.kind_of_a_deed() };
        match indicator.facts.target.as_ref().map(|said| &said.value) {
            Some(Target::Parts { .. }) => ValueKind::Parts,
            Some(Target::Done) => ValueKind::Done,
            Some(Target::By { .. }) => self.kind_of_a_deed(),
            Some(Target::Bound { out_of: Some(_), .. }) if indicator.facts.formula.is_none() => {
                ValueKind::Point
            }
            Some(Target::Fraction { .. }) if indicator.facts.formula.is_none() => ValueKind::Ratio,
            Some(
                Target::Bound { .. } | Target::Range { .. } | Target::Fraction { .. } | Target::Change { .. },
            ) => indicator.facts.formula.map_or(ValueKind::Number, Self::kind_of_a_figure),
            Some(Target::Text) | None => indicator.facts.formula.map_or_else(
                || if indicator.facts.measure.is_some() { ValueKind::Number } else { ValueKind::Text },
                |formula| self.kind_without_target(formula),
            ),
        }
    }

    fn kind_of_a_deed(&self) -> ValueKind {
        let relative = matches!(
            self.part,
            Part::Indicator(Indicator { facts, .. }, _) if facts.target.as_ref().is_some_and(|said| matches!(
                said.value, Target::By { deadline: Deadline::Relative { .. } }
            ))
        );
        if relative || self.has_a_term() { ValueKind::Day } else { ValueKind::Done }
    }

    /// Whether a score could compare a day with a term of its own.
    fn has_a_term(&self) -> bool {
        let known = |deadline: &Deadline| !deadline.windows(0).is_empty();
        let said = |said: &Option<Said<Deadline>>| said.as_ref().is_some_and(|said| known(&said.value));
        match self.part {
            Part::Indicator(indicator, _) => {
                let by = indicator.facts.target.as_ref().is_some_and(|target| match &target.value {
                    Target::By { deadline } => known(deadline),
                    Target::Bound { .. }
                    | Target::Range { .. }
                    | Target::Fraction { .. }
                    | Target::Change { .. }
                    | Target::Done
                    | Target::Parts { .. }
                    | Target::Text => false,
                });
                by || said(&indicator.facts.deadline)
            }
            Part::Phase(phase) => said(&phase.facts.deadline),
            Part::Objective => said(&self.objective.facts.deadline),
        }
    }

    fn kind_without_target(&self, formula: Formula) -> ValueKind {
        match formula {
            Formula::Boolean => ValueKind::Done,
            Formula::Date | Formula::RelativeDate => self.kind_of_a_deed(),
            Formula::Composite => ValueKind::Parts,
            Formula::Qualitative => ValueKind::Text,
            Formula::Higher
            | Formula::HigherFromBaseline
            | Formula::Lower
            | Formula::LowerThanZero
            | Formula::Range
            | Formula::Milestone
            | Formula::Scale
            | Formula::Ratio
            | Formula::Count
            | Formula::Variation
            | Formula::Frequency
            | Formula::Judgement
            | Formula::Threshold => Self::kind_of_a_figure(formula),
        }
    }

    const fn kind_of_a_figure(formula: Formula) -> ValueKind {
        match formula {
            Formula::Ratio | Formula::Frequency => ValueKind::Ratio,
            Formula::Scale => ValueKind::Point,
            Formula::Judgement => ValueKind::Judgement,
            Formula::Higher
            | Formula::HigherFromBaseline
            | Formula::Lower
            | Formula::LowerThanZero
            | Formula::Range
            | Formula::Boolean
            | Formula::Date
            | Formula::RelativeDate
            | Formula::Milestone
            | Formula::Count
            | Formula::Variation
            | Formula::Threshold
            | Formula::Composite
            | Formula::Qualitative => ValueKind::Number,
        }
    }
}

//! How much of what was expected of one indicator was achieved: the leaf every score grows from.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::formulas::{self, Computed};
use super::percent::Percent;
use super::why::{Unjudged, Why};
use crate::figure::Figure;
use crate::indicator::{Direction, Formula};
use crate::measure::{Comparison, Measure};
use crate::measurement::Value;
use crate::rulebook::{Formulas, PartsRule};
use crate::target::Target;

mod formula;

/// What was expected of something that is measured.
#[derive(Debug, Clone, Copy)]
pub struct Expected<'e> {
    /// The formula the plan names.
    pub formula: Option<Formula>,
    /// Which way is better.
    pub direction: Option<Direction>,
    /// What is to be reached.
    pub target: Option<&'e Target>,
    /// Where it began.
    pub baseline: Option<Figure>,
    /// The day it is due, where a day is known.
    pub due: Option<NaiveDate>,
}

/// What came of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Achieved {
    /// The formula it was computed with.
    pub formula: Formula,
    /// Before the cap.
    pub uncapped: Percent,
    /// What it is.
    pub percent: Percent,
}

impl Expected<'_> {
    /// How much was achieved.
    ///
    /// # Errors
    /// Why that cannot be said.
    pub fn achieved(&self, value: &Value, rules: &Formulas) -> Result<Achieved, Why> {
        let formula = self.formula_by(value, rules);
        let computed = match value {
            Value::NotApplicable { .. } => return Err(Why::NotApplicable),
            Value::NotEvaluable { .. } => Err(Unjudged::Declared),
            Value::Judgement { percent } => Ok(Percent::from(*percent)),
            Value::Parts { parts } => self.parts(parts, rules),
            Value::Text { .. } => Err(Unjudged::NeedsJudgement),
            Value::Number { .. }
            | Value::Ratio { .. }
            | Value::Done { .. }
            | Value::Day { .. }
            | Value::Point { .. } => self.computed(formula, value, rules),
        };
        let uncapped = computed.map_err(|because| Why::NotEvaluable { because })?;
        Ok(Achieved { formula, uncapped, percent: uncapped.within(Percent::from(rules.cap)) })
    }

    fn computed(&self, formula: Formula, value: &Value, rules: &Formulas) -> Computed {
        match (formula, value) {
            (_, Value::Done { done }) => Ok(if *done { Percent::FULL } else { Percent::ZERO }),
            (_, Value::Day { day, since }) => self.by_day(*day, *since, rules),
            (Formula::Milestone | Formula::Judgement, _) => self.actual(value).map(Percent::of),
            (Formula::Frequency, Value::Ratio { numerator, denominator }) => {
                share_of(*numerator, *denominator).map(Percent::of)
            }
            (Formula::Boolean | Formula::Threshold, _) => {
                let met = self.is_met(self.actual(value)?)?;
                Ok(if met { Percent::FULL } else { Percent::ZERO })
            }
            (Formula::HigherFromBaseline, _) => {
                let baseline = self.baseline.ok_or(Unjudged::NoBaseline)?.number();
                formulas::from_baseline(self.actual(value)?, self.reached_target(baseline)?, baseline)
            }
            (Formula::Lower, _) => formulas::lower(self.actual(value)?, self.bound()?.1, rules),
            (Formula::LowerThanZero, _) => {
                let (comparison, target) = self.bound()?;
                formulas::lower_zero(self.actual(value)?, comparison, target, rules)
            }
            (Formula::Range, _) => {
                let (low, high) = self.ends()?;
                formulas::range(self.actual(value)?, low, high, rules)
            }
            (Formula::Scale, _) => formulas::point(self.actual(value)?, self.bound()?.1, rules),
            (Formula::Variation, _) => self.variation(self.actual(value)?, rules),
            (Formula::Higher | Formula::Ratio | Formula::Count | Formula::Frequency, _) => {
                self.either_way(self.actual(value)?, rules)
            }
            (Formula::Date | Formula::RelativeDate, _) => Err(Unjudged::OtherKind),
            (Formula::Composite | Formula::Qualitative, _) => Err(Unjudged::NeedsJudgement),
        }
    }

    /// Whether a figure is what is expected, all or nothing.
    fn is_met(&self, actual: Decimal) -> Result<bool, Unjudged> {
        if let Some(Target::Range { low, low_included, high, high_included, .. }) = self.target {
            let above = if *low_included { Comparison::AtLeast } else { Comparison::MoreThan };
            let below = if *high_included { Comparison::AtMost } else { Comparison::LessThan };
            let (low, high) = (low.number(), high.number());
            return Ok(formulas::met(actual, above, low) && formulas::met(actual, below, high));
        }
        let (comparison, target) = self.bound()?;
        Ok(formulas::met(actual, comparison, target))
    }

    /// Compared with the target the way the target says.
    fn either_way(&self, actual: Decimal, rules: &Formulas) -> Computed {
        let (comparison, target) = self.bound()?;
        match comparison {
            Comparison::AtMost | Comparison::LessThan => formulas::lower(actual, target, rules),
            Comparison::Exactly => formulas::range(actual, target, target, rules),
            Comparison::AtLeast | Comparison::MoreThan if self.direction == Some(Direction::Lower) => {
                formulas::lower(actual, target, rules)
            }
            Comparison::AtLeast | Comparison::MoreThan => formulas::higher(actual, target),
        }
    }

    fn variation(&self, actual: Decimal, rules: &Formulas) -> Computed {
        let baseline = self.baseline.ok_or(Unjudged::NoBaseline)?.number();
        let change = formulas::change(actual, baseline)?;
        let Some(Target::Change { comparison, figure, .. }) = self.target else {
            return self.either_way(change, rules);
        };
        let wanted = figure.number();
        // A fall that is wanted is measured as a rise of its opposite.
        if wanted < Decimal::ZERO || matches!(comparison, Comparison::AtMost | Comparison::LessThan) {
            let turned = |number: Decimal| Decimal::ZERO.checked_sub(number).ok_or(Unjudged::TooLarge);
            return formulas::higher(turned(change)?, turned(wanted)?);
        }
        formulas::higher(change, wanted)
    }

    fn by_day(&self, day: Option<NaiveDate>, since: Option<NaiveDate>, rules: &Formulas) -> Computed {
        let relative = match self.target {
            Some(Target::By { deadline: crate::deadline::Deadline::Relative { days, .. } }) => {
                since.and_then(|since| since.checked_add_signed(chrono::TimeDelta::days(i64::from(*days))))
            }
            Some(
                Target::By { .. }
                | Target::Bound { .. }
                | Target::Range { .. }
                | Target::Fraction { .. }
                | Target::Change { .. }
                | Target::Done
                | Target::Parts { .. }
                | Target::Text,
            )
            | None => None,
        };
        let due = relative.or(self.due).ok_or(Unjudged::NoTerm)?;
        Ok(formulas::by_day(day, due, rules))
    }

    /// What was measured, as one number in the unit of the target.
    fn actual(&self, value: &Value) -> Result<Decimal, Unjudged> {
        match value {
            Value::Number { figure } | Value::Point { figure } => Ok(figure.number()),
            Value::Judgement { percent } => Ok(percent.number()),
            Value::Ratio { numerator, denominator } => {
                let hundredths = share_of(*numerator, *denominator)?;
                if self.counts_hundredths() {
                    return Ok(hundredths);
                }
                hundredths.checked_div(Decimal::ONE_HUNDRED).ok_or(Unjudged::TooLarge)
            }
            Value::Done { .. }
            | Value::Day { .. }
            | Value::Parts { .. }
            | Value::Text { .. }
            | Value::NotApplicable { .. }
            | Value::NotEvaluable { .. } => Err(Unjudged::OtherKind),
        }
    }

    /// Whether the target of a ratio is written in hundredths, or is one of so many itself.
    pub(super) const fn counts_hundredths(&self) -> bool {
        match self.target {
            Some(Target::Bound { measure, .. } | Target::Range { measure, .. }) => {
                matches!(measure, None | Some(Measure::Percent))
            }
            Some(
                Target::Fraction { .. }
                | Target::Change { .. }
                | Target::Done
                | Target::By { .. }
                | Target::Parts { .. }
                | Target::Text,
            )
            | None => true,
        }
    }

    /// The figure to be reached, and how.
    pub(super) fn bound(&self) -> Result<(Comparison, Decimal), Unjudged> {
        match self.target {
            Some(Target::Bound { comparison, figure, .. } | Target::Change { comparison, figure, .. }) => {
                Ok((*comparison, figure.number()))
            }
            Some(Target::Fraction { comparison, numerator, denominator }) => {
                Ok((*comparison, share_of(*numerator, *denominator)?))
            }
            Some(Target::Range { low, .. }) => Ok((Comparison::AtLeast, low.number())),
            Some(Target::Done | Target::By { .. } | Target::Parts { .. } | Target::Text) | None => {
                Err(Unjudged::NoTarget)
            }
        }
    }

    /// The figure to be reached from a baseline: a change is added to it.
    pub(super) fn reached_target(&self, baseline: Decimal) -> Result<Decimal, Unjudged> {
        let Some(Target::Change { figure, .. }) = self.target else { return Ok(self.bound()?.1) };
        let share = baseline.abs().checked_mul(figure.number()).and_then(|product| {
            product.checked_div(Decimal::ONE_HUNDRED).and_then(|change| baseline.checked_add(change))
        });
        share.ok_or(Unjudged::TooLarge)
    }

    pub(super) fn ends(&self) -> Result<(Decimal, Decimal), Unjudged> {
        if let Some(Target::Range { low, high, .. }) = self.target {
            return Ok((low.number(), high.number()));
        }
        let (_, target) = self.bound()?;
        Ok((target, target))
    }

    /// A value for each part: their mean, or all of them or nothing. A part that is missing counts nothing.
    fn parts(&self, values: &[Option<Value>], rules: &Formulas) -> Computed {
        let Some(Target::Parts { parts }) = self.target else { return Err(Unjudged::OtherKind) };
        let mut sum = Decimal::ZERO;
        let mut all = true;
        for (index, part) in parts.iter().enumerate() {
            let expected = Expected { formula: None, target: Some(&part.value), ..*self };
            let value = values.get(index).and_then(Option::as_ref);
            let achieved = value.map(|value| expected.achieved(value, rules)).transpose();
            let percent = match achieved {
                Ok(achieved) => achieved.map_or(Percent::ZERO, |achieved| achieved.percent),
                Err(Why::NotEvaluable { because }) => return Err(because),
                Err(
                    Why::Missing | Why::NotDue | Why::NotApplicable | Why::Sterilised | Why::NothingCounts,
                ) => {
                    return Err(Unjudged::Declared);
                }
            };
            all = all && percent >= Percent::FULL;
            sum = sum.checked_add(percent.number()).ok_or(Unjudged::TooLarge)?;
        }
        if rules.parts == PartsRule::All {
            return Ok(if all { Percent::FULL } else { Percent::ZERO });
        }
        let count = Decimal::from(u64::try_from(parts.len()).unwrap_or(u64::MAX));
        sum.checked_div(count).map(Percent::of).ok_or(Unjudged::NoTarget)
    }
}

/// So many of so many, in hundredths.
fn share_of(numerator: Figure, denominator: Figure) -> Result<Decimal, Unjudged> {
    if denominator == Figure::ZERO {
        return Err(Unjudged::ZeroDenominator);
    }
    let share = numerator.number().checked_mul(Decimal::ONE_HUNDRED);
    share.and_then(|share| share.checked_div(denominator.number())).ok_or(Unjudged::TooLarge)
}

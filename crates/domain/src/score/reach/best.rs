//! The best value there is of an indicator, by the inverse of its formula, and on which side of it values get worse.

use chrono::NaiveDate;
use rust_decimal::{Decimal, RoundingStrategy};

use crate::deadline::Deadline;
use crate::figure::Figure;
use crate::indicator::{Direction, Formula};
use crate::measure::Comparison;
use crate::measurement::Value;
use crate::rulebook::{Formulas, ScaleRule};
use crate::score::achievement::Expected;
use crate::target::Target;

/// On which side values get worse.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    Below,
    Above,
}

/// What a figure is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Axis {
    /// A number by itself.
    Number,
    /// A point of a scale.
    Point,
    /// So many of as many as there are now.
    Of(Figure),
}

/// A value nothing more can be had of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Best {
    /// That it is done.
    Done,
    /// A day; the later, the worse.
    Day { day: NaiveDate, since: Option<NaiveDate> },
    /// A figure.
    Figure { figure: Decimal, worse: Side, step: Decimal, axis: Axis },
}

/// The best figure of an indicator, as its formula counts it, and where it gets worse.
type Point = Option<(Decimal, Side)>;

/// The best value of an indicator; none when there is nothing to be computed of it, or values are of another kind.
pub(super) fn best(expected: &Expected<'_>, now: Option<&Value>, rules: &Formulas) -> Option<Best> {
    let placeholder = Value::Number { figure: Figure::ZERO };
    // What somebody judged, or said in words, is put aside: the question is what could be measured.
    let value = now.filter(|value| is_measured(value)).unwrap_or(&placeholder);
    let formula = expected.formula_by(value, rules);
    if let (Formula::Date | Formula::RelativeDate, _) | (_, Value::Day { .. }) = (formula, value) {
        return day(expected, value);
    }
    if let (Some(Target::Done), _) | (_, Value::Done { .. }) = (expected.target, value) {
        return Some(Best::Done);
    }
    let at = Inverse { expected, value, rules };
    let (figure, worse) = at.of(formula)?;
    at.on_its_axis(formula, figure, worse)
}

const fn is_measured(value: &Value) -> bool {
    match value {
        Value::Number { .. }
        | Value::Ratio { .. }
        | Value::Done { .. }
        | Value::Day { .. }
        | Value::Point { .. } => true,
        Value::Judgement { .. }
        | Value::Parts { .. }
        | Value::Text { .. }
        | Value::NotApplicable { .. }
        | Value::NotEvaluable { .. } => false,
    }
}

fn day(expected: &Expected<'_>, value: &Value) -> Option<Best> {
    let since = if let Value::Day { since, .. } = value { *since } else { None };
    let relative = if let Some(Target::By { deadline: Deadline::Relative { days, .. } }) = expected.target {
        since.and_then(|since| since.checked_add_signed(chrono::TimeDelta::days(i64::from(*days))))
    } else {
        None
    };
    Some(Best::Day { day: relative.or(expected.due)?, since })
}

/// A formula, turned round.
struct Inverse<'i> {
    expected: &'i Expected<'i>,
    value: &'i Value,
    rules: &'i Formulas,
}

impl Inverse<'_> {
    fn of(&self, formula: Formula) -> Point {
        let bound = || self.expected.bound().ok();
        match formula {
            Formula::Boolean | Formula::Threshold => self.met(),
            Formula::HigherFromBaseline => {
                let baseline = self.expected.baseline?.number();
                let target = self.expected.reached_target(baseline).ok()?;
                let way = target.checked_sub(baseline)?;
                let side = if way < Decimal::ZERO { Side::Above } else { Side::Below };
                Some((baseline.checked_add(self.capped(way)?)?, side))
            }
            Formula::Lower => self.lower(bound()?.1),
            Formula::LowerThanZero => {
                let (comparison, target) = bound()?;
                let less = if comparison == Comparison::LessThan { least_step() } else { Decimal::ZERO };
                Some((target.checked_sub(less)?, Side::Above))
            }
            Formula::Range => {
                let (low, high) = self.expected.ends().ok()?;
                Some(self.between(low, high))
            }
            Formula::Scale => self.scale(bound()?.1),
            Formula::Variation => self.variation(),
            Formula::Milestone => Some((self.rules.cap.number(), Side::Below)),
            Formula::Frequency if matches!(self.value, Value::Ratio { .. }) => {
                Some((self.rules.cap.number(), Side::Below))
            }
            Formula::Higher | Formula::Ratio | Formula::Count | Formula::Frequency => {
                let (comparison, target) = bound()?;
                self.either_way(comparison, target)
            }
            Formula::Date
            | Formula::RelativeDate
            | Formula::Judgement
            | Formula::Composite
            | Formula::Qualitative => None,
        }
    }

    /// As much of it as counts.
    fn capped(&self, whole: Decimal) -> Option<Decimal> {
        whole.checked_mul(self.rules.cap.number())?.checked_div(Decimal::ONE_HUNDRED)
    }

    fn higher(&self, target: Decimal) -> Point {
        Some((if target > Decimal::ZERO { self.capped(target)? } else { target }, Side::Below))
    }

    fn lower(&self, target: Decimal) -> Point {
        let best = if target > Decimal::ZERO {
            target.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(self.rules.cap.number())?
        } else {
            target
        };
        Some((best, Side::Above))
    }

    fn either_way(&self, comparison: Comparison, target: Decimal) -> Point {
        match comparison {
            Comparison::AtMost | Comparison::LessThan => self.lower(target),
            Comparison::Exactly => Some(self.between(target, target)),
            Comparison::AtLeast | Comparison::MoreThan
                if self.expected.direction == Some(Direction::Lower) =>
            {
                self.lower(target)
            }
            Comparison::AtLeast | Comparison::MoreThan => self.higher(target),
        }
    }

    /// The end of a range that is nearer to where it is now.
    fn between(&self, low: Decimal, high: Decimal) -> (Decimal, Side) {
        let above = match self.value {
            Value::Number { figure } | Value::Point { figure } => figure.number() > high,
            Value::Ratio { .. }
            | Value::Done { .. }
            | Value::Day { .. }
            | Value::Judgement { .. }
            | Value::Parts { .. }
            | Value::Text { .. }
            | Value::NotApplicable { .. }
            | Value::NotEvaluable { .. } => false,
        };
        if above { (high, Side::Above) } else { (low, Side::Below) }
    }

    fn met(&self) -> Point {
        if let Some(Target::Range { low, low_included, high, high_included, .. }) = self.expected.target {
            let (end, side) = self.between(low.number(), high.number());
            return match side {
                Side::Below if *low_included => Some((end, side)),
                Side::Below => Some((end.checked_add(least_step())?, side)),
                Side::Above if *high_included => Some((end, side)),
                Side::Above => Some((end.checked_sub(least_step())?, side)),
            };
        }
        let (comparison, target) = self.expected.bound().ok()?;
        Some(match comparison {
            Comparison::AtLeast | Comparison::Exactly => (target, Side::Below),
            Comparison::MoreThan => (target.checked_add(least_step())?, Side::Below),
            Comparison::AtMost => (target, Side::Above),
            Comparison::LessThan => (target.checked_sub(least_step())?, Side::Above),
        })
    }

    fn scale(&self, target: Decimal) -> Point {
        let least = self.rules.least_point.number();
        match self.rules.scale {
            ScaleRule::OfTarget => self.higher(target),
            ScaleRule::FromLeast if target <= least => Some((target, Side::Below)),
            ScaleRule::FromLeast => {
                let way = self.capped(target.checked_sub(least)?)?;
                Some((least.checked_add(way)?, Side::Below))
            }
        }
    }

    fn variation(&self) -> Point {
        let baseline = self.expected.baseline?.number();
        let (change, side) = match self.expected.target {
            Some(Target::Change { comparison, figure, .. }) => {
                let wanted = figure.number();
                let falls =
                    wanted < Decimal::ZERO || matches!(comparison, Comparison::AtMost | Comparison::LessThan);
                let further = (wanted < Decimal::ZERO) == falls && !wanted.is_zero();
                let best = if further { self.capped(wanted)? } else { wanted };
                (best, if falls { Side::Above } else { Side::Below })
            }
            Some(
                Target::Bound { .. }
                | Target::Range { .. }
                | Target::Fraction { .. }
                | Target::Done
                | Target::By { .. }
                | Target::Parts { .. }
                | Target::Text,
            )
            | None => {
                let (comparison, target) = self.expected.bound().ok()?;
                self.either_way(comparison, target)?
            }
        };
        let moved = baseline.abs().checked_mul(change)?.checked_div(Decimal::ONE_HUNDRED)?;
        Some((baseline.checked_add(moved)?, side))
    }

    /// The figure as it is measured, on the grid of figures, no worse than it was.
    fn on_its_axis(&self, formula: Formula, best: Decimal, worse: Side) -> Option<Best> {
        let up = match worse {
            Side::Below => RoundingStrategy::ToPositiveInfinity,
            Side::Above => RoundingStrategy::ToNegativeInfinity,
        };
        let (figure, axis, whole) = match self.value {
            Value::Ratio { numerator, denominator } => {
                let hundredths = formula == Formula::Frequency || self.expected.counts_hundredths();
                let of = best.checked_mul(denominator.number())?;
                let of = if hundredths { of.checked_div(Decimal::ONE_HUNDRED)? } else { of };
                let whole = numerator.number().is_integer() && denominator.number().is_integer();
                (of, Axis::Of(*denominator), whole)
            }
            Value::Point { .. } => (best, Axis::Point, false),
            Value::Number { .. }
            | Value::Done { .. }
            | Value::Day { .. }
            | Value::Judgement { .. }
            | Value::Parts { .. }
            | Value::Text { .. }
            | Value::NotApplicable { .. }
            | Value::NotEvaluable { .. } => (best, Axis::Number, formula == Formula::Count),
        };
        let (places, step) = if whole { (0, Decimal::ONE) } else { (6, least_step()) };
        Some(Best::Figure { figure: figure.round_dp_with_strategy(places, up), worse, step, axis })
    }
}

/// By how much figures differ at least; things that are counted differ by one.
const fn least_step() -> Decimal {
    Decimal::from_parts(1, 0, 0, false, 6)
}

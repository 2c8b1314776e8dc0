//! The values of a year, made up from what the plan expects and from what became of it: the same whenever they are asked for.

use chrono::{NaiveDate, TimeDelta};
use rust_decimal::{Decimal, RoundingStrategy};
use traguardo_domain::deadline::Deadline;
use traguardo_domain::figure::Figure;
use traguardo_domain::indicator::{Formula, Indicator};
use traguardo_domain::measure::{Comparison, Measure};
use traguardo_domain::measurement::Value;
use traguardo_domain::said::Words;
use traguardo_domain::target::Target;

use super::plot::Fate;
use super::quarter::Quarter;
use super::subjects::Subject;

/// What is known of something at the end of a quarter; nothing, while there is nothing to say.
pub(super) fn value(subject: &Subject<'_>, fate: Fate, year: i32, quarter: Quarter) -> Option<Value> {
    match fate {
        Fate::NeverMeasured => return None,
        Fate::NotApplicable => return reasoned("Il servizio è passato a un altro ente."),
        Fate::OutOfNone => return Some(ratio(Decimal::ZERO, Decimal::ZERO)),
        Fate::Reached | Fate::Exceeded | Fate::Nearly | Fate::Partly | Fate::Half | Fate::Missed => {}
    }
    let telling = Telling { number: subject.number, fate, year, quarter, due: subject.due_day(year) };
    let Some(indicator) = subject.indicator else { return Some(telling.state()) };
    telling.of_indicator(indicator, subject.due)
}

/// The value somebody types in with a digit too few.
pub(super) fn mistaken(value: &Value) -> Option<Value> {
    let tenth = |figure: Figure| Figure::new(portion(figure.number(), 10, 2));
    match value {
        Value::Number { figure } => Some(Value::Number { figure: tenth(*figure)? }),
        Value::Judgement { percent } => Some(Value::Judgement { percent: tenth(*percent)? }),
        Value::Ratio { numerator, denominator } => {
            Some(Value::Ratio { numerator: tenth(*numerator)?, denominator: *denominator })
        }
        Value::Done { .. } => Some(Value::Done { done: false }),
        Value::Day { .. }
        | Value::Point { .. }
        | Value::Parts { .. }
        | Value::Text { .. }
        | Value::NotApplicable { .. }
        | Value::NotEvaluable { .. } => None,
    }
}

fn reasoned(reason: &str) -> Option<Value> {
    Some(Value::NotApplicable { reason: Words::parse(reason).ok()? })
}

/// One thing at the end of one quarter.
#[derive(Clone, Copy)]
struct Telling {
    number: usize,
    fate: Fate,
    year: i32,
    quarter: Quarter,
    due: Option<NaiveDate>,
}

impl Telling {
    /// How much was reached so far, in hundredths of what was expected.
    fn so_far(self) -> i64 {
        self.fate.percent().saturating_mul(self.quarter.progress()).checked_div(100).unwrap_or_default()
    }

    fn is_last(self) -> bool {
        self.quarter == Quarter::Fourth
    }

    fn of_indicator(self, indicator: &Indicator, due: Option<&Deadline>) -> Option<Value> {
        let facts = &indicator.facts;
        let target = facts.target.as_ref().map(|said| &said.value);
        match (facts.formula, target) {
            (Some(Formula::Frequency), _) => {
                // Twelve times were planned.
                let done = portion(Decimal::from(12), self.so_far().min(100), 0);
                Some(ratio(done, Decimal::from(12)))
            }
            (Some(Formula::Judgement | Formula::Milestone | Formula::Qualitative), _)
            | (
                Some(Formula::Composite),
                Some(Target::Bound { .. } | Target::Text | Target::Change { .. }) | None,
            )
            | (_, Some(Target::Text) | None) => Some(self.state()),
            (Some(Formula::Date | Formula::RelativeDate), _) => self.day(due),
            (_, Some(target)) => {
                let baseline = facts.baseline.as_ref().and_then(|baseline| baseline.figure);
                self.of_target(facts.formula, target, facts.measure, baseline)
            }
        }
    }

    /// What speaks for a target.
    fn of_target(
        self,
        formula: Option<Formula>,
        target: &Target,
        unit: Option<Measure>,
        baseline: Option<Figure>,
    ) -> Option<Value> {
        match target {
            Target::Bound { comparison, figure, measure, .. } => {
                Some(self.figure(formula, *comparison, figure.number(), measure.or(unit)))
            }
            Target::Range { low, high, measure, .. } => {
                // Inside is inside: only what falls short of the lower end is less.
                let inside = if self.so_far() >= 100 { *high } else { *low };
                let reached = portion(inside.number(), self.so_far().min(100), places(measure.or(unit)));
                Some(number(reached))
            }
            Target::Fraction { numerator, denominator, .. } => {
                let ten = |figure: Figure| figure.number().saturating_mul(Decimal::TEN);
                Some(ratio(portion(ten(*numerator), self.so_far().min(100), 0), ten(*denominator)))
            }
            Target::Change { figure, .. } => {
                let Some(baseline) = baseline else { return Some(self.state()) };
                let change = portion(figure.number(), self.so_far(), 6);
                let factor = Decimal::ONE_HUNDRED.saturating_add(change);
                Some(number(scaled(baseline.number(), factor, 2)))
            }
            Target::Done => self.done(),
            Target::By { deadline } => self.day(Some(deadline)),
            Target::Parts { parts } => {
                let part = |(place, part): (usize, &traguardo_domain::target::TargetPart)| {
                    // The last of several lags behind the others.
                    let lags = place > 0 && place.saturating_add(1) == parts.len();
                    let fate = if lags && self.fate == Fate::Nearly { Fate::Partly } else { self.fate };
                    let telling = Self { fate, number: self.number.saturating_add(place), ..self };
                    telling.of_target(None, &part.value, unit, baseline)
                };
                let parts: Vec<Option<Value>> = parts.iter().enumerate().map(part).collect();
                parts.iter().any(Option::is_some).then_some(Value::Parts { parts })
            }
            Target::Text => Some(self.state()),
        }
    }

    /// A figure that is to stand to another as a comparison says.
    fn figure(
        self,
        formula: Option<Formula>,
        comparison: Comparison,
        target: Decimal,
        unit: Option<Measure>,
    ) -> Value {
        let low = matches!(comparison, Comparison::AtMost | Comparison::LessThan);
        if low || matches!(formula, Some(Formula::Lower | Formula::LowerThanZero)) {
            return number(self.few(target));
        }
        let so_far = if unit == Some(Measure::Percent) { self.so_far().min(100) } else { self.so_far() };
        let counts = unit.is_none_or(|unit| unit == Measure::Percent);
        if formula == Some(Formula::Ratio) && counts && target > Decimal::ZERO {
            // Of so many cases, more in a larger office; never more of them than there are.
            let cases = self.number.checked_rem(5).unwrap_or_default().saturating_add(2).saturating_mul(20);
            let cases = Decimal::from(u64::try_from(cases).unwrap_or(20));
            let wanted = scaled(cases, target.min(Decimal::ONE_HUNDRED), 6);
            return ratio(portion(wanted, so_far.min(100), 0), cases);
        }
        number(portion(target, so_far, places(unit)))
    }

    /// Days, complaints, costs: what should be few begins high and comes down over the year.
    fn few(self, target: Decimal) -> Decimal {
        let over = match self.quarter {
            Quarter::First => 60,
            Quarter::Second => 30,
            Quarter::Third => 15,
            Quarter::Fourth => 0,
        };
        if target <= Decimal::ZERO {
            let end = match self.fate {
                Fate::Missed | Fate::Half => Decimal::from(6),
                Fate::Partly => Decimal::new(28, 2),
                Fate::Reached
                | Fate::Exceeded
                | Fate::Nearly
                | Fate::NeverMeasured
                | Fate::OutOfNone
                | Fate::NotApplicable => Decimal::new(-32, 1),
            };
            return end.saturating_add(portion(Decimal::TEN, over, 2));
        }
        let end: i64 = match self.fate {
            Fate::Exceeded => 85,
            Fate::Reached => 100,
            Fate::Nearly => 105,
            Fate::Partly => 140,
            Fate::Half => 200,
            Fate::Missed | Fate::NeverMeasured | Fate::OutOfNone | Fate::NotApplicable => 400,
        };
        portion(target, end.saturating_add(over), 1)
    }

    /// Done, or not yet; said when it is, and at the end.
    fn done(self) -> Option<Value> {
        let missed = matches!(self.fate, Fate::Missed | Fate::Half | Fate::Partly);
        let in_quarter = self.number.checked_rem(3).unwrap_or_default().saturating_add(2);
        let done = !missed && usize::from(self.quarter.number()) >= in_quarter;
        (done || self.is_last()).then_some(Value::Done { done })
    }

    /// The day it was done; said when it is, and at the end.
    fn day(self, term: Option<&Deadline>) -> Option<Value> {
        let (due, since) = match term {
            Some(Deadline::Relative { days, .. }) => {
                let since = NaiveDate::from_ymd_opt(self.year, 3, 1)?;
                (since.checked_add_signed(TimeDelta::days(i64::from(*days)))?, Some(since))
            }
            Some(deadline) => match deadline.window(self.year) {
                Some((_, last)) => (last, None),
                None => return self.done(),
            },
            None => match self.due {
                Some(due) => (due, None),
                None => return self.done(),
            },
        };
        let late = match self.fate {
            Fate::Exceeded => Some(-20),
            Fate::Reached => Some(-3),
            Fate::Nearly => Some(9),
            Fate::Partly => Some(24),
            Fate::Half => Some(45),
            Fate::Missed | Fate::NeverMeasured | Fate::OutOfNone | Fate::NotApplicable => None,
        };
        let day = late.and_then(|late| due.checked_add_signed(TimeDelta::days(late)));
        let known = day.is_some_and(|day| day <= self.quarter.end(self.year));
        (known || self.is_last()).then_some(Value::Day { day, since })
    }

    /// How far it is, where nothing is counted: the head of the structure tells in hundredths.
    fn state(self) -> Value {
        let percent = Figure::new(Decimal::from(self.so_far().min(100))).unwrap_or(Figure::ZERO);
        Value::Judgement { percent }
    }
}

/// So many hundredths of a figure, rounded to so many places.
fn portion(figure: Decimal, hundredths: i64, places: u32) -> Decimal {
    scaled(figure, Decimal::from(hundredths), places)
}

fn scaled(figure: Decimal, hundredths: Decimal, places: u32) -> Decimal {
    let product = figure.saturating_mul(hundredths).checked_div(Decimal::ONE_HUNDRED).unwrap_or_default();
    product.round_dp_with_strategy(places, RoundingStrategy::MidpointAwayFromZero)
}

/// How many places a unit is told with: what is counted is counted whole.
const fn places(unit: Option<Measure>) -> u32 {
    match unit {
        Some(Measure::Percent | Measure::Days | Measure::Points) => 1,
        Some(Measure::Euro) => 2,
        Some(
            Measure::Months
            | Measure::Years
            | Measure::Hours
            | Measure::Minutes
            | Measure::Number
            | Measure::KilowattHours
            | Measure::CubicMetres
            | Measure::Litres
            | Measure::Metres
            | Measure::SquareMetres
            | Measure::Kilometres
            | Measure::Kilograms
            | Measure::Tonnes,
        )
        | None => 0,
    }
}

fn number(figure: Decimal) -> Value {
    Value::Number { figure: Figure::new(figure).unwrap_or(Figure::ZERO) }
}

fn ratio(numerator: Decimal, denominator: Decimal) -> Value {
    let figure = |number| Figure::new(number).unwrap_or(Figure::ZERO);
    Value::Ratio { numerator: figure(numerator), denominator: figure(denominator) }
}

#[cfg(test)]
mod tests;

//! How the figures of structures become the comune's one.

use rust_decimal::Decimal;

use super::reading::{Reading, share};
use super::rounded;
use crate::fact::Incomparable;
use crate::figure::Figure;
use crate::template::{Definition, Pooling};

/// The comune's figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Pooled {
    pub(super) value: Figure,
    /// What it is a share of, where that can be told.
    pub(super) ratio: Option<(Figure, Figure)>,
}

/// One figure of all of them.
pub(super) fn pool(definition: &Definition, readings: &[Reading]) -> Result<Pooled, Incomparable> {
    let numbers = || readings.iter().filter_map(|one| one.number);
    let ratios = || readings.iter().filter_map(|one| one.ratio);
    let first = ratios().next();
    match definition.pooling {
        Pooling::Same => {
            let mut figures = numbers().map(rounded);
            let one = figures.next().ok_or(Incomparable::NotEvaluable)?;
            if figures.any(|other| other != one) {
                return Err(Incomparable::Disagreeing);
            }
            // The figures agree; so do what they are shares of, or neither is told.
            let agreed = first.filter(|first| ratios().all(|other| other == *first));
            of(one, agreed)
        }
        Pooling::Summed => of(sum(numbers()).and_then(rounded), only(readings)),
        Pooling::Mean => of(mean(readings), only(readings)),
        Pooling::Pooled if first.is_none() => of(mean(readings), None),
        Pooling::Pooled if ratios().count() < readings.len() => Err(Incomparable::Incomplete),
        Pooling::Pooled => {
            let numerator = sum(ratios().map(|(numerator, _)| numerator.number()));
            let denominator = sum(ratios().map(|(_, denominator)| denominator.number()));
            let (numerator, denominator) = numerator.zip(denominator).ok_or(Incomparable::NotEvaluable)?;
            let value = share(definition, numerator, denominator).and_then(rounded);
            of(value, rounded(numerator).zip(rounded(denominator)))
        }
    }
}

fn of(value: Option<Figure>, ratio: Option<(Figure, Figure)>) -> Result<Pooled, Incomparable> {
    value.map(|value| Pooled { value, ratio }).ok_or(Incomparable::NotEvaluable)
}

/// What the one figure there is is a share of.
fn only(readings: &[Reading]) -> Option<(Figure, Figure)> {
    match readings {
        [one] => one.ratio,
        [] | [_, ..] => None,
    }
}

/// The sum; none of nothing.
fn sum(numbers: impl Iterator<Item = Decimal>) -> Option<Decimal> {
    let mut numbers = numbers;
    let first = numbers.next()?;
    numbers.try_fold(first, Decimal::checked_add)
}

/// The simple mean.
fn mean(readings: &[Reading]) -> Option<Figure> {
    let numbers = || readings.iter().filter_map(|one| one.number);
    let count = Decimal::from(u32::try_from(numbers().count()).ok()?);
    rounded(sum(numbers())?.checked_div(count)?)
}

//! What a bound indicator gives: the values that stand in its structures, as numbers in the unit of the shared one.

use std::collections::HashSet;

use rust_decimal::Decimal;

use super::{Bound, Material, Stands};
use crate::fact::Incomparable;
use crate::feeder::feed::is_as_settled;
use crate::figure::Figure;
use crate::indicator::Formula;
use crate::measure::Measure;
use crate::measurement::{Measurement, MeasurementId, Standing, Subject, Value};
use crate::template::{Definition, Pooling};

/// A value that stands, as a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Reading {
    /// How much; none for a share of nothing, which counts nothing where shares are put together.
    pub(super) number: Option<Decimal>,
    /// What it is a share of, when that was recorded.
    pub(super) ratio: Option<(Figure, Figure)>,
    /// Whether it is of all the year.
    pub(super) whole_year: bool,
    /// Whether it may still change.
    pub(super) standing: Standing,
    /// Whether it was computed otherwise than the shared definition tells, as the comune settled.
    pub(super) as_settled: bool,
}

/// The readings of a bound indicator: of each structure its own value, else the one for all of them, which counts once.
pub(super) fn read(
    material: &Material<'_>,
    bound: &Bound<'_>,
    definition: &Definition,
    stands: &Stands<'_>,
) -> Result<Vec<Reading>, Incomparable> {
    let (found, all) = values(bound, stands);
    if found.is_empty() {
        return Err(Incomparable::NoValue);
    }
    let told = found.iter().filter_map(|one| reading(material, one, definition).transpose());
    if definition.pooling != Pooling::Same {
        return if all { told.collect() } else { Err(Incomparable::Incomplete) };
    }
    let (readings, refused): (Vec<_>, Vec<_>) = told.partition(Result::is_ok);
    match refused.first() {
        Some(Err(why)) if readings.is_empty() => Err(*why),
        Some(_) | None => Ok(readings.into_iter().flatten().collect()),
    }
}

/// The measurements that stand, and whether each structure has one.
fn values<'m>(bound: &Bound<'_>, stands: &Stands<'m>) -> (Vec<&'m Measurement>, bool) {
    let subject = Subject::Indicator(bound.indicator.id);
    let whole = stands.get(&(subject, None)).copied();
    let mut seen: HashSet<MeasurementId> = HashSet::new();
    let mut found = Vec::new();
    let mut all = true;
    let assigned = bound.objective.facts.assignments.iter().map(|one| Some(one.id));
    let nowhere = bound.objective.facts.assignments.is_empty().then_some(None);
    for place in assigned.chain(nowhere) {
        let own = place.and_then(|place| stands.get(&(subject, Some(place))).copied());
        match own.or(whole) {
            None => all = false,
            Some(measurement) if seen.insert(measurement.id) => found.push(measurement),
            Some(_) => {}
        }
    }
    (found, all)
}

/// A measurement as a number; nothing where it does not apply.
fn reading(
    material: &Material<'_>,
    measurement: &Measurement,
    definition: &Definition,
) -> Result<Option<Reading>, Incomparable> {
    let is = |formula| definition.formula == formula;
    let (number, ratio) = match &measurement.facts.value {
        Value::NotApplicable { .. } => return Ok(None),
        Value::NotEvaluable { .. } => return Err(Incomparable::NotEvaluable),
        Value::Number { figure } | Value::Point { figure } => (Some(figure.number()), None),
        Value::Judgement { percent } if is(Formula::Judgement) => (Some(percent.number()), None),
        Value::Done { done } if is(Formula::Boolean) => (Some(Decimal::from(u8::from(*done))), None),
        Value::Ratio { numerator, denominator } => {
            let number = share(definition, numerator.number(), denominator.number());
            if number.is_none() && definition.pooling != Pooling::Pooled {
                return Err(Incomparable::NotEvaluable);
            }
            (number, Some((*numerator, *denominator)))
        }
        Value::Judgement { .. }
        | Value::Done { .. }
        | Value::Day { .. }
        | Value::Parts { .. }
        | Value::Text { .. } => return Err(Incomparable::NotAFigure),
    };
    let (whole_year, standing) = (material.covers_the_year(measurement), measurement.facts.standing);
    Ok(Some(Reading { number, ratio, whole_year, standing, as_settled: is_as_settled(&measurement.facts) }))
}

/// So many of so many, in hundredths where the unit is per cent; none when they are of nothing.
pub(super) fn share(definition: &Definition, numerator: Decimal, denominator: Decimal) -> Option<Decimal> {
    let factor = if definition.measure == Measure::Percent { Decimal::ONE_HUNDRED } else { Decimal::ONE };
    numerator.checked_mul(factor)?.checked_div(denominator)
}

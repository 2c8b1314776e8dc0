//! Weights that do not close: a mean is divided by whatever they come to, and people must be told.

use std::collections::HashMap;

use rust_decimal::Decimal;

use super::Overview;
use crate::unit::{Unit, UnitId};
use crate::weight::Weight;

impl Overview<'_> {
    /// What the percentages come to in structures where they should come to a hundred and do not: of those with objectives of
    /// their own, unless their own weights close, or those of everything below, or those of a structure they are part of.
    #[must_use]
    pub fn unclosed(&self) -> HashMap<UnitId, Decimal> {
        let units: HashMap<UnitId, &Unit> = self.units.iter().map(|(unit, _)| (unit.id, *unit)).collect();
        let mut own: HashMap<UnitId, Decimal> = HashMap::new();
        let mut total: HashMap<UnitId, Decimal> = HashMap::new();
        for one in &self.assignments {
            let weight = one.assignment.facts.weight.as_ref().map(|said| &said.value);
            let Some(Weight::Percent { percent }) = weight else { continue };
            let percent = percent.number();
            let add = |sums: &mut HashMap<UnitId, Decimal>, unit| {
                let sum = sums.entry(unit).or_default();
                *sum = sum.saturating_add(percent);
            };
            add(&mut own, one.assignment.facts.unit);
            for unit in line(one.assignment.facts.unit, &units) {
                add(&mut total, unit);
            }
        }
        let closes = |sums: &HashMap<UnitId, Decimal>, unit: &UnitId| {
            sums.get(unit).is_some_and(|sum| *sum == Decimal::ONE_HUNDRED)
        };
        let is_open =
            |unit: &UnitId| !closes(&own, unit) && !line(*unit, &units).any(|up| closes(&total, &up));
        let sums = own.keys().filter(|unit| is_open(unit));
        sums.filter_map(|unit| Some((*unit, *total.get(unit)?))).collect()
    }
}

/// A structure and those it is part of.
fn line<'u>(unit: UnitId, units: &'u HashMap<UnitId, &Unit>) -> impl Iterator<Item = UnitId> + 'u {
    let up = |unit: &UnitId| units.get(unit).and_then(|unit| unit.facts.parent);
    std::iter::successors(Some(unit), up).take(units.len().saturating_add(1))
}

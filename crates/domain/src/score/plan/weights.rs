//! What parts weigh: assignments by percentages or classes, structures by the rulebook.

use std::collections::{HashMap, HashSet};

use rust_decimal::Decimal;

use super::Scorer;
use crate::figure::Figure;
use crate::rulebook::RollUp;
use crate::said::Said;
use crate::unit::{Unit, UnitId};
use crate::weight::Weight;

impl Scorer<'_> {
    /// What a weight of the plan comes to: one below nothing weighs nothing, or a mean could leave its range.
    pub(super) fn coefficient(&self, weight: Option<&Said<Weight>>) -> Option<Decimal> {
        let coefficient = match &weight?.value {
            Weight::Percent { percent } => Some(percent.number()),
            Weight::Class { class } => {
                let set = self.rulebook.roll_ups.classes.get(class).copied();
                let scale = &self.plan.plan.facts.scale;
                let of_scale =
                    || scale.iter().find(|known| known.code == *class).map(|known| known.coefficient);
                set.or_else(of_scale).map(Figure::number)
            }
            Weight::Unclear => None,
        };
        coefficient.map(|number| number.max(Decimal::ZERO))
    }

    pub(super) fn weight_of_unit(&self, unit: &Unit) -> Option<Decimal> {
        match self.rulebook.roll_ups.comune {
            RollUp::Equal => Some(Decimal::ONE),
            RollUp::Set => self
                .rulebook
                .roll_ups
                .set
                .get(&unit.facts.code)
                .map(|weight| weight.number().max(Decimal::ZERO)),
            RollUp::ByStaff => {
                let within = self.below(unit.id)?;
                let units = self.plan.units.iter().filter(|one| within.contains(&one.id));
                let posts = units.flat_map(|one| one.facts.staff.iter()).map(|line| line.posts.number());
                let sum = posts.fold(Decimal::ZERO, Decimal::saturating_add);
                (sum > Decimal::ZERO).then_some(sum)
            }
        }
    }
}

/// For every structure, those at or below it.
pub(super) fn lines_of_descent(units: &[Unit]) -> HashMap<UnitId, HashSet<UnitId>> {
    let parents: HashMap<UnitId, Option<UnitId>> =
        units.iter().map(|unit| (unit.id, unit.facts.parent)).collect();
    let mut below: HashMap<UnitId, HashSet<UnitId>> = HashMap::new();
    for unit in units {
        let up = |unit: &UnitId| parents.get(unit).copied().flatten();
        for above in std::iter::successors(Some(unit.id), up).take(units.len()) {
            below.entry(above).or_default().insert(unit.id);
        }
    }
    below
}

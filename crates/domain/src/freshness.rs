//! Freshness: when everything that is measured was last told of, and how the structures that answer for it keep up.

use std::collections::HashSet;

use chrono::NaiveDate;

use crate::measurable::{Known, Measurable, Told, measurables};
use crate::measurement::{Measurement, Standing};
use crate::period::legal_day;
use crate::plan::document::PlanDocument;
use crate::score::Percent;
use crate::unit::{Unit, UnitId};

#[cfg(test)]
mod tests;

/// How fresh what is known of something is, in one structure.
#[derive(Debug, Clone, Copy)]
pub struct Freshness<'p> {
    /// Of what.
    pub thing: Measurable<'p>,
    /// How often it was told of; none when never.
    pub told: Option<Told>,
    /// Whole days since it was told of last; none when never.
    pub days: Option<i64>,
    /// Whether the value that stands may still change; none when there is none.
    pub standing: Option<Standing>,
}

impl Freshness<'_> {
    /// Whether nobody ever told of it.
    #[must_use]
    pub const fn never_updated(&self) -> bool {
        self.told.is_none()
    }

    /// The legal day it was told of last.
    #[must_use]
    pub fn last_day(&self) -> Option<NaiveDate> {
        self.told.map(|told| legal_day(told.last))
    }
}

/// How a structure keeps up with what is assigned to it; not with what is assigned below it, which others answer for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Upkeep<'p> {
    /// Which structure.
    pub unit: &'p Unit,
    /// How many things are measured there.
    pub measured: usize,
    /// Of how many a value is known.
    pub updated: usize,
    /// Of how many the value that stands may still change.
    pub provisional: usize,
    /// Of how many it is final.
    pub definitive: usize,
    /// Of those told of, the day the one left longest was told of last.
    pub oldest: Option<NaiveDate>,
    /// The share a value is known of.
    pub share: Percent,
}

impl Upkeep<'_> {
    /// Of how many things nobody ever told.
    #[must_use]
    pub const fn never_updated(&self) -> usize {
        self.measured.saturating_sub(self.updated)
    }
}

/// How fresh everything is that was known at the end of a day, of what is assigned to some structures (or to all), in the order of
/// the plan. A value for all structures refreshes each of them, and one of a phase or an objective as a whole what it is made of.
#[must_use]
#[expect(clippy::implicit_hasher, reason = "sets of structures are made in one place, with one hasher")]
pub fn freshness<'p>(
    plan: &'p PlanDocument,
    measurements: &[Measurement],
    at: NaiveDate,
    units: Option<&HashSet<UnitId>>,
) -> Vec<Freshness<'p>> {
    let known = Known::on(measurements, at);
    let within =
        |thing: &Measurable<'_>| units.is_none_or(|units| units.contains(&thing.assignment.facts.unit));
    let fresh = |thing: Measurable<'p>| {
        let told = known.told(&thing);
        let days = told.map(|told| at.signed_duration_since(legal_day(told.last)).num_days());
        Freshness { thing, told, days, standing: known.of(&thing).map(|one| one.facts.standing) }
    };
    measurables(plan).filter(within).map(fresh).collect()
}

/// How each structure keeps up, in the order of the structures; those nothing is assigned to are left out.
#[must_use]
pub fn upkeep<'p>(plan: &'p PlanDocument, freshness: &[Freshness<'_>]) -> Vec<Upkeep<'p>> {
    let of_unit = |unit: &'p Unit| {
        let own: Vec<&Freshness<'_>> =
            freshness.iter().filter(|one| one.thing.assignment.facts.unit == unit.id).collect();
        let of = |standing| own.iter().filter(|one| one.standing == Some(standing)).count();
        let updated = own.iter().filter(|one| !one.never_updated()).count();
        Some(Upkeep {
            unit,
            measured: own.len(),
            updated,
            provisional: of(Standing::Provisional),
            definitive: of(Standing::Final),
            oldest: own.iter().filter_map(|one| one.last_day()).min(),
            share: Percent::ratio(count(updated), count(own.len()))?,
        })
    };
    plan.units.iter().filter_map(of_unit).collect()
}

fn count(number: usize) -> rust_decimal::Decimal {
    u64::try_from(number).unwrap_or(u64::MAX).into()
}

//! Of which structures anything is told: who knows the figure of a whole and those of its parts could reckon that of what is left,
//! and that is never fewer than five persons.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use chrono::{Datelike as _, Months, NaiveDate};

use super::figures::FEWEST;
use super::{PersonKey, TrainingEntry};
use crate::feeder::{Asked, Computed, NotComputable, Outcome};
use crate::unit::{Tree, UnitId};

/// A part of a structure: one directly below it, or those who work for it and for none of these.
type Part = Option<UnitId>;
/// In which parts of a structure each person works.
type Persons<'e> = BTreeMap<&'e PersonKey, BTreeSet<Part>>;

/// The structures of which nothing is told, or whose parts may not be.
#[derive(Debug, Clone, Default)]
pub struct Groups {
    hidden: HashSet<UnitId>,
}

impl Groups {
    /// Looks at where everybody works on the day figures are seen from.
    #[must_use]
    pub fn of(entries: &[TrainingEntry], tree: &Tree, asked: Asked) -> Self {
        let on = seen_on(asked);
        let mut wholes: BTreeMap<Part, Persons<'_>> = BTreeMap::new();
        for entry in entries.iter().filter(|entry| entry.serves_on(on)) {
            let mut part = None;
            let above = entry.unit.into_iter().flat_map(|unit| tree.at_and_above(unit));
            for whole in above.map(Some).chain([None]) {
                wholes.entry(whole).or_default().entry(&entry.person).or_default().insert(part);
                part = whole;
            }
        }
        let few: HashSet<UnitId> = wholes.values().flat_map(hidden).flatten().collect();
        let below = |unit: &UnitId| tree.at_and_above(*unit).any(|above| few.contains(&above));
        let known = wholes.keys().copied().flatten();
        Self { hidden: known.filter(below).collect() }
    }

    /// A figure of a structure, or that it is of too few.
    #[must_use]
    pub fn told(&self, unit: Option<UnitId>, computed: Computed) -> Computed {
        match computed.outcome {
            Outcome::Ratio { .. } | Outcome::Number(_)
                if unit.is_some_and(|unit| self.hidden.contains(&unit)) =>
            {
                let outcome = Outcome::NotComputable(NotComputable::TooFew);
                Computed { outcome, counted: 0, left_out: Vec::new(), ..computed }
            }
            Outcome::Ratio { .. } | Outcome::Number(_) | Outcome::NotComputable(_) => computed,
        }
    }
}

/// The parts nothing is told of: those with fewer than five persons to themselves or in common with the same others, and, where all
/// of these together are fewer than five, the smallest of the rest.
fn hidden(persons: &Persons<'_>) -> BTreeSet<Part> {
    let mut alike: BTreeMap<&BTreeSet<Part>, usize> = BTreeMap::new();
    let mut sizes: BTreeMap<Part, usize> = BTreeMap::new();
    for parts in persons.values() {
        let count = alike.entry(parts).or_default();
        *count = count.saturating_add(1);
        for part in parts {
            let size = sizes.entry(*part).or_default();
            *size = size.saturating_add(1);
        }
    }
    let few = alike.into_iter().filter(|(_, count)| *count < FEWEST);
    let mut hidden: BTreeSet<Part> = few.flat_map(|(parts, _)| parts.iter().copied()).collect();
    let in_hidden = persons.values().filter(|parts| !parts.is_disjoint(&hidden)).count();
    if (1..FEWEST).contains(&in_hidden) {
        let rest = sizes.into_iter().filter(|(part, _)| !hidden.contains(part));
        let smallest = rest.min_by_key(|(part, size)| (*size, *part));
        hidden.extend(smallest.map(|(part, _)| part));
    }
    hidden
}

/// The day the staff is seen on: the last end of a quarter that figures of these days can see. Seen from one day and from the next,
/// they would tell what one person did in between.
pub(super) fn seen_on(asked: Asked) -> NaiveDate {
    let last = asked.on.min(asked.period.to);
    let next = last.succ_opt().unwrap_or(last);
    let back = next.month0().checked_rem(3).unwrap_or_default();
    let month = next.with_day(1).and_then(|first| first.checked_sub_months(Months::new(back)));
    month.and_then(|first| first.pred_opt()).unwrap_or(last)
}

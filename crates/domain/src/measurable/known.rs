//! What is known on a day of everything that is measured.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, NaiveDate, Utc};

use super::{Measurable, Part};
use crate::assignment::AssignmentId;
use crate::measurement::{Measurement, MeasurementId, Standing, Subject, Value, standing};
use crate::period::legal_day;

/// How often something was told of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Told {
    /// When last, corrections included.
    pub last: DateTime<Utc>,
    /// How many of its values are provisional; those that were superseded count no more.
    pub provisional: usize,
    /// How many are final.
    pub definitive: usize,
}

/// What was known of a plan's measurements at the end of a day.
#[derive(Debug)]
pub struct Known<'m> {
    stands: HashMap<(Subject, Option<AssignmentId>), &'m Measurement>,
    told: HashMap<(Subject, Option<AssignmentId>), Told>,
}

impl<'m> Known<'m> {
    /// What was known on a day.
    #[must_use]
    pub fn on(measurements: &'m [Measurement], at: NaiveDate) -> Self {
        let known = || measurements.iter().filter(|one| legal_day(one.recorded_at) <= at);
        let superseded: HashSet<MeasurementId> = known().filter_map(|one| one.facts.supersedes).collect();
        let mut told: HashMap<(Subject, Option<AssignmentId>), Told> = HashMap::new();
        for one in known() {
            let key = (one.facts.subject, one.facts.assignment);
            let fresh = Told { last: one.recorded_at, provisional: 0, definitive: 0 };
            let so_far = told.entry(key).or_insert(fresh);
            so_far.last = so_far.last.max(one.recorded_at);
            let count = match one.facts.standing {
                Standing::Provisional => &mut so_far.provisional,
                Standing::Final => &mut so_far.definitive,
            };
            *count = count.saturating_add(usize::from(!superseded.contains(&one.id)));
        }
        Self { stands: standing(measurements, at), told }
    }

    /// The measurement that tells how something stands. As scores do: what was said of the objective as a whole goes before
    /// what was said of a phase of it, and that before what was said of an indicator; and of each the value of the structure
    /// goes before the one for all structures.
    #[must_use]
    pub fn of(&self, thing: &Measurable<'_>) -> Option<&'m Measurement> {
        keys(thing).iter().find_map(|key| self.stands.get(key).copied())
    }

    /// How often something was told of, by itself or with what it is part of; none when it never was.
    #[must_use]
    pub fn told(&self, thing: &Measurable<'_>) -> Option<Told> {
        keys(thing).iter().filter_map(|key| self.told.get(key).copied()).reduce(|one, other| Told {
            last: one.last.max(other.last),
            provisional: one.provisional.saturating_add(other.provisional),
            definitive: one.definitive.saturating_add(other.definitive),
        })
    }

    /// The values that stand, as scores want them.
    #[must_use]
    pub fn values(&self) -> HashMap<(Subject, Option<AssignmentId>), Value> {
        self.stands.iter().map(|(key, one)| (*key, one.facts.value.clone())).collect()
    }
}

/// Under which names values of something are found, the first that has one first.
fn keys(thing: &Measurable<'_>) -> Vec<(Subject, Option<AssignmentId>)> {
    let phase = match thing.part {
        Part::Indicator(_, phase) => phase,
        Part::Phase(phase) => Some(phase),
        Part::Objective => None,
    };
    let mut subjects = vec![Subject::Objective(thing.objective.id)];
    subjects.extend(phase.map(|phase| Subject::Phase(phase.id)));
    subjects.push(thing.subject());
    subjects.dedup();
    subjects.iter().flat_map(|subject| [(*subject, Some(thing.assignment.id)), (*subject, None)]).collect()
}

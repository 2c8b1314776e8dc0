//! One block, as its lines come.

use super::fields;
use crate::gathered::{Fields, Found, GatheredObjective};
use crate::profile::Field;

/// The lines of one objective.
#[derive(Debug)]
pub(super) struct Block {
    pub(super) units: Vec<usize>,
    values: Vec<(Field, Found)>,
}

impl Block {
    pub(super) fn new(units: Vec<usize>, begun: &Fields) -> Self {
        Self { units, values: begun.iter().cloned().collect() }
    }

    pub(super) fn add(&mut self, field: Field, found: Found) {
        self.values.push((field, found));
    }

    /// The last value, for what goes on with it.
    pub(super) fn last(&mut self) -> Option<&mut Found> {
        self.values.last_mut().map(|(_, found)| found)
    }

    /// Whether a value of this field is of another block: what blocks begin with comes again.
    pub(super) fn is_over(&self, field: Field, opener: Option<Field>) -> bool {
        (field == Field::Title || Some(field) == opener)
            && self.values.iter().any(|(known, _)| *known == field)
    }

    /// The objective the block is.
    pub(super) fn finish(self) -> GatheredObjective {
        let count = |field| self.values.iter().filter(|(known, _)| *known == field).count();
        // Deadlines that come again and again are those of the indicators they follow.
        let own_deadlines = count(Field::Deadline) > 1 && count(Field::Indicator) > 1;
        let mut objective = GatheredObjective { units: self.units, ..GatheredObjective::default() };
        let mut indicators: Vec<Vec<(Field, Found)>> = Vec::new();
        let mut steps: Vec<Vec<(Field, Found)>> = Vec::new();
        for (field, found) in self.values.into_iter().filter(|(_, found)| !found.words.is_empty()) {
            let of_an_indicator = matches!(field, Field::Indicator | Field::Target | Field::Profile)
                || (field == Field::Deadline && own_deadlines && !indicators.is_empty());
            if of_an_indicator {
                put(&mut indicators, field, found);
            } else if matches!(field, Field::Step | Field::StepTimes) {
                put(&mut steps, field, found);
            } else {
                objective.fields.add(field, found);
            }
        }
        objective.indicators = indicators.into_iter().map(fields).collect();
        objective.steps = steps.into_iter().map(fields).collect();
        objective
    }
}

/// Puts a value into the last of several things of a kind, or into a new one when that has such a value already.
fn put(things: &mut Vec<Vec<(Field, Found)>>, field: Field, found: Found) {
    match things.last_mut() {
        Some(last) if last.iter().all(|(known, _)| *known != field) => last.push((field, found)),
        Some(_) | None => things.push(vec![(field, found)]),
    }
}

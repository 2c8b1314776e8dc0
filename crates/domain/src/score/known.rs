//! What was known of a plan's results on a day: the values that stood then, and what was decided by then.

use std::collections::HashMap;

use chrono::NaiveDate;

use super::plan::Results;
use crate::assignment::AssignmentId;
use crate::evaluation::Evaluation;
use crate::measurement::{Measurement, standing};
use crate::period::legal_day;

impl Results {
    /// What was known at the end of a day.
    #[must_use]
    pub fn known(
        measurements: &[Measurement],
        evaluations: &HashMap<AssignmentId, Evaluation>,
        at: NaiveDate,
    ) -> Self {
        let stands = standing(measurements, at).into_iter();
        let values = stands.map(|(key, measurement)| (key, measurement.facts.value.clone())).collect();
        let decided = evaluations.iter().filter_map(|(assignment, evaluation)| {
            Some((*assignment, evaluation.known(at).decision()?.clone()))
        });
        Self { values, judgements: decided.collect() }
    }
}

impl Evaluation {
    /// The evaluation as it stood at the end of a day.
    #[must_use]
    pub fn known(&self, at: NaiveDate) -> Self {
        let steps = self.steps.iter().filter(|step| legal_day(step.at) <= at).cloned().collect();
        Self { assignment: self.assignment, steps }
    }
}

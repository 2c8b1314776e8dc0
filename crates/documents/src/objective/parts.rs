//! The lists inside an objective: who works at it, its phases and its indicators.

use traguardo_domain::assignment::Assignment;
use traguardo_domain::indicator::Indicator;
use traguardo_domain::objective::ObjectiveFacts;
use traguardo_domain::phase::Phase;

use crate::assignment::{self, AssignmentBody};
use crate::context::Context;
use crate::indicator::{self, IndicatorBody};
use crate::phase::{self, MOST_INDICATORS, PhaseBody};
use crate::reader::Reader;

const MOST_ASSIGNMENTS: usize = 200;
const MOST_PHASES: usize = 100;

/// The lists of an objective that were written.
pub(super) struct Parts {
    pub(super) assignments: Option<Vec<AssignmentBody>>,
    pub(super) phases: Option<Vec<PhaseBody>>,
    pub(super) indicators: Option<Vec<IndicatorBody>>,
}

impl Parts {
    /// What the objective has after it: the lists that are written, and as before those that are not.
    pub(super) fn read(
        self,
        at: &mut Reader<'_>,
        before: Option<&ObjectiveFacts>,
        context: &mut Context<'_>,
    ) -> (Vec<Assignment>, Vec<Phase>, Vec<Indicator>) {
        let assignments = before.map(|before| before.assignments.as_slice()).unwrap_or_default();
        let phases = before.map(|before| before.phases.as_slice()).unwrap_or_default();
        let indicators = before.map(|before| before.indicators.as_slice()).unwrap_or_default();
        let assignments = match self.assignments {
            None => assignments.to_vec(),
            Some(written) => {
                let mut known = assignment::known(assignments);
                at.each("assignments", written, MOST_ASSIGNMENTS, |one, at| one.read(at, &mut known, context))
            }
        };
        let phases = match self.phases {
            None => phases.to_vec(),
            Some(written) => {
                let mut known = phase::known(phases);
                at.each("phases", written, MOST_PHASES, |one, at| one.read(at, &mut known, phases, context))
            }
        };
        let indicators = match self.indicators {
            None => indicators.to_vec(),
            Some(written) => {
                let mut known = indicator::known(indicators);
                at.each("indicators", written, MOST_INDICATORS, |one, at| one.read(at, &mut known, context))
            }
        };
        (assignments, phases, indicators)
    }
}

//! What is supposed, read against the plan.

use traguardo_documents::context::UnitNames;
use traguardo_documents::{Context, Reader};
use traguardo_domain::assignment::AssignmentId;
use traguardo_domain::plan::document::PlanDocument;
use traguardo_domain::rulebook::{Rulebook, shipped};
use traguardo_domain::score::Changes;
use traguardo_domain::{FaultKind, Faults};
use uuid::Uuid;

use super::places::Places;
use super::{SimulationBody, SupposedTarget, SupposedValue, SupposedWeight};
use crate::problem::Problem;

/// The most changes of a kind.
const MOST: usize = 2_000;

/// What is supposed, and of which assignments the next band is asked.
pub(super) struct Supposition {
    pub(super) changes: Changes,
    pub(super) next_bands: Vec<AssignmentId>,
}

impl SimulationBody {
    /// Reads it against the plan: what names nothing there is a fault at its place.
    pub(super) fn read(
        self,
        plan: &PlanDocument,
        fresh: &mut dyn FnMut() -> Uuid,
    ) -> Result<Supposition, Problem> {
        let mut faults = Faults::new();
        let mut at = Reader::new(&mut faults);
        let places = Places::of(plan);
        let units = UnitNames::new(&plan.units);
        let facts = &plan.plan.facts;
        let year = i32::from(facts.year.number());
        let context = Context { year, scale: &facts.scale, units: &units, takes_new_ids: false, fresh };
        let weights = at.each("weights", self.weights, MOST, |one, at| {
            let SupposedWeight { assignment, weight } = one;
            let id = at.take("assignment", places.assignment(&assignment));
            let weight = weight.read(&mut at.member("weight"), &context);
            Some((id?, weight?.value))
        });
        let targets = at.each("targets", self.targets, MOST, |one, at| {
            let SupposedTarget { indicator, target } = one;
            let id = at.take("indicator", places.indicator(&indicator));
            let target = target.read(&mut at.member("target"), &context);
            Some((id?, target?.value))
        });
        let values = at.each("values", self.values, MOST, |one, at| {
            let SupposedValue { subject, assignment, value } = one;
            let value = value.read(&mut at.member("value"));
            let (objective, subject) = at.take("subject", places.subject(&subject))?;
            let of = match assignment {
                None => None,
                Some(name) => Some(at.take("assignment", Places::assigned(objective, &name))?),
            };
            Some(((subject, of), value?))
        });
        let next_bands =
            at.each("next_bands", self.next_bands, 100, |one, at| at.take("", places.assignment(&one)));
        let (rulebook, is_told) = (self.rulebook, self.shipped);
        if rulebook.is_some() && is_told.is_some() {
            at.fault("shipped", FaultKind::Inconsistent, "O rulebook, o shipped.");
        }
        let told: Option<Rulebook> = rulebook.and_then(|body| body.read(&mut at.member("rulebook")));
        let rulebook = told.or_else(|| at.take("shipped", shipped(is_told?.0)));
        let mut changes = Changes { rulebook, ..Changes::default() };
        changes.weights.extend(weights);
        changes.targets.extend(targets);
        changes.values.extend(values);
        faults.finish(Some(Supposition { changes, next_bands })).map_err(Problem::invalid)
    }
}

//! The plans of the demo: those five comuni really wrote, in words of ours, with the mistakes they really have.

use std::collections::BTreeSet;

use traguardo_documents::Reader;
use traguardo_documents::plan::{Before, PlanBody};
use traguardo_domain::Faults;
use traguardo_domain::act::{Act, ActKind};
use traguardo_domain::period::legal_day;
use traguardo_domain::plan::Plan;
use traguardo_domain::plan::cycle::{Circumstances, Grounds, Transition};
use traguardo_domain::role::Role;
use traguardo_domain::text::Line;
use traguardo_domain::unit::UnitId;
use traguardo_persistence::{Error as PersistenceError, TenantTx, plan_documents, transitions};

use super::{Source, unfit, unfit_all};
use crate::failure::Failure;

/// The way of a plan from draft to the year it is carried out in.
const TO_ITS_YEAR: [Transition; 5] = [
    Transition::Propose,
    Transition::OpenReview,
    Transition::Approve,
    Transition::Publish,
    Transition::Start,
];

/// Stores a plan where it is missing, and tells the first of its structures.
pub(super) fn seed(
    tx: &mut TenantTx<'_>,
    source: &Source<'_>,
    json: &str,
    in_progress: bool,
) -> Result<Option<UnitId>, Failure> {
    let body: PlanBody =
        serde_json::from_str(json).map_err(|error| Failure::Refused(format!("a demo plan: {error}")))?;
    let units = plan_documents::units_of_year(tx, body.year())?;
    if let Some(unit) = units.first() {
        tx.leave_unchanged();
        return Ok(Some(unit.id));
    }
    let mut faults = Faults::new();
    let document = body.read(&mut Reader::new(&mut faults), &Before::default(), &mut || (source.new_id)());
    let document = faults.finish(document).map_err(unfit_all)?;
    let mut plan = plan_documents::put(tx, None, &document)?;
    if in_progress {
        for transition in TO_ITS_YEAR {
            plan = make(tx, source, &plan, transition)?;
        }
    }
    Ok(document.units.first().map(|unit| unit.id))
}

fn make(
    tx: &mut TenantTx<'_>,
    source: &Source<'_>,
    before: &Plan,
    transition: Transition,
) -> Result<Plan, Failure> {
    let year = i32::from(before.facts.year.number());
    let act = Act {
        kind: ActKind::GiuntaResolution,
        number: Line::parse("DIMOSTRATIVA-1").map_err(unfit)?,
        date: chrono::NaiveDate::from_ymd_opt(year, 1, 31).unwrap_or_default(),
    };
    let grounds = Grounds { act: transition.seals().then_some(act), reason: None };
    let roles = BTreeSet::from([Role::Segretario]);
    let found = Circumstances::unhindered(legal_day(source.now));
    let after = before.make(transition, &roles, &grounds, &found).map_err(PersistenceError::from)?;
    transitions::make(tx, before, &after, transition, &grounds)?;
    Ok(after)
}

#[cfg(test)]
mod tests;

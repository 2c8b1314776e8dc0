//! The plan of the shared objectives the five comuni follow, led to the end of its year.

use std::collections::BTreeSet;

use traguardo_domain::act::{Act, ActKind};
use traguardo_domain::assignment::{Assignment, AssignmentFacts, AssignmentId};
use traguardo_domain::feeder::feed::fill;
use traguardo_domain::objective::{Objective, ObjectiveId};
use traguardo_domain::period::{Year, legal_day};
use traguardo_domain::plan::cycle::{Circumstances, Grounds, Transition};
use traguardo_domain::plan::document::{Format, Header, PlanDocument};
use traguardo_domain::plan::{Plan, PlanFacts, PlanId, PlanKind};
use traguardo_domain::role::Role;
use traguardo_domain::rulebook::{Shipped, shipped};
use traguardo_domain::template::Template;
use traguardo_domain::template::adoption::{Overrides, adopt};
use traguardo_domain::text::{Code, ExternalId, Line};
use traguardo_domain::unit::UnitId;
use traguardo_persistence::{
    Error as PersistenceError, TenantTx, plan_documents, plans, rulebooks, templates, transitions,
};

use super::YEAR;
use crate::demo::{Source, day, unfit, unfit_all};
use crate::failure::Failure;

/// The shared objectives it follows.
const FOLLOWED: [&str; 6] = ["T1", "T3", "T5", "T6", "T7", "T8"];

/// The way of a plan from draft to the end of its year.
const TO_ITS_END: [(Transition, Role); 6] = [
    (Transition::Propose, Role::Segretario),
    (Transition::OpenReview, Role::Segretario),
    (Transition::Approve, Role::Giunta),
    (Transition::Publish, Role::Segretario),
    (Transition::Start, Role::Segretario),
    (Transition::OpenReporting, Role::Segretario),
];

/// Makes the plan where it is missing, and leads it to the end of its year; nothing where it is there.
pub(super) fn set_up(
    tx: &mut TenantTx<'_>,
    source: &Source<'_>,
    units: &[UnitId],
) -> Result<Option<Plan>, Failure> {
    let external_id = ExternalId::parse(&format!("PEG-{YEAR}")).map_err(unfit)?;
    if plans::look_up_external(tx, &external_id)?.is_some() {
        tx.leave_unchanged();
        return Ok(None);
    }
    let year = Year::parse(YEAR).map_err(unfit)?;
    if rulebooks::look_up(tx, year)?.is_none() {
        let mut rulebook = shipped(Shipped::ThreeLevels).map_err(unfit)?;
        // The demo plays past years: nothing in it comes too late.
        rulebook.variations_until = None;
        rulebooks::add(tx, year, rulebook, Some(Shipped::ThreeLevels))?;
    }
    let facts = PlanFacts {
        external_id: Some(external_id),
        year,
        kind: PlanKind::PegPdo,
        title: Line::parse(&format!("Obiettivi condivisi {YEAR}, con dati inventati")).map_err(unfit)?,
        scale: Vec::new(),
    };
    let followed: Vec<Template> = templates::current(tx)?
        .into_iter()
        .filter(|template| FOLLOWED.contains(&template.code.as_str()))
        .collect();
    let objective = |template: &Template| objective(source, template, units, year);
    let document = PlanDocument {
        format: Format::V1,
        comune: tx.grant().comune(),
        plan: Header { id: PlanId((source.new_id)()), facts },
        units: plan_documents::units_of_year(tx, YEAR)?,
        sections: Vec::new(),
        objectives: followed.iter().map(objective).collect::<Result<_, _>>()?,
    };
    let mut plan = plan_documents::put(tx, None, &document)?;
    for way in TO_ITS_END {
        plan = step(tx, source, &plan, way)?;
    }
    Ok(Some(plan))
}

/// The objective a template is adopted as: with the indicators that registers fill.
fn objective(
    source: &Source<'_>,
    template: &Template,
    units: &[UnitId],
    year: Year,
) -> Result<Objective, Failure> {
    let mut fresh = || (source.new_id)();
    let filled = template.facts.indicators.iter().map(|one| &one.code).filter(|code| is_filled(code));
    let overrides =
        Overrides { only: Some(filled.cloned().collect::<BTreeSet<Code>>()), ..Overrides::default() };
    let assigned = |unit: &UnitId| Assignment {
        id: AssignmentId((source.new_id)()),
        facts: AssignmentFacts {
            external_id: None,
            unit: *unit,
            weight: None,
            card_weight: None,
            summary_title: None,
            responsible: None,
            delegate: None,
            notes: None,
        },
    };
    let assignments = units.iter().map(assigned).collect();
    let facts = adopt(template, assignments, &overrides, year, &mut fresh).map_err(unfit_all)?;
    let id = ObjectiveId((source.new_id)());
    Objective::set(id, facts).map_err(|violation| Failure::from(PersistenceError::from(violation)))
}

/// Whether the registers of the demo fill an indicator.
fn is_filled(code: &Code) -> bool {
    fill(code.as_str()).is_some()
}

/// A transition of the plan, by whom it belongs to.
pub(super) fn step(
    tx: &mut TenantTx<'_>,
    source: &Source<'_>,
    before: &Plan,
    (transition, role): (Transition, Role),
) -> Result<Plan, Failure> {
    let act = Act {
        kind: ActKind::GiuntaResolution,
        number: Line::parse("DIMOSTRATIVA-2").map_err(unfit)?,
        date: day(YEAR, 1, 31),
    };
    let grounds = Grounds { act: transition.wants_act().then_some(act), reason: None };
    let found = Circumstances::unhindered(legal_day(source.now));
    let after = before.make(transition, &BTreeSet::from([role]), &grounds, &found);
    let after = after.map_err(PersistenceError::from)?;
    transitions::make(tx, before, &after, transition, &grounds)?;
    Ok(after)
}

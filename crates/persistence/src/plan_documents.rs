//! The whole plan, read and written at once, in a number of statements that does not grow with it.

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;
use traguardo_domain::objective::Objective;
use traguardo_domain::plan::document::{Format, Header, PlanDocument};
use traguardo_domain::plan::{Plan, PlanFacts};
use traguardo_domain::section::Section;
use traguardo_domain::unit::Unit;

use crate::error::Error;
use crate::json::Written;
use crate::tenant::TenantTx;
use crate::{objectives, plans, sections, units};

/// The contents of a plan, to be handed on: what is looked into, and the objectives as they were written.
pub struct Contents {
    /// The structures of its year.
    pub units: Vec<Unit>,
    /// Its narrative.
    pub sections: Vec<Section>,
    /// Its objectives.
    pub objectives: Vec<Written>,
}

/// The structures of a comune in the year of a plan.
///
/// # Errors
/// When the database fails.
pub fn units_of(tx: &mut TenantTx<'_>, facts: &PlanFacts) -> Result<Vec<Unit>, Error> {
    units_of_year(tx, i32::from(facts.year.number()))
}

/// The structures of a comune in a year.
///
/// # Errors
/// When the database fails.
pub fn units_of_year(tx: &mut TenantTx<'_>, year: i32) -> Result<Vec<Unit>, Error> {
    let first = NaiveDate::from_ymd_opt(year, 1, 1).unwrap_or_default();
    let last = NaiveDate::from_ymd_opt(year, 12, 31).unwrap_or_default();
    units::in_period(tx, first, last)
}

/// What a plan contains, as it was written: three statements, however large it is.
///
/// # Errors
/// When the database fails.
pub fn read(tx: &mut TenantTx<'_>, plan: &Plan) -> Result<Contents, Error> {
    Ok(Contents {
        units: units_of(tx, &plan.facts)?,
        sections: sections::all(tx, plan.id)?.into_iter().map(|placed| placed.section).collect(),
        objectives: objectives::read_all(tx, plan.id)?.into_iter().map(|kept| kept.content).collect(),
    })
}

/// What a plan contains, to be compared, reviewed or sealed.
///
/// # Errors
/// When the database fails.
pub fn load(tx: &mut TenantTx<'_>, plan: &Plan) -> Result<PlanDocument, Error> {
    Ok(PlanDocument {
        format: Format::V1,
        comune: tx.grant().comune(),
        plan: Header { id: plan.id, facts: plan.facts.clone() },
        units: units_of(tx, &plan.facts)?,
        sections: sections::all(tx, plan.id)?.into_iter().map(|placed| placed.section).collect(),
        objectives: objectives::all(tx, plan.id)?.into_iter().map(|placed| placed.objective).collect(),
    })
}

/// Makes what is stored be what the document says; `plan` is its header as stored, `None` for a plan to be begun.
///
/// # Errors
/// What the rules of units, plans and objectives refuse, or a failure of the database.
pub fn put(
    tx: &mut TenantTx<'_>,
    plan: Option<(&Plan, &PlanDocument)>,
    after: &PlanDocument,
) -> Result<Plan, Error> {
    after.check()?;
    let changed_units = put_units(tx, &after.units)?;
    let (stored, is_new) = put_header(tx, plan.map(|(plan, _)| plan), &after.plan)?;
    let before = plan.map(|(_, document)| document);
    let changed_sections = put_sections(tx, &stored, before, after)?;
    let changed_objectives = put_objectives(tx, &stored, before, after)?;
    if changed_sections || changed_objectives {
        // What was read of the revision may be behind: writing units turned the page already.
        let current = plans::look_up(tx, stored.id)?.unwrap_or(stored);
        let revision = plans::turn_page(tx, &current)?;
        return Ok(Plan { revision, ..current });
    }
    if !changed_units && !is_new && plan.is_some_and(|(plan, _)| *plan == stored) {
        tx.leave_unchanged();
    }
    Ok(plans::look_up(tx, stored.id)?.unwrap_or(stored))
}

fn put_units(tx: &mut TenantTx<'_>, wanted: &[Unit]) -> Result<bool, Error> {
    let mut changed = false;
    for unit in parents_first(wanted) {
        let before = units::look_up(tx, unit.id)?;
        match before {
            Some(before) if before.facts == unit.facts => {}
            Some(before) => {
                let after = before.change(unit.facts.clone(), &units::tree(tx)?);
                let after = after.map_err(|violation| violation.below(&place_in(wanted, unit)))?;
                units::update(tx, &before, &after)?;
                changed = true;
            }
            None => {
                let found = Unit::found(unit.id, unit.facts.clone(), &units::tree(tx)?);
                let unit = found.map_err(|violation| violation.below(&place_in(wanted, unit)))?;
                units::insert(tx, &unit)?;
                changed = true;
            }
        }
    }
    Ok(changed)
}

/// Where a structure stands in the document.
fn place_in(units: &[Unit], unit: &Unit) -> String {
    let index = units.iter().position(|one| one.id == unit.id).unwrap_or_default();
    format!("/units/{index}")
}

/// Units in an order in which each comes after the one it is part of; those of a ring come as they are, and are refused.
fn parents_first(units: &[Unit]) -> Vec<&Unit> {
    let mut ordered: Vec<&Unit> = Vec::with_capacity(units.len());
    let mut waiting: Vec<&Unit> = units.iter().collect();
    while !waiting.is_empty() {
        let below_waiting = |unit: &&Unit| waiting.iter().any(|other| unit.facts.parent == Some(other.id));
        let (later, ready): (Vec<&Unit>, Vec<&Unit>) = waiting.iter().copied().partition(below_waiting);
        if ready.is_empty() {
            ordered.extend(later);
            break;
        }
        ordered.extend(ready);
        waiting = later;
    }
    ordered
}

fn put_header(tx: &mut TenantTx<'_>, before: Option<&Plan>, wanted: &Header) -> Result<(Plan, bool), Error> {
    let Some(before) = before else {
        let plan = Plan::draft(wanted.id, wanted.facts.clone());
        plans::insert(tx, &plan)?;
        return Ok((plan, true));
    };
    before.open()?;
    if before.facts == wanted.facts {
        return Ok((before.clone(), false));
    }
    let after = before.change(wanted.facts.clone());
    plans::update(tx, before, &after)?;
    Ok((after, false))
}

fn put_sections(
    tx: &mut TenantTx<'_>,
    plan: &Plan,
    before: Option<&PlanDocument>,
    after: &PlanDocument,
) -> Result<bool, Error> {
    let had: Vec<&Section> = before.map(|document| document.sections.iter().collect()).unwrap_or_default();
    let same = |id| had.iter().copied().find(|one| one.id == id);
    let gone: Vec<&Section> =
        had.iter().copied().filter(|one| !after.sections.iter().any(|kept| kept.id == one.id)).collect();
    let in_order = had.iter().map(|one| one.id).eq(after.sections.iter().map(|one| one.id));
    let mut placed = Vec::new();
    for (index, section) in after.sections.iter().enumerate() {
        let version = match same(section.id) {
            Some(same) if same.facts == section.facts && in_order => continue,
            Some(same) if same.facts == section.facts => same.version,
            Some(same) => same.version.next(),
            None => section.version,
        };
        let section = Section { version, ..section.clone() };
        placed.push(sections::Placed { position: place_of(index), section });
    }
    if in_order {
        keep_places(&mut placed, &sections::all(tx, plan.id)?);
    }
    if !gone.is_empty() {
        sections::delete(tx, plan, &gone)?;
    }
    if !placed.is_empty() {
        sections::store(tx, plan, &placed, &had)?;
    }
    Ok(!gone.is_empty() || !placed.is_empty())
}

/// Where the order is as it was, what is written again stays at the place it had.
fn keep_places(placed: &mut [sections::Placed], stored: &[sections::Placed]) {
    for one in placed {
        let had = stored.iter().find(|had| had.section.id == one.section.id);
        one.position = had.map_or(one.position, |had| had.position);
    }
}

fn put_objectives(
    tx: &mut TenantTx<'_>,
    plan: &Plan,
    before: Option<&PlanDocument>,
    after: &PlanDocument,
) -> Result<bool, Error> {
    let had: Vec<&Objective> =
        before.map(|document| document.objectives.iter().collect()).unwrap_or_default();
    let known: HashMap<_, _> = had.iter().map(|one| (one.id, *one)).collect();
    let kept: HashSet<_> = after.objectives.iter().map(|one| one.id).collect();
    let gone: Vec<&Objective> = had.iter().copied().filter(|one| !kept.contains(&one.id)).collect();
    let in_order = had.iter().map(|one| one.id).eq(after.objectives.iter().map(|one| one.id));
    let stored = if in_order { objectives::places(tx, plan.id)? } else { HashMap::new() };
    let mut placed = Vec::new();
    for (index, objective) in after.objectives.iter().enumerate() {
        let position = stored.get(&objective.id).copied().unwrap_or_else(|| place_of(index));
        let objective = match known.get(&objective.id) {
            Some(same) if same.facts == objective.facts && in_order => continue,
            Some(same) if same.facts == objective.facts => Ok((*same).clone()),
            Some(same) => same.change(objective.facts.clone()),
            None => Objective::set(objective.id, objective.facts.clone()),
        };
        let objective = objective.map_err(|violation| violation.below(&format!("/objectives/{index}")))?;
        placed.push(objectives::Placed { position, objective });
    }
    if !gone.is_empty() {
        objectives::delete(tx, plan, &gone)?;
    }
    if !placed.is_empty() {
        objectives::store(tx, plan, &placed, &had)?;
    }
    Ok(!gone.is_empty() || !placed.is_empty())
}

fn place_of(index: usize) -> i32 {
    i32::try_from(index).unwrap_or(i32::MAX).saturating_add(1)
}

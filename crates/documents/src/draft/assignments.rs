//! Objectives in their structures, with what they weigh there and who answers for them.

use traguardo_domain::assignment::{Assignment, AssignmentFacts, AssignmentId};
use traguardo_domain::reading::Confidence;
use traguardo_domain::said::Said;
use traguardo_domain::text::ExternalId;
use traguardo_domain::unit::UnitId;
use traguardo_domain::weight::Weight;

use super::desk::Desk;
use super::leftovers::names_a_unit;
use super::objectives::{Making, units_of};
use super::spill::label;
use crate::gathered::{Fields, Found, GatheredObjective};
use crate::markup::fold;
use crate::profile::Field;

/// The most structures an objective is assigned to.
const MOST: usize = 200;
/// What is said of an objective in a structure.
const HELD: [Field; 5] =
    [Field::Weight, Field::CardWeight, Field::SummaryTitle, Field::Responsible, Field::Delegate];

/// The assignments of an objective: one for each of its structures. An objective of the whole comune is assigned to none,
/// unless it has a weight or somebody who answers for it: then to every structure that is part of no other.
pub(super) fn assemble(
    desk: &mut Desk<'_>,
    making: &Making<'_>,
    gathered: &GatheredObjective,
    base: &str,
) -> Vec<Assignment> {
    let fields = &gathered.fields;
    let mut units = units_of(making, gathered);
    if units.is_empty() && HELD.iter().any(|field| fields.get(*field).is_some()) {
        let tops = making.units.iter().enumerate().filter(|(_, unit)| unit.facts.parent.is_none());
        units = tops.map(|(at, unit)| (at, unit.id)).collect();
    }
    units.truncate(MOST);
    printed_units(desk, making, fields, &units, base);
    if units.is_empty() {
        let held = fields.iter().filter(|(field, _)| HELD.contains(field));
        held.for_each(|(field, found)| desk.spill(label(*field), found, false));
    }
    let mut assignments = Vec::with_capacity(units.len());
    for (at, (_, unit)) in units.iter().enumerate() {
        assignments.push(one(desk, fields, *unit, (at, units.len()), base));
    }
    assignments
}

fn one(
    desk: &mut Desk<'_>,
    fields: &Fields,
    unit: UnitId,
    (at, of): (usize, usize),
    base: &str,
) -> Assignment {
    let pointer = |member: &str| format!("{base}/assignments/{at}/{member}");
    let outer = desk.enter();
    let weight = weighed(desk, fields, Field::Weight, (at, of), &pointer("weight"));
    let card_weight = weighed(desk, fields, Field::CardWeight, (at, of), &pointer("card_weight"));
    let summary_title = share(desk, fields, Field::SummaryTitle, (at, of), &pointer("summary_title"));
    let summary_title =
        summary_title.and_then(|found| desk.text(Field::SummaryTitle, &found, &pointer("summary_title")));
    let responsible = share(desk, fields, Field::Responsible, (at, of), &pointer("responsible"));
    let responsible =
        responsible.and_then(|found| desk.text(Field::Responsible, &found, &pointer("responsible")));
    let delegate = share(desk, fields, Field::Delegate, (at, of), &pointer("delegate"));
    let delegate = delegate.and_then(|found| desk.text(Field::Delegate, &found, &pointer("delegate")));
    let notes = desk.pour(None, &pointer("notes"));
    desk.leave(outer);
    let facts = AssignmentFacts {
        external_id: ExternalId::parse(&format!("A{}", at.saturating_add(1))).ok(),
        unit,
        weight,
        card_weight,
        summary_title,
        responsible,
        delegate,
        notes,
    };
    Assignment { id: AssignmentId((desk.fresh)()), facts }
}

/// The value of a field for one structure of several: its own when there is one for each, else the first for all of them.
/// What is nobody's is told once.
fn share(
    desk: &mut Desk<'_>,
    fields: &Fields,
    field: Field,
    (at, of): (usize, usize),
    pointer: &str,
) -> Option<Found> {
    let all: Vec<&Found> = fields.all(field).collect();
    if all.len() == of {
        return all.get(at).map(|found| (*found).clone());
    }
    let (first, others) = all.split_first()?;
    if at == 0 {
        desk.surplus(field, Some(first), others, pointer);
    }
    Some((*first).clone())
}

fn weighed(
    desk: &mut Desk<'_>,
    fields: &Fields,
    field: Field,
    place: (usize, usize),
    pointer: &str,
) -> Option<Said<Weight>> {
    let found = share(desk, fields, field, place, pointer)?;
    desk.weight(&found, pointer)
}

/// The structures as the objective prints them: those it is assigned to, or those above them; anything else is told.
fn printed_units(
    desk: &mut Desk<'_>,
    making: &Making<'_>,
    fields: &Fields,
    units: &[(usize, UnitId)],
    base: &str,
) {
    if !fields.iter().any(|(field, _)| names_a_unit(*field)) {
        return;
    }
    let known: Vec<(usize, String)> = units
        .iter()
        .enumerate()
        .flat_map(|(at, (unit, _))| lineage(making, *unit).map(move |name| (at, name)))
        .collect();
    for (field, found) in fields.iter().filter(|(field, _)| names_a_unit(*field)) {
        let words = fold(&found.words).squeezed();
        let same = known
            .iter()
            .find(|(_, name)| !words.is_empty() && (name.contains(&words) || words.contains(name)));
        match same {
            Some((at, _)) => desk.trace(format!("{base}/assignments/{at}/unit"), found, Confidence::Certain),
            None => desk.spill(label(*field), found, false),
        }
    }
}

/// What a structure and those above it are called, folded: names and codes.
fn lineage<'m>(making: &Making<'m>, unit: usize) -> impl Iterator<Item = String> + use<'m> {
    let gathered = making.gathered;
    let up =
        move |at: &usize| gathered.units.get(*at).and_then(|unit| unit.parent).filter(|parent| parent < at);
    let units = making.units;
    std::iter::successors(Some(unit), up).filter_map(move |at| units.get(at)).flat_map(|unit| {
        [fold(unit.facts.name.as_str()).squeezed(), fold(unit.facts.code.as_str()).squeezed()]
    })
}

//! Objectives as they are kept: one row each, with everything an objective holds.

use std::collections::HashMap;

use chrono::NaiveDate;
use diesel::prelude::*;
use diesel::upsert::excluded;
use traguardo_domain::Version;
use traguardo_domain::audit::ObjectKind;
use traguardo_domain::objective::{Objective, ObjectiveId};
use traguardo_domain::plan::{Plan, PlanId};
use traguardo_domain::text::ExternalId;
use uuid::Uuid;

use crate::error::Error;
use crate::json::Written;
use crate::page::{Cursor, Page, PageRequest};
use crate::schema::{assignments, objectives};
use crate::tenant::TenantTx;

mod filter;

pub use filter::Filter;
use filter::narrow;

#[derive(Insertable)]
#[diesel(table_name = objectives)]
struct ObjectiveRow {
    comune: String,
    plan: Uuid,
    id: Uuid,
    external_id: Option<String>,
    position: i32,
    version: i32,
    content: Written,
    title: String,
    kinds: Vec<String>,
    programmes: Vec<String>,
    responsibles: Vec<String>,
    template: Option<String>,
    due_from: Vec<NaiveDate>,
    due_to: Vec<NaiveDate>,
    words: String,
}

/// An objective as it is kept, to be handed on as it was written.
#[derive(Debug, Clone)]
pub struct Kept {
    /// Its id.
    pub id: ObjectiveId,
    /// Its place among the plan's.
    pub position: i32,
    /// Its title.
    pub title: String,
    /// The version it is at.
    pub version: Version,
    /// What it wrote itself as.
    pub content: Written,
}

/// An objective and its place in its plan.
#[derive(Debug, Clone)]
pub struct Placed {
    /// The place, growing in the order of the plan.
    pub position: i32,
    /// The objective.
    pub objective: Objective,
}

/// How an objective is named inside its plan.
#[derive(Debug, Clone, Copy)]
pub enum Name<'n> {
    /// By its id.
    Id(ObjectiveId),
    /// By its external id.
    Key(&'n ExternalId),
}

/// The orders objectives can be listed in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    /// As the plan has them.
    Position,
    /// By title.
    Title,
}

type KeptColumns = (Uuid, i32, String, i32, Written);

/// The objective, as it was written.
///
/// # Errors
/// When the database fails.
pub fn read(tx: &mut TenantTx<'_>, plan: PlanId, name: Name<'_>) -> Result<Option<Kept>, Error> {
    let mut query = objectives::table
        .filter(objectives::comune.eq(tx.comune().to_owned()))
        .filter(objectives::plan.eq(plan.0))
        .into_boxed();
    query = match name {
        Name::Id(id) => query.filter(objectives::id.eq(id.0)),
        Name::Key(key) => query.filter(objectives::external_id.eq(key.as_str())),
    };
    let row = query
        .select((
            objectives::id,
            objectives::position,
            objectives::title,
            objectives::version,
            objectives::content,
        ))
        .first::<KeptColumns>(tx.connection())
        .optional()?;
    Ok(row.map(Kept::from))
}

/// The objective, to be changed.
///
/// # Errors
/// When the database fails.
pub fn look_up(tx: &mut TenantTx<'_>, plan: PlanId, name: Name<'_>) -> Result<Option<Placed>, Error> {
    read(tx, plan, name)?.map(Placed::try_from).transpose()
}

/// Every objective of a plan in its order, as it was written.
///
/// # Errors
/// When the database fails.
pub fn read_all(tx: &mut TenantTx<'_>, plan: PlanId) -> Result<Vec<Kept>, Error> {
    let rows = objectives::table
        .filter(objectives::comune.eq(tx.comune().to_owned()))
        .filter(objectives::plan.eq(plan.0))
        .order((objectives::position.asc(), objectives::id.asc()))
        .select((
            objectives::id,
            objectives::position,
            objectives::title,
            objectives::version,
            objectives::content,
        ))
        .load::<KeptColumns>(tx.connection())?;
    Ok(rows.into_iter().map(Kept::from).collect())
}

/// Every objective of a plan in its order, to be changed, compared or reviewed.
///
/// # Errors
/// When the database fails.
pub fn all(tx: &mut TenantTx<'_>, plan: PlanId) -> Result<Vec<Placed>, Error> {
    read_all(tx, plan)?.into_iter().map(Placed::try_from).collect()
}

/// Where each objective of a plan stands in its order.
///
/// # Errors
/// When the database fails.
pub fn places(tx: &mut TenantTx<'_>, plan: PlanId) -> Result<HashMap<ObjectiveId, i32>, Error> {
    let rows = objectives::table
        .filter(objectives::comune.eq(tx.comune().to_owned()))
        .filter(objectives::plan.eq(plan.0))
        .select((objectives::id, objectives::position))
        .load::<(Uuid, i32)>(tx.connection())?;
    Ok(rows.into_iter().map(|(id, position)| (ObjectiveId(id), position)).collect())
}

/// Whether a plan has any objective.
///
/// # Errors
/// When the database fails.
pub fn any(tx: &mut TenantTx<'_>, plan: PlanId) -> Result<bool, Error> {
    let some = objectives::table
        .filter(objectives::comune.eq(tx.comune().to_owned()))
        .filter(objectives::plan.eq(plan.0));
    Ok(diesel::select(diesel::dsl::exists(some)).get_result(tx.connection())?)
}

/// A page of the objectives that pass the filter.
///
/// # Errors
/// When the database fails.
pub fn list(tx: &mut TenantTx<'_>, filter: &Filter, page: &PageRequest<Order>) -> Result<Page<Kept>, Error> {
    let comune = tx.comune().to_owned();
    let mut query = narrow(objectives::table.into_boxed(), filter, &comune).limit(page.probe());
    if let Some(cursor) = &page.after {
        query = match page.order {
            Order::Position => {
                let (place, id) = cursor.read::<i32, Uuid>()?;
                let tie = objectives::position.eq(place).and(objectives::id.gt(id));
                query.filter(objectives::position.gt(place).or(tie))
            }
            Order::Title => {
                let (title, id) = cursor.read::<String, Uuid>()?;
                let tie = objectives::title.eq(title.clone()).and(objectives::id.gt(id));
                query.filter(objectives::title.gt(title).or(tie))
            }
        };
    }
    query = match page.order {
        Order::Position => query.order((objectives::position.asc(), objectives::id.asc())),
        Order::Title => query.order((objectives::title.asc(), objectives::id.asc())),
    };
    let rows = query
        .select((
            objectives::id,
            objectives::position,
            objectives::title,
            objectives::version,
            objectives::content,
        ))
        .load::<KeptColumns>(tx.connection())?;
    let found = rows.into_iter().map(Kept::from).collect();
    Ok(Page::cut(found, page, |kept: &Kept| Cursor {
        key: match page.order {
            Order::Position => kept.position.to_string(),
            Order::Title => kept.title.clone(),
        },
        id: kept.id.0.to_string(),
    }))
}

/// The place after the last objective of a plan.
///
/// # Errors
/// When the database fails.
pub fn next_position(tx: &mut TenantTx<'_>, plan: PlanId) -> Result<i32, Error> {
    let last = objectives::table
        .filter(objectives::comune.eq(tx.comune().to_owned()))
        .filter(objectives::plan.eq(plan.0))
        .select(diesel::dsl::max(objectives::position))
        .first::<Option<i32>>(tx.connection())?;
    Ok(last.unwrap_or_default().saturating_add(1))
}

/// Stores objectives, new ones and changed ones together, in a constant handful of statements.
///
/// # Errors
/// [`traguardo_domain::Violation::ExternalIdTaken`], a unit that is not there, or a failure of the database.
pub fn store(
    tx: &mut TenantTx<'_>,
    plan: &Plan,
    placed: &[Placed],
    before: &[&Objective],
) -> Result<(), Error> {
    let comune = tx.comune().to_owned();
    let rows =
        placed.iter().map(|one| ObjectiveRow::of(&comune, plan, one)).collect::<Result<Vec<_>, _>>()?;
    diesel::insert_into(objectives::table)
        .values(&rows)
        .on_conflict((objectives::comune, objectives::plan, objectives::id))
        .do_update()
        .set((
            objectives::external_id.eq(excluded(objectives::external_id)),
            objectives::position.eq(excluded(objectives::position)),
            objectives::version.eq(excluded(objectives::version)),
            objectives::content.eq(excluded(objectives::content)),
            objectives::title.eq(excluded(objectives::title)),
            objectives::kinds.eq(excluded(objectives::kinds)),
            objectives::programmes.eq(excluded(objectives::programmes)),
            objectives::responsibles.eq(excluded(objectives::responsibles)),
            objectives::template.eq(excluded(objectives::template)),
            objectives::due_from.eq(excluded(objectives::due_from)),
            objectives::due_to.eq(excluded(objectives::due_to)),
            objectives::words.eq(excluded(objectives::words)),
        ))
        .execute(tx.connection())?;
    assign(tx, plan, placed)?;
    for one in placed {
        let had = before.iter().find(|objective| objective.id == one.objective.id);
        tx.touch(ObjectKind::Objective, &one.objective.id.0, had.copied(), Some(&one.objective))?;
    }
    Ok(())
}

/// Writes which units these objectives are assigned to.
fn assign(tx: &mut TenantTx<'_>, plan: &Plan, placed: &[Placed]) -> Result<(), Error> {
    let comune = tx.comune().to_owned();
    let ids: Vec<Uuid> = placed.iter().map(|one| one.objective.id.0).collect();
    let had = assignments::table
        .filter(assignments::comune.eq(comune.clone()))
        .filter(assignments::plan.eq(plan.id.0))
        .filter(assignments::objective.eq_any(ids));
    diesel::delete(had).execute(tx.connection())?;
    let rows: Vec<_> = placed
        .iter()
        .flat_map(|one| one.objective.facts.units().map(|unit| (one.objective.id.0, unit.0)))
        .map(|(objective, unit)| {
            (
                assignments::comune.eq(comune.clone()),
                assignments::plan.eq(plan.id.0),
                assignments::objective.eq(objective),
                assignments::unit.eq(unit),
            )
        })
        .collect();
    // A statement takes some sixty thousand values at most.
    for some in rows.chunks(10_000) {
        diesel::insert_into(assignments::table).values(some).execute(tx.connection())?;
    }
    Ok(())
}

/// Deletes objectives, with everything they hold.
///
/// # Errors
/// When the database fails.
pub fn delete(tx: &mut TenantTx<'_>, plan: &Plan, gone: &[&Objective]) -> Result<(), Error> {
    let ids: Vec<Uuid> = gone.iter().map(|one| one.id.0).collect();
    let them = objectives::table
        .filter(objectives::comune.eq(tx.comune().to_owned()))
        .filter(objectives::plan.eq(plan.id.0))
        .filter(objectives::id.eq_any(ids));
    diesel::delete(them).execute(tx.connection())?;
    gone.iter().try_for_each(|one| tx.touch(ObjectKind::Objective, &one.id.0, Some(*one), None))
}

impl ObjectiveRow {
    fn of(comune: &str, plan: &Plan, placed: &Placed) -> Result<Self, Error> {
        let Placed { position, objective } = placed;
        let facts = &objective.facts;
        let card = facts.card(i32::from(plan.facts.year.number()));
        let content = Written::of(objective).map_err(|error| Error::inconsistent("objective", error))?;
        Ok(Self {
            comune: comune.to_owned(),
            plan: plan.id.0,
            id: objective.id.0,
            external_id: facts.external_id.as_ref().map(|key| key.as_str().to_owned()),
            position: *position,
            version: objective.version.number(),
            content,
            title: facts.title.as_str().to_owned(),
            kinds: card.kinds.into_iter().map(ToOwned::to_owned).collect(),
            programmes: card.programmes,
            responsibles: card.responsibles,
            template: facts.template.as_ref().map(|code| code.as_str().to_owned()),
            due_from: card.due.iter().map(|(first, _)| *first).collect(),
            due_to: card.due.iter().map(|(_, last)| *last).collect(),
            words: card.words,
        })
    }
}

impl From<KeptColumns> for Kept {
    fn from((id, position, title, version, content): KeptColumns) -> Self {
        Self { id: ObjectiveId(id), position, title, version: Version::stored(version), content }
    }
}

impl TryFrom<Kept> for Placed {
    type Error = Error;

    fn try_from(kept: Kept) -> Result<Self, Error> {
        let objective: Objective = serde_json::from_str(kept.content.as_str())
            .map_err(|error| Error::inconsistent("objective", error))?;
        Ok(Self { position: kept.position, objective: Objective { version: kept.version, ..objective } })
    }
}

//! Plan headers as they are kept.

use diesel::prelude::*;
use traguardo_domain::audit::ObjectKind;
use traguardo_domain::period::Year;
use traguardo_domain::plan::{Plan, PlanFacts, PlanId, PlanKind, PlanState};
use traguardo_domain::text::{ExternalId, Line};
use traguardo_domain::weight::WeightClass;
use traguardo_domain::{Version, Violation, Vocabulary as _};
use uuid::Uuid;

use crate::error::Error;
use crate::json::Json;
use crate::page::{Cursor, Page, PageRequest};
use crate::schema::plans;
use crate::tenant::TenantTx;

#[derive(Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = plans, primary_key(comune, id), treat_none_as_null = true)]
struct PlanRow {
    comune: String,
    id: Uuid,
    external_id: Option<String>,
    year: i16,
    kind: String,
    title: String,
    state: String,
    version: i32,
    scale: Json<Vec<WeightClass>>,
    revision: i32,
    sealed: Option<i32>,
}

/// The orders plans can be listed in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    /// The oldest year first.
    Year,
    /// The newest year first.
    YearDescending,
}

/// Which plans to list.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// Of this year.
    pub year: Option<Year>,
    /// Of this kind.
    pub kind: Option<PlanKind>,
}

/// The plan with this id, if there is one.
///
/// # Errors
/// When the database fails.
pub fn look_up(tx: &mut TenantTx<'_>, id: PlanId) -> Result<Option<Plan>, Error> {
    let key = (tx.comune().to_owned(), id.0);
    let row =
        plans::table.find(key).select(PlanRow::as_select()).first::<PlanRow>(tx.connection()).optional()?;
    row.map(Plan::try_from).transpose()
}

/// The plan with this external id, if there is one.
///
/// # Errors
/// When the database fails.
pub fn look_up_external(tx: &mut TenantTx<'_>, external_id: &ExternalId) -> Result<Option<Plan>, Error> {
    let row = plans::table
        .filter(plans::comune.eq(tx.comune().to_owned()))
        .filter(plans::external_id.eq(external_id.as_str()))
        .select(PlanRow::as_select())
        .first::<PlanRow>(tx.connection())
        .optional()?;
    row.map(Plan::try_from).transpose()
}

/// The plans anybody may read, the newest first.
///
/// # Errors
/// When the database fails.
pub fn public(tx: &mut TenantTx<'_>) -> Result<Vec<Plan>, Error> {
    let states = PlanState::all().iter().copied().filter(|state| state.is_public()).map(PlanState::word);
    let rows = plans::table
        .filter(plans::comune.eq(tx.comune().to_owned()))
        .filter(plans::state.eq_any(states.collect::<Vec<_>>()))
        .order((plans::year.desc(), plans::id.desc()))
        .select(PlanRow::as_select())
        .load::<PlanRow>(tx.connection())?;
    rows.into_iter().map(Plan::try_from).collect()
}

/// A page of the plans that pass the filter.
///
/// # Errors
/// When the database fails.
pub fn list(tx: &mut TenantTx<'_>, filter: &Filter, page: &PageRequest<Order>) -> Result<Page<Plan>, Error> {
    let mut query = plans::table
        .filter(plans::comune.eq(tx.comune().to_owned()))
        .limit(page.probe())
        .select(PlanRow::as_select())
        .into_boxed();
    if let Some(year) = filter.year {
        query = query.filter(plans::year.eq(year.number()));
    }
    if let Some(kind) = filter.kind {
        query = query.filter(plans::kind.eq(kind.word()));
    }
    if let Some(cursor) = &page.after {
        let (year, id) = cursor.read::<i16, Uuid>()?;
        query = match page.order {
            Order::Year => query.filter(plans::year.gt(year).or(plans::year.eq(year).and(plans::id.gt(id)))),
            Order::YearDescending => {
                query.filter(plans::year.lt(year).or(plans::year.eq(year).and(plans::id.lt(id))))
            }
        };
    }
    query = match page.order {
        Order::Year => query.order((plans::year.asc(), plans::id.asc())),
        Order::YearDescending => query.order((plans::year.desc(), plans::id.desc())),
    };
    let rows = query.load::<PlanRow>(tx.connection())?;
    let found = rows.into_iter().map(Plan::try_from).collect::<Result<Vec<_>, _>>()?;
    Ok(Page::cut(found, page, |plan| Cursor {
        key: plan.facts.year.number().to_string(),
        id: plan.id.0.to_string(),
    }))
}

/// Says that something the plan contains has changed: its document is another from now on.
///
/// # Errors
/// When the database fails.
pub fn turn_page(tx: &mut TenantTx<'_>, plan: &Plan) -> Result<Version, Error> {
    let revision = plan.revision.next();
    let key = (tx.comune().to_owned(), plan.id.0);
    diesel::update(plans::table.find(key))
        .set(plans::revision.eq(revision.number()))
        .execute(tx.connection())?;
    Ok(revision)
}

/// Says that the structures of the comune have changed, which stand in the document of every plan.
pub(crate) fn turn_every_page(tx: &mut TenantTx<'_>) -> Result<(), Error> {
    #[expect(clippy::arithmetic_side_effects, reason = "the database adds, and checks")]
    let next = plans::revision + 1;
    diesel::update(plans::table.filter(plans::comune.eq(tx.comune().to_owned())))
        .set(plans::revision.eq(next))
        .execute(tx.connection())?;
    Ok(())
}

/// Stores a new plan.
///
/// # Errors
/// [`traguardo_domain::Violation::PlanOfYearExists`], [`traguardo_domain::Violation::ExternalIdTaken`], or a failure of the database.
pub fn insert(tx: &mut TenantTx<'_>, plan: &Plan) -> Result<(), Error> {
    let row = PlanRow::of(tx.comune(), plan);
    diesel::insert_into(plans::table).values(&row).execute(tx.connection())?;
    tx.touch(ObjectKind::Plan, &plan.id.0, None, Some(plan))
}

/// Stores a changed plan.
///
/// # Errors
/// As for a new one.
pub fn update(tx: &mut TenantTx<'_>, before: &Plan, after: &Plan) -> Result<(), Error> {
    let key = (tx.comune().to_owned(), after.id.0);
    // Other writes of this transaction may have turned the page since the plan was read.
    let stored = plans::table.find(key.clone()).select(plans::revision).first::<i32>(tx.connection())?;
    let revision = Version::stored(stored);
    let revision = if before.facts == after.facts { revision } else { revision.next() };
    let row = PlanRow::of(tx.comune(), &Plan { revision, ..after.clone() });
    let known = plans::table.find(key).filter(plans::version.eq(before.version.number()));
    let changed = diesel::update(known).set(&row).execute(tx.connection())?;
    if changed != 1 {
        return Err(Error::inconsistent("plan", "changed under the tenant's lock"));
    }
    tx.touch(ObjectKind::Plan, &after.id.0, Some(before), Some(after))
}

/// Deletes a draft.
///
/// # Errors
/// [`Violation::PlanSealed`] and [`Violation::PlanNotEditable`], or a failure of the database.
pub fn delete(tx: &mut TenantTx<'_>, plan: &Plan) -> Result<(), Error> {
    if plan.sealed.is_some() {
        return Err(Violation::PlanSealed.into());
    }
    plan.open()?;
    let key = (tx.comune().to_owned(), plan.id.0);
    diesel::delete(plans::table.find(key)).execute(tx.connection())?;
    tx.touch(ObjectKind::Plan, &plan.id.0, Some(plan), None)
}

impl PlanRow {
    fn of(comune: &str, plan: &Plan) -> Self {
        let facts = &plan.facts;
        Self {
            comune: comune.to_owned(),
            id: plan.id.0,
            external_id: facts.external_id.as_ref().map(|id| id.as_str().to_owned()),
            year: facts.year.number(),
            kind: facts.kind.word().to_owned(),
            title: facts.title.as_str().to_owned(),
            state: plan.state.word().to_owned(),
            version: plan.version.number(),
            scale: Json(facts.scale.clone()),
            revision: plan.revision.number(),
            sealed: plan.sealed,
        }
    }
}

impl TryFrom<PlanRow> for Plan {
    type Error = Error;

    fn try_from(row: PlanRow) -> Result<Self, Error> {
        let bad = |error| Error::inconsistent("plan", error);
        let facts = PlanFacts {
            external_id: row.external_id.as_deref().map(ExternalId::parse).transpose().map_err(bad)?,
            year: Year::parse(i32::from(row.year)).map_err(bad)?,
            kind: PlanKind::from_word(&row.kind)
                .ok_or_else(|| Error::inconsistent("plan kind", &row.kind))?,
            title: Line::parse(&row.title).map_err(bad)?,
            scale: row.scale.0,
        };
        let state =
            PlanState::from_word(&row.state).ok_or_else(|| Error::inconsistent("plan state", &row.state))?;
        Ok(Self {
            id: PlanId(row.id),
            facts,
            state,
            sealed: row.sealed,
            version: Version::stored(row.version),
            revision: Version::stored(row.revision),
        })
    }
}

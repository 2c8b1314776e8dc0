//! Measurements as they are kept: added and read, never altered.

use std::collections::BTreeSet;

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use traguardo_domain::audit::ObjectKind;
use traguardo_domain::measurement::{Measurement, MeasurementId, Subject};
use traguardo_domain::plan::PlanId;
use traguardo_domain::text::ExternalId;
use uuid::Uuid;

use crate::error::Error;
use crate::json::Json;
use crate::page::{Cursor, Page, PageRequest};
use crate::schema::measurements;
use crate::tenant::TenantTx;

/// The name of a measurement in its plan.
#[derive(Debug, Clone, Copy)]
pub enum Name<'n> {
    /// The id it has here.
    Id(MeasurementId),
    /// The key an integrating program has for it.
    Key(&'n ExternalId),
}

/// Which measurements of a plan.
#[derive(Debug, Clone)]
pub struct Filter {
    /// Of which plan.
    pub plan: PlanId,
    /// Of this thing only.
    pub subject: Option<Subject>,
    /// In this assignment only.
    pub assignment: Option<Uuid>,
    /// About periods that end on this day or later.
    pub period_from: Option<NaiveDate>,
    /// About periods that end on this day or earlier.
    pub period_to: Option<NaiveDate>,
    /// Recorded at this instant or later: what is new to whoever read the others already.
    pub recorded_from: Option<DateTime<Utc>>,
}

/// Every measurement of a plan, as recorded: one statement.
///
/// # Errors
/// When the database fails.
pub fn all(tx: &mut TenantTx<'_>, plan: PlanId) -> Result<Vec<Measurement>, Error> {
    let rows = measurements::table
        .filter(measurements::comune.eq(tx.comune().to_owned()))
        .filter(measurements::plan.eq(plan.0))
        .order((measurements::recorded_at.asc(), measurements::id.asc()))
        .select(measurements::content)
        .load::<Json<Measurement>>(tx.connection())?;
    Ok(rows.into_iter().map(|Json(measurement)| measurement).collect())
}

/// A page of the measurements of a plan, the first recorded first.
///
/// # Errors
/// When the database fails.
pub fn list(
    tx: &mut TenantTx<'_>,
    filter: &Filter,
    page: &PageRequest<()>,
) -> Result<Page<Measurement>, Error> {
    let mut query = measurements::table
        .filter(measurements::comune.eq(tx.comune().to_owned()))
        .filter(measurements::plan.eq(filter.plan.0))
        .order(measurements::id.asc())
        .limit(page.probe())
        .select(measurements::content)
        .into_boxed();
    if let Some(subject) = filter.subject {
        query = query.filter(measurements::subject.eq(id_of(subject)));
    }
    if let Some(assignment) = filter.assignment {
        query = query.filter(measurements::assignment.eq(assignment));
    }
    if let Some(from) = filter.period_from {
        query = query.filter(measurements::period_to.ge(from));
    }
    if let Some(to) = filter.period_to {
        query = query.filter(measurements::period_to.le(to));
    }
    if let Some(from) = filter.recorded_from {
        query = query.filter(measurements::recorded_at.ge(from));
    }
    if let Some(cursor) = &page.after {
        let (_, id) = cursor.read::<String, Uuid>()?;
        query = query.filter(measurements::id.gt(id));
    }
    let rows = query.load::<Json<Measurement>>(tx.connection())?;
    let items = rows.into_iter().map(|Json(measurement)| measurement).collect();
    Ok(Page::cut(items, page, |last: &Measurement| Cursor { key: String::new(), id: last.id.0.to_string() }))
}

/// The measurement with this name.
///
/// # Errors
/// When the database fails.
pub fn look_up(tx: &mut TenantTx<'_>, plan: PlanId, name: Name<'_>) -> Result<Option<Measurement>, Error> {
    let query = measurements::table
        .filter(measurements::comune.eq(tx.comune().to_owned()))
        .filter(measurements::plan.eq(plan.0))
        .select(measurements::content)
        .into_boxed();
    let query = match name {
        Name::Id(id) => query.filter(measurements::id.eq(id.0)),
        Name::Key(key) => query.filter(measurements::external_id.eq(key.as_str().to_owned())),
    };
    let row = query.first::<Json<Measurement>>(tx.connection()).optional()?;
    Ok(row.map(|Json(measurement)| measurement))
}

/// Those that have one of these keys: what a bulk sent again finds there already.
///
/// # Errors
/// When the database fails.
pub fn with_keys(tx: &mut TenantTx<'_>, plan: PlanId, keys: &[String]) -> Result<Vec<Measurement>, Error> {
    let rows = measurements::table
        .filter(measurements::comune.eq(tx.comune().to_owned()))
        .filter(measurements::plan.eq(plan.0))
        .filter(measurements::external_id.eq_any(keys.to_vec()))
        .select(measurements::content)
        .load::<Json<Measurement>>(tx.connection())?;
    Ok(rows.into_iter().map(|Json(measurement)| measurement).collect())
}

/// Every measurement of these things, as recorded: what corrects one of them is among them, and which of them stands is told
/// by them alone.
///
/// # Errors
/// When the database fails.
pub fn about(
    tx: &mut TenantTx<'_>,
    plan: PlanId,
    subjects: impl IntoIterator<Item = Subject>,
) -> Result<Vec<Measurement>, Error> {
    let subjects: BTreeSet<Uuid> = subjects.into_iter().map(id_of).collect();
    let rows = measurements::table
        .filter(measurements::comune.eq(tx.comune().to_owned()))
        .filter(measurements::plan.eq(plan.0))
        .filter(measurements::subject.eq_any(subjects.into_iter().collect::<Vec<_>>()))
        .order((measurements::recorded_at.asc(), measurements::id.asc()))
        .select(measurements::content)
        .load::<Json<Measurement>>(tx.connection())?;
    Ok(rows.into_iter().map(|Json(measurement)| measurement).collect())
}

/// Adds measurements, all in one statement.
///
/// # Errors
/// [`traguardo_domain::Violation::ExternalIdTaken`], [`traguardo_domain::Violation::SupersededAlready`], or a failure of the database.
pub fn add(tx: &mut TenantTx<'_>, plan: PlanId, new: &[Measurement]) -> Result<(), Error> {
    let comune = tx.comune().to_owned();
    let row = |one: &Measurement| {
        let facts = &one.facts;
        (
            measurements::comune.eq(comune.clone()),
            measurements::plan.eq(plan.0),
            measurements::id.eq(one.id.0),
            measurements::external_id.eq(facts.external_id.as_ref().map(|key| key.as_str().to_owned())),
            measurements::subject.eq(id_of(facts.subject)),
            measurements::assignment.eq(facts.assignment.map(|assignment| assignment.0)),
            measurements::period_to.eq(facts.period.to),
            measurements::recorded_at.eq(one.recorded_at),
            measurements::recorded_by.eq(one.recorded_by),
            measurements::supersedes.eq(facts.supersedes.map(|superseded| superseded.0)),
            measurements::content.eq(Json(one.clone())),
        )
    };
    let rows: Vec<_> = new.iter().map(row).collect();
    diesel::insert_into(measurements::table).values(&rows).execute(tx.connection())?;
    new.iter().try_for_each(|one| tx.touch(ObjectKind::Measurement, &one.id.0, None, Some(one)))
}

/// The id of what is measured.
fn id_of(subject: Subject) -> Uuid {
    match subject {
        Subject::Indicator(id) => id.0,
        Subject::Phase(id) => id.0,
        Subject::Objective(id) => id.0,
    }
}

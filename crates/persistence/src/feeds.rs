//! What was recorded of plans from registers: carried out in one transaction, added and read, never altered.

use std::collections::HashSet;

use chrono::NaiveDate;
use diesel::prelude::*;
use diesel::sql_types::{Text, Uuid as SqlUuid};
use traguardo_domain::audit::ObjectKind;
use traguardo_domain::digest::Digest;
use traguardo_domain::feeder::feed::Feed;
use traguardo_domain::measurement::MeasurementId;
use traguardo_domain::plan::PlanId;
use uuid::Uuid;

use crate::error::Error;
use crate::json::Json;
use crate::page::{Cursor, Page, PageRequest};
use crate::schema::feeds;
use crate::tenant::TenantTx;

mod feeding;

pub use feeding::{Fed, Feeding, feed};

/// A page of the feeds of a plan, the last first.
///
/// # Errors
/// When the database fails.
pub fn list(tx: &mut TenantTx<'_>, plan: PlanId, page: &PageRequest<()>) -> Result<Page<Feed>, Error> {
    let mut query = feeds::table
        .filter(feeds::comune.eq(tx.comune().to_owned()))
        .filter(feeds::plan.eq(plan.0))
        .order(feeds::number.desc())
        .limit(page.probe())
        .select(feeds::content)
        .into_boxed();
    if let Some(cursor) = &page.after {
        let (_, number) = cursor.read::<String, i32>()?;
        query = query.filter(feeds::number.lt(number));
    }
    let found = query.load::<Json<Feed>>(tx.connection())?.into_iter().map(|Json(feed)| feed).collect();
    Ok(Page::cut(found, page, |last: &Feed| Cursor { key: String::new(), id: last.number.to_string() }))
}

/// The feed of a plan with this number; the last one without a number.
///
/// # Errors
/// When the database fails.
pub fn look_up(tx: &mut TenantTx<'_>, plan: PlanId, number: Option<i32>) -> Result<Option<Feed>, Error> {
    let mut query = feeds::table
        .filter(feeds::comune.eq(tx.comune().to_owned()))
        .filter(feeds::plan.eq(plan.0))
        .order(feeds::number.desc())
        .select(feeds::content)
        .into_boxed();
    if let Some(number) = number {
        query = query.filter(feeds::number.eq(number));
    }
    let found = query.first::<Json<Feed>>(tx.connection()).optional()?;
    Ok(found.map(|Json(feed)| feed))
}

/// The measurements feeds recorded of a plan. Taken out of what is kept by PostgreSQL: a plan that is fed every night has hundreds
/// of feeds, each with an explanation of every figure.
fn recorded(tx: &mut TenantTx<'_>, plan: PlanId) -> Result<HashSet<MeasurementId>, Error> {
    #[derive(QueryableByName)]
    struct Recorded {
        #[diesel(sql_type = SqlUuid)]
        measurement: Uuid,
    }
    let statement = "select (i.item ->> 'measurement')::uuid as measurement from feeds f, \
        json_array_elements(f.content -> 'items') i (item) \
        where f.comune = $1 and f.plan = $2 and i.item ->> 'measurement' is not null";
    let rows = diesel::sql_query(statement)
        .bind::<Text, _>(tx.comune().to_owned())
        .bind::<SqlUuid, _>(plan.0)
        .load::<Recorded>(tx.connection())?;
    Ok(rows.into_iter().map(|row| MeasurementId(row.measurement)).collect())
}

/// Keeps a feed.
fn insert(tx: &mut TenantTx<'_>, feed: &Feed) -> Result<(), Error> {
    let digest = Digest::of_object(feed).map_err(|error| Error::inconsistent("feed", error))?;
    let at: NaiveDate = feed.asked.on;
    let row = (
        feeds::comune.eq(tx.comune().to_owned()),
        feeds::plan.eq(feed.plan.0),
        feeds::number.eq(feed.number),
        feeds::recorded_at.eq(feed.recorded_at),
        feeds::member.eq(feed.member),
        feeds::at.eq(at),
        feeds::digest.eq(digest.as_bytes().to_vec()),
        feeds::content.eq(Json(feed.clone())),
    );
    diesel::insert_into(feeds::table).values(row).execute(tx.connection())?;
    let id = format!("{}/{}", feed.plan.0, feed.number);
    tx.touch(ObjectKind::Feed, &id, None, Some(feed))
}

//! Rounds as they are kept.

use diesel::prelude::*;
use traguardo_domain::Version;
use traguardo_domain::audit::ObjectKind;
use traguardo_domain::plan::PlanId;
use traguardo_domain::round::Round;

use crate::error::Error;
use crate::json::Json;
use crate::schema::rounds;
use crate::tenant::TenantTx;

/// Every round of a plan, by the day its window opens. They are few.
///
/// # Errors
/// When the database fails.
pub fn all(tx: &mut TenantTx<'_>, plan: PlanId) -> Result<Vec<Round>, Error> {
    let rows = rounds::table
        .filter(rounds::comune.eq(tx.comune().to_owned()))
        .filter(rounds::plan.eq(plan.0))
        .select((rounds::version, rounds::content))
        .load::<(i32, Json<Round>)>(tx.connection())?;
    let round = |(version, Json(round))| Round { version: Version::stored(version), ..round };
    let mut all: Vec<Round> = rows.into_iter().map(round).collect();
    all.sort_by_key(|round| (round.facts.window.from, round.facts.period.from, round.id));
    Ok(all)
}

/// Stores a new round.
///
/// # Errors
/// [`traguardo_domain::Violation::ExternalIdTaken`], or a failure of the database.
pub fn insert(tx: &mut TenantTx<'_>, plan: PlanId, round: &Round) -> Result<(), Error> {
    let row = (
        rounds::comune.eq(tx.comune().to_owned()),
        rounds::plan.eq(plan.0),
        rounds::id.eq(round.id.0),
        rounds::external_id.eq(round.facts.external_id.as_ref().map(|key| key.as_str().to_owned())),
        rounds::version.eq(round.version.number()),
        rounds::content.eq(Json(round.clone())),
    );
    diesel::insert_into(rounds::table).values(row).execute(tx.connection())?;
    tx.touch(ObjectKind::Round, &round.id.0, None, Some(round))
}

/// Stores a changed round.
///
/// # Errors
/// [`traguardo_domain::Violation::ExternalIdTaken`], or a failure of the database.
pub fn update(tx: &mut TenantTx<'_>, plan: PlanId, before: &Round, after: &Round) -> Result<(), Error> {
    diesel::update(rounds::table.find((tx.comune().to_owned(), plan.0, after.id.0)))
        .set((
            rounds::external_id.eq(after.facts.external_id.as_ref().map(|key| key.as_str().to_owned())),
            rounds::version.eq(after.version.number()),
            rounds::content.eq(Json(after.clone())),
        ))
        .execute(tx.connection())?;
    tx.touch(ObjectKind::Round, &after.id.0, Some(before), Some(after))
}

/// Deletes a round; what was collected in it stays.
///
/// # Errors
/// When the database fails.
pub fn delete(tx: &mut TenantTx<'_>, plan: PlanId, round: &Round) -> Result<(), Error> {
    let them = rounds::table.find((tx.comune().to_owned(), plan.0, round.id.0));
    diesel::delete(them).execute(tx.connection())?;
    tx.touch(ObjectKind::Round, &round.id.0, Some(round), None)
}

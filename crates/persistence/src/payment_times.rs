//! Payment times as they are kept: two figures a plan.

use std::fmt::Debug;

use diesel::prelude::*;
use serde::Serialize;
use serde::de::DeserializeOwned;
use traguardo_domain::audit::ObjectKind;
use traguardo_domain::payment_time::{CertifiedFacts, PaymentFigure, PaymentTime, Recorded};
use traguardo_domain::plan::PlanId;
use traguardo_domain::{Version, Vocabulary as _};
use uuid::Uuid;

use crate::error::Error;
use crate::json::{Json, Written};
use crate::schema::{payment_times, plans};
use crate::tenant::TenantTx;

/// Both figures of a plan, as far as they were recorded: one statement.
///
/// # Errors
/// When the database fails.
pub fn look_up(tx: &mut TenantTx<'_>, plan: PlanId) -> Result<PaymentTime, Error> {
    let rows = payment_times::table
        .filter(payment_times::comune.eq(tx.comune().to_owned()))
        .filter(payment_times::plan.eq(plan.0))
        .select((payment_times::figure, payment_times::version, payment_times::content))
        .load::<(String, i32, Written)>(tx.connection())?;
    let mut time = PaymentTime::default();
    for (figure, version, content) in rows {
        match PaymentFigure::from_word(&figure) {
            Some(PaymentFigure::Certified) => time.certified = Some(read(version, &content)?),
            Some(PaymentFigure::Forecast) => time.forecast = Some(read(version, &content)?),
            None => return Err(Error::inconsistent("payment time", figure)),
        }
    }
    Ok(time)
}

/// The delay certified for a year, with the plan it was certified for; where several plans of it have one, that certified last.
///
/// # Errors
/// When the database fails.
pub fn certified_of_year(
    tx: &mut TenantTx<'_>,
    year: i32,
) -> Result<Option<(PlanId, Recorded<CertifiedFacts>)>, Error> {
    let Ok(year) = i16::try_from(year) else { return Ok(None) };
    let of_the_year = plans::table
        .filter(plans::comune.eq(tx.comune().to_owned()))
        .filter(plans::year.eq(year))
        .select(plans::id)
        .load::<Uuid>(tx.connection())?;
    let rows = payment_times::table
        .filter(payment_times::comune.eq(tx.comune().to_owned()))
        .filter(payment_times::figure.eq(PaymentFigure::Certified.word()))
        .filter(payment_times::plan.eq_any(of_the_year))
        .order(payment_times::plan.asc())
        .select((payment_times::plan, payment_times::version, payment_times::content))
        .load::<(Uuid, i32, Written)>(tx.connection())?;
    let mut certified = Vec::new();
    for (plan, version, content) in rows {
        certified.push((PlanId(plan), read::<CertifiedFacts>(version, &content)?));
    }
    Ok(certified.into_iter().max_by_key(|(_, one)| (one.facts.day, one.recorded_at)))
}

fn read<F: DeserializeOwned>(version: i32, content: &Written) -> Result<Recorded<F>, Error> {
    let recorded: Recorded<F> =
        serde_json::from_str(content.as_str()).map_err(|error| Error::inconsistent("payment time", error))?;
    Ok(Recorded { version: Version::stored(version), ..recorded })
}

/// Stores a figure that was not there.
///
/// # Errors
/// When the database fails.
pub fn insert<F: Serialize + Clone + Debug>(
    tx: &mut TenantTx<'_>,
    plan: PlanId,
    figure: PaymentFigure,
    recorded: &Recorded<F>,
) -> Result<(), Error> {
    let row = (
        payment_times::comune.eq(tx.comune().to_owned()),
        payment_times::plan.eq(plan.0),
        payment_times::figure.eq(figure.word()),
        payment_times::version.eq(recorded.version.number()),
        payment_times::content.eq(Json(recorded.clone())),
    );
    diesel::insert_into(payment_times::table).values(row).execute(tx.connection())?;
    tx.touch(ObjectKind::PaymentTime, &name(plan, figure), None, Some(recorded))
}

/// Stores a figure that was changed.
///
/// # Errors
/// When the database fails.
pub fn update<F: Serialize + Clone + Debug>(
    tx: &mut TenantTx<'_>,
    plan: PlanId,
    figure: PaymentFigure,
    (before, after): (&Recorded<F>, &Recorded<F>),
) -> Result<(), Error> {
    diesel::update(payment_times::table.find((tx.comune().to_owned(), plan.0, figure.word())))
        .set((
            payment_times::version.eq(after.version.number()),
            payment_times::content.eq(Json(after.clone())),
        ))
        .execute(tx.connection())?;
    tx.touch(ObjectKind::PaymentTime, &name(plan, figure), Some(before), Some(after))
}

/// How the audit trail names a figure.
fn name(plan: PlanId, figure: PaymentFigure) -> String {
    format!("{}/{}", plan.0, figure.word())
}

//! Reports as they were adopted: added and read, never altered.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use serde::Serialize;
use traguardo_domain::act::Act;
use traguardo_domain::audit::ObjectKind;
use traguardo_domain::digest::Digest;
use traguardo_domain::plan::PlanId;
use traguardo_domain::plan::canonical::canonical;
use traguardo_domain::report::Report;

use crate::error::Error;
use crate::json::Json;
use crate::packed;
use crate::schema::plan_reports;
use crate::tenant::TenantTx;

/// A report as it was adopted.
#[derive(Debug, Clone, Serialize)]
pub struct Adopted {
    /// Its number, from 1: a report that was not validated is adopted again.
    pub number: i32,
    /// When.
    pub adopted_at: DateTime<Utc>,
    /// By which act.
    pub act: Act,
    /// The digest of its canonical bytes.
    pub digest: Digest,
    /// What it says.
    #[serde(skip)]
    pub report: Report,
}

/// The report adopted last, if one was.
///
/// # Errors
/// When the database fails.
pub fn current(tx: &mut TenantTx<'_>, plan: PlanId) -> Result<Option<Adopted>, Error> {
    let row = plan_reports::table
        .filter(plan_reports::comune.eq(tx.comune().to_owned()))
        .filter(plan_reports::plan.eq(plan.0))
        .order(plan_reports::number.desc())
        .select((
            plan_reports::number,
            plan_reports::adopted_at,
            plan_reports::act,
            plan_reports::digest,
            plan_reports::document,
        ))
        .first::<(i32, DateTime<Utc>, Json<Act>, Vec<u8>, Vec<u8>)>(tx.connection())
        .optional()?;
    let Some((number, adopted_at, Json(act), digest, document)) = row else { return Ok(None) };
    let unfit = |why: &dyn std::fmt::Display| Error::inconsistent("report", why);
    let digest = Digest::stored(&digest).ok_or_else(|| unfit(&"its digest is no SHA-256"))?;
    let bytes = packed::unpack(&document)?;
    if Digest::of(&bytes) != digest {
        return Err(unfit(&"it does not have the digest it was adopted with"));
    }
    let report = serde_json::from_slice(&bytes).map_err(|error| unfit(&error))?;
    Ok(Some(Adopted { number, adopted_at, act, digest, report }))
}

/// Keeps a report as adopted by an act.
///
/// # Errors
/// When the database fails.
pub fn adopt(tx: &mut TenantTx<'_>, plan: PlanId, report: Report, act: &Act) -> Result<Adopted, Error> {
    let number = current(tx, plan)?.map_or(0, |last| last.number).saturating_add(1);
    let bytes = canonical(&report).map_err(|error| Error::inconsistent("report", error))?;
    let adopted = Adopted {
        number,
        adopted_at: tx.occasion().at,
        act: act.clone(),
        digest: Digest::of(&bytes),
        report,
    };
    let row = (
        plan_reports::comune.eq(tx.comune().to_owned()),
        plan_reports::plan.eq(plan.0),
        plan_reports::number.eq(number),
        plan_reports::adopted_at.eq(adopted.adopted_at),
        plan_reports::act.eq(Json(act.clone())),
        plan_reports::digest.eq(adopted.digest.as_bytes().to_vec()),
        plan_reports::size.eq(i32::try_from(bytes.len()).unwrap_or(i32::MAX)),
        plan_reports::document.eq(packed::pack(&bytes)?),
    );
    diesel::insert_into(plan_reports::table).values(row).execute(tx.connection())?;
    let id = format!("{}/{number}", plan.0);
    tx.touch(ObjectKind::Report, &id, None, Some(&adopted))?;
    Ok(adopted)
}

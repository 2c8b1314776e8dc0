//! What everybody may read, as it is kept: of one comune the plans that are public, as they were sealed, and what was made of
//! them; of all comuni the facts that each lets everybody see by its name.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use traguardo_domain::digest::Digest;
use traguardo_domain::plan::{Plan, PlanId};

use crate::error::Error;
use crate::packed;
use crate::plans;
use crate::schema::{facts, plan_reports, publications};
use crate::tenant::TenantTx;
use crate::versions::{self, Sealed, Which};

mod dump;
mod indicators;

pub use dump::{Place, PublicFact, Standing, YearOfFacts, each_fact, places, standing, years};
pub use indicators::{Indicators, Named, across as indicators_across, at_home as indicators};

/// A plan everybody may read: its header says what was sealed, never what is being written.
#[derive(Debug, Clone)]
pub struct PublicPlan {
    /// The header.
    pub plan: Plan,
    /// The version that stands.
    pub sealed: Sealed,
}

/// The plans of the comune that everybody may read, the newest first.
///
/// # Errors
/// When the database fails.
pub fn plans(tx: &mut TenantTx<'_>) -> Result<Vec<PublicPlan>, Error> {
    let public = plans::public(tx)?;
    let ids: Vec<PlanId> = public.iter().map(|plan| plan.id).collect();
    let sealed = versions::current_of(tx, &ids)?;
    let mut told = Vec::with_capacity(public.len());
    for plan in public {
        if let Some(sealed) = sealed.iter().find(|sealed| sealed.plan == plan.id) {
            told.push(as_sealed(tx, plan, sealed.clone())?);
        }
    }
    Ok(told)
}

/// The plan with this id, if everybody may read it.
///
/// # Errors
/// When the database fails.
pub fn plan(tx: &mut TenantTx<'_>, id: PlanId) -> Result<Option<PublicPlan>, Error> {
    let Some(plan) = plans::look_up(tx, id)?.filter(|plan| plan.state.is_public()) else { return Ok(None) };
    let sealed = versions::look_up(tx, id, Which::Current)?;
    sealed.map(|sealed| as_sealed(tx, plan, sealed)).transpose()
}

/// A plan that is being varied has a header nobody has approved yet: what is told is what the sealed version says.
fn as_sealed(tx: &mut TenantTx<'_>, plan: Plan, sealed: Sealed) -> Result<PublicPlan, Error> {
    if plan.open().is_err() {
        return Ok(PublicPlan { plan, sealed });
    }
    let found = versions::document(tx, plan.id, Which::Number(sealed.number), Some(&[]))?;
    let document = packed::open(&found.and_then(|(_, bytes)| bytes).unwrap_or_default())?;
    Ok(PublicPlan { plan: Plan { facts: document.plan.facts, ..plan }, sealed })
}

/// The report of a plan as it was adopted last.
#[derive(Debug, Clone)]
pub struct SealedReport {
    /// The digest of its canonical bytes.
    pub digest: Digest,
    /// When it was adopted.
    pub adopted_at: DateTime<Utc>,
    /// Its canonical bytes, compressed; none when the caller holds them.
    pub document: Option<Vec<u8>>,
}

/// The report of a plan that was adopted last, with its bytes unless the caller holds that digest already, or any (`None`).
///
/// # Errors
/// When the database fails.
pub fn report(
    tx: &mut TenantTx<'_>,
    plan: PlanId,
    held: Option<&[Digest]>,
) -> Result<Option<SealedReport>, Error> {
    let last = plan_reports::table
        .filter(plan_reports::comune.eq(tx.comune().to_owned()))
        .filter(plan_reports::plan.eq(plan.0))
        .order(plan_reports::number.desc());
    let row = match held {
        None => {
            let known = last.select((plan_reports::digest, plan_reports::adopted_at));
            let row = known.first::<(Vec<u8>, DateTime<Utc>)>(tx.connection()).optional()?;
            row.map(|(digest, adopted_at)| (digest, adopted_at, None))
        }
        Some(held) => {
            let held: Vec<Vec<u8>> = held.iter().map(|digest| digest.as_bytes().to_vec()).collect();
            let wanted =
                diesel::dsl::case_when(plan_reports::digest.ne_all(held), plan_reports::document.nullable());
            let whole = last.select((plan_reports::digest, plan_reports::adopted_at, wanted));
            whole.first::<(Vec<u8>, DateTime<Utc>, Option<Vec<u8>>)>(tx.connection()).optional()?
        }
    };
    let Some((digest, adopted_at, document)) = row else { return Ok(None) };
    let digest =
        Digest::stored(&digest).ok_or_else(|| Error::inconsistent("report", "its digest is no SHA-256"))?;
    Ok(Some(SealedReport { digest, adopted_at, document }))
}

/// A publication of a plan's results, without what it published.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct LastPublication {
    /// Its number.
    pub number: i32,
    /// When.
    pub published_at: DateTime<Utc>,
    /// The day the results are told as of.
    pub at: NaiveDate,
    /// Whether they were certified.
    pub certified: bool,
    /// The version of the plan they are of.
    pub plan_version: i32,
}

/// The last publication of a plan's results, if there is one.
///
/// # Errors
/// When the database fails.
pub fn last_publication(tx: &mut TenantTx<'_>, plan: PlanId) -> Result<Option<LastPublication>, Error> {
    Ok(publications::table
        .filter(publications::comune.eq(tx.comune().to_owned()))
        .filter(publications::plan.eq(plan.0))
        .order(publications::number.desc())
        .select((
            publications::number,
            publications::published_at,
            publications::at,
            publications::certified,
            publications::plan_version,
        ))
        .first(tx.connection())
        .optional()?)
}

/// The facts of a plan that the comune lets everybody see by its name on this day, by indicator.
///
/// # Errors
/// When the database fails.
pub fn facts_of(tx: &mut TenantTx<'_>, plan: PlanId, today: NaiveDate) -> Result<Vec<PublicFact>, Error> {
    let rows = facts::table
        .filter(facts::comune.eq(tx.comune().to_owned()))
        .filter(facts::plan.eq(plan.0))
        .filter(facts::public_mode.eq(dump::NAMED))
        .filter(facts::public_from.is_null().or(facts::public_from.le(today)))
        .order(facts::indicator)
        .select(PublicFact::as_select())
        .load(tx.connection())?;
    Ok(rows)
}

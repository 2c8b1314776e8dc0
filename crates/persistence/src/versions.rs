//! Sealed versions of plans as they are kept: added, read, never altered.

use chrono::{DateTime, Utc};
use diesel::pg::Pg;
use diesel::prelude::*;
use serde::Serialize;
use traguardo_domain::Vocabulary as _;
use traguardo_domain::act::Act;
use traguardo_domain::audit::ObjectKind;
use traguardo_domain::digest::Digest;
use traguardo_domain::period::Year;
use traguardo_domain::plan::cycle::Transition;
use traguardo_domain::plan::{Plan, PlanId, PlanState};
use traguardo_domain::rulebook::EditionRef;
use uuid::Uuid;

use crate::error::Error;
use crate::json::Json;
use crate::packed::Packed;
use crate::schema::{plan_versions, plans};
use crate::tenant::TenantTx;
use crate::{adoptions, plan_documents, rulebooks, transitions};

/// What is known of a sealed version beside its document.
#[derive(Debug, Clone, Serialize)]
pub struct Sealed {
    /// Whose it is.
    #[serde(skip)]
    pub plan: PlanId,
    /// Its number, from 1.
    pub number: i32,
    /// When it was sealed.
    pub sealed_at: DateTime<Utc>,
    /// The digest of its document.
    #[serde(serialize_with = "as_text")]
    pub digest: Digest,
    /// The act that makes it official.
    pub act: Act,
    /// Why it was varied, from the second on.
    pub reason: Option<String>,
    /// How many bytes its document has.
    pub size: i32,
    /// The rulebook it was sealed with, when the comune had one for the year.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rulebook: Option<EditionRef>,
}

fn as_text<S: serde::Serializer>(digest: &Digest, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(digest)
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = plan_versions)]
struct SealedRow {
    plan: Uuid,
    number: i32,
    sealed_at: DateTime<Utc>,
    digest: Vec<u8>,
    act: Json<Act>,
    reason: Option<String>,
    size: i32,
    rulebook_year: Option<i16>,
    rulebook_edition: Option<i32>,
}

/// The sealed versions of a plan, the last first.
///
/// # Errors
/// When the database fails.
pub fn all(tx: &mut TenantTx<'_>, plan: PlanId) -> Result<Vec<Sealed>, Error> {
    let rows = plan_versions::table
        .filter(plan_versions::comune.eq(tx.comune().to_owned()))
        .filter(plan_versions::plan.eq(plan.0))
        .order(plan_versions::number.desc())
        .select(SealedRow::as_select())
        .load::<SealedRow>(tx.connection())?;
    rows.into_iter().map(Sealed::try_from).collect()
}

/// The last sealed version of each of these plans, in no order.
///
/// # Errors
/// When the database fails.
pub fn current_of(tx: &mut TenantTx<'_>, plans: &[PlanId]) -> Result<Vec<Sealed>, Error> {
    let rows = plan_versions::table
        .filter(plan_versions::comune.eq(tx.comune().to_owned()))
        .filter(plan_versions::plan.eq_any(plans.iter().map(|plan| plan.0).collect::<Vec<_>>()))
        .order((plan_versions::plan, plan_versions::number.desc()))
        .distinct_on(plan_versions::plan)
        .select(SealedRow::as_select())
        .load::<SealedRow>(tx.connection())?;
    rows.into_iter().map(Sealed::try_from).collect()
}

/// Which version of a plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Which {
    /// The last one.
    Current,
    /// The one with this number.
    Number(i32),
}

/// What is known of one version.
///
/// # Errors
/// When the database fails.
pub fn look_up(tx: &mut TenantTx<'_>, plan: PlanId, which: Which) -> Result<Option<Sealed>, Error> {
    let row = named(tx, plan, which)
        .select(SealedRow::as_select())
        .first::<SealedRow>(tx.connection())
        .optional()?;
    row.map(Sealed::try_from).transpose()
}

/// What is known of the version with this digest, of a plan anybody may read.
///
/// # Errors
/// When the database fails.
pub fn published(tx: &mut TenantTx<'_>, digest: Digest) -> Result<Option<Sealed>, Error> {
    let public = PlanState::all().iter().copied().filter(|state| state.is_public()).map(PlanState::word);
    let public = plans::table
        .filter(plans::comune.eq(tx.comune().to_owned()))
        .filter(plans::state.eq_any(public.collect::<Vec<_>>()))
        .select(plans::id)
        .load::<Uuid>(tx.connection())?;
    let row = plan_versions::table
        .filter(plan_versions::comune.eq(tx.comune().to_owned()))
        .filter(plan_versions::digest.eq(digest.as_bytes().to_vec()))
        .filter(plan_versions::plan.eq_any(public))
        .order(plan_versions::number.desc())
        .select(SealedRow::as_select())
        .first::<SealedRow>(tx.connection())
        .optional()?;
    row.map(Sealed::try_from).transpose()
}

fn named<'q>(tx: &TenantTx<'_>, plan: PlanId, which: Which) -> plan_versions::BoxedQuery<'q, Pg> {
    let query = plan_versions::table
        .filter(plan_versions::comune.eq(tx.comune().to_owned()))
        .filter(plan_versions::plan.eq(plan.0))
        .into_boxed();
    match which {
        Which::Current => query.order(plan_versions::number.desc()).limit(1),
        Which::Number(number) => query.filter(plan_versions::number.eq(number)),
    }
}

/// The digest of a version, and its compressed document when it is wanted.
pub type Served = (Digest, Option<Vec<u8>>);

/// The digest of a version, and its compressed document unless the caller holds that digest already, or any (`None`): one
/// statement, which does not touch the document when it is not wanted.
///
/// # Errors
/// When the database fails.
pub fn document(
    tx: &mut TenantTx<'_>,
    plan: PlanId,
    which: Which,
    held: Option<&[Digest]>,
) -> Result<Option<Served>, Error> {
    let Some(held) = held else {
        return Ok(look_up(tx, plan, which)?.map(|sealed| (sealed.digest, None)));
    };
    let held: Vec<Vec<u8>> = held.iter().map(|digest| digest.as_bytes().to_vec()).collect();
    let wanted =
        diesel::dsl::case_when(plan_versions::digest.ne_all(held), plan_versions::document.nullable());
    let row = named(tx, plan, which)
        .select((plan_versions::digest, wanted))
        .first::<(Vec<u8>, Option<Vec<u8>>)>(tx.connection())
        .optional()?;
    row.map(|(digest, document)| Ok((stored_digest(&digest)?, document))).transpose()
}

/// Seals a plan as it is now, as the version its header says, made official by an act. Why it was varied was said when the
/// variation was opened. What it follows of shared objectives is kept for their authors.
///
/// # Errors
/// When the database fails.
pub fn seal(tx: &mut TenantTx<'_>, plan: &Plan, act: &Act) -> Result<(), Error> {
    let opening = |made: &transitions::Made| made.transition == Transition::OpenVariation;
    let opened = transitions::all(tx, plan.id)?.into_iter().find(opening);
    let document = plan_documents::load(tx, plan)?;
    let packed = Packed::of(&document)?;
    let sealed = Sealed {
        plan: plan.id,
        number: plan.sealed.ok_or_else(|| Error::inconsistent("sealed version", "it has no number"))?,
        sealed_at: tx.occasion().at,
        digest: packed.digest,
        act: act.clone(),
        reason: opened.and_then(|made| made.grounds.reason).map(String::from),
        size: packed.size,
        rulebook: rulebooks::look_up(tx, plan.facts.year)?.map(|edition| edition.reference()),
    };
    let row = (
        plan_versions::comune.eq(tx.comune().to_owned()),
        plan_versions::plan.eq(sealed.plan.0),
        plan_versions::number.eq(sealed.number),
        plan_versions::sealed_at.eq(sealed.sealed_at),
        plan_versions::digest.eq(sealed.digest.as_bytes().to_vec()),
        plan_versions::act.eq(Json(sealed.act.clone())),
        plan_versions::reason.eq(sealed.reason.clone()),
        plan_versions::size.eq(sealed.size),
        plan_versions::document.eq(packed.bytes),
        plan_versions::rulebook_year.eq(sealed.rulebook.map(|of| of.year.number())),
        plan_versions::rulebook_edition.eq(sealed.rulebook.map(|of| of.edition)),
    );
    diesel::insert_into(plan_versions::table).values(row).execute(tx.connection())?;
    adoptions::record(tx, plan, &document)?;
    let id = format!("{}/{}", sealed.plan.0, sealed.number);
    tx.touch(ObjectKind::PlanVersion, &id, None, Some(&sealed))
}

fn stored_digest(bytes: &[u8]) -> Result<Digest, Error> {
    Digest::stored(bytes).ok_or_else(|| Error::inconsistent("plan version", "its digest is no SHA-256"))
}

impl TryFrom<SealedRow> for Sealed {
    type Error = Error;

    fn try_from(row: SealedRow) -> Result<Self, Error> {
        let digest = stored_digest(&row.digest)?;
        let rulebook = match (row.rulebook_year, row.rulebook_edition) {
            (Some(year), Some(edition)) => {
                let year = Year::parse(i32::from(year))
                    .map_err(|error| Error::inconsistent("plan version", error.detail))?;
                Some(EditionRef { year, edition })
            }
            (Some(_) | None, _) => None,
        };
        Ok(Self {
            plan: PlanId(row.plan),
            number: row.number,
            sealed_at: row.sealed_at,
            digest,
            act: row.act.0,
            reason: row.reason,
            size: row.size,
            rulebook,
        })
    }
}

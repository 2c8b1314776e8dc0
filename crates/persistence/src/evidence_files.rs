//! Files kept as evidence: added and read, never altered.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use traguardo_domain::audit::ObjectKind;
use traguardo_domain::digest::Digest;
use traguardo_domain::evidence_file::{EvidenceFile, MediaType};
use traguardo_domain::measurement::EvidenceFileId;
use traguardo_domain::plan::PlanId;
use traguardo_domain::text::Line;
use uuid::Uuid;

use crate::error::Error;
use crate::schema::evidence_files;
use crate::tenant::TenantTx;

#[derive(Queryable, Selectable)]
#[diesel(table_name = evidence_files)]
struct Row {
    id: Uuid,
    name: String,
    media_type: String,
    size: i32,
    digest: Vec<u8>,
    received_at: DateTime<Utc>,
    member: Option<Uuid>,
}

impl TryFrom<Row> for EvidenceFile {
    type Error = Error;

    fn try_from(row: Row) -> Result<Self, Error> {
        let unfit = |why: &str| Error::inconsistent("evidence file", why);
        Ok(Self {
            id: EvidenceFileId(row.id),
            name: Line::parse(&row.name).map_err(|error| unfit(&error.detail))?,
            media_type: MediaType::declared(&row.media_type).ok_or_else(|| unfit("no kind that is kept"))?,
            size: row.size,
            digest: Digest::stored(&row.digest).ok_or_else(|| unfit("no SHA-256"))?,
            received_at: row.received_at,
            member: row.member,
        })
    }
}

/// Keeps a file.
///
/// # Errors
/// When the database fails.
pub fn insert(tx: &mut TenantTx<'_>, plan: PlanId, file: &EvidenceFile, bytes: &[u8]) -> Result<(), Error> {
    let row = (
        evidence_files::comune.eq(tx.comune().to_owned()),
        evidence_files::plan.eq(plan.0),
        evidence_files::id.eq(file.id.0),
        evidence_files::name.eq(file.name.as_str()),
        evidence_files::media_type.eq(file.media_type.essence()),
        evidence_files::size.eq(file.size),
        evidence_files::digest.eq(file.digest.as_bytes().to_vec()),
        evidence_files::received_at.eq(file.received_at),
        evidence_files::member.eq(file.member),
        evidence_files::content.eq(bytes),
    );
    diesel::insert_into(evidence_files::table).values(row).execute(tx.connection())?;
    tx.touch(ObjectKind::EvidenceFile, &file.id.0, None, Some(file))
}

/// What is known of a file.
///
/// # Errors
/// When the database fails.
pub fn look_up(
    tx: &mut TenantTx<'_>,
    plan: PlanId,
    id: EvidenceFileId,
) -> Result<Option<EvidenceFile>, Error> {
    let row = evidence_files::table
        .find((tx.comune().to_owned(), plan.0, id.0))
        .select(Row::as_select())
        .first::<Row>(tx.connection())
        .optional()?;
    row.map(EvidenceFile::try_from).transpose()
}

/// The file of a plan with this digest: the same one, sent again.
///
/// # Errors
/// When the database fails.
pub fn with_digest(
    tx: &mut TenantTx<'_>,
    plan: PlanId,
    digest: Digest,
) -> Result<Option<EvidenceFile>, Error> {
    let row = evidence_files::table
        .filter(evidence_files::comune.eq(tx.comune().to_owned()))
        .filter(evidence_files::plan.eq(plan.0))
        .filter(evidence_files::digest.eq(digest.as_bytes().to_vec()))
        .order(evidence_files::id.asc())
        .select(Row::as_select())
        .first::<Row>(tx.connection())
        .optional()?;
    row.map(EvidenceFile::try_from).transpose()
}

/// The bytes of a file.
///
/// # Errors
/// When the database fails.
pub fn content(tx: &mut TenantTx<'_>, plan: PlanId, id: EvidenceFileId) -> Result<Option<Vec<u8>>, Error> {
    let found = evidence_files::table
        .find((tx.comune().to_owned(), plan.0, id.0))
        .select(evidence_files::content)
        .first::<Vec<u8>>(tx.connection());
    Ok(found.optional()?)
}

/// The digests of those of these files the plan has.
///
/// # Errors
/// When the database fails.
pub fn digests(
    tx: &mut TenantTx<'_>,
    plan: PlanId,
    ids: impl IntoIterator<Item = EvidenceFileId>,
) -> Result<HashMap<EvidenceFileId, Digest>, Error> {
    let ids: Vec<Uuid> = ids.into_iter().map(|id| id.0).collect();
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let rows = evidence_files::table
        .filter(evidence_files::comune.eq(tx.comune().to_owned()))
        .filter(evidence_files::plan.eq(plan.0))
        .filter(evidence_files::id.eq_any(ids))
        .select((evidence_files::id, evidence_files::digest))
        .load::<(Uuid, Vec<u8>)>(tx.connection())?;
    let read = |(id, digest): (Uuid, Vec<u8>)| {
        let digest =
            Digest::stored(&digest).ok_or_else(|| Error::inconsistent("evidence file", "no SHA-256"))?;
        Ok((EvidenceFileId(id), digest))
    };
    rows.into_iter().map(read).collect()
}

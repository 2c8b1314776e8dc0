//! Who is reading a file: whoever holds its lease. A reader that dies lets its lease run out, and another begins again; two never
//! read at once, and what a reader brings after its lease was given to another is not kept.
//!
//! How far a reading is belongs to the moment and to no object's state: writing it down leaves no audit entry. Its end does.

use super::{
    DateTime, Drafted, Error, Import, ImportId, MOST_ATTEMPTS, ObjectKind, TenantTx, Unreadable, Utc, Uuid,
    imports, look_up,
};
use diesel::prelude::*;
use traguardo_domain::Vocabulary as _;
use traguardo_domain::import::ImportState;

/// The right to read one file, for a while.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Lease {
    /// Whose it is.
    pub holder: Uuid,
    /// Until when.
    pub until: DateTime<Utc>,
}

/// A file to be read.
#[derive(Debug, Clone)]
pub struct Job {
    /// The import.
    pub import: Import,
    /// Its file, compressed.
    pub packed: Vec<u8>,
}

/// What beginning a reading came to.
#[derive(Debug, Clone)]
pub enum Begun {
    /// It is the caller's to read.
    Yours(Box<Job>),
    /// Somebody else reads it, or it was read, or it is not there any more.
    Not,
    /// It was begun too often and never ended.
    TooOften(Box<Import>),
}

/// Takes the lease of a file that waits to be read.
///
/// # Errors
/// When the database fails.
pub fn begin(tx: &mut TenantTx<'_>, id: ImportId, lease: Lease) -> Result<Begun, Error> {
    tx.leave_unchanged();
    let now = tx.occasion().at;
    let Some(standing) = look_up(tx, id)?.filter(|standing| standing.is_unattended(now)) else {
        return Ok(Begun::Not);
    };
    let key = (tx.comune().to_owned(), id.0);
    let (attempts, packed) = imports::table
        .find(key.clone())
        .select((imports::attempts, imports::source))
        .first::<(i16, Vec<u8>)>(tx.connection())?;
    if attempts >= MOST_ATTEMPTS {
        return Ok(Begun::TooOften(Box::new(standing.import)));
    }
    let version = standing.import.version.next();
    diesel::update(imports::table.find(key))
        .set((
            imports::state.eq(ImportState::Reading.word()),
            imports::version.eq(version.number()),
            imports::percent.eq(0_i16),
            imports::attempts.eq(attempts.saturating_add(1)),
            imports::lease.eq(Some(lease.holder)),
            imports::lease_until.eq(Some(lease.until)),
        ))
        .execute(tx.connection())?;
    let import = Import { state: ImportState::Reading, version, ..standing.import };
    Ok(Begun::Yours(Box::new(Job { import, packed })))
}

/// Says how far the reading is, and that it goes on; whether it is still the caller's to do.
///
/// # Errors
/// When the database fails.
pub fn beat(tx: &mut TenantTx<'_>, id: ImportId, lease: Lease, percent: i16) -> Result<bool, Error> {
    tx.leave_unchanged();
    let key = (tx.comune().to_owned(), id.0);
    #[expect(clippy::arithmetic_side_effects, reason = "the database adds, and checks")]
    let next = imports::version + 1;
    let changed = diesel::update(imports::table.find(key).filter(imports::lease.eq(lease.holder)))
        .set((
            imports::lease_until.eq(Some(lease.until)),
            imports::percent.eq(percent.clamp(0, 100)),
            imports::version.eq(next),
        ))
        .execute(tx.connection())?;
    Ok(changed == 1)
}

/// Keeps what a reading came to; whether it was still the holder's to say. Without a holder it is said of a file nobody reads.
///
/// # Errors
/// When the database fails.
pub fn finish(
    tx: &mut TenantTx<'_>,
    id: ImportId,
    holder: Option<Uuid>,
    outcome: &Result<Drafted, Unreadable>,
) -> Result<bool, Error> {
    let key = (tx.comune().to_owned(), id.0);
    let held = imports::table.find(key.clone()).select(imports::lease);
    let held = held.first::<Option<Uuid>>(tx.connection()).optional()?;
    let now = tx.occasion().at;
    let standing = look_up(tx, id)?.filter(|standing| standing.import.is_pending());
    let Some(standing) =
        standing.filter(|one| (holder.is_some() && held == Some(holder)) || one.is_unattended(now))
    else {
        tx.leave_unchanged();
        return Ok(false);
    };
    let before = standing.import;
    let after = match outcome {
        Ok(drafted) => before.read(drafted.digest)?,
        Err(unreadable) => before.refuse(unreadable.clone())?,
    };
    let drafted = outcome.as_ref().ok();
    diesel::update(imports::table.find(key))
        .set((
            imports::state.eq(after.state.word()),
            imports::version.eq(after.version.number()),
            imports::percent.eq(100_i16),
            imports::refusal.eq(after.refusal.clone().map(crate::json::Json)),
            imports::summary.eq(drafted.map(|drafted| &drafted.summary)),
            imports::draft_digest.eq(drafted.map(|drafted| drafted.digest.as_bytes().to_vec())),
            imports::draft.eq(drafted.map(|drafted| &drafted.packed)),
            imports::lease.eq(None::<Uuid>),
            imports::lease_until.eq(None::<DateTime<Utc>>),
        ))
        .execute(tx.connection())?;
    tx.touch(ObjectKind::Import, &id.0, Some(&before), Some(&after))?;
    Ok(true)
}

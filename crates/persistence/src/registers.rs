//! Where the registers of a comune stand.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use traguardo_domain::Vocabulary as _;
use traguardo_domain::audit::ObjectKind;
use traguardo_domain::digest::Digest;
use traguardo_domain::register::{Register, RegisterState};

use crate::error::Error;
use crate::schema::registers;
use crate::tenant::TenantTx;

type Row = (String, i64, Vec<u8>, DateTime<Utc>);

/// Where every register stands that anything was ever written to.
///
/// # Errors
/// When the database fails.
pub fn all(tx: &mut TenantTx<'_>) -> Result<Vec<RegisterState>, Error> {
    let rows = registers::table
        .filter(registers::comune.eq(tx.comune().to_owned()))
        .order(registers::register.asc())
        .select((registers::register, registers::revision, registers::digest, registers::changed_at))
        .load::<Row>(tx.connection())?;
    rows.into_iter().map(stored).collect()
}

/// Where a register stands.
///
/// # Errors
/// When the database fails.
pub fn state(tx: &mut TenantTx<'_>, register: Register) -> Result<RegisterState, Error> {
    let row = registers::table
        .find((tx.comune().to_owned(), register.word()))
        .select((registers::register, registers::revision, registers::digest, registers::changed_at))
        .first::<Row>(tx.connection())
        .optional()?;
    row.map_or_else(|| Ok(RegisterState::empty(register)), stored)
}

/// Tells a register something: once in a transaction, before what is told is stored. The tenant has one writer: nobody else
/// tells it anything meanwhile.
///
/// # Errors
/// When the database fails.
pub fn tell(tx: &mut TenantTx<'_>, register: Register, change: Digest) -> Result<RegisterState, Error> {
    let before = state(tx, register)?;
    let after = before.told(change, tx.occasion().at);
    let told = (
        registers::revision.eq(after.revision),
        registers::digest.eq(after.digest.as_bytes().to_vec()),
        registers::changed_at.eq(after.changed_at),
    );
    let key = (registers::comune.eq(tx.comune().to_owned()), registers::register.eq(register.word()));
    diesel::insert_into(registers::table)
        .values((key, told.clone()))
        .on_conflict((registers::comune, registers::register))
        .do_update()
        .set(told)
        .execute(tx.connection())?;
    let had = (before.revision > 0).then_some(&before);
    tx.touch(ObjectKind::Register, &register.word(), had, Some(&after))?;
    Ok(after)
}

fn stored((word, revision, digest, changed_at): Row) -> Result<RegisterState, Error> {
    let unfit = |what: &str| Error::inconsistent("register", what);
    let register = Register::from_word(&word).ok_or_else(|| unfit("word"))?;
    let digest = Digest::stored(&digest).ok_or_else(|| unfit("digest"))?;
    Ok(RegisterState { register, revision, digest, changed_at })
}

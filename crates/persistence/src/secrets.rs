//! Secrets of clients as they are kept: never the secret, only what an attempt is checked against.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use traguardo_domain::audit::ObjectKind;
use traguardo_domain::member::{MemberId, Secret};
use uuid::Uuid;

use crate::error::Error;
use crate::schema::member_secrets;
use crate::tenant::TenantTx;

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = member_secrets)]
struct SecretRow {
    comune: String,
    id: Uuid,
    member: Uuid,
    verifier: String,
    created_at: DateTime<Utc>,
    expires_at: DateTime<Utc>,
    revoked_at: Option<DateTime<Utc>>,
}

/// The newest secrets of a member, ended ones included.
///
/// # Errors
/// When the database fails.
pub fn list(tx: &mut TenantTx<'_>, member: MemberId) -> Result<Vec<Secret>, Error> {
    const MOST_SHOWN: i64 = 50;
    let rows = member_secrets::table
        .filter(member_secrets::comune.eq(tx.comune().to_owned()))
        .filter(member_secrets::member.eq(member.0))
        .order(member_secrets::created_at.desc())
        .limit(MOST_SHOWN)
        .select(SecretRow::as_select())
        .load::<SecretRow>(tx.connection())?;
    Ok(rows.into_iter().map(Secret::from).collect())
}

/// The secrets of a member that open something at `now`.
///
/// # Errors
/// When the database fails.
pub fn valid(tx: &mut TenantTx<'_>, member: MemberId, now: DateTime<Utc>) -> Result<Vec<Secret>, Error> {
    let rows = member_secrets::table
        .filter(member_secrets::comune.eq(tx.comune().to_owned()))
        .filter(member_secrets::member.eq(member.0))
        .filter(member_secrets::revoked_at.is_null())
        .filter(member_secrets::expires_at.gt(now))
        .select(SecretRow::as_select())
        .load::<SecretRow>(tx.connection())?;
    Ok(rows.into_iter().map(Secret::from).collect())
}

/// The secret of a member with this id, if there is one.
///
/// # Errors
/// When the database fails.
pub fn look_up(tx: &mut TenantTx<'_>, member: MemberId, id: Uuid) -> Result<Option<Secret>, Error> {
    let key = (tx.comune().to_owned(), id);
    let row = member_secrets::table
        .find(key)
        .filter(member_secrets::member.eq(member.0))
        .select(SecretRow::as_select())
        .first::<SecretRow>(tx.connection())
        .optional()?;
    Ok(row.map(Secret::from))
}

/// Stores a new secret.
///
/// # Errors
/// When the database fails.
pub fn insert(tx: &mut TenantTx<'_>, secret: &Secret) -> Result<(), Error> {
    let row = SecretRow {
        comune: tx.comune().to_owned(),
        id: secret.id,
        member: secret.member.0,
        verifier: secret.verifier.clone(),
        created_at: secret.created_at,
        expires_at: secret.expires_at,
        revoked_at: secret.revoked_at,
    };
    diesel::insert_into(member_secrets::table).values(&row).execute(tx.connection())?;
    tx.touch(ObjectKind::Secret, &secret.id, None, Some(secret))
}

/// Stores that a secret has ended.
///
/// # Errors
/// When the database fails.
pub fn revoke(tx: &mut TenantTx<'_>, before: &Secret, after: &Secret) -> Result<(), Error> {
    let key = (tx.comune().to_owned(), after.id);
    diesel::update(member_secrets::table.find(key))
        .set(member_secrets::revoked_at.eq(after.revoked_at))
        .execute(tx.connection())?;
    tx.touch(ObjectKind::Secret, &after.id, Some(before), Some(after))
}

impl From<SecretRow> for Secret {
    fn from(row: SecretRow) -> Self {
        Self {
            id: row.id,
            member: MemberId(row.member),
            verifier: row.verifier,
            created_at: row.created_at,
            expires_at: row.expires_at,
            revoked_at: row.revoked_at,
        }
    }
}

//! Answers kept for retries: the key is taken in the transaction of the effect, so a retry finds both or neither.

use chrono::{TimeDelta, Utc};
use diesel::prelude::*;
use traguardo_domain::digest::Digest;
use uuid::Uuid;

use crate::error::Error;
use crate::schema::idempotency_keys;
use crate::tenant::TenantTx;

/// How long an answer is kept for retries.
pub const KEPT: TimeDelta = TimeDelta::hours(72);

/// A request that names itself: who asks, for what, under which key, with which content.
#[derive(Debug, Clone)]
pub struct KeyedRequest {
    /// The member asking.
    pub caller: Uuid,
    /// Method and path.
    pub operation: String,
    /// The caller's key.
    pub key: String,
    /// The digest of what was sent.
    pub digest: Digest,
}

/// An answer as it was given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredAnswer {
    /// The status.
    pub status: i16,
    /// The headers that belong to the answer and not to the moment.
    pub headers: serde_json::Value,
    /// The body, byte for byte (sealed when it holds a secret).
    pub body: Vec<u8>,
}

/// What taking a key found.
#[derive(Debug)]
pub enum Taken {
    /// The key is new: go on, and store the answer.
    New,
    /// The same request was answered already.
    Answered(StoredAnswer),
    /// The key was used for another content.
    OtherContent,
}

/// Takes the key for this request. A concurrent request with the same key has either committed, and its answer is found, or
/// was undone, and this one is the first.
///
/// # Errors
/// When the database fails.
pub fn take(tx: &mut TenantTx<'_>, request: &KeyedRequest) -> Result<Taken, Error> {
    forget_old(tx)?;
    let comune = tx.comune().to_owned();
    let now = tx.occasion().at;
    let taken = diesel::insert_into(idempotency_keys::table)
        .values((
            idempotency_keys::comune.eq(&comune),
            idempotency_keys::caller.eq(request.caller),
            idempotency_keys::operation.eq(&request.operation),
            idempotency_keys::key.eq(&request.key),
            idempotency_keys::request_digest.eq(request.digest.as_bytes().as_slice()),
            idempotency_keys::created_at.eq(now),
        ))
        .on_conflict_do_nothing()
        .execute(tx.connection())?;
    if taken == 1 {
        return Ok(Taken::New);
    }
    let key = (comune, request.caller, request.operation.clone(), request.key.clone());
    let (digest, status, headers, body) = idempotency_keys::table
        .find(key)
        .select((
            idempotency_keys::request_digest,
            idempotency_keys::status,
            idempotency_keys::headers,
            idempotency_keys::body,
        ))
        .first::<(Vec<u8>, Option<i16>, Option<serde_json::Value>, Option<Vec<u8>>)>(tx.connection())?;
    if Digest::stored(&digest) != Some(request.digest) {
        return Ok(Taken::OtherContent);
    }
    match (status, headers, body) {
        (Some(status), Some(headers), Some(body)) => {
            Ok(Taken::Answered(StoredAnswer { status, headers, body }))
        }
        (None | Some(_), None | Some(_), None | Some(_)) => {
            Err(Error::inconsistent("idempotency key", "committed without its answer"))
        }
    }
}

/// Stores the answer of a request whose key was new.
///
/// # Errors
/// When the database fails.
pub fn answer(tx: &mut TenantTx<'_>, request: &KeyedRequest, answer: &StoredAnswer) -> Result<(), Error> {
    let key = (tx.comune().to_owned(), request.caller, request.operation.clone(), request.key.clone());
    diesel::update(idempotency_keys::table.find(key))
        .set((
            idempotency_keys::status.eq(Some(answer.status)),
            idempotency_keys::headers.eq(Some(&answer.headers)),
            idempotency_keys::body.eq(Some(&answer.body)),
        ))
        .execute(tx.connection())?;
    Ok(())
}

/// Forgets the answers to requests on a noun of the comune (`/sheets`), whose objects are being erased.
///
/// # Errors
/// When the database fails.
pub(crate) fn forget_about(tx: &mut TenantTx<'_>, noun: &str) -> Result<(), Error> {
    let comune = tx.comune().to_owned();
    let operations = format!("POST /v1/comuni/{comune}{noun}%");
    let them = idempotency_keys::table
        .filter(idempotency_keys::comune.eq(comune))
        .filter(idempotency_keys::operation.like(operations));
    diesel::delete(them).execute(tx.connection())?;
    Ok(())
}

fn forget_old(tx: &mut TenantTx<'_>) -> Result<(), Error> {
    let oldest = tx.occasion().at.checked_sub_signed(KEPT).unwrap_or(chrono::DateTime::<Utc>::UNIX_EPOCH);
    let old = idempotency_keys::table
        .filter(idempotency_keys::comune.eq(tx.comune().to_owned()))
        .filter(idempotency_keys::created_at.lt(oldest));
    diesel::delete(old).execute(tx.connection())?;
    Ok(())
}

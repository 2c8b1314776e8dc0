//! The audit trail as it is kept: entries only ever added, the head on the tenant's own row.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use traguardo_domain::ComuneCode;
use traguardo_domain::audit::{Broken, Entry, Head, Touched, verify_end};
use traguardo_domain::digest::Digest;
use uuid::Uuid;

use crate::error::Error;
use crate::page::{Cursor, Page, PageRequest};
use crate::schema::{audit_entries, tenants};
use crate::tenant::TenantTx;

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = audit_entries)]
struct EntryRow {
    comune: String,
    seq: i64,
    at: DateTime<Utc>,
    member: Option<Uuid>,
    actor: String,
    action: String,
    object: String,
    object_id: String,
    before: Option<Vec<u8>>,
    after: Option<Vec<u8>>,
    request_id: String,
    previous: Vec<u8>,
    digest: Vec<u8>,
}

/// Which entries to read.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// Of this kind of object.
    pub object: Option<String>,
    /// Of this object.
    pub object_id: Option<String>,
    /// By this member.
    pub member: Option<Uuid>,
}

/// The one order entries are read in: the newest first.
#[derive(Debug, Clone, Copy)]
pub struct NewestFirst;

/// Links an entry for each object touched to the tenant's chain. The tenant's row is locked since the transaction began.
pub(crate) fn append(tx: &mut TenantTx<'_>, touched: Vec<Touched>) -> Result<(), Error> {
    let mut head = head(tx)?;
    let mut rows = Vec::with_capacity(touched.len());
    for object in touched {
        let entry = Entry::link(head, tx.grant(), tx.occasion(), object);
        head = entry.head();
        rows.push(EntryRow::from(entry));
    }
    diesel::insert_into(audit_entries::table).values(&rows).execute(tx.connection())?;
    let comune = tx.comune().to_owned();
    diesel::update(tenants::table.find(comune))
        .set((tenants::audit_seq.eq(head.seq), tenants::audit_digest.eq(head.digest.as_bytes().as_slice())))
        .execute(tx.connection())?;
    Ok(())
}

fn head(tx: &mut TenantTx<'_>) -> Result<Head, Error> {
    let comune = tx.comune().to_owned();
    let (seq, digest) = tenants::table
        .find(comune)
        .select((tenants::audit_seq, tenants::audit_digest))
        .first::<(i64, Vec<u8>)>(tx.connection())?;
    Ok(Head { seq, digest: digest_of(&digest)? })
}

/// A page of the trail, the newest first.
///
/// # Errors
/// When the database fails, or an entry cannot be what was stored.
pub fn list(
    tx: &mut TenantTx<'_>,
    filter: &Filter,
    page: &PageRequest<NewestFirst>,
) -> Result<Page<Entry>, Error> {
    let mut query = audit_entries::table
        .filter(audit_entries::comune.eq(tx.comune().to_owned()))
        .order(audit_entries::seq.desc())
        .limit(page.probe())
        .select(EntryRow::as_select())
        .into_boxed();
    if let Some(object) = &filter.object {
        query = query.filter(audit_entries::object.eq(object.clone()));
    }
    if let Some(object_id) = &filter.object_id {
        query = query.filter(audit_entries::object_id.eq(object_id.clone()));
    }
    if let Some(member) = filter.member {
        query = query.filter(audit_entries::member.eq(member));
    }
    if let Some(cursor) = &page.after {
        let (before, _) = cursor.read::<i64, String>()?;
        query = query.filter(audit_entries::seq.lt(before));
    }
    let rows = query.load::<EntryRow>(tx.connection())?;
    let entries = rows.into_iter().map(Entry::try_from).collect::<Result<Vec<_>, _>>()?;
    Ok(Page::cut(entries, page, |entry| Cursor { key: entry.seq.to_string(), id: String::new() }))
}

/// Walks the whole chain of the tenant, and says how many links hold.
///
/// # Errors
/// The outer one when the database fails or an entry cannot be read; the inner one is the first broken link.
pub fn verify(tx: &mut TenantTx<'_>) -> Result<Result<i64, Broken>, Error> {
    const AT_ONCE: i64 = 2_000;
    let mut reached = Head::EMPTY;
    let mut looked_again = false;
    loop {
        let rows = audit_entries::table
            .filter(audit_entries::comune.eq(tx.comune().to_owned()))
            .filter(audit_entries::seq.gt(reached.seq))
            .order(audit_entries::seq.asc())
            .limit(AT_ONCE)
            .select(EntryRow::as_select())
            .load::<EntryRow>(tx.connection())?;
        if rows.is_empty() {
            let recorded = head(tx)?;
            if recorded.seq > reached.seq && !looked_again {
                // Somebody may have written between the last page and the head: then there is one page more.
                looked_again = true;
                continue;
            }
            return Ok(verify_end(reached, recorded).map(|()| reached.seq));
        }
        looked_again = false;
        for row in rows {
            match Entry::try_from(row)?.verify(reached) {
                Ok(head) => reached = head,
                Err(broken) => return Ok(Err(broken)),
            }
        }
    }
}

impl From<Entry> for EntryRow {
    fn from(entry: Entry) -> Self {
        Self {
            comune: entry.comune.to_string(),
            seq: entry.seq,
            at: entry.at,
            member: entry.member,
            actor: entry.actor,
            action: entry.action,
            object: entry.object,
            object_id: entry.object_id,
            before: entry.before.map(|digest| digest.as_bytes().to_vec()),
            after: entry.after.map(|digest| digest.as_bytes().to_vec()),
            request_id: entry.request_id,
            previous: entry.previous.as_bytes().to_vec(),
            digest: entry.digest.as_bytes().to_vec(),
        }
    }
}

impl TryFrom<EntryRow> for Entry {
    type Error = Error;

    fn try_from(row: EntryRow) -> Result<Self, Error> {
        Ok(Self {
            comune: ComuneCode::parse(&row.comune)
                .map_err(|error| Error::inconsistent("audit entry", error))?,
            seq: row.seq,
            at: row.at,
            member: row.member,
            actor: row.actor,
            action: row.action,
            object: row.object,
            object_id: row.object_id,
            before: row.before.as_deref().map(digest_of).transpose()?,
            after: row.after.as_deref().map(digest_of).transpose()?,
            request_id: row.request_id,
            previous: digest_of(&row.previous)?,
            digest: digest_of(&row.digest)?,
        })
    }
}

fn digest_of(bytes: &[u8]) -> Result<Digest, Error> {
    Digest::stored(bytes).ok_or_else(|| Error::inconsistent("audit digest", "not 32 bytes"))
}

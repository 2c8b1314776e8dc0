//! Imports as they are kept: the file, what was read of it, and who is reading it now.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use traguardo_domain::audit::ObjectKind;
use traguardo_domain::digest::Digest;
use traguardo_domain::import::{
    Applied, Import, ImportFacts, ImportId, ImportState, MOST_ATTEMPTS, ProfileName, Unreadable,
};
use traguardo_domain::period::Year;
use traguardo_domain::plan::{PlanId, PlanKind};
use traguardo_domain::text::Line;
use traguardo_domain::{Version, Vocabulary as _};
use uuid::Uuid;

use crate::error::Error;
use crate::json::{Json, Written};
use crate::page::{Cursor, Page, PageRequest};
use crate::schema::imports;
use crate::tenant::TenantTx;

mod lease;

pub use lease::{Begun, Job, Lease, beat, begin, finish};

/// An import, how far its reading is, and what is shown of its draft.
#[derive(Debug, Clone)]
pub struct Standing {
    /// The import.
    pub import: Import,
    /// How much of the file was read, in hundredths.
    pub percent: i16,
    /// Until when somebody is believed to be reading it.
    pub leased_until: Option<DateTime<Utc>>,
    /// What is shown of its draft without opening it, as it was written.
    pub summary: Option<Written>,
}

impl Standing {
    /// How an import stands that was just received.
    #[must_use]
    pub const fn of(import: Import) -> Self {
        Self { import, percent: 0, leased_until: None, summary: None }
    }

    /// Whether its reading waits for somebody to begin it, or to begin it again.
    #[must_use]
    pub fn is_unattended(&self, now: DateTime<Utc>) -> bool {
        self.import.is_pending() && self.leased_until.is_none_or(|until| until < now)
    }
}

/// What was read of a file, ready to be kept.
#[derive(Debug, Clone)]
pub struct Drafted {
    /// What is shown of it without opening it.
    pub summary: Written,
    /// The digest of the draft.
    pub digest: Digest,
    /// The draft, compressed.
    pub packed: Vec<u8>,
}

/// Which imports to list.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// Of this year.
    pub year: Option<Year>,
    /// In this state.
    pub state: Option<ImportState>,
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = imports)]
struct ImportRow {
    id: Uuid,
    received_at: DateTime<Utc>,
    member: Option<Uuid>,
    file_name: Option<String>,
    media_type: String,
    size: i32,
    digest: Vec<u8>,
    year: i16,
    kind: String,
    title: Option<String>,
    profile: String,
    state: String,
    version: i32,
    refusal: Option<Json<Unreadable>>,
    summary: Option<Written>,
    applied: Option<Json<Applied>>,
    draft_digest: Option<Vec<u8>>,
    percent: i16,
    lease_until: Option<DateTime<Utc>>,
}

/// The import with this id, if there is one.
///
/// # Errors
/// When the database fails.
pub fn look_up(tx: &mut TenantTx<'_>, id: ImportId) -> Result<Option<Standing>, Error> {
    let key = (tx.comune().to_owned(), id.0);
    let row = imports::table
        .find(key)
        .select(ImportRow::as_select())
        .first::<ImportRow>(tx.connection())
        .optional()?;
    row.map(Standing::try_from).transpose()
}

/// A page of the imports that pass the filter, the last received first.
///
/// # Errors
/// When the database fails.
pub fn list(tx: &mut TenantTx<'_>, filter: &Filter, page: &PageRequest<()>) -> Result<Page<Standing>, Error> {
    let mut query = imports::table
        .filter(imports::comune.eq(tx.comune().to_owned()))
        .order((imports::received_at.desc(), imports::id.desc()))
        .limit(page.probe())
        .select(ImportRow::as_select())
        .into_boxed();
    if let Some(year) = filter.year {
        query = query.filter(imports::year.eq(year.number()));
    }
    if let Some(state) = filter.state {
        query = query.filter(imports::state.eq(state.word()));
    }
    if let Some(cursor) = &page.after {
        let (at, id) = cursor.read::<DateTime<Utc>, Uuid>()?;
        let before = imports::received_at.lt(at).or(imports::received_at.eq(at).and(imports::id.lt(id)));
        query = query.filter(before);
    }
    let rows = query.load::<ImportRow>(tx.connection())?;
    let found = rows.into_iter().map(Standing::try_from).collect::<Result<Vec<_>, _>>()?;
    Ok(Page::cut(found, page, |standing| Cursor {
        key: standing.import.received_at.to_rfc3339(),
        id: standing.import.id.0.to_string(),
    }))
}

/// The file of an import, compressed as it is kept.
///
/// # Errors
/// When the database fails.
pub fn source(tx: &mut TenantTx<'_>, id: ImportId) -> Result<Option<Vec<u8>>, Error> {
    let key = (tx.comune().to_owned(), id.0);
    Ok(imports::table.find(key).select(imports::source).first(tx.connection()).optional()?)
}

/// The draft of an import, compressed as it is kept.
///
/// # Errors
/// When the database fails.
pub fn draft(tx: &mut TenantTx<'_>, id: ImportId) -> Result<Option<Vec<u8>>, Error> {
    let key = (tx.comune().to_owned(), id.0);
    let found = imports::table.find(key).select(imports::draft).first::<Option<Vec<u8>>>(tx.connection());
    Ok(found.optional()?.flatten())
}

/// The draft last put into a plan, as it was read from its file before anybody decided on it; compressed as it is kept.
///
/// # Errors
/// When the database fails.
pub fn last_read_into(tx: &mut TenantTx<'_>, plan: PlanId) -> Result<Option<Vec<u8>>, Error> {
    let applied = imports::table
        .filter(imports::comune.eq(tx.comune().to_owned()))
        .filter(imports::applied.is_not_null())
        .select((imports::id, imports::applied))
        .load::<(Uuid, Option<Json<Applied>>)>(tx.connection())?;
    let into_it = applied.into_iter().filter_map(|(id, applied)| Some((id, applied?.0)));
    let last = into_it.filter(|(_, applied)| applied.plan == plan).max_by_key(|(_, applied)| applied.at);
    let Some((id, _)) = last else { return Ok(None) };
    let key = (tx.comune().to_owned(), id);
    let kept = imports::table.find(key).select((imports::as_read, imports::draft));
    let (as_read, draft) = kept.first::<(Option<Vec<u8>>, Option<Vec<u8>>)>(tx.connection())?;
    Ok(as_read.or(draft))
}

/// Stores what was just received, with its file, compressed.
///
/// # Errors
/// When the database fails.
pub fn insert(tx: &mut TenantTx<'_>, import: &Import, packed: &[u8]) -> Result<(), Error> {
    let facts = &import.facts;
    let row = (
        imports::comune.eq(tx.comune().to_owned()),
        imports::id.eq(import.id.0),
        imports::received_at.eq(import.received_at),
        imports::member.eq(import.member),
        imports::file_name.eq(facts.file_name.as_ref().map(|name| name.as_str().to_owned())),
        imports::media_type.eq(facts.media_type.as_str().to_owned()),
        imports::size.eq(facts.size),
        imports::digest.eq(facts.digest.as_bytes().to_vec()),
        imports::year.eq(facts.year.number()),
        imports::kind.eq(facts.kind.word()),
        imports::title.eq(facts.title.as_ref().map(|title| title.as_str().to_owned())),
        imports::profile.eq(facts.profile.as_str().to_owned()),
        imports::state.eq(import.state.word()),
        imports::source.eq(packed),
    );
    diesel::insert_into(imports::table).values(row).execute(tx.connection())?;
    tx.touch(ObjectKind::Import, &import.id.0, None, Some(import))
}

/// Stores a settled draft; as it was read it stays beside it.
///
/// # Errors
/// When the database fails.
pub fn settle(
    tx: &mut TenantTx<'_>,
    before: &Import,
    after: &Import,
    drafted: &Drafted,
) -> Result<(), Error> {
    let row = (
        imports::state.eq(after.state.word()),
        imports::version.eq(after.version.number()),
        imports::summary.eq(Some(&drafted.summary)),
        imports::draft_digest.eq(Some(drafted.digest.as_bytes().to_vec())),
        imports::draft.eq(Some(&drafted.packed)),
    );
    let unsettled = known(tx, before).filter(imports::as_read.is_null());
    diesel::update(unsettled).set(imports::as_read.eq(imports::draft)).execute(tx.connection())?;
    let changed = diesel::update(known(tx, before)).set(row).execute(tx.connection())?;
    noted(tx, changed, before, after)
}

/// Stores where a draft was put.
///
/// # Errors
/// When the database fails.
pub fn mark_applied(tx: &mut TenantTx<'_>, before: &Import, after: &Import) -> Result<(), Error> {
    let row = (
        imports::state.eq(after.state.word()),
        imports::version.eq(after.version.number()),
        imports::applied.eq(after.applied.map(Json)),
    );
    let changed = diesel::update(known(tx, before)).set(row).execute(tx.connection())?;
    noted(tx, changed, before, after)
}

/// Deletes an import with its file.
///
/// # Errors
/// When the database fails.
pub fn delete(tx: &mut TenantTx<'_>, import: &Import) -> Result<(), Error> {
    let key = (tx.comune().to_owned(), import.id.0);
    diesel::delete(imports::table.find(key)).execute(tx.connection())?;
    tx.touch(ObjectKind::Import, &import.id.0, Some(import), None)
}

type Known = diesel::dsl::Filter<
    diesel::dsl::Find<imports::table, (String, Uuid)>,
    diesel::dsl::Eq<imports::version, i32>,
>;

fn known(tx: &TenantTx<'_>, before: &Import) -> Known {
    let key = (tx.comune().to_owned(), before.id.0);
    imports::table.find(key).filter(imports::version.eq(before.version.number()))
}

fn noted(tx: &mut TenantTx<'_>, changed: usize, before: &Import, after: &Import) -> Result<(), Error> {
    if changed != 1 {
        return Err(Error::inconsistent("import", "changed under the tenant's lock"));
    }
    tx.touch(ObjectKind::Import, &after.id.0, Some(before), Some(after))
}

impl TryFrom<ImportRow> for Standing {
    type Error = Error;

    fn try_from(row: ImportRow) -> Result<Self, Error> {
        let bad = |error| Error::inconsistent("import", error);
        let digest = |bytes: &[u8]| {
            Digest::stored(bytes).ok_or_else(|| Error::inconsistent("import", "its digest is no SHA-256"))
        };
        let facts = ImportFacts {
            file_name: row.file_name.as_deref().map(Line::parse).transpose().map_err(bad)?,
            media_type: Line::parse(&row.media_type).map_err(bad)?,
            size: row.size,
            digest: digest(&row.digest)?,
            year: Year::parse(i32::from(row.year)).map_err(bad)?,
            kind: PlanKind::from_word(&row.kind)
                .ok_or_else(|| Error::inconsistent("plan kind", &row.kind))?,
            title: row.title.as_deref().map(Line::parse).transpose().map_err(bad)?,
            profile: ProfileName::parse(&row.profile).map_err(bad)?,
        };
        let state = ImportState::from_word(&row.state)
            .ok_or_else(|| Error::inconsistent("import state", &row.state))?;
        let import = Import {
            id: ImportId(row.id),
            facts,
            received_at: row.received_at,
            member: row.member,
            state,
            refusal: row.refusal.map(|refusal| refusal.0),
            applied: row.applied.map(|applied| applied.0),
            draft: row.draft_digest.as_deref().map(digest).transpose()?,
            version: Version::stored(row.version),
        };
        Ok(Self { import, percent: row.percent, leased_until: row.lease_until, summary: row.summary })
    }
}

//! Groups of comuni that somebody named: read by whoever compares, written by whose they are; versions of who belongs only added.

use std::collections::BTreeSet;

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use traguardo_domain::audit::ObjectKind;
use traguardo_domain::group::{GroupFacts, Membership, PeerGroup};
use traguardo_domain::text::{Code, Line, Text};
use traguardo_domain::{ComuneCode, Version};

use crate::cross::CrossTenantTx;
use crate::error::Error;
use crate::page::{Cursor, Page, PageRequest};
use crate::schema::{peer_group_versions, peer_groups};
use crate::tenant::TenantTx;

#[derive(Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = peer_groups, primary_key(comune, code), treat_none_as_null = true)]
struct GroupRow {
    comune: String,
    code: String,
    name: String,
    purpose: Option<String>,
    version: i32,
}

/// The columns of a version that are everybody's: who recorded it is not among them.
type VersionRow = (i32, NaiveDate, DateTime<Utc>, Vec<String>);

const VERSION: (
    peer_group_versions::number,
    peer_group_versions::valid_from,
    peer_group_versions::recorded_at,
    peer_group_versions::members,
) = (
    peer_group_versions::number,
    peer_group_versions::valid_from,
    peer_group_versions::recorded_at,
    peer_group_versions::members,
);

/// The order groups are listed in: by code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ByCode;

/// Which groups to list.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// Of this owner.
    pub owner: Option<ComuneCode>,
}

/// A page of the groups anybody named, by code.
///
/// # Errors
/// When the database fails.
pub fn list(
    tx: &mut CrossTenantTx<'_>,
    filter: &Filter,
    page: &PageRequest<ByCode>,
) -> Result<Page<PeerGroup>, Error> {
    let mut query = peer_groups::table
        .order(peer_groups::code.asc())
        .limit(page.probe())
        .select(GroupRow::as_select())
        .into_boxed();
    if let Some(owner) = filter.owner {
        query = query.filter(peer_groups::comune.eq(owner.to_string()));
    }
    if let Some(cursor) = &page.after {
        let (code, _) = cursor.read::<String, String>()?;
        query = query.filter(peer_groups::code.gt(code));
    }
    let rows = query.load::<GroupRow>(tx.connection())?;
    let found = rows.into_iter().map(group).collect::<Result<Vec<_>, _>>()?;
    Ok(Page::cut(found, page, |group| {
        let code = group.code.as_str().to_owned();
        Cursor { key: code.clone(), id: code }
    }))
}

/// A group, whoever's it is, with its versions, the first first: two statements.
///
/// # Errors
/// When the database fails.
pub fn look_up(
    tx: &mut CrossTenantTx<'_>,
    code: &Code,
) -> Result<Option<(PeerGroup, Vec<Membership>)>, Error> {
    let row = peer_groups::table
        .filter(peer_groups::code.eq(code.as_str()))
        .select(GroupRow::as_select())
        .first(tx.connection())
        .optional()?;
    let Some(row) = row else { return Ok(None) };
    let versions = versions(tx.connection(), &row.comune, code)?;
    Ok(Some((group(row)?, versions)))
}

/// A group of the tenant's own.
///
/// # Errors
/// When the database fails.
pub fn own(tx: &mut TenantTx<'_>, code: &Code) -> Result<Option<PeerGroup>, Error> {
    let row = peer_groups::table
        .find((tx.comune().to_owned(), code.as_str()))
        .select(GroupRow::as_select())
        .first(tx.connection())
        .optional()?;
    row.map(group).transpose()
}

/// The versions of a group of the tenant's own, the first first.
///
/// # Errors
/// When the database fails.
pub fn own_versions(tx: &mut TenantTx<'_>, code: &Code) -> Result<Vec<Membership>, Error> {
    let comune = tx.comune().to_owned();
    versions(tx.connection(), &comune, code)
}

/// Stores a new group of the tenant's own.
///
/// # Errors
/// [`Violation::GroupCodeTaken`](traguardo_domain::Violation) when its code is another's, or a failure of the database.
pub fn insert(tx: &mut TenantTx<'_>, group: &PeerGroup) -> Result<(), Error> {
    diesel::insert_into(peer_groups::table).values(GroupRow::of(group)).execute(tx.connection())?;
    tx.touch(ObjectKind::PeerGroup, &group.code.as_str(), None, Some(group))
}

/// Stores what is changed of a group of the tenant's own.
///
/// # Errors
/// When the database fails.
pub fn update(tx: &mut TenantTx<'_>, before: &PeerGroup, after: &PeerGroup) -> Result<(), Error> {
    let known = peer_groups::table
        .find((tx.comune().to_owned(), before.code.as_str()))
        .filter(peer_groups::version.eq(before.version.number()));
    let row = GroupRow::of(after);
    let set = (
        peer_groups::name.eq(row.name),
        peer_groups::purpose.eq(row.purpose),
        peer_groups::version.eq(row.version),
    );
    let changed = diesel::update(known).set(set).execute(tx.connection())?;
    if changed != 1 {
        return Err(Error::inconsistent("peer group", "changed under the tenant's lock"));
    }
    tx.touch(ObjectKind::PeerGroup, &after.code.as_str(), Some(before), Some(after))
}

/// Adds a version of who belongs to a group of the tenant's own.
///
/// # Errors
/// When the database fails.
pub fn add_version(tx: &mut TenantTx<'_>, group: &PeerGroup, version: &Membership) -> Result<(), Error> {
    let members: Vec<String> = version.members.iter().map(ToString::to_string).collect();
    let row = (
        peer_group_versions::comune.eq(tx.comune().to_owned()),
        peer_group_versions::code.eq(group.code.as_str()),
        peer_group_versions::number.eq(version.number),
        peer_group_versions::valid_from.eq(version.valid_from),
        peer_group_versions::recorded_at.eq(version.recorded_at),
        peer_group_versions::member.eq(tx.member()),
        peer_group_versions::members.eq(members),
    );
    diesel::insert_into(peer_group_versions::table).values(row).execute(tx.connection())?;
    let id = format!("{}/{}", group.code.as_str(), version.number);
    tx.touch(ObjectKind::PeerGroup, &id, None, Some(version))
}

fn versions(connection: &mut PgConnection, comune: &str, code: &Code) -> Result<Vec<Membership>, Error> {
    let rows = peer_group_versions::table
        .filter(peer_group_versions::comune.eq(comune))
        .filter(peer_group_versions::code.eq(code.as_str()))
        .order(peer_group_versions::number.asc())
        .select(VERSION)
        .load::<VersionRow>(connection)?;
    rows.into_iter().map(membership).collect()
}

fn bad(error: impl std::fmt::Display) -> Error {
    Error::inconsistent("peer group", error)
}

fn membership((number, valid_from, recorded_at, members): VersionRow) -> Result<Membership, Error> {
    let members: BTreeSet<ComuneCode> =
        members.iter().map(|code| ComuneCode::parse(code).map_err(bad)).collect::<Result<_, _>>()?;
    Ok(Membership { number, valid_from, members, recorded_at })
}

impl GroupRow {
    fn of(group: &PeerGroup) -> Self {
        Self {
            comune: group.owner.to_string(),
            code: group.code.as_str().to_owned(),
            name: group.facts.name.as_str().to_owned(),
            purpose: group.facts.purpose.as_ref().map(|purpose| purpose.as_str().to_owned()),
            version: group.version.number(),
        }
    }
}

fn group(row: GroupRow) -> Result<PeerGroup, Error> {
    Ok(PeerGroup {
        code: Code::parse(&row.code).map_err(bad)?,
        owner: ComuneCode::parse(&row.comune).map_err(bad)?,
        facts: GroupFacts {
            name: Line::parse(&row.name).map_err(bad)?,
            purpose: row.purpose.map(|purpose| Text::parse(&purpose).map_err(bad)).transpose()?,
        },
        version: Version::stored(row.version),
    })
}

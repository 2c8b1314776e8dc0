//! Members as they are kept.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use traguardo_domain::audit::ObjectKind;
use traguardo_domain::member::{Member, MemberFacts, MemberId, MemberKind, OutsideIdentity};
use traguardo_domain::role::Role;
use traguardo_domain::text::{ExternalId, Line};
use traguardo_domain::unit::UnitId;
use traguardo_domain::{Version, Vocabulary as _};
use uuid::Uuid;

use crate::error::Error;
use crate::page::{Cursor, Page, PageRequest};
use crate::schema::{members, tenants};
use crate::tenant::TenantTx;

#[derive(Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = members, primary_key(comune, id), treat_none_as_null = true)]
struct MemberRow {
    comune: String,
    id: Uuid,
    external_id: Option<String>,
    kind: String,
    label: String,
    issuer: Option<String>,
    subject: Option<String>,
    roles: Vec<String>,
    unit: Option<Uuid>,
    revoked_at: Option<DateTime<Utc>>,
    version: i32,
}

/// The orders members can be listed in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    /// By label.
    Label,
    /// By label, backwards.
    LabelDescending,
}

/// Which members to list.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// With this role.
    pub role: Option<Role>,
    /// Of this kind.
    pub kind: Option<MemberKind>,
    /// Of this unit.
    pub unit: Option<UnitId>,
    /// Revoked, or not.
    pub revoked: Option<bool>,
}

/// The member with this id, if there is one.
///
/// # Errors
/// When the database fails.
pub fn look_up(tx: &mut TenantTx<'_>, id: MemberId) -> Result<Option<Member>, Error> {
    let key = (tx.comune().to_owned(), id.0);
    let row = members::table
        .find(key)
        .select(MemberRow::as_select())
        .first::<MemberRow>(tx.connection())
        .optional()?;
    row.map(Member::try_from).transpose()
}

/// The member with this external id, if there is one.
///
/// # Errors
/// When the database fails.
pub fn look_up_external(tx: &mut TenantTx<'_>, external_id: &ExternalId) -> Result<Option<Member>, Error> {
    let row = members::table
        .filter(members::comune.eq(tx.comune().to_owned()))
        .filter(members::external_id.eq(external_id.as_str()))
        .select(MemberRow::as_select())
        .first::<MemberRow>(tx.connection())
        .optional()?;
    row.map(Member::try_from).transpose()
}

/// The member an identity provider knows as `subject`, if there is one.
///
/// # Errors
/// When the database fails.
pub fn look_up_outside(tx: &mut TenantTx<'_>, issuer: &str, subject: &str) -> Result<Option<Member>, Error> {
    let row = members::table
        .filter(members::comune.eq(tx.comune().to_owned()))
        .filter(members::issuer.eq(issuer))
        .filter(members::subject.eq(subject))
        .select(MemberRow::as_select())
        .first::<MemberRow>(tx.connection())
        .optional()?;
    row.map(Member::try_from).transpose()
}

/// A page of the members that pass the filter.
///
/// # Errors
/// When the database fails.
pub fn list(
    tx: &mut TenantTx<'_>,
    filter: &Filter,
    page: &PageRequest<Order>,
) -> Result<Page<Member>, Error> {
    let mut query = members::table
        .filter(members::comune.eq(tx.comune().to_owned()))
        .limit(page.probe())
        .select(MemberRow::as_select())
        .into_boxed();
    if let Some(role) = filter.role {
        query = query.filter(members::roles.contains(vec![role.word().to_owned()]));
    }
    if let Some(kind) = filter.kind {
        query = query.filter(members::kind.eq(kind.word()));
    }
    if let Some(unit) = filter.unit {
        query = query.filter(members::unit.eq(unit.0));
    }
    query = match filter.revoked {
        Some(true) => query.filter(members::revoked_at.is_not_null()),
        Some(false) => query.filter(members::revoked_at.is_null()),
        None => query,
    };
    if let Some(cursor) = &page.after {
        let (key, id) = cursor.read::<String, Uuid>()?;
        query = match page.order {
            Order::Label => query
                .filter(members::label.gt(key.clone()).or(members::label.eq(key).and(members::id.gt(id)))),
            Order::LabelDescending => query
                .filter(members::label.lt(key.clone()).or(members::label.eq(key).and(members::id.lt(id)))),
        };
    }
    query = match page.order {
        Order::Label => query.order((members::label.asc(), members::id.asc())),
        Order::LabelDescending => query.order((members::label.desc(), members::id.desc())),
    };
    let rows = query.load::<MemberRow>(tx.connection())?;
    let found = rows.into_iter().map(Member::try_from).collect::<Result<Vec<_>, _>>()?;
    Ok(Page::cut(found, page, |member| Cursor {
        key: member.facts.label.as_str().to_owned(),
        id: member.id.0.to_string(),
    }))
}

/// Stores a new member.
///
/// # Errors
/// [`traguardo_domain::Violation::ExternalIdTaken`], [`traguardo_domain::Violation::IdentityTaken`],
/// [`traguardo_domain::Violation::NotFound`] when the comune is not registered, or a failure of the database.
pub fn insert(tx: &mut TenantTx<'_>, member: &Member) -> Result<(), Error> {
    let row = MemberRow::of(tx.comune(), member);
    diesel::insert_into(members::table).values(&row).execute(tx.connection())?;
    tx.touch(ObjectKind::Member, &member.id.0, None, Some(member))
}

/// Stores a changed member.
///
/// # Errors
/// As for a new one.
pub fn update(tx: &mut TenantTx<'_>, before: &Member, after: &Member) -> Result<(), Error> {
    let row = MemberRow::of(tx.comune(), after);
    let key = (tx.comune().to_owned(), after.id.0);
    let known = members::table.find(key).filter(members::version.eq(before.version.number()));
    let changed = diesel::update(known).set(&row).execute(tx.connection())?;
    if changed != 1 {
        return Err(Error::inconsistent("member", "changed under the tenant's lock"));
    }
    tx.touch(ObjectKind::Member, &after.id.0, Some(before), Some(after))
}

/// Makes sure the tenant of the transaction has its row: the platform's own, which no registration makes.
///
/// # Errors
/// When the database fails.
pub fn open_tenant(tx: &mut TenantTx<'_>) -> Result<(), Error> {
    diesel::insert_into(tenants::table)
        .values(tenants::comune.eq(tx.comune().to_owned()))
        .on_conflict_do_nothing()
        .execute(tx.connection())?;
    Ok(())
}

impl MemberRow {
    fn of(comune: &str, member: &Member) -> Self {
        let facts = &member.facts;
        Self {
            comune: comune.to_owned(),
            id: member.id.0,
            external_id: facts.external_id.as_ref().map(|id| id.as_str().to_owned()),
            kind: facts.kind.word().to_owned(),
            label: facts.label.as_str().to_owned(),
            issuer: facts.identity.as_ref().map(|identity| identity.issuer.as_str().to_owned()),
            subject: facts.identity.as_ref().map(|identity| identity.subject.as_str().to_owned()),
            roles: facts.roles.iter().map(|role| role.word().to_owned()).collect(),
            unit: facts.unit.map(|unit| unit.0),
            revoked_at: member.revoked_at,
            version: member.version.number(),
        }
    }
}

impl TryFrom<MemberRow> for Member {
    type Error = Error;

    fn try_from(row: MemberRow) -> Result<Self, Error> {
        let bad = |error| Error::inconsistent("member", error);
        let identity = match (row.issuer, row.subject) {
            (Some(issuer), Some(subject)) => Some(OutsideIdentity {
                issuer: Line::parse(&issuer).map_err(bad)?,
                subject: Line::parse(&subject).map_err(bad)?,
            }),
            (None | Some(_), None | Some(_)) => None,
        };
        let role_of = |word: &String| Role::from_word(word).ok_or_else(|| Error::inconsistent("role", word));
        let facts = MemberFacts {
            external_id: row.external_id.as_deref().map(ExternalId::parse).transpose().map_err(bad)?,
            kind: MemberKind::from_word(&row.kind)
                .ok_or_else(|| Error::inconsistent("member kind", &row.kind))?,
            label: Line::parse(&row.label).map_err(bad)?,
            identity,
            roles: row.roles.iter().map(role_of).collect::<Result<BTreeSet<_>, _>>()?,
            unit: row.unit.map(UnitId),
        };
        let version = Version::stored(row.version);
        Ok(Self { id: MemberId(row.id), facts, revoked_at: row.revoked_at, version })
    }
}

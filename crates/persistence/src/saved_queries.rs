//! Comparisons somebody keeps, each with the question as it was written. They are the tenant's own.

use diesel::prelude::*;
use serde::Serialize;
use traguardo_domain::Version;
use traguardo_domain::audit::ObjectKind;
use traguardo_domain::text::Line;
use traguardo_domain::version::Versioned;
use uuid::Uuid;

use crate::error::Error;
use crate::json::Json;
use crate::page::{Cursor, Page, PageRequest};
use crate::schema::saved_queries;
use crate::tenant::TenantTx;

/// What is said of a comparison that is kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SavedFacts {
    /// What it is called.
    pub name: Line<200>,
    /// The question.
    pub content: serde_json::Value,
}

/// A comparison that is kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SavedQuery {
    /// Its id.
    pub id: Uuid,
    /// What is said of it.
    #[serde(flatten)]
    pub facts: SavedFacts,
    /// Grows at every change.
    pub version: Version,
}

impl Versioned for SavedQuery {
    type Facts = SavedFacts;

    fn facts(&self) -> &SavedFacts {
        &self.facts
    }

    fn version(&self) -> Version {
        self.version
    }
}

/// The one order they are listed in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    /// By name.
    Name,
}

type Row = (Uuid, String, i32, Json<serde_json::Value>);

/// A page of those of the tenant.
///
/// # Errors
/// When the database fails.
pub fn list(tx: &mut TenantTx<'_>, page: &PageRequest<Order>) -> Result<Page<SavedQuery>, Error> {
    let mut query = saved_queries::table
        .filter(saved_queries::comune.eq(tx.comune().to_owned()))
        .order((saved_queries::name.asc(), saved_queries::id.asc()))
        .limit(page.probe())
        .select((saved_queries::id, saved_queries::name, saved_queries::version, saved_queries::content))
        .into_boxed();
    if let Some(cursor) = &page.after {
        let (name, id) = cursor.read::<String, Uuid>()?;
        let after = saved_queries::name
            .gt(name.clone())
            .or(saved_queries::name.eq(name).and(saved_queries::id.gt(id)));
        query = query.filter(after);
    }
    let rows = query.load::<Row>(tx.connection())?;
    let all = rows.into_iter().map(stored).collect::<Result<Vec<_>, Error>>()?;
    let place = |one: &SavedQuery| Cursor { key: one.facts.name.as_str().to_owned(), id: one.id.to_string() };
    Ok(Page::cut(all, page, place))
}

/// The one with this id, if it is the tenant's.
///
/// # Errors
/// When the database fails.
pub fn look_up(tx: &mut TenantTx<'_>, id: Uuid) -> Result<Option<SavedQuery>, Error> {
    let row = saved_queries::table
        .find((tx.comune().to_owned(), id))
        .select((saved_queries::id, saved_queries::name, saved_queries::version, saved_queries::content))
        .first::<Row>(tx.connection())
        .optional()?;
    row.map(stored).transpose()
}

/// Stores a new one.
///
/// # Errors
/// When the database fails.
pub fn insert(tx: &mut TenantTx<'_>, query: &SavedQuery) -> Result<(), Error> {
    let row = (
        saved_queries::comune.eq(tx.comune().to_owned()),
        saved_queries::id.eq(query.id),
        saved_queries::name.eq(query.facts.name.as_str().to_owned()),
        saved_queries::version.eq(query.version.number()),
        saved_queries::member.eq(tx.member()),
        saved_queries::content.eq(Json(query.facts.content.clone())),
    );
    diesel::insert_into(saved_queries::table).values(row).execute(tx.connection())?;
    tx.touch(ObjectKind::SavedQuery, &query.id, None, Some(query))
}

/// Stores a changed one.
///
/// # Errors
/// When the database fails.
pub fn update(tx: &mut TenantTx<'_>, before: &SavedQuery, facts: SavedFacts) -> Result<SavedQuery, Error> {
    let after = SavedQuery { id: before.id, facts, version: before.version.next() };
    let set = (
        saved_queries::name.eq(after.facts.name.as_str().to_owned()),
        saved_queries::version.eq(after.version.number()),
        saved_queries::content.eq(Json(after.facts.content.clone())),
    );
    let key = (tx.comune().to_owned(), after.id);
    diesel::update(saved_queries::table.find(key)).set(set).execute(tx.connection())?;
    tx.touch(ObjectKind::SavedQuery, &after.id, Some(before), Some(&after))?;
    Ok(after)
}

/// Deletes one.
///
/// # Errors
/// When the database fails.
pub fn delete(tx: &mut TenantTx<'_>, query: &SavedQuery) -> Result<(), Error> {
    let key = (tx.comune().to_owned(), query.id);
    diesel::delete(saved_queries::table.find(key)).execute(tx.connection())?;
    tx.touch(ObjectKind::SavedQuery, &query.id, Some(query), None)
}

fn stored((id, name, version, content): Row) -> Result<SavedQuery, Error> {
    let name = Line::parse(&name).map_err(|error| Error::inconsistent("saved query", error))?;
    let facts = SavedFacts { name, content: content.0 };
    Ok(SavedQuery { id, facts, version: Version::stored(version) })
}

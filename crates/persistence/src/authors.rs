//! Authors of shared objectives as they are kept: by the platform, and known to all but for the members who publish for them.

use std::collections::BTreeSet;

use diesel::prelude::*;
use traguardo_domain::audit::ObjectKind;
use traguardo_domain::template::{Author, AuthorFacts, AuthorKind};
use traguardo_domain::text::{Code, Line};
use traguardo_domain::{Version, Vocabulary as _};
use uuid::Uuid;

use crate::cross::CrossTenantTx;
use crate::error::Error;
use crate::json::Json;
use crate::page::{Cursor, Page, PageRequest};
use crate::schema::authors;
use crate::tenant::TenantTx;

/// An author as all may know it: who publishes for it is the platform's to know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownAuthor {
    /// Its code.
    pub code: Code,
    /// What kind of body.
    pub kind: AuthorKind,
    /// Its name.
    pub name: Line<200>,
    /// Its version.
    pub version: Version,
}

/// Which authors to list.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// Of this kind.
    pub kind: Option<AuthorKind>,
}

type KnownRow = (String, String, String, i32);

const KNOWN: (authors::code, authors::kind, authors::name, authors::version) =
    (authors::code, authors::kind, authors::name, authors::version);

/// The author with this code, with the members who publish for it: inside the platform.
///
/// # Errors
/// When the database fails.
pub fn look_up(tx: &mut TenantTx<'_>, code: &Code) -> Result<Option<Author>, Error> {
    let row = authors::table
        .find((tx.comune().to_owned(), code.as_str()))
        .select((KNOWN, authors::members))
        .first::<(KnownRow, Json<BTreeSet<Uuid>>)>(tx.connection())
        .optional()?;
    let author = |(row, Json(members)): (KnownRow, Json<BTreeSet<Uuid>>)| {
        let KnownAuthor { code, kind, name, version } = known(row)?;
        Ok(Author { code, facts: AuthorFacts { kind, name, members }, version })
    };
    row.map(author).transpose()
}

/// The author with this code, as all may know it.
///
/// # Errors
/// When the database fails.
pub fn look_up_across(tx: &mut CrossTenantTx<'_>, code: &Code) -> Result<Option<KnownAuthor>, Error> {
    let named = authors::table.filter(authors::code.eq(code.as_str()));
    let row = named.select(KNOWN).first::<KnownRow>(tx.connection()).optional()?;
    row.map(known).transpose()
}

/// A page of the authors that pass the filter, by code.
///
/// # Errors
/// When the database fails.
pub fn list(
    tx: &mut CrossTenantTx<'_>,
    filter: &Filter,
    page: &PageRequest<()>,
) -> Result<Page<KnownAuthor>, Error> {
    let mut query = authors::table.order(authors::code.asc()).limit(page.probe()).select(KNOWN).into_boxed();
    if let Some(kind) = filter.kind {
        query = query.filter(authors::kind.eq(kind.word()));
    }
    if let Some(cursor) = &page.after {
        let (after, _) = cursor.read::<String, String>()?;
        query = query.filter(authors::code.gt(after));
    }
    let rows = query.load::<KnownRow>(tx.connection())?;
    let found = rows.into_iter().map(known).collect::<Result<Vec<_>, _>>()?;
    Ok(Page::cut(found, page, |author| Cursor {
        key: author.code.as_str().to_owned(),
        id: author.code.as_str().to_owned(),
    }))
}

/// Adds an author.
///
/// # Errors
/// When the database fails.
pub fn insert(tx: &mut TenantTx<'_>, author: &Author) -> Result<(), Error> {
    let row = (
        authors::comune.eq(tx.comune().to_owned()),
        authors::code.eq(author.code.as_str()),
        authors::kind.eq(author.facts.kind.word()),
        authors::name.eq(author.facts.name.as_str()),
        authors::members.eq(Json(author.facts.members.clone())),
        authors::version.eq(author.version.number()),
    );
    diesel::insert_into(authors::table).values(row).execute(tx.connection())?;
    tx.touch(ObjectKind::Author, &author.code.as_str(), None, Some(author))
}

/// Stores what changed of an author.
///
/// # Errors
/// When the database fails.
pub fn update(tx: &mut TenantTx<'_>, before: &Author, after: &Author) -> Result<(), Error> {
    let known = authors::table
        .find((tx.comune().to_owned(), before.code.as_str()))
        .filter(authors::version.eq(before.version.number()));
    let row = (
        authors::kind.eq(after.facts.kind.word()),
        authors::name.eq(after.facts.name.as_str()),
        authors::members.eq(Json(after.facts.members.clone())),
        authors::version.eq(after.version.number()),
    );
    if diesel::update(known).set(row).execute(tx.connection())? != 1 {
        return Err(Error::inconsistent("author", "changed under the tenant's lock"));
    }
    tx.touch(ObjectKind::Author, &after.code.as_str(), Some(before), Some(after))
}

fn known((code, kind, name, version): KnownRow) -> Result<KnownAuthor, Error> {
    let unfit = |why| Error::inconsistent("author", why);
    Ok(KnownAuthor {
        code: Code::parse(&code).map_err(unfit)?,
        kind: AuthorKind::from_word(&kind).ok_or_else(|| Error::inconsistent("author", &kind))?,
        name: Line::parse(&name).map_err(unfit)?,
        version: Version::stored(version),
    })
}

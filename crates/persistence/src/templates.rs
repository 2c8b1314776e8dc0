//! Templates as they are kept: every version a row that is only ever added, written by the platform and read by all.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::sql_types::{Bool, Text};
use serde::{Deserialize, Serialize};
use traguardo_domain::audit::ObjectKind;
use traguardo_domain::digest::Digest;
use traguardo_domain::template::{Defined, Template, TemplateFacts};
use traguardo_domain::text::Code;
use traguardo_domain::version::{Version, Versioned};

use crate::cross::CrossTenantTx;
use crate::error::Error;
use crate::json::Json;
use crate::page::{Cursor, Page, PageRequest};
use crate::schema::templates;
use crate::tenant::TenantTx;

mod adoptions;

pub use adoptions::{AdoptionFilter, SealedAdoption, adoptions};

/// A version as it is kept, with the digest of what it says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Kept {
    /// The version.
    #[serde(flatten)]
    pub template: Template,
    /// The digest of what it says.
    pub digest: Digest,
}

impl Versioned for Kept {
    type Facts = TemplateFacts;

    fn facts(&self) -> &TemplateFacts {
        &self.template.facts
    }

    fn version(&self) -> Version {
        self.template.version()
    }
}

/// What a version says, and the numbers of its definitions.
#[derive(Debug, Serialize, Deserialize)]
struct Content {
    #[serde(flatten)]
    facts: TemplateFacts,
    #[serde(default)]
    definitions: Vec<Defined>,
}

type Row = (String, i32, String, DateTime<Utc>, Vec<u8>, Json<Content>);

const COLUMNS: (
    templates::code,
    templates::number,
    templates::author,
    templates::published_at,
    templates::digest,
    templates::content,
) = (
    templates::code,
    templates::number,
    templates::author,
    templates::published_at,
    templates::digest,
    templates::content,
);

/// Which templates to list.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// Of this author.
    pub author: Option<Code>,
    /// Saying these words in their title, purpose, or the other words for the same thing.
    pub words: Option<String>,
}

/// The current version of every template, by code.
///
/// # Errors
/// When the database fails.
pub fn current(tx: &mut TenantTx<'_>) -> Result<Vec<Template>, Error> {
    let rows = templates::table
        .order((templates::code.asc(), templates::number.desc()))
        .distinct_on(templates::code)
        .select(COLUMNS)
        .load::<Row>(tx.connection())?;
    rows.into_iter().map(|row| kept(row).map(|kept| kept.template)).collect()
}

/// The versions that are named by code and number, of those there are.
///
/// # Errors
/// When the database fails.
pub fn named(tx: &mut TenantTx<'_>, wanted: &BTreeSet<(Code, i32)>) -> Result<Vec<Template>, Error> {
    let codes: BTreeSet<&str> = wanted.iter().map(|(code, _)| code.as_str()).collect();
    let numbers: BTreeSet<i32> = wanted.iter().map(|(_, number)| *number).collect();
    let rows = templates::table
        .filter(templates::code.eq_any(codes))
        .filter(templates::number.eq_any(numbers))
        .order((templates::code.asc(), templates::number.asc()))
        .select(COLUMNS)
        .load::<Row>(tx.connection())?;
    let found = rows.into_iter().map(|row| kept(row).map(|kept| kept.template));
    let asked = |template: &Template| wanted.contains(&(template.code.clone(), template.number));
    Ok(found.collect::<Result<Vec<_>, _>>()?.into_iter().filter(asked).collect())
}

/// The version of a template with this number, or the current one.
///
/// # Errors
/// When the database fails.
pub fn look_up(tx: &mut TenantTx<'_>, code: &Code, number: Option<i32>) -> Result<Option<Kept>, Error> {
    one(tx.connection(), code, number)
}

/// The same, read by anybody who may know of templates.
///
/// # Errors
/// When the database fails.
pub fn look_up_across(
    tx: &mut CrossTenantTx<'_>,
    code: &Code,
    number: Option<i32>,
) -> Result<Option<Kept>, Error> {
    one(tx.connection(), code, number)
}

/// Every version of a template, the last first.
///
/// # Errors
/// When the database fails.
pub fn versions(tx: &mut CrossTenantTx<'_>, code: &Code) -> Result<Vec<Kept>, Error> {
    let rows = templates::table
        .filter(templates::code.eq(code.as_str()))
        .order(templates::number.desc())
        .select(COLUMNS)
        .load::<Row>(tx.connection())?;
    rows.into_iter().map(kept).collect()
}

/// A page of the templates whose current version passes the filter, by code.
///
/// # Errors
/// When the database fails.
pub fn list(
    tx: &mut CrossTenantTx<'_>,
    filter: &Filter,
    page: &PageRequest<()>,
) -> Result<Page<Kept>, Error> {
    let newer = diesel::alias!(templates as newer);
    let later = newer
        .filter(newer.field(templates::code).eq(templates::code))
        .filter(newer.field(templates::number).gt(templates::number));
    let mut query = templates::table
        .filter(diesel::dsl::not(diesel::dsl::exists(later)))
        .order(templates::code.asc())
        .limit(page.probe())
        .select(COLUMNS)
        .into_boxed();
    if let Some(author) = &filter.author {
        query = query.filter(templates::author.eq(author.as_str()));
    }
    if let Some(words) = &filter.words {
        let said = diesel::dsl::sql::<Bool>(
            "to_tsvector('italian', concat_ws(' ', content->>'title', content->>'purpose', content->>'said_also')) \
             @@ websearch_to_tsquery('italian', ",
        );
        query = query.filter(said.bind::<Text, _>(words.clone()).sql(")"));
    }
    if let Some(cursor) = &page.after {
        let (after, _) = cursor.read::<String, String>()?;
        query = query.filter(templates::code.gt(after));
    }
    let rows = query.load::<Row>(tx.connection())?;
    let found = rows.into_iter().map(kept).collect::<Result<Vec<_>, _>>()?;
    Ok(Page::cut(found, page, |kept| Cursor {
        key: kept.template.code.as_str().to_owned(),
        id: kept.template.code.as_str().to_owned(),
    }))
}

/// Adds a version, after the one before.
///
/// # Errors
/// When the database fails.
pub fn add(tx: &mut TenantTx<'_>, before: Option<&Kept>, template: Template) -> Result<Kept, Error> {
    let digest =
        Digest::of_object(&template.facts).map_err(|error| Error::inconsistent("template digest", error))?;
    let content = Content { facts: template.facts.clone(), definitions: template.definitions.clone() };
    let row = (
        templates::comune.eq(tx.comune().to_owned()),
        templates::code.eq(template.code.as_str()),
        templates::number.eq(template.number),
        templates::author.eq(template.author.as_str()),
        templates::published_at.eq(template.published_at),
        templates::member.eq(tx.member()),
        templates::digest.eq(digest.as_bytes().to_vec()),
        templates::content.eq(Json(content)),
    );
    diesel::insert_into(templates::table).values(row).execute(tx.connection())?;
    let after = Kept { template, digest };
    tx.touch(ObjectKind::Template, &after.template.code.as_str(), before, Some(&after))?;
    Ok(after)
}

fn one(connection: &mut PgConnection, code: &Code, number: Option<i32>) -> Result<Option<Kept>, Error> {
    let mut query = templates::table
        .filter(templates::code.eq(code.as_str()))
        .order(templates::number.desc())
        .select(COLUMNS)
        .into_boxed();
    if let Some(number) = number {
        query = query.filter(templates::number.eq(number));
    }
    query.first::<Row>(connection).optional()?.map(kept).transpose()
}

fn kept((code, number, author, published_at, digest, Json(content)): Row) -> Result<Kept, Error> {
    let unfit = |why| Error::inconsistent("template", why);
    let Content { facts, definitions } = content;
    let template = Template {
        code: Code::parse(&code).map_err(unfit)?,
        author: Code::parse(&author).map_err(unfit)?,
        number,
        published_at,
        facts,
        definitions,
    };
    let digest = Digest::stored(&digest).ok_or_else(|| Error::inconsistent("template", "digest"))?;
    Ok(Kept { template, digest })
}

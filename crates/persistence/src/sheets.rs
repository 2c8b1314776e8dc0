//! Individual evaluations as they are kept. Beside the predicate every query has, the database itself lets a transaction find only
//! the sheets its grant opens: those of its member, or all for the evaluation body, or none.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use traguardo_domain::audit::ObjectKind;
use traguardo_domain::member::MemberId;
use traguardo_domain::period::Year;
use traguardo_domain::plan::PlanId;
use traguardo_domain::score::Percent;
use traguardo_domain::sheet::{Category, Content, Made, Rated, Sheet, SheetId, SheetState};
use traguardo_domain::text::Code;
use traguardo_domain::{Version, Vocabulary as _};
use uuid::Uuid;

use crate::error::Error;
use crate::json::Json;
use crate::page::{Cursor, Page, PageRequest};
use crate::schema::sheets;
use crate::tenant::TenantTx;

mod retention;

pub use retention::{Erased, erasable, erase};

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = sheets, primary_key(comune, id))]
struct SheetRow {
    comune: String,
    id: Uuid,
    salt: Uuid,
    plan: Uuid,
    year: i16,
    person: Uuid,
    evaluator: Uuid,
    unit: Option<Uuid>,
    category: String,
    state: String,
    content: Json<Content>,
    steps: Json<Vec<Made>>,
    total: Option<String>,
    band: Option<String>,
    top: Option<bool>,
    finished_at: Option<DateTime<Utc>>,
    version: i32,
}

/// Newest first: the only order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NewestFirst;

/// Which sheets to list, of those the grant opens.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// Of this year.
    pub year: Option<Year>,
    /// In this state.
    pub state: Option<SheetState>,
}

/// The sheet with this id, if there is one and the grant opens it.
///
/// # Errors
/// When the database fails.
pub fn look_up(tx: &mut TenantTx<'_>, id: SheetId) -> Result<Option<Sheet>, Error> {
    let row = sheets::table
        .find((tx.comune().to_owned(), id.0))
        .select(SheetRow::as_select())
        .first::<SheetRow>(tx.connection())
        .optional()?;
    row.map(Sheet::try_from).transpose()
}

/// Whether an evaluator has written a sheet for this person and plan already.
///
/// # Errors
/// When the database fails.
pub fn is_written(
    tx: &mut TenantTx<'_>,
    plan: PlanId,
    person: MemberId,
    evaluator: MemberId,
) -> Result<bool, Error> {
    let them = sheets::table
        .filter(sheets::comune.eq(tx.comune().to_owned()))
        .filter(sheets::plan.eq(plan.0))
        .filter(sheets::person.eq(person.0))
        .filter(sheets::evaluator.eq(evaluator.0));
    Ok(diesel::select(diesel::dsl::exists(them)).get_result(tx.connection())?)
}

/// A page of the sheets the grant opens and that pass the filter, the newest first.
///
/// # Errors
/// When the database fails.
pub fn list(
    tx: &mut TenantTx<'_>,
    filter: &Filter,
    page: &PageRequest<NewestFirst>,
) -> Result<Page<Sheet>, Error> {
    let mut query = sheets::table
        .filter(sheets::comune.eq(tx.comune().to_owned()))
        .order(sheets::id.desc())
        .limit(page.probe())
        .select(SheetRow::as_select())
        .into_boxed();
    if let Some(year) = filter.year {
        query = query.filter(sheets::year.eq(year.number()));
    }
    if let Some(state) = filter.state {
        query = query.filter(sheets::state.eq(state.word()));
    }
    if let Some(cursor) = &page.after {
        let (before, _) = cursor.read::<Uuid, String>()?;
        query = query.filter(sheets::id.lt(before));
    }
    let rows = query.load::<SheetRow>(tx.connection())?;
    let found = rows.into_iter().map(Sheet::try_from).collect::<Result<Vec<_>, _>>()?;
    Ok(Page::cut(found, page, |sheet| Cursor { key: sheet.id.0.to_string(), id: String::new() }))
}

/// Stores a new sheet.
///
/// # Errors
/// When its unit is not of the comune, or the database fails.
pub fn insert(tx: &mut TenantTx<'_>, sheet: &Sheet) -> Result<(), Error> {
    let row = SheetRow::of(tx.comune(), sheet);
    diesel::insert_into(sheets::table).values(&row).execute(tx.connection())?;
    tx.touch(ObjectKind::Sheet, &sheet.id.0, None, Some(sheet))
}

/// Stores a changed sheet.
///
/// # Errors
/// As for a new one.
pub fn update(tx: &mut TenantTx<'_>, before: &Sheet, after: &Sheet) -> Result<(), Error> {
    let row = SheetRow::of(tx.comune(), after);
    let known = sheets::table
        .find((tx.comune().to_owned(), after.id.0))
        .filter(sheets::version.eq(before.version.number()));
    // What it is of, and who evaluates, stays: the service may not even write it.
    let changed = diesel::update(known)
        .set((
            sheets::unit.eq(row.unit),
            sheets::category.eq(row.category),
            sheets::state.eq(row.state),
            sheets::content.eq(row.content),
            sheets::steps.eq(row.steps),
            sheets::total.eq(row.total),
            sheets::band.eq(row.band),
            sheets::top.eq(row.top),
            sheets::finished_at.eq(row.finished_at),
            sheets::version.eq(row.version),
        ))
        .execute(tx.connection())?;
    if changed != 1 {
        return Err(Error::inconsistent("sheet", "changed under the tenant's lock"));
    }
    tx.touch(ObjectKind::Sheet, &after.id.0, Some(before), Some(after))
}

/// What may be told of the sheets of a year to whoever sees none: a figure a sheet, of nobody, and the categories that are too
/// small for that.
///
/// # Errors
/// When the database fails.
pub fn figures(tx: &mut TenantTx<'_>, year: Year) -> Result<(Vec<Rated>, BTreeSet<Category>), Error> {
    let rows = diesel::sql_query("select category, total, band, top from persons.figures($1)")
        .bind::<diesel::sql_types::SmallInt, _>(year.number())
        .load::<FigureRow>(tx.connection())?;
    let (mut told, mut withheld) = (Vec::new(), BTreeSet::new());
    for row in rows {
        let category = category_of(&row.category)?;
        match row.total {
            Some(total) => told.push(rated(category, total, row.band.as_deref(), row.top)?),
            None => {
                withheld.insert(category);
            }
        }
    }
    Ok((told, withheld))
}

#[derive(QueryableByName)]
struct FigureRow {
    #[diesel(sql_type = diesel::sql_types::Text)]
    category: String,
    #[diesel(sql_type = diesel::sql_types::Nullable<diesel::sql_types::Text>)]
    total: Option<String>,
    #[diesel(sql_type = diesel::sql_types::Nullable<diesel::sql_types::Text>)]
    band: Option<String>,
    #[diesel(sql_type = diesel::sql_types::Nullable<diesel::sql_types::Bool>)]
    top: Option<bool>,
}

fn category_of(word: &str) -> Result<Category, Error> {
    Category::from_word(word).ok_or_else(|| Error::inconsistent("category of a sheet", word))
}

fn rated(category: Category, total: String, band: Option<&str>, top: Option<bool>) -> Result<Rated, Error> {
    let total = Percent::try_from(total).map_err(|error| Error::inconsistent("total of a sheet", error))?;
    let band = band.map(Code::parse).transpose();
    let band = band.map_err(|error| Error::inconsistent("band of a sheet", error))?;
    Ok(Rated { category, total, band, top: top.unwrap_or_default() })
}

impl SheetRow {
    fn of(comune: &str, sheet: &Sheet) -> Self {
        let rated = sheet.rated();
        Self {
            comune: comune.to_owned(),
            id: sheet.id.0,
            salt: sheet.salt,
            plan: sheet.plan.0,
            year: sheet.year.number(),
            person: sheet.person.0,
            evaluator: sheet.evaluator.0,
            unit: sheet.content.unit.map(|unit| unit.0),
            category: sheet.content.category.word().to_owned(),
            state: sheet.state().word().to_owned(),
            content: Json(sheet.content.clone()),
            steps: Json(sheet.steps.clone()),
            total: rated.as_ref().map(|rated| rated.total.to_string()),
            band: rated.as_ref().and_then(|rated| rated.band.clone()).map(String::from),
            top: rated.map(|rated| rated.top),
            finished_at: sheet.finished_at,
            version: sheet.version.number(),
        }
    }
}

impl TryFrom<SheetRow> for Sheet {
    type Error = Error;

    fn try_from(row: SheetRow) -> Result<Self, Error> {
        let year = Year::parse(i32::from(row.year)).map_err(|error| Error::inconsistent("sheet", error))?;
        Ok(Self {
            id: SheetId(row.id),
            salt: row.salt,
            plan: PlanId(row.plan),
            year,
            person: MemberId(row.person),
            evaluator: MemberId(row.evaluator),
            content: row.content.0,
            steps: row.steps.0,
            finished_at: row.finished_at,
            version: Version::stored(row.version),
        })
    }
}

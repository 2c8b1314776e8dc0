//! Erasing sheets whose time is over. What they came to stays in the figures of groups that are large enough, and only there.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use serde::{Deserialize, Serialize};
use traguardo_domain::Vocabulary as _;
use traguardo_domain::audit::ObjectKind;
use traguardo_domain::sheet::statistics::LEAST_GROUP;
use traguardo_domain::sheet::{Category, Rated, Sheet, SheetState};
use traguardo_domain::text::Code;
use uuid::Uuid;

use super::SheetRow;
use crate::error::Error;
use crate::idempotency;
use crate::json::Json;
use crate::schema::{kept_figures, sheets};
use crate::tenant::TenantTx;

/// What erasing came to.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Erased {
    /// How many sheets.
    pub sheets: usize,
    /// How many of them left a figure.
    pub kept: usize,
}

/// A figure of a sheet that is no more.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
struct Kept {
    total: String,
    band: Option<String>,
    top: bool,
}

impl From<Rated> for Kept {
    fn from(rated: Rated) -> Self {
        Self {
            total: rated.total.to_string(),
            band: rated.band.map(|band: Code| band.into()),
            top: rated.top,
        }
    }
}

/// How many final sheets finished before an instant.
///
/// # Errors
/// When the database fails.
pub fn erasable(tx: &mut TenantTx<'_>, before: DateTime<Utc>) -> Result<usize, Error> {
    let count = sheets::table
        .filter(sheets::comune.eq(tx.comune().to_owned()))
        .filter(sheets::state.eq(SheetState::Final.word()))
        .filter(sheets::finished_at.lt(before))
        .count()
        .get_result::<i64>(tx.connection())?;
    usize::try_from(count).map_err(|error| Error::inconsistent("count of sheets", error))
}

/// Erases final sheets that finished before an instant, at most so many, and the answers kept for retries that may show them.
/// Each leaves its entry in the trail: the sheet, and that it is no more.
///
/// # Errors
/// When the database fails.
pub fn erase(tx: &mut TenantTx<'_>, before: DateTime<Utc>, at_most: i64) -> Result<Erased, Error> {
    let rows = sheets::table
        .filter(sheets::comune.eq(tx.comune().to_owned()))
        .filter(sheets::state.eq(SheetState::Final.word()))
        .filter(sheets::finished_at.lt(before))
        .order(sheets::id.asc())
        .limit(at_most)
        .select(SheetRow::as_select())
        .load::<SheetRow>(tx.connection())?;
    let them = rows.into_iter().map(Sheet::try_from).collect::<Result<Vec<_>, _>>()?;
    let mut groups: BTreeMap<(i16, Category), Vec<Kept>> = BTreeMap::new();
    for sheet in &them {
        let figures = groups.entry((sheet.year.number(), sheet.content.category)).or_default();
        figures.extend(sheet.rated().map(Kept::from));
    }
    let mut kept = 0_usize;
    for ((year, category), figures) in groups {
        kept = kept.saturating_add(keep(tx, year, category, figures)?);
    }
    let ids: Vec<Uuid> = them.iter().map(|sheet| sheet.id.0).collect();
    let mine = sheets::table.filter(sheets::comune.eq(tx.comune().to_owned())).filter(sheets::id.eq_any(ids));
    let erased = diesel::delete(mine).execute(tx.connection())?;
    if erased != them.len() {
        return Err(Error::inconsistent("sheets", "changed under the tenant's lock"));
    }
    idempotency::forget_about(tx, "/sheets")?;
    for sheet in &them {
        tx.touch(ObjectKind::Sheet, &sheet.id.0, Some(sheet), None)?;
    }
    if them.is_empty() {
        tx.leave_unchanged();
    }
    Ok(Erased { sheets: them.len(), kept })
}

/// Keeps the figures of a group that is large enough, those erased earlier included; of a smaller one nothing stays.
fn keep(tx: &mut TenantTx<'_>, year: i16, category: Category, figures: Vec<Kept>) -> Result<usize, Error> {
    let key = (tx.comune().to_owned(), year, category.word().to_owned());
    let persons = sheets::table
        .filter(sheets::comune.eq(tx.comune().to_owned()))
        .filter(sheets::year.eq(year))
        .filter(sheets::category.eq(category.word()))
        .filter(sheets::state.eq(SheetState::Final.word()))
        .select(diesel::dsl::count(sheets::person).aggregate_distinct())
        .first::<i64>(tx.connection())?;
    let earlier = kept_figures::table
        .find(key.clone())
        .select(kept_figures::figures)
        .first::<Json<Vec<Kept>>>(tx.connection())
        .optional()?;
    let earlier = earlier.map_or_else(Vec::new, |Json(figures)| figures);
    let group = usize::try_from(persons).unwrap_or_default().saturating_add(earlier.len());
    if group < LEAST_GROUP {
        return Ok(0);
    }
    let count = figures.len();
    // In the order of the figures: nothing tells which were erased together.
    let mut all = [earlier, figures].concat();
    all.sort();
    let (comune, year, category) = key;
    diesel::insert_into(kept_figures::table)
        .values((
            kept_figures::comune.eq(comune),
            kept_figures::year.eq(year),
            kept_figures::category.eq(category),
            kept_figures::figures.eq(Json(all.clone())),
        ))
        .on_conflict((kept_figures::comune, kept_figures::year, kept_figures::category))
        .do_update()
        .set(kept_figures::figures.eq(Json(all)))
        .execute(tx.connection())?;
    Ok(count)
}

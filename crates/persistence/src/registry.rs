//! The registry of all comuni as it is kept: replaced whole at each edition, and read whole.

use std::collections::BTreeSet;

use chrono::{DateTime, NaiveDate, Utc};
use diesel::dsl::max;
use diesel::prelude::*;
use traguardo_domain::audit::ObjectKind;
use traguardo_domain::comune::{Population, ProvinceCode, RegionCode};
use traguardo_domain::figure::Figure;
use traguardo_domain::period::Period;
use traguardo_domain::registry::{AltitudeZone, Edition, Entry, Registry};
use traguardo_domain::text::Line;
use traguardo_domain::{ComuneCode, Vocabulary as _};

use crate::cross::CrossTenantTx;
use crate::error::Error;
use crate::schema::{registry_comuni, registry_editions};
use crate::tenant::TenantTx;

diesel::allow_tables_to_appear_in_same_query!(registry_comuni, registry_editions);

/// How many lines go in one statement: well below what a statement may have of parameters.
const AT_ONCE: usize = 2_000;

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = registry_comuni)]
struct EntryRow {
    code: String,
    valid_from: NaiveDate,
    valid_to: Option<NaiveDate>,
    name: String,
    province: String,
    region: String,
    istat: Option<String>,
    successor: Option<String>,
    residents: Option<i32>,
    residents_on: Option<NaiveDate>,
    area: Option<String>,
    altitude: Option<String>,
    invented: bool,
}

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = registry_editions)]
struct EditionRow {
    number: i32,
    loaded_at: DateTime<Utc>,
    source: String,
    state_on: NaiveDate,
    entries: i32,
}

/// Where an edition comes from.
#[derive(Debug, Clone)]
pub struct Origin {
    /// Where it was taken.
    pub source: Line<300>,
    /// The day it tells the state of.
    pub state_on: NaiveDate,
}

/// Replaces everything the registry says by these entries, as its next edition.
///
/// # Errors
/// When the database fails, or the entries contradict themselves.
pub fn load(tx: &mut TenantTx<'_>, entries: &[Entry], origin: Origin) -> Result<Edition, Error> {
    let last: Option<i32> =
        registry_editions::table.select(max(registry_editions::number)).first(tx.connection())?;
    let edition = Edition {
        number: last.unwrap_or(0).saturating_add(1),
        loaded_at: tx.occasion().at,
        source: origin.source,
        state_on: origin.state_on,
        entries: i32::try_from(entries.len()).unwrap_or(i32::MAX),
    };
    diesel::insert_into(registry_editions::table)
        .values(EditionRow::of(&edition))
        .execute(tx.connection())?;
    diesel::delete(registry_comuni::table).execute(tx.connection())?;
    for part in entries.chunks(AT_ONCE) {
        let rows: Vec<EntryRow> = part.iter().map(EntryRow::of).collect();
        diesel::insert_into(registry_comuni::table).values(&rows).execute(tx.connection())?;
    }
    tx.touch(ObjectKind::Registry, &edition.number, None, Some(&edition))?;
    Ok(edition)
}

/// The number of the edition the registry is at: what is read once a request, to know whether what is remembered still holds.
///
/// # Errors
/// When the database fails.
pub fn number(tx: &mut CrossTenantTx<'_>) -> Result<Option<i32>, Error> {
    Ok(registry_editions::table.select(max(registry_editions::number)).first(tx.connection())?)
}

/// Whether an edition was ever loaded, for whoever is about to load the first.
///
/// # Errors
/// When the database fails.
pub fn is_loaded(tx: &mut TenantTx<'_>) -> Result<bool, Error> {
    let last: Option<i32> =
        registry_editions::table.select(max(registry_editions::number)).first(tx.connection())?;
    Ok(last.is_some())
}

/// The registry, whole, with its edition: two statements, of which the first fixes the edition of what it reads.
///
/// # Errors
/// When the database fails.
pub fn read(tx: &mut CrossTenantTx<'_>) -> Result<Registry, Error> {
    let at = registry_editions::table.select(max(registry_editions::number)).single_value();
    let rows = registry_comuni::table
        .order((registry_comuni::code.asc(), registry_comuni::valid_from.asc()))
        .select((at, EntryRow::as_select()))
        .load::<(Option<i32>, EntryRow)>(tx.connection())?;
    let number = rows.first().and_then(|(number, _)| *number);
    let edition = match number {
        None => None,
        Some(number) => registry_editions::table
            .find(number)
            .select(EditionRow::as_select())
            .first(tx.connection())
            .optional()?,
    };
    let entries = rows.into_iter().map(|(_, row)| entry(row)).collect::<Result<Vec<_>, _>>()?;
    Ok(Registry::new(edition.map(EditionRow::edition).transpose()?, entries))
}

/// Those of some comuni that the registry has, whenever they were there: one statement.
///
/// # Errors
/// When the database fails.
pub fn known(tx: &mut TenantTx<'_>, codes: &BTreeSet<ComuneCode>) -> Result<BTreeSet<ComuneCode>, Error> {
    let codes: Vec<String> = codes.iter().map(ToString::to_string).collect();
    let found = registry_comuni::table
        .filter(registry_comuni::code.eq_any(codes))
        .distinct()
        .select(registry_comuni::code)
        .load::<String>(tx.connection())?;
    found.iter().map(|code| ComuneCode::parse(code).map_err(bad)).collect()
}

fn bad(error: impl std::fmt::Display) -> Error {
    Error::inconsistent("registry", error)
}

impl EditionRow {
    fn of(edition: &Edition) -> Self {
        Self {
            number: edition.number,
            loaded_at: edition.loaded_at,
            source: edition.source.as_str().to_owned(),
            state_on: edition.state_on,
            entries: edition.entries,
        }
    }

    fn edition(self) -> Result<Edition, Error> {
        let Self { number, loaded_at, source, state_on, entries } = self;
        Ok(Edition { number, loaded_at, source: Line::parse(&source).map_err(bad)?, state_on, entries })
    }
}

impl EntryRow {
    fn of(entry: &Entry) -> Self {
        Self {
            code: entry.code.to_string(),
            valid_from: entry.validity.from(),
            valid_to: entry.validity.to(),
            name: entry.name.as_str().to_owned(),
            province: entry.province.as_str().to_owned(),
            region: entry.region.as_str().to_owned(),
            istat: entry.istat.as_ref().map(|code| code.as_str().to_owned()),
            successor: entry.successor.map(|code| code.to_string()),
            residents: entry.population.map(|population| population.residents),
            residents_on: entry.population.map(|population| population.counted_on),
            area: entry.area.map(|area| area.to_string()),
            altitude: entry.altitude.map(|zone| zone.word().to_owned()),
            invented: entry.invented,
        }
    }
}

fn entry(row: EntryRow) -> Result<Entry, Error> {
    let zone = |word: String| AltitudeZone::from_word(&word).ok_or_else(|| bad(word));
    Ok(Entry {
        code: ComuneCode::parse(&row.code).map_err(bad)?,
        name: Line::parse(&row.name).map_err(bad)?,
        province: ProvinceCode::parse(&row.province).map_err(bad)?,
        region: RegionCode::parse(&row.region).map_err(bad)?,
        istat: row.istat.map(|code| Line::parse(&code).map_err(bad)).transpose()?,
        validity: Period::parse(row.valid_from, row.valid_to).map_err(bad)?,
        successor: row.successor.map(|code| ComuneCode::parse(&code).map_err(bad)).transpose()?,
        population: row
            .residents
            .zip(row.residents_on)
            .map(|(residents, counted_on)| Population { residents, counted_on }),
        area: row.area.map(|area| Figure::parse(&area).map_err(bad)).transpose()?,
        altitude: row.altitude.map(zone).transpose()?,
        invented: row.invented,
    })
}

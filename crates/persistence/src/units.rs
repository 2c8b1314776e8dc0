//! Units as they are kept.

use chrono::NaiveDate;
use diesel::prelude::*;
use traguardo_domain::audit::ObjectKind;
use traguardo_domain::period::Period;
use traguardo_domain::text::{Code, ExternalId, Line, Text};
use traguardo_domain::unit::{StaffLine, Tree, Unit, UnitFacts, UnitId, UnitKind};
use traguardo_domain::{Version, Violation, Vocabulary as _};
use uuid::Uuid;

use crate::error::Error;
use crate::json::Json;
use crate::page::{Cursor, Page, PageRequest};
use crate::schema::units;
use crate::tenant::TenantTx;

#[derive(Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = units, primary_key(comune, id), treat_none_as_null = true)]
struct UnitRow {
    comune: String,
    id: Uuid,
    external_id: Option<String>,
    code: String,
    name: String,
    kind: String,
    parent: Option<Uuid>,
    valid_from: NaiveDate,
    valid_to: Option<NaiveDate>,
    version: i32,
    responsible: Option<String>,
    interim: bool,
    staff: Json<Vec<StaffLine>>,
    activities: Option<String>,
}

/// The orders units can be listed in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    /// By code.
    Code,
    /// By code, backwards.
    CodeDescending,
    /// By name.
    Name,
    /// By name, backwards.
    NameDescending,
}

/// Which units to list.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// Of this kind.
    pub kind: Option<UnitKind>,
    /// Directly below this one.
    pub parent: Option<UnitId>,
    /// That exist on this day.
    pub on: Option<NaiveDate>,
}

/// The unit with this id, if there is one.
///
/// # Errors
/// When the database fails.
pub fn look_up(tx: &mut TenantTx<'_>, id: UnitId) -> Result<Option<Unit>, Error> {
    let key = (tx.comune().to_owned(), id.0);
    let row =
        units::table.find(key).select(UnitRow::as_select()).first::<UnitRow>(tx.connection()).optional()?;
    row.map(Unit::try_from).transpose()
}

/// The unit with this external id, if there is one.
///
/// # Errors
/// When the database fails.
pub fn look_up_external(tx: &mut TenantTx<'_>, external_id: &ExternalId) -> Result<Option<Unit>, Error> {
    let row = units::table
        .filter(units::comune.eq(tx.comune().to_owned()))
        .filter(units::external_id.eq(external_id.as_str()))
        .select(UnitRow::as_select())
        .first::<UnitRow>(tx.connection())
        .optional()?;
    row.map(Unit::try_from).transpose()
}

/// A page of the units that pass the filter.
///
/// # Errors
/// When the database fails.
pub fn list(tx: &mut TenantTx<'_>, filter: &Filter, page: &PageRequest<Order>) -> Result<Page<Unit>, Error> {
    let mut query = units::table
        .filter(units::comune.eq(tx.comune().to_owned()))
        .limit(page.probe())
        .select(UnitRow::as_select())
        .into_boxed();
    if let Some(kind) = filter.kind {
        query = query.filter(units::kind.eq(kind.word()));
    }
    if let Some(parent) = filter.parent {
        query = query.filter(units::parent.eq(parent.0));
    }
    if let Some(day) = filter.on {
        query = query.filter(units::valid_from.le(day));
        query = query.filter(units::valid_to.is_null().or(units::valid_to.ge(day)));
    }
    if let Some(cursor) = &page.after {
        let (key, id) = cursor.read::<String, Uuid>()?;
        query = match page.order {
            Order::Code => {
                query.filter(units::code.gt(key.clone()).or(units::code.eq(key).and(units::id.gt(id))))
            }
            Order::CodeDescending => {
                query.filter(units::code.lt(key.clone()).or(units::code.eq(key).and(units::id.lt(id))))
            }
            Order::Name => {
                query.filter(units::name.gt(key.clone()).or(units::name.eq(key).and(units::id.gt(id))))
            }
            Order::NameDescending => {
                query.filter(units::name.lt(key.clone()).or(units::name.eq(key).and(units::id.lt(id))))
            }
        };
    }
    query = match page.order {
        Order::Code => query.order((units::code.asc(), units::id.asc())),
        Order::CodeDescending => query.order((units::code.desc(), units::id.desc())),
        Order::Name => query.order((units::name.asc(), units::id.asc())),
        Order::NameDescending => query.order((units::name.desc(), units::id.desc())),
    };
    let rows = query.load::<UnitRow>(tx.connection())?;
    let found = rows.into_iter().map(Unit::try_from).collect::<Result<Vec<_>, _>>()?;
    Ok(Page::cut(found, page, |unit| place(unit, page.order)))
}

fn place(unit: &Unit, order: Order) -> Cursor {
    let key = match order {
        Order::Code | Order::CodeDescending => unit.facts.code.as_str(),
        Order::Name | Order::NameDescending => unit.facts.name.as_str(),
    };
    Cursor { key: key.to_owned(), id: unit.id.0.to_string() }
}

/// The units that exist on some day of a period, in the order of their codes.
///
/// # Errors
/// When the database fails.
pub fn in_period(tx: &mut TenantTx<'_>, from: NaiveDate, to: NaiveDate) -> Result<Vec<Unit>, Error> {
    let rows = units::table
        .filter(units::comune.eq(tx.comune().to_owned()))
        .filter(units::valid_from.le(to))
        .filter(units::valid_to.is_null().or(units::valid_to.ge(from)))
        .order((units::code.asc(), units::id.asc()))
        .select(UnitRow::as_select())
        .load::<UnitRow>(tx.connection())?;
    rows.into_iter().map(Unit::try_from).collect()
}

/// Every unit the comune ever had, in the order of their codes.
///
/// # Errors
/// When the database fails.
pub fn all(tx: &mut TenantTx<'_>) -> Result<Vec<Unit>, Error> {
    let rows = units::table
        .filter(units::comune.eq(tx.comune().to_owned()))
        .order((units::code.asc(), units::id.asc()))
        .select(UnitRow::as_select())
        .load::<UnitRow>(tx.connection())?;
    rows.into_iter().map(Unit::try_from).collect()
}

/// Where every unit of the comune hangs. Read in a writing transaction it holds until the end: a tenant has one writer.
///
/// # Errors
/// When the database fails.
pub fn tree(tx: &mut TenantTx<'_>) -> Result<Tree, Error> {
    type Place = (Uuid, Option<Uuid>, NaiveDate, Option<NaiveDate>);
    let places = units::table
        .filter(units::comune.eq(tx.comune().to_owned()))
        .select((units::id, units::parent, units::valid_from, units::valid_to))
        .load::<Place>(tx.connection())?;
    let places = places.into_iter().map(|(id, parent, from, to)| {
        let validity = Period::parse(from, to).map_err(|error| Error::inconsistent("unit", error))?;
        Ok((UnitId(id), parent.map(UnitId), validity))
    });
    Ok(Tree::new(places.collect::<Result<Vec<_>, Error>>()?))
}

/// Stores a new unit.
///
/// # Errors
/// [`Violation::UnitCodeTaken`], [`Violation::ExternalIdTaken`], or a failure of the database.
pub fn insert(tx: &mut TenantTx<'_>, unit: &Unit) -> Result<(), Error> {
    let row = UnitRow::of(tx.comune(), unit);
    diesel::insert_into(units::table).values(&row).execute(tx.connection())?;
    crate::plans::turn_every_page(tx)?;
    tx.touch(ObjectKind::Unit, &unit.id.0, None, Some(unit))
}

/// Stores a changed unit.
///
/// # Errors
/// As for a new one.
pub fn update(tx: &mut TenantTx<'_>, before: &Unit, after: &Unit) -> Result<(), Error> {
    let row = UnitRow::of(tx.comune(), after);
    let key = (tx.comune().to_owned(), after.id.0);
    let known = units::table.find(key).filter(units::version.eq(before.version.number()));
    let changed = diesel::update(known).set(&row).execute(tx.connection())?;
    if changed != 1 {
        return Err(Error::inconsistent("unit", "changed under the tenant's lock"));
    }
    crate::plans::turn_every_page(tx)?;
    tx.touch(ObjectKind::Unit, &after.id.0, Some(before), Some(after))
}

/// Deletes a unit nothing hangs from.
///
/// # Errors
/// [`Violation::UnitInUse`] when units or members point to it.
pub fn delete(tx: &mut TenantTx<'_>, unit: &Unit) -> Result<(), Error> {
    use diesel::result::{DatabaseErrorKind, Error as DieselError};
    let key = (tx.comune().to_owned(), unit.id.0);
    match diesel::delete(units::table.find(key)).execute(tx.connection()) {
        Err(DieselError::DatabaseError(DatabaseErrorKind::ForeignKeyViolation, _)) => {
            Err(Violation::UnitInUse.into())
        }
        Err(error) => Err(error.into()),
        Ok(_) => {
            crate::plans::turn_every_page(tx)?;
            tx.touch(ObjectKind::Unit, &unit.id.0, Some(unit), None)
        }
    }
}

impl UnitRow {
    fn of(comune: &str, unit: &Unit) -> Self {
        let facts = &unit.facts;
        Self {
            comune: comune.to_owned(),
            id: unit.id.0,
            external_id: facts.external_id.as_ref().map(|id| id.as_str().to_owned()),
            code: facts.code.as_str().to_owned(),
            name: facts.name.as_str().to_owned(),
            kind: facts.kind.word().to_owned(),
            parent: facts.parent.map(|parent| parent.0),
            valid_from: facts.validity.from(),
            valid_to: facts.validity.to(),
            version: unit.version.number(),
            responsible: facts.responsible.as_ref().map(|role| role.as_str().to_owned()),
            interim: facts.interim,
            staff: Json(facts.staff.clone()),
            activities: facts.activities.as_ref().map(|text| text.as_str().to_owned()),
        }
    }
}

impl TryFrom<UnitRow> for Unit {
    type Error = Error;

    fn try_from(row: UnitRow) -> Result<Self, Error> {
        let bad = |error| Error::inconsistent("unit", error);
        let facts = UnitFacts {
            external_id: row.external_id.as_deref().map(ExternalId::parse).transpose().map_err(bad)?,
            code: Code::parse(&row.code).map_err(bad)?,
            name: Line::parse(&row.name).map_err(bad)?,
            kind: UnitKind::from_word(&row.kind)
                .ok_or_else(|| Error::inconsistent("unit kind", &row.kind))?,
            parent: row.parent.map(UnitId),
            validity: Period::parse(row.valid_from, row.valid_to).map_err(bad)?,
            responsible: row.responsible.as_deref().map(Line::parse).transpose().map_err(bad)?,
            interim: row.interim,
            staff: row.staff.0,
            activities: row.activities.as_deref().map(Text::parse).transpose().map_err(bad)?,
        };
        Ok(Self { id: UnitId(row.id), facts, version: Version::stored(row.version) })
    }
}

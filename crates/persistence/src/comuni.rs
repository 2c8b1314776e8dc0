//! Comuni as they are kept: shared facts, written under a grant and read by whoever may know of them.

use chrono::NaiveDate;
use diesel::prelude::*;
use traguardo_domain::audit::ObjectKind;
use traguardo_domain::comune::{Comune, Identifier, Identity, Population, ProvinceCode, RegionCode, Scheme};
use traguardo_domain::period::Period;
use traguardo_domain::text::Line;
use traguardo_domain::{ComuneCode, Version, Violation, Vocabulary as _};

use crate::cross::CrossTenantTx;
use crate::error::Error;
use crate::page::{Cursor, Page, PageRequest};
use crate::schema::{comune_identifiers, comuni, tenants};
use crate::tenant::TenantTx;

#[derive(Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = comuni, primary_key(comune), treat_none_as_null = true)]
struct ComuneRow {
    comune: String,
    name: String,
    province: String,
    region: String,
    residents: Option<i32>,
    residents_on: Option<NaiveDate>,
    version: i32,
}

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = comune_identifiers)]
struct IdentifierRow {
    comune: String,
    scheme: String,
    value: String,
    valid_from: NaiveDate,
    valid_to: Option<NaiveDate>,
}

/// The orders comuni can be listed in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    /// By name.
    Name,
    /// By cadastral code.
    Code,
}

/// Which comuni to list.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// Of this province.
    pub province: Option<ProvinceCode>,
    /// Of this region.
    pub region: Option<RegionCode>,
}

/// The comune of the transaction.
///
/// # Errors
/// [`Violation::NotFound`] when it is not registered.
pub fn find(tx: &mut TenantTx<'_>) -> Result<Comune, Error> {
    let key = tx.comune().to_owned();
    let row = comuni::table.find(&key).select(ComuneRow::as_select()).first(tx.connection())?;
    let identifiers = identifiers_of(tx.connection(), &[key])?;
    assemble(&row, &identifiers)
}

/// The comune of the transaction, if it is registered.
///
/// # Errors
/// When the database fails.
pub fn look_up(tx: &mut TenantTx<'_>) -> Result<Option<Comune>, Error> {
    match find(tx) {
        Ok(comune) => Ok(Some(comune)),
        Err(Error::Violation(Violation::NotFound)) => Ok(None),
        Err(error) => Err(error),
    }
}

/// A page of the comuni that pass the filter.
///
/// # Errors
/// When the database fails.
pub fn list(
    tx: &mut CrossTenantTx<'_>,
    filter: &Filter,
    page: &PageRequest<Order>,
) -> Result<Page<Comune>, Error> {
    let mut query = comuni::table.limit(page.probe()).select(ComuneRow::as_select()).into_boxed();
    if let Some(province) = &filter.province {
        query = query.filter(comuni::province.eq(province.as_str()));
    }
    if let Some(region) = &filter.region {
        query = query.filter(comuni::region.eq(region.as_str()));
    }
    if let Some(cursor) = &page.after {
        let (key, id) = cursor.read::<String, String>()?;
        query = match page.order {
            Order::Name => {
                query.filter(comuni::name.gt(key.clone()).or(comuni::name.eq(key).and(comuni::comune.gt(id))))
            }
            Order::Code => query.filter(comuni::comune.gt(key)),
        };
    }
    query = match page.order {
        Order::Name => query.order((comuni::name.asc(), comuni::comune.asc())),
        Order::Code => query.order((comuni::comune.asc(), comuni::name.asc())),
    };
    let rows = query.load::<ComuneRow>(tx.connection())?;
    let keys: Vec<String> = rows.iter().map(|row| row.comune.clone()).collect();
    let mut identifiers = identifiers_of(tx.connection(), &keys)?;
    let mut found = Vec::with_capacity(rows.len());
    for row in rows {
        let (own, others) = identifiers.into_iter().partition(|identifier| identifier.comune == row.comune);
        identifiers = others;
        found.push(assemble(&row, &own)?);
    }
    Ok(Page::cut(found, page, |comune| Cursor {
        key: match page.order {
            Order::Name => comune.identity.name.as_str().to_owned(),
            Order::Code => comune.code.to_string(),
        },
        id: comune.code.to_string(),
    }))
}

/// Registers a comune as a tenant, with its identity.
///
/// # Errors
/// [`Violation::ComuneRegistered`], [`Violation::IdentifierTaken`], or a failure of the database.
pub fn insert(tx: &mut TenantTx<'_>, comune: &Comune) -> Result<(), Error> {
    diesel::insert_into(tenants::table)
        .values(tenants::comune.eq(tx.comune().to_owned()))
        .on_conflict_do_nothing()
        .execute(tx.connection())?;
    diesel::insert_into(comuni::table).values(&ComuneRow::of(comune)).execute(tx.connection())?;
    insert_identifiers(tx, comune)?;
    tx.touch(ObjectKind::Comune, &comune.code, None, Some(comune))
}

/// Stores the changed identity of a comune.
///
/// # Errors
/// [`Violation::IdentifierTaken`], or a failure of the database.
pub fn update(tx: &mut TenantTx<'_>, before: &Comune, after: &Comune) -> Result<(), Error> {
    let key = tx.comune().to_owned();
    let known = comuni::table.find(&key).filter(comuni::version.eq(before.version.number()));
    let changed = diesel::update(known).set(&ComuneRow::of(after)).execute(tx.connection())?;
    if changed != 1 {
        return Err(Error::inconsistent("comune", "changed under the tenant's lock"));
    }
    let old = comune_identifiers::table.filter(comune_identifiers::comune.eq(&key));
    diesel::delete(old).execute(tx.connection())?;
    insert_identifiers(tx, after)?;
    tx.touch(ObjectKind::Comune, &after.code, Some(before), Some(after))
}

fn insert_identifiers(tx: &mut TenantTx<'_>, comune: &Comune) -> Result<(), Error> {
    let rows: Vec<IdentifierRow> = comune
        .identity
        .identifiers()
        .iter()
        .map(|identifier| IdentifierRow {
            comune: comune.code.to_string(),
            scheme: identifier.scheme().word().to_owned(),
            value: identifier.value().to_owned(),
            valid_from: identifier.validity().from(),
            valid_to: identifier.validity().to(),
        })
        .collect();
    diesel::insert_into(comune_identifiers::table).values(&rows).execute(tx.connection())?;
    Ok(())
}

fn identifiers_of(connection: &mut PgConnection, keys: &[String]) -> Result<Vec<IdentifierRow>, Error> {
    Ok(comune_identifiers::table
        .filter(comune_identifiers::comune.eq_any(keys))
        .order((comune_identifiers::comune, comune_identifiers::scheme, comune_identifiers::valid_from))
        .select(IdentifierRow::as_select())
        .load(connection)?)
}

impl ComuneRow {
    fn of(comune: &Comune) -> Self {
        let identity = &comune.identity;
        Self {
            comune: comune.code.to_string(),
            name: identity.name.as_str().to_owned(),
            province: identity.province.as_str().to_owned(),
            region: identity.region.as_str().to_owned(),
            residents: identity.population.map(|population| population.residents),
            residents_on: identity.population.map(|population| population.counted_on),
            version: comune.version.number(),
        }
    }
}

fn assemble(row: &ComuneRow, identifiers: &[IdentifierRow]) -> Result<Comune, Error> {
    let bad = |error| Error::inconsistent("comune", error);
    let population = match (row.residents, row.residents_on) {
        (Some(residents), Some(counted_on)) => Some(Population { residents, counted_on }),
        (None | Some(_), None | Some(_)) => None,
    };
    let identity = Identity::new(
        Line::parse(&row.name).map_err(bad)?,
        ProvinceCode::parse(&row.province).map_err(bad)?,
        RegionCode::parse(&row.region).map_err(bad)?,
        population,
    );
    let identifiers = identifiers.iter().map(identifier_of).collect::<Result<Vec<_>, _>>()?;
    let identity = identity
        .with_identifiers(identifiers)
        .map_err(|faults| Error::inconsistent("comune", format!("{faults:?}")))?;
    Ok(Comune {
        code: ComuneCode::parse(&row.comune).map_err(bad)?,
        identity,
        version: Version::stored(row.version),
    })
}

fn identifier_of(row: &IdentifierRow) -> Result<Identifier, Error> {
    let bad = |error| Error::inconsistent("identifier", error);
    let scheme = Scheme::from_word(&row.scheme).ok_or_else(|| Error::inconsistent("scheme", &row.scheme))?;
    Identifier::parse(scheme, &row.value, Period::parse(row.valid_from, row.valid_to).map_err(bad)?)
        .map_err(bad)
}

impl Filter {
    /// Whether a comune passes.
    #[must_use]
    pub fn admits(&self, comune: &Comune) -> bool {
        let identity = &comune.identity;
        self.province.as_ref().is_none_or(|province| *province == identity.province)
            && self.region.as_ref().is_none_or(|region| *region == identity.region)
    }
}

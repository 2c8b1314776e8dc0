//! Facts of registers that are kept whole, whatever they are of: read, written over, taken away, by the key their program has.

use std::collections::HashMap;

use chrono::NaiveDate;
use diesel::prelude::*;
use diesel::upsert::excluded;
use traguardo_domain::digest::Digest;
use traguardo_domain::measurement::Span;
use traguardo_domain::register::{Entry, Kept};
use traguardo_domain::text::ExternalId;
use traguardo_domain::{Version, Vocabulary as _};
use uuid::Uuid;

use crate::error::Error;
use crate::json::Written;
use crate::page::{Cursor, Page, PageRequest};
use crate::registers;
use crate::schema::register_entries as rows;
use crate::tenant::TenantTx;

/// Which entries of a register to list.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// Those that matter on this day or later.
    pub from: Option<NaiveDate>,
    /// Those that matter on this day or earlier.
    pub to: Option<NaiveDate>,
    /// Those in the charge of these structures.
    pub units: Option<Vec<Uuid>>,
}

/// What writing an entry came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Put {
    /// It was not there.
    Created(Version),
    /// It was otherwise.
    Changed(Version),
    /// It was there as it is.
    Unchanged(Version),
}

/// The entry with this key.
///
/// # Errors
/// When the database fails.
pub fn look_up<E: Entry>(tx: &mut TenantTx<'_>, key: &ExternalId) -> Result<Option<Kept<E>>, Error> {
    let row = rows::table
        .find((tx.comune().to_owned(), E::REGISTER.word(), key.as_str()))
        .select((rows::version, rows::content))
        .first::<(i32, Written)>(tx.connection())
        .optional()?;
    row.map(kept).transpose()
}

/// A page of the entries of a register, the first to matter first.
///
/// # Errors
/// When the database fails.
pub fn list<E: Entry>(
    tx: &mut TenantTx<'_>,
    filter: &Filter,
    page: &PageRequest<()>,
) -> Result<Page<Kept<E>>, Error> {
    let mut query = rows::table
        .filter(rows::comune.eq(tx.comune().to_owned()))
        .filter(rows::register.eq(E::REGISTER.word()))
        .order((rows::day_from.asc(), rows::key.asc()))
        .limit(page.probe())
        .select((rows::version, rows::content))
        .into_boxed();
    if let Some(from) = filter.from {
        query = query.filter(rows::day_to.is_null().or(rows::day_to.ge(from)));
    }
    if let Some(to) = filter.to {
        query = query.filter(rows::day_from.le(to));
    }
    if let Some(units) = &filter.units {
        query = query.filter(rows::unit.eq_any(units.clone()));
    }
    if let Some(cursor) = &page.after {
        let (day, key) = cursor.read::<NaiveDate, String>()?;
        let after = rows::day_from.gt(day).or(rows::day_from.eq(day).and(rows::key.gt(key)));
        query = query.filter(after);
    }
    let found = query.load::<(i32, Written)>(tx.connection())?;
    let all = found.into_iter().map(kept).collect::<Result<Vec<Kept<E>>, Error>>()?;
    let place = |one: &Kept<E>| {
        let (day, _) = one.entry.matters();
        Cursor { key: day.to_string(), id: one.entry.key().as_str().to_owned() }
    };
    Ok(Page::cut(all, page, place))
}

/// Every entry that matters on some day of a period, in the order of their keys.
///
/// # Errors
/// When the database fails.
pub fn mattering<E: Entry>(tx: &mut TenantTx<'_>, period: Span) -> Result<Vec<E>, Error> {
    let found = rows::table
        .filter(rows::comune.eq(tx.comune().to_owned()))
        .filter(rows::register.eq(E::REGISTER.word()))
        .filter(rows::day_from.le(period.to))
        .filter(rows::day_to.is_null().or(rows::day_to.ge(period.from)))
        .order(rows::key.asc())
        .select((rows::version, rows::content))
        .load::<(i32, Written)>(tx.connection())?;
    found.into_iter().map(|row| kept::<E>(row).map(|kept| kept.entry)).collect()
}

/// What writing these entries would come to, each with another key; nothing is written.
///
/// # Errors
/// When the database fails.
pub fn courses<E: Entry>(tx: &mut TenantTx<'_>, entries: &[E]) -> Result<Vec<Put>, Error> {
    let keys: Vec<&str> = entries.iter().map(|entry| entry.key().as_str()).collect();
    let there = rows::table
        .filter(rows::comune.eq(tx.comune().to_owned()))
        .filter(rows::register.eq(E::REGISTER.word()))
        .filter(rows::key.eq_any(keys))
        .select((rows::version, rows::content))
        .load::<(i32, Written)>(tx.connection())?;
    let there = there.into_iter().map(kept::<E>).collect::<Result<Vec<_>, Error>>()?;
    let there: HashMap<&str, &Kept<E>> = there.iter().map(|one| (one.entry.key().as_str(), one)).collect();
    let course = |entry: &E| match there.get(entry.key().as_str()) {
        None => Put::Created(Version::FIRST),
        Some(before) if before.entry == *entry => Put::Unchanged(before.version),
        Some(before) => Put::Changed(before.version.next()),
    };
    Ok(entries.iter().map(course).collect())
}

/// Writes entries, each with another key: those that are as they were are left. A constant number of statements.
///
/// # Errors
/// [`traguardo_domain::Violation::Invalid`] for a structure that is not the comune's, or a failure of the database.
pub fn put_many<E: Entry>(tx: &mut TenantTx<'_>, entries: &[E]) -> Result<Vec<Put>, Error> {
    let put = courses(tx, entries)?;
    let written: Vec<(&E, Version)> = entries.iter().zip(&put).filter_map(to_write).collect();
    if written.is_empty() {
        tx.leave_unchanged();
    } else {
        store(tx, &written)?;
    }
    Ok(put)
}

/// Takes an entry away.
///
/// # Errors
/// When the database fails.
pub fn remove<E: Entry>(tx: &mut TenantTx<'_>, kept: &Kept<E>) -> Result<(), Error> {
    let change = Digest::of_object(&("removed", &kept.entry)).map_err(unwritable)?;
    registers::tell(tx, E::REGISTER, change)?;
    let key = (tx.comune().to_owned(), E::REGISTER.word(), kept.entry.key().as_str());
    diesel::delete(rows::table.find(key)).execute(tx.connection())?;
    Ok(())
}

fn to_write<'e, E>((entry, put): (&'e E, &Put)) -> Option<(&'e E, Version)> {
    match put {
        Put::Created(version) | Put::Changed(version) => Some((entry, *version)),
        Put::Unchanged(_) => None,
    }
}

fn store<E: Entry>(tx: &mut TenantTx<'_>, written: &[(&E, Version)]) -> Result<(), Error> {
    let entries: Vec<&E> = written.iter().map(|(entry, _)| *entry).collect();
    registers::tell(tx, E::REGISTER, Digest::of_object(&entries).map_err(unwritable)?)?;
    let comune = tx.comune().to_owned();
    let row = |(entry, version): &(&E, Version)| {
        let (from, to) = entry.matters();
        Ok((
            rows::comune.eq(comune.clone()),
            rows::register.eq(E::REGISTER.word()),
            rows::key.eq(entry.key().as_str().to_owned()),
            rows::day_from.eq(from),
            rows::day_to.eq(to),
            rows::unit.eq(entry.unit().map(|unit| unit.0)),
            rows::version.eq(version.number()),
            rows::content.eq(Written::of(entry).map_err(unwritable)?),
        ))
    };
    let values = written.iter().map(row).collect::<Result<Vec<_>, Error>>()?;
    diesel::insert_into(rows::table)
        .values(&values)
        .on_conflict((rows::comune, rows::register, rows::key))
        .do_update()
        .set((
            rows::day_from.eq(excluded(rows::day_from)),
            rows::day_to.eq(excluded(rows::day_to)),
            rows::unit.eq(excluded(rows::unit)),
            rows::version.eq(excluded(rows::version)),
            rows::content.eq(excluded(rows::content)),
        ))
        .execute(tx.connection())?;
    Ok(())
}

fn kept<E: Entry>((version, content): (i32, Written)) -> Result<Kept<E>, Error> {
    let entry =
        serde_json::from_str(content.as_str()).map_err(|error| Error::inconsistent("entry", error))?;
    Ok(Kept { entry, version: Version::stored(version) })
}

fn unwritable(error: serde_json::Error) -> Error {
    Error::inconsistent("entry", error)
}

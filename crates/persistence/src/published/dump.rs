//! The facts of all comuni that each lets everybody see by its name: what a dump of a year is made of.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};
use diesel::pg::PgRowByRowLoadingMode;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Date, Nullable, SmallInt, Text, Timestamptz};
use traguardo_domain::period::Year;

use crate::cross::CrossTenantTx;
use crate::error::Error;
use crate::schema::{comuni, facts};

/// How what everybody may see by its name is marked.
pub(super) const NAMED: &str = "named";

/// A fact everybody may see.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = facts)]
pub struct PublicFact {
    /// Whose.
    pub comune: String,
    /// Of which shared indicator.
    pub indicator: String,
    /// Of which year.
    pub year: i16,
    /// By which definition of it.
    pub definition: i32,
    /// How much, in the indicator's unit.
    pub value: String,
    /// How much of what the plan expected was achieved, in hundredths.
    pub score: Option<String>,
    /// How good it is.
    pub grade: String,
    /// Whether the results were certified.
    pub certified: bool,
    /// When it was published.
    pub published_at: DateTime<Utc>,
}

/// A year of which there are facts everybody may see.
#[derive(Debug, Clone, PartialEq, Eq, QueryableByName)]
pub struct YearOfFacts {
    /// Which.
    #[diesel(sql_type = SmallInt)]
    pub year: i16,
    /// How many facts.
    #[diesel(sql_type = BigInt)]
    pub facts: i64,
    /// When the first of them was published.
    #[diesel(sql_type = Timestamptz)]
    pub first: DateTime<Utc>,
    /// When the last was.
    #[diesel(sql_type = Timestamptz)]
    pub last: DateTime<Utc>,
}

/// The years of which there are facts everybody may see on this day, the last first.
///
/// # Errors
/// When the database fails.
pub fn years(tx: &mut CrossTenantTx<'_>, today: NaiveDate) -> Result<Vec<YearOfFacts>, Error> {
    let question = "select year, count(*) as facts, min(published_at) as first, max(published_at) as last \
         from facts where public_mode = 'named' and (public_from is null or public_from <= $1) \
         group by year order by year desc";
    Ok(diesel::sql_query(question).bind::<Date, _>(today).load(tx.connection())?)
}

/// What can be said of a year's dump without making it.
#[derive(Debug, Clone, PartialEq, Eq, QueryableByName)]
pub struct Standing {
    /// How many facts it has.
    #[diesel(sql_type = BigInt)]
    pub facts: i64,
    /// When the last of them was published.
    #[diesel(sql_type = Nullable<Timestamptz>)]
    pub last: Option<DateTime<Utc>>,
    /// Another text whenever anything in it is another.
    #[diesel(sql_type = Text)]
    pub fingerprint: String,
}

/// How the dump of a year stands on a day. What the transaction reads after this is of the same moment.
///
/// # Errors
/// When the database fails.
pub fn standing(tx: &mut CrossTenantTx<'_>, year: Year, today: NaiveDate) -> Result<Standing, Error> {
    diesel::sql_query("set transaction isolation level repeatable read").execute(tx.connection())?;
    // Sums of digests of rows: they need no order, and so no sorting of what may be a whole country.
    let question = "select count(*) as facts, max(published_at) as last, concat_ws('/', count(*), \
         sum(hashtextextended(concat_ws('|', comune, indicator, definition, value, coalesce(score, '-'), grade, certified, \
         extract(epoch from published_at)), 0)), \
         (select sum(hashtextextended(concat_ws('|', comune, name, province, region), 0)) from comuni), \
         (select sum(hashtextextended(concat_ws('|', code, number, encode(digest, 'hex')), 0)) from templates)) as fingerprint \
         from facts where year = $1 and public_mode = 'named' and (public_from is null or public_from <= $2)";
    Ok(diesel::sql_query(question)
        .bind::<SmallInt, _>(year.number())
        .bind::<Date, _>(today)
        .get_result(tx.connection())?)
}

/// Hands on, one at a time, the facts of a year that everybody may see on a day, by indicator and comune.
///
/// # Errors
/// Those of `each`; when the database fails.
pub fn each_fact<E: From<Error>>(
    tx: &mut CrossTenantTx<'_>,
    year: Year,
    today: NaiveDate,
    mut each: impl FnMut(&PublicFact) -> Result<(), E>,
) -> Result<(), E> {
    let rows = facts::table
        .filter(facts::year.eq(year.number()))
        .filter(facts::public_mode.eq(NAMED))
        .filter(facts::public_from.is_null().or(facts::public_from.le(today)))
        .order((facts::indicator, facts::comune))
        .select(PublicFact::as_select())
        .load_iter::<PublicFact, PgRowByRowLoadingMode>(tx.connection())
        .map_err(Error::from)?;
    for row in rows {
        each(&row.map_err(Error::from)?)?;
    }
    Ok(())
}

/// Where a comune is.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct Place {
    /// What it is called.
    pub name: String,
    /// The letters of its province.
    pub province: String,
    /// The ISTAT code of its region.
    pub region: String,
}

/// Where every comune registered here is, by code.
///
/// # Errors
/// When the database fails.
pub fn places(tx: &mut CrossTenantTx<'_>) -> Result<HashMap<String, Place>, Error> {
    let rows = comuni::table
        .select((comuni::comune, (comuni::name, comuni::province, comuni::region)))
        .load::<(String, Place)>(tx.connection())?;
    Ok(rows.into_iter().collect())
}

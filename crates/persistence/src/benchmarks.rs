//! What is compared across comuni: read under the benchmark reader's role, which finds of the facts those alone that somebody
//! may see, and of a comune's own under its own.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::connection::DefaultLoadingMode;
use diesel::prelude::*;
use diesel::sql_types::{Array, Bigint, SmallInt, Text};
use traguardo_domain::ComuneCode;
use traguardo_domain::benchmark::Contribution;
use traguardo_domain::comune::RegionCode;
use traguardo_domain::consent::{Audience, Exposure, Mode, Shown};
use traguardo_domain::fact::Grade;
use traguardo_domain::figure::Figure;
use traguardo_domain::period::Year;

use crate::cross::CrossTenantTx;
use crate::error::Error;
use crate::read::Read;
use crate::schema::facts;
use crate::tenant::TenantTx;

mod indicators;

pub use indicators::{Indicator, all_indicators, indicator, indicators};

type Day = Option<NaiveDate>;

type ModeRead = Read<Mode>;

/// What a comparison needs of a fact, and no more: the index holds all of it.
type Row = (
    String,
    i16,
    Read<ComuneCode>,
    i32,
    Read<Figure>,
    Option<Read<Figure>>,
    Read<Grade>,
    DateTime<Utc>,
    Read<RegionCode>,
    Option<i32>,
    (ModeRead, Day, ModeRead, Day, ModeRead, Day),
);

macro_rules! columns {
    () => {
        (
            facts::indicator,
            facts::year,
            facts::comune,
            facts::definition,
            facts::value,
            facts::score,
            facts::grade,
            facts::published_at,
            facts::region,
            facts::residents,
            (
                facts::group_mode,
                facts::group_from,
                facts::region_mode,
                facts::region_from,
                facts::public_mode,
                facts::public_from,
            ),
        )
    };
}

/// A contribution, of which indicator and year.
#[derive(Debug, Clone)]
pub struct Found {
    /// The code of the indicator.
    pub indicator: String,
    /// The year.
    pub year: Year,
    /// The contribution.
    pub contribution: Contribution,
}

/// How many comuni have a fact of an indicator and a year that somebody of an audience may see.
#[derive(Debug, Clone, QueryableByName)]
pub struct Available {
    /// The indicator.
    #[diesel(sql_type = Text)]
    pub indicator: String,
    /// The year.
    #[diesel(sql_type = SmallInt)]
    pub year: i16,
    /// How many comuni.
    #[diesel(sql_type = Bigint)]
    pub comuni: i64,
}

/// A comune that has a fact nobody may see, and of which year and indicator; never the fact.
#[derive(Debug, Clone, QueryableByName)]
pub struct Withheld {
    /// The indicator.
    #[diesel(sql_type = Text)]
    pub indicator: String,
    /// The year.
    #[diesel(sql_type = SmallInt)]
    pub year: i16,
    /// The comune.
    #[diesel(sql_type = Text)]
    comune: String,
}

impl Withheld {
    /// The comune.
    ///
    /// # Errors
    /// When what is stored is no code.
    pub fn comune(&self) -> Result<ComuneCode, Error> {
        ComuneCode::parse(&self.comune).map_err(|error| Error::inconsistent("fact", error))
    }
}

/// Everything that may be compared of these indicators in these years, of every comune, by comune: one statement.
///
/// # Errors
/// When the database fails.
pub fn contributions(
    tx: &mut CrossTenantTx<'_>,
    indicators: &[&str],
    years: &[Year],
) -> Result<Vec<Found>, Error> {
    let rows = facts::table
        .filter(facts::indicator.eq_any(indicators))
        .filter(facts::year.eq_any(numbers(years)))
        .order((facts::indicator, facts::year, facts::comune))
        .select(columns!())
        .load_iter::<Row, DefaultLoadingMode>(tx.connection())?;
    rows.map(|row| found(row?)).collect()
}

/// What these comuni have of these indicators in these years: one statement, whatever they are.
///
/// # Errors
/// When the database fails.
pub fn of_comuni(
    tx: &mut CrossTenantTx<'_>,
    indicators: &[&str],
    years: &[Year],
    comuni: &[ComuneCode],
) -> Result<Vec<Found>, Error> {
    let codes: Vec<String> = comuni.iter().map(ToString::to_string).collect();
    let rows = facts::table
        .filter(facts::indicator.eq_any(indicators))
        .filter(facts::year.eq_any(numbers(years)))
        .filter(facts::comune.eq_any(codes))
        .select(columns!())
        .load_iter::<Row, DefaultLoadingMode>(tx.connection())?;
    rows.map(|row| found(row?)).collect()
}

/// What the comune of the transaction has of these indicators, whether anybody else may see it or not.
///
/// # Errors
/// When the database fails.
pub fn own(tx: &mut TenantTx<'_>, indicators: &[&str]) -> Result<Vec<Found>, Error> {
    let rows = facts::table
        .filter(facts::comune.eq(tx.comune().to_owned()))
        .filter(facts::indicator.eq_any(indicators))
        .order((facts::indicator, facts::year))
        .select(columns!())
        .load_iter::<Row, DefaultLoadingMode>(tx.connection())?;
    rows.map(|row| found(row?)).collect()
}

/// The comuni that have facts of these indicators and years nobody may see.
///
/// # Errors
/// When the database fails.
pub fn withheld(
    tx: &mut CrossTenantTx<'_>,
    indicators: &[&str],
    years: &[Year],
) -> Result<Vec<Withheld>, Error> {
    let question = "select i.indicator, y.year, w.comune \
         from unnest($1) as i(indicator), unnest($2) as y(year), facts_withheld(i.indicator, y.year) as w";
    diesel::sql_query(question)
        .bind::<Array<Text>, _>(indicators)
        .bind::<Array<SmallInt>, _>(numbers(years))
        .load(tx.connection())
        .map_err(Error::from)
}

/// The years there are facts of an indicator in, the latest first.
///
/// # Errors
/// When the database fails.
pub fn years(tx: &mut CrossTenantTx<'_>, indicator: &str) -> Result<Vec<Year>, Error> {
    let years = facts::table
        .filter(facts::indicator.eq(indicator))
        .select(facts::year)
        .distinct()
        .order(facts::year.desc())
        .load::<i16>(tx.connection())?;
    years.into_iter().map(year).collect()
}

/// For every indicator and year, how many comuni an audience is shown, by name or not. One statement.
///
/// # Errors
/// When the database fails.
pub fn available(
    tx: &mut CrossTenantTx<'_>,
    audience: Audience,
    day: NaiveDate,
) -> Result<Vec<Available>, Error> {
    let shown = match audience {
        Audience::Group => "group_mode <> 'withheld' and coalesce(group_from <= $1, true)",
        Audience::Region => "region_mode <> 'withheld' and coalesce(region_from <= $1, true)",
        Audience::Public => "public_mode <> 'withheld' and coalesce(public_from <= $1, true)",
    };
    let question = format!(
        "select indicator, year, count(*) filter (where {shown}) as comuni from facts \
         group by indicator, year order by indicator, year"
    );
    let counted = diesel::sql_query(question).bind::<diesel::sql_types::Date, _>(day);
    counted.load(tx.connection()).map_err(Error::from)
}

fn numbers(years: &[Year]) -> Vec<i16> {
    years.iter().map(|year| year.number()).collect()
}

fn year(number: i16) -> Result<Year, Error> {
    Year::parse(i32::from(number)).map_err(|error| Error::inconsistent("fact", error))
}

fn found(row: Row) -> Result<Found, Error> {
    let (indicator, of, comune, definition, value, score, grade, published_at, region, residents, shown) =
        row;
    let (group_mode, group_from, region_mode, region_from, public_mode, public_from) = shown;
    let exposure = Exposure {
        group: Shown { mode: group_mode.0, from: group_from },
        region: Shown { mode: region_mode.0, from: region_from },
        public: Shown { mode: public_mode.0, from: public_from },
    };
    let contribution = Contribution {
        comune: comune.0,
        region: region.0,
        residents,
        value: value.0,
        score: score.map(|score| score.0),
        grade: grade.0,
        definition,
        published_at,
        exposure,
    };
    Ok(Found { indicator, year: year(of)?, contribution })
}

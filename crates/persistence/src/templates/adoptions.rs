//! Who follows a template, as its author may know it: which version, for how much, and where it says something else.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use traguardo_domain::ComuneCode;
use traguardo_domain::period::Year;
use traguardo_domain::text::Code;

use crate::cross::CrossTenantTx;
use crate::error::Error;
use crate::json::Written;
use crate::page::{Cursor, Page, PageRequest};
use crate::schema::adoptions;

/// An adoption as it was sealed with a version of a plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SealedAdoption {
    /// By which comune.
    pub comune: ComuneCode,
    /// Of which version.
    pub number: i32,
    /// For which year.
    pub year: Year,
    /// In how many objectives.
    pub objectives: i32,
    /// For how many structures.
    pub units: i32,
    /// Where they say something else: fields and figures, as they were written.
    pub deviations: Written,
    /// When it was sealed.
    pub sealed_at: DateTime<Utc>,
}

/// Which adoptions to list.
#[derive(Debug, Clone, Copy, Default)]
pub struct AdoptionFilter {
    /// For this year.
    pub year: Option<Year>,
    /// Of this version.
    pub number: Option<i32>,
}

type Row = (String, i32, i16, i32, i32, Written, DateTime<Utc>);

/// A page of the adoptions of a template that pass the filter, comune by comune.
///
/// # Errors
/// When the database fails.
pub fn adoptions(
    tx: &mut CrossTenantTx<'_>,
    template: &Code,
    filter: AdoptionFilter,
    page: &PageRequest<()>,
) -> Result<Page<SealedAdoption>, Error> {
    let mut query = adoptions::table
        .filter(adoptions::template.eq(template.as_str()))
        .order((adoptions::comune.asc(), adoptions::sealed_at.asc(), adoptions::number.asc()))
        .limit(page.probe())
        .select((
            adoptions::comune,
            adoptions::number,
            adoptions::year,
            adoptions::objectives,
            adoptions::units,
            adoptions::deviations,
            adoptions::sealed_at,
        ))
        .into_boxed();
    if let Some(year) = filter.year {
        query = query.filter(adoptions::year.eq(year.number()));
    }
    if let Some(number) = filter.number {
        query = query.filter(adoptions::number.eq(number));
    }
    if let Some(cursor) = &page.after {
        let (comune, place) = cursor.read::<String, Place>()?;
        let Place { sealed_at, number } = place;
        let later = adoptions::sealed_at
            .gt(sealed_at)
            .or(adoptions::sealed_at.eq(sealed_at).and(adoptions::number.gt(number)));
        let after = adoptions::comune.gt(comune.clone()).or(adoptions::comune.eq(comune).and(later));
        query = query.filter(after);
    }
    let rows = query.load::<Row>(tx.connection())?;
    let found = rows.into_iter().map(sealed).collect::<Result<Vec<_>, _>>()?;
    Ok(Page::cut(found, page, |one| Cursor {
        key: one.comune.to_string(),
        id: Place { sealed_at: one.sealed_at, number: one.number }.to_string(),
    }))
}

/// Where an adoption stands among those of its comune.
struct Place {
    sealed_at: DateTime<Utc>,
    number: i32,
}

impl std::fmt::Display for Place {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}/{}", self.sealed_at.timestamp_micros(), self.number)
    }
}

impl std::str::FromStr for Place {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let (instant, number) = text.split_once('/').ok_or(())?;
        let micros = instant.parse().map_err(|_| ())?;
        let sealed_at = DateTime::from_timestamp_micros(micros).ok_or(())?;
        Ok(Self { sealed_at, number: number.parse().map_err(|_| ())? })
    }
}

fn sealed(
    (comune, number, year, objectives, units, deviations, sealed_at): Row,
) -> Result<SealedAdoption, Error> {
    let unfit = |why| Error::inconsistent("adoption", why);
    Ok(SealedAdoption {
        comune: ComuneCode::parse(&comune).map_err(unfit)?,
        number,
        year: Year::parse(i32::from(year)).map_err(unfit)?,
        objectives,
        units,
        deviations,
        sealed_at,
    })
}

//! Consents as they are kept: a ledger that is added to and read; and how the facts of the comune are shown by everything in it.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use traguardo_domain::Vocabulary as _;
use traguardo_domain::audit::ObjectKind;
use traguardo_domain::consent::{Audience, Consent, ConsentFacts, Exposure, Mode, Shown, exposure};
use traguardo_domain::text::{Code, Text};
use uuid::Uuid;

use crate::error::Error;
use crate::schema::{consents, facts};
use crate::tenant::TenantTx;

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = consents)]
struct ConsentRow {
    comune: String,
    number: i32,
    recorded_at: DateTime<Utc>,
    member: Option<Uuid>,
    indicator: Option<String>,
    audience: String,
    mode: String,
    embargo_until: Option<NaiveDate>,
    note: Option<String>,
}

/// The ledger of the comune, the first entry first.
///
/// # Errors
/// When the database fails.
pub fn all(tx: &mut TenantTx<'_>) -> Result<Vec<Consent>, Error> {
    let rows = consents::table
        .filter(consents::comune.eq(tx.comune().to_owned()))
        .order(consents::number.asc())
        .select(ConsentRow::as_select())
        .load::<ConsentRow>(tx.connection())?;
    rows.into_iter().map(Consent::try_from).collect()
}

/// Adds an entry to the ledger and shows every fact of the comune as the ledger now says: from the commit on, whoever compares
/// sees no more than that.
///
/// # Errors
/// When the database fails.
pub fn record(tx: &mut TenantTx<'_>, consent: &Consent) -> Result<(), Error> {
    let said = &consent.facts;
    let row = ConsentRow {
        comune: tx.comune().to_owned(),
        number: consent.number,
        recorded_at: consent.recorded_at,
        member: consent.member,
        indicator: said.indicator.as_ref().map(|indicator| indicator.as_str().to_owned()),
        audience: said.audience.word().to_owned(),
        mode: said.mode.word().to_owned(),
        embargo_until: said.embargo_until,
        note: said.note.as_ref().map(|note| note.as_str().to_owned()),
    };
    diesel::insert_into(consents::table).values(&row).execute(tx.connection())?;
    show(tx)?;
    tx.touch(ObjectKind::Consent, &consent.number, None, Some(consent))
}

/// Shows every fact of the comune as its ledger says: one statement for each way of showing.
fn show(tx: &mut TenantTx<'_>) -> Result<(), Error> {
    let ledger = all(tx)?;
    let mut shown: HashMap<Exposure, Vec<String>> = HashMap::new();
    for indicator in indicators(tx)? {
        shown.entry(exposure(&ledger, &indicator)).or_default().push(indicator.into());
    }
    for (exposure, indicators) in shown {
        let so_shown = facts::table
            .filter(facts::comune.eq(tx.comune().to_owned()))
            .filter(facts::indicator.eq_any(indicators));
        diesel::update(so_shown).set(ExposureRow::of(&exposure)).execute(tx.connection())?;
    }
    Ok(())
}

/// The shared indicators the comune has facts of.
///
/// # Errors
/// When the database fails.
pub fn indicators(tx: &mut TenantTx<'_>) -> Result<Vec<Code>, Error> {
    let codes = facts::table
        .filter(facts::comune.eq(tx.comune().to_owned()))
        .order(facts::indicator.asc())
        .distinct()
        .select(facts::indicator)
        .load::<String>(tx.connection())?;
    let code = |code: String| Code::parse(&code).map_err(|error| Error::inconsistent("fact", error));
    codes.into_iter().map(code).collect()
}

/// How a fact is shown to whom, as its row says it.
#[derive(Insertable, AsChangeset)]
#[diesel(table_name = facts, treat_none_as_null = true)]
pub(crate) struct ExposureRow {
    group_mode: &'static str,
    group_from: Option<NaiveDate>,
    region_mode: &'static str,
    region_from: Option<NaiveDate>,
    public_mode: &'static str,
    public_from: Option<NaiveDate>,
}

impl ExposureRow {
    pub(crate) fn of(exposure: &Exposure) -> Self {
        let Exposure { group, region, public } = *exposure;
        let word = |shown: Shown| shown.mode.word();
        Self {
            group_mode: word(group),
            group_from: group.from,
            region_mode: word(region),
            region_from: region.from,
            public_mode: word(public),
            public_from: public.from,
        }
    }
}

impl TryFrom<ConsentRow> for Consent {
    type Error = Error;

    fn try_from(row: ConsentRow) -> Result<Self, Error> {
        let unfit = |why: &dyn std::fmt::Display| Error::inconsistent("consent", why);
        let indicator = row.indicator.as_deref().map(Code::parse).transpose();
        let note = row.note.as_deref().map(Text::parse).transpose();
        Ok(Self {
            number: row.number,
            recorded_at: row.recorded_at,
            member: row.member,
            facts: ConsentFacts {
                indicator: indicator.map_err(|error| unfit(&error))?,
                audience: Audience::from_word(&row.audience).ok_or_else(|| unfit(&row.audience))?,
                mode: Mode::from_word(&row.mode).ok_or_else(|| unfit(&row.mode))?,
                embargo_until: row.embargo_until,
                note: note.map_err(|error| unfit(&error))?,
            },
        })
    }
}

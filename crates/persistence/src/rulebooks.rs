//! Rulebooks as they are kept: editions and opinions, only ever added.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use traguardo_domain::audit::ObjectKind;
use traguardo_domain::digest::Digest;
use traguardo_domain::period::Year;
use traguardo_domain::plan::PlanId;
use traguardo_domain::rulebook::{Edition, EditionRef, Opinion, OpinionFacts, Rulebook, Shipped};
use traguardo_domain::{Version, Vocabulary as _};
use uuid::Uuid;

use crate::error::Error;
use crate::json::Json;
use crate::schema::{plan_versions, rulebook_opinions, rulebooks};
use crate::tenant::TenantTx;

type Row = (i16, i32, Option<String>, DateTime<Utc>, Option<Uuid>, Vec<u8>, Json<Rulebook>);

const COLUMNS: (
    rulebooks::year,
    rulebooks::edition,
    rulebooks::shipped,
    rulebooks::recorded_at,
    rulebooks::member,
    rulebooks::digest,
    rulebooks::content,
) = (
    rulebooks::year,
    rulebooks::edition,
    rulebooks::shipped,
    rulebooks::recorded_at,
    rulebooks::member,
    rulebooks::digest,
    rulebooks::content,
);

/// The current edition of every year, the last year first.
///
/// # Errors
/// When the database fails.
pub fn current(tx: &mut TenantTx<'_>) -> Result<Vec<Edition>, Error> {
    let rows = rulebooks::table
        .filter(rulebooks::comune.eq(tx.comune().to_owned()))
        .order((rulebooks::year.desc(), rulebooks::edition.desc()))
        .distinct_on(rulebooks::year)
        .select(COLUMNS)
        .load::<Row>(tx.connection())?;
    rows.into_iter().map(edition).collect()
}

/// Every edition of a year, the last first.
///
/// # Errors
/// When the database fails.
pub fn of_year(tx: &mut TenantTx<'_>, year: Year) -> Result<Vec<Edition>, Error> {
    let rows = rulebooks::table
        .filter(rulebooks::comune.eq(tx.comune().to_owned()))
        .filter(rulebooks::year.eq(year.number()))
        .order(rulebooks::edition.desc())
        .select(COLUMNS)
        .load::<Row>(tx.connection())?;
    rows.into_iter().map(edition).collect()
}

/// The current edition of a year.
///
/// # Errors
/// When the database fails.
pub fn look_up(tx: &mut TenantTx<'_>, year: Year) -> Result<Option<Edition>, Error> {
    let row = rulebooks::table
        .filter(rulebooks::comune.eq(tx.comune().to_owned()))
        .filter(rulebooks::year.eq(year.number()))
        .order(rulebooks::edition.desc())
        .select(COLUMNS)
        .first::<Row>(tx.connection())
        .optional()?;
    row.map(edition).transpose()
}

/// One edition.
///
/// # Errors
/// When the database fails.
pub fn read(tx: &mut TenantTx<'_>, which: EditionRef) -> Result<Option<Edition>, Error> {
    let row = rulebooks::table
        .find((tx.comune().to_owned(), which.year.number(), which.edition))
        .select(COLUMNS)
        .first::<Row>(tx.connection())
        .optional()?;
    row.map(edition).transpose()
}

/// A version of a plan that was sealed with an edition of a year's rulebook.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SealedWith {
    /// The edition.
    pub edition: i32,
    /// The plan.
    pub plan: PlanId,
    /// The number of its version.
    pub version: i32,
}

/// The versions of plans that were sealed with the editions of a year, plan by plan: one statement.
///
/// # Errors
/// When the database fails.
pub fn sealed_with(tx: &mut TenantTx<'_>, year: Year) -> Result<Vec<SealedWith>, Error> {
    let rows = plan_versions::table
        .filter(plan_versions::comune.eq(tx.comune().to_owned()))
        .filter(plan_versions::rulebook_year.eq(year.number()))
        .filter(plan_versions::rulebook_edition.is_not_null())
        .order((plan_versions::plan.asc(), plan_versions::number.asc()))
        .select((
            plan_versions::rulebook_edition.assume_not_null(),
            plan_versions::plan,
            plan_versions::number,
        ))
        .load::<(i32, Uuid, i32)>(tx.connection())?;
    let sealed = |(edition, plan, version)| SealedWith { edition, plan: PlanId(plan), version };
    Ok(rows.into_iter().map(sealed).collect())
}

/// Adds an edition. Its number, who recorded it, when, and its digest are found out here.
///
/// # Errors
/// When the database fails.
pub fn add(
    tx: &mut TenantTx<'_>,
    year: Year,
    rulebook: Rulebook,
    shipped: Option<Shipped>,
) -> Result<Edition, Error> {
    let before = look_up(tx, year)?;
    let number = before.as_ref().map_or(Version::FIRST, |before| before.number.next());
    let digest =
        Digest::of_object(&rulebook).map_err(|error| Error::inconsistent("rulebook digest", error))?;
    let (recorded_at, member) = (tx.occasion().at, tx.member());
    let after = Edition { year, number, shipped, recorded_at, member, digest, rulebook };
    let row = (
        rulebooks::comune.eq(tx.comune().to_owned()),
        rulebooks::year.eq(year.number()),
        rulebooks::edition.eq(number.number()),
        rulebooks::shipped.eq(shipped.map(Shipped::word)),
        rulebooks::recorded_at.eq(recorded_at),
        rulebooks::member.eq(member),
        rulebooks::digest.eq(digest.as_bytes().to_vec()),
        rulebooks::content.eq(Json(after.rulebook.clone())),
    );
    diesel::insert_into(rulebooks::table).values(row).execute(tx.connection())?;
    tx.touch(ObjectKind::Rulebook, &year.number(), before.as_ref(), Some(&after))?;
    Ok(after)
}

/// The opinions on an edition, the first first.
///
/// # Errors
/// When the database fails.
pub fn opinions(tx: &mut TenantTx<'_>, which: EditionRef) -> Result<Vec<Opinion>, Error> {
    let rows = rulebook_opinions::table
        .filter(rulebook_opinions::comune.eq(tx.comune().to_owned()))
        .filter(rulebook_opinions::year.eq(which.year.number()))
        .filter(rulebook_opinions::edition.eq(which.edition))
        .order(rulebook_opinions::number.asc())
        .select((rulebook_opinions::content, rulebook_opinions::given_at, rulebook_opinions::member))
        .load::<(Json<OpinionFacts>, DateTime<Utc>, Option<Uuid>)>(tx.connection())?;
    let opinion = |(Json(facts), given_at, member)| Opinion { facts, given_at, member };
    Ok(rows.into_iter().map(opinion).collect())
}

/// Adds an opinion on an edition that is there.
///
/// # Errors
/// When the database fails.
pub fn give_opinion(tx: &mut TenantTx<'_>, which: EditionRef, facts: OpinionFacts) -> Result<Opinion, Error> {
    let number = opinions(tx, which)?.len().saturating_add(1);
    let opinion = Opinion { facts, given_at: tx.occasion().at, member: tx.member() };
    let row = (
        rulebook_opinions::comune.eq(tx.comune().to_owned()),
        rulebook_opinions::year.eq(which.year.number()),
        rulebook_opinions::edition.eq(which.edition),
        rulebook_opinions::number.eq(i32::try_from(number).unwrap_or(i32::MAX)),
        rulebook_opinions::given_at.eq(opinion.given_at),
        rulebook_opinions::member.eq(opinion.member),
        rulebook_opinions::content.eq(Json(opinion.facts.clone())),
    );
    diesel::insert_into(rulebook_opinions::table).values(row).execute(tx.connection())?;
    let id = format!("{}/{}", which.year.number(), which.edition);
    tx.touch(ObjectKind::Rulebook, &id, None, Some(&opinion))?;
    Ok(opinion)
}

fn edition(
    (year, number, shipped, recorded_at, member, digest, Json(rulebook)): Row,
) -> Result<Edition, Error> {
    let unfit = |why: &str| Error::inconsistent("rulebook", why);
    let shipped = match shipped {
        None => None,
        Some(word) => Some(Shipped::from_word(&word).ok_or_else(|| unfit(&word))?),
    };
    Ok(Edition {
        year: Year::parse(i32::from(year)).map_err(|error| Error::inconsistent("rulebook", error))?,
        number: Version::stored(number),
        shipped,
        recorded_at,
        member,
        digest: Digest::stored(&digest).ok_or_else(|| unfit("digest"))?,
        rulebook,
    })
}

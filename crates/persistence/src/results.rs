//! What a plan's results are made of, loaded in a constant number of statements; and the results as they were certified.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use serde::{Deserialize, Serialize};
use traguardo_domain::assignment::AssignmentId;
use traguardo_domain::audit::ObjectKind;
use traguardo_domain::digest::Digest;
use traguardo_domain::evaluation::Evaluation;
use traguardo_domain::measurement::Measurement;
use traguardo_domain::period::{Year, legal_day};
use traguardo_domain::plan::document::PlanDocument;
use traguardo_domain::plan::{Plan, PlanId};
use traguardo_domain::rulebook::{Edition, EditionRef, Rulebook, Shipped, shipped};
use traguardo_domain::score::{Results, Scored};

use crate::error::Error;
use crate::schema::plan_results;
use crate::tenant::TenantTx;
use crate::versions::{Sealed, Which};
use crate::{evaluations, measurements, packed, plan_documents, rulebooks, versions};

/// The rulebook a plan is scored by.
#[derive(Debug, Clone)]
pub enum ScoredBy {
    /// An edition of the comune's.
    Edition(Box<Edition>),
    /// One that comes with the program, because the comune has none for the year.
    Shipped(Shipped, Box<Rulebook>),
}

impl ScoredBy {
    /// What it says.
    #[must_use]
    pub fn rulebook(&self) -> &Rulebook {
        match self {
            Self::Edition(edition) => &edition.rulebook,
            Self::Shipped(_, rulebook) => rulebook,
        }
    }

    /// Which edition it is, when it is one.
    #[must_use]
    pub fn reference(&self) -> Option<EditionRef> {
        match self {
            Self::Edition(edition) => Some(edition.reference()),
            Self::Shipped(..) => None,
        }
    }
}

/// Everything a plan's results are made of.
#[derive(Debug, Clone)]
pub struct Inputs {
    /// The plan's header.
    pub plan: Plan,
    /// The version scored; the draft when none is sealed yet.
    pub sealed: Option<Sealed>,
    /// What that version says.
    pub document: PlanDocument,
    /// What it is scored by.
    pub by: ScoredBy,
    /// Everything measured.
    pub measurements: Vec<Measurement>,
    /// Everything judged.
    pub evaluations: HashMap<AssignmentId, Evaluation>,
}

impl Inputs {
    /// What was known on a day.
    #[must_use]
    pub fn known(&self, at: NaiveDate) -> Results {
        Results::known(&self.measurements, &self.evaluations, at)
    }

    /// The digest of everything known on a day: equal inputs give equal results.
    ///
    /// # Errors
    /// When they cannot be serialised, which does not happen.
    pub fn digest(&self, at: NaiveDate) -> Result<Digest, Error> {
        let measured: Vec<&Measurement> =
            self.measurements.iter().filter(|one| legal_day(one.recorded_at) <= at).collect();
        let mut judged: Vec<Evaluation> = self.evaluations.values().map(|one| one.known(at)).collect();
        judged.sort_by_key(|one| one.assignment);
        let inputs = (&self.document, self.by.rulebook(), measured, judged, at);
        Digest::of_object(&inputs).map_err(|error| Error::inconsistent("inputs of results", error))
    }
}

/// Everything the results of a plan are made of: the version that was current at the end of a day, the rulebook it was sealed
/// with, every value and every judgement. Six statements at most for a sealed plan, however large it is.
///
/// # Errors
/// When the database fails.
pub fn inputs(tx: &mut TenantTx<'_>, plan: &Plan, at: NaiveDate) -> Result<Inputs, Error> {
    let all = if plan.sealed.is_some() { versions::all(tx, plan.id)? } else { Vec::new() };
    let by_then = all.iter().find(|sealed| legal_day(sealed.sealed_at) <= at);
    let sealed = by_then.or_else(|| all.last()).cloned();
    let document = match &sealed {
        None => plan_documents::load(tx, plan)?,
        Some(sealed) => {
            let found = versions::document(tx, plan.id, Which::Number(sealed.number), Some(&[]))?;
            packed::open(&found.and_then(|(_, bytes)| bytes).unwrap_or_default())?
        }
    };
    let by = scored_by(tx, plan, sealed.as_ref())?;
    let measurements = measurements::all(tx, plan.id)?;
    let evaluations = evaluations::all(tx, plan.id)?;
    Ok(Inputs { plan: plan.clone(), sealed, document, by, measurements, evaluations })
}

/// The rulebook a version of a plan is scored by: the one it was sealed with, else the year's current one, else the first of
/// those that come with the program.
///
/// # Errors
/// When the database fails.
pub fn scored_by(tx: &mut TenantTx<'_>, plan: &Plan, sealed: Option<&Sealed>) -> Result<ScoredBy, Error> {
    let edition = match sealed.and_then(|sealed| sealed.rulebook) {
        Some(reference) => rulebooks::read(tx, reference)?,
        None => rulebooks::look_up(tx, plan.facts.year)?,
    };
    if let Some(edition) = edition {
        return Ok(ScoredBy::Edition(Box::new(edition)));
    }
    let rulebook =
        shipped(Shipped::ThreeLevels).map_err(|error| Error::inconsistent("shipped rulebook", error))?;
    Ok(ScoredBy::Shipped(Shipped::ThreeLevels, Box::new(rulebook)))
}

/// The results of a plan as they were certified.
#[derive(Debug, Clone, Serialize)]
pub struct Certified {
    /// Their number, from 1: results that were reopened are certified again.
    pub number: i32,
    /// When.
    pub certified_at: DateTime<Utc>,
    /// The day up to which everything known counts.
    pub at: NaiveDate,
    /// The version of the plan.
    pub plan_version: i32,
    /// The edition of the rulebook.
    pub rulebook: EditionRef,
    /// The digest of everything they were computed from.
    pub inputs_digest: Digest,
    /// The digest of the results themselves.
    pub digest: Digest,
    /// The results: the comune's, which holds all others.
    pub content: CertifiedContent,
}

/// What certified results say.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CertifiedContent {
    /// The result of the comune.
    pub comune: Scored,
    /// Those of its structures, in the order of the plan, nested ones too.
    pub units: Vec<Scored>,
}

type Row = (i32, DateTime<Utc>, NaiveDate, i32, i16, i32, Vec<u8>, Vec<u8>, Vec<u8>);

/// The results certified last, if any were.
///
/// # Errors
/// When the database fails.
pub fn certified(tx: &mut TenantTx<'_>, plan: PlanId) -> Result<Option<Certified>, Error> {
    let row = plan_results::table
        .filter(plan_results::comune.eq(tx.comune().to_owned()))
        .filter(plan_results::plan.eq(plan.0))
        .order(plan_results::number.desc())
        .select((
            plan_results::number,
            plan_results::certified_at,
            plan_results::at,
            plan_results::plan_version,
            plan_results::rulebook_year,
            plan_results::rulebook_edition,
            plan_results::inputs_digest,
            plan_results::digest,
            plan_results::content,
        ))
        .first::<Row>(tx.connection())
        .optional()?;
    row.map(Certified::try_from).transpose()
}

/// Keeps results as certified.
///
/// # Errors
/// When the database fails.
pub fn certify(tx: &mut TenantTx<'_>, plan: PlanId, certified: &Certified) -> Result<(), Error> {
    let bytes = serde_json::to_vec(&certified.content)
        .map_err(|error| Error::inconsistent("certified results", error))?;
    let row = (
        plan_results::comune.eq(tx.comune().to_owned()),
        plan_results::plan.eq(plan.0),
        plan_results::number.eq(certified.number),
        plan_results::certified_at.eq(certified.certified_at),
        plan_results::at.eq(certified.at),
        plan_results::plan_version.eq(certified.plan_version),
        plan_results::rulebook_year.eq(certified.rulebook.year.number()),
        plan_results::rulebook_edition.eq(certified.rulebook.edition),
        plan_results::inputs_digest.eq(certified.inputs_digest.as_bytes().to_vec()),
        plan_results::digest.eq(certified.digest.as_bytes().to_vec()),
        plan_results::content.eq(packed::pack(&bytes)?),
    );
    diesel::insert_into(plan_results::table).values(row).execute(tx.connection())?;
    let id = format!("{}/{}", plan.0, certified.number);
    tx.touch(ObjectKind::PlanResults, &id, None, Some(certified))
}

impl TryFrom<Row> for Certified {
    type Error = Error;

    fn try_from(row: Row) -> Result<Self, Error> {
        let (number, certified_at, at, plan_version, year, edition, inputs_digest, digest, content) = row;
        let unfit = |why: &dyn std::fmt::Display| Error::inconsistent("certified results", why);
        let digest_of = |bytes: &[u8]| Digest::stored(bytes).ok_or_else(|| unfit(&"no SHA-256"));
        let year = Year::parse(i32::from(year)).map_err(|error| unfit(&error.detail))?;
        Ok(Self {
            number,
            certified_at,
            at,
            plan_version,
            rulebook: EditionRef { year, edition },
            inputs_digest: digest_of(&inputs_digest)?,
            digest: digest_of(&digest)?,
            content: serde_json::from_slice(&packed::unpack(&content)?).map_err(|error| unfit(&error))?,
        })
    }
}

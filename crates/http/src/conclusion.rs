//! How a year is concluded: the results the evaluation body certifies, the report the Giunta adopts, and what is published for
//! comparison.

use chrono::NaiveDate;
use traguardo_domain::digest::Digest;
use traguardo_domain::fact::{self, Publication, draw, publishable};
use traguardo_domain::plan::Plan;
use traguardo_domain::plan::diff::diff;
use traguardo_domain::report::{Material, Report, Variation, report};
use traguardo_domain::review::{Context, review};
use traguardo_domain::score::Scorer;
use traguardo_domain::{Violation, Vocabulary as _};
use traguardo_persistence::publications::Published;
use traguardo_persistence::results::{Certified, CertifiedContent, Inputs};
use traguardo_persistence::versions::{Sealed, Which};
use traguardo_persistence::{Error, TenantTx, packed, publications, results, versions};

use crate::problem::{Kind, Problem};

/// Keeps the results as they are known on a day, with the digest of everything they were computed from.
///
/// # Errors
/// When the plan has no sealed version or no rulebook, which the transition does not allow.
pub(crate) fn certify(tx: &mut TenantTx<'_>, plan: &Plan, today: NaiveDate) -> Result<(), Problem> {
    let inputs = results::inputs(tx, plan, today)?;
    let last = results::certified(tx, plan.id)?.map_or(0, |last| last.number);
    let (Some(sealed), Some(rulebook)) = (&inputs.sealed, inputs.by.reference()) else {
        log::error!("a plan {} is certified without a version or a rulebook", plan.state.word());
        return Err(Problem::of(Kind::Internal));
    };
    let content = content(&inputs, today);
    let digest = Digest::of_object(&content).map_err(|error| unwritable(&error))?;
    let certified = Certified {
        number: last.saturating_add(1),
        certified_at: tx.occasion().at,
        at: today,
        plan_version: sealed.number,
        rulebook,
        inputs_digest: inputs.digest(today)?,
        digest,
        content,
    };
    Ok(results::certify(tx, plan.id, &certified)?)
}

/// The results of a plan as known on a day.
pub(crate) fn content(inputs: &Inputs, at: NaiveDate) -> CertifiedContent {
    let known = inputs.known(at);
    let scorer = Scorer::new(&inputs.document, inputs.by.rulebook(), &known, at);
    let units = inputs.document.units.iter().filter_map(|unit| scorer.unit(unit)).collect();
    CertifiedContent { comune: scorer.comune(), units }
}

/// The report of a plan: of what was certified, or of what is known on a day while nothing is.
///
/// # Errors
/// 404 for a plan that no version is sealed of.
pub(crate) fn draw_report(tx: &mut TenantTx<'_>, plan: &Plan, today: NaiveDate) -> Result<Report, Problem> {
    let certified = if plan.state.is_certified() { results::certified(tx, plan.id)? } else { None };
    let at = certified.as_ref().map_or(today, |certified| certified.at);
    let inputs = results::inputs(tx, plan, at)?;
    let sealed = inputs.sealed.as_ref().ok_or(Violation::NotFound)?;
    let mut variations = Vec::new();
    for version in versions::all(tx, plan.id)?.iter().rev().filter(|version| version.number > 1) {
        variations.push(variation(tx, plan, version)?);
    }
    Ok(report(&Material {
        document: &inputs.document,
        plan_version: sealed.number,
        plan_digest: sealed.digest,
        rulebook: inputs.by.rulebook(),
        edition: inputs.by.reference(),
        results: &inputs.known(at),
        at,
        certified: certified.is_some(),
        variations: &variations,
    }))
}

/// Publishes the results of a plan for comparison; what was published of it before stands no more.
///
/// # Errors
/// 409 before the year is followed.
pub(crate) fn publish(tx: &mut TenantTx<'_>, plan: &Plan, today: NaiveDate) -> Result<Published, Problem> {
    let published = draw_publication(tx, plan, today)?;
    publications::publish(tx, &published)?;
    Ok(published)
}

/// What there is to publish of a plan: as certified, or as known on a day while nothing is.
///
/// # Errors
/// 409 before the year is followed.
pub(crate) fn draw_publication(
    tx: &mut TenantTx<'_>,
    plan: &Plan,
    today: NaiveDate,
) -> Result<Published, Problem> {
    publishable(plan.state)?;
    let certified = if plan.state.is_certified() { results::certified(tx, plan.id)? } else { None };
    let at = certified.as_ref().map_or(today, |certified| certified.at);
    let inputs = results::inputs(tx, plan, at)?;
    let sealed = inputs.sealed.as_ref().ok_or(Violation::NotPublishable { state: plan.state })?;
    let known = inputs.known(at);
    let drawn = draw(&fact::Material {
        document: &inputs.document,
        measurements: &inputs.measurements,
        scorer: &Scorer::new(&inputs.document, inputs.by.rulebook(), &known, at),
        templates: &publications::followed(tx, &inputs.document)?,
        at,
        certified: certified.is_some(),
        findings: &review(&inputs.document, &Context::default()),
    });
    let publication = Publication {
        plan: plan.id,
        number: publications::next_number(tx, plan.id)?,
        year: plan.facts.year,
        published_at: tx.occasion().at,
        member: tx.member(),
        at,
        certified: certified.is_some(),
        drawn,
    };
    Ok(Published::new(publication, sealed.number)?)
}

fn variation(tx: &mut TenantTx<'_>, plan: &Plan, sealed: &Sealed) -> Result<Variation, Problem> {
    let mut document = |number| {
        let found = versions::document(tx, plan.id, Which::Number(number), Some(&[]))?;
        packed::open(&found.and_then(|(_, bytes)| bytes).unwrap_or_default())
    };
    let (before, after) = (document(sealed.number.saturating_sub(1))?, document(sealed.number)?);
    Ok(Variation {
        version: sealed.number,
        act: sealed.act.clone(),
        sealed_at: sealed.sealed_at,
        reason: sealed.reason.clone(),
        difference: diff(&before, &after).map_err(|error| unwritable(&error))?,
    })
}

fn unwritable(error: &dyn std::fmt::Display) -> Problem {
    Problem::from(Error::Inconsistent(format!("results cannot be written: {error}")))
}

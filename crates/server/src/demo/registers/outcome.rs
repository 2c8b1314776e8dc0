//! What the year of the shared objectives came to: certified, and published for comparison.

use chrono::NaiveDate;
use traguardo_domain::digest::Digest;
use traguardo_domain::fact::{Drawn, Material, Publication, draw};
use traguardo_domain::period::legal_day;
use traguardo_domain::plan::Plan;
use traguardo_domain::plan::cycle::Transition;
use traguardo_domain::review::{Context, review};
use traguardo_domain::role::Role;
use traguardo_domain::score::Scorer;
use traguardo_persistence::publications::{self, Published};
use traguardo_persistence::results::{self, Certified, CertifiedContent};
use traguardo_persistence::{Error as PersistenceError, TenantTx};

use super::plan;
use crate::demo::Source;
use crate::failure::Failure;

fn unwritable(what: &str) -> Failure {
    Failure::from(PersistenceError::Inconsistent(format!("{what} of a demo plan cannot be written")))
}

/// Certifies the results of a plan as they are known today, and publishes them; the plan as it is then.
pub(super) fn conclude(tx: &mut TenantTx<'_>, source: &Source<'_>, plan: &Plan) -> Result<(), Failure> {
    let at = legal_day(source.now);
    let inputs = results::inputs(tx, plan, at)?;
    let (Some(sealed), Some(rulebook)) = (&inputs.sealed, inputs.by.reference()) else {
        return Err(unwritable("the results"));
    };
    let known = inputs.known(at);
    let scorer = Scorer::new(&inputs.document, inputs.by.rulebook(), &known, at);
    let units = inputs.document.units.iter().filter_map(|unit| scorer.unit(unit)).collect();
    let content = CertifiedContent { comune: scorer.comune(), units };
    let certified = Certified {
        number: 1,
        certified_at: tx.occasion().at,
        at,
        plan_version: sealed.number,
        rulebook,
        inputs_digest: inputs.digest(at)?,
        digest: Digest::of_object(&content).map_err(|_| unwritable("the results"))?,
        content,
    };
    results::certify(tx, plan.id, &certified)?;
    plan::step(tx, source, plan, (Transition::Certify, Role::Nucleo))?;
    let drawn = draw(&Material {
        document: &inputs.document,
        measurements: &inputs.measurements,
        scorer: &scorer,
        templates: &publications::followed(tx, &inputs.document)?,
        at,
        certified: true,
        findings: &review(&inputs.document, &Context::default()),
    });
    publish(tx, plan, (at, sealed.number), drawn)
}

/// Publishes what was drawn of the results of a version.
fn publish(
    tx: &mut TenantTx<'_>,
    plan: &Plan,
    (at, version): (NaiveDate, i32),
    drawn: Drawn,
) -> Result<(), Failure> {
    let publication = Publication {
        plan: plan.id,
        number: publications::next_number(tx, plan.id)?,
        year: plan.facts.year,
        published_at: tx.occasion().at,
        member: None,
        at,
        certified: true,
        drawn,
    };
    Ok(publications::publish(tx, &Published::new(publication, version)?)?)
}

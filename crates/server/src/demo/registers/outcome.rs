//! What the year of the shared objectives came to: certified, and published for comparison.

use traguardo_domain::digest::Digest;
use traguardo_domain::fact::{Material, Publication, draw};
use traguardo_domain::period::legal_day;
use traguardo_domain::plan::Plan;
use traguardo_domain::review::{Context, review};
use traguardo_domain::score::Scorer;
use traguardo_persistence::publications::{self, Published};
use traguardo_persistence::results::{self, Certified, CertifiedContent};
use traguardo_persistence::{Error as PersistenceError, TenantTx};

use crate::demo::Source;
use crate::failure::Failure;

fn unwritable(what: &str) -> Failure {
    Failure::from(PersistenceError::Inconsistent(format!("{what} of a demo plan cannot be written")))
}

/// Keeps the results of a plan as they are known today.
pub(super) fn certify(tx: &mut TenantTx<'_>, source: &Source<'_>, plan: &Plan) -> Result<(), Failure> {
    let at = legal_day(source.now);
    let inputs = results::inputs(tx, plan, at)?;
    let (Some(sealed), Some(rulebook)) = (&inputs.sealed, inputs.by.reference()) else {
        return Err(unwritable("the results"));
    };
    let known = inputs.known(at);
    let scorer = Scorer::new(&inputs.document, inputs.by.rulebook(), &known, at);
    let units = inputs.document.units.iter().filter_map(|unit| scorer.unit(unit)).collect();
    let content = CertifiedContent { comune: scorer.comune(), units };
    let digest = Digest::of_object(&content).map_err(|_| unwritable("the results"))?;
    let certified = Certified {
        number: 1,
        certified_at: tx.occasion().at,
        at,
        plan_version: sealed.number,
        rulebook,
        inputs_digest: inputs.digest(at)?,
        digest,
        content,
    };
    Ok(results::certify(tx, plan.id, &certified)?)
}

/// Publishes the certified results.
pub(super) fn publish(tx: &mut TenantTx<'_>, source: &Source<'_>, plan: &Plan) -> Result<(), Failure> {
    let at = legal_day(source.now);
    let inputs = results::inputs(tx, plan, at)?;
    let sealed = inputs.sealed.as_ref().ok_or_else(|| unwritable("a publication"))?;
    let known = inputs.known(at);
    let drawn = draw(&Material {
        document: &inputs.document,
        measurements: &inputs.measurements,
        scorer: &Scorer::new(&inputs.document, inputs.by.rulebook(), &known, at),
        templates: &publications::followed(tx, &inputs.document)?,
        at,
        certified: true,
        findings: &review(&inputs.document, &Context::default()),
    });
    let publication = Publication {
        plan: plan.id,
        number: publications::next_number(tx, plan.id)?,
        year: plan.facts.year,
        published_at: source.now,
        member: None,
        at,
        certified: true,
        drawn,
    };
    Ok(publications::publish(tx, &Published::new(publication, sealed.number)?)?)
}

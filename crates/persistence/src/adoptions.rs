//! Which templates a plan follows, and what is kept of it for their authors when a version of the plan is sealed.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use diesel::prelude::*;
use traguardo_domain::objective::Objective;
use traguardo_domain::plan::Plan;
use traguardo_domain::plan::document::PlanDocument;
use traguardo_domain::template::Template;
use traguardo_domain::template::deviation::{Deviation, deviations};
use traguardo_domain::text::Code;

use crate::error::Error;
use crate::json::Json;
use crate::schema::adoptions;
use crate::templates;
use crate::tenant::TenantTx;

/// A version of a template: its code and its number.
pub type Named = (Code, i32);

/// The versions that are named, of those there are. No statement, when none is.
///
/// # Errors
/// When the database fails.
pub fn versions(tx: &mut TenantTx<'_>, named: &BTreeSet<Named>) -> Result<HashMap<Named, Template>, Error> {
    if named.is_empty() {
        return Ok(HashMap::new());
    }
    let found = templates::named(tx, named)?;
    Ok(found.into_iter().map(|template| ((template.code.clone(), template.number), template)).collect())
}

/// The version an objective is bound to.
#[must_use]
pub fn followed(objective: &Objective) -> Option<Named> {
    Some((objective.facts.template.clone()?, objective.facts.template_version?))
}

/// Keeps what authors may know of a plan that is sealed: which versions it follows, in how many objectives and structures, and
/// where they say something else. What was kept at an earlier seal is no more.
///
/// # Errors
/// When the database fails.
pub fn record(tx: &mut TenantTx<'_>, plan: &Plan, document: &PlanDocument) -> Result<(), Error> {
    let mut by_version: BTreeMap<Named, Vec<&Objective>> = BTreeMap::new();
    for objective in &document.objectives {
        if let Some(named) = followed(objective) {
            by_version.entry(named).or_default().push(objective);
        }
    }
    if plan.sealed.is_some_and(|number| number > 1) {
        let earlier = adoptions::table
            .filter(adoptions::comune.eq(tx.comune().to_owned()))
            .filter(adoptions::plan.eq(plan.id.0));
        diesel::delete(earlier).execute(tx.connection())?;
    }
    let templates = versions(tx, &by_version.keys().cloned().collect())?;
    let rows: Vec<_> = by_version
        .iter()
        .filter_map(|(named, objectives)| Some((templates.get(named)?, objectives)))
        .map(|(template, objectives)| {
            let units: BTreeSet<_> =
                objectives.iter().flat_map(|one| one.facts.units()).map(|unit| unit.0).collect();
            let mut told: Vec<Deviation> =
                objectives.iter().flat_map(|one| deviations(&one.facts, template, plan.facts.year)).collect();
            told.sort();
            (
                adoptions::comune.eq(tx.comune().to_owned()),
                adoptions::plan.eq(plan.id.0),
                adoptions::template.eq(template.code.as_str().to_owned()),
                adoptions::number.eq(template.number),
                adoptions::year.eq(plan.facts.year.number()),
                adoptions::objectives.eq(count(objectives.len())),
                adoptions::units.eq(count(units.len())),
                adoptions::deviations.eq(Json(told)),
                adoptions::sealed_at.eq(tx.occasion().at),
            )
        })
        .collect();
    if !rows.is_empty() {
        diesel::insert_into(adoptions::table).values(rows).execute(tx.connection())?;
    }
    Ok(())
}

fn count(many: usize) -> i32 {
    i32::try_from(many).unwrap_or(i32::MAX)
}

//! The versions of templates that what is written is bound to, and what they allow of it. Loaded once; nothing here reads.

use std::collections::{BTreeSet, HashMap};

use traguardo_domain::access::Reach;
use traguardo_domain::objective::{Objective, ObjectiveFacts};
use traguardo_domain::period::Year;
use traguardo_domain::plan::document::PlanDocument;
use traguardo_domain::template::Template;
use traguardo_domain::template::binding::{faults_of, rewritten};
use traguardo_domain::template::deviation::trespasses;
use traguardo_domain::{Fault, FaultKind};
use traguardo_persistence::TenantTx;
use traguardo_persistence::adoptions::{self, Named, followed};

use crate::problem::Problem;

/// Versions of templates, by code and number.
#[derive(Debug, Default)]
pub(crate) struct Followed(HashMap<Named, Template>);

impl Followed {
    /// The versions that are named, of those there are.
    ///
    /// # Errors
    /// When the database fails.
    pub(crate) fn load(
        tx: &mut TenantTx<'_>,
        named: impl IntoIterator<Item = Named>,
    ) -> Result<Self, Problem> {
        let named: BTreeSet<Named> = named.into_iter().collect();
        Ok(Self(adoptions::versions(tx, &named)?))
    }

    /// The version an objective is bound to.
    pub(crate) fn of(&self, facts: &ObjectiveFacts) -> Option<&Template> {
        self.0.get(&(facts.template.clone()?, facts.template_version?))
    }

    /// What is wrong with writing `after` in the place of `before`: what it is bound to, and what that locks.
    pub(crate) fn faults(
        &self,
        before: Option<&ObjectiveFacts>,
        after: &ObjectiveFacts,
        year: Year,
        may_bind: bool,
    ) -> Vec<Fault> {
        let mut faults = rewritten(before, after, may_bind);
        if after.template_version.is_none() {
            return faults;
        }
        let Some(template) = self.of(after) else {
            let detail = "L'obiettivo condiviso non ha una versione con questo numero.".to_owned();
            faults.push(Fault {
                pointer: "/template_version".to_owned(),
                kind: FaultKind::UnknownReference,
                detail,
            });
            return faults;
        };
        faults.extend(faults_of(after, template));
        if let Some(before) = before.filter(|before| before.template_version.is_some()) {
            faults.extend(trespasses(before, after, template, year));
        }
        faults
    }
}

/// Who may write everywhere may bind; a head of structure may not.
pub(crate) const fn may_bind(reach: Reach) -> bool {
    match reach {
        Reach::Everywhere => true,
        Reach::Within(_) => false,
    }
}

/// Refuses a document that writes what the templates its objectives follow do not allow.
///
/// # Errors
/// 422 with every fault.
pub(crate) fn hold(
    tx: &mut TenantTx<'_>,
    before: Option<&PlanDocument>,
    after: &PlanDocument,
) -> Result<(), Problem> {
    let had: HashMap<_, &Objective> =
        before.iter().flat_map(|before| &before.objectives).map(|one| (one.id, one)).collect();
    let bound = had.values().copied().chain(&after.objectives).filter_map(followed);
    let known = Followed::load(tx, bound)?;
    let year = after.plan.facts.year;
    let mut faults = Vec::new();
    for (at, objective) in after.objectives.iter().enumerate() {
        let had = had.get(&objective.id).map(|had| &had.facts);
        for mut fault in known.faults(had, &objective.facts, year, true) {
            fault.pointer.insert_str(0, &format!("/objectives/{at}"));
            faults.push(fault);
        }
    }
    if faults.is_empty() { Ok(()) } else { Err(Problem::invalid(faults)) }
}

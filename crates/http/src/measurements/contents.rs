//! What a plan has that can be measured: as its sealed version says, and, while it is being varied, as its draft does.

use std::collections::HashMap;

use traguardo_documents::Address;
use traguardo_documents::measurement::SubjectPath;
use traguardo_domain::measurement::{Measured, Subject};
use traguardo_domain::objective::{Objective, ObjectiveId};
use traguardo_domain::plan::{Plan, PlanState};
use traguardo_persistence::objectives::Name;
use traguardo_persistence::versions::{self, Which};
use traguardo_persistence::{TenantTx, objectives, packed};
use uuid::Uuid;

use crate::problem::Problem;

/// The objectives of a plan, in the order a name is looked for: as they are official, as they are being varied.
pub(super) struct Contents(Vec<Directory>);

impl Contents {
    /// The objectives these subjects are of. Outside a variation the rows are what was sealed last, because nobody may edit
    /// them: one of them is read when one subject is asked for, else all; inside one, the sealed version as well.
    pub(super) fn load(
        tx: &mut TenantTx<'_>,
        plan: &Plan,
        subjects: &[SubjectPath],
    ) -> Result<Self, Problem> {
        let mut directories = Vec::new();
        if plan.state == PlanState::InVariation
            && let Some((_, Some(document))) = versions::document(tx, plan.id, Which::Current, Some(&[]))?
        {
            directories.push(Directory::of(packed::open(&document)?.objectives));
        }
        let rows = match subjects {
            [] => Vec::new(),
            [one] => objectives::look_up(tx, plan.id, named(one.objective()))?.into_iter().collect(),
            [_, _, ..] => objectives::all(tx, plan.id)?,
        };
        directories.push(Directory::of(rows.into_iter().map(|placed| placed.objective).collect()));
        Ok(Self(directories))
    }

    /// The objectives with this name.
    pub(super) fn find(&self, address: &Address) -> Vec<&Objective> {
        self.0.iter().filter_map(|directory| directory.find(address)).collect()
    }

    /// What a path names, as it is official and as it is being varied.
    pub(super) fn subjects(&self, path: &SubjectPath) -> Vec<Subject> {
        let found = self.find(path.objective()).into_iter().filter_map(|objective| path.find(objective));
        found.map(Measured::subject).collect()
    }
}

const fn named(address: &Address) -> Name<'_> {
    match address {
        Address::Id(id) => Name::Id(ObjectiveId(*id)),
        Address::Key(key) => Name::Key(key),
    }
}

/// Objectives by their names.
struct Directory {
    objectives: Vec<Objective>,
    ids: HashMap<Uuid, usize>,
    keys: HashMap<String, usize>,
}

impl Directory {
    fn of(objectives: Vec<Objective>) -> Self {
        let (mut ids, mut keys) = (HashMap::new(), HashMap::new());
        for (place, objective) in objectives.iter().enumerate() {
            ids.insert(objective.id.0, place);
            if let Some(key) = &objective.facts.external_id {
                keys.insert(key.as_str().to_owned(), place);
            }
        }
        Self { objectives, ids, keys }
    }

    fn find(&self, address: &Address) -> Option<&Objective> {
        let place = match address {
            Address::Id(id) => self.ids.get(id),
            Address::Key(key) => self.keys.get(key.as_str()),
        };
        self.objectives.get(*place?)
    }
}

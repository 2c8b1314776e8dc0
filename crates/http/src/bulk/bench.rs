//! The bench many items are carried out on: the objectives of a plan as they become, before anything is stored.

use std::collections::{HashMap, HashSet};

use traguardo_documents::Part;
use traguardo_documents::objective::ObjectiveBody;
use traguardo_domain::Violation;
use traguardo_domain::assignment::Assignment;
use traguardo_domain::indicator::Indicator;
use traguardo_domain::objective::{Objective, ObjectiveId};
use traguardo_domain::phase::Phase;
use traguardo_domain::version::Condition;
use traguardo_persistence::adoptions::{Named, followed};
use traguardo_persistence::objectives::Placed;
use traguardo_persistence::{TenantTx, objectives, plans as stored_plans};

use super::outcomes::Written;
use super::{BulkItem, BulkOperation};
use crate::call::Key;
use crate::problem::Problem;
use crate::workspace::{Done, Place, Workspace, address};

/// The objectives of a plan while items change them.
pub(super) struct Bench {
    workspace: Workspace,
    stored: HashMap<ObjectiveId, Placed>,
    now: HashMap<ObjectiveId, Placed>,
    keys: HashMap<String, ObjectiveId>,
    touched: Vec<ObjectiveId>,
    next: i32,
}

/// Where a part is that an item names.
struct Spot {
    objective: Key,
    phase: Option<Key>,
    part: Key,
}

impl Bench {
    pub(super) fn set(
        tx: &mut TenantTx<'_>,
        mut workspace: Workspace,
        named: impl Iterator<Item = Named>,
    ) -> Result<Self, Problem> {
        let all = objectives::all(tx, workspace.plan.id)?;
        workspace.follow(tx, named.chain(all.iter().filter_map(|placed| followed(&placed.objective))))?;
        let next = all.last().map_or(0, |placed| placed.position).saturating_add(1);
        let keys = all.iter().filter_map(|placed| {
            let key = placed.objective.facts.external_id.as_ref()?;
            Some((key.as_str().to_owned(), placed.objective.id))
        });
        let keys = keys.collect();
        let now: HashMap<_, _> = all.into_iter().map(|placed| (placed.objective.id, placed)).collect();
        Ok(Self { workspace, stored: now.clone(), now, keys, touched: Vec::new(), next })
    }

    fn find(&self, key: &Key) -> Option<&Placed> {
        match key {
            Key::Ours(id) => self.now.get(&ObjectiveId(*id)),
            Key::Theirs(key) => self.now.get(self.keys.get(key.as_str())?),
        }
    }

    /// Carries one item out on what is here.
    pub(super) fn carry_out(&mut self, item: &BulkItem) -> Result<Written, Problem> {
        let segments: Vec<&str> = item.path.split('/').collect();
        let condition = Condition { expected: item.expected()?, only_if_absent: false };
        let key = |text: &str| Key::parse(text).ok_or(Problem::from(Violation::NotFound));
        let (objective, rest) = segments.split_first().ok_or(Violation::NotFound)?;
        let objective = key(objective)?;
        let spot = |phase, part: &str| {
            Ok::<_, Problem>(Spot { objective: objective.clone(), phase, part: key(part)? })
        };
        match rest {
            [] => self.objective(item, &objective, &condition),
            ["assignments", part] => self.part::<Assignment>(item, &spot(None, part)?, &condition),
            ["phases", part] => self.part::<Phase>(item, &spot(None, part)?, &condition),
            ["indicators", part] => self.part::<Indicator>(item, &spot(None, part)?, &condition),
            ["phases", phase, "indicators", part] => {
                self.part::<Indicator>(item, &spot(Some(key(phase)?), part)?, &condition)
            }
            _ => Err(Violation::NotFound.into()),
        }
    }

    fn objective(&mut self, item: &BulkItem, key: &Key, condition: &Condition) -> Result<Written, Problem> {
        let before = self.find(key).cloned();
        if item.operation == BulkOperation::Delete {
            let placed = before.ok_or(Violation::NotFound)?;
            self.workspace.remove_objective(condition, &placed.objective)?;
            self.remove(&placed.objective);
            return Ok(Written { status: 204, id: Some(placed.objective.id.0), version: None });
        }
        let had = before.as_ref().map(|placed| &placed.objective);
        let (done, objective) =
            self.workspace.put_objective(item.value::<ObjectiveBody>()?, key, condition, had)?;
        let taken = objective.facts.external_id.as_ref().and_then(|key| self.keys.get(key.as_str()));
        if taken.is_some_and(|other| *other != objective.id) {
            return Err(Violation::ExternalIdTaken.into());
        }
        let written =
            Written { status: status_of(done), id: Some(objective.id.0), version: Some(objective.version) };
        if done != Done::Left {
            self.keep(objective);
        }
        Ok(written)
    }

    fn part<P: Part>(
        &mut self,
        item: &BulkItem,
        spot: &Spot,
        condition: &Condition,
    ) -> Result<Written, Problem> {
        let before = self.find(&spot.objective).ok_or(Violation::NotFound)?.objective.clone();
        let place = Place { phase: spot.phase.as_ref().map(address), part: Some(address(&spot.part)) };
        if item.operation == BulkOperation::Delete {
            let after = self.workspace.remove_part::<P>(&place, condition, &before)?;
            let written = Written { status: 204, id: None, version: Some(after.version) };
            self.keep(after);
            return Ok(written);
        }
        let body = item.value::<P::Body>()?;
        let (done, part, after) =
            self.workspace.put_part::<P>(body, &place, Some((&spot.part, condition)), &before)?;
        let written = Written { status: status_of(done), id: Some(part.id()), version: Some(after.version) };
        if done != Done::Left {
            self.keep(after);
        }
        Ok(written)
    }

    fn keep(&mut self, objective: Objective) {
        let id = objective.id;
        let had = self.now.get(&id);
        let position = had.map_or(self.next, |placed| placed.position);
        if let Some(key) = had.and_then(|placed| placed.objective.facts.external_id.clone()) {
            self.keys.remove(key.as_str());
        } else if had.is_none() {
            self.next = self.next.saturating_add(1);
        }
        if let Some(key) = &objective.facts.external_id {
            self.keys.insert(key.as_str().to_owned(), id);
        }
        self.now.insert(id, Placed { position, objective });
        self.touched.push(id);
    }

    fn remove(&mut self, objective: &Objective) {
        if let Some(key) = &objective.facts.external_id {
            self.keys.remove(key.as_str());
        }
        self.now.remove(&objective.id);
        self.touched.push(objective.id);
    }

    /// Stores what the items came to.
    pub(super) fn store(self, tx: &mut TenantTx<'_>) -> Result<(), Problem> {
        let plan = &self.workspace.plan;
        let mut seen = HashSet::new();
        let touched: Vec<ObjectiveId> = self.touched.iter().copied().filter(|id| seen.insert(*id)).collect();
        if touched.is_empty() {
            tx.leave_unchanged();
            return Ok(());
        }
        let before: Vec<&Objective> =
            touched.iter().filter_map(|id| self.stored.get(id)).map(|placed| &placed.objective).collect();
        let gone: Vec<&Objective> =
            before.iter().copied().filter(|objective| !self.now.contains_key(&objective.id)).collect();
        let placed: Vec<Placed> = touched.iter().filter_map(|id| self.now.get(id)).cloned().collect();
        if !gone.is_empty() {
            objectives::delete(tx, plan, &gone)?;
        }
        if !placed.is_empty() {
            objectives::store(tx, plan, &placed, &before)?;
        }
        if gone.is_empty() && placed.is_empty() {
            // What was created here was taken away again.
            tx.leave_unchanged();
            return Ok(());
        }
        stored_plans::turn_page(tx, plan)?;
        Ok(())
    }
}

const fn status_of(done: Done) -> i32 {
    match done {
        Done::Left | Done::Changed => 200,
        Done::Created => 201,
    }
}

//! The workspace: a plan open for editing, and what must be known to read what is written into it. Decisions are taken here,
//! on what was loaded; nothing here reads or stores, so that one write and a bulk of a thousand are decided alike.

use std::collections::HashSet;

use traguardo_documents::context::UnitNames;
use traguardo_documents::objective::ObjectiveBody;
use traguardo_documents::{Address, Context, Part, Reader};
use traguardo_domain::access::Reach;
use traguardo_domain::objective::{Objective, ObjectiveFacts, ObjectiveId};
use traguardo_domain::plan::Plan;
use traguardo_domain::unit::UnitId;
use traguardo_domain::version::{Condition, Course, Versioned};
use traguardo_domain::{Fault, FaultKind, Faults, Version, Violation};
use traguardo_persistence::adoptions::Named;
use traguardo_persistence::{TenantTx, plan_documents, units};
use uuid::Uuid;

use crate::adoptions::followed::{Followed, may_bind};
use crate::app::App;
use crate::call::Key;
use crate::plans;
use crate::problem::Problem;

/// A plan and what its parts are read against.
pub(crate) struct Workspace {
    pub(crate) plan: Plan,
    names: UnitNames,
    reach: Reach,
    below: HashSet<UnitId>,
    app: App,
    followed: Followed,
}

/// What writing came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Done {
    /// It was as asked already.
    Left,
    /// It was changed.
    Changed,
    /// It was created.
    Created,
}

/// Where a part of an objective stands: in the objective, or in one of its phases.
#[derive(Debug, Clone, Default)]
pub(crate) struct Place {
    /// The phase, when it is in one.
    pub(crate) phase: Option<Address>,
    /// The part itself, when it has a name already.
    pub(crate) part: Option<Address>,
}

/// A part of an objective as it stands among versions: at that of its objective.
struct Standing<P> {
    part: P,
    version: Version,
}

impl<P: PartialEq> Versioned for Standing<P> {
    type Facts = P;

    fn facts(&self) -> &P {
        &self.part
    }

    fn version(&self) -> Version {
        self.version
    }
}

impl Workspace {
    /// The plan a key names, open for editing.
    ///
    /// # Errors
    /// 404; 409 when what it contains is not to be changed now.
    pub(crate) fn open(tx: &mut TenantTx<'_>, app: &App, key: &Key) -> Result<Self, Problem> {
        let plan = plans::look_up(tx, key)?.ok_or(Violation::NotFound)?;
        plan.open()?;
        let units = plan_documents::units_of(tx, &plan.facts)?;
        let names = UnitNames::new(&units);
        let reach = tx.grant().reach();
        let below = match reach {
            Reach::Within(Some(unit)) => units::tree(tx)?.at_or_below(unit),
            Reach::Within(None) | Reach::Everywhere => HashSet::new(),
        };
        Ok(Self { plan, names, reach, below, app: app.clone(), followed: Followed::default() })
    }

    /// Knows the templates that what is there, or will be written, is bound to.
    ///
    /// # Errors
    /// When the database fails.
    pub(crate) fn follow(
        &mut self,
        tx: &mut TenantTx<'_>,
        named: impl IntoIterator<Item = Named>,
    ) -> Result<(), Problem> {
        self.followed = Followed::load(tx, named)?;
        Ok(())
    }

    /// Reads something written, in the plan's context.
    ///
    /// # Errors
    /// 422 with every fault.
    pub(crate) fn read<T>(
        &self,
        read: impl FnOnce(&mut Reader<'_>, &mut Context<'_>) -> Option<T>,
    ) -> Result<T, Problem> {
        let mut faults = Faults::new();
        let mut fresh = || self.app.new_id();
        let mut context = Context {
            year: i32::from(self.plan.facts.year.number()),
            scale: &self.plan.facts.scale,
            units: &self.names,
            takes_new_ids: false,
            fresh: &mut fresh,
        };
        let value = read(&mut Reader::new(&mut faults), &mut context);
        faults.finish(value).map_err(Problem::invalid)
    }

    /// A new objective.
    ///
    /// # Errors
    /// What is written of it refuses; 403 when it is of another unit than the caller's.
    pub(crate) fn add_objective(&self, body: ObjectiveBody) -> Result<Objective, Problem> {
        let facts = self.read(|at, context| {
            expect_id(at, body.id(), None);
            body.read(at, None, context)
        })?;
        self.admit(&facts)?;
        self.hold(None, &facts).map_err(Problem::invalid)?;
        Ok(Objective::set(ObjectiveId(self.app.new_id()), facts)?)
    }

    /// An objective put under a key.
    ///
    /// # Errors
    /// As for a new one, and what the condition refuses.
    pub(crate) fn put_objective(
        &self,
        mut body: ObjectiveBody,
        key: &Key,
        condition: &Condition,
        before: Option<&Objective>,
    ) -> Result<(Done, Objective), Problem> {
        let had = before.map(|objective| &objective.facts);
        let facts = self.read(|at, context| {
            body.addressed(at, &address(key));
            if key.theirs().is_some() {
                expect_id(at, body.id(), before.map(|objective| objective.id.0));
            }
            body.read(at, had, context)
        })?;
        match (condition.course(key.named_by(), before, &facts)?, before) {
            (Course::Leave, Some(before)) => Ok((Done::Left, before.clone())),
            (Course::Change, Some(before)) => {
                self.admit(&before.facts)?;
                self.admit(&facts)?;
                self.hold(Some(&before.facts), &facts).map_err(Problem::invalid)?;
                Ok((Done::Changed, before.change(facts)?))
            }
            (Course::Create | Course::Leave | Course::Change, _) => {
                self.admit(&facts)?;
                self.hold(None, &facts).map_err(Problem::invalid)?;
                Ok((Done::Created, Objective::set(ObjectiveId(self.app.new_id()), facts)?))
            }
        }
    }

    /// Whether the caller may delete an objective it knows.
    ///
    /// # Errors
    /// What the condition refuses; 403 when it is of another unit than the caller's.
    pub(crate) fn remove_objective(
        &self,
        condition: &Condition,
        objective: &Objective,
    ) -> Result<(), Problem> {
        condition.expected.check(objective.version)?;
        self.admit(&objective.facts)
    }

    /// A part put into an objective: under its name when it has one, else as a new one.
    ///
    /// # Errors
    /// As for an objective.
    pub(crate) fn put_part<P: Part>(
        &self,
        body: P::Body,
        place: &Place,
        named: Option<(&Key, &Condition)>,
        objective: &Objective,
    ) -> Result<(Done, P, Objective), Problem> {
        let mut facts = objective.facts.clone();
        let there = P::list(&mut facts, place.phase.as_ref()).ok_or(Violation::NotFound)?;
        // Only what the caller names by a key of its own comes to be by being written.
        if let Some(address @ Address::Id(_)) = &place.part
            && address.place(there).is_none()
        {
            return Err(Violation::NotFound.into());
        }
        let part = self.read(|at, context| P::read(body, place.part.as_ref(), there, at, context))?;
        let index = Address::Id(part.id()).place(there);
        let standing = index.and_then(|index| there.get(index)).cloned();
        let standing = standing.map(|part| Standing { part, version: objective.version });
        let of_key = |known: &P| known.external_id().is_some() && known.external_id() == part.external_id();
        let course = match named {
            None if there.iter().any(of_key) => return Err(Violation::ExternalIdTaken.into()),
            None => Course::Create,
            Some((key, condition)) => condition.course(key.named_by(), standing.as_ref(), &part)?,
        };
        let done = match (course, index.and_then(|index| there.get_mut(index))) {
            (Course::Leave, Some(_)) => return Ok((Done::Left, part, objective.clone())),
            (Course::Change, Some(known)) => {
                *known = part.clone();
                Done::Changed
            }
            (Course::Create | Course::Change | Course::Leave, _) => {
                there.push(part.clone());
                Done::Created
            }
        };
        self.hold(Some(&objective.facts), &facts).map_err(of_part)?;
        Ok((done, part, self.rewrite(objective, facts)?))
    }

    /// An objective without one of its parts.
    ///
    /// # Errors
    /// 404, what the condition refuses, 403 when the objective is of another unit than the caller's.
    pub(crate) fn remove_part<P: Part>(
        &self,
        place: &Place,
        condition: &Condition,
        objective: &Objective,
    ) -> Result<Objective, Problem> {
        let mut facts = objective.facts.clone();
        let there = P::list(&mut facts, place.phase.as_ref()).ok_or(Violation::NotFound)?;
        let index = place.part.as_ref().and_then(|part| part.place(there)).ok_or(Violation::NotFound)?;
        condition.expected.check(objective.version)?;
        there.remove(index);
        self.hold(Some(&objective.facts), &facts).map_err(of_part)?;
        self.rewrite(objective, facts)
    }

    /// The same objective with other facts, when the caller may write both.
    ///
    /// # Errors
    /// 403 when it is of another unit than the caller's, and what the rules of objectives refuse.
    pub(crate) fn rewrite(&self, before: &Objective, facts: ObjectiveFacts) -> Result<Objective, Problem> {
        self.admit(&before.facts)?;
        self.admit(&facts)?;
        Ok(before.change(facts)?)
    }

    /// What the templates it is bound to allow.
    fn hold(&self, before: Option<&ObjectiveFacts>, after: &ObjectiveFacts) -> Result<(), Vec<Fault>> {
        let (year, may_bind) = (self.plan.facts.year, may_bind(self.reach));
        let faults = self.followed.faults(before, after, year, may_bind);
        if faults.is_empty() { Ok(()) } else { Err(faults) }
    }

    fn admit(&self, facts: &ObjectiveFacts) -> Result<(), Problem> {
        Ok(facts.within(self.reach, &self.below)?)
    }
}

/// A refusal of an objective, told of the part of it that was written.
fn of_part(mut faults: Vec<Fault>) -> Problem {
    for fault in &mut faults {
        let segments: Vec<&str> = fault.pointer.split('/').skip(1).collect();
        fault.pointer = match segments.as_slice() {
            ["indicators" | "phases", _, member] | ["phases", _, "indicators", _, member] => {
                format!("/{member}")
            }
            _ => String::new(),
        };
    }
    Problem::invalid(faults)
}

/// Notes a fault when what is written says an id that is not the one of what is there.
pub(crate) fn expect_id(at: &mut Reader<'_>, written: Option<Uuid>, there: Option<Uuid>) {
    if written.is_some() && written != there {
        let detail = "Non è l'identificativo di ciò che si scrive; per crearlo lasciarlo via.";
        at.fault("id", FaultKind::UnknownReference, detail);
    }
}

/// A key of a path, as the written form knows names.
pub(crate) fn address(key: &Key) -> Address {
    match key {
        Key::Ours(id) => Address::Id(*id),
        Key::Theirs(key) => Address::Key(key.clone()),
    }
}

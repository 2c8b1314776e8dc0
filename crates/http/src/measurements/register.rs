//! The register values are entered into: what was loaded of a plan to decide on them, one or a thousand alike, before anything
//! is stored.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, NaiveDate, Utc};
use traguardo_documents::measurement::{MeasuredPlan, MeasurementBody};
use traguardo_documents::{Address, Reader};
use traguardo_domain::access::{Actor, Reach};
use traguardo_domain::digest::Digest;
use traguardo_domain::measurement::{EvidenceFileId, Ground, Measurement, MeasurementId, Origin, Subject};
use traguardo_domain::plan::Plan;
use traguardo_domain::round::Round;
use traguardo_domain::unit::UnitId;
use traguardo_domain::{Fault, FaultKind, Faults, Violation};
use traguardo_persistence::{TenantTx, evidence_files, measurements, rounds, units};
use uuid::Uuid;

use super::contents::Contents;
use crate::app::App;
use crate::call::Key;
use crate::plans;
use crate::problem::Problem;

/// A plan whose values are collected, and what decides on them.
pub(super) struct Register {
    pub(super) plan: Plan,
    contents: Contents,
    rounds: Vec<Round>,
    reach: Reach,
    below: HashSet<UnitId>,
    files: HashMap<EvidenceFileId, Digest>,
    origin: Origin,
    member: Uuid,
    today: NaiveDate,
    now: DateTime<Utc>,
    entries: Entries,
    app: App,
}

/// The measurements that are there, as far as new ones touch them, and those entered.
#[derive(Default)]
struct Entries {
    all: HashMap<MeasurementId, Measurement>,
    keys: HashMap<String, MeasurementId>,
    superseded: HashSet<MeasurementId>,
    new: Vec<MeasurementId>,
}

/// What entering a value came to.
pub(super) enum Entered {
    /// It is new.
    Added(Measurement),
    /// It was there already, as it was sent.
    Known(Measurement),
}

/// Who records.
pub(super) struct Recorder<'r> {
    pub(super) app: &'r App,
    pub(super) actor: &'r Actor,
}

impl Register {
    /// The register of the plan a key names, with what must be known to enter these: a constant number of statements.
    ///
    /// # Errors
    /// 404; 409 when nothing is collected of the plan now.
    pub(super) fn open(
        tx: &mut TenantTx<'_>,
        recorder: &Recorder<'_>,
        key: &Key,
        bodies: &[&MeasurementBody],
    ) -> Result<Self, Problem> {
        let plan = plans::look_up(tx, key)?.ok_or(Violation::NotFound)?;
        plan.collecting()?;
        let subjects: Vec<_> = bodies.iter().filter_map(|body| body.subject()).collect();
        let contents = Contents::load(tx, &plan, &subjects)?;
        let reach = tx.grant().reach();
        let below = match reach {
            Reach::Within(Some(unit)) => units::tree(tx)?.at_or_below(unit),
            Reach::Within(None) | Reach::Everywhere => HashSet::new(),
        };
        let files = evidence_files::digests(tx, plan.id, bodies.iter().flat_map(|body| body.files()))?;
        let entries = Entries::load(tx, &plan, &contents, bodies)?;
        Ok(Self {
            rounds: rounds::all(tx, plan.id)?,
            plan,
            contents,
            reach,
            below,
            files,
            origin: Origin::of_a(&recorder.actor.roles),
            member: recorder.actor.member,
            today: recorder.app.today(),
            now: tx.occasion().at,
            entries,
            app: recorder.app.clone(),
        })
    }

    /// Enters a value.
    ///
    /// # Errors
    /// 422 with every fault; 403 when it is of another structure than the caller's; 409 when its key is another value's, its
    /// window is not open, or what it corrects was corrected already.
    pub(super) fn enter(&mut self, body: MeasurementBody) -> Result<Entered, Problem> {
        let find = |address: &Address| self.contents.find(address);
        let of =
            MeasuredPlan { plan: &self.plan, objectives: &find, files: &self.files, origin: self.origin };
        let mut faults = Faults::new();
        let read = body.read(&mut Reader::new(&mut faults), &of);
        let read = faults.finish(read).map_err(Problem::invalid)?;
        let ground =
            Ground { rounds: &self.rounds, today: self.today, reach: self.reach, below: &self.below };
        ground.reaches(read.objective, read.assignment)?;
        let before = match &read.supersedes {
            None => None,
            Some(name) => Some(self.entries.named(name).ok_or_else(unknown)?),
        };
        let mut facts = read.facts;
        facts.supersedes = before.map(|before| before.id);
        if let Some(known) = facts.external_id.as_ref().and_then(|key| self.entries.of_key(key.as_str())) {
            let same = known.facts == facts;
            return if same {
                Ok(Entered::Known(known.clone()))
            } else {
                Err(Violation::ExternalIdTaken.into())
            };
        }
        ground.admits(&facts, before)?;
        if before.is_some_and(|before| self.entries.superseded.contains(&before.id)) {
            return Err(Violation::SupersededAlready.into());
        }
        let id = MeasurementId(self.app.new_id());
        let measurement = Measurement { id, facts, recorded_at: self.now, recorded_by: self.member };
        self.entries.keep(measurement.clone());
        self.entries.new.push(id);
        Ok(Entered::Added(measurement))
    }

    /// Stores what was entered: one statement.
    pub(super) fn store(&self, tx: &mut TenantTx<'_>) -> Result<(), Problem> {
        let new: Vec<Measurement> =
            self.entries.new.iter().filter_map(|id| self.entries.all.get(id)).cloned().collect();
        if new.is_empty() {
            tx.leave_unchanged();
            return Ok(());
        }
        Ok(measurements::add(tx, self.plan.id, &new)?)
    }
}

impl Entries {
    /// What has the keys of these, and everything of the things these correct a value of.
    fn load(
        tx: &mut TenantTx<'_>,
        plan: &Plan,
        contents: &Contents,
        bodies: &[&MeasurementBody],
    ) -> Result<Self, Problem> {
        let mut entries = Self::default();
        let keys: Vec<String> =
            bodies.iter().filter_map(|body| body.external_id()).map(String::from).collect();
        if !keys.is_empty() {
            measurements::with_keys(tx, plan.id, &keys)?.into_iter().for_each(|one| entries.keep(one));
        }
        let corrected = bodies.iter().filter(|body| body.corrects()).filter_map(|body| body.subject());
        let corrected: Vec<Subject> = corrected.flat_map(|subject| contents.subjects(&subject)).collect();
        if !corrected.is_empty() {
            measurements::about(tx, plan.id, corrected)?.into_iter().for_each(|one| entries.keep(one));
        }
        Ok(entries)
    }

    fn keep(&mut self, measurement: Measurement) {
        if let Some(key) = &measurement.facts.external_id {
            self.keys.insert(key.as_str().to_owned(), measurement.id);
        }
        self.superseded.extend(measurement.facts.supersedes);
        self.all.insert(measurement.id, measurement);
    }

    fn of_key(&self, key: &str) -> Option<&Measurement> {
        self.all.get(self.keys.get(key)?)
    }

    fn named(&self, name: &Address) -> Option<&Measurement> {
        match name {
            Address::Id(id) => self.all.get(&MeasurementId(*id)),
            Address::Key(key) => self.of_key(key.as_str()),
        }
    }
}

fn unknown() -> Problem {
    let detail = "Di questo soggetto il piano non ha la misurazione che si nomina.";
    let fault = Fault {
        pointer: "/supersedes".to_owned(),
        kind: FaultKind::UnknownReference,
        detail: detail.to_owned(),
    };
    Problem::invalid(vec![fault])
}

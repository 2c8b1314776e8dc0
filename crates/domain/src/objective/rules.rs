//! What holds of every objective, however it is written.

use std::collections::HashSet;

use super::{Objective, ObjectiveFacts, ObjectiveId};
use crate::access::Reach;
use crate::fault::{FaultKind, Refused};
use crate::plan::document::told_apart;
use crate::unit::UnitId;
use crate::version::Version;
use crate::violation::Violation;
use crate::{Fault, Faults};

impl Objective {
    /// A new objective.
    ///
    /// # Errors
    /// When two of its parts cannot be told apart, or it is assigned to a unit twice.
    pub fn set(id: ObjectiveId, facts: ObjectiveFacts) -> Result<Self, Violation> {
        facts.check()?;
        Ok(Self { id, facts, version: Version::FIRST })
    }

    /// The same objective, written anew.
    ///
    /// # Errors
    /// As for a new one.
    pub fn change(&self, facts: ObjectiveFacts) -> Result<Self, Violation> {
        facts.check()?;
        Ok(Self { id: self.id, facts, version: self.version.next() })
    }
}

impl ObjectiveFacts {
    /// The units it is assigned to.
    pub fn units(&self) -> impl Iterator<Item = UnitId> + '_ {
        self.assignments.iter().map(|assignment| assignment.facts.unit)
    }

    /// Whether somebody whose reach is this may write it: a head of structure writes objectives assigned to that
    /// structure and those below it, and to no other.
    ///
    /// # Errors
    /// [`Violation::OutsideYourUnit`].
    pub fn within(&self, reach: Reach, below: &HashSet<UnitId>) -> Result<(), Violation> {
        match reach {
            Reach::Everywhere => Ok(()),
            Reach::Within(None) => Err(Violation::OutsideYourUnit),
            Reach::Within(Some(_)) => {
                let inside = !self.assignments.is_empty() && self.units().all(|unit| below.contains(&unit));
                if inside { Ok(()) } else { Err(Violation::OutsideYourUnit) }
            }
        }
    }

    /// Its parts can be told apart, and it is in no unit twice.
    fn check(&self) -> Result<(), Violation> {
        let mut faults = Faults::new();
        let assignments = self.assignments.iter().map(|one| (one.id.0, one.facts.external_id.as_ref()));
        told_apart(&mut faults, "/assignments", assignments);
        let phases = self.phases.iter().map(|one| (one.id.0, one.facts.external_id.as_ref()));
        told_apart(&mut faults, "/phases", phases);
        let of_phases = self.phases.iter().flat_map(|phase| phase.facts.indicators.iter());
        let indicators = self.indicators.iter().chain(of_phases);
        told_apart(
            &mut faults,
            "/indicators",
            indicators.map(|one| (one.id.0, one.facts.external_id.as_ref())),
        );
        let mut units = HashSet::new();
        for (index, unit) in self.units().enumerate() {
            if !units.insert(unit) {
                faults.push(repeated(
                    &format!("/assignments/{index}/unit"),
                    "È assegnato due volte alla stessa struttura.",
                ));
            }
        }
        faults.finish(Some(())).map_err(Violation::Invalid)
    }
}

fn repeated(pointer: &str, detail: &str) -> Fault {
    Refused::new(FaultKind::Inconsistent, detail).at(pointer)
}

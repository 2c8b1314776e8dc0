//! Identities: every object of a plan has an id no other of its kind has.

use std::collections::HashSet;

use uuid::Uuid;

use crate::plan::document::PlanDocument;
use crate::unit::Unit;

/// How often another id is asked for before the last one is taken as it is: only a source of ids that repeats itself for ever
/// gets there.
const MOST_TRIES: usize = 10_000;

/// The kinds of objects whose ids must differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Noun {
    Unit,
    Section,
    Objective,
    Assignment,
    Phase,
    Indicator,
}

/// The ids that are taken, and where others come from.
pub(super) struct Identities<'f> {
    taken: HashSet<(Noun, Uuid)>,
    fresh: &'f mut dyn FnMut() -> Uuid,
}

impl<'f> Identities<'f> {
    /// The ids of everything that is there.
    pub(super) fn taken_by(
        existing: Option<&PlanDocument>,
        units: &[Unit],
        fresh: &'f mut dyn FnMut() -> Uuid,
    ) -> Self {
        let mut taken: HashSet<(Noun, Uuid)> = units.iter().map(|unit| (Noun::Unit, unit.id.0)).collect();
        let Some(plan) = existing else { return Self { taken, fresh } };
        taken.extend(plan.sections.iter().map(|one| (Noun::Section, one.id.0)));
        for objective in &plan.objectives {
            taken.insert((Noun::Objective, objective.id.0));
            taken.extend(objective.facts.assignments.iter().map(|one| (Noun::Assignment, one.id.0)));
            taken.extend(objective.facts.phases.iter().map(|one| (Noun::Phase, one.id.0)));
            taken.extend(objective.facts.every_indicator().map(|one| (Noun::Indicator, one.id.0)));
        }
        Self { taken, fresh }
    }

    /// This id, or a fresh one when it is taken; taken from now on.
    pub(super) fn claim(&mut self, noun: Noun, own: Uuid) -> Uuid {
        let mut id = own;
        for _ in 0..MOST_TRIES {
            if self.taken.insert((noun, id)) {
                break;
            }
            id = (self.fresh)();
        }
        id
    }
}

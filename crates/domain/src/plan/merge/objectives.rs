//! Objectives with their assignments, phases and indicators, merged.

use std::collections::{BTreeSet, HashMap, HashSet};

use uuid::Uuid;

mod assignments;
mod indicators;
mod phases;

use super::Bench;
use super::identities::Noun;
use super::keys::{KeysOf, settled};
use super::pairing::Features;
use super::parts::{self, Part};
use super::values::{list, maybe, programmes, said, steps};
use crate::objective::{Objective, ObjectiveFacts, ObjectiveId};
use crate::text::{ExternalId, Line};
use crate::unit::UnitId;

/// An objective of the file, its structures called by the ids they have in the plan. Two structures of the file may be one: it
/// is assigned there once.
pub(super) fn renamed(objective: &Objective, units: &HashMap<UnitId, UnitId>) -> Objective {
    let mut objective = objective.clone();
    let mut homes = HashSet::new();
    for assignment in &mut objective.facts.assignments {
        assignment.facts.unit = units.get(&assignment.facts.unit).copied().unwrap_or(assignment.facts.unit);
    }
    objective.facts.assignments.retain(|assignment| homes.insert(assignment.facts.unit));
    objective
}

impl Part for Objective {
    const NOUN: Noun = Noun::Objective;
    const MOVES: bool = true;
    const PLACED: bool = false;

    fn id(&self) -> Uuid {
        self.id.0
    }

    fn set_id(&mut self, id: Uuid) {
        self.id = ObjectiveId(id);
    }

    fn key(&self) -> Option<&ExternalId> {
        self.facts.external_id.as_ref()
    }

    fn set_key(&mut self, key: Option<ExternalId>) {
        self.facts.external_id = key;
    }

    fn features(&self) -> Features {
        let facts = &self.facts;
        let homes: BTreeSet<UnitId> = facts.units().collect();
        Features::new(
            facts.title.as_str(),
            self.key().map(ExternalId::as_str),
            facts.code.as_ref().map(Line::as_str),
            homes,
        )
    }

    fn over(&self, says: Self, bench: &mut Bench<'_>) -> Self {
        let (had, says) = (&self.facts, says.facts);
        let mut facts = ObjectiveFacts {
            external_id: had.external_id.clone(),
            code: maybe(had.code.as_ref(), says.code),
            title: says.title,
            kinds: if says.kinds.is_empty() { had.kinds.clone() } else { says.kinds },
            description: maybe(had.description.as_ref(), says.description),
            purpose: maybe(had.purpose.as_ref(), says.purpose),
            stakeholders: maybe(had.stakeholders.as_ref(), says.stakeholders),
            expected_impact: maybe(had.expected_impact.as_ref(), says.expected_impact),
            expected_result: maybe(had.expected_result.as_ref(), says.expected_result),
            steps: steps(&had.steps, says.steps),
            deadline: said(had.deadline.as_ref(), says.deadline),
            programmes: programmes(&had.programmes, says.programmes),
            dup_objective: maybe(had.dup_objective.as_ref(), says.dup_objective),
            strategic_line: maybe(had.strategic_line.as_ref(), says.strategic_line),
            cup: list(&had.cup, says.cup),
            laws: list(&had.laws, says.laws),
            areas: if says.areas.is_empty() { had.areas.clone() } else { says.areas },
            template: maybe(had.template.as_ref(), says.template),
            template_version: says.template_version.or(had.template_version),
            continues: says.continues.or(had.continues),
            notes: maybe(had.notes.as_ref(), says.notes),
            assignments: assignments::merged(&had.assignments, says.assignments, bench),
            phases: parts::merged(&had.phases, says.phases, bench).items,
            indicators: parts::merged(&had.indicators, says.indicators, bench).items,
        };
        keep_keys_apart(&mut facts);
        Self { id: self.id, facts, version: self.version }
    }

    fn settle(&mut self, bench: &mut Bench<'_>) {
        assignments::settle(&mut self.facts.assignments, bench);
        self.facts.phases.iter_mut().for_each(|phase| {
            phase.set_id(bench.identity(Noun::Phase, phase.id.0));
            phase.settle(bench);
        });
        for indicator in &mut self.facts.indicators {
            indicator.set_id(bench.identity(Noun::Indicator, indicator.id.0));
        }
    }
}

/// The keys of all its indicators, its own and those of its phases, differ: the first to have one keeps it.
fn keep_keys_apart(facts: &mut ObjectiveFacts) {
    let of_phases = facts.phases.iter_mut().flat_map(|phase| phase.facts.indicators.iter_mut());
    let mut indicators: Vec<_> = facts.indicators.iter_mut().chain(of_phases).collect();
    let keys = indicators.iter().map(|one| KeysOf { kept: None, said: one.facts.external_id.clone() });
    let keys = settled(keys.collect(), super::Keys::OfTheFile);
    indicators.iter_mut().zip(keys).for_each(|(indicator, key)| indicator.facts.external_id = key);
}

//! Assignments: told apart by their structure, of which an objective has each once.

use crate::assignment::{Assignment, AssignmentFacts};
use crate::plan::merge::Bench;
use crate::plan::merge::identities::Noun;
use crate::plan::merge::keys::{KeysOf, settled};
use crate::plan::merge::values::{maybe, said};

/// Merges the assignments of an objective. When none of the structures of the file is one it was in, it has gone to another: its
/// assignments go with it, and none stays behind.
pub(super) fn merged(there: &[Assignment], file: Vec<Assignment>, bench: &mut Bench<'_>) -> Vec<Assignment> {
    if file.is_empty() {
        return there.to_vec();
    }
    let stayed = file.iter().any(|one| there.iter().any(|had| had.facts.unit == one.facts.unit));
    let mut left: Vec<&Assignment> = there.iter().collect();
    let (mut items, mut keys) = (Vec::new(), Vec::new());
    for mut one in file {
        let at = if stayed {
            left.iter().position(|had| had.facts.unit == one.facts.unit)
        } else {
            (!left.is_empty()).then_some(0)
        };
        let found = at.map(|at| left.remove(at));
        keys.push(KeysOf {
            kept: found.and_then(|had| had.facts.external_id.clone()),
            said: one.facts.external_id.clone(),
        });
        if let Some(had) = found {
            items.push(over(had, one));
        } else {
            one.id.0 = bench.identity(Noun::Assignment, one.id.0);
            items.push(one);
        }
    }
    if stayed && !bench.options.remove_absent {
        for had in left {
            keys.push(KeysOf { kept: had.facts.external_id.clone(), said: None });
            items.push(had.clone());
        }
    }
    let keys = settled(keys, bench.options.keys);
    items.iter_mut().zip(keys).for_each(|(item, key)| item.facts.external_id = key);
    items
}

/// New assignments, with ids of their own.
pub(super) fn settle(assignments: &mut [Assignment], bench: &mut Bench<'_>) {
    for assignment in assignments {
        assignment.id.0 = bench.identity(Noun::Assignment, assignment.id.0);
    }
}

fn over(had: &Assignment, says: Assignment) -> Assignment {
    let (had, id, says) = (&had.facts, had.id, says.facts);
    let facts = AssignmentFacts {
        external_id: had.external_id.clone(),
        unit: says.unit,
        weight: said(had.weight.as_ref(), says.weight),
        card_weight: said(had.card_weight.as_ref(), says.card_weight),
        summary_title: maybe(had.summary_title.as_ref(), says.summary_title),
        responsible: maybe(had.responsible.as_ref(), says.responsible),
        delegate: maybe(had.delegate.as_ref(), says.delegate),
        notes: maybe(had.notes.as_ref(), says.notes),
    };
    Assignment { id, facts }
}

//! Structures that share one numbering: those of a branch of the tree whose objectives are numbered through.

use std::collections::{BTreeMap, HashMap};

use super::{Run, printed};
use crate::plan::document::PlanDocument;
use crate::unit::UnitId;

/// The runs of the structures of a branch as one, where the branch is numbered through; the others as they are.
pub(super) fn joined<'a>(document: &'a PlanDocument, runs: Vec<Run<'a>>) -> Vec<Run<'a>> {
    let tops = tops(document);
    let mut branches: BTreeMap<usize, Vec<Run<'a>>> = BTreeMap::new();
    let mut kept = Vec::new();
    for run in runs {
        let unit = run.tasks.first().map(|task| task.assignment.facts.unit);
        match unit.and_then(|unit| tops.get(&unit)) {
            Some(top) => branches.entry(*top).or_default().push(run),
            None => kept.push(run),
        }
    }
    for (top, runs) in branches {
        if runs.len() < 2 || !is_numbered_through(&runs) {
            kept.extend(runs);
            continue;
        }
        let mut tasks: Vec<_> = runs.into_iter().flat_map(|run| run.tasks).collect();
        tasks.sort_by_key(|task| task.at);
        let name = document.units.get(top).map_or("", |unit| unit.facts.name.as_str());
        kept.push(Run { name, pointer: format!("/units/{top}"), tasks });
    }
    kept
}

/// Of each structure the place of the one its branch begins with.
fn tops(document: &PlanDocument) -> HashMap<UnitId, usize> {
    let places: HashMap<UnitId, usize> = document.units.iter().map(|unit| unit.id).zip(0..).collect();
    let above =
        |at: usize| document.units.get(at)?.facts.parent.and_then(|parent| places.get(&parent).copied());
    let top = |mut at: usize| {
        for _ in &document.units {
            let Some(parent) = above(at) else { break };
            at = parent;
        }
        at
    };
    places.iter().map(|(id, at)| (*id, top(*at))).collect()
}

/// Whether hardly a number is there twice, and nearly all codes are of one form: otherwise each structure begins anew.
fn is_numbered_through(runs: &[Run<'_>]) -> bool {
    let mut numbers: BTreeMap<u32, usize> = BTreeMap::new();
    let mut forms: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    let mut all = 0_usize;
    for printed in runs.iter().flat_map(|run| &run.tasks).filter_map(printed) {
        let number = numbers.entry(printed.number).or_default();
        *number = number.saturating_add(1);
        let form = forms.entry((printed.before, printed.after)).or_default();
        *form = form.saturating_add(1);
        all = all.saturating_add(1);
    }
    let most = |count: usize| count.saturating_mul(4) >= all.saturating_mul(3);
    most(numbers.len()) && forms.into_values().max().is_some_and(most)
}

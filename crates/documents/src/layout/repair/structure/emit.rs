//! The tree as it is gathered, and who has which objective.

use std::collections::HashMap;

use crate::gathered::{Fields, Found, Gathered, GatheredUnit};
use crate::layout::repair::likeness::{level_word, words_of};
use crate::profile::Field;
use traguardo_domain::objective::ObjectiveKind;
use traguardo_domain::reading::Confidence;
use traguardo_domain::unit::UnitKind;

use super::node::{Node, Tree};
use super::top::Tops;
use super::{Code, Level, Row, Said, Top};

/// How many letters of a word its plural has too.
const STEM: usize = 6;

/// Where the structures found went among those gathered.
#[derive(Debug, Default)]
pub(super) struct Emitted {
    tops: Vec<usize>,
    nodes: HashMap<usize, usize>,
}

/// Gathers the structures that rows are of, each after the one it is part of, in the order of their codes.
pub(super) fn units(
    gathered: &mut Gathered,
    levels: &[Level<'_>],
    tree: &Tree,
    tops: &Tops,
    used: &[Option<usize>],
) -> Emitted {
    let mut emitted = Emitted::default();
    let mut wanted = vec![false; tree.nodes.len()];
    for node in used.iter().flatten() {
        let mut next = Some(*node);
        while let Some(mark) = next.and_then(|at| wanted.get_mut(at)).filter(|mark| !**mark) {
            *mark = true;
            next = next.and_then(|at| tree.nodes.get(at)?.parent);
        }
    }
    let kind = levels.first().map_or(UnitKind::Department, |level| level.kind);
    let says: Vec<bool> = tops.names.iter().map(|name| level_word(&name.words).is_some()).collect();
    let most_say = says.iter().filter(|says| **says).count().saturating_mul(2) > says.len();
    let code = |at: usize| tops.codes.get(at).and_then(Option::as_ref);
    let mut in_order: Vec<(usize, &Found)> = tops.names.iter().enumerate().collect();
    in_order.sort_by_key(|(at, name)| (code(*at).is_none(), code(*at), name.place));
    emitted.tops = vec![0; in_order.len()];
    for (at, name) in in_order {
        let fields = fields_of(name.clone(), code(at));
        if let Some(slot) = emitted.tops.get_mut(at) {
            *slot = gathered.units.len();
        }
        // One that does not say its level where the others do is an office of its own beside them.
        let beside = most_say && says.get(at) == Some(&false);
        let kind = if beside { UnitKind::Service } else { kind };
        gathered.units.push(GatheredUnit::new(kind, fields, None));
    }
    let mut order: Vec<(usize, &Node)> =
        tree.nodes.iter().enumerate().filter(|(at, _)| wanted.get(*at) == Some(&true)).collect();
    order.sort_by_key(|(at, node)| (node.level, node.code.is_none(), node.code.clone(), *at));
    for (at, node) in order {
        let parent = node.parent.and_then(|parent| emitted.nodes.get(&parent).copied());
        let parent = parent.or_else(|| node.top.and_then(|top| emitted.tops.get(top).copied()));
        let Some(level) = levels.get(node.level) else { continue };
        let name = node.name().cloned().unwrap_or_else(|| nameless(level.kind, node));
        emitted.nodes.insert(at, gathered.units.len());
        let fields = fields_of(name, node.code.as_ref());
        gathered.units.push(GatheredUnit::new(level.kind, fields, parent));
    }
    emitted
}

fn fields_of(name: Found, code: Option<&Code>) -> Fields {
    let mut fields = Fields::default();
    if let Some(code) = code {
        fields.add(Field::Code, Found { words: code.to_string(), ..name.clone() });
    }
    fields.add(Field::Unit, name);
    fields
}

/// What a structure is called of which only the code is printed.
fn nameless(kind: UnitKind, node: &Node) -> Found {
    let level = match kind {
        UnitKind::Department => "Dipartimento",
        UnitKind::Area => "Area",
        UnitKind::Sector => "Settore",
        UnitKind::Service => "Servizio",
        UnitKind::Office => "Ufficio",
    };
    let code = node.code.as_ref().map(ToString::to_string).unwrap_or_default();
    Found::new(format!("{level} {code}"), node.place).with(Confidence::Guess)
}

/// Assigns every objective to its structures.
pub(super) fn assign(
    gathered: &mut Gathered,
    rows: &[Row],
    tops: &Tops,
    found: &[Option<usize>],
    emitted: &Emitted,
) {
    let stems: Vec<Option<String>> =
        tops.names.iter().map(|name| words_of(&name.words).first().map(|word| stem(word))).collect();
    let mut meant = Vec::new();
    for ((row, top), node) in rows.iter().zip(&tops.rows).zip(found) {
        if let Some(said) = row.said(0).filter(|said| said.everyone) {
            meant = everyone(said, &stems, emitted);
        }
        let Some(objective) = gathered.objectives.get_mut(row.objective) else { continue };
        match (top, node.and_then(|node| emitted.nodes.get(&node))) {
            (Top::Everyone, _) => {
                objective.units.clone_from(&meant);
                objective.kinds.push(ObjectiveKind::Transversal);
                for (_, said) in row.below().filter(|(_, said)| !said.everyone) {
                    objective.fields.add(Field::Notes, said.found.clone());
                }
            }
            (Top::One(_) | Top::Unknown, Some(node)) => objective.units = vec![*node],
            (Top::One(top), None) => objective.units.extend(emitted.tops.get(*top)),
            (Top::Unknown, None) => {
                for (_, said) in row.below() {
                    objective.fields.add(Field::Notes, said.found.clone());
                }
            }
        }
    }
}

/// The structures that "all departments" means: those whose names begin with a department's word; all, when none does.
fn everyone(said: &Said, stems: &[Option<String>], emitted: &Emitted) -> Vec<usize> {
    let words: Vec<String> = words_of(&said.found.words).iter().map(|word| stem(word)).collect();
    let meant = |first: &Option<String>| first.as_ref().is_some_and(|first| words.contains(first));
    let all = emitted.tops.iter().copied().zip(stems);
    let mut some: Vec<usize> = all.filter(|(_, first)| meant(first)).map(|(unit, _)| unit).collect();
    if some.is_empty() {
        some.clone_from(&emitted.tops);
    }
    some.sort_unstable();
    some
}

/// The beginning of a word that its plural has too.
fn stem(word: &str) -> String {
    word.chars().take(STEM).collect()
}

//! The same objective written again and again, once for each structure.

use std::collections::{BTreeSet, HashMap};

use super::code::FindingCode;
use super::finding::Remark;
use super::outline::Outline;
use crate::likeness::{Index, Lexicon, Row, words};
use crate::objective::Objective;
use crate::unit::UnitId;

/// Titles with fewer words than these are alike only when they are equal.
const FEWEST_WORDS: usize = 5;
/// How many of a thousand words two titles share to be alike.
const ALIKE_PERMILLE: u16 = 800;
/// How many earlier titles one is compared with at most: a bound for documents made to be slow.
const MOST_COMPARED: usize = 100;
/// How many other copies a message names.
const MOST_NAMED: usize = 20;

/// Objectives with the same title, or nearly.
struct Cluster {
    /// The words of its first title.
    row: Row,
    /// Where its objectives stand.
    members: Vec<usize>,
}

/// Finds objectives repeated across structures (`E24`): one finding for each, at its first place.
pub(super) fn review(outline: &Outline<'_>, remarks: &mut Vec<Remark>) {
    for cluster in clusters(&outline.document.objectives) {
        let members: Vec<(usize, &Objective)> =
            outline.objectives().filter(|(at, _)| cluster.members.binary_search(at).is_ok()).collect();
        remarks.extend(repeated(outline, &members));
    }
}

fn repeated(outline: &Outline<'_>, members: &[(usize, &Objective)]) -> Option<Remark> {
    let ((at, first), others) = members.split_first()?;
    let units: BTreeSet<UnitId> = members.iter().flat_map(|(_, objective)| units_of(objective)).collect();
    let elsewhere = others.iter().any(|(_, other)| !units_of(other).eq(units_of(first)));
    if units.len() < 2 || !elsewhere {
        return None;
    }
    let mut named: Vec<String> =
        others.iter().take(MOST_NAMED).map(|(_, other)| named(outline, other)).collect();
    let unnamed = others.len().saturating_sub(named.len());
    if unnamed > 0 {
        named.push(format!("altri {unnamed}"));
    }
    let message = format!("Lo stesso obiettivo, o quasi, è scritto anche in: {}.", named.join("; "));
    let remark = Remark::new(FindingCode::ObjectiveRepeated, format!("/objectives/{at}"), message);
    let action = "Farne un solo obiettivo trasversale, assegnato a ciascuna struttura con il suo peso.";
    Some(remark.quoting(Some(first.facts.title.as_str())).proposing(action))
}

fn units_of(objective: &Objective) -> impl Iterator<Item = UnitId> {
    objective.facts.assignments.iter().map(|assignment| assignment.facts.unit)
}

/// An objective as a person would look for it: its structure and its code.
fn named(outline: &Outline<'_>, objective: &Objective) -> String {
    let unit = units_of(objective).next();
    let structure = outline.structures.iter().find(|structure| Some(structure.unit) == unit);
    let name = structure.map_or("nessuna struttura", |structure| structure.name);
    match &objective.facts.code {
        Some(code) => format!("{name} ({code})"),
        None => name.to_owned(),
    }
}

/// Gathers the objectives by title: equal ones first, then each different title with the first earlier one it is like.
fn clusters(objectives: &[Objective]) -> Vec<Cluster> {
    let titles: Vec<BTreeSet<String>> =
        objectives.iter().map(|objective| words(objective.facts.title.as_str())).collect();
    let lexicon = Lexicon::of(&titles);
    let mut equal: HashMap<Row, usize> = HashMap::new();
    let mut index = Index::for_likeness(ALIKE_PERMILLE, MOST_COMPARED);
    let mut clusters: Vec<Cluster> = Vec::new();
    for (at, title) in titles.iter().enumerate().filter(|(_, title)| title.len() > 1) {
        let row = lexicon.row(title);
        let known = equal.get(&row).copied().or_else(|| alike(&row, &index, &clusters));
        let home = known.unwrap_or(clusters.len());
        equal.entry(row.clone()).or_insert(home);
        if let Some(cluster) = clusters.get_mut(home) {
            cluster.members.push(at);
            continue;
        }
        index.add(&row, home);
        clusters.push(Cluster { row, members: vec![at] });
    }
    clusters.retain(|cluster| cluster.members.len() > 1);
    clusters
}

/// The first earlier cluster whose title is like this one.
fn alike(row: &Row, index: &Index, clusters: &[Cluster]) -> Option<usize> {
    if row.len() < FEWEST_WORDS {
        return None;
    }
    let is_alike = |home: &usize| clusters.get(*home).is_some_and(|cluster| are_alike(row, &cluster.row));
    index.candidates(row).into_iter().map(|(home, _)| home).take(MOST_COMPARED).find(is_alike)
}

/// Whether two titles share enough of all the words they have.
fn are_alike(one: &Row, other: &Row) -> bool {
    other.len() >= FEWEST_WORDS && one.permille(other) >= ALIKE_PERMILLE
}

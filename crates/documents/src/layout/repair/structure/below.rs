//! The structure of every row below its top: by code, by name, by what a damaged name still has of it.

use traguardo_domain::review::FindingCode;

use super::node::{Tree, one};
use super::top::Tops;
use super::{Notes, Row, Said, Top};
use crate::layout::repair::code;
use crate::layout::repair::likeness::level_word;

/// Finds the lowest structure every row names; `None` where it names none below its top, or one of another.
pub(super) fn resolve(rows: &[Row], tops: &Tops, tree: &mut Tree, notes: &mut Notes) -> Vec<Option<usize>> {
    let mut found = Vec::with_capacity(rows.len());
    for (row, top) in rows.iter().zip(&tops.rows) {
        let node = if *top == Top::Everyone { None } else { lowest(row, one(*top), tops, tree, notes) };
        if let Some(node) = node {
            also_called(row, node, tree);
        }
        found.push(node);
    }
    found
}

/// In a row without a code of its own, the names above the lowest are names of the structures above it too.
fn also_called(row: &Row, node: usize, tree: &mut Tree) {
    if row.below().any(|(level, said)| said.is_doubtful() || tree.own_code(level, said).is_some()) {
        return;
    }
    let mut next = Some(node);
    while let Some(at) = next {
        let Some((level, parent)) = tree.nodes.get(at).map(|node| (node.level, node.parent)) else { break };
        if let Some(said) = row.said(level).filter(|said| said.code.is_none() && !said.everyone) {
            tree.call(at, said, true);
        }
        next = parent;
    }
}

fn lowest(row: &Row, top: Option<usize>, tops: &Tops, tree: &mut Tree, notes: &mut Notes) -> Option<usize> {
    let (node, said) = match row.below().any(|(_, said)| said.is_doubtful()) {
        true => doubtful(row, top, tops, tree, notes)?,
        false => {
            let levels: Vec<(usize, &Said)> = row.below().collect();
            levels
                .iter()
                .rev()
                .find_map(|(level, said)| Some((cell(row, *level, said, top, tops, tree, notes)?, *said)))?
        }
    };
    let other = tree.nodes.get(node).and_then(|node| node.top);
    match (other, top) {
        (Some(other), Some(top)) if other != top => {
            let name = |at: usize| tops.names.get(at).map_or("", |found| found.words.as_str());
            let message = format!(
                "Il codice è di un'altra struttura («{}»): l'obiettivo resta assegnato a «{}».",
                name(other),
                name(top)
            );
            notes.tell(FindingCode::CodeOfAnotherStructure, row, said, message, None);
            None
        }
        (_, None | Some(_)) => Some(node),
    }
}

/// The structure one cell names.
fn cell(
    row: &Row,
    level: usize,
    said: &Said,
    top: Option<usize>,
    tops: &Tops,
    tree: &mut Tree,
    notes: &mut Notes,
) -> Option<usize> {
    if said.everyone || (said.code.is_none() && said.telling.is_empty()) {
        return None;
    }
    if let Some(code) = tree.own_code(level, said) {
        return Some(tree.node(level, &code, said.found.place, tops));
    }
    let Some(code) = &said.code else { return by_name(row, level, said, top, tops, tree, notes) };
    let owner = code.up_to(tops.depth).and_then(|prefix| tops.owners.get(&prefix).copied()).or(top);
    let node = tree.find(level, &said.telling, owner).or_else(|| {
        let above = (1..level).rev().find(|above| tree.depths.get(*above) == Some(&Some(code.depth())))?;
        Some(tree.node(above, code, said.found.place, tops))
    });
    let right = node.and_then(|node| tree.nodes.get(node)?.code.clone()).filter(|right| right != code);
    if let Some(right) = right.filter(|_| owner == top) {
        let message = format!("Il codice stampato è {code}; altrove la stessa struttura ha {right}.");
        notes.tell(FindingCode::CodeOfAnotherStructure, row, said, message, Some(right.to_string()));
    }
    node
}

/// The structure a name without a code is of; a new one where nothing is like it and it is written as a structure's.
fn by_name(
    row: &Row,
    level: usize,
    said: &Said,
    top: Option<usize>,
    tops: &Tops,
    tree: &mut Tree,
    notes: &mut Notes,
) -> Option<usize> {
    let coded = tree.depths.get(level).copied().flatten().is_some();
    if let Some(node) = tree.find(level, &said.telling, top) {
        if !tree.is_called(node, &said.telling) {
            damaged(row, said, node, tree, notes);
        }
        return Some(node);
    }
    if coded && let Some(node) = tree.likest(level, &said.telling, top) {
        damaged(row, said, node, tree, notes);
        return Some(node);
    }
    if coded && level_word(&said.name).is_none() {
        let message = "Il nome della struttura non è fra quelli riconosciuti nel resto del piano.".to_owned();
        notes.tell(FindingCode::ColumnsShifted, row, said, message, None);
        return None;
    }
    let above = row.below().filter(|(above, _)| *above < level).last();
    let parent = above.and_then(|(level, said)| cell(row, level, said, top, tops, tree, notes));
    Some(tree.named(level, said, top, parent))
}

/// The structure a row names whose cells may not be in their columns: by a code anywhere in them, or by what its words are most
/// like.
fn doubtful<'r>(
    row: &'r Row,
    top: Option<usize>,
    tops: &Tops,
    tree: &mut Tree,
    notes: &mut Notes,
) -> Option<(usize, &'r Said)> {
    let said: Vec<&Said> = row.below().map(|(_, said)| said).filter(|said| !said.everyone).collect();
    let codes = said.iter().filter_map(|said| Some((code::anywhere(&said.found.words)?, *said)));
    if let Some((code, said)) = codes.max_by_key(|(code, _)| code.depth())
        && let Some(level) =
            (1..tree.depths.len()).find(|level| tree.depths.get(*level) == Some(&Some(code.depth())))
    {
        let node = tree.node(level, &code, said.found.place, tops);
        return Some((node, said));
    }
    for level in (1..row.said.len()).rev() {
        for said in said.iter().rev() {
            let node =
                tree.find(level, &said.telling, top).or_else(|| tree.likest(level, &said.telling, top));
            if let Some(node) = node {
                damaged(row, said, node, tree, notes);
                return Some((node, said));
            }
        }
    }
    for said in said {
        let message = "Il nome della struttura non è fra quelli riconosciuti nel resto del piano.".to_owned();
        notes.tell(FindingCode::ColumnsShifted, row, said, message, None);
    }
    None
}

/// Tells of a name that is not written whole.
fn damaged(row: &Row, said: &Said, node: usize, tree: &Tree, notes: &mut Notes) {
    let Some(node) = tree.nodes.get(node) else { return };
    let name = node.name().map(|found| found.words.as_str()).unwrap_or_default();
    let code = node.code.as_ref().map(ToString::to_string).unwrap_or_default();
    let whole = [code.as_str(), name].join(" ").trim().to_owned();
    let message = format!("Il nome della struttura è tagliato o guastato: letto come «{whole}».");
    notes.tell(FindingCode::ColumnsShifted, row, said, message, Some(whole));
}

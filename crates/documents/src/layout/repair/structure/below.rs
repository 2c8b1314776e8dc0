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
        let mut finder = Finder { row, top: one(*top), tops, tree, notes };
        let node = if *top == Top::Everyone { None } else { finder.lowest() };
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

/// One row on its way to its structure.
struct Finder<'d> {
    row: &'d Row,
    /// The structure at the top it is of.
    top: Option<usize>,
    tops: &'d Tops,
    tree: &'d mut Tree,
    notes: &'d mut Notes,
}

impl<'d> Finder<'d> {
    fn lowest(&mut self) -> Option<usize> {
        let row = self.row;
        let (node, said) = if row.below().any(|(_, said)| said.is_doubtful()) {
            self.doubtful()?
        } else {
            row.below().rev().find_map(|(level, said)| Some((self.cell(level, said)?, said)))?
        };
        let other = self.tree.nodes.get(node).and_then(|node| node.top);
        match (other, self.top) {
            (Some(other), Some(top)) if other != top => {
                let name = |at: usize| self.tops.names.get(at).map_or("", |found| found.words.as_str());
                let message = format!(
                    "Il codice è di un'altra struttura («{}»): l'obiettivo resta assegnato a «{}».",
                    name(other),
                    name(top)
                );
                self.tell(FindingCode::CodeOfAnotherStructure, said, message, None);
                None
            }
            (_, None | Some(_)) => Some(node),
        }
    }

    /// The structure one cell names.
    fn cell(&mut self, level: usize, said: &Said) -> Option<usize> {
        if said.everyone || (said.code.is_none() && said.telling.is_empty()) {
            return None;
        }
        let place = said.found.place;
        if let Some(code) = self.tree.own_code(level, said) {
            return Some(self.tree.node(level, &code, place, self.tops));
        }
        let Some(code) = &said.code else { return self.by_name(level, said) };
        let prefix = code.up_to(self.tops.depth);
        let owner = prefix.and_then(|prefix| self.tops.owners.get(&prefix).copied()).or(self.top);
        let node = self.tree.find(level, &said.telling, owner).or_else(|| {
            let mut above = (1..level).rev();
            let above = above.find(|above| self.tree.depths.get(*above) == Some(&Some(code.depth())))?;
            Some(self.tree.node(above, code, place, self.tops))
        });
        let right = node.and_then(|node| self.tree.nodes.get(node)?.code.clone());
        if let Some(right) = right.filter(|right| right != code && owner == self.top) {
            let message = format!("Il codice stampato è {code}; altrove la stessa struttura ha {right}.");
            self.tell(FindingCode::CodeOfAnotherStructure, said, message, Some(right.to_string()));
        }
        node
    }

    /// The structure a name without a code is of; a new one where nothing is like it and it is written as a structure's.
    fn by_name(&mut self, level: usize, said: &Said) -> Option<usize> {
        let coded = self.tree.depths.get(level).copied().flatten().is_some();
        if let Some(node) = self.tree.find(level, &said.telling, self.top) {
            if !self.tree.is_called(node, &said.telling) {
                self.damaged(said, node);
            }
            return Some(node);
        }
        if coded && let Some(node) = self.tree.likest(level, &said.telling, self.top) {
            self.damaged(said, node);
            return Some(node);
        }
        if coded && level_word(&said.name).is_none() {
            self.unknown(said);
            return None;
        }
        let above = self.row.below().rfind(|(above, _)| *above < level);
        let parent = above.and_then(|(level, said)| self.cell(level, said));
        Some(self.tree.named(level, said, self.top, parent))
    }

    /// The structure a row names whose cells may not be in their columns: by a code anywhere in them, or by what its words are
    /// most like.
    fn doubtful(&mut self) -> Option<(usize, &'d Said)> {
        let row = self.row;
        let said: Vec<&Said> = row.below().map(|(_, said)| said).filter(|said| !said.everyone).collect();
        let codes = said.iter().filter_map(|said| Some((code::anywhere(&said.found.words)?, *said)));
        if let Some((code, said)) = codes.max_by_key(|(code, _)| code.depth()) {
            let mut levels = 1..self.tree.depths.len();
            let level = levels.find(|level| self.tree.depths.get(*level) == Some(&Some(code.depth())));
            if let Some(level) = level {
                return Some((self.tree.node(level, &code, said.found.place, self.tops), said));
            }
        }
        for level in (1..row.said.len()).rev() {
            for said in said.iter().rev() {
                let node = self.tree.find(level, &said.telling, self.top);
                if let Some(node) = node.or_else(|| self.tree.likest(level, &said.telling, self.top)) {
                    self.damaged(said, node);
                    return Some((node, said));
                }
            }
        }
        for said in said {
            self.unknown(said);
        }
        None
    }

    /// Tells of a name that is not written whole.
    fn damaged(&mut self, said: &Said, node: usize) {
        let Some(node) = self.tree.nodes.get(node) else { return };
        let name = node.name().map(|found| found.words.as_str()).unwrap_or_default();
        let code = node.code.as_ref().map(ToString::to_string).unwrap_or_default();
        let whole = [code.as_str(), name].join(" ").trim().to_owned();
        let message = format!("Il nome della struttura è tagliato o guastato: letto come «{whole}».");
        self.tell(FindingCode::ColumnsShifted, said, message, Some(whole));
    }

    /// Tells of a name that is nothing's.
    fn unknown(&mut self, said: &Said) {
        let message = "Il nome della struttura non è fra quelli riconosciuti nel resto del piano.".to_owned();
        self.tell(FindingCode::ColumnsShifted, said, message, None);
    }

    fn tell(&mut self, code: FindingCode, said: &Said, message: String, suggestion: Option<String>) {
        self.notes.tell(code, self.row, said, (message, suggestion));
    }
}

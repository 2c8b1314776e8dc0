//! Rows that were mended before they are read: the reader takes them as it takes others.

use std::collections::HashMap;

use crate::gathered::{Fields, Use};
use crate::profile::Holds;

use super::header::Header;
use super::prose::Prose;
use super::{Open, Walk, row};

impl Walk<'_> {
    /// What became of a line that was mended; `None` for any other.
    pub(super) fn mended_line(&mut self, index: usize) -> Option<Use> {
        if let Some(became) = self.mended.uses.get(&index).copied() {
            self.settle();
            return Some(became);
        }
        let mended = self.mended.rows.remove(&index)?;
        self.settle();
        let table = self.profile.tables.iter().find(|table| table.holds == Holds::Objectives)?;
        let header = Header { table, columns: mended.columns.clone() };
        let same = |open: &Open<'_>| open.unit == self.scope.unit && open.header.is_same(&header);
        if !self.table.as_ref().is_some_and(same) {
            let (width, carried) = (header.columns.len(), vec![None; header.columns.len()]);
            self.table = Some(Open { header, width, carried, unit: self.scope.unit });
            self.prose = Prose::Free(None);
        }
        let row = row::mended(self.profile, mended);
        Some(self.objective_row(table, row))
    }

    /// Tells what was mended, with the objective it is about.
    pub(super) fn tell_mended(&mut self) {
        let mut owners: HashMap<usize, usize> = HashMap::new();
        for (index, objective) in self.gathered.objectives.iter().enumerate() {
            let fields =
                [&objective.fields].into_iter().chain(&objective.indicators).chain(&objective.phases);
            for (_, found) in fields.flat_map(Fields::iter) {
                for place in [found.place].iter().chain(&found.more) {
                    owners.entry(place.line).or_insert(index);
                }
            }
        }
        for (line, mut noticed) in std::mem::take(&mut self.mended.noticed) {
            noticed.objective = owners.get(&line).copied();
            self.gathered.noticed.push(noticed);
        }
    }
}

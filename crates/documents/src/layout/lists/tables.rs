//! Tables inside the narrative: rows that stay words, and staff tables.

use super::{Last, Lists, Mode};
use crate::gathered::{Fields, Found, Use};
use crate::layout::header::{self, Header};
use crate::layout::narrative::{Grid, Narrative};
use crate::markup::fold;
use crate::profile::Holds;
use crate::source::Place;

/// The tables of a narrative as they are read.
#[derive(Debug, Default)]
pub(super) struct Tables<'p> {
    header: Option<Header<'p>>,
    grid: Option<Grid>,
    /// The rows of staff tables.
    pub(super) staff: Vec<Fields>,
}

impl Tables<'_> {
    /// Ends the open table.
    pub(super) fn close(&mut self, narrative: &mut Narrative) {
        self.header = None;
        narrative.grids.extend(self.grid.take());
    }
}

impl Lists<'_> {
    /// A row of a table: its header, its total, or words of the narrative.
    pub(super) fn row(&mut self, cells: &[String], place: Place) {
        let became = match self.mode {
            Mode::Nothing => Use::Decoration,
            Mode::Objectives | Mode::Activities => return,
            Mode::Narrative => self.narrative_row(cells, place),
        };
        self.gathered.put(place.line, became);
        self.last = Last::Nothing;
        self.continues.clear();
    }

    fn narrative_row(&mut self, cells: &[String], place: Place) -> Use {
        let named =
            self.source.lines().get(place.line).and_then(|line| header::recognise(self.profile, line));
        if let Some(named) = named {
            let again = self.tables.header.as_ref() == Some(&named);
            if again {
                return Use::RepeatedHeader;
            }
            self.tables.close(&mut self.narrative);
            self.tables.header = Some(named);
            self.tables.grid = Some(Grid { header: cells.to_vec(), ..Grid::default() });
            self.narrative.row(&mut self.gathered, place.line, cells);
            return Use::Header;
        }
        self.narrative.row(&mut self.gathered, place.line, cells);
        let grid = self.tables.grid.get_or_insert_default();
        let Some(header) = &self.tables.header else {
            grid.rows.push((place, cells.to_vec()));
            return Use::Value;
        };
        let first = cells.iter().find(|cell| !cell.is_empty()).map(|cell| fold(cell));
        let total = header.table.total.as_ref().zip(first.as_ref());
        if total.is_some_and(|(total, first)| total.start_folded(first).is_some()) {
            grid.total = Some((place, cells.to_vec()));
            return Use::Total;
        }
        grid.rows.push((place, cells.to_vec()));
        if header.table.holds == Holds::Staff {
            self.tables.staff.push(post(header, cells, place.line));
        }
        Use::Value
    }
}

/// The row of a staff table as the values its header names.
fn post(header: &Header<'_>, cells: &[String], line: usize) -> Fields {
    let mut fields = Fields::default();
    for (cell, (words, column)) in cells.iter().zip(&header.columns).enumerate() {
        if let Some(column) = column.filter(|_| !words.is_empty()) {
            fields.add(column.field, Found::new(words.as_str(), Place { line, cell }));
        }
    }
    fields
}

//! The reader of tables: objectives below header rows, one table for all or one per structure. Headings between the rows
//! say whose they are; a row is an objective, or a phase of the one before where its number says so.

use crate::gathered::{Fields, Found, Gathered, Noticed, Use};
use crate::markup::plain;
use crate::profile::{Holds, Profile, Table};
use crate::source::{LineForm, Place, Source, SourceLine};
use traguardo_domain::review::FindingCode;

use super::header::{self, Header};
use super::heading;
use super::repair::wide::{self, Mended};
use super::repair::{cup, structure};
use opened::{Pending, Scope};
use prose::Prose;
use rows::Last;

mod mended;
mod notices;
mod opened;
mod phases;
mod prose;
mod row;
mod rows;
mod values;

#[cfg(test)]
mod tests;

/// Gathers what tables say, as a profile reads them.
#[must_use]
pub(super) fn gather(source: &Source, profile: &Profile) -> Gathered {
    let mut walk = Walk::new(source, profile);
    for (index, line) in source.lines().iter().enumerate() {
        let became = walk.line(index, line);
        walk.gathered.put(index, became);
    }
    walk.settle();
    walk.tell_mended();
    structure::place(&mut walk.gathered, profile);
    cup::add(&mut walk.gathered);
    walk.gathered
}

/// The table that is open: its header, and what its columns carry down.
struct Open<'p> {
    header: Header<'p>,
    /// How many cells its header has, without blank ones at its end.
    width: usize,
    /// What was last said in each column that carries down.
    carried: Vec<Option<Found>>,
    /// The structure it was opened in.
    unit: Option<usize>,
}

/// A source being walked, line after line.
struct Walk<'p> {
    profile: &'p Profile,
    gathered: Gathered,
    /// The structures and groups that are open.
    scope: Scope,
    /// A structure whose heading may go on.
    pending: Option<Pending<'p>>,
    /// Where lines that are no rows go.
    prose: Prose,
    table: Option<Open<'p>>,
    /// What the row before became.
    last: Option<Last>,
    /// The rows that are mended before they are read.
    mended: Mended<'p>,
}

impl<'p> Walk<'p> {
    fn new(source: &Source, profile: &'p Profile) -> Self {
        Self {
            profile,
            gathered: Gathered::nothing_of(source),
            scope: Scope::default(),
            pending: None,
            prose: Prose::Free(None),
            table: None,
            last: None,
            mended: wide::mend(source, profile),
        }
    }

    /// Takes a line in, and says what became of it.
    fn line(&mut self, index: usize, line: &SourceLine) -> Use {
        if line.is_blank() {
            if let Some(pending) = &mut self.pending {
                pending.gap = true;
            }
            return Use::Blank;
        }
        if let Some(became) = self.mended_line(index) {
            return became;
        }
        if self.is_decoration(line) {
            return Use::Decoration;
        }
        if let Some(header) = header::recognise(self.profile, line) {
            self.settle();
            return self.header(header, index, line);
        }
        if let Some((heading, taken)) = heading::recognise(self.profile, line)
            && let Some(became) = self.heading(heading, &taken, index, line)
        {
            return became;
        }
        if self.goes_on(index, line) {
            return Use::Heading;
        }
        self.settle();
        match (line.form, self.table.is_some()) {
            (LineForm::Row, true) => self.row(index, line),
            (LineForm::Row, false) if line.alone().is_none() => self.stray_row(),
            (LineForm::Row, false) | (LineForm::Prose, _) => self.prose(index, line),
        }
    }

    /// Whether a line says nothing of the plan: no letter and no figure, or words the profile knows for that.
    fn is_decoration(&self, line: &SourceLine) -> bool {
        let says = |words: &str| words.contains(char::is_alphanumeric);
        if !line.cells().any(|cell| says(cell) && (!cell.contains('<') || says(&plain(cell)))) {
            return true;
        }
        if self.profile.decorations.is_empty() {
            return false;
        }
        heading::words_of(line)
            .is_some_and(|(_, words)| self.profile.decorations.iter().any(|pattern| pattern.is(&words)))
    }

    /// Opens the table of a header; the same header again, in the same structure, changes nothing.
    fn header(&mut self, header: Header<'p>, index: usize, line: &SourceLine) -> Use {
        if let Some(open) = &self.table
            && open.unit == self.scope.unit
            && open.header.is_same(&header)
        {
            return Use::RepeatedHeader;
        }
        self.year_of(&header, index, line);
        let full = line.cells().rposition(|cell| !cell.trim().is_empty());
        let width = full.map_or(0, |last| last.saturating_add(1));
        self.unknown_columns(&header, index, line);
        let carried = vec![None; header.columns.len()];
        if header.table.holds != Holds::Narrative {
            self.prose = Prose::Free(None);
        }
        self.table = Some(Open { header, width, carried, unit: self.scope.unit });
        Use::Header
    }

    /// The year the names of columns say their table is of, as a value of its structure.
    fn year_of(&mut self, header: &Header<'p>, index: usize, line: &SourceLine) {
        let Some(unit) = self.scope.unit.and_then(|unit| self.gathered.units.get_mut(unit)) else { return };
        for (cell, (words, column)) in line.cells().zip(&header.columns).enumerate() {
            let names =
                column.iter().flat_map(|column| &column.headers).filter(|name| !name.fields().is_empty());
            let taken = names.filter_map(|name| name.whole(words)).flat_map(|taken| taken.fields).next();
            if let Some((field, words)) = taken
                && unit.fields.all(field).all(|known| known.words != words)
            {
                unit.fields.add(field, Found::new(words, Place { line: index, cell }));
            }
        }
    }

    /// The open table, when it is there.
    fn open_table(&self) -> Option<&'p Table> {
        self.table.as_ref().map(|open| open.header.table)
    }

    /// Words of one line that could not be placed among the values of the last objective.
    fn notice(&mut self, code: FindingCode, place: Place, words: &str, said: (String, Option<&str>)) {
        let words = (!words.is_empty()).then(|| words.to_owned());
        let objective = self.last.map(Last::objective);
        let (message, suggestion) = said;
        let suggestion = suggestion.map(str::to_owned);
        let unit = self.scope.unit;
        self.gathered.noticed.push(Noticed { code, place, words, message, suggestion, objective, unit });
    }
}

/// Adds every value of one object to another.
fn add_all(fields: &mut Fields, values: impl IntoIterator<Item = (crate::profile::Field, Found)>) {
    for (field, found) in values {
        fields.add(field, found);
    }
}

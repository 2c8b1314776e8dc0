//! The cells of a row, each with the column it stands in.

use traguardo_domain::reading::Confidence;

use crate::gathered::Found;
use crate::layout::repair::wide;
use crate::markup::{fold, plain};
use crate::profile::{Column, Field, Profile};
use crate::source::{Place, SourceLine};

use super::Open;

/// The longest words that say that there is nothing, in bytes.
const LONGEST_NOTHING: usize = 30;

/// What a row says: its values in the order of its cells.
#[derive(Default)]
pub(super) struct Row {
    /// Index of its line.
    pub(super) line: usize,
    /// Its values; one of a blank cell that carries down has the place where it was said.
    pub(super) values: Vec<(Field, Found)>,
    /// What its blank cells say, as the ones above said.
    pub(super) carried: Vec<(Field, Found)>,
    /// Whether words before one of its values were taken off it: `Fase:`.
    pub(super) marked: bool,
    /// How many cells it has beyond the header, or lacks.
    pub(super) misfit: Misfit,
}

/// Whether a row has as many cells as its header.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Misfit {
    /// It has.
    #[default]
    None,
    /// It has fewer: this many.
    Fewer(usize),
    /// It has words beyond the last column: this many cells in all.
    More(usize),
}

impl Row {
    /// A value of the row.
    pub(super) fn get(&self, field: Field) -> Option<&Found> {
        self.values.iter().find(|(known, _)| *known == field).map(|(_, found)| found)
    }

    /// Whether it has a value.
    pub(super) fn has(&self, field: Field) -> bool {
        self.get(field).is_some()
    }

    /// How many of its values say something.
    pub(super) fn full(&self) -> usize {
        self.values.iter().filter(|(field, _)| *field != Field::Ignored).count()
    }

    /// The place of its first value.
    pub(super) fn place(&self) -> Place {
        let first = self.values.first().map(|(_, found)| found.place);
        first.unwrap_or(Place { line: self.line, cell: 0 })
    }
}

/// Reads the cells of a row by the columns of the open table. What mends a row stands before this: it changes the cells.
pub(super) fn read(profile: &Profile, open: &mut Open<'_>, index: usize, line: &SourceLine) -> Row {
    let mut row = Row { line: index, misfit: misfit(open.width, line), ..Row::default() };
    for (cell, words) in line.cells().enumerate() {
        let place = Place { line: index, cell };
        let column = open.header.columns.get(cell).copied().flatten();
        let words = plain(words);
        if words.is_empty() {
            carry(&mut row, open, cell, column);
            continue;
        }
        let (value, mark) = column.map_or((words.as_str(), None), |column| dropped(column, &words));
        row.marked |= mark.is_some();
        let field = match column {
            Some(_) if value.is_empty() || is_nothing(profile, value) => Field::Ignored,
            Some(column) => column.field,
            None => Field::Notes,
        };
        let value = if field == Field::Ignored { words.as_str() } else { value };
        let sure = match row.misfit {
            Misfit::None if column.is_some() => Confidence::Certain,
            Misfit::None => Confidence::Likely,
            Misfit::Fewer(_) | Misfit::More(_) => Confidence::Guess,
        };
        let found = Found::new(value, place).with(sure);
        if let (Some(column), Some(slot)) = (column, open.carried.get_mut(cell))
            && column.carries_down
            && field != Field::Ignored
        {
            *slot = Some(found.clone());
        }
        row.values.push((field, found));
        number_of_mark(&mut row, mark, place);
    }
    row
}

/// Reads a row whose cells were put into their columns before.
pub(super) fn mended(profile: &Profile, row: wide::Row<'_>) -> Row {
    let mut read = Row { line: row.line, ..Row::default() };
    for (column, found) in row.columns.iter().zip(row.cells) {
        let Some(found) = found else { continue };
        let (value, mark) =
            column.map_or((found.words.as_str(), None), |column| dropped(column, &found.words));
        read.marked |= mark.is_some();
        let nothing = value.is_empty() || is_nothing(profile, value);
        let (field, words) = match column {
            Some(_) if nothing => (Field::Ignored, found.words.clone()),
            Some(column) => (column.field, value.to_owned()),
            None => (Field::Notes, found.words.clone()),
        };
        let place = found.place;
        read.values.push((field, Found { words, ..found }));
        number_of_mark(&mut read, mark, place);
    }
    read.values.extend(row.spare.into_iter().map(|found| (Field::Number, found)));
    read
}

/// The number among the words taken off a value is the row's, when no cell of its own says it.
fn number_of_mark(row: &mut Row, mark: Option<String>, place: Place) {
    if let Some(number) = mark.filter(|number| !number.is_empty())
        && !row.has(Field::Number)
    {
        row.values.push((Field::Number, Found::new(number, place).with(Confidence::Likely)));
    }
}

/// What a blank cell says, where the one above it counts for it too.
fn carry(row: &mut Row, open: &Open<'_>, cell: usize, column: Option<&Column>) {
    if let Some(column) = column.filter(|column| column.carries_down)
        && let Some(found) = open.carried.get(cell).cloned().flatten()
    {
        row.carried.push((column.field, found.with(Confidence::Likely)));
    }
}

/// A value without the words before it that are no part of it, and their number when there were some.
fn dropped<'w>(column: &Column, words: &'w str) -> (&'w str, Option<String>) {
    let taken = column.drops.iter().find_map(|drop| drop.start(words));
    taken.map_or((words, None), |taken| {
        let rest =
            taken.rest.trim_start_matches(|c: char| matches!(c, ':' | '-' | '–' | '—') || c.is_whitespace());
        let at = words.len().saturating_sub(rest.len());
        let number = taken.get(Field::Number).unwrap_or_default().to_owned();
        (words.get(at..).unwrap_or_default(), Some(number))
    })
}

/// Whether words say that there is nothing.
fn is_nothing(profile: &Profile, words: &str) -> bool {
    if words.len() > LONGEST_NOTHING || profile.nothing.is_empty() {
        return false;
    }
    let folded = fold(words);
    let squeezed = folded.squeezed();
    profile.nothing.iter().any(|pattern| pattern.is_either(folded.as_str(), &squeezed))
}

/// Whether a row has as many cells as its header; blank ones at its end make no difference.
fn misfit(width: usize, line: &SourceLine) -> Misfit {
    let cells = line.cells().len();
    if cells < width {
        return Misfit::Fewer(cells);
    }
    let last = line.cells().rposition(|cell| !cell.trim().is_empty());
    if last.is_some_and(|last| last >= width) { Misfit::More(cells) } else { Misfit::None }
}

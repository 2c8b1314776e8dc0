//! The cells of a row, put below the columns of a header.

use traguardo_domain::reading::Confidence;

use super::echo::Echo;
use super::headers::Header;
use super::lines::{Cell, Line};
use super::names::Names;
use crate::gathered::Found;
use crate::profile::Field;

/// The shortest word of a header that is taken out of a cell, in letters.
const SHORTEST: usize = 6;

/// The words of every column of a row; and whether the row has more cells than its header, so that what they are was told by
/// their order.
pub(super) fn placed(
    names: &Names<'_>,
    echo: &Echo,
    header: &Header,
    line: &Line,
) -> (Vec<(usize, Found)>, bool) {
    let shaped = line.cells.first().is_some_and(|cell| names.begins_a_shape(&cell.letters));
    if shaped && line.width > header.width && header.binds.iter().all(|bind| bind.cells.len() == 1) {
        let columns = header.binds.iter().map(|bind| bind.column);
        let cells = line.cells.iter().map(|cell| found(cell).with(Confidence::Likely));
        return (columns.zip(cells).collect(), true);
    }
    let mut columns: Vec<(usize, Found)> = Vec::new();
    for cell in &line.cells {
        let stained = cell.letters.chars().count() < 2 && !is_value(&cell.words);
        let is_letter = |column: &usize| field_of(names, header, *column) == Some(Field::Category);
        let column = column_of(names, header, line, cell);
        let Some(column) = column.filter(|column| !stained || is_letter(column)) else { continue };
        match columns.iter_mut().find(|(known, _)| *known == column) {
            Some((_, known)) => {
                known.words = echo.join(&known.words, &cell.words);
                known.more.push(cell.place);
            }
            None => columns.push((column, found(cell))),
        }
    }
    (columns, false)
}

/// What a column holds.
fn field_of(names: &Names<'_>, header: &Header, column: usize) -> Option<Field> {
    names.table(header.table)?.columns.get(column).map(|column| column.field)
}

/// Whether a cell of one sign may be a value: it has a figure, `5%`.
fn is_value(words: &str) -> bool {
    words.chars().any(|sign| sign.is_ascii_digit())
}

/// The column of a cell. Below a header printed in one piece the columns are the last ones of the row.
fn column_of(names: &Names<'_>, header: &Header, line: &Line, cell: &Cell) -> Option<usize> {
    let at = cell.place.cell;
    if header.binds.is_empty() {
        let columns = names.table(header.table)?.columns.len();
        let first = line.cells.first().map_or(0, |cell| cell.place.cell);
        let before = line.width.saturating_sub(columns).min(first);
        return Some(at.saturating_sub(before)).filter(|column| *column < columns);
    }
    let bind = header.binds.iter().find(|bind| bind.cells.contains(&at))?;
    Some(bind.column)
}

/// The words of a cell.
pub(super) fn found(cell: &Cell) -> Found {
    Found::new(cell.words.clone(), cell.place)
}

/// A value of a column a plan leaves blank until the end of the year is not sure when it is there.
pub(super) fn of_results(field: Field, found: Found) -> Found {
    if matches!(field, Field::Actual | Field::Notes) { found.with(Confidence::Guess) } else { found }
}

/// What follows a word of the header that stands inside a cell.
pub(super) fn after_header(fragment: &str, words: &str) -> Option<String> {
    let (first, rest) = words.split_once(' ')?;
    let same = super::lines::letters(first) == super::lines::letters(fragment);
    let big = rest.chars().next().is_some_and(char::is_uppercase);
    (same && big && first.len() >= SHORTEST).then(|| rest.to_owned())
}

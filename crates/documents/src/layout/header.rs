//! Header rows: which table of a profile begins here, and which of its columns each cell is.

use crate::markup::fold;
use crate::profile::{Column, Field, Profile, Table};
use crate::source::SourceLine;

/// How many columns a header must have when its table does not say.
const LEAST_COLUMNS: usize = 2;
/// The longest cell that may name a column, in bytes, tags included.
const LONGEST_NAME: usize = 160;

/// A header that was recognised: its table, and for every cell of the row the column it names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Header<'p> {
    /// The table.
    pub table: &'p Table,
    /// For every cell, the column; `None` for a cell that is none.
    pub columns: Vec<Option<&'p Column>>,
}

/// A cell as it is compared with the names of columns.
struct Name {
    folded: String,
    squeezed: String,
}

/// The header a row is, if it is one: of the tables whose columns it names, the one it names most of.
#[must_use]
pub fn recognise<'p>(profile: &'p Profile, line: &SourceLine) -> Option<Header<'p>> {
    let least = profile.tables.iter().map(|table| table.least.unwrap_or(LEAST_COLUMNS)).min()?;
    if line.cells().len() < least {
        return None;
    }
    let cells: Vec<Option<Name>> = line.cells().map(name_of).collect();
    let candidates = profile.tables.iter().filter_map(|table| columns_of(table, &cells));
    // Of those that name as many the first, as the profile has them in the order they are tried.
    candidates.rev().max_by_key(|header| header.columns.iter().flatten().count())
}

/// A cell as a name; `None` when it can be none: too long, or figures without a letter.
fn name_of(cell: &str) -> Option<Name> {
    let figures = cell.contains(|c: char| c.is_ascii_digit()) && !cell.contains(char::is_alphabetic);
    let folded = (cell.len() <= LONGEST_NAME && !figures).then(|| fold(cell))?;
    Some(Name { squeezed: folded.squeezed(), folded: folded.as_str().trim().to_owned() })
}

/// The columns of one table a row names; `None` when too few for a header, or when it says more than names.
fn columns_of<'p>(table: &'p Table, cells: &[Option<Name>]) -> Option<Header<'p>> {
    let mut free: Vec<&Column> = table.columns.iter().collect();
    let mut columns = Vec::with_capacity(cells.len());
    let is_full = |cell: &&Option<Name>| cell.as_ref().is_none_or(|name| !name.squeezed.is_empty());
    let full = cells.iter().filter(is_full).count();
    let (mut named, mut others) = (0_usize, 0_usize);
    for name in cells {
        let at = name.as_ref().and_then(|name| free.iter().position(|column| is_called(column, name)));
        let column = at.map(|at| free.remove(at));
        match (name, column) {
            (Some(name), _) if name.squeezed.is_empty() => {}
            (_, Some(_)) => named = named.saturating_add(1),
            (_, None) => others = others.saturating_add(1),
        }
        if others.saturating_mul(2) >= full {
            return None;
        }
        columns.push(column);
    }
    (named >= table.least.unwrap_or(LEAST_COLUMNS)).then_some(Header { table, columns })
}

/// Whether a column is called so.
fn is_called(column: &Column, name: &Name) -> bool {
    column.headers.iter().any(|header| header.is_either(&name.folded, &name.squeezed))
}

impl Header<'_> {
    /// Whether it names a column that holds a field.
    #[must_use]
    pub fn names(&self, field: Field) -> bool {
        self.columns.iter().flatten().any(|column| column.field == field)
    }

    /// Whether it is the same header: the same table, with the same columns in the same order.
    #[must_use]
    pub fn is_same(&self, other: &Self) -> bool {
        let same = |one: Option<&Column>, two: Option<&Column>| match (one, two) {
            (Some(one), Some(two)) => std::ptr::eq(one, two),
            (None, None) => true,
            (Some(_), None) | (None, Some(_)) => false,
        };
        let (columns, others) = (&self.columns, &other.columns);
        std::ptr::eq(self.table, other.table)
            && columns.len() == others.len()
            && columns.iter().zip(others).all(|(one, two)| same(*one, *two))
    }
}

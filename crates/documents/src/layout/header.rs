//! Header rows: which table of a profile begins here, and which of its columns each cell is.

use crate::markup::fold;
use crate::profile::{Column, Profile, Table};
use crate::source::SourceLine;

/// How many columns a header must have when its table does not say.
const LEAST_COLUMNS: usize = 2;

/// A header that was recognised: its table, and for every cell of the row the column it names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Header<'p> {
    /// The table.
    pub table: &'p Table,
    /// For every cell, the column; `None` for a cell that is none.
    pub columns: Vec<Option<&'p Column>>,
}

/// The header a row is, if it is one: of the tables whose columns it names, the one it names most of.
#[must_use]
pub fn recognise<'p>(profile: &'p Profile, line: &SourceLine) -> Option<Header<'p>> {
    let candidates = profile.tables.iter().filter_map(|table| named_columns(table, line));
    candidates.max_by_key(|header| header.columns.iter().flatten().count())
}

/// The columns of one table a row names; `None` when too few for a header, or when it says more than names.
fn named_columns<'p>(table: &'p Table, line: &SourceLine) -> Option<Header<'p>> {
    let mut free: Vec<&Column> = table.columns.iter().collect();
    let mut columns = Vec::with_capacity(line.cells().len());
    let (mut named, mut others) = (0_usize, 0_usize);
    for cell in line.cells() {
        let folded = fold(cell);
        let at = free.iter().position(|column| column.headers.iter().any(|name| name.is_folded(&folded)));
        let column = at.map(|at| free.remove(at));
        if !folded.as_str().trim().is_empty() {
            match column {
                Some(_) => named = named.saturating_add(1),
                None => others = others.saturating_add(1),
            }
        }
        columns.push(column);
    }
    (named >= table.least.unwrap_or(LEAST_COLUMNS) && others < named).then_some(Header { table, columns })
}

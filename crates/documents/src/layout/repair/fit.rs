//! Fitting: which columns the cells of a row are, when there are not as many cells as columns. A scan loses a column that is
//! blank on a whole page, or puts two into one cell; what the cells look like says which.
//!
//! The columns keep their order and so do the words: only where one cell ends and the next column begins is decided here.

use crate::markup::{Folded, fold, plain};
use crate::profile::Column;

mod roads;

use roads::Roads;

/// The most words a value has that is cut off the end of a cell.
const MOST_WORDS: usize = 6;
/// The most cells and columns that are fitted; beyond, cells are taken in their order.
const MOST: usize = 80;

/// What is known beside the cells themselves.
pub trait Hints {
    /// The columns the header above a cell names; none where it is not known.
    fn named(&self, cell: usize) -> &[usize];
    /// How often the words stand in a column, among rows with every cell; and in all columns.
    fn seen(&self, words: &str, column: usize) -> (usize, usize);
}

/// Nothing is known.
#[derive(Debug, Clone, Copy)]
pub struct NoHints;

impl Hints for NoHints {
    fn named(&self, _: usize) -> &[usize] {
        &[]
    }

    fn seen(&self, _: &str, _: usize) -> (usize, usize) {
        (0, 0)
    }
}

/// Words of a cell, and the column they are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Placed {
    /// The cell.
    pub cell: usize,
    /// The column.
    pub column: usize,
    /// The words.
    pub words: String,
    /// Whether no other column would do as well.
    pub sure: bool,
    /// Whether the cell holds another column's words too.
    pub shared: bool,
}

/// What a cell looks like to a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Look {
    /// As its cells do.
    Like,
    /// Not as its cells do.
    Unlike,
    /// Its cells may look like anything, or there is nothing in this one.
    Any,
}

/// What words look like to a column.
#[must_use]
pub fn look(column: Option<&Column>, words: &str) -> Look {
    if words.is_empty() || column.is_none_or(|column| column.shape.is_empty()) {
        return Look::Any;
    }
    look_folded(column, &fold(words))
}

fn look_folded(column: Option<&Column>, words: &Folded) -> Look {
    match column.filter(|column| !column.shape.is_empty()) {
        None => Look::Any,
        Some(column) if column.shape.iter().any(|shape| shape.is_folded(words)) => Look::Like,
        Some(_) => Look::Unlike,
    }
}

/// The words of a cell, with the ends that may be cut off it, the longest first; each folded once.
struct Text<'w> {
    words: &'w str,
    whole: Folded,
    ends: Vec<(&'w str, &'w str, Folded)>,
}

impl<'w> Text<'w> {
    fn of(words: &'w str) -> Self {
        let spaces: Vec<usize> = words.match_indices(' ').map(|(at, _)| at).collect();
        let halves = spaces.iter().rev().take(MOST_WORDS).rev().filter_map(|at| words.split_at_checked(*at));
        let ends = halves.map(|(head, tail)| (head.trim(), tail.trim(), fold(tail))).collect();
        Self { words, whole: fold(words), ends }
    }

    /// Cuts off the longest end that looks as a column's cells do.
    fn cut(&self, column: Option<&Column>) -> Option<(String, String)> {
        let mut ends = self.ends.iter();
        let (head, tail, _) = ends.find(|(.., folded)| look_folded(column, folded) == Look::Like)?;
        Some(((*head).to_owned(), (*tail).to_owned()))
    }

    fn look(&self, column: Option<&Column>) -> Look {
        if self.words.is_empty() { Look::Any } else { look_folded(column, &self.whole) }
    }
}

/// Which columns the cells of a row are.
#[must_use]
pub fn fit(cells: &[&str], columns: &[Option<&Column>], hints: &dyn Hints) -> Vec<Placed> {
    let cells: Vec<String> = cells.iter().map(|cell| plain(cell)).collect();
    if cells.len() == columns.len() || cells.len() > MOST || columns.len() > MOST || columns.is_empty() {
        return in_order(cells, columns.len());
    }
    Roads::over(&cells, columns, hints).shortest(cells)
}

/// Every cell in the column of its place; those beyond the last column go on with it.
fn in_order(cells: Vec<String>, columns: usize) -> Vec<Placed> {
    let exact = cells.len() == columns;
    let placed = |(cell, words): (usize, String)| {
        let column = cell.min(columns.saturating_sub(1));
        Placed { cell, column, words, sure: exact, shared: false }
    };
    cells.into_iter().enumerate().map(placed).collect()
}

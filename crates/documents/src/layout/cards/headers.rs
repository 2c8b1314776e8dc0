//! Headers of the small tables: whole, torn over cells, torn over rows.

use std::collections::HashMap;
use std::ops::Range;

use super::lines::{Cell, Line};
use super::names::{LONGEST, Named, Names};

/// The most rows one header is torn over.
const MOST_ROWS: usize = 6;
/// How many columns a header must have when its table does not say.
const LEAST_COLUMNS: usize = 2;

/// Which column some cells of the rows below a header are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Bind {
    /// The cells.
    pub(super) cells: Range<usize>,
    /// The column of the table.
    pub(super) column: usize,
    /// The last word of its name as it is printed, where the name is torn over rows.
    pub(super) fragment: Option<String>,
}

/// A header.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Header {
    /// The table of the profile.
    pub(super) table: usize,
    /// Its columns; none when it is printed in one piece.
    pub(super) binds: Vec<Bind>,
    /// How many lines it takes.
    pub(super) lines: usize,
    /// How many cells its rows have.
    pub(super) width: usize,
    /// Whether names were missing, and its columns are those of a whole header of the same width.
    pub(super) mended: bool,
    apart: usize,
}

impl Header {
    /// A header whose cells a scan made one of.
    pub(super) const fn in_one_piece(table: usize) -> Self {
        Self { table, binds: Vec::new(), lines: 1, width: 0, mended: false, apart: 0 }
    }
}

/// The header of every line that is the first of one, by index among the lines.
pub(super) fn headers(names: &Names<'_>, lines: &[Line]) -> HashMap<usize, Header> {
    let mut found = HashMap::new();
    let mut at = 0;
    while at < lines.len() {
        let header = lines.get(at..).and_then(|rest| header_of(names, rest));
        let taken = header.as_ref().map_or(1, |header| header.lines.max(1));
        if let Some(header) = header {
            found.insert(at, header);
        }
        at = at.saturating_add(taken);
    }
    mend(names, &mut found);
    found
}

/// The header some lines begin with: of those of one row, two rows, three, the one with most columns, and of these the one
/// whose names are spelled best.
fn header_of(names: &Names<'_>, lines: &[Line]) -> Option<Header> {
    let first = lines.first()?;
    let rows = lines.iter().enumerate().take(MOST_ROWS);
    let rows: Vec<&Line> = rows.take_while(|(at, line)| could_be(*at, line)).map(|(_, line)| line).collect();
    let looked_at = rows.iter().take(2).flat_map(|line| &line.cells);
    if first.prose || !looked_at.into_iter().any(|cell| names.begins(&cell.letters)) {
        return None;
    }
    let mut best: Option<Header> = None;
    for count in 1..=rows.len() {
        let tried = rows.get(..count).and_then(|rows| one(names, rows));
        let Some(tried) = tried else { continue };
        let better = best
            .as_ref()
            .is_none_or(|best| (tried.binds.len(), best.apart) > (best.binds.len(), tried.apart));
        if better {
            best = Some(tried);
        }
    }
    best
}

/// Whether a line may be a row of a header.
fn could_be(at: usize, line: &Line) -> bool {
    !line.prose
        && (at == 0 || line.close)
        && !line.is_ruled()
        && line.cells.iter().all(|cell| cell.letters.chars().count() <= LONGEST)
}

/// The header some rows are together.
fn one(names: &Names<'_>, rows: &[&Line]) -> Option<Header> {
    let width = rows.iter().map(|row| row.width).max()?;
    let mut columns: Vec<Column> = (0..width).map(|cell| Column::of(names, rows, cell)).collect();
    let torn = |row: usize| columns.iter().any(|column| column.torn_over.contains(&row));
    if rows.len() > 1 && !(torn(0) && torn(rows.len().saturating_sub(1))) {
        return None;
    }
    for column in &mut columns {
        column.look_into(names, rows);
    }
    let mut tables: Vec<usize> =
        columns.iter().flat_map(|column| &column.hits).map(|(n, _)| n.table).collect();
    tables.sort_unstable();
    tables.dedup();
    let tried = tables.into_iter().filter_map(|table| of_table(names, table, &columns, rows.len()));
    tried.max_by_key(|header| (header.binds.len(), usize::MAX.saturating_sub(header.apart)))
}

/// What the cells of a header one above the other say.
struct Column {
    cell: usize,
    letters: String,
    fragment: Option<String>,
    hits: Vec<(Named, usize)>,
    /// The rows its name is torn over.
    torn_over: Vec<usize>,
}

impl Column {
    fn of(names: &Names<'_>, rows: &[&Line], cell: usize) -> Self {
        let full = rows.iter().enumerate().filter_map(|(at, row)| Some((at, row.cell(cell)?)));
        let (over, parts): (Vec<usize>, Vec<&Cell>) = full.unzip();
        let joined = |parts: &[&Cell]| parts.iter().map(|part| part.letters.as_str()).collect::<String>();
        let letters = joined(&parts);
        let mut hits = match parts.as_slice() {
            [only] => names.of_cell(only),
            _ => names.named(&letters),
        };
        if parts.len() > 1 {
            // Every piece of a torn name has more letters than are wrong in the whole.
            let least = parts.iter().map(|part| part.letters.chars().count()).min().unwrap_or_default();
            hits.retain(|(_, apart)| *apart < least && !parts.iter().any(|part| has_digit(part)));
        }
        let torn_over = if hits.is_empty() || parts.len() < 2 { Vec::new() } else { over };
        let fragment = (parts.len() > 1).then(|| parts.last().map(|part| part.words.clone())).flatten();
        Self { cell, letters, fragment, hits, torn_over }
    }

    /// The column some of its rows name, where all of them name none.
    fn look_into(&mut self, names: &Names<'_>, rows: &[&Line]) {
        let parts: Vec<&Cell> = rows.iter().filter_map(|row| row.cell(self.cell)).collect();
        if !self.hits.is_empty() || parts.len() < 2 {
            return;
        }
        let runs = (0..parts.len()).flat_map(|from| (from..=parts.len()).map(move |to| from..to));
        let runs = runs.filter_map(|run| parts.get(run)).filter(|run| !run.is_empty());
        let joined = |run: &[&Cell]| run.iter().map(|part| part.letters.as_str()).collect::<String>();
        let mut hits = runs.filter(|run| run.len() < parts.len()).map(|run| names.named(&joined(run)));
        self.hits = hits.find(|found| !found.is_empty()).unwrap_or_default();
    }

    fn named_in(&self, table: usize, taken: &[Bind]) -> Option<(usize, usize)> {
        let free = |(named, _): &&(Named, usize)| {
            named.table == table && taken.iter().all(|bind| bind.column != named.column)
        };
        self.hits
            .iter()
            .filter(free)
            .map(|(named, apart)| (named.column, *apart))
            .min_by_key(|(_, apart)| *apart)
    }
}

/// Whether a cell has a figure: a name of a column that is torn has none.
fn has_digit(cell: &Cell) -> bool {
    cell.letters.contains(|letter: char| letter.is_ascii_digit())
}

/// The header some cells are of one table; `None` when too few name a column, or most name none.
fn of_table(names: &Names<'_>, table: usize, columns: &[Column], lines: usize) -> Option<Header> {
    let mut header =
        Header { table, binds: Vec::new(), lines, width: columns.len(), mended: false, apart: 0 };
    let mut others = 0_usize;
    let mut rest = columns.iter().peekable();
    while let Some(column) = rest.next() {
        let bound = column.named_in(table, &header.binds).map(|found| (column.cell.saturating_add(1), found));
        let torn = || {
            let next = rest.peek().filter(|next| !next.letters.is_empty() && !column.letters.is_empty())?;
            let pieces = names.named(&[column.letters.as_str(), &next.letters].concat());
            let (found, apart) = pieces.into_iter().find(|(named, _)| named.table == table)?;
            let free = header.binds.iter().all(|bind| bind.column != found.column);
            free.then_some((column.cell.saturating_add(2), (found.column, apart)))
        };
        let bound = bound.or_else(torn);
        let Some((end, (at, apart))) = bound else {
            others = others.saturating_add(usize::from(!column.letters.is_empty()));
            continue;
        };
        if end > column.cell.saturating_add(1) {
            rest.next();
        }
        header.apart = header.apart.saturating_add(apart);
        header.binds.push(Bind { cells: column.cell..end, column: at, fragment: column.fragment.clone() });
    }
    let least = names.table(table)?.least.unwrap_or(LEAST_COLUMNS);
    (header.binds.len() >= least && others < header.binds.len()).then_some(header)
}

/// A header that lost names, and has as many empty cells at its end instead, has the columns of a whole one as wide: the
/// names moved, the cells below did not.
fn mend(names: &Names<'_>, headers: &mut HashMap<usize, Header>) {
    let mut whole: HashMap<(usize, usize), Vec<Bind>> = HashMap::new();
    for header in headers.values() {
        let columns = names.table(header.table).map_or(0, |table| table.columns.len());
        if header.binds.len() == columns && header.lines == 1 {
            whole.entry((header.table, header.width)).or_insert_with(|| header.binds.clone());
        }
    }
    for header in headers.values_mut() {
        let Some(binds) = whole.get(&(header.table, header.width)) else { continue };
        let missing = binds.len().saturating_sub(header.binds.len());
        let last = header.binds.last().map_or(0, |bind| bind.cells.end);
        if missing > 0 && header.width.saturating_sub(last) == missing {
            header.binds.clone_from(binds);
            header.mended = true;
        }
    }
}

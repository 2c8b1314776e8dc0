//! The rows of one wide table, mended: what each cell is, whatever a scan did to headers, columns and page breaks.

use std::collections::HashMap;

use crate::gathered::{Found, Noticed, Use};
use crate::profile::{Column, Field, Holds, Profile, Table};
use crate::source::{LineForm, Source, SourceLine};

use super::fit::{self, Hints};
use super::grid::{self, Cell, Names, Order};
use super::spill;
use super::told;

/// How many columns a header must name when its table does not say.
const LEAST_COLUMNS: usize = 2;
/// The longest words that are remembered as said in a column, in bytes.
const LONGEST_SEEN: usize = 90;

/// A row, with every cell in its column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row<'p> {
    /// The line it stands in, or begins in.
    pub line: usize,
    /// Its columns; `None` for one the profile does not know.
    pub columns: Vec<Option<&'p Column>>,
    /// What stands in each.
    pub cells: Vec<Option<Found>>,
    /// Numbers that stand beside it on lines of their own.
    pub spare: Vec<Found>,
    /// Whether its words stood among the names of the columns.
    pub(super) spilled: bool,
}

impl Row<'_> {
    /// Whether a number is all there is.
    #[must_use]
    pub fn holds_only_a_number(&self) -> bool {
        self.number().is_some() && self.cells.iter().flatten().count() == 1
    }

    /// Its number.
    #[must_use]
    pub fn number(&self) -> Option<&Found> {
        self.cells.get(self.number_column()?)?.as_ref()
    }

    /// Gives it a number.
    pub(super) fn put_number(&mut self, found: Found) {
        if let Some(cell) = self.number_column().and_then(|at| self.cells.get_mut(at)) {
            *cell = Some(found);
        }
    }

    fn number_column(&self) -> Option<usize> {
        self.columns.iter().position(|column| column.is_some_and(|column| column.field == Field::Number))
    }
}

/// What mending came to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Mended<'p> {
    /// The rows, by line.
    pub rows: HashMap<usize, Row<'p>>,
    /// What became of lines that are no rows of their own.
    pub uses: HashMap<usize, Use>,
    /// What was mended, with the line of the row it is about.
    pub noticed: Vec<(usize, Noticed)>,
}

/// Mends the rows of a profile's table of objectives.
#[must_use]
pub fn mend<'p>(source: &Source, profile: &'p Profile) -> Mended<'p> {
    let wanted = profile.repairs.merged_columns || profile.repairs.header_inside_data;
    let table = profile.tables.iter().find(|table| table.holds == Holds::Objectives);
    match table.filter(|_| wanted) {
        Some(table) => Mender::new(source, profile, table).mend(),
        None => Mended::default(),
    }
}

/// What a line is to the table.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Kind {
    /// No row at all.
    Other,
    /// Nothing is written in it.
    Blank,
    /// The names of the columns.
    Header(Vec<Cell>),
    /// Parts of their names.
    Fragment(Vec<Cell>),
    /// Their names mixed with a row.
    Spilled(Vec<Cell>),
    /// A row.
    Row,
}

/// What is known of the cells of a page whose rows have not as many cells as there are columns.
#[derive(Debug, Default)]
struct Page {
    /// For every cell the columns its header names, by how many cells there are.
    named: HashMap<usize, Vec<Vec<usize>>>,
}

/// The hints for one row.
struct RowHints<'a> {
    named: &'a [Vec<usize>],
    seen: &'a HashMap<String, HashMap<usize, usize>>,
}

impl Hints for RowHints<'_> {
    fn named(&self, cell: usize) -> &[usize] {
        self.named.get(cell).map_or(&[], Vec::as_slice)
    }

    fn seen(&self, words: &str, column: usize) -> (usize, usize) {
        let Some(known) = self.seen.get(&words.to_lowercase()) else { return (0, 0) };
        (known.get(&column).copied().unwrap_or_default(), known.values().sum())
    }
}

pub(super) struct Mender<'a, 'p> {
    pub(super) source: &'a Source,
    profile: &'p Profile,
    table: &'p Table,
    names: Names,
    /// The order of the columns that counts now.
    order: Order,
    page: Page,
    seen: HashMap<String, HashMap<usize, usize>>,
    /// The rows, in their order; those taken out leave a gap.
    pub(super) rows: Vec<Option<Row<'p>>>,
    /// The rows by index, and the breaks between them, in their order.
    pub(super) marks: Vec<Option<usize>>,
    pub(super) mended: Mended<'p>,
}

impl<'a, 'p> Mender<'a, 'p> {
    fn new(source: &'a Source, profile: &'p Profile, table: &'p Table) -> Self {
        Self {
            source,
            profile,
            table,
            names: Names::of(table),
            order: Order::new(),
            page: Page::default(),
            seen: HashMap::new(),
            rows: Vec::new(),
            marks: Vec::new(),
            mended: Mended::default(),
        }
    }

    fn mend(mut self) -> Mended<'p> {
        let lines = self.source.lines();
        let headers = lines.iter().filter(|line| matches!(self.kind(line), Kind::Header(_)));
        let written: Vec<&str> = headers.flat_map(SourceLine::cells).collect();
        self.names = Names::of(self.table).used(written.into_iter());
        let kinds: Vec<Kind> = lines.iter().map(|line| self.kind(line)).collect();
        let headers = kinds.iter().filter_map(|kind| match kind {
            Kind::Header(cells) => Some(grid::order(cells)),
            Kind::Other | Kind::Blank | Kind::Fragment(_) | Kind::Spilled(_) | Kind::Row => None,
        });
        // The first of those that name most columns.
        let best = headers.rev().max_by_key(|order| order.iter().flatten().count()).unwrap_or_default();
        self.remember(&kinds, &best);
        let mut opened = false;
        for (index, (kind, line)) in kinds.iter().zip(self.source.lines()).enumerate() {
            match kind {
                Kind::Other => opened = false,
                Kind::Blank => self.marks.push(None),
                Kind::Header(cells) => {
                    let first = self.order.is_empty();
                    self.header(cells, &best);
                    let became = if first { Use::Header } else { Use::RepeatedHeader };
                    self.mended.uses.insert(index, became);
                    self.marks.push(None);
                    opened = true;
                }
                Kind::Fragment(cells) => {
                    self.name_cells(cells);
                    self.mended.uses.insert(index, Use::RepeatedHeader);
                    self.marks.push(None);
                }
                Kind::Spilled(cells) if !best.is_empty() => {
                    if self.order.is_empty() {
                        self.order.clone_from(&best);
                    }
                    self.name_cells(cells);
                    self.row(index, line, true);
                    opened = true;
                }
                Kind::Row if opened => self.row(index, line, false),
                Kind::Spilled(_) | Kind::Row => {}
            }
        }
        self.settle()
    }

    /// What a line is to the table.
    fn kind(&self, line: &SourceLine) -> Kind {
        if line.is_blank() {
            return Kind::Blank;
        }
        if line.form == LineForm::Prose || line.cells().len() < LEAST_COLUMNS {
            return Kind::Other;
        }
        let cells: Vec<Cell> = line.cells().map(|cell| self.names.read(cell, None)).collect();
        if self.profile.repairs.header_inside_data && spill::is_spilled(&cells) {
            return Kind::Spilled(cells);
        }
        let count = |wanted: fn(&Cell) -> bool| cells.iter().filter(|cell| wanted(cell)).count();
        let names = count(|cell| matches!(cell, Cell::Names(_)));
        let parts = count(|cell| matches!(cell, Cell::Fragment(_)));
        let others = count(|cell| matches!(cell, Cell::Words | Cell::Spilled(_)));
        let least = self.table.least.unwrap_or(LEAST_COLUMNS);
        if names >= least && others < names {
            Kind::Header(cells)
        } else if others == 0 && names.saturating_add(parts) > 0 {
            Kind::Fragment(cells)
        } else {
            Kind::Row
        }
    }

    /// Remembers what is said in each column by the rows that have every cell.
    fn remember(&mut self, kinds: &[Kind], order: &Order) {
        for (line, _) in self.source.lines().iter().zip(kinds).filter(|(_, kind)| **kind == Kind::Row) {
            if line.cells().len() == order.len() {
                for (column, cell) in line.cells().enumerate().filter(|(_, cell)| cell.len() <= LONGEST_SEEN)
                {
                    let words = crate::markup::plain(cell).to_lowercase();
                    if !words.is_empty() {
                        let said = self.seen.entry(words).or_default().entry(column).or_default();
                        *said = said.saturating_add(1);
                    }
                }
            }
        }
    }

    /// Takes a header in: the order of the columns is the fullest one it agrees with, or its own.
    fn header(&mut self, cells: &[Cell], best: &Order) {
        let agrees = |order: &Order| grid::places(cells, order).is_some() && cells.len() <= order.len();
        if agrees(best) {
            self.order.clone_from(best);
        } else if self.order.is_empty() || !agrees(&self.order) {
            self.order = grid::order(cells);
        }
        self.page = Page::default();
        self.name_cells(cells);
    }

    /// Takes in which columns the cells of a line name.
    fn name_cells(&mut self, cells: &[Cell]) {
        if self.order.is_empty() || cells.len() == self.order.len() {
            return;
        }
        let named = self.page.named.entry(cells.len()).or_insert_with(|| vec![Vec::new(); cells.len()]);
        for (known, cell) in named.iter_mut().zip(cells) {
            let places = grid::places_of(cell, &self.order);
            known.extend(places.into_iter().filter(|place| !known.contains(place)).collect::<Vec<_>>());
        }
    }

    /// Takes a row in: its cells fitted to the columns, without the names of columns among them.
    fn row(&mut self, index: usize, line: &SourceLine, spilled: bool) {
        let full =
            line.cells().rposition(|cell| !cell.trim().is_empty()).map_or(0, |last| last.saturating_add(1));
        let width = line.cells().len().min(full.max(self.order.len()));
        let whole = width == self.order.len();
        let bare = |(at, cell): (usize, &str)| {
            let own = self.order.get(at).copied().flatten().filter(|_| whole);
            match if spilled { self.names.read(cell, own) } else { Cell::Words } {
                Cell::Spilled(spilled) => spilled.rest,
                Cell::Names(_) => String::new(),
                Cell::Blank | Cell::Fragment(_) | Cell::Words => cell.to_owned(),
            }
        };
        let cells: Vec<String> = line.cells().take(width).enumerate().map(bare).collect();
        let columns = grid::columns(self.table, &self.order);
        let named = self.page.named.get(&cells.len()).map_or(&[][..], Vec::as_slice);
        let hints = RowHints { named, seen: &self.seen };
        let texts: Vec<&str> = cells.iter().map(String::as_str).collect();
        let placed = fit::fit(&texts, &columns, &hints);
        let mut row =
            Row { line: index, cells: vec![None; columns.len()], columns, spare: Vec::new(), spilled };
        for part in &placed {
            told::put(&mut row.cells, part, index, whole);
        }
        if !whole && !row.holds_only_a_number() {
            self.shifted(&row, &placed, width);
        }
        self.marks.push(Some(self.rows.len()));
        self.rows.push(Some(row));
    }
}

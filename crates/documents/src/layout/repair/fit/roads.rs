//! The ways cells can be put into columns, what each costs, and the shortest.

use crate::profile::Column;

use super::{Hints, Look, Placed, Text};

/// What a column that got no cell costs.
const LOST: i32 = 2;
/// What a cell costs that goes on with the column of the cell before it.
const AGAIN: i32 = 4;
/// What a cell gains that looks as its column's cells do.
const LIKE: i32 = -6;
/// What a cell costs that does not.
const UNLIKE: i32 = 4;
/// What a cell costs that looks like another column's cells.
const LIKE_ANOTHER: i32 = 3;
/// What a cell costs where the header above it names another column.
const HINTED: i32 = 3;
/// What it gains where the header names this one.
const GAINED: i32 = -3;
/// What a cell gains in a column whose rows with every cell say the same.
const SEEN: i32 = 3;
/// Less than any road costs that could be taken.
const NO_ROAD: i32 = i32::MAX / 4;

/// One step: what becomes of the next cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Step {
    Here,
    Both,
    Again,
    Lost,
}

const STEPS: [Step; 4] = [Step::Here, Step::Both, Step::Again, Step::Lost];

impl Step {
    /// How many cells and how many columns are behind after it.
    const fn forward(self) -> (usize, usize) {
        match self {
            Self::Here => (1, 1),
            Self::Both => (1, 2),
            Self::Again => (1, 0),
            Self::Lost => (0, 1),
        }
    }
}

/// The costs of the ways cells can be put into columns.
pub(super) struct Roads {
    cells: usize,
    columns: usize,
    /// What each cell costs in each column.
    here: Vec<Vec<i32>>,
    /// What each cell costs in a column and the next one, and its words there.
    both: Vec<Vec<Option<(i32, String, String)>>>,
    /// What the rest costs from each cell and column on.
    rest: Vec<Vec<i32>>,
    /// What it costs to come to each cell and column.
    way: Vec<Vec<i32>>,
}

impl Roads {
    pub(super) fn over(cells: &[String], columns: &[Option<&Column>], hints: &dyn Hints) -> Self {
        let texts: Vec<Text<'_>> = cells.iter().map(|words| Text::of(words)).collect();
        let here = texts.iter().enumerate().map(|(at, text)| costs(at, text, columns, hints)).collect();
        let both = texts.iter().enumerate().map(|(at, text)| shared(at, text, columns, hints)).collect();
        let sheet = vec![vec![NO_ROAD; columns.len().saturating_add(1)]; cells.len().saturating_add(1)];
        let (rest, way) = (sheet.clone(), sheet);
        let mut roads = Self { cells: cells.len(), columns: columns.len(), here, both, rest, way };
        roads.measure();
        roads
    }

    fn measure(&mut self) {
        set(&mut self.rest, self.cells, self.columns, 0);
        for cell in (0..=self.cells).rev() {
            for column in (0..=self.columns).rev() {
                for step in STEPS {
                    let cost = self.cost(step, cell, column);
                    let (cells, columns) = step.forward();
                    let after = at(&self.rest, cell.saturating_add(cells), column.saturating_add(columns));
                    let known = at(&self.rest, cell, column);
                    set(&mut self.rest, cell, column, known.min(cost.saturating_add(after)));
                }
            }
        }
        set(&mut self.way, 0, 0, 0);
        for cell in 0..=self.cells {
            for column in 0..=self.columns {
                for step in STEPS {
                    let cost = self.cost(step, cell, column).saturating_add(at(&self.way, cell, column));
                    let (cells, columns) = step.forward();
                    let (cell, column) = (cell.saturating_add(cells), column.saturating_add(columns));
                    let known = at(&self.way, cell, column);
                    set(&mut self.way, cell, column, known.min(cost));
                }
            }
        }
    }

    fn cost(&self, step: Step, cell: usize, column: usize) -> i32 {
        match step {
            Step::Here => at(&self.here, cell, column),
            Step::Both => {
                let both = self.both.get(cell).and_then(|row| row.get(column)).and_then(Option::as_ref);
                both.map_or(NO_ROAD, |(cost, ..)| *cost)
            }
            Step::Again if cell > 0 && column > 0 && cell < self.cells => AGAIN,
            Step::Lost if column < self.columns => LOST,
            Step::Again | Step::Lost => NO_ROAD,
        }
    }

    pub(super) fn shortest(self, cells: Vec<String>) -> Vec<Placed> {
        let mut placed = Vec::with_capacity(cells.len());
        let mut column = 0_usize;
        for (cell, words) in cells.into_iter().enumerate() {
            while self.best(cell, column) == Step::Lost {
                column = column.saturating_add(1);
            }
            let step = self.best(cell, column);
            let sure = self.only(cell, column, step);
            let shared = self.both.get(cell).and_then(|row| row.get(column)).cloned().flatten();
            match (step, shared) {
                (Step::Both, Some((_, first, second))) => {
                    let next = column.saturating_add(1);
                    placed.push(Placed { cell, column, words: first, sure, shared: true });
                    placed.push(Placed { cell, column: next, words: second, sure, shared: true });
                }
                (Step::Again, _) => {
                    let before = column.saturating_sub(1);
                    placed.push(Placed { cell, column: before, words, sure, shared: false });
                }
                (Step::Here | Step::Both | Step::Lost, _) => {
                    placed.push(Placed { cell, column, words, sure, shared: false });
                }
            }
            column = column.saturating_add(step.forward().1);
        }
        placed
    }

    /// The step a shortest road takes from here; the first of equals.
    fn best(&self, cell: usize, column: usize) -> Step {
        let length = |step: &Step| {
            let (cells, columns) = step.forward();
            let after = at(&self.rest, cell.saturating_add(cells), column.saturating_add(columns));
            self.cost(*step, cell, column).saturating_add(after)
        };
        STEPS.into_iter().min_by_key(length).unwrap_or(Step::Here)
    }

    /// Whether every shortest road takes this step with the cell, from this column.
    fn only(&self, cell: usize, column: usize, step: Step) -> bool {
        let shortest = at(&self.rest, 0, 0);
        let others = (0..=self.columns).flat_map(|other| STEPS.map(|step| (other, step)));
        let mut others = others.filter(|other| other.1 != Step::Lost && *other != (column, step));
        others.all(|(other, step)| {
            let (cells, columns) = step.forward();
            let after = at(&self.rest, cell.saturating_add(cells), other.saturating_add(columns));
            let before = at(&self.way, cell, other);
            before.saturating_add(self.cost(step, cell, other)).saturating_add(after) > shortest
        })
    }
}

fn at(sheet: &[Vec<i32>], row: usize, column: usize) -> i32 {
    sheet.get(row).and_then(|row| row.get(column)).copied().unwrap_or(NO_ROAD)
}

fn set(sheet: &mut [Vec<i32>], row: usize, column: usize, value: i32) {
    if let Some(known) = sheet.get_mut(row).and_then(|row| row.get_mut(column)) {
        *known = value;
    }
}

/// What a cell costs in each column.
fn costs(cell: usize, text: &Text<'_>, columns: &[Option<&Column>], hints: &dyn Hints) -> Vec<i32> {
    let looks: Vec<Look> = columns.iter().map(|column| text.look(*column)).collect();
    let named = hints.named(cell);
    let cost = |(column, own): (usize, &Look)| {
        let mut cost = match own {
            Look::Like => LIKE,
            Look::Unlike => UNLIKE,
            Look::Any if looks.contains(&Look::Like) => LIKE_ANOTHER,
            Look::Any => 0,
        };
        if !named.is_empty() {
            cost = cost.saturating_add(if named.contains(&column) { GAINED } else { HINTED });
        }
        let (here, anywhere) = hints.seen(text.words, column);
        if here >= 2 && here.saturating_mul(2) > anywhere {
            cost = cost.saturating_sub(SEEN);
        }
        cost
    };
    looks.iter().enumerate().map(cost).collect()
}

/// What a cell costs in a column and the next one: where its end looks like the next, or the header above says so.
fn shared(
    cell: usize,
    text: &Text<'_>,
    columns: &[Option<&Column>],
    hints: &dyn Hints,
) -> Vec<Option<(i32, String, String)>> {
    let named = hints.named(cell);
    let pairs = columns.iter().enumerate().zip(columns.iter().skip(1));
    let mut found: Vec<_> = pairs
        .map(|((column, _), next)| {
            let after = column.saturating_add(1);
            let said = named.contains(&column) && named.contains(&after);
            let hinted = if said { HINTED.saturating_mul(2) } else { 0 };
            match text.cut(*next) {
                Some((head, tail)) => Some((1_i32.saturating_add(LIKE).saturating_sub(hinted), head, tail)),
                None if said && text.look(*next) == Look::Like => {
                    Some((0_i32.saturating_sub(hinted), String::new(), text.words.to_owned()))
                }
                None if said => Some((0_i32.saturating_sub(hinted), text.words.to_owned(), String::new())),
                None => None,
            }
        })
        .collect();
    found.push(None);
    found
}

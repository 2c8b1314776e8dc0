//! What the rows of a table become: objectives, indicators, posts, summaries; and words that go on with the row before.

use crate::gathered::{Fields, GatheredObjective, Use};
use crate::profile::{Field, Holds, Table};
use crate::source::SourceLine;

use super::row::{self, Row};
use super::values::{fields_of, go_on, is_indicator, join, one_more_indicator, put};
use super::{Walk, add_all};

/// The most cells the row of a total has something in.
const MOST_OF_TOTAL: usize = 3;

/// What the row before became.
#[derive(Clone, Copy)]
pub(super) enum Last {
    /// An objective, by index.
    Objective(usize),
    /// A phase of an objective.
    Phase(usize, usize),
}

impl Last {
    /// The objective it is, or is of.
    pub(super) const fn objective(self) -> usize {
        match self {
            Self::Objective(objective) | Self::Phase(objective, _) => objective,
        }
    }
}

impl Walk<'_> {
    /// Takes a row of the open table in.
    pub(super) fn row(&mut self, index: usize, line: &SourceLine) -> Use {
        let Some(table) = self.open_table() else { return Use::NotUnderstood };
        if is_total(table, line) {
            return self.total(index, line);
        }
        let Some(open) = &mut self.table else { return Use::NotUnderstood };
        let row = row::read(self.profile, open, index, line);
        match table.holds {
            Holds::Objectives => self.objective_row(table, row),
            Holds::Indicators => {
                self.of_objective(row, |objective, fields| objective.indicators.push(fields))
            }
            Holds::Card => self.of_objective(row, |objective, fields| {
                add_all(&mut objective.fields, fields.iter().cloned());
            }),
            Holds::Summary | Holds::Staff => self.of_unit(table.holds, row),
            Holds::Narrative => self.narrative_row(row),
        }
    }

    /// Takes a row of a table of objectives in.
    pub(super) fn objective_row(&mut self, table: &Table, row: Row) -> Use {
        let named = row.has(Field::Title) || row.has(Field::Description) || row.has(Field::Purpose);
        let numbered = row.has(Field::Number) || row.has(Field::Code);
        if Self::is_phase(table, &row) {
            self.phase(row)
        } else if row.full() == 0 {
            Use::Decoration
        } else if numbered && row.full() == 1 {
            self.lone_number(&row);
            Use::NotUnderstood
        } else if self.is_rest(&row, named, numbered) {
            self.rest(row)
        } else {
            self.misfit(&row);
            self.objective(table, row)
        }
    }

    /// Whether a row has too little for an objective of its own, and goes on with the row before.
    fn is_rest(&self, row: &Row, named: bool, numbered: bool) -> bool {
        let Some(open) = &self.table else { return false };
        let numbers = open.header.names(Field::Number) || open.header.names(Field::Code);
        let few = if numbers { row.full().saturating_mul(2) <= open.width } else { row.full() == 1 };
        !numbered && (!named || (self.profile.repairs.continued_rows && few && !row.has(Field::Weight)))
    }

    /// Puts an objective together.
    fn objective(&mut self, table: &Table, row: Row) -> Use {
        let number = row.get(Field::Number).map(|found| key(&found.words));
        let mut objective = GatheredObjective {
            units: self.scope.units(),
            kinds: self.scope.kinds.clone(),
            ..GatheredObjective::default()
        };
        for (field, found) in row.values.into_iter().chain(row.carried) {
            put(&mut objective, table, field, found);
        }
        let index = self.gathered.objectives.len();
        self.gathered.objectives.push(objective);
        if let Some(number) = number {
            self.scope.numbers.insert(number, index);
        }
        self.last = Some(Last::Objective(index));
        self.end_of_prose();
        Use::Value
    }

    /// Takes in a row that has neither number nor title, or too little: one more indicator, or more words of the row before.
    fn rest(&mut self, row: Row) -> Use {
        let fresh = is_indicator(&row);
        let last = self.last.filter(|_| fresh || self.profile.repairs.continued_rows);
        let Some(last) = last else {
            self.orphan(&row);
            return Use::NotUnderstood;
        };
        self.misfit(&row);
        let Some(objective) = self.gathered.objectives.get_mut(last.objective()) else {
            return Use::NotUnderstood;
        };
        match last {
            Last::Phase(_, phase) => {
                let Some(phase) = objective.phases.get_mut(phase) else { return Use::NotUnderstood };
                for (field, found) in row.values {
                    join(phase, field, found);
                }
            }
            Last::Objective(_) if fresh => one_more_indicator(objective, row),
            Last::Objective(_) => {
                for (field, found) in row.values {
                    go_on(objective, field, found);
                }
            }
        }
        Use::Value
    }

    /// Takes in a row of a table about the last objective.
    fn of_objective(&mut self, row: Row, add: impl FnOnce(&mut GatheredObjective, Fields)) -> Use {
        let last = self.last.map(Last::objective);
        if last.is_none() {
            self.orphan(&row);
            return Use::NotUnderstood;
        }
        self.misfit(&row);
        let Some(objective) = last.and_then(|last| self.gathered.objectives.get_mut(last)) else {
            return Use::NotUnderstood;
        };
        add(objective, fields_of(row));
        Use::Value
    }

    /// Takes in a row of a table about the open structure.
    fn of_unit(&mut self, holds: Holds, row: Row) -> Use {
        if self.scope.unit.is_none() {
            self.orphan(&row);
            return Use::NotUnderstood;
        }
        self.misfit(&row);
        let Some(unit) = self.scope.unit.and_then(|unit| self.gathered.units.get_mut(unit)) else {
            return Use::NotUnderstood;
        };
        let rows = if holds == Holds::Staff { &mut unit.staff } else { &mut unit.summary };
        rows.push(fields_of(row));
        Use::Value
    }

    /// Takes in a row of a table of the narrative: its cells, one after the other.
    fn narrative_row(&mut self, row: Row) -> Use {
        let mut cells = row.values.into_iter().map(|(_, found)| found);
        let Some(mut words) = cells.next() else { return Use::Decoration };
        for cell in cells {
            words.join(&cell.words, cell.place);
        }
        self.narrative(words);
        Use::Value
    }

    /// Takes in the row that counts or sums the others.
    fn total(&mut self, index: usize, line: &SourceLine) -> Use {
        let Some(open) = &mut self.table else { return Use::NotUnderstood };
        let holds = open.header.table.holds;
        let row = row::read(self.profile, open, index, line);
        let sum = [Field::Weight, Field::Posts].into_iter().find_map(|field| row.get(field));
        let sum = sum.or_else(|| row.values.last().map(|(_, found)| found)).cloned();
        if let Some(unit) = self.scope.unit.and_then(|unit| self.gathered.units.get_mut(unit)) {
            let total = if holds == Holds::Staff { &mut unit.staff_total } else { &mut unit.summary_total };
            *total = total.take().or(sum);
        }
        self.last = None;
        Use::Total
    }
}

/// Whether a row only counts or sums the others.
fn is_total(table: &Table, line: &SourceLine) -> bool {
    let Some(total) = &table.total else { return false };
    let mut full = line.cells().filter(|cell| !cell.trim().is_empty());
    let first = full.next().unwrap_or_default();
    full.nth(MOST_OF_TOTAL.saturating_sub(1)).is_none() && total.start(first).is_some()
}

/// A number as it is compared: without the marks around it, and without zeros before it.
pub(super) fn key(number: &str) -> String {
    let bare = number.trim_matches(|c: char| !c.is_alphanumeric());
    bare.trim_start_matches('0').to_lowercase()
}

//! A card while it is read: its tables, the rows they have, the lines nobody has claimed yet.

use super::cells::{after_header, of_results, placed};
use super::echo::{Echo, first_word};
use super::headers::Header;
use super::lines::Line;
use super::names::Names;
use super::words::{begins_small, breaks_off};
use crate::gathered::{Fields, Found, GatheredObjective};
use crate::profile::{Field, Holds};
use crate::source::Place;
use traguardo_domain::reading::Confidence;

/// Where in a card some words are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Spot {
    /// A value of the objective.
    Own(Field),
    /// A value of one of its steps.
    Step(usize, Field),
    /// A cell of one of the rows of its indicators.
    Row(usize, Field),
}

/// What happened in a card that can only be understood when all of it is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Event {
    /// Columns were named; their words may come later.
    Named(Vec<Field>),
    /// A line that no table claims, and the words before it.
    Loose(Found, Option<Spot>),
}

/// A card.
#[derive(Debug, Default)]
pub(super) struct Card {
    pub(super) objective: GatheredObjective,
    pub(super) begins: Option<Place>,
    pub(super) code: Option<String>,
    pub(super) tables: Vec<Header>,
    pub(super) current: Option<usize>,
    pub(super) rows: Vec<Fields>,
    pub(super) events: Vec<Event>,
    pub(super) last: Option<Spot>,
}

/// What a row did to a card.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Added {
    /// Its words are values.
    Value,
    /// The same, though it has more cells than its header.
    Shifted,
    /// The same, without a word of the header that was inside.
    HeaderInside,
    /// No table claims it.
    Nothing,
}

impl Card {
    /// Whether nothing but its title was read.
    pub(super) const fn is_bare(&self) -> bool {
        self.tables.is_empty()
    }

    /// Whether a table was there already.
    pub(super) fn has_table(&self, table: usize) -> bool {
        self.tables.iter().any(|known| known.table == table)
    }

    /// A header: its table is the current one from here. Says whether it was named before.
    pub(super) fn open_table(&mut self, names: &Names<'_>, header: &Header) -> bool {
        let again = self.has_table(header.table);
        let columns = names.table(header.table).map(|table| table.columns.as_slice()).unwrap_or_default();
        let bound = header.binds.iter().filter_map(|bind| columns.get(bind.column));
        let fields: Vec<Field> = if header.binds.is_empty() {
            columns.iter().map(|column| column.field).collect()
        } else {
            bound.map(|column| column.field).collect()
        };
        self.events.push(Event::Named(fields));
        self.current = Some(self.tables.len());
        self.tables.push(header.clone());
        again
    }

    /// The last words read, to go on with.
    pub(super) const fn last(&self) -> Option<Spot> {
        self.last
    }

    /// A row of one of its tables.
    pub(super) fn add_row(&mut self, names: &Names<'_>, echo: &Echo, line: &Line) -> Added {
        if !line.close || self.current.is_none() {
            self.current = self.table_of(names, line).or(self.current);
        }
        let Some(header) = self.current.and_then(|at| self.tables.get(at)).cloned() else {
            return Added::Nothing;
        };
        let Some(table) = names.table(header.table) else { return Added::Nothing };
        let (placed, shifted) = placed(names, echo, &header, line);
        let mut added = if shifted { Added::Shifted } else { Added::Value };
        let mut cells = Vec::new();
        for (column, mut found) in placed {
            let Some(known) = table.columns.get(column) else { continue };
            let fragment = header.binds.iter().find(|bind| bind.column == column);
            if let Some(rest) =
                fragment.and_then(|bind| after_header(bind.fragment.as_deref()?, &found.words))
            {
                found.words = rest;
                added = Added::HeaderInside;
            }
            cells.push((known.field, found));
        }
        if cells.is_empty() {
            return Added::Nothing;
        }
        match table.holds {
            Holds::Indicators => self.add_indicator_row(cells),
            Holds::Card | Holds::Objectives | Holds::Summary | Holds::Staff | Holds::Narrative => {
                self.add_values(echo, cells);
            }
        }
        added
    }

    /// The table a row after a gap belongs to: the one whose cells look like its first, or which is as wide.
    fn table_of(&self, names: &Names<'_>, line: &Line) -> Option<usize> {
        let first = line.cells.first()?;
        let begins = names.begins_a_shape(&first.letters) && line.cells.len() > 1;
        let shaped = |table: &Header| {
            let columns = names.table(table.table).map(|table| table.columns.as_slice()).unwrap_or_default();
            columns.iter().any(|column| {
                column.shape.iter().any(|shape| shape.is(&first.words))
                    || (begins && !column.shape.is_empty())
            })
        };
        let last = |test: &dyn Fn(&Header) -> bool| self.tables.iter().rposition(test);
        let fits = |table: &Header| table.binds.is_empty() || table.width == line.width;
        let current = self.current.filter(|at| self.tables.get(*at).is_some_and(fits));
        last(&shaped).or(current).or_else(|| last(&|table| table.width == line.width))
    }

    fn add_indicator_row(&mut self, cells: Vec<(Field, Found)>) {
        let mut row = Fields::default();
        let mut longest = 0;
        for (field, found) in cells {
            if found.words.len() > longest {
                longest = found.words.len();
                self.last = Some(Spot::Row(self.rows.len(), field));
            }
            row.add(field, of_results(field, found));
        }
        self.rows.push(row);
    }

    fn add_values(&mut self, echo: &Echo, cells: Vec<(Field, Found)>) {
        if let [(field, found)] = cells.as_slice()
            && let Some(elsewhere) = self.continued(echo, *field, &found.words)
        {
            self.go_on(elsewhere, found);
            return;
        }
        let (mut step, mut times) = (None, None);
        let longest = cells.iter().max_by_key(|(_, found)| found.words.len()).map(|(field, _)| *field);
        for (field, found) in cells {
            if field == Field::Step {
                step = Some(found);
            } else if field == Field::StepTimes {
                times = Some(found);
            } else {
                self.objective.fields.add_or_join(field, of_results(field, found));
            }
        }
        self.add_step(step, times);
        self.last = longest.map(|field| self.spot(field));
    }

    /// Where the value of a field is: of the last step where it is a step's.
    pub(super) fn spot(&self, field: Field) -> Spot {
        if matches!(field, Field::Step | Field::StepTimes) {
            Spot::Step(self.objective.steps.len().saturating_sub(1), field)
        } else {
            Spot::Own(field)
        }
    }

    /// A step with its times, or more words of the last one.
    pub(super) fn add_step(&mut self, step: Option<Found>, times: Option<Found>) {
        let cells = [(Field::Step, step), (Field::StepTimes, times)];
        let cells = cells.into_iter().filter_map(|(field, found)| Some((field, found?)));
        let cells: Vec<(Field, Found)> = cells.collect();
        if cells.is_empty() {
            return;
        }
        let goes_on = self.objective.steps.last().is_some_and(|last| goes_on(last, &cells));
        if !goes_on {
            self.objective.steps.push(Fields::default());
        }
        if let Some(last) = self.objective.steps.last_mut() {
            for (field, found) in cells {
                last.add_or_join(field, found);
            }
        }
    }

    /// The words at a spot.
    pub(super) fn at(&mut self, spot: Spot) -> Option<&mut Found> {
        match spot {
            Spot::Own(field) => self.objective.fields.get_mut(field),
            Spot::Step(at, field) => self.objective.steps.get_mut(at)?.get_mut(field),
            Spot::Row(at, field) => self.rows.get_mut(at)?.get_mut(field),
        }
    }

    /// Goes on with the words at a spot.
    pub(super) fn go_on(&mut self, spot: Spot, found: &Found) {
        if let Some(known) = self.at(spot) {
            known.confidence = known.confidence.max(Confidence::Likely);
            known.join(&found.words, found.place);
            known.more.extend(found.more.iter().copied());
        }
    }

    /// The words a lone cell goes on with, where they are not those above it.
    fn continued(&mut self, echo: &Echo, field: Field, words: &str) -> Option<Spot> {
        let above = self.spot(field);
        if self.at(above).is_some_and(|known| echo.goes_on(&known.words, words)) {
            return None;
        }
        self.going_on(echo, words).filter(|spot| *spot != above)
    }

    /// The words that go on elsewhere as these do.
    pub(super) fn going_on(&mut self, echo: &Echo, words: &str) -> Option<Spot> {
        let next = first_word(words)?;
        let own = OWN.into_iter().map(Spot::Own);
        let steps = last(self.objective.steps.len());
        let steps = steps.flat_map(|at| [Field::Step, Field::StepTimes].map(|field| Spot::Step(at, field)));
        let rows = last(self.rows.len()).map(|at| Spot::Row(at, Field::Indicator));
        let spots: Vec<Spot> = own.chain(steps).chain(rows).collect();
        let goes_on =
            |spot: &Spot| self.at(*spot).is_some_and(|known| echo.goes_on_with(&known.words, &next));
        spots.into_iter().find(goes_on)
    }
}

/// The values of an objective that are texts.
pub(super) const OWN: [Field; 5] =
    [Field::Stakeholders, Field::Impact, Field::Result, Field::Programme, Field::DupObjective];
/// How many of the last steps and rows may be gone on with.
const RECENT: usize = 12;

/// The last of some, by index.
fn last(count: usize) -> std::ops::Range<usize> {
    count.saturating_sub(RECENT)..count
}

/// Whether the cells of a row are more words of a step: its words begin small and have no times of their own, or the times
/// above break off.
fn goes_on(last: &Fields, cells: &[(Field, Found)]) -> bool {
    let of = |field| cells.iter().find(|(known, _)| *known == field).map(|(_, found)| found);
    match (of(Field::Step), of(Field::StepTimes)) {
        (Some(step), Some(_)) => {
            let open = last.iter().any(|(_, found)| breaks_off(&found.words));
            begins_small(&step.words) && open
        }
        (Some(step), None) => begins_small(&step.words) && last.get(Field::Step).is_some(),
        (None, _) => true,
    }
}

//! Lines of a structure's tables and of cards, and the end of cards.

use traguardo_domain::review::FindingCode;

use super::card::{Added, Event};
use super::headers::Header;
use super::indicators::{indicators, read_twice};
use super::lines::Line;
use super::settle::{self, Mark};
use super::{Reading, line_found, loose, tables};
use crate::gathered::{Fields, Use};
use crate::profile::{Field, Holds};
use crate::source::Place;

impl Reading<'_> {
    /// A row of the open table of a structure.
    pub(super) fn table_row(&mut self, line: &Line) -> bool {
        let (Some(header), Some(unit)) = (&self.table, self.unit) else { return false };
        let of_width = !line.prose && line.width <= header.width.saturating_add(1);
        let unit = self.out.units.get_mut(unit).filter(|_| of_width);
        let became = unit.and_then(|unit| tables::add(&self.names, &self.echo, unit, header, line));
        match became {
            Some(became) => self.out.put(line.at, became),
            None => self.table = None,
        }
        became.is_some()
    }

    /// An entry of the table of contents.
    pub(super) fn contents_line(&mut self, line: &Line) {
        match line.cells.first().and_then(|cell| self.contents.enter(cell)) {
            Some(true) => self.out.put(line.at, Use::Value),
            Some(false) => self.out.put(line.at, Use::Decoration),
            None => self.section_line(line),
        }
    }

    /// A line of the open card.
    pub(super) fn card_line(&mut self, line: &Line) {
        if self.goes_on_with_title(line) {
            self.out.put(line.at, Use::Value);
        } else if self.names.shaped(&line.words()).is_some() {
            self.blank_profile(line);
        } else if !self.names_columns(line) {
            self.card_words(line);
        }
    }

    /// The title of a card may stand below its code.
    fn goes_on_with_title(&mut self, line: &Line) -> bool {
        let paragraph = self.continues_paragraph(line);
        let Some(card) = self.card.as_mut().filter(|card| card.is_bare()) else { return false };
        let Some(cell) = line.alone() else { return false };
        match card.objective.fields.get_mut(Field::Title) {
            None => card.objective.fields.add(Field::Title, super::cells::found(cell)),
            Some(title) if paragraph || super::words::begins_small(&cell.words) => {
                title.join(&cell.words, cell.place);
            }
            Some(_) => return false,
        }
        true
    }

    /// A row with a profile and nothing else: of a form, left blank; unless words above and below it have it for theirs.
    fn blank_profile(&mut self, line: &Line) {
        self.out.put(line.at, Use::Decoration);
        let Some(card) = self.card.as_mut().filter(|_| line.close && !line.prose) else { return };
        let holds =
            card.tables.last().and_then(|table| self.names.table(table.table)).map(|table| table.holds);
        if holds == Some(Holds::Indicators) {
            card.add_row(&self.names, &self.echo, line);
        }
    }

    /// A line of its own that names a column, or all of a small table in one piece.
    fn names_columns(&mut self, line: &Line) -> bool {
        let Some(card) = self.card.as_mut().filter(|_| line.prose || !line.close) else { return false };
        let Some(cell) = line.alone() else { return false };
        if let Some(column) = self.names.alone(&cell.letters).and_then(|named| self.names.column(named)) {
            card.events.push(Event::Named(vec![column.field]));
        } else if let Some(table) = self.names.row(&cell.letters) {
            card.open_table(&self.names, &Header::in_one_piece(table));
        } else {
            return false;
        }
        self.out.put(line.at, Use::Header);
        true
    }

    /// Words of a card: a row of one of its tables, or a line that is placed later.
    fn card_words(&mut self, line: &Line) {
        let paragraph = self.continues_paragraph(line);
        let Some(card) = &mut self.card else { return };
        let added = if line.prose { Added::Nothing } else { card.add_row(&self.names, &self.echo, line) };
        let place = line.cells.first().map_or(Place { line: line.at, cell: 0 }, |cell| cell.place);
        let noticed = match added {
            Added::Value => None,
            Added::Shifted => Some((
                FindingCode::ColumnsShifted,
                "La riga ha più celle dell'intestazione: lette nell'ordine delle colonne.",
            )),
            Added::HeaderInside => {
                Some((FindingCode::HeadingInsideData, "Parole dell'intestazione fra i dati: tolte."))
            }
            Added::Nothing => {
                let last = card.last();
                match (card.events.last_mut(), line_found(line)) {
                    (Some(Event::Loose(before, _)), Some(found)) if paragraph => {
                        before.join(&found.words, found.place);
                    }
                    (_, Some(found)) => card.events.push(Event::Loose(found, last)),
                    (_, None) => {}
                }
                return;
            }
        };
        self.out.put(line.at, Use::Value);
        if let Some((code, message)) = noticed {
            self.notice(code, place, Some(line.words()), message.to_owned());
        }
    }

    /// Ends the open card, if anything of it was read.
    pub(super) fn close_card_unless_bare(&mut self) {
        if self.card.as_ref().is_some_and(|card| !card.is_bare()) {
            self.close_card();
        }
    }

    /// Ends the open card: its loose lines are placed, its indicators put together.
    pub(super) fn close_card(&mut self) {
        let Some(mut card) = self.card.take() else { return };
        let placed = loose::place(&mut card, &self.echo);
        placed.values.iter().for_each(|place| self.out.put(place.line, Use::Value));
        card.objective.indicators = indicators(&card.rows, &self.names);
        let profiles = card.objective.indicators.iter().filter_map(|indicator| indicator.get(Field::Profile));
        profiles.for_each(|profile| self.out.put(profile.place.line, Use::Value));
        card.objective.units = self.unit.into_iter().collect();
        let texts = card.objective.fields.iter().filter(|(field, _)| super::card::OWN.contains(field));
        texts.for_each(|(_, found)| self.echo.hear(&found.words));
        let twice = twice(&card.rows, &card.objective.indicators);
        let begins = card.begins.unwrap_or(Place { line: 0, cell: 0 });
        let objective = std::mem::take(&mut card.objective);
        self.card = Some(card);
        for (place, words) in placed.replaced {
            let message = "Parole lette due volte, la prima male: tenute le seconde.".to_owned();
            self.notice(FindingCode::ColumnsShifted, place, Some(words), message);
        }
        for (place, words) in twice {
            let message =
                "Il valore atteso si legge due volte, con cifre diverse: tenute tutte e due.".to_owned();
            self.notice(FindingCode::ColumnsShifted, place, Some(words), message);
        }
        self.card = None;
        self.marks.push(Mark { objective: self.out.objectives.len(), begins });
        self.out.objectives.push(objective);
    }

    /// Ends the open structure.
    pub(super) fn close_unit(&mut self) {
        self.close_card();
        self.table = None;
        let marks = std::mem::take(&mut self.marks);
        if let Some(unit) = self.unit.take() {
            settle::settle(&mut self.out, unit, &marks);
        }
    }
}

/// The targets that were read twice.
fn twice(rows: &[Fields], indicators: &[Fields]) -> Vec<(Place, String)> {
    let twice = indicators.iter().filter_map(|indicator| read_twice(rows, indicator));
    twice.map(|(one, other)| (one.place, [one.words.as_str(), &other.words].join(" / "))).collect()
}

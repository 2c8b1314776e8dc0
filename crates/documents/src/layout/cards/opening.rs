//! What opens something: headings of structures and of parts of them, headers of tables.

use traguardo_domain::reading::has_look_alikes;
use traguardo_domain::review::FindingCode;
use traguardo_domain::section::SectionKind;
use traguardo_domain::unit::UnitKind;
use traguardo_domain::vocabulary::Vocabulary as _;

use super::card::Card;
use super::cells::found;
use super::headers::Header;
use super::lines::{Cell, Line};
use super::{Open, Reading};
use crate::gathered::{Fields, Found, GatheredSection, GatheredUnit, Noticed, Use};
use crate::profile::{Field, Heading, Holds, Opens, Taken};
use crate::source::Place;

impl Reading<'_> {
    /// Opens what a heading opens; how many lines that took, with those that go on with it.
    pub(super) fn open_heading(&mut self, at: usize) -> Option<usize> {
        let (heading, taken) = self.heading(at)?;
        let line = self.lines.get(at)?.clone();
        let cell = line.alone()?.clone();
        if self.open == Open::Contents && !matches!(heading.opens, Opens::Unit(_)) {
            let later = self.last_said.get(&cell.letters).is_some_and(|last| *last > at);
            let section = matches!(heading.opens, Opens::Section(_) | Opens::Plan);
            if later || !section {
                self.out.put(line.at, Use::Decoration);
                return Some(1);
            }
        }
        self.close_card();
        self.table = None;
        self.out.put(line.at, Use::Heading);
        self.open_what(heading, &taken, &cell);
        Some(self.continue_heading(at, heading).saturating_add(1))
    }

    fn open_what(&mut self, heading: &Heading, taken: &Taken, cell: &Cell) {
        match &heading.opens {
            Opens::Unit(kind) => self.open_unit(*kind, taken, cell),
            Opens::Contents(kind) => {
                self.contents.begin(*kind);
                self.open = Open::Contents;
            }
            Opens::Activities => self.open = Open::Activities,
            Opens::Objectives | Opens::Group(_) | Opens::Common(_) => self.open = Open::Objectives,
            Opens::Section(kind) => {
                let title = Some(found(cell));
                self.out.sections.push(GatheredSection { kind: *kind, title, lines: Vec::new() });
                self.open = Open::Section;
            }
            Opens::Plan => match &mut self.out.title {
                Some(title) => title.join(&cell.words, cell.place),
                None => self.out.title = Some(found(cell)),
            },
            Opens::Nothing => self.open = Open::Nothing,
        }
    }

    fn open_unit(&mut self, kind: UnitKind, taken: &Taken, cell: &Cell) {
        self.close_unit();
        let rank = UnitKind::all().iter().position(|known| *known == kind).unwrap_or_default();
        self.levels.retain(|(known, _)| *known < rank);
        let parent = self.levels.last().map(|(_, unit)| *unit);
        let name = taken.get(Field::Unit).unwrap_or(&cell.words).to_owned();
        let mut fields = Fields::default();
        fields.add(Field::Unit, Found::new(name, cell.place));
        for (field, words) in taken.fields.iter().filter(|(field, _)| *field != Field::Unit) {
            fields.add(*field, Found::new(words.clone(), cell.place));
        }
        let unit = self.out.units.len();
        self.out.units.push(GatheredUnit::new(kind, fields, parent));
        let (below, names) = self.contents.below(&cell.words);
        for name in names {
            let mut fields = Fields::default();
            fields.add(Field::Unit, name);
            self.out.units.push(GatheredUnit::new(below.unwrap_or(UnitKind::Office), fields, Some(unit)));
        }
        self.levels.push((rank, unit));
        self.unit = Some(unit);
        self.open = Open::Unit;
    }

    /// The lines that go on with a heading: how many.
    fn continue_heading(&mut self, at: usize, heading: &Heading) -> usize {
        let mut left: Vec<_> = heading.continues.iter().collect();
        let mut lines = 0_usize;
        while let Some(line) = self.lines.get(at.saturating_add(lines).saturating_add(1)).cloned() {
            let Some(cell) = line.alone().filter(|cell| cell.words.len() <= super::LONGEST_HEADING) else {
                break;
            };
            let found =
                left.iter().enumerate().find_map(|(index, next)| Some((index, next.whole(&cell.words)?)));
            let Some((index, taken)) = found else { break };
            left.remove(index);
            lines = lines.saturating_add(1);
            let unit = matches!(heading.opens, Opens::Unit(_)).then_some(self.unit).flatten();
            if let Some(unit) = unit.and_then(|unit| self.out.units.get_mut(unit)) {
                for (field, words) in taken.fields {
                    unit.fields.add(field, Found::new(words, cell.place));
                }
            } else if let (Opens::Plan, Some(title)) = (&heading.opens, &mut self.out.title) {
                title.join(&cell.words, cell.place);
            }
            self.out.put(line.at, Use::Value);
        }
        lines
    }

    /// What the text of a plan outside of headings is about: before any structure it introduces the plan.
    pub(super) const fn kind_of_rest(&self) -> SectionKind {
        if self.unit.is_none() { SectionKind::Introduction } else { SectionKind::Other }
    }

    /// Whether a header is of the table cards begin with, and no piece of it: it begins as that does, or has most columns.
    pub(super) fn begins_table(&self, header: &Header) -> bool {
        let columns = self.names.table(header.table).map_or(0, |table| table.columns.len());
        let most = header.binds.len().saturating_mul(2) >= columns;
        let first = header.binds.first().map(|bind| bind.column);
        self.opening.is_some_and(|(table, column)| table == header.table && (most || first == column))
    }

    /// Opens the table a header opens.
    pub(super) fn header(&mut self, at: usize, header: &Header) {
        let Some(table) = self.names.table(header.table) else { return };
        let again = match table.holds {
            Holds::Staff | Holds::Summary => self.open_unit_table(header),
            Holds::Card | Holds::Indicators => self.open_card_table(at, header),
            Holds::Objectives | Holds::Narrative => None,
        };
        let Some(again) = again else { return };
        let lines = self.lines.get(at..at.saturating_add(header.lines)).unwrap_or_default().to_vec();
        for line in &lines {
            self.out.put(line.at, if again { Use::RepeatedHeader } else { Use::Header });
        }
        for cell in lines.iter().flat_map(|line| &line.cells).filter(|cell| has_look_alikes(&cell.words)) {
            let message =
                "Intestazione con lettere di un altro alfabeto che sembrano latine: letta come latina.";
            self.notice(
                FindingCode::LookAlikeLetters,
                cell.place,
                Some(cell.words.clone()),
                message.to_owned(),
            );
        }
        if header.mended {
            let place = Place { line: lines.first().map_or(0, |line| line.at), cell: 0 };
            let message = "All'intestazione mancano delle colonne: lette come nelle altre schede.";
            self.notice(
                FindingCode::ColumnsShifted,
                place,
                lines.first().map(Line::words),
                message.to_owned(),
            );
        }
    }

    fn open_unit_table(&mut self, header: &Header) -> Option<bool> {
        self.unit?;
        self.close_card();
        let again = self.table.as_ref().is_some_and(|table| table.table == header.table);
        self.table = Some(header.clone());
        Some(again)
    }

    /// Opens a table of the open card; one that cards begin with, of a card whose first line is lost altogether.
    fn open_card_table(&mut self, at: usize, header: &Header) -> Option<bool> {
        self.table = None;
        let opening = self.begins_table(header);
        let finished = match &self.card {
            Some(card) => {
                card.tables.last().is_some_and(|last| last.table != header.table)
                    && card.has_table(header.table)
            }
            None => self.open == Open::Objectives,
        };
        if opening && finished {
            self.close_card();
            let begins = self.lines.get(at).and_then(|line| line.cells.first()).map(|cell| cell.place);
            self.card = Some(Card { begins, ..Card::default() });
        }
        let card = self.card.as_mut()?;
        Some(card.open_table(&self.names, header))
    }

    /// Notes what only the reader can see, of the open card.
    pub(super) fn notice(&mut self, code: FindingCode, place: Place, words: Option<String>, message: String) {
        let objective = self.card.is_some().then_some(self.out.objectives.len());
        let suggestion = Some("Verificare sul documento originale.".to_owned());
        self.out.noticed.push(Noticed {
            code,
            place,
            words,
            message,
            suggestion,
            objective,
            unit: self.unit,
        });
    }
}

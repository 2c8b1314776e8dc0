//! Plans of cards: below the heading of every structure its staff, what it does, the summary of its objectives, and then a card
//! for each objective, made of several small tables. Scans tear these tables: over cells, over rows, over the page.
//!
//! A card is read line by line and understood as a whole: a line no table claims is placed when all of its card is known.

use std::collections::HashMap;

use crate::gathered::{Found, Gathered, GatheredSection, Use};
use crate::layout::heading::recognise_before;
use crate::markup::fold;
use crate::profile::{Heading, Holds, Opens, Profile, Taken};
use crate::source::{Source, SourceFormat};

mod begins;
mod card;
mod cells;
mod contents;
mod echo;
mod first_lines;
mod headers;
mod indicators;
mod lines;
mod loose;
mod names;
mod opening;
mod rows;
mod settle;
mod tables;
mod words;

#[cfg(test)]
mod tests;

use card::Card;
use contents::Contents;
use echo::Echo;
use headers::Header;
use lines::Line;
use names::Names;
use settle::Mark;

/// The longest line that may be a heading, in bytes.
const LONGEST_HEADING: usize = 400;

/// Gathers a plan of cards.
pub(super) fn gather(source: &Source, profile: &Profile) -> Gathered {
    let mut reading = Reading::of(source, profile);
    let mut at = 0;
    while at < reading.lines.len() {
        at = at.saturating_add(reading.step(at).max(1));
    }
    reading.close_card();
    reading.close_unit();
    reading.out.noticed.sort_by_key(|noticed| noticed.place);
    reading.out.sections.retain(|section| !section.lines.is_empty() || section.title.is_some());
    reading.out
}

/// What is open: where a line that is nothing special goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Open {
    Section,
    Contents,
    Unit,
    Activities,
    Objectives,
    Nothing,
}

/// A plan while it is read.
struct Reading<'s> {
    source: &'s Source,
    profile: &'s Profile,
    names: Names<'s>,
    lines: Vec<Line>,
    headers: HashMap<usize, Header>,
    echo: Echo,
    contents: Contents,
    /// The last line that says just some letters, for headings that the table of contents names before.
    last_said: HashMap<String, usize>,
    /// The table the first card begins with, and the first column of it.
    opening: Option<(usize, Option<usize>)>,
    out: Gathered,
    open: Open,
    levels: Vec<(usize, usize)>,
    unit: Option<usize>,
    table: Option<Header>,
    weight: Option<Found>,
    card: Option<Card>,
    marks: Vec<Mark>,
}

impl<'s> Reading<'s> {
    fn of(source: &'s Source, profile: &'s Profile) -> Self {
        let (names, lines) = (Names::of(profile), lines_of(source));
        let headers = headers::headers(&names, &lines);
        let mut reading = Self {
            source,
            profile,
            names,
            lines,
            headers,
            echo: Echo::default(),
            contents: Contents::default(),
            last_said: HashMap::new(),
            opening: None,
            out: Gathered::nothing_of(source),
            open: Open::Section,
            levels: Vec::new(),
            unit: None,
            table: None,
            weight: None,
            card: None,
            marks: Vec::new(),
        };
        reading.look_ahead();
        reading
    }

    /// Learns what later lines say: the words of the plan, the names of its structures, the first table of its cards.
    fn look_ahead(&mut self) {
        let (mut heads, mut table, mut begun) = (Vec::new(), None, None);
        for (at, line) in self.lines.iter().enumerate() {
            let header = self.headers.get(&at);
            if let Some(header) = header {
                if begun.take().is_some() && self.opening.is_none() {
                    self.opening = Some((header.table, header.binds.first().map(|bind| bind.column)));
                }
                table = Some(header);
            } else if line.prose || !line.close {
                table = None;
            }
            let begins = self.beginning(line);
            // The title of a card may be torn in the middle of its words: nothing is learnt from such pieces.
            if header.is_none() && begins.as_ref().is_none_or(|(_, torn)| torn.len() < 2) {
                hear(&mut self.echo, &self.names, table, line);
            }
            if begins.is_some() {
                begun = Some(at);
            }
            let Some(cell) = line.alone() else { continue };
            self.last_said.insert(cell.letters.clone(), at);
            if let Some((Heading { opens: Opens::Unit(_), .. }, _)) = self.heading(at) {
                heads.push(cell.letters.clone());
            }
        }
        self.contents = Contents::of(heads);
    }

    /// The heading a line is.
    fn heading(&self, at: usize) -> Option<(&'s Heading, Taken)> {
        let line = self.lines.get(at)?;
        if line.alone()?.words.len() > LONGEST_HEADING {
            return None;
        }
        let of = |line: &Line| self.source.lines().get(line.at);
        recognise_before(self.profile, of(line)?, self.lines.get(at.saturating_add(1)).and_then(of))
    }

    /// Reads what begins at a line, and says how many lines that was.
    fn step(&mut self, at: usize) -> usize {
        if let Some(header) = self.headers.get(&at).cloned() {
            self.header(at, &header);
            return header.lines;
        }
        let Some(line) = self.lines.get(at).cloned() else { return 1 };
        if line.is_ruled() {
            self.out.put(line.at, Use::Decoration);
            return 1;
        }
        if let Some(lines) = self.open_heading(at) {
            return lines;
        }
        if self.weigh(at, &line) || self.begin(at, &line) {
            return 1;
        }
        if self.decorates(&line) {
            self.out.put(line.at, Use::Decoration);
        } else {
            self.say(&line);
        }
        1
    }

    /// Whether a line says nothing of the plan.
    fn decorates(&self, line: &Line) -> bool {
        if line.is_stained() {
            return true;
        }
        let words = line.words();
        let short = words.len() <= LONGEST_HEADING && !self.profile.decorations.is_empty();
        let folded = short.then(|| fold(&words));
        folded.is_some_and(|words| self.profile.decorations.iter().any(|known| known.is_folded(&words)))
    }

    /// What a line that is nothing special says, where it stands.
    fn say(&mut self, line: &Line) {
        if self.table_row(line) {
            return;
        }
        if self.card.is_some() {
            self.card_line(line);
            return;
        }
        match (self.open, self.unit) {
            (Open::Contents, _) => self.contents_line(line),
            (Open::Activities, Some(unit)) => {
                if let Some(unit) = self.out.units.get_mut(unit) {
                    unit.activities.extend(line_found(line));
                }
                self.out.put(line.at, Use::Value);
            }
            (Open::Section | Open::Unit | Open::Activities, _) => self.section_line(line),
            (Open::Nothing, _) => self.out.put(line.at, Use::Decoration),
            (Open::Objectives, _) => {}
        }
    }

    fn section_line(&mut self, line: &Line) {
        if self.out.sections.is_empty()
            || (self.open == Open::Unit && self.out.sections.last().is_none_or(|s| s.title.is_some()))
        {
            self.out.sections.push(GatheredSection {
                kind: self.kind_of_rest(),
                title: None,
                lines: Vec::new(),
            });
        }
        if let Some(section) = self.out.sections.last_mut() {
            section.lines.extend(line_found(line));
        }
        self.out.put(line.at, Use::Value);
    }

    /// Whether a line that goes on with a paragraph stands just below it in a text.
    fn continues_paragraph(&self, line: &Line) -> bool {
        line.close && line.prose && self.source.format == SourceFormat::Text
    }
}

/// The lines with something in them.
fn lines_of(source: &Source) -> Vec<Line> {
    let mut before: Option<(usize, bool)> = None;
    let mut lines = Vec::new();
    for (at, line) in source.lines().iter().enumerate() {
        let close = before.is_some_and(|(before, full)| full && before.saturating_add(1) == at);
        let line = Line::of(at, line, close);
        before = Some((at, !line.cells.is_empty()));
        if !line.cells.is_empty() {
            lines.push(line);
        }
    }
    lines
}

/// Remembers the words of a line, and of what columns its cells are.
fn hear(echo: &mut Echo, names: &Names<'_>, table: Option<&Header>, line: &Line) {
    line.cells.iter().for_each(|cell| echo.hear(&cell.words));
    let Some(header) = table else { return };
    let Some(known) = names.table(header.table).filter(|table| table.holds == Holds::Card) else { return };
    let (placed, _) = cells::placed(names, &Echo::default(), header, line);
    for (column, found) in placed {
        if let Some(column) = known.columns.get(column) {
            echo.hear_cell(column.field, &found.words);
        }
    }
}

/// All the words of a line.
fn line_found(line: &Line) -> Option<Found> {
    let mut cells = line.cells.iter();
    let mut found = cells::found(cells.next()?);
    cells.for_each(|cell| found.join(&cell.words, cell.place));
    Some(found)
}

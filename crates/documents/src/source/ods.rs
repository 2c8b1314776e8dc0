//! Open document workbooks, cell by cell. What is repeated is repeated only when something is written in it, and counted before.

use std::collections::HashSet;

use super::archive::Archive;
use super::lines::{At, Cells, Lines};
use super::numbers::{self, Shown};
use super::sheet::Sheet;
use super::xml::{Tag, Token, Xml};
use super::{RemarkKind, SourceRefusal, limits};

/// The part that holds the sheets.
const CONTENT: &str = "content.xml";

/// A cell in the making.
struct Cell {
    kind: String,
    value: String,
    repeated: usize,
    formula: bool,
    paragraphs: usize,
    words: String,
}

/// A row in the making.
#[derive(Default)]
struct Row {
    repeated: u32,
    column: usize,
    cells: Cells,
}

/// A sheet in the making.
struct Table {
    rows: Sheet,
    number: u32,
    row: Row,
    cell: Option<Cell>,
    in_paragraph: bool,
}

/// All the sheets of a workbook, in their order, hidden ones too.
pub(super) fn read(archive: &Archive<'_>, into: &mut Lines) -> Result<(), SourceRefusal> {
    let mut xml = Xml::required(archive, CONTENT)?;
    let (mut hiding, mut style) = (HashSet::new(), String::new());
    loop {
        match xml.next()? {
            Token::Open(tag) => match tag.name() {
                "style" => style = tag.value("name").unwrap_or_default(),
                "table-properties"
                    if tag.value("display").as_deref() == Some("false") && hiding.len() < limits::SHEETS =>
                {
                    hiding.insert(style.clone());
                }
                // Values that were changed since: they are no longer in the sheet.
                "tracked-changes" => xml.skip()?,
                "table" => {
                    let sheet = into.sheet(tag.value("name").unwrap_or_default())?;
                    let hidden = tag.value("style-name").is_some_and(|style| hiding.contains(&style));
                    let spot = into.spot(At { number: 1, sheet }, 0);
                    into.remark(RemarkKind::HiddenSheets, u32::from(hidden), Some(spot));
                    read_table(&mut xml, sheet, into)?;
                }
                _ => {}
            },
            Token::Over => break,
            Token::Close(_) | Token::Words(_) | Token::Aside => {}
        }
    }
    into.remark(RemarkKind::Macros, archive.count("Basic/").min(1), None);
    into.remark(
        RemarkKind::Pictures,
        archive.count("Pictures/").saturating_add(archive.count("media/")),
        None,
    );
    Ok(())
}

fn read_table(xml: &mut Xml<'_>, sheet: u16, into: &mut Lines) -> Result<(), SourceRefusal> {
    let mut table =
        Table { rows: Sheet::new(sheet), number: 1, row: Row::default(), cell: None, in_paragraph: false };
    loop {
        match xml.next()? {
            Token::Open(tag) => {
                // Comments, drawings and tables within a cell are not its words.
                let beside = matches!(
                    tag.name(),
                    "annotation" | "shapes" | "forms" | "frame" | "custom-shape" | "table"
                );
                let kind =
                    if tag.name() == "annotation" { RemarkKind::Comments } else { RemarkKind::Pictures };
                if beside {
                    into.remark(kind, 1, Some(table.spot(into)));
                }
                table.open(&tag, into)?;
                if beside {
                    xml.skip()?;
                }
            }
            Token::Words(words) if table.in_paragraph => table.say(&words)?,
            Token::Close(tag) => match tag.name() {
                "p" => table.in_paragraph = false,
                "table-cell" | "covered-table-cell" => table.end_cell(into)?,
                "table-row" => table.end_row(into)?,
                "table" => return Ok(()),
                _ => {}
            },
            Token::Over => return Ok(()),
            Token::Words(_) | Token::Aside => {}
        }
    }
}

impl Table {
    fn open(&mut self, tag: &Tag<'_>, into: &mut Lines) -> Result<(), SourceRefusal> {
        match tag.name() {
            "table-row" => {
                let repeated = tag.number("number-rows-repeated").unwrap_or(1);
                self.row = Row { repeated, ..Row::default() };
                if matches!(tag.value("visibility").as_deref(), Some("collapse" | "filter")) {
                    let spot = into.spot(self.rows.at(self.number), 0);
                    into.remark(RemarkKind::HiddenRows, repeated, Some(spot));
                }
            }
            "table-cell" | "covered-table-cell" => self.cell = Some(Cell::of(tag)),
            "p" => {
                self.in_paragraph = self.cell.is_some();
                let later = self.cell.as_ref().is_some_and(|cell| cell.paragraphs > 0);
                if let Some(cell) = &mut self.cell {
                    cell.paragraphs = cell.paragraphs.saturating_add(1);
                }
                if later {
                    self.say("\n")?;
                }
            }
            "s" if self.in_paragraph => {
                let spaces = tag.number("c").unwrap_or(1_usize).min(limits::CELL_CHARACTERS);
                self.say(&" ".repeat(spaces))?;
            }
            "tab" if self.in_paragraph => self.say("\t")?,
            "line-break" if self.in_paragraph => self.say("\n")?,
            _ => {}
        }
        Ok(())
    }

    fn say(&mut self, words: &str) -> Result<(), SourceRefusal> {
        let Some(cell) = &mut self.cell else { return Ok(()) };
        cell.words.push_str(words);
        let most = limits::CELL_CHARACTERS.saturating_mul(4);
        if cell.words.len() > most { Err(SourceRefusal::TooLong { line: self.number }) } else { Ok(()) }
    }

    fn spot(&self, into: &Lines) -> super::Spot {
        into.spot(self.rows.at(self.number), self.row.column)
    }

    fn end_cell(&mut self, into: &mut Lines) -> Result<(), SourceRefusal> {
        let Some(cell) = self.cell.take() else { return Ok(()) };
        let column = self.row.column;
        self.row.column = column.saturating_add(cell.repeated);
        if cell.formula && cell.value.is_empty() && cell.words.is_empty() && cell.kind.is_empty() {
            let spot = into.spot(self.rows.at(self.number), column);
            into.remark(RemarkKind::FormulasWithoutValue, 1, Some(spot));
        }
        let repeated = cell.repeated;
        let words = cell.shown();
        if words.is_empty() {
            return Ok(());
        }
        for column in column..column.saturating_add(repeated) {
            self.row.cells.put(column, words.clone(), self.number)?;
        }
        Ok(())
    }

    fn end_row(&mut self, into: &mut Lines) -> Result<(), SourceRefusal> {
        let Row { repeated, cells, .. } = std::mem::take(&mut self.row);
        let first = self.number;
        self.number = first.saturating_add(repeated);
        if cells.is_blank() {
            return Ok(());
        }
        into.room(repeated)?;
        for number in first..self.number.saturating_sub(1) {
            self.rows.row(number, cells.clone(), into)?;
        }
        if repeated == 0 { Ok(()) } else { self.rows.row(self.number.saturating_sub(1), cells, into) }
    }
}

impl Cell {
    fn of(tag: &Tag<'_>) -> Self {
        let kind = tag.value("value-type").unwrap_or_default();
        let value = if kind == "date" { tag.value("date-value") } else { tag.value("value") };
        Self {
            kind,
            value: value.unwrap_or_default(),
            repeated: tag.number("number-columns-repeated").unwrap_or(1),
            formula: tag.value("formula").is_some(),
            paragraphs: 0,
            words: String::new(),
        }
    }

    /// Its words: numbers and days from their value, because what is shown of them may be rounded; everything else as it is
    /// shown, and so are numbers padded with zeros.
    fn shown(self) -> String {
        let padded = self.words.starts_with('0')
            && self.words.len() > 1
            && self.words.bytes().all(|one| one.is_ascii_digit());
        match self.kind.as_str() {
            _ if self.value.is_empty() || padded => self.words,
            "float" | "currency" => numbers::words(&self.value, Shown::Plain, false),
            "percentage" => numbers::words(&self.value, Shown::Percent, false),
            "date" => numbers::written_day(&self.value),
            _ => self.words,
        }
    }
}

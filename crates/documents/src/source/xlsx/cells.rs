//! The cells of a sheet, one after the other as they are written.

use super::strings::{Strings, unescaped};
use crate::source::archive::Archive;
use crate::source::lines::{Cells, Lines};
use crate::source::numbers::{self, Shown};
use crate::source::sheet::Sheet;
use crate::source::xml::{Tag, Token, Xml};
use crate::source::{RemarkKind, SourceRefusal, limits};

/// What the cells of all sheets refer to.
pub(super) struct Reading<'a> {
    pub(super) archive: &'a Archive<'a>,
    pub(super) strings: &'a Strings,
    pub(super) styles: &'a [Shown],
    pub(super) since_1904: bool,
}

/// A cell in the making.
#[derive(Default)]
struct Cell {
    column: usize,
    kind: String,
    style: usize,
    value: String,
    formula: bool,
}

/// A row in the making.
#[derive(Default)]
struct Row {
    number: u32,
    next: usize,
    cells: Cells,
}

impl Reading<'_> {
    /// The rows of a sheet.
    pub(super) fn sheet(&self, part: &str, sheet: u16, into: &mut Lines) -> Result<(), SourceRefusal> {
        let mut xml = Xml::required(self.archive, part)?;
        let mut rows = Sheet::new(sheet);
        let (mut row, mut cell, mut within) = (Row::default(), Cell::default(), false);
        loop {
            match xml.next()? {
                Token::Open(tag) => match tag.name() {
                    "row" => {
                        row.begin(&tag, part)?;
                        if tag.is_set("hidden") {
                            let spot = into.spot(rows.at(row.number), 0);
                            into.remark(RemarkKind::HiddenRows, 1, Some(spot));
                        }
                    }
                    "c" => cell = row.cell(&tag),
                    "f" => cell.formula = true,
                    "v" | "t" => within = true,
                    "rPh" | "extLst" => xml.skip()?,
                    _ => {}
                },
                Token::Words(words) if within => cell.say(&words, row.number)?,
                Token::Close(tag) => match tag.name() {
                    "v" | "t" => within = false,
                    "c" => self.end_cell(std::mem::take(&mut cell), &mut row, &rows, into)?,
                    "row" => rows.row(row.number, std::mem::take(&mut row.cells), into)?,
                    "sheetData" => return Ok(()),
                    _ => {}
                },
                Token::Over => return Ok(()),
                Token::Words(_) | Token::Aside => {}
            }
        }
    }

    fn end_cell(
        &self,
        cell: Cell,
        row: &mut Row,
        rows: &Sheet,
        into: &mut Lines,
    ) -> Result<(), SourceRefusal> {
        if cell.formula && cell.value.is_empty() && cell.kind != "str" {
            let spot = into.spot(rows.at(row.number), cell.column);
            into.remark(RemarkKind::FormulasWithoutValue, 1, Some(spot));
        }
        let column = cell.column;
        let words = self.words(cell)?;
        if words.is_empty() { Ok(()) } else { row.cells.put(column, words, row.number) }
    }

    /// The words of a cell: what is stored, as its kind and its style show it.
    fn words(&self, cell: Cell) -> Result<String, SourceRefusal> {
        let Cell { kind, style, value, .. } = cell;
        Ok(match kind.as_str() {
            _ if value.is_empty() => value,
            "s" => {
                let kept = value.trim().parse().ok().and_then(|index| self.strings.get(index));
                kept.map(unescaped).ok_or_else(|| SourceRefusal::damaged("sharedStrings.xml"))?
            }
            "inlineStr" | "str" => unescaped(&value),
            "b" => if value.trim() == "1" { "VERO" } else { "FALSO" }.to_owned(),
            "d" => numbers::written_day(&value),
            "e" => value,
            _ => numbers::words(&value, self.styles.get(style).copied().unwrap_or_default(), self.since_1904),
        })
    }
}

impl Row {
    /// A row begins: under the number it says, or the one after the last.
    fn begin(&mut self, tag: &Tag<'_>, part: &str) -> Result<(), SourceRefusal> {
        let number = tag.number("r").unwrap_or_else(|| self.number.saturating_add(1));
        if number == 0 || number > limits::SHEET_ROWS {
            return Err(SourceRefusal::damaged(part));
        }
        *self = Self { number, next: 0, cells: Cells::default() };
        Ok(())
    }

    /// A cell begins: in the column it says, or the one after the last.
    fn cell(&mut self, tag: &Tag<'_>) -> Cell {
        let column = tag.value("r").and_then(|name| column(&name)).unwrap_or(self.next);
        self.next = column.saturating_add(1);
        let kind = tag.value("t").unwrap_or_default();
        Cell { column, kind, style: tag.number("s").unwrap_or_default(), ..Cell::default() }
    }
}

impl Cell {
    fn say(&mut self, words: &str, line: u32) -> Result<(), SourceRefusal> {
        self.value.push_str(words);
        let most = limits::CELL_CHARACTERS.saturating_mul(4);
        if self.value.len() > most { Err(SourceRefusal::TooLong { line }) } else { Ok(()) }
    }
}

/// The column of a cell, from its name: `D12` is in the fourth.
fn column(name: &str) -> Option<usize> {
    let letters = name.bytes().take_while(u8::is_ascii_alphabetic);
    let worth = |letter: u8| usize::from(letter.to_ascii_uppercase().saturating_sub(b'A')).saturating_add(1);
    let number = letters.fold(0_usize, |all, letter| all.saturating_mul(26).saturating_add(worth(letter)));
    number.checked_sub(1)
}

//! Sources: the files a plan comes from, as lines of cells. Whatever the format, a reader sees lines in their order, each with
//! its place, and nothing that was in the file is missing from them.

mod archive;
mod detect;
mod docx;
mod encoding;
pub mod limits;
mod lines;
mod numbers;
mod ods;
mod read;
mod refusal;
mod remark;
mod separated;
mod sheet;
#[cfg(test)]
mod tests;
mod text;
mod xlsx;
mod xml;

use serde::{Deserialize, Serialize};
use traguardo_domain::digest::Digest;

pub use read::{SourceHint, glance, read};
pub use refusal::SourceRefusal;
pub use remark::{RemarkKind, SourceRemark};

/// The form a source came in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SourceFormat {
    /// Plain text, with tables by tabs or Markdown.
    Text,
    /// Comma separated values, with any separator.
    Csv,
    /// A workbook of Office Open XML.
    Xlsx,
    /// An open document workbook.
    Ods,
    /// A word processor's document of Office Open XML.
    Docx,
    /// The plan's own document, as the service writes it.
    Plan,
}

/// Where something stands in a source: a line by its index, a cell by its index in the line. Both from zero.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Place {
    /// Index of the line among all lines of the source.
    pub line: usize,
    /// Index of the cell in the line.
    pub cell: usize,
}

/// A place as a person looks for it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Spot {
    /// The sheet of a workbook.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sheet: Option<String>,
    /// The line of a text, the row of a sheet, the paragraph or table row of a document; from one.
    pub line: u32,
    /// The cell of the line, from one.
    pub column: u32,
    /// The cell of a sheet as it is called there: `D12`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cell: Option<String>,
}

/// How the cells of a line came about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LineForm {
    /// A paragraph: one cell.
    Prose,
    /// A row of a table.
    Row,
}

/// A line of a source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceLine {
    /// The number a person knows it by, from one.
    pub number: u32,
    /// Index of the sheet it stands in; zero where there are none.
    pub sheet: u16,
    /// How its cells came about.
    pub form: LineForm,
    /// The words of all cells, one after the other: a million cells cost two pointers a line and not three a cell.
    words: Box<str>,
    /// Where each cell ends in the words.
    ends: Box<[u32]>,
}

impl SourceLine {
    /// A line of these cells, with their words as they stand in the file.
    #[must_use]
    pub fn new(number: u32, sheet: u16, form: LineForm, cells: Vec<String>) -> Self {
        let mut words = String::with_capacity(cells.iter().map(String::len).sum());
        let mut ends = Vec::with_capacity(cells.len());
        for cell in cells {
            words.push_str(&cell);
            ends.push(u32::try_from(words.len()).unwrap_or(u32::MAX));
        }
        Self { number, sheet, form, words: words.into(), ends: ends.into() }
    }

    /// The cells, in their order, empty ones included.
    #[must_use]
    pub fn cells(&self) -> impl ExactSizeIterator<Item = &str> + DoubleEndedIterator {
        (0..self.ends.len()).map(|index| self.cell(index))
    }

    /// A cell; empty where the line has none.
    #[must_use]
    pub fn cell(&self, index: usize) -> &str {
        let place = |index: usize| self.ends.get(index).and_then(|end| usize::try_from(*end).ok());
        let begin = index.checked_sub(1).and_then(place).unwrap_or_default();
        place(index).and_then(|end| self.words.get(begin..end)).unwrap_or_default()
    }

    /// Whether nothing is written in it.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        self.cells().all(|cell| cell.trim().is_empty())
    }

    /// The only cell with something in it, where there is just one.
    #[must_use]
    pub fn alone(&self) -> Option<(usize, &str)> {
        let mut full = self.cells().enumerate().filter(|(_, cell)| !cell.trim().is_empty());
        let only = full.next()?;
        full.next().is_none().then_some(only)
    }
}

/// A file, as lines of cells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// The form it came in.
    pub format: SourceFormat,
    /// The encoding its text was in, as the Web names it: `UTF-8`, `windows-1252`.
    pub encoding: &'static str,
    /// The digest of its bytes.
    pub digest: Digest,
    /// The names of its sheets; none where it has none.
    pub sheets: Vec<String>,
    /// What is to be told of the reading: what the lines cannot show, and what was put in the place of what.
    pub remarks: Vec<SourceRemark>,
    lines: Vec<SourceLine>,
}

impl Source {
    /// A source of these lines.
    #[must_use]
    pub const fn new(
        format: SourceFormat,
        encoding: &'static str,
        digest: Digest,
        sheets: Vec<String>,
        lines: Vec<SourceLine>,
    ) -> Self {
        Self { format, encoding, digest, sheets, remarks: Vec::new(), lines }
    }

    /// Its lines, in their order.
    #[must_use]
    pub fn lines(&self) -> &[SourceLine] {
        &self.lines
    }

    /// The place as a person looks for it.
    #[must_use]
    pub fn spot(&self, place: Place) -> Spot {
        let line = self.lines.get(place.line);
        let sheet = line.and_then(|line| self.sheets.get(usize::from(line.sheet))).cloned();
        let number = line.map_or(0, |line| line.number);
        let column = u32::try_from(place.cell.saturating_add(1)).unwrap_or(u32::MAX);
        let cell = sheet.as_ref().map(|_| format!("{}{number}", letters(column)));
        Spot { sheet, line: number, column, cell }
    }
}

/// A column as a workbook calls it: `A`, `Z`, `AA`.
fn letters(column: u32) -> String {
    let mut rest = column;
    let mut name = String::new();
    while let Some(below) = rest.checked_sub(1) {
        let letter = u8::try_from(below.checked_rem(26).unwrap_or_default()).unwrap_or_default();
        name.insert(0, char::from(b'A'.saturating_add(letter)));
        rest = below.checked_div(26).unwrap_or_default();
    }
    name
}

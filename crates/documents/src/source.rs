//! Sources: the files a plan comes from, as lines of cells. Whatever the format, a reader sees lines in their order, each with
//! its place, and nothing that was in the file is missing from them.

use serde::{Deserialize, Serialize};
use traguardo_domain::digest::Digest;

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
    cells: Vec<String>,
}

impl SourceLine {
    /// A line of these cells, with their words as they stand in the file.
    #[must_use]
    pub const fn new(number: u32, sheet: u16, form: LineForm, cells: Vec<String>) -> Self {
        Self { number, sheet, form, cells }
    }

    /// The cells, in their order, empty ones included.
    pub fn cells(&self) -> impl ExactSizeIterator<Item = &str> + DoubleEndedIterator {
        self.cells.iter().map(String::as_str)
    }

    /// A cell; empty where the line has none.
    #[must_use]
    pub fn cell(&self, index: usize) -> &str {
        self.cells.get(index).map_or("", String::as_str)
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
        Self { format, encoding, digest, sheets, lines }
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

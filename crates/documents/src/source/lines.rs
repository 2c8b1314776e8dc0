//! Lines as they are made: each counted against the limits before it is kept, its words cleaned of what cannot be seen.

use traguardo_domain::digest::Digest;

use super::{
    LineForm, RemarkKind, Source, SourceFormat, SourceLine, SourceRefusal, SourceRemark, Spot, letters,
    limits,
};

/// Where a line stands.
#[derive(Debug, Clone, Copy)]
pub(super) struct At {
    /// The number a person knows it by.
    pub(super) number: u32,
    /// Index of the sheet.
    pub(super) sheet: u16,
}

/// The cells of a line in the making.
#[derive(Debug, Clone, Default)]
pub(super) struct Cells(Vec<String>);

impl Cells {
    /// One more cell, at the end.
    pub(super) fn push(&mut self, words: String, line: u32) -> Result<(), SourceRefusal> {
        if self.0.len() >= limits::LINE_CELLS {
            return Err(SourceRefusal::TooWide { line });
        }
        self.0.push(words);
        Ok(())
    }

    /// Words into the cell of a column, with empty cells before it; beside those that are there, if any are.
    pub(super) fn put(&mut self, column: usize, words: String, line: u32) -> Result<(), SourceRefusal> {
        if column >= limits::LINE_CELLS {
            return Err(SourceRefusal::TooWide { line });
        }
        if self.0.len() <= column {
            self.0.resize_with(column.saturating_add(1), String::new);
        }
        if let Some(cell) = self.0.get_mut(column) {
            if cell.is_empty() {
                *cell = words;
            } else {
                cell.push(' ');
                cell.push_str(&words);
            }
        }
        Ok(())
    }

    /// The last cell.
    pub(super) fn last(&mut self) -> Option<&mut String> {
        self.0.last_mut()
    }

    /// How many there are.
    pub(super) const fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether nothing is written in any.
    pub(super) fn is_blank(&self) -> bool {
        self.0.iter().all(|cell| cell.trim().is_empty())
    }
}

/// The lines of a source in the making.
#[derive(Debug, Default)]
pub(super) struct Lines {
    sheets: Vec<String>,
    kept: Vec<SourceLine>,
    remarks: Vec<SourceRemark>,
    counted: usize,
    cells: usize,
    text: usize,
}

impl Lines {
    /// One more sheet; its index.
    pub(super) fn sheet(&mut self, name: String) -> Result<u16, SourceRefusal> {
        if self.sheets.len() >= limits::SHEETS {
            return Err(SourceRefusal::TooManySheets);
        }
        self.text(name.len())?;
        let index = u16::try_from(self.sheets.len()).map_err(|_| SourceRefusal::TooManySheets)?;
        self.sheets.push(name);
        Ok(index)
    }

    /// A line of these cells, counted but not yet in its place.
    pub(super) fn make(&mut self, at: At, form: LineForm, cells: Cells) -> Result<SourceLine, SourceRefusal> {
        let mut cells = cells.0;
        for (index, words) in cells.iter_mut().enumerate() {
            if words.len() > limits::CELL_CHARACTERS && words.chars().count() > limits::CELL_CHARACTERS {
                return Err(SourceRefusal::TooLong { line: at.number });
            }
            self.clean(words, at, index);
        }
        self.count(cells.len(), cells.iter().map(String::len).sum())?;
        Ok(SourceLine::new(at.number, at.sheet, form, cells))
    }

    /// A line into its place.
    pub(super) fn keep(&mut self, line: SourceLine) {
        self.kept.push(line);
    }

    /// A line of these cells, after all the others.
    pub(super) fn push(&mut self, at: At, form: LineForm, cells: Cells) -> Result<(), SourceRefusal> {
        let line = self.make(at, form, cells)?;
        self.keep(line);
        Ok(())
    }

    /// A line of prose, after all the others.
    pub(super) fn prose(&mut self, at: At, words: &str) -> Result<(), SourceRefusal> {
        self.push(at, LineForm::Prose, Cells(vec![words.to_owned()]))
    }

    /// A line of the service's own document: exactly as it stands, however long.
    pub(super) fn verbatim(&mut self, at: At, words: &str) -> Result<(), SourceRefusal> {
        self.count(1, words.len())?;
        self.kept.push(SourceLine::new(at.number, at.sheet, LineForm::Prose, vec![words.to_owned()]));
        Ok(())
    }

    /// A line, its cells and its words are within the limits.
    fn count(&mut self, cells: usize, text: usize) -> Result<(), SourceRefusal> {
        self.counted = self.counted.saturating_add(1);
        self.cells = self.cells.saturating_add(cells);
        if self.counted > limits::LINES {
            return Err(SourceRefusal::TooManyLines);
        }
        if self.cells > limits::CELLS {
            return Err(SourceRefusal::TooManyCells);
        }
        self.text(text)
    }

    /// So many bytes more of words are within the limits.
    fn text(&mut self, bytes: usize) -> Result<(), SourceRefusal> {
        self.text = self.text.saturating_add(bytes);
        if self.text > limits::TEXT_BYTES { Err(SourceRefusal::TooMuchText) } else { Ok(()) }
    }

    /// So many lines more would be within the limits.
    pub(super) fn room(&self, lines: u32) -> Result<(), SourceRefusal> {
        let lines = usize::try_from(lines).unwrap_or(usize::MAX);
        let within = self.counted.saturating_add(lines) <= limits::LINES;
        if within { Ok(()) } else { Err(SourceRefusal::TooManyLines) }
    }

    /// Words without what cannot be seen; each such character is told.
    fn clean(&mut self, words: &mut String, at: At, index: usize) {
        if !words.chars().any(|one| is_control(one) || is_invisible(one)) {
            return;
        }
        let (mut controls, mut invisible) = (0_u32, 0_u32);
        let mut cleaned = String::with_capacity(words.len());
        for one in words.chars() {
            if is_control(one) {
                controls = controls.saturating_add(1);
                cleaned.push(' ');
            } else if is_invisible(one) {
                invisible = invisible.saturating_add(1);
                cleaned.extend((one == '\u{200B}').then_some(' '));
            } else {
                cleaned.push(one);
            }
        }
        *words = cleaned;
        let spot = self.spot(at, index);
        self.remark(RemarkKind::ControlCharacters, controls, Some(spot.clone()));
        self.remark(RemarkKind::InvisibleCharacters, invisible, Some(spot));
    }

    /// Something to be told, so many times more.
    pub(super) fn remark(&mut self, kind: RemarkKind, count: u32, first: Option<Spot>) {
        if count == 0 {
            return;
        }
        match self.remarks.iter_mut().find(|remark| remark.kind == kind) {
            Some(remark) => remark.count = remark.count.saturating_add(count),
            None => self.remarks.push(SourceRemark { kind, count, first }),
        }
    }

    /// A cell as a person looks for it.
    pub(super) fn spot(&self, at: At, index: usize) -> Spot {
        let sheet = self.sheets.get(usize::from(at.sheet)).cloned();
        let column = u32::try_from(index.saturating_add(1)).unwrap_or(u32::MAX);
        let cell = sheet.as_ref().map(|_| format!("{}{}", letters(column), at.number));
        Spot { sheet, line: at.number, column, cell }
    }

    /// The source, whole.
    pub(super) fn finish(mut self, format: SourceFormat, encoding: &'static str, bytes: &[u8]) -> Source {
        self.kept.shrink_to_fit();
        let mut source = Source::new(format, encoding, Digest::of(bytes), self.sheets, self.kept);
        source.remarks = self.remarks;
        source
    }
}

/// Whether it steers a machine and writes nothing. A page break is left: it shows where a page began.
fn is_control(one: char) -> bool {
    one.is_control() && !matches!(one, '\t' | '\n' | '\r' | '\u{0C}')
}

/// Whether it takes no room: breaks, joints, marks of order, marks of direction.
const fn is_invisible(one: char) -> bool {
    matches!(one, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2064}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}')
}

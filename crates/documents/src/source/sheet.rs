//! The rows of a sheet as lines: those with something in them, and one blank line for what is empty between two.

use super::lines::{At, Cells, Lines};
use super::{LineForm, SourceRefusal};

/// The rows of a sheet in the making.
pub(super) struct Sheet {
    sheet: u16,
    last: u32,
}

impl Sheet {
    /// The sheet of this index, with nothing in it yet.
    pub(super) const fn new(sheet: u16) -> Self {
        Self { sheet, last: 0 }
    }

    /// Where a row of it stands.
    pub(super) const fn at(&self, number: u32) -> At {
        At { number, sheet: self.sheet }
    }

    /// A row, under its own number.
    pub(super) fn row(&mut self, number: u32, cells: Cells, into: &mut Lines) -> Result<(), SourceRefusal> {
        if cells.is_blank() {
            return Ok(());
        }
        let after_last = self.last.saturating_add(1);
        if self.last > 0 && number > after_last {
            into.push(self.at(after_last), LineForm::Row, Cells::default())?;
        }
        self.last = number;
        into.push(self.at(number), LineForm::Row, cells)
    }
}

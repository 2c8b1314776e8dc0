//! Lines with their cells folded once, and the tables they open where they are headers.

use crate::layout::likeness::distance;
use crate::markup::fold;
use crate::source::{LineForm, Place, SourceLine};

/// The most letters of a cell that are kept for comparison: no name is longer.
const MOST_LETTERS: usize = 200;

/// A cell that has something in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Cell {
    /// Where.
    pub(super) place: Place,
    /// Its words.
    pub(super) words: String,
    /// Their letters and digits as they are compared; cut off where they are too many for a name.
    pub(super) letters: String,
}

/// A line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Line {
    /// Its index in the source.
    pub(super) at: usize,
    /// Its full cells.
    pub(super) cells: Vec<Cell>,
    /// How many cells it has, empty ones included.
    pub(super) width: usize,
    /// Whether it is a paragraph.
    pub(super) prose: bool,
    /// Whether it follows the line before without a blank one between.
    pub(super) close: bool,
}

impl Line {
    pub(super) fn of(at: usize, line: &SourceLine, close: bool) -> Self {
        let cells =
            line.cells().enumerate().filter_map(|(cell, words)| cell_of(Place { line: at, cell }, words));
        Self {
            at,
            cells: cells.collect(),
            width: line.cells().len(),
            prose: line.form == LineForm::Prose,
            close,
        }
    }

    /// The cell at a place of the row, where it is full.
    pub(super) fn cell(&self, index: usize) -> Option<&Cell> {
        self.cells.iter().find(|cell| cell.place.cell == index)
    }

    /// The only full cell.
    pub(super) fn alone(&self) -> Option<&Cell> {
        if let [only] = self.cells.as_slice() { Some(only) } else { None }
    }

    /// All its words.
    pub(super) fn words(&self) -> String {
        self.cells.iter().map(|cell| cell.words.as_str()).collect::<Vec<_>>().join(" ")
    }

    /// Whether no cell has a letter or a digit: rules between rows, bullets.
    pub(super) fn is_ruled(&self) -> bool {
        self.cells.iter().all(|cell| cell.letters.is_empty())
    }

    /// Whether no cell has more than one letter: what a scan makes of stains and of the corners of tables.
    pub(super) fn is_stained(&self) -> bool {
        self.cells.iter().all(|cell| cell.letters.chars().count() < 2 && cell.words.chars().count() < 3)
    }
}

/// A cell with words in it; nothing for an empty one.
fn cell_of(place: Place, words: &str) -> Option<Cell> {
    if words.trim().is_empty() {
        return None;
    }
    let folded = fold(words);
    let letters = letters_of(folded.as_str());
    let words = folded.original(0..folded.as_str().len()).to_owned();
    (!words.is_empty()).then_some(Cell { place, words, letters })
}

/// The letters and digits of a folded text, as many as are needed to compare names.
pub(super) fn letters_of(folded: &str) -> String {
    folded.chars().filter(|letter| letter.is_alphanumeric()).take(MOST_LETTERS).collect()
}

/// The letters of words that were not folded yet.
pub(super) fn letters(words: &str) -> String {
    letters_of(fold(words).as_str())
}

/// Whether two runs of letters are one read twice.
pub(super) fn reads_as(one: &str, other: &str) -> bool {
    let length = one.chars().count().max(other.chars().count());
    distance(one, other, length.saturating_mul(3).saturating_div(10)).is_some()
}

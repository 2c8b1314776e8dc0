//! The narrative of a plan, as readers put it together: sections below their headings, paragraphs a page cut in two, items of
//! lists, rows of tables.

use traguardo_domain::section::SectionKind;

use crate::gathered::{Found, Gathered, GatheredSection};
use crate::source::Place;

/// The longest title two headings one after the other make together.
const LONGEST_TITLE: usize = 250;

/// A table of the narrative, for what its figures say of each other.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Grid {
    /// The names of its columns; none where nobody names them.
    pub header: Vec<String>,
    /// Its rows.
    pub rows: Vec<(Place, Vec<String>)>,
    /// The row that counts the others.
    pub total: Option<(Place, Vec<String>)>,
}

/// The narrative as it grows.
#[derive(Debug)]
pub struct Narrative {
    /// What the last section is about.
    kind: SectionKind,
    /// Whether the next line belongs to the last section.
    open: bool,
    /// The tables read so far.
    pub grids: Vec<Grid>,
}

impl Narrative {
    /// Nothing yet: what comes before any heading is an introduction.
    #[must_use]
    pub const fn new() -> Self {
        Self { kind: SectionKind::Introduction, open: false, grids: Vec::new() }
    }

    /// Opens a section. A heading right below another one makes one title with it.
    pub fn open(&mut self, gathered: &mut Gathered, kind: SectionKind, title: Found) {
        self.kind = kind;
        if self.open
            && let Some(empty) = gathered.sections.last_mut()
            && empty.lines.is_empty()
            && let Some(above) = empty.title.as_mut()
            && above.words.len().saturating_add(title.words.len()) <= LONGEST_TITLE
        {
            above.words = [above.words.as_str(), title.words.as_str()].join(" - ");
            above.more.push(title.place);
            above.more.extend(title.more);
            empty.kind = kind;
            return;
        }
        gathered.sections.push(GatheredSection { kind, title: Some(title), lines: Vec::new() });
        self.open = true;
    }

    /// Leaves the open section: what comes next is none of it.
    pub const fn close(&mut self) {
        self.open = false;
    }

    /// Adds a line to the open section, or to one without a title.
    pub fn add(&mut self, gathered: &mut Gathered, line: Found) {
        if !self.open {
            gathered.sections.push(GatheredSection { kind: self.kind, title: None, lines: Vec::new() });
            self.open = true;
        }
        if let Some(section) = gathered.sections.last_mut() {
            section.lines.push(line);
        }
    }

    /// Adds a row of a table.
    pub fn row(&mut self, gathered: &mut Gathered, line: usize, cells: &[String]) {
        let mut places = filled(line, cells);
        let Some(first) = places.next() else { return };
        let cells: Vec<String> = cells.iter().map(|cell| cell.replace('|', "\\|")).collect();
        let mut found = Found::new(format!("| {} |", cells.join(" | ")), first);
        found.more.extend(places);
        self.add(gathered, found);
    }

    /// Goes on with the last line of the open section.
    pub fn join(&self, gathered: &mut Gathered, words: &str, place: Place) {
        if let Some(last) = gathered.sections.last_mut().and_then(|section| section.lines.last_mut()) {
            last.join(words, place);
        }
    }
}

impl Default for Narrative {
    fn default() -> Self {
        Self::new()
    }
}

/// The places of the cells with something in them.
pub fn filled(line: usize, cells: &[String]) -> impl Iterator<Item = Place> {
    let full = cells.iter().enumerate().filter(|(_, cell)| !cell.is_empty());
    full.map(move |(cell, _)| Place { line, cell })
}

/// Whether words go on with the ones before, that a page cut: those did not end, and these do not begin.
#[must_use]
pub fn goes_on(before: &str, words: &str) -> bool {
    let before = before.trim_end_matches(['"', '”', '»', '*', '\'', '’']);
    !before.is_empty()
        && !before.ends_with(['.', ';', ':', '!', '?', '…', ')'])
        && words.chars().next().is_some_and(char::is_lowercase)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_goes_on_only_where_it_was_cut() {
        assert!(goes_on("interventi di sostegno, sia a", "carattere preventivo"));
        assert!(!goes_on("interventi di sostegno.", "carattere preventivo"));
        assert!(!goes_on("interventi di sostegno", "Carattere preventivo"));
        assert!(!goes_on("detta \"minima.\"", "il piano"));
        assert!(!goes_on("", "il piano"));
    }
}

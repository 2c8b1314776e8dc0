//! The table of contents: it says which structures are below which, where nothing else does.

use std::collections::HashMap;

use traguardo_domain::unit::UnitKind;

use super::lines::{Cell, letters};
use crate::gathered::Found;

/// The structures below each of the structures the contents name.
#[derive(Debug, Default)]
pub(super) struct Contents {
    /// The letters of the names of all structures that have a heading of their own.
    heads: HashMap<String, usize>,
    below: Vec<Vec<Found>>,
    kind: Option<UnitKind>,
    current: Option<usize>,
}

impl Contents {
    /// Contents of a plan with these headings of structures.
    pub(super) fn of(heads: impl IntoIterator<Item = String>) -> Self {
        let mut contents = Self::default();
        for head in heads {
            let next = contents.heads.len();
            contents.heads.entry(head).or_insert(next);
        }
        contents.below.resize_with(contents.heads.len(), Vec::new);
        contents
    }

    /// The contents begin; what they name below structures is of this level.
    pub(super) const fn begin(&mut self, kind: UnitKind) {
        self.kind = Some(kind);
        self.current = None;
    }

    /// An entry. Says whether it is a structure below the one named before; `None` when no structure was.
    pub(super) fn enter(&mut self, cell: &Cell) -> Option<bool> {
        let name = without_page(&cell.words);
        if let Some(head) = self.heads.get(&letters(name)) {
            self.current = Some(*head);
            return Some(false);
        }
        let below = self.below.get_mut(self.current?)?;
        below.push(Found::new(name, cell.place));
        Some(true)
    }

    /// The structures below the one of this name; they are given once.
    pub(super) fn below(&mut self, name: &str) -> (Option<UnitKind>, Vec<Found>) {
        let head = self.heads.get(&letters(name)).copied();
        let below = head.and_then(|head| self.below.get_mut(head)).map(std::mem::take).unwrap_or_default();
        (self.kind, below)
    }
}

/// An entry without the dots before the number of its page, and without the number.
fn without_page(entry: &str) -> &str {
    let bare = entry.trim_end_matches(|sign: char| sign.is_ascii_digit()).trim_end();
    if bare.ends_with(['.', '…', '_']) && bare.len() < entry.len() {
        bare.trim_end_matches(['.', '…', '_', ' '])
    } else {
        entry
    }
}

#[cfg(test)]
mod tests {
    use super::without_page;

    #[test]
    fn the_page_of_an_entry_is_left_out() {
        assert_eq!(without_page("Ufficio Anagrafe .......... 12"), "Ufficio Anagrafe");
        assert_eq!(without_page("Area 2"), "Area 2");
    }
}

//! What rows owe to their neighbours: the half of a row among the names of the columns, the number on a line of its own.

use crate::gathered::{Found, Use};
use crate::source::Place;
use traguardo_domain::reading::Confidence;
use traguardo_domain::review::FindingCode;

use super::number::{self, Numbered};
use super::spill;
use super::wide::{Mended, Mender, Row};

impl<'p> Mender<'_, 'p> {
    /// Puts the rows together.
    pub(super) fn settle(mut self) -> Mended<'p> {
        self.halves();
        self.orphans();
        let rows = std::mem::take(&mut self.rows);
        self.mended.rows = rows.into_iter().flatten().map(|row| (row.line, row)).collect();
        self.mended.noticed.sort_by_key(|(_, noticed)| noticed.place);
        self.mended
    }

    /// Joins the rows whose first half stood among the names of the columns.
    fn halves(&mut self) {
        let marks = self.marks.clone();
        for (mark, next) in marks.iter().zip(marks.iter().skip(1).chain([&None])) {
            let Some(first) = mark.and_then(|at| self.take_spilled(at)) else { continue };
            let place = first.first_place();
            let words =
                self.source.lines().get(place.line).map_or("", |line| line.cell(place.cell)).to_owned();
            let line = first.line;
            let second = next.and_then(|at| self.rows.get_mut(at)).and_then(Option::as_mut);
            let half =
                second.filter(|row| !row.spilled && spill::is_half(&first.columns, &first.cells, &row.cells));
            let message = if let Some(second) = half {
                let cells = std::mem::take(&mut second.cells);
                second.cells = spill::joined(first.cells, cells);
                self.mended.uses.insert(line, Use::Value);
                "I nomi delle colonne sono mescolati alla prima metà di una riga: tolti, e la riga unita alla seguente."
            } else {
                if let Some(slot) = mark.and_then(|at| self.rows.get_mut(at)) {
                    *slot = Some(first);
                }
                "I nomi delle colonne sono mescolati alle parole della riga: tolti."
            };
            let advice = "Controllare le parole della riga.";
            self.notice(
                FindingCode::HeadingInsideData,
                place,
                Some(words),
                (message.to_owned(), Some(advice)),
            );
        }
    }

    /// Takes a row out when names of columns stood in it.
    fn take_spilled(&mut self, at: usize) -> Option<Row<'p>> {
        let slot = self.rows.get_mut(at)?;
        if slot.as_ref().is_some_and(|row| row.spilled) { slot.take() } else { None }
    }

    /// Gives the numbers on lines of their own to the rows that lack one.
    fn orphans(&mut self) {
        let kind = |row: &Row<'_>| match (row.holds_only_a_number(), row.number().is_some()) {
            (true, _) => Numbered::Orphan,
            (false, true) => Numbered::With,
            (false, false) => Numbered::Without,
        };
        // A row joined to the next leaves nothing behind.
        let marks: Vec<Option<usize>> = (self.marks.iter().copied())
            .filter(|mark| mark.is_none_or(|at| self.rows.get(at).is_some_and(Option::is_some)))
            .collect();
        let row = |at: usize| self.rows.get(at).and_then(Option::as_ref);
        let kinds: Vec<Numbered> =
            marks.iter().map(|mark| mark.and_then(row).map_or(Numbered::Break, kind)).collect();
        for (orphan, to) in number::given(&kinds) {
            let at = |mark: usize| marks.get(mark).copied().flatten();
            let Some(found) = at(orphan).and_then(|at| self.rows.get_mut(at)?.take()?.into_number()) else {
                continue;
            };
            let to = to.and_then(at);
            let before = orphan.checked_sub(1).and_then(at);
            self.give(found, to, before);
        }
    }

    fn give(&mut self, found: Found, to: Option<usize>, before: Option<usize>) {
        let (place, words) = (found.place, found.words.clone());
        self.mended.uses.insert(place.line, Use::Value);
        let owner = to.or(before).and_then(|at| self.rows.get_mut(at)).and_then(Option::as_mut);
        let message = match (to, owner) {
            (Some(_), Some(row)) => {
                row.put_number(found.with(Confidence::Guess));
                format!(
                    "Il numero {words} sta da solo in una riga: è stato dato alla riga accanto, che non ne ha."
                )
            }
            (None, Some(row)) => {
                row.spare.push(found.with(Confidence::Guess));
                format!("Il numero {words} sta da solo in una riga e le righe accanto hanno già un numero.")
            }
            (_, None) => {
                self.mended.uses.insert(place.line, Use::NotUnderstood);
                format!("Il numero {words} sta da solo in una riga, senza un obiettivo accanto.")
            }
        };
        let advice = Some("Controllare a quale obiettivo appartiene il numero.");
        self.notice(FindingCode::NumberOutOfSequence, place, Some(words), (message, advice));
    }
}

impl Row<'_> {
    fn first_place(&self) -> Place {
        let first = self.cells.iter().flatten().next();
        first.map_or(Place { line: self.line, cell: 0 }, |found| found.place)
    }

    fn into_number(self) -> Option<Found> {
        self.cells.into_iter().flatten().next()
    }
}

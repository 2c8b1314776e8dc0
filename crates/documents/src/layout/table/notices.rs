//! What the reader of tables notices and the plan itself does not show.

use traguardo_domain::review::FindingCode;

use crate::markup::plain;
use crate::profile::Field;
use crate::source::{Place, SourceLine};

use super::Walk;
use super::header::Header;
use super::prose::Prose;
use super::row::{Misfit, Row};

impl Walk<'_> {
    /// Tells of a row that has more or fewer cells than its header.
    pub(super) fn misfit(&mut self, row: &Row) {
        let width = self.table.as_ref().map_or(0, |open| open.width);
        let message = match row.misfit {
            Misfit::None => return,
            Misfit::Fewer(cells) => {
                format!("La riga ha {cells} celle e l'intestazione {width}: forse due colonne si sono fuse.")
            }
            Misfit::More(cells) => {
                format!(
                    "La riga ha {cells} celle e l'intestazione {width}: quelle in più sono lette come note."
                )
            }
        };
        let advice = "Controllare che ogni valore stia nella propria colonna.";
        self.notice(FindingCode::ColumnsShifted, row.place(), "", (message, Some(advice)));
    }

    /// Tells of a row of which it is not known what it goes on with.
    pub(super) fn orphan(&mut self, row: &Row) {
        let words = row.values.first().map(|(_, found)| found.words.clone()).unwrap_or_default();
        let message =
            "La riga non ha né numero né titolo e non si sa a quale obiettivo appartenga.".to_owned();
        let advice = "Indicare a quale obiettivo appartengono queste parole.";
        self.notice(FindingCode::ColumnsShifted, row.place(), &words, (message, Some(advice)));
    }

    /// Tells of a row that is a number and nothing else.
    pub(super) fn lone_number(&mut self, row: &Row) {
        let number = row.get(Field::Number).or_else(|| row.get(Field::Code));
        let words = number.map(|found| found.words.clone()).unwrap_or_default();
        let message = "Un numero senza obiettivo: il resto della riga manca.".to_owned();
        self.notice(FindingCode::NumberOutOfSequence, row.place(), &words, (message, None));
    }

    /// Tells of a phase whose number is not of the objective before it.
    pub(super) fn misplaced(&mut self, place: Place, number: &str, found: bool) {
        let message = if found {
            "La fase non segue il proprio obiettivo: è stata messa sotto quello del suo numero."
        } else {
            "Il numero della fase non è di un obiettivo della struttura: è stata messa sotto quello che la precede."
        };
        let advice = "Controllare a quale obiettivo appartiene la fase.";
        self.notice(FindingCode::NumberOutOfSequence, place, number, (message.to_owned(), Some(advice)));
    }

    /// Tells of columns whose name is none of those known.
    pub(super) fn unknown_columns(&mut self, header: &Header<'_>, index: usize, line: &SourceLine) {
        for (cell, (words, column)) in line.cells().zip(&header.columns).enumerate() {
            let words = plain(words);
            if column.is_none() && !words.is_empty() {
                let place = Place { line: index, cell };
                let message =
                    format!("La colonna «{words}» non è fra quelle note: le sue celle sono lette come note.");
                self.notice(FindingCode::ColumnsShifted, place, &words, (message, None));
            }
        }
    }

    /// Rows came: the narrative without a heading that was open has ended.
    pub(super) const fn end_of_prose(&mut self) {
        if let Prose::Free(_) = self.prose {
            self.prose = Prose::Free(None);
        }
    }
}

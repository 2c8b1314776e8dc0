//! What is told of rows that were mended, and how sure their values are.

use crate::gathered::{Found, Noticed};
use crate::source::Place;
use traguardo_domain::reading::Confidence;
use traguardo_domain::review::FindingCode;

use super::fit::Placed;
use super::wide::{Mender, Row};

impl<'p> Mender<'_, 'p> {
    /// Tells of a row that had not as many cells as there are columns.
    pub(super) fn shifted(&mut self, row: &Row<'p>, placed: &[Placed], cells: usize) {
        let shared = placed.iter().find(|part| part.shared && !part.words.is_empty());
        let unsure = placed.iter().find(|part| !part.sure && !part.words.is_empty());
        let told = shared.or(unsure).or_else(|| placed.first());
        let columns = row.columns.len();
        let mut message = format!("La riga ha {cells} celle e la tabella {columns} colonne");
        message.push_str(match (shared, unsure) {
            (Some(_), _) => ": due colonne stavano in una cella sola e sono state separate.",
            (None, Some(_)) => {
                ": le celle sono state attribuite alle colonne per il loro aspetto, non tutte con certezza."
            }
            (None, None) => ": le celle sono state attribuite alle colonne per il loro aspetto.",
        });
        let place = Place { line: row.line, cell: told.map_or(0, |part| part.cell) };
        let words = told.map(|part| {
            let same = placed.iter().filter(|other| other.cell == part.cell && !other.words.is_empty());
            same.map(|other| other.words.as_str()).collect::<Vec<_>>().join(" ")
        });
        let advice = "Controllare che ogni valore stia nella propria colonna.";
        self.notice(FindingCode::ColumnsShifted, place, words, (message, Some(advice)));
    }

    /// Tells a message, and what may be done.
    pub(super) fn notice(
        &mut self,
        code: FindingCode,
        place: Place,
        words: Option<String>,
        (message, advice): (String, Option<&str>),
    ) {
        let (words, suggestion) = (words.filter(|words| !words.is_empty()), advice.map(str::to_owned));
        let noticed = Noticed { code, place, words, message, suggestion, objective: None, unit: None };
        self.mended.noticed.push((place.line, noticed));
    }
}

/// Puts words in their column.
pub(super) fn put(cells: &mut [Option<Found>], part: &Placed, line: usize, whole: bool) {
    let confidence = match (whole, part.sure) {
        (true, _) => Confidence::Certain,
        (false, true) => Confidence::Likely,
        (false, false) => Confidence::Guess,
    };
    let place = Place { line, cell: part.cell };
    if let Some(cell) = cells.get_mut(part.column)
        && !part.words.is_empty()
    {
        match cell {
            Some(found) => found.join(&part.words, place),
            None => *cell = Some(Found::new(part.words.clone(), place).with(confidence)),
        }
    }
}

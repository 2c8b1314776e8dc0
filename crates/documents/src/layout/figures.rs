//! Figures of the narrative that do not follow from each other (`E25`): shares of a total, sums of a table, one count of people
//! on two days.

use std::collections::HashMap;

use traguardo_domain::review::FindingCode;

use super::narrative::Grid;
use crate::gathered::{Found, Gathered, Noticed};
use crate::markup::fold;
use crate::source::Place;

mod dated;
mod shares;

#[cfg(test)]
mod tests;

/// Looks at the figures of the narrative.
pub fn review(gathered: &mut Gathered, grids: &[Grid]) {
    let mut noticed = Vec::new();
    for section in &gathered.sections {
        shares::review(&section.lines, &mut noticed);
    }
    for grid in grids {
        sums(grid, &mut noticed);
    }
    let prose = gathered.sections.iter().flat_map(|section| &section.lines);
    dated::review(prose, grids, &mut noticed);
    noticed.sort_by_key(|found| found.place);
    gathered.noticed.extend(noticed);
}

/// Columns whose figures do not make the total printed below them.
fn sums(grid: &Grid, noticed: &mut Vec<Noticed>) {
    let Some((place, printed)) = &grid.total else { return };
    for (cell, words) in printed.iter().enumerate() {
        let Some(total) = whole(words) else { continue };
        let column: Option<Vec<u64>> =
            grid.rows.iter().map(|(_, row)| row.get(cell).map_or(Some(0), |cell| counted(cell))).collect();
        let Some(column) = column.filter(|column| !column.is_empty()) else { continue };
        let sum = column.into_iter().fold(0_u64, u64::saturating_add);
        if sum != total {
            let name = grid.header.get(cell).map_or("", String::as_str);
            let message =
                format!("Il totale stampato della colonna «{name}» è {total}, ma le righe danno {sum}");
            let suggestion = format!("Verificare le righe, o scrivere {sum}");
            noticed.push(disagree(Place { line: place.line, cell }, words, message, suggestion));
        }
    }
}

/// A whole number, with or without points between thousands.
fn whole(words: &str) -> Option<u64> {
    let digits = words.trim().replace('.', "");
    digits.chars().all(|c| c.is_ascii_digit()).then(|| digits.parse().ok()).flatten()
}

/// What a cell counts; nothing is none.
fn counted(cell: &str) -> Option<u64> {
    match cell.trim() {
        "" | "-" | "–" => Some(0),
        words => whole(words),
    }
}

fn disagree(place: Place, words: &str, message: String, suggestion: String) -> Noticed {
    Noticed {
        code: FindingCode::FiguresDisagree,
        place,
        words: Some(words.to_owned()),
        message,
        suggestion: Some(suggestion),
        objective: None,
        unit: None,
    }
}

//! Header words inside rows: a page break put the names of columns and the first words of a row into the same cells. The names
//! are taken off; what remains is a whole row, or the first half of the next one.

use crate::gathered::Found;
use crate::markup::fold;
use crate::profile::{Column, Field};
use traguardo_domain::reading::Confidence;

use super::fit::{Look, look};
use super::grid::Cell;
use super::likeness::distance;

/// How many cells of a row begin with names of columns, in capitals, when the header is mixed with it.
const LEAST_SPILLED: usize = 3;
/// How much has to speak for it when two rows are taken for one.
const LEAST_FOR_ONE: i32 = 2;
/// The shortest words that may be the same, misread.
const SHORTEST: usize = 8;

/// Whether the names of columns are mixed with the words of a row.
#[must_use]
pub fn is_spilled(cells: &[Cell]) -> bool {
    let spilled =
        cells.iter().filter(|cell| matches!(cell, Cell::Spilled(spilled) if spilled.capitals)).count();
    spilled >= LEAST_SPILLED
}

/// Whether a row that was mixed with the header is only the first half of the one that follows.
#[must_use]
pub fn is_half(columns: &[Option<&Column>], first: &[Option<Found>], second: &[Option<Found>]) -> bool {
    let words = |row: &[Option<Found>], at: usize| {
        row.get(at).and_then(Option::as_ref).map_or(String::new(), |found| found.words.clone())
    };
    let (mut speaks, mut only_first) = (0_i32, 0_usize);
    for (at, column) in columns.iter().enumerate() {
        let (one, two) = (words(first, at), words(second, at));
        only_first = only_first.saturating_add(usize::from(!one.is_empty() && two.is_empty()));
        let Some(column) = column else { continue };
        if column.field == Field::Number {
            speaks = speaks.saturating_add(match (one.is_empty(), two.is_empty()) {
                (true, false) | (false, true) => 1,
                (false, false) if one != two => -3,
                (true, true) | (false, false) => 0,
            });
        } else {
            speaks = speaks.saturating_add(shaped(column, &one, &two));
        }
    }
    speaks.saturating_add(i32::from(only_first >= 2)) >= LEAST_FOR_ONE
}

/// What the two halves of a cell say for being one: together they look right and alone they do not.
fn shaped(column: &Column, one: &str, two: &str) -> i32 {
    let together = [one, two].join(" ");
    match (look(Some(column), one), look(Some(column), two)) {
        (Look::Unlike, Look::Unlike) if look(Some(column), &together) == Look::Like => 2,
        (Look::Unlike, Look::Like) if one.len() < two.len() => 1,
        (Look::Like, Look::Like) if fold(one) != fold(two) => -2,
        (Look::Like | Look::Unlike | Look::Any, Look::Like | Look::Unlike | Look::Any) => 0,
    }
}

/// The two halves of a row, cell by cell; words that stand in both are there once.
#[must_use]
pub fn joined(first: Vec<Option<Found>>, second: Vec<Option<Found>>) -> Vec<Option<Found>> {
    let join = |(one, two): (Option<Found>, Option<Found>)| match (one, two) {
        (Some(mut one), Some(two)) => {
            if same_reading(&one.words, &two.words) {
                one.more.push(two.place);
            } else {
                one.join(&two.words, two.place);
            }
            let confidence = one.confidence.max(two.confidence).max(Confidence::Likely);
            Some(one.with(confidence))
        }
        (one, two) => one.or(two),
    };
    first.into_iter().zip(second).map(join).collect()
}

/// Whether two words are the same, or the same misread: equal figures, and but a few letters between them.
#[must_use]
pub fn same_reading(one: &str, other: &str) -> bool {
    let (one, other) = (fold(one), fold(other));
    let figures = |text: &str| -> String { text.chars().filter(char::is_ascii_digit).collect() };
    let (one, other) = (one.as_str().trim(), other.as_str().trim());
    let length = one.chars().count().min(other.chars().count());
    let near = length.checked_div(4).unwrap_or_default();
    one == other
        || (length >= SHORTEST
            && figures(one) == figures(other)
            && distance(one, other, near.min(4)).is_some())
}

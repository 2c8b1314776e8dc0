//! Rows that are phases of the objective before them.

use traguardo_domain::review::FindingCode;

use crate::gathered::Use;
use crate::profile::{Field, Table};

use super::Walk;
use super::row::Row;
use super::rows::{Last, key};
use super::values::fields_of;

impl Walk<'_> {
    /// Whether a row is a phase: its number says so, or the words before its title do.
    pub(super) fn is_phase(table: &Table, row: &Row) -> bool {
        table.phase.as_ref().is_some_and(|phase| {
            row.marked || row.get(Field::Number).is_some_and(|number| phase.is(&number.words))
        })
    }

    /// Puts a phase in the objective its number names, or else in the last one.
    pub(super) fn phase(&mut self, row: Row) -> Use {
        let number = row.get(Field::Number).map(|found| found.words.clone());
        let whose = number.as_deref().and_then(objective_of);
        let named = whose.as_ref().and_then(|whose| self.scope.numbers.get(whose)).copied();
        let last = self.last.map(Last::objective);
        let Some(objective) = named.or(last) else {
            let message = "Una fase prima di qualunque obiettivo: non si sa di quale sia.".to_owned();
            let words = number.unwrap_or_default();
            let advice = "Indicare a quale obiettivo appartiene la fase.";
            self.notice(FindingCode::NumberOutOfSequence, row.place(), &words, (message, Some(advice)));
            return Use::NotUnderstood;
        };
        let place = row.place();
        self.misfit(&row);
        let Some(gathered) = self.gathered.objectives.get_mut(objective) else { return Use::NotUnderstood };
        let numbered = gathered.fields.get(Field::Number).is_some();
        gathered.phases.push(fields_of(row));
        self.last = Some(Last::Phase(objective, gathered.phases.len().saturating_sub(1)));
        self.end_of_prose();
        if let Some(number) = number.filter(|_| numbered && named != last) {
            self.misplaced(place, &number, named.is_some());
        }
        Use::Value
    }
}

/// The number of the objective a phase's number begins with: `4` of `4.1.`.
fn objective_of(number: &str) -> Option<String> {
    let bare = number.trim_matches(|c: char| !c.is_alphanumeric());
    let digits = bare.find(|c: char| !c.is_ascii_digit()).and_then(|end| bare.get(..end))?;
    (!digits.is_empty()).then(|| key(digits))
}

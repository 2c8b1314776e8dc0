//! Where the values of a row go: to the objective, or to one of its indicators.

use crate::gathered::{Fields, Found, GatheredObjective};
use crate::profile::{Field, Table};

use super::add_all;
use super::row::Row;

/// Whether a value is of an indicator, wherever it stands.
const fn of_indicator(field: Field) -> bool {
    matches!(
        field,
        Field::Indicator | Field::Target | Field::TargetOrDeadline | Field::Profile | Field::Actual
    )
}

/// Puts a value in an objective or in its last indicator. A date is the objective's where rows are phases too, each with its
/// own, and the indicator's elsewhere.
pub(super) fn put(objective: &mut GatheredObjective, table: &Table, field: Field, found: Found) {
    let indicators = table.columns.iter().any(|column| column.field == Field::Indicator);
    let dated = field == Field::Deadline && table.phase.is_none() && indicators;
    if !of_indicator(field) && !dated {
        objective.fields.add(field, found);
        return;
    }
    if let Some(indicator) = objective.indicators.last_mut().filter(|last| last.get(field).is_none()) {
        indicator.add(field, found);
        return;
    }
    let mut indicator = Fields::default();
    indicator.add(field, found);
    objective.indicators.push(indicator);
}

/// Goes on with a value of an objective, or of its last indicator.
pub(super) fn go_on(objective: &mut GatheredObjective, field: Field, found: Found) {
    let has = |fields: &&mut Fields| of_indicator(field) || fields.get(field).is_some();
    match objective.indicators.last_mut().filter(has) {
        Some(indicator) => join(indicator, field, found),
        None => join(&mut objective.fields, field, found),
    }
}

/// Goes on with a value, or adds it where there is none to go on with.
pub(super) fn join(fields: &mut Fields, field: Field, found: Found) {
    match fields.get_mut(field) {
        Some(known) => known.join(&found.words, found.place),
        None => fields.add(field, found),
    }
}

/// The values of a row, as those of one object.
pub(super) fn fields_of(row: Row) -> Fields {
    let mut fields = Fields::default();
    add_all(&mut fields, row.values.into_iter().chain(row.carried));
    fields
}

/// Whether a row is an indicator and nothing more.
pub(super) fn is_indicator(row: &Row) -> bool {
    let aims = [Field::Target, Field::Deadline, Field::TargetOrDeadline];
    row.has(Field::Indicator) && !row.has(Field::Title) && aims.into_iter().any(|field| row.has(field))
}

/// Adds the indicator of a row that has no other value of its own, or few.
pub(super) fn one_more_indicator(objective: &mut GatheredObjective, row: Row) {
    let mut indicator = Fields::default();
    for (field, found) in row.values {
        if of_indicator(field) || field == Field::Deadline {
            indicator.add(field, found);
        } else {
            join(&mut objective.fields, field, found);
        }
    }
    objective.indicators.push(indicator);
}
